//! An import: every file under some paths, each with a verdict, all of it landing at once.

mod lists;
mod open;
mod settle;
pub(crate) mod workbook;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use evidence::{Manifest, Origin, Release, Staging, Store, StoreError, Verdict};
use rayon::prelude::*;

use crate::archive::{self, Item, Limits, Unreadable};
use crate::import::settle::Settling;
use crate::problem::{Problem, as_csv};

/// How far an import is.
#[derive(Debug, Clone)]
pub struct Progress {
    /// Bytes read of the files so far.
    pub done: u64,
    /// Bytes of all files.
    pub total: u64,
    /// The file that was just finished.
    pub file: String,
}

/// What an import is asked to do.
#[derive(Debug, Clone)]
pub struct Request {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// The day of the import, written into the manifest.
    pub today: String,
    /// Addresses that files were fetched from, by their path.
    pub urls: Vec<(String, String)>,
    /// Whether to wait for another import to end.
    pub wait: bool,
    /// Only check: nothing is kept.
    pub dry_run: bool,
}

/// What came of an import.
#[derive(Debug)]
pub struct ImportReport {
    /// One entry a file, or a sheet of a workbook, in the order of their names.
    pub releases: Vec<Release>,
    /// All problems of all files.
    pub problems: Vec<Problem>,
    /// Files that had been imported before.
    pub known: Vec<String>,
    /// The manifest after the import; as it was before, for a check.
    pub manifest: Manifest,
}

impl ImportReport {
    /// The number of files with a verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.releases.iter().filter(|release| release.verdict == verdict).count()
    }

    /// All problems as CSV.
    #[must_use]
    pub fn problems_csv(&self) -> String {
        as_csv(&self.problems)
    }
}

/// One file read: its releases (a workbook may hold several) and its problems.
pub(crate) struct Read {
    pub releases: Vec<(Release, Option<evidence::ReleaseWriter>)>,
    pub problems: Vec<Problem>,
    pub known: bool,
}

/// Reads everything under the paths into the store, all at once or not at all.
///
/// A file that is wrong, truncated, hostile or unknown gets its verdict and stops none of the others.
///
/// # Errors
/// When the store cannot be written or another import holds it.
pub fn import(
    store: &Store,
    request: &Request,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<ImportReport, StoreError> {
    let scratch = request.dry_run.then(Scratch::new);
    let staging = match &scratch {
        Some(scratch) => Store::at(&scratch.folder).begin(request.wait)?,
        None => store.begin(request.wait)?,
    };
    let items = archive::list(&request.paths, Limits::default());
    let total = items.iter().flatten().map(|item| item.bytes).sum();
    let done = AtomicU64::new(0);
    let reads: Vec<Result<Read, StoreError>> = items
        .par_iter()
        .enumerate()
        .map(|(number, item)| {
            let read = match item {
                Ok(item) => open::read_item(&staging, number, item, request),
                Err(unreadable) => Ok(refused(unreadable)),
            };
            if let Ok(item) = item {
                let done = done.fetch_add(item.bytes, Ordering::Relaxed) + item.bytes;
                progress(Progress { done, total, file: item.label.clone() });
            }
            read
        })
        .collect();
    settle(store, staging, reads, request, &items)
}

/// A folder for the rows of a check, which leaves nothing in the store; it goes when dropped.
struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    fn new() -> Self {
        static CHECKS: AtomicU64 = AtomicU64::new(0);
        let (process, number) = (std::process::id(), CHECKS.fetch_add(1, Ordering::Relaxed));
        Self { folder: std::env::temp_dir().join(format!("catchment-check-{process}-{number}")) }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left in the folder of temporary files is worthless, and the system clears it.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn settle(
    store: &Store,
    staging: Staging,
    reads: Vec<Result<Read, StoreError>>,
    request: &Request,
    items: &[Result<Item, Unreadable>],
) -> Result<ImportReport, StoreError> {
    let (mut problems, mut known) = (Vec::new(), Vec::new());
    let before = store.manifest()?;
    let mut settling = Settling::new(&staging, store, &before, request.dry_run);
    for (read, item) in reads.into_iter().zip(items) {
        let read = read?;
        problems.extend(read.problems);
        if let (true, Ok(item)) = (read.known, item) {
            known.push(item.label.clone());
        }
        for (release, writer) in read.releases {
            settling.take(release, writer)?;
        }
    }
    let (releases, found) = settling.finish()?;
    problems.extend(found);
    let manifest = if request.dry_run {
        before
    } else {
        staging.commit(releases.clone(), &as_csv(&problems))?
    };
    Ok(ImportReport { releases, problems, known, manifest })
}

fn refused(unreadable: &Unreadable) -> Read {
    let problem = Problem {
        file: unreadable.label.clone(),
        rule: unreadable.rule.clone(),
        remedy: unreadable.remedy.clone(),
        ..Problem::default()
    };
    let release = Release {
        id: String::new(),
        source: String::new(),
        edition: String::new(),
        origin: Origin { file: unreadable.label.clone(), ..Origin::default() },
        verdict: Verdict::Refused,
        rows_read: 0,
        rows_kept: 0,
        left_out: Vec::new(),
        remarks: Vec::new(),
        checks: Vec::new(),
        problems: 1,
        parts: Vec::new(),
    };
    Read { releases: vec![(release, None)], problems: vec![problem], known: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_leaves_nothing_where_the_store_would_be() {
        let folder = tempfile::tempdir().unwrap();
        let (file, root) = (folder.path().join("a.csv"), folder.path().join("store"));
        std::fs::write(
            &file,
            "site_code,service,weekday,opens,closes\nA81001001,gp,monday,08:00,18:30\n",
        )
        .unwrap();
        let request = Request {
            paths: vec![file],
            today: "2025-12-01".to_owned(),
            urls: Vec::new(),
            wait: false,
            dry_run: true,
        };
        let report = import(&Store::at(&root), &request, &|_| {}).unwrap();
        assert_eq!(report.releases[0].rows_kept, 1);
        assert!(!root.exists());
    }
}
