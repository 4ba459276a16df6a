//! What a network's money rests on after practices have moved, merged or closed.
//!
//! Patients and beds follow the practice that takes over; where nobody is named they are spread over the practices that go on
//! in proportion to their lists. Nobody is lost on the way. A network that falls below 30,000 registered patients or to one
//! practice is named, because its approval is then in question.

use std::collections::BTreeMap;

use vocab::Month;
use vocab::codes::{NetworkCode, PracticeCode};

use super::Network;
use crate::change::{Change, Effect};

/// A practice as the money of its network sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// The practice.
    pub practice: PracticeCode,
    /// Its network; nothing where it is in none.
    pub network: Option<NetworkCode>,
    /// Registered patients.
    pub registered: f64,
    /// Its part of the adjusted population; nothing where it is not known.
    pub adjusted: Option<f64>,
    /// Its weighted list; nothing where it is not known.
    pub weighted: Option<f64>,
    /// Care home beds aligned to it; nothing where they are not known.
    pub beds: Option<f64>,
}

/// A network and its bases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Membership {
    /// Practices in it.
    pub practices: usize,
    /// What it is paid for; a base that one practice does not know is not known.
    pub network: Network,
}

/// The size below which a network needs an exception.
const SMALLEST: f64 = 30_000.0;

impl Membership {
    /// What puts its approval into question, in words.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        let registered = self.network.registered.unwrap_or_default();
        if registered < SMALLEST {
            warnings.push(format!("{registered:.0} registered patients, below 30,000"));
        }
        if self.practices == 1 {
            warnings.push("one practice only".to_owned());
        }
        warnings
    }
}

/// The networks of a place in a month, after the changes up to it.
#[must_use]
pub fn networks(
    members: &[Member],
    changes: &[Change],
    month: Month,
) -> BTreeMap<NetworkCode, Membership> {
    let mut members = members.to_vec();
    let mut past: Vec<&Change> = changes.iter().filter(|change| change.from <= month).collect();
    past.sort_by_key(|change| change.from);
    for change in past {
        match &change.effect {
            Effect::MovesNetwork { practice, to } => {
                let moving = members.iter_mut().find(|member| member.practice == *practice);
                if let Some(member) = moving {
                    member.network = Some(*to);
                }
            }
            Effect::Merges { practice, into } => end(&mut members, *practice, &[(*into, 1.0)]),
            Effect::Closes { practice, to } => end(&mut members, *practice, to),
            _ => {}
        }
    }
    let mut networks: BTreeMap<NetworkCode, Membership> = BTreeMap::new();
    for member in &members {
        if let Some(code) = member.network {
            let nothing = Membership { practices: 0, network: NOBODY };
            networks.entry(code).or_insert(nothing).add(member);
        }
    }
    networks
}

const NOBODY: Network = Network {
    registered: Some(0.0),
    adjusted: Some(0.0),
    weighted: Some(0.0),
    beds: Some(0.0),
    points: None,
};

impl Membership {
    fn add(&mut self, member: &Member) {
        let both = |sum: Option<f64>, more: Option<f64>| Some(sum? + more?);
        self.practices += 1;
        self.network.registered = both(self.network.registered, Some(member.registered));
        self.network.adjusted = both(self.network.adjusted, member.adjusted);
        self.network.weighted = both(self.network.weighted, member.weighted);
        self.network.beds = both(self.network.beds, member.beds);
    }
}

/// Ends a practice and gives what it had to the others.
fn end(members: &mut Vec<Member>, practice: PracticeCode, to: &[(PracticeCode, f64)]) {
    let Some(position) = members.iter().position(|member| member.practice == practice) else {
        return;
    };
    let ended = members.remove(position);
    let named = |member: &Member| {
        to.iter().filter(|(code, _)| *code == member.practice).map(|(_, share)| share).sum::<f64>()
    };
    let mut weights: Vec<f64> = members.iter().map(named).collect();
    if weights.iter().sum::<f64>() <= 0.0 {
        weights = members.iter().map(|member| member.registered).collect();
    }
    let total: f64 = weights.iter().sum();
    for (member, weight) in members.iter_mut().zip(weights) {
        let share = weight / total;
        if share > 0.0 {
            let more = |sum: Option<f64>, all: Option<f64>| Some(sum? + all? * share);
            member.registered += ended.registered * share;
            member.adjusted = more(member.adjusted, ended.adjusted);
            member.weighted = more(member.weighted, ended.weighted);
            member.beds = more(member.beds, ended.beds);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APRIL: Month = Month { year: 2026, month: 4 };

    fn member(number: u32, network: &str, registered: f64) -> Member {
        Member {
            practice: format!("A8100{number}").parse().unwrap(),
            network: network.parse().ok(),
            registered,
            adjusted: Some(registered * 1.02),
            weighted: Some(registered * 0.98),
            beds: Some(40.0),
        }
    }

    fn place() -> Vec<Member> {
        vec![
            member(1, "U00001", 20_000.0),
            member(2, "U00001", 15_000.0),
            member(3, "U00002", 28_000.0),
            member(4, "U00002", 12_000.0),
        ]
    }

    fn change(effect: Effect) -> Change {
        Change { from: APRIL, effect }
    }

    fn code(text: &str) -> PracticeCode {
        text.parse().unwrap()
    }

    fn registered(networks: &BTreeMap<NetworkCode, Membership>) -> Vec<f64> {
        networks.values().map(|one| one.network.registered.unwrap()).collect()
    }

    #[test]
    fn money_follows_a_practice_that_moves_and_the_network_left_behind_is_named() {
        let to = "U00002".parse().unwrap();
        let moves = change(Effect::MovesNetwork { practice: code("A81002"), to });
        let after = networks(&place(), &[moves], APRIL);
        assert_eq!(registered(&after), [20_000.0, 55_000.0]);
        let left = after.values().next().unwrap().warnings();
        assert_eq!(left, ["20000 registered patients, below 30,000", "one practice only"]);
    }

    #[test]
    fn nobody_is_lost_when_a_practice_closes() {
        for to in [vec![], vec![(code("A81003"), 0.5), (code("A81002"), 0.5)]] {
            let closes = change(Effect::Closes { practice: code("A81001"), to });
            let after = networks(&place(), &[closes], APRIL);
            assert!((registered(&after).iter().sum::<f64>() - 75_000.0).abs() < 1e-6);
            let beds: f64 = after.values().map(|one| one.network.beds.unwrap()).sum();
            assert!((beds - 160.0).abs() < 1e-9);
        }
    }

    #[test]
    fn a_change_yet_to_come_changes_nothing() {
        let merges = change(Effect::Merges { practice: code("A81001"), into: code("A81003") });
        let march = Month { year: 2026, month: 3 };
        assert_eq!(networks(&place(), &[merges], march), networks(&place(), &[], march));
    }

    #[test]
    fn a_base_that_one_practice_does_not_know_is_not_known() {
        let mut members = place();
        members[0].weighted = None;
        let found = networks(&members, &[], APRIL);
        let weighted: Vec<bool> =
            found.values().map(|one| one.network.weighted.is_some()).collect();
        assert_eq!(weighted, [false, true]);
    }
}
