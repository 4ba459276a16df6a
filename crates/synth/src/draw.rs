//! Everything the generator leaves to chance, in one list with fixed numbers.

use stats::random::{Key, Stream};

/// What is decided. The numbers are fixed: changing one changes every place ever generated.
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
pub enum Decision {
    Vertex = 1001,
    Border = 1002,
    Coast = 1003,
    TownMakeup = 1004,
    Neighbourhood = 1005,
    AreaNoise = 1006,
    Residents = 1007,
    Site = 1008,
    ListSize = 1009,
    Partition = 1010,
    Name = 1011,
    AreaAges = 1012,
    PracticeAges = 1013,
    ResidentAges = 1014,
    Ethnicity = 1015,
    Cars = 1099,
    Growth = 1016,
    Weighting = 1017,
    Contract = 1018,
    ActivityRate = 1019,
    ActivityMix = 1020,
    Appointments = 1021,
    Days = 1022,
    Online = 1023,
    Staff = 1024,
    StaffLevel = 1025,
    NetworkStaff = 1026,
    Condition = 1027,
    Register = 1028,
    Achievement = 1029,
    Survey = 1030,
    Payment = 1031,
    Emergency = 1032,
    CareHome = 1033,
    Opening = 1034,
    Domains = 1035,
    Spell = 1036,
}

/// The draws of one decision about one unit at one time.
pub fn draw(seed: u64, decision: Decision, unit: usize, time: usize) -> Stream {
    Stream::new(Key { seed, decision: decision as u32, unit: unit as u32, time: time as u32 })
}

/// Splits `total` over `shares` at random; the parts sum to the total.
pub fn multinomial(stream: &mut Stream, total: u64, shares: &[f64]) -> Vec<u64> {
    let mut left = total;
    let mut weight: f64 = shares.iter().sum();
    let mut parts = vec![0; shares.len()];
    for (part, share) in parts.iter_mut().zip(shares) {
        if left == 0 || weight <= 0.0 {
            break;
        }
        *part = stream.binomial(left, (share / weight).clamp(0.0, 1.0));
        left -= *part;
        weight -= share;
    }
    give_remainder(&mut parts, left, shares);
    parts
}

/// What rounding errors of the weights left over goes to the largest share.
fn give_remainder(parts: &mut [u64], left: u64, shares: &[f64]) {
    if left == 0 {
        return;
    }
    let largest = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
    if let Some(part) = largest.and_then(|index| parts.get_mut(index)) {
        *part += left;
    }
}

/// Splits `total` in proportion to `shares` without chance: whole parts first, then the largest remainders.
pub fn apportion(total: u64, shares: &[f64]) -> Vec<u64> {
    let weight: f64 = shares.iter().sum();
    if weight <= 0.0 {
        return vec![0; shares.len()];
    }
    let exact: Vec<f64> = shares.iter().map(|share| share / weight * total as f64).collect();
    let mut parts: Vec<u64> = exact.iter().map(|part| part.floor() as u64).collect();
    let given: u64 = parts.iter().sum();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| {
        (exact[*b] - exact[*b].floor()).total_cmp(&(exact[*a] - exact[*a].floor()))
    });
    for index in order.into_iter().take(total.saturating_sub(given) as usize) {
        parts[index] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_drawn_at_random_sum_to_the_total() {
        for unit in 0..200 {
            let mut stream = draw(1, Decision::Register, unit, 0);
            let parts = multinomial(&mut stream, 1_000, &[0.2, 0.0, 0.5, 0.3]);
            assert_eq!(parts.iter().sum::<u64>(), 1_000);
            assert_eq!(parts[1], 0);
        }
    }

    #[test]
    fn parts_without_chance_sum_to_the_total_and_follow_the_shares() {
        assert_eq!(apportion(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(apportion(7, &[0.0, 2.0, 0.0]), [0, 7, 0]);
        assert_eq!(apportion(5, &[0.0, 0.0]), [0, 0]);
    }
}
