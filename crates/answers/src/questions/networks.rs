//! What shape networks have: how many there are, how large, of how many practices, and how many serve the most deprived.

use evidence::Belonging;
use indicators::shape::{LARGEST, MANY_PRACTICES, NetworkSize, SMALLEST, Shape, Shapes, shapes};
use kit::number::{capitalise, counted, plain, some};
use kit::{Answer, Cell, Column, Exhibit, Row, Style, Table};
use vocab::Level;

use crate::address;
use crate::context::Context;
use crate::origin::caption;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;

/// The day on which networks began.
const BEGAN: jiff::civil::Date = jiff::civil::Date::constant(2019, 7, 1);
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
    let day = choices.get(DAY).map_or_else(
        || Ok(context.evidence().now()),
        |word| {
            let day =
                word.parse().ok().filter(|day| (BEGAN..=context.evidence().now()).contains(day));
            let latest = context.evidence().now();
            let expected = format!(
                "a day such as `2025-10-01`, from `{BEGAN}`, when networks began, to `{latest}`"
            );
            day.ok_or_else(|| Refusal::bad_choice(DAY, word, &expected))
        },
    )?;
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
    let is_one = place.single().is_some_and(|(level, _)| level <= Level::Icb);
    let mut exhibits = vec![sizes(context, place, &found, &dates)];
    exhibits.insert(0, areas(context, place, &found, (&dates, is_one)));
    Ok(Answer {
        lead: lead(&place.name, &found.whole, &dates),
        sentences: sentences(&found.whole),
        exhibits,
        limits: vec![
            "Whether a network outside 30,000 to 50,000 patients was agreed by its commissioner is not published.".to_owned(),
        ],
        method: "shape-of-networks",
        ..Answer::default()
    })
}

/// How many networks there are and how many are of the size of the contract.
fn lead(place: &str, shape: &Shape, dates: &str) -> String {
    let networks = counted(shape.networks, "network", "networks");
    let in_one = if shape.networks == 1 { "has" } else { "have" };
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
        "{networks} {in_one} a practice in {place}, which has {practices} with {patients} patients. Taken whole, {sizes}, {few} fewer and {many} more ({dates})."
    )
}

fn sentences(shape: &Shape) -> Vec<String> {
    let single = if shape.single_practice == 1 { "is" } else { "are" };
    let many = some(shape.many_practices, "has", "have");
    let mut said = vec![format!(
        "{} {single} of one practice, and {many} more than {MANY_PRACTICES}.",
        capitalise(&counted(shape.single_practice, "network", "networks"))
    )];
    if shape.across > 0 {
        said.push(format!(
            "{} practices elsewhere too.",
            capitalise(&some(shape.across, "network has", "networks have"))
        ));
    }
    if shape.in_no_network > 0 {
        let are = if shape.in_no_network == 1 { "is" } else { "are" };
        let outside = counted(shape.in_no_network, "practice", "practices");
        said.push(format!("{} {are} in no network.", capitalise(&outside)));
    }
    said.push(match shape.mostly_deprived {
        None => "How deprived their patients are is not told: no practice has a score.".to_owned(),
        Some(0) => {
            "In none of them more than half of the patients are with practices of the most deprived fifth."
                .to_owned()
        }
        Some(mostly) => format!(
            "In {} more than half of the patients are with practices of the most deprived fifth.",
            counted(mostly, "network", "networks")
        ),
    });
    said
}

/// The place and each board in it.
fn areas(
    context: &Context,
    place: &evidence::Place,
    found: &Shapes,
    (dates, is_one): (&str, bool),
) -> Exhibit {
    let own = std::iter::once(row(Cell::text(&place.name), &place.key, &found.whole, true));
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
    let reading = if is_one {
        "Every network that has a practice here, judged whole."
    } else {
        "The place first: every network that has a practice here, judged whole. Then each board of which it has a practice, the whole board with the networks of which it has most patients."
    };
    Exhibit::table("networks", "How many, how large", reading, table)
}

/// Network by network.
fn sizes(context: &Context, place: &evidence::Place, found: &Shapes, dates: &str) -> Exhibit {
    let count = |heading: &str, key: &str| Column::number(heading, key, Style::count(key));
    let row = |one: &NetworkSize| {
        Row::new(vec![
            Cell::link(kit::text::title_case(&one.name), address::page(Level::Network, &one.code)),
            Cell::text(&one.code),
            Cell::value(one.practices_here as f64),
            Cell::value(one.practices as f64),
            Cell::value(one.patients_here),
            Cell::value(one.patients),
            Cell::text(one.size()),
            Cell::maybe(one.deprived),
        ])
    };
    let title = format!("Sizes of networks in {}", place.name);
    let table = Table {
        caption: caption(context, "sizes", &title, &["list_size", "membership"]),
        columns: vec![
            Column::text("Network", "name"),
            Column::text("Code", "code"),
            Column::number("Practices here", "practices_here", Style::count("practices")),
            count("Practices in all", "practices"),
            Column::number("Patients here", "patients_here", Style::count("patients")),
            count("Patients in all", "patients"),
            Column::text("Size", "size"),
            Column::number(
                "With practices of the most deprived fifth",
                "most_deprived_share",
                Style::percentage(0, "of patients"),
            ),
        ],
        rows: found.networks.iter().map(row).collect(),
        notes: vec![format!(
            "{}. Practices of a network that lie elsewhere are not counted.",
            capitalise(dates)
        )],
    };
    let reading = "Most patients first; the contract asks for 30,000 to 50,000, and a commissioner may agree to others.";
    Exhibit::table("sizes", "Network by network", reading, table)
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
        across: 1,
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
            "Three networks have a practice in Harbourton, which has 12 practices with 98,000 patients. Taken whole, one has \
             30,000 to 50,000 patients, two have fewer and none has more (lists of 1 May 2025, networks of 1 May 2025)."
        );
    }

    #[test]
    fn practices_in_no_network_and_the_most_deprived_are_told() {
        let said = sentences(&SHAPE).join(" ");
        assert_eq!(
            said,
            "One network is of one practice, and none has more than 10. One network has practices elsewhere too. One practice is in no network. In two networks more than \
             half of the patients are with practices of the most deprived fifth."
        );
        let unscored = Shape { mostly_deprived: None, ..SHAPE };
        assert!(sentences(&unscored).join(" ").ends_with("no practice has a score."));
    }
}
