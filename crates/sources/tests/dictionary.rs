//! The data dictionary of the book is made from the list of tables and from what the sources state: nobody writes it, and it cannot
//! fall behind.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fmt::Write as _;

use evidence::tables::{self, GROUPS};
use evidence::{Absent, Column, Kind, PeriodKind, Table, Whose};
use sources::registry;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/book/data-dictionary.md");

const LEAD: &str = "# Data dictionary

Every canonical table: whose its rows are, for which periods, which publications fill it, what every column holds and when a cell of it is
empty. Indicators are written in these names, `catchment sql` asks in them, and the Parquet files of a store bear them.

This page is made from the lists in `crates/evidence/src/tables/` and from what each source states in `writes`
(`crates/sources/src/registry/`); change them there and write it anew with
`CATCHMENT_WRITE=1 cargo test -p sources --test dictionary`.

The first column of every table is `period`, written `2025-11-01`, `2025-11`, `2024/25` or `2025`; it is not listed below. Which release a
row came from stands in the manifest of the store and on the page of sources. A figure in a table with the column `mark` may always be
empty, and the mark says why; of other cells the last column says when they are empty. Where it says nothing, no file imported so far has
left one empty. Of two releases of one period that hold the same key the later edition stands
([why](../decisions/002-later-edition-key-by-key.md)).

An organisation that a table holds, but without a row of some kind, either has none of it (*nought*) or did not report it (*missing*); an
indicator may say otherwise by `absent`.
";

#[test]
fn the_dictionary_of_the_book_is_that_of_the_tables() {
    let made = dictionary();
    if std::env::var_os("CATCHMENT_WRITE").is_some() {
        std::fs::write(FILE, &made).unwrap();
    }
    let written = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        written == made,
        "docs/book/data-dictionary.md is not what the tables and the sources say: write it anew with\n  \
         CATCHMENT_WRITE=1 cargo test -p sources --test dictionary"
    );
}

fn dictionary() -> String {
    let mut text = LEAD.to_owned();
    write!(text, "\n{} tables:\n\n", tables::ALL.len()).unwrap();
    for group in GROUPS {
        let names = group.tables.iter().map(|table| format!("[`{0}`](#{0})", table.name));
        let names: Vec<String> = names.collect();
        writeln!(text, "- {}: {}", group.title, names.join(", ")).unwrap();
    }
    for group in GROUPS {
        write!(text, "\n## {}\n", group.title).unwrap();
        for table in group.tables {
            text.push_str(&chapter(table));
        }
    }
    text
}

fn chapter(table: &Table) -> String {
    let kinds: Vec<_> = table.periods.iter().map(|kind| period(*kind)).collect();
    let keys: Vec<_> = table.key.iter().map(|key| format!("`{key}`")).collect();
    let mut text = format!("\n### {}\n\n{}\n\n", table.name, table.about);
    writeln!(text, "- Rows are of {}.", whose(table.whose)).unwrap();
    writeln!(text, "- A period is {}.", kinds.join(", or ")).unwrap();
    writeln!(text, "- Key: {}.", keys.join(", ")).unwrap();
    writeln!(text, "- Filled by: {}.", publications(table)).unwrap();
    if table.whose.column().is_some() {
        writeln!(text, "- Without such a row: {}.", absent(table.absent)).unwrap();
    }
    if let Some(column) = table.joined_by {
        writeln!(text, "- Its practices (`{column}`) are held against the lists of patients.")
            .unwrap();
    }
    text.push_str("\n| column | holds | meaning and unit | empty |\n|---|---|---|---|\n");
    let has_mark = table.position("mark").is_some();
    for column in table.columns {
        let (name, holds, about) = (column.name, holds(column.kind), cell(column.about));
        writeln!(text, "| `{name}` | {holds} | {about} | {} |", empty(column, has_mark)).unwrap();
    }
    text
}

/// The publications that fill a table, each by its title and with its page.
fn publications(table: &Table) -> String {
    let fills = |stated: &&Table| stated.name == table.name;
    let filling = registry::ALL.iter().filter(|source| source.writes.iter().any(fills));
    let links = filling.map(|source| format!("[{}]({})", source.title, source.landing_page));
    links.collect::<Vec<_>>().join("; ")
}

fn whose(whose: Whose) -> String {
    match whose {
        Whose::Level(level, column) => format!("{} (`{column}`)", level.plural()),
        Whose::Several(column) => format!("organisations of the level in `level` (`{column}`)"),
        Whose::Areas(column) => {
            format!("small areas (`{column}`), which lookups add up to sub-ICB locations")
        }
        Whose::Other(words) => format!("{words}; no figure is added up from them"),
    }
}

const fn period(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::Day => "a day",
        PeriodKind::Month => "a month",
        PeriodKind::FinancialYear => "a financial year",
        PeriodKind::Year => "a year",
    }
}

const fn absent(absent: Absent) -> &'static str {
    match absent {
        Absent::Nought => "nought",
        Absent::Missing => "missing",
    }
}

const fn holds(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "words",
        Kind::Count => "whole number",
        Kind::Amount => "number",
    }
}

fn empty(column: &Column, has_mark: bool) -> String {
    match column.empty {
        Some(when) => cell(when),
        None if has_mark && column.kind != Kind::Text => "as `mark` says".to_owned(),
        None => String::new(),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
