//! A place of one's own out of a file: what of it is known, and what is not, each with its remedy.

use std::fs;
use std::path::Path;

use evidence::Place;
use study::Study;

use crate::outcome::Wrong;

/// Headings over a column of members.
const HEADINGS: [&str; 7] = ["code", "member", "practice", "area", "ward", "postcode", "name"];

/// The key of the place: everything of the file that is known, joined. What is not known is told, and left out.
pub(super) fn key(study: &Study, path: &Path) -> anyhow::Result<String> {
    let wrong = |why: String| Wrong(format!("{}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let parts = parts(&text);
    let known = study.affiliations()?;
    let (mut keys, mut faults) = (Vec::new(), Vec::new());
    for (line, part) in parts {
        match Place::find(&part, study.named_places(), &known) {
            Ok(place) => keys.push(place.key),
            Err(error) => faults.push(format!("line {line}: {error}")),
        }
    }
    if keys.is_empty() {
        faults.insert(0, "nothing in it is a place that is known".to_owned());
        return Err(wrong(faults.join("\n  ")).into());
    }
    if !faults.is_empty() {
        eprintln!("{}: left out, the rest goes on:\n  {}", path.display(), faults.join("\n  "));
    }
    Ok(keys.join("+"))
}

/// The members with their lines, or one outline where the columns are longitude and latitude.
fn parts(text: &str) -> Vec<(usize, String)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let lines: Vec<(usize, &str)> = lines
        .map(|(index, line)| (index + 1, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let cells = |line: &str| -> Vec<String> {
        line.split(',').map(|cell| cell.trim().trim_matches('"').trim().to_owned()).collect()
    };
    let first: Vec<String> =
        lines.first().map(|(_, line)| cells(&line.to_lowercase())).unwrap_or_default();
    if first.starts_with(&["longitude".to_owned(), "latitude".to_owned()]) {
        let corners = lines.iter().skip(1).map(|(_, line)| cells(line).join(","));
        let corners: Vec<String> = corners.collect();
        return vec![(2, format!("drawn:{}", corners.join(";")))];
    }
    let headed = first.first().is_some_and(|cell| HEADINGS.contains(&cell.as_str()));
    let member = |(line, text): &(usize, &str)| Some((*line, cells(text).into_iter().next()?));
    lines.iter().skip(usize::from(headed)).filter_map(member).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_column_holds_the_members_under_a_heading_or_none() {
        let expected = vec![(2, "G85034".to_owned()), (3, "SE1 1AA".to_owned())];
        assert_eq!(parts("\u{feff}practice,list\n\"G85034\",12\nSE1 1AA\n"), expected);
        assert_eq!(
            parts("G85034\n# closed\nSE1 1AA"),
            [(1, "G85034".to_owned()), (3, "SE1 1AA".to_owned())]
        );
    }

    #[test]
    fn corners_under_their_heading_are_one_outline() {
        let found = parts("Longitude,Latitude\n-0.1,51.4\n-0.2,51.5\n0.0,51.6\n");
        assert_eq!(found, [(2, "drawn:-0.1,51.4;-0.2,51.5;0.0,51.6".to_owned())]);
    }
}
