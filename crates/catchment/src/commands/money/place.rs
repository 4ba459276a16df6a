//! The money of a place: the money page of the site on the command line.

use answers::money as words;
use anyhow::Context;
use evidence::Belonging;
use models::money::{
    Amount, BesidePaid, Pence, PlaceMoney, PracticeMoney, QualityYear, RoleInPost, RolesOfPlace,
    Rules, financial_year,
};
use models::parameters::Parameters;
use models::place::Base;
use vocab::{Month, Period};

use super::{ShowMoney, in_prices_of, json as lines, say_lines};
use crate::commands::{Common, place_of};
use crate::outcome::Outcome;

impl ShowMoney {
    /// Shows the money of a place.
    pub(super) fn of_place(&self, common: &Common, place: &str) -> anyhow::Result<Outcome> {
        let study = common.study()?;
        let evidence = study.evidence();
        let place = place_of(&study, place)?;
        let base = Base::of(evidence, &place, &Parameters::embedded().values(0, 0))?;
        let lists = Period::FinancialYear(financial_year(Month::of(base.day))).to_string();
        let rules = Self::rules(self.year.as_deref().unwrap_or(&lists))?;
        let year = vocab::FinancialYear::parse(&rules.financial_year)
            .context("the year of the rules is a financial year")?;
        let weighted = study.weighted_lists(&place);
        let money =
            PlaceMoney::of(evidence, (&place, &base), weighted.as_ref(), (year, self.settled()))?;
        let money = money.context("the year has rules")?;
        if common.json {
            let mut answer = json(rules, &money);
            answer["belonging"] = place.belonging(Belonging::Stand).into();
            say!("{answer:#}");
            return Ok(Outcome::Done);
        }
        say!(
            "Reckoned with the rules of {}. {} {}",
            rules.financial_year,
            words::settled_in_words(money.settled),
            words::lists_sentence(&money)
        );
        say!("{}, {}: practices", place.name, rules.financial_year);
        say_lines(&money.to_practices);
        say!("networks");
        say_lines(&money.to_networks);
        if let Some(prices) = &self.prices_of {
            let sums = [money.to_practices.known(), money.to_networks.known()];
            if let Some(all) = sums.into_iter().flatten().reduce(|sum, one| sum + one) {
                say!("what is known of practices and networks together");
                say!("{:>16}  in cash", all.to_string());
                say!("{}", in_prices_of(rules, prices, all)?);
            }
        }
        say!("{}", words::contracts_sentence(&money));
        for sentence in words::award_sentence(&money).iter().chain(&words::paid_sentences(&money)) {
            say!("{sentence}");
        }
        say!("{}", words::weighted_sentence(&money));
        for sentence in words::roles_sentences(&money) {
            say!("{sentence}");
        }
        if let Some(roles) = &money.roles {
            say_roles(roles);
        }
        say!("{}", words::quality_sentence(money.quality.as_ref()));
        say!("{}", words::beds_sentence(&money));
        for line in money.to_practices.left_out().iter().chain(&money.to_networks.left_out()) {
            say!("left out: {line}");
        }
        for note in &rules.notes {
            say!("note: {note}");
        }
        if let Some(counts) = place.counts(Belonging::Stand) {
            say!("{counts}");
        }
        Ok(Outcome::Done)
    }
}

/// Network by network, then role by role.
fn say_roles(roles: &RolesOfPlace) {
    let drawn = words::drawn_heading(roles);
    say!("{:>16} {drawn:>16} {:>16}", "May claim", "Lost");
    let not_known = || "not known".to_owned();
    for network in &roles.networks {
        let year = network.year.as_ref();
        say!(
            "{:>16} {:>16} {:>16}  {} {}{}",
            network.entitlement.known().map_or_else(not_known, |pence| pence.to_string()),
            year.map_or_else(not_known, |year| year.paid.to_string()),
            year.and_then(|year| year.lost).map_or_else(not_known, |pence| pence.to_string()),
            network.code,
            network.name,
            if network.share < 1.0 {
                format!(
                    " (the whole of it; {:.0}% of its patients are here)",
                    100.0 * network.share
                )
            } else {
                String::new()
            }
        );
    }
    for one in roles.by_role() {
        match &one.claim {
            Amount::Known(pence) => say!(
                "{:>16}  for {:.1} {} in a year",
                pence.to_string(),
                one.fte,
                one.role.people()
            ),
            Amount::Unknown(why) => {
                say!("{:>16}  for {:.1} {}: {why}", "not known", one.fte, one.role.people());
            }
        }
    }
}

fn json(rules: &Rules, money: &PlaceMoney) -> serde_json::Value {
    serde_json::json!({
        "year": rules.financial_year,
        "list": money.list(),
        "weighted": money.weighted(),
        "weighted_estimated_practices": money.estimated(),
        "lists": words::lists_sentence(money),
        "beside_paid": money.beside_paid().iter().map(beside_json).collect::<Vec<_>>(),
        "gone": money.gone.map(|(practices, paid)| {
            serde_json::json!({ "practices": practices, "core_paid_pounds": paid.pounds() })
        }),
        "to_practices": lines(rules, &money.to_practices),
        "to_networks": lines(rules, &money.to_networks),
        "practices": money.practices.iter().map(practice_json).collect::<Vec<_>>(),
        "additional_roles": money.roles.as_ref().map(roles_json),
        "quality": money.quality.as_ref().map(quality_json),
    })
}

fn beside_json(one: &BesidePaid) -> serde_json::Value {
    serde_json::json!({
        "contract": one.contract, "has_personal": one.has_personal, "practices": one.practices,
        "weighted": one.weighted, "reckoned_pounds": one.reckoned.map(Pence::pounds),
        "core_paid_pounds": one.paid.core().pounds(), "above_share": one.above(),
        "global_sum_paid_pounds": one.paid.global_sum.pounds(),
        "correction_paid_pounds": one.paid.correction.pounds(),
        "personal_paid_pounds": one.paid.personal.pounds(),
        "participation_paid_pounds": one.paid.participation.pounds(),
    })
}

fn practice_json(practice: &PracticeMoney) -> serde_json::Value {
    let why = match &practice.global_sum {
        Amount::Known(_) => None,
        Amount::Unknown(why) => Some(why),
    };
    serde_json::json!({
        "practice": practice.code, "contract": practice.contract,
        "weighted": practice.weighted.map(|one| one.patients),
        "global_sum_pounds": known(&practice.global_sum),
        "out_of_hours_pounds": known(&practice.out_of_hours),
        "london_pounds": practice.london.as_ref().and_then(known),
        "global_sum_net_pounds": practice.net().map(Pence::pounds),
        "core_paid_pounds": practice.paid.map(|paid| paid.core().pounds()),
        "not_known_because": why,
    })
}

fn known(amount: &Amount) -> Option<f64> {
    amount.known().map(Pence::pounds)
}

fn roles_json(roles: &RolesOfPlace) -> serde_json::Value {
    let total = roles.total();
    let is_known = roles.networks.iter().any(|network| network.year.is_some());
    let in_post = |one: &RoleInPost| {
        serde_json::json!({
            "role": one.role.as_str(), "fte": one.fte, "ceiling_pounds": one.ceiling.map(|ceiling| ceiling.least),
            "ceiling_most_pounds": one.ceiling.map(|ceiling| ceiling.most),
            "claim_pounds": known(&one.claim), "claim_most_pounds": one.most.map(Pence::pounds),
        })
    };
    let networks = roles.networks.iter().map(|network| {
        let year = network.year.as_ref();
        serde_json::json!({
            "network": network.code, "name": network.name, "share_here": network.share,
            "entitlement_pounds": known(&network.entitlement),
            "drawn_pounds": year.map(|year| year.paid.pounds()),
            "above_pounds": year.map(|year| year.above_entitlement.pounds()),
            "lost_pounds": year.and_then(|year| year.lost).map(Pence::pounds),
            "left_out": year.map(|year| &year.left_out),
            "in_post": network.in_post.as_ref().map(|staff| staff.iter().map(in_post).collect::<Vec<_>>()),
        })
    });
    serde_json::json!({
        "year": Period::FinancialYear(roles.year).to_string(),
        "entitlement_pounds": roles.entitlement().pounds(),
        "drawn_pounds": is_known.then(|| total.paid.pounds()),
        "lost_pounds": total.lost.filter(|_| is_known).map(Pence::pounds),
        "share_lost": total.share_lost(),
        "fte_without_ceiling": roles.without_ceiling().map(|(fte, _)| fte),
        "roles": roles.by_role().iter().map(in_post).collect::<Vec<_>>(),
        "networks": networks.collect::<Vec<_>>(),
    })
}

fn quality_json(quality: &QualityYear) -> serde_json::Value {
    let practices = quality.practices.iter().map(|(code, one)| {
        serde_json::json!({
            "practice": code, "points": one.points, "pounds": known(&one.payment),
            "paid_pounds": one.paid.map(Pence::pounds),
        })
    });
    serde_json::json!({
        "year": Period::FinancialYear(quality.year).to_string(),
        "pounds": quality.known().pounds(),
        "practices": practices.collect::<Vec<_>>(),
    })
}
