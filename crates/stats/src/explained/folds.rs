//! Which practices are held out together.

use crate::random::{Key, Stream};

/// Parts into which practices are divided.
pub const FOLDS: u32 = 10;

/// The part of each practice: as even as can be, in an order drawn from the seed.
pub fn folds(count: usize, seed: u64) -> Vec<u32> {
    let mut order: Vec<usize> = (0..count).collect();
    Stream::new(Key { seed, decision: super::bootstrap::FOLD, unit: 0, time: 0 })
        .shuffle(&mut order);
    let mut folds = vec![0; count];
    for (position, practice) in order.into_iter().enumerate() {
        folds[practice] = position as u32 % FOLDS;
    }
    folds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_are_even_and_repeatable() {
        let found = folds(103, 7);
        for fold in 0..FOLDS {
            let size = found.iter().filter(|other| **other == fold).count();
            assert!((10..=11).contains(&size));
        }
        assert_eq!(found, folds(103, 7));
        assert_ne!(found, folds(103, 8));
    }
}
