//! Every effect moves what it says it is read by, and nothing else: none is taken and silently left.

use models::change::{
    Change, Contacts, Effect, GpsJoin, Hours, Mode, People, Posts, Reader, Scope, Shift, Who,
};
use models::money::{members, moved_by_year};
use models::outlook::Outlook;
use models::workforce::Role;
use vocab::Month;
use vocab::codes::PracticeCode;

use crate::fixture::base;
use crate::{change, outlook};

fn code(text: &str) -> PracticeCode {
    text.parse().unwrap()
}

/// One of each kind, large enough to be seen. A kind that is added does not compile here until it has an example.
fn examples() -> Vec<Effect> {
    let posts = Posts {
        employer: base().practices[0].code.clone(),
        role: Role::Pharmacist,
        posts: 5,
        fte: 1.0,
        fill: 1.0,
        round_months: 1.0,
    };
    let contacts =
        Contacts { scope: Scope::default(), factor: 1.1, growth: 0.0, number: 0.0, ramp_months: 0 };
    let shift = Shift {
        scope: Scope { seen_by: Some(Who::Gp), ..Scope::default() },
        share: 0.3,
        to_who: None,
        to_mode: Some(Mode::Telephone),
        minutes: None,
        again: 0.0,
        ramp_months: 0,
    };
    let hours = Hours {
        employer: base().practices[0].code.clone(),
        who: Who::Gp,
        by_weekday: [0.0, 0.0, 0.0, 0.0, 0.0, 20.0, 0.0],
    };
    let join = GpsJoin {
        employer: None,
        heads: 3,
        over_months: 1,
        fte: 0.8,
        age: 35,
        arrive: 1.0,
        leaving: 1.0,
    };
    let come =
        People { practices: Vec::new(), people: 1_000, over_months: 1, ages: [0.2, 0.7, 0.1] };
    vec![
        Effect::GpsJoin(join),
        Effect::TrainingPlaces { places: 6 },
        Effect::JoinerHours { full_time: 1.0, part: 1.0 },
        Effect::HoursInPost { factor: 1.1 },
        Effect::Leaving { factor: 0.2, from_age: 0, to_age: 120, reached: None },
        Effect::Posts(posts),
        Effect::Closes { practice: code("A81003"), to: Vec::new() },
        Effect::Merges { practice: code("A81003"), into: code("A81001") },
        Effect::Opens { practice: code("A89999"), patients: 4_000 },
        Effect::MovesNetwork { practice: code("A81003"), to: "U99999".parse().unwrap() },
        Effect::ListCap { practice: code("A81002"), patients: 1_000 },
        Effect::People(come),
        Effect::Contacts(contacts),
        Effect::Shift(shift),
        Effect::Onset {
            condition: String::new(),
            factor: 3.0,
            from_age: 0,
            to_age: 120,
            reached: None,
        },
        Effect::Hours(hours),
    ]
}

/// The place of a kind in the list of examples; a kind that is added does not compile until it has one.
const fn place(effect: &Effect) -> usize {
    match effect {
        Effect::GpsJoin(_) => 0,
        Effect::TrainingPlaces { .. } => 1,
        Effect::JoinerHours { .. } => 2,
        Effect::HoursInPost { .. } => 3,
        Effect::Leaving { .. } => 4,
        Effect::Posts(_) => 5,
        Effect::Closes { .. } => 6,
        Effect::Merges { .. } => 7,
        Effect::Opens { .. } => 8,
        Effect::MovesNetwork { .. } => 9,
        Effect::ListCap { .. } => 10,
        Effect::People(_) => 11,
        Effect::Contacts(_) => 12,
        Effect::Shift(_) => 13,
        Effect::Onset { .. } => 14,
        Effect::Hours(_) => 15,
    }
}

/// Everything that an outlook says of draws.
fn told(of: &Outlook) -> String {
    format!("{:?}", of.draws)
}

/// Minutes of capacity in every year and role, of all draws.
fn capacity(of: &Outlook) -> Vec<i64> {
    let years = || 0..=of.settings.years as usize;
    let of_year = |year| {
        models::place::Clinician::ALL
            .map(|role| of.draws.iter().map(|draw| draw.capacity(role, year)).sum::<i64>())
    };
    years().flat_map(of_year).collect()
}

fn moves_money(change: &Change) -> bool {
    let months = (Month { year: 2026, month: 4 }, 24);
    !moved_by_year(&members(&base(), None), std::slice::from_ref(change), months).is_empty()
}

#[test]
fn every_kind_of_effect_has_its_example() {
    let places: Vec<usize> = examples().iter().map(place).collect();
    assert_eq!(places, (0..16).collect::<Vec<_>>());
}

#[test]
fn an_effect_moves_what_reads_it_and_leaves_the_rest() {
    let before = outlook(&[]);
    for effect in examples() {
        let readers = effect.read_by();
        assert!(!readers.is_empty(), "{effect:?}");
        let changed = change(effect);
        let after = outlook(std::slice::from_ref(&changed));
        let moves = changed.effect.moves_the_outlook();
        assert_eq!(told(&before) != told(&after), moves, "{:?}", changed.effect);
        assert!(moves || !after.unread.is_empty(), "it is said: {:?}", changed.effect);
        if readers == [Reader::Demand] || readers == [Reader::People] {
            assert_eq!(capacity(&before), capacity(&after), "{:?}", changed.effect);
        }
        if readers == [Reader::Workforce] || readers == [Reader::Capacity] {
            assert_ne!(capacity(&before), capacity(&after), "{:?}", changed.effect);
        }
        // The three practices are of one network: only a move to another moves money between networks.
        let moves = moves_money(&changed);
        assert!(!moves || readers.contains(&Reader::Money), "{:?}", changed.effect);
        assert!(moves || readers != [Reader::Money], "{:?}", changed.effect);
    }
}
