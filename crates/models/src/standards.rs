//! How many GPs a place would have by each standard that boards are held to, beside those whom it has.
//!
//! Contacts that were held were met, so that a place lacks nothing against its own base year. Whether it has enough GPs today is a
//! question about a standard: England's staff of today, the care of 2018/19, the patients a GP had in 2015, a safe number of
//! contacts a day, or one that the reader names. They are told side by side, because they disagree. Hours beyond contract and needs
//! that surveys found unmet are told beside them and never added.
//!
//! Method: [`methods.md#standards`](../../../docs/book/methods.md#standards).

pub(crate) mod england;
mod surveys;

use crate::band::Band;
use crate::demand::Rates;
use crate::parameters::{Key, Parameters, Values};
use crate::place::{AGES, Base, Clinician};
use crate::population::rates::England;
use crate::workforce::Contract;
use vocab::Month;

pub use self::england::{Point, registered_on, series};
pub use self::surveys::{Finding, findings};

/// The parameter that holds the reader's own standard; until somebody changes it there is none.
pub const OWN: &str = "patients_a_gp_of_ones_own";

/// A standard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standard {
    /// As many GPs for the same need as England has.
    EnglandToday,
    /// Care as in 2018/19, by the need that the REAL Centre projects.
    CareOf2018,
    /// Patients for each GP as in 2015, as the Long Term Workforce Plan counts.
    PatientsOf2015,
    /// No more contacts a day than the BMA calls safe.
    SafeContacts,
    /// So many patients for each GP, by the reader's own choice.
    PatientsAGp(f64),
}

impl Standard {
    /// Those that are always told.
    pub const ALL: [Self; 4] =
        [Self::EnglandToday, Self::CareOf2018, Self::PatientsOf2015, Self::SafeContacts];

    /// The word of tables and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EnglandToday => "england_today_by_need",
            Self::CareOf2018 => "care_of_2018_19",
            Self::PatientsOf2015 => "patients_a_gp_of_2015",
            Self::SafeContacts => "safe_contacts_a_day",
            Self::PatientsAGp(_) => "patients_a_gp_of_the_reader",
        }
    }

    /// What it asks, in words.
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::EnglandToday => "as many GPs for the same need as England".to_owned(),
            Self::CareOf2018 => "care as in 2018/19 (REAL Centre)".to_owned(),
            Self::PatientsOf2015 => {
                "as many patients a GP as in 2015 (Long Term Workforce Plan)".to_owned()
            }
            Self::SafeContacts => "no more contacts a day than are safe (BMA)".to_owned(),
            Self::PatientsAGp(patients) => format!("{patients:.0} patients a GP (your own)"),
        }
    }

    /// Whether it counts permanent GPs only; the others count regular locums too.
    #[must_use]
    pub const fn is_of_permanent(self) -> bool {
        matches!(self, Self::CareOf2018)
    }
}

/// A place beside a standard, in full-time equivalents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Against {
    /// The standard.
    pub standard: Standard,
    /// GPs whom it asks for.
    pub asked: Band,
    /// GPs whom the place has, as the standard counts them; nothing where too few practices publish theirs.
    pub there: Option<Band>,
    /// How many it lacks; below nought where it has more.
    pub lacks: Option<Band>,
}

/// The GPs of a place today.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Contacts that its people need beside as many of England's mean.
    pub need: Band,
    /// The place beside every standard.
    pub against: Vec<Against>,
    /// What GPs work beyond their contracts, in full-time equivalents; nothing where the GPs are not known.
    pub beyond_contract: Option<Band>,
    /// Its share of the people registered in England.
    pub share: f64,
    /// The month for which it is told: that of its staff, or of its lists where its GPs are not known.
    pub month: Month,
    /// Why the reader has a standard of their own.
    pub own_reason: Option<String>,
    /// The middle values that the standards take.
    pub taken: Taken,
}

/// What the standards take from the parameters, which readers may change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taken {
    /// Patients of each GP in 2015.
    pub patients_of_2015: f64,
    /// Contacts of a GP in a day that are safe.
    pub safe_contacts: f64,
    /// Days that a full-time GP works in a year.
    pub days: f64,
    /// A GP in training beside a fully qualified one.
    pub of_trainee: f64,
    /// Hours a week that a GP works.
    pub hours: f64,
}

impl Taken {
    fn new(values: &Values) -> Self {
        Self {
            patients_of_2015: values.get(Key::PatientsAGpOf2015),
            safe_contacts: values.get(Key::SafeContactsADay),
            days: values.get(Key::DaysWorked),
            of_trainee: values.get(Key::RegistrarShareOfGp),
            hours: values.get(Key::GpHoursWorked),
        }
    }
}

/// A published shortage of GPs in England.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Published {
    /// Who published it and of when it is.
    pub what: &'static str,
    /// Full-time equivalents that England lacks.
    pub england: f64,
    /// From its hopeful to its gloomy case, where it tells them.
    pub range: Option<(f64, f64)>,
}

/// What others published, with the vintage that was withdrawn beside that which stands.
pub const PUBLISHED: [Published; 5] = [
    Published { what: "REAL Centre, 2021/22, care as in 2018/19", england: 4_200.0, range: None },
    Published {
        what: "REAL Centre, 2030/31, policy as it is, as corrected",
        england: 8_800.0,
        range: Some((1_200.0, 18_900.0)),
    },
    Published {
        what: "REAL Centre, 2030/31, first vintage, withdrawn",
        england: 10_700.0,
        range: Some((3_300.0, 20_400.0)),
    },
    Published {
        what: "NHS Long Term Workforce Plan, 2036/37, nothing new done",
        england: 15_000.0,
        range: None,
    },
    Published {
        what: "the ratio of 2015 against England of December 2025",
        england: 4_190.0,
        range: None,
    },
];

/// Stands a place beside every standard over so many draws, and beside the reader's own where there is one.
#[must_use]
pub fn standing(base: &Base, parameters: &Parameters, (seed, draws): (u64, u32)) -> Standing {
    let staff = base.staff_periods.filter(|_| base.counts(Clinician::Gp));
    let month = Month::of(staff.map_or(base.day, |(_, last)| last.first_day()));
    let values: Vec<Values> = (0..draws).map(|draw| parameters.values(seed, draw)).collect();
    let drawn: Vec<OfDraw> = values.iter().map(|values| OfDraw::new(base, values, month)).collect();
    let band = |of: &dyn Fn(&OfDraw) -> f64| Band::of(&drawn.iter().map(of).collect::<Vec<_>>());
    let counts = base.counts(Clinician::Gp);
    let own = parameters.get(OWN).filter(|one| one.changed_because.is_some());
    let own_reason = own.and_then(|one| one.changed_because.clone());
    let own = own.map(|one| Standard::PatientsAGp(one.value));
    // England is no measure for itself.
    let told = |one: &Standard| !(base.is_england && *one == Standard::EnglandToday);
    let standards = Standard::ALL.into_iter().filter(told).chain(own);
    let against = standards.map(|standard| Against {
        standard,
        asked: band(&|draw| draw.asked(standard)),
        there: counts.then(|| band(&|draw| draw.there(standard))),
        lacks: counts.then(|| band(&|draw| draw.asked(standard) - draw.there(standard))),
    });
    Standing {
        need: band(&|draw| draw.need),
        against: against.collect(),
        beyond_contract: counts.then(|| band(&|draw| draw.beyond_contract)),
        share: if base.is_england { 1.0 } else { base.list() / registered_on(Month::of(base.day)) },
        month,
        own_reason,
        taken: Taken::new(&parameters.values(seed, 0)),
    }
}

/// What a place has and would be asked for in a draw.
struct OfDraw {
    list: f64,
    need: f64,
    /// Fully qualified GPs with regular locums, and permanent ones.
    gps: [f64; 2],
    /// Those in training, as so many fully qualified ones.
    training: f64,
    /// Contacts with GPs in a year, of as many people as were on the lists then.
    contacts: f64,
    a_gp: f64,
    patients_of_2015: f64,
    england: f64,
    care_of_2018: f64,
    beyond_contract: f64,
}

impl OfDraw {
    fn new(base: &Base, values: &Values, month: Month) -> Self {
        let rates = Rates::of(values);
        let counted = crate::outlook::counted(base, values)[Clinician::Gp as usize];
        let heads_and_fte = |counts: fn(Contract) -> bool| {
            let gps = base.practices.iter().map(|practice| practice.gps(counts));
            gps.fold((0.0, 0.0), |sum, (heads, fte)| (sum.0 + heads, sum.1 + fte))
        };
        let (heads, qualified) = heads_and_fte(Contract::is_qualified);
        let (_, permanent) = heads_and_fte(Contract::is_permanent);
        let (_, training) = heads_and_fte(|contract| !contract.is_qualified());
        let taken = Taken::new(values);
        let hours = taken.hours / values.get(Key::FullTimeHours);
        let registered = registered_on(month);
        let list = people_on(base, month);
        let contacts: f64 = crate::demand::held(base).0[Clinician::Gp as usize].iter().sum();
        Self {
            list,
            need: need_beside_england(base, &rates),
            gps: [qualified * counted, permanent * counted],
            training: training * counted * taken.of_trainee,
            contacts: contacts * list / base.list(),
            a_gp: taken.safe_contacts * taken.days,
            patients_of_2015: taken.patients_of_2015,
            england: england::qualified_on(month) / registered,
            care_of_2018: needed_on(month, values) / registered,
            beyond_contract: (heads * hours - qualified).max(0.0) * counted,
        }
    }

    fn asked(&self, standard: Standard) -> f64 {
        match standard {
            Standard::EnglandToday => self.england * self.list * self.need,
            Standard::CareOf2018 => self.care_of_2018 * self.list * self.need,
            Standard::PatientsOf2015 => self.list / self.patients_of_2015,
            Standard::SafeContacts => self.contacts / self.a_gp - self.training,
            Standard::PatientsAGp(patients) => self.list / patients,
        }
    }

    fn there(&self, standard: Standard) -> f64 {
        self.gps[usize::from(standard.is_of_permanent())]
    }
}

/// People on the lists of a place in a month: as they were printed beside its staff, or else by the growth of its lists or of England's.
fn people_on(base: &Base, month: Month) -> f64 {
    let of_staff = base.staff_periods.is_some_and(|(_, last)| Month::of(last.first_day()) == month);
    if let Some(then) = base.lists_with_staff.filter(|_| of_staff) {
        return base.list() * then;
    }
    let lists = Month::of(base.day);
    let years = f64::from(crate::change::months_between(month, lists)) / 12.0;
    let grown = base.growth.lists.map_or_else(
        || registered_on(lists) / registered_on(month),
        |growth| libm::pow(1.0 + growth.a_year, years),
    );
    base.list() / grown
}

/// Contacts that the people of a place need beside as many people of England, from age, sex and deprivation; the fifths of
/// England hold a fifth of its people each.
fn need_beside_england(base: &Base, rates: &Rates) -> f64 {
    if base.is_england {
        return 1.0;
    }
    let expected: f64 = base.practices.iter().map(|one| rates.expected(&one.ages, one.fifth)).sum();
    let people = England::of_2023().female_and_male();
    let (mut contacts, mut all) = (0.0, 0.0);
    for (sex, of_sex) in people.iter().enumerate() {
        for (age, people) in of_sex.iter().enumerate() {
            contacts += people * rates.by_age.0[sex][(age / 5).min(AGES - 1)];
            all += people;
        }
    }
    let fifths = rates.by_fifth.iter().sum::<f64>() / rates.by_fifth.len() as f64;
    expected / base.list() / (contacts / all * fifths)
}

/// Permanent GPs whom England needs for care as in 2018/19: the line between the two years that were published, as a rate of
/// growth, and on from there.
fn needed_on(month: Month, values: &Values) -> f64 {
    let (first, last) = (values.get(Key::GpsNeededOf202122), values.get(Key::GpsNeededOf203031));
    let middle_of_2021_22 = Month { year: 2021, month: 10 };
    let years = f64::from(crate::change::months_between(middle_of_2021_22, month)) / 12.0;
    first * libm::pow(last / first, years / 9.0)
}
