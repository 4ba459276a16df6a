//! Every kind of intervention: one file each, and its line here.

use super::intervention::Kind;

mod words;

macro_rules! kinds {
    ($($name:ident,)*) => {
        $( pub mod $name; )*

        /// Every kind, in the order of a menu.
        pub const KINDS: &[&Kind] = &[$( &$name::KIND, )*];

        #[cfg(test)]
        const FILES: &[&str] = &[$( stringify!($name), )*];
    };
}

kinds! {
    recruit_gps,
    recruit_overseas,
    retain_gps,
    training_places,
    joiner_hours,
    gp_hours,
    posts,
    close_practice,
    merge_practices,
    open_practice,
    move_network,
    cap_list,
    move_hours,
    extended_hours,
    new_housing,
    population_change,
    expectation,
    shift_role,
    shift_mode,
    advice_and_guidance,
    social_prescribing,
    health_checks,
    vaccination,
}

/// The kind of a word.
#[must_use]
pub fn kind(word: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.id == word)
}
