//! Fetching a publication: find its current edition on the publisher's page, and download it politely.
//!
//! Publishers put random parts into the addresses of their files, so an address cannot be made up: the page of the
//! series is read for its editions, the page of the edition for its files. One request runs at a time; a publisher who
//! asks to wait is waited for; a download that is cut short is taken up where it stopped; what arrives lands under
//! its name only when it is whole, with its fingerprint and its origin beside it.

mod catalogue;
mod download;
mod links;
mod web;

use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

pub use catalogue::{ALL, Finding, Publication, find};
pub use download::{Fetched, Provenance, addresses};

use links::Link;
use web::Web;

/// How to fetch.
pub struct Options<'a> {
    /// The folder that files land in; made if it is not there.
    pub folder: PathBuf,
    /// A part of the edition's name such as `november-2025`; without it the newest edition is fetched.
    pub edition: Option<String>,
    /// An address put before every host, for tests and mirrors: `https://host/path` becomes `{base}/host/path`.
    pub base: Option<String>,
    /// The day of the download, written into the origin of each file.
    pub today: String,
    /// A file larger than this is not downloaded.
    pub most_bytes: u64,
    /// How often a request is made before it is given up.
    pub attempts: u32,
    /// Waits for a while between attempts.
    pub wait: &'a dyn Fn(Duration),
    /// Hears the file, how many bytes of it have arrived, and of how many.
    pub progress: &'a dyn Fn(&str, u64, Option<u64>),
}

/// Why a publication could not be fetched.
#[derive(Debug, Error)]
pub enum FetchError {
    /// The program does not know where to find it.
    #[error(
        "the program does not know where `{0}` is published; download it by hand into a folder and import that"
    )]
    Unknown(String),
    /// The page does not hold such a link.
    #[error(
        "no link on {page} matches `{pattern}`: the page may have changed. Download the file by hand into a folder and import it"
    )]
    NoLink {
        /// The page.
        page: String,
        /// What was looked for.
        pattern: String,
    },
    /// The publisher answered, but not with the file.
    #[error("{url} answered {status}: {meaning}")]
    Answer {
        /// The address.
        url: String,
        /// The status of the answer.
        status: u16,
        /// What it means and what to do.
        meaning: &'static str,
    },
    /// The publisher asks to wait longer than a person would.
    #[error("{url} asks to wait {seconds} seconds before the next request; try again later")]
    TooLong {
        /// The address.
        url: String,
        /// How long.
        seconds: u64,
    },
    /// The connection failed, again and again.
    #[error(
        "{url} could not be reached after {attempts} attempts: {reason}. What arrived is kept: fetch again to go on"
    )]
    Connection {
        /// The address.
        url: String,
        /// How often it was tried.
        attempts: u32,
        /// What went wrong last.
        reason: String,
    },
    /// The file is larger than allowed.
    #[error("{url} is larger than {most} bytes; raise the limit if this is right")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        most: u64,
    },
    /// What arrived is not what was asked for.
    #[error("{url} is not {expected} but {found}; download it by hand into a folder and import it")]
    WrongContent {
        /// The address.
        url: String,
        /// What was expected.
        expected: &'static str,
        /// What it looks like.
        found: &'static str,
    },
    /// The disk refused.
    #[error("{path}: {source}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Editions of a series whose pages are looked at for files when none was named: the newest may only be announced.
const EDITIONS_TRIED: usize = 3;

/// Fetches the current edition of a dataset, or a named one.
///
/// # Errors
/// When the dataset has no known place, its page no matching link, or the download fails for good.
pub fn fetch(source_id: &str, options: &Options<'_>) -> Result<Vec<Fetched>, FetchError> {
    let publication = find(source_id).ok_or_else(|| FetchError::Unknown(source_id.to_owned()))?;
    let web = Web::new(options);
    let found = locate(publication, &web, options)?;
    found.iter().map(|link| download::download(source_id, link, &web, options)).collect()
}

/// The files of an edition, each with the page it was found on.
fn locate(
    publication: &Publication,
    web: &Web<'_>,
    options: &Options<'_>,
) -> Result<Vec<Link>, FetchError> {
    match &publication.finding {
        Finding::Address(urls) => Ok(urls.iter().map(|url| Link::direct(url)).collect()),
        Finding::Page { page, files } => files_on(page, files, options.edition.as_deref(), web),
        Finding::Series { series, files } => {
            let text = web.page(series)?;
            let mut editions = links::editions(&text, series);
            if let Some(wanted) = &options.edition {
                editions.retain(|edition| {
                    edition.ends_with(&format!("/{wanted}")) || edition.contains(wanted.as_str())
                });
            }
            let nothing = || FetchError::NoLink {
                page: (*series).to_owned(),
                pattern: options.edition.clone().unwrap_or_else(|| format!("{series}/<edition>")),
            };
            let mut last = nothing();
            for edition in editions.iter().take(EDITIONS_TRIED) {
                match files_on(edition, files, None, web) {
                    Err(error @ FetchError::NoLink { .. }) if options.edition.is_none() => {
                        last = error;
                    }
                    found => return found,
                }
            }
            Err(last)
        }
    }
}

/// For each pattern the first file on a page that matches it; every pattern must match one.
fn files_on(
    page: &str,
    patterns: &[&str],
    edition: Option<&str>,
    web: &Web<'_>,
) -> Result<Vec<Link>, FetchError> {
    let text = web.page(page)?;
    let on_page = links::links(&text, page);
    let is_wanted = |link: &&Link, pattern: &str| {
        links::matches(pattern, &link.name)
            && edition
                .is_none_or(|edition| link.url.to_lowercase().contains(&edition.to_lowercase()))
    };
    patterns
        .iter()
        .map(|pattern| {
            on_page.iter().find(|link| is_wanted(link, pattern)).cloned().ok_or_else(|| {
                FetchError::NoLink { page: page.to_owned(), pattern: (*pattern).to_owned() }
            })
        })
        .collect()
}
