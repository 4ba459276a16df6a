//! Appointments in general practice and online consultations.

use std::io::{self, Write};

use rayon::prelude::*;
use vocab::Month;

use super::super::activity::{
    Demand, Habits, MODES, STAFF, STATUSES, WAITS, day_weights, month_cells,
};
use super::super::calendar::{LATEST_LISTS, back, file_month, upper};
use super::super::csv::{row, table};
use super::super::draw::{Decision, draw, multinomial};
use super::super::parameters::parameters;
use super::super::providers::{Provider, providers};
use super::super::reasons::Reason;
use super::super::world::World;
use super::File;

const CROSSTAB: &str = "APPOINTMENT_MONTH_START_DATE,GP_CODE,GP_NAME,SUPPLIER,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,HCP_TYPE,APPT_MODE,NATIONAL_CATEGORY,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS,APPT_STATUS";
const REGIONAL: &str = "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,ICB_NAME,REGION_ONS_CODE,REGION_NAME,APPOINTMENT_MONTH,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,COUNT_OF_APPOINTMENTS";
const DAILY: &str = "SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_ONS_CODE,SUB_ICB_LOCATION_NAME,ICB_ONS_CODE,REGION_ONS_CODE,APPOINTMENT_DATE,SDS_ROLE_GROUP,COUNT_OF_APPOINTMENTS";
const COVERAGE: &str = "SUB_ICB_LOCATION_CODE,ICB_ONS_CODE,REGION_CODE,APPOINTMENT_MONTH,INCLUDED_PRACTICES,OPEN_PRACTICES,PATIENTS_REGISTERED_AT_INCLUDED_PRACTICES,PATIENTS_REGISTERED_AT_OPEN_PRACTICES";
const MAPPING: &str = "GP_CODE,GP_NAME,SUPPLIER,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,SUB_ICB_LOCATION_NAME,ICB_CODE,ICB_NAME,REGION_CODE,REGION_NAME";
const ONLINE: &str = "MONTH_1,GP_CODE,GP_NAME,PCN_CODE_2_3,PCN_NAME_3,SUB_ICB_CODE,SUB_ICB_NAME,ICB_CODE,ICB_NAME,REGION_CODE,REGION_NAME,SUPPLIER_4_5_6,SUBMISSIONS_7,CLINICAL_SUBMISSIONS_7,ADMINISTRATIVE_SUBMISSIONS_7,OTHER_UNKNOWN_TYPE_SUBMISSIONS_7,REGISTERED_PATIENT_COUNT_8,RATE_PER_1_000_REGISTERED_PATIENTS_9_10,PARTICIPATION,SUPPLIER_4_5_6_11,PARTICIPATION_11";
const ROLES: [&str; 5] = ["GP", "Nurses", "Other Direct Patient Care", "Data Quality", "Unknown"];

/// A crosstab a month, one regional file, one daily file, coverage, mapping and online consultations.
pub fn files(world: &World) -> Vec<File<'_>> {
    let mut files = Vec::new();
    for month in world.calendar.appointments.clone() {
        let path = format!("appointments/Practice_Level_Crosstab_{}.csv", file_month(month));
        files.push(File::new(path, move |out| crosstab(world, month, out)));
    }
    let edition = file_month(back(LATEST_LISTS, 1));
    files.push(File::new(format!("appointments/Regional_CSV_{edition}.csv"), |out| {
        regional(world, out)
    }));
    files.push(File::new(format!("appointments/SDS_ROLE_CSV_{edition}.csv"), |out| {
        daily(world, out)
    }));
    files.push(File::new("appointments/APPOINTMENTS_GP_COVERAGE.csv", |out| coverage(world, out)));
    files.push(File::new(format!("appointments/Mapping_{edition}.csv"), |out| mapping(world, out)));
    files.push(File::new("online-consultations/OC_submissions_by_practice_Nov25.csv", |out| {
        online(world, out)
    }));
    files
}

fn crosstab(world: &World, month: Month, out: &mut dyn Write) -> io::Result<()> {
    let demand = Demand::new(world);
    let providers = providers(world, month);
    let date = upper(month.first_day());
    let categories = &parameters().activity.categories;
    table(out, CROSSTAB, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let (network, sub_icb) = (provider.network(), provider.sub_icb());
        let supplier = &parameters().activity.suppliers.value[provider.record().supplier];
        let total = demand.total(provider, month);
        for cell in month_cells(provider, &Habits::new(provider), month, total) {
            row(
                bytes,
                &[
                    &date,
                    &provider.code,
                    &provider.name,
                    supplier,
                    &network.code,
                    &network.name,
                    &sub_icb.code,
                    &sub_icb.name,
                    &STAFF[cell.staff],
                    &MODES[cell.mode],
                    &categories[cell.category],
                    &WAITS[cell.wait],
                    &cell.count,
                    &STATUSES[cell.status],
                ],
            );
        }
    })
}

const KINDS: usize = 3 * 3 * 5 * 8;

/// Counts of a month by sub-ICB, then status, staff, mode and wait.
fn month_by_sub_icb(world: &World, demand: &Demand, month: Month) -> Vec<Vec<u64>> {
    let providers = providers(world, month);
    let parts: Vec<(usize, Vec<(usize, u64)>)> = providers
        .par_iter()
        .map(|provider| {
            let cells =
                month_cells(provider, &Habits::new(provider), month, demand.total(provider, month));
            let kind = |c: &super::super::activity::Cell| {
                ((c.status * 3 + c.staff) * 5 + c.mode) * 8 + c.wait
            };
            (provider.record().sub_icb, cells.iter().map(|cell| (kind(cell), cell.count)).collect())
        })
        .collect();
    let mut sums = vec![vec![0; KINDS]; world.layout.sub_icbs.len()];
    for (sub_icb, cells) in parts {
        for (kind, count) in cells {
            sums[sub_icb][kind] += count;
        }
    }
    sums
}

fn regional(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let demand = Demand::new(world);
    writeln!(out, "{REGIONAL}")?;
    for month in &world.calendar.regional {
        let sums = month_by_sub_icb(world, &demand, *month);
        let date = month.first_day().to_string();
        super::super::csv::in_order(out, sums.len(), &|index, bytes| {
            let sub_icb = &world.layout.sub_icbs[index];
            let icb = &world.layout.icbs[sub_icb.icb];
            let region = &world.layout.regions[icb.region];
            for (kind, count) in sums[index].iter().enumerate().filter(|(_, count)| **count > 0) {
                let (wait, mode, staff, status) =
                    (kind % 8, kind / 8 % 5, kind / 40 % 3, kind / 120);
                row(
                    bytes,
                    &[
                        &sub_icb.code,
                        &sub_icb.ons,
                        &sub_icb.name,
                        &icb.ons,
                        &icb.long_name,
                        &region.ons,
                        &region.name,
                        &date,
                        &STATUSES[status],
                        &STAFF[staff],
                        &regional_mode(mode),
                        &regional_wait(wait),
                        count,
                    ],
                );
            }
        })?;
    }
    Ok(())
}

/// The regional file spells two values otherwise than the crosstab of the same release.
fn regional_mode(mode: usize) -> &'static str {
    if mode == 2 { "Video/Online" } else { MODES[mode] }
}

fn regional_wait(wait: usize) -> &'static str {
    if wait == 7 { "Unknown / Data Quality" } else { WAITS[wait] }
}

/// Every provider's total in a month, summed by sub-ICB.
fn month_totals(world: &World, demand: &Demand, month: Month) -> Vec<u64> {
    let mut totals = vec![0; world.layout.sub_icbs.len()];
    for provider in providers(world, month) {
        totals[provider.record().sub_icb] += demand.total(&provider, month);
    }
    totals
}

fn daily(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let demand = Demand::new(world);
    let months = &world.calendar.days;
    let totals: Vec<Vec<u64>> =
        months.par_iter().map(|month| month_totals(world, &demand, *month)).collect();
    table(out, DAILY, world.layout.sub_icbs.len(), &|index, bytes| {
        for (month, totals) in months.iter().zip(&totals) {
            days_of_month(world, index, *month, totals[index], bytes);
        }
    })
}

fn days_of_month(world: &World, index: usize, month: Month, total: u64, bytes: &mut Vec<u8>) {
    let sub_icb = &world.layout.sub_icbs[index];
    let icb = &world.layout.icbs[sub_icb.icb];
    let region = &world.layout.regions[icb.region];
    let time = month.year as usize * 12 + month.month as usize;
    let mut stream = draw(world.seed, Decision::Days, index, time);
    let days = day_weights(month);
    let weights: Vec<f64> =
        days.iter().map(|(_, weight)| weight * stream.lognormal(1.0, 0.02)).collect();
    let roles = if world.layout.is_around(world.layout.town_of(index)) {
        vec![0, 0, 0, 0, total]
    } else {
        multinomial(&mut stream, total, &parameters().activity.role_share.value)
    };
    for (role, count) in ROLES.iter().zip(roles) {
        for ((day, _), count) in days.iter().zip(multinomial(&mut stream, count, &weights)) {
            if count > 0 {
                let date = upper(*day);
                row(
                    bytes,
                    &[
                        &sub_icb.code,
                        &sub_icb.ons,
                        &sub_icb.name,
                        &icb.ons,
                        &region.ons,
                        &date,
                        role,
                        &count,
                    ],
                );
            }
        }
    }
}

fn coverage(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let months = &world.calendar.days;
    let counts: Vec<Vec<(u64, u64)>> = months
        .par_iter()
        .map(|month| {
            let mut counts = vec![(0, 0); world.layout.sub_icbs.len()];
            for provider in providers(world, *month) {
                let count = &mut counts[provider.record().sub_icb];
                count.0 += 1;
                count.1 += u64::from(provider.list);
            }
            counts
        })
        .collect();
    table(out, COVERAGE, world.layout.sub_icbs.len(), &|index, bytes| {
        let sub_icb = &world.layout.sub_icbs[index];
        let icb = &world.layout.icbs[sub_icb.icb];
        let region = &world.layout.regions[icb.region].ons;
        for (month, counts) in months.iter().zip(&counts).rev() {
            let (practices, patients) = counts[index];
            let date = upper(month.first_day());
            row(
                bytes,
                &[
                    &sub_icb.code,
                    &icb.ons,
                    region,
                    &date,
                    &practices,
                    &practices,
                    &patients,
                    &patients,
                ],
            );
        }
    })
}

fn mapping(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let providers = providers(world, back(LATEST_LISTS, 1));
    table(out, MAPPING, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let supplier = &parameters().activity.suppliers.value[provider.record().supplier];
        let (network, sub_icb, icb, region) =
            (provider.network(), provider.sub_icb(), provider.icb(), provider.region());
        row(
            bytes,
            &[
                &provider.code,
                &provider.name,
                supplier,
                &network.code,
                &network.name,
                &sub_icb.code,
                &sub_icb.name,
                &icb.code,
                &icb.long_name,
                &region.code,
                &region.name,
            ],
        );
    })
}

fn online(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let providers = providers(world, LATEST_LISTS);
    table(out, ONLINE, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let figures = &parameters().activity;
        let submissions = submissions(provider);
        let clinical = figures.online_clinical_share.value;
        let office = figures.online_administrative_share.value;
        let mut stream = draw(world.seed, Decision::Online, provider.unit, 1);
        let parts =
            multinomial(&mut stream, submissions, &[clinical, office, 1.0 - clinical - office]);
        let supplier =
            &figures.online_suppliers.value[stream.choose(&[0.55, 0.2, 0.15, 0.1]).unwrap_or(0)];
        let rate = format!("{:.6}", submissions as f64 * 1000.0 / f64::from(provider.list));
        let (network, sub_icb, icb, region) =
            (provider.network(), provider.sub_icb(), provider.icb(), provider.region());
        row(
            bytes,
            &[
                &"2025-11-01",
                &provider.code,
                &provider.name,
                &network.code,
                &network.name,
                &sub_icb.code,
                &sub_icb.name.to_uppercase(),
                &icb.code,
                &icb.long_name.to_uppercase(),
                &region.code,
                &region.name.to_uppercase(),
                supplier,
                &submissions,
                &parts[0],
                &parts[1],
                &parts[2],
                &provider.list,
                &rate,
                &"",
                &"",
                &"1.0",
            ],
        );
    })
}

fn submissions(provider: &Provider) -> u64 {
    let figures = &parameters().activity;
    let mut stream = draw(provider.world.seed, Decision::Online, provider.unit, 0);
    let median = libm::exp(figures.online_rate_log_median.value);
    let planted = if provider.record().reason == Some(Reason::Inclusion) { 0.1 } else { 1.0 };
    let rate = stream.lognormal(median, figures.online_rate_log_spread.value).min(600.0) * planted;
    stream.poisson(rate * f64::from(provider.list) / 1000.0)
}
