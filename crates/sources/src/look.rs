//! What a file that is read by no source looks like, in words that let a person go on.

use crate::registry;
use crate::sample::{Format, Sample};

/// Kinds of files by their first bytes: what they are and what to do.
const KINDS: [(&[u8], &str); 9] = [
    (
        b"%PDF",
        "it is a PDF document, which holds no table that can be read: look for the CSV or the workbook that it was made from",
    ),
    (b"\xd0\xcf\x11\xe0", "it is a workbook of the old kind (.xls): save it as .xlsx or CSV"),
    (b"\x1f\x8b", "it is packed with gzip: unpack it first"),
    (b"7z\xbc\xaf", "it is a 7-Zip archive: unpack it first"),
    (b"PAR1", "it is a Parquet file: save it as CSV"),
    (
        b"SQLite format 3",
        "it is a database (SQLite or GeoPackage): export the layer as CSV or GeoJSON",
    ),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"<", "it is a web page or XML, not a table: download it again"),
];

/// What a file looks like by its first bytes and rows.
pub(crate) fn in_words(first: &[u8], sample: &Sample) -> String {
    let text = first.trim_ascii_start();
    if text.is_empty() {
        return "the file is empty: download it again".to_owned();
    }
    if let Some(words) = other_kind(text) {
        return words.to_owned();
    }
    if first.contains(&0) {
        return "it holds zero bytes: it is no text".to_owned();
    }
    let begins = sample.rows.first().map(|row| row.join(", ")).unwrap_or_default();
    let begins: String = begins.chars().take(200).collect();
    let header = "no publication that the program knows has such a header";
    format!("{header}; it begins: {begins}{}", nearest(sample))
}

/// What a file is and what to do, where its first bytes say that it is no table.
pub(crate) fn other_kind(first: &[u8]) -> Option<&'static str> {
    KINDS.iter().find(|(begins, _)| first.starts_with(begins)).map(|(_, words)| *words)
}

/// What a workbook looks like of which no sheet is known.
pub(crate) fn workbook_in_words(samples: &[Sample]) -> String {
    let names = samples.iter().map(|sample| format!("`{}`", sample.sheet));
    let names = names.collect::<Vec<_>>().join(", ");
    let near = samples.iter().map(nearest).find(|near| !near.is_empty()).unwrap_or_default();
    format!(
        "no sheet of the workbook is of a publication that the program knows; its sheets are {names}{near}"
    )
}

/// What a JSON document looks like.
pub(crate) fn json_in_words(sample: &Sample) -> String {
    match sample.rows.first() {
        None => "it is JSON without features: a map is GeoJSON, with a list of features".to_owned(),
        Some(names) => format!(
            "it is a map (GeoJSON) of no kind that the program knows; its features have {}{}",
            names.join(", "),
            nearest(sample)
        ),
    }
}

/// The publication whose header comes nearest, with the columns that are not there; empty where none is near.
fn nearest(sample: &Sample) -> String {
    let Some((source, missing)) = registry::nearest(sample) else { return String::new() };
    let missing: Vec<String> = missing.iter().map(|name| format!("`{name}`")).collect();
    let kind = if sample.format == Format::GeoJson { "map" } else { "file" };
    let lacks = missing.join(", ");
    format!("; nearest is a {kind} of {} ({}), but there is no {lacks}", source.title, source.id)
}

/// Whether a file calls itself synthetic, in its own name or that of its archive, or in a title above its header.
pub(crate) fn is_synthetic(file: &str, titles: &[Vec<String>]) -> bool {
    let says = |text: &str| text.to_lowercase().contains("synthetic");
    let own = |part: &str| part.rsplit(['/', '\\']).next().is_some_and(says);
    file.split('!').any(own) || titles.iter().flatten().any(|title| says(title))
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    #[test]
    fn files_of_other_kinds_are_named() {
        for (name, bytes, words) in [
            ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\n".as_slice(), "PDF"),
            ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old kind"),
            (
                "a.geojson",
                br#"{"type":"FeatureCollection","features":[{"properties":{"PARKCD":"x"}}]}"#,
                "PARKCD",
            ),
            ("a.json", br#"{"rows":[]}"#, "without features"),
        ] {
            let trial = Trial::of(name, bytes);
            assert_eq!(trial.verdict(), Verdict::NotRecognised, "{name}");
            assert!(trial.remarks().contains(words), "{name}: {}", trial.remarks());
        }
    }

    #[test]
    fn the_nearest_kind_and_the_missing_column_are_named() {
        let list =
            "EXTRACT_DATE,CODE,POSTCODE,SEX,AGE,PATIENTS\n01NOV2025,A81001,TS18 1HU,ALL,ALL,100\n";
        let remarks = Trial::of("a.csv", list).remarks();
        assert!(
            remarks.contains("(patients_registered), but there is no `NUMBER_OF_PATIENTS`"),
            "{remarks}"
        );
    }

    #[test]
    fn what_calls_itself_synthetic_is_left_alone() {
        let list = "EXTRACT_DATE,CODE,POSTCODE,SUB_ICB_LOCATION_CODE,SEX,AGE,NUMBER_OF_PATIENTS\n01NOV2025,A81001,TS18 1HU,16C,ALL,ALL,100\n";
        assert_eq!(Trial::of("a.csv", list).verdict(), Verdict::Accepted);
        let trial = Trial::of("Synthetic_list.csv", list);
        assert_eq!(trial.verdict(), Verdict::NotRecognised);
        assert!(trial.rows("list_size", "2025-11-01").is_empty());
        let titled = format!("SYNTHETIC DATA,,,,,,\n{list}");
        assert_eq!(Trial::of("a.csv", titled).verdict(), Verdict::NotRecognised);
    }
}
