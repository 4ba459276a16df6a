//! Everything that is left to chance in the models, in one list with fixed numbers.
//!
//! A draw is a function of the seed of its run, the decision, who or what is decided about, and when. A number of this list
//! is never used again for something else and never changed: then a new decision shifts no draw of another one, and a
//! scenario shares its luck with the baseline.
//!
//! Method: [keyed draws](../../../docs/book/methods.md#keyed-draws).

/// The value of an uncertain parameter; the unit is its name, the time the draw.
pub const PARAMETER: u32 = 1;

/// Age and sex of a GP of whom they are not published.
pub const GP_START: u32 = 101;
/// When a GP leaves practice.
pub const GP_LEAVES: u32 = 102;
/// When a GP goes to another practice of the place, and to which.
pub const GP_MOVES: u32 = 103;
/// When a partner becomes salaried or the other way round.
pub const GP_CONTRACT: u32 = 104;
/// When a GP is away for long.
pub const GP_ABSENCE: u32 = 105;
/// What a GP does when the practice closes.
pub const GP_CLOSURE: u32 = 106;
/// Why a GP leaves.
pub const GP_REASON: u32 = 107;
/// When the registrar of a training place finishes, and whether and where the new GP is in post.
pub const REGISTRAR: u32 = 108;
/// How many return or come from overseas in a month.
pub const GP_COMES: u32 = 109;
/// Who a joiner is: age, sex, hours, contract and practice.
pub const JOINER: u32 = 110;
/// Whether and when a recruit of a scenario arrives.
pub const RECRUIT: u32 = 111;
/// How long somebody stays in a post that is no GP's.
pub const POST_LEAVES: u32 = 112;
/// How long a post is advertised until it is filled.
pub const POST_FILLS: u32 = 113;
/// The key of everybody's lives in one draw of a run; within it people and years key the draws.
pub const LIVES: u32 = 20;
/// Which way people are moved when a raked table is rounded; the unit is the zone.
pub const ROUNDING: u32 = 21;
/// Who lives in which deprivation fifth; the unit is the practice, the time the sex and age band.
pub const FIFTHS: u32 = 22;
/// Who is of which ethnic group; the unit is the practice, the time the sex and age band.
pub const ETHNIC_GROUPS: u32 = 23;

/// The seed of one draw of a run: every draw has luck of its own, the same for every scenario.
#[must_use]
pub const fn seed_of_draw(seed: u64, draw: u32) -> u64 {
    let mut mixed = seed.wrapping_add((draw as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The number of a unit that has a name and no number: FNV-1a with 32 bits.
#[must_use]
pub fn unit_of_name(name: &str) -> u32 {
    name.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_draw_has_a_seed_of_its_own() {
        let mut seeds: Vec<u64> = (0..10_000).map(|draw| seed_of_draw(7, draw)).collect();
        seeds.sort_unstable();
        seeds.dedup();
        assert_eq!(seeds.len(), 10_000);
    }

    #[test]
    fn a_name_has_its_published_hash() {
        assert_eq!(unit_of_name("foobar"), 0xBF9C_F968);
    }
}
