//! Sheets of claims: minutes of a board as a list of sentences, kept as a file and read again at any time.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use vocab::period::month_name;

/// A sheet of claims.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// The name in addresses.
    #[serde(default)]
    pub id: String,
    /// What it is.
    pub title: String,
    /// Whose sentences they are, and that they are not verbatim.
    #[serde(default)]
    pub about: String,
    /// The place that it speaks of, by key; nothing for the place at hand.
    #[serde(default)]
    pub place: String,
    /// The day of the meeting, `2025-11-12`; nothing where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// The sentences.
    pub claims: Vec<String>,
    /// The line of the minutes on which each sentence begins, where it was read from minutes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<usize>,
}

impl Sheet {
    /// Reads a sheet: a file with `title` and `claims`, or plain minutes.
    #[must_use]
    pub fn read(text: &str) -> Self {
        toml::from_str(text).unwrap_or_else(|_| {
            let (lines, claims) = super::sentences_by_line(text).into_iter().unzip();
            Self {
                id: String::new(),
                title: "Sheet of claims".to_owned(),
                about: String::new(),
                place: String::new(),
                date: day_of(text).map(|day| day.to_string()).unwrap_or_default(),
                claims,
                lines,
            }
        })
    }

    /// The day of the meeting.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.date.parse().ok()
    }

    /// Which of the sentences are kept, with their lines.
    #[must_use]
    pub fn only(self, is_kept: impl Fn(usize) -> bool) -> Self {
        let kept = |at: &usize| is_kept(*at);
        let claims: Vec<String> = (0..self.claims.len())
            .filter(kept)
            .filter_map(|at| self.claims.get(at).cloned())
            .collect();
        let lines = (0..self.lines.len())
            .filter(kept)
            .filter_map(|at| self.lines.get(at).copied())
            .collect();
        Self { claims, lines, ..self }
    }

    /// The sheet as a file.
    #[must_use]
    pub fn write(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }
}

/// Lines at the head of minutes in which their day is looked for.
const HEAD: usize = 20;

/// The day that the head of minutes names as that of the meeting, where it names one and no other; days of the meetings
/// before and after are none.
fn day_of(text: &str) -> Option<Date> {
    const SAYING: [&str; 5] = ["date", "held", "meeting", "minutes", "board"];
    const OTHERS: [&str; 8] =
        ["next", "previous", "last", "approved", "future", "earlier", "dates", "matters arising"];
    let mut days: Vec<Date> = Vec::new();
    for line in text.lines().take(HEAD) {
        let low = line.to_lowercase();
        let found = days_in(&low);
        let alone = low.split_whitespace().count() <= 4;
        let said = alone || SAYING.iter().any(|word| low.contains(word));
        if said && !OTHERS.iter().any(|word| low.contains(word)) {
            days.extend(found);
        }
    }
    days.sort_unstable();
    days.dedup();
    match days[..] {
        [day] => Some(day),
        _ => None,
    }
}

/// Days written as `12 November 2025`, `12th of Nov 2025`, `November 12, 2025`, `12/11/25` or `2025-11-12`.
fn days_in(line: &str) -> Vec<Date> {
    let words: Vec<&str> = line
        .split(|letter: char| {
            letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '(' | ')')
        })
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty() && *word != "of" && *word != "the")
        .collect();
    let in_words = words.windows(3).filter_map(|three| {
        let [one, two, year] = three else { return None };
        let year: i16 = year.parse().ok()?;
        let (day, name) = if month(two).is_some() { (one, two) } else { (two, one) };
        let day = day.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).parse().ok()?;
        Date::new(year, month(name)?, day).ok()
    });
    let in_figures = words.iter().filter_map(|word| {
        let parts: Vec<&str> = word.split(['/', '.']).collect();
        match parts[..] {
            [day, month, year] => {
                let year: i16 = year.parse().ok()?;
                let year = if year < 100 { year + 2000 } else { year };
                Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
            }
            _ => word.parse().ok(),
        }
    });
    in_words.chain(in_figures).filter(|day| (1990..2100).contains(&day.year())).collect()
}

/// The number of a month by its name or the first three letters of it, or `sept`.
fn month(word: &str) -> Option<i8> {
    (1..=12).find(|month| {
        let name = month_name(*month).to_lowercase();
        word == name
            || (word.len() == 3 && name.starts_with(word))
            || (*month == 9 && word == "sept")
    })
}

macro_rules! built_in {
    ($($id:literal)*) => {
        const BUILT_IN: &[&str] = &[ $(
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../claims/sheets/", $id, ".toml")),
        )* ];
    };
}

built_in! { "southwark" "hammersmith-and-fulham" "southampton" "mid-and-south-essex" "leicester-leicestershire-and-rutland" }

/// The example sheets, one for each board whose minutes the trace of requirements reads.
pub static SHEETS: LazyLock<Vec<Sheet>> = LazyLock::new(|| {
    BUILT_IN
        .iter()
        .map(|text| {
            toml::from_str(text)
                .expect("the sheets inside the program can be read because a test reads them")
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_meeting_is_read_from_its_head_and_from_nowhere_else() {
        let day = |text: &str| Sheet::read(text).date;
        assert_eq!(
            day("Minutes of the board held on 12th November 2025\n\nThere are 40 practices."),
            "2025-11-12"
        );
        assert_eq!(day("Board meeting, 3/9/2024\nNoted."), "2024-09-03");
        assert_eq!(day("Practices met on 12 November 2025."), "");
        for head in [
            "12 Nov 2025",
            "held on the 12th of November 2025",
            "Minutes of the Board, November 12, 2025",
            "Date: 12.11.25",
            "2025-11-12",
            "Held: Wed 12/11/25",
        ] {
            assert_eq!(
                day(&format!(
                    "{head}\nNext meeting: 14 January 2026\nMinutes of the meeting held on 10 September 2025 were approved."
                )),
                "2025-11-12",
                "{head}"
            );
        }
        assert_eq!(day("Meeting of 1 May 2025\nMeeting of 2 June 2025"), "");
        assert_eq!(day("Minutes, 31 February 2025"), "");
    }

    #[test]
    fn sentences_keep_their_lines_when_some_are_left_out() {
        let sheet = Sheet::read("There are 40 practices.\nLists grew.\n\nWaits were longer.");
        assert_eq!(sheet.lines, [1, 2, 4]);
        let kept = sheet.only(|at| at != 1);
        assert_eq!(kept.lines, [1, 4]);
        assert_eq!(kept.claims, ["There are 40 practices.", "Waits were longer."]);
        assert_eq!(Sheet::read(&kept.write()), kept);
    }
}
