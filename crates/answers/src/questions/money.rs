//! What the contracts of a year pay the networks and practices of a place, line by line, what staff in post draw of the
//! additional roles, what quality points pay, and what is not known.

use evidence::{Belonging, Place};
use kit::answer::Field;
use kit::{Answer, Cell, Column, Exhibit, Row, Style, Table};
use models::money::{
    DEFLATOR, Payment, Pence, PlaceMoney, RateInYear, Rules, Settled, Tag, rates_in_prices_of,
};
use vocab::{FinancialYear, Level, Period};

use crate::choices::Choices;
use crate::context::Context;
use crate::edits::{self, Edits};
use crate::money as words;
use crate::origin::caption;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// The money of a place and the rates of all years beside it.
struct Found {
    money: PlaceMoney,
    rates: Vec<RateInYear>,
    /// Growth of prices a year, and where it comes from.
    deflator: (f64, String),
}

/// What the contracts pay.
pub const QUESTION: Question = Question {
    word: "money",
    asks: "What do the contracts pay?",
    title: "Money of",
    theme: Theme::Outlook,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[
        ("year", "a financial year, such as 2025/26; left out, that of the lists"),
        edits::CHOICE,
    ],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let found = found(asked.context, asked.place, asked.choices)?;
    let mut limits: Vec<String> = found.money.to_networks.left_out();
    limits.extend(found.money.to_practices.left_out());
    limits.push("The adjusted population of networks is in no file imported: lines that rest on it stay empty.".to_owned());
    limits.push(words::beds_sentence(&found.money));
    limits.push("Nights and weekends are taken off for every practice: which ones cover them themselves is in no file imported. Patients of practices in London are all taken to live there.".to_owned());
    limits.push("Quality points are paid here without their weighting by prevalence, which is not published point by point; what PMS and APMS contracts pay, premises and local contracts are not worked out.".to_owned());
    limits.push("Staff of networks are those of their latest return; what they cost is not published, so each is taken to cost the ceiling of the role.".to_owned());
    Ok(Answer {
        lead: lead(&found.money),
        sentences: sentences(&found.money),
        fields: vec![years(found.money.year)],
        exhibits: exhibits(asked.context, asked.place, &found),
        limits,
        method: "money",
        ..Answer::default()
    })
}

fn found(context: &Context, place: &Place, choices: &Choices) -> Result<Found, Refusal> {
    let parameters = Edits::of(choices)?.parameters()?;
    let base = context.base(place, &parameters)?;
    let year = match choices.get("year") {
        Some(word) => FinancialYear::parse(word)
            .filter(|year| Rules::of(*year).is_some())
            .ok_or_else(|| {
                let years: Vec<String> =
                    Rules::years().map(|year| Period::FinancialYear(year).to_string()).collect();
                Refusal::bad_choice("year", word, &format!("one of {}", years.join(", ")))
            })?,
        None => models::money::financial_year(vocab::Month::of(base.day)),
    };
    let settled = Settled::Announced;
    let weighted = context.study().weighted_lists(place);
    let money =
        PlaceMoney::of(context.evidence(), (place, &base), weighted.as_ref(), (year, settled))
            .map_err(|error| Refusal::bug(&error.to_string()))?;
    let money = money.ok_or_else(|| {
        Refusal::no_outlook("no rules of contracts are known for the year of the lists")
    })?;
    let rates = rates_in_prices_of(year, settled, &parameters.values(0, 0));
    let deflator = parameters.of(DEFLATOR).ok_or_else(|| Refusal::bug("no growth of prices"))?;
    let deflator = (deflator.value, deflator.source.reference.clone());
    Ok(Found { money, rates, deflator })
}

/// The years whose rules are known, with the one that is told.
fn years(told: FinancialYear) -> Field {
    let word = |year: FinancialYear| Period::FinancialYear(year).to_string();
    let option = |year: FinancialYear| (word(year), Period::FinancialYear(year).in_words());
    Field {
        name: "year",
        label: "Financial year",
        value: word(told),
        options: Rules::years().map(option).collect(),
        is_number: false,
    }
}

fn pounds(pence: Pence) -> String {
    Style::pounds(0, "").figure(pence.pounds())
}

fn lead(money: &PlaceMoney) -> String {
    format!(
        "For {} the rules that are known come to {} for networks, on the lists of {}; the practices of today have {} patients. {}",
        Period::FinancialYear(money.year).in_words(),
        money.to_networks.known().map_or_else(|| "nothing that is known".to_owned(), pounds),
        Period::Day(money.network_lists).in_words(),
        kit::number::plain(money.list(), 0),
        words::contracts_sentence(money),
    )
}

fn sentences(money: &PlaceMoney) -> Vec<String> {
    let of = |tag| words::sum_in_words(&money.to_networks, tag);
    let mut sentences = vec![format!(
        "The networks’ money by what it is for: services {}; what makes them possible {}; structures {}.",
        of(Tag::Service),
        of(Tag::Enabler),
        of(Tag::Structure),
    )];
    sentences.extend(words::award_sentence(money));
    sentences.extend(words::paid_sentences(money));
    sentences.extend(words::roles_sentences(money));
    sentences.push(words::quality_sentence(money.quality.as_ref()));
    sentences.push(words::lists_sentence(money));
    sentences.push(words::weighted_sentence(money));
    sentences
}

fn exhibits(context: &Context, place: &Place, found: &Found) -> Vec<Exhibit> {
    let money = &found.money;
    let titled = |id: &str, what: &str, year: FinancialYear, tables: &[&str]| {
        let title = format!("{what}, {}, {}", place.name, Period::FinancialYear(year).in_words());
        caption(context, id, &title, tables)
    };
    let mut exhibits = vec![lines(money, titled("lines", "Payments by rule", money.year, &LISTS))];
    let beside = money.beside_paid();
    if !beside.is_empty() {
        exhibits.push(Exhibit::table(
            "paid",
            "Beside what was paid",
            "What the rules of the year come to for each contract, and what its payments say was paid, line by line.",
            words::paid_table(titled("paid", "Core work", money.year, &["contract", "payment"]), &beside),
        ));
    }
    if let Some(roles) = &money.roles {
        let staff = ["list_size", "contract", "staff"];
        exhibits.push(Exhibit::table(
            "networks",
            "Additional roles, network by network",
            "What each network may claim, what the staff it has in post draw of it in a year, and what is lost when the year ends where that is known.",
            words::networks_table(titled("networks", "Additional roles", roles.year, &staff), roles),
        ));
        exhibits.push(Exhibit::table(
            "roles",
            "Additional roles, role by role",
            "Who is in post at the networks, the most that is paid for one of them, and what can be claimed for them in a year.",
            words::roles_table(titled("roles", "Staff of networks", roles.year, &["staff"]), roles),
        ));
    }
    let tables = ["list_size", "contract", "achievement_total", "payment"];
    exhibits.push(Exhibit::table(
        "practices",
        "Practice by practice",
        "The core contract on the weighted list of the year, what its payments say was paid, and what the points of the latest year of the quality framework pay.",
        words::practices_table(titled("practices", "Money of practices", money.year, &tables), money),
    ));
    let growth = found.deflator.0;
    let title = format!("Rates in the prices of {}", Period::FinancialYear(money.year).in_words());
    let rates = kit::Caption {
        source: format!("the rules of each year; growth of prices: {}", found.deflator.1),
        ..caption(context, "rates", &title, &[])
    };
    exhibits.push(Exhibit::table(
        "rates",
        "In real terms",
        format!(
            "What each line was paid by in each year, in cash and in the prices of one year: whether a rate kept its worth. {}",
            words::deflator_sentence(growth, &found.deflator.1)
        ),
        words::rates_table(rates, money.year, &found.rates),
    ));
    exhibits
}

/// Tables behind the lines.
const LISTS: [&str; 2] = ["list_size", "contract"];

fn lines(money: &PlaceMoney, caption: kit::Caption) -> Exhibit {
    let row = |level: Level, payment: &Payment| {
        Row::new(vec![
            Cell::text(if level == Level::Network { "networks" } else { "practices" }),
            Cell::text(&payment.name),
            Cell::text(payment.tag.as_str()),
            Cell::maybe(payment.amount.known().map(Pence::pounds)),
            payment.stage.map_or(Cell::Empty, |stage| Cell::text(stage.in_words())),
            Cell::text(payment.mark.map_or("", models::money::Mark::in_words)),
            Cell::text(&payment.source),
        ])
    };
    let mut rows: Vec<Row> =
        money.to_practices.payments.iter().map(|one| row(Level::Practice, one)).collect();
    rows.extend(money.to_networks.payments.iter().map(|one| row(Level::Network, one)));
    let table = Table {
        caption,
        columns: vec![
            Column::text("Paid to", "to"),
            Column::text("Line", "line"),
            Column::text("Kind of money", "tag"),
            Column::number("Pounds a year", "pounds", Style::pounds(0, "")),
            Column::text("The rate is", "award"),
            Column::text("and was", "mark"),
            Column::text("Rate from", "source"),
        ],
        rows,
        notes: vec!["An empty amount is not known: its rate or its base is not in the rules or the evidence.".to_owned()],
    };
    let reading = words::settled_in_words(money.settled);
    Exhibit::table("lines", "Line by line", reading, table)
}
