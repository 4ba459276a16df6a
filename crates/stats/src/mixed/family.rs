//! What one row says of its mean: the logarithm of its probability and its derivatives.
//!
//! Everything is a function of the linear predictor η (the logarithm of the mean, or the logit of the share)
//! and, for the two families whose rows vary by more than chance, of the logarithm φ of their size.

use crate::distributions::polygamma::Polygamma;

/// How the counts of rows vary around their means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Counts of events: variance equals mean. Log link.
    Poisson,
    /// Counts of events whose means vary between rows: variance μ + μ²/size. Log link.
    NegativeBinomial,
    /// Events among a known number who could have one. Logit link.
    Binomial,
    /// The same, with chances that vary between rows: a beta distribution of mean μ and size. Logit link.
    BetaBinomial,
}

/// The logarithm of a row's probability at one η, without the part that depends on the count alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Jet {
    pub value: f64,
    /// First derivative by η.
    pub first: f64,
    /// Second derivative by η.
    pub second: f64,
    /// Third derivative by η.
    pub third: f64,
    /// Derivative of `value` by φ.
    pub value_by_size: f64,
    /// Derivative of `first` by φ.
    pub first_by_size: f64,
    /// Derivative of `second` by φ.
    pub second_by_size: f64,
}

/// A row: its count, and how many it could have been (not used for counts of events).
#[derive(Debug, Clone, Copy)]
pub struct Count {
    pub events: f64,
    pub trials: f64,
}

impl Family {
    /// Whether counts are part of a known number.
    #[must_use]
    pub const fn has_trials(self) -> bool {
        matches!(self, Self::Binomial | Self::BetaBinomial)
    }

    /// Whether rows vary by more than chance, so that a size is estimated.
    #[must_use]
    pub const fn has_size(self) -> bool {
        matches!(self, Self::NegativeBinomial | Self::BetaBinomial)
    }

    /// The family without extra variation of rows.
    pub(super) const fn plain(self) -> Self {
        if self.has_trials() { Self::Binomial } else { Self::Poisson }
    }

    /// The mean of a row: events, or the share of trials.
    #[must_use]
    pub fn mean(self, predictor: f64) -> f64 {
        if self.has_trials() { logistic(predictor) } else { libm::exp(predictor) }
    }

    /// The part of the logarithm of the probability that depends on the count alone.
    pub(super) fn constant(self, count: Count) -> f64 {
        let Count { events, trials } = count;
        if self.has_trials() {
            libm::lgamma(trials + 1.0)
                - libm::lgamma(events + 1.0)
                - libm::lgamma(trials - events + 1.0)
        } else {
            -libm::lgamma(events + 1.0)
        }
    }

    /// The logarithm of the probability at the count itself, without the part that depends on the count alone: what
    /// every value is measured against, so that sums stay small and exact. Nought for the families with a size.
    pub(super) fn saturated(self, count: Count) -> f64 {
        let term =
            |part: f64, whole: f64| if part > 0.0 { part * libm::log(part / whole) } else { 0.0 };
        let Count { events, trials } = count;
        match self {
            Self::Poisson => term(events, 1.0) - events,
            Self::Binomial => term(events, trials) + term(trials - events, trials),
            Self::NegativeBinomial | Self::BetaBinomial => 0.0,
        }
    }

    /// First and second derivative by η.
    pub(super) fn slopes(self, count: Count, predictor: f64, size: f64) -> (f64, f64) {
        let Count { events, trials } = count;
        match self {
            Self::Poisson => {
                let mean = libm::exp(predictor);
                (events - mean, -mean)
            }
            Self::Binomial => {
                let share = logistic(predictor);
                (events - trials * share, -trials * share * (1.0 - share))
            }
            Self::NegativeBinomial => {
                let share = logistic(predictor - libm::log(size));
                let weight = events + size;
                (events - weight * share, -weight * share * (1.0 - share))
            }
            Self::BetaBinomial => {
                let jet = beta_binomial(count, predictor, size);
                (jet.first, jet.second)
            }
        }
    }

    /// The whole jet.
    pub(super) fn jet(self, count: Count, predictor: f64, size: f64) -> Jet {
        match self {
            Self::Poisson => {
                let mean = libm::exp(predictor);
                let value = count.events * predictor - mean;
                let first = count.events - mean;
                Jet { value, first, second: -mean, third: -mean, ..Jet::default() }
            }
            Self::Binomial => binomial(count, predictor),
            Self::NegativeBinomial => negative_binomial(count, predictor, size),
            Self::BetaBinomial => beta_binomial(count, predictor, size),
        }
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// ln(1 + eˣ) without overflow.
fn log_one_plus_exp(x: f64) -> f64 {
    if x > 0.0 { x + libm::log1p(libm::exp(-x)) } else { libm::log1p(libm::exp(x)) }
}

fn binomial(count: Count, predictor: f64) -> Jet {
    let Count { events, trials } = count;
    let share = logistic(predictor);
    let variance = share * (1.0 - share);
    Jet {
        value: events * predictor - trials * log_one_plus_exp(predictor),
        first: events - trials * share,
        second: -trials * variance,
        third: -trials * variance * (1.0 - 2.0 * share),
        ..Jet::default()
    }
}

fn negative_binomial(count: Count, predictor: f64, size: f64) -> Jet {
    let events = count.events;
    let log_size = libm::log(size);
    let share = logistic(predictor - log_size);
    let (rest, weight) = (1.0 - share, events + size);
    let spread = share * rest;
    let log_sum = log_size + log_one_plus_exp(predictor - log_size);
    let (log_rise, digamma_rise) = rise(events, size);
    Jet {
        value: log_rise + size * log_size + events * predictor - weight * log_sum,
        first: events - weight * share,
        second: -weight * spread,
        third: -weight * spread * (1.0 - 2.0 * share),
        value_by_size: size * (digamma_rise + log_size + 1.0 - log_sum) - weight * rest,
        first_by_size: -size * share + weight * spread,
        second_by_size: -size * spread + weight * spread * (1.0 - 2.0 * share),
    }
}

/// ln Γ(n + a) − ln Γ(a) and its derivative by a.
fn rise(n: f64, a: f64) -> (f64, f64) {
    if n == 0.0 {
        return (0.0, 0.0);
    }
    let value = libm::lgamma(n + a) - libm::lgamma(a);
    (value, Polygamma::at(n + a).digamma - Polygamma::at(a).digamma)
}

/// Differences of the derivatives of ln Γ between n + a and a.
fn rises(n: f64, a: f64) -> Polygamma {
    let (above, below) = (Polygamma::at(n + a), Polygamma::at(a));
    Polygamma {
        digamma: above.digamma - below.digamma,
        trigamma: above.trigamma - below.trigamma,
        tetragamma: above.tetragamma - below.tetragamma,
    }
}

fn beta_binomial(count: Count, predictor: f64, size: f64) -> Jet {
    let Count { events, trials } = count;
    let others = trials - events;
    let share = logistic(predictor).clamp(1e-12, 1.0 - 1e-12);
    let rest = 1.0 - share;
    let (hits, misses) = (rises(events, share * size), rises(others, rest * size));
    let first = size * (hits.digamma - misses.digamma);
    let second = size * size * (hits.trigamma + misses.trigamma);
    let third = size * size * size * (hits.tetragamma - misses.tetragamma);
    let by_size = size * size * (share * hits.trigamma - rest * misses.trigamma);
    let second_by_size =
        2.0 * second + size * size * size * (share * hits.tetragamma + rest * misses.tetragamma);
    let (slope, bend) = (share * rest, share * rest * (1.0 - 2.0 * share));
    let twist = slope * (1.0 - 6.0 * slope);
    let (total, total_by_size) = rise(trials, size);
    Jet {
        value: rise(events, share * size).0 + rise(others, rest * size).0 - total,
        first: first * slope,
        second: second * slope * slope + first * bend,
        third: third * slope * slope * slope + 3.0 * second * slope * bend + first * twist,
        value_by_size: size * (share * hits.digamma + rest * misses.digamma - total_by_size),
        first_by_size: (first + by_size) * slope,
        second_by_size: second_by_size * slope * slope + (first + by_size) * bend,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAMILIES: [Family; 4] =
        [Family::Poisson, Family::NegativeBinomial, Family::Binomial, Family::BetaBinomial];

    /// Each derivative beside the difference of the one below it.
    #[test]
    fn the_derivatives_are_those_of_the_values() {
        let count = Count { events: 7.0, trials: 19.0 };
        let step = 1e-5;
        for family in FAMILIES {
            for (predictor, size) in [(-0.7, 3.0_f64), (1.9, 14.0)] {
                let jet = family.jet(count, predictor, size);
                let up = family.jet(count, predictor + step, size);
                let down = family.jet(count, predictor - step, size);
                let difference = |a: f64, b: f64| (a - b) / (2.0 * step);
                let close = |a: f64, b: f64| (a - b).abs() < 1e-6 * (1.0 + a.abs());
                assert!(close(jet.first, difference(up.value, down.value)), "{family:?}");
                assert!(close(jet.second, difference(up.first, down.first)), "{family:?}");
                assert!(close(jet.third, difference(up.second, down.second)), "{family:?}");
                let (first, second) = family.slopes(count, predictor, size);
                assert!(close(first, jet.first) && close(second, jet.second), "{family:?}");
                let larger = family.jet(count, predictor, size * libm::exp(step));
                let smaller = family.jet(count, predictor, size * libm::exp(-step));
                let by_size = |pick: fn(&Jet) -> f64| difference(pick(&larger), pick(&smaller));
                assert!(close(jet.value_by_size, by_size(|j| j.value)), "{family:?}");
                assert!(close(jet.first_by_size, by_size(|j| j.first)), "{family:?}");
                assert!(close(jet.second_by_size, by_size(|j| j.second)), "{family:?}");
            }
        }
    }

    /// Sums of probabilities over all counts.
    #[test]
    fn probabilities_sum_to_one() {
        for family in FAMILIES {
            let top = if family.has_trials() { 12 } else { 400 };
            let probability = |events: u32| {
                let count = Count { events: f64::from(events), trials: 12.0 };
                libm::exp(family.jet(count, 0.8, 3.0).value + family.constant(count))
            };
            let sum: f64 = (0..=top).map(probability).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{family:?}: {sum}");
        }
    }
}
