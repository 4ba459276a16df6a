//! Questions in SQL over a store on disk.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use evidence::{Cell, Origin, Release, Store, Verdict, tables};

fn import(store: &Store, id: &str, edition: &str, rows: &[(&str, &str, f64)]) {
    let staging = store.begin(false).unwrap();
    let mut writer = staging.release(0);
    for (practice, sex, patients) in rows {
        let cells = [
            Cell::Text(practice),
            Cell::Text(sex),
            Cell::Number(0.0),
            Cell::Number(1.0),
            Cell::Number(*patients),
        ];
        let period = "2025-11-01".parse().unwrap();
        writer.push(&tables::REGISTERED_SINGLE_AGE, period, &cells).unwrap();
    }
    let parts = staging.settle(writer).unwrap();
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
