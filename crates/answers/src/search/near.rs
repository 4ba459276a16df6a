//! Names near what was written, for a slip of the pen; and what is a postcode.

use super::{Candidate, Hit};

/// Names offered at most.
const MOST: usize = 8;

/// The names nearest to what was written, the nearest first: whole names, or as many words in a row as were written.
pub(super) fn names(words: &str, candidates: &[Candidate]) -> Vec<Hit> {
    let wanted = plain(words);
    let slips = match wanted.iter().map(|word| word.chars().count()).sum::<usize>() {
        0..4 => return Vec::new(),
        4..8 => 1,
        _ => 2,
    };
    let named = candidates.iter().filter(|one| !one.by_code && !one.later);
    let mut near: Vec<(usize, usize, Hit)> = named
        .enumerate()
        .filter_map(|(order, one)| {
            let name = plain(&one.name);
            let parts = name.windows(wanted.len().max(1)).map(|part| part.join(" "));
            let slipped = parts.map(|part| distance(&wanted.join(" "), &part)).min()?;
            (slipped <= slips).then(|| (slipped, order, one.at(0)))
        })
        .collect();
    near.sort_by_key(|(slipped, order, _)| (*slipped, *order));
    near.into_iter().take(MOST).map(|(.., hit)| hit).collect()
}

/// Whether it is written like a whole postcode, with or without its space.
pub(super) fn is_postcode(words: &str) -> bool {
    let letters: Vec<char> = words.chars().filter(|letter| !letter.is_whitespace()).collect();
    let Some((outward, inward)) = letters.split_last_chunk::<3>() else { return false };
    let is_inward = inward[0].is_ascii_digit() && inward[1..].iter().all(char::is_ascii_alphabetic);
    is_inward
        && (2..=4).contains(&outward.len())
        && outward.first().is_some_and(char::is_ascii_alphabetic)
        && outward.iter().all(char::is_ascii_alphanumeric)
        && outward.iter().any(char::is_ascii_digit)
}

/// Words in small letters without marks.
fn plain(text: &str) -> Vec<String> {
    let spaced: String = text
        .to_lowercase()
        .replace(['\'', '’'], "")
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// Letters that were left out, put in, changed or swapped with the next to get from one to the other.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=to.len()).collect()];
    for (at, letter) in from.iter().enumerate() {
        let mut row = vec![at + 1];
        for (along, other) in to.iter().enumerate() {
            let changed = rows[at][along] + usize::from(letter != other);
            let mut least = changed.min(rows[at][along + 1] + 1).min(row[along] + 1);
            let swapped = at > 0 && along > 0 && from[at - 1] == *other && to[along - 1] == *letter;
            if swapped {
                least = least.min(rows[at - 1][along - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(name: &str) -> Candidate {
        Candidate::new("Place", name, name, String::new())
    }

    #[test]
    fn a_slip_of_the_pen_finds_the_name_and_another_name_does_not() {
        let all = [
            candidate("NHS Harbourton, Dunmouth and Coast Integrated Care Board"),
            candidate("Southwark"),
            candidate("Southport"),
        ];
        let found = |words: &str| -> Vec<String> {
            names(words, &all).into_iter().map(|hit| hit.name).collect()
        };
        assert_eq!(found("Harborton"), [all[0].name.as_str()]);
        assert_eq!(found("Southwalk"), ["Southwark"]);
        assert_eq!(found("dunmouth adn coast"), [all[0].name.as_str()]);
        assert!(found("Leicester").is_empty());
        assert!(found("abc").is_empty());
    }

    #[test]
    fn a_letter_left_out_changed_or_swapped_is_one_slip() {
        assert_eq!(distance("harborton", "harbourton"), 1);
        assert_eq!(distance("southwalk", "southwark"), 1);
        assert_eq!(distance("leciester", "leicester"), 1);
        assert_eq!(distance("", "ab"), 2);
    }

    #[test]
    fn a_whole_postcode_is_known_and_a_half_or_a_code_is_not() {
        assert!(["SE1 7EH", "le11aa", "W1A 0AX", "EC1A 1BB"].into_iter().all(is_postcode));
        assert!(["SE1", "C82001", "QZ0", "willows", "1AA"].into_iter().all(|it| !is_postcode(it)));
    }
}
