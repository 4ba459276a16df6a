//! Draws of counts: Poisson and binomial.
//!
//! Small means by inversion (one uniform), large ones by transformed rejection, so that the time of a draw
//! does not grow with the count.

use super::Stream;

impl Stream {
    /// A count of events whose expected number is `mean`; 0 where the mean is not above 0.
    ///
    /// # Source
    /// `hormann_1993_poisson`
    pub fn poisson(&mut self, mean: f64) -> u64 {
        match mean {
            mean if mean >= 10.0 => self.large_poisson(mean),
            mean if mean > 0.0 => self.small_poisson(mean),
            _ => 0,
        }
    }

    fn small_poisson(&mut self, mean: f64) -> u64 {
        let mut left = self.uniform();
        let mut probability = libm::exp(-mean);
        let mut count = 0_u64;
        while left > probability && count < 200 {
            left -= probability;
            count += 1;
            probability *= mean / count as f64;
        }
        count
    }

    fn large_poisson(&mut self, mean: f64) -> u64 {
        let height = 0.931 + 2.53 * mean.sqrt();
        let reach = 0.02483 * height - 0.059;
        let log_scale = libm::log(1.1239 + 1.1328 / (height - 3.4));
        let log_mean = libm::log(mean);
        loop {
            let (side, level, edge) = self.hat();
            let count = ((2.0 * reach / edge + height) * side + mean + 0.43).floor();
            if edge >= 0.07 && level <= 0.9277 - 3.6224 / (height - 2.0) {
                return count as u64;
            }
            if count < 0.0 || (edge < 0.013 && level > edge) {
                continue;
            }
            let drawn = libm::log(level) + log_scale - libm::log(reach / (edge * edge) + height);
            if drawn <= count * log_mean - mean - libm::lgamma(count + 1.0) {
                return count as u64;
            }
        }
    }

    /// A point below the table mountain hat: side of the centre, level, distance from the edge.
    fn hat(&mut self) -> (f64, f64, f64) {
        let side = self.uniform() - 0.5;
        (side, self.uniform(), 0.5 - side.abs())
    }

    /// How many of `trials` happen, each with the same probability.
    ///
    /// A probability below 0 counts as 0, above 1 as 1.
    ///
    /// # Source
    /// `hormann_1993_binomial`
    pub fn binomial(&mut self, trials: u64, probability: f64) -> u64 {
        if probability > 0.5 {
            return trials - self.binomial(trials, 1.0 - probability);
        }
        match trials as f64 * probability {
            mean if mean >= 10.0 => self.large_binomial(trials as f64, probability),
            mean if mean > 0.0 => self.small_binomial(trials, probability),
            _ => 0,
        }
    }

    fn small_binomial(&mut self, trials: u64, probability: f64) -> u64 {
        let odds = probability / (1.0 - probability);
        let mut left = self.uniform();
        let mut chance = libm::exp(trials as f64 * libm::log1p(-probability));
        let mut count = 0_u64;
        while left > chance && count < trials.min(200) {
            left -= chance;
            count += 1;
            chance *= odds * (trials - count + 1) as f64 / count as f64;
        }
        count
    }

    fn large_binomial(&mut self, trials: f64, probability: f64) -> u64 {
        let mean = trials * probability;
        let spread = (mean * (1.0 - probability)).sqrt();
        let height = 1.15 + 2.53 * spread;
        let reach = 0.0248 * height + 0.01 * probability - 0.0873;
        let scale = (2.83 + 5.1 / height) * spread;
        let mode = ((trials + 1.0) * probability).floor();
        let log_ways = |count: f64| -libm::lgamma(count + 1.0) - libm::lgamma(trials - count + 1.0);
        let (at_mode, log_odds) = (log_ways(mode), libm::log(probability / (1.0 - probability)));
        loop {
            let (side, level, edge) = self.hat();
            let count = ((2.0 * reach / edge + height) * side + mean + 0.5).floor();
            if count < 0.0 || count > trials {
                continue;
            }
            if edge >= 0.07 && level <= 0.92 - 4.2 / height {
                return count as u64;
            }
            let drawn = libm::log(level * scale / (reach / (edge * edge) + height));
            if drawn <= log_ways(count) - at_mode + (count - mode) * log_odds {
                return count as u64;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::random::{Key, Stream};

    /// Checks every common count's frequency against its probability (five standard errors).
    fn assert_frequencies(
        mut draw: impl FnMut(&mut Stream) -> u64,
        probability: impl Fn(f64) -> f64,
    ) {
        let draws = 200_000_u32;
        let mut stream = Stream::new(Key { seed: 5, decision: 0, unit: 0, time: 0 });
        let mut counts = vec![0_u32; 200];
        (0..draws).for_each(|_| counts[draw(&mut stream) as usize] += 1);
        for (k, count) in counts.iter().enumerate() {
            let expected = f64::from(draws) * probability(k as f64);
            let difference = (f64::from(*count) - expected).abs();
            assert!(difference < 5.0 * expected.sqrt() + 3.0, "{k}: {count}, expected {expected}");
        }
    }

    fn poisson_probability(mean: f64) -> impl Fn(f64) -> f64 {
        move |k| libm::exp(k * libm::log(mean) - mean - libm::lgamma(k + 1.0))
    }

    fn binomial_probability(n: f64, p: f64) -> impl Fn(f64) -> f64 {
        move |k| {
            let ways = libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
            if k > n { 0.0 } else { libm::exp(ways + k * libm::log(p) + (n - k) * libm::log1p(-p)) }
        }
    }

    #[test]
    fn poisson_counts_come_as_often_as_they_should() {
        for mean in [0.02, 3.5, 9.9, 10.0, 60.0] {
            assert_frequencies(|s| s.poisson(mean), poisson_probability(mean));
        }
    }

    #[test]
    fn binomial_counts_come_as_often_as_they_should() {
        for (n, p) in [(12, 0.1), (100, 0.3), (40, 0.5), (150, 0.93), (1, 0.5)] {
            assert_frequencies(|s| s.binomial(n, p), binomial_probability(n as f64, p));
        }
    }

    #[test]
    fn the_ends_are_certain() {
        let mut stream = Stream::new(Key { seed: 5, decision: 0, unit: 0, time: 0 });
        assert_eq!(stream.poisson(0.0), 0);
        assert_eq!(stream.binomial(0, 0.5), 0);
        assert_eq!(stream.binomial(7, 0.0), 0);
        assert_eq!(stream.binomial(7, 1.0), 7);
    }
}
