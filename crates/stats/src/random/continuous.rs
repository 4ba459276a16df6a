//! Draws of amounts: normal, lognormal, exponential, gamma, beta, Dirichlet.

use super::Stream;
use crate::distributions::normal;

impl Stream {
    /// A draw from the standard normal distribution, by inversion: one uniform each, and growing with it.
    pub fn standard_normal(&mut self) -> f64 {
        normal::quantile(self.uniform())
    }

    /// A draw from the normal distribution.
    pub fn normal(&mut self, mean: f64, standard_deviation: f64) -> f64 {
        mean + standard_deviation * self.standard_normal()
    }

    /// A draw whose logarithm is normal; `median` is the middle of the draws, `log_spread` the standard
    /// deviation of their natural logarithm.
    pub fn lognormal(&mut self, median: f64, log_spread: f64) -> f64 {
        median * libm::exp(log_spread * self.standard_normal())
    }

    /// A waiting time of the given mean.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(self.uniform())
    }

    /// A draw from the gamma distribution of mean `shape × scale`; 0 where either is not above 0.
    ///
    /// # Source
    /// `marsaglia_tsang_2000`
    pub fn gamma(&mut self, shape: f64, scale: f64) -> f64 {
        if !(shape > 0.0 && scale > 0.0) {
            return 0.0;
        }
        if shape < 1.0 {
            let boost = libm::pow(self.uniform(), 1.0 / shape);
            return self.gamma_of_at_least_one(shape + 1.0) * boost * scale;
        }
        self.gamma_of_at_least_one(shape) * scale
    }

    fn gamma_of_at_least_one(&mut self, shape: f64) -> f64 {
        let centre = shape - 1.0 / 3.0;
        let spread = 1.0 / (9.0 * centre).sqrt();
        loop {
            let normal = self.standard_normal();
            let root = 1.0 + spread * normal;
            let cube = root * root * root;
            let level = libm::log(self.uniform());
            if cube > 0.0 && level < 0.5 * normal * normal + centre * (1.0 - cube + libm::log(cube))
            {
                return centre * cube;
            }
        }
    }

    /// A share drawn from the beta distribution of mean `first / (first + second)`.
    pub fn beta(&mut self, first: f64, second: f64) -> f64 {
        let (first, second) = (self.gamma(first, 1.0), self.gamma(second, 1.0));
        if first + second > 0.0 { first / (first + second) } else { 0.0 }
    }

    /// Shares that sum to 1, drawn around `weights`: the larger their sum, the closer to them.
    ///
    /// Where every weight is 0 every share is 0.
    pub fn dirichlet(&mut self, weights: &[f64]) -> Vec<f64> {
        let mut shares: Vec<f64> = weights.iter().map(|weight| self.gamma(*weight, 1.0)).collect();
        let total: f64 = shares.iter().sum();
        if total > 0.0 {
            for share in &mut shares {
                *share /= total;
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use crate::random::{Key, Stream};

    const DRAWS: u32 = 40_000;

    /// Checks mean and spread of many draws within four standard errors.
    fn assert_moments(mut draw: impl FnMut(&mut Stream) -> f64, mean: f64, variance: f64) {
        let mut stream = Stream::new(Key { seed: 11, decision: 0, unit: 0, time: 0 });
        let draws: Vec<f64> = (0..DRAWS).map(|_| draw(&mut stream)).collect();
        let n = f64::from(DRAWS);
        let found = draws.iter().sum::<f64>() / n;
        let spread = draws.iter().map(|x| (x - found) * (x - found)).sum::<f64>() / n;
        assert!((found - mean).abs() < 4.0 * (variance / n).sqrt(), "mean {found}, not {mean}");
        assert!((spread / variance - 1.0).abs() < 0.1, "variance {spread}, not {variance}");
    }

    #[test]
    fn normal_draws_have_their_mean_and_spread() {
        assert_moments(|s| s.normal(3.0, 2.0), 3.0, 4.0);
    }

    #[test]
    fn exponential_draws_have_their_mean_and_spread() {
        assert_moments(|s| s.exponential(5.0), 5.0, 25.0);
    }

    #[test]
    fn lognormal_draws_have_their_mean_and_spread() {
        let growth = libm::exp(0.25);
        assert_moments(
            |s| s.lognormal(2.0, 0.5),
            2.0 * growth.sqrt(),
            4.0 * growth * (growth - 1.0),
        );
    }

    #[test]
    fn gamma_draws_have_their_mean_and_spread_for_large_and_small_shape() {
        assert_moments(|s| s.gamma(4.0, 0.5), 2.0, 1.0);
        assert_moments(|s| s.gamma(0.3, 2.0), 0.6, 1.2);
    }

    #[test]
    fn beta_draws_have_their_mean_and_spread() {
        assert_moments(|s| s.beta(2.0, 6.0), 0.25, 0.1875 / 9.0);
    }

    #[test]
    fn dirichlet_shares_sum_to_one_and_keep_noughts() {
        let mut stream = Stream::new(Key { seed: 1, decision: 0, unit: 0, time: 0 });
        let shares = stream.dirichlet(&[2.0, 0.0, 5.0]);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!(shares[1] == 0.0 && shares[0] > 0.0);
        assert_eq!(stream.dirichlet(&[0.0, 0.0]), [0.0, 0.0]);
    }
}
