//! Reading origins, sites and journeys, and telling all that is wrong with them at once.

use std::collections::BTreeMap;
use std::path::Path;

use space::access::{Journey, Journeys, Point};

use super::super::groups::Groups;
use super::super::table::{Reading, Record, Rejected, Wanted, gather};
use crate::wrong::Wrong;

/// Origins or sites: their names, their people or supply, and where they lie.
pub struct Places {
    pub ids: Groups,
    pub amounts: Vec<f64>,
    pub points: Vec<Point>,
}

impl Places {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.amounts.len()
    }
}

/// What a table of journeys is held to.
#[derive(Clone, Copy)]
pub struct Checks {
    /// A journey from every origin to every site.
    pub complete: bool,
    /// There and back at one cost.
    pub symmetric: bool,
}

/// The problems of several tables, told together.
#[derive(Default)]
pub struct Problems(Vec<String>);

impl Problems {
    fn note(&mut self, path: &Path, reading: &mut Reading) {
        self.0.extend(reading.problems_in_words(path));
    }

    /// Refuses when there is any problem.
    pub fn settle(self) -> anyhow::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Wrong(format!("{}\nnothing was written", self.0.join("\n"))).into())
    }
}

/// Reads a table of origins or sites; `coordinates` are two columns or none.
pub fn read_places(
    path: &Path,
    id: &str,
    amount: &str,
    coordinates: &[String],
    problems: &mut Problems,
) -> anyhow::Result<Places> {
    let mut numbers = vec![amount];
    numbers.extend(coordinates.iter().map(String::as_str));
    let wanted = Wanted { words: vec![id], numbers };
    let (mut amounts, mut points) = (Vec::new(), Vec::new());
    let mut reading = gather(path, &[id.to_owned()], &wanted, &mut |record| {
        if record.group < amounts.len() {
            let (rule, remedy) = ("this name was given before", "keep one row for each");
            return Err(rejected(id, (record.word)(0), rule, remedy));
        }
        amounts.push(amount_of(record, amount)?);
        points.push(point_of(record, coordinates)?);
        Ok(())
    })?;
    problems.note(path, &mut reading);
    amounts.resize(reading.groups.len(), 0.0);
    points.resize(reading.groups.len(), Point { x: f64::NAN, y: f64::NAN });
    Ok(Places { ids: reading.groups, amounts, points })
}

fn rejected(column: &str, value: &str, rule: &'static str, remedy: &'static str) -> Rejected {
    Rejected { column: column.to_owned(), value: value.to_owned(), rule, remedy }
}

fn amount_of(record: &Record<'_>, column: &str) -> Result<f64, Rejected> {
    let amount = record.numbers[0];
    if amount >= 0.0 {
        return Ok(amount);
    }
    let value = if amount.is_nan() { String::new() } else { amount.to_string() };
    let remedy = "write the number (0 where there is none), or leave the row out";
    Err(rejected(column, &value, "expected a number of nought or more", remedy))
}

fn point_of(record: &Record<'_>, columns: &[String]) -> Result<Point, Rejected> {
    let [x, y] = match record.numbers {
        [_, x, y] => [*x, *y],
        _ => return Ok(Point { x: 0.0, y: 0.0 }),
    };
    for (value, column) in [x, y].into_iter().zip(columns) {
        if !value.is_finite() {
            let remedy = "look the place up, or leave the row out";
            return Err(rejected(column, "", "a place without a coordinate", remedy));
        }
    }
    Ok(Point { x, y })
}

/// The numbers that names stand for, remembering the last: journeys come origin by origin.
struct Names<'a> {
    numbers: BTreeMap<&'a str, u32>,
    last: (String, u32),
}

impl<'a> Names<'a> {
    fn of(places: &'a Places) -> Self {
        let numbers = (0..places.len()).map(|place| (places.ids.word(place, 0), place as u32));
        Self { numbers: numbers.collect(), last: (String::new(), u32::MAX) }
    }

    fn number(&mut self, name: &str) -> Option<u32> {
        if self.last.0 != name || self.last.1 == u32::MAX {
            self.last = (name.to_owned(), *self.numbers.get(name)?);
        }
        Some(self.last.1)
    }
}

/// Reads a table of journeys; `columns` name the origin, the site and the cost.
pub fn read_journeys(
    path: &Path,
    columns: &[String],
    origins: &Places,
    sites: &Places,
    checks: Checks,
    problems: &mut Problems,
) -> anyhow::Result<Journeys> {
    let [origin, site, cost] = columns else {
        return Err(Wrong("--cost-columns: expected three columns".to_owned()).into());
    };
    let wanted = Wanted { words: vec![origin, site], numbers: vec![cost] };
    let (mut from, mut to) = (Names::of(origins), Names::of(sites));
    let (mut journeys, mut rows) = (Vec::new(), Vec::new());
    let mut reading = gather(path, &[], &wanted, &mut |record| {
        let unknown = |column: &str, position: usize| {
            let remedy = "add it to its table, or leave the journey out";
            rejected(column, (record.word)(position), "this name is in no row of its table", remedy)
        };
        let origin = from.number((record.word)(0)).ok_or_else(|| unknown(origin, 0))?;
        let site = to.number((record.word)(1)).ok_or_else(|| unknown(site, 1))?;
        let minutes = record.numbers[0];
        if minutes.is_nan() {
            let remedy = "fill the gap, or leave out journeys that nobody can make";
            return Err(rejected(cost, "", "a journey without a cost", remedy));
        }
        if minutes < 0.0 {
            let remedy = "look where the cost was worked out";
            return Err(rejected(cost, &minutes.to_string(), "a cost is nought or more", remedy));
        }
        journeys.push(Journey { origin, site, cost: minutes });
        rows.push(record.row);
        Ok(())
    })?;
    let table = Table { columns, origins, sites, journeys: &journeys, rows: &rows };
    table.report_repeats(&mut reading);
    if checks.complete {
        table.report_gaps(&mut reading);
    }
    if checks.symmetric {
        table.report_asymmetry(&mut reading);
    }
    problems.note(path, &mut reading);
    Journeys::new(origins.len(), sites.len(), &journeys)
        .map_err(|error| Wrong(error.to_string()).into())
}

/// A table of journeys with the rows they stand in.
struct Table<'a> {
    columns: &'a [String],
    origins: &'a Places,
    sites: &'a Places,
    journeys: &'a [Journey],
    rows: &'a [u64],
}

impl Table<'_> {
    fn names(&self, origin: u32, site: u32) -> String {
        let from = self.origins.ids.word(origin as usize, 0);
        format!("{from} to {}", self.sites.ids.word(site as usize, 0))
    }

    /// Journeys by origin and site, with their places in the table.
    fn by_ends(&self) -> Vec<(u32, u32, usize)> {
        let place = |(place, journey): (usize, &Journey)| (journey.origin, journey.site, place);
        let mut ends: Vec<_> = self.journeys.iter().enumerate().map(place).collect();
        ends.sort_unstable();
        ends
    }

    fn report_repeats(&self, reading: &mut Reading) {
        let sorted = self.journeys.is_sorted_by(|a, b| (a.origin, a.site) < (b.origin, b.site));
        if sorted {
            return;
        }
        for pair in self.by_ends().windows(2) {
            if let [(origin, site, _), (next, other, place)] = pair
                && (origin, site) == (next, other)
            {
                let (rule, remedy) = ("this journey was given before", "keep one row for each");
                let problem = rejected("", &self.names(*origin, *site), rule, remedy);
                reading.reject(self.rows[*place], problem);
            }
        }
    }

    fn report_gaps(&self, reading: &mut Reading) {
        let ends = self.by_ends();
        for origin in 0..self.origins.len() as u32 {
            for site in 0..self.sites.len() as u32 {
                if ends.binary_search_by_key(&(origin, site), |end| (end.0, end.1)).is_err() {
                    let remedy = "add the journey, or leave out --complete";
                    let names = self.names(origin, site);
                    let problem = rejected(&self.columns[2], &names, "no such journey", remedy);
                    reading.reject(0, problem);
                }
            }
        }
    }

    fn report_asymmetry(&self, reading: &mut Reading) {
        let mut back = BTreeMap::new();
        for journey in self.journeys {
            let ends = (self.sites.ids.word(journey.site as usize, 0), journey.origin);
            back.insert(ends, journey.cost);
        }
        let as_origin = Names::of(self.origins).numbers;
        let as_site = Names::of(self.sites).numbers;
        for (journey, row) in self.journeys.iter().zip(self.rows) {
            let from = self.origins.ids.word(journey.origin as usize, 0);
            let to = self.sites.ids.word(journey.site as usize, 0);
            let Some(origin) = as_origin.get(to).filter(|_| as_site.contains_key(from)) else {
                continue;
            };
            let remedy = "mend one of the two, or leave out --symmetric";
            let value = format!("{from} to {to} {}", journey.cost);
            match back.get(&(from, *origin)) {
                None => {
                    let rule = "there is no journey back";
                    reading.reject(*row, rejected(&self.columns[2], &value, rule, remedy));
                }
                Some(cost) if from < to && (cost - journey.cost).abs() > 1e-9 => {
                    let value = format!("{value}, back {cost}");
                    let rule = "there and back do not cost the same";
                    reading.reject(*row, rejected(&self.columns[2], &value, rule, remedy));
                }
                Some(_) => {}
            }
        }
    }
}
