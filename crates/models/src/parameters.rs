//! Every uncertain number of the outlook, with unit, range, source, date and grade, read from `parameters/outlook/*.toml`.
//!
//! A parameter is a middle value and the range in which four of five draws lie. A run of many draws takes another value in
//! each of them; draw 0 takes the middle values. What a parameter draws hangs on its name, the seed and the draw and on
//! nothing else, so that a new parameter moves no other and a scenario shares its values with the baseline. People may
//! change a value, with a reason that is kept.
//!
//! Method: [uncertain parameters](../../../docs/book/methods.md#uncertain-parameters).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

mod distribution;
mod edit;
mod key;
mod read;

pub use distribution::Distribution;
pub use key::Key;
pub use read::Problem;

macro_rules! files {
    ($($name:literal,)*) => {
        &[$((
            $name,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/outlook/", $name, ".toml")),
        ),)*]
    };
}

/// The files inside the program, in order of name; a test compares them with the folder.
const FILES: &[(&str, &str)] =
    files!["capacity", "demand", "money", "people", "standards", "workforce",];

/// How a figure came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Printed in the source.
    Published,
    /// Calculated from published figures; the reference says how.
    Derived,
    /// Chosen by us or by readers; nothing published carries it.
    Assumption,
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// How it came to be.
    pub kind: Kind,
    /// What it rests on.
    pub reference: String,
    /// When the source was published, `2022-12` or `2022`.
    pub date: String,
}

/// How much a figure can carry, from A (exact and published) to D (a plausible guess).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the letters of a scale that the type explains")]
pub enum Grade {
    A,
    B,
    C,
    D,
}

/// One uncertain number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// The file it stands in, such as `workforce`.
    pub area: String,
    /// One plain sentence.
    pub about: String,
    /// The unit in words.
    pub unit: String,
    /// The middle value: half of the draws lie below.
    pub value: f64,
    /// One of ten draws lies below.
    pub low: f64,
    /// One of ten draws lies above.
    pub high: f64,
    /// The shape of its draws.
    pub distribution: Distribution,
    /// Where it comes from.
    pub source: Source,
    /// How much it can carry.
    pub grade: Grade,
    /// Why it differs from the file inside the program; nothing where it does not.
    pub changed_because: Option<String>,
}

/// All parameters, each under its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    by_key: BTreeMap<Key, Parameter>,
}

static EMBEDDED: LazyLock<Parameters> = LazyLock::new(|| {
    let (parameters, problems) = read::read(FILES);
    assert!(problems.is_empty(), "the files inside the program are read by a test: {problems:?}");
    parameters
});

impl Parameters {
    /// The parameters inside the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// A parameter by the name that somebody wrote; nothing where no file has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        self.of(Key::named(name)?)
    }

    /// The parameter of a key; nothing where it was taken out.
    #[must_use]
    pub fn of(&self, key: Key) -> Option<&Parameter> {
        self.by_key.get(&key)
    }

    /// Key and parameter, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (Key, &Parameter)> {
        self.by_key.iter().map(|(key, parameter)| (*key, parameter))
    }

    /// The value of every parameter in one draw of a run; draw 0 takes the middle values.
    #[must_use]
    pub fn values(&self, seed: u64, draw: u32) -> Values {
        let mut by_key = [f64::NAN; Key::COUNT];
        for (key, parameter) in &self.by_key {
            by_key[*key as usize] = parameter.draw(key.as_str(), seed, draw);
        }
        Values { by_key }
    }
}

/// What every parameter is worth in one draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Values {
    by_key: [f64; Key::COUNT],
}

impl Values {
    /// The value of a parameter.
    #[must_use]
    pub const fn get(&self, key: Key) -> f64 {
        self.by_key[key as usize]
    }

    /// The same values with one of them set.
    #[must_use]
    pub const fn with(mut self, key: Key, value: f64) -> Self {
        self.by_key[key as usize] = value;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_inside_the_program() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/outlook");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        let embedded: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, embedded, "add the file to FILES in parameters.rs, in order of name");
    }

    #[test]
    fn the_files_inside_the_program_have_no_problems() {
        let (parameters, problems) = read::read(FILES);
        assert_eq!(problems, []);
        assert_eq!(
            parameters.iter().map(|(key, _)| key).collect::<Vec<_>>(),
            Key::ALL,
            "every key has its table"
        );
        let tables = FILES.iter().flat_map(|(_, text)| text.parse::<toml::Table>().unwrap());
        for (name, _) in tables.filter(|(name, _)| name != "description") {
            assert!(
                Key::named(&name).is_some(),
                "{name}: add it to the keys in parameters/key.rs, in order of name"
            );
        }
    }

    #[test]
    fn draw_nought_takes_the_middle_values() {
        let values = Parameters::embedded().values(7, 0);
        for (key, parameter) in Parameters::embedded().iter() {
            assert_eq!(values.get(key).to_bits(), parameter.value.to_bits());
        }
    }

    #[test]
    fn a_parameter_more_moves_no_other() {
        let all = Parameters::embedded();
        let mut fewer = all.clone();
        fewer.by_key.remove(&Key::ALL[0]);
        for (other, _) in fewer.iter() {
            let [one, two] = [&fewer, all].map(|of| of.values(7, 3).get(other).to_bits());
            assert_eq!(one, two);
        }
    }
}
