//! The register of primary care networks (ePCN workbook): networks, and every spell of every practice in one.
//!
//! Two sheets: the networks themselves, and the core partners with first and last day. A practice appears once a
//! spell. Header cells contain line breaks, and their wording changed with the commissioners.

use std::collections::BTreeSet;

use evidence::tables;
use jiff::civil::Date;
use vocab::Period;
use vocab::codes::{NetworkCode, PracticeCode};

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::once::Once;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;
use crate::waiting::Waiting;

/// The register of networks.
pub static SOURCE: Source = Source {
    id: "network_register",
    title: "Organisation Data Service: primary care networks (ePCN)",
    publisher: "NHS England",
    landing_page: "https://digital.nhs.uk/services/organisation-data-service/data-search-and-export/csv-downloads/gp-and-gp-practice-related-data",
    cadence: "monthly",
    about: "Networks open and closed, and the spells of practices in them. The edition's date is not in the file: its workbook or archive tells it, else the latest event in it that is not ahead.",
    writes: &[&tables::NETWORK, &tables::MEMBERSHIP],
    recognise,
    read,
};

fn recognise(sample: &Sample) -> Option<Match> {
    let partners =
        ["Partner Organisation Code", "PCN Code", "Practice to PCN Relationship Start Date"];
    let networks = ["PCN Code", "PCN Name", "Close Date"];
    sample.matches(&partners, "partners").or_else(|| sample.matches(&networks, "networks"))
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    if input.era == "partners" {
        read_partners(input, intake)
    } else {
        read_networks(input, intake)
    }
}

fn read_partners(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let practice = input.column(&["Partner Organisation Code"], intake)?;
    let name = input.column(&["Partner Name"], intake)?;
    let network = input.column(&["PCN Code"], intake)?;
    let network_name = input.column(&["PCN Name"], intake)?;
    let sub_icb =
        input.column(&["Practice Parent Sub ICB Loc Code", "Practice Parent CCG Code"], intake)?;
    let network_sub_icb =
        input.column(&["PCN Parent Sub ICB Loc Code", "PCN Parent CCG Code"], intake)?;
    let start = input.column(&["Practice to PCN Relationship Start Date"], intake)?;
    let end = input.column(&["Practice to PCN Relationship End Date"], intake)?;
    let (mut gathered, mut once) = (Gathered::default(), Once::default());
    let mut crossing = 0;
    input.each(intake, |row, intake| {
        let (Some(code), Some(network_code), Some(first)) = (
            intake.code::<PracticeCode>(row, practice),
            intake.code::<NetworkCode>(row, network),
            intake.day(row, start),
        ) else {
            return Ok(());
        };
        if !once.first(row, &[practice, network, start], intake) {
            return Ok(());
        }
        let last = first_day_after(row, end, first, intake);
        gathered.see(first, last);
        crossing += u64::from(row.get(sub_icb) != row.get(network_sub_icb));
        gathered.rows.push(Waiting::of(tables::membership::Row {
            practice: code.into(),
            practice_name: row.get(name).into(),
            network: network_code.into(),
            network_name: row.get(network_name).into(),
            practice_sub_icb: row.get(sub_icb).into(),
            network_sub_icb: row.get(network_sub_icb).into(),
            start: first.to_string().as_str().into(),
            end: last.map(|day| day.to_string()).as_deref().into(),
        }));
        Ok(())
    })?;
    if crossing > 0 {
        intake.remark(format!("{crossing} spells join a practice to a network of another sub-ICB"));
    }
    gathered.write(intake)
}

fn read_networks(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let network = input.column(&["PCN Code"], intake)?;
    let name = input.column(&["PCN Name"], intake)?;
    let sub_icb = input.column(
        &["Current Sub ICB Loc Code", "Current Clinical Commissioning Group Code"],
        intake,
    )?;
    let sub_icb_name =
        input.column(&["Sub ICB Location", "Clinical Commissioning Group Name"], intake)?;
    let opened = input.column(&["Open Date", "Open Date (YYYYMMDD)"], intake)?;
    let closed = input.column(&["Close Date"], intake)?;
    let (mut gathered, mut once) = (Gathered::default(), Once::default());
    let mut shut = 0;
    input.each(intake, |row, intake| {
        let (Some(code), Some(first)) =
            (intake.code::<NetworkCode>(row, network), intake.day(row, opened))
        else {
            return Ok(());
        };
        if !once.first(row, &[network], intake) {
            return Ok(());
        }
        let last = first_day_after(row, closed, first, intake);
        gathered.see(first, last);
        shut += u64::from(last.is_some());
        gathered.rows.push(Waiting::of(tables::network::Row {
            network: code.into(),
            name: row.get(name).into(),
            sub_icb: row.get(sub_icb).into(),
            sub_icb_name: row.get(sub_icb_name).into(),
            opened: first.to_string().as_str().into(),
            closed: last.map(|day| day.to_string()).as_deref().into(),
        }));
        Ok(())
    })?;
    let all = gathered.rows.len();
    intake.check("there are networks", all > 0, format!("{all} networks, {shut} of them closed"));
    gathered.write(intake)
}

/// Rows kept until the edition is known, and the days in the file.
#[derive(Default)]
struct Gathered {
    rows: Vec<Waiting>,
    days: BTreeSet<Date>,
}

impl Gathered {
    fn see(&mut self, first: Date, last: Option<Date>) {
        self.days.insert(first);
        self.days.extend(last);
    }

    fn write(self, intake: &mut Intake) -> Result<(), ReadError> {
        let edition = match edition::of_register(&self.days, intake) {
            Some(day) => Period::Day(day),
            None => intake.undated()?,
        };
        intake.edition(edition);
        for row in &self.rows {
            row.add(edition, intake)?;
        }
        Ok(())
    }
}

/// The first day on which it no longer held; the register prints the last day on which it did.
fn first_day_after(row: &Row<'_>, column: usize, first: Date, intake: &mut Intake) -> Option<Date> {
    if row.get(column).is_empty() {
        return None;
    }
    let last = intake.day(row, column)?;
    if last < first {
        intake.problem(
            row,
            column,
            format!("the spell ends before it begins ({first})"),
            "a last day on or after the first",
        );
        return None;
    }
    last.tomorrow().ok()
}
