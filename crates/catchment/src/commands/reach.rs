//! `catchment reach`: how long the people of a place take to care, and how unequal that is.

use answers::reach::{gap_words, sentences, supply_words};
use clap::Args;
use evidence::Belonging;
use indicators::reach::{Ground, Group, Mode, Question, Reach, Service, reach};

use super::{Common, place_of};
use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct ShowReach {
    /// A code, codes joined by `+`, or a named place
    place: String,
    /// What is to be reached: practice, weekend, evening, emergency, or the code of one site
    #[arg(long, default_value = "practice")]
    service: String,
    /// How people travel: walk, `walk_or_bus` or drive
    #[arg(long, default_value = "walk_or_bus", value_parser = mode)]
    mode: Mode,
    /// Whose reach is listed area by area: all, `most_deprived`, `over_75`, `complex_needs` or `without_car`
    #[arg(long, default_value = "all", value_parser = group)]
    group: Group,
    /// Minutes one way that count as within reach, for every mode
    #[arg(long)]
    standard: Option<f64>,
    /// Only sites open at a weekday and hour, such as saturday-10
    #[arg(long, value_parser = hour)]
    when: Option<(i8, u8)>,
}

fn mode(text: &str) -> Result<Mode, String> {
    Mode::of(text).ok_or_else(|| format!("`{text}`: expected walk, walk_or_bus or drive"))
}

fn group(text: &str) -> Result<Group, String> {
    let expected = "expected all, most_deprived, over_75, complex_needs or without_car";
    Group::of(text).ok_or_else(|| format!("`{text}`: {expected}"))
}

fn hour(text: &str) -> Result<(i8, u8), String> {
    answers::reach::hour_of(text)
        .ok_or_else(|| format!("`{text}`: expected a weekday and an hour, such as saturday-10"))
}

impl ShowReach {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        if self.standard.is_some_and(|minutes| !(minutes > 0.0 && minutes <= 600.0)) {
            return Err(
                Wrong("--standard: expected minutes above 0, at most 600".to_owned()).into()
            );
        }
        let study = common.study()?;
        let evidence = study.evidence();
        let place = place_of(&study, &self.place)?;
        let known = study.affiliations()?;
        let question = Question {
            service: Service::of(&self.service),
            mode: self.mode,
            group: self.group,
            when: self.when,
            standard: self.standard,
        };
        let ground = Ground::of(evidence, &known)?;
        if !self.group.goes_by(self.mode) {
            let words = "--group without_car: people without a car do not drive; add --mode walk or walk_or_bus";
            return Err(Wrong(words.to_owned()).into());
        }
        if !self.group.is_known(&ground) {
            let words = "--group without_car: who has no car is not known; import table TS045 of the census (car or van availability)";
            return Err(Wrong(words.to_owned()).into());
        }
        let found = reach(evidence, &ground, &place, &known, &question)?
            .map_err(|why| Wrong(format!("{}: {}", place.name, why.in_words())))?;
        if common.json {
            let mut answer = json(&place.key, &found);
            answer["belonging"] = place.belonging(Belonging::Live).into();
            say!("{answer:#}");
            return Ok(Outcome::Done);
        }
        for sentence in sentences(&found, &place.name) {
            say!("{sentence}");
        }
        if let Some(counts) = place.counts(Belonging::Live) {
            say!("{counts}");
        }
        say!("{}", supply_words(&found));
        say!("{}", text(&answers::reach::groups(&found)));
        say!("{}", text(&answers::reach::inequality(&found)));
        for gap in &found.gaps {
            say!("not joined: {}", gap_words(gap));
        }
        Ok(Outcome::Done)
    }
}

/// A table for a terminal: tab-separated cells as the page shows them.
fn text(table: &kit::Table) -> String {
    String::from_utf8_lossy(&kit::table::to_csv(table)).into_owned()
}

fn json(place: &str, reach: &Reach) -> serde_json::Value {
    let groups = reach.groups.iter().map(|row| {
        serde_json::json!({
            "group": row.group.as_str(), "mode": row.mode.as_str(),
            "standard_minutes": row.standard, "people": row.people, "within_standard": row.within,
            "median_minutes": row.median, "p90_minutes": row.ninety, "longest_minutes": row.longest,
        })
    });
    let indices = reach.unequal.iter().flat_map(|measured| {
        measured.indices.iter().map(|(index, figure)| {
            let known = figure.as_ref().ok();
            serde_json::json!({
                "measure": measured.measure, "areas": measured.areas, "index": index.as_str(),
                "value": known.map(|figure| figure.value),
                "lower_95": known.map(|figure| figure.limits.lower),
                "upper_95": known.map(|figure| figure.limits.upper),
                "withheld": figure.as_ref().err().map(ToString::to_string),
            })
        })
    });
    let areas = reach.areas.iter().map(|row| {
        serde_json::json!({
            "area": row.area.code, "people": row.area.people, "decile": row.area.decile,
            "minutes": row.minutes, "site": row.site.as_ref().map(|(code, _)| code),
        })
    });
    let supply = match &reach.supply {
        Err(why) => serde_json::json!({ "withheld": why }),
        Ok(supply) => serde_json::json!({
            "unit": supply.unit.in_words(), "period": supply.period.to_string(),
            "practices_with_a_figure": supply.practices_with,
            "practices_without": supply.practices_without, "share_of_people_covered": supply.covered,
            "per_people": supply.unit.people(), "counted": supply.unit.of_people(),
            "in_reach": supply.catchment, "by_registration": supply.registered,
        }),
    };
    let gaps = reach.gaps.iter().map(
        |gap| serde_json::json!({ "what": gap.what, "count": gap.count, "examples": gap.examples }),
    );
    serde_json::json!({
        "place": place, "service": reach.question.service.as_str(), "sites": reach.sites,
        "mode": reach.question.mode.as_str(), "people_are_patients": reach.registered,
        "groups": groups.collect::<Vec<_>>(), "inequality": indices.collect::<Vec<_>>(),
        "hours": reach.hours.as_ref().map(|hours| &hours.shares), "supply": supply,
        "areas": areas.collect::<Vec<_>>(), "not_joined": gaps.collect::<Vec<_>>(),
    })
}
