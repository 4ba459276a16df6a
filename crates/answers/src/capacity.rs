//! Capacity in words, tables and charts: the week's balance, sharing within networks, and whether it is felt.

use indicators::felt::{Felt, Gap};
use indicators::seasons::{OpenMonth, Season};
use indicators::week::{
    Balance, CallWeek, Hours, Location, NetworkLoad, Partners, Standing, assumptions,
};
use vocab::period::month_name;
use vocab::{Organisation, Period, weekday};

use crate::address;
use crate::findings::linked;
use kit::caption::Caption;
use kit::chart::bars::{Bar, Bars};
use kit::chart::fan::{self, Fan, Line};
use kit::chart::scatter::{Point, Scatter, Stand};
use kit::number::{Style, counted, plain};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Short => "Short",
        Standing::Balanced => "In balance",
        Standing::Over => "More than its share",
    }
}

/// Whether appointments stand on the right days, first in words, then in numbers.
#[must_use]
pub fn week_sentence(name: &str, balance: &Balance) -> String {
    let on = |wanted| {
        let days = balance.days.iter().filter(move |day| day.standing == wanted);
        days.map(|day| weekday::name(day.weekday)).collect::<Vec<_>>().join(" and ")
    };
    let (short, over) = (on(Standing::Short), on(Standing::Over));
    let first = match (short.is_empty(), over.is_empty()) {
        (true, true) => format!(
            "In {name} no weekday is short of appointments beyond the doubt in what is asked for."
        ),
        (false, true) => format!("In {name} {short} is short of appointments."),
        (true, false) => format!("In {name} {over} holds more than its share of appointments."),
        (false, false) => format!(
            "In {name} {short} is short of appointments while {over} holds more than its share."
        ),
    };
    let weeks = counted(balance.weeks, "whole week", "whole weeks");
    format!(
        "{first} {}% of a week’s {} appointments ({} hours) would have to be held on another day to match when people ask, \
         by {weeks} from {} to {}.",
        plain(100.0 * balance.moved_share(), 1),
        plain(balance.weekly, 0),
        plain(balance.moved_hours(), 0),
        balance.months.0.in_words(),
        balance.months.1.in_words()
    )
}

/// Shares of the week beside shares of the requests.
#[must_use]
pub fn week_chart(name: &str, balance: &Balance, caption: Caption) -> Bars {
    let day = |day: &indicators::week::DayBalance| Bar {
        name: weekday::name(day.weekday).to_owned(),
        value: Some(day.supply),
        reference: Some(day.demand.value),
    };
    Bars {
        caption,
        style: Style::percentage(1, "of Monday to Friday"),
        name: format!("Appointments, {name}"),
        reference: Some("Requests (assumption)".to_owned()),
        heading: "Day".to_owned(),
        bars: balance.days.iter().map(day).collect(),
    }
}

/// The days of the week with intervals and what each lacks.
#[must_use]
pub fn week_table(balance: &Balance, caption: Caption) -> Table {
    let share = |heading: &str, key: &str| Column::number(heading, key, Style::percentage(1, ""));
    let calls = balance.calls.as_ref();
    let rows = balance.days.iter().enumerate().map(|(index, day)| {
        let called = calls.and_then(|calls| calls.shares.get(index).copied());
        let mut cells = vec![
            Cell::text(weekday::name(day.weekday)),
            Cell::value(day.appointments),
            Cell::value(day.supply),
            Cell::value(day.interval.lower),
            Cell::value(day.interval.upper),
            Cell::value(day.demand.value),
            Cell::text(format!(
                "{} to {}",
                plain(100.0 * day.demand.low, 1),
                plain(100.0 * day.demand.high, 1)
            )),
            Cell::value(day.lacking(balance.weekly)),
            Cell::text(standing(day.standing)),
        ];
        cells.extend(called.map(Cell::value));
        Row::new(cells)
    });
    let mut notes = assumptions().in_words();
    notes.extend(calls.map(calls_in_words));
    Table {
        caption,
        columns: [
            Column::text("Day", "day"),
            Column::number("Mean appointments", "appointments", Style::count("appointments")),
            share("Share of appointments", "supply_share"),
            share("Lower 95% limit", "lower"),
            share("Upper 95% limit", "upper"),
            share("Share of requests (assumption)", "demand_share"),
            Column::text("Range of that share, %", "demand_range"),
            Column::number("Appointments lacking a week", "lacking", Style::count("appointments")),
            Column::text("Standing", "standing"),
        ]
        .into_iter()
        .chain(calls.map(|_| share("Share of calls", "call_share")))
        .collect(),
        rows: rows.collect(),
        notes,
    }
}

/// What stands behind the calls of a week.
fn calls_in_words(calls: &CallWeek) -> String {
    format!(
        "Calls: {} a week from Monday to Friday to {} with cloud based telephony of their own, by {} from {} to {}; calls are \
         one way of asking among others, and some people call more than once.",
        plain(calls.weekly, 0),
        counted(calls.practices, "practice", "practices"),
        counted(calls.weeks, "whole week", "whole weeks"),
        calls.months.0.in_words(),
        calls.months.1.in_words()
    )
}

/// The busiest and the quietest month of the latest year, in numbers.
#[must_use]
pub fn season_sentence(name: &str, season: &Season) -> String {
    let month = |one: &OpenMonth| {
        let beside = 100.0 * (one.appointments / season.mean - 1.0);
        let side = if beside < 0.0 { "fewer" } else { "more" };
        let days = Period::Month(one.month).in_words();
        let held = plain(one.appointments, 0);
        format!(
            "{days} ({held} appointments an open day, {}% {side} than the mean month)",
            plain(beside.abs(), 1)
        )
    };
    format!(
        "In the twelve months to {} the busiest days of {name} were those of {}, the quietest those of {}.",
        Period::Month(season.months.1).in_words(),
        month(&season.busiest),
        month(&season.quietest)
    )
}

/// A mean open day of each month, a line a year: the latest three years.
#[must_use]
pub fn seasons_chart(months: &[OpenMonth], caption: Caption) -> Fan {
    let mut years: Vec<i16> = months.iter().map(|one| one.month.year).collect();
    years.dedup();
    let line = |year: &i16| {
        let point = |month: i8| {
            let found =
                months.iter().find(|one| (one.month.year, one.month.month) == (*year, month));
            found.map(|one| fan::Point { middle: one.appointments, range: None })
        };
        Line {
            name: year.to_string(),
            key: format!("y{year}"),
            points: (1..=12).map(point).collect(),
        }
    };
    let short = |month: i8| month_name(month).chars().take(3).collect();
    Fan {
        caption,
        style: Style::number(0, "appointments an open day"),
        heading: "Month".to_owned(),
        labels: (1..=12).map(short).collect(),
        lines: years.iter().skip(years.len().saturating_sub(3)).map(line).collect(),
    }
}

/// The locations of a place with what each weekday lacks, and who could share with whom.
#[must_use]
pub fn locations_table(locations: &[Location], partners: &[Partners], caption: Caption) -> Table {
    let name = |organisation: &Organisation| {
        locations
            .iter()
            .find(|location| location.organisation == *organisation)
            .map_or_else(|| organisation.code.clone(), |location| title_case(&location.name))
    };
    let rows = locations.iter().map(|location| {
        let balance = &location.balance;
        let mut cells = vec![
            linked(&location.name, &location.organisation),
            Cell::text(&location.organisation.code),
            Cell::value(balance.weekly),
        ];
        cells.extend(balance.days.iter().map(|day| Cell::value(day.lacking(balance.weekly))));
        cells.push(Cell::value(balance.moved_hours()));
        Row::new(cells)
    });
    let mut columns = vec![
        Column::text("Sub-ICB location", "name"),
        Column::text("Code", "code"),
        Column::number("Appointments a week", "weekly", Style::count("appointments")),
    ];
    columns.extend(indicators::monday::WEEKDAYS.map(|day| {
        let key = format!("lacking_{}", weekday::word(day));
        Column::number(&format!("{} lacks", weekday::name(day)), &key, Style::count("appointments"))
    }));
    columns.push(Column::number("Hours to move a week", "hours_to_move", Style::count("hours")));
    let notes = if partners.is_empty() {
        vec!["No two locations could share: none holds more than its share on a day on which another is short.".to_owned()]
    } else {
        let words = |pair: &Partners| {
            format!(
                "On {} {} could take {} appointments a week from {}.",
                weekday::name(pair.weekday),
                name(&pair.over),
                plain(pair.appointments, 0),
                name(&pair.short)
            )
        };
        partners.iter().map(words).collect()
    };
    Table { caption, columns, rows: rows.collect(), notes }
}

/// Which networks could even out most, in a sentence.
#[must_use]
pub fn sharing_sentence(networks: &[NetworkLoad]) -> Option<String> {
    let most = networks.iter().max_by(|a, b| a.hours().total_cmp(&b.hours()))?;
    let hours: f64 = networks.iter().map(NetworkLoad::hours).sum();
    Some(format!(
        "If every practice held as many appointments for its list as its network does, {} hours of appointments a week would \
         change hands in {}; most in {}, {} hours.",
        plain(hours, 0),
        counted(networks.len(), "network", "networks"),
        title_case(&most.name),
        plain(most.hours(), 0)
    ))
}

/// Practices within their networks.
#[must_use]
pub fn sharing_table(networks: &[NetworkLoad], caption: Caption) -> Table {
    let rows = networks.iter().flat_map(|network| {
        network.practices.iter().map(move |load| {
            Row::new(vec![
                linked(&load.name, &load.practice),
                Cell::text(&load.practice.code),
                linked(&network.name, &network.network),
                Cell::value(load.rate),
                Cell::value(network.rate),
                Cell::value(load.above),
                Cell::value(load.hours()),
            ])
        })
    });
    let left_out: Vec<String> = networks
        .iter()
        .filter(|network| !network.left_out.is_empty())
        .map(|network| {
            let names: Vec<String> = network.left_out.iter().map(|name| title_case(name)).collect();
            format!(
                "Left out of {}, because their recording cannot be compared: {}.",
                title_case(&network.name),
                names.join(", ")
            )
        })
        .collect();
    Table {
        caption,
        columns: vec![
            Column::text("Practice", "name"),
            Column::text("Code", "code"),
            Column::text("Primary care network", "network"),
            Column::number("Appointments per 1,000", "rate", Style::number(0, "")),
            Column::number("Network’s rate", "network_rate", Style::number(0, "")),
            Column::number(
                "Appointments a week above the network’s rate",
                "above",
                Style::count("appointments"),
            ),
            Column::number("Hours a week above", "hours_above", Style::number(1, "hours")),
        ],
        rows: rows.collect(),
        notes: left_out,
    }
}

/// Whether capacity is felt, first in words, then in numbers.
#[must_use]
pub fn felt_sentence(name: &str, felt: &Felt, capacity: &str, experience: &str) -> String {
    let relation = match felt.everywhere {
        Ok(figure) if figure.limits.lower > 0.0 => "go together",
        Ok(figure) if figure.limits.upper < 0.0 => "go opposite ways",
        _ => "do not go together",
    };
    let figure = felt.everywhere.as_ref().map_or_else(
        |reason| format!("no correlation: {reason}"),
        |figure| {
            format!(
                "rank correlation {} (95% interval {} to {})",
                plain(figure.value, 2),
                plain(figure.limits.lower, 2),
                plain(figure.limits.upper, 2)
            )
        },
    );
    let count = |gap| felt.pairs.iter().filter(|pair| pair.inside && pair.gap == Some(gap)).count();
    format!(
        "“{capacity}” and “{experience}” {relation} over {}: {figure}. In {name} {} in the top third by the first and the \
         bottom third by the second, and {} the other way round.",
        counted(felt.pairs.len(), "practice", "practices"),
        is_or_are(count(Gap::NotFelt)),
        is_or_are(count(Gap::FeltWithout)),
    )
}

fn is_or_are(count: usize) -> String {
    counted(count, "practice is", "practices are")
}

/// Capacity against experience, a point a practice.
#[must_use]
pub fn felt_chart(
    felt: &Felt,
    first: (String, Style),
    second: (String, Style),
    caption: Caption,
) -> Scatter {
    let point = |pair: &indicators::felt::Pair| Point {
        name: title_case(&pair.name),
        code: pair.practice.code.clone(),
        href: Some(address::to(&pair.practice)),
        first: pair.capacity,
        second: pair.experience,
        stand: match (pair.inside, pair.gap) {
            (false, _) => Stand::Outside,
            (true, Some(Gap::NotFelt)) => Stand::FirstHigh,
            (true, Some(Gap::FeltWithout)) => Stand::SecondHigh,
            (true, None) => Stand::Inside,
        },
    };
    Scatter {
        caption,
        first,
        second,
        words: vec![
            (Stand::FirstHigh, "Capacity that is not felt".to_owned()),
            (Stand::SecondHigh, "Good experience with little capacity".to_owned()),
            (Stand::Inside, "Other practices of the place".to_owned()),
            (Stand::Outside, "Practices elsewhere".to_owned()),
        ],
        points: felt.pairs.iter().map(point).collect(),
    }
}

/// Which practices have days with few hours of a doctor, in a sentence.
#[must_use]
pub fn hours_sentence(hours: &[Hours]) -> String {
    let thin: Vec<String> = hours
        .iter()
        .filter_map(|practice| {
            let days: Vec<&str> = practice.thin_days().into_iter().map(weekday::name).collect();
            (!days.is_empty())
                .then(|| format!("{} ({})", title_case(&practice.name), days.join(", ")))
        })
        .collect();
    let all = counted(hours.len(), "practice", "practices");
    if thin.is_empty() {
        return format!(
            "Of {all} with published hours none has a weekday with far fewer hours of a doctor than its others."
        );
    }
    format!(
        "Of {all} with published hours, these have a weekday with far fewer hours of a doctor than their others: {}.",
        thin.join("; ")
    )
}

/// Hours with a doctor by weekday.
#[must_use]
pub fn hours_table(hours: &[Hours], caption: Caption) -> Table {
    let rows = hours.iter().map(|practice| {
        let mut cells =
            vec![linked(&practice.name, &practice.practice), Cell::text(&practice.practice.code)];
        cells.extend(practice.hours.map(Cell::value));
        let days: Vec<&str> = practice.thin_days().into_iter().map(weekday::name).collect();
        cells.push(Cell::text(days.join(", ")));
        Row::new(cells)
    });
    let mut columns = vec![Column::text("Practice", "name"), Column::text("Code", "code")];
    columns.extend(indicators::monday::WEEKDAYS.map(|day| {
        Column::number(weekday::name(day), weekday::word(day), Style::number(1, "hours"))
    }));
    columns.push(Column::text("Thin days", "thin_days"));
    let note = "A day is thin with less than three fifths of the mean hours of the practice’s other weekdays (an assumption).";
    Table { caption, columns, rows: rows.collect(), notes: vec![note.to_owned()] }
}
