//! Emergency departments by month: the boards' table, the publisher's raw files, and where departments stand.

use std::io::{self, Write};

use vocab::Month;
use vocab::period::month_name;

use super::super::calendar::days;
use super::super::csv::{row, table};
use super::super::draw::{Decision, draw};
use super::super::national_grid::to_latitude_longitude;
use super::super::organisations::postcode_in;
use super::super::parameters::parameters;
use super::super::world::World;
use super::File;

const BOARDS: &str = "\"icb22_code\",\"total_attendances\",\"attendances_over_4hours\",\"total_emergency_admissions\",\"emergency_admissions_over_4hours\",\"pct_attendance_over_4hours\",\"pct_emergency_admissions_over_4hours\",\"date\"";
const RAW: &str = "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,A&E attendances Booked Appointments Type 1,A&E attendances Booked Appointments Type 2,A&E attendances Booked Appointments Other Department,Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,Attendances over 4hrs Booked Appointments Type 1,Attendances over 4hrs Booked Appointments Type 2,Attendances over 4hrs Booked Appointments Other Department,Patients who have waited 4-12 hs from DTA to admission,Patients who have waited 12+ hrs from DTA to admission,Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,Emergency admissions via A&E - Other A&E department,Other emergency admissions";

/// The boards' table, the two latest raw months, and the places of departments.
pub fn files(world: &World) -> Vec<File<'_>> {
    let mut files = vec![
        File::new("ae/england_icb_accidents_emergency.csv", |out| boards(world, out)),
        File::new("ae/ed_locations.csv", |out| locations(world, out)),
    ];
    for month in world.calendar.emergency.iter().rev().take(2).copied() {
        let name = format!("ae/Monthly-AE-{}-{}.csv", month_name(month.month), month.year);
        files.push(File::new(name, move |out| raw(world, month, out)));
    }
    files
}

/// Attendances of one town in one month.
#[derive(Default, Clone, Copy)]
struct Attendances {
    main: u64,
    other: u64,
    main_late: u64,
    other_late: u64,
    admitted: u64,
    admitted_late: u64,
    admitted_very_late: u64,
    admitted_directly: u64,
}

impl Attendances {
    fn add(&mut self, other: &Self) {
        self.main += other.main;
        self.other += other.other;
        self.main_late += other.main_late;
        self.other_late += other.other_late;
        self.admitted += other.admitted;
        self.admitted_late += other.admitted_late;
        self.admitted_very_late += other.admitted_very_late;
        self.admitted_directly += other.admitted_directly;
    }
}

fn attendances(world: &World, town: usize, month: Month) -> Attendances {
    let figures = &parameters().urgent;
    let plan = &world.layout.towns[town];
    let slope = figures.attendance_by_deprivation.value;
    let people: f64 = world.areas[plan.first_area..plan.first_area + plan.areas]
        .iter()
        .map(|area| f64::from(area.residents) * libm::exp(slope * (3.0 - f64::from(area.fifth()))))
        .sum();
    let share =
        days(month).len() as f64 / 365.25 * figures.month_factor.value[month.month as usize - 1];
    // The mean of the slope over equal fifths.
    let mean = (-2..=2).map(|step| libm::exp(slope * f64::from(step))).sum::<f64>() / 5.0;
    let (more, later) = planted(world, town);
    let expected = people / mean * figures.attendances_per_1000_year.value / 1000.0 * share * more;
    let mut stream = draw(
        world.seed,
        Decision::Emergency,
        town,
        month.year as usize * 12 + month.month as usize,
    );
    let all = stream.poisson(expected);
    let main = stream.binomial(all, figures.type_1_share.value);
    let admitted = stream.binomial(all, figures.admission_share.value).min(main);
    let main_late = stream.binomial(main, figures.over_four_hours_type_1.value * later);
    let other_late = stream.binomial(all - main, figures.over_four_hours_other.value);
    let admitted_late = stream.binomial(admitted, 0.28);
    Attendances {
        main,
        other: all - main,
        main_late,
        other_late,
        admitted,
        admitted_late,
        admitted_very_late: admitted_late / 4,
        admitted_directly: admitted / 5,
    }
}

/// How many more come to the departments of the example board, and how many more of them wait over four hours.
fn planted(world: &World, town: usize) -> (f64, f64) {
    let figures = &parameters().reasons;
    if world.layout.is_example(town) {
        (figures.board_emergency.value, figures.board_late.value)
    } else {
        (1.0, 1.0)
    }
}

fn boards(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let months = &world.calendar.emergency;
    table(out, BOARDS, months.len(), &|index, bytes| {
        let month = months[index];
        let mut sums = vec![Attendances::default(); world.layout.icbs.len()];
        for town in 0..world.layout.towns.len() {
            let icb = world.layout.sub_icbs[world.layout.towns[town].sub_icbs[0]].icb;
            sums[icb].add(&attendances(world, town, month));
        }
        for (icb, sum) in world.layout.icbs.iter().zip(&sums) {
            let (all, late) = (sum.main + sum.other, sum.main_late + sum.other_late);
            let line = format!(
                "\"{}\",{all},{late},{},{},{:.2},{:.2},\"{} {}\"\n",
                icb.ons,
                sum.admitted,
                sum.admitted_late,
                late as f64 / all.max(1) as f64,
                sum.admitted_late as f64 / sum.admitted.max(1) as f64,
                month_name(month.month),
                month.year,
            );
            bytes.extend_from_slice(line.as_bytes());
        }
    })
}

fn trust(world: &World, town: usize) -> (String, String) {
    let code = if town < 100 { format!("V{town:02}X") } else { format!("W{:02}X", town - 100) };
    (
        code,
        format!("{} HOSPITALS NHS FOUNDATION TRUST (INVENTED)", world.layout.towns[town].name)
            .to_uppercase(),
    )
}

fn raw(world: &World, month: Month, out: &mut dyn Write) -> io::Result<()> {
    let period = format!("MSitAE-{}-{}", month_name(month.month).to_uppercase(), month.year);
    let towns = world.layout.towns.len();
    table(out, RAW, towns, &|town, bytes| {
        let (code, name) = trust(world, town);
        let icb =
            &world.layout.icbs[world.layout.sub_icbs[world.layout.towns[town].sub_icbs[0]].icb];
        let region = world.layout.regions[icb.region].name.to_uppercase();
        raw_row(bytes, [&period, &code, &region, &name], &attendances(world, town, month));
    })?;
    let mut sum = Attendances::default();
    for town in 0..towns {
        sum.add(&attendances(world, town, month));
    }
    let mut bytes = Vec::new();
    raw_row(&mut bytes, [&period, "TOTAL", "TOTAL", "TOTAL"], &sum);
    out.write_all(&bytes)
}

fn raw_row(bytes: &mut Vec<u8>, [period, code, parent, name]: [&str; 4], a: &Attendances) {
    row(
        bytes,
        &[
            &period,
            &code,
            &parent,
            &name,
            &a.main,
            &0,
            &a.other,
            &0,
            &0,
            &0,
            &a.main_late,
            &0,
            &a.other_late,
            &0,
            &0,
            &0,
            &a.admitted_late,
            &a.admitted_very_late,
            &a.admitted,
            &0,
            &0,
            &a.admitted_directly,
        ],
    );
}

fn locations(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let header = "code,name,postcode,easting,northing,latitude,longitude";
    table(out, header, world.layout.towns.len(), &|town, bytes| {
        let plan = &world.layout.towns[town];
        let own = plan.first_area..plan.first_area + plan.areas;
        // The hospital stands where the town began to grow outwards.
        let area =
            own.clone().find(|area| world.areas[*area].remoteness > 0.45).unwrap_or(own.start);
        let place = &world.areas[area];
        let (latitude, longitude) = to_latitude_longitude(place.x, place.y);
        let mut stream = draw(world.seed, Decision::Emergency, town, 1);
        row(
            bytes,
            &[
                &format_args!("UEC_V{:07}", town + 1),
                &format_args!("ED - {} General Hospital (invented)", plan.name),
                &postcode_in(town, area, &mut stream),
                &(place.x.round()),
                &(place.y.round()),
                &format_args!("{latitude:.6}"),
                &format_args!("{longitude:.7}"),
            ],
        );
    })
}
