//! One reading: verdict, figures, who makes or breaks it, how it was read.

use claims::Reading;
use kit::Exhibit;
use kit::number::capitalise;
use kit::text::title_case;
use serde::Serialize;

use super::{answer, class, figures, picture, said, verdict};
use crate::address::{self, encoded};
use crate::choices::Choices;
use crate::context::Context;
use crate::origin::{publication, source_line};

/// What a sentence came back with.
#[derive(Debug, Serialize)]
pub struct Told {
    /// The sentence.
    pub sentence: String,
    /// The kind of claim that it is.
    pub title: &'static str,
    /// Supported, not supported or cannot tell.
    pub verdict: &'static str,
    /// The same as a word for its colour.
    pub class: &'static str,
    /// What the figures say, in sentences.
    pub answer: String,
    /// The place that it speaks of.
    pub place: String,
    /// The address of the page of that place.
    pub place_href: String,
    /// What was understood, name and value of each part.
    pub understood: Vec<(String, String)>,
    /// Who makes or breaks it.
    pub named: Vec<NamedLine>,
    /// How much weight it bears, from A to D.
    pub grade: &'static str,
    /// What that grade means.
    pub grade_meaning: &'static str,
    /// The part of the methods chapter that says how.
    pub method: String,
    /// What it leaves out.
    pub limits: Vec<String>,
    /// What would change it.
    pub change: Vec<String>,
    /// What would tell, where the figures cannot.
    pub lacks: Vec<String>,
    /// The address of the outlook that it rests on.
    pub outlook: Option<String>,
    /// The publications that it rests on, each with the address of its page.
    pub releases: Vec<(String, String)>,
    /// The picture and the figures.
    #[serde(skip)]
    pub exhibits: Vec<Exhibit>,
    /// The address of the reading as JSON.
    pub as_json: String,
    /// The key of the place that was chosen.
    pub within: String,
}

/// Somebody who makes or breaks a claim.
#[derive(Debug, Serialize)]
pub struct NamedLine {
    /// The name.
    pub name: String,
    /// The code.
    pub code: String,
    /// The address of its page.
    pub href: Option<String>,
    /// Why it is named, in a sentence.
    pub why: String,
}

/// A reading of a sentence that was asked at the place of a key.
#[must_use]
pub fn of(context: &Context, choices: &Choices, within: &str, reading: &Reading) -> Told {
    let outlook = reading.outlook.as_ref();
    Told {
        sentence: reading.claim.sentence.clone(),
        title: &reading.claim.template.title,
        verdict: verdict(reading.verdict),
        class: class(reading.verdict),
        answer: answer(reading, context.library()),
        place: title_case(&reading.subject.name),
        place_href: address::place(&reading.subject),
        understood: understood(context, reading),
        named: named(context, reading),
        grade: reading.grade.as_str(),
        grade_meaning: reading.grade.meaning(),
        method: reading.method.clone(),
        limits: reading.limits.clone(),
        change: reading.change.clone(),
        lacks: reading.lacks.clone(),
        outlook: outlook.map(|place| format!("/place/{}/outlook", encoded(&place.key))),
        releases: releases(context, reading),
        exhibits: exhibits(context, reading),
        as_json: format!("/claims/reading/reading.json{}", choices.written()),
        within: within.to_owned(),
    }
}

/// What was understood, an indicator by its name.
fn understood(context: &Context, reading: &Reading) -> Vec<(String, String)> {
    let name = |value: &str| {
        let indicator = context.library().get(value);
        indicator.map_or_else(|| value.replace('_', " "), |one| one.name.clone())
    };
    let slots = reading.claim.slots.in_words().into_iter();
    slots.map(|(slot, value)| (capitalise(&slot.replace('_', " ")), name(&value))).collect()
}

fn named(context: &Context, reading: &Reading) -> Vec<NamedLine> {
    let line = |one: &claims::Named| NamedLine {
        name: title_case(&one.name),
        code: one.organisation.code.clone(),
        href: Some(address::to(&one.organisation)),
        why: said(&one.why, context.library()),
    };
    reading.named.iter().map(line).collect()
}

/// The publications that it rests on, each once.
fn releases(context: &Context, reading: &Reading) -> Vec<(String, String)> {
    let manifest = context.evidence().manifest();
    let releases = reading.releases.iter().filter_map(|id| manifest.release(id)).map(|release| {
        let name = format!("{} ({})", publication(release), release.dated());
        (name, format!("/release/{}", release.id))
    });
    let mut releases: Vec<(String, String)> = releases.collect();
    releases.sort();
    releases.dedup();
    releases
}

/// The chart and the figures of a reading.
#[must_use]
pub fn exhibits(context: &Context, reading: &Reading) -> Vec<Exhibit> {
    let manifest = context.evidence().manifest();
    let source = source_line(reading.releases.iter().filter_map(|id| manifest.release(id)));
    let (library, run) = (context.library(), context.run());
    let mut exhibits = Vec::new();
    if let Some(picture) = picture(reading, library, &source, run) {
        exhibits.push(Exhibit::chart("chart", "The picture", "", picture));
    }
    if !reading.figures.is_empty() {
        let table = figures(reading, library, &source, run);
        exhibits.push(Exhibit::table("figures", "The figures", "", table));
    }
    exhibits
}
