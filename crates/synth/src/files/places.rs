//! Care homes, opening hours, and one Fingertips export.

use std::io::{self, Write};

use vocab::weekday;

use super::super::csv::{row, table, with_carriage_returns};
use super::super::draw::{Decision, draw};
use super::super::national_grid::to_latitude_longitude;
use super::super::organisations::postcode_in;
use super::super::parameters::parameters;
use super::super::reasons::Reason;
use super::super::world::World;
use super::File;

const HOMES: &str = "Location ID,Location HSCA start date,Dormant (Y/N),Care home?,Location Name,Location ODS Code,Location Telephone Number,Registered manager,Location Web Address,Care homes beds,Location Type/Sector,Location Inspection Directorate,Location Primary Inspection Category,Location Latest Overall Rating,Publication Date,Inherited Rating (Y/N),Location Region,Location NHS Region,Location Local Authority,Location Latitude,Location Longitude,Location Postal Code,Provider ID,Provider Name,Service type - Care home service with nursing,Service type - Care home service without nursing";
const FINGERTIPS: &str = "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to England value or percentiles,Compared to percentiles,Time period Sortable,New data,Compared to goal,Time period range";

/// The files; opening hours have a layout of our own, since no national file holds them.
pub fn files(world: &World) -> Vec<File<'_>> {
    vec![
        File::new("care-homes/HSCA_Active_Locations.csv", |out| care_homes(world, out)),
        File::new("opening-hours/opening_hours.csv", |out| opening(world, out)),
        File::new("fingertips/indicator-data.csv", |out| fingertips(world, out)),
    ]
}

fn care_homes(world: &World, out: &mut dyn Write) -> io::Result<()> {
    table(out, HOMES, world.detailed_areas(), &|index, bytes| homes_of_area(world, index, bytes))
}

/// Homes of an area: as many as its oldest people need, more at the edge of a town, and around a planted list.
fn homes_of_area(world: &World, index: usize, bytes: &mut Vec<u8>) {
    let figures = &parameters().urgent;
    let area = &world.areas[index];
    let oldest: u64 = super::people::resident_ages(world, index).iter().skip(85).sum();
    let beds = oldest as f64 / 1000.0 * figures.beds_per_1000_aged_85.value;
    let planted = world.practices.iter().any(|practice| {
        practice.reason == Some(Reason::CareHomes)
            && libm::hypot(practice.x - area.x, practice.y - area.y) < 1_500.0
    });
    let mut stream = draw(world.seed, Decision::CareHome, index, 0);
    let mut homes = stream.poisson(beds / figures.beds_per_home.value);
    if planted {
        homes += 2;
    }
    for number in 0..homes {
        home(world, index, number, &mut stream, bytes);
    }
}

fn home(
    world: &World,
    index: usize,
    number: u64,
    stream: &mut stats::random::Stream,
    bytes: &mut Vec<u8>,
) {
    let figures = &parameters().urgent;
    let area = &world.areas[index];
    let names = &parameters().places.first_names;
    let name = format!(
        "{} {}",
        names[stream.below(names.len() as u32) as usize],
        ["House Care Home", "Lodge", "Court Nursing Home"][stream.below(3) as usize]
    );
    let (latitude, longitude) = to_latitude_longitude(
        area.x + stream.normal(0.0, 150.0),
        area.y + stream.normal(0.0, 150.0),
    );
    let beds = stream.lognormal(figures.beds_per_home.value * 0.88, 0.5).round().clamp(4.0, 140.0);
    let nursing = stream.happens(figures.nursing_share.value);
    let (yes, no) = ("Y", "");
    let rating = ["Good", "Requires improvement", "Outstanding", "Inadequate"]
        [stream.choose(&[0.77, 0.17, 0.045, 0.015]).unwrap_or(0)];
    let authority = &world.layout.authorities[area.authority].1;
    let region = &world.layout.regions
        [world.layout.icbs[world.layout.sub_icbs[area.sub_icb].icb].region]
        .name;
    row(
        bytes,
        &[
            &format_args!("1-9{index:06}{number:02}"),
            &"01/10/2010",
            &"N",
            &"Y",
            &name,
            &format_args!("V{:04}", (index * 7 + number as usize) % 10_000),
            &"",
            &"",
            &"",
            &beds,
            &"Social Care Org",
            &"Adult social care",
            &"Residential social care",
            &rating,
            &"14/03/2024",
            &"N",
            region,
            region,
            authority,
            &format_args!("{latitude:.6}"),
            &format_args!("{longitude:.6}"),
            &postcode_in(area.town, index, stream),
            &format_args!("1-8{:06}", index / 3),
            &format_args!("{authority} Care Limited (invented)"),
            if nursing { &yes } else { &no },
            if nursing { &no } else { &yes },
        ],
    );
}

fn opening(world: &World, out: &mut dyn Write) -> io::Result<()> {
    table(
        out,
        "site_code,service,weekday,opens,closes",
        world.detailed_practices(),
        &|index, bytes| {
            let practice = &world.practices[index];
            let mut stream = draw(world.seed, Decision::Opening, index, 0);
            let half_day = stream
                .happens(parameters().urgent.half_day_share.value)
                .then(|| stream.below(5) as usize);
            let saturday = stream.happens(0.3);
            let monday = practice.reason == Some(Reason::MondayShortage);
            for site in 0..=practice.branches {
                let code = format!("{}{site:03}", practice.code);
                let mut add = |service: &str, day: usize, opens: &str, closes: &str| {
                    row(bytes, &[&code, &service, &weekday::NAMES[day], &opens, &closes]);
                };
                for day in 0..5 {
                    let closes = if half_day == Some(day) || (site > 0 && day == 2) {
                        "13:00"
                    } else {
                        "18:30"
                    };
                    add("reception", day, "08:00", closes);
                    if day == 0 && monday {
                        add("gp", day, "15:00", "18:00");
                    } else {
                        add("gp", day, "08:30", if closes == "13:00" { "12:30" } else { "18:00" });
                    }
                    add("nurse", day, "08:30", if closes == "13:00" { "12:30" } else { "17:00" });
                }
                if saturday && site == 0 {
                    add("gp", 5, "09:00", "12:00");
                }
            }
        },
    )
}

fn fingertips(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    let people: f64 = world.lists.iter().map(|list| f64::from(list.total)).sum();
    let mean =
        world.lists.iter().map(|list| list.score * f64::from(list.total)).sum::<f64>() / people;
    writeln!(bytes, "{FINGERTIPS}")?;
    let mut add = |parent: (&str, &str), code: &str, name: &str, kind: &str, value: f64| {
        row(
            &mut bytes,
            &[
                &93553,
                &"Deprivation score (IMD 2025)",
                &parent.0,
                &parent.1,
                &code,
                &name,
                &kind,
                &"Persons",
                &"All ages",
                &"",
                &"",
                &2025,
                &value,
                &"",
                &"",
                &"",
                &"",
                &"",
                &"",
                &"",
                &"Cannot be calculated",
                &"Not compared",
                &"Not compared",
                &20_250_000,
                &"",
                &"",
                &"1y",
            ],
        );
    };
    let england = ("E92000001", "England");
    add(("", ""), england.0, england.1, "England", mean);
    add(england, england.0, england.1, "England", mean);
    for (practice, list) in world.practices.iter().zip(&world.lists) {
        add(england, &practice.code, &title_case(&practice.name), "GP", list.score);
    }
    out.write_all(&with_carriage_returns(&bytes))
}

fn title_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string());
        format!("{}{}", first.unwrap_or_default(), letters.as_str().to_lowercase())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
