//! Life expectancy beside the official package's answers for 300 areas.

use stats::Level;
use stats::life_expectancy::{AgeBand, START_AGES, life_expectancy};
use vocab::Confidence;

use crate::peers::{Table, Tally, peers};

#[test]
fn life_expectancy_of_300_areas_is_the_official_one() {
    let Some(folder) = peers() else { return };
    let mut tally = Tally::of("life expectancy");
    let input = Table::csv(&folder.join("data/p1_le_300.csv"));
    let answers = Table::csv(&folder.join("answers/p1_le_300.csv"));
    let level = Level::new(Confidence::P95);
    let rows = input.rows.chunks(START_AGES.len()).zip(answers.rows.chunks(START_AGES.len()));
    for (bands, expected) in rows {
        let bands: Vec<AgeBand> = bands
            .iter()
            .map(|row| AgeBand {
                start: input.number(row, "startage").unwrap() as u32,
                deaths: input.number(row, "deaths").unwrap(),
                people: input.number(row, "pops").unwrap(),
            })
            .collect();
        for (found, row) in life_expectancy(&bands).unwrap().iter().zip(expected) {
            let number = |name: &str| answers.number(row, name).unwrap();
            let limits = found.limits(&level).unwrap();
            tally.close(found.years.unwrap(), number("value"), 1e-12, "value");
            tally.close(limits.lower, number("lowercl"), 1e-12, "lower");
            tally.close(limits.upper, number("uppercl"), 1e-12, "upper");
            tally.close(found.people_used, number("pops_used"), 0.0, "people used");
            tally.close(found.deaths_used, number("dths_used"), 0.0, "deaths used");
        }
    }
}
