//! `catchment population`: who lives in a place today and in the years to come.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use answers::population as shown;
use anyhow::Context;
use clap::Args;
use kit::Caption;
use models::population::{Books, OPEN, Residents, residents};

use super::{Common, place_of};
use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct ShowPopulation {
    /// A code of a sub-ICB location, board or region, codes joined by `+`, or a named place
    place: String,
    /// Years ahead
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(i16).range(1..=25))]
    years: i16,
    /// Write every small area by sex and year of age, today and then, to this CSV file
    #[arg(long)]
    output: Option<PathBuf>,
}

impl ShowPopulation {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let evidence = study.evidence();
        let place = place_of(&study, &self.place)?;
        let known = study.affiliations()?;
        let found = residents(evidence, &place, &known, self.years)?
            .map_err(|why| Wrong(format!("{}: {}", place.name, why.in_words())))?;
        if let Some(path) = &self.output {
            write(path, &found).with_context(|| path.display().to_string())?;
        }
        if common.json {
            let mut answer = json(&place.key, &found);
            answer["belonging"] = place.belonging(evidence::Belonging::Live).into();
            say!("{answer:#}");
            return Ok(Outcome::Done);
        }
        for sentence in shown::sentences(&found, &shown::whereabouts(&place)) {
            say!("{sentence}");
        }
        if let Some(counts) = place.counts(evidence::Belonging::Live) {
            say!("{counts}");
        }
        let caption = |title: &str| Caption { title: title.to_owned(), ..Caption::default() };
        for table in [
            shown::books(&found, caption("Year by year")),
            shown::authorities(&found, caption("Local authorities")),
            kit::chart::Chart::to_table(&shown::ages(&found, caption("Residents by age"))),
        ] {
            say!("{}", String::from_utf8_lossy(&kit::table::to_csv(&table)));
        }
        for limit in shown::limits(&found) {
            say!("{limit}");
        }
        Ok(Outcome::Done)
    }
}

/// Writes the small areas by sex and age; the file appears under its name only when it is whole.
fn write(path: &Path, found: &Residents) -> std::io::Result<()> {
    let partial = path.with_extension("part");
    let mut out = BufWriter::new(File::create(&partial)?);
    let last = found.years.last().copied().unwrap_or(found.base);
    writeln!(out, "area,sex,age_from,age_to,people_{},people_{last}", found.base)?;
    for area in &found.areas {
        for (sex, word) in ["male", "female"].into_iter().enumerate() {
            for age in 0..=OPEN {
                let (now, then) = (area.now.of_class(sex, age), area.then.of_class(sex, age));
                let to = if age == OPEN { String::new() } else { (age + 1).to_string() };
                writeln!(out, "{},{word},{age},{to},{now},{then}", area.code)?;
            }
        }
    }
    out.flush()?;
    std::fs::rename(&partial, path)
}

fn json(place: &str, found: &Residents) -> serde_json::Value {
    let years = found.years.iter().zip(&found.books);
    let years = years.map(|(year, books)| year_json(*year, books)).collect::<Vec<_>>();
    let areas = found.areas.iter().map(|area| {
        serde_json::json!({
            "area": area.code, "local_authority": area.authority,
            "published_projection_met": shown::met_in_words(area.met),
            "people_now": area.now.total(), "people_then": area.then.total(),
            "people_75_and_over_now": area.now.from_age(75),
            "people_75_and_over_then": area.then.from_age(75),
        })
    });
    let authorities = found.authorities.iter().map(|one| {
        serde_json::json!({
            "local_authority": one.code, "name": one.name,
            "published_projection_met": shown::met_in_words(one.met),
            "people_now": one.now.total(), "people_then": one.then.total(),
            "people_75_and_over_now": one.now.from_age(75),
            "people_75_and_over_then": one.then.from_age(75),
            "people_here_now": one.here[0], "people_here_then": one.here[1],
        })
    });
    let gaps = found.gaps.iter().map(
        |gap| serde_json::json!({ "what": gap.what, "count": gap.count, "examples": gap.examples }),
    );
    serde_json::json!({
        "place": place, "counted": found.counted.to_string(), "base": found.base,
        "growth": found.growth, "projection_met_to": found.met_to, "sexes_by_englands_shares": found.sexes_by_shares,
        "people_now": found.now.total(), "people_then": found.then.total(),
        "years": years, "authorities": authorities.collect::<Vec<_>>(), "areas": areas.collect::<Vec<_>>(),
        "assumptions": found.assumptions(), "not_joined": gaps.collect::<Vec<_>>(),
    })
}

/// A year in millionths of people, which balance to the last figure.
fn year_json(year: i16, books: &Books) -> serde_json::Value {
    serde_json::json!({
        "year_to_mid": year, "unit": "millionths of people", "start": books.start,
        "births": books.births, "deaths": books.deaths, "net_moves": books.moves, "end": books.end,
    })
}
