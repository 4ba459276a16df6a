//! Groups of rows by the words in their naming columns, numbered in the order in which they are met.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Between the words of a key; no table has it in a name.
pub const SEPARATOR: u8 = 0x1f;

/// No group.
const FREE: u32 = u32::MAX;

/// The groups met so far.
#[derive(Debug)]
pub struct Groups {
    keys: String,
    ends: Vec<usize>,
    /// Part of the hash and the number of the group, side by side.
    slots: Vec<(u32, u32)>,
    last: usize,
}

impl Default for Groups {
    fn default() -> Self {
        Self { keys: String::new(), ends: Vec::new(), slots: vec![(0, FREE); 1024], last: 0 }
    }
}

impl Groups {
    /// The number of the group with this key, new or met before. Neighbouring rows are often of one group.
    pub fn number(&mut self, key: &str) -> usize {
        if self.len() > 0 && self.is_last(key) {
            return self.last;
        }
        let hash = hash(key);
        let mut slot = hash as usize & (self.slots.len() - 1);
        let tag = (hash >> 32) as u32;
        while self.slots[slot].1 != FREE {
            let (found, group) = self.slots[slot];
            if found == tag && self.key(group as usize) == key {
                self.last = group as usize;
                return self.last;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = (tag, self.len() as u32);
        self.keys.push_str(key);
        self.ends.push(self.keys.len());
        self.last = self.len() - 1;
        if self.len() * 2 > self.slots.len() {
            self.grow();
        }
        self.last
    }

    /// Whether a key is the one asked for last; comparing nothing with nothing is slow, so lengths come first.
    fn is_last(&self, key: &str) -> bool {
        let last = self.key(self.last);
        last.len() == key.len() && (key.is_empty() || last == key)
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 4;
        self.slots = vec![(0, FREE); size];
        for group in 0..self.len() {
            let hash = hash(self.key(group));
            let mut slot = hash as usize & (size - 1);
            while self.slots[slot].1 != FREE {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = ((hash >> 32) as u32, group as u32);
        }
    }

    /// How many groups there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn key(&self, group: usize) -> &str {
        let from = if group == 0 { 0 } else { self.ends[group - 1] };
        self.keys.get(from..self.ends[group]).unwrap_or_default()
    }

    /// The words of a group's key.
    pub fn words(&self, group: usize) -> impl Iterator<Item = &str> {
        self.key(group).split(char::from(SEPARATOR))
    }

    /// One word of a group's key.
    pub fn word(&self, group: usize, position: usize) -> &str {
        self.words(group).nth(position).unwrap_or_default()
    }
}

fn hash(key: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(key.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbered_as_met_and_found_again() {
        let mut groups = Groups::default();
        let keys: Vec<String> = (0..5000).map(|n| format!("A{n}\u{1f}B")).collect();
        for (number, key) in keys.iter().enumerate() {
            assert_eq!(groups.number(key), number);
        }
        assert_eq!(groups.number(&keys[17]), 17);
        assert_eq!(groups.len(), 5000);
        assert_eq!(groups.words(4999).collect::<Vec<_>>(), ["A4999", "B"]);
    }
}
