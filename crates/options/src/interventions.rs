//! Every kind of intervention: one file each, and its line here.

use super::intervention::Kind;

pub(crate) mod words;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::{Form, Start};

    #[test]
    fn every_file_of_the_folder_is_a_kind() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/interventions");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .filter(|name| name != "words")
            .collect();
        names.sort();
        let mut kinds = FILES.to_vec();
        kinds.sort_unstable();
        assert_eq!(names, kinds, "add the line of the file to `kinds!` in interventions.rs");
    }

    #[test]
    fn every_kind_has_the_word_of_its_file_and_says_what_it_does() {
        for (kind, file) in KINDS.iter().zip(FILES) {
            assert_eq!(kind.id, *file);
            assert!(kind.about.ends_with('.') && !kind.title.ends_with('.'), "{}", kind.id);
        }
    }

    #[test]
    fn every_field_says_what_it_is_in_which_unit_and_range() {
        for kind in KINDS {
            for field in kind.fields {
                let name = format!("{}, {}", kind.id, field.name);
                assert!(field.about.ends_with('.') && !field.unit.is_empty(), "{name}");
                let numeric = matches!(field.form, Form::Number | Form::Whole);
                assert_eq!(numeric, field.range_in_words().is_some(), "{name}");
                if let (true, Start::Is(text, _)) = (numeric, field.start) {
                    let value: f64 = text.parse().unwrap();
                    assert!(field.range.contains(&value), "{name}");
                }
            }
        }
    }
}
