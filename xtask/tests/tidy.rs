//! What must hold of the project as a whole. Each test names the offender.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The crates, lowest first: a crate uses only those above it in this list.
const LAYERS: [&str; 18] = [
    "vocab",
    "stats",
    "space",
    "kit",
    "evidence",
    "sources",
    "synth",
    "indicators",
    "models",
    "options",
    "study",
    "claims",
    "answers",
    "query",
    "calc",
    "web",
    "terminal",
    "catchment",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | ".git" | "dist") {
            files(&path, ending, found);
        } else if name.ends_with(ending) {
            found.push(path);
        }
    }
}

fn rust_files() -> Vec<(String, String)> {
    let mut paths = Vec::new();
    for folder in ["crates", "xtask"] {
        files(&root().join(folder), ".rs", &mut paths);
    }
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path.strip_prefix(root()).unwrap().display().to_string(), text)
        })
        .collect()
}

/// The lines before the tests of a file.
fn production(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take_while(|line| line.trim() != "#[cfg(test)]")
}

#[test]
fn a_crate_uses_only_the_crates_above_it() {
    for (place, layer) in LAYERS.iter().enumerate() {
        let manifest =
            fs::read_to_string(root().join("crates").join(layer).join("Cargo.toml")).unwrap();
        let uses = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let uses = uses.split("[dev-dependencies]").next().unwrap_or_default();
        for line in uses.lines() {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            if let Some(other) = LAYERS.iter().position(|candidate| *candidate == name) {
                assert!(other < place, "`{layer}` uses `{name}`, which lies below it");
            }
        }
    }
}

#[test]
fn a_door_names_no_crate_that_works_anything_out() {
    const KNOWN: [&str; 3] = ["answers", "kit", "study"];
    for door in ["web", "terminal"] {
        let manifest =
            fs::read_to_string(root().join("crates").join(door).join("Cargo.toml")).unwrap();
        for name in declared(&manifest, "[dependencies]") {
            let is_ours = LAYERS.contains(&name.as_str());
            assert!(
                !is_ours || KNOWN.contains(&name.as_str()),
                "`{door}` uses `{name}`: tell it in `answers`"
            );
        }
    }
}

#[test]
fn every_crate_has_its_layer() {
    for entry in fs::read_dir(root().join("crates")).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(LAYERS.contains(&name.as_str()), "`{name}` is missing from the list of layers");
    }
}

#[test]
fn only_the_edges_touch_files_network_clock_and_environment() {
    const EDGES: [&str; 5] = [
        "crates/sources/",
        "crates/calc/",
        "crates/evidence/src/storage",
        "crates/terminal/",
        "crates/catchment/",
    ];
    const WORDS: [&str; 5] =
        ["std::fs", "std::net", "std::env::var", "SystemTime::now", "Timestamp::now"];
    for (path, text) in rust_files() {
        let edge = EDGES.iter().any(|edge| path.starts_with(edge));
        if edge
            || path.starts_with("xtask/")
            || path.contains("/tests/")
            || path.contains("/benches/")
        {
            continue;
        }
        for line in production(&text) {
            for word in WORDS {
                assert!(!line.contains(word), "{path} touches the world: {line}");
            }
        }
    }
}

#[test]
fn only_sources_spell_a_publishers_column_name() {
    const NAMES: [&str; 8] = [
        "EXTRACT_DATE",
        "NUMBER_OF_PATIENTS",
        "SUB_ICB_LOCATION_CODE",
        "COUNT_OF_APPOINTMENTS",
        "PRACTICE_LIST_SIZE",
        "LSOA21CD",
        "PRAC_CODE",
        "overallexp",
    ];
    for (path, text) in rust_files() {
        // The invented place writes files as publishers do.
        if path.starts_with("crates/sources/")
            || path.starts_with("crates/synth/")
            || path.starts_with("xtask/")
            || path.contains("/tests/")
        {
            continue;
        }
        for line in production(&text) {
            for name in NAMES {
                assert!(!line.contains(name), "{path} spells `{name}`: {line}");
            }
        }
    }
}

#[test]
fn no_lint_is_silenced_without_a_reason_and_no_work_is_left_in_comments() {
    for (path, text) in rust_files() {
        if path == "xtask/tests/tidy.rs" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for word in ["#[allow(", "#![allow(", "TODO", "FIXME", "XXX", "#[ignore"] {
                assert!(!line.contains(word), "{path}:{}: {word}", number + 1);
            }
        }
    }
}

#[test]
fn nothing_that_was_begun_is_left_to_be_written() {
    let mut paths = Vec::new();
    files(&root().join("indicators"), ".toml", &mut paths);
    files(&root().join("crates"), ".rs", &mut paths);
    paths.sort();
    let mut left = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in
            text.lines().enumerate().filter(|(_, line)| line.contains("TO BE WRITTEN"))
        {
            let file = path.strip_prefix(root()).unwrap().display();
            left.push(format!("{file}:{}: {}", number + 1, line.trim()));
        }
    }
    assert!(left.is_empty(), "`cargo xtask new` began these; write them:\n{}", left.join("\n"));
}

#[test]
fn files_stay_short() {
    for (path, text) in rust_files() {
        if path.contains("/tests/") {
            continue;
        }
        let lines = production(&text).count();
        assert!(lines <= 500, "{path} has {lines} lines before its tests; 500 at most");
    }
}

#[test]
fn every_link_between_documents_resolves() {
    let mut paths = Vec::new();
    files(&root(), ".md", &mut paths);
    let mut broken = BTreeMap::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            let outside = link.contains("://") || link.starts_with("mailto:") || file.is_empty();
            if !outside && !path.parent().unwrap().join(file).exists() {
                broken.insert(path.display().to_string(), link.to_owned());
            }
        }
    }
    assert!(broken.is_empty(), "broken links: {broken:#?}");
}

#[test]
fn the_continuous_check_runs_the_command_of_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let check = fs::read_to_string(root().join(".ci/run")).unwrap();
    for command in ["cargo demo", "cargo verify"] {
        assert!(readme.contains(command), "README.md does not give `{command}`");
    }
    assert!(check.contains("cargo verify"), ".ci/run does not run `cargo verify`");
}

#[test]
fn published_data_and_build_output_stay_outside() {
    let mut paths = Vec::new();
    for ending in [".csv", ".zip", ".xlsx", ".parquet", ".geojson"] {
        files(&root().join("crates"), ending, &mut paths);
        files(&root().join("docs"), ending, &mut paths);
    }
    for path in paths {
        let bytes = fs::metadata(&path).unwrap().len();
        assert!(bytes < 100_000, "{} has {bytes} bytes: fixtures are small", path.display());
    }
}

/// The packages that cargo builds here, each with its features. What only build scripts need is left out: it is built with features of
/// its own, for program and tests alike, and the listing shows a package that stands twice with those of the place it met first.
fn features(arguments: &[&str]) -> std::collections::BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let tree = ["tree", "--locked", "--prefix", "none", "--format", "{p} [{f}]"];
    let output = std::process::Command::new(cargo)
        .args(tree)
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| line.trim_end_matches(" (*)").to_owned()).collect()
}

#[test]
fn the_program_is_built_of_the_same_features_as_its_tests() {
    let program = features(&["--package", "catchment", "--edges", "normal"]);
    let tests = features(&["--workspace", "--edges", "normal,dev"]);
    let twice: Vec<_> = program.difference(&tests).collect();
    assert!(
        twice.is_empty(),
        "`cargo verify` would build these again after `cargo demo`, and all that uses them: {twice:?}; ask for the same \
         features in the workspace's dependencies"
    );
}

/// The names that a section of a manifest declares.
fn declared(manifest: &str, section: &str) -> Vec<String> {
    let lines = manifest.lines().skip_while(|line| *line != section).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    let name = |line: &str| line.split(['.', ' ', '=']).next().unwrap_or_default().to_owned();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(name).collect()
}

/// The text of all Rust files in some folders of a crate.
fn text_of(name: &str, folders: &[&str]) -> String {
    let mut paths = Vec::new();
    for folder in folders {
        files(&root().join("crates").join(name).join(folder), ".rs", &mut paths);
    }
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn a_crate_names_every_crate_that_it_declares() {
    // Its features as the tests ask for them, so that one build serves program and tests: see the root manifest.
    const FOR_ITS_FEATURES: (&str, &str) = ("query", "getrandom");
    for layer in LAYERS {
        let manifest =
            fs::read_to_string(root().join("crates").join(layer).join("Cargo.toml")).unwrap();
        let sections: [(&str, &[&str]); 2] =
            [("[dependencies]", &["src"]), ("[dev-dependencies]", &["src", "tests", "benches"])];
        for (section, folders) in sections {
            let text = text_of(layer, folders);
            for name in declared(&manifest, section) {
                let word = name.replace('-', "_");
                let is_named = [format!("{word}::"), format!("{word}!")]
                    .iter()
                    .any(|use_of| text.contains(use_of.as_str()));
                assert!(
                    is_named || (layer, name.as_str()) == FOR_ITS_FEATURES,
                    "`{layer}` declares `{name}` and never names it"
                );
            }
        }
    }
}
