//! The store, on a real disk and in memory.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use evidence::{Cell, Evidence, Memory, Origin, Release, Store, StoreError, Verdict, tables};
use vocab::Period;

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// Two datasets print lists; what a file is called says which it is.
fn release(id: &str, edition: &str, parts: Vec<evidence::Part>) -> Release {
    let source =
        if id.starts_with("ages") { "patients_registered_ages" } else { "patients_registered" };
    Release {
        id: id.to_owned(),
        source: source.to_owned(),
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
    }
}

fn import(store: &Store, id: &str, edition: &str, lists: &[(&str, f64)]) {
    let staging = store.begin(false).unwrap();
    let mut rows = staging.release(0);
    for (practice, patients) in lists {
        let cells = [Cell::Text(practice), Cell::Empty, Cell::Number(*patients)];
        rows.push(&tables::LIST_SIZE, period("2025-11-01"), &cells).unwrap();
    }
    let parts = staging.settle(staging.close(rows).unwrap()).unwrap();
    staging.commit(vec![release(id, edition, parts)], "").unwrap();
}

/// What is true of a store wherever it lies.
fn everywhere(statement: impl Fn(&Store)) {
    let folder = tempfile::tempdir().unwrap();
    statement(&Store::at(folder.path()));
    statement(&Store::on(Memory::default()));
}

#[test]
fn rows_of_no_period_are_an_error_and_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    import(&store, "a", "2025-11-01", &[("A81001", 100.0)]);
    let path = store.root().join("manifests").join(store.current().unwrap());
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"period\": \"2025-11-01\"", "\"period\": \"soon\""))
        .unwrap();
    let error = Evidence::open(&store).unwrap_err().to_string();
    assert!(error.contains("`soon` of tables/list_size/2025-11-01/"), "{error}");
}

fn lists(store: &Store) -> Vec<(String, f64)> {
    let evidence = Evidence::open(store).unwrap();
    let frame = evidence.frame("list_size", period("2025-11-01")).unwrap();
    let (practice, patients) = (frame.text("practice").unwrap(), frame.number("patients").unwrap());
    let mut rows: Vec<_> = (0..frame.rows())
        .map(|row| (practice.get(row).unwrap().to_owned(), patients[row]))
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

#[test]
fn rows_come_back_as_they_were_written() {
    everywhere(|store| {
        import(store, "one", "2025-11-01", &[("A81001", 4_000.0), ("A81002", 0.0)]);
        assert_eq!(lists(store), [("A81001".to_owned(), 4_000.0), ("A81002".to_owned(), 0.0)]);
        assert!(store.verify().unwrap().is_empty());
    });
}

#[test]
fn a_later_edition_replaces_only_the_practices_it_holds() {
    everywhere(|store| {
        import(store, "late", "2025-12-01", &[("A81001", 5_000.0)]);
        import(store, "early", "2025-11-01", &[("A81001", 4_000.0), ("A81002", 3_000.0)]);
        assert_eq!(lists(store), [("A81001".to_owned(), 5_000.0), ("A81002".to_owned(), 3_000.0)]);
    });
}

#[test]
fn of_one_edition_the_dataset_that_says_more_stands_whichever_came_first() {
    let (full, short) = ([("A81001", 5_000.0), ("A81002", 3_000.0)], [("A81001", 4_000.0)]);
    for order in [["full", "ages"], ["ages", "full"]] {
        everywhere(|store| {
            for id in order {
                let rows = if id == "full" { &full[..] } else { &short[..] };
                import(store, id, "2025-11-01", rows);
            }
            assert_eq!(lists(store), full.map(|(practice, size)| (practice.to_owned(), size)));
        });
    }
}

#[test]
fn of_two_files_of_one_dataset_and_edition_the_one_imported_later_stands() {
    everywhere(|store| {
        import(store, "first", "2025-11-01", &[("A81001", 5_000.0), ("A81002", 3_000.0)]);
        import(store, "corrected", "2025-11-01", &[("A81001", 4_000.0)]);
        assert_eq!(lists(store), [("A81001".to_owned(), 4_000.0), ("A81002".to_owned(), 3_000.0)]);
    });
}

#[test]
fn a_second_import_is_refused_while_the_first_runs() {
    everywhere(|store| {
        let first = store.begin(false).unwrap();
        let refusal = store.begin(false).unwrap_err();
        assert!(matches!(refusal, StoreError::Busy { .. }), "{refusal}");
        assert!(refusal.to_string().contains(&std::process::id().to_string()), "{refusal}");
        drop(first);
        store.begin(false).unwrap();
    });
}

#[test]
fn an_import_given_up_leaves_the_previous_evidence() {
    everywhere(|store| {
        import(store, "one", "2025-11-01", &[("A81001", 4_000.0)]);
        let staging = store.begin(false).unwrap();
        let mut rows = staging.release(0);
        rows.push(
            &tables::LIST_SIZE,
            period("2025-11-01"),
            &[Cell::Text("A81009"), Cell::Empty, Cell::Number(1.0)],
        )
        .unwrap();
        staging.settle(staging.close(rows).unwrap()).unwrap();
        drop(staging);
        assert_eq!(lists(store), [("A81001".to_owned(), 4_000.0)]);
    });
}

#[test]
fn a_changed_byte_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    import(&store, "one", "2025-11-01", &[("A81001", 4_000.0)]);
    let part = store.manifest().unwrap().releases[0].parts[0].path.clone();
    let path = folder.path().join(part);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[100] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(store.verify().unwrap().len(), 1);
}
