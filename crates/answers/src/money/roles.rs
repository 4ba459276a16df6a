//! The additional roles of a place in words.

use models::money::{DrawDown, Pence, PlaceMoney, RoleInPost, RolesOfPlace, Rules, Where};
use vocab::FinancialYear;

use super::{of_year, pounds, share};
use kit::number::{Style, capitalise, counted, in_words, plain};

/// Roles named in a sentence.
const NAMED: usize = 4;

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
    sentences.extend(rates_of_roles(roles));
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
            "Staff in post today draw {paid} of {entitled} {stay}, and {} ({}) is lost, less where others employ staff for a network that its return does not name.",
            pounds(lost),
            share(part)
        );
    }
    format!(
        "Staff in post today whose ceiling was read draw {paid} of {entitled} {stay}. Whether anything is lost cannot be told: {}.{}",
        cannot_tell(roles),
        average_needed(roles)
    )
}

/// Why nobody can tell what is lost.
fn cannot_tell(roles: &RolesOfPlace) -> String {
    let open = roles.open_roles();
    let ranged: Vec<RoleInPost> =
        roles.drawing().into_iter().filter(RoleInPost::has_range).collect();
    let in_post: f64 = roles.drawing().iter().map(|one| one.fte).sum();
    let of_these = |roles: &[RoleInPost]| {
        let fte: f64 = roles.iter().map(|one| one.fte).sum();
        format!(
            "{} ({}; {} of {} full-time equivalents)",
            counted(roles.len(), "role", "roles"),
            names(roles),
            plain(fte, 1),
            plain(in_post, 1)
        )
    };
    let unread = (!open.is_empty())
        .then(|| format!("no ceiling was read for all of the year for {}", of_these(&open)));
    let range = (!ranged.is_empty())
        .then(|| format!("more than one ceiling may apply to {}", of_these(&ranged)));
    let why: Vec<String> = unread.into_iter().chain(range).collect();
    if why.is_empty() { "networks differ in what is known".to_owned() } else { why.join(", and ") }
}

/// What each of those without a ceiling would have to bring in.
fn average_needed(roles: &RolesOfPlace) -> String {
    roles.without_ceiling().map_or_else(String::new, |(_, each)| {
        format!(
            " All is drawn if each full-time equivalent without a ceiling brings in {} or more on average.",
            Style::pounds(0, "").figure(each)
        )
    })
}

/// The largest of some roles.
fn names(roles: &[RoleInPost]) -> String {
    let mut roles: Vec<&RoleInPost> = roles.iter().collect();
    roles.sort_by(|a, b| b.fte.total_cmp(&a.fte));
    let more = if roles.len() > NAMED { " and others" } else { "" };
    let names: Vec<&str> = roles.iter().take(NAMED).map(|one| one.role.people()).collect();
    format!("{}{more}", names.join(", "))
}

/// Whether the rates of additional roles hold the pay award of the year, and where their staff are paid more.
fn rates_of_roles(roles: &RolesOfPlace) -> Option<String> {
    let award = Rules::of(roles.year)?.ceilings_award.as_ref()?;
    let london = roles.networks.iter().filter(|one| one.at == Where::London).count();
    let there = if london == 0 {
        String::new()
    } else {
        format!(
            " {} in London: the ceilings of outer and inner London are taken as the lowest and the highest that may apply, and a role whose ceilings there were not read has none.",
            capitalise(&format!(
                "{} {}",
                counted(london, "network", "networks"),
                if london == 1 { "is" } else { "are" }
            ))
        )
    };
    Some(format!("Ceilings of {}: {award}.{there}", of_year(roles.year)))
}

/// What is drawn, as a heading: the least where staff in post are in roles without a ceiling.
#[must_use]
pub fn drawn_heading(roles: &RolesOfPlace) -> &'static str {
    roles.without_ceiling().map_or("Drawn", |_| "Drawn at least")
}
