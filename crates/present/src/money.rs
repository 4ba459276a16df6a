//! The money of a place in words and tables: additional roles, quality payments, weighted lists, rates in real terms.

use models::money::{
    Amount, DrawDown, NetworkRoles, Pence, PlaceMoney, QualityYear, RateInYear, RoleInPost,
    RolesOfPlace, Statement, Tag,
};
use vocab::{FinancialYear, Period};

use crate::caption::Caption;
use crate::number::{Style, capitalise, counted, in_words, plain};
use crate::table::{Cell, Column, Row, Table};
use crate::text::title_case;

/// Roles named in a sentence.
const NAMED: usize = 4;

fn pounds(pence: Pence) -> String {
    Style::pounds(0, "").figure(pence.pounds())
}

fn share(part: f64) -> String {
    Style::percentage(1, "").figure(part)
}

fn of_year(year: FinancialYear) -> String {
    Period::FinancialYear(year).in_words()
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

/// What the networks may claim for additional roles, what staff in post draw of it and what is lost.
#[must_use]
pub fn roles_sentences(money: &PlaceMoney) -> Vec<String> {
    let Some(roles) = &money.roles else {
        return vec![format!(
            "What networks may claim for additional roles in {} is not known: no rate was read for it or for a year before it.",
            of_year(money.year)
        )];
    };
    let mut sentences = vec![entitlement(money.year, roles)];
    let total = roles.total();
    if roles.networks.iter().any(|network| network.year.is_some()) {
        sentences.push(drawn(roles, &total));
    } else if !roles.by_role().is_empty() {
        sentences.push(format!(
            "What staff in post draw of it is not known: the ceilings of their roles in {} were not read.",
            of_year(roles.year)
        ));
    }
    if total.above_entitlement > Pence(0) {
        sentences.push(format!(
            "Claims of {} lie above the sum of a network, which pays them itself.",
            pounds(total.above_entitlement)
        ));
    }
    let without = roles.without_return();
    if !without.is_empty() {
        sentences.push(format!(
            "Of {}, {} returned no staff: what is drawn there is not known and not in these figures.",
            counted(roles.networks.len(), "network", "networks"),
            in_words(without.len())
        ));
    }
    sentences
}

fn entitlement(asked: FinancialYear, roles: &RolesOfPlace) -> String {
    let may = format!(
        "For additional roles the networks may claim {} in {}",
        pounds(roles.entitlement()),
        of_year(roles.year)
    );
    let only = "only for staff in post; what is not drawn by the end of the year is lost";
    if roles.year == asked {
        format!("{may}, {only}.")
    } else {
        format!(
            "{may}, the last year whose rate was read (that of {} was not), {only}.",
            of_year(asked)
        )
    }
}

fn drawn(roles: &RolesOfPlace, total: &DrawDown) -> String {
    let (paid, entitled) = (pounds(total.paid), pounds(total.entitlement));
    let stay = "in a year if nobody comes or goes and each costs the ceiling of the role";
    if let Some((lost, part)) = total.lost.zip(total.share_lost()) {
        return format!(
            "Staff in post today draw {paid} of {entitled} {stay}, and {} ({}) is lost.",
            pounds(lost),
            share(part)
        );
    }
    let Some((fte, each)) = roles.without_ceiling() else {
        return format!("Staff in post today draw {paid} of {entitled} {stay}.");
    };
    let in_post: f64 = roles.by_role().iter().map(|one| one.fte).sum();
    format!(
        "Staff whose ceiling was read draw {paid} of {entitled} {stay}. What {} of the {} full-time equivalents in post draw is not known, nor whether anything is lost: the ceilings of their roles ({}) were not read. All is drawn if each of them brings in {} or more on average.",
        plain(fte, 1),
        plain(in_post, 1),
        open_roles(roles),
        Style::pounds(0, "").figure(each),
    )
}

/// The largest roles whose ceiling was not read.
fn open_roles(roles: &RolesOfPlace) -> String {
    let rules = models::money::Rules::of(roles.year);
    let pays = |one: &RoleInPost| rules.is_some_and(|rules| rules.pays_for(one.role));
    let mut open: Vec<RoleInPost> = roles.by_role();
    open.retain(|one| one.ceiling.is_none() && pays(one));
    open.sort_by(|a, b| b.fte.total_cmp(&a.fte));
    let more = if open.len() > NAMED { " and others" } else { "" };
    let names: Vec<&str> = open.iter().take(NAMED).map(|one| one.role.people()).collect();
    format!("{}{more}", names.join(", "))
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

/// What is drawn, as a heading: the least where staff in post are in roles without a ceiling.
#[must_use]
pub fn drawn_heading(roles: &RolesOfPlace) -> &'static str {
    roles.without_ceiling().map_or("Drawn", |_| "Drawn at least")
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

/// What the practices are paid by rule, contract by contract.
#[must_use]
pub fn contracts_sentence(money: &PlaceMoney) -> String {
    let by_contract = money.by_contract();
    let all = counted(money.practices.len(), "practice", "practices");
    let paid = by_contract.get(&Some("GMS")).map_or_else(
        || format!("None of {all} is known to hold a general medical services contract, which alone is paid the global sum."),
        |(practices, weighted)| {
            let known = money.to_practices.known().map_or_else(
                || "what it comes to is not known".to_owned(),
                |sum| format!("it comes to {}", pounds(sum)),
            );
            format!(
                "The global sum is paid to practices with a general medical services (GMS) contract: {} of {} here, with {} weighted patients; {known}.",
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

/// Network by network: entitlement, what is drawn, what is lost.
#[must_use]
pub fn networks_table(caption: Caption, roles: &RolesOfPlace) -> Table {
    let drawn = drawn_heading(roles);
    let money = |heading: &str, key: &str| Column::number(heading, key, Style::pounds(0, ""));
    let total = roles.total();
    let is_known = roles.networks.iter().any(|network| network.year.is_some());
    let here = |pence: Option<Pence>| Cell::maybe(pence.filter(|_| is_known).map(Pence::pounds));
    let fte: f64 = roles.by_role().iter().map(|one| one.fte).sum();
    let all = vec![
        Cell::text("All, the place’s share"),
        Cell::Empty,
        Cell::Empty,
        Cell::value(roles.entitlement().pounds()),
        Cell::value(fte),
        Cell::limit(roles.without_ceiling().map(|(fte, _)| fte)),
        here(Some(total.paid)),
        here(Some(total.above_entitlement)),
        here(total.lost),
        Cell::maybe(total.share_lost()),
    ];
    let mut rows = vec![Row::pinned(all)];
    rows.extend(roles.networks.iter().map(|network| Row::new(network_cells(roles.year, network))));
    Table {
        caption,
        columns: vec![
            Column::text("Network", "network"),
            Column::text("Code", "code").download_only(),
            Column::number("Of its patients here", "share_here", Style::percentage(0, "")),
            money("May claim", "entitlement_pounds"),
            Column::number("In post", "in_post_fte", Style::number(1, "")),
            Column::number("of them without a ceiling", "no_ceiling_fte", Style::number(1, "")),
            money(drawn, "drawn_pounds"),
            money("Above the sum", "above_pounds"),
            money("Lost", "lost_pounds"),
            Column::number("Lost, share", "lost_share", Style::percentage(1, "")),
        ],
        rows,
        notes: vec![
            "May claim: the network’s weighted list times the rate. Drawn: staff in post today for twelve months at the ceiling of their role, at most what the network may claim; salaries below the ceiling draw less.".to_owned(),
            "In post: full-time equivalents that the network returned. What those draw whose ceiling was not read is not known, so drawn is then the least, and lost is not known unless the sum is drawn without them. Patients of practices in no network are in no network’s sum.".to_owned(),
        ],
    }
}

fn network_cells(year: FinancialYear, network: &NetworkRoles) -> Vec<Cell> {
    let rules = models::money::Rules::of(year);
    let staff = network.in_post.as_ref();
    let fte = |keep: &dyn Fn(&RoleInPost) -> bool| {
        staff.map(|staff| staff.iter().filter(|one| keep(one)).map(|one| one.fte).sum::<f64>())
    };
    let pays = |one: &RoleInPost| rules.is_some_and(|rules| rules.pays_for(one.role));
    let drawn = |of: fn(&DrawDown) -> Option<Pence>| {
        Cell::maybe(network.year.as_ref().and_then(of).map(Pence::pounds))
    };
    vec![
        Cell::text(title_case(&network.name)),
        Cell::text(&network.code),
        Cell::value(network.share),
        Cell::maybe(network.entitlement.known().map(Pence::pounds)),
        Cell::maybe(fte(&|_| true)),
        Cell::maybe(fte(&|one| one.ceiling.is_none() && pays(one))),
        drawn(|year| Some(year.paid)),
        drawn(|year| Some(year.above_entitlement)),
        drawn(|year| year.lost),
        Cell::maybe(network.year.as_ref().and_then(DrawDown::share_lost)),
    ]
}

/// Role by role: who is in post in the place's networks, the ceiling and what they draw.
#[must_use]
pub fn roles_table(caption: Caption, roles: &RolesOfPlace) -> Table {
    let row = |one: RoleInPost| {
        let why = match &one.claim {
            Amount::Known(_) => String::new(),
            Amount::Unknown(why) => capitalise(why),
        };
        Row::new(vec![
            Cell::text(capitalise(one.role.people())),
            Cell::value(one.fte),
            Cell::maybe(one.ceiling),
            Cell::maybe(one.claim.known().map(Pence::pounds)),
            Cell::text(why),
        ])
    };
    Table {
        caption,
        columns: vec![
            Column::text("Role", "role"),
            Column::number("In post", "in_post_fte", Style::number(1, "")),
            Column::number("Ceiling of one a year", "ceiling_pounds", Style::pounds(0, "")),
            Column::number("Claim of a year", "claim_pounds", Style::pounds(0, "")),
            Column::text("Why not known", "why"),
        ],
        rows: roles.by_role().into_iter().map(row).collect(),
        notes: vec!["Full-time equivalents in post at the place’s networks, each with its share here; the claim stands before a network’s sum is looked at.".to_owned()],
    }
}

/// Practice by practice: list, weighted list, global sum, quality points and what they pay.
#[must_use]
pub fn practices_table(caption: Caption, money: &PlaceMoney) -> Table {
    let money_column =
        |heading: &str, key: &str| Column::number(heading, key, Style::pounds(0, ""));
    let quality = money.quality.as_ref();
    let row = |practice: &models::money::PracticeMoney| {
        let points = quality.and_then(|quality| quality.practices.get(&practice.code));
        let basis = match practice.weighted {
            Some(weighed) if weighed.published => "published",
            Some(_) => "estimate from ages",
            None => "",
        };
        Row::new(vec![
            Cell::text(title_case(&practice.name)),
            Cell::text(&practice.code),
            Cell::value(practice.list),
            Cell::maybe(practice.weighted.map(|weighed| weighed.patients)),
            Cell::text(basis),
            Cell::text(practice.contract.as_deref().unwrap_or("not known")),
            Cell::maybe(practice.global_sum.known().map(Pence::pounds)),
            Cell::maybe(points.map(|one| one.points)),
            Cell::maybe(points.and_then(|one| one.payment.known()).map(Pence::pounds)),
            Cell::maybe(points.and_then(|one| one.paid).map(Pence::pounds)),
        ])
    };
    let in_year = |what: &str, year: Option<FinancialYear>| {
        year.map_or_else(|| what.to_owned(), |year| format!("{what}, {}", of_year(year)))
    };
    let of_quality = quality.map(|quality| quality.year);
    Table {
        caption,
        columns: vec![
            Column::text("Practice", "practice"),
            Column::text("Code", "code"),
            Column::number("Patients", "patients", Style::count("")),
            Column::number("Weighted list", "weighted_patients", Style::count("")),
            Column::text("which is", "weighted_is"),
            Column::text("Contract", "contract"),
            money_column(&in_year("Global sum", Some(money.year)), "global_sum_pounds"),
            Column::number(&in_year("Quality points", of_quality), "quality_points", Style::number(1, "")),
            money_column("What they pay", "quality_pounds"),
            money_column(&in_year("Quality payments made", of_quality), "quality_paid_pounds"),
        ],
        rows: money.practices.iter().map(row).collect(),
        notes: vec![
            "The contract is that of the latest payments that name it. The global sum is paid to GMS contracts alone: what a PMS or APMS contract pays is agreed with the commissioner and not worked out here.".to_owned(),
            "What points pay: points times the value of a point times the list over England’s average list, before points are weighted by prevalence. Payments made in a year hold advances of the year and what is settled of the year before.".to_owned(),
        ],
    }
}

/// Rates of every year in cash and in the prices of one year.
#[must_use]
pub fn rates_table(caption: Caption, prices_of: FinancialYear, rates: &[RateInYear]) -> Table {
    let row = |rate: &RateInYear| {
        Row::new(vec![
            Cell::text(&rate.line),
            Cell::text(of_year(rate.year)),
            Cell::maybe(rate.cash),
            Cell::maybe(rate.real),
            Cell::limit(rate.change),
        ])
    };
    let in_prices = format!("In prices of {}", of_year(prices_of));
    Table {
        caption,
        columns: vec![
            Column::text("Line", "line"),
            Column::text("Financial year", "year"),
            Column::number("Pounds of the year", "pounds", Style::pounds(2, "")),
            Column::number(&in_prices, "pounds_real", Style::pounds(2, "")),
            Column::number("Real change on the year before", "real_change", Style::percentage(1, "")),
        ],
        rows: rates.iter().map(row).collect(),
        notes: vec!["Each rate is for one of what its line is paid by: patients, weighted patients, beds or points. A rate that was not read is empty, and so is the change of the year after it. Years that the growth of prices does not cover have cash only. Rates as announced before the year: a pay award within a year shows in the next.".to_owned()],
    }
}
