//! The Quality and Outcomes Framework: registers, achievement, mappings, the summary by practice.

use std::io::{self, Write};

use vocab::Month;

use super::super::conditions::{Register, registers};
use super::super::csv::{row, table, with_carriage_returns};
use super::super::draw::{Decision, draw};
use super::super::parameters::{Indicator, parameters};
use super::super::providers::{Provider, providers};
use super::super::world::World;
use super::File;

const PREVALENCE: &str = "PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PRACTICE_LIST_SIZE";
const ACHIEVEMENT: &str = "REGION_ODS_CODE,PRACTICE_CODE,INDICATOR_CODE,MEASURE,VALUE";
const INDICATORS: &str = "INDICATOR_CODE,INDICATOR_POINT_VALUE,GROUP_CODE,GROUP_DESCRIPTION,DOMAIN_CODE,DOMAIN_DESCRIPTION,PATIENT_LIST_TYPE";
const GEOGRAPHIES: &str = "NAT_ONS_CODE,NAT_CODE,NAT_COUNTRY,REGION_ODS_CODE,REGION_ONS_CODE,REGION_NAME,ICB_ODS_CODE,ICB_ONS_CODE,ICB_NAME,SUB_ICB_ODS_CODE,SUB_ICB_ONS_CODE,SUB_ICB_NAME,PCN_ODS_CODE,PCN_NAME,PRACTICE_CODE,PRACTICE_NAME";
const SUMMARY: &str = "\"Sub ICB Loc \nODS code\",\"Sub ICB Loc \nONS code\",Sub ICB Loc name,PCN ODS code,PCN name,Practice code,Practice name,List size,Achievement score (635 max),QOF points total / 635 available (%),Total points for indicators where register exists. (Max QOF points available),Points achieved/ max. QOF points available (%)";
/// All points of the framework in these years; those of quality improvement are granted in full.
const ALL_POINTS: f64 = 635.0;
/// Below the first share no points are earned, from the second all of them.
const THRESHOLDS: (f64, f64) = (0.40, 0.90);

/// Two years: 2023-24 and 2024-25.
pub fn files(world: &World) -> Vec<File<'_>> {
    let mut files = Vec::new();
    for year in [2023_i16, 2024] {
        let short = format!("{:02}{:02}", year % 100, year % 100 + 1);
        let folder = format!("qof/{year}-{:02}", year % 100 + 1);
        files.push(File::new(format!("{folder}/PREVALENCE_{short}.csv"), move |out| {
            prevalence(world, year, out)
        }));
        files.push(File::new(format!("{folder}/ACHIEVEMENT_{short}.csv"), move |out| {
            achievement(world, year, out)
        }));
        files.push(File::new(format!("{folder}/MAPPING_INDICATORS_{short}.csv"), |out| {
            indicators(out)
        }));
        files
            .push(File::new(format!("{folder}/MAPPING_NHS_GEOGRAPHIES_{short}.csv"), move |out| {
                geographies(world, year, out)
            }));
        files.push(File::new(
            format!("{folder}/QOF practice achievement {year}-{:02}.csv", year % 100 + 1),
            move |out| summary(world, year, out),
        ));
    }
    files
}

/// The lists that a year's registers are shares of: those of its last day.
fn lists(world: &World, year: i16) -> Vec<Provider<'_>> {
    providers(world, Month { year: year + 1, month: 4 })
}

fn own_registers(provider: &Provider, year: i16) -> Vec<Register> {
    registers(provider.world, provider.practice, provider.list, year as usize)
}

fn prevalence(world: &World, year: i16, out: &mut dyn Write) -> io::Result<()> {
    let providers = lists(world, year);
    table(out, PREVALENCE, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let conditions = &parameters().conditions.condition;
        for (condition, register) in conditions.iter().zip(own_registers(provider, year)) {
            row(
                bytes,
                &[
                    &provider.code,
                    &condition.group,
                    &register.people,
                    &condition.list_type,
                    &register.list,
                ],
            );
        }
    })
}

/// What a practice achieved on one indicator.
struct Outcome {
    register: u64,
    numerator: u64,
    denominator: u64,
    adjustments: u64,
    points: f64,
}

fn results(provider: &Provider, year: i16) -> Vec<(&'static Indicator, Outcome)> {
    let registers = own_registers(provider, year);
    let conditions = &parameters().conditions.condition;
    let mut lasting = draw(provider.world.seed, Decision::Achievement, provider.unit, 0);
    let quality = lasting.standard_normal();
    parameters()
        .indicators
        .iter()
        .enumerate()
        .map(|(number, indicator)| {
            let of_group =
                conditions.iter().position(|condition| condition.group == indicator.group);
            let register =
                of_group.map_or(u64::from(provider.list) / 6, |group| registers[group].people);
            let own = 0.6 * quality + 0.8 * lasting.standard_normal();
            let mean = indicator.mean_percent / 100.0;
            let share = (mean + indicator.spread / 100.0 * own).clamp(0.05, 0.995);
            let time = year as usize * 1000 + number;
            let mut stream = draw(provider.world.seed, Decision::Achievement, provider.unit, time);
            (indicator, result(&mut stream, indicator, register, share))
        })
        .collect()
}

fn result(
    stream: &mut stats::random::Stream,
    indicator: &Indicator,
    register: u64,
    share: f64,
) -> Outcome {
    if indicator.register_only {
        return Outcome {
            register,
            numerator: 0,
            denominator: 0,
            adjustments: 0,
            points: indicator.points,
        };
    }
    let adjustments = stream.binomial(register, 0.06);
    let denominator = register - adjustments;
    let numerator = stream.binomial(denominator, share);
    let achieved = numerator as f64 / denominator.max(1) as f64;
    let upper = THRESHOLDS.1.min(indicator.mean_percent / 100.0 - 0.015);
    let lower = THRESHOLDS.0.min(upper - 0.3);
    let points = indicator.points * ((achieved - lower) / (upper - lower)).clamp(0.0, 1.0);
    Outcome { register, numerator, denominator, adjustments, points }
}

fn achievement(world: &World, year: i16, out: &mut dyn Write) -> io::Result<()> {
    let providers = lists(world, year);
    table(out, ACHIEVEMENT, providers.len(), &|index, bytes| {
        let provider = &providers[index];
        let region = &provider.region().code;
        for (indicator, result) in results(provider, year) {
            let mut add = |measure: &str, value: &dyn std::fmt::Display| {
                row(bytes, &[region, &provider.code, &indicator.code, &measure, value]);
            };
            if provider.is_around() {
                if !indicator.register_only {
                    add("NUMERATOR", &result.numerator);
                    add("DENOMINATOR", &result.denominator);
                }
                continue;
            }
            if indicator.register_only {
                add("REGISTER", &result.register);
            } else {
                add("NUMERATOR", &result.numerator);
                add("DENOMINATOR", &result.denominator);
                add("REGISTER", &result.register);
                add("PCAS", &result.adjustments);
            }
            add("ACHIEVED_POINTS", &format_args!("{:.2}", result.points));
        }
    })
}

fn indicators(out: &mut dyn Write) -> io::Result<()> {
    let indicators = &parameters().indicators;
    table(out, INDICATORS, indicators.len(), &|index, bytes| {
        let i = &indicators[index];
        row(
            bytes,
            &[&i.code, &i.points, &i.group, &i.group_name, &i.domain, &i.domain_name, &i.list_type],
        );
    })
}

fn geographies(world: &World, year: i16, out: &mut dyn Write) -> io::Result<()> {
    let providers = lists(world, year);
    table(out, GEOGRAPHIES, providers.len(), &|index, bytes| {
        let p = &providers[index];
        let (network, sub_icb, icb, region) = (p.network(), p.sub_icb(), p.icb(), p.region());
        row(
            bytes,
            &[
                &"E92000001",
                &"ENG",
                &"England",
                &region.code,
                &region.ons,
                &region.name,
                &icb.code,
                &icb.ons,
                &icb.long_name,
                &sub_icb.code,
                &sub_icb.ons,
                &sub_icb.name,
                &network.code,
                &network.name,
                &p.code,
                &p.name,
            ],
        );
    })
}

fn summary(world: &World, year: i16, out: &mut dyn Write) -> io::Result<()> {
    let providers = lists(world, year);
    let mut bytes = Vec::new();
    table(&mut bytes, SUMMARY, providers.len(), &|index, bytes| {
        let p = &providers[index];
        let listed: f64 = parameters().indicators.iter().map(|indicator| indicator.points).sum();
        let earned: f64 = results(p, year).iter().map(|(_, result)| result.points).sum();
        let score = earned + ALL_POINTS - listed;
        let percent = format!("{:.8}", score / ALL_POINTS * 100.0);
        let (network, sub_icb) = (p.network(), p.sub_icb());
        row(
            bytes,
            &[
                &sub_icb.code,
                &sub_icb.ons,
                &sub_icb.name,
                &network.code,
                &network.name,
                &p.code,
                &p.name,
                &p.list,
                &format_args!("{score:.2}"),
                &percent,
                &ALL_POINTS,
                &percent,
            ],
        );
    })?;
    out.write_all("\u{feff}".as_bytes())?;
    out.write_all(&with_carriage_returns(&bytes))
}
