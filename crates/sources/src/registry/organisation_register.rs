//! The register of practices (epraccur): every prescribing organisation of England and Wales, open or closed.
//!
//! The file has no header and only some two fifths of its rows are general practices. In 2026 its values changed without
//! notice: status `A` became `ACTIVE`, setting `4` became `RO76`, and several roles may stand in one cell.

use std::collections::BTreeSet;

use evidence::tables;
use vocab::Period;
use vocab::codes::PracticeCode;

use crate::edition;
use crate::headerless;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;
use crate::value;
use crate::waiting::Waiting;

/// The register of practices.
pub static SOURCE: Source = Source {
    id: "organisation_register",
    title: "Organisation Data Service: GP practices (epraccur)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "Every prescribing organisation, open or closed, with its commissioner. The edition's date is not in the file: its archive tells it, else the latest event in it, a proposed practice apart.",
    writes: &[&tables::PRACTICE],
    recognise,
    read,
};

/// Columns of the file, by position: it has no header.
pub(super) mod column {
    pub const CODE: usize = 0;
    pub const NAME: usize = 1;
    pub const REGION: usize = 2;
    pub const ICB: usize = 3;
    pub const ADDRESS: std::ops::Range<usize> = 4..9;
    pub const POSTCODE: usize = 9;
    pub const OPENED: usize = 10;
    pub const CLOSED: usize = 11;
    pub const STATUS: usize = 12;
    pub const COMMISSIONER: usize = 14;
    pub const JOINED: usize = 15;
    pub const SETTING: usize = 25;
    pub const ALL: usize = 27;
}

fn recognise(sample: &Sample) -> Option<Match> {
    headerless::recognise(sample, column::ALL, |row| {
        PracticeCode::is_valid(row[column::CODE]) && status(row[column::STATUS]).is_some()
    })
}

fn status(text: &str) -> Option<&'static str> {
    match text.trim().to_ascii_uppercase().as_str() {
        "A" | "ACTIVE" => Some("active"),
        "C" | "INACTIVE" => Some("inactive"),
        "D" | "DORMANT" => Some("dormant"),
        "P" | "PROPOSED" => Some("proposed"),
        _ => None,
    }
}

/// Whether an organisation is a general practice, by its prescribing setting (0 to 25) or the roles that replaced it (a
/// number below 400); nothing where none of its codes is known.
fn setting(text: &str) -> Option<&'static str> {
    let mut roles = text.split('|').map(str::trim);
    if roles.clone().any(|role| matches!(role, "4" | "RO76")) {
        return Some("general_practice");
    }
    let below = |number: &str, end: u32| number.parse::<u32>().is_ok_and(|number| number < end);
    let known = |role: &str| match role.strip_prefix("RO") {
        Some(number) => below(number, 400),
        None => role.is_empty() || below(role, 30),
    };
    roles.any(known).then_some("other")
}

/// The row of a practice.
fn practice(row: &Row<'_>, code: &str, state: &str, setting: &str) -> Waiting {
    let address: Vec<&str> =
        column::ADDRESS.map(|line| row.get(line)).filter(|line| !line.is_empty()).collect();
    let date =
        |position| value::day(row.get(position)).map(|day| day.to_string()).unwrap_or_default();
    Waiting::of(tables::practice::Row {
        practice: code.into(),
        name: row.get(column::NAME).into(),
        address: address.join(", ").as_str().into(),
        postcode: row.get(column::POSTCODE).into(),
        status: state.into(),
        setting: setting.into(),
        opened: date(column::OPENED).as_str().into(),
        closed: date(column::CLOSED).as_str().into(),
        sub_icb: row.get(column::COMMISSIONER).into(),
        icb: row.get(column::ICB).into(),
        region: row.get(column::REGION).into(),
    })
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut kept: Vec<Waiting> = Vec::new();
    let (mut days, mut once) = (BTreeSet::new(), Once::default());
    let mut practices = 0;
    input.each(intake, |row, intake| {
        if row.len() != column::ALL {
            intake.problem(row, 0, format!("the row has {} cells", row.len()), "27 cells");
            return Ok(());
        }
        if row.get(column::CODE).starts_with('W') {
            intake.leave_out("organisations in Wales");
            return Ok(());
        }
        let code = row.get(column::CODE);
        if code.len() == 6 && !code.bytes().skip(1).all(|byte| byte.is_ascii_digit()) {
            intake.leave_out(
                "organisations outside the practices' numbering, such as the Channel Islands",
            );
            return Ok(());
        }
        let (Some(code), Some(state)) = (
            intake.code::<PracticeCode>(row, column::CODE),
            intake.word(row, column::STATUS, status, "A, C, D or P, or ACTIVE, INACTIVE, DORMANT"),
        ) else {
            return Ok(());
        };
        let Some(setting) = intake.word(
            row,
            column::SETTING,
            setting,
            "a number such as 4, or a role such as RO76",
        ) else {
            return Ok(());
        };
        if !once.first(row, &[column::CODE], intake) {
            return Ok(());
        }
        if state != "proposed" {
            let dates = [column::OPENED, column::CLOSED, column::JOINED];
            days.extend(dates.iter().filter_map(|date| value::day(row.get(*date))));
        }
        practices += u64::from(setting == "general_practice" && state == "active");
        kept.push(practice(row, code, state, setting));
        Ok(())
    })?;
    let Some(edition) = edition::of_register(&days, intake) else {
        intake.check("the register holds dates", false, "none could be read");
        return Ok(());
    };
    let edition = Period::Day(edition);
    intake.edition(edition);
    for row in &kept {
        row.add(edition, intake)?;
    }
    intake.check(
        "there are open general practices",
        practices > 0,
        format!("{practices} open general practices in England"),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    /// A register of one practice that opened on 1 August 2021 and one proposed for December.
    fn with_a_proposed_practice() -> String {
        let row = |code: &str, day: &str, state: &str| {
            format!(
                "{code},NAME,Y61,QUE,ADDRESS,,PETERBOROUGH,,,PE3 8DT,{day},,{state},B,06H,{day},,,,,,1,,06H,,4,\n"
            )
        };
        row("Y07057", "20210801", "A") + &row("Y07060", "20211201", "P")
    }

    #[test]
    fn a_role_not_known_is_a_problem_as_a_status_is() {
        let trial = Trial::of("epraccur.csv", with_a_proposed_practice().replace(",4,", ",RO999,"));
        assert_eq!(trial.verdict(), evidence::Verdict::Refused);
        assert!(trial.problems().contains("`RO999`: is a word that"), "{}", trial.problems());
    }

    #[test]
    fn a_proposed_practice_does_not_date_the_register() {
        let trial = Trial::of("epraccur.csv", with_a_proposed_practice());
        assert_eq!(trial.release().edition, "2021-08-01", "{}", trial.problems());
        assert_eq!(trial.rows("practice", "2021-08-01").len(), 2);
    }
}
