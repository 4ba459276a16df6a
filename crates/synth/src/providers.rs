//! Who holds a list in a month: the practices, and those that closed since.

use vocab::Month;

use super::calendar::{LATEST_LISTS, months_between};
use super::draw::apportion;
use super::layout::{Icb, Region, SubIcb};
use super::organisations::{Network, Practice};
use super::world::World;

/// A holder of a list in one month.
#[derive(Debug, Clone, Copy)]
pub struct Provider<'a> {
    pub world: &'a World,
    pub code: &'a str,
    pub name: &'a str,
    pub postcode: &'a str,
    /// The practice itself, or the one that took over its list.
    pub practice: usize,
    /// Its own number for draws, past the practices of the detailed towns for those that closed.
    pub unit: usize,
    /// The people on its list.
    pub list: u32,
}

impl<'a> Provider<'a> {
    pub fn record(&self) -> &'a Practice {
        &self.world.practices[self.practice]
    }

    /// Whether it stands around the example town, where less is written.
    pub fn is_around(&self) -> bool {
        self.world.layout.is_around(self.record().town)
    }

    pub fn network(&self) -> &'a Network {
        &self.world.networks[self.record().network]
    }

    pub fn sub_icb(&self) -> &'a SubIcb {
        &self.world.layout.sub_icbs[self.record().sub_icb]
    }

    pub fn icb(&self) -> &'a Icb {
        &self.world.layout.icbs[self.sub_icb().icb]
    }

    pub fn region(&self) -> &'a Region {
        &self.world.layout.regions[self.icb().region]
    }

    /// The people on the list by sex and single year of age; they sum to the list.
    pub fn ages(&self) -> Vec<u32> {
        let ages = &self.world.lists[self.practice].ages;
        if self.list == self.world.lists[self.practice].total {
            return ages.to_vec();
        }
        let shares: Vec<f64> = ages.iter().map(|count| f64::from(*count)).collect();
        apportion(u64::from(self.list), &shares).into_iter().map(|count| count as u32).collect()
    }
}

/// The holders of lists in a month, in order of code.
pub fn providers(world: &World, month: Month) -> Vec<Provider<'_>> {
    let first_day = month.first_day().strftime("%Y%m%d").to_string();
    let mut answer: Vec<Provider<'_>> = (0..world.practices.len())
        .map(|index| {
            let practice = &world.practices[index];
            Provider {
                world,
                code: &practice.code,
                name: &practice.name,
                postcode: &practice.postcode,
                practice: index,
                unit: index,
                list: whole_list(world, index, month),
            }
        })
        .collect();
    for (number, closed) in world.closed.iter().enumerate() {
        if closed.share > 0.0 && *first_day < *closed.closed {
            let successor = &mut answer[closed.successor];
            let list = (f64::from(successor.list) * closed.share).round() as u32;
            successor.list -= list;
            answer.push(Provider {
                world,
                code: &closed.code,
                name: &closed.name,
                postcode: &closed.postcode,
                practice: closed.successor,
                unit: world.detailed_practices() + number,
                list,
            });
        }
    }
    answer.sort_by(|a, b| a.code.cmp(b.code));
    answer
}

/// A practice's list with that of any practice that it took over later.
fn whole_list(world: &World, practice: usize, month: Month) -> u32 {
    let years = f64::from(months_between(month, LATEST_LISTS)) / 12.0;
    let growth = libm::pow(1.0 + world.practices[practice].growth, -years);
    (f64::from(world.lists[practice].total) * growth).round() as u32
}
