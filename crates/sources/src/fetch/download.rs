//! Downloading one file so that it is whole or not there, and can go on where it stopped.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use evidence::writer::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ureq::Body;
use ureq::http::Response;

use super::links::Link;
use super::web::{Resume, Web, backoff, header};
use super::{FetchError, Options};
use crate::source::LICENCE;

/// A file that was fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it lies.
    pub path: PathBuf,
    /// Where it came from.
    pub provenance: Provenance,
    /// Whether part of it had arrived in an earlier attempt.
    pub resumed: bool,
}

/// Where a file came from, kept beside it as `<file>.provenance.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The dataset.
    pub source: String,
    /// The address of the file.
    pub url: String,
    /// The page that led to it.
    pub page: String,
    /// The day of the download.
    pub retrieved: String,
    /// Its length.
    pub bytes: u64,
    /// Its fingerprint.
    pub sha256: String,
    /// The publisher's mark of this version of the file (`ETag` or date of change); empty if none was given.
    pub version: String,
    /// The licence.
    pub licence: String,
}

/// The addresses of the files in a folder that the program fetched, by their path, for an import to record.
#[must_use]
pub fn addresses(folder: &Path) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let path = entry.path().to_string_lossy().into_owned();
            let file = path.strip_suffix(".provenance.json")?.to_owned();
            let origin: Provenance = serde_json::from_slice(&fs::read(entry.path()).ok()?).ok()?;
            Some((file, origin.url))
        })
        .collect();
    found.sort();
    found
}

/// A download in progress.
struct Download<'a> {
    link: &'a Link,
    target: PathBuf,
    part: PathBuf,
    mark: PathBuf,
    options: &'a Options<'a>,
    version: String,
    resumed: bool,
}

pub(super) fn download(
    source: &str,
    link: &Link,
    web: &Web<'_>,
    options: &Options<'_>,
) -> Result<Fetched, FetchError> {
    fs::create_dir_all(&options.folder).map_err(|error| disk(&options.folder, error))?;
    let beside = |ending: &str| options.folder.join(format!("{}{ending}", link.name));
    let mut download = Download {
        link,
        target: beside(""),
        part: beside(".part"),
        mark: beside(".part.version"),
        options,
        version: String::new(),
        resumed: false,
    };
    download.all(web)?;
    download.land(source)
}

impl Download<'_> {
    /// Requests the file, again from where it stopped when the connection is cut.
    fn all(&mut self, web: &Web<'_>) -> Result<(), FetchError> {
        let mut last = String::new();
        for attempt in 0..self.options.attempts {
            let resume = self.stopped_at();
            let response = web.get(&self.link.url, &resume)?;
            match self.take(response, &resume)? {
                None => return Ok(()),
                Some(reason) => last = reason,
            }
            (self.options.wait)(backoff(attempt));
        }
        Err(web.given_up(&self.link.url, last))
    }

    /// How much of which version of this very address has arrived.
    fn stopped_at(&self) -> Resume {
        let mark = fs::read_to_string(&self.mark).unwrap_or_default();
        let from = fs::metadata(&self.part).map_or(0, |about| about.len());
        match mark.split_once('\n') {
            Some((version, url)) if url == self.link.url && !version.is_empty() => {
                Resume { from, version: version.to_owned() }
            }
            _ => Resume::default(),
        }
    }

    /// Takes in what an answer holds; nothing when the file is whole, else why it is not.
    fn take(
        &mut self,
        response: Response<Body>,
        resume: &Resume,
    ) -> Result<Option<String>, FetchError> {
        let goes_on = response.status().as_u16() == 206
            && header(&response, "content-range")
                .is_some_and(|range| range.starts_with(&format!("bytes {}-", resume.from)));
        if response.status().as_u16() == 416 || (response.status().as_u16() == 206 && !goes_on) {
            self.forget()?;
            return Ok(Some("the part that had arrived does not fit the file".to_owned()));
        }
        let from = if goes_on { resume.from } else { 0 };
        self.resumed |= goes_on;
        let versions = ["etag", "last-modified"].iter().find_map(|name| header(&response, name));
        versions
            .filter(|version| !version.starts_with("W/"))
            .unwrap_or_default()
            .clone_into(&mut self.version);
        let length: Option<u64> =
            header(&response, "content-length").and_then(|text| text.parse().ok());
        let whole = length.map(|length| from + length);
        if whole.is_some_and(|whole| whole > self.options.most_bytes) {
            return Err(self.too_large());
        }
        let mark = format!("{}\n{}", self.version, self.link.url);
        fs::write(&self.mark, mark).map_err(|error| disk(&self.mark, error))?;
        self.copy(response.into_body().into_reader(), from, whole)
    }

    fn copy(
        &self,
        mut body: impl Read,
        from: u64,
        whole: Option<u64>,
    ) -> Result<Option<String>, FetchError> {
        let failed = |error| disk(&self.part, error);
        let mut options = OpenOptions::new();
        options.create(true).write(true).append(from > 0).truncate(from == 0);
        let mut file = options.open(&self.part).map_err(failed)?;
        let (mut arrived, mut buffer) = (from, vec![0; 1 << 16]);
        loop {
            let read = match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Ok(Some(error.to_string())),
            };
            arrived += read as u64;
            if arrived > self.options.most_bytes {
                return Err(self.too_large());
            }
            file.write_all(buffer.get(..read).unwrap_or_default()).map_err(failed)?;
            (self.options.progress)(&self.link.name, arrived, whole);
        }
        file.sync_all().map_err(failed)?;
        let short = whole.is_some_and(|whole| arrived < whole);
        Ok(short.then(|| format!("only {arrived} bytes arrived")))
    }

    /// Looks at what arrived, writes its fingerprint and origin, and gives it its name.
    fn land(self, source: &str) -> Result<Fetched, FetchError> {
        if let Err(error) = self.check_content() {
            self.forget()?;
            return Err(error);
        }
        let (sha256, bytes) = fingerprint(&self.part).map_err(|error| disk(&self.part, error))?;
        let provenance = Provenance {
            source: source.to_owned(),
            url: self.link.url.clone(),
            page: self.link.page.clone(),
            retrieved: self.options.today.clone(),
            bytes,
            sha256,
            version: self.version.clone(),
            licence: LICENCE.to_owned(),
        };
        let origin = serde_json::to_vec_pretty(&provenance)
            .map_err(|error| disk(&self.target, error.into()))?;
        let sum = format!("{}  {}\n", provenance.sha256, self.link.name);
        for (ending, text) in [(".sha256", sum.into_bytes()), (".provenance.json", origin)] {
            let path = self.options.folder.join(format!("{}{ending}", self.link.name));
            fs::write(&path, text).map_err(|error| disk(&path, error))?;
        }
        fs::rename(&self.part, &self.target).map_err(|error| disk(&self.target, error))?;
        self.forget()?;
        Ok(Fetched { path: self.target, provenance, resumed: self.resumed })
    }

    /// A page that says sorry is no table; an archive begins like one.
    fn check_content(&self) -> Result<(), FetchError> {
        let mut first = Vec::new();
        File::open(&self.part)
            .and_then(|file| file.take(512).read_to_end(&mut first))
            .map_err(|error| disk(&self.part, error))?;
        let ending = self.link.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let text = first.trim_ascii_start();
        let is_page = text.starts_with(b"<");
        let is_archive = text.starts_with(b"PK\x03\x04");
        let (expected, right) = match ending.as_str() {
            "zip" => ("an archive", is_archive),
            "xlsx" => ("a workbook", is_archive),
            _ => ("a table", !is_page && !text.is_empty()),
        };
        if right {
            return Ok(());
        }
        let found = if text.is_empty() {
            "nothing at all"
        } else if is_page {
            "a web page"
        } else {
            "something else"
        };
        Err(FetchError::WrongContent { url: self.link.url.clone(), expected, found })
    }

    fn forget(&self) -> Result<(), FetchError> {
        for path in [&self.part, &self.mark] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(disk(path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn too_large(&self) -> FetchError {
        FetchError::TooLarge { url: self.link.url.clone(), most: self.options.most_bytes }
    }
}

fn fingerprint(path: &Path) -> io::Result<(String, u64)> {
    let (mut file, mut hash) = (File::open(path)?, Sha256::new());
    let (mut buffer, mut bytes) = (vec![0; 1 << 16], 0);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((hex(&hash.finalize()), bytes)),
            read => {
                hash.update(buffer.get(..read).unwrap_or_default());
                bytes += read as u64;
            }
        }
    }
}

fn disk(path: &Path, source: io::Error) -> FetchError {
    FetchError::Disk { path: path.to_owned(), source }
}
