//! For tests: one small file imported into a throw-away store, and the rows it left there.

use evidence::{Evidence, Release, Store, Verdict};
use tempfile::TempDir;

use crate::import::{ImportReport, Request, import};
use crate::problem::Problem;

/// A file that was imported.
pub struct Trial {
    report: ImportReport,
    evidence: Evidence,
    _folder: TempDir,
}

impl Trial {
    /// Imports a file of this name and content on 1 December 2026.
    pub fn of(name: &str, content: impl AsRef<[u8]>) -> Self {
        Self::of_files(&[(name, content.as_ref())])
    }

    /// Imports files of these names and contents together, on the same day.
    pub fn of_files(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("files");
        for (name, content) in files {
            let file = root.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, content).unwrap();
        }
        let store = Store::at(folder.path().join("store"));
        let request = Request {
            paths: vec![root],
            today: "2026-12-01".to_owned(),
            urls: Vec::new(),
            wait: false,
            dry_run: false,
        };
        let report = import(&store, &request, &|_| {}).unwrap();
        let evidence = Evidence::open(&store).unwrap();
        Self { report, evidence, _folder: folder }
    }

    /// The release that the file became.
    pub fn release(&self) -> &Release {
        self.report.releases.first().unwrap()
    }

    /// All releases, in the order of the names of their files.
    pub fn releases(&self) -> &[Release] {
        &self.report.releases
    }

    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        self.release().verdict
    }

    /// All remarks in one text.
    pub fn remarks(&self) -> String {
        self.release().remarks.join("; ")
    }

    /// All problems in one text.
    pub fn problems(&self) -> String {
        self.report.problems.iter().map(Problem::in_words).collect::<Vec<_>>().join("; ")
    }

    /// The rows of a table in a period: the cells joined by `|`, sorted.
    pub fn rows(&self, table: &str, period: &str) -> Vec<String> {
        let frame = self.evidence.frame(table, period.parse().unwrap()).unwrap();
        let columns = evidence::tables::find(table).unwrap().columns;
        let mut rows: Vec<String> = (0..frame.rows())
            .map(|row| {
                let cell = |name| match (frame.text(name), frame.number(name)) {
                    (Some(words), _) => words.get(row).unwrap_or_default().to_owned(),
                    (_, Some(values)) if values[row].is_nan() => String::new(),
                    (_, Some(values)) => values[row].to_string(),
                    _ => String::new(),
                };
                columns.iter().map(|column| cell(column.name)).collect::<Vec<_>>().join("|")
            })
            .collect();
        rows.sort();
        rows
    }
}
