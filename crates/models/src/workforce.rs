//! Who works in general practice in each month to come: GPs one by one, other staff as posts and people.
//!
//! A run starts from the heads and full-time equivalents that are published for a place. Each month GPs leave at a rate that
//! hangs on their age, registrars finish and some of them are in post a while later, some GPs return or come from overseas,
//! salaried GPs work a little less each year, some are away for long; other staff leave their posts, and posts are
//! advertised until they are filled. GPs who join come one after the other and go, with a stated chance, to practices where
//! posts are vacant, the more so the more is vacant, otherwise to practices by their size: so a practice that loses GPs is
//! refilled before one that lost none grows. It is not modelled how attractive a practice is, nor that more vacancies bring
//! more applicants to the place, nor that registrars stay where they trained.
//!
//! Methods: [workforce](../../../docs/book/methods.md#workforce), [vacancies](../../../docs/book/methods.md#vacancies).

use vocab::Month;

use crate::change::{Change, Effect};
use crate::decisions::seed_of_draw;
use crate::parameters::Values;

mod ages;
mod expected;
mod gps;
mod joiners;
mod ledger;
mod minutes;
mod place;
mod posts;
mod rates;
mod resilience;
pub(crate) mod role;
mod run;
mod staff;
mod training;
mod vacancies;

pub use ages::GpsByAge;
pub use expected::{Expected, expect};
pub use ledger::{Flow, Ledger, Line, Stock};
pub use minutes::Worth;
pub use rates::AGE_BANDS;
pub use resilience::{Imbalance, PUBLISHED_DISCRIMINATION, imbalance, months_without_a_gp};
pub use role::{Contract, Group, Role};
pub use staff::{Employer, GpStock, LocalLeaving, RoleStock, Staff};

use place::Employers;
use rates::Rates;
use run::Run;

/// When a run begins and how long it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The first month of the run; the published stock is that of the day before.
    pub base: Month,
    /// Months of the run.
    pub months: u32,
}

/// The workforce of a place in one draw.
///
/// `values` are those of the same seed and draw. Draws of one seed and different scenarios share their luck: a GP who is in
/// both leaves at the same threshold.
#[must_use]
pub fn simulate(
    staff: &Staff,
    horizon: Horizon,
    changes: &[Change],
    values: &Values,
    (seed, draw): (u64, u32),
) -> Ledger {
    let Horizon { base, months } = horizon;
    let changes = &with_planned(staff, horizon, changes, values);
    let rates = Rates::new(values, staff, base, months, changes);
    let employers = Employers::new(staff, base, months, changes);
    let run = Run { rates: &rates, employers: &employers, seed: seed_of_draw(seed, draw) };
    let lines = lines(staff, &employers, changes);
    let mut ledger = Ledger::new(employers.codes.clone(), lines, months);
    for gp in joiners::in_post(&run, staff) {
        run.live(gp, &mut ledger);
    }
    let mut joiners = training::trained(&run, staff, base, changes, &mut ledger);
    joiners.extend(joiners::coming(&run, staff));
    joiners.extend(joiners::recruited(&run, base, changes));
    run.join(joiners, &mut ledger);
    posts::posts(&run, staff, base, changes, &mut ledger);
    ledger
}

/// The changes of a scenario after the training places that are planned whatever anybody does.
fn with_planned(
    staff: &Staff,
    Horizon { base, months }: Horizon,
    changes: &[Change],
    values: &Values,
) -> Vec<Change> {
    let mut all = training::planned(values, staff, base, months);
    all.extend_from_slice(changes);
    all
}

/// Every line that a run can write to.
fn lines(staff: &Staff, employers: &Employers, changes: &[Change]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |employer, group| lines.push(Line { employer, group });
    for employer in 0..employers.count() {
        for contract in Contract::ALL {
            add(employer, Group::Gp(contract));
        }
    }
    let ends = changes
        .iter()
        .any(|change| matches!(change.effect, Effect::Closes { .. } | Effect::Merges { .. }));
    let staffed = staff.employers.iter().enumerate();
    let mut held: Vec<(usize, Role)> = staffed
        .flat_map(|(at, one)| one.others.iter().map(move |stock| (at, stock.role)))
        .collect();
    for change in changes {
        if let Effect::Posts(posts) = &change.effect
            && let Some(employer) = employers.position(&posts.employer)
        {
            held.push((employer, posts.role));
        }
    }
    for (employer, role) in held {
        add(employer, Group::Other(role));
        if ends {
            (0..employers.count()).for_each(|other| add(other, Group::Other(role)));
        }
    }
    lines
}
