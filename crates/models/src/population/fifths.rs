//! Deaths of small areas by their deprivation.

use std::collections::BTreeMap;

use super::Rates;

/// The rates of small areas by the fifth of deprivation that they are in, as deaths differ; those of England where it is not known.
pub(super) struct Fifths {
    fifth_of: BTreeMap<String, usize>,
    /// Of the five fifths and of England, with moves.
    moving: Vec<Rates>,
    /// The same without moves.
    still: Vec<Rates>,
}

impl Fifths {
    pub fn of(england: &Rates, deprivation: BTreeMap<String, (f64, u8)>) -> Self {
        let mut moving: Vec<Rates> = (0..5).map(|fifth| england.of_fifth(fifth)).collect();
        moving.push(england.clone());
        let fifth = |tenth: u8| usize::from(tenth.clamp(1, 10) - 1) / 2;
        Self {
            fifth_of: deprivation
                .into_iter()
                .map(|(code, (_, tenth))| (code, fifth(tenth)))
                .collect(),
            still: moving.iter().map(Rates::without_moves).collect(),
            moving,
        }
    }

    pub fn of_area(&self, code: &str, still: bool) -> &Rates {
        let at = self.fifth_of.get(code).copied().unwrap_or(self.moving.len() - 1);
        if still { &self.still[at] } else { &self.moving[at] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tenths 1 and 2 are the most deprived fifth and die most; an area that nobody ranked dies as England does.
    #[test]
    fn deaths_are_those_of_the_fifth_that_an_area_is_in() {
        let tenths = (1..=10_u8).map(|tenth| (format!("E{tenth}"), (0.0, tenth))).collect();
        let england = Rates::of_england(0.004);
        let fifths = Fifths::of(&england, tenths);
        let at_sixty = |code: &str| fifths.of_area(code, true).deaths[0][60];
        for (tenth, ratio) in
            [(1, 1.5), (2, 1.5), (3, 1.2), (5, 1.0), (8, 0.85), (9, 0.73), (10, 0.73)]
        {
            let told = at_sixty(&format!("E{tenth}")) / england.deaths[0][60];
            assert!((told - ratio).abs() < 1e-9, "tenth {tenth}: {told} for {ratio}");
        }
        assert!((at_sixty("nobody") - england.deaths[0][60]).abs() < 1e-12);
        assert!(fifths.of_area("E1", true).net_moves[0].iter().all(|moves| moves.abs() < 1e-12));
        assert!(fifths.of_area("E1", false).net_moves[0][20] > 0.0);
    }
}
