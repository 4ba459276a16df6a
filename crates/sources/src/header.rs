//! Column names as publishers drift: with footnote digits, line breaks, other capitals and stray blanks.

use crate::scan::Row;

/// A column name brought to one form: lower case, words joined by `_`, trailing footnote digits dropped.
///
/// `Average number of registered patients1`, `PCN_CODE_2_3` and `"Sub ICB Loc \nODS code"` become
/// `average_number_of_registered_patients`, `pcn_code` and `sub_icb_loc_ods_code`. A name of digits only stays.
#[must_use]
pub fn normalise(name: &str) -> String {
    let mut tidy = String::with_capacity(name.len());
    for character in name.trim().trim_start_matches('\u{feff}').chars() {
        match character {
            '+' => tidy.push('+'),
            c if c.is_alphanumeric() => tidy.extend(c.to_lowercase()),
            _ if tidy.is_empty() || tidy.ends_with('_') => {}
            _ => tidy.push('_'),
        }
    }
    let end = tidy.trim_end_matches(|c: char| c == '_' || c.is_ascii_digit()).len();
    let stem = if end == 0 { tidy.trim_end_matches('_').len() } else { end };
    tidy.truncate(stem);
    tidy
}

/// The header of a file: each column by its normalised name; of two with one name the first counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    normalised: Vec<String>,
    written: Vec<String>,
}

impl Header {
    /// The header made of these names as written.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let written: Vec<String> = names
            .into_iter()
            .map(|name| name.trim().trim_start_matches('\u{feff}').to_owned())
            .collect();
        Self { normalised: written.iter().map(|name| normalise(name)).collect(), written }
    }

    /// The position of a column by any of its names over the years.
    #[must_use]
    pub fn position(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| {
            let exact = self.written.iter().position(|written| written.eq_ignore_ascii_case(name));
            let wanted = normalise(name);
            exact.or_else(|| self.normalised.iter().position(|candidate| *candidate == wanted))
        })
    }

    /// The position of the column that has this name and no other form of it, but for capitals and blanks at its ends: a
    /// person who asks for `deaths_2024` is not answered with `deaths_2022`.
    #[must_use]
    pub fn exactly(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let same = self.written.iter().position(|written| written == name);
        same.or_else(|| self.written.iter().position(|written| written.eq_ignore_ascii_case(name)))
    }

    /// Whether all of these columns are there, each under its name.
    #[must_use]
    pub fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.position(&[name]).is_some())
    }

    /// The name of a column as written.
    #[must_use]
    pub fn written(&self, position: usize) -> &str {
        self.written.get(position).map_or("", String::as_str)
    }

    /// All names as written.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.written
    }

    /// Whether a row is this header, printed again.
    #[must_use]
    pub fn is_repeated_by(&self, row: &Row<'_>) -> bool {
        self.written.iter().enumerate().all(|(field, name)| row.get(field) == name)
    }

    /// Number of columns.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.written.len()
    }

    /// Whether there are no columns.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.written.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_drift_come_to_one_form() {
        let cases = [
            ("\u{feff}FID", "fid"),
            ("Average number of registered patients1", "average_number_of_registered_patients"),
            ("PCN_CODE_2_3", "pcn_code"),
            ("Sub ICB Loc \nODS code", "sub_icb_loc_ods_code"),
            ("Number of Patients", "number_of_patients"),
            ("90+", "90+"),
            ("42", "42"),
            ("LSOA21CD", "lsoa21cd"),
        ];
        for (written, form) in cases {
            assert_eq!(normalise(written), form);
        }
    }

    #[test]
    fn a_column_asked_for_exactly_is_no_other() {
        let header = Header::new(["deaths_2022", " Deaths_2023 "]);
        assert_eq!(header.exactly("deaths_2024"), None);
        assert_eq!(header.exactly("deaths_2023"), Some(1));
        assert_eq!(header.exactly("deaths"), None);
    }

    #[test]
    fn a_column_is_found_by_its_exact_name_before_its_form() {
        let header = Header::new(["SUBMISSIONS_7", "RATE", "SUBMISSIONS"]);
        assert_eq!(header.position(&["SUBMISSIONS"]), Some(2));
        assert_eq!(header.position(&["submissions_9"]), Some(0));
        assert_eq!(header.position(&["nothing", "rate"]), Some(1));
    }
}
