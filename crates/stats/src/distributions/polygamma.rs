//! Derivatives of the logarithm of the gamma function: digamma, trigamma, tetragamma.
//!
//! Counts whose chance itself varies (negative binomial, beta-binomial) need them. The argument is moved
//! above 10 by recurrence, where the asymptotic series has sixteen digits.

/// Where the series is exact to the last digit.
const SERIES_FROM: f64 = 12.0;

/// The first three derivatives of ln Γ at a point above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Polygamma {
    /// ψ, the first.
    pub digamma: f64,
    /// ψ′, the second.
    pub trigamma: f64,
    /// ψ″, the third.
    pub tetragamma: f64,
}

impl Polygamma {
    /// All three at `x`, which must be above 0.
    ///
    /// # Source
    /// `abramowitz_stegun_1964`
    #[must_use]
    pub fn at(x: f64) -> Self {
        let mut moved = x;
        let mut sums = Self { digamma: 0.0, trigamma: 0.0, tetragamma: 0.0 };
        while moved < SERIES_FROM {
            let inverse = 1.0 / moved;
            sums.digamma -= inverse;
            sums.trigamma += inverse * inverse;
            sums.tetragamma -= 2.0 * inverse * inverse * inverse;
            moved += 1.0;
        }
        let series = Self::series(moved);
        Self {
            digamma: sums.digamma + series.digamma,
            trigamma: sums.trigamma + series.trigamma,
            tetragamma: sums.tetragamma + series.tetragamma,
        }
    }

    fn series(x: f64) -> Self {
        let inverse = 1.0 / x;
        let square = inverse * inverse;
        let sum = |terms: &[f64; 6]| terms.iter().rev().fold(0.0, |sum, term| sum * square + term);
        Self {
            digamma: libm::log(x) - 0.5 * inverse - square * sum(&DIGAMMA),
            trigamma: inverse * (1.0 + 0.5 * inverse + square * sum(&TRIGAMMA)),
            tetragamma: -square * (1.0 + inverse + square * sum(&TETRAGAMMA)),
        }
    }
}

/// B₂ₖ/(2k), from k = 1.
const DIGAMMA: [f64; 6] =
    [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32_760.0];
/// B₂ₖ, from k = 1.
const TRIGAMMA: [f64; 6] =
    [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0];
/// (2k + 1) B₂ₖ, from k = 1.
const TETRAGAMMA: [f64; 6] = [0.5, -1.0 / 6.0, 1.0 / 6.0, -0.3, 5.0 / 6.0, -691.0 / 210.0];

#[cfg(test)]
mod tests {
    use super::Polygamma;

    /// Reference values: R 4.2.2, `digamma`, `trigamma`, `psigamma(x, 2)`.
    #[test]
    fn the_derivatives_are_those_of_r() {
        for (x, digamma, trigamma, tetragamma) in [
            (0.1, -10.423_754_940_411_08, 101.433_299_150_792_75, -2_001.861_457_378_343_9),
            (1.0, -0.577_215_664_901_532_3, 1.644_934_066_848_226_4, -2.404_113_806_319_188_5),
            (7.5, 1.946_757_484_246_087, 0.142_615_896_696_703_83, -0.020_305_252_536_644_67),
            (300.0, 5.702_114_882_064_637, 0.003_338_895_061_714_679, -1.114_820_987_631_459e-5),
        ] {
            let found = Polygamma::at(x);
            assert!((found.digamma / digamma - 1.0).abs() < 1e-13, "{x}: {found:?}");
            assert!((found.trigamma / trigamma - 1.0).abs() < 1e-13, "{x}: {found:?}");
            assert!((found.tetragamma / tetragamma - 1.0).abs() < 1e-13, "{x}: {found:?}");
        }
    }
}
