//! An indicator in the years of an outlook, by the one definition that tells what it was.

use evidence::Place;
use indicators::{Definition, EvaluateError, prepare};
use models::outlook::{Band, Found, month_ahead, tables_ahead};
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
}

impl Study {
    /// An indicator of a place in every year to come of an outlook, each draw by the definition of the indicator over the tables
    /// that the draw would fill.
    ///
    /// # Errors
    /// Where the indicator is not made of what an outlook tells.
    pub fn ahead(
        &self,
        definition: &Definition,
        place: &Place,
        found: &Found,
    ) -> Result<Vec<Ahead>, EvaluateError> {
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
        });
        Ok(told.collect())
    }
}
