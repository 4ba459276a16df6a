//! `calc access`: the supply that people can reach, from tables of origins, sites and journeys.

mod tables;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use space::access::{
    Catchment, Crowding, Decay, Journeys, floating_catchment, journeys_within, rational_agents,
};

use self::tables::{Places, Problems, read_journeys, read_places};
use super::answer::Answer;
use crate::wrong::Wrong;

/// How people and supply are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    /// Two steps, every site within reach counting fully
    #[value(name = "2sfca")]
    TwoStep,
    /// Two steps, sites counting less the farther away they are
    #[value(name = "e2sfca")]
    Enhanced,
    /// Three steps: people split themselves over the sites first
    #[value(name = "3sfca")]
    ThreeStep,
    /// Three steps: people split themselves by the sites' size too
    #[value(name = "mh3sfca")]
    Huff,
    /// Balanced: every person and every site counted once
    #[value(name = "bfca")]
    Balanced,
    /// Rational agents: everybody goes where travel and crowding cost least
    #[value(name = "raam")]
    Rational,
}

/// Supply that people can reach, allowing for everybody else who can reach it.
#[derive(Debug, Args)]
pub struct Access {
    /// Table of origins, one row each: `.parquet`, or anything else as CSV
    #[arg(long)]
    origins: PathBuf,
    /// Column that names the origin
    #[arg(long, default_value = "id")]
    origin: String,
    /// Column of people at the origin
    #[arg(long)]
    demand: String,
    /// Table of sites, one row each
    #[arg(long)]
    sites: PathBuf,
    /// Column that names the site
    #[arg(long, default_value = "id")]
    site: String,
    /// Column of supply at the site
    #[arg(long)]
    supply: String,
    #[command(flatten)]
    travel: Travel,
    #[command(flatten)]
    sharing: Sharing,
    /// Table to write, `.parquet`, `.csv` or `.json`; printed as CSV when left out
    #[arg(long)]
    pub(super) output: Option<PathBuf>,
}

/// Where the cost of a journey comes from: a table, or coordinates.
#[derive(Debug, Args)]
pub struct Travel {
    /// Table of journeys: origin, site and cost in each row
    #[arg(long, required_unless_present = "coordinates")]
    costs: Option<PathBuf>,
    /// Columns of the table of journeys: origin, site, cost
    #[arg(long, value_delimiter = ',', default_value = "origin,dest,cost")]
    cost_columns: Vec<String>,
    /// Refuse the journeys unless there is one from every origin to every site
    #[arg(long, requires = "costs")]
    complete: bool,
    /// Refuse the journeys unless there and back cost the same
    #[arg(long, requires = "costs")]
    symmetric: bool,
    /// Columns of eastings and northings in both tables, instead of a table of journeys
    #[arg(long, value_delimiter = ',', conflicts_with = "costs", requires = "radius")]
    coordinates: Option<Vec<String>>,
    /// Straight distance within which sites are looked for, in units of the coordinates
    #[arg(long)]
    radius: Option<f64>,
    /// Cost of one unit of straight distance
    #[arg(long, default_value_t = 1.0)]
    cost_per_unit: f64,
    /// Distances shorter than this count as this
    #[arg(long, default_value_t = 0.0)]
    least_distance: f64,
}

/// How supply is shared out.
#[derive(Debug, Args)]
pub struct Sharing {
    /// The method
    #[arg(long, value_enum, default_value_t = Method::Enhanced)]
    method: Method,
    /// Cost beyond which a site is out of reach (2sfca, and with --gaussian)
    #[arg(long)]
    reach: Option<f64>,
    /// Zones and weights, such as 10:1,20:0.68,30:0.22 (the default, Luo and Qi's slow decay)
    #[arg(long, value_delimiter = ',', value_parser = zone)]
    steps: Option<Vec<(f64, f64)>>,
    /// Weights exp(−cost²/β) with this β
    #[arg(long, requires = "reach", conflicts_with = "steps")]
    gaussian: Option<f64>,
    /// raam: the cost that weighs as much as average crowding
    #[arg(long, default_value_t = 60.0)]
    tau: f64,
    /// raam: people for each unit of supply that count as average [default: the table's own]
    #[arg(long)]
    rho: Option<f64>,
    /// raam: rounds of moving
    #[arg(long, default_value_t = 150)]
    rounds: u32,
}

fn zone(text: &str) -> Result<(f64, f64), String> {
    let wrong = || format!("`{text}` is no zone: expected a cost and a weight, such as 10:0.68");
    let (limit, weight) = text.split_once(':').ok_or_else(wrong)?;
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| *number >= 0.0);
    number(limit).zip(number(weight)).ok_or_else(wrong)
}

impl Access {
    /// One row for each origin, in the order of the table.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let mut problems = Problems::default();
        let columns = self.travel.coordinates.as_deref().unwrap_or_default();
        if columns.len() == 1 || columns.len() > 2 {
            let words = "--coordinates: expected two columns, such as x,y";
            return Err(Wrong(words.to_owned()).into());
        }
        let origins =
            read_places(&self.origins, &self.origin, &self.demand, columns, &mut problems)?;
        let sites = read_places(&self.sites, &self.site, &self.supply, columns, &mut problems)?;
        let journeys = self.journeys(&origins, &sites, &mut problems)?;
        problems.settle()?;
        let named = |error: stats::NoFigure| Wrong(error.to_string());
        let mut answer = Answer::default();
        answer.words(&self.origin, (0..origins.len()).map(|origin| origins.ids.word(origin, 0)));
        let scores = if self.sharing.method == Method::Rational {
            let crowding = self.sharing.crowding();
            let access = rational_agents(&journeys, &origins.amounts, &sites.amounts, &crowding)
                .map_err(named)?;
            eprintln!("{:.0} people still moved in the last round", access.moved_last);
            answer.numbers("cost", access.costs.iter().copied());
            access.costs
        } else {
            let (catchment, decay) = self.sharing.catchment()?;
            let access =
                floating_catchment(catchment, &journeys, &origins.amounts, &sites.amounts, &decay)
                    .map_err(named)?;
            eprintln!(
                "{} people reach no site; {} of the supply is out of everybody's reach",
                access.people_out_of_reach, access.supply_out_of_reach
            );
            answer.numbers("access", access.scores.iter().copied());
            access.scores
        };
        let reason = |score: &Option<f64>| if score.is_none() { "no site in reach" } else { "" };
        answer.withheld(scores.iter().map(reason));
        Ok(answer)
    }

    fn journeys(
        &self,
        origins: &Places,
        sites: &Places,
        problems: &mut Problems,
    ) -> anyhow::Result<Journeys> {
        let travel = &self.travel;
        if let Some(costs) = &travel.costs {
            let checks = tables::Checks { complete: travel.complete, symmetric: travel.symmetric };
            return read_journeys(costs, &travel.cost_columns, origins, sites, checks, problems);
        }
        let radius = travel.radius.unwrap_or_default();
        if !(radius > 0.0 && travel.cost_per_unit >= 0.0 && travel.least_distance >= 0.0) {
            let rule = "expected a radius above nought, and distances and costs not below it";
            return Err(Wrong(rule.to_owned()).into());
        }
        let cost = |distance: f64| distance.max(travel.least_distance) * travel.cost_per_unit;
        Ok(journeys_within(&origins.points, &sites.points, radius, cost))
    }
}

impl Sharing {
    fn catchment(&self) -> anyhow::Result<(Catchment, Decay)> {
        let catchment = match self.method {
            Method::ThreeStep => Catchment::ThreeStep,
            Method::Huff => Catchment::Huff,
            Method::Balanced => Catchment::Balanced,
            _ => Catchment::TwoStep,
        };
        let zones = self.steps.clone().map(Decay::steps).transpose();
        let zones = zones.map_err(|error| Wrong(format!("--steps: {error}")))?;
        let decay = match (self.method, self.reach, self.gaussian, zones) {
            (Method::TwoStep, Some(limit), ..) => Decay::Within(limit),
            (Method::TwoStep, None, ..) => {
                let words = "2sfca needs --reach, the cost beyond which a site is out of reach";
                return Err(Wrong(words.to_owned()).into());
            }
            (_, Some(limit), Some(spread), _) if spread > 0.0 => Decay::Gaussian { spread, limit },
            (_, _, Some(_), _) => {
                return Err(Wrong("--gaussian: expected a number above nought".to_owned()).into());
            }
            (_, _, None, Some(zones)) => zones,
            (_, _, None, None) => Decay::slow(),
        };
        Ok((catchment, decay))
    }

    fn crowding(&self) -> Crowding {
        Crowding { tau: self.tau, rho: self.rho, rounds: self.rounds, ..Crowding::default() }
    }
}
