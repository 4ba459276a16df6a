//! An organisation's figure against that of all, of the larger one and of those most like it, at both limits.

use indicators::compare::{Likeness, against};
use indicators::{Comparison, Evaluation, Row as Figure};
use kit::{Caption, Cell, Column, Exhibit, Row, Table};
use vocab::Level;

use super::Compared;
use crate::context::Context;
use crate::findings;
use crate::origin::origin_of;
use crate::refusal::Refusal;

/// Whom an organisation is compared with, and how it stands to them.
type Line = (String, Comparison);

/// The comparisons of a place with a figure of its own; nothing of all together.
pub(super) fn of(
    context: &Context,
    compared: &Compared<'_>,
    evaluation: &Evaluation,
    own: &Figure,
    mut caption: Caption,
) -> Result<Option<Exhibit>, Refusal> {
    if compared.is_england() || own.estimate.is_none() {
        return Ok(None);
    }
    let lines = lines(context, compared, evaluation, own)?;
    let style = findings::style(compared.definition);
    let row = |(with, comparison): &Line| {
        Row::new(vec![
            Cell::text(with),
            Cell::maybe(comparison.reference),
            Cell::text(comparison.at_95.in_words()),
            Cell::text(comparison.at_998.in_words()),
        ])
    };
    caption.title = format!("{} of {} compared", compared.definition.name, compared.place.name);
    let table = Table {
        caption,
        columns: vec![
            Column::text("Compared with", "with"),
            Column::number("Their figure", "reference", style),
            Column::text("By the 95% interval", "at_95"),
            Column::text("By the 99.8% interval", "at_99_8"),
        ],
        rows: lines.iter().map(row).collect(),
        notes: Vec::new(),
    };
    let reading = "Better, worse, higher and lower are said only where the interval leaves the figure of the others out.";
    let heading = "Compared with others";
    let exhibit = Exhibit::table("comparisons", heading, reading, table);
    Ok(Some(exhibit.origin(Some(origin_of(evaluation)))))
}

fn lines(
    context: &Context,
    compared: &Compared<'_>,
    evaluation: &Evaluation,
    own: &Figure,
) -> Result<Vec<Line>, Refusal> {
    let whole = kit::number::capitalise(&evaluation.reference.name());
    let mut lines = vec![(whole, own.england)];
    if let Some((parent, comparison)) = &own.parent {
        let known = context.known()?;
        let name = kit::text::title_case(known.name_of(parent.level, &parent.code));
        lines.push((name, *comparison));
    }
    if own.organisation.level == Level::Practice {
        lines.extend(similar(context, compared, &own.organisation.code)?);
    }
    Ok(lines)
}

/// A practice against the practices most like it, together.
fn similar(
    context: &Context,
    compared: &Compared<'_>,
    code: &str,
) -> Result<Option<Line>, Refusal> {
    let all = context.evaluate(compared.definition, compared.period, Level::Practice, None)?;
    let profiles = context.study().profiles(Level::Practice)?;
    let similar = profiles.similar(code, &Likeness::default());
    let codes: Vec<&str> = similar.iter().map(|one| one.profile.code.as_str()).collect();
    let with = match codes.len() {
        1 => "The practice most like it".to_owned(),
        count => format!("The {count} practices most like it, together"),
    };
    Ok(against(compared.definition, &all, code, &codes).map(|comparison| (with, comparison)))
}
