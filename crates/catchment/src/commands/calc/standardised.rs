//! `calc dsr` and `calc isr`.

use clap::{Args, ValueEnum};
use stats::standardise::{self, EUROPEAN_STANDARD_2013};

use super::answer::Answer;
use super::groups::{Groups, SEPARATOR};
use super::table::{Reading, Rejected, Wanted, read};
use super::{Files, Levels, reason};

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
    /// Column of age bands that begin with their first age (`0-4`, `90+`), weighted by the European Standard Population 2013
    #[arg(long, conflicts_with = "weight")]
    age_band: Option<String>,
    /// What rates are given per
    #[arg(long, default_value_t = 100_000.0)]
    multiplier: f64,
}

/// The standard population of a five-year band named by its first age.
fn european_weight(band: &str) -> Option<f64> {
    let digits: String = band.chars().take_while(char::is_ascii_digit).collect();
    let start: usize = digits.parse().ok()?;
    start.is_multiple_of(5).then(|| EUROPEAN_STANDARD_2013.get(start / 5).copied()).flatten()
}

impl Direct {
    /// The rates of all groups.
    pub fn answer(&self) -> anyhow::Result<Answer> {
        let mut wanted = Wanted {
            words: self.age_band.iter().map(String::as_str).collect(),
            numbers: vec![&self.numerator, &self.denominator],
        };
        wanted.numbers.extend(self.weight.as_deref());
        let mut groups: Vec<standardise::Direct> = Vec::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            let weight = match record.numbers.get(2) {
                Some(weight) => *weight,
                None => self.weight_of((record.word)(0))?,
            };
            if record.group >= groups.len() {
                groups.resize(record.group + 1, standardise::Direct::default());
            }
            groups[record.group].add(record.numbers[0], record.numbers[1], weight);
            Ok(())
        })?;
        let rates: Vec<_> = groups.iter().map(|group| group.rate(self.multiplier)).collect();
        let mut answer = Answer::of_groups(&self.files.by, &reading.groups);
        let given = |number: f64| number.is_finite().then_some(number);
        answer.numbers("total_count", groups.iter().map(|group| given(group.count())));
        answer.numbers("total_population", groups.iter().map(|group| given(group.population())));
        answer.numbers("value", rates.iter().map(|rate| rate.ok().map(|rate| rate.value)));
        for (level, names) in self.levels.levels().iter().zip(self.levels.names()) {
            let limits: Vec<_> =
                rates.iter().map(|rate| rate.ok().map(|rate| rate.limits(level))).collect();
            answer.numbers(&names[0], limits.iter().map(|limits| limits.map(|l| l.lower)));
            answer.numbers(&names[1], limits.iter().map(|limits| limits.map(|l| l.upper)));
        }
        let why = rates.iter().enumerate().map(|(group, rate)| withheld(&reading, group, rate));
        answer.withheld(why);
        Ok(answer)
    }

    fn weight_of(&self, band: &str) -> Result<f64, Rejected> {
        european_weight(band).ok_or_else(|| Rejected {
            column: self.age_band.clone().unwrap_or_default(),
            value: band.to_owned(),
            rule: "expected a five-year age band, 0-4 to 90+",
            remedy: "name bands by their first age, or give the standard population with `--weight`",
        })
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
    #[arg(long)]
    numerator: String,
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
                why = reasons.map(|(group, figure)| withheld(&reading, group, figure)).collect();
            }
            answer.numbers(&names[0], figures.iter().map(|f| f.ok().map(|f| f.limits.lower)));
            answer.numbers(&names[1], figures.iter().map(|f| f.ok().map(|f| f.limits.upper)));
        }
        answer.withheld(why.iter());
        Ok(answer)
    }

    fn groups(&self) -> anyhow::Result<(Reading, Vec<standardise::Indirect>)> {
        let mut wanted = Wanted {
            words: self.reference_by.iter().map(String::as_str).collect(),
            numbers: vec![&self.numerator, &self.denominator],
        };
        wanted.numbers.extend(self.reference_numerator.as_deref());
        wanted.numbers.extend(self.reference_denominator.as_deref());
        let (mut bands, mut names) = (Vec::new(), Groups::default());
        let mut references: Vec<[f64; 2]> = Vec::new();
        let mut key = String::new();
        let reading = read(&self.files, &wanted, &mut |record| {
            let [count, people] = [record.numbers[0], record.numbers[1]];
            let reference = if let Some(own) = record.numbers.get(2..4) {
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
        Ok((reading, groups))
    }
}

#[cfg(test)]
mod tests {
    use super::european_weight;

    #[test]
    fn bands_are_weighted_by_their_first_age() {
        assert_eq!(european_weight("0-4"), Some(5000.0));
        assert_eq!(european_weight("90+"), Some(1000.0));
        assert_eq!(european_weight("90 and over"), Some(1000.0));
        assert_eq!(european_weight("95+"), None);
        assert_eq!(european_weight("All"), None);
    }
}
