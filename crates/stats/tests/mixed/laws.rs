//! What must hold of any mixed model, and what is refused by name.

use stats::mixed::{Covariate, Family, Fit, Method, Model, NoModel, Remark, Rows, fit};
use stats::random::{Key, Stream};

const FAMILIES: [Family; 4] =
    [Family::Poisson, Family::NegativeBinomial, Family::Binomial, Family::BetaBinomial];

/// A made table: 300 groups of three rows, of 40 people each.
struct Table {
    events: Vec<f64>,
    people: Vec<f64>,
    offset: Vec<f64>,
    x: Vec<f64>,
    groups: Vec<u32>,
}

impl Table {
    fn of(spread: f64, slope: f64) -> Self {
        let mut stream = Stream::new(Key { seed: 41, decision: 0, unit: 0, time: 0 });
        let groups: Vec<u32> = (0..900).map(|row| row / 3).collect();
        let effects: Vec<f64> = (0..300).map(|_| stream.normal(0.0, spread)).collect();
        let x: Vec<f64> = (0..900).map(|_| stream.standard_normal()).collect();
        let draw = |row: usize| {
            let eta = -1.5 + slope * x[row] + effects[row / 3];
            stream.binomial(40, 1.0 / (1.0 + libm::exp(-eta))) as f64
        };
        let events = (0..900).map(draw).collect();
        Self { events, people: vec![40.0; 900], offset: vec![libm::log(40.0); 900], x, groups }
    }

    fn rows(&self, family: Family) -> Rows<'_> {
        Rows {
            events: &self.events,
            trials: family.has_trials().then_some(self.people.as_slice()),
            offset: (!family.has_trials()).then_some(self.offset.as_slice()),
            covariates: vec![Covariate { name: "x", values: &self.x }],
            groups: Some(&self.groups),
            upper: None,
        }
    }

    fn fit(&self, family: Family) -> Fit {
        fit(&self.rows(family), model(family)).unwrap()
    }
}

const fn model(family: Family) -> Model {
    Model { family, method: Method::Laplace, errors: true }
}

fn slope(fit: &Fit) -> f64 {
    fit.coefficients[1].value.unwrap()
}

#[test]
fn known_effects_come_back() {
    let fit = Table::of(0.5, 0.3).fit(Family::Binomial);
    assert!((slope(&fit) - 0.3).abs() < 4.0 * fit.coefficients[1].standard_error.unwrap());
    let spread = fit.groups.unwrap();
    assert!((spread.value - 0.5).abs() < 4.0 * spread.standard_error.unwrap(), "{spread:?}");
}

#[test]
fn a_shift_of_the_offset_moves_the_intercept_and_nothing_else() {
    let table = Table::of(0.5, 0.3);
    let mut shifted = Table::of(0.5, 0.3);
    shifted.offset.iter_mut().for_each(|offset| *offset += 2.0);
    for family in [Family::Poisson, Family::NegativeBinomial] {
        let (before, after) = (table.fit(family), shifted.fit(family));
        let moved = after.coefficients[0].value.unwrap() - before.coefficients[0].value.unwrap();
        assert!((moved + 2.0).abs() < 1e-4, "{moved}");
        assert!((slope(&before) - slope(&after)).abs() < 1e-4);
        assert!((before.log_likelihood - after.log_likelihood).abs() < 1e-6);
    }
}

#[test]
fn a_covariate_in_another_unit_changes_only_its_coefficient() {
    let table = Table::of(0.5, 0.3);
    let mut metric = Table::of(0.5, 0.3);
    metric.x.iter_mut().for_each(|x| *x = 1000.0 * *x + 5e4);
    for family in FAMILIES {
        let (before, after) = (table.fit(family), metric.fit(family));
        assert!((slope(&before) - 1000.0 * slope(&after)).abs() < 1e-4);
        assert!((before.log_likelihood - after.log_likelihood).abs() < 1e-6);
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let table = Table::of(0.5, 0.3);
    let mut turned = Table::of(0.5, 0.3);
    for column in [&mut turned.events, &mut turned.x] {
        column.reverse();
    }
    turned.groups.reverse();
    for family in FAMILIES {
        let (before, after) = (table.fit(family), turned.fit(family));
        assert!((slope(&before) - slope(&after)).abs() < 1e-6);
        assert!((before.effects[17].value - after.effects[17].value).abs() < 1e-5);
    }
}

#[test]
fn more_events_in_a_group_raise_its_intercept_and_shrinkage_keeps_it_below_the_crude_ratio() {
    let table = Table::of(0.5, 0.0);
    let mut more = Table::of(0.5, 0.0);
    more.events[30..33].iter_mut().for_each(|events| *events += 5.0);
    let (before, after) = (table.fit(Family::Poisson), more.fit(Family::Poisson));
    assert!(after.effects[10].value > before.effects[10].value);
    let observed: f64 = more.events[30..33].iter().sum();
    let expected: f64 = (30..33).map(|row| libm::exp(after.predictors[row])).sum();
    assert!(after.effects[10].value.abs() < libm::log(observed / expected).abs());
}

#[test]
fn groups_that_differ_by_chance_alone_have_no_spread() {
    let mut table = Table::of(0.0, 0.3);
    table
        .events
        .iter_mut()
        .zip(&table.x)
        .for_each(|(events, x)| *events = (9.0 + 2.0 * x).round().max(0.0));
    let fit = table.fit(Family::Binomial);
    assert_eq!(fit.groups.map(|groups| groups.value), Some(0.0));
    assert!(fit.remarks.contains(&Remark::NoVariationBetweenGroups));
    assert!(fit.effects.iter().all(|effect| effect.value.abs() < 1e-3));
}

#[test]
fn the_number_of_threads_changes_no_digit() {
    let table = Table::of(0.5, 0.3);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| table.fit(Family::NegativeBinomial))
    };
    assert_eq!(with(1), with(8));
}

#[test]
fn a_covariate_told_by_another_is_left_out_by_name() {
    let table = Table::of(0.5, 0.3);
    let (twice, same) = (table.x.iter().map(|x| 2.0 * x - 1.0).collect::<Vec<_>>(), vec![7.0; 900]);
    let mut rows = table.rows(Family::Poisson);
    rows.covariates.push(Covariate { name: "twice x", values: &twice });
    rows.covariates.push(Covariate { name: "same", values: &same });
    let found = fit(&rows, model(Family::Poisson)).unwrap();
    assert!(
        found.remarks.contains(&Remark::Collinear {
            column: "twice x".to_owned(),
            with: vec!["x".to_owned()]
        })
    );
    assert!(
        found.remarks.contains(&Remark::Collinear { column: "same".to_owned(), with: Vec::new() })
    );
    assert_eq!(found.coefficients[2].value, None);
    assert!((slope(&found) - slope(&table.fit(Family::Poisson))).abs() < 1e-6);
}

#[test]
fn rows_with_a_missing_covariate_are_left_out_and_counted() {
    let mut table = Table::of(0.5, 0.3);
    table.x[4] = f64::NAN;
    let found = table.fit(Family::Poisson);
    assert_eq!(found.rows, 899);
    assert!(found.remarks.contains(&Remark::MissingRows { column: "x".to_owned(), rows: 1 }));
    assert!(found.predictors[4].is_nan());
}

#[test]
fn a_covariate_that_separates_is_named() {
    let mut table = Table::of(0.5, 0.0);
    for row in 0..900 {
        table.x[row] = f64::from(u8::from(row % 2 == 0));
        if row % 2 == 0 {
            table.events[row] = 0.0;
        }
    }
    for family in FAMILIES {
        let found = fit(&table.rows(family), model(family));
        assert_eq!(found, Err(NoModel::Separation { column: "x".to_owned() }), "{family:?}");
    }
}

#[test]
fn tables_that_cannot_be_modelled_are_refused_by_name() {
    let table = Table::of(0.5, 0.3);
    let refused = |change: fn(&mut Table), family: Family| {
        let mut table = Table::of(0.5, 0.3);
        change(&mut table);
        fit(&table.rows(family), model(family)).unwrap_err()
    };
    assert_eq!(refused(|t| t.events.fill(0.0), Family::Poisson), NoModel::AllNought);
    assert_eq!(refused(|t| t.events.fill(40.0), Family::Binomial), NoModel::AllCounted);
    assert_eq!(
        refused(|t| t.events[6] = 41.0, Family::BetaBinomial),
        NoModel::ImpossibleCount { row: 6 }
    );
    assert_eq!(refused(|t| t.groups.fill(1), Family::Poisson), NoModel::TooFewGroups { groups: 1 });
    assert_eq!(refused(|t| t.x.clear(), Family::Poisson), NoModel::LengthsDiffer);
    let upper: Vec<u32> = (0..900).map(|row| row % 5).collect();
    let mut rows = table.rows(Family::Poisson);
    rows.upper = Some(&upper);
    assert_eq!(fit(&rows, model(Family::Poisson)), Err(NoModel::NotNested { group: 0 }));
    let method = Method::Quadrature { points: 9 };
    let two_levels = Model { method, ..model(Family::Poisson) };
    assert_eq!(fit(&rows, two_levels), Err(NoModel::NotNested { group: 0 }));
}
