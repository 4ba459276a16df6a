//! The counter-based generator Philox4x32 with ten rounds.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const STEPS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Four words of random bits from a counter and a key.
///
/// # Source
/// `salmon_2011`
#[must_use]
#[inline]
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    rounds(counter.map(u64::from), key).map(|word| word as u32)
}

/// The same for several counters side by side, which a processor does faster than one by one: `counters[word][lane]` are
/// the words of each counter, and so are the bits.
#[must_use]
#[inline]
pub fn philox4x32_abreast<const LANES: usize>(
    counters: [[u32; LANES]; 4],
    key: [u32; 2],
) -> [[u32; LANES]; 4] {
    let mut bits = counters;
    for lane in 0..LANES {
        let words = rounds(counters.map(|word| u64::from(word[lane])), key);
        for (bits, word) in bits.iter_mut().zip(words) {
            bits[lane] = word as u32;
        }
    }
    bits
}

/// Ten rounds in the lower halves of the words; what is left in the upper halves does not count.
#[expect(
    clippy::inline_always,
    reason = "lanes go through the rounds together only where they see them"
)]
#[inline(always)]
fn rounds(mut words: [u64; 4], mut key: [u32; 2]) -> [u64; 4] {
    for _ in 0..10 {
        let [first, second] = [0, 1]
            .map(|half| u64::from(MULTIPLIERS[half]) * (words[2 * half] & u64::from(u32::MAX)));
        words = [
            (second >> 32) ^ words[1] ^ u64::from(key[0]),
            second,
            (first >> 32) ^ words[3] ^ u64::from(key[1]),
            first,
        ];
        key = [key[0].wrapping_add(STEPS[0]), key[1].wrapping_add(STEPS[1])];
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{philox4x32, philox4x32_abreast};

    #[test]
    fn lanes_abreast_give_what_each_gives_alone() {
        let counters = [0_u32, 1, 0xFFFF_FFFF].map(|lane| [lane, 7, lane ^ 0x1234_5678, 9]);
        let key = [0xa409_3822, 0x299f_31d0];
        let words = std::array::from_fn(|word| counters.map(|counter| counter[word]));
        let abreast = philox4x32_abreast(words, key);
        for (lane, counter) in counters.into_iter().enumerate() {
            assert_eq!(abreast.map(|word| word[lane]), philox4x32(counter, key));
        }
    }

    #[test]
    fn the_published_known_answers_hold() {
        assert_eq!(
            philox4x32([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox4x32([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox4x32(
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0]
            ),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }
}
