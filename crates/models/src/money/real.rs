//! What money is worth when prices rise.

use vocab::FinancialYear;

use super::rules::{Rules, Settled};
use crate::parameters::{Key, Values};

/// The parameter of yearly growth of prices.
pub const DEFLATOR: Key = Key::PriceGrowth;

/// The first and the last year whose prices it joins: it was printed for the growth into 2025/26 and into 2026/27.
const COVERED: (i16, i16) = (2024, 2026);

/// Whether the deflator says how prices of a year stand to those of others that it covers.
#[must_use]
pub const fn covers(year: FinancialYear) -> bool {
    COVERED.0 <= year.begins && year.begins <= COVERED.1
}

/// The first and the last year that the deflator covers.
#[must_use]
pub const fn years_covered() -> [FinancialYear; 2] {
    [FinancialYear { begins: COVERED.0 }, FinancialYear { begins: COVERED.1 }]
}

/// An amount of a year in the prices of another, so many years earlier.
#[must_use]
pub fn real(nominal: f64, years: f64, values: &Values) -> f64 {
    nominal / libm::pow(1.0 + values.get(DEFLATOR), years)
}

/// What an uplift is worth for each patient, with prices and lists growing by shares of a year.
///
/// Method: [real terms](../../../../docs/book/methods.md#real-terms).
#[must_use]
pub const fn real_change(uplift: f64, prices: f64, lists: f64) -> f64 {
    (1.0 + uplift) / ((1.0 + prices) * (1.0 + lists)) - 1.0
}

/// A rate of a year, and what it is worth in the prices of another one.
#[derive(Debug, Clone, PartialEq)]
pub struct RateInYear {
    /// The name of the line, in the words of the year.
    pub line: String,
    /// The year.
    pub year: FinancialYear,
    /// Pounds of that year for one of the base; nothing where it was not read.
    pub cash: Option<f64>,
    /// The same in the prices of the other year; nothing where the deflator does not cover both.
    pub real: Option<f64>,
    /// Its change on the year before after prices have risen; nothing where one of the two rates was not read or the deflator
    /// does not cover both years.
    pub change: Option<f64>,
}

/// The rates of every year that has rules, line by line, in the prices of one year. Lines of which one rate or none was read
/// are left out.
///
/// Method: [prices](../../../../docs/book/methods.md#prices).
#[must_use]
pub fn rates_in_prices_of(
    prices_of: FinancialYear,
    settled: Settled,
    values: &Values,
) -> Vec<RateInYear> {
    let prices = values.get(DEFLATOR);
    let mut ids: Vec<&str> = Vec::new();
    let years: Vec<(FinancialYear, &Rules)> =
        Rules::years().filter_map(|year| Some((year, Rules::of(year)?))).collect();
    for line in years.iter().rev().flat_map(|(_, rules)| &rules.lines) {
        if !ids.contains(&line.id.as_str()) {
            ids.push(&line.id);
        }
    }
    let mut found = Vec::new();
    for id in ids {
        let mut before: Option<(FinancialYear, f64)> = None;
        let mut of_line = Vec::new();
        for (year, rules) in &years {
            let line = rules.line(id);
            let cash = line.and_then(|line| line.rate(settled));
            let later = f64::from(year.begins) - f64::from(prices_of.begins);
            if let Some(line) = line {
                of_line.push(RateInYear {
                    line: line.name.clone(),
                    year: *year,
                    cash,
                    real: cash
                        .filter(|_| covers(*year) && covers(prices_of))
                        .map(|cash| real(cash, later, values)),
                    change: before
                        .filter(|(before, _)| covers(*before) && covers(*year))
                        .zip(cash)
                        .map(|((_, before), cash)| real_change(cash / before - 1.0, prices, 0.0)),
                });
            }
            before = cash.filter(|cash| *cash > 0.0).map(|cash| (*year, cash));
        }
        if of_line.iter().filter(|one| one.cash.is_some()).count() > 1 {
            found.extend(of_line);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    #[test]
    fn the_published_cash_and_real_growth_of_the_contract_agree_with_the_deflator() {
        let values = Parameters::embedded().values(1, 0);
        let prices = values.get(DEFLATOR);
        // 7.2% cash was printed as 4.8% real for 2025/26, 3.6% as 1.4% for 2026/27.
        for (cash, printed) in [(0.072, 0.048), (0.036, 0.014)] {
            assert!((real_change(cash, prices, 0.0) - printed).abs() < 0.001);
        }
    }

    #[test]
    fn money_is_worth_less_each_year() {
        let values = Parameters::embedded().values(1, 0).with(DEFLATOR, 0.02);
        assert!((real(104.04, 2.0, &values) - 100.0).abs() < 1e-9);
    }

    #[test]
    fn additional_roles_a_patient_grew_by_thirteen_percent_in_real_terms_in_2025_26() {
        let values = Parameters::embedded().values(1, 0).with(DEFLATOR, 0.025);
        let year = FinancialYear { begins: 2025 };
        let rates = rates_in_prices_of(year, Settled::Announced, &values);
        let of = |begins: i16| {
            let fits = |one: &&RateInYear| {
                one.line.starts_with("Additional roles") && one.year == FinancialYear { begins }
            };
            rates.iter().find(fits).unwrap()
        };
        // £22.894 of 2024/25 are £23.46635 of 2025/26; £26.631 are 13.486% more.
        assert!((of(2024).real.unwrap() - 22.894 * 1.025).abs() < 1e-9);
        assert!((of(2025).change.unwrap() - (26.631 / 23.466_35 - 1.0)).abs() < 1e-9);
        assert!((of(2025).real.unwrap() - 26.631).abs() < 1e-9);
        // The £27.30 of 2026/27, derived: 2.5% more in cash, nothing more when prices rise by 2.5%.
        assert!((of(2026).change.unwrap() - (27.3 / (26.631 * 1.025) - 1.0)).abs() < 1e-9);
    }

    #[test]
    fn years_that_the_deflator_does_not_cover_have_cash_only() {
        let values = Parameters::embedded().values(1, 0);
        let year = FinancialYear { begins: 2025 };
        let rates = rates_in_prices_of(year, Settled::Announced, &values);
        let sums: Vec<&RateInYear> = rates.iter().filter(|one| one.line == "Global sum").collect();
        assert!(sums.iter().any(|one| one.year.begins < 2024 && one.cash.is_some()));
        for one in sums {
            let covered = (2024..=2026).contains(&one.year.begins);
            assert_eq!(one.real.is_some(), covered && one.cash.is_some(), "{one:?}");
            assert!(one.change.is_none() || one.year.begins > 2024, "{one:?}");
        }
        let of_2019 = FinancialYear { begins: 2019 };
        let rates = rates_in_prices_of(of_2019, Settled::Announced, &values);
        assert!(rates.iter().all(|one| one.real.is_none()));
    }
}
