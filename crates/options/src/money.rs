//! What a scenario costs, by financial year and line, and whether it stays within the money there is.
//!
//! These are the costs that people write down with an intervention. They come on top of what the contracts pay by rule. A
//! post's money is the most it can cost: it is drawn only while somebody is in post. Recruits are as many as are expected to come,
//! and paid as if none left again. What a kind of intervention costs beside its lines it says in a remark.

use models::change::months_between;
use models::money::{Pence, Tag, financial_year};
use vocab::{FinancialYear, Month};

use super::intervention::{Cost, Dated, When};
use super::scenario::{InFile, Resolved};

/// A line of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearLine {
    /// What for.
    pub what: String,
    /// Structure, service or enabler.
    pub tag: Tag,
    /// How much in the year.
    pub amount: Pence,
}

/// A financial year, or the part of it that the outlook covers.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// The year.
    pub year: FinancialYear,
    /// Its lines, in the order of the interventions; lines of nothing are left out.
    pub lines: Vec<YearLine>,
}

impl Year {
    /// The sum of the year.
    #[must_use]
    pub fn total(&self) -> Pence {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// The sum of one tag.
    #[must_use]
    pub fn of(&self, tag: Tag) -> Pence {
        self.lines.iter().filter(|line| line.tag == tag).map(|line| line.amount).sum()
    }
}

/// What a scenario costs in each financial year that the outlook touches.
#[must_use]
pub fn cost_by_year(scenario: &Resolved<'_>, base: Month, months: u32) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    let mut month = base;
    for _ in 0..months {
        let year = financial_year(month);
        if years.last().is_none_or(|last| last.year != year) {
            years.push(Year { year, lines: Vec::new() });
        }
        month = month.next();
    }
    let all = scenario.in_file();
    let costs = |one: &InFile<'_>| one.2.what.costs();
    let whats: Vec<String> = all.iter().flat_map(costs).map(|cost| cost.what).collect();
    let is_said_once = |what: &String| whats.iter().filter(|other| *other == what).count() == 1;
    for (key, number, dated) in all {
        for cost in dated.what.costs() {
            let what = if is_said_once(&cost.what) {
                cost.what.clone()
            } else {
                format!("{} ({})", cost.what, scenario.name_of(key, number))
            };
            for year in &mut years {
                let share = share_in_year(dated, &cost, year.year, (base, months));
                let amount = Pence::of_pounds(cost.pounds * share);
                if amount != Pence(0) {
                    year.lines.push(YearLine { what: what.clone(), tag: cost.tag, amount });
                }
            }
        }
    }
    years
}

/// The share of a cost that falls into a financial year: of the whole, or of a year where it comes each year.
fn share_in_year(
    dated: &Dated,
    cost: &Cost,
    year: FinancialYear,
    (base, months): (Month, u32),
) -> f64 {
    let begins = months_between(base, dated.from);
    let april = months_between(base, Month { year: year.begins, month: 4 });
    let last = april.saturating_add(12).min(months.cast_signed());
    let overlap = |from: i32, to: i32| f64::from((to.min(last) - from.max(april).max(0)).max(0));
    match cost.when {
        When::Once => overlap(begins, begins + 1),
        When::EachYear => overlap(begins, i32::MAX) / 12.0,
        When::Over(over) => {
            let over = i32::try_from(over.max(1)).unwrap_or(i32::MAX);
            overlap(begins, begins.saturating_add(over)) / f64::from(over)
        }
        When::Rising(over) => {
            let there = |month: i32| f64::from(month - begins + 1) / f64::from(over.max(1));
            let first = begins.max(april).max(0);
            (first..last).map(|month| there(month).min(1.0)).sum::<f64>() / 12.0
        }
    }
}

/// A scenario's money beside another one's, year by year.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// For each year how much more (or with a minus less) the scenario costs.
    pub more: Vec<(FinancialYear, Pence)>,
    /// Lines by which the scenario saves.
    pub saves: Vec<String>,
}

impl Envelope {
    /// Whether the scenario costs no more in any year than the other and `room` together.
    #[must_use]
    pub fn holds(&self, room: Pence) -> bool {
        self.more.iter().all(|(_, more)| *more <= room)
    }
}

/// What must be known of the cost of either of two scenarios, each sentence once.
#[must_use]
pub fn remarks_of_both(one: &Resolved<'_>, other: &Resolved<'_>) -> Vec<&'static str> {
    let mut found = one.cost_remarks();
    let of_other = other.cost_remarks();
    found.extend(of_other.iter().filter(|remark| !one.cost_remarks().contains(remark)));
    found
}

/// Compares the money of two scenarios over the same years.
#[must_use]
pub fn envelope(scenario: &[Year], other: &[Year]) -> Envelope {
    let of = |year: FinancialYear| other.iter().find(|one| one.year == year).map(Year::total);
    let more = scenario
        .iter()
        .map(|one| (one.year, one.total() - of(one.year).unwrap_or_default()))
        .collect();
    let mut saves: Vec<String> = scenario
        .iter()
        .flat_map(|year| &year.lines)
        .filter(|line| line.amount < Pence(0))
        .map(|line| line.what.clone())
        .collect();
    saves.dedup();
    Envelope { more, saves }
}
