//! What the contracts of a year pay the networks and practices of a place, line by line, and what is not known.

use axum::response::Response;
use evidence::Place;
use models::money::{
    Network, Payment, Pence, Rules, Settled, Statement, Tag, global_sum, network_payments,
};
use models::place::Base;
use present::{Cell, Column, Row, Style, Table};
use vocab::{FinancialYear, Level, Period};

use super::question::Answer;
use super::{caption, need};
use crate::edits::Edits;
use crate::exhibit::Exhibit;
use crate::failure::Failure;
use crate::layout::Section;
use crate::query::Choices;
use crate::state::AppState;

/// The indicator that tells how the weighted list stands to the list.
pub(super) const WEIGHTED: &str = "weighted_per_registered";

/// The payments of a place in a year.
struct Found {
    year: FinancialYear,
    networks: Statement,
    practices: Statement,
    /// Weighted patients for each registered one, with the period that it is of.
    weighted: Option<(f64, Period)>,
    list: f64,
}

/// The page.
pub(crate) fn page(state: &AppState, key: &str, choices: &Choices) -> Result<Response, Failure> {
    let place = state.place(key)?;
    let found = found(state, &place, choices)?;
    let exhibits = vec![exhibit(state, &place, &found)];
    let mut limits: Vec<String> = found.networks.left_out();
    limits.extend(found.practices.left_out());
    limits.push("The adjusted population of networks and beds of care homes are not in any file imported: lines that rest on them stay empty.".to_owned());
    limits.push("Quality payments, premises and local contracts are not worked out here; what was paid is among the indicators.".to_owned());
    Answer {
        place: &place,
        section: Section::Outlook,
        title: "Money of",
        word: "money",
        question: "What do the contracts pay?",
        lead: lead(&found),
        sentences: sentences(&found),
        working: None,
        exhibits,
        limits,
        method: "money",
    }
    .page(state, choices)
}

/// The exhibits of the page.
pub(crate) fn exhibits(
    state: &AppState,
    key: &str,
    choices: &Choices,
) -> Result<Vec<Exhibit>, Failure> {
    let place = state.place(key)?;
    Ok(vec![exhibit(state, &place, &found(state, &place, choices)?)])
}

fn found(state: &AppState, place: &Place, choices: &Choices) -> Result<Found, Failure> {
    let base: Base = need::base(state, place, &Edits::of(choices)?.parameters()?)?;
    let year = match choices.get("year") {
        Some(word) => FinancialYear::parse(word)
            .filter(|year| Rules::of(*year).is_some())
            .ok_or_else(|| {
                let years: Vec<String> =
                    Rules::years().map(|year| Period::FinancialYear(year).to_string()).collect();
                Failure::bad_choice("year", word, &format!("one of {}", years.join(", ")))
            })?,
        None => models::money::financial_year(vocab::Month::of(base.day)),
    };
    let rules = Rules::of(year).ok_or_else(|| {
        Failure::no_outlook("no rules of contracts are known for the year of the lists")
    })?;
    let definition = state.definition(WEIGHTED)?;
    let weighted = state.latest(definition).ok().and_then(|period| {
        let (evaluation, row) = state.figure_in(definition, place, period)?;
        Some((row.estimate?.value, evaluation.period))
    });
    let list = base.list();
    let weighted_list = weighted.map(|(ratio, _)| ratio * list);
    let network = Network {
        registered: Some(list),
        adjusted: None,
        weighted: weighted_list,
        beds: None,
        points: None,
    };
    Ok(Found {
        year,
        networks: network_payments(rules, &network, Settled::Announced),
        practices: Statement {
            payments: global_sum(rules, weighted_list, Settled::Announced).into_iter().collect(),
        },
        weighted,
        list,
    })
}

fn pounds(pence: Pence) -> String {
    Style::pounds(0, "").figure(pence.pounds())
}

fn lead(found: &Found) -> String {
    format!(
        "For {} the rules that are known come to {} for the practices’ core contract and {} for networks, for {} patients.",
        Period::FinancialYear(found.year).in_words(),
        pounds(found.practices.known()),
        pounds(found.networks.known()),
        present::number::plain(found.list, 0),
    )
}

fn sentences(found: &Found) -> Vec<String> {
    let of = |tag| found.networks.of(tag);
    let mut sentences = vec![format!(
        "Of the networks’ money {} is for services, {} for what makes them possible and {} for structures; money for posts is the most that can be drawn, and only while somebody is in post.",
        pounds(of(Tag::Service)),
        pounds(of(Tag::Enabler)),
        pounds(of(Tag::Structure)),
    )];
    sentences.push(match found.weighted {
        Some((ratio, period)) => format!(
            "The weighted list is taken as {} for each patient, as paid in {}.",
            present::number::plain(ratio, 3),
            period.in_words()
        ),
        None => {
            "No weighted list is published for this place, so lines that rest on it stay empty."
                .to_owned()
        }
    });
    sentences
}

fn exhibit(state: &AppState, place: &Place, found: &Found) -> Exhibit {
    let title = format!(
        "Payments by rule, {}, {}",
        place.name,
        Period::FinancialYear(found.year).in_words()
    );
    let caption = caption(state, "lines", &title, &["list_size", "contract"]);
    let row = |level: Level, payment: &Payment| {
        Row::new(vec![
            Cell::text(if level == Level::Network { "networks" } else { "practices" }),
            Cell::text(&payment.name),
            Cell::text(payment.tag.as_str()),
            Cell::maybe(payment.amount.known().map(Pence::pounds)),
            Cell::text(&payment.source),
        ])
    };
    let mut rows: Vec<Row> =
        found.practices.payments.iter().map(|one| row(Level::Practice, one)).collect();
    rows.extend(found.networks.payments.iter().map(|one| row(Level::Network, one)));
    let table = Table {
        caption,
        columns: vec![
            Column::text("Paid to", "to"),
            Column::text("Line", "line"),
            Column::text("Kind of money", "tag"),
            Column::number("Pounds a year", "pounds", Style::pounds(0, "")),
            Column::text("Rate from", "source"),
        ],
        rows,
        notes: vec!["An empty amount is not known: its rate or its base is not in the rules or the evidence.".to_owned()],
    };
    let reading = "Rates before any pay award within the year.";
    Exhibit::table("lines", "Line by line", reading, table, None)
}
