//! `cargo xtask new` on a copy of the few files that it touches.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The lists, and the folders of what stands in them.
const LISTS: [(&str, &str); 4] = [
    ("crates/indicators/src/library.rs", "indicators/access"),
    ("crates/sources/src/registry.rs", "crates/sources/src/registry"),
    ("crates/answers/src/questions.rs", "crates/answers/src/questions"),
    ("crates/options/src/interventions.rs", "crates/options/src/interventions"),
];

/// A copy of the lists, with empty folders.
struct Copy(PathBuf);

impl Copy {
    fn of(test: &str) -> Self {
        let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("new").join(test);
        let _ = fs::remove_dir_all(&copy);
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for (list, folder) in LISTS {
            fs::create_dir_all(copy.join(list).parent().unwrap()).unwrap();
            fs::create_dir_all(copy.join(folder)).unwrap();
            fs::copy(project.join(list), copy.join(list)).unwrap();
        }
        Self(copy)
    }

    /// Whether the command ended well, and what it said.
    fn run(&self, kind: &str, name: &str) -> (bool, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        let output = command.args(["new", kind, name, "--in"]).arg(&self.0).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(said).unwrap())
    }

    fn begun(&self, kind: &str, name: &str) -> String {
        let (is_well, said) = self.run(kind, name);
        assert!(is_well, "{said}");
        said
    }

    fn refused(&self, kind: &str, name: &str) -> String {
        let before = self.files();
        let (is_well, said) = self.run(kind, name);
        assert!(!is_well, "{said}");
        assert_eq!(before, self.files(), "what is refused writes nothing");
        said
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    fn files(&self) -> Vec<(PathBuf, String)> {
        let mut folders = vec![self.0.clone()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), fs::read_to_string(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    /// The line before and the line behind a name in a list.
    fn neighbours(&self, list: &str, line: &str) -> (String, String) {
        let text = self.read(list);
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|known| *known == line).unwrap();
        (lines[at - 1].trim().to_owned(), lines[at + 1].trim().to_owned())
    }
}

#[test]
fn an_indicator_is_a_file_and_a_line_in_its_place() {
    let copy = Copy::of("indicator");
    let said = copy.begun("indicator", "access/calls_at_night");
    assert!(said.contains("written: indicators/access/calls_at_night.toml"), "{said}");
    let list = "crates/indicators/src/library.rs";
    let neighbours = copy.neighbours(list, "        calls_at_night");
    assert_eq!(neighbours, ("calls_answered".to_owned(), "calls_missed".to_owned()));
    let file = copy.read("indicators/access/calls_at_night.toml");
    assert!(file.contains("[[example]]") && file.contains("mark = \"TO BE WRITTEN"), "{file}");
}

#[test]
fn a_source_a_page_and_an_intervention_stand_last_in_their_lists() {
    let copy = Copy::of("last");
    for (kind, (list, folder)) in ["source", "page", "intervention"].into_iter().zip(&LISTS[1..]) {
        let said = copy.begun(kind, "night_visits");
        assert!(said.contains(&format!("written: {folder}/night_visits.rs")), "{said}");
        assert_eq!(copy.neighbours(list, "    night_visits,").1, "}", "{list}");
        let file = copy.read(&format!("{folder}/night_visits.rs"));
        assert!(file.contains("\"night_visits\"") && !file.contains("NAME"), "{file}");
    }
    let file = copy.read("crates/options/src/interventions/night_visits.rs");
    assert!(file.contains("impl Intervention for NightVisits"), "{file}");
}

#[test]
fn the_test_of_a_skeleton_expects_what_is_not_yet_written() {
    let copy = Copy::of("unwritten");
    for (kind, (_, folder)) in ["source", "page", "intervention"].into_iter().zip(&LISTS[1..]) {
        copy.begun(kind, "night_visits");
        let file = copy.read(&format!("{folder}/night_visits.rs"));
        let tests = file.split("#[cfg(test)]").nth(1).unwrap();
        assert!(tests.contains("assert_eq!") && tests.contains("TO BE WRITTEN"), "{kind}: {tests}");
    }
}

#[test]
fn everything_but_the_line_stays_as_it_was() {
    let copy = Copy::of("rest");
    for (kind, name, (list, _)) in [
        ("indicator", "access/night_visits", LISTS[0]),
        ("source", "night_visits", LISTS[1]),
        ("page", "night_visits", LISTS[2]),
        ("intervention", "night_visits", LISTS[3]),
    ] {
        let before = copy.read(list);
        copy.begun(kind, name);
        let after = copy.read(list);
        let others: Vec<&str> =
            after.lines().filter(|line| !line.contains("night_visits")).collect();
        assert_eq!(others, before.lines().collect::<Vec<_>>(), "{list}");
        assert_eq!(after.lines().count(), before.lines().count() + 1, "{list}");
    }
}

#[test]
fn what_is_there_is_refused() {
    let copy = Copy::of("twice");
    for (kind, name) in [("indicator", "care/night_visits"), ("source", "night_visits")] {
        fs::create_dir_all(copy.0.join("indicators/care")).unwrap();
        copy.begun(kind, name);
        assert!(copy.refused(kind, name).contains("is there already"), "{kind}");
    }
    let elsewhere = copy.refused("indicator", "access/night_visits");
    assert!(elsewhere.contains("has a line `night_visits` already"), "{elsewhere}");
    let known = copy.refused("intervention", "health_checks");
    assert!(known.contains("has a line `health_checks,` already"), "{known}");
}

#[test]
fn a_name_is_snake_case_and_no_word_of_rust() {
    let copy = Copy::of("names");
    for name in
        ["NightVisits", "night-visits", "2_nights", "night__visits", "night_", "", "a/b", ".."]
    {
        let said = copy.refused("source", name);
        assert!(said.contains("expected small letters and digits joined by `_`"), "{said}");
    }
    assert!(copy.refused("page", "move").contains("is a word of Rust"));
    let said = copy.refused("indicator", "night_visits");
    assert!(said.contains("names no theme") && said.contains("access/calls_answered"), "{said}");
}

#[test]
fn a_kind_that_is_not_offered_is_refused_by_name() {
    let said = Copy::of("kinds").refused("table", "night_visits");
    assert!(said.contains("expected one of indicator, source, page, intervention"), "{said}");
}

#[test]
fn a_tree_without_the_list_is_refused_with_what_was_looked_for() {
    let copy = Copy::of("lists");
    let list = copy.0.join("crates/sources/src/registry.rs");
    fs::write(&list, copy.read("crates/sources/src/registry.rs").replace("sources! {", "all! {"))
        .unwrap();
    let said = copy.refused("source", "night_visits");
    let wanted =
        "crates/sources/src/registry.rs: looked for the line `sources! {` and the line `}`";
    assert!(said.contains(wanted), "{said}");
    let said = copy.refused("indicator", "weather/rain");
    assert!(said.contains("no folder for indicators/weather/rain.toml"), "{said}");
    fs::remove_file(list).unwrap();
    let said = copy.refused("source", "night_visits");
    assert!(said.contains("crates/sources/src/registry.rs"), "{said}");
}
