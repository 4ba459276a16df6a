//! The Indices of Deprivation of 2019 and 2025: score, rank and decile of every small area, domain by domain.
//!
//! Decile 1 is the most deprived tenth. Both the publisher's File 7, whose headers are sentences, and the form in which
//! others repackage it are read. The two editions rank different areas (of the 2011 and of the 2021 census) on different
//! measures, so a change of rank between them is no change of the place.

mod columns;

use std::collections::BTreeMap;

use evidence::tables;
use vocab::Period;
use vocab::codes::Lsoa21;

use self::columns::{Columns, Figures, area_column, columns_of};
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// The Indices of Deprivation.
pub static SOURCE: Source = Source {
    id: "deprivation",
    title: "English Indices of Deprivation",
    publisher: "Ministry of Housing, Communities and Local Government",
    landing_page: "https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
    cadence: "every four to six years",
    about: "Relative deprivation of small areas: ranks compare areas with one another, not with the past, and not every deprived person lives in a deprived area.",
    writes: &[&tables::DEPRIVATION],
    recognise,
    read,
};

/// An edition: its year, the census whose areas it ranks, and how many of them there are in England.
struct Edition {
    year: i16,
    census: &'static str,
    areas: f64,
}

const EDITIONS: [Edition; 2] = [
    Edition { year: 2019, census: "2011", areas: 32_844.0 },
    Edition { year: 2025, census: "2021", areas: 33_755.0 },
];

fn recognise(sample: &Sample) -> Option<Match> {
    sample.rows.iter().enumerate().find_map(|(number, row)| {
        let (_, census) = area_column(row)?;
        let overall = columns_of(row).contains_key("overall");
        overall.then_some(Match { header_row: Some(number), era: census })
    })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let names = input.header().names();
    let found = area_column(names).zip(EDITIONS.iter().find(|edition| edition.census == input.era));
    let Some(((area, _), edition)) = found else { return Err(ReadError::Structure) };
    let domains = columns_of(names);
    let period = Period::Year(edition.year);
    intake.edition(period);
    let mut once = Once::default();
    let mut ranks: BTreeMap<&'static str, Ranks> = BTreeMap::new();
    input.each(intake, |row, intake| {
        let Some(code) = intake.code::<Lsoa21>(row, area) else { return Ok(()) };
        if !once.first(row, &[area], intake) {
            return Ok(());
        }
        for (domain, columns) in &domains {
            let Some(figures) = figures(row, columns, intake) else { continue };
            ranks.entry(domain).or_default().add(&figures);
            let row = tables::deprivation::Row {
                area: code.into(),
                census: edition.census.into(),
                domain: (*domain).into(),
                score: figures.score.into(),
                rank: figures.rank.into(),
                decile: figures.decile.into(),
            };
            intake.add(period, row)?;
        }
        Ok(())
    })?;
    if domains.values().all(|columns| columns.score.is_none()) {
        intake.remark("the file holds ranks and deciles but no scores");
    }
    check(&ranks, edition, once.len() as f64, intake);
    Ok(())
}

fn figures(row: &Row<'_>, columns: &Columns, intake: &mut Intake) -> Option<Figures> {
    let mut read = |column: Option<usize>| match column {
        None => Some(None),
        Some(column) => intake.figure(row, column).map(vocab::Observed::value),
    };
    let figures = Figures {
        score: read(columns.score)?,
        rank: read(columns.rank)?,
        decile: read(columns.decile)?,
    };
    let ranges = [(columns.rank, figures.rank, 50_000.0), (columns.decile, figures.decile, 10.0)];
    for (column, figure, most) in ranges {
        let wrong =
            figure.is_some_and(|figure| !(1.0..=most).contains(&figure) || figure.fract() != 0.0);
        if let (true, Some(column)) = (wrong, column) {
            let remedy = "ranks are whole numbers from 1, deciles from 1 to 10";
            intake.problem(row, column, "is not a rank or a decile", remedy);
            return None;
        }
    }
    Some(figures)
}

/// The ranks of a domain, and the deciles beside them.
#[derive(Default)]
struct Ranks {
    pairs: Vec<(f64, Option<f64>)>,
}

impl Ranks {
    fn add(&mut self, figures: &Figures) {
        if let Some(rank) = figures.rank {
            self.pairs.push((rank, figures.decile));
        }
    }

    fn largest(&self) -> f64 {
        self.pairs.iter().map(|(rank, _)| *rank).fold(0.0, f64::max)
    }

    /// Areas whose decile is not the tenth that their rank lies in, of so many areas.
    fn misplaced(&self, areas: f64) -> usize {
        let wrong = |rank: f64, decile: f64| {
            let tenth = rank * 10.0 / areas;
            !(decile - 1.0 - 0.01..=decile + 0.01).contains(&tenth)
        };
        self.pairs
            .iter()
            .filter(|(rank, decile)| decile.is_some_and(|decile| wrong(*rank, decile)))
            .count()
    }

    fn distinct(&self) -> usize {
        let mut ranks: Vec<u32> = self.pairs.iter().map(|(rank, _)| *rank as u32).collect();
        ranks.sort_unstable();
        ranks.dedup();
        ranks.len()
    }
}

fn check(
    ranks: &BTreeMap<&'static str, Ranks>,
    edition: &Edition,
    areas: f64,
    intake: &mut Intake,
) {
    let Some(overall) = ranks.get("overall") else { return };
    let largest = overall.largest();
    let part = largest > areas;
    let of = if part { edition.areas } else { areas };
    if part {
        intake.remark(format!("the file holds {areas} of the {} areas of England", edition.areas));
    } else {
        let distinct = overall.distinct() as f64;
        intake.check(
            "the ranks run from 1 to the number of areas",
            distinct >= areas * 0.99 && largest.total_cmp(&areas).is_eq(),
            format!("{areas} areas, {distinct} different ranks, the largest is {largest}"),
        );
    }
    let misplaced: usize = ranks.values().map(|ranks| ranks.misplaced(of)).sum();
    let pairs: usize = ranks.values().map(|ranks| ranks.pairs.len()).sum();
    intake.check(
        "decile 1 holds the most deprived tenth",
        misplaced * 1000 <= pairs,
        format!("{misplaced} of {pairs} deciles are not the tenth that the rank lies in"),
    );
}
