//! The register of pharmacies (edispensary): every place that dispenses as a community pharmacy, open, closed or proposed.
//!
//! The file has no header and the twenty-seven columns of every register of the Organisation Data Service, as in a real
//! file of 2025. Pharmacies in Wales, told by their region, are left out, as practices there are.

use evidence::tables;
use vocab::codes::RegionCode;

use super::organisation_register::column;
use crate::headerless::{self, Form};
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;
use crate::waiting::Waiting;

/// The register of pharmacies.
pub static SOURCE: Source = Source {
    id: "pharmacies",
    title: "Organisation Data Service: pharmacies (edispensary)",
    publisher: "NHS England",
    landing_page: "https://www.odsdatasearchandexport.nhs.uk/",
    cadence: "quarterly",
    about: "Pharmacies, open, closed or proposed. Distance-selling pharmacies are on it like those on the high street and cannot be told apart.",
    writes: &[&tables::PHARMACY],
    recognise,
    read,
};

/// The region that stands for Wales.
const WALES: &str = "W00";

fn recognise(sample: &Sample) -> Option<Match> {
    headerless::recognise(sample, column::ALL, |row| {
        is_code(row[column::CODE]) && status(row[column::STATUS]).is_some()
    })
}

/// The board of a pharmacy; none where the code is of an area team or authority before the boards, whose codes are `Q` and
/// two digits and stand at pharmacies that closed under them.
fn board(code: &str) -> &str {
    let is_earlier = code.len() == 3 && code.bytes().skip(1).all(|byte| byte.is_ascii_digit());
    if is_earlier { "" } else { code }
}

/// `F` and four letters or digits.
fn is_code(text: &str) -> bool {
    let upper_or_digit = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    text.len() == 5 && text.starts_with('F') && text.bytes().all(upper_or_digit)
}

fn status(text: &str) -> Option<&'static str> {
    match text.trim().to_ascii_uppercase().as_str() {
        "A" | "ACTIVE" => Some("active"),
        "C" | "INACTIVE" => Some("inactive"),
        "P" | "PROPOSED" => Some("proposed"),
        _ => None,
    }
}

const FORM: Form = Form {
    width: column::ALL,
    key: &[column::CODE],
    days: &[column::OPENED, column::CLOSED, column::JOINED],
    things: "pharmacies",
};

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let kept = FORM.read(input, intake, take)?;
    let count = |status: &str| kept.iter().filter(|row| row.text("status") == Some(status)).count();
    let open = count("active");
    intake.check("some are open", open > 0, format!("{open} open, {} closed", count("inactive")));
    Ok(())
}

fn take(row: &Row<'_>, intake: &mut Intake) -> Option<Waiting> {
    let region = row.get(column::REGION);
    if region == WALES {
        intake.leave_out("pharmacies in Wales");
        return None;
    }
    if !is_code(row.get(column::CODE)) {
        intake.problem(
            row,
            column::CODE,
            "is not a pharmacy code",
            "`F` and four letters or digits, such as `FA002`",
        );
        return None;
    }
    if !region.is_empty() {
        intake.code::<RegionCode>(row, column::REGION)?;
    }
    let status =
        intake.word(row, column::STATUS, status, "A, C or P, or ACTIVE, INACTIVE, PROPOSED")?;
    Some(Waiting::of(tables::pharmacy::Row {
        pharmacy: row.get(column::CODE).into(),
        name: row.get(column::NAME).into(),
        postcode: row.get(column::POSTCODE).into(),
        status: status.into(),
        opened: headerless::day(row, column::OPENED).as_str().into(),
        closed: headerless::day(row, column::CLOSED).as_str().into(),
        icb: board(row.get(column::ICB)).into(),
        region: region.into(),
        pharmacies: 1.0.into(),
    }))
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    fn pharmacy(code: &str, region: &str, opened: &str, closed: &str, status: &str) -> String {
        let empty = ",".repeat(14);
        format!(
            "{code},THE CHEMIST,{region},QZZ,1 HIGH STREET,,OLDTOWN,,,ZZ1 1ZZ,{opened},{closed},{status}{empty}\n"
        )
    }

    #[test]
    fn pharmacies_of_england_are_kept_and_those_of_wales_counted() {
        let file = [
            pharmacy("FZZ01", "Y62", "20060601", "", "A"),
            pharmacy("FZZ02", "W00", "20060601", "", "A"),
            pharmacy("FZZ03", "Y62", "20080301", "20240205", "C"),
            pharmacy("FZZ04", "", "20250201", "", "P"),
            pharmacy("FZZ05", "Y99", "19900401", "20091231", "C").replace("QZZ", "Q31"),
        ];
        let trial = Trial::of("a.csv", file.concat());
        assert_eq!(trial.release().source, "pharmacies");
        let expected = [
            "FZZ01|THE CHEMIST|ZZ1 1ZZ|active|2006-06-01||QZZ|Y62|1",
            "FZZ03|THE CHEMIST|ZZ1 1ZZ|inactive|2008-03-01|2024-02-05|QZZ|Y62|1",
            "FZZ04|THE CHEMIST|ZZ1 1ZZ|proposed|2025-02-01||QZZ||1",
            "FZZ05|THE CHEMIST|ZZ1 1ZZ|inactive|1990-04-01|2009-12-31||Y99|1",
        ];
        assert_eq!(trial.rows("pharmacy", "2025-02-01"), expected, "{}", trial.problems());
        assert_eq!(trial.release().left_out, [("pharmacies in Wales".to_owned(), 1)]);
    }
}
