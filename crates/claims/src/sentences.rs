//! Minutes as sentences: bullets, abbreviations (`Dr.`, `e.g.`), decimals and initials do not end one.

/// The sentences of a text.
#[must_use]
pub fn sentences(text: &str) -> Vec<String> {
    sentences_by_line(text).into_iter().map(|(_, sentence)| sentence).collect()
}

/// The sentences of a text, each with the line that it begins on, counted from one.
#[must_use]
pub fn sentences_by_line(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for words in paragraphs(text) {
        let mut sentence = String::new();
        let mut begins = None;
        for (at, (line, word)) in words.iter().enumerate() {
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(word);
            let line = *begins.get_or_insert(*line);
            let next = words.get(at + 1).map(|(_, word)| *word);
            if ends(word, next) || next.is_none() {
                out.push((line, std::mem::take(&mut sentence)));
                begins = None;
            }
        }
    }
    let tidy = |sentence: String| {
        sentence.trim_matches([' ', '"', '\u{201c}', '\u{201d}', ';']).to_owned()
    };
    out.into_iter()
        .map(|(line, sentence)| (line, tidy(sentence)))
        .filter(|(_, sentence)| sentence.chars().any(char::is_alphabetic))
        .collect()
}

/// Words with their lines, in paragraphs: a blank line, a bullet, a number or a semicolon at the end of a line begins anew.
fn paragraphs(text: &str) -> Vec<Vec<(usize, &str)>> {
    let mut out: Vec<Vec<(usize, &str)>> = vec![Vec::new()];
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let (bullet, rest) = without_bullet(line.trim());
        if rest.is_empty() || bullet {
            out.push(Vec::new());
        }
        if let Some(last) = out.last_mut() {
            last.extend(rest.split_whitespace().map(|word| (at + 1, word)));
        }
        if rest.ends_with(';') || (bullet && is_heading(rest)) {
            out.push(Vec::new());
        }
    }
    out.retain(|words| !words.is_empty());
    out
}

/// Whether a numbered line is a heading: a few words without a figure, and no end of a sentence.
fn is_heading(line: &str) -> bool {
    const WORDS: usize = 4;
    let ends = line.ends_with(['.', ',', ':', '!', '?']);
    !ends
        && line.split_whitespace().count() <= WORDS
        && !line.bytes().any(|one| one.is_ascii_digit())
}

/// A line without `-`, `•`, `*`, `1.`, `(a)`, `4.2`, and whether it had one.
fn without_bullet(line: &str) -> (bool, &str) {
    for mark in ['-', '*', '\u{2022}', '\u{2013}', '\u{25cf}', '\u{00b7}'] {
        if let Some(rest) = line.strip_prefix(mark) {
            return (true, rest.trim_start());
        }
    }
    let Some((head, rest)) = line.split_once(' ') else { return (false, line) };
    let bare = head.trim_matches(['(', ')', '.']);
    let is_number = !bare.is_empty() && bare.chars().all(|one| one.is_ascii_digit() || one == '.');
    let is_letter = bare.len() == 1 && head.len() > 1 && head.ends_with([')', '.']);
    if (is_number && head.ends_with(['.', ')'])) || is_letter || (is_number && bare.contains('.')) {
        return (true, rest.trim_start());
    }
    (false, line)
}

/// Whether a word ends its sentence.
fn ends(word: &str, next: Option<&str>) -> bool {
    const ABBREVIATIONS: [&str; 24] = [
        "dr", "mr", "mrs", "ms", "prof", "cllr", "e.g", "i.e", "etc", "no", "st", "vs", "approx",
        "para", "ref", "p", "pp", "fig", "jan", "feb", "sept", "oct", "nov", "dec",
    ];
    let bare = word.trim_end_matches(['"', '\u{201d}', ')', '\'', '\u{2019}']);
    if bare.ends_with(['!', '?']) {
        return true;
    }
    let Some(stem) = bare.strip_suffix('.') else { return false };
    let low = stem.trim_start_matches(['(', '"', '\u{201c}']).to_lowercase();
    let initial = low.chars().count() == 1 && low.chars().all(char::is_alphabetic);
    if ABBREVIATIONS.contains(&low.as_str()) || initial {
        // `etc.` may end a sentence: a capital after it says so.
        return low == "etc" && next.is_none_or(|next| next.starts_with(char::is_uppercase));
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_decimals_and_initials_end_no_sentence() {
        let text = "Dr. J. Khan noted that 6.2% were missed, e.g. on Mondays. Councillor Lee (St. Mary's ward) asked why. No answer was given!";
        assert_eq!(
            sentences(text),
            [
                "Dr. J. Khan noted that 6.2% were missed, e.g. on Mondays.",
                "Councillor Lee (St. Mary's ward) asked why.",
                "No answer was given!",
            ]
        );
    }

    #[test]
    fn bullets_and_blank_lines_begin_anew_and_wrapped_lines_join() {
        let text = "The Board heard:\n- 99% of the population\n  were registered\n- six surgeries were in crisis;\n4.2 Waits were longer.\n\n(a) Noted";
        assert_eq!(
            sentences(text),
            [
                "The Board heard:",
                "99% of the population were registered",
                "six surgeries were in crisis",
                "Waits were longer.",
                "Noted",
            ]
        );
        let lines: Vec<usize> = sentences_by_line(text).iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 4, 5, 7]);
    }
}
