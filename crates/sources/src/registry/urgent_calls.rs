//! Calls to NHS 111 and what became of them, by contract area and month (Integrated Urgent Care Aggregate Data Collection).
//!
//! One row for each contract, item and month. No real file could be had: the layout (`REPORTING_PERIOD`, `CONTRACT_CODE`,
//! `ITEM_NUMBER`, `VALUE`) is that which public readers of the collection name, and the items keep the publisher's numbers,
//! such as A01 (calls received) and A03 (calls answered). Areas of contracts are no boards: no figure of a board is made
//! of them, and the table is there to be asked with SQL.

use std::collections::BTreeSet;

use evidence::tables;
use vocab::Period;

use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;
use crate::value;

/// Calls to NHS 111.
pub static SOURCE: Source = Source {
    id: "urgent_calls",
    title: "Integrated Urgent Care Aggregate Data Collection, including NHS 111",
    publisher: "NHS England",
    landing_page: "https://www.england.nhs.uk/statistics/statistical-work-areas/iucadc-new-from-april-2021/",
    cadence: "monthly",
    about: "Calls to NHS 111 and where they were sent, by area of contract. Areas of contracts are no boards; layout known from public readers only, for no real file could be had.",
    writes: &[&tables::URGENT_CALL],
    recognise,
    read,
};

const COLUMNS: [&str; 6] =
    ["REPORTING_PERIOD", "ORG_CODE", "CONTRACT_CODE", "CONTRACT_NAME", "ITEM_NUMBER", "VALUE"];

fn recognise(sample: &Sample) -> Option<Match> {
    sample.matches(&COLUMNS, "")
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let mut at = [0; COLUMNS.len()];
    for (at, name) in at.iter_mut().zip(COLUMNS) {
        *at = input.column(&[name], intake)?;
    }
    let [month_at, provider, contract, name, item, value] = at;
    let (mut once, mut contracts) = (Once::default(), BTreeSet::new());
    input.each(intake, |row, intake| {
        let text = row.get(month_at);
        let month = value::month(text.rsplit_once("MONTHLY-").map_or(text, |(_, month)| month));
        let Some(month) = month else {
            intake.problem(
                row,
                month_at,
                "is not a month",
                "a month such as IUCADC-MONTHLY-APR-2024",
            );
            return Ok(());
        };
        if row.get(contract).is_empty() {
            intake.leave_out("rows without a contract");
            return Ok(());
        }
        let Some(figure) = intake.figure(row, value) else { return Ok(()) };
        if !once.first(row, &[month_at, provider, contract, item], intake) {
            return Ok(());
        }
        let period = Period::Month(month);
        intake.edition(period);
        contracts.insert(row.get(contract).to_owned());
        let row = tables::urgent_call::Row {
            contract: row.get(contract).into(),
            name: row.get(name).into(),
            provider: row.get(provider).into(),
            item: row.get(item).into(),
            value: figure.value().into(),
            mark: figure.mark().into(),
        };
        intake.add(period, row)
    })?;
    intake.check(
        "there are contracts",
        !contracts.is_empty(),
        format!("{} contracts", contracts.len()),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[test]
    fn items_of_contracts_are_kept_and_a_gap_is_missing() {
        let file = "REPORTING_PERIOD,ORG_CODE,ORG_NAME,CONTRACT_CODE,CONTRACT_NAME,ITEM_NUMBER,VALUE,REGION_CODE,REGION_NAME\n\
            IUCADC-MONTHLY-APR-2024,RZ1,SUPPLIER,111ZZ9,Oldtown,A01,\"12,345\",Y99,North\n\
            IUCADC-MONTHLY-APR-2024,RZ1,SUPPLIER,111ZZ9,Oldtown,A03,-,Y99,North\n";
        let trial = Trial::of("a.csv", file);
        let expected = ["111ZZ9|Oldtown|RZ1|A01|12345|value", "111ZZ9|Oldtown|RZ1|A03||missing"];
        assert_eq!(trial.rows("urgent_call", "2024-04"), expected, "{}", trial.problems());
    }
}
