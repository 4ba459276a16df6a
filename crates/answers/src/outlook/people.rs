//! People by risk group, today and then.

use models::outlook::{Found, Outlook, RiskRow, risks as of_outlook};
use models::people::risk::RiskGroup;

use super::{in_range, year};
use kit::answer::Exhibit;
use kit::caption::Caption;
use kit::chart::bars::{Bar, Bars};
use kit::number::{Style, capitalise, plain};
use kit::table::{Cell, Column, Row, Table};

pub(super) fn risks(found: &Found, caption: Caption) -> Exhibit {
    let said = found.rankings.iter().filter_map(crate::ranking::sentence).collect::<Vec<_>>();
    let table = risk_table(&found.outlook, caption);
    Exhibit::table("risk_groups", "People by risk group", said.join(" "), table).detail()
}

/// People by risk group in the last year beside today.
#[must_use]
pub fn risk_bars(outlook: &Outlook, caption: Caption) -> Bars {
    let [now, then] = risks_now_and_then(outlook);
    let thousand = |row: &RiskRow| Some(row.people.mean / 1000.0);
    let bar = |(now, then): (&RiskRow, &RiskRow)| Bar {
        name: short(then.group).to_owned(),
        value: thousand(now),
        reference: thousand(then),
    };
    Bars {
        caption,
        style: Style::number(1, "thousand people"),
        name: year(0),
        reference: Some(year(outlook.settings.years)),
        heading: "Risk group".to_owned(),
        bars: now.iter().zip(&then).map(bar).collect(),
    }
}

/// People by risk group and the share of need that is theirs, today and in the last year, each with its range.
#[must_use]
pub fn risk_table(outlook: &Outlook, caption: Caption) -> Table {
    let people = |heading: &str, key: &str| Column::number(heading, key, Style::count("people"));
    let share =
        |heading: &str, key: &str| Column::number(heading, key, Style::percentage(1, "of need"));
    let line = |row: &RiskRow| {
        let bands = [row.people, row.share_of_need];
        let cells = bands.iter().flat_map(|band| [band.mean, band.p10, band.p90]).map(Cell::value);
        let words = [year(row.year), capitalise(row.group.in_words())].map(Cell::text);
        Row::new(words.into_iter().chain(cells).collect())
    };
    Table {
        caption,
        columns: vec![
            Column::text("Year", "year"),
            Column::text("Risk group", "group"),
            people("People", "people"),
            people("1 in 10 below", "people_p10"),
            people("1 in 10 above", "people_p90"),
            share("Share of need", "share_of_need"),
            share("1 in 10 below", "share_p10"),
            share("1 in 10 above", "share_p90"),
        ],
        rows: of_outlook(outlook).iter().map(line).collect(),
        notes: vec!["The people are synthetic: made to agree with published lists and registers, nobody’s record is among them. Today they are as many in every draw.".to_owned()],
    }
}

/// In a sentence: how many people need complex care today and then, and what share of need is theirs.
#[must_use]
pub fn risk_sentence(outlook: &Outlook) -> Option<String> {
    let [now, then] = risks_now_and_then(outlook);
    let (now, then) = (now.last()?, then.last()?);
    let share = |row: &RiskRow| plain(100.0 * row.share_of_need.mean, 1);
    Some(format!(
        "{} people need complex care today, {}% of all need; {} it is {}, {}% of need.",
        plain(now.people.mean, 0),
        share(now),
        year(then.year).to_lowercase(),
        in_range(then.people, 0),
        share(then)
    ))
}

fn risks_now_and_then(outlook: &Outlook) -> [Vec<RiskRow>; 2] {
    let (now, then) = of_outlook(outlook).into_iter().partition(|row| row.year == 0);
    [now, then]
}

/// A risk group under a bar, where there is no room for all of it.
const fn short(group: RiskGroup) -> &'static str {
    match group {
        RiskGroup::Well => "Well",
        RiskGroup::SomeConditions => "1–2 conditions",
        RiskGroup::SeveralConditions => "3 conditions",
        RiskGroup::Complex => "Complex",
    }
}
