//! Files, folders, archives within archives and the sheets of workbooks, as one list of things to read.
//!
//! An archive is believed only within bounds on its unpacked size, its ratio, its members and its nesting, so that a
//! hostile one is refused at once instead of filling the machine.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use evidence::writer::hex;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

/// Bounds on archives.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes that one member may unpack to.
    pub member_bytes: u64,
    /// Bytes that all members together may unpack to.
    pub total_bytes: u64,
    /// How many times its packed size a member may unpack to.
    pub ratio: u64,
    /// Members of an archive.
    pub members: usize,
    /// Archives within archives.
    pub nesting: usize,
    /// Bytes of a workbook, unpacked.
    pub workbook_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            member_bytes: 4 << 30,
            total_bytes: 16 << 30,
            ratio: 400,
            members: 2_000,
            nesting: 3,
            workbook_bytes: 1 << 30,
        }
    }
}

/// Documents that are archives and no workbook of the kind that is read, by a part that only they have.
const OTHER_BOOKS: [(&str, &str); 4] = [
    ("xl/workbook.bin", "a binary workbook (.xlsb)"),
    ("content.xml", "an OpenDocument file (.ods)"),
    ("word/document.xml", "a text document (.docx)"),
    ("ppt/presentation.xml", "a presentation (.pptx)"),
];

/// A member of an archive: its number, its name, its bytes unpacked and the day on which it was saved.
type Member = (usize, String, u64, Option<Date>);

/// Something to read: a file on disk, or a member of an archive.
#[derive(Debug, Clone)]
pub struct Item {
    /// The file as the user named it, and the members within archives behind `!`.
    pub label: String,
    path: PathBuf,
    members: Vec<usize>,
    /// Bytes, unpacked.
    pub bytes: u64,
    /// The day on which its archive says that it was saved.
    pub saved: Option<Date>,
}

/// A file or member that cannot be opened, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The file and member.
    pub label: String,
    /// What is wrong.
    pub rule: String,
    /// How to fix it.
    pub remedy: String,
}

impl Unreadable {
    fn new(label: &str, rule: impl Into<String>, remedy: &str) -> Self {
        Self { label: label.to_owned(), rule: rule.into(), remedy: remedy.to_owned() }
    }
}

/// Everything under these paths, in the order of their names; folders are walked, archives opened.
#[must_use]
pub fn list(paths: &[PathBuf], limits: Limits) -> Vec<Result<Item, Unreadable>> {
    let mut files = Vec::new();
    for path in paths {
        walk(path, &mut Vec::new(), &mut files);
    }
    files.sort_by(|left, right| left.0.cmp(&right.0));
    files.dedup_by(|left, right| left.0 == right.0);
    let mut items = Vec::new();
    for (path, problem) in files {
        let label = path.display().to_string();
        match problem {
            Some(error) => items.push(Err(Unreadable::new(
                &label,
                format!("it cannot be read: {error}"),
                "check that it exists and that you may read it",
            ))),
            None => expand_file(&path, limits, &mut items),
        }
    }
    items
}

/// Finds the files beneath a path; `above` holds the folders it lies in, so that a link back to one is left alone.
fn walk(path: &Path, above: &mut Vec<PathBuf>, files: &mut Vec<(PathBuf, Option<String>)>) {
    let folder = match std::fs::metadata(path) {
        Err(error) => return files.push((path.to_owned(), Some(error.to_string()))),
        Ok(about) if !about.is_dir() => return files.push((path.to_owned(), None)),
        Ok(_) => std::fs::canonicalize(path)
            .and_then(|folder| std::fs::read_dir(path).map(|entries| (folder, entries))),
    };
    match folder {
        Err(error) => files.push((path.to_owned(), Some(error.to_string()))),
        Ok((folder, _)) if above.contains(&folder) => {}
        Ok((folder, entries)) => {
            above.push(folder);
            entries
                .filter_map(Result::ok)
                .filter(|entry| is_publication(&entry.file_name().to_string_lossy()))
                .for_each(|entry| walk(&entry.path(), above, files));
            above.pop();
        }
    }
}

/// Whether a file or member of this name may be a publication: not hidden (Macs put such members into archives), and not
/// what a fetch leaves beside one.
fn is_publication(name: &str) -> bool {
    const BESIDE: [&str; 4] = [".part", ".part.version", ".sha256", ".provenance.json"];
    !name.starts_with('.') && !BESIDE.iter().any(|ending| name.ends_with(ending))
}

fn expand_file(path: &Path, limits: Limits, items: &mut Vec<Result<Item, Unreadable>>) {
    let label = path.display().to_string();
    let opened = File::open(path).and_then(|file| {
        let bytes = file.metadata()?.len();
        Ok((file, bytes))
    });
    match opened {
        Err(error) => items.push(Err(Unreadable::new(
            &label,
            format!("it cannot be read: {error}"),
            "check that you may read it",
        ))),
        Ok((file, bytes)) => {
            let item =
                Item { label, path: path.to_owned(), members: Vec::new(), bytes, saved: None };
            expand(BufReader::new(file), item, limits, items);
        }
    }
}

/// Adds an item, or the members of it when it is an archive that is not a workbook.
fn expand<R: Read + Seek>(
    mut reader: R,
    item: Item,
    limits: Limits,
    items: &mut Vec<Result<Item, Unreadable>>,
) {
    if !begins_like_archive(&mut reader) {
        items.push(Ok(item));
        return;
    }
    let mut archive = match ZipArchive::new(reader) {
        Ok(archive) => archive,
        Err(error) => {
            items.push(Err(Unreadable::new(
                &item.label,
                format!("the archive is damaged: {error}"),
                "download it again",
            )));
            return;
        }
    };
    if archive.index_for_name("xl/workbook.xml").is_some() {
        items.push(match bounded(&mut archive, &item.label, limits, limits.workbook_bytes) {
            Ok(_) => Ok(item),
            Err(refusal) => Err(refusal),
        });
        return;
    }
    if let Some((_, what)) =
        OTHER_BOOKS.iter().find(|(part, _)| archive.index_for_name(part).is_some())
    {
        let rule = format!("it is {what}, which is not read");
        items.push(Err(Unreadable::new(&item.label, rule, "save it as .xlsx or as CSV")));
        return;
    }
    if item.members.len() >= limits.nesting {
        items.push(Err(Unreadable::new(
            &item.label,
            format!("archives lie within archives more than {} deep", limits.nesting),
            "unpack it by hand and import the files",
        )));
        return;
    }
    match bounded(&mut archive, &item.label, limits, limits.total_bytes) {
        Err(refusal) => items.push(Err(refusal)),
        Ok(members) => {
            let own = |name: &str| name.rsplit('/').next().is_some_and(is_publication);
            for (index, name, bytes, saved) in members.into_iter().filter(|member| own(&member.1)) {
                let mut inner = item.clone();
                inner.saved = saved;
                inner.label = format!("{}!{name}", item.label);
                inner.members.push(index);
                inner.bytes = bytes;
                expand_member(&mut archive, index, inner, limits, items);
            }
        }
    }
}

fn expand_member<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    item: Item,
    limits: Limits,
    items: &mut Vec<Result<Item, Unreadable>>,
) {
    let begins = archive.by_index(index).map_err(io::Error::other).and_then(|mut member| {
        let mut first = [0; 4];
        let read = member.read(&mut first)?;
        Ok(read == 4 && &first == b"PK\x03\x04")
    });
    match begins {
        Err(error) => items.push(Err(Unreadable::new(
            &item.label,
            format!("the member cannot be unpacked: {error}"),
            "download the archive again",
        ))),
        Ok(false) => items.push(Ok(item)),
        Ok(true) => match unpack(archive, index, limits.workbook_bytes) {
            Ok(bytes) => expand(Cursor::new(bytes), item, limits, items),
            Err(error) => items.push(Err(Unreadable::new(
                &item.label,
                format!("the archive within the archive cannot be unpacked: {error}"),
                "unpack it by hand and import the files",
            ))),
        },
    }
}

fn unpack<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    index: usize,
    most: u64,
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.by_index(index).map_err(io::Error::other)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other("it is larger than the program believes"));
    }
    Ok(bytes)
}

/// The members of an archive that are files, in the order of their names, if all bounds are kept.
fn bounded<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    label: &str,
    limits: Limits,
    total: u64,
) -> Result<Vec<Member>, Unreadable> {
    let refuse = |rule: String| {
        Unreadable::new(
            label,
            rule,
            "unpack it by hand, look at what it holds, and import the files",
        )
    };
    if archive.len() > limits.members {
        let members = archive.len();
        return Err(refuse(format!(
            "the archive holds {members} members, at most {} are believed",
            limits.members
        )));
    }
    let (mut members, mut sum) = (Vec::new(), 0_u64);
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index).map_err(|error| {
            refuse(format!("member {index} of the archive is damaged: {error}"))
        })?;
        if member.is_dir() {
            continue;
        }
        let (bytes, packed) = (member.size(), member.compressed_size());
        let saved = member.last_modified().and_then(|moment| {
            let (month, day) = (moment.month().try_into().ok()?, moment.day().try_into().ok()?);
            Date::new(moment.year().try_into().ok()?, month, day).ok()
        });
        let name =
            member.name().map_or_else(|_| format!("member {index}"), std::borrow::Cow::into_owned);
        sum = sum.saturating_add(bytes);
        if bytes > limits.member_bytes || sum > total {
            return Err(refuse(format!(
                "`{name}` would unpack to {bytes} bytes, more than the program believes"
            )));
        }
        if bytes > 1 << 20 && bytes / packed.max(1) > limits.ratio {
            return Err(refuse(format!(
                "`{name}` would unpack to {} times its size",
                bytes / packed.max(1)
            )));
        }
        members.push((index, name, bytes, saved));
    }
    members.sort_by(|left, right| left.1.cmp(&right.1));
    Ok(members)
}

fn begins_like_archive<R: Read + Seek>(reader: &mut R) -> bool {
    let mut first = [0; 4];
    let is = reader.read_exact(&mut first).is_ok() && &first == b"PK\x03\x04";
    reader.rewind().is_ok() && is
}

impl Item {
    /// Reads the item from its beginning, giving the reader to `take`.
    ///
    /// # Errors
    /// When it cannot be opened, or `take` fails.
    pub fn read<T>(&self, take: impl FnOnce(Box<dyn Read + '_>) -> io::Result<T>) -> io::Result<T> {
        let file = BufReader::with_capacity(1 << 18, File::open(&self.path)?);
        Self::descend(file, &self.members, self.bytes, take)
    }

    fn descend<R: Read + Seek, T>(
        reader: R,
        members: &[usize],
        bytes: u64,
        take: impl FnOnce(Box<dyn Read + '_>) -> io::Result<T>,
    ) -> io::Result<T> {
        let Some((first, rest)) = members.split_first() else {
            return take(Box::new(reader));
        };
        let mut archive = ZipArchive::new(reader).map_err(io::Error::other)?;
        if rest.is_empty() {
            // A member that unpacks to more than it said is cut there, and its checks fail.
            let member = archive.by_index(*first).map_err(io::Error::other)?;
            return take(Box::new(member.take(bytes)));
        }
        let inner = unpack(&mut archive, *first, Limits::default().workbook_bytes)?;
        Self::descend(Cursor::new(inner), rest, bytes, take)
    }

    /// The SHA-256 of its bytes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn fingerprint(&self) -> io::Result<String> {
        self.read(|mut reader| {
            let mut hash = Sha256::new();
            let mut buffer = vec![0; 1 << 16];
            loop {
                match reader.read(&mut buffer)? {
                    0 => return Ok(hex(&hash.finalize())),
                    read => hash.update(buffer.get(..read).unwrap_or_default()),
                }
            }
        })
    }

    /// The whole of it, up to a bound.
    ///
    /// # Errors
    /// When it cannot be read or is larger.
    pub fn whole(&self, most: u64) -> io::Result<Vec<u8>> {
        self.read(|reader| {
            let mut bytes = Vec::new();
            reader.take(most + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > most {
                return Err(io::Error::other("it is larger than the program believes"));
            }
            Ok(bytes)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn what_a_mac_hides_in_an_archive_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("extract.zip");
        let mut writer = ZipWriter::new(File::create(&file).unwrap());
        for name in ["extract.csv", "__MACOSX/._extract.csv", ".DS_Store"] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(b"a,b\n").unwrap();
        }
        writer.finish().unwrap();
        let items = list(&[file], Limits::default());
        let labels: Vec<String> = items.into_iter().map(|item| item.unwrap().label).collect();
        assert!(
            matches!(labels.as_slice(), [only] if only.ends_with("!extract.csv")),
            "{labels:?}"
        );
    }
}
