//! Staff: practices in the wide and the long layout, networks person by person.

use std::io::{self, Write};

use vocab::Month;
use vocab::period::month_name;

use super::super::calendar::LATEST_LISTS;
use super::super::csv::{field, push, row, table};
use super::super::draw::{Decision, draw};
use super::super::lists::AGES;
use super::super::parameters::{RoleShare, parameters};
use super::super::providers::{Provider, providers};
use super::super::staff::{GP_COLUMNS, GP_NAMES, Group, Person, share_left, staff};
use super::super::world::World;
use super::File;

const GP_AGES: [&str; 10] = [
    "UNDER30", "30TO34", "35TO39", "40TO44", "45TO49", "50TO54", "55TO59", "60TO64", "65TO69",
    "70PLUS",
];
const STAFF_AGES: [&str; 11] = [
    "UNDER25", "25TO29", "30TO34", "35TO39", "40TO44", "45TO49", "50TO54", "55TO59", "60TO64",
    "65TO69", "70PLUS",
];
const PATIENT_AGES: [(&str, usize, usize); 7] = [
    ("0TO4", 0, 5),
    ("5TO14", 5, 15),
    ("15TO44", 15, 45),
    ("45TO64", 45, 65),
    ("65TO74", 65, 75),
    ("75TO84", 75, 85),
    ("85PLUS", 85, AGES),
];
const SEXES: [&str; 3] = ["TOTAL", "MALE", "FEMALE"];
const MEASURES: [&str; 2] = ["HC", "FTE"];
const LONG: &str = "PRAC_CODE,PRAC_NAME,STAFF_GROUP,DETAILED_STAFF_ROLE,MEASURE,VALUE";
const NETWORK: &str = "DATA_SOURCE,CENSUS_YEAR,CENSUS_MONTH,PCN_CODE,PCN_NAME,SUB_ICB_CODE,SUB_ICB_NAME,ICB_CODE,ICB_NAME,COMM_REGION_CODE,COMM_REGION_NAME,STAFF_GROUP,STAFF_ROLE,DETAILED_STAFF_ROLE,FULL_TIME_EQUIVALENT,UNIQUE_IDENTIFIER";

/// Both practice files for every quarter, and the networks' latest.
pub fn files(world: &World) -> Vec<File<'_>> {
    let mut files = Vec::new();
    let quarters = world.calendar.staff.len();
    for (quarter, month) in world.calendar.staff.clone().into_iter().enumerate() {
        let name = format!("{} {}", month_name(month.month), month.year);
        files.push(File::new(
            format!("gp-workforce/1 General Practice – {name} Practice Level - Detailed.csv"),
            move |out| detailed(world, month, (quarter, quarters), false, out),
        ));
        if world.detailed_practices() < world.practices.len() {
            files.push(File::new(
                format!(
                    "gp-workforce/other-boards/1 General Practice – {name} Practice Level - Detailed.csv"
                ),
                move |out| detailed(world, month, (quarter, quarters), true, out),
            ));
        }
        files.push(File::new(
            format!("gp-workforce/3 General Practice – {name} Practice Level - High level.csv"),
            move |out| high_level(world, month, quarter, quarters, out),
        ));
    }
    let name = format!("{} {}", month_name(LATEST_LISTS.month), LATEST_LISTS.year);
    files.push(File::new(
        format!("pcn-workforce/Primary Care Networks - {name} Individual Level.csv"),
        |out| networks(world, out),
    ));
    files
}

/// A column counted from the people of a practice.
struct Column {
    name: String,
    group: Group,
    /// Position of the sex in [`SEXES`].
    sex: usize,
    kind: Kind,
    age: Option<usize>,
    fte: bool,
}

/// Who of a group a column counts.
#[derive(Clone, Copy)]
enum Kind {
    All,
    WithoutTrainees,
    WithoutLocums,
    WithoutBoth,
    Role(usize),
}

const FAMILIES: [(&str, Kind); 4] = [
    ("", Kind::All),
    ("_EXTG", Kind::WithoutTrainees),
    ("_EXL", Kind::WithoutLocums),
    ("_EXTGL", Kind::WithoutBoth),
];

impl Column {
    fn counts(&self, person: &Person) -> bool {
        let sex = match self.sex {
            0 => true,
            1 => !person.female,
            _ => person.female,
        };
        let kind = match self.kind {
            Kind::All => true,
            Kind::WithoutTrainees => !person.is_trainee(),
            Kind::WithoutLocums => !person.is_locum(),
            Kind::WithoutBoth => !person.is_trainee() && !person.is_locum(),
            Kind::Role(role) => person.role == role,
        };
        person.group == self.group && sex && kind && self.age.is_none_or(|age| person.age == age)
    }

    fn value(&self, people: &[Person]) -> String {
        let counted = people.iter().filter(|person| self.counts(person));
        if self.fte {
            number(counted.map(|p| p.hours).sum::<u32>())
        } else {
            counted.count().to_string()
        }
    }
}

/// Hours over 37.5 with up to nine decimals, as the publication prints them.
fn number(hours: u32) -> String {
    let text = format!("{:.9}", f64::from(hours) / 37.5);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn columns() -> Vec<Column> {
    let mut columns = gp_columns();
    let figures = &parameters().workforce;
    let groups: [(Group, &str, &str, &[RoleShare]); 3] = [
        (Group::Nurse, "NURSES", "N", &figures.nurse_roles),
        (Group::Direct, "DPC", "DPC", &figures.direct_roles),
        (Group::Admin, "ADMIN", "ADMIN", &figures.admin_roles),
    ];
    for (group, whole, prefix, roles) in groups {
        for (fte, measure) in [(false, "HC"), (true, "FTE")] {
            for (sex, title) in SEXES.iter().enumerate() {
                let column = |name, kind| Column { name, group, sex, kind, age: None, fte };
                columns.push(column(format!("{title}_{whole}_{measure}"), Kind::All));
                columns.extend(roles.iter().enumerate().map(|(role, share)| {
                    column(format!("{title}_{prefix}_{}_{measure}", share.column), Kind::Role(role))
                }));
            }
            columns.extend(STAFF_AGES.iter().enumerate().map(|(age, band)| Column {
                name: format!("TOTAL_{whole}_{measure}_{band}"),
                group,
                sex: 0,
                kind: Kind::All,
                age: Some(age),
                fte,
            }));
        }
    }
    columns
}

fn gp_columns() -> Vec<Column> {
    let mut columns = Vec::new();
    let group = Group::Gp;
    for (fte, measure) in [(false, "HC"), (true, "FTE")] {
        for (sex, title) in SEXES.iter().enumerate() {
            let column = |name, kind| Column { name, group, sex, kind, age: None, fte };
            columns.extend(
                FAMILIES
                    .iter()
                    .map(|(family, kind)| column(format!("{title}_GP{family}_{measure}"), *kind)),
            );
            columns.extend(GP_COLUMNS.iter().enumerate().map(|(role, name)| {
                column(format!("{title}_GP_{name}_{measure}"), Kind::Role(role))
            }));
        }
    }
    for (measure, families) in MEASURES.iter().zip([&FAMILIES[..], &FAMILIES[..1]]) {
        for (family, kind) in families {
            for (sex, title) in SEXES.iter().enumerate().take(if *measure == "HC" { 3 } else { 1 })
            {
                columns.extend(GP_AGES.iter().enumerate().map(|(age, band)| Column {
                    name: format!("{title}_GP{family}_{measure}_{band}"),
                    group,
                    sex,
                    kind: *kind,
                    age: Some(age),
                    fte: *measure == "FTE",
                }));
            }
        }
    }
    columns
}

/// The wide file of the detailed practices, or of those around them, without columns by sex and age.
fn detailed(
    world: &World,
    month: Month,
    (quarter, quarters): (usize, usize),
    around: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut providers = providers(world, month);
    providers.retain(|provider| provider.is_around() == around);
    let mut columns = columns();
    columns.retain(|column| !around || (column.sex == 0 && column.age.is_none()));
    let mut header = "PRAC_CODE,PRAC_NAME,PCN_CODE,PCN_NAME,SUB_ICB_CODE,SUB_ICB_NAME,ICB_CODE,ICB_NAME,REGION_CODE,REGION_NAME,TOTAL_PATIENTS,TOTAL_MALE,TOTAL_FEMALE".to_owned();
    for sex in ["MALE", "FEMALE"] {
        for (band, _, _) in PATIENT_AGES {
            header.extend([",", sex, "_PATIENTS_", band]);
        }
    }
    header.push_str(",GP_SOURCE,NURSE_SOURCE,DPC_SOURCE,ADMIN_SOURCE");
    for column in &columns {
        header.push(',');
        header.push_str(&column.name);
    }
    table(out, &header, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let left = share_left(world, provider.practice, quarter, quarters);
        let people = staff(world, provider.practice, left);
        identification(provider, bytes);
        let estimated = nurses_are_estimated(provider);
        let source =
            if estimated { "Fully estimated - no data provided" } else { "Fully provided" };
        push(bytes, &format_args!(",Fully provided,{source},Fully provided,Fully provided"));
        for column in &columns {
            bytes.push(b',');
            if estimated && column.group == Group::Nurse {
                bytes.extend_from_slice(b"NA");
            } else {
                push(bytes, &column.value(&people));
            }
        }
        bytes.push(b'\n');
    })
}

fn nurses_are_estimated(provider: &Provider) -> bool {
    let share = parameters().workforce.estimated_share.value;
    draw(provider.world.seed, Decision::StaffLevel, provider.practice, 9).happens(share)
}

fn identification(provider: &Provider, bytes: &mut Vec<u8>) {
    let (network, sub_icb, icb, region) =
        (provider.network(), provider.sub_icb(), provider.icb(), provider.region());
    let texts: [&str; 10] = [
        provider.code,
        provider.name,
        &network.code,
        &network.name,
        &sub_icb.code,
        &sub_icb.name,
        &icb.code,
        &icb.name,
        &region.code,
        &region.name,
    ];
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            bytes.push(b',');
        }
        field(bytes, text);
    }
    let ages = provider.ages();
    let patients = |sex: usize, from: usize, to: usize| {
        ages[sex * AGES + from..sex * AGES + to].iter().sum::<u32>()
    };
    push(
        bytes,
        &format_args!(",{},{},{}", provider.list, patients(0, 0, AGES), patients(1, 0, AGES)),
    );
    for sex in [0, 1] {
        for (_, from, to) in PATIENT_AGES {
            push(bytes, &format_args!(",{}", patients(sex, from, to)));
        }
    }
}

fn high_level(
    world: &World,
    month: Month,
    quarter: usize,
    quarters: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut providers = providers(world, month);
    providers.retain(|provider| !provider.is_around());
    let figures = &parameters().workforce;
    let names =
        |roles: &[RoleShare]| roles.iter().map(|role| role.name.clone()).collect::<Vec<_>>();
    let groups = [
        (Group::Gp, "GP", GP_NAMES.iter().map(|name| (*name).to_owned()).collect()),
        (Group::Nurse, "Nurses", names(&figures.nurse_roles)),
        (Group::Direct, "Direct Patient Care", names(&figures.direct_roles)),
        (Group::Admin, "Admin/Non-Clinical", names(&figures.admin_roles)),
    ];
    table(out, LONG, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let left = share_left(world, provider.practice, quarter, quarters);
        let people = staff(world, provider.practice, left);
        let estimated = nurses_are_estimated(provider);
        for (group, title, roles) in &groups {
            let hidden = estimated && *group == Group::Nurse;
            let mut add = |name: &str, role: Option<usize>| {
                let counted = people
                    .iter()
                    .filter(|p| p.group == *group && role.is_none_or(|role| p.role == role));
                let (heads, hours) = counted.fold((0, 0), |sum, p| (sum.0 + 1, sum.1 + p.hours));
                let value = |text: String| if hidden { "NA".to_owned() } else { text };
                row(
                    bytes,
                    &[&provider.code, &provider.name, title, &name, &"FTE", &value(number(hours))],
                );
                row(
                    bytes,
                    &[
                        &provider.code,
                        &provider.name,
                        title,
                        &name,
                        &"Headcount",
                        &value(heads.to_string()),
                    ],
                );
            };
            add("Total", None);
            for (role, name) in roles.iter().enumerate() {
                add(name, Some(role));
            }
        }
    })
}

fn networks(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let mut people = vec![0.0; world.networks.len()];
    for (practice, list) in world.practices.iter().zip(&world.lists) {
        people[practice.network] += f64::from(list.total);
    }
    table(out, NETWORK, world.networks.len(), &|index, bytes| {
        network_people(world, index, people[index], bytes);
    })
}

fn network_people(world: &World, index: usize, people: f64, bytes: &mut Vec<u8>) {
    let figures = &parameters().workforce;
    let network = &world.networks[index];
    let sub_icb = &world.layout.sub_icbs[network.sub_icb];
    let icb = &world.layout.icbs[sub_icb.icb];
    let region = &world.layout.regions[icb.region];
    let mut stream = draw(world.seed, Decision::NetworkStaff, index, 0);
    let weights: Vec<f64> = figures.network_roles.iter().map(|role| role.share).collect();
    let mut aim =
        people / 10_000.0 * figures.network_direct_per_10000.value * stream.lognormal(1.0, 0.25);
    let mut number = 0;
    while aim > 0.05 {
        let role = &figures.network_roles[stream.choose(&weights).unwrap_or(0)];
        let fte = (stream.normal(role.fte, 0.18).clamp(0.1, 1.0) * 37.5).round() / 37.5;
        aim -= fte;
        let source = if stream.happens(0.17) { "NWRS contracted services" } else { "NWRS Staff" };
        let fte = number_text(fte);
        let identifier = format!("{}.0", 900_000 + index * 200 + number);
        number += 1;
        row(
            bytes,
            &[
                &source,
                &LATEST_LISTS.year,
                &LATEST_LISTS.month,
                &network.code,
                &network.name,
                &sub_icb.code,
                &sub_icb.name,
                &icb.code,
                &icb.name,
                &region.code,
                &region.name,
                &role.group,
                &role.role,
                &role.detail,
                &fte,
                &identifier,
            ],
        );
    }
}

fn number_text(fte: f64) -> String {
    let text = format!("{fte:.9}");
    let short = text.trim_end_matches('0');
    if short.ends_with('.') { format!("{short}0") } else { short.to_owned() }
}
