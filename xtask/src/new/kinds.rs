//! What can be begun: where its file goes, in which list it stands, and what is to be filled in.

use super::list::List;
use super::name;
use crate::run::Failed;

/// A kind of thing that has a file and a line.
pub struct Kind {
    word: &'static str,
    /// The skeleton, with `NAME` and `TYPE` where the name goes.
    pub template: &'static str,
    /// What to do next, a sentence each.
    pub next: &'static [&'static str],
}

/// A new thing of a kind.
pub struct New {
    /// Its name.
    pub name: String,
    /// Its file, from the root of the project.
    pub file: String,
    /// Where it is registered.
    pub list: List,
}

const KINDS: [Kind; 4] = [
    Kind {
        word: "indicator",
        template: include_str!("../../templates/indicator.toml"),
        next: &[
            "In FILE, name the two amounts by the tables and columns of docs/book/data-dictionary.md, and write every text that is marked.",
            "Take a few rows that can be added up by hand, write down the figure that must come of them, with its limits where there are any, and delete the line `mark`.",
            "Run `cargo test -p indicators --lib`: it works the example out and fails until its figure is yours.",
            "Run `cargo test -p xtask`: it names every mark that is left.",
        ],
    },
    Kind {
        word: "source",
        template: include_str!("../../templates/source.rs"),
        next: &[
            "In FILE, copy the names of the columns from a published file, and its header with a few rows into the test.",
            "Choose the table that the rows go to (docs/book/data-dictionary.md; a new one goes into crates/evidence/src/tables/), and write down the rows that must come of the example.",
            "Run `cargo test -p sources --lib NAME`: it reads the example and fails until the rows are those that you wrote.",
            "Write the data dictionary anew, which says of each table what fills it: `CATCHMENT_WRITE=1 cargo test -p sources --test dictionary`.",
            "The line stands last, so that every other dataset is offered a file first; move it up only where another one takes its files.",
            "Run `cargo test -p xtask`: it names every mark that is left.",
        ],
    },
    Kind {
        word: "page",
        template: include_str!("../../templates/page.rs"),
        next: &[
            "In FILE, write the question as people ask it, and work out the answer from the study (`asked.context`): a lead with its number, tables or charts, limits.",
            "Write down the sentence that the test must find, for figures worked out by hand.",
            "Name the heading of docs/book/methods.md that says how it is worked out.",
            "Run `cargo test -p answers --lib NAME`, then `cargo test -p catchment --test doors asked`: its page, its files and `catchment NAME` must say the same.",
            "The line stands last in the menu; move it where readers will look for it.",
            "Run `cargo test -p xtask`: it names every mark that is left.",
        ],
    },
    Kind {
        word: "intervention",
        template: include_str!("../../templates/intervention.rs"),
        next: &[
            "In FILE, write its fields, each with its unit, range and default, and what it changes in the models (`models::change::Effect`).",
            "Write down the sentence, the pounds and the change that must come of the example in the test.",
            "Run `cargo test -p options NAME`, then `cargo test -p options`: every kind must come back from a file as it was written, and change something.",
            "The line stands last in the menu; move it where readers will look for it.",
            "Run `cargo test -p xtask`: it names every mark that is left.",
        ],
    },
];

impl Kind {
    /// The kind of a word.
    pub fn of(word: &str) -> Result<&'static Self, Failed> {
        let words: Vec<&str> = KINDS.iter().map(|kind| kind.word).collect();
        let found = KINDS.iter().find(|kind| kind.word == word);
        found.ok_or_else(|| {
            Failed(format!("`{word}` cannot be begun: expected one of {}", words.join(", ")))
        })
    }

    /// A new thing of the kind; an indicator is named with its theme, `access/calls_answered`.
    pub fn named(&self, written: &str) -> Result<New, Failed> {
        if self.word == "indicator" {
            return indicator(written);
        }
        let name = name::checked(written)?.to_owned();
        let (folder, macro_name) = match self.word {
            "source" => ("crates/sources/src/registry", "sources"),
            "page" => ("crates/answers/src/questions", "questions"),
            _ => ("crates/options/src/interventions", "kinds"),
        };
        let list = List {
            file: format!("{folder}.rs"),
            opening: format!("{macro_name}! {{"),
            closing: "}",
            around: ("    ", ","),
            is_sorted: false,
            place: format!("last in `{macro_name}!`"),
        };
        Ok(New { file: format!("{folder}/{name}.rs"), name, list })
    }
}

fn indicator(written: &str) -> Result<New, Failed> {
    let parts = written.split_once('/').filter(|(_, name)| !name.contains('/'));
    let (theme, name) = parts.ok_or_else(|| {
        Failed(format!(
            "`{written}` names no theme: write it before the name, such as `access/calls_answered`; the themes are the folders \
             of `indicators`"
        ))
    })?;
    let (theme, name) = (name::checked(theme)?, name::checked(name)?);
    let title = name::type_of(theme);
    let list = List {
        file: "crates/indicators/src/library.rs".to_owned(),
        opening: format!("    {title} ["),
        closing: "    ]",
        around: ("        ", ""),
        is_sorted: true,
        place: format!("in alphabetical order under `{title}`"),
    };
    Ok(New { name: name.to_owned(), file: format!("indicators/{theme}/{name}.toml"), list })
}
