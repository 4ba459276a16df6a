//! The people of a list by age and sex, beside England.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, tables};
use vocab::Whole;

use kit::caption::Caption;
use kit::chart::pyramid::{Band, Pyramid};

/// Women and men of an age band.
type Pair = (f64, f64);

/// The pyramid of practices in the latest extract by age band, with England as an outline; nothing without one.
///
/// # Errors
/// When the table cannot be read.
pub fn pyramid(
    evidence: &Evidence,
    is_member: &dyn Fn(&str) -> bool,
    whole: Whole,
    caption: Caption,
) -> Result<Option<Pyramid>, EvidenceError> {
    let Some(period) = evidence.periods("registered").last().copied() else { return Ok(None) };
    let frame = evidence.frame("registered", period)?;
    let registered = tables::registered::Columns::of(&frame);
    let practice = registered.practice;
    let held: Vec<bool> = practice.words.iter().map(|word| is_member(word)).collect();
    let mut bands: BTreeMap<(u32, Option<u32>), (Pair, Pair)> = BTreeMap::new();
    for row in 0..frame.rows() {
        let count = registered.patients.get(row).copied().filter(|count| count.is_finite());
        let Some(count) = count else { continue };
        let age = |ages: &[f64]| {
            ages.get(row).copied().filter(|age| age.is_finite()).map(|age| age as u32)
        };
        let Some(first) = age(registered.age_from) else { continue };
        let (here, everywhere) = bands.entry((first, age(registered.age_to))).or_default();
        let member = practice.codes.get(row).and_then(|code| held.get(*code as usize)).copied();
        let is_female = registered.sex.get(row) == Some("female");
        let add = |pair: &mut Pair| if is_female { pair.0 += count } else { pair.1 += count };
        add(everywhere);
        if member == Some(true) {
            add(here);
        }
    }
    let everybody: f64 = bands.values().map(|(_, (females, males))| females + males).sum();
    if !bands.values().any(|((females, males), _)| females + males > 0.0) {
        return Ok(None);
    }
    let bands = bands.into_iter().map(|((from, to), (here, everywhere))| Band {
        name: to
            .map_or_else(|| format!("{from}+"), |to| format!("{from}–{}", to.saturating_sub(1))),
        females: here.0,
        males: here.1,
        reference: (everybody > 0.0).then(|| (everywhere.0 / everybody, everywhere.1 / everybody)),
    });
    Ok(Some(Pyramid {
        caption,
        reference: Some(whole.heading().to_owned()),
        bands: bands.collect(),
    }))
}
