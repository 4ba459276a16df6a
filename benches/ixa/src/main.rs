//! A million people aged year by year as a user of the framework ixa would write it, and as a plain loop: the peers of
//! `catchment calc ageing`.
//!
//! `beside-ixa ixa|scalar PEOPLE RATES YEARS SEED OUTPUT`: people and rates are CSV files (see `tables`), the answer is one
//! row a year. Within a year conditions begin first, by those had at its beginning; then all women may have a child, and
//! everybody may die, by the conditions had after that.

mod framework;
mod plain;
mod tables;

use std::error::Error;
use std::fs::read_to_string;

use tables::{Rates, read_people, write};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [mode, people, rates, years, seed, output] = arguments.as_slice() else {
        return Err("expected ixa|scalar PEOPLE RATES YEARS SEED OUTPUT".into());
    };
    let (years, seed) = (years.parse()?, seed.parse()?);
    let rates = Rates::read(rates)?;
    let people = read_people(people)?;
    let read = processor_seconds()?;
    let series = match mode.as_str() {
        "ixa" => framework::run(people, rates, years, seed)?,
        "scalar" => plain::run(people, &rates, years, seed),
        _ => return Err(format!("`{mode}`: expected ixa or scalar").into()),
    };
    let took = processor_seconds()? - read;
    write(output, &series)?;
    let lived: u64 = series.iter().map(|year| year.people).sum();
    let each = took * 1e9 / lived as f64;
    eprintln!(
        "read in {read:.2} s cpu; {lived} years of life in {took:.2} s cpu, {each:.1} ns each"
    );
    Ok(())
}

/// Processor seconds of this thread so far, as Linux counts them.
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let counts = read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: f64 = counts.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds / 1e9)
}
