//! A place of one's own: a list of codes and postcodes, or an outline that somebody drew.

use std::collections::BTreeMap;

use vocab::Level;

use super::{NamedPlace, NoPlace, Part, Place, plain};
use crate::affiliation::Affiliations;
use crate::outline::{Outline, faults as faults_of};

impl NamedPlace {
    /// The place with its members.
    pub(super) fn found(&self, named: &[Self], known: &Affiliations) -> Result<Place, NoPlace> {
        let former = |code: &String| known.former().of_code(code, known.day());
        if let Some((code, ended)) = self.members.iter().find_map(former) {
            return Err(NoPlace::Ended(ended.in_words(code)));
        }
        let mut members = Vec::new();
        for part in &self.members {
            let found = Part::find(part, &[], known).map_err(|error| match error {
                NoPlace::Unknown { .. } | NoPlace::Like { .. } => {
                    super::unknown(&self.key, named, known)
                }
                error => error,
            })?;
            members.extend(found.members);
        }
        if !self.outline.is_empty() {
            let outline = Outline::of(self.outline.clone());
            members.extend(inside(&outline, known));
        }
        Ok(Place { key: self.key.clone(), name: self.name.clone(), members })
    }
}

impl Place {
    /// That an area of the health service is called as this place and does not hold the same practices, with the code of each;
    /// nothing where none is.
    #[must_use]
    pub fn told_apart(&self, known: &Affiliations) -> Option<String> {
        if self.single().is_some_and(|(_, code)| code == self.key) {
            return None;
        }
        let own = plain(&self.name);
        let levels = [Level::Icb, Level::SubIcb, Level::Region].into_iter();
        let areas =
            levels.flat_map(|level| known.codes(level).into_iter().map(move |code| (level, code)));
        let mut namesakes = areas
            .filter(|(level, code)| *code != self.key && plain(known.name_of(*level, code)) == own);
        let (level, code) = namesakes.next()?;
        let area = Self { members: vec![(level, code.to_owned())], ..Self::council(code, "") };
        if area.practices(known) == self.practices(known) {
            return None;
        }
        let members: Vec<&str> = self.members.iter().map(|(_, code)| code.as_str()).collect();
        let members = match members.as_slice() {
            [] => return None,
            [only] => (*only).to_owned(),
            [first @ .., last] if first.len() < 6 => format!("{} and {last}", first.join(", ")),
            all => format!("{} parts", all.len()),
        };
        Some(format!(
            "“{}” is here the place {} ({members}), not {} ({code}), which does not hold the same practices: ask for {code} where that is meant.",
            self.name,
            self.key,
            known.name_of(level, code)
        ))
    }
}

/// The practices of the day inside an outline.
fn inside(outline: &Outline, known: &Affiliations) -> Vec<(Level, String)> {
    let standing = known.standing().inside(outline).filter(|code| known.of(code).is_some());
    standing.map(|code| (Level::Practice, code.to_owned())).collect()
}

/// The practices inside an outline written `lon,lat;lon,lat;…`.
pub(super) fn drawn(key: &str, corners: &str, known: &Affiliations) -> Result<Part, NoPlace> {
    let corner = |text: &str| {
        let (x, y) = text.split_once(',')?;
        Some((x.trim().parse().ok()?, y.trim().parse().ok()?))
    };
    let mut wrong = Vec::new();
    let mut ring: Vec<(f64, f64)> = Vec::new();
    for text in corners.split(';').map(str::trim).filter(|text| !text.is_empty()) {
        match corner(text) {
            Some(at) => ring.push(at),
            None => wrong.push(format!(
                "`{text}` is no corner: write longitude,latitude in degrees, such as -0.08,51.48"
            )),
        }
    }
    wrong.extend(faults_of(&ring));
    if !wrong.is_empty() {
        return Err(NoPlace::Outline(format!("the drawn outline: {}", wrong.join("; "))));
    }
    let members = inside(&Outline::of(vec![ring]), known);
    if members.is_empty() {
        return Err(NoPlace::Outline(
            "no practice with a published point stands in the drawn outline".to_owned(),
        ));
    }
    let name = format!("the drawn outline of {} practices", members.len());
    Ok(Part { key: key.to_owned(), name, members })
}

/// Everything that is wrong with places of one's own beside those that came before, each with its remedy.
#[must_use]
pub fn faults(own: &[NamedPlace], before: &[NamedPlace], known: &Affiliations) -> Vec<String> {
    let mut found = Vec::new();
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for place in before {
        taken.insert(place.key.to_lowercase(), &place.key);
        taken.insert(plain(&place.name), &place.key);
    }
    for place in own {
        let mut tell = |what: String| found.push(format!("place `{}`: {what}", place.key));
        let mut words = vec![place.key.to_lowercase(), plain(&place.name)];
        words.dedup();
        for word in words {
            if let Some(other) = taken.insert(word.clone(), &place.key) {
                tell(format!(
                    "`{word}` is the key or name of `{other}` already: give each place its own"
                ));
            }
        }
        if place.members.is_empty() && place.outline.is_empty() {
            tell("it has neither `members` nor `outline`: give one of them".to_owned());
        }
        for member in &place.members {
            if let Err(error) = Part::find(member, &[], known) {
                tell(match error {
                    NoPlace::Unknown { .. } => format!(
                        "`{member}` is no practice, network, board, council, ward, small area or postcode of a practice that is known: correct it, or import a release that holds it"
                    ),
                    error => error.to_string(),
                });
            }
        }
        for fault in place.outline.iter().flat_map(|ring| faults_of(ring)) {
            tell(fault);
        }
    }
    found
}
