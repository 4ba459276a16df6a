//! `calc dsr` and `calc isr`.

use clap::{Args, ValueEnum};
use sources::value;
use stats::standardise::{self, EUROPEAN_STANDARD_2013};
use stats::{Figure, NoFigure};
use vocab::{AgeBand, Observed};

use super::ages::{self, Named};
use super::answer::Answer;
use super::groups::{Groups, SEPARATOR};
use super::table::{Reading, Rejected, Wanted, read};
use super::{Files, Levels, Repeated, reason};

/// Directly standardised rates.
#[derive(Debug, Args)]
pub struct Direct {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column of events, one row for each age band
    #[arg(long)]
    numerator: String,
    /// Column of people
    #[arg(long)]
    denominator: String,
    /// Column of the standard population
    #[arg(long, required_unless_present = "age_band")]
    weight: Option<String>,
    /// Column of age bands (`0-4`, `65-74`, `85+`), weighted by all that they cover of the European Standard Population 2013
    #[arg(long, conflicts_with = "weight")]
    age_band: Option<String>,
    #[command(flatten)]
    repeated: Repeated,
    /// What rates are given per
    #[arg(long, default_value_t = 100_000.0)]
    multiplier: f64,
}

/// The European Standard Population of a band: the sum over the five-year bands it covers; nothing where it covers part of one.
fn european_weight(band: AgeBand) -> Option<f64> {
    let last = EUROPEAN_STANDARD_2013.len() - 1;
    let whole = |age: u8| age.is_multiple_of(5).then_some(usize::from(age / 5));
    let first = whole(band.lower())?;
    let past = match band.upper() {
        Some(upper) => whole(upper).filter(|past| *past <= last)?,
        None => last + 1,
    };
    let covered = EUROPEAN_STANDARD_2013.get(first..past)?;
    (!covered.is_empty()).then(|| covered.iter().sum())
}

/// One row of a group that is weighted by its age band.
struct Aged {
    events: Vec<f64>,
    people: f64,
}

/// The rows of one group.
struct Bands {
    rate: standardise::Direct,
    names: Vec<Named>,
    aged: Vec<Aged>,
    /// The ages covered, or why the bands carry no rate.
    ages: Result<String, String>,
}

impl Default for Bands {
    fn default() -> Self {
        let rate = standardise::Direct::default();
        Self { rate, names: Vec::new(), aged: Vec::new(), ages: Ok(String::new()) }
    }
}

impl Bands {
    /// Weighs the rows by their age bands, once all are known.
    fn weigh(&mut self) {
        self.ages = self.weighed();
    }

    fn weighed(&mut self) -> Result<String, String> {
        let bands = ages::whole(&self.names)?;
        for (band, row) in &bands {
            let weight = european_weight(*band)
                .ok_or_else(|| format!("the standard population has no weight for {band}"))?;
            let row = &self.aged[*row];
            self.rate.add_repeated(&row.events, row.people, weight);
        }
        let (first, last) = (bands.first().map(|one| one.0), bands.last().map(|one| one.0));
        Ok(first.zip(last).map_or_else(String::new, |(first, last)| match last.upper() {
            Some(past) => AgeBand::new(first.lower(), past).to_string(),
            None => AgeBand::from(first.lower()).to_string(),
        }))
    }
}

impl Direct {
    /// The rates of all groups.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let (reading, groups) = self.groups()?;
        let rates: Vec<_> = groups.iter().map(|group| group.rate.rate(self.multiplier)).collect();
        let known = || {
            let sound = groups.iter().map(|group| group.ages.is_ok());
            rates.iter().zip(sound).map(|(rate, sound)| rate.ok().filter(|_| sound))
        };
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        if self.age_band.is_some() {
            let covered = |group: &Bands| group.ages.clone().unwrap_or_default();
            answer.words("ages", groups.iter().map(covered));
        }
        let given = |number: f64| number.is_finite().then_some(number);
        let sound = || groups.iter().map(|group| group.ages.is_ok().then_some(&group.rate));
        answer.numbers("total_count", sound().map(|rate| given(rate?.count())));
        answer.numbers("total_population", sound().map(|rate| given(rate?.population())));
        answer.numbers("value", known().map(|rate| Some(rate?.value)));
        for (level, names) in self.levels.levels().iter().zip(self.levels.names()) {
            answer.numbers(&names[0], known().map(|rate| Some(rate?.limits(level).lower)));
            answer.numbers(&names[1], known().map(|rate| Some(rate?.limits(level).upper)));
        }
        let why = groups.iter().zip(&rates).enumerate().map(|(group, (bands, rate))| {
            bands.ages.as_ref().err().cloned().unwrap_or_else(|| withheld(&reading, group, rate))
        });
        answer.withheld(why);
        Ok(answer)
    }

    fn groups(&self) -> anyhow::Result<(Reading, Vec<Bands>)> {
        let mut wanted = Wanted {
            words: self.age_band.iter().map(String::as_str).collect(),
            numbers: vec![&self.numerator, &self.denominator],
        };
        wanted.numbers.extend(self.weight.as_deref());
        let people_with = wanted.numbers.len();
        wanted.numbers.extend(self.repeated.people_with.iter().map(String::as_str));
        let mut groups: Vec<Bands> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            let band = match &self.age_band {
                Some(column) => Some(named_band(column, (record.word)(0))?),
                None => None,
            };
            groups.resize_with(groups.len().max(record.group + 1), Bands::default);
            let group = &mut groups[record.group];
            let events = self.repeated.events(&record.numbers[people_with..], record.numbers[0])?;
            let events = if events.is_empty() { &record.numbers[..1] } else { events };
            let people = record.numbers[1];
            if let Some(band) = band {
                group.names.push(band);
                group.aged.push(Aged { events: events.to_vec(), people });
            } else {
                group.rate.add_repeated(events, people, record.numbers[2]);
            }
            Ok(())
        })?;
        if self.age_band.is_some() {
            groups.iter_mut().for_each(Bands::weigh);
        }
        Ok((reading, groups))
    }
}

/// The band of a row; one of which the standard population has no whole weight is refused.
fn named_band(column: &str, text: &str) -> Result<Named, Rejected> {
    let named = ages::named(column, text)?;
    match named.whole() {
        Some(band) if european_weight(band).is_none() => Err(Rejected {
            column: column.to_owned(),
            value: text.to_owned(),
            rule: "expected an age band of whole five-year bands, 0-4 to 90+",
            remedy: "use bands such as 0-14, 75-84 or 85+, or give the standard population with `--weight`",
        }),
        _ => Ok(named),
    }
}

fn withheld<T>(reading: &Reading, group: usize, result: &Result<T, stats::NoFigure>) -> String {
    reading.gap(group).map_or_else(|| reason(result), str::to_owned)
}

/// What an indirectly standardised figure is given as.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// Observed over expected
    Ratio,
    /// The ratio times the reference's crude rate
    Rate,
}

/// Indirectly standardised ratios or rates.
#[derive(Debug, Args)]
pub struct Indirect {
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    levels: Levels,
    /// Column of events, one row for each age band
    #[arg(long, required_unless_present = "observed")]
    numerator: Option<String>,
    /// Column of a group's events of all ages, where only the total is known: in one of its rows, or the same in each
    #[arg(long, conflicts_with_all = ["numerator", "reference_by"])]
    observed: Option<String>,
    /// Column of people
    #[arg(long)]
    denominator: String,
    /// Column of the reference's events
    #[arg(long, requires = "reference_denominator", required_unless_present = "reference_by")]
    reference_numerator: Option<String>,
    /// Column of the reference's people
    #[arg(long)]
    reference_denominator: Option<String>,
    /// Columns within which all rows together are the reference (such as the indicator and the age band)
    #[arg(long, value_delimiter = ',', conflicts_with = "reference_numerator")]
    reference_by: Vec<String>,
    /// Ratio, or rate
    #[arg(long = "as", value_enum, default_value_t = Form::Ratio)]
    form: Form,
    /// What figures are given per [default: 1 for ratios, 100000 for rates]
    #[arg(long)]
    multiplier: Option<f64>,
}

/// The events of a group that are known only in total.
#[derive(Clone, Default)]
struct Total(Option<f64>);

impl Total {
    /// Takes what a row says of the total: nothing, or the same as the rows before.
    fn add(&mut self, column: &str, text: &str) -> Result<(), Rejected> {
        let rejected = |rule, remedy| {
            Err(Rejected { column: column.to_owned(), value: text.to_owned(), rule, remedy })
        };
        match value::figure(text).map(Observed::value) {
            None => rejected("expected a number", "write the total, or leave the cell empty"),
            Some(None) => Ok(()),
            Some(total) if self.0.is_some() && self.0 != total => rejected(
                "another row of the group gives another total",
                "give the total of all ages in one row, or the same in each; events of each age are read with `--numerator`",
            ),
            Some(total) => {
                self.0 = total;
                Ok(())
            }
        }
    }
}

/// A row kept until the reference is known.
struct Band {
    group: usize,
    reference: usize,
    count: f64,
    people: f64,
}

impl Indirect {
    /// The ratios or rates of all groups.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let (reading, groups) = self.groups()?;
        let multiplier = self.multiplier.unwrap_or(match self.form {
            Form::Ratio => 1.0,
            Form::Rate => 100_000.0,
        });
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        let given = |number: f64| number.is_finite().then_some(number);
        answer.numbers("observed", groups.iter().map(|group| given(group.observed())));
        answer.numbers("expected", groups.iter().map(|group| given(group.expected())));
        if matches!(self.form, Form::Rate) {
            let rates = groups.iter().map(|group| given(group.reference_rate(multiplier)));
            answer.numbers("reference_rate", rates);
        }
        let mut why = Vec::new();
        for (position, (level, names)) in
            self.levels.levels().iter().zip(self.levels.names()).enumerate()
        {
            let figure = |group: &standardise::Indirect| match self.form {
                Form::Ratio => group.ratio(multiplier, level),
                Form::Rate => group.rate(multiplier, level),
            };
            let figures: Vec<_> = groups.iter().map(figure).collect();
            if position == 0 {
                answer.numbers("value", figures.iter().map(|f| f.ok().map(|f| f.value)));
                let reasons = figures.iter().enumerate();
                why = reasons
                    .map(|(group, figure)| self.withheld(&reading, group, &groups[group], figure))
                    .collect();
            }
            answer.numbers(&names[0], figures.iter().map(|f| f.ok().map(|f| f.limits.lower)));
            answer.numbers(&names[1], figures.iter().map(|f| f.ok().map(|f| f.limits.upper)));
        }
        answer.withheld(why.iter());
        Ok(answer)
    }

    /// Why a group has no figure; where all but its events is known, how to go on.
    fn withheld(
        &self,
        reading: &Reading,
        group: usize,
        bands: &standardise::Indirect,
        figure: &Result<Figure, NoFigure>,
    ) -> String {
        let why = withheld(reading, group, figure);
        let only_events = bands.observed().is_nan() && bands.expected().is_finite();
        match (&self.observed, only_events) {
            (None, true) => {
                format!(
                    "{why}: where only the total of events is known, name its column with `--observed`"
                )
            }
            (Some(column), true) => format!("no row gives the total `{column}`"),
            _ => why,
        }
    }

    fn groups(&self) -> anyhow::Result<(Reading, Vec<standardise::Indirect>)> {
        let mut wanted = Wanted {
            words: self.reference_by.iter().map(String::as_str).collect(),
            numbers: vec![&self.denominator],
        };
        wanted.words.extend(self.observed.as_deref());
        wanted.numbers.extend(self.numerator.as_deref());
        wanted.numbers.extend(self.reference_numerator.as_deref());
        wanted.numbers.extend(self.reference_denominator.as_deref());
        let (mut bands, mut names) = (Vec::new(), Groups::default());
        let mut totals: Vec<Total> = Vec::new();
        let mut references: Vec<[f64; 2]> = Vec::new();
        let mut key = String::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            let people = record.numbers[0];
            let count = if let Some(column) = &self.observed {
                totals.resize(totals.len().max(record.group + 1), Total::default());
                totals[record.group].add(column, (record.word)(self.reference_by.len()))?;
                0.0
            } else {
                record.numbers[1]
            };
            let own = usize::from(self.numerator.is_some()) + 1;
            let reference = if let Some(own) = record.numbers.get(own..own + 2) {
                references.push([own[0], own[1]]);
                references.len() - 1
            } else {
                key.clear();
                for word in 0..self.reference_by.len() {
                    key.push_str((record.word)(word));
                    key.push(char::from(SEPARATOR));
                }
                let reference = names.number(&key);
                references.resize(names.len(), [0.0; 2]);
                references[reference][0] += count;
                references[reference][1] += people;
                reference
            };
            bands.push(Band { group: record.group, reference, count, people });
            Ok(())
        })?;
        let mut groups = vec![standardise::Indirect::default(); reading.groups.len()];
        for band in bands {
            let [count, people] = references[band.reference];
            groups[band.group].add(band.count, band.people, count, people);
        }
        for (group, total) in groups.iter_mut().zip(&totals) {
            *group = group.with_observed(total.0.unwrap_or(f64::NAN));
        }
        Ok((reading, groups))
    }
}

#[cfg(test)]
mod tests {
    use super::european_weight;

    #[test]
    fn bands_are_weighted_by_all_they_cover() {
        let weight = |text| vocab::AgeBand::parse(text).and_then(european_weight);
        assert_eq!(weight("0-4"), Some(5000.0));
        assert_eq!(weight("0-14"), Some(16_000.0));
        assert_eq!(weight("75-84"), Some(6500.0));
        assert_eq!(weight("85+"), Some(2500.0));
        assert_eq!(weight("90 and over"), Some(1000.0));
        for partly in ["95+", "90-94", "0", "1-4", "3-7", "16-24", "85-94"] {
            assert_eq!(weight(partly), None, "{partly}");
        }
    }
}
