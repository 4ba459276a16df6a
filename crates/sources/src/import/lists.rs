//! Lists of patients beside those of the edition next to them, and beside those that another publication prints of the same day.

use std::collections::BTreeMap;
use std::path::PathBuf;

use evidence::{Frame, StoreError, tables};
use vocab::Period;
use vocab::counts::{of_noun, thousands};

use super::settle::Held;

/// The share of the practices or patients of the next edition below which a list is remarked upon: both change by some two
/// in a hundred in a year.
const LEAST_SHARE: f64 = 0.9;

/// Practices and patients of a publication on one day, over all its files.
type Lists = BTreeMap<String, f64>;

/// The files of lists of a day, and the releases of this import among them.
#[derive(Default)]
struct Day {
    paths: Vec<PathBuf>,
    new: Vec<(usize, String)>,
}

/// Compares the lists of this import with those of the nearest other day of their publication, and with those of the same day in others.
///
/// # Errors
/// When rows cannot be read.
pub(super) fn compare(
    held: &[Held],
    mut remark: impl FnMut(usize, String),
) -> Result<(), StoreError> {
    let days = days_of(held);
    for ((source, period), day) in &days {
        if day.new.is_empty() {
            continue;
        }
        let lists = read(day)?;
        let others = days.keys().filter(|(other, when)| other == source && when != period);
        let nearest = others.min_by_key(|(_, other)| (other.distance_in_days(*period), *other));
        if let Some(other) = nearest.and_then(|key| Some((key.1, days.get(key)?))) {
            let words = fewer(&lists, &read(other.1)?, other.0);
            if let Some(words) = words {
                for (number, _) in &day.new {
                    remark(*number, words.clone());
                }
            }
        }
        for ((_, _), other) in
            days.iter().filter(|((other, when), _)| other != source && when == period)
        {
            let words = otherwise(&lists, &read(other)?, &files_of(held, other));
            if let Some(words) = words {
                for (number, _) in &day.new {
                    remark(*number, words.clone());
                }
            }
        }
    }
    Ok(())
}

fn days_of(held: &[Held]) -> BTreeMap<(String, Period), Day> {
    let mut days: BTreeMap<(String, Period), Day> = BTreeMap::new();
    for release in held {
        for (part, path) in &release.parts {
            if let (true, Ok(period)) = (part.table == tables::LIST_SIZE.name, part.period.parse())
            {
                let day = days.entry((release.source.clone(), period)).or_default();
                day.paths.push(path.clone());
                day.new.extend(release.number.map(|number| (number, release.file.clone())));
            }
        }
    }
    days
}

fn files_of(held: &[Held], day: &Day) -> String {
    let has = |release: &&Held| release.parts.iter().any(|(_, path)| day.paths.contains(path));
    held.iter()
        .filter(has)
        .map(|release| format!("`{}`", release.file))
        .collect::<Vec<_>>()
        .join(", ")
}

fn read(day: &Day) -> Result<Lists, StoreError> {
    let mut lists = Lists::new();
    for path in &day.paths {
        let frame = Frame::of_part(&tables::LIST_SIZE, path)?;
        let (Some(practices), Some(patients)) = (frame.text("practice"), frame.number("patients"))
        else {
            continue;
        };
        for (row, patients) in patients.iter().enumerate() {
            lists.extend(practices.get(row).map(|practice| (practice.to_owned(), *patients)));
        }
    }
    Ok(lists)
}

/// Says that lists are far fewer than those of the nearest other day.
fn fewer(lists: &Lists, others: &Lists, day: Period) -> Option<String> {
    let counts = |lists: &Lists| (lists.len() as f64, lists.values().sum::<f64>());
    let ((practices, patients), (were, had)) = (counts(lists), counts(others));
    if practices >= were * LEAST_SHARE && patients >= had * LEAST_SHARE {
        return None;
    }
    let words = |practices: f64, patients: f64| {
        format!(
            "{} with {} patients",
            of_noun(practices as u64, "practice"),
            thousands(patients as u64)
        )
    };
    Some(format!(
        "it holds {}; the lists of {} hold {}: a part is missing, and sums over areas are too small",
        words(practices, patients),
        day.in_words(),
        words(were, had)
    ))
}

/// Says that another publication prints other lists of the same day.
fn otherwise(lists: &Lists, others: &Lists, files: &str) -> Option<String> {
    let shared: Vec<_> = lists
        .iter()
        .filter_map(|(practice, list)| Some((practice, *list, *others.get(practice)?)))
        .collect();
    let differing: Vec<_> =
        shared.iter().filter(|(_, here, there)| here.total_cmp(there).is_ne()).collect();
    let (practice, here, there) = differing.first()?;
    Some(format!(
        "{} of {} have another list in {files} of the same day, such as {practice}: {} there, {} here",
        differing.len(),
        of_noun(shared.len() as u64, "practice"),
        thousands(*there as u64),
        thousands(*here as u64)
    ))
}
