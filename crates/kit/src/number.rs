//! Numbers as a reader meets them: thousands with commas, a fixed number of decimals, a unit, and a mark where
//! there is no figure. A proportion becomes a percentage here and nowhere else.

use serde::Serialize;
use vocab::Observed;

/// How a bare number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownAs {
    /// As it is.
    Number,
    /// A fraction of one, shown as a percentage.
    Percentage,
    /// Pounds sterling.
    Pounds,
}

/// How the figures of one column, axis or indicator are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Style {
    /// Number, percentage or pounds.
    pub shown_as: ShownAs,
    /// Digits after the decimal point.
    pub decimals: u8,
    /// The unit in words, as it follows the figure: `per 1,000 patients`, `patients`.
    pub unit: String,
}

impl Style {
    /// Whole numbers of something.
    #[must_use]
    pub fn count(unit: &str) -> Self {
        Self { shown_as: ShownAs::Number, decimals: 0, unit: unit.to_owned() }
    }

    /// A number with decimals and a unit.
    #[must_use]
    pub fn number(decimals: u8, unit: &str) -> Self {
        Self { shown_as: ShownAs::Number, decimals, unit: unit.to_owned() }
    }

    /// A fraction of one as a percentage; the unit says of what.
    #[must_use]
    pub fn percentage(decimals: u8, unit: &str) -> Self {
        Self { shown_as: ShownAs::Percentage, decimals, unit: unit.to_owned() }
    }

    /// Pounds with decimals.
    #[must_use]
    pub fn pounds(decimals: u8, unit: &str) -> Self {
        Self { shown_as: ShownAs::Pounds, decimals, unit: unit.to_owned() }
    }

    /// With as many more digits, two at most, as tell figures apart that differ: `0.84%` beside `0.79%`, not `0.8%` twice.
    #[must_use]
    pub fn apart(&self, values: &[f64]) -> Self {
        const MORE: u8 = 2;
        let mut style = self.clone();
        let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        let tells = |style: &Self| {
            values.iter().enumerate().all(|(at, a)| {
                let others = values.iter().skip(at + 1);
                others.into_iter().all(|b| same(*a, *b) || style.figure(*a) != style.figure(*b))
            })
        };
        while style.decimals < self.decimals + MORE && !tells(&style) {
            style.decimals += 1;
        }
        style
    }

    /// The figure without its unit, as it stands in a table cell: `12.3%`, `£101.40`, `1,236,934`.
    #[must_use]
    pub fn figure(&self, value: f64) -> String {
        match self.shown_as {
            ShownAs::Number => plain(value, self.decimals),
            ShownAs::Percentage => format!("{}%", plain(value * 100.0, self.decimals)),
            ShownAs::Pounds if value < 0.0 => format!("−£{}", plain(-value, self.decimals)),
            ShownAs::Pounds => format!("£{}", plain(value, self.decimals)),
        }
    }

    /// The figure with its unit, as it stands in a sentence: `12.3% of appointments`.
    #[must_use]
    pub fn phrase(&self, value: f64) -> String {
        if self.unit.is_empty() {
            self.figure(value)
        } else {
            format!("{} {}", self.figure(value), self.unit)
        }
    }

    /// The figure or the mark that says why there is none; an estimated figure carries `[e]`.
    #[must_use]
    pub fn cell(&self, value: Observed<f64>) -> String {
        match value {
            Observed::Value(figure) => self.figure(figure),
            Observed::Estimated(figure) => format!("{} [e]", self.figure(figure)),
            other => other.mark().shorthand().to_owned(),
        }
    }

    /// An interval without its unit: `11.9% to 12.7%`.
    #[must_use]
    pub fn interval(&self, lower: f64, upper: f64) -> String {
        format!("{} to {}", self.figure(lower), self.figure(upper))
    }

    /// The axis label: the unit, with `%` or `£` where the figures carry it.
    #[must_use]
    pub fn axis(&self) -> String {
        match self.shown_as {
            ShownAs::Percentage if self.unit.is_empty() => "Percentage".to_owned(),
            ShownAs::Percentage => format!("Percentage {}", self.unit),
            ShownAs::Pounds => format!("Pounds {}", self.unit).trim_end().to_owned(),
            ShownAs::Number => capitalise(&self.unit),
        }
    }

    /// The heading of a column of such figures, with the unit where the words do not name it.
    #[must_use]
    pub fn heading(&self, words: &str) -> String {
        if self.unit.is_empty() || words.to_lowercase().contains(&self.unit.to_lowercase()) {
            words.to_owned()
        } else {
            format!("{words} ({})", self.unit)
        }
    }

    /// The same style with as many decimals as an axis with this step between its ticks needs.
    #[must_use]
    pub fn for_step(&self, step: f64) -> Self {
        let shown = if self.shown_as == ShownAs::Percentage { step * 100.0 } else { step };
        let decimals = (0..6).find(|&digits| {
            let scaled = shown * libm::pow(10.0, f64::from(digits));
            (scaled - libm::round(scaled)).abs() < 1e-6
        });
        Self { decimals: decimals.unwrap_or(6), ..self.clone() }
    }
}

/// A number with thousands separated by commas and a fixed number of decimals; never `-0`.
#[must_use]
pub fn plain(value: f64, decimals: u8) -> String {
    if !value.is_finite() {
        return vocab::Mark::Missing.shorthand().to_owned();
    }
    let digits = format!("{:.*}", usize::from(decimals), value.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let negative = value < 0.0 && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let mut out = String::with_capacity(digits.len() + 6);
    if negative {
        out.push('−');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The first letter raised.
#[must_use]
pub fn capitalise(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// A small whole number in words as it stands in a sentence, ten and above in figures.
#[must_use]
pub fn in_words(count: usize) -> String {
    const WORDS: [&str; 10] =
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(count).map_or_else(|| plain(count as f64, 0), |&word| word.to_owned())
}

/// A count with its noun: `no practices`, `one practice`, `12 practices`.
#[must_use]
pub fn counted(count: usize, singular: &str, plural: &str) -> String {
    let many = if count == 0 { "no".to_owned() } else { in_words(count) };
    format!("{many} {}", if count == 1 { singular } else { plural })
}

/// A count before its verb: `none has`, `one has`, `12 have`.
#[must_use]
pub fn some(count: usize, singular: &str, plural: &str) -> String {
    format!("{} {}", in_words(count), if count < 2 { singular } else { plural })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_and_decimals_fixed() {
        assert_eq!(plain(1_236_934.0, 0), "1,236,934");
        assert_eq!(plain(999.96, 1), "1,000.0");
        assert_eq!(plain(-1234.5, 2), "−1,234.50");
    }

    #[test]
    fn a_small_negative_is_not_minus_nought() {
        assert_eq!(plain(-0.001, 1), "0.0");
    }

    #[test]
    fn a_proportion_becomes_a_percentage_here() {
        let style = Style::percentage(1, "of appointments");
        assert_eq!(style.phrase(0.0432), "4.3% of appointments");
        assert_eq!(style.interval(0.041, 0.0455), "4.1% to 4.5%");
    }

    #[test]
    fn marks_stand_where_there_is_no_figure() {
        let style = Style::count("patients");
        assert_eq!(style.cell(Observed::Suppressed), "[c]");
        assert_eq!(style.cell(Observed::Missing), "[x]");
        assert_eq!(style.cell(Observed::NotApplicable), "[z]");
        assert_eq!(style.cell(Observed::Estimated(3.0)), "3 [e]");
        assert_eq!(style.cell(Observed::Value(0.0)), "0");
    }

    #[test]
    fn ticks_have_the_decimals_of_their_step() {
        assert_eq!(Style::percentage(1, "").for_step(0.05).figure(0.15), "15%");
        assert_eq!(Style::number(3, "").for_step(0.25).figure(0.5), "0.50");
    }

    #[test]
    fn counts_agree_with_their_nouns_and_verbs() {
        let practices = [0, 1, 2, 12].map(|count| counted(count, "practice", "practices"));
        assert_eq!(practices, ["no practices", "one practice", "two practices", "12 practices"]);
        let have = [0, 1, 2].map(|count| some(count, "has", "have"));
        assert_eq!(have, ["none has", "one has", "two have"]);
    }

    #[test]
    fn a_heading_names_its_unit_once() {
        let hours = Style::number(1, "thousand hours a year");
        assert_eq!(hours.heading("Need"), "Need (thousand hours a year)");
        assert_eq!(Style::count("patients").heading("Patients"), "Patients");
        assert_eq!(Style::percentage(1, "").heading("Share"), "Share");
    }

    #[test]
    fn pounds_carry_their_sign_before_the_symbol() {
        assert_eq!(Style::pounds(2, "").figure(-3.5), "−£3.50");
    }

    #[test]
    fn figures_that_differ_are_printed_so_that_they_do() {
        let style = Style::percentage(1, "");
        let told = style.apart(&[0.0084, 0.0079]);
        assert_eq!((told.figure(0.0084), told.figure(0.0079)), ("0.84%".into(), "0.79%".into()));
        assert_eq!(style.apart(&[0.12, 0.15]).decimals, 1, "no digits that nobody needs");
        assert_eq!(style.apart(&[0.12, 0.12]).decimals, 1, "equal figures stay equal");
        assert_eq!(style.apart(&[0.12, 0.120_000_1]).decimals, 3, "two more at most");
    }
}
