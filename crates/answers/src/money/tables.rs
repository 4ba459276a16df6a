//! The money of a place in tables.

use models::money::{
    Amount, BesidePaid, DrawDown, NetworkRoles, Pence, PlaceMoney, RateInYear, RoleInPost,
    RolesOfPlace,
};
use vocab::FinancialYear;

use super::{drawn_heading, of_year};
use kit::caption::Caption;
use kit::number::{Style, capitalise};
use kit::table::{Cell, Column, Row, Table};
use kit::text::title_case;

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
    rows.extend(roles.networks.iter().map(|network| Row::new(network_cells(network))));
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
            "In post: full-time equivalents that the network returned. What those draw whose ceiling was not read is not known, and of those to whom more than one may apply the lowest is taken: drawn is then the least, and lost is not known unless all is drawn. Staff whom others employ for a network may be missing from its return: more is then drawn and less lost. Patients of practices in no network are in no network’s sum.".to_owned(),
        ],
    }
}

fn network_cells(network: &NetworkRoles) -> Vec<Cell> {
    let staff = network.in_post.as_ref();
    let fte = |keep: &dyn Fn(&RoleInPost) -> bool| {
        staff.map(|staff| staff.iter().filter(|one| keep(one)).map(|one| one.fte).sum::<f64>())
    };
    let drawn = |of: fn(&DrawDown) -> Option<Pence>| {
        Cell::maybe(network.year.as_ref().and_then(of).map(Pence::pounds))
    };
    vec![
        Cell::text(title_case(&network.name)),
        Cell::text(&network.code),
        Cell::value(network.share),
        Cell::maybe(network.entitlement.known().map(Pence::pounds)),
        Cell::maybe(fte(&|_| true)),
        Cell::maybe(fte(&RoleInPost::is_open)),
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
            Cell::maybe(one.ceiling.map(|ceiling| ceiling.least)),
            Cell::limit(one.ceiling.filter(|one| one.most > one.least).map(|one| one.most)),
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
            Column::number("or up to", "ceiling_most_pounds", Style::pounds(0, "")),
            Column::number("Claim of a year", "claim_pounds", Style::pounds(0, "")),
            Column::text("Why not known", "why"),
        ],
        rows: roles.by_role().into_iter().map(row).collect(),
        notes: vec!["Full-time equivalents in post at the place’s networks, each with its share here; the claim stands before a network’s sum is looked at. Where more than one ceiling may apply (nurses new to general practice or experienced; outer or inner London) the claim is that of the lowest. The ceiling shown is that at the end of the year.".to_owned()],
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
            Cell::maybe(practice.list),
            Cell::maybe(practice.weighted.map(|weighed| weighed.patients)),
            Cell::text(basis),
            Cell::text(practice.contract.as_deref().unwrap_or("not known")),
            Cell::maybe(practice.global_sum.known().map(Pence::pounds)),
            Cell::maybe(practice.net().map(Pence::pounds)),
            Cell::maybe(practice.paid.map(|paid| paid.core().pounds())),
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
            money_column("after nights and weekends", "global_sum_net_pounds"),
            money_column("Paid for core work", "core_paid_pounds"),
            Column::number(&in_year("Quality points", of_quality), "quality_points", Style::number(1, "")),
            money_column("What they pay", "quality_pounds"),
            money_column(&in_year("Quality payments made", of_quality), "quality_paid_pounds"),
        ],
        rows: money.practices.iter().map(row).collect(),
        notes: vec![
            "The contract is that of the payments of the year, else of the latest that name it. Paid for core work: global sum, correction factor and balance of personal medical services by the payments of the year, where they are imported. The global sum is paid to GMS contracts alone: what a PMS or APMS contract pays is agreed with the commissioner and not worked out here.".to_owned(),
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

/// Contract by contract: what the rules come to beside what the payments of the year say was paid.
#[must_use]
pub fn paid_table(caption: Caption, beside: &[BesidePaid]) -> Table {
    let row = |one: &BesidePaid| {
        let contract = match one.contract.as_str() {
            "other" => "of another kind",
            _ if one.has_personal => "GMS with a balance of personal medical services",
            word => word,
        };
        let paid = |pence: Pence| Cell::value(pence.pounds());
        Row::new(vec![
            Cell::text(capitalise(contract)),
            Cell::value(one.practices as f64),
            Cell::value(one.weighted),
            Cell::maybe(one.reckoned.map(Pence::pounds)),
            paid(one.paid.core()),
            Cell::limit(one.above()),
            paid(one.paid.global_sum),
            paid(one.paid.correction),
            paid(one.paid.personal),
            paid(one.paid.participation),
        ])
    };
    let money = |heading: &str, key: &str| Column::number(heading, key, Style::pounds(0, ""));
    Table {
        caption,
        columns: vec![
            Column::text("Contract", "contract"),
            Column::number("Practices", "practices", Style::count("")),
            Column::number("Weighted patients", "weighted_patients", Style::count("")),
            money("By the rules", "reckoned_pounds"),
            money("Paid", "core_paid_pounds"),
            Column::number("Rules above paid", "above_share", Style::percentage(1, "")),
            money("Global sum", "global_sum_paid_pounds"),
            money("Correction factor", "correction_paid_pounds"),
            money("Balance of personal medical services", "personal_paid_pounds"),
            money("Network participation", "participation_paid_pounds"),
        ],
        rows: beside.iter().map(row).collect(),
        notes: vec![
            "By the rules: the global sum of the average weighted list that the payments print, less what is taken off for nights and weekends, with what is added in London. Paid: global sum, correction factor and balance of personal medical services. Only GMS contracts are paid by the rule; what the others are paid is agreed with their commissioner.".to_owned(),
            "The contract is the one that the payments print at the end of the year: a practice that changed its contract has lines of both.".to_owned(),
        ],
    }
}
