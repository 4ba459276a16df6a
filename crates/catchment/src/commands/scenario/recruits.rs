//! Those whom a scenario recruits, and what there is for them, as JSON.

use options::{Limit, Pot, Wanted};
use serde_json::{Value, json};

/// Those whom a scenario recruits: how many were asked for, how many can be taken on, what stops the others and what was not checked.
pub fn recruits(wanted: &[(String, Wanted)]) -> Value {
    let words = |limits: Vec<Limit>| limits.into_iter().map(Limit::as_str).collect::<Vec<_>>();
    let one = |(name, wanted): &(String, Wanted)| {
        json!({ "intervention": name, "who": wanted.who, "asked": wanted.asked, "taken_on": wanted.taken_on(),
            "limited_by": words(wanted.bound_by()), "not_checked": words(wanted.unchecked()),
            "posts": wanted.posts, "money": wanted.money,
            "pounds_a_year_of_all": wanted.cost_of(wanted.asked),
            "pounds_a_year_of_those_taken_on": wanted.cost_of(wanted.taken_on()),
            "in_words": wanted.in_words() })
    };
    wanted.iter().map(one).collect()
}

/// Posts and money that several interventions state, each for those whom it recruits itself.
pub fn pots(wanted: &[(String, Wanted)]) -> Value {
    let wanted: Vec<Wanted> = wanted.iter().map(|(_, wanted)| *wanted).collect();
    let one = |pot: Pot| json!({ "of": pot.limit.as_str(), "each": pot.each, "in_all": pot.in_all(), "in_words": pot.in_words() });
    options::pots(&wanted).into_iter().map(one).collect()
}
