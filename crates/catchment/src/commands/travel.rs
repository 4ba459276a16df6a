//! `catchment travel`: travel times over the roads of an OpenStreetMap extract, as a table to look at and import.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use indicators::reach::{ByRoad, Ground, Mode, Ways, by_road};
use sources::roads::{self, Roads, rules};

use super::{Common, place_of};
use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct Travel {
    /// A code, codes joined by `+`, or a named place
    place: String,
    /// The extract: an `.osm.pbf` file of the county or region, with a margin around the place
    #[arg(long)]
    roads: PathBuf,
    /// The table to write; `catchment import` then reads it
    #[arg(long)]
    output: PathBuf,
    /// Minutes beyond which a site counts as out of reach
    #[arg(long, default_value_t = 60.0)]
    limit: f64,
}

impl Travel {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        if !(self.limit > 0.0 && self.limit <= 600.0) {
            return Err(Wrong("--limit: expected minutes above 0, at most 600".to_owned()).into());
        }
        let found = self.found(common)?;
        if found.iter().all(|(_, ways)| ways.journeys.is_empty()) {
            let path = self.roads.display();
            return Err(Wrong(format!(
                "no small area of `{}` lies on the roads of {path}: take an extract of its own region",
                self.place
            ))
            .into());
        }
        self.write(&table(&found))?;
        if common.json {
            say!("{:#}", json(&found));
        } else {
            for (mode, ways) in &found {
                say!("{}", in_words(*mode, ways));
            }
            say!(
                "written to {}; import it and reach is told by these times",
                self.output.display()
            );
        }
        Ok(Outcome::Done)
    }

    /// Writes the table, which appears under its name only when it is whole.
    fn write(&self, table: &str) -> anyhow::Result<()> {
        let partial = self.output.with_extension("part");
        std::fs::write(&partial, table)
            .and_then(|()| std::fs::rename(&partial, &self.output))
            .with_context(|| self.output.display().to_string())
    }

    /// The journeys on foot and by car.
    fn found(&self, common: &Common) -> anyhow::Result<Vec<(Mode, ByRoad)>> {
        let study = common.study()?;
        let evidence = study.evidence();
        let place = place_of(&study, &self.place)?;
        let known = study.affiliations()?;
        let ground = Ground::of(evidence, &known)?;
        let Roads { walk, drive, ways, missing_nodes } = self.read()?;
        eprintln!("{ways} roads read; {missing_nodes} of their points lie outside the extract");
        let doors = rules().doors;
        let mut found = Vec::new();
        for (mode, network, to_the_road) in
            [(Mode::Walk, &walk, doors.walk), (Mode::Drive, &drive, doors.drive)]
        {
            let bar = ProgressBar::no_length();
            let style = "{msg} {bar:30} {pos} of {len} areas, {eta} left";
            bar.set_style(ProgressStyle::with_template(style)?);
            bar.set_message(mode.as_str());
            let ways = Ways { mode, network, to_the_road, within_km: doors.within_km };
            let ground = (evidence, &ground);
            let told = || bar.inc(1);
            found.push((mode, by_road(ground, (&place, &known), ways, self.limit, &told)?));
            bar.finish_and_clear();
        }
        Ok(found)
    }

    fn read(&self) -> anyhow::Result<Roads> {
        let bar = ProgressBar::no_length();
        let style = "roads {bar:30} {bytes} of {total_bytes}, {eta} left";
        bar.set_style(ProgressStyle::with_template(style)?);
        let roads = roads::read(&self.roads, &|done, all| {
            bar.set_length(all);
            bar.set_position(done);
        });
        bar.finish_and_clear();
        roads.map_err(|error| Wrong(error.to_string()).into())
    }
}

/// The table in the form that the import knows.
fn table(found: &[(Mode, ByRoad)]) -> String {
    let mut table = "area_code,site_code,mode,minutes\n".to_owned();
    for (mode, ways) in found {
        for journey in &ways.journeys {
            let (area, site) = (&journey.area, &journey.site);
            let _ = writeln!(table, "{area},{site},{},{:.2}", mode.as_str(), journey.minutes);
        }
    }
    table
}

fn in_words(mode: Mode, ways: &ByRoad) -> String {
    let areas = match ways.areas_off.len() {
        0 => String::new(),
        off => {
            let few = ways.areas_off.get(..off.min(5)).unwrap_or_default().join(", ");
            format!("; {off} areas have no road near them ({few}) and keep their stated speeds")
        }
    };
    format!(
        "{}: {} journeys from {} areas to {} sites{areas}; {} sites of the evidence lie off these roads",
        mode.as_str(),
        ways.journeys.len(),
        ways.areas - ways.areas_off.len(),
        ways.sites,
        ways.sites_off
    )
}

fn json(found: &[(Mode, ByRoad)]) -> serde_json::Value {
    let modes = found.iter().map(|(mode, ways)| {
        serde_json::json!({
            "mode": mode.as_str(), "journeys": ways.journeys.len(), "areas": ways.areas,
            "areas_off_the_roads": ways.areas_off, "sites": ways.sites,
            "sites_off_the_roads": ways.sites_off,
        })
    });
    serde_json::json!({ "modes": modes.collect::<Vec<_>>() })
}
