//! England told from past years, beside what came.

use std::collections::BTreeSet;

use models::hindcast::{Held, Kind, held, within};
use vocab::Period;

use kit::answer::Exhibit;
use kit::caption::Caption;
use kit::number::{Style, capitalise};
use kit::table::{Cell, Column, Row, Table};

/// What stands below the table.
const NOTES: [&str; 3] = [
    "The outlook of today run from England’s published figures of past months; its parameters know some of the years that they tell. Rows of one start are not independent of each other: one year that was missed is missed in the rows after it.",
    "The pandemic is in no parameter. Appointments of the years to March 2020 and March 2021 stand as they were; those of 2018 to January 2022 are estimates without vaccinations against Covid-19.",
    "All appointments grew faster than is told because many more nurses, pharmacists and others were employed and because more is recorded: the outlook tells what is needed, not who will be there to give it. How appointments beside those with GPs were parted between nurses and others before 2022 is an assumption.",
];

/// England’s GPs, lists and appointments told from past years beside those that came.
pub(super) fn hindcast(caption: Caption) -> Exhibit {
    let mut notes = vec![format!("Within the range of eight draws in ten: {}.", by_kind())];
    notes.extend(NOTES.map(str::to_owned));
    let table =
        Table { caption, columns: columns(), rows: held().iter().map(line).collect(), notes };
    Exhibit::table(
        "hindcast",
        "England’s GPs, lists and appointments, told from the past",
        "What the model says of years that have been.",
        table,
    )
    .detail()
}

/// How many of each kind lie in the range, and how many were told too low: `17 of 23 of fully qualified GPs (too low in 20; 9 figures from 3
/// starts); …`.
pub(super) fn by_kind() -> String {
    let of_kind = |kind: Kind| {
        let (inside, all) = within(kind);
        let rows = || held().iter().filter(|one| one.kind == kind);
        let low = rows().filter(|one| one.told.mean < one.happened).count();
        let figures: BTreeSet<_> = rows().map(|one| one.month).collect();
        let starts: BTreeSet<_> = rows().map(|one| one.from).collect();
        format!(
            "{inside} of {all} of {} (the middle too low in {low}; {} months told from {} starts)",
            kind.in_words(),
            figures.len(),
            starts.len()
        )
    };
    Kind::ALL.map(of_kind).join("; ")
}

/// How many of them are one of the table, and the word for that.
const fn unit(kind: Kind) -> (f64, &'static str) {
    match kind {
        Kind::Gps => (1.0, "full-time GPs"),
        Kind::Lists => (1e3, "thousand people"),
        Kind::WithGps | Kind::Appointments => (1e3, "thousand appointments"),
    }
}

fn line(one: &Held) -> Row {
    let month = |month| Cell::text(capitalise(&Period::Month(month).in_words()));
    let (of, unit) = unit(one.kind);
    let told = one.told;
    let mut row = vec![Cell::text(capitalise(one.kind.in_words())), Cell::text(unit)];
    row.extend([month(one.from), month(one.month)]);
    row.extend(
        [told.mean, told.p10, told.p90, one.happened].map(|figure| Cell::value(figure / of)),
    );
    row.push(Cell::text(if one.is_within() { "within" } else { "outside" }));
    Row::new(row)
}

fn columns() -> Vec<Column> {
    let count = |heading: &str, key: &str| Column::number(heading, key, Style::count(""));
    vec![
        Column::text("What", "what"),
        Column::text("In", "unit"),
        Column::text("From", "from"),
        Column::text("To", "to"),
        count("Told", "told"),
        count("1 in 10 below", "p10"),
        count("1 in 10 above", "p90"),
        count("Happened", "happened"),
        Column::text("In the range", "in_range"),
    ]
}
