//! One GP from month to month: leaving, changing contract, moving practice, working less, being away.
//!
//! Each GP has one threshold for the whole run, exponentially distributed, and leaves in the month in which the summed
//! hazard passes it. The same GP has the same threshold in every scenario: where the hazard is higher, the GP leaves earlier
//! or in the same month, never later.

use stats::random::Stream;
use vocab::Sex;

use super::ledger::{Flow, Ledger, Stock};
use super::role::{Contract, Group};
use super::run::Run;
use crate::decisions::{GP_ABSENCE, GP_CLOSURE, GP_CONTRACT, GP_LEAVES, GP_MOVES, GP_REASON};

/// Age in months at which everybody has left.
const LAST_AGE: u32 = 78 * 12;

/// A GP who is in post from a month on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Gp {
    /// A number of their own, the same in every scenario.
    pub unit: u32,
    pub employer: usize,
    pub contract: Contract,
    pub sex: Sex,
    /// Age in months when in post for the first time in the run.
    pub age: u32,
    /// The first month in post; in post at the start where `from_start`.
    pub from: u32,
    pub from_start: bool,
    pub micro_fte: i64,
    /// Factor on the hazard of leaving.
    pub leaving: f64,
}

impl Run<'_> {
    /// Lives one GP's months and writes them into the book.
    pub(super) fn live(&self, mut gp: Gp, ledger: &mut Ledger) {
        let rates = self.rates;
        let mut line = ledger.line(gp.employer, Group::Gp(gp.contract));
        if gp.from_start {
            ledger.starts[line].add(Stock::of(gp.micro_fte));
        } else {
            ledger.flow(line, gp.from).joined.add(Stock::of(gp.micro_fte));
        }
        let threshold = self.stream(GP_LEAVES, gp.unit, 0).exponential(1.0) / gp.leaving;
        let mut passed = 0.0;
        let mut contract_changes =
            self.waits(GP_CONTRACT, gp.unit, self.contract_hazard(gp.contract));
        let mut moves = self.waits(GP_MOVES, gp.unit, rates.moving);
        let mut absences = Absences::new(self, gp.unit, gp.from);
        contract_changes.next_from(f64::from(gp.from));
        moves.next_from(f64::from(gp.from));
        for month in gp.from..rates.months {
            if month >= self.employers.end_of(gp.employer) {
                let Some(next) = self.after_closure(&gp, month) else {
                    self.leave(&gp, line, month, ledger);
                    return;
                };
                gp.employer = next;
                line = transfer(&gp, line, month, ledger);
            }
            let age = gp.age + (month - gp.from);
            passed += rates.leaving(month, age, gp.sex, gp.contract);
            if passed >= threshold || age >= LAST_AGE {
                self.leave(&gp, line, month, ledger);
                return;
            }
            let end_of_month = f64::from(month + 1);
            if contract_changes.at < end_of_month {
                gp.contract = other_contract(gp.contract);
                line = transfer(&gp, line, month, ledger);
                contract_changes.hazard = self.contract_hazard(gp.contract);
                contract_changes.next_from(end_of_month);
            }
            if moves.at < end_of_month {
                let luck = moves.stream.uniform();
                moves.next_from(end_of_month);
                if let Some(next) = self.employers.choose(luck, month, Some(gp.employer)) {
                    gp.employer = next;
                    line = transfer(&gp, line, month, ledger);
                }
            }
            self.work(&mut gp, &mut absences, ledger.flow(line, month), month);
        }
        ledger.counted[line].add(Stock::of(gp.micro_fte));
    }

    /// A month's change of hours, and whether the GP was there.
    fn work(&self, gp: &mut Gp, absences: &mut Absences, flow: &mut Flow, month: u32) {
        let mut factor = self.rates.hours_from.get(month as usize).copied().unwrap_or(1.0);
        if gp.contract == Contract::Salaried {
            factor *= self.rates.monthly_hours;
        }
        let change = (gp.micro_fte as f64 * (factor - 1.0)) as i64;
        flow.hours += change;
        gp.micro_fte += change;
        if absences.begins < f64::from(month + 1) {
            let away = absences.share_of(self, month);
            flow.not_available += (gp.micro_fte as f64 * away) as i64;
        }
    }

    fn after_closure(&self, gp: &Gp, month: u32) -> Option<usize> {
        let mut stream = self.stream(GP_CLOSURE, gp.unit, month);
        let leaves = stream.happens(self.rates.leaving_at_closure);
        if leaves && !self.employers.merges(gp.employer) {
            return None;
        }
        self.employers.successor(gp.employer, stream.uniform(), month)
    }

    fn leave(&self, gp: &Gp, line: usize, month: u32, ledger: &mut Ledger) {
        ledger.flow(line, month).left.add(Stock::of(gp.micro_fte));
        let age = (gp.age + (month - gp.from)) / 12;
        let luck = self.luck(GP_REASON, gp.unit, 0);
        let reason = self.rates.reason(age, luck);
        ledger.reasons[(month / 12) as usize][reason] += 1;
    }

    fn contract_hazard(&self, contract: Contract) -> f64 {
        match contract {
            Contract::Partner => self.rates.partner_to_salaried,
            Contract::Salaried => self.rates.salaried_to_partner,
            Contract::Locum | Contract::Registrar => 0.0,
        }
    }

    fn waits(&self, decision: u32, unit: u32, hazard: f64) -> Waits {
        Waits { stream: self.stream(decision, unit, 0), hazard, at: f64::INFINITY }
    }
}

/// The line on which a GP is now, after moving there from another one.
fn transfer(gp: &Gp, from: usize, month: u32, ledger: &mut Ledger) -> usize {
    let to = ledger.line(gp.employer, Group::Gp(gp.contract));
    ledger.flow(from, month).moved_out.add(Stock::of(gp.micro_fte));
    ledger.flow(to, month).moved_in.add(Stock::of(gp.micro_fte));
    to
}

const fn other_contract(contract: Contract) -> Contract {
    match contract {
        Contract::Partner => Contract::Salaried,
        Contract::Salaried => Contract::Partner,
        other => other,
    }
}

/// Events of a constant hazard, one after the other; times in months.
struct Waits {
    stream: Stream,
    hazard: f64,
    at: f64,
}

impl Waits {
    fn next_from(&mut self, month: f64) {
        let wait = self.stream.exponential(12.0);
        self.at = if self.hazard > 0.0 { month + wait / self.hazard } else { f64::INFINITY };
    }
}

/// Long absences, one after the other; times in months.
struct Absences {
    stream: Stream,
    begins: f64,
    ends: f64,
}

impl Absences {
    fn new(run: &Run<'_>, unit: u32, from: u32) -> Self {
        let mut absences =
            Self { stream: run.stream(GP_ABSENCE, unit, 0), begins: 0.0, ends: f64::from(from) };
        absences.next(run);
        absences
    }

    fn next(&mut self, run: &Run<'_>) {
        let wait = self.stream.exponential(12.0);
        let hazard = run.rates.absence;
        self.begins = if hazard > 0.0 { self.ends + wait / hazard } else { f64::INFINITY };
        self.ends = self.begins + self.stream.exponential(12.0 * run.rates.absence_years);
    }

    /// Share of a month away.
    fn share_of(&mut self, run: &Run<'_>, month: u32) -> f64 {
        let (start, end) = (f64::from(month), f64::from(month + 1));
        let mut away = 0.0;
        while self.begins < end {
            away += (self.ends.min(end) - self.begins.max(start)).max(0.0);
            if self.ends >= end {
                break;
            }
            self.next(run);
        }
        away
    }
}
