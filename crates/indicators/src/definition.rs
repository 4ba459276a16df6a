//! What an indicator is: the text file that people write, as a type.
//!
//! The file `indicators/<theme>/<id>.toml` gives the indicator its theme and identifier; everything else stands in it.
//! There is no expression language: a figure is one amount over another, each the sum of a column of a canonical table
//! over the rows with certain words. Problems are collected and name file, key, what was found and what was expected.

use std::collections::BTreeMap;
use std::fmt;

use evidence::{Absent, PeriodKind};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};
use vocab::Level;

mod check;

/// Something wrong with a definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, {key}: found {found}, expected {expected}\n  hint: {hint}")]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The key within it.
    pub key: String,
    /// What stood there.
    pub found: String,
    /// What should have stood there.
    pub expected: String,
    /// What to do.
    pub hint: String,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The name of the file, used in addresses and on the command line.
    #[serde(skip)]
    pub id: String,
    /// The name of the folder.
    #[serde(skip)]
    pub theme: Theme,
    /// Its name on pages.
    pub name: String,
    /// How the figure is made of numerator and denominator.
    pub statistic: Statistic,
    /// What the quotient is multiplied by; 1,000 for a figure per 1,000 people.
    #[serde(default = "one")]
    pub multiplier: f64,
    /// Which direction is good, if either is.
    pub polarity: Polarity,
    /// The unit as it stands after the figure; `%` for proportions (kept as fractions), `£` for pounds.
    pub unit: String,
    /// Decimals shown, after scaling to the unit.
    pub decimals: u8,
    /// What stands above the line.
    pub numerator: Operand,
    /// What stands below the line.
    pub denominator: Operand,
    /// The same figure as published for England, used where the organisations imported are a part of it.
    pub national: Option<National>,
    /// Whose table says for which periods there are figures; the other is taken from its nearest period.
    #[serde(default)]
    pub paced_by: Pace,
    /// The method of the interval.
    pub interval: Interval,
    /// The levels at which it may be shown.
    #[serde(deserialize_with = "levels")]
    pub levels: Vec<Level>,
    /// The kind of period that the pacing table mostly comes in; its own periods decide.
    pub period: PeriodKind,
    /// What it says, in a sentence.
    pub meaning: String,
    /// Why a planner should look at it.
    pub why_it_matters: String,
    /// What it hides.
    pub caveats: Vec<String>,
    /// Days at which the series changed its meaning; no trend crosses them.
    #[serde(default)]
    pub breaks: Vec<Break>,
    /// Who looked it through and when it is due again.
    pub review: Review,
    /// Worked examples.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

fn one() -> f64 {
    1.0
}

fn levels<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Level>, D::Error> {
    let words = Vec::<String>::deserialize(deserializer)?;
    words
        .iter()
        .map(|word| {
            Level::parse(word).ok_or_else(|| {
                let known: Vec<_> = Level::ALL.iter().map(|level| level.as_str()).collect();
                D::Error::custom(format!(
                    "`{word}` is no level: expected one of {}",
                    known.join(", ")
                ))
            })
        })
        .collect()
}

/// Which of the two amounts sets the periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// The one above the line.
    #[default]
    Numerator,
    /// The one below it.
    Denominator,
}

/// Part of a figure: the sum of a column over the rows of a table that have certain words.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operand {
    /// The canonical table.
    pub table: String,
    /// The column that is added up.
    pub column: String,
    /// A column of the same table that each amount is multiplied with, for shares given with their base.
    pub times: Option<String>,
    /// For each column the words of which one must stand there; the empty word stands for an empty cell and
    /// `weekday` for the day of the week of a column `day`.
    #[serde(default, rename = "where")]
    pub rows: BTreeMap<String, Vec<String>>,
    /// Ages in completed years, for tables by age band.
    pub ages: Option<Ages>,
    /// How many months before the period of the figure.
    #[serde(default)]
    pub months_before: u32,
    /// How far from that day the nearest period of the table may lie.
    #[serde(default = "half_a_year")]
    pub within_days: i32,
    /// What an organisation of the table without such a row has, where that is another thing than the table says.
    pub absent: Option<Absent>,
    /// For tables by small area: only areas that another table knows, each amount times the area's figure if a column is named.
    pub area: Option<AreaFigure>,
}

/// The two amounts of a figure that is published for England as a whole.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct National {
    /// The publication, as it is called in a sentence.
    pub published_in: String,
    /// What stands above the line.
    pub numerator: Operand,
    /// What stands below the line.
    pub denominator: Operand,
}

/// A figure of the small area of a row, from another table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaFigure {
    /// The canonical table, by area.
    pub table: String,
    /// The column that each amount is multiplied with; without it areas are only asked for.
    pub column: Option<String>,
    /// For each column the words of which one must stand there.
    #[serde(default, rename = "where")]
    pub rows: BTreeMap<String, Vec<String>>,
}

fn half_a_year() -> i32 {
    200
}

/// A range of ages, `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    /// The first age.
    pub from: u8,
    /// The first age past the range; without it the range is open.
    pub to: Option<u8>,
}

macro_rules! words {
    ($( $(#[$doc:meta])* $name:ident { $( $(#[$variant_doc:meta])* $variant:ident = $word:literal, )* } )*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
        pub enum $name {
            $( $(#[$variant_doc])* #[serde(rename = $word)] $variant, )*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[ $(Self::$variant),* ];

            /// The word in definitions, addresses and downloads.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The one behind a word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    )* };
}

words! {
    /// What an indicator is about; the folder of its file.
    #[derive(Default)]
    Theme {
        /// Getting an appointment.
        Access = "access",
        /// Who has which long-term condition, and what is done about it.
        Care = "care",
        /// What comes of it, in hospital too.
        Outcomes = "outcomes",
        /// What patients say.
        Experience = "experience",
        /// Who works there.
        Workforce = "workforce",
        /// What is paid.
        Money = "money",
        /// Who the patients are.
        #[default]
        Population = "population",
    }
    /// How a figure is made.
    Statistic {
        /// People or events of the denominator that have something; kept as a fraction.
        Proportion = "proportion",
        /// Events for each person, times the multiplier.
        Rate = "rate",
        /// One amount over another, times the multiplier; neither counts events.
        Ratio = "ratio",
        /// The mean of the numerator's column, each organisation weighted by its denominator.
        WeightedMean = "weighted_mean",
        /// The amount over the same amount earlier, less one; kept as a fraction.
        Change = "change",
    }
    /// Which direction is good.
    Polarity {
        /// More is better.
        HigherIsBetter = "higher_is_better",
        /// Less is better.
        LowerIsBetter = "lower_is_better",
        /// Neither: figures are higher or lower, never better or worse.
        Neither = "neither",
    }
    /// How the interval is made.
    Interval {
        /// Wilson's score interval, for proportions.
        Wilson = "wilson",
        /// Byar's interval, exact below 10 events, for rates.
        Byar = "byar",
        /// No method gives one.
        None = "none",
    }
}

impl Theme {
    /// The name on pages.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Access => "Access",
            Self::Care => "Care",
            Self::Outcomes => "Outcomes",
            Self::Experience => "Experience",
            Self::Workforce => "Workforce",
            Self::Money => "Money",
            Self::Population => "Population",
        }
    }
}

/// A day at which a series changed its meaning.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// The first day of the new meaning.
    #[serde(deserialize_with = "day")]
    pub at: Date,
    /// What changed.
    pub reason: String,
}

/// Who looked a definition through.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Who did.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: Date,
    /// When it is due again.
    #[serde(deserialize_with = "day")]
    pub due: Date,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let written = toml::value::Datetime::deserialize(deserializer)?;
    written.to_string().parse().map_err(|_| {
        D::Error::custom(format!("`{written}` is no day: expected a day such as 2026-11-21"))
    })
}

/// A worked example: the two amounts, or rows of the tables for one organisation, and the figure they must give.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows, where that is not plain.
    pub about: Option<String>,
    /// The amount above the line.
    pub numerator: Option<f64>,
    /// The amount below the line.
    pub denominator: Option<f64>,
    /// Rows by table; keys and days that do not matter may be left out, and `period` may be given.
    #[serde(default)]
    pub rows: BTreeMap<String, Vec<BTreeMap<String, toml::Value>>>,
    /// The figure; without it there must be none, for the reason given.
    pub value: Option<f64>,
    /// Lower 95% limit.
    pub lower: Option<f64>,
    /// Upper 95% limit.
    pub upper: Option<f64>,
    /// Why there is no figure: suppressed, missing or `not_applicable`.
    pub mark: Option<String>,
}

impl Definition {
    /// Reads a definition. `file` names it in problems; its last part is the identifier.
    ///
    /// # Errors
    /// All problems found.
    pub fn parse(theme: Theme, id: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let file = format!("{theme}/{id}.toml");
        let mut definition: Self =
            toml::from_str(text).map_err(|error| vec![written_badly(&file, &error)])?;
        id.clone_into(&mut definition.id);
        definition.theme = theme;
        let problems = check::problems(&definition, &file);
        if problems.is_empty() { Ok(definition) } else { Err(problems) }
    }

    /// The table that sets the periods.
    #[must_use]
    pub fn pacing_table(&self) -> &str {
        &self.pacing_operand().table
    }

    /// The operand whose table sets the periods.
    pub(crate) const fn pacing_operand(&self) -> &Operand {
        match self.paced_by {
            Pace::Numerator => &self.numerator,
            Pace::Denominator => &self.denominator,
        }
    }
}

fn written_badly(file: &str, error: &toml::de::Error) -> Problem {
    Problem {
        file: file.to_owned(),
        key: "the file".to_owned(),
        found: error.to_string().trim().replace('\n', "\n    "),
        expected: "the keys of a definition".to_owned(),
        hint: "compare it with another definition of the library, such as access/same_day.toml"
            .to_owned(),
    }
}
