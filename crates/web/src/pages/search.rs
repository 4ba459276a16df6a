//! Search by name, postcode or code.

use std::collections::BTreeSet;

use axum::response::Response;
use present::text::title_case;
use serde::Serialize;
use vocab::Level;

use super::html;
use crate::failure::Failure;
use crate::layout::{Layout, Section};
use crate::links;
use crate::query::{Choices, encoded};
use crate::state::AppState;

/// Hits shown at most.
const MOST: usize = 100;

/// One hit.
#[derive(Debug, Clone, Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    #[serde(skip)]
    rank: u8,
    kind: &'static str,
    name: String,
    code: String,
    href: String,
}

#[derive(Serialize)]
struct Page {
    layout: Layout,
    words: String,
    sentence: Option<String>,
    hits: Vec<Hit>,
}

/// The search page, with hits where words were given.
pub(crate) fn page(state: &AppState, choices: &Choices) -> Result<Response, Failure> {
    let words = choices.get("q").unwrap_or_default();
    let mut hits = if words.is_empty() { Vec::new() } else { hits(state, words)? };
    hits.sort();
    hits.dedup_by(|a, b| a.href == b.href);
    let found = hits.len();
    hits.truncate(MOST);
    let sentence = (!words.is_empty()).then(|| match found {
        0 => format!("Nothing is called “{words}”, has this code or stands at this postcode."),
        _ if found > MOST => format!(
            "{found} hits for “{words}”; the first {MOST} are shown. More words give fewer."
        ),
        _ => format!(
            "{} for “{words}”.",
            present::number::capitalise(&present::number::counted(found, "hit", "hits"))
        ),
    });
    let page = Page {
        layout: Layout::new(state, "Search", Section::Other, Vec::new()),
        words: words.to_owned(),
        sentence,
        hits,
    };
    html(state, "search.html", &page)
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

fn hits(state: &AppState, words: &str) -> Result<Vec<Hit>, Failure> {
    let wanted: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let known = state.known()?;
    let mut hits = Vec::new();
    for (level, kind) in [
        (Level::Region, "Region"),
        (Level::Icb, "Integrated care board (ICB)"),
        (Level::SubIcb, "Sub-ICB location"),
        (Level::Network, "Primary care network (PCN)"),
    ] {
        for code in known.codes(level) {
            let name = known.name_of(level, code);
            if let (Some(rank), Some(href)) =
                (rank(&wanted, name, code, ""), links::page(level, code))
            {
                hits.push(Hit { rank, kind, name: title_case(name), code: code.to_owned(), href });
            }
        }
    }
    for row in known.iter() {
        if let Some(rank) = rank(&wanted, &row.name, &row.practice, &row.postcode) {
            hits.push(practice(rank, "General practice", &row.name, &row.practice));
        }
    }
    for (code, area) in known.standing().areas() {
        let is_small = area.kind == "lsoa21";
        if let Some(rank) =
            rank(&wanted, &area.name, code, "").filter(|rank| !is_small || *rank == 0)
        {
            let (kind, name) = (area.kind_in_words(), area.name.clone());
            let href = format!("/place/{}", encoded(code));
            hits.push(Hit { rank, kind, name, code: code.to_owned(), href });
        }
    }
    for (code, area) in known.standing().larger() {
        if let Some(rank) = rank(&wanted, &area.name, code, "") {
            let (kind, name) = (area.kind_in_words(), area.name.clone());
            let href = format!("/place/{}", encoded(code));
            hits.push(Hit { rank, kind, name, code: code.to_owned(), href });
        }
    }
    for place in state.named_places() {
        if let Some(rank) = rank(&wanted, &place.name, &place.key, "") {
            let href = format!("/place/{}", encoded(&place.key));
            hits.push(Hit {
                rank,
                kind: "Place",
                name: place.name.clone(),
                code: place.key.clone(),
                href,
            });
        }
    }
    for definition in state.library().all() {
        if let Some(rank) = rank(&wanted, &definition.name, &definition.id, "") {
            let href = format!("/indicator/{}", definition.id);
            hits.push(Hit {
                rank,
                kind: "Indicator",
                name: definition.name.clone(),
                code: definition.id.clone(),
                href,
            });
        }
    }
    hits.extend(closed(state, &wanted)?);
    Ok(hits)
}

fn practice(rank: u8, kind: &'static str, name: &str, code: &str) -> Hit {
    let href = format!("/practice/{}", encoded(code));
    Hit { rank, kind, name: title_case(name), code: code.to_owned(), href }
}

/// General practices that the register no longer calls active.
fn closed(state: &AppState, wanted: &[String]) -> Result<Vec<Hit>, Failure> {
    let Some(period) = state.evidence().periods("practice").last().copied() else {
        return Ok(Vec::new());
    };
    let frame = state.evidence().frame("practice", period)?;
    let known = state.known()?;
    let listed: BTreeSet<&str> = known.iter().map(|row| row.practice.as_str()).collect();
    let get = |name: &str, row: usize| {
        frame.text(name).and_then(|column| column.get(row)).unwrap_or_default()
    };
    let hit = |row: usize| {
        let (code, name) = (get("practice", row), get("name", row));
        let gone = get("status", row) != "active" && get("setting", row) == "general_practice";
        let rank = rank(wanted, name, code, get("postcode", row))?;
        (gone && !listed.contains(code))
            .then(|| practice(rank + 1, "Closed general practice", name, code))
    };
    Ok((0..frame.rows()).filter_map(hit).collect())
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
