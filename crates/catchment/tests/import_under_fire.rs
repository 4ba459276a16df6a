//! Imports that are killed, run twice at once, or meet a disk that refuses: the previous evidence stands.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use evidence::{Evidence, Manifest, Store};
use stats::random::{Key, Stream};

const KILLS: u32 = 200;

fn catchment(store: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.arg("--store").arg(store).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(store: &Path, arguments: &[&str]) -> Output {
    catchment(store, arguments).output().unwrap()
}

/// The invented place in a folder, and two halves of it: lists, and appointments.
fn place(folder: &Path) -> (PathBuf, PathBuf) {
    let files = folder.join("files");
    let output = run(&folder.join("unused"), &["synth", files.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    (files.join("gp-registered"), files.join("appointments"))
}

fn wait_at_most(child: &mut Child, patience: Duration) -> bool {
    let begin = Instant::now();
    while begin.elapsed() < patience {
        if child.try_wait().unwrap().is_some() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

fn whole(store: &Store) -> Manifest {
    let manifest = store.manifest().unwrap();
    assert_eq!(store.verify().unwrap(), [], "a table file is not as it was written");
    let evidence = Evidence::open(store).unwrap();
    for period in evidence.periods("list_size") {
        assert!(evidence.frame("list_size", period).unwrap().rows() > 0);
    }
    manifest
}

#[test]
fn two_hundred_kills_leave_the_old_evidence_or_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let (lists, appointments) = place(folder.path());
    let root = folder.path().join("store");
    let store = Store::at(&root);
    assert!(run(&root, &["import", lists.to_str().unwrap()]).status.success());
    let old = whole(&store);
    let clean = folder.path().join("clean");
    let begin = Instant::now();
    assert!(run(&clean, &["import", appointments.to_str().unwrap()]).status.success());
    let usual = begin.elapsed();
    let mut delays = Stream::new(Key { seed: 2025, decision: 1, unit: 0, time: 0 });
    let (mut kept, mut landed) = (0, 0);
    for kill in 0..KILLS {
        // Waiting takes a processor from the import, so it takes up to twice as long as it did alone.
        let patience = usual.mul_f64(delays.uniform() * 2.2);
        let mut child =
            catchment(&root, &["import", appointments.to_str().unwrap()]).spawn().unwrap();
        let ended = wait_at_most(&mut child, patience);
        let _ = child.kill();
        child.wait().unwrap();
        let now = whole(&store);
        if now.generation == old.generation {
            assert_eq!(now, old, "kill {kill}: the old evidence changed");
            assert!(!ended, "kill {kill}: an import ended and its evidence is not there");
            kept += 1;
        } else {
            assert_eq!(now.generation, old.generation + 1, "kill {kill}");
            assert!(now.releases.len() > old.releases.len(), "kill {kill}");
            landed += 1;
            std::fs::remove_dir_all(&root).unwrap();
            assert!(run(&root, &["import", lists.to_str().unwrap()]).status.success());
        }
    }
    println!("{KILLS} kills: {kept} left the old evidence, {landed} the new");
    assert!(kept > 0 && landed > 0, "the kills did not fall on both sides of the import");
}

#[test]
fn a_second_import_refuses_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let (lists, _) = place(folder.path());
    let root = folder.path().join("store");
    let staging = Store::at(&root).begin(false).unwrap();
    let refusal = run(&root, &["import", lists.to_str().unwrap()]);
    let words = String::from_utf8_lossy(&refusal.stderr).into_owned();
    assert_eq!(refusal.status.code(), Some(4), "{words}");
    assert!(words.contains("another import is running"), "{words}");
    drop(staging);
    assert!(run(&root, &["import", lists.to_str().unwrap()]).status.success());
}

#[test]
fn a_disk_that_refuses_leaves_the_old_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let (lists, appointments) = place(folder.path());
    let root = folder.path().join("store");
    assert!(run(&root, &["import", lists.to_str().unwrap()]).status.success());
    let old = whole(&Store::at(&root));
    // No file may grow past 16 blocks of 512 bytes: the same refusal as of a disk without room.
    let line = format!(
        "trap '' XFSZ; ulimit -f 16; exec '{}' --store '{}' import '{}'",
        env!("CARGO_BIN_EXE_catchment"),
        root.display(),
        appointments.display()
    );
    let output = Command::new("sh").args(["-c", &line]).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{words}");
    assert!(words.contains("The previous evidence is untouched"), "{words}");
    assert_eq!(whole(&Store::at(&root)), old);
}

#[test]
fn a_store_that_cannot_be_made_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    let output = run(&file.join("store"), &["import", folder.path().to_str().unwrap()]);
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{words}");
    assert!(words.contains("store"), "{words}");
}
