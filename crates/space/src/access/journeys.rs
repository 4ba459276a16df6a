//! Journeys from origins to sites, kept origin by origin.

use stats::{NoFigure, counted};

/// One journey.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Journey {
    /// Number of the origin, from 0.
    pub origin: u32,
    /// Number of the site, from 0.
    pub site: u32,
    /// What it costs: minutes, as a rule.
    pub cost: f64,
}

/// All journeys within reach: for each origin the sites it can get to, and the cost of each.
#[derive(Debug, Clone, PartialEq)]
pub struct Journeys {
    pub(super) sites: usize,
    /// Where each origin's journeys begin, and one end more.
    pub(super) starts: Vec<usize>,
    pub(super) site: Vec<u32>,
    pub(super) cost: Vec<f64>,
}

impl Journeys {
    /// Sorts journeys by origin; those of one origin keep their order.
    ///
    /// # Errors
    /// A cost that is missing or below nought.
    ///
    /// # Panics
    /// When a journey names an origin or a site beyond those there are: the caller has a bug.
    pub fn new(origins: usize, sites: usize, journeys: &[Journey]) -> Result<Self, NoFigure> {
        let mut starts = vec![0_usize; origins + 1];
        for journey in journeys {
            counted(&[journey.cost])?;
            assert!((journey.site as usize) < sites, "every journey ends at a known site");
            starts[journey.origin as usize + 1] += 1;
        }
        for origin in 0..origins {
            starts[origin + 1] += starts[origin];
        }
        let mut next = starts.clone();
        let (mut site, mut cost) = (vec![0; journeys.len()], vec![0.0; journeys.len()]);
        for journey in journeys {
            let place = &mut next[journey.origin as usize];
            site[*place] = journey.site;
            cost[*place] = journey.cost;
            *place += 1;
        }
        Ok(Self { sites, starts, site, cost })
    }

    /// How many origins there are, with journeys or without.
    #[must_use]
    pub fn origins(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many sites there are, reached or not.
    #[must_use]
    pub const fn sites(&self) -> usize {
        self.sites
    }

    /// How many journeys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.site.len()
    }

    /// Whether nobody can reach anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.site.is_empty()
    }

    /// The sites that an origin can reach, and their costs.
    ///
    /// # Example
    /// ```
    /// use space::access::{Journey, Journeys};
    /// let journeys = [Journey { origin: 1, site: 0, cost: 5.0 }];
    /// let journeys = Journeys::new(2, 1, &journeys).unwrap();
    /// assert_eq!(journeys.from(0).count(), 0);
    /// assert_eq!(journeys.from(1).collect::<Vec<_>>(), [(0, 5.0)]);
    /// ```
    pub fn from(&self, origin: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let row = self.row(origin);
        self.site[row.clone()].iter().map(|site| *site as usize).zip(self.cost[row].iter().copied())
    }

    pub(super) fn row(&self, origin: usize) -> std::ops::Range<usize> {
        self.starts[origin]..self.starts[origin + 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn journeys_keep_their_order_within_an_origin() {
        let journey = |origin, site, cost| Journey { origin, site, cost };
        let given = [journey(1, 2, 3.0), journey(0, 1, 1.0), journey(1, 0, 2.0)];
        let journeys = Journeys::new(3, 3, &given).unwrap();
        assert_eq!(journeys.from(1).collect::<Vec<_>>(), [(2, 3.0), (0, 2.0)]);
        assert_eq!((journeys.from(2).count(), journeys.len()), (0, 3));
    }

    #[test]
    fn a_negative_cost_is_refused() {
        let given = [Journey { origin: 0, site: 0, cost: -1.0 }];
        assert_eq!(Journeys::new(1, 1, &given), Err(NoFigure::Negative));
    }
}
