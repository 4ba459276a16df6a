//! Chance that can be repeated: every draw is a function of what it decides, for whom and when.
//!
//! Draws are keyed, not sequential. Adding a decision, a person or a thread shifts no other draw, and a
//! baseline and an option share every draw that both make, so that their difference is the option and not luck.
//! The generator is Philox4x32-10, which turns a counter into random bits and has no state to share.
//!
//! Methods: [draws](../../../docs/book/methods.md#keyed-draws).

mod continuous;
mod counts;
mod philox;

pub use philox::philox4x32;

/// What a stream of draws is for. Two streams with different keys have nothing in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The seed of the run, printed with its results.
    pub seed: u64,
    /// The number of the decision, fixed for ever (a caller keeps one list of them).
    pub decision: u32,
    /// The person, practice or place decided about.
    pub unit: u32,
    /// The day, month or repetition.
    pub time: u32,
}

/// The endless row of draws of one key.
///
/// # Example
/// ```
/// use stats::random::{Key, Stream};
/// let key = Key { seed: 7, decision: 1, unit: 42, time: 0 };
/// assert_eq!(Stream::new(key).uniform(), Stream::new(key).uniform());
/// ```
///
/// # Source
/// `salmon_2011`
#[derive(Debug, Clone)]
pub struct Stream {
    key: [u32; 2],
    counter: [u32; 4],
    block: [u32; 4],
    used: usize,
}

impl Stream {
    /// The stream of a key, at its first draw.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self {
            key: [key.seed as u32, (key.seed >> 32) as u32],
            counter: [0, key.time, key.unit, key.decision],
            block: [0; 4],
            used: 4,
        }
    }

    /// 32 random bits.
    pub fn bits(&mut self) -> u32 {
        if self.used == 4 {
            self.block = philox4x32(self.counter, self.key);
            self.counter[0] = self.counter[0].wrapping_add(1);
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// A number strictly between 0 and 1, each of 2⁵² values equally likely.
    pub fn uniform(&mut self) -> f64 {
        let bits = u64::from(self.bits()) << 32 | u64::from(self.bits());
        ((bits >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
    }

    /// A whole number from 0 up to, not including, `count`, each equally likely.
    ///
    /// # Panics
    /// When `count` is 0.
    pub fn below(&mut self, count: u32) -> u32 {
        assert!(count > 0, "a choice needs at least one possibility");
        let reject_under = count.wrapping_neg() % count;
        loop {
            let product = u64::from(self.bits()) * u64::from(count);
            if product as u32 >= reject_under {
                return (product >> 32) as u32;
            }
        }
    }

    /// Whether something of this probability happens; never at 0, always at 1.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// The position of one of `weights`, chosen in proportion to them; nothing where they sum to 0.
    pub fn choose(&mut self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        let mut left = self.uniform() * total;
        let last = weights.iter().rposition(|weight| *weight > 0.0)?;
        for (position, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return Some(position);
            }
        }
        Some(last)
    }

    /// Puts `items` into an order chosen at random.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for position in (1..items.len()).rev() {
            items.swap(position, self.below(position as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(unit: u32) -> Stream {
        Stream::new(Key { seed: 20_240_101, decision: 3, unit, time: 5 })
    }

    #[test]
    fn the_same_key_gives_the_same_draws() {
        let draws = |mut stream: Stream| -> Vec<u32> { (0..9).map(|_| stream.bits()).collect() };
        assert_eq!(draws(stream(1)), draws(stream(1)));
        assert_ne!(draws(stream(1)), draws(stream(2)));
    }

    #[test]
    fn whole_numbers_below_three_are_equally_likely() {
        let mut counts = [0_u32; 3];
        let mut stream = stream(1);
        for _ in 0..30_000 {
            counts[stream.below(3) as usize] += 1;
        }
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 330), "{counts:?}");
    }

    #[test]
    fn a_weight_of_nought_is_never_chosen() {
        let mut stream = stream(1);
        let chosen: Vec<_> = (0..1000).map(|_| stream.choose(&[0.0, 1.0, 0.0, 3.0, 0.0])).collect();
        assert!(chosen.iter().all(|choice| matches!(choice, Some(1 | 3))));
        assert_eq!(stream.choose(&[]), None);
        assert_eq!(stream.choose(&[0.0, 0.0]), None);
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        stream(1).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
