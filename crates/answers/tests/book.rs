//! The page of the book on questions and answers is made from the questions themselves: nobody writes it, and it cannot fall behind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fmt::Write as _;

use answers::json::SCHEMA;
use answers::questions::ALL;
use answers::{Question, Theme};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book/answers.md");

const LEAD: &str = "# Questions and answers

Every question that the program answers about a place, and the shape of an answer as JSON. A page of the site, the command
`catchment WORD PLACE` and the file `answer.json` beside a page tell the same answer
([why](../decisions/010-questions-are-typed-and-doors-print-them.md)).

This page is made from the lists in `crates/answers/src/`; change them there and write it anew with
`CATCHMENT_WRITE=1 cargo test --workspace --test book`.

What may be chosen follows the address of a page (`?mode=walk`) or is given to the command as its options (`--mode walk`).
";

const SHAPE: &str = "
## The shape of an answer

As a [JSON Schema](https://json-schema.org). Records of an exhibit have the keys of the columns of its table; a figure that is not there is
its mark, `[c]` where it is withheld, `[x]` where it is missing and `[z]` where the question does not arise.
";

#[test]
fn the_page_of_the_book_is_that_of_the_questions() {
    let made = page();
    if std::env::var_os("CATCHMENT_WRITE").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        written == made,
        "docs/book/answers.md is not what the questions say: write it anew with\n  \
         CATCHMENT_WRITE=1 cargo test --workspace --test book"
    );
}

fn page() -> String {
    let mut text = LEAD.to_owned();
    for question in ALL {
        write!(text, "\n## {}\n\n{}\n", question.word, question.asks).unwrap();
        writeln!(text, "\nPage: `{}`", address(question)).unwrap();
        if question.choices.is_empty() {
            text.push_str("\nNothing may be chosen.\n");
            continue;
        }
        text.push_str("\n| choice | what it is |\n|---|---|\n");
        for (name, what) in question.choices {
            writeln!(text, "| `{name}` | {what} |").unwrap();
        }
    }
    write!(text, "{SHAPE}\n```json\n{SCHEMA}```\n").unwrap();
    text
}

/// Where a question is asked on the site.
fn address(question: &Question) -> String {
    match (question.theme, question.word) {
        (_, "about") => "/place/KEY, /practice/CODE, /network/CODE".to_owned(),
        (_, "similar") => "/similar/CODE".to_owned(),
        (_, "why") => "/indicator/ID/why?within=KEY".to_owned(),
        (Theme::Indicators, _) => "/indicator/ID?within=KEY".to_owned(),
        (_, word) => format!("/place/KEY/{word}"),
    }
}
