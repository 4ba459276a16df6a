//! What stands in a field, read from a file and written back.

use models::change::{Mode, Who};
use models::workforce::Role;
use vocab::codes::{NetworkCode, PracticeCode};
use vocab::weekday;

use super::field::Form;

/// Something that can stand in a field.
pub trait Value: Sized {
    /// What is written.
    const FORM: Form;

    /// Reads it; nothing where it is something else.
    fn read(value: &toml::Value) -> Option<Self>;

    /// Writes it; nothing where there is none.
    fn write(&self) -> Option<toml::Value>;

    /// What holds where nothing is written and nothing need be.
    #[must_use]
    fn none() -> Option<Self> {
        None
    }

    /// The number that the range of the field is about.
    fn number(&self) -> Option<f64> {
        None
    }
}

impl Value for f64 {
    const FORM: Form = Form::Number;

    fn read(value: &toml::Value) -> Option<Self> {
        value.as_float().or_else(|| value.as_integer().map(|whole| whole as Self))
    }

    fn write(&self) -> Option<toml::Value> {
        Some(toml::Value::Float(*self))
    }

    fn number(&self) -> Option<f64> {
        Some(*self)
    }
}

impl Value for i32 {
    const FORM: Form = Form::Whole;

    fn read(value: &toml::Value) -> Option<Self> {
        Self::try_from(value.as_integer()?).ok()
    }

    fn write(&self) -> Option<toml::Value> {
        Some(toml::Value::Integer(i64::from(*self)))
    }

    fn number(&self) -> Option<f64> {
        Some(f64::from(*self))
    }
}

impl Value for u32 {
    const FORM: Form = Form::Whole;

    fn read(value: &toml::Value) -> Option<Self> {
        Self::try_from(value.as_integer()?).ok()
    }

    fn write(&self) -> Option<toml::Value> {
        Some(toml::Value::Integer(i64::from(*self)))
    }

    fn number(&self) -> Option<f64> {
        Some(f64::from(*self))
    }
}

macro_rules! may_be_left_out {
    ($($type:ty,)*) => { $(
        impl Value for Option<$type> {
            const FORM: Form = <$type as Value>::FORM;

            fn read(value: &toml::Value) -> Option<Self> {
                <$type as Value>::read(value).map(Some)
            }

            fn write(&self) -> Option<toml::Value> {
                self.as_ref().and_then(Value::write)
            }

            fn none() -> Option<Self> {
                Some(None)
            }

            fn number(&self) -> Option<f64> {
                self.as_ref().and_then(Value::number)
            }
        }
    )* };
}

may_be_left_out! { f64, u32, PracticeCode, NetworkCode, Who, Role, Mode, Day, Employer, }

macro_rules! words {
    ($($type:ty as $form:ident, $read:expr, $write:expr;)*) => { $(
        impl Value for $type {
            const FORM: Form = Form::$form;

            fn read(value: &toml::Value) -> Option<Self> {
                let read: fn(&str) -> Option<Self> = $read;
                read(value.as_str()?)
            }

            fn write(&self) -> Option<toml::Value> {
                let write: fn(&Self) -> String = $write;
                Some(toml::Value::String(write(self)))
            }
        }
    )* };
}

words! {
    PracticeCode as Practice, |text| text.parse().ok(), ToString::to_string;
    NetworkCode as Network, |text| text.parse().ok(), ToString::to_string;
    Who as Who, Who::parse, |who| who.as_str().to_owned();
    Role as Role, Role::parse, |role| role.as_str().to_owned();
    Mode as Mode, Mode::parse, |mode| mode.as_str().to_owned();
    Day as Day, Day::parse, |day| day.as_str().to_owned();
    Employer as Employer, Employer::parse, |employer| employer.0.clone();
}

/// Who employs: the code of a practice or a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employer(pub String);

impl Employer {
    fn parse(text: &str) -> Option<Self> {
        let practice = text.parse::<PracticeCode>().map(|code| code.to_string());
        let code = practice.or_else(|_| text.parse::<NetworkCode>().map(|code| code.to_string()));
        code.ok().map(Self)
    }
}

impl Value for Vec<PracticeCode> {
    const FORM: Form = Form::Practices;

    fn read(value: &toml::Value) -> Option<Self> {
        value.as_array()?.iter().map(<PracticeCode as Value>::read).collect()
    }

    fn write(&self) -> Option<toml::Value> {
        let codes: Vec<toml::Value> = self.iter().filter_map(Value::write).collect();
        (!codes.is_empty()).then_some(toml::Value::Array(codes))
    }

    fn none() -> Option<Self> {
        Some(Vec::new())
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(u8);

impl Day {
    fn parse(text: &str) -> Option<Self> {
        weekday::WORDS.iter().position(|day| *day == text).map(|position| Self(position as u8))
    }

    /// Its position, Monday 0 to Sunday 6.
    #[must_use]
    pub const fn position(self) -> usize {
        self.0 as usize
    }

    /// The word of files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        weekday::WORDS[self.0 as usize]
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        weekday::NAMES[self.0 as usize]
    }
}
