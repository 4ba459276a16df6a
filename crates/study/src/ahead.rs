//! An indicator in the years of an outlook, by the one definition that tells what it was.

use evidence::Place;
use indicators::{Definition, EvaluateError, Operand, prepare};
use models::outlook::{Band, Found, fills, month_ahead, tables_ahead};
use models::place::Base;
use vocab::{Month, Period};

use super::{Study, figure_of};

/// Draws of which an indicator is worked out: as many as tell eight of ten.
const DRAWS: usize = 64;

/// An indicator of a place in a year of an outlook.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ahead {
    /// Years after today.
    pub years: u32,
    /// The month whose figure it is.
    pub month: Month,
    /// Mean and range of the draws; nothing where a draw has no figure.
    pub band: Option<Band>,
    /// Draws in which it has no figure, and all of them.
    pub without: (usize, usize),
}

/// Why an indicator cannot be told in the years of an outlook.
#[derive(Debug, thiserror::Error)]
pub enum NotAhead {
    /// It is made of something that an outlook does not tell.
    #[error(
        "`{indicator}` is made of `{table}`{rows}, and an outlook tells only the lists of practices and their permanent fully qualified GPs"
    )]
    NotTold {
        /// The indicator.
        indicator: String,
        /// The table.
        table: String,
        /// Which of its rows.
        rows: String,
    },
    /// It looks back by less than a year.
    #[error(
        "`{indicator}` compares with {months} months before, and the years of an outlook are twelve months apart"
    )]
    Between {
        /// The indicator.
        indicator: String,
        /// Months that it looks back.
        months: u32,
    },
    /// Too few practices publish the GPs that it counts.
    #[error(
        "practices of {:.1}% of the patients of {place} publish how many permanent fully qualified GPs they have, and a figure of less than half of them would not be of {place}",
        100.0 * .share
    )]
    TooFew {
        /// The place.
        place: String,
        /// Their share of its patients, 0 to 1.
        share: f64,
    },
    /// The evidence cannot be read, or has no figure.
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
}

/// That an indicator can be told in the years of an outlook of a place.
///
/// # Errors
/// Why it cannot.
pub fn can_be_told(definition: &Definition, base: &Base) -> Result<(), NotAhead> {
    is_told(definition)?;
    let share = base.share_counting_gps();
    if counts_gps(definition) && share * 2.0 < 1.0 {
        return Err(NotAhead::TooFew { place: base.name.clone(), share });
    }
    Ok(())
}

/// That an indicator is made of what an outlook tells of any place.
fn is_told(definition: &Definition) -> Result<(), NotAhead> {
    let indicator = || definition.id.clone();
    for operand in [&definition.numerator, &definition.denominator] {
        if !fills(&operand.table, &operand.rows) {
            let (table, rows) = (operand.table.clone(), rows_in_words(operand));
            return Err(NotAhead::NotTold { indicator: indicator(), table, rows });
        }
        if !operand.months_before.is_multiple_of(12) {
            let months = operand.months_before;
            return Err(NotAhead::Between { indicator: indicator(), months });
        }
    }
    Ok(())
}

/// Whether an indicator counts GPs.
#[must_use]
pub fn counts_gps(definition: &Definition) -> bool {
    [&definition.numerator, &definition.denominator].iter().any(|one| one.table == "staff")
}

/// ` (group gp, role total)`: the words that rows must hold, empty ones aside.
fn rows_in_words(operand: &Operand) -> String {
    let words = operand.rows.iter().filter(|(_, words)| words.iter().any(|word| !word.is_empty()));
    let told: Vec<String> =
        words.map(|(column, words)| format!("{column} {}", words.join(" or "))).collect();
    if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) }
}

impl Study {
    /// An indicator of a place in every year to come of an outlook, each draw by the definition of the indicator over the tables
    /// that the draw would fill.
    ///
    /// # Errors
    /// Where the indicator is not made of what an outlook tells, or too little of the place tells it.
    pub fn ahead(
        &self,
        definition: &Definition,
        place: &Place,
        found: &Found,
    ) -> Result<Vec<Ahead>, NotAhead> {
        can_be_told(definition, &found.base)?;
        let years = 1..=found.outlook.settings.years;
        let mut figures = vec![Vec::new(); years.clone().count()];
        let draws = found.outlook.draws.iter().take(DRAWS);
        for draw in draws.clone() {
            let ahead = tables_ahead(&found.outlook, &found.base, draw);
            let evidence = self.evidence().with_ahead(ahead);
            for (years, of_year) in years.clone().zip(&mut figures) {
                let period = Period::Month(month_ahead(&found.base, years));
                let (_, row) = figure_of(&prepare(&evidence, definition, period)?, place)?;
                of_year.extend(row.and_then(|row| row.value()));
            }
        }
        let told = years.zip(figures).map(|(years, figures)| Ahead {
            years,
            month: month_ahead(&found.base, years),
            band: (figures.len() == draws.len()).then(|| Band::of(&figures)),
            without: (draws.len() - figures.len(), draws.len()),
        });
        Ok(told.collect())
    }
}

#[cfg(test)]
mod tests {
    use indicators::Library;

    use super::*;

    /// Of all that could be asked for: lists and permanent fully qualified GPs, and what is made of nothing else.
    #[test]
    fn only_what_is_made_of_lists_and_permanent_gps_is_told() {
        let library = Library::built_in().unwrap();
        let mut told: Vec<&str> = library
            .all()
            .into_iter()
            .filter(|one| is_told(one).is_ok())
            .map(|one| one.id.as_str())
            .collect();
        told.sort_unstable();
        assert_eq!(told, ["list_growth", "patients_per_gp", "qualified_gp_per_10000"]);
        let why = |id: &str| is_told(library.get(id).unwrap()).unwrap_err().to_string();
        assert!(
            why("deprivation_score")
                .starts_with("`deprivation_score` is made of `practice_deprivation`")
        );
        assert!(
            why("gp_per_10000")
                .contains("`staff` (group gp, level practice, measure fte, role total)")
        );
    }
}
