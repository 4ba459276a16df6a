//! Who lives in the areas: mid-year population by single year of age, and ethnic groups of the census.

use std::io::{self, Write};

use super::super::csv::{push, table};
use super::super::draw::{Decision, draw, multinomial};
use super::super::lists::{AGES, band, england};
use super::super::parameters::parameters;
use super::super::world::World;
use super::File;

const GROUPS: [(&str, &[&str]); 5] = [
    (
        "Asian, Asian British or Asian Welsh",
        &["Bangladeshi", "Chinese", "Indian", "Pakistani", "Other Asian"],
    ),
    (
        "Black, Black British, Black Welsh, Caribbean or African",
        &["African", "Caribbean", "Other Black"],
    ),
    (
        "Mixed or Multiple ethnic groups",
        &[
            "White and Asian",
            "White and Black African",
            "White and Black Caribbean",
            "Other Mixed or Multiple ethnic groups",
        ],
    ),
    (
        "White",
        &[
            "English, Welsh, Scottish, Northern Irish or British",
            "Irish",
            "Gypsy or Irish Traveller",
            "Roma",
            "Other White",
        ],
    ),
    ("Other ethnic group", &["Arab", "Any other ethnic group"]),
];

/// The three files.
pub fn files(world: &World) -> Vec<File<'_>> {
    vec![
        File::new("population/population24_lsoa21.csv", |out| population(world, out)),
        File::new("geography/census2021/census2021-ts021-lsoa.csv", |out| census(world, out)),
        File::new("geography/census2021/census2021-ts045-lsoa.csv", |out| cars(world, out)),
    ]
}

/// Residents of an area by single year, both sexes, the last 95 and over.
///
/// Neighbourhoods are younger where they are more deprived, as lists are.
pub fn resident_ages(world: &World, area: usize) -> Vec<u64> {
    let figures = &parameters().population;
    let place = &world.areas[area];
    let along = f64::from(place.decile() - 1) / 9.0;
    let england = england();
    let mut stream = draw(world.seed, Decision::ResidentAges, area, 0);
    let concentration = figures.area_age_concentration.value;
    let departures: Vec<f64> =
        (0..19).map(|_| stream.gamma(concentration / 19.0, 19.0 / concentration)).collect();
    let most = &figures.group_share_most_deprived.value;
    let least = &figures.group_share_least_deprived.value;
    let shares: Vec<f64> = (0..AGES)
        .map(|age| {
            let group = [16, 45, 65].iter().filter(|from| age >= **from).count();
            let mean = f64::midpoint(most[group], least[group]);
            let bent = (most[group] + along * (least[group] - most[group])) / mean;
            (england[age] + england[AGES + age]) * bent * departures[band(age)]
        })
        .collect();
    multinomial(&mut stream, u64::from(place.residents), &shares)
}

fn population(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let ages: Vec<String> = (0..90).map(|age| age.to_string()).collect();
    let header = format!("lsoa21_name,lsoa21_code,total_population,{},90+", ages.join(","));
    table(out, &header, world.detailed_areas(), &|index, bytes| {
        let ages = resident_ages(world, index);
        push(
            bytes,
            &format_args!(
                "{},{},{}",
                world.area_name(index),
                World::area_code(index),
                ages.iter().sum::<u64>()
            ),
        );
        for count in ages.iter().take(90) {
            push(bytes, &format_args!(",{count}"));
        }
        push(bytes, &format_args!(",{}\n", ages.iter().skip(90).sum::<u64>()));
    })
}

const CARS: &str = "date,geography,geography code,Number of cars or vans: Total: All households,Number of cars or vans: No cars or vans in household,Number of cars or vans: 1 car or van in household,Number of cars or vans: 2 cars or vans in household,Number of cars or vans: 3 or more cars or vans in household";

fn cars(world: &World, out: &mut dyn Write) -> io::Result<()> {
    table(out, CARS, world.detailed_areas(), &|index, bytes| cars_of_area(world, index, bytes))
}

/// Households of an area by cars: the more deprived, the more without; of the others, 55, 34 and 11 in a hundred have one,
/// two, and three or more.
fn cars_of_area(world: &World, index: usize, bytes: &mut Vec<u8>) {
    let figures = &parameters().population;
    let area = &world.areas[index];
    let along = f64::from(area.decile() - 1) / 9.0;
    let (most, least) =
        (figures.without_car_most_deprived.value, figures.without_car_least_deprived.value);
    let without = most + along * (least - most);
    let with = 1.0 - without;
    let mut stream = draw(world.seed, Decision::Cars, index, 0);
    let concentration = figures.without_car_concentration.value;
    let weights =
        [without, 0.55 * with, 0.34 * with, 0.11 * with].map(|share| share * concentration);
    let households =
        (f64::from(area.residents) / figures.people_per_household.value).round() as u64;
    let shares = stream.dirichlet(&weights);
    let counts = multinomial(&mut stream, households, &shares);
    let (name, code) = (world.area_name(index), World::area_code(index));
    push(bytes, &format_args!("2021,{name},{code},{households}"));
    for count in counts {
        push(bytes, &format_args!(",{count}"));
    }
    push(bytes, &format_args!("\n"));
}

fn census(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let mut header = vec![
        "date".to_owned(),
        "geography".into(),
        "geography code".into(),
        "Ethnic group: Total: All usual residents".into(),
    ];
    for (group, parts) in GROUPS {
        header.push(format!("Ethnic group: {group}"));
        header.extend(parts.iter().map(|part| format!("Ethnic group: {group}: {part}")));
    }
    let mut line = Vec::new();
    for (index, title) in header.iter().enumerate() {
        if index > 0 {
            line.push(b',');
        }
        super::super::csv::field(&mut line, title);
    }
    table(out, &String::from_utf8_lossy(&line), world.detailed_areas(), &|index, bytes| {
        census_row(world, index, bytes);
    })
}

fn census_row(world: &World, index: usize, bytes: &mut Vec<u8>) {
    let figures = &parameters().population;
    let mut stream = draw(world.seed, Decision::Ethnicity, index, 0);
    let weights: Vec<f64> = figures
        .ethnic_share
        .value
        .iter()
        .map(|share| share * figures.ethnic_concentration.value)
        .collect();
    let shares = stream.dirichlet(&weights);
    let total = u64::from(world.areas[index].residents);
    let counts = multinomial(&mut stream, total, &shares);
    push(
        bytes,
        &format_args!("2021,{},{},{total}", world.area_name(index), World::area_code(index)),
    );
    let mut first = 0;
    for (_, parts) in GROUPS {
        let own = &counts[first..first + parts.len()];
        push(bytes, &format_args!(",{}", own.iter().sum::<u64>()));
        for count in own {
            push(bytes, &format_args!(",{count}"));
        }
        first += parts.len();
    }
    bytes.push(b'\n');
}
