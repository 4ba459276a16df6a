//! What money is worth when prices rise.

use crate::parameters::{NoParameter, Values};

/// The parameter of yearly growth of prices.
pub const DEFLATOR: &str = "price_growth";

/// An amount of a year in the prices of another, so many years earlier.
///
/// # Errors
/// The deflator is no parameter.
pub fn real(nominal: f64, years: f64, values: &Values) -> Result<f64, NoParameter> {
    Ok(nominal / libm::pow(1.0 + values.get(DEFLATOR)?, years))
}

/// What an uplift is worth for each patient, with prices and lists growing by shares of a year.
///
/// Method: [real terms](../../../../docs/book/methods.md#real-terms).
#[must_use]
pub const fn change_a_patient(uplift: f64, prices: f64, lists: f64) -> f64 {
    (1.0 + uplift) / ((1.0 + prices) * (1.0 + lists)) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    #[test]
    fn the_published_cash_and_real_growth_of_the_contract_agree_with_the_deflator() {
        let values = Parameters::embedded().values(1, 0);
        let prices = values.get(DEFLATOR).unwrap();
        // 7.2% cash was printed as 4.8% real for 2025/26, 3.6% as 1.4% for 2026/27.
        for (cash, printed) in [(0.072, 0.048), (0.036, 0.014)] {
            assert!((change_a_patient(cash, prices, 0.0) - printed).abs() < 0.001);
        }
    }

    #[test]
    fn money_is_worth_less_each_year() {
        let values = Parameters::embedded().values(1, 0).with(DEFLATOR, 0.02).unwrap();
        assert!((real(104.04, 2.0, &values).unwrap() - 100.0).abs() < 1e-9);
    }
}
