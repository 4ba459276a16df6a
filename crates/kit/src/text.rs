//! Text made safe for HTML and SVG, and broken into lines.

use std::fmt::Write as _;

/// Escapes the five characters that matter in HTML and XML, and drops control characters XML refuses.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(' '),
            refused if refused.is_control() || matches!(refused, '\u{fffe}' | '\u{ffff}') => {}
            kept => out.push(kept),
        }
    }
    out
}

/// Breaks text into lines of at most `width` characters at spaces; a longer word keeps a line of its own.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Shortens text to `width` characters, with an ellipsis where something was left out.
#[must_use]
pub fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(width.saturating_sub(1)).collect();
    out.truncate(out.trim_end().len());
    let _ = write!(out, "…");
    out
}

/// Shortens text to `width` characters by leaving out its middle: names of one board differ at their ends.
#[must_use]
pub fn shorten_middle(text: &str, width: usize) -> String {
    let length = text.chars().count();
    if length <= width {
        return text.to_owned();
    }
    let tail = width / 3;
    let head: String = text.chars().take(width.saturating_sub(tail + 1)).collect();
    let tail: String = text.chars().skip(length - tail).collect();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

/// The published capitals of an organisation (`THE WILLOWS MEDICAL CENTRE`) as a reader expects them.
#[must_use]
pub fn title_case(name: &str) -> String {
    const KEPT: [&str; 13] =
        ["NHS", "ICB", "PCN", "GP", "CIC", "UK", "PMS", "APMS", "GMS", "NE", "NW", "SE", "SW"];
    const SMALL: [&str; 7] = ["and", "of", "the", "at", "in", "on", "for"];
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let words = name.split(' ').enumerate().map(|(index, word)| {
        let lower = word.to_lowercase();
        if KEPT.contains(&word) || !word.chars().any(char::is_alphabetic) {
            word.to_owned()
        } else if index > 0 && SMALL.contains(&lower.as_str()) {
            lower
        } else {
            capitalised(&lower)
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Raises the first letter and every letter after a hyphen, bracket, slash, full stop or initial apostrophe.
fn capitalised(word: &str) -> String {
    let mut raise = true;
    let mut letters = 0;
    let mut out = String::with_capacity(word.len());
    for character in word.chars() {
        if raise && character.is_alphabetic() {
            out.extend(character.to_uppercase());
        } else {
            out.push(character);
        }
        let joins = matches!(character, '-' | '(' | '/' | '.' | '&');
        let before_letters = letters == 0 && !character.is_alphabetic();
        raise = joins || before_letters || (character == '\'' && letters == 1);
        letters = if joins { 0 } else { letters + usize::from(character.is_alphabetic()) };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_name_stays_text() {
        assert_eq!(
            escape("<b>\"Smith's\" & Co\u{0}</b>"),
            "&lt;b&gt;&quot;Smith&#39;s&quot; &amp; Co&lt;/b&gt;"
        );
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("one two three four", 9), ["one two", "three", "four"]);
        assert!(wrap("", 9).is_empty());
    }

    #[test]
    fn published_capitals_become_names() {
        assert_eq!(title_case("ST MARY'S-ON-SEA (O'BRIEN) PCN"), "St Mary's-On-Sea (O'Brien) PCN");
        assert_eq!(title_case("THE SURGERY AT THE GREEN"), "The Surgery at the Green");
        assert_eq!(title_case("Already Named"), "Already Named");
    }

    #[test]
    fn long_names_are_shortened_with_an_ellipsis() {
        assert_eq!(shorten("Willow Tree Surgery", 12), "Willow Tree…");
        assert_eq!(
            shorten_middle("NHS Leicester and Rutland ICB - 04C", 24),
            "NHS Leicester a…CB - 04C"
        );
    }
}
