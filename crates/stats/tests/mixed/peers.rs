//! The peers' own table: 6,300 practices of five years each.

use std::path::Path;

use stats::mixed::{Covariate, Family, Fit, Method, Model, Rows, fit};

use crate::at_hand::at_hand;

/// Columns of numbers of a CSV file, in the order asked for.
fn columns(path: &Path, names: &[&str]) -> Vec<Vec<f64>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let at: Vec<usize> =
        names.iter().map(|name| header.iter().position(|h| h == *name).unwrap()).collect();
    let mut columns = vec![Vec::new(); names.len()];
    for record in reader.records() {
        let record = record.unwrap();
        for (column, at) in columns.iter_mut().zip(&at) {
            column.push(record[*at].parse().unwrap());
        }
    }
    columns
}

fn peers_table() -> Option<Fit> {
    let path = at_hand("CATCHMENT_PEERS", &["data/p8_6300x5.csv"])?.pop()?;
    let table = columns(&path, &["y", "pop", "imd", "yr", "practice"]);
    let offset: Vec<f64> = table[1].iter().map(|people| libm::log(*people)).collect();
    let groups: Vec<u32> = table[4].iter().map(|group| *group as u32).collect();
    let covariates = vec![
        Covariate { name: "imd", values: &table[2] },
        Covariate { name: "yr", values: &table[3] },
    ];
    let rows = Rows {
        events: &table[0],
        trials: None,
        offset: Some(&offset),
        covariates,
        groups: Some(&groups),
        upper: None,
    };
    let model = Model { family: Family::Poisson, method: Method::Laplace, errors: true };
    Some(fit(&rows, model).unwrap())
}

/// Answers of lme4 1.1-31 and glmmTMB 1.1.5 to `y ~ imd + yr + offset(log(pop)) + (1 | practice)`.
#[test]
fn coefficients_and_likelihood_are_those_of_lme4_and_glmmtmb() {
    let Some(fit) = peers_table() else { return };
    for (coefficient, expected) in fit.coefficients.iter().zip([-4.202_07, 0.160_79, 0.029_892]) {
        let found = coefficient.value.unwrap();
        assert!((found - expected).abs() < 1e-4, "{}: {found}", coefficient.name);
    }
    assert!((fit.groups.unwrap().value - 0.348_01).abs() < 1e-4);
    assert!(fit.log_likelihood > -96_120.054_303 - 1e-3, "{}", fit.log_likelihood);
    println!("{} evaluations, log-likelihood {:.6}", fit.evaluations, fit.log_likelihood);
}
