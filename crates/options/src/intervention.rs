//! What an intervention is, and the macro that declares one with its fields.

use std::fmt;
use std::ops::Range;

use models::change::{Change, Hours, Who};
use models::money::Tag;
use vocab::Month;
use vocab::codes::{NetworkCode, PracticeCode};

use super::field::{Field, Label, Start};
use super::limits::Wanted;
use super::value::Value;

/// A kind of intervention.
pub struct Kind {
    /// Its word in files.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it does, in a sentence or two.
    pub about: &'static str,
    /// Its parameters, in the order of a form.
    pub fields: &'static [Field],
    /// Reads its parameters from a table.
    pub read: Read,
}

/// Reads the parameters of an intervention; what is wrong with them, all at once.
pub type Read = fn(&toml::Table) -> Result<Box<dyn Intervention>, Vec<String>>;

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Kind").field(&self.id).finish()
    }
}

/// What has fields that are read and written by name; made by the macro.
pub trait Fields: fmt::Debug + Send + Sync {
    /// The kind.
    fn kind(&self) -> &'static Kind;

    /// Every field that stands in it, by name in the order of the kind.
    fn values(&self) -> Vec<(&'static str, toml::Value)>;
}

/// Something that changes the future from a month on.
pub trait Intervention: Fields {
    /// What it does, as the end of a sentence that begins with its month.
    fn says(&self) -> String;

    /// What it costs, beside what the contracts pay by themselves.
    fn costs(&self) -> Vec<Cost>;

    /// What must be known of its cost: what of it is not in the table of money, or as if what it is counted there; a sentence or
    /// two, nothing where the table says all.
    fn cost_remark(&self) -> Option<&'static str> {
        None
    }

    /// What it changes for the models.
    fn changes(&self, from: Month) -> Vec<Change>;

    /// People to be recruited, with the posts and money there are for them; nothing where it recruits nobody.
    fn wanted(&self) -> Option<Wanted> {
        None
    }

    /// Practices and networks that it needs, ends or opens.
    fn touches(&self) -> Touches {
        Touches::default()
    }

    /// What cannot be, although each field can, in words.
    fn contradictions(&self) -> Vec<String> {
        Vec::new()
    }
}

/// An intervention and its first month.
#[derive(Debug)]
pub struct Dated {
    /// The first month in which it holds.
    pub from: Month,
    /// What it is.
    pub what: Box<dyn Intervention>,
}

/// When a cost falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Once, in the first month.
    Once,
    /// Each year from the first month on.
    EachYear,
    /// Evenly over so many months.
    Over(u32),
    /// Each year, rising evenly over so many months until all of it is there.
    Rising(u32),
}

/// A line of what an intervention costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// What for.
    pub what: String,
    /// Pounds once, a year, or in all; what is saved has a minus.
    pub pounds: f64,
    /// When.
    pub when: When,
    /// Structure, service or enabler.
    pub tag: Tag,
}

/// Practices and networks that an intervention is about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Touches {
    /// Practices that must be open.
    pub needs: Vec<PracticeCode>,
    /// The practice that ends with it.
    pub ends: Option<PracticeCode>,
    /// The practice that begins with it, and how many people of the place register there.
    pub opens: Option<(PracticeCode, u32)>,
    /// Networks that must exist.
    pub networks: Vec<NetworkCode>,
    /// The practice that joins a network, and which.
    pub joins: Option<(PracticeCode, NetworkCode)>,
    /// Whose contacts others take, and what share of them.
    pub shifts: Option<(Who, f64)>,
    /// People that it reaches in a year: no more than are on the lists.
    pub people: u32,
    /// People who come to live there: no more than are on the lists.
    pub arrive: u32,
    /// Practices whose people become more or, with a minus, fewer, all of the place where none is named, and by how many: no more leave
    /// than are on their lists.
    pub residents: Option<(Vec<PracticeCode>, i32)>,
    /// GPs of some ages that it reaches: no more than work in the place.
    pub gps: Option<GpsReached>,
    /// Registrars more or, with a minus, fewer in training: no more are taken away than are in training in the place.
    pub in_training: i32,
    /// Hours of a week that it takes from a day, of whom and where: no more than they work.
    pub hours: Option<Hours>,
}

/// GPs of some ages who take part in something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GpsReached {
    /// How many.
    pub heads: u32,
    /// Their ages in years, the end left out.
    pub ages: Range<u8>,
}

impl Touches {
    /// Something about practices that must be open.
    pub(crate) fn needing(practices: impl IntoIterator<Item = PracticeCode>) -> Self {
        Self { needs: practices.into_iter().collect(), ..Self::default() }
    }

    /// The same, reaching so many people in a year.
    pub(crate) fn reaching(self, people: u32) -> Self {
        Self { people, ..self }
    }

    /// The same, with so many people who come to live there.
    pub(crate) fn arriving(self, arrive: u32) -> Self {
        Self { arrive, ..self }
    }

    /// Something about an employer: a network where the code has that form, else a practice.
    pub(crate) fn employer(code: &str) -> Self {
        match code.parse() {
            Ok(network) => Self { networks: vec![network], ..Self::default() },
            Err(_) => Self::needing(code.parse().ok()),
        }
    }
}

/// Reads fields one by one and keeps what is wrong with them.
pub(crate) struct Reader<'a> {
    table: &'a toml::Table,
    fields: &'static [Field],
    problems: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(table: &'a toml::Table, fields: &'static [Field]) -> Self {
        let known = |name: &str| fields.iter().any(|field| field.name == name);
        let problems = table.keys().filter(|name| !known(name)).map(|name| {
            let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
            format!("`{name}` is no parameter of it; there are {}", names.join(", "))
        });
        Self { table, fields, problems: problems.collect() }
    }

    pub(crate) fn take<V: Value>(&mut self, name: &str) -> Option<V> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        let read = match (self.table.get(name), field.start) {
            (Some(written), _) => V::read(written).ok_or_else(|| {
                let range = field.range_in_words().map(|range| format!(" from {range}"));
                let expected = V::FORM.in_words();
                format!("`{name}` is {written}; expected {expected}{}", range.unwrap_or_default())
            }),
            (None, Start::Is(text, _)) => default(text)
                .and_then(|value| V::read(&value))
                .ok_or_else(|| format!("the default of `{name}` cannot be read")),
            (None, Start::Optional) => {
                V::none().ok_or_else(|| format!("`{name}` has nothing that stands for nothing"))
            }
            (None, Start::Needed) => Err(format!(
                "`{name}` is missing: {} ({})",
                field.about.trim_end_matches('.'),
                V::FORM.in_words()
            )),
        };
        match read.and_then(|value| in_range(value, field)) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    pub(crate) fn finish(self) -> Vec<String> {
        self.problems
    }
}

fn in_range<V: Value>(value: V, field: &Field) -> Result<V, String> {
    match value.number() {
        Some(number) if !field.range.contains(&number) => {
            let range = field.range_in_words().unwrap_or_else(|| "a finite number".to_owned());
            Err(format!("`{}` is {number}; expected {range} ({})", field.name, field.unit))
        }
        _ => Ok(value),
    }
}

fn default(text: &str) -> Option<toml::Value> {
    let table: toml::Table = format!("value = {text}").parse().ok()?;
    table.get("value").cloned()
}

/// A default that rests on our judgement.
pub(crate) const fn assumed(text: &'static str) -> Start {
    Start::Is(text, Label::Assumption)
}

/// A default that rests on a publication.
pub(crate) const fn published(text: &'static str) -> Start {
    Start::Is(text, Label::Published)
}

/// Any number at all, and what is no number.
pub(crate) const ANY: std::ops::RangeInclusive<f64> = f64::NEG_INFINITY..=f64::INFINITY;

/// Declares an intervention: its type, its word, what it is called and does, and its fields.
macro_rules! intervention {
    (
        $type:ident, $id:literal, $title:literal, $about:literal;
        $( $name:ident: $value:ty, $unit:literal, $range:expr, $start:expr, $what:literal; )*
    ) => {
        #[doc = $about]
        #[derive(Debug, Clone, PartialEq)]
        pub struct $type { $( #[doc = $what] pub $name: $value, )* }

        const FIELDS: &[$crate::field::Field] = &[$(
            $crate::field::Field {
                name: stringify!($name),
                unit: $unit,
                about: $what,
                form: <$value as $crate::value::Value>::FORM,
                range: $range,
                start: $start,
            },
        )*];

        /// The kind of this intervention.
        pub const KIND: $crate::intervention::Kind = $crate::intervention::Kind {
            id: $id,
            title: $title,
            about: $about,
            fields: FIELDS,
            read,
        };

        static KIND_OF: $crate::intervention::Kind = KIND;

        fn read(
            table: &toml::Table,
        ) -> Result<Box<dyn $crate::intervention::Intervention>, Vec<String>> {
            let mut reader = $crate::intervention::Reader::new(table, FIELDS);
            $( let $name = reader.take::<$value>(stringify!($name)); )*
            let mut problems = reader.finish();
            if let ($( Some($name), )*) = ($( $name, )*) {
                let read = $type { $( $name, )* };
                problems.extend($crate::intervention::Intervention::contradictions(&read));
                if problems.is_empty() {
                    return Ok(Box::new(read));
                }
            }
            Err(problems)
        }

        impl $crate::intervention::Fields for $type {
            fn kind(&self) -> &'static $crate::intervention::Kind {
                &KIND_OF
            }

            fn values(&self) -> Vec<(&'static str, toml::Value)> {
                let written = [$(
                    (stringify!($name), $crate::value::Value::write(&self.$name)),
                )*];
                written.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
            }
        }
    };
}

pub(crate) use intervention;
