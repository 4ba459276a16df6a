//! The money of a place in words and tables: additional roles, quality payments, weighted lists, rates in real terms.

use models::money::{
    Amount, BesidePaid, ListsOfYear, Pence, PlaceMoney, QualityYear, Rules, Settled, Stage,
    Statement, Tag,
};
use vocab::{FinancialYear, Period};

use kit::number::{Style, capitalise, counted, in_words, plain};

mod roles;
mod tables;

pub use roles::{drawn_heading, roles_sentences};
pub use tables::{networks_table, paid_table, practices_table, rates_table, roles_table};

fn pounds(pence: Pence) -> String {
    Style::pounds(0, "").figure(pence.pounds())
}

fn share(part: f64) -> String {
    Style::percentage(1, "").figure(part)
}

fn of_year(year: FinancialYear) -> String {
    Period::FinancialYear(year).in_words()
}

/// Of when the lists are that a year's money rests on.
#[must_use]
pub fn lists_sentence(money: &PlaceMoney) -> String {
    let year = of_year(money.year);
    let day = |day: jiff::civil::Date| Period::Day(day).in_words();
    let practices = match &money.lists {
        ListsOfYear::Paid => {
            format!("Lists of practices are the average of {year} that its payments print")
        }
        ListsOfYear::Within(days) => {
            let days = match days.as_slice() {
                [first, .., last] if days.len() > 2 => {
                    let days = kit::number::in_words(days.len());
                    format!("{days} days from {} to {}", day(*first), day(*last))
                }
                few => few.iter().map(|one| day(*one)).collect::<Vec<_>>().join(" and "),
            };
            format!("Lists of practices are those of {days} ({year})")
        }
        ListsOfYear::StoodIn(one) => format!(
            "No lists of {year} are imported: those of {}, of another year, stand in",
            day(*one)
        ),
    };
    let without = money.practices.iter().filter(|one| one.list.is_none()).count();
    let without = if without == 0 {
        String::new()
    } else {
        format!(
            "; {} had none then and {} in no sum",
            counted(without, "practice of today", "practices of today"),
            if without == 1 { "is" } else { "are" }
        )
    };
    format!(
        "{practices}{without}. Networks are paid on the lists of 1 January before the year: the nearest imported are those of {}.",
        day(money.network_lists)
    )
}

/// What the weighted lists are and which of them are estimates.
#[must_use]
pub fn weighted_sentence(money: &PlaceMoney) -> String {
    let ratio = plain(money.weighted() / money.list(), 3);
    let (practices, estimated) = (money.practices.len(), money.estimated());
    let of_ages = "estimated from sexes and ages by the Carr-Hill formula, with all its other parts taken as England’s mean";
    match money.weighted_in {
        None => format!(
            "No weighted list is published for this place: the {ratio} for each patient are {of_ages}."
        ),
        Some(period) => {
            let published = format!(
                "The weighted list is taken as {ratio} for each patient, as paid in {}",
                period.in_words()
            );
            if estimated == 0 {
                return format!("{published}.");
            }
            format!(
                "{published}; for {estimated} of {practices} practices none is published, and theirs are {of_ages}."
            )
        }
    }
}

/// What the points of the quality framework pay, beside what was paid.
#[must_use]
pub fn quality_sentence(quality: Option<&QualityYear>) -> String {
    let Some(quality) = quality else {
        return "No points of the quality framework are imported, so its payments are not worked out.".to_owned();
    };
    let year = of_year(quality.year);
    let unknown = quality.practices.values().find_map(|one| match &one.payment {
        Amount::Unknown(why) => Some(why),
        Amount::Known(_) => None,
    });
    let known = quality.practices.values().filter(|one| one.payment.known().is_some()).count();
    if let (0, Some(why)) = (known, unknown) {
        return format!("What the quality points of {year} pay is not known: {why}.");
    }
    let worked = format!(
        "The quality points of {year} pay {} to {}, before points are weighted by prevalence",
        pounds(quality.known()),
        counted(known, "practice", "practices")
    );
    match quality.beside_paid() {
        Some((ours, paid)) => format!(
            "{worked}; those with a published payment of that year were paid {} where their points come to {}.",
            pounds(paid),
            pounds(ours)
        ),
        None => format!("{worked}."),
    }
}

/// A sum of a statement's lines in words: whole, the known part of it, or not known.
#[must_use]
pub fn sum_in_words(statement: &Statement, tag: Tag) -> String {
    match (statement.of(tag), statement.unknown(tag)) {
        (None, _) => "not known".to_owned(),
        (Some(sum), 0) => pounds(sum),
        (Some(sum), lines) => {
            let are = if lines == 1 { "is" } else { "are" };
            let more = counted(lines, "more line", "more lines");
            format!("{} as far as known ({more} {are} not known)", pounds(sum))
        }
    }
}

/// The global sum before and after what is taken off it.
fn global_sum(money: &PlaceMoney) -> Option<String> {
    let line = |line| money.to_practices.line(line).and_then(Amount::known);
    let (gross, off) = (line("global_sum")?, line("out_of_hours")?);
    let taken = &Rules::of(money.year)?.out_of_hours;
    let london = line("london_adjustment").map_or_else(String::new, |more| {
        format!("; with {} for patients in London {}", pounds(more), pounds(gross + off + more))
    });
    Some(format!(
        "it comes to {} before and {} after {} is taken off because practices leave nights and weekends to others (taken to be all of them; {}){london}",
        pounds(gross),
        pounds(gross + off),
        Style::percentage(2, "").figure(taken.share),
        taken.source
    ))
}

/// What the practices are paid by rule, contract by contract.
#[must_use]
pub fn contracts_sentence(money: &PlaceMoney) -> String {
    let by_contract = money.by_contract();
    let all = counted(money.practices.len(), "practice", "practices");
    let paid = by_contract.get(&Some("GMS")).map_or_else(
        || format!("None of {all} is known to hold a general medical services contract, which alone is paid the global sum."),
        |(practices, weighted)| {
            let known = global_sum(money)
                .unwrap_or_else(|| "what it comes to is not known".to_owned());
            format!(
                "The global sum of {} is paid to practices with a general medical services (GMS) contract: {} of {} here, with {} weighted patients; {known}.",
                of_year(money.year),
                plain(*practices as f64, 0),
                plain(money.practices.len() as f64, 0),
                plain(*weighted, 0)
            )
        },
    );
    let others: Vec<String> = by_contract
        .iter()
        .filter(|(contract, _)| **contract != Some("GMS"))
        .map(|(contract, (practices, _))| {
            let held = match contract {
                Some("PMS" | "APMS") => contract.unwrap_or_default().to_owned() + " contracts",
                Some(_) => "contracts of another kind".to_owned(),
                None => "contracts that no imported payments name".to_owned(),
            };
            format!("{} with {held}", plain(*practices as f64, 0))
        })
        .collect();
    if others.is_empty() {
        return paid;
    }
    format!(
        "{paid} What {} are paid for their core work is agreed with their commissioner or not known, and not in these figures.",
        others.join(" and ")
    )
}

/// How the price of the year stands to its pay award; nothing where no award is known to have changed it.
#[must_use]
pub fn award_sentence(money: &PlaceMoney) -> Option<String> {
    let line = Rules::of(money.year)?.line("global_sum")?;
    let rate = |rate: f64| Style::pounds(2, "").figure(rate);
    let taken = rate(line.rate(money.settled)?);
    let award = line.award.as_ref().map_or_else(String::new, |award| format!(" ({award})"));
    let of = |line| money.to_practices.line(line).and_then(Amount::known).unwrap_or_default();
    let net = of("global_sum") + of("out_of_hours");
    Some(match (line.stage(money.settled)?, line.announced, line.uplifted) {
        (Stage::Before, Some(before), Some(after)) => format!(
            "The {taken} for a weighted patient are the rate before the pay award of the year; after it the rate is {}{award}, and the sum after what is taken off {}.",
            rate(after),
            pounds(Pence::of_pounds(net.pounds() * after / before))
        ),
        (Stage::After, Some(before), _) => format!(
            "The {taken} for a weighted patient are the rate after the pay award of the year{award}; before it the rate was {}.",
            rate(before)
        ),
        _ => format!(
            "The {taken} for a weighted patient are the rate before the pay award of the year{award}."
        ),
    })
}

/// The contract of a group of practices.
fn contract_in_words(beside: &BesidePaid) -> String {
    let contract = match beside.contract.as_str() {
        "other" => "contracts of another kind".to_owned(),
        word if beside.practices == 1 => {
            format!("{} {word} contract", if word == "APMS" { "an" } else { "a" })
        }
        word => format!("{word} contracts"),
    };
    if beside.has_personal {
        format!("{contract} and a balance of personal medical services too")
    } else {
        contract
    }
}

/// What the payments of the year say was paid beside what the rules come to; none where they are not imported.
#[must_use]
pub fn paid_sentences(money: &PlaceMoney) -> Vec<String> {
    let beside = money.beside_paid();
    let mut sentences: Vec<String> = beside.iter().map(|one| paid_by(money.year, one)).collect();
    if let Some((gone, paid)) = money.gone.filter(|(gone, _)| *gone > 0 && !beside.is_empty()) {
        let more = capitalise(&in_words(gone));
        sentences.push(format!(
            "{more} more {} of the place at the end of the year and {} not today; {} paid {} for core work.",
            if gone == 1 { "practice was" } else { "practices were" },
            if gone == 1 { "is" } else { "are" },
            if gone == 1 { "it was" } else { "they were" },
            pounds(paid)
        ));
    }
    sentences
}

fn paid_by(year: FinancialYear, one: &BesidePaid) -> String {
    let practices = counted(one.practices, "practice", "practices");
    let paid = format!(
        "{} with {} {} paid {} for core work in {}",
        capitalise(&practices),
        contract_in_words(one),
        if one.practices == 1 { "was" } else { "were" },
        pounds(one.paid.core()),
        of_year(year)
    );
    match one.reckoned.zip(one.above()) {
        Some((sum, above)) => format!(
            "{paid} where the rules come to {} ({}% {}).",
            pounds(sum),
            plain(above.abs() * 100.0, 1),
            if above < 0.0 { "less" } else { "more" }
        ),
        None => format!("{paid}, as agreed with their commissioner."),
    }
}

/// Which of two rates of the year is taken.
#[must_use]
pub const fn settled_in_words(settled: Settled) -> &'static str {
    match settled {
        Settled::Announced => "Rates as announced, before any pay award within the year.",
        Settled::Uplifted => "Rates after the pay award of the year where they were read.",
    }
}

/// Which homes are known and why their beds pay nothing here.
#[must_use]
pub fn beds_sentence(money: &PlaceMoney) -> String {
    let Some((homes, beds)) = money.beds else {
        return "No directory of care homes is imported, so the line for each bed stays empty."
            .to_owned();
    };
    format!(
        "The directory of care homes has {} with {} beds in all that it covers. Which network looks after which home is in no file imported, so the line for each bed stays empty.",
        counted(homes, "home", "homes"),
        plain(beds, 0)
    )
}

/// By which prices real terms are worked out, and which years they cover.
#[must_use]
pub fn deflator_sentence(growth: f64, source: &str) -> String {
    let [first, last] = models::money::years_covered();
    format!(
        "Real terms take prices to rise by {} a year ({source}). That covers {} to {}: rates of other years are given in cash only.",
        Style::percentage(2, "").figure(growth),
        of_year(first),
        of_year(last)
    )
}
