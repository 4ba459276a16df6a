//! Where the patients of a practice would go if it closed, and whether the others have room.

use evidence::Place;
use models::outlook::Band;
use vocab::Level;

use super::super::super::ahead::{Practice, Told};
use super::super::super::reading::{Bar, Exhibit, Named, Shown, Verdict};
use super::super::super::said::{Said, Unit, count, name, number, share, words};
use super::super::asking::{Asking, Found, lacking};
use super::basis::{of_all, of_draws, outlook, reading, without};
use indicators::evaluate::EvaluateError;
use indicators::reach::{Choice, Ground, Homes, Leaving};

/// Practices named in a reading.
const NAMED: usize = 5;
/// Share of the patients who may find no room and still be called absorbed: rounding, and who moves away.
const FEW: f64 = 0.01;

const PATIENTS: Unit = Unit::Count("patients");

/// What the readings of one place rest on.
struct Closing<'c> {
    outlook: &'c Told,
    ground: &'c Ground,
    /// Where patients live; nothing where they are taken to live at their practice.
    homes: Option<&'c Homes>,
    choice: Choice,
    /// Most that a list can grow, as a share of it.
    most_growth: f64,
}

/// `If this surgery closes, patients would be absorbed by neighbouring practices`.
pub(in super::super) fn found(asking: &Asking<'_>) -> Result<Found, EvaluateError> {
    let Some(choice) = choice(asking) else { return Ok(Found::default()) };
    let around = around(asking);
    let outlook = match outlook(asking, &around) {
        Ok(outlook) => outlook,
        Err(why) => return Ok(without(asking, why)),
    };
    let homes = asking.checker.homes()?;
    let most_growth = asking.claim.template.figure("most_growth").unwrap_or(f64::INFINITY);
    let ground = asking.checker.ground()?;
    let homes = Option::as_ref(&homes);
    let closing = Closing { outlook: &outlook, ground: &ground, homes, choice, most_growth };
    let mut found = reading(asking, &outlook, &around);
    if let Some(homes) = homes {
        found.releases.extend(asking.releases("registered_area", homes.period));
    } else {
        found.lowered += 1;
        found.limits.push(
            "Patients by small area (Patients Registered at a GP Practice) are not imported: all are taken to live at their practice."
                .to_owned(),
        );
    }
    match asking.place.single() {
        Some((Level::Practice, code)) => closing.one(asking, code, &mut found),
        _ => closing.each(asking, &mut found),
    }
    Ok(found)
}

fn choice(asking: &Asking<'_>) -> Option<Choice> {
    let figure = |name: &str| asking.claim.template.figure(name);
    Some(Choice {
        size: figure("size")?,
        per_minute: figure("per_minute")?,
        longest: figure("longest")?,
    })
}

/// The place whose practices are looked at: the one at hand, or the sub-ICB location of a practice that is named.
fn around(asking: &Asking<'_>) -> Place {
    let Some((Level::Practice, code)) = asking.place.single() else { return asking.place.clone() };
    let known = asking.checker.known();
    let home = &asking.home;
    let is_around = home.single().is_none_or(|(level, _)| {
        !matches!(level, Level::Practice | Level::Network | Level::England)
    });
    if is_around && home.practices(known).contains(code) {
        return home.clone();
    }
    known.parent(Level::Practice, code, Level::SubIcb).map_or_else(
        || asking.place.clone(),
        |location| Place {
            key: location.to_owned(),
            name: known.name_of(Level::SubIcb, location).to_owned(),
            members: vec![(Level::SubIcb, location.to_owned())],
        },
    )
}

impl Closing<'_> {
    /// The practices that stay, and whom the patients of one can reach among them.
    fn leaving(&self, code: &str) -> Option<Leaving> {
        let all = self.outlook.practices.iter();
        let stay: Vec<&str> = all.map(|practice| practice.code.as_str()).collect();
        self.ground.leaving(self.homes, code, &stay, self.choice)
    }

    fn practice(&self, code: &str) -> Option<&Practice> {
        let practices = &self.outlook.practices;
        let at = practices.binary_search_by(|practice| practice.code.as_str().cmp(code)).ok()?;
        practices.get(at)
    }

    /// Share of the patients who find no room in a draw.
    fn without_room(&self, leaving: &Leaving, draw: usize) -> f64 {
        let room = |(code, _): &(String, f64)| {
            let Some(practice) = self.practice(code) else { return 0.0 };
            let room = practice.room.get(draw).copied().unwrap_or(0.0);
            room.clamp(0.0, practice.list * self.most_growth)
        };
        let room: Vec<f64> = leaving.others.iter().map(room).collect();
        1.0 - leaving.settle(&room).iter().sum::<f64>() / leaving.patients
    }

    /// One practice that closes: where its patients would go, and whether there is room for them.
    fn one(&self, asking: &Asking<'_>, code: &str, found: &mut Found) {
        let Some(leaving) = self.leaving(code) else {
            *found = nowhere(&asking.place.name);
            return;
        };
        let chosen = leaving.settle(&vec![f64::INFINITY; leaving.others.len()]);
        let mut going: Vec<(&Practice, f64, f64)> = leaving
            .others
            .iter()
            .zip(&chosen)
            .filter_map(|((code, minutes), people)| Some((self.practice(code)?, *people, *minutes)))
            .collect();
        going.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.code.cmp(&b.0.code)));
        let in_reach = chosen.iter().sum::<f64>() / leaving.patients;
        found.answer.push(Said::new(
            "{} of the {} patients of {} have another practice of {} within {} minutes by car; more would go to {} than to any other.",
            [
                share(in_reach),
                number(leaving.patients, 0, ""),
                name(&asking.place.name),
                name(&found.outlook.as_ref().map_or_else(String::new, |place| place.name.clone())),
                number(self.choice.longest, 0, ""),
                going.first().map_or_else(|| words("nobody"), |one| name(&one.0.name)),
            ],
        ));
        let draws = 0..self.outlook.draws as usize;
        let lost: Vec<f64> = draws.map(|draw| self.without_room(&leaving, draw)).collect();
        let of_lost = |is: &dyn Fn(f64) -> bool| {
            lost.iter().filter(|lost| is(**lost)).count() as f64 / lost.len() as f64
        };
        let (absorbed, lost_most) = (of_lost(&|lost| lost <= FEW), of_lost(&|lost| lost > 0.5));
        let lost = Band::of(&lost);
        found.answer.push(Said::new(
            "By the outlook those practices have no room for {} of them today ({} to {} in 8 of 10 draws): there is room for all in {} of the draws.",
            [
                share(lost.mean),
                share(lost.p10),
                share(lost.p90),
                of_all(absorbed),
            ],
        ));
        found.verdict = said(asking, absorbed, lost_most);
        found.figures.push(Shown::drawn("Share without room", lost, Unit::Share(0)));
        for (practice, people, minutes) in going.iter().take(NAMED) {
            found.figures.push(Shown::new(&practice.name, *people, PATIENTS));
            found.named.push(named(practice, *people, *minutes));
        }
        let bars = going.iter().take(2 * NAMED);
        found.exhibit = Some(Exhibit::Bars {
            title: format!("Where the patients of {} would go", asking.place.name),
            unit: PATIENTS,
            bars: bars.map(|(practice, people, _)| Bar::new(&practice.name, *people)).collect(),
        });
    }

    /// Every practice of the place in turn, with the middle of the room of the others.
    fn each(&self, asking: &Asking<'_>, found: &mut Found) {
        let of = |practice: &Practice| {
            let leaving = self.leaving(&practice.code)?;
            // The first draw takes the middle value of every assumption.
            Some((practice.clone(), self.without_room(&leaving, 0), leaving.patients))
        };
        let mut all: Vec<(Practice, f64, f64)> =
            self.outlook.practices.iter().filter_map(of).collect();
        if all.is_empty() {
            *found = nowhere(&asking.place.name);
            return;
        }
        let lost = |is: &dyn Fn(f64) -> bool| all.iter().filter(|(_, lost, _)| is(*lost)).count();
        let (absorbed, lost_most) = (lost(&|lost| lost <= FEW), lost(&|lost| lost > 0.5));
        let part = |some: usize| some as f64 / all.len() as f64;
        found.answer.push(Said::new(
            "Of {} of {} that could close one at a time, for {} the practices within {} minutes by car have room for all patients by the outlook.",
            [
                count(all.len() as f64, "practice", "practices"),
                name(&asking.place.name),
                number(absorbed as f64, 0, ""),
                number(self.choice.longest, 0, ""),
            ],
        ));
        found.verdict = said(asking, part(absorbed), part(lost_most));
        if found.verdict.is_none() {
            found.lacks.push("the name of the practice, in the sentence".to_owned());
        }
        let label = "Practices whose patients would all find room";
        found.figures.push(Shown::new(label, absorbed as f64, Unit::Count("practices")));
        found.figures.push(Shown::new("Practices", all.len() as f64, Unit::Count("practices")));
        let without = |(_, lost, patients): &(Practice, f64, f64)| lost * patients;
        all.sort_by(|a, b| without(b).total_cmp(&without(a)).then_with(|| a.0.code.cmp(&b.0.code)));
        for one in all.iter().filter(|(_, lost, _)| *lost > FEW).take(NAMED) {
            let (practice, lost, _) = one;
            found.named.push(Named {
                organisation: vocab::Organisation {
                    level: Level::Practice,
                    code: practice.code.clone(),
                },
                name: practice.name.clone(),
                why: Said::new(
                    "{} would find no room, {} of its list",
                    [count(without(one), "patient", "patients"), share(*lost)],
                ),
            });
        }
        found.exhibit = Some(Exhibit::Bars {
            title: "Patients without room if each practice closed".to_owned(),
            unit: PATIENTS,
            bars: all
                .iter()
                .take(2 * NAMED)
                .map(|one| Bar::new(&one.0.name, without(one)))
                .collect(),
        });
    }
}

/// A practice that would take patients.
fn named(practice: &Practice, people: f64, minutes: f64) -> Named {
    Named {
        organisation: vocab::Organisation { level: Level::Practice, code: practice.code.clone() },
        name: practice.name.clone(),
        why: Said::new(
            "{} more, {} of its list; {} by car",
            [
                count(people, "patient", "patients"),
                share(people / practice.list),
                number(minutes, 0, "minutes"),
            ],
        ),
    }
}

/// What is said where nobody knows where practices are or where their patients live.
fn nowhere(place: &str) -> Found {
    lacking(
        Said::new(
            "Where the patients of {} live is not known, nor where their practice is.",
            [name(place)],
        ),
        ["Patients Registered at a GP Practice, by small area, or the locations of practices"
            .to_owned()],
    )
}

/// The verdict on what the sentence says, from the share of draws or practices in which all find room and in which most
/// find none.
fn said(asking: &Asking<'_>, absorbed: f64, lost_most: f64) -> Option<Verdict> {
    match asking.claim.slots.given.get("says").map(String::as_str) {
        Some("absorbed") => of_draws(absorbed),
        Some("nowhere") => of_draws(lost_most),
        _ => None,
    }
}
