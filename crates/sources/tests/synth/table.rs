//! A small reader of CSV, independent of the importers.

use std::collections::BTreeMap;

/// Rows of text under a header.
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut rows = rows(text.trim_start_matches('\u{feff}'));
        let header = rows.remove(0);
        Self { header, rows }
    }

    pub fn column(&self, name: &str) -> usize {
        self.header
            .iter()
            .position(|title| title == name)
            .unwrap_or_else(|| panic!("no column `{name}`"))
    }

    /// The rows that have these values in these columns.
    pub fn only(&self, wanted: &[(&str, &str)]) -> Self {
        let wanted: Vec<(usize, &str)> =
            wanted.iter().map(|(name, value)| (self.column(name), *value)).collect();
        let keep = |row: &&Vec<String>| wanted.iter().all(|(column, value)| row[*column] == *value);
        Self { header: self.header.clone(), rows: self.rows.iter().filter(keep).cloned().collect() }
    }

    /// A column of numbers summed by a column of codes.
    pub fn sum(&self, by: &str, value: &str) -> BTreeMap<String, f64> {
        let (by, value) = (self.column(by), self.column(value));
        let mut sums = BTreeMap::new();
        for row in &self.rows {
            *sums.entry(row[by].clone()).or_insert(0.0) += row[value].parse::<f64>().unwrap_or(0.0);
        }
        sums
    }

    pub fn total(&self, value: &str) -> f64 {
        let value = self.column(value);
        self.rows.iter().map(|row| row[value].parse::<f64>().unwrap_or(0.0)).sum()
    }
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut inside = false;
    for letter in text.chars() {
        let row = rows.last_mut().expect("there is always a row");
        match letter {
            '"' => inside = !inside,
            ',' if !inside => row.push(String::new()),
            '\r' if !inside => {}
            '\n' if !inside => rows.push(vec![String::new()]),
            letter => row.last_mut().expect("a row has a field").push(letter),
        }
    }
    rows.retain(|row| row.len() > 1 || !row[0].is_empty());
    rows
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub fn spread(values: &[f64]) -> f64 {
    let mean = mean(values);
    mean_of_squares(values, mean).sqrt()
}

fn mean_of_squares(values: &[f64], from: f64) -> f64 {
    values.iter().map(|value| (value - from) * (value - from)).sum::<f64>() / values.len() as f64
}

pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// Least squares of `y` on two columns and a constant: the two slopes and the share of variance explained.
pub fn regress(y: &[f64], first: &[f64], second: &[f64]) -> (f64, f64, f64) {
    let centre = |values: &[f64]| {
        let mean = mean(values);
        values.iter().map(|value| value - mean).collect::<Vec<_>>()
    };
    let (y, a, b) = (centre(y), centre(first), centre(second));
    let dot = |x: &[f64], z: &[f64]| x.iter().zip(z).map(|(x, z)| x * z).sum::<f64>();
    let (aa, bb, ab, ay, by) = (dot(&a, &a), dot(&b, &b), dot(&a, &b), dot(&a, &y), dot(&b, &y));
    let determinant = aa * bb - ab * ab;
    let (one, two) = ((ay * bb - by * ab) / determinant, (by * aa - ay * ab) / determinant);
    (one, two, (one * ay + two * by) / dot(&y, &y))
}
