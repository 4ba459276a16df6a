//! Every question about a place, one file each, and its line here.

use crate::question::Question;

macro_rules! questions {
    ($($name:ident,)*) => {
        $( pub mod $name; )*

        /// Every question about a place, in the order of a menu.
        pub const ALL: &[&Question] = &[$( &$name::QUESTION, )*];

        #[cfg(test)]
        const FILES: &[&str] = &[$( stringify!($name), )*];
    };
}

questions! {
    about,
    capacity,
    reach,
    registered,
    outlook,
    population,
    need,
    workforce,
    resilience,
    networks,
    money,
    backtest,
    similar,
    indicator,
    why,
}

/// The question of a word.
#[must_use]
pub fn question(word: &str) -> Option<&'static Question> {
    ALL.iter().copied().find(|question| question.word == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_a_question_of_its_word() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/questions");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        let mut files = FILES.to_vec();
        files.sort_unstable();
        assert_eq!(names, files, "add the line of the file to `questions!` in questions.rs");
        for (question, file) in ALL.iter().zip(FILES) {
            assert_eq!(question.word, *file);
        }
    }

    #[test]
    fn every_question_is_asked_as_one_and_says_what_may_be_chosen() {
        for question in ALL {
            assert!(
                question.asks.ends_with('?') && !question.title.is_empty(),
                "{}",
                question.word
            );
            for (name, what) in question.choices {
                assert!(!what.is_empty() && !what.ends_with('.'), "{}: {name}", question.word);
            }
        }
    }
}
