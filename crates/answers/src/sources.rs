//! Sources and data quality: every release with its verdict, what joined and what did not, how complete the
//! recording of appointments is.

use evidence::{JoinReport, Release, Verdict, tables};
use kit::number::{capitalise, counted, plain};
use kit::{Caption, Cell, Column, Exhibit, Row, Style, Table};
use serde::Serialize;
use vocab::{Level, Period};

use crate::context::Context;
use crate::origin::{origin_of_table, publication, sources_of_table};
use crate::overview;
use crate::refusal::Refusal;

/// What was read, and how well it fits together.
#[derive(Debug, Serialize)]
pub struct Told {
    /// How many files were read, and what became of them.
    pub lead: String,
    /// Files, joins and, where it is known, the recording of appointments.
    #[serde(skip)]
    pub exhibits: Vec<Exhibit>,
}

/// What was read.
///
/// # Errors
/// When the evidence cannot be read.
pub fn of(context: &Context) -> Result<Told, Refusal> {
    let lead = lead(&context.evidence().manifest().releases);
    Ok(Told { lead, exhibits: exhibits(context)? })
}

/// The tables alone.
///
/// # Errors
/// When the evidence cannot be read.
pub fn exhibits(context: &Context) -> Result<Vec<Exhibit>, Refusal> {
    let mut exhibits = vec![releases(context), joins(context, &context.study().joins()?)];
    exhibits.extend(recording(context)?);
    Ok(exhibits)
}

/// The releases in a sentence.
fn lead(releases: &[Release]) -> String {
    let count =
        |wanted: Verdict| releases.iter().filter(|release| release.verdict == wanted).count();
    format!(
        "{} were read: {} accepted, {} accepted with remarks, {} refused, {} not recognised.",
        capitalise(&counted(releases.len(), "file", "files")),
        count(Verdict::Accepted),
        count(Verdict::AcceptedWithRemarks),
        count(Verdict::Refused),
        count(Verdict::NotRecognised)
    )
}

fn caption(context: &Context, id: &str, title: &str, description: &str) -> Caption {
    Caption {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        source: "the store’s manifest".to_owned(),
        run: context.run().to_owned(),
    }
}

/// Every release with its verdict.
fn releases(context: &Context) -> Exhibit {
    let rows = context.evidence().manifest().releases.iter().map(|release| {
        let failed = release.checks.iter().filter(|check| !check.passed).count();
        let file = release.origin.file.rsplit(['/', '!']).next().unwrap_or_default();
        Row::new(vec![
            Cell::link(capitalise(&publication(release)), format!("/release/{}", release.id)),
            Cell::text(release.dated()),
            Cell::text(file),
            Cell::text(capitalise(release.verdict.in_words())),
            Cell::value(release.rows_kept as f64),
            Cell::value(release.problems as f64),
            Cell::value(failed as f64),
            Cell::value(release.remarks.len() as f64),
        ])
    });
    let count = |heading: &str, key: &str| Column::number(heading, key, Style::count(""));
    let table = Table {
        caption: caption(
            context,
            "releases",
            "Every file that was read, and what became of it",
            "Releases with verdicts.",
        ),
        columns: vec![
            Column::text("Publication", "publication"),
            Column::text("Edition", "edition"),
            Column::text("File", "file"),
            Column::text("Verdict", "verdict"),
            count("Rows kept", "rows_kept"),
            count("Problems", "problems"),
            count("Checks failed", "checks_failed"),
            count("Remarks", "remarks"),
        ],
        rows: rows.collect(),
        notes: Vec::new(),
    };
    Exhibit::table(
        "releases",
        "Files",
        "Open a publication for its fingerprint, checks, remarks and the rows that were left out.",
        table,
    )
}

/// What joined and what did not.
fn joins(context: &Context, reports: &[JoinReport]) -> Exhibit {
    let rows = reports.iter().map(|report| {
        let only_in_table: usize = report.only_in_table.values().map(Vec::len).sum();
        let reasons: Vec<String> = report
            .only_in_table
            .iter()
            .map(|(reason, codes)| format!("{} {reason}", plain(codes.len() as f64, 0)))
            .collect();
        let covered = (report.patients > 0.0).then(|| report.patients_covered / report.patients);
        Row::new(vec![
            Cell::text(capitalise(&report.table.replace('_', " "))),
            Cell::text(report.period.in_words()),
            Cell::value(report.matched as f64),
            Cell::maybe(covered),
            Cell::value(report.only_in_list.len() as f64),
            Cell::value(only_in_table as f64),
            Cell::text(reasons.join("; ")),
        ])
    });
    let count = |heading: &str, key: &str| Column::number(heading, key, Style::count("practices"));
    let table = Table {
        caption: caption(context, "joins", "Practices that join to the list of registered patients, and those that do not", "Join reports."),
        columns: vec![
            Column::text("Table", "table"),
            Column::text("Period", "period"),
            count("Practices in both", "practices_in_both"),
            Column::number("Patients covered", "patients_covered_share", Style::percentage(1, "")),
            count("Only in the list", "only_in_list"),
            count("Only in the table", "only_in_table"),
            Column::text("Why", "why_only_in_table"),
        ],
        rows: rows.collect(),
        notes: vec!["Each table is compared with the list of registered patients nearest to it in time. A practice in one only is counted here and in no comparison.".to_owned()],
    };
    Exhibit::table(
        "joins",
        "What joins and what does not",
        "No figure is dropped in silence: whatever does not join is counted here.",
        table,
    )
}

/// How much of the recording of appointments is complete, for the home place.
fn recording(context: &Context) -> Result<Option<Exhibit>, Refusal> {
    let Some(period) = context.evidence().periods("coverage").last().copied() else {
        return Ok(None);
    };
    let title = format!("Coverage of the appointment data, {}", period.in_words());
    let about = "Practices and patients that the appointment data cover.";
    let caption = Caption {
        source: sources_of_table(context, "coverage", period),
        ..caption(context, "recording", &title, about)
    };
    let count = |heading: &str, key: &str| Column::number(heading, key, Style::count("practices"));
    let table = Table {
        caption,
        columns: vec![
            Column::text("Sub-ICB location", "sub_icb_name"),
            Column::text("Code", "sub_icb"),
            count("Practices included", "practices_included"),
            count("Practices open", "practices_open"),
            Column::number("Patients covered", "patients_covered_share", Style::percentage(1, "")),
        ],
        rows: covered(context, period)?,
        notes: vec!["Appointments recorded by networks and hubs are mostly not in the data, so low figures may be a matter of recording.".to_owned()],
    };
    let heading = "How well appointments are recorded";
    let reading =
        "Before a ranking of appointments is believed, see how much of the place it covers.";
    let exhibit = Exhibit::table("recording", heading, reading, table);
    Ok(Some(exhibit.origin(Some(origin_of_table("coverage", period)))))
}

/// Practices and patients that the appointment data cover, by sub-ICB location in order of code.
fn covered(context: &Context, period: Period) -> Result<Vec<Row>, Refusal> {
    let frame = context.evidence().frame("coverage", period)?;
    let known = context.known()?;
    let home = overview::sub_icbs(context, context.home())?;
    let covered = tables::coverage::Columns::of(&frame);
    let code = |row: usize| covered.sub_icb.get(row).unwrap_or_default();
    let number =
        |values: &[f64], row: usize| values.get(row).copied().filter(|value| value.is_finite());
    let mut held: Vec<usize> = (0..frame.rows()).filter(|row| home.contains(code(*row))).collect();
    held.sort_by_key(|row| code(*row));
    let cells = |row: usize| {
        let included = number(covered.patients_included, row);
        let patients = included.zip(number(covered.patients_open, row));
        let patients = patients.filter(|(_, open)| *open > 0.0);
        Row::new(vec![
            Cell::text(known.name_of(Level::SubIcb, code(row))),
            Cell::text(code(row)),
            Cell::maybe(number(covered.practices_included, row)),
            Cell::maybe(number(covered.practices_open, row)),
            Cell::maybe(patients.map(|(included, open)| included / open)),
        ])
    };
    Ok(held.into_iter().map(cells).collect())
}

#[cfg(test)]
mod tests {
    use evidence::tables::{affiliation, boundary, coverage, location};
    use evidence::{Evidence, Given};
    use indicators::Library;
    use study::Study;

    use super::*;

    const RINGS: &str = "[[[[-1.2,52.0],[-1.0,52.0],[-1.0,53.0],[-1.2,53.0],[-1.2,52.0]]]]";

    /// A practice in a council, and how well the appointment data cover its sub-ICB location and another.
    fn evidence() -> Evidence {
        let practice = affiliation::Row {
            practice: "X00001".into(),
            name: "A".into(),
            postcode: "HB1 1AA".into(),
            sub_icb: "01X".into(),
            sub_icb_name: "NORTH".into(),
            icb: "QXX".into(),
            icb_name: "BOARD".into(),
            region: "Y99".into(),
            region_name: "COAST".into(),
            ..Default::default()
        };
        let place = location::Row {
            organisation: "X00001".into(),
            kind: "practice".into(),
            name: "A".into(),
            postcode: "HB1 1AA".into(),
            latitude: 52.6.into(),
            longitude: (-1.1).into(),
        };
        let council = boundary::Row {
            area: "E06000001".into(),
            kind: "local_authority".into(),
            name: "Harbour".into(),
            rings: RINGS.into(),
        };
        let covered = [("02X", 6.0), ("01X", 3.0)].map(|(code, practices)| coverage::Row {
            sub_icb: code.into(),
            practices_included: practices.into(),
            practices_open: 6.0.into(),
            patients_included: (900.0 * practices).into(),
            patients_open: 5_400.0.into(),
        });
        let day = "2025-11-01".parse().expect("a day");
        Given::default()
            .with(day, [practice])
            .with(day, [place])
            .with(day, [council])
            .with("2025-10".parse().expect("a month"), covered)
            .evidence()
    }

    #[test]
    fn a_council_is_covered_as_the_sub_icb_locations_of_its_practices_are() {
        let study = Study::new(evidence(), Library::built_in().expect("sound"), Vec::new());
        let context = Context::new(study, "E06000001", Vec::new(), "Catchment").expect("a place");
        let exhibit = recording(&context).expect("readable").expect("a table of coverage");
        let rows = exhibit.to_table().rows;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].cells[1], Cell::text("01X"));
        assert_eq!(rows[0].cells[4], Cell::value(0.5));
    }
}
