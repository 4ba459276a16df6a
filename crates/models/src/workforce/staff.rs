//! The staff that a place has on the day the outlook begins, as the publications give it: heads and full-time equivalents.

use vocab::Sex;

use super::role::{Contract, Role};

/// The staff of every employer of a place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Staff {
    /// Practices and networks, or one employer for a whole sub-ICB or England; every code once.
    pub employers: Vec<Employer>,
    /// What was seen of leaving here, which then weighs against the national rates; nothing where nothing is known.
    pub local_leaving: Option<LocalLeaving>,
}

/// Who works for one employer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Employer {
    /// The code of a practice, a network or a larger whole.
    pub code: String,
    /// GPs and registrars.
    pub gps: Vec<GpStock>,
    /// Everybody else.
    pub others: Vec<RoleStock>,
}

/// GPs of one contract and, where published, one sex and age band.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GpStock {
    /// The contract.
    pub contract: Contract,
    /// The sex; nothing where it is not published, and then drawn from England's shares.
    pub sex: Option<Sex>,
    /// The youngest age of the band: 25, 30, … 70; nothing where it is not published, and then drawn from England's shares.
    pub age: Option<u8>,
    /// People.
    pub heads: u32,
    /// Full-time equivalents of 37.5 hours, shared evenly by them.
    pub fte: f64,
}

/// Staff of one other role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoleStock {
    /// The role.
    pub role: Role,
    /// People.
    pub heads: u32,
    /// Full-time equivalents, shared evenly by them.
    pub fte: f64,
}

/// Leavers seen in the place, beside the years that qualified GPs spent there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalLeaving {
    /// GPs who left.
    pub leavers: f64,
    /// Years that GPs spent in post: heads × years of observation.
    pub gp_years: f64,
}

impl Staff {
    /// Everything that makes a start impossible, in words; none where it can be run.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.employers.is_empty() {
            problems.push(
                "no employer has staff: import a workforce publication that covers the place"
                    .to_owned(),
            );
        }
        let mut codes: Vec<&str> = self.employers.iter().map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        for pair in codes.windows(2) {
            if let [first, second] = pair
                && first == second
            {
                problems.push(format!("employer `{first}` stands in the list twice"));
            }
        }
        for employer in &self.employers {
            let code = &employer.code;
            for stock in &employer.gps {
                let what = format!("`{code}`, {} GPs", stock.contract.as_str());
                problems.extend(stock_problem(&what, stock.heads, stock.fte));
                if stock.age.is_some_and(|age| !(25..=70).contains(&age) || age % 5 != 0) {
                    problems.push(format!("{what}: an age band begins at 25, 30, … or 70"));
                }
            }
            for stock in &employer.others {
                let what = format!("`{code}`, {}", stock.role.people());
                problems.extend(stock_problem(&what, stock.heads, stock.fte));
            }
        }
        problems
    }
}

fn stock_problem(what: &str, heads: u32, fte: f64) -> Option<String> {
    if !fte.is_finite() || fte < 0.0 {
        return Some(format!("{what}: {fte} full-time equivalents; expected a number from 0 up"));
    }
    (heads == 0 && fte > 0.0).then(|| format!("{what}: {fte} full-time equivalents of nobody"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_named_together() {
        let gps = |heads, fte| GpStock {
            contract: Contract::Partner,
            sex: None,
            age: Some(33),
            heads,
            fte,
        };
        let employer =
            Employer { code: "A81001".to_owned(), gps: vec![gps(0, 1.0)], ..Employer::default() };
        let staff = Staff { employers: vec![employer.clone(), employer], local_leaving: None };
        assert_eq!(staff.problems().len(), 5);
        assert!(staff.problems()[0].contains("twice"));
        assert_eq!(Staff::default().problems().len(), 1);
    }
}
