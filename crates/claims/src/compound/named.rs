//! What is said of a practice, network or place beside its name: `Park Surgery, with 9,000 patients, is the largest`.

use super::super::mention::What;
use super::Reader;

/// What is said beside the name and what is said of it, each with the name.
pub(super) fn beside_a_name(reader: &Reader<'_>, text: &str) -> Vec<Vec<String>> {
    let mut ways = Vec::new();
    let Some((name, behind)) = text.split_once(", ") else { return ways };
    let read = reader.sentence(name);
    let is_name = read.mentions.iter().any(|one| {
        matches!(one.what, What::Subject(_) | What::Home(_))
            && one.from <= 1
            && one.to == read.tokens.len()
    });
    if !is_name {
        return ways;
    }
    for (at, _) in behind.match_indices(", ") {
        let (Some(beside), Some(said)) = (behind.get(..at), behind.get(at + 2..)) else { continue };
        for mut parts in of_name(reader, name, beside) {
            parts.push(format!("{name} {said}"));
            ways.push(parts);
        }
    }
    ways
}

/// What is said beside a name as sentences of it.
fn of_name(reader: &Reader<'_>, name: &str, beside: &str) -> Vec<Vec<String>> {
    if let Some(said) = beside.strip_prefix("which ") {
        return vec![vec![format!("{name} {said}")]];
    }
    if let Some(said) = beside.strip_prefix("whose ") {
        return vec![vec![format!("{name}'s {said}")]];
    }
    let Some(said) = beside.strip_prefix("with ") else {
        return vec![vec![format!("{name} is {beside}")]];
    };
    let mut ways = vec![vec![format!("{name} has {said}")]];
    let is_counted = |part: &str| {
        let read = reader.sentence(part);
        read.mentions.iter().any(|one| one.from == 0 && matches!(one.what, What::Quantity(_)))
    };
    if let Some((one, other)) = said.split_once(" and ").filter(|(_, other)| is_counted(other)) {
        ways.push(vec![format!("{name} has {one}"), format!("{name} has {other}")]);
    }
    ways
}
