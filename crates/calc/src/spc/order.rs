//! The points of a series in order of time, and the months that are not in the table.

use jiff::civil::Date;
use sources::value;
use vocab::period::missing_between;
use vocab::{FinancialYear, Month};

use crate::groups::Groups;

/// One series, in the order in which it is charted.
#[derive(Default, Clone)]
pub struct Series {
    /// The values; one that is missing is not a number.
    pub values: Vec<f64>,
    /// What the values are divided by; 1 where the chart divides by nothing.
    pub below: Vec<f64>,
    /// The target at each point; one that is not stated is not a number.
    pub targets: Vec<f64>,
    /// The number of each point's label.
    pub labels: Vec<u32>,
    /// Why a point has no figure; empty where it has one.
    pub gaps: Vec<String>,
}

/// A point as the table gives it.
pub struct Point {
    /// Its value.
    pub value: f64,
    /// What the value is divided by.
    pub below: f64,
    /// Its target.
    pub target: f64,
    /// The number of its label.
    pub label: u32,
    /// Why it has no figure; empty where it has one.
    pub gap: String,
}

/// When a point was, as its label says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    day: Date,
    /// How much of the time the label names.
    span: Span,
}

/// How much of the time a label names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Span {
    Day,
    Month,
    Year,
    FinancialYear,
}

impl When {
    /// Reads a day or a month; a bare number is neither, unless it is a day such as 20230201.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() != 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let day = value::day(text).map(|day| Self { day, span: Span::Day });
        day.or_else(|| {
            let month = quarter(text).or_else(|| value::month(text))?;
            Some(Self { day: month.first_day(), span: Span::Month })
        })
    }

    /// Reads the labels of a series together: years where all are years, else days and months.
    fn read_all(labels: &[String]) -> Vec<Option<Self>> {
        let financial = |text: &String| {
            let year = FinancialYear::parse(text).filter(|_| text.len() > 5)?;
            let day = Month { year: year.begins, month: 4 }.first_day();
            Some(Self { day, span: Span::FinancialYear })
        };
        let calendar = |text: &String| {
            let year = text
                .parse::<i16>()
                .ok()
                .filter(|year| text.len() == 4 && (1900..2100).contains(year));
            Some(Self { day: Month { year: year?, month: 1 }.first_day(), span: Span::Year })
        };
        let all = |read: &dyn Fn(&String) -> Option<Self>| {
            labels.iter().map(|text| read(text).map(Some)).collect::<Option<Vec<_>>>()
        };
        let years = all(&financial).or_else(|| all(&calendar));
        years.unwrap_or_else(|| labels.iter().map(|text| Self::read(text)).collect())
    }

    /// The name of another month as this label would be written.
    fn named(self, month: Month) -> String {
        match self.span {
            Span::Day | Span::Month => format!("{:04}-{:02}", month.year, month.month),
            Span::Year => month.year.to_string(),
            Span::FinancialYear => format!("{}/{:02}", month.year, (month.year + 1) % 100),
        }
    }

    /// Whether two labels mean the same point, however they are written.
    pub fn is(self, other: Self) -> bool {
        let month = self.span != Span::Day || other.span != Span::Day;
        self.day == other.day || month && Month::of(self.day) == Month::of(other.day)
    }
}

/// The first month of a quarter: `2023 Q1`, `Q1 2023/24`, `2023Q4`.
fn quarter(text: &str) -> Option<Month> {
    let text = text.to_ascii_uppercase();
    let (before, after) = text.split_once('Q')?;
    let quarter = after.chars().next()?.to_digit(10).filter(|quarter| (1..=4).contains(quarter))?;
    let rest = format!("{}{}", before.trim(), after.get(1..)?.trim());
    let financial = FinancialYear::parse(&rest).map(|year| (year.begins, 4));
    let (year, first) = financial.or_else(|| Some((rest.parse::<i16>().ok()?, 1)))?;
    let months = i32::from(year) * 12 + first - 1 + 3 * (i32::try_from(quarter).ok()? - 1);
    let known = (1900..2200).contains(&year);
    known.then(|| Month { year: (months / 12) as i16, month: (months % 12) as i8 + 1 })
}

impl Series {
    /// Adds a point.
    pub fn add(&mut self, point: Point) {
        self.values.push(point.value);
        self.below.push(point.below);
        self.targets.push(point.target);
        self.labels.push(point.label);
        self.gaps.push(point.gap);
    }

    /// Puts the points in order of time where their labels are days, months, quarters or years, and adds those that are not in the
    /// table as points without a figure. Labels of another kind leave the order of the table; whether they did is the answer.
    ///
    /// # Errors
    /// Some labels are dates and others are not, or one stands twice.
    pub fn put_in_order(&mut self, labels: &mut Groups) -> Result<bool, String> {
        let word = |label: &u32| labels.word(*label as usize, 0).to_owned();
        let words: Vec<String> = self.labels.iter().map(word).collect();
        let read = When::read_all(&words);
        let Some(times) = read.iter().copied().collect::<Option<Vec<When>>>() else {
            let odd = read.iter().position(Option::is_none).map(|at| word(&self.labels[at]));
            let mixed = read.iter().any(Option::is_some);
            return odd.filter(|_| mixed).map_or(Ok(false), |odd| {
                Err(format!(
                    "`{odd}` is no date although other labels are: the points have no order"
                ))
            });
        };
        let mut order: Vec<usize> = (0..times.len()).collect();
        order.sort_by_key(|at| times[*at]);
        for pair in order.windows(2) {
            if times[pair[0]].is(times[pair[1]]) {
                let twice = word(&self.labels[pair[1]]);
                return Err(format!(
                    "{twice} stands twice: name in --by what tells the series apart"
                ));
            }
        }
        let months: Vec<Month> = order.iter().map(|at| Month::of(times[*at].day)).collect();
        let mut ordered = Self::default();
        for (position, at) in order.iter().enumerate() {
            if let Some(before) = position.checked_sub(1) {
                let missing = missing_between(months[before], months[position], &months);
                ordered.add_missing(missing, times[*at], labels);
            }
            ordered.add(Point {
                value: self.values[*at],
                below: self.below[*at],
                target: self.targets[*at],
                label: self.labels[*at],
                gap: self.gaps[*at].clone(),
            });
        }
        *self = ordered;
        Ok(true)
    }

    fn add_missing(
        &mut self,
        missing: impl Iterator<Item = Month>,
        like: When,
        labels: &mut Groups,
    ) {
        for month in missing {
            self.add(Point {
                value: f64::NAN,
                below: f64::NAN,
                target: f64::NAN,
                label: labels.number(&like.named(month)) as u32,
                gap: "not in the table".to_owned(),
            });
        }
    }

    /// The latest target that is stated.
    pub fn latest_target(&self) -> Option<f64> {
        self.targets.iter().rev().copied().find(|target| target.is_finite())
    }

    /// A value that looks like a share and one that looks like a percentage, where the series holds both: shares times a hundred
    /// would lie among the others, and nothing lies between the two.
    pub fn mixed_scales(&self) -> Option<(f64, f64)> {
        let known = || self.values.iter().copied().filter(|value| value.is_finite());
        if known().any(|value| !(0.0..=100.0).contains(&value)) {
            return None;
        }
        let range = |part: &dyn Fn(f64) -> bool| {
            let ends = (f64::INFINITY, 0.0_f64);
            known()
                .filter(|value| part(*value))
                .fold(ends, |ends, value| (ends.0.min(value), ends.1.max(value)))
        };
        let shares = range(&|value| value > 0.0 && value < 1.0);
        let percentages = range(&|value| value >= 1.0);
        let both = shares.0.is_finite() && percentages.0.is_finite();
        let apart = percentages.0 > 10.0 * shares.1;
        let alike = 100.0 * shares.0 < 3.0 * percentages.1 && 300.0 * shares.1 > percentages.0;
        (both && apart && alike).then_some((shares.1, percentages.0))
    }

    /// The labels of the points without a figure.
    pub fn without_figure(&self, labels: &Groups) -> String {
        let gaps = self.labels.iter().zip(&self.gaps).filter(|(_, gap)| !gap.is_empty());
        let names: Vec<&str> = gaps.map(|(label, _)| labels.word(*label as usize, 0)).collect();
        names.join("; ")
    }
}
