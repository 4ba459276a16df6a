//! What shape networks have: how many there are, how large, of how many practices, and how many serve the most deprived.

use evidence::Belonging;
use indicators::shape::{LARGEST, MANY_PRACTICES, SMALLEST, Shape, Shapes, shapes};
use kit::number::{capitalise, counted, plain, some};
use kit::{Answer, Cell, Column, Exhibit, Row, Style, Table};
use vocab::Level;

use crate::address;
use crate::context::Context;
use crate::origin::caption;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// The choice of a day.
const DAY: &str = "on";

/// What shape networks have.
pub const QUESTION: Question = Question {
    word: "networks",
    asks: "What are its networks like?",
    title: "Networks of",
    theme: Theme::Place,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[(
        DAY,
        "a day, such as 2025-10-01, on which practices belonged to networks; left out, now",
    )],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let Asked { context, place, choices } = *asked;
    let day = match choices.get(DAY) {
        None => context.evidence().now(),
        Some(word) => word
            .parse()
            .map_err(|_| Refusal::bad_choice(DAY, word, "a day such as `2025-10-01`"))?,
    };
    let known = context.evidence().affiliations(day)?;
    let found = shapes(context.evidence(), place, &known)?;
    let Some(found) = found.filter(|found| found.whole.practices > 0) else {
        let refused = format!("No practice of {} has a list in the evidence.", place.name);
        return Ok(Answer { refused: Some(refused), ..Answer::default() });
    };
    let dates = format!(
        "lists of {}, networks of {}",
        found.lists.in_words(),
        vocab::Period::Day(known.day()).in_words()
    );
    Ok(Answer {
        lead: lead(&place.name, &found.whole, &dates),
        sentences: sentences(&found.whole),
        exhibits: vec![table(context, place, &found, &dates)],
        limits: vec![
            "Whether a network outside 30,000 to 50,000 patients was agreed by its commissioner is not published.".to_owned(),
            "A network is counted in the board of most of its patients; of one that lies across the border of the place only the practices here are counted, so that it may look small.".to_owned(),
        ],
        method: "shape-of-networks",
        ..Answer::default()
    })
}

/// How many networks there are and how many are of the size of the contract.
fn lead(place: &str, shape: &Shape, dates: &str) -> String {
    let networks = counted(shape.networks, "network", "networks");
    let practices = counted(shape.practices, "practice", "practices");
    let patients = plain(shape.patients, 0);
    let sizes = format!(
        "{} {} to {} patients",
        some(shape.within, "has", "have"),
        plain(SMALLEST, 0),
        plain(LARGEST, 0)
    );
    let few = some(shape.below, "has", "have");
    let many = some(shape.above, "has", "have");
    let networks = capitalise(&networks);
    format!(
        "{networks} with {practices} and {patients} patients in {place}: {sizes}, {few} fewer and {many} more ({dates})."
    )
}

fn sentences(shape: &Shape) -> Vec<String> {
    let single = if shape.single_practice == 1 { "is" } else { "are" };
    let many = some(shape.many_practices, "has", "have");
    let mut said = vec![format!(
        "{} {single} of one practice, and {many} more than {MANY_PRACTICES}.",
        capitalise(&counted(shape.single_practice, "network", "networks"))
    )];
    if shape.in_no_network > 0 {
        let are = if shape.in_no_network == 1 { "is" } else { "are" };
        let outside = counted(shape.in_no_network, "practice", "practices");
        said.push(format!("{} {are} in no network.", capitalise(&outside)));
    }
    said.push(match shape.mostly_deprived {
        None => "How deprived their patients are is not told: no practice has a score.".to_owned(),
        Some(mostly) => format!(
            "In {} more than half of the patients are with practices of the most deprived fifth.",
            counted(mostly, "network", "networks")
        ),
    });
    said
}

/// The place and each board in it.
fn table(context: &Context, place: &evidence::Place, found: &Shapes, dates: &str) -> Exhibit {
    let own = std::iter::once(row(Cell::text(&place.name), &place.key, &found.whole, true));
    let is_one = place.single().is_some_and(|(level, _)| level <= Level::Icb);
    let boards = found.boards.iter().filter(|_| !is_one);
    let boards = boards.map(|(code, (name, shape))| {
        let name = kit::text::title_case(name);
        row(Cell::link(name, address::page(Level::Icb, code)), code, shape, false)
    });
    let title = format!("Networks in {}", place.name);
    let table = Table {
        caption: caption(context, "networks", &title, &["list_size", "membership"]),
        columns: columns(),
        rows: own.chain(boards).collect(),
        notes: vec![format!("{}.", capitalise(dates))],
    };
    let reading = "The place first, then each board of which it has a practice.";
    Exhibit::table("networks", "How many, how large", reading, table)
}

fn columns() -> Vec<Column> {
    let count =
        |heading: &str, key: &str, unit: &str| Column::number(heading, key, Style::count(unit));
    vec![
        Column::text("Area", "name"),
        Column::text("Code", "code"),
        count("Practices", "practices", "practices"),
        count("In no network", "practices_in_no_network", "practices"),
        count("Networks", "networks", "networks"),
        count("Below 30,000 patients", "below_30000", "networks"),
        count("30,000 to 50,000", "from_30000_to_50000", "networks"),
        count("Above 50,000", "above_50000", "networks"),
        count("Of one practice", "of_one_practice", "networks"),
        count("Of more than ten", "of_more_than_ten_practices", "networks"),
        count("Mostly the most deprived", "mostly_most_deprived", "networks"),
        count("Patients", "patients", "patients"),
    ]
}

fn row(name: Cell, code: &str, shape: &Shape, pinned: bool) -> Row {
    let count = |count: usize| Cell::value(count as f64);
    let cells = vec![
        name,
        Cell::text(code),
        count(shape.practices),
        count(shape.in_no_network),
        count(shape.networks),
        count(shape.below),
        count(shape.within),
        count(shape.above),
        count(shape.single_practice),
        count(shape.many_practices),
        Cell::maybe(shape.mostly_deprived.map(|count| count as f64)),
        Cell::value(shape.patients),
    ];
    if pinned { Row::pinned(cells) } else { Row::new(cells) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        practices: 12,
        in_no_network: 1,
        networks: 3,
        within: 1,
        below: 2,
        above: 0,
        single_practice: 1,
        many_practices: 0,
        mostly_deprived: Some(2),
        patients: 98_000.0,
    };

    #[test]
    fn the_lead_counts_networks_by_the_size_of_the_contract() {
        assert_eq!(
            lead("Harbourton", &SHAPE, "lists of 1 May 2025, networks of 1 May 2025"),
            "Three networks with 12 practices and 98,000 patients in Harbourton: one has 30,000 to 50,000 patients, two have fewer and \
             none has more (lists of 1 May 2025, networks of 1 May 2025)."
        );
    }

    #[test]
    fn practices_in_no_network_and_the_most_deprived_are_told() {
        let said = sentences(&SHAPE).join(" ");
        assert_eq!(
            said,
            "One network is of one practice, and none has more than 10. One practice is in no network. In two networks more than \
             half of the patients are with practices of the most deprived fifth."
        );
        let unscored = Shape { mostly_deprived: None, ..SHAPE };
        assert!(sentences(&unscored).join(" ").ends_with("no practice has a score."));
    }
}
