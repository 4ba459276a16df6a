//! The normal distribution: how many standard errors hold a stated share of chance.

use vocab::Confidence;

/// The multiplier z of a two-sided interval: 1.959964 for 95%, 3.090232 for 99.8%.
#[must_use]
pub fn two_sided_z(confidence: Confidence) -> f64 {
    let level = confidence.level();
    quantile(level + (1.0 - level) / 2.0)
}

/// The value below which a share `probability` of the standard normal distribution lies.
///
/// Algorithm AS 241 (PPND16), accurate to about one part in 10¹⁶. Infinite at 0 and 1.
///
/// # Panics
/// When `probability` is not between 0 and 1: the caller has a bug.
///
/// # Source
/// `wichura_1988`
#[must_use]
pub fn quantile(probability: f64) -> f64 {
    assert!((0.0..=1.0).contains(&probability), "a probability lies between 0 and 1");
    let centred = probability - 0.5;
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * ratio(r, &CENTRE_OVER, &CENTRE_UNDER);
    }
    let tail = if centred < 0.0 { probability } else { 1.0 - probability };
    tail_quantile(tail).copysign(centred)
}

/// Distance from the centre beyond which a share `tail` below one half lies.
fn tail_quantile(tail: f64) -> f64 {
    if tail == 0.0 {
        return f64::INFINITY;
    }
    let r = (-libm::log(tail)).sqrt();
    if r <= 5.0 {
        ratio(r - 1.6, &MIDDLE_OVER, &MIDDLE_UNDER)
    } else {
        ratio(r - 5.0, &FAR_OVER, &FAR_UNDER)
    }
}

/// The share of the standard normal distribution below `z`.
#[must_use]
pub fn cumulative(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// Quotient of two polynomials, constant term first.
fn ratio(r: f64, over: &[f64; 8], under: &[f64; 8]) -> f64 {
    polynomial(r, over) / polynomial(r, under)
}

fn polynomial(r: f64, terms: &[f64; 8]) -> f64 {
    terms.iter().rev().fold(0.0, |sum, term| sum * r + term)
}

const CENTRE_OVER: [f64; 8] = [
    3.387_132_872_796_366_6,
    1.331_416_678_917_843_8e2,
    1.971_590_950_306_551_3e3,
    1.373_169_376_550_946e4,
    4.592_195_393_154_987e4,
    6.726_577_092_700_87e4,
    3.343_057_558_358_813e4,
    2.509_080_928_730_122_7e3,
];
const CENTRE_UNDER: [f64; 8] = [
    1.0,
    4.231_333_070_160_091e1,
    6.871_870_074_920_579e2,
    5.394_196_021_424_751e3,
    2.121_379_430_158_66e4,
    3.930_789_580_009_271e4,
    2.872_908_573_572_194_3e4,
    5.226_495_278_852_854e3,
];
const MIDDLE_OVER: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506e-1,
    2.272_384_498_926_918_4e-2,
    7.745_450_142_783_414e-4,
];
const MIDDLE_UNDER: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851e-1,
    1.481_039_764_274_800_8e-1,
    1.519_866_656_361_645_7e-2,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const FAR_OVER: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7e-1,
    2.653_218_952_657_612_4e-2,
    1.242_660_947_388_078_4e-3,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const FAR_UNDER: [f64; 8] = [
    1.0,
    5.998_322_065_558_88e-1,
    1.369_298_809_227_358e-1,
    1.487_536_129_085_061_5e-2,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_7e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values refined to forty digits from `scipy.stats.norm.ppf`.
    #[test]
    fn quantiles_agree_with_the_table() {
        for line in include_str!("normal_table.csv").lines().skip(1) {
            let numbers: Vec<f64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
            let error = (quantile(numbers[0]) - numbers[1]).abs();
            assert!(error <= 5e-16 * numbers[1].abs().max(0.5), "{line}: error {error}");
        }
    }

    #[test]
    fn the_usual_multipliers_are_those_of_the_textbooks() {
        assert!((two_sided_z(Confidence::P95) - 1.959_963_984_540_054).abs() < 1e-15);
        assert!((two_sided_z(Confidence::P998) - 3.090_232_306_167_813).abs() < 3e-15);
    }

    #[test]
    fn the_ends_are_infinite_and_the_middle_is_nought() {
        assert!(quantile(0.5) == 0.0);
        assert_eq!((quantile(0.0), quantile(1.0)), (f64::NEG_INFINITY, f64::INFINITY));
    }
}
