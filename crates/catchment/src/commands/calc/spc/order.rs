//! The points of a series in order of time, and the months that are not in the table.

use jiff::civil::Date;
use sources::value;
use vocab::Month;
use vocab::period::missing_between;

use crate::commands::calc::groups::Groups;
use crate::commands::calc::table::Gap;

/// One series, in the order in which it is charted.
#[derive(Default, Clone)]
pub struct Series {
    /// The values; one that is missing is not a number.
    pub values: Vec<f64>,
    /// The number of each point's label.
    pub labels: Vec<u32>,
    /// Why a point has no figure; empty where it has one.
    pub gaps: Vec<String>,
}

/// When a point was, as its label says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    day: Date,
    /// Whether the label names a month and no day.
    whole_month: bool,
}

impl When {
    /// Reads a day or a month; a bare number is neither, unless it is a day such as 20230201.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() != 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let day = value::day(text).map(|day| Self { day, whole_month: false });
        day.or_else(|| {
            let day = value::month(text)?.first_day();
            Some(Self { day, whole_month: true })
        })
    }

    /// Whether two labels mean the same point, however they are written.
    pub fn is(self, other: Self) -> bool {
        let month = self.whole_month || other.whole_month;
        self.day == other.day || month && Month::of(self.day) == Month::of(other.day)
    }
}

impl Series {
    /// Adds a point.
    pub fn add(&mut self, value: f64, label: u32, gap: Option<Gap<'_>>) {
        self.values.push(value);
        self.labels.push(label);
        self.gaps.push(gap.map_or_else(String::new, Gap::in_words));
    }

    /// Puts the points in order of time where their labels are days or months, and adds the months that are not in the table as
    /// points without a figure. Labels of another kind leave the order of the table.
    ///
    /// # Errors
    /// Some labels are dates and others are not, or one stands twice.
    pub fn put_in_order(&mut self, labels: &mut Groups) -> Result<(), String> {
        let word = |label: &u32| labels.word(*label as usize, 0).to_owned();
        let read: Vec<Option<When>> =
            self.labels.iter().map(|label| When::read(&word(label))).collect();
        let Some(times) = read.iter().copied().collect::<Option<Vec<When>>>() else {
            let odd = read.iter().position(Option::is_none).map(|at| word(&self.labels[at]));
            let mixed = read.iter().any(Option::is_some);
            return odd.filter(|_| mixed).map_or(Ok(()), |odd| {
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
                ordered.add_missing(missing, labels);
            }
            ordered.values.push(self.values[*at]);
            ordered.labels.push(self.labels[*at]);
            ordered.gaps.push(self.gaps[*at].clone());
        }
        *self = ordered;
        Ok(())
    }

    fn add_missing(&mut self, missing: impl Iterator<Item = Month>, labels: &mut Groups) {
        for month in missing {
            let name = format!("{:04}-{:02}", month.year, month.month);
            self.values.push(f64::NAN);
            self.labels.push(labels.number(&name) as u32);
            self.gaps.push("not in the table".to_owned());
        }
    }

    /// The labels of the points without a figure.
    pub fn without_figure(&self, labels: &Groups) -> String {
        let gaps = self.labels.iter().zip(&self.gaps).filter(|(_, gap)| !gap.is_empty());
        let names: Vec<&str> = gaps.map(|(label, _)| labels.word(*label as usize, 0)).collect();
        names.join("; ")
    }
}
