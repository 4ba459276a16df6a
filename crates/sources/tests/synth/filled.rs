//! What the sources state that they fill, held against what they fill from the files of the invented place. Where it writes no file of
//! a source, the tests beside the source ask for its rows by the name of their table.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use evidence::Verdict;
use sources::registry;

use crate::imports::{Imported, imported};
use crate::place::harbourton;

fn read() -> Imported {
    let folder = tempfile::tempdir().expect("there is room for the files");
    for (path, bytes) in &harbourton().0 {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(file, bytes).expect("there is room for the file");
    }
    imported(&[folder.path().to_owned()])
}

#[test]
fn a_source_fills_every_table_that_it_states() {
    let read = read();
    assert_eq!(read.report.count(Verdict::Refused), 0);
    let mut filled: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for release in &read.evidence.manifest().releases {
        let tables = release.parts.iter().map(|part| part.table.as_str());
        filled.entry(release.source.as_str()).or_default().extend(tables);
    }
    for (id, filled) in filled {
        let Some(source) = registry::find(id) else { continue };
        let stated = source.writes.iter().map(|table| table.name).collect();
        assert_eq!(filled, stated, "what `{id}` fills, and what it states");
    }
}
