//! An outlook in plain words.

use models::outlook::{Band, Measure, Outlook, Residents, Row, Step, risks, rows, steps};
use models::place::{Base, Basis};
use present::number::counted;
use vocab::{Level, Period};

use super::{Compared, Told};

/// Parameters that are named.
const NAMED: usize = 5;
/// Minutes of an hour times a thousand: the unit of the waterfall.
const THOUSAND_HOURS: f64 = 60_000.0;

pub fn say(told: &Told) {
    let Told { base, residents, baseline, influences, rankings, scenario } = told;
    say!(
        "{}: {}, {} people on the lists of {}",
        base.name,
        counted(base.practices.len(), "practice", "practices"),
        whole(base.list()),
        Period::Day(base.day).in_words()
    );
    if let Some((first, last)) = base.year {
        let (first, last) = (Period::Month(first).in_words(), Period::Month(last).in_words());
        say!("base year of appointments: {first} to {last}");
    }
    say!(
        "{} draws, seed {}; ranges hold eight of ten draws",
        baseline.settings.draws,
        baseline.settings.seed
    );
    if let Some(sentence) = present::outlook::stood_in(base) {
        say!("{sentence}");
    }
    say!("");
    say!("If nothing changes");
    by_year(baseline, base);
    say!("");
    waterfall(baseline);
    say!("");
    by_risk(baseline);
    rankings
        .iter()
        .filter_map(present::ranking::sentence)
        .for_each(|sentence| say!("  {sentence}"));
    say!("");
    say!(
        "What moves the gap of the last year most (thousand hours, from the low to the high end of its range)"
    );
    for influence in influences.iter().take(NAMED) {
        say!(
            "  {:>+8.1} to {:>+8.1}  {} ({:.0}% of the variance)",
            influence.low / THOUSAND_HOURS,
            influence.high / THOUSAND_HOURS,
            influence.about,
            influence.share * 100.0
        );
    }
    if let Some(compared) = scenario {
        say!("");
        say_scenario(compared, base);
    }
    say!("");
    assumed(base, residents);
}

fn place_rows(outlook: &Outlook, base: &Base) -> Vec<Row> {
    rows(outlook, base).into_iter().filter(|row| row.unit.level == Level::Place).collect()
}

fn by_year(outlook: &Outlook, base: &Base) {
    let rows = place_rows(outlook, base);
    let band = |year: u32, measure: Measure| {
        let found = rows.iter().find(|row| row.year == year && row.measure == measure);
        found.map_or(
            Band { central: f64::NAN, p10: f64::NAN, p50: f64::NAN, p90: f64::NAN },
            |row| row.band,
        )
    };
    say!(
        "  year   gap in thousand hours        gap in full-time GPs        people without care      need  capacity   GPs"
    );
    for year in 0..=outlook.settings.years {
        let (gap, fte, people) = (
            band(year, Measure::Gap),
            band(year, Measure::GapFte),
            band(year, Measure::PeopleWithoutCare),
        );
        let name = if year == 0 { "today".to_owned() } else { format!("+{year}") };
        say!(
            "  {name:<5} {:>7.0} ({:>6.0} to {:>6.0})   {:>6.0} ({:>5.0} to {:>5.0})   {:>8} ({:>8} to {:>8})   {:>6.0}  {:>6.0}  {:>6.1}",
            gap.p50 / THOUSAND_HOURS,
            gap.p10 / THOUSAND_HOURS,
            gap.p90 / THOUSAND_HOURS,
            fte.p50,
            fte.p10,
            fte.p90,
            whole(people.p50),
            whole(people.p10),
            whole(people.p90),
            band(year, Measure::Need).p50 / THOUSAND_HOURS,
            band(year, Measure::Capacity).p50 / THOUSAND_HOURS,
            band(year, Measure::Gps).p50
        );
    }
    for year in [0, outlook.settings.years] {
        let of = |measure| band(year, measure).p50 / THOUSAND_HOURS;
        say!(
            "  {}: {:.0} thousand hours of it are GPs’, {:.0} nurses’, {:.0} others’",
            if year == 0 { "today".to_owned() } else { format!("in year +{year}") },
            of(Measure::GapOfGps),
            of(Measure::GapOfNurses),
            of(Measure::GapOfOthers)
        );
        say!(
            "    contacts needed: {} that cannot wait, {} others",
            whole(band(year, Measure::UrgentContacts).p50),
            whole(band(year, Measure::RoutineContacts).p50)
        );
    }
}

fn waterfall(outlook: &Outlook) {
    let last = outlook.settings.years;
    let steps: Vec<_> = steps(outlook).into_iter().filter(|row| row.year == last).collect();
    let base: i64 = steps.iter().filter(|row| row.step.is_base()).map(|row| row.sum).sum();
    let end: i64 = steps.iter().map(|row| row.sum).sum();
    let count = outlook.draws.len().max(1) as f64;
    let hours = |sum: i64| sum as f64 / count / THOUSAND_HOURS;
    say!("From the gap of today to that of year +{last}: thousand hours a year, mean of the draws");
    say!("  {:>+9.1}  the gap today", hours(base));
    let moves = steps.iter().filter(|row| !row.step.is_base());
    for row in moves.filter(|row| row.sum != 0 || row.step != Step::InterventionsOnNeed) {
        let (low, high) = (row.band.p10 / THOUSAND_HOURS, row.band.p90 / THOUSAND_HOURS);
        say!("  {:>+9.1}  {} ({low:+.1} to {high:+.1})", hours(row.sum), row.step.in_words());
    }
    say!("  {:>+9.1}  the gap of year +{last}", hours(end));
}

fn by_risk(outlook: &Outlook) {
    say!("People by risk group (synthetic), and their share of need");
    for row in risks(outlook) {
        let year = if row.year == 0 { "today".to_owned() } else { format!("+{}", row.year) };
        say!(
            "  {year:<5} {:>9} ({:>9} to {:>9})  {:>4.1}% of need ({:.1}% to {:.1}%)  {}",
            whole(row.people.p50),
            whole(row.people.p10),
            whole(row.people.p90),
            row.share_of_need.p50 * 100.0,
            row.share_of_need.p10 * 100.0,
            row.share_of_need.p90 * 100.0,
            row.group.in_words()
        );
    }
}

fn say_scenario(compared: &Compared, base: &Base) {
    say!("{}", compared.asked.name);
    by_year(&compared.outlook, base);
    say!(
        "What each intervention does to the gap of the last year (thousand hours a year, mean of the draws)"
    );
    for (words, moved) in compared.asked.in_words.iter().zip(&compared.moves) {
        say!("  {:>+9.1}  {words}", moved.last().copied().unwrap_or(0.0) / THOUSAND_HOURS);
    }
    for one in &compared.visible {
        let size = format!(
            "(effect {:+.1}%, least that can be seen {:.1}%)",
            one.effect * 100.0,
            one.least * 100.0
        );
        if let Some(month) = one.month {
            let month = Period::Month(month).in_words();
            say!(
                "in {} it could first be seen in the figures that are out in {month} {size}",
                one.indicator
            );
        } else {
            say!("in {} it could not be seen within these years {size}", one.indicator);
        }
    }
    for reason in &compared.outlook.unread {
        say!("not in these figures: {reason}");
    }
}

fn assumed(base: &Base, residents: &Residents) {
    say!("What this rests on");
    let lists = base.list();
    for basis in [Basis::Own, Basis::SubIcb, Basis::Place, Basis::England] {
        let of: f64 = base
            .practices
            .iter()
            .filter(|one| one.activity_basis == basis)
            .map(models::place::Practice::list)
            .sum();
        if of > 0.0 {
            say!("  appointments of {:.0}% of patients: {}", of / lists * 100.0, in_words(basis));
        }
    }
    for basis in [Basis::Own, Basis::Place, Basis::England] {
        let is_of = |one: &&models::place::Practice| {
            one.staff.iter().any(|line| line.group == vocab::StaffGroup::Gp && line.basis == basis)
        };
        let of: f64 = base.practices.iter().filter(is_of).map(models::place::Practice::list).sum();
        if of > 0.0 {
            say!("  GPs for {:.0}% of patients: {}", of / lists * 100.0, in_words(basis));
        }
    }
    for remark in base.remarks.iter().chain(&residents.remarks) {
        say!("  {remark}");
    }
    say!(
        "  minutes of nurses and others are scaled so that today they are just what their recorded contacts take; GPs count with contracted hours"
    );
    say!(
        "  need that is not met today, minutes of contacts and growth are assumptions with ranges: `parameters/outlook`"
    );
    say!(
        "  ages move as in England; conditions and frailty come person by person, to people who are synthetic; illness that becomes more common at the same age is a rate on top"
    );
}

const fn in_words(basis: Basis) -> &'static str {
    match basis {
        Basis::Own => "published for their practice",
        Basis::SubIcb => "shared down from their sub-ICB location",
        Basis::Place => "the rate of the practices of the place that publish",
        Basis::England => "England’s rate",
    }
}

fn whole(figure: f64) -> String {
    let text = format!("{:.0}", figure.abs());
    let mut grouped = String::new();
    for (at, digit) in text.chars().enumerate() {
        if at > 0 && (text.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if figure <= -0.5 { format!("−{grouped}") } else { grouped }
}
