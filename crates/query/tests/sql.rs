//! Questions in SQL over a store on disk.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;

use evidence::{Cell, Origin, Release, Store, Verdict, tables};
use proptest::prelude::*;

fn import(store: &Store, id: &str, edition: &str, rows: &[(&str, &str, f64)]) {
    let rows: Vec<_> = rows
        .iter()
        .map(|(practice, sex, patients)| {
            ("2025-11-01", (*practice).to_owned(), (*sex).to_owned(), *patients)
        })
        .collect();
    import_periods(store, id, edition, &rows);
}

/// Rows of a release: period, practice, sex and patients.
type Rows = Vec<(&'static str, String, String, f64)>;

fn import_periods(store: &Store, id: &str, edition: &str, rows: &Rows) {
    let staging = store.begin(false).unwrap();
    let mut writer = staging.release(0);
    for (period, practice, sex, patients) in rows {
        let cells = [
            Cell::from(practice.as_str()),
            Cell::from(sex.as_str()),
            Cell::Number(0.0),
            Cell::Number(1.0),
            Cell::Number(*patients),
        ];
        writer.push(&tables::REGISTERED_SINGLE_AGE, period.parse().unwrap(), &cells).unwrap();
    }
    let parts = staging.settle(staging.close(writer).unwrap()).unwrap();
    let release = Release {
        id: id.to_owned(),
        source: "patients_registered_ages".to_owned(),
        edition: edition.to_owned(),
        origin: Origin { sha256: id.to_owned(), ..Origin::default() },
        verdict: Verdict::Accepted,
        rows_read: 0,
        rows_kept: 0,
        left_out: Vec::new(),
        remarks: Vec::new(),
        checks: Vec::new(),
        problems: 0,
        parts,
    };
    staging.commit(vec![release], "").unwrap();
}

fn total(store: &Store) -> String {
    let question = "select sum(patients) as patients from registered_single_age";
    query::ask(store, question).unwrap().as_json().unwrap()
}

#[test]
fn one_release_is_asked_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    import(&store, "one", "2025-11-01", &[("A81001", "male", 10.0), ("A81001", "female", 12.0)]);
    assert_eq!(total(&store).trim(), r#"[{"patients":22}]"#);
}

#[test]
fn a_later_edition_replaces_the_keys_that_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    import(&store, "one", "2025-11-01", &[("A81001", "male", 10.0), ("A81001", "female", 12.0)]);
    import(&store, "two", "2025-12-01", &[("A81001", "male", 100.0)]);
    assert_eq!(total(&store).trim(), r#"[{"patients":112}]"#);
}

#[test]
fn what_is_not_there_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    import(&store, "one", "2025-11-01", &[("A81001", "male", 10.0)]);
    let refusal = query::ask(&store, "select * from nothing").err().unwrap().to_string();
    assert!(refusal.contains("nothing"), "{refusal}");
}

/// The rows that an answer holds, in order.
type Answered = Vec<(String, String, String, i64)>;

/// The rule itself, written out: of each period and key all rows of the last release that holds it.
fn by_the_rule(releases: &[Rows]) -> Answered {
    let mut standing: BTreeMap<(&str, &str, &str), (usize, Vec<f64>)> = BTreeMap::new();
    for (number, rows) in releases.iter().enumerate() {
        for (period, practice, sex, patients) in rows {
            let kept = standing.entry((period, practice, sex)).or_default();
            if kept.0 != number {
                *kept = (number, Vec::new());
            }
            kept.1.push(*patients);
        }
    }
    let mut all = Vec::new();
    for ((period, practice, sex), (_, patients)) in standing {
        let row = |one| (period.to_owned(), practice.to_owned(), sex.to_owned(), one as i64);
        all.extend(patients.into_iter().map(row));
    }
    all.sort();
    all
}

/// Every row that SQL finds in force; an empty cell reads as an empty word.
fn by_sql(store: &Store) -> Answered {
    let question = "select period, practice, sex, patients from registered_single_age";
    let answer = query::ask(store, question).unwrap().as_json().unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&answer).unwrap();
    let word = |row: &serde_json::Value, name: &str| {
        row.get(name).and_then(|one| one.as_str()).unwrap_or_default().to_owned()
    };
    let mut all: Vec<_> = rows
        .iter()
        .map(|row| {
            let patients = row.get("patients").and_then(serde_json::Value::as_i64).unwrap();
            (word(row, "period"), word(row, "practice"), word(row, "sex"), patients)
        })
        .collect();
    all.sort();
    all
}

fn rows() -> impl Strategy<Value = Rows> {
    let period = prop_oneof![Just("2025-10-01"), Just("2025-11-01"), Just("2025-12-01")];
    let practice = prop_oneof![Just("A81001"), Just("A81002"), Just("A81003"), Just("")];
    let sex = prop_oneof![Just("female"), Just("male"), Just("")];
    let row = (period, practice, sex, 0..50_i32).prop_map(|(period, practice, sex, patients)| {
        (period, practice.to_owned(), sex.to_owned(), f64::from(patients))
    });
    prop::collection::vec(row, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_in_force_is_what_the_rule_says(releases in prop::collection::vec(rows(), 1..4)) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        for (number, rows) in releases.iter().enumerate() {
            import_periods(&store, &number.to_string(), &format!("2026-0{}-01", number + 1), rows);
        }
        prop_assert_eq!(by_sql(&store), by_the_rule(&releases));
    }
}

/// Two editions of one table of so many practices, and the seconds that counting them takes.
fn seconds_to_count(practices: usize) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    for edition in ["2025-11-01", "2025-12-01"] {
        let rows: Rows = (0..practices)
            .map(|number| ("2025-11-01", format!("P{number:06}"), "male".to_owned(), 1.0))
            .collect();
        import_periods(&store, edition, edition, &rows);
    }
    let before = std::time::Instant::now();
    let answer = query::ask(&store, "select count(*) as rows from registered_single_age").unwrap();
    assert_eq!(answer.as_json().unwrap().trim(), format!(r#"[{{"rows":{practices}}}]"#));
    before.elapsed().as_secs_f64()
}

/// Each key of two editions counts once; the seconds are printed, and a join of the editions would never end here.
#[test]
fn two_editions_of_a_large_table_are_counted_once() {
    for practices in [10_000, 40_000, 160_000] {
        let seconds = seconds_to_count(practices);
        println!("{practices} practices in two editions: {seconds:.2} seconds");
    }
}

#[test]
fn what_is_no_question_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    import(&store, "one", "2025", &[("A81001", "female", 10.0)]);
    for order in [
        "drop table practice",
        "insert into registered_single_age select * from registered_single_age",
        "create table mine as select 1 as one",
        "set datafusion.execution.batch_size = 1",
    ] {
        let refused = query::ask(&store, order).err().map(|error| error.to_string());
        assert!(
            refused.as_deref().is_some_and(|words| words.contains("only questions")),
            "{order}: {refused:?}"
        );
    }
    for question in [
        "show tables",
        "describe practice",
        "explain select 1",
        "with a as (select 1 as one) select one from a",
    ] {
        assert!(query::ask(&store, question).is_ok(), "{question}");
    }
}
