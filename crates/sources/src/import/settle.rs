//! The end of an import: which of the files that were read come to count, and what they say otherwise than others.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use evidence::{
    Closed, Difference, Manifest, Part, Release, Staging, Statements, Store, StoreError, Table,
    Verdict, tables,
};
use vocab::Period;
use vocab::counts::of_noun;

use crate::problem::Problem;

/// A release with rows that count: of the store, or of this import.
pub(super) struct Held {
    pub file: String,
    pub source: String,
    pub edition: String,
    saved: Option<String>,
    sha256: String,
    id: String,
    /// Its position among the releases of this import.
    pub number: Option<usize>,
    pub parts: Vec<(Part, PathBuf)>,
}

impl Held {
    fn of(release: &Release, number: Option<usize>, parts: Vec<(Part, PathBuf)>) -> Self {
        Self {
            file: release.origin.file.clone(),
            source: release.source.clone(),
            edition: release.edition.clone(),
            saved: release.origin.saved.clone(),
            sha256: release.origin.sha256.clone(),
            id: release.id.clone(),
            number,
            parts,
        }
    }
}

/// Everything that counts, and the releases of this import as they are settled one by one.
pub(super) struct Settling<'a> {
    staging: &'a Staging,
    dry_run: bool,
    held: Vec<Held>,
    statements: BTreeMap<PathBuf, Statements>,
    releases: Vec<Release>,
    problems: Vec<Problem>,
}

impl<'a> Settling<'a> {
    /// Begins with what the store holds.
    pub fn new(staging: &'a Staging, store: &Store, manifest: &Manifest, dry_run: bool) -> Self {
        let with_rows = manifest.releases.iter().filter(|release| !release.parts.is_empty());
        let held = with_rows.map(|release| {
            let parts = release.parts.iter();
            let parts = parts.map(|part| (part.clone(), store.root().join(&part.path))).collect();
            Held::of(release, None, parts)
        });
        Self {
            staging,
            dry_run,
            held: held.collect(),
            statements: BTreeMap::new(),
            releases: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Settles a release that was read, with its rows if it has any.
    pub fn take(
        &mut self,
        mut release: Release,
        writer: Option<evidence::ReleaseWriter>,
    ) -> Result<(), StoreError> {
        if let Some(earlier) = self.twin(&release) {
            remark(&mut release, format!("the same bytes as {earlier}; read once"));
        } else if let Some(writer) = writer {
            let closed = self.staging.close(writer)?;
            if self.stands(&mut release, &closed)? {
                self.keep(&mut release, closed)?;
            }
        }
        self.releases.push(release);
        Ok(())
    }

    /// The releases and the problems that settling found.
    pub fn finish(mut self) -> Result<(Vec<Release>, Vec<Problem>), StoreError> {
        super::lists::compare(&self.held, |number, words| {
            if let Some(release) = self.releases.get_mut(number) {
                remark(release, words);
            }
        })?;
        Ok((self.releases, self.problems))
    }

    /// The file in this import that holds the same bytes, and the same sheet of them.
    fn twin(&self, release: &Release) -> Option<String> {
        let same = |held: &&Held| {
            held.number.is_some() && held.sha256 == release.origin.sha256 && held.id == release.id
        };
        self.held.iter().find(same).map(|held| held.file.clone())
    }

    fn keep(&mut self, release: &mut Release, closed: Closed) -> Result<(), StoreError> {
        let mut parts = closed.parts.clone();
        if !self.dry_run {
            release.parts = self.staging.settle(closed)?;
            for (part, path) in &mut parts {
                *path = self.staging.root().join(&part.path);
            }
        }
        self.held.push(Held::of(release, Some(self.releases.len()), parts));
        Ok(())
    }

    /// Whether a release may count beside those that do: one that contradicts another of its publication and date is refused,
    /// unless it is known to have been saved later.
    fn stands(&mut self, release: &mut Release, closed: &Closed) -> Result<bool, StoreError> {
        for number in 0..self.held.len() {
            let Some((part, found)) = self.contradiction(number, release, closed)? else {
                continue;
            };
            let Some(held) = self.held.get(number) else { continue };
            let (theirs, ours) = (held.saved.clone(), release.origin.saved.clone());
            let told = format!("{} of {}: {}", part.table, in_words(&part.period), counted(&found));
            if release.edition.is_empty() && held.number.is_none() {
                let file = &held.file;
                remark(
                    release,
                    format!(
                        "it holds no date and stands in place of `{file}`, imported before, where they differ ({told})"
                    ),
                );
                continue;
            }
            if let (Some(before), Some(after)) = (&theirs, &ours)
                && after > before
            {
                remark(
                    release,
                    format!(
                        "it was saved on {after}, after `{}` of {before}, and stands in its place where they differ ({told})",
                        held.file
                    ),
                );
                continue;
            }
            let earlier = held.file.clone();
            let number = held.number;
            self.refuse(release, &earlier, &told);
            if let Some(earlier) = number.and_then(|number| self.releases.get_mut(number)) {
                let file = &release.origin.file;
                remark(
                    earlier,
                    format!(
                        "`{file}` contradicts it and was refused: {told}; look which of them is right"
                    ),
                );
            }
            return Ok(false);
        }
        Ok(true)
    }

    fn refuse(&mut self, release: &mut Release, earlier: &str, told: &str) {
        release.verdict = Verdict::Refused;
        release.rows_kept = 0;
        release.problems += 1;
        self.problems.push(Problem {
            file: release.origin.file.clone(),
            ..Problem::of_file(
                format!("it contradicts `{earlier}`, a file of the same publication and date ({told}): which is right cannot be told"),
                "keep the one that is right: if it is this one, import it into a new store without the other",
            )
        });
    }

    /// What a release says otherwise than one that counts and is of the same publication and date.
    fn contradiction(
        &mut self,
        number: usize,
        release: &Release,
        closed: &Closed,
    ) -> Result<Option<(Part, Difference)>, StoreError> {
        let Some(held) = self.held.get(number) else { return Ok(None) };
        if held.source != release.source || held.edition != release.edition {
            return Ok(None);
        }
        for (theirs, there) in &held.parts {
            let same = |(ours, _): &&(Part, PathBuf)| {
                ours.table == theirs.table
                    && ours.period == theirs.period
                    && ours.sha256 != theirs.sha256
            };
            let Some(table) = tables::find(&theirs.table) else { continue };
            for (ours, here) in closed.parts.iter().filter(same) {
                for path in [there, here] {
                    state(&mut self.statements, table, path)?;
                }
                let (Some(before), Some(after)) =
                    (self.statements.get(there), self.statements.get(here))
                else {
                    continue;
                };
                let found = Statements::difference(table, (before, there), (after, here))?;
                if let Some(found) = found {
                    return Ok(Some((ours.clone(), found)));
                }
            }
        }
        Ok(None)
    }
}

fn state(
    known: &mut BTreeMap<PathBuf, Statements>,
    table: &'static Table,
    path: &Path,
) -> Result<(), StoreError> {
    if !known.contains_key(path) {
        known.insert(path.to_owned(), Statements::of(table, path)?);
    }
    Ok(())
}

fn remark(release: &mut Release, words: String) {
    release.remarks.push(words);
    if release.verdict == Verdict::Accepted {
        release.verdict = Verdict::AcceptedWithRemarks;
    }
}

fn counted(found: &Difference) -> String {
    let Difference { shared, differing, example } = found;
    let differ = if *differing == 1 { "differs" } else { "differ" };
    format!("{differing} of {} in both {differ}, such as {example}", of_noun(*shared, "key"))
}

fn in_words(period: &str) -> String {
    period.parse::<Period>().map_or_else(|_| period.to_owned(), Period::in_words)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::write::SimpleFileOptions;
    use zip::{DateTime, ZipWriter};

    use super::*;
    use crate::trial::Trial;

    fn list(day: &str, rows: &[(&str, u32)]) -> String {
        let header =
            "EXTRACT_DATE,CODE,POSTCODE,SUB_ICB_LOCATION_CODE,SEX,AGE,NUMBER_OF_PATIENTS\n";
        let of = |(code, patients): &(&str, u32)| {
            format!("{day},{code},TS18 1HU,16C,ALL,ALL,{patients}\n")
        };
        header.to_owned() + &rows.iter().map(of).collect::<String>()
    }

    /// An archive with one list in it, saved on a day of November 2025.
    fn saved(day: u8, content: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let moment = DateTime::from_date_and_time(2025, 11, day, 9, 30, 0).unwrap();
        let options = SimpleFileOptions::default().last_modified_time(moment);
        writer.start_file("list.csv", options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
        writer.finish().unwrap().into_inner()
    }

    const DAY: &str = "01NOV2025";
    const FIRST: [(&str, u32); 3] = [("A81001", 100), ("A81002", 250), ("A81003", 70)];
    const OTHER: [(&str, u32); 3] = [("A81003", 70), ("A81002", 520), ("A81004", 90)];

    #[test]
    fn of_two_files_that_contradict_each_other_the_second_is_refused_and_both_say_so() {
        let (one, two) = (list(DAY, &FIRST), list(DAY, &OTHER));
        let trial = Trial::of_files(&[("a.csv", one.as_bytes()), ("b.csv", two.as_bytes())]);
        let verdicts: Vec<_> = trial.releases().iter().map(|release| release.verdict).collect();
        assert_eq!(verdicts, [Verdict::AcceptedWithRemarks, Verdict::Refused]);
        let told = "list_size of 1 November 2025: 1 of 2 keys in both differs, such as practice A81002: `patients` is 250 there, 520 here";
        assert!(trial.problems().contains(told), "{}", trial.problems());
        assert!(trial.problems().contains("a.csv`, a file of the same publication and date"));
        assert!(
            trial.remarks().contains("b.csv` contradicts it and was refused"),
            "{}",
            trial.remarks()
        );
        let expected = ["A81001|16C|100", "A81002|16C|250", "A81003|16C|70"];
        assert_eq!(trial.rows("list_size", "2025-11-01"), expected);
    }

    #[test]
    fn two_files_that_say_the_same_or_speak_of_others_both_count() {
        let turned = FIRST.iter().rev().copied().collect::<Vec<_>>();
        let (one, same, rest) =
            (list(DAY, &FIRST), list(DAY, &turned), list(DAY, &[("A81004", 90)]));
        let trial = Trial::of_files(&[
            ("a.csv", one.as_bytes()),
            ("b.csv", same.as_bytes()),
            ("c.csv", rest.as_bytes()),
        ]);
        assert!(trial.releases().iter().all(|release| release.verdict == Verdict::Accepted));
        assert_eq!(trial.rows("list_size", "2025-11-01").len(), 4);
    }

    #[test]
    fn an_issue_that_was_saved_later_stands_in_place_of_the_earlier_and_says_so() {
        let (early, late) = (saved(12, &list(DAY, &FIRST)), saved(20, &list(DAY, &OTHER)));
        let trial = Trial::of_files(&[("a.zip", &early), ("b.zip", &late)]);
        let remarks = trial.releases()[1].remarks.join("; ");
        assert!(remarks.contains("it was saved on 2025-11-20, after"), "{remarks}");
        let expected = ["A81001|16C|100", "A81002|16C|520", "A81003|16C|70", "A81004|16C|90"];
        assert_eq!(trial.rows("list_size", "2025-11-01"), expected);
        let trial = Trial::of_files(&[("a.zip", &late), ("b.zip", &early)]);
        assert_eq!(trial.releases()[1].verdict, Verdict::Refused);
        assert!(trial.rows("list_size", "2025-11-01").contains(&"A81002|16C|520".to_owned()));
    }

    #[test]
    fn half_a_list_says_what_the_month_before_held() {
        let whole = list("01OCT2025", &FIRST);
        let half = list(DAY, &FIRST[..1]);
        let trial = Trial::of_files(&[("a.csv", whole.as_bytes()), ("b.csv", half.as_bytes())]);
        let told = "it holds 1 practice with 100 patients; the lists of 1 October 2025 hold 3 practices with 420 patients";
        let remarks = trial.releases()[1].remarks.join("; ");
        assert!(remarks.contains(told), "{remarks}");
        assert_eq!(trial.releases()[0].verdict, Verdict::Accepted);
    }

    #[test]
    fn lists_of_one_day_in_two_publications_are_set_side_by_side() {
        let one = list(DAY, &FIRST[..2]);
        let of = |(code, patients): (&str, u32)| {
            let of = |sex: &str, age: &str, patients: u32| {
                format!("01NOV2025,GP,{code},{sex},{age},{patients}\n")
            };
            let (men, women) = (patients / 2, patients - patients / 2);
            let rows = [
                ("MALE", "0_4", 0),
                ("MALE", "95+", men),
                ("FEMALE", "0_4", 0),
                ("FEMALE", "95+", women),
                ("ALL", "ALL", patients),
            ];
            rows.map(|(sex, age, patients)| of(sex, age, patients)).concat()
        };
        let two = format!(
            "EXTRACT_DATE,ORG_TYPE,ORG_CODE,SEX,AGE_GROUP_5,NUMBER_OF_PATIENTS\n{}{}",
            of(("A81001", 100)),
            of(("A81002", 260))
        );
        let trial = Trial::of_files(&[("a.csv", one.as_bytes()), ("b.csv", two.as_bytes())]);
        let remarks = trial.releases()[1].remarks.join("; ");
        assert!(
            remarks.contains("1 of 2 practices have another list in"),
            "{remarks}{}",
            trial.problems()
        );
        assert!(remarks.contains("such as A81002: 250 there, 260 here"), "{remarks}");
    }
}
