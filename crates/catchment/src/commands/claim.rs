//! `catchment claim`: a sentence of the minutes, read.

use std::fs;
use std::path::PathBuf;

use claims::{Answer, Checker, SHEETS, Sheet, TEMPLATES, Verdict};
use clap::Args;
use evidence::Place;
use study::Study;

use super::{Common, place_of};
use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct Claim {
    /// The sentence; without it the claims that can be read are listed
    sentence: Option<String>,
    /// The place that the sentence speaks of when it names none; England when not given
    #[arg(long)]
    place: Option<String>,
    /// A sheet of claims or plain minutes: a file, or the name of an example sheet
    #[arg(long, conflicts_with = "sentence")]
    sheet: Option<String>,
    /// Write the sentences that could be read as a sheet of claims
    #[arg(long, requires = "sheet")]
    save: Option<PathBuf>,
}

impl Claim {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        match (&self.sentence, &self.sheet) {
            (Some(sentence), _) => self.one(common, sentence),
            (None, Some(sheet)) => self.sheet(common, sheet),
            (None, None) => list(common),
        }
    }

    fn one(&self, common: &Common, sentence: &str) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let (checker, library) = (Checker::new(&study)?, study.library());
        let home = self.home(&study, "")?;
        let answer = checker.answer(sentence, &home)?;
        if common.json {
            let found = answers::claims::json(sentence, &answer, library);
            say!("{}", serde_json::to_string_pretty(&found)?);
        } else {
            say!("{}", answers::claims::text(sentence, &answer, library).trim_end());
        }
        Ok(if answer.verdict().is_some() { Outcome::Done } else { Outcome::Problems })
    }

    fn sheet(&self, common: &Common, name: &str) -> anyhow::Result<Outcome> {
        let sheet = find_sheet(name)?;
        let study = common.study()?;
        let (checker, library) = (Checker::new(&study)?, study.library());
        let home = self.home(&study, &sheet.place)?;
        let mut answers = Vec::new();
        for sentence in &sheet.claims {
            answers.push((sentence.clone(), checker.answer_of(sentence, &home, sheet.day())?));
        }
        if common.json {
            let found =
                answers.iter().map(|(said, answer)| answers::claims::json(said, answer, library));
            let whole = answers::claims::sheet_json(&sheet, &home.name, found.collect());
            say!("{}", serde_json::to_string_pretty(&whole)?);
        } else {
            let read_for = self.read_for(&study, &sheet.place, &home);
            say!("{}\n{}\n{read_for}", sheet.title, sheet.about);
            say!("{}\n", answers::claims::of_day(sheet.day()));
            for (at, (sentence, answer)) in answers.iter().enumerate() {
                if let Some(line) = sheet.lines.get(at) {
                    say!("Line {line}:");
                }
                say!("{}", answers::claims::text(sentence, answer, library));
            }
            say!("{}", tally(&answers));
        }
        if let Some(path) = &self.save {
            let is_read =
                |at: usize| answers.get(at).is_some_and(|(_, one)| one.verdict().is_some());
            fs::write(path, sheet.only(is_read).write())?;
        }
        Ok(Outcome::Done)
    }

    /// The place asked for, that of the sheet where the evidence knows it, or England.
    fn home(&self, study: &Study, of_sheet: &str) -> anyhow::Result<Place> {
        match &self.place {
            Some(key) => place_of(study, key),
            None if of_sheet.is_empty() => place_of(study, "england"),
            None => place_of(study, of_sheet).or_else(|_| place_of(study, "england")),
        }
    }

    /// For which place the sheet was read, and whether that is its own.
    fn read_for(&self, study: &Study, of_sheet: &str, home: &Place) -> String {
        let elsewhere = self.place.is_none() && !of_sheet.is_empty();
        match place_of(study, of_sheet) {
            Err(error) if elsewhere => format!(
                "Read for {}, because the sheet’s own place is not in this evidence: {error}.",
                home.name
            ),
            _ => format!("Read for {}.", home.name),
        }
    }
}

/// How many sentences were supported, not supported, and neither.
fn tally(answers: &[(String, Answer)]) -> String {
    let with = |verdict: Verdict| {
        let read = answers.iter().filter_map(|(_, answer)| answer.verdict());
        read.filter(|found| *found == verdict).count()
    };
    let read = [Verdict::Supported, Verdict::NotSupported, Verdict::CannotTell].map(with);
    format!(
        "{} sentences: {} supported, {} not supported, {} on which the data cannot tell, {} not read",
        answers.len(),
        read[0],
        read[1],
        read[2],
        answers.len() - read.iter().sum::<usize>()
    )
}

/// An example sheet by its name, or a file.
fn find_sheet(name: &str) -> anyhow::Result<Sheet> {
    if let Some(sheet) = SHEETS.iter().find(|sheet| sheet.id == name) {
        return Ok(sheet.clone());
    }
    let text = fs::read_to_string(name).map_err(|error| {
        let known: Vec<&str> = SHEETS.iter().map(|sheet| sheet.id.as_str()).collect();
        Wrong(format!(
            "{name}: {error}; expected a file of sentences, or one of the example sheets {}",
            known.join(", ")
        ))
    })?;
    Ok(Sheet::read(&text))
}

fn list(common: &Common) -> anyhow::Result<Outcome> {
    if common.json {
        let all: Vec<_> = TEMPLATES
            .iter()
            .map(|template| {
                serde_json::json!({
                    "id": template.id, "theme": template.theme, "title": template.title,
                    "example": template.ask, "rows": template.rows, "grade": template.grade.as_str(),
                })
            })
            .collect();
        say!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(Outcome::Done);
    }
    for template in TEMPLATES.iter() {
        say!("{:<34} {}", template.id, template.title);
        say!("{:<34} “{}”", "", template.ask);
    }
    Ok(Outcome::Done)
}
