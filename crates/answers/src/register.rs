//! The register of practices: names and addresses, who has closed and who took over.

use std::collections::BTreeSet;

use evidence::{Affiliation, Affiliations, Evidence, EvidenceError, Place, TextColumn, tables};
use kit::text::title_case;
use vocab::{Level, Period};

/// What the register says of a practice.
pub(crate) struct Registered {
    /// Its name.
    pub(crate) name: String,
    /// Its address without the postcode.
    pub(crate) address: String,
    /// Its postcode.
    pub(crate) postcode: String,
    status: String,
    /// When it opened.
    pub(crate) opened: Option<Period>,
    closed: Option<Period>,
}

/// The name of a practice; its code where nobody tells it.
pub(crate) fn name(
    affiliation: Option<&Affiliation>,
    registered: Option<&Registered>,
    code: &str,
) -> String {
    let names = [affiliation.map(|row| &row.name), registered.map(|row| &row.name)];
    let name = names.into_iter().flatten().find(|name| !name.is_empty());
    name.map_or_else(|| code.to_owned(), |name| title_case(name))
}

/// What the latest register says.
pub(crate) fn registered(
    evidence: &Evidence,
    code: &str,
) -> Result<Option<Registered>, EvidenceError> {
    let Some(period) = evidence.periods("practice").last().copied() else { return Ok(None) };
    let frame = evidence.frame("practice", period)?;
    let register = tables::practice::Columns::of(&frame);
    let Some(row) = row_of(register.practice, code) else { return Ok(None) };
    let get = |column: &TextColumn| column.get(row).unwrap_or_default().to_owned();
    let day = |column: &TextColumn| get(column).parse::<Period>().ok();
    Ok(Some(Registered {
        name: get(register.name),
        address: get(register.address),
        postcode: get(register.postcode),
        status: get(register.status),
        opened: day(register.opened),
        closed: day(register.closed),
    }))
}

/// The first row of a code in a column of codes.
pub(crate) fn row_of(codes: &TextColumn, code: &str) -> Option<usize> {
    let wanted = codes.code_of(code)?;
    codes.codes.iter().position(|code| *code == wanted)
}

impl Registered {
    /// The closure in a sentence, if it is closed.
    fn closure(&self) -> Option<String> {
        match (&self.closed, self.status.as_str()) {
            (Some(day), _) => Some(format!("This practice closed on {}.", day.in_words())),
            (None, "inactive" | "dormant") => {
                Some(format!("The register calls this practice {}.", self.status))
            }
            _ => None,
        }
    }
}

/// That a practice has closed and who took over, if it has.
///
/// # Errors
/// When the evidence cannot be read.
pub fn closure(
    evidence: &Evidence,
    known: &Affiliations,
    code: &str,
) -> Result<Option<String>, EvidenceError> {
    let Some(closed) = registered(evidence, code)?.and_then(|row| row.closure()) else {
        return Ok(None);
    };
    let to =
        |code: &String| format!("{} ({code})", title_case(known.name_of(Level::Practice, code)));
    let to: Vec<String> = successors(evidence, code)?.iter().map(to).collect();
    let to =
        if to.is_empty() { String::new() } else { format!(" Its work went to {}.", to.join(", ")) };
    Ok(Some(closed + &to))
}

/// A practice that is known to the register only, because it has closed.
///
/// # Errors
/// When the evidence cannot be read.
pub(crate) fn closed(evidence: &Evidence, code: &str) -> Result<Option<Place>, EvidenceError> {
    let code = code.trim().to_ascii_uppercase();
    let found = registered(evidence, &code)?;
    Ok(found.map(|row| Place {
        name: name(None, Some(&row), &code),
        members: vec![(Level::Practice, code.clone())],
        key: code,
    }))
}

/// The practices that took over.
pub(crate) fn successors(
    evidence: &Evidence,
    code: &str,
) -> Result<BTreeSet<String>, EvidenceError> {
    let mut found = BTreeSet::new();
    for period in evidence.periods("successor") {
        let frame = evidence.frame("successor", period)?;
        let followed = tables::successor::Columns::of(&frame);
        let get = |column: &TextColumn, row| column.get(row).unwrap_or_default().to_owned();
        let rows = (0..frame.rows()).filter(|row| get(followed.practice, *row) == code);
        found.extend(rows.map(|row| get(followed.successor, row)));
    }
    Ok(found)
}
