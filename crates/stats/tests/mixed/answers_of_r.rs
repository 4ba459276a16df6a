//! A small table made here, beside the answers of R 4.2.2 with lme4 1.1-31, glmmTMB 1.1.5 and MASS 7.3-58.2.
//!
//! Counts in 24 groups of three rows, in 8 upper groups of three groups; drawn once in R (`set.seed(20251121)`)
//! from known effects with extra variation of rows. Each test names the call whose answer it holds.

use stats::mixed::{Covariate, Family, Fit, Method, Model, Remark, Rows, fit};

const X: [f64; 72] = [
    -2.07, -0.83, 0.14, -0.94, -1.25, -1.03, 0.51, -1.72, 1.24, 0.31, 0.18, 0.97, -0.48, 0.55,
    -1.85, -0.22, -0.03, -1.47, -0.59, 0.46, 0.06, 0.04, -1.04, -1.7, -0.35, -0.06, -1.08, -1.36,
    0.61, -1.17, -2.1, -0.37, -0.41, -1.42, -1.35, -0.57, 0.36, 0.25, -0.94, -0.04, -1.18, 0.27,
    0.64, 0.75, 0.7, -0.97, -0.62, 0.69, 0.33, 0.17, 0.75, -1.08, -0.42, 1.32, -0.55, 1.06, -0.85,
    0.76, 0.32, -1.31, 1.22, -0.3, 2.27, 0.51, 0.27, -0.58, 0.84, 1.23, -1.96, 0.08, 1.75, 2.52,
];
const Z: [f64; 72] = [
    0.79, 0.16, 0.62, 0.69, 0.58, 0.18, 0.79, 0.46, 0.86, 0.96, 0.11, 0.96, 0.3, 0.13, 0.68, 0.91,
    0.13, 0.93, 0.92, 0.19, 0.74, 0.01, 0.09, 0.65, 0.49, 0.64, 0.08, 0.74, 0.46, 0.78, 0.5, 0.08,
    0.39, 0.03, 0.7, 0.1, 0.95, 0.31, 0.05, 0.89, 0.95, 0.25, 0.71, 0.25, 0.88, 0.48, 0.32, 0.37,
    0.63, 0.82, 0.65, 0.02, 0.46, 0.65, 0.14, 0.31, 0.96, 0.59, 0.84, 0.85, 0.76, 0.55, 0.15, 0.76,
    0.4, 0.92, 0.68, 0.77, 0.63, 0.64, 0.77, 0.41,
];
const TRIALS: [f64; 72] = [
    31.0, 12.0, 10.0, 29.0, 18.0, 39.0, 18.0, 37.0, 23.0, 15.0, 35.0, 25.0, 30.0, 15.0, 32.0, 34.0,
    13.0, 11.0, 8.0, 20.0, 25.0, 34.0, 9.0, 10.0, 32.0, 20.0, 16.0, 20.0, 16.0, 37.0, 34.0, 36.0,
    26.0, 19.0, 39.0, 9.0, 22.0, 19.0, 33.0, 14.0, 17.0, 24.0, 23.0, 16.0, 20.0, 15.0, 31.0, 37.0,
    15.0, 17.0, 28.0, 16.0, 15.0, 28.0, 25.0, 9.0, 10.0, 34.0, 37.0, 26.0, 39.0, 27.0, 28.0, 12.0,
    9.0, 39.0, 9.0, 9.0, 14.0, 13.0, 10.0, 10.0,
];
const EVENTS: [f64; 72] = [
    4.0, 3.0, 1.0, 6.0, 7.0, 11.0, 3.0, 4.0, 12.0, 0.0, 0.0, 5.0, 30.0, 15.0, 5.0, 4.0, 7.0, 0.0,
    2.0, 6.0, 8.0, 14.0, 3.0, 0.0, 5.0, 8.0, 2.0, 0.0, 1.0, 2.0, 2.0, 2.0, 1.0, 0.0, 5.0, 1.0, 3.0,
    5.0, 7.0, 4.0, 3.0, 24.0, 9.0, 4.0, 7.0, 0.0, 3.0, 2.0, 8.0, 2.0, 21.0, 1.0, 1.0, 3.0, 2.0,
    4.0, 1.0, 12.0, 14.0, 8.0, 12.0, 14.0, 7.0, 3.0, 3.0, 4.0, 5.0, 0.0, 1.0, 2.0, 7.0, 0.0,
];

fn groups() -> Vec<u32> {
    (0..72).map(|row| row / 3).collect()
}

fn fitted(family: Family, method: Method, levels: usize) -> Fit {
    let offset: Vec<f64> = TRIALS.iter().map(|trials| libm::log(*trials)).collect();
    let (groups, upper) = (groups(), (0..72).map(|row| row / 9).collect::<Vec<u32>>());
    let rows = Rows {
        events: &EVENTS,
        trials: family.has_trials().then_some(TRIALS.as_slice()),
        offset: (!family.has_trials()).then_some(offset.as_slice()),
        covariates: vec![Covariate { name: "x", values: &X }, Covariate { name: "z", values: &Z }],
        groups: (levels > 0).then_some(groups.as_slice()),
        upper: (levels > 1).then_some(upper.as_slice()),
    };
    fit(&rows, Model { family, method, errors: true }).unwrap()
}

/// Coefficients and their standard errors, then spreads, then size; nought where a figure is not compared.
struct Expected {
    coefficients: [f64; 3],
    errors: [f64; 3],
    spreads: [f64; 2],
    size: f64,
    log_likelihood: f64,
}

fn assert_answers(found: &Fit, expected: &Expected, what: &str) {
    let close = |a: f64, b: f64, within: f64| (a - b).abs() < within;
    for position in 0..3 {
        let coefficient = &found.coefficients[position];
        let value = coefficient.value.unwrap();
        assert!(close(value, expected.coefficients[position], 1e-4), "{what}: {found:?}");
        let error = coefficient.standard_error.unwrap();
        let wanted = expected.errors[position];
        assert!(wanted == 0.0 || close(error / wanted, 1.0, 1e-3), "{what}: {found:?}");
    }
    let spread = |spread: Option<stats::mixed::Spread>| spread.map_or(0.0, |spread| spread.value);
    assert!(close(spread(found.groups), expected.spreads[0], 2e-4), "{what}: {found:?}");
    assert!(close(spread(found.upper), expected.spreads[1], 2e-3), "{what}: {found:?}");
    let size = spread(found.size);
    assert!(expected.size == 0.0 || close(size / expected.size, 1.0, 1e-3), "{what}: {found:?}");
    let gain = found.log_likelihood - expected.log_likelihood;
    assert!(gain > -1e-3 && gain < 0.01, "{what}: {gain}");
}

/// `glmmTMB(y ~ x + z + offset(log(t)) + (1|g) [+ (1|k)], family = poisson | nbinom2)`, and
/// `cbind(y, t - y) ~ x + z + …` for the binomial families.
const GLMMTMB: [(Family, usize, Expected); 6] = [
    (
        Family::Poisson,
        1,
        Expected {
            coefficients: [-1.392_462_892_59, 0.327_092_762_81, -0.354_274_952_26],
            errors: [0.180_094_117, 0.069_685_314, 0.210_936_765],
            spreads: [0.636_508_917_4, 0.0],
            size: 0.0,
            log_likelihood: -192.329_060_396,
        },
    ),
    (
        Family::Poisson,
        2,
        Expected {
            coefficients: [-1.392_918_760_67, 0.326_514_782_45, -0.354_379_634_27],
            errors: [0.182_645_683, 0.069_977_788, 0.210_832_753],
            spreads: [0.629_620_685_3, 0.100_947_241_5],
            size: 0.0,
            log_likelihood: -192.324_328_796,
        },
    ),
    (
        Family::NegativeBinomial,
        1,
        Expected {
            coefficients: [-1.359_887_343_9, 0.360_130_295_2, -0.315_978_532_6],
            errors: [0.220_134_56, 0.101_548_75, 0.318_879_24],
            spreads: [0.531_365_434_5, 0.0],
            size: 4.223_949_297,
            log_likelihood: -182.588_075_813,
        },
    ),
    (
        Family::NegativeBinomial,
        2,
        Expected {
            coefficients: [-1.359_863_864_8, 0.357_528_346_1, -0.318_402_567_4],
            errors: [0.223_564_12, 0.102_856_76, 0.319_013_98],
            spreads: [0.518_693_229_1, 0.129_417_502_3],
            size: 4.233_122_772,
            log_likelihood: -182.573_869_478,
        },
    ),
    (
        Family::Binomial,
        1,
        Expected {
            coefficients: [-0.891_965_345_65, 0.506_249_535_6, -0.698_207_269_55],
            errors: [0.242_711_094, 0.087_051_569, 0.259_804_898],
            spreads: [0.927_712_968_3, 0.0],
            size: 0.0,
            log_likelihood: -222.621_514_321,
        },
    ),
    (
        Family::BetaBinomial,
        1,
        Expected {
            coefficients: [-0.736_646_752_4, 0.419_560_729_4, -0.659_850_822_7],
            errors: [0.295_842_27, 0.143_227_55, 0.441_452_53],
            spreads: [0.725_645_878_5, 0.0],
            size: 6.118_095_024,
            log_likelihood: -189.878_645_079,
        },
    ),
];

#[test]
fn laplace_answers_are_those_of_glmmtmb() {
    for (family, levels, expected) in GLMMTMB {
        let found = fitted(family, Method::Laplace, levels);
        assert_answers(&found, &expected, &format!("{family:?}, {levels} levels"));
    }
}

/// glmmTMB puts both upper spreads at 1e-6, with a warning.
#[test]
fn an_upper_level_that_does_not_vary_is_remarked_on() {
    for (family, likelihood) in
        [(Family::Binomial, -222.621_514_321), (Family::BetaBinomial, -189.878_645_079)]
    {
        let found = fitted(family, Method::Laplace, 2);
        assert_eq!(found.upper.map(|upper| upper.value), Some(0.0), "{found:?}");
        assert!(found.remarks.contains(&Remark::NoVariationBetweenUpperGroups));
        assert!(found.log_likelihood > likelihood - 1e-3);
    }
}

/// `glmer(…, nAGQ = 15)`; the likelihood by R's `integrate` at its answer, as `logLik` leaves constants out there.
#[test]
fn quadrature_answers_are_those_of_lme4_and_of_the_integral() {
    let none = [0.0; 3];
    for (family, coefficients, spread, log_likelihood) in [
        (
            Family::Poisson,
            [-1.392_753_947, 0.327_106_982, -0.354_373_097],
            0.638_956_649,
            -192.275_623_674,
        ),
        (
            Family::Binomial,
            [-0.892_286_819, 0.506_298_853, -0.698_333_644],
            0.930_545_517,
            -222.506_538_359,
        ),
    ] {
        let found = fitted(family, Method::Quadrature { points: 15 }, 1);
        let spreads = [spread, 0.0];
        let expected = Expected { coefficients, errors: none, spreads, size: 0.0, log_likelihood };
        assert_answers(&found, &expected, &format!("{family:?}"));
        assert!((found.log_likelihood - log_likelihood).abs() < 1e-5, "{}", found.log_likelihood);
    }
}

/// `glm(…, poisson)`, `glm(cbind(y, t - y) ~ …, binomial)`, `MASS::glm.nb(…)`.
#[test]
fn plain_answers_are_those_of_r() {
    for (family, coefficients, errors, size, log_likelihood) in [
        (
            Family::Poisson,
            [-1.240_853_691_1, 0.286_956_474_6, -0.287_260_471_5],
            [0.101_171_502_9, 0.049_829_378_2, 0.171_852_480_4],
            0.0,
            -241.804_998_901,
        ),
        (
            Family::Binomial,
            [-0.876_891_015, 0.393_550_299_7, -0.395_913_544_6],
            [0.119_599_917_4, 0.060_367_215_2, 0.200_578_459_2],
            0.0,
            -302.690_368_193,
        ),
        (
            Family::NegativeBinomial,
            [-1.160_813_945_6, 0.364_149_907, -0.434_528_346_2],
            [0.0; 3],
            1.894_799_4,
            -186.262_480_837,
        ),
    ] {
        let found = fitted(family, Method::Laplace, 0);
        let expected = Expected { coefficients, errors, spreads: [0.0; 2], size, log_likelihood };
        assert_answers(&found, &expected, &format!("{family:?}"));
        assert!(found.groups.is_none() && found.effects.is_empty());
    }
}

/// `ranef(glmer(…, poisson), condVar = TRUE)`, and glmmTMB's modes (lme4 stops a little earlier).
#[test]
fn intercepts_and_their_variances_are_those_of_the_peers() {
    let found = fitted(Family::Poisson, Method::Laplace, 1);
    let modes = [0.080_944_016_1, 0.550_262_798_9, 0.222_771_058_4, -0.904_855_962];
    let variances = [0.097_371_265_5, 0.039_822_917_8, 0.047_801_762_4, 0.103_052_53];
    for (effect, (mode, variance)) in found.effects.iter().zip(modes.into_iter().zip(variances)) {
        assert!((effect.value - mode).abs() < 1e-4, "{effect:?}");
        assert!((effect.variance / variance - 1.0).abs() < 2e-3, "{effect:?}");
    }
}

/// `sdr` of glmmTMB: 0.180447746 for the logarithm of the spread.
#[test]
fn the_error_of_the_spread_is_that_of_glmmtmb() {
    let spread = fitted(Family::Poisson, Method::Laplace, 1).groups.unwrap();
    let error = spread.standard_error.unwrap() / spread.value;
    assert!((error / 0.180_447_746 - 1.0).abs() < 1e-3, "{error}");
}
