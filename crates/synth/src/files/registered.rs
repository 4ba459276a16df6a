//! Patients registered at a practice: totals, the map, five-year bands, single years, small areas.

use std::collections::BTreeMap;
use std::io::{self, Write};

use vocab::Month;

use super::super::calendar::{LATEST_LISTS, back, mixed, short};
use super::super::csv::{row, table};
use super::super::draw::apportion;
use super::super::lists::AGES;
use super::super::parameters::parameters;
use super::super::providers::{Provider, providers};
use super::super::world::World;
use super::File;

const ALL: &str = "PUBLICATION,EXTRACT_DATE,TYPE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS";
const MAP: &str = "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,PRACTICE_POSTCODE,PCN_CODE,PCN_NAME,ONS_SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,ONS_ICB_CODE,ICB_CODE,ICB_NAME,ONS_COMM_REGION_CODE,COMM_REGION_CODE,COMM_REGION_NAME,SUPPLIER_NAME";
const QUIN: &str = "PUBLICATION,EXTRACT_DATE,ORG_TYPE,ORG_CODE,ONS_CODE,POSTCODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS";
const SINGLE: &str = "EXTRACT_DATE,SUB_ICB_LOCATION_CODE,ONS_SUB_ICB_LOCATION_CODE,ORG_CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS";
const SMALL_AREA: &str =
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,NUMBER_OF_PATIENTS";
const PUBLICATION: &str = "GP_PRAC_PAT_LIST";
const SEXES: [&str; 2] = ["MALE", "FEMALE"];

/// Monthly totals; for each quarter the map and five-year bands; single years and small areas once.
pub fn files(world: &World) -> Vec<File<'_>> {
    let mut files = Vec::new();
    for month in world.calendar.lists.clone() {
        files.push(File::new(path("all", month), move |out| totals(world, month, out)));
    }
    for month in world.calendar.ages.clone() {
        files.push(File::new(path("map", month), move |out| map(world, month, out)));
        files.push(File::new(path("quin-age", month), move |out| five_years(world, month, out)));
    }
    for sex in [0, 1] {
        let kind = ["sing-age-male", "sing-age-female"][sex];
        files.push(File::new(path(kind, LATEST_LISTS), move |out| {
            single_years(world, LATEST_LISTS, sex, out)
        }));
    }
    let october = back(LATEST_LISTS, 1);
    files.push(File::new(path("lsoa-all", october), move |out| small_areas(world, october, out)));
    files
}

fn path(kind: &str, month: Month) -> String {
    let folder = format!("gp-registered/{:04}-{:02}", month.year, month.month);
    let edition = format!("{}-{:02}", short(month.month).to_lowercase(), month.year % 100);
    format!("{folder}/gp-reg-pat-prac-{kind}-{edition}.csv")
}

fn totals(world: &World, month: Month, out: &mut dyn Write) -> io::Result<()> {
    let providers = providers(world, month);
    let date = month.first_day().to_string();
    table(out, ALL, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let sub_icb = provider.sub_icb();
        row(
            bytes,
            &[
                &PUBLICATION,
                &date,
                &"GP",
                &sub_icb.code,
                &sub_icb.ons,
                &provider.code,
                &provider.postcode,
                &"ALL",
                &"ALL",
                &provider.list,
            ],
        );
    })
}

fn map(world: &World, month: Month, out: &mut dyn Write) -> io::Result<()> {
    let providers = providers(world, month);
    let date = mixed(month.first_day());
    table(out, MAP, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let (network, sub_icb, icb, region) =
            (provider.network(), provider.sub_icb(), provider.icb(), provider.region());
        let supplier = &parameters().activity.suppliers.value[provider.record().supplier];
        row(
            bytes,
            &[
                &PUBLICATION,
                &date,
                &provider.code,
                &provider.name,
                &provider.postcode,
                &network.code,
                &network.name,
                &sub_icb.ons,
                &sub_icb.code,
                &sub_icb.name,
                &icb.ons,
                &icb.code,
                &icb.long_name,
                &region.ons,
                &region.code,
                &region.name,
                supplier,
            ],
        );
    })
}

/// Five-year bands of males then females, from 0-4 to 95 and over.
fn bands(ages: &[u32]) -> [[u64; 20]; 2] {
    let mut bands = [[0; 20]; 2];
    for (cell, count) in ages.iter().enumerate() {
        bands[cell / AGES][(cell % AGES / 5).min(19)] += u64::from(*count);
    }
    bands
}

/// An organisation whose lists are summed: type, code, ONS code, postcode.
type Organisation = (&'static str, String, String, String);

fn write_bands(bytes: &mut Vec<u8>, date: &str, of: &Organisation, bands: &[[u64; 20]; 2]) {
    let (kind, code, ons, postcode) = of;
    let mut add = |sex: &str, band: &str, count: u64| {
        row(bytes, &[&PUBLICATION, &date, kind, code, ons, postcode, &sex, &band, &count]);
    };
    let totals = bands.map(|bands| bands.iter().sum::<u64>());
    add("ALL", "ALL", totals[0] + totals[1]);
    for (sex, bands) in SEXES.iter().zip(bands) {
        add(sex, "ALL", bands.iter().sum());
        for (index, count) in bands.iter().enumerate() {
            let band = if index == 19 {
                "95+".to_owned()
            } else {
                format!("{}_{}", index * 5, index * 5 + 4)
            };
            add(sex, &band, *count);
        }
    }
}

fn five_years(world: &World, month: Month, out: &mut dyn Write) -> io::Result<()> {
    let providers = providers(world, month);
    let date = month.first_day().to_string();
    writeln!(out, "{QUIN}")?;
    for (organisation, bands) in sums(&providers) {
        let mut bytes = Vec::new();
        write_bands(&mut bytes, &date, &organisation, &bands);
        out.write_all(&bytes)?;
    }
    super::super::csv::in_order(out, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let of = ("GP", provider.code.to_owned(), String::new(), provider.postcode.to_owned());
        write_bands(bytes, &date, &of, &bands(&provider.ages()));
    })
}

/// Lists summed over regions, ICBs, sub-ICBs and networks, in order of type and code.
fn sums(providers: &[Provider]) -> BTreeMap<Organisation, [[u64; 20]; 2]> {
    let mut sums: BTreeMap<Organisation, [[u64; 20]; 2]> = BTreeMap::new();
    for provider in providers {
        let own = bands(&provider.ages());
        let (network, sub_icb, icb, region) =
            (provider.network(), provider.sub_icb(), provider.icb(), provider.region());
        let parents = [
            ("Comm Region", &region.code, region.ons.clone()),
            ("ICB", &icb.code, icb.ons.clone()),
            ("SUB_ICB_LOCATION_CODE", &sub_icb.code, sub_icb.ons.clone()),
            ("PCN", &network.code, String::new()),
        ];
        for (kind, code, ons) in parents {
            let sum = sums.entry((kind, code.clone(), ons, String::new())).or_insert([[0; 20]; 2]);
            for (sum, own) in sum.iter_mut().flatten().zip(own.iter().flatten()) {
                *sum += own;
            }
        }
    }
    sums
}

fn single_years(world: &World, month: Month, sex: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut providers = providers(world, month);
    providers.retain(|provider| !provider.is_around());
    let date = mixed(month.first_day()).to_uppercase();
    table(out, SINGLE, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let sub_icb = provider.sub_icb();
        let ages = provider.ages();
        let own = &ages[sex * AGES..(sex + 1) * AGES];
        let mut add = |age: &str, count: u32| {
            row(
                bytes,
                &[
                    &date,
                    &sub_icb.code,
                    &sub_icb.ons,
                    &provider.code,
                    &provider.postcode,
                    &SEXES[sex],
                    &age,
                    &count,
                ],
            );
        };
        add("ALL", own.iter().sum());
        for (age, count) in own.iter().enumerate() {
            add(&if age == AGES - 1 { "95+".to_owned() } else { age.to_string() }, *count);
        }
    })
}

fn small_areas(world: &World, month: Month, out: &mut dyn Write) -> io::Result<()> {
    let mut providers = providers(world, month);
    providers.retain(|provider| !provider.is_around());
    let date = mixed(month.first_day()).to_uppercase();
    table(out, SMALL_AREA, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let areas = &world.lists[provider.practice].areas;
        let shares: Vec<f64> = areas.iter().map(|(_, people)| f64::from(*people)).collect();
        let people = apportion(u64::from(provider.list), &shares);
        for ((area, _), count) in areas.iter().zip(people).filter(|(_, count)| *count > 0) {
            let code = World::area_code(*area as usize);
            row(
                bytes,
                &[&PUBLICATION, &date, &provider.code, &provider.name, &code, &"ALL", &count],
            );
        }
    })
}
