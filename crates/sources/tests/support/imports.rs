//! Importing files into a throw-away store.

use std::path::PathBuf;

use evidence::{Evidence, Store};
use sources::import::{ImportReport, Request, import};

/// A throw-away store and what came of the import into it.
pub struct Imported {
    pub report: ImportReport,
    pub evidence: Evidence,
    _folder: tempfile::TempDir,
}

/// Imports these files and folders.
pub fn imported(paths: &[PathBuf]) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("store"));
    let request = Request {
        paths: paths.to_vec(),
        today: "2026-07-31".to_owned(),
        urls: Vec::new(),
        wait: false,
        dry_run: false,
    };
    let report = import(&store, &request, &|_| {}).unwrap();
    let evidence = Evidence::open(&store).unwrap();
    Imported { report, evidence, _folder: folder }
}
