//! Search by name, postcode or code; where nothing is called so, names near it are offered, never taken for it.

mod near;

use std::collections::BTreeSet;

use evidence::{TextColumn, tables};
use kit::text::title_case;
use serde::Serialize;
use vocab::Level;

use crate::address;
use crate::address::encoded;
use crate::choices::Choices;
use crate::context::Context;
use crate::refusal::Refusal;

/// Hits shown at most.
const MOST: usize = 100;

/// One hit.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    #[serde(skip)]
    rank: u8,
    /// What it is.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// The address of its page.
    pub href: String,
}

/// What was found.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The words that were looked for.
    pub words: String,
    /// What was found, in a sentence; nothing where nothing was looked for.
    pub sentence: Option<String>,
    /// What is called so; where nothing is, names near it.
    pub hits: Vec<Hit>,
}

/// Something that can be found: what it is, and by what.
struct Candidate {
    kind: &'static str,
    name: String,
    code: String,
    href: String,
    postcode: String,
    /// Only its code finds it: small areas, whose names are numbers of others.
    by_code: bool,
    /// Comes after others that fit as well.
    later: bool,
}

/// What the words that are chosen as `q` find.
///
/// # Errors
/// When the evidence cannot be read.
pub fn of(context: &Context, choices: &Choices) -> Result<Told, Refusal> {
    let words = choices.get("q").unwrap_or_default().trim();
    let candidates = if words.is_empty() { Vec::new() } else { candidates(context)? };
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut hits: Vec<Hit> =
        candidates.iter().filter_map(|candidate| candidate.hit(&wanted)).collect();
    hits.sort();
    hits.dedup_by(|a, b| a.href == b.href);
    let found = hits.len();
    hits.truncate(MOST);
    if found == 0 {
        hits = near::names(words, &candidates);
    }
    let sentence = (!words.is_empty()).then(|| told(words, found, hits.len()));
    Ok(Told { words: words.to_owned(), sentence, hits })
}

/// What was found, in a sentence.
fn told(words: &str, found: usize, near: usize) -> String {
    match found {
        0 if near > 0 => format!("Nothing is called “{words}”. Names near it:"),
        0 if near::is_postcode(words) => format!(
            "No practice stands at {}. Which areas a postcode lies in is not in the evidence; its first half finds the practices near it.",
            words.to_uppercase()
        ),
        0 => format!("Nothing is called “{words}”, has this code or stands at this postcode."),
        _ if found > MOST => format!(
            "{found} hits for “{words}”; the first {MOST} are shown. More words give fewer."
        ),
        _ => format!(
            "{} for “{words}”.",
            kit::number::capitalise(&kit::number::counted(found, "hit", "hits"))
        ),
    }
}

impl Candidate {
    fn new(kind: &'static str, name: impl Into<String>, code: &str, href: String) -> Self {
        let (name, code) = (name.into(), code.to_owned());
        Self { kind, name, code, href, postcode: String::new(), by_code: false, later: false }
    }

    /// It as a hit, if the words find it.
    fn hit(&self, wanted: &[String]) -> Option<Hit> {
        let rank = rank(wanted, &self.name, &self.code, &self.postcode)?;
        (!self.by_code || rank == 0).then(|| self.at(rank + u8::from(self.later)))
    }

    fn at(&self, rank: u8) -> Hit {
        Hit {
            rank,
            kind: self.kind,
            name: self.name.clone(),
            code: self.code.clone(),
            href: self.href.clone(),
        }
    }
}

/// How well words fit: 0 for the code itself, 1 for the beginning of a name, 2 for all words within.
fn rank(wanted: &[String], name: &str, code: &str, postcode: &str) -> Option<u8> {
    let whole = wanted.join(" ");
    let (name, code) = (name.to_lowercase(), code.to_lowercase());
    let bare = |text: &str| text.to_lowercase().replace(' ', "");
    let squeezed = bare(&whole);
    if code == squeezed {
        return Some(0);
    }
    if !postcode.is_empty() && squeezed.len() >= 3 && bare(postcode).starts_with(&squeezed) {
        return Some(1);
    }
    if name.starts_with(&whole) {
        return Some(1);
    }
    wanted.iter().all(|word| name.contains(word)).then_some(2)
}

/// Everything that can be found.
fn candidates(context: &Context) -> Result<Vec<Candidate>, Refusal> {
    let known = context.known()?;
    let mut all = Vec::new();
    for (level, kind) in [
        (Level::Region, "Region"),
        (Level::Icb, "Integrated care board (ICB)"),
        (Level::SubIcb, "Sub-ICB location"),
        (Level::Network, "Primary care network (PCN)"),
    ] {
        for code in known.codes(level) {
            let name = title_case(known.name_of(level, code));
            all.push(Candidate::new(kind, name, code, address::page(level, code)));
        }
    }
    all.extend(
        known
            .iter()
            .map(|row| practice("General practice", &row.name, &row.practice, &row.postcode)),
    );
    all.extend(known.standing().areas().map(|(code, area)| Candidate {
        by_code: area.kind == "lsoa21",
        ..Candidate::new(
            area.kind_in_words(),
            &area.name,
            code,
            format!("/place/{}", encoded(code)),
        )
    }));
    all.extend(known.standing().larger().map(|(code, area)| {
        let href = format!("/place/{}", encoded(code));
        Candidate::new(area.kind_in_words(), &area.name, code, href)
    }));
    all.extend(context.named_places().iter().map(|place| {
        let href = format!("/place/{}", encoded(&place.key));
        Candidate::new("Place", &place.name, &place.key, href)
    }));
    all.extend(context.library().all().iter().map(|definition| {
        let (kind, href) = match context.latest(definition) {
            Ok(_) => ("Indicator", format!("/indicator/{}", definition.id)),
            // The list says what such an indicator needs.
            Err(_) => ("Indicator, no figures imported", "/indicators".to_owned()),
        };
        Candidate::new(kind, &definition.name, &definition.id, href)
    }));
    all.extend(closed(context)?);
    Ok(all)
}

fn practice(kind: &'static str, name: &str, code: &str, postcode: &str) -> Candidate {
    let href = format!("/practice/{}", encoded(code));
    let postcode = postcode.to_owned();
    Candidate { postcode, ..Candidate::new(kind, title_case(name), code, href) }
}

fn get(column: &TextColumn, row: usize) -> &str {
    column.get(row).unwrap_or_default()
}

/// General practices that the register no longer calls active.
fn closed(context: &Context) -> Result<Vec<Candidate>, Refusal> {
    let Some(period) = context.evidence().periods("practice").last().copied() else {
        return Ok(Vec::new());
    };
    let frame = context.evidence().frame("practice", period)?;
    let known = context.known()?;
    let listed: BTreeSet<&str> = known.iter().map(|row| row.practice.as_str()).collect();
    let register = tables::practice::Columns::of(&frame);
    let candidate = |row: usize| {
        let code = get(register.practice, row);
        let general = get(register.setting, row) == "general_practice";
        let gone = general && get(register.status, row) != "active";
        let (name, postcode) = (get(register.name, row), get(register.postcode, row));
        (gone && !listed.contains(code)).then(|| Candidate {
            later: true,
            ..practice("Closed general practice", name, code, postcode)
        })
    };
    Ok((0..frame.rows()).filter_map(candidate).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_comes_before_a_name_and_a_postcode_needs_no_space() {
        let wanted =
            |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
        assert_eq!(rank(&wanted("c82001"), "The Willows", "C82001", "LE1 1AA"), Some(0));
        assert_eq!(rank(&wanted("le11"), "The Willows", "C82001", "LE1 1AA"), Some(1));
        assert_eq!(rank(&wanted("willows the"), "The Willows", "C82001", ""), Some(2));
        assert_eq!(rank(&wanted("oak"), "The Willows", "C82001", ""), None);
    }
}
