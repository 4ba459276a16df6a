//! Who can reach care: how long people take to the nearest practice, hub or emergency department, at which hours, and
//! how unequal that is.
//!
//! People stand at the population-weighted centroid of their small area; sites stand where the register of locations
//! has them. Minutes come from stated speeds (`parameters/travel.toml`) unless travel times were imported. What is not
//! known is said and not guessed: branches without a location, practices without one, people without a car. Nobody's
//! own journey is known, and the end of the line is the edge of England.
//!
//! Methods: [reach of a place](../../../docs/book/methods.md#reach-of-a-place).

mod by_road;
mod closing;
mod groups;
mod hours;
mod offers;
mod people;
mod sites;
mod supply;
mod times;
mod travel;
mod unequal;

use evidence::{Affiliations, Evidence, EvidenceError, Place};
use vocab::Period;

pub use self::by_road::{ByRoad, Timed, Ways, by_road};
pub use self::closing::{Choice, Homes, Leaving};
pub use self::groups::{Group, GroupReach};
pub use self::hours::Hours;
pub use self::offers::{Offer, Offers, offers};
pub use self::people::Neighbourhood;
pub use self::sites::{Service, Site};
pub use self::supply::{Supply, Unit};
pub use self::travel::{Assumption, Mode, Pace, Setting, Travel};
pub use self::unequal::{Index, Measured};

use self::groups::reach_of;
use self::people::{Country, People};
use self::sites::Sites;
use self::supply::{Reached, supply};
use self::times::{Clock, Imported, nearest};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is to be reached.
    pub service: Service,
    /// How people travel, for the map, the hours and the inequality.
    pub mode: Mode,
    /// Whose reach the map shows.
    pub group: Group,
    /// The weekday (Monday is 0) and hour at which the site must be open; any time where nothing is given.
    pub when: Option<(i8, u8)>,
    /// Minutes that count as within reach, for all modes; the stated standards where nothing is given.
    pub standard: Option<f64>,
}

/// What did not join, in words, with the number and the first codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// What is missing.
    pub what: String,
    /// How many.
    pub count: usize,
    /// The first of them.
    pub examples: Vec<String>,
}

/// A small area of the place and its nearest site.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaReach {
    /// The area.
    pub area: Neighbourhood,
    /// Minutes one way; nothing where no site can be reached.
    pub minutes: Option<f64>,
    /// Code and name of that site.
    pub site: Option<(String, String)>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReach {
    /// No centroids of small areas.
    NoAreas,
    /// The small areas of the place are not known.
    NoAreasOfPlace,
    /// Nobody is known to live in them.
    NoPeople,
    /// No site gives the service, or its place is not known.
    NoSite,
    /// The service depends on opening hours, and none were imported.
    NoHours,
    /// Sites give the service, and none of them is open then by the hours imported.
    NobodyOpen,
    /// No practice or site with a known location has the code asked for.
    NoSuchSite,
}

/// The reach of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// What was asked.
    pub question: Question,
    /// Small areas of the place, in order of code, by the mode and pace asked for.
    pub areas: Vec<AreaReach>,
    /// Whether people are the patients of the place's practices rather than its residents.
    pub registered: bool,
    /// When people were counted.
    pub people_period: Option<Period>,
    /// When lists were counted.
    pub lists_period: Option<Period>,
    /// Sites of England that give the service.
    pub sites: usize,
    /// Every group by every mode.
    pub groups: Vec<GroupReach>,
    /// Share of people near an open site, by weekday and hour; nothing where hours are not known.
    pub hours: Option<Hours>,
    /// Supply that people can draw on, or why it is not given.
    pub supply: Result<Supply, String>,
    /// How unequal minutes and supply are.
    pub unequal: Vec<Measured>,
    /// Areas of the place whose times were imported, by the mode asked for.
    pub imported_areas: usize,
    /// What did not join.
    pub gaps: Vec<Gap>,
}

/// What every place's reach rests on: people, sites and imported times, read once.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    country: Country,
    sites: Sites,
    imported: Imported,
    /// Whether centroids of small areas were imported.
    has_centroids: bool,
}

impl Ground {
    /// The ground of the evidence; names are those of `known`.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn of(evidence: &Evidence, known: &Affiliations) -> Result<Self, EvidenceError> {
        let sites = Sites::of(evidence, known)?;
        Ok(Self {
            country: Country::of(evidence, Travel::stated())?,
            imported: Imported::of(evidence, &sites.all)?,
            sites,
            has_centroids: !evidence.periods("area").is_empty(),
        })
    }

    /// Whether it is known who lives without a car.
    #[must_use]
    pub fn knows_cars(&self) -> bool {
        self.country.areas.iter().any(|area| area.without_car.is_some())
    }
}

/// The reach of a place; `Err` inside says why there is none.
///
/// # Errors
/// When a table cannot be read.
pub fn reach(
    evidence: &Evidence,
    ground: &Ground,
    place: &Place,
    known: &Affiliations,
    question: &Question,
) -> Result<Result<Reach, NoReach>, EvidenceError> {
    let travel = Travel::stated();
    let (sites, imported) = (&ground.sites, &ground.imported);
    let people = People::of(evidence, &ground.country, place, known)?;
    if let Some(why) = ground.refusal(&people, question) {
        return Ok(Err(why));
    }
    let inside: Vec<&Neighbourhood> = people.areas.iter().collect();
    let giving: Vec<&Site> = sites.all.iter().filter(|site| question.is_met_by(site)).collect();
    let near = nearest(&inside, &giving);
    let minutes = |mode: Mode, pace: Pace| -> Vec<Option<(usize, f64)>> {
        let clock = Clock { travel, imported, mode };
        let areas = inside.iter().zip(&near);
        areas.map(|(area, near)| clock.to_nearest(area, *near, &giving, pace)).collect()
    };
    let standard = |mode: Mode| question.standard.unwrap_or_else(|| travel.standard(mode));
    let mut groups = Vec::new();
    for mode in Mode::ALL {
        for group in Group::ALL {
            let times = minutes(mode, group.pace());
            let timed = inside.iter().zip(times).map(|(area, time)| (*area, time.map(|t| t.1)));
            groups.push(reach_of(group, mode, standard(mode), &timed.collect::<Vec<_>>()));
        }
    }
    let areas: Vec<AreaReach> = inside
        .iter()
        .zip(minutes(question.mode, question.group.pace()))
        .map(|(area, time)| AreaReach {
            area: (*area).clone(),
            minutes: time.map(|(_, minutes)| minutes),
            site: time.map(|(site, _)| (giving[site].code.clone(), giving[site].name.clone())),
        })
        .collect();
    let clock = Clock { travel, imported, mode: question.mode };
    let serving: Vec<&Site> =
        sites.all.iter().filter(|site| question.service.is_at(site)).collect();
    let hours = hours::hours(&inside, &serving, &clock, standard(question.mode), sites.hours);
    let supply = supply(
        evidence,
        &Reached {
            country: &ground.country.areas,
            inside: &people.areas,
            practices: sites.all.iter().filter(|site| site.is_practice).collect(),
            clock: Clock { mode: Mode::Drive, ..clock },
        },
    )?;
    Ok(Ok(Reach {
        question: question.clone(),
        registered: people.registered,
        people_period: people.period,
        lists_period: sites.lists,
        sites: giving.len(),
        groups,
        hours,
        unequal: unequal::measured(&areas, supply.as_ref().ok()),
        supply,
        imported_areas: imported.areas_with(&inside, question.mode),
        gaps: ground.gaps(&people, place, known),
        areas,
    }))
}

impl Ground {
    fn refusal(&self, people: &People, question: &Question) -> Option<NoReach> {
        if !self.has_centroids {
            return Some(NoReach::NoAreas);
        }
        if people.areas.is_empty() {
            let known = !people.unpeopled.is_empty();
            return Some(if known { NoReach::NoPeople } else { NoReach::NoAreasOfPlace });
        }
        let timed = matches!(question.service, Service::Weekend | Service::Evening);
        if (timed || question.when.is_some()) && self.sites.hours.is_none() {
            return Some(NoReach::NoHours);
        }
        let sites = &self.sites.all;
        if sites.iter().any(|site| question.is_met_by(site)) {
            return None;
        }
        let gives = sites.iter().any(|site| question.service.is_at(site));
        Some(match question.service {
            Service::One(_) if !gives => NoReach::NoSuchSite,
            _ if gives => NoReach::NobodyOpen,
            _ if timed && !sites.is_empty() => NoReach::NobodyOpen,
            _ => NoReach::NoSite,
        })
    }

    /// Everything that did not join.
    fn gaps(&self, people: &People, place: &Place, known: &Affiliations) -> Vec<Gap> {
        const SHOWN: usize = 5;
        let gap = |what: &str, codes: &[String]| Gap {
            what: what.to_owned(),
            count: codes.len(),
            examples: codes.iter().take(SHOWN).cloned().collect(),
        };
        let unranked = people.areas.iter().filter(|area| area.score.is_none());
        let unranked: Vec<String> = unranked.map(|area| area.code.clone()).collect();
        let members = place.practices(known);
        let everywhere = place.is_everywhere();
        let held = |code: &&String| everywhere || members.contains(code.as_str());
        let unplaced: Vec<String> =
            self.sites.without_location.iter().filter(held).cloned().collect();
        let unknown: Vec<String> = self.imported.unknown_sites.iter().cloned().collect();
        let mut gaps = vec![
            gap("small areas of the place without a centroid", &people.unplaced),
            gap("small areas of the place without people", &people.unpeopled),
            gap("small areas of the place without a score of deprivation", &unranked),
            gap("practices of the place with patients and no known location", &unplaced),
            gap(
                "sites with opening hours and no known location (branches, as a rule)",
                &self.sites.hours_without_location,
            ),
            gap("sites of the imported travel times that are not known", &unknown),
        ];
        gaps.push(Gap {
            what:
                "locations of practices without patients, anywhere (closed, or no general practice)"
                    .to_owned(),
            count: self.sites.without_patients,
            examples: Vec::new(),
        });
        gaps.retain(|gap| gap.count > 0);
        gaps
    }
}

impl Question {
    /// Whether a site gives the service at the time asked for.
    fn is_met_by(&self, site: &Site) -> bool {
        let open = self.when.is_none_or(|(weekday, hour)| site.is_open(weekday, hour));
        self.service.is_at(site) && open
    }
}

impl NoReach {
    /// Why there is no answer, and what would give one.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NoAreas => {
                "Where people live is not known: import the population-weighted centroids of small areas (ONS)."
            }
            Self::NoAreasOfPlace => {
                "Which small areas belong here is not known: import the lookup from small areas to boards, or patients registered by small area for a practice or network."
            }
            Self::NoPeople => {
                "How many people live in the small areas is not known: import residents by small area (ONS)."
            }
            Self::NoSite => {
                "No site with a known location gives this service: import the locations of practices or emergency departments, or choose another service."
            }
            Self::NobodyOpen => {
                "Nobody is open then: by the opening hours imported no site that gives this service is open at that time anywhere, and sites without hours count as closed. Choose another time."
            }
            Self::NoSuchSite => {
                "No practice or site whose location is known has this code: check it (a practice's code such as A81001), or choose a service."
            }
            Self::NoHours => {
                "Opening hours are not known: no national file holds them, so import the place's own (site_code, service, weekday, opens, closes)."
            }
        }
    }
}
