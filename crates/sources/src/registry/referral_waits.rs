//! Waits between referral and treatment by consultants, at the end of a month: who waits, for what and for how long.
//!
//! Laid out as the full extract of April 2026, a real file: one row for each provider, commissioner, part and area of
//! treatment, with the pathways of every week of waiting in a column of its own. Rows of `C_999` are the sum of the others
//! and are compared with them. A week without a figure holds nobody only where the printed total says so; parts that
//! count no weeks have none. Commissioners without a board (hubs of NHS England, others' patients) stand apart.

use std::collections::BTreeMap;

use evidence::tables;
use vocab::codes::{ProviderCode, SubIcbCode};
use vocab::{Observed, Period};

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;
use crate::value;

/// Waits between referral and treatment.
pub static SOURCE: Source = Source {
    id: "referral_waits",
    title: "Consultant-led Referral to Treatment Waiting Times: full extract",
    publisher: "NHS England",
    landing_page: "https://www.england.nhs.uk/statistics/statistical-work-areas/rtt-waiting-times/",
    cadence: "monthly",
    about: "Pathways by weeks of waiting, area of treatment, commissioner and provider. A pathway is no person: some wait for several treatments. Not published by practice.",
    writes: &[&tables::REFERRAL_WAIT],
    recognise,
    read,
};

const COLUMNS: [&str; 9] = [
    "Period",
    "Provider Parent Org Code",
    "Provider Org Code",
    "Commissioner Parent Org Code",
    "Commissioner Org Code",
    "RTT Part Type",
    "Treatment Function Code",
    "Treatment Function Name",
    "Total All",
];
const UNKNOWN_START: &str = "Patients with unknown clock start date";
/// The code under which all areas of treatment are printed together.
const ALL_TREATMENTS: &str = "C_999";
/// Weeks of waiting that the standard allows, and the weeks past which a wait is counted as long.
const STANDARD: u32 = 18;
const LONG: u32 = 52;

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&COLUMNS, "")
}

fn part(text: &str) -> Option<&'static str> {
    match text {
        "Part_1A" => Some("treated_admitted"),
        "Part_1B" => Some("treated_not_admitted"),
        "Part_2" => Some("waiting"),
        "Part_2A" => Some("waiting_decided"),
        "Part_3" => Some("started"),
        _ => None,
    }
}

/// The columns of the weeks, each with the weeks that its pathways have waited at least: `Gt 17 To 18 Weeks SUM 1` is 17.
fn weeks(names: &[String]) -> Vec<(usize, u32)> {
    let least = |name: &String| name.strip_prefix("Gt ")?.split_whitespace().next()?.parse().ok();
    names.iter().enumerate().filter_map(|(at, name)| Some((at, least(name)?))).collect()
}

/// Pathways, and of those with a known wait how many there are, within the standard and past a year.
#[derive(Debug, Clone, Copy, Default)]
struct Pathways {
    all: f64,
    timed: Option<[f64; 3]>,
}

impl Pathways {
    fn add(&mut self, other: Self) {
        self.all += other.all;
        if let Some(more) = other.timed {
            let sums = self.timed.get_or_insert_default();
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }
}

/// Level, organisation, its board, part, area of treatment.
type Key = (&'static str, String, String, &'static str, String);

struct Reader {
    at: [usize; 9],
    unknown: Option<usize>,
    weeks: Vec<(usize, u32)>,
    sums: BTreeMap<Key, Pathways>,
    names: BTreeMap<String, String>,
    /// For each provider, commissioner and part: the sum of the areas of treatment, and what is printed for all.
    totals: BTreeMap<[String; 3], (f64, Option<f64>)>,
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut at = [0; COLUMNS.len()];
    for (at, name) in at.iter_mut().zip(COLUMNS) {
        *at = input.column(&[name], intake)?;
    }
    let weeks = weeks(input.header().names());
    intake.check(
        "weeks of waiting are there",
        !weeks.is_empty(),
        format!("{} columns", weeks.len()),
    );
    let unknown = input.optional(&[UNKNOWN_START]);
    let mut reader = Reader {
        at,
        unknown,
        weeks,
        sums: BTreeMap::new(),
        names: BTreeMap::new(),
        totals: BTreeMap::new(),
    };
    let [period_at, _, provider, _, commissioner, part_at, treatment, ..] = at;
    let (mut once, mut period) = (Once::default(), None);
    input.each(intake, |row, intake| {
        let month = value::month(row.get(period_at).trim_start_matches("RTT-"));
        let Some(month) = month.filter(|month| period.is_none_or(|period| period == *month)) else {
            intake.problem(
                row,
                period_at,
                "is not the one month of the file",
                "a month such as RTT-April-2026",
            );
            return Ok(());
        };
        if once.first(row, &[provider, commissioner, part_at, treatment], intake) {
            period = Some(month);
            reader.take(row, intake);
        }
        Ok(())
    })?;
    reader.check(intake);
    let Some(period) = period.map(Period::Month) else { return Ok(()) };
    intake.edition(period);
    reader.write(period, intake)
}

impl Reader {
    fn take(&mut self, row: &Row<'_>, intake: &mut Intake) {
        let [_, provider_board, provider, board, commissioner, part_at, treatment, name, _] =
            self.at;
        let (Some(part), Some(pathways), Some(provider)) = (
            intake.word(row, part_at, part, "Part_1A, Part_1B, Part_2, Part_2A or Part_3"),
            self.pathways(row, intake),
            intake.code::<ProviderCode>(row, provider),
        ) else {
            return;
        };
        let board = row.get(board);
        let level = if board.is_empty() { "other_commissioner" } else { "sub_icb" };
        let commissioner = match level {
            "sub_icb" => intake.code::<SubIcbCode>(row, commissioner),
            _ => Some(row.get(commissioner)),
        };
        let (Some(commissioner), treatment) = (commissioner, row.get(treatment)) else { return };
        let key = [provider, commissioner, part].map(str::to_owned);
        let total = self.totals.entry(key).or_default();
        if treatment == ALL_TREATMENTS {
            total.1 = Some(pathways.all);
            intake.leave_out("all areas of treatment together");
            return;
        }
        total.0 += pathways.all;
        self.names.entry(treatment.to_owned()).or_insert_with(|| row.get(name).to_owned());
        for (level, code, board) in
            [(level, commissioner, board), ("provider", provider, row.get(provider_board))]
        {
            let key = (level, code.to_owned(), board.to_owned(), part, treatment.to_owned());
            self.sums.entry(key).or_default().add(pathways);
        }
    }

    /// The pathways of a row; nothing, with a problem, where its weeks do not make its total.
    fn pathways(&self, row: &Row<'_>, intake: &mut Intake) -> Option<Pathways> {
        let [.., total] = self.at;
        let all = intake.count(row, total)?;
        let mut timed: Option<[f64; 3]> = None;
        for (column, least) in &self.weeks {
            let Observed::Value(count) = intake.figure(row, *column)? else { continue };
            let [sum, within, long] = timed.get_or_insert_default();
            *sum += count;
            *within += if *least < STANDARD { count } else { 0.0 };
            *long += if *least >= LONG { count } else { 0.0 };
        }
        let unknown = match self.unknown {
            Some(column) => intake.figure(row, column)?.value().unwrap_or(0.0),
            None => 0.0,
        };
        if timed.is_some_and(|[sum, ..]| (sum + unknown - all).abs() > 0.5) {
            intake.problem(
                row,
                total,
                "is not the sum of its weeks",
                "the pathways of all weeks and those of unknown start",
            );
            return None;
        }
        Some(Pathways { all, timed })
    }

    fn check(&self, intake: &mut Intake) {
        let printed: Vec<_> =
            self.totals.values().filter_map(|(sum, all)| Some((sum, (*all)?))).collect();
        let differing = printed.iter().filter(|(sum, all)| (*sum - all).abs() > 0.5).count();
        if !printed.is_empty() {
            let detail = format!("{} totals compared, {differing} differ", printed.len());
            intake.check("areas of treatment add up to the printed totals", differing == 0, detail);
        }
        let waiting = |level: &str| {
            let of_level = self.sums.iter().filter(|(key, _)| key.0 == level && key.3 == "waiting");
            of_level.map(|(_, pathways)| pathways.all).sum::<f64>()
        };
        let (areas, others) = (waiting("sub_icb"), waiting("other_commissioner"));
        if others > 0.0 {
            intake.remark(format!(
                "{others} of {} pathways that wait are of commissioners without a board and in no area's figure",
                areas + others
            ));
        }
    }

    fn write(&self, period: Period, intake: &mut Intake) -> Result<(), ReadError> {
        for ((level, code, board, part, treatment), pathways) in &self.sums {
            let timed = |at: usize| pathways.timed.and_then(|timed| timed.get(at).copied());
            let row = tables::referral_wait::Row {
                organisation: code.into(),
                level: (*level).into(),
                board: board.into(),
                part: (*part).into(),
                treatment: treatment.into(),
                treatment_name: self.names.get(treatment).map_or("", String::as_str).into(),
                pathways: pathways.all.into(),
                timed: timed(0).into(),
                within_18_weeks: timed(1).into(),
                over_52_weeks: timed(2).into(),
            };
            intake.add(period, row)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use evidence::Verdict;

    use crate::trial::Trial;

    const HEADER: &str = "Period,Provider Parent Org Code,Provider Parent Name,Provider Org Code,Provider Org Name,Commissioner Parent Org Code,Commissioner Parent Name,Commissioner Org Code,Commissioner Org Name,RTT Part Type,RTT Part Description,Treatment Function Code,Treatment Function Name,Gt 00 To 01 Weeks SUM 1,Gt 17 To 18 Weeks SUM 1,Gt 18 To 19 Weeks SUM 1,Gt 52 To 53 Weeks SUM 1,Gt 104 Weeks SUM 1,Total,Patients with unknown clock start date,Total All\n";

    fn row(commissioner: &str, part: &str, treatment: &str, figures: &str) -> String {
        format!(
            "RTT-April-2026,QZZ,BOARD,RZ1,HOSPITAL,{commissioner},SUB,{part},PART,{treatment},TREATMENT,{figures}\n"
        )
    }

    #[test]
    fn weeks_are_added_up_for_commissioners_and_providers_and_blanks_are_none() {
        let file = [
            row("QZZ,BOARD,99Z", "Part_2", "C_100", "3,4,2,,1,,,10"),
            row("QZZ,BOARD,99Z", "Part_2", "C_999", "3,4,2,,1,,,10"),
            row("QZZ,BOARD,99Z", "Part_3", "C_100", ",,,,,,,7"),
            row(",,14Z", "Part_1B", "C_100", "5,,,,,5,2,7"),
        ];
        let trial = Trial::of("a.csv", format!("{HEADER}{}", file.concat()));
        let expected = [
            "14Z|other_commissioner||treated_not_admitted|C_100|TREATMENT|7|5|5|0",
            "99Z|sub_icb|QZZ|started|C_100|TREATMENT|7|||",
            "99Z|sub_icb|QZZ|waiting|C_100|TREATMENT|10|10|7|1",
            "RZ1|provider|QZZ|started|C_100|TREATMENT|7|||",
            "RZ1|provider|QZZ|treated_not_admitted|C_100|TREATMENT|7|5|5|0",
            "RZ1|provider|QZZ|waiting|C_100|TREATMENT|10|10|7|1",
        ];
        assert_eq!(trial.rows("referral_wait", "2026-04"), expected, "{}", trial.problems());
    }

    #[test]
    fn weeks_that_do_not_make_the_total_are_a_problem() {
        let file = row("QZZ,BOARD,99Z", "Part_2", "C_100", "3,4,2,,1,,,11");
        let trial = Trial::of("a.csv", format!("{HEADER}{file}"));
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("not the sum of its weeks"), "{}", trial.problems());
    }

    #[test]
    fn a_printed_total_that_its_treatments_do_not_make_refuses_the_file() {
        let file = [
            row("QZZ,BOARD,99Z", "Part_2", "C_100", "3,4,2,,1,,,10"),
            row("QZZ,BOARD,99Z", "Part_2", "C_999", "9,4,2,,1,,,16"),
        ];
        let trial = Trial::of("a.csv", format!("{HEADER}{}", file.concat()));
        assert_eq!(trial.verdict(), Verdict::Refused);
        assert!(trial.problems().contains("1 totals compared, 1 differ"), "{}", trial.problems());
    }
}
