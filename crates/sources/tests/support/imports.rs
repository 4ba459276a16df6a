//! Importing files into a throw-away store.

use std::path::{Path, PathBuf};

use evidence::{Evidence, Release, Store};
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
        today: "2026-02-03".to_owned(),
        urls: Vec::new(),
        wait: false,
        dry_run: false,
    };
    let report = import(&store, &request, &|_| {}).unwrap();
    let evidence = Evidence::open(&store).unwrap();
    Imported { report, evidence, _folder: folder }
}

impl Imported {
    /// The release of the file whose name ends so.
    pub fn release(&self, name: &str) -> &Release {
        let ends = |release: &&Release| release.origin.file.ends_with(name);
        self.report.releases.iter().find(ends).unwrap_or_else(|| panic!("there is no {name}"))
    }

    /// Rows of a table over all its periods.
    pub fn rows(&self, table: &str) -> usize {
        let frame = |period| self.evidence.frame(table, period).unwrap().rows();
        self.evidence.periods(table).into_iter().map(frame).sum()
    }
}

/// The folder that an environment variable names, or this one beside the repository.
pub fn folder(variable: &str, default: &str) -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../").join(default);
    std::env::var_os(variable).map_or_else(beside, PathBuf::from)
}
