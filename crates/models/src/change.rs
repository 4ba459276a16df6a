//! What can change a place: few primitive changes with a month from which they hold, each saying which model reads it.
//!
//! An intervention that people write (crate `options`) becomes a list of these. Models know nothing else of scenarios: a run
//! without changes is the baseline, and a change that changes nothing leaves every byte as it was.

use vocab::Month;
use vocab::codes::{NetworkCode, PracticeCode};

use crate::workforce::role::Role;

/// Something that is different from a month on.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The first month in which it holds.
    pub from: Month,
    /// What is different.
    pub effect: Effect,
}

/// What is different.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// GPs who join on top of those who would have joined anyway.
    GpsJoin(GpsJoin),
    /// Training places in the practices of the place, more (or with a minus fewer) than today.
    TrainingPlaces {
        /// How many more at any time.
        places: i32,
    },
    /// How much newly qualified GPs work.
    JoinerHours {
        /// Share who work full time.
        full_time: f64,
        /// Full-time equivalents of each of the others.
        part: f64,
    },
    /// How much every GP in post works, as a factor on contracted hours.
    HoursInPost {
        /// 1 changes nothing, 1.05 is five in a hundred more.
        factor: f64,
    },
    /// How readily GPs leave, as a factor on the rate.
    Leaving {
        /// 1 changes nothing, 0.9 is a tenth fewer.
        factor: f64,
        /// Age from which it holds.
        from_age: u8,
        /// Age before which it holds.
        to_age: u8,
        /// GPs of those ages for whom it holds; nothing for all of them.
        reached: Option<u32>,
    },
    /// Posts that are advertised.
    Posts(Posts),
    /// A practice closes; its staff and patients go elsewhere.
    Closes {
        /// The practice.
        practice: PracticeCode,
        /// Who takes over, in shares that sum to 1; nobody named means that patients choose and staff look around.
        to: Vec<(PracticeCode, f64)>,
    },
    /// All of a practice becomes part of another one.
    Merges {
        /// The practice that ends.
        practice: PracticeCode,
        /// The practice it becomes part of.
        into: PracticeCode,
    },
    /// A practice opens.
    Opens {
        /// Its code, new to the place.
        practice: PracticeCode,
        /// People who register with it, drawn from the place's lists.
        patients: u32,
    },
    /// A practice changes its network.
    MovesNetwork {
        /// The practice.
        practice: PracticeCode,
        /// The network it joins.
        to: NetworkCode,
    },
    /// A practice takes no patients above a number.
    ListCap {
        /// The practice.
        practice: PracticeCode,
        /// The greatest list.
        patients: u32,
    },
    /// More (or fewer) people live here.
    People(People),
    /// The number of some contacts changes.
    Contacts(Contacts),
    /// Some contacts move to another role or mode.
    Shift(Shift),
    /// People fall ill more or less often.
    Onset {
        /// The condition, by its register or name, such as `DM` or `diabetes`; empty for all.
        condition: String,
        /// Factor on its incidence.
        factor: f64,
        /// Age from which it holds.
        from_age: u8,
        /// Age before which it holds.
        to_age: u8,
        /// People of those ages for whom it holds; nothing for all of them.
        reached: Option<u32>,
    },
    /// Hours of the week in which appointments are offered: what they add is added.
    Hours(Hours),
}

/// A part of the models that reads changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// Who lives here, who is ill and who is on which list.
    People,
    /// Who works here.
    Workforce,
    /// How many contacts there are, with whom and how.
    Demand,
    /// When appointments are offered.
    Capacity,
    /// What is paid.
    Money,
}

impl Effect {
    /// Which parts of the models read it: no effect is without a reader, and a test holds each of them to what it says.
    #[must_use]
    pub const fn read_by(&self) -> &'static [Reader] {
        use Reader::{Capacity, Demand, Money, People, Workforce};
        match self {
            Self::GpsJoin(_)
            | Self::TrainingPlaces { .. }
            | Self::JoinerHours { .. }
            | Self::HoursInPost { .. }
            | Self::Leaving { .. } => &[Workforce],
            Self::Posts(_) => &[Workforce, Money],
            Self::Closes { .. } | Self::Merges { .. } | Self::Opens { .. } => {
                &[People, Workforce, Money]
            }
            Self::MovesNetwork { .. } => &[Money],
            Self::ListCap { .. } | Self::People(_) | Self::Onset { .. } => &[People],
            Self::Contacts(_) | Self::Shift(_) => &[Demand],
            Self::Hours(_) => &[Capacity],
        }
    }

    /// Whether any part that the outlook is made of reads it.
    #[must_use]
    pub fn moves_the_outlook(&self) -> bool {
        self.read_by().iter().any(|reader| *reader != Reader::Money)
    }
}

/// GPs who join.
#[derive(Debug, Clone, PartialEq)]
pub struct GpsJoin {
    /// The practice they join; nothing for those of the place that GPs who join find by themselves.
    pub employer: Option<PracticeCode>,
    /// How many.
    pub heads: u32,
    /// Over how many months they arrive evenly, at least 1.
    pub over_months: u32,
    /// Full-time equivalents of each.
    pub fte: f64,
    /// Their age on arrival.
    pub age: u8,
    /// Share of them who do arrive.
    pub arrive: f64,
    /// Factor on the rate at which they leave, beside that of others of their age.
    pub leaving: f64,
}

/// Posts that are advertised.
#[derive(Debug, Clone, PartialEq)]
pub struct Posts {
    /// The practice or network that employs, by code.
    pub employer: String,
    /// The role.
    pub role: Role,
    /// How many posts.
    pub posts: u32,
    /// Full-time equivalents of each.
    pub fte: f64,
    /// Chance that one round of advertising fills a post.
    pub fill: f64,
    /// Months that a round takes.
    pub round_months: f64,
}

/// People who come or go.
#[derive(Debug, Clone, PartialEq)]
pub struct People {
    /// The practices whose area it is; empty for the whole place.
    pub practices: Vec<PracticeCode>,
    /// How many more people, with a minus fewer.
    pub people: i32,
    /// Over how many months.
    pub over_months: u32,
    /// Share of them under 18, of 18 to 64 and of 65 and over; sums to 1.
    pub ages: [f64; 3],
}

/// Whom a change of contacts concerns: all fields must fit, empty ones fit everybody.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scope {
    /// The practices; empty for all.
    pub practices: Vec<PracticeCode>,
    /// Age from which it holds.
    pub from_age: u8,
    /// Age before which it holds; nothing for no end.
    pub to_age: Option<u8>,
    /// Who sees them; nothing for all.
    pub seen_by: Option<Who>,
    /// The mode; nothing for all.
    pub mode: Option<Mode>,
}

/// The number of contacts changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Contacts {
    /// Whose.
    pub scope: Scope,
    /// Factor once it is fully there.
    pub factor: f64,
    /// Further growth a year, 0 for none; compounds.
    pub growth: f64,
    /// Contacts a year more (with a minus fewer), whatever there are: of those who see them, shared over the practices by
    /// their lists.
    pub number: f64,
    /// Months until it is fully there, in even steps; 0 for at once.
    pub ramp_months: u32,
}

/// Contacts move to another role or mode.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Which contacts.
    pub scope: Scope,
    /// Share of them that moves.
    pub share: f64,
    /// Who sees them then; nothing where it stays.
    pub to_who: Option<Who>,
    /// The mode they move to; nothing where it stays.
    pub to_mode: Option<Mode>,
    /// Minutes of a moved contact beside those it took before, as a factor, whoever takes it then and however; nothing for
    /// what contacts of the new role and mode take beside those of the old, as uncertain as they are.
    pub minutes: Option<f64>,
    /// Of those who were helped in the new way, the share seen in the old one as well: a contact more for each.
    pub again: f64,
    /// Months until it is fully there, in even steps; 0 for at once.
    pub ramp_months: u32,
}

/// Who sees a patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// A GP of a practice, whatever the contract.
    Gp,
    /// Another role.
    Role(Role),
}

impl Who {
    /// The word kept in tables and scenarios.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gp => "gp",
            Self::Role(role) => role.as_str(),
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        if word == "gp" { Some(Self::Gp) } else { Role::parse(word).map(Self::Role) }
    }

    /// What to call several of them.
    #[must_use]
    pub const fn people(self) -> &'static str {
        match self {
            Self::Gp => "GPs",
            Self::Role(role) => role.people(),
        }
    }
}

/// How a contact takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// In a room of the practice.
    FaceToFace,
    /// By telephone.
    Telephone,
    /// By video or in writing.
    Online,
    /// At the patient's home.
    HomeVisit,
}

/// Hours that move or are added.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// The practice or network, by code.
    pub employer: String,
    /// Who works them.
    pub who: Who,
    /// Hours more (with a minus fewer) a week on Monday to Sunday.
    pub by_weekday: [f64; 7],
}

impl Hours {
    /// Hours more (with a minus fewer) in a week.
    #[must_use]
    pub fn a_week(&self) -> f64 {
        self.by_weekday.iter().sum()
    }
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 4] = [Self::FaceToFace, Self::Telephone, Self::Online, Self::HomeVisit];

    /// The word kept in the tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FaceToFace => "face_to_face",
            Self::Telephone => "telephone",
            Self::Online => "video_or_online",
            Self::HomeVisit => "home_visit",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == word)
    }
}

/// Months from one to another, negative where it lies before.
#[must_use]
pub const fn months_between(from: Month, to: Month) -> i32 {
    (to.year as i32 - from.year as i32) * 12 + to.month as i32 - from.month as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_over_the_turn_of_the_year() {
        let month = |year, month| Month { year, month };
        assert_eq!(months_between(month(2025, 11), month(2026, 2)), 3);
        assert_eq!(months_between(month(2026, 2), month(2025, 11)), -3);
    }

    #[test]
    fn who_sees_a_patient_is_read_from_the_word() {
        assert_eq!(Who::parse("gp"), Some(Who::Gp));
        let all = Role::ALL.iter().map(|role| Who::Role(*role));
        assert!(all.into_iter().all(|who| Who::parse(who.as_str()) == Some(who)));
    }

    #[test]
    fn a_mode_is_read_from_its_word() {
        assert!(Mode::ALL.into_iter().all(|mode| Mode::parse(mode.as_str()) == Some(mode)));
    }
}
