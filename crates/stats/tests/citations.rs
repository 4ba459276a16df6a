//! Every source cited in the code is a known reference, and every link to the methods chapter has its section.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All source files below a folder, in order.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The keys in backticks under each `# Source` heading.
fn cited(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut lines = text.lines();
    while lines.by_ref().any(|line| line.trim() == "/// # Source") {
        let source = lines.by_ref().take_while(|line| line.trim().len() > "///".len());
        for line in source.filter(|line| line.trim().starts_with("/// `")) {
            keys.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    keys
}

#[test]
fn every_cited_source_is_a_known_reference() {
    let text = std::fs::read_to_string(root().join("docs/references.toml")).unwrap();
    let references: toml::Table = text.parse().unwrap();
    let mut keys = BTreeSet::new();
    for path in sources(&root().join("crates/stats/src")) {
        for key in cited(&std::fs::read_to_string(&path).unwrap()) {
            assert!(references.contains_key(&key), "{}: `{key}` is unknown", path.display());
            keys.insert(key);
        }
    }
    assert!(keys.len() > 20, "{} sources cited", keys.len());
}

#[test]
fn every_link_to_the_methods_chapter_has_its_section() {
    let chapter = std::fs::read_to_string(root().join("docs/book/methods.md")).unwrap();
    let headings = chapter.lines().filter_map(|line| line.strip_prefix('#'));
    let anchors: BTreeSet<String> = headings
        .map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"))
        .collect();
    let mut links = 0;
    for path in sources(&root().join("crates/stats/src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        for link in text.split("docs/book/methods.md#").skip(1) {
            let anchor: String = link.chars().take_while(|c| *c != ')').collect();
            assert!(anchors.contains(&anchor), "{}: no section {anchor}", path.display());
            links += 1;
        }
    }
    assert!(links > 10, "{links} links");
}
