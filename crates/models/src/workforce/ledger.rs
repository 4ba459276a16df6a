//! The book of the workforce: for each employer, group and month who joined, left and moved, in heads and hours.
//!
//! Full-time equivalents are kept in millionths as whole numbers, so that start + joiners − leavers ± moves = end holds exactly.

use super::role::Group;

/// Millionths of a full-time equivalent.
pub const MILLION: f64 = 1e6;

/// People and their full-time equivalents in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stock {
    /// People.
    pub heads: i64,
    /// Full-time equivalents in millionths.
    pub micro_fte: i64,
}

impl Stock {
    /// Full-time equivalents.
    #[must_use]
    pub fn fte(self) -> f64 {
        self.micro_fte as f64 / MILLION
    }

    pub(super) const fn of(micro_fte: i64) -> Self {
        Self { heads: 1, micro_fte }
    }

    pub(super) const fn add(&mut self, other: Self) {
        self.heads += other.heads;
        self.micro_fte += other.micro_fte;
    }

    pub(super) const fn take(&mut self, other: Self) {
        self.heads -= other.heads;
        self.micro_fte -= other.micro_fte;
    }
}

/// What happened on a line in a month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flow {
    /// Came from outside the place.
    pub joined: Stock,
    /// Left the place or practice altogether.
    pub left: Stock,
    /// Came from another employer or contract of the place.
    pub moved_in: Stock,
    /// Went to another employer or contract of the place.
    pub moved_out: Stock,
    /// Millionths by which those in post work more (or with a minus less) than before.
    pub hours: i64,
    /// Millionths of a full-time equivalent that were contracted and not there, or not yet fully, in the mean of a month:
    /// long absence and the first year in a post. Over a year it is the sum of its months.
    pub not_available: i64,
}

impl Flow {
    /// The stock after it.
    #[must_use]
    pub const fn after(&self, mut start: Stock) -> Stock {
        start.add(self.joined);
        start.take(self.left);
        start.add(self.moved_in);
        start.take(self.moved_out);
        start.micro_fte += self.hours;
        start
    }

    /// Millionths of a full-time equivalent more, or with a minus fewer, than before, beside those who joined.
    pub(super) const fn but_joiners(&self) -> i64 {
        let moved = self.moved_in.micro_fte - self.moved_out.micro_fte;
        moved - self.left.micro_fte + self.hours
    }

    /// Both together.
    pub(super) const fn add(&mut self, other: &Self) {
        self.joined.add(other.joined);
        self.left.add(other.left);
        self.moved_in.add(other.moved_in);
        self.moved_out.add(other.moved_out);
        self.hours += other.hours;
        self.not_available += other.not_available;
    }
}

/// One line of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The position of the employer.
    pub employer: usize,
    /// The group.
    pub group: Group,
}

/// The book of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// The codes of employers, by position.
    pub employers: Vec<String>,
    /// Months of the run.
    pub months: u32,
    pub(super) lines: Vec<Line>,
    pub(super) starts: Vec<Stock>,
    pub(super) flows: Vec<Flow>,
    /// Who was in post when the run ended, counted one by one and not from the flows.
    pub(super) counted: Vec<Stock>,
    /// GPs who left practice by reason and year: retirement, overseas, other work.
    pub(super) reasons: Vec<[u32; 3]>,
}

impl Ledger {
    pub(super) fn new(employers: Vec<String>, mut lines: Vec<Line>, months: u32) -> Self {
        lines.sort_unstable();
        lines.dedup();
        let (count, years) = (lines.len(), months.div_ceil(12) as usize);
        Self {
            employers,
            months,
            starts: vec![Stock::default(); count],
            flows: vec![Flow::default(); count * months as usize],
            counted: vec![Stock::default(); count],
            reasons: vec![[0; 3]; years],
            lines,
        }
    }

    /// The position of a line; every line that a run can write to is there from its start.
    pub(super) fn line(&self, employer: usize, group: Group) -> usize {
        self.lines
            .binary_search(&Line { employer, group })
            .expect("the lines of all that can happen are made before the run")
    }

    pub(super) fn flow(&mut self, line: usize, month: u32) -> &mut Flow {
        &mut self.flows[line * self.months as usize + month as usize]
    }

    /// Position and line, in order of employer and group.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().enumerate()
    }

    /// The stock of a line on the day of the start.
    #[must_use]
    pub fn start(&self, line: usize) -> Stock {
        self.starts.get(line).copied().unwrap_or_default()
    }

    /// The flows of a line, one a month.
    #[must_use]
    pub fn flows(&self, line: usize) -> &[Flow] {
        let months = self.months as usize;
        self.flows.get(line * months..(line + 1) * months).unwrap_or_default()
    }

    /// The stock of a line at the end of each month.
    pub fn stocks(&self, line: usize) -> impl Iterator<Item = Stock> {
        self.flows(line).iter().scan(self.start(line), |stock, flow| {
            *stock = flow.after(*stock);
            Some(*stock)
        })
    }

    /// Who was in post on a line when the run ended, counted one by one.
    #[must_use]
    pub fn counted(&self, line: usize) -> Stock {
        self.counted.get(line).copied().unwrap_or_default()
    }

    /// The flows of a line, one a year; the last may hold less than twelve months.
    #[must_use]
    pub fn yearly(&self, line: usize) -> Vec<Flow> {
        self.flows(line).chunks(12).map(sum).collect()
    }

    /// The stock at the end of each month of all lines that fit.
    #[must_use]
    pub fn total(&self, fits: impl Fn(&str, Group) -> bool) -> Vec<Stock> {
        let mut total = vec![Stock::default(); self.months as usize];
        for line in self.fitting(fits) {
            for (sum, stock) in total.iter_mut().zip(self.stocks(line)) {
                sum.add(stock);
            }
        }
        total
    }

    /// What happened in each month on all lines that fit.
    #[must_use]
    pub fn total_flows(&self, fits: impl Fn(&str, Group) -> bool) -> Vec<Flow> {
        let mut total = vec![Flow::default(); self.months as usize];
        for line in self.fitting(fits) {
            for (sum, flow) in total.iter_mut().zip(self.flows(line)) {
                sum.add(flow);
            }
        }
        total
    }

    /// The stock at the start of all lines that fit.
    #[must_use]
    pub fn total_start(&self, fits: impl Fn(&str, Group) -> bool) -> Stock {
        let mut total = Stock::default();
        self.fitting(fits).for_each(|line| total.add(self.start(line)));
        total
    }

    fn fitting(&self, fits: impl Fn(&str, Group) -> bool) -> impl Iterator<Item = usize> {
        self.lines()
            .filter(move |(_, line)| {
                self.employers.get(line.employer).is_some_and(|code| fits(code, line.group))
            })
            .map(|(position, _)| position)
    }

    /// GPs who left practice in each year by reason: retirement, to work overseas, to other work.
    #[must_use]
    pub fn reasons(&self) -> &[[u32; 3]] {
        &self.reasons
    }
}

fn sum(flows: &[Flow]) -> Flow {
    let mut total = Flow::default();
    for flow in flows {
        total.add(flow);
    }
    total
}
