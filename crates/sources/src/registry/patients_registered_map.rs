//! The mapping file of patients registered: which network, sub-ICB, ICB and region each practice belonged to.

use evidence::{Cell, tables};
use vocab::Period;
use vocab::codes::{NetworkCode, PracticeCode};

use crate::input::Input;
use crate::intake::Intake;
use crate::sample::{Match, Sample};
use crate::source::{ReadError, Source};

/// Patients registered, mapping.
pub static SOURCE: Source = Source {
    id: "patients_registered_map",
    title: "Patients Registered at a GP Practice: mapping",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice",
    cadence: "monthly",
    about: "Where each practice belonged on the first of the month. Some 70 practices are in no network and are marked so.",
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    let names = ["EXTRACT_DATE", "PRACTICE_CODE", "PRACTICE_POSTCODE", "PCN_CODE", "COMM_REGION_CODE"];
    sample.matches(&names, "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let date = input.column(&["EXTRACT_DATE"], intake)?;
    let practice = input.column(&["PRACTICE_CODE"], intake)?;
    let network = input.column(&["PCN_CODE"], intake)?;
    let texts = [
        input.column(&["SUB_ICB_LOCATION_CODE", "CCG_CODE"], intake)?,
        input.column(&["SUB_ICB_LOCATION_NAME", "CCG_NAME"], intake)?,
        input.column(&["ICB_CODE", "STP_CODE"], intake)?,
        input.column(&["ICB_NAME", "STP_NAME"], intake)?,
        input.column(&["COMM_REGION_CODE"], intake)?,
        input.column(&["COMM_REGION_NAME"], intake)?,
    ];
    let name = input.column(&["PRACTICE_NAME"], intake)?;
    let postcode = input.column(&["PRACTICE_POSTCODE"], intake)?;
    let network_name = input.column(&["PCN_NAME"], intake)?;
    let supplier = input.optional(&["SUPPLIER_NAME"]);
    let mut outside = 0;
    input.each(intake, |row, intake| {
        let (Some(day), Some(code)) =
            (intake.day(row, date), intake.code::<PracticeCode>(row, practice))
        else {
            return Ok(());
        };
        let in_network = !matches!(row.get(network), "U" | "" | "Unallocated");
        outside += u64::from(!in_network);
        if in_network && intake.code::<NetworkCode>(row, network).is_none() {
            return Ok(());
        }
        intake.edition(Period::Day(day));
        let [sub_icb, sub_icb_name, icb, icb_name, region, region_name] =
            texts.map(|column| Cell::from(row.get(column)));
        let cells = [
            Cell::from(code),
            Cell::from(row.get(name)),
            Cell::from(row.get(postcode)),
            if in_network { Cell::from(row.get(network)) } else { Cell::Empty },
            if in_network { Cell::from(row.get(network_name)) } else { Cell::Empty },
            sub_icb,
            sub_icb_name,
            icb,
            icb_name,
            region,
            region_name,
            Cell::from(supplier.map(|column| row.get(column))),
        ];
        intake.push(&tables::AFFILIATION, Period::Day(day), &cells)
    })?;
    if outside > 0 {
        intake.remark(format!("{outside} practices are in no network"));
    }
    Ok(())
}
