//! The figures of a place over all indicators, and what stands out among them.

use crate::address::written;
use crate::findings::{
    against_england, distance, lies_outside, nothing_outstanding, observed, outstanding, style,
    verdict,
};
use evidence::Place;
use indicators::{Definition, Evaluation, Row, Theme};
use kit::{KeyFigure, Link, Point, Value, Verdict};
use rayon::prelude::*;

use crate::context::Context;

/// Indicators shown first, where the evidence has them.
const KEY: [&str; 8] = [
    "patients_per_gp",
    "appointments_per_1000",
    "same_day",
    "did_not_attend",
    "survey_overall",
    "aged_75_and_over",
    "deprivation_score",
    "qof_points",
];
/// Sentences at most.
const MOST_SENTENCES: usize = 8;

/// One figure of the place.
pub(super) struct Figure<'a> {
    pub(super) definition: &'a Definition,
    pub(super) evaluation: Evaluation,
    pub(super) row: Row,
}

/// All figures of the place, by theme and name.
pub(super) struct Found<'a>(pub(super) Vec<Figure<'a>>);

impl<'a> Found<'a> {
    /// The figures of a place in the latest period of each indicator.
    pub(super) fn of(context: &'a Context, place: &Place) -> Self {
        let definitions: Vec<&'a Definition> = context.library().all();
        let figures = definitions.par_iter().filter_map(|definition| {
            let (evaluation, row) = context.figure_of(definition, place)?;
            row.estimate?;
            Some(Figure { definition, evaluation, row })
        });
        Self(figures.collect())
    }

    /// The figures shown first: those of the list, then one of each theme, eight in all.
    pub(super) fn key(&self) -> Vec<&Figure<'a>> {
        let stands = || self.0.iter().filter(|figure| figure.stands());
        let mut chosen: Vec<&Figure<'a>> = KEY
            .iter()
            .filter_map(|id| stands().find(|figure| figure.definition.id == *id))
            .collect();
        for theme in Theme::ALL {
            let of_theme = stands().find(|figure| figure.definition.theme == *theme);
            let is_there = |figure: &&Figure| {
                chosen.iter().any(|known| known.definition.id == figure.definition.id)
            };
            if let Some(figure) = of_theme.filter(|figure| !is_there(figure)) {
                chosen.push(figure);
            }
        }
        chosen.truncate(KEY.len());
        chosen
    }

    /// The key figures in words.
    pub(super) fn key_figures(&self, place: &Place) -> Vec<KeyFigure> {
        self.key().into_iter().map(|figure| figure.large(place)).collect()
    }

    /// What stands out: the largest differences from England that chance does not explain.
    pub(super) fn points(&self, place: &Place) -> Vec<Point> {
        let mut outstanding: Vec<(&Figure, f64)> =
            self.0.iter().filter_map(|figure| Some((figure, figure.outstanding()?))).collect();
        outstanding.sort_by(|a, b| b.1.total_cmp(&a.1));
        let largest = outstanding.into_iter().take(MOST_SENTENCES);
        largest.filter_map(|(figure, _)| figure.point(place)).collect()
    }

    /// What is said where nothing stands out.
    pub(super) fn quiet(&self, whole: &str) -> String {
        let compared: Vec<(&Figure, f64)> =
            self.0.iter().filter_map(|figure| Some((figure, distance(&figure.row)?))).collect();
        let outside = compared
            .iter()
            .filter(|(one, _)| lies_outside(one.definition, &one.evaluation, &one.row))
            .count();
        let widest = compared.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        let widest = widest.and_then(|(figure, _)| figure.sentence());
        nothing_outstanding(whole, compared.len(), outside, widest.as_deref())
    }

    /// The indicators that a map can be drawn of: identifier and name.
    pub(super) fn map_choices(&self) -> Vec<(String, String)> {
        let choice =
            |figure: &Figure| (figure.definition.id.clone(), figure.definition.name.clone());
        self.0.iter().map(choice).collect()
    }
}

impl Figure<'_> {
    /// Whether it is a figure of the place: one of fewer than half of its organisations is none.
    fn stands(&self) -> bool {
        self.row.counted.counted * 2 > self.row.counted.of
    }

    /// How far it stands out; nothing where it does not.
    fn outstanding(&self) -> Option<f64> {
        outstanding(self.definition, &self.evaluation, &self.row)
    }

    /// The comparison in a sentence, and how much of England it is made with.
    fn sentence(&self) -> Option<String> {
        let text = against_england(self.definition, &self.row, &self.evaluation)?;
        let part = self.evaluation.reference.note();
        Some(part.map_or_else(|| text.clone(), |part| format!("{text} {part}")))
    }

    /// The comparison as a point that leads to the indicator.
    fn point(&self, place: &Place) -> Option<Point> {
        let verdict = verdict(self.definition, &self.row.england);
        Some(Point {
            link: Link::new(self.sentence()?, self.href(place)),
            is_bad: matches!(verdict, Verdict::Different(_, _, Value::Bad)),
        })
    }

    /// The page of the indicator within the place.
    fn href(&self, place: &Place) -> String {
        format!("/indicator/{}{}", self.definition.id, written(&[("within", &place.key)]))
    }

    /// The figure in large type with its comparison and period.
    fn large(&self, place: &Place) -> KeyFigure {
        let style = style(self.definition);
        let unit = style.unit.clone();
        let whole = self.evaluation.reference.heading();
        let england = self.row.england.reference.map(|england| {
            let comparison = verdict(self.definition, &self.row.england);
            if comparison == Verdict::NotCompared {
                return format!("{whole} {}", style.figure(england));
            }
            format!(
                "{} {}; {whole} {}",
                comparison.symbol(),
                comparison.label(),
                style.figure(england)
            )
        });
        let period = self.evaluation.when(self.definition);
        let part =
            self.evaluation.reference.note().map(|part| part.trim_end_matches('.').to_owned());
        let basis = Some(self.evaluation.basis(&self.row));
        let parts =
            [Some(unit).filter(|unit| !unit.is_empty()), england, Some(period), basis, part];
        KeyFigure {
            name: self.definition.name.clone(),
            value: style.cell(observed(&self.row)),
            note: parts.into_iter().flatten().collect::<Vec<_>>().join(". "),
            href: self.href(place),
        }
    }
}
