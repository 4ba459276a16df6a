//! Hospitals on the page of a place: waits for treatment, and emergency care by provider.

use crate::origin::{origin_of_table, sources_of_table};
use crate::place;
use crate::refusal::Refusal;
use evidence::Place;
use indicators::hospital::{emergency_providers, waits_by_treatment};
use kit::Caption;
use kit::Exhibit;
use vocab::Level;

use crate::context::Context;

/// Waits by area of treatment, for places that hold whole sub-ICB locations.
pub(super) fn waits(context: &Context, place: &Place) -> Result<Option<Exhibit>, Refusal> {
    let Some((period, waits)) = waits_by_treatment(context.evidence(), place)? else {
        return Ok(None);
    };
    let caption = Caption {
        id: "waits".to_owned(),
        title: format!(
            "Waits for treatment by consultants’ teams in {}, {}",
            place.name,
            period.in_words()
        ),
        description: "Pathways that wait at the end of the month, by area of treatment.".to_owned(),
        source: sources_of_table(context, "referral_wait", period),
        run: context.run().to_owned(),
    };
    let reading = "Most pathways first. The standard is that 92% wait 18 weeks or less.";
    let table = place::waits(&waits, caption);
    let origin = Some(origin_of_table("referral_wait", period));
    Ok(Some(Exhibit::table("waits", "Waits for hospital treatment", reading, table).origin(origin)))
}

/// Emergency care by provider, for one integrated care board.
pub(super) fn emergency(context: &Context, place: &Place) -> Result<Option<Exhibit>, Refusal> {
    let Some((Level::Icb, board)) = place.single() else { return Ok(None) };
    let Some(found) = emergency_providers(context.evidence(), board)? else {
        return Ok(None);
    };
    if found.providers.is_empty() {
        return Ok(None);
    }
    let period = found.period;
    let caption = Caption {
        id: "emergency".to_owned(),
        title: format!(
            "Emergency departments and other walk-in care of {}, {}",
            place.name,
            period.in_words()
        ),
        description: "Attendances at each provider that is counted to the board.".to_owned(),
        source: sources_of_table(context, "urgent", period),
        run: context.run().to_owned(),
    };
    let reading =
        "Most attendances first. Over four hours from arrival to admission, transfer or discharge.";
    let table = place::emergency(&found, caption);
    let origin = Some(origin_of_table("urgent", period));
    Ok(Some(
        Exhibit::table("emergency", "Emergency care by provider", reading, table).origin(origin),
    ))
}
