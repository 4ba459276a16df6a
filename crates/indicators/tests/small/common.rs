//! A small invented England: practices in networks, sub-ICBs, ICBs and regions.

use evidence::tables::{
    affiliation, appointment, appointment_national, appointment_sub_icb, condition, contract,
    list_size, location, lookup, online_consultation, payment, registered, registered_area,
};
use evidence::{Evidence, Given, Written};
use indicators::Definition;
use vocab::Period;

/// The line of all that a practice is paid.
pub const ALL_PAYMENTS: &str = "total_nhs_payments_to_general_practice";

/// Rows of tables in the making.
#[derive(Default)]
pub struct Tables(Given);

impl Tables {
    /// Adds a row.
    pub fn row<'a>(&mut self, when: &str, row: impl Written<'a>) -> &mut Self {
        self.0.add(period(when), row);
        self
    }

    /// A practice of a network, sub-ICB, ICB and region with a list.
    pub fn practice(&mut self, codes: [&str; 5], patients: f64) -> &mut Self {
        let [practice, network, sub_icb, icb, region] = codes;
        let name = format!("Surgery {practice}");
        let row = affiliation::Row {
            practice: practice.into(),
            name: (&name).into(),
            network: network.into(),
            sub_icb: sub_icb.into(),
            icb: icb.into(),
            region: region.into(),
            ..Default::default()
        };
        self.row("2025-11-01", row);
        self.list("2025-11-01", practice, patients)
    }

    /// The list of a practice on a day.
    pub fn list(&mut self, day: &str, practice: &str, patients: f64) -> &mut Self {
        let (practice, patients) = (practice.into(), patients.into());
        self.row(day, list_size::Row { practice, patients, ..Default::default() })
    }

    /// Women on the list of a practice by age.
    pub fn registered(&mut self, practice: &str, from: f64, to: Option<f64>, patients: f64) {
        let row = registered::Row {
            practice: practice.into(),
            sex: "female".into(),
            age_from: from.into(),
            age_to: to.into(),
            patients: patients.into(),
        };
        self.row("2025-11-01", row);
    }

    /// Patients of a practice who live in a small area.
    pub fn lives(&mut self, practice: &str, area: &str, patients: f64) {
        let row = registered_area::Row {
            practice: practice.into(),
            area: area.into(),
            sex: "all".into(),
            patients: patients.into(),
            ..Default::default()
        };
        self.row("2025-11-01", row);
    }

    /// Where a practice stands.
    pub fn stands(&mut self, practice: &str, latitude: f64, longitude: f64) {
        let row = location::Row {
            organisation: practice.into(),
            kind: "practice".into(),
            latitude: latitude.into(),
            longitude: longitude.into(),
            ..Default::default()
        };
        self.row("2025-11-01", row);
    }

    /// Appointments of a sub-ICB location in a month: attended and missed.
    pub fn sub_icb_month(&mut self, month: &str, sub_icb: &str, attended: f64, missed: f64) {
        for (status, count) in [("attended", attended), ("did_not_attend", missed)] {
            let row = appointment_sub_icb::Row {
                sub_icb: sub_icb.into(),
                status: status.into(),
                appointments: count.into(),
                ..Default::default()
            };
            self.row(month, row);
        }
    }

    /// All online consultations of a practice in a month.
    pub fn online(&mut self, month: &str, practice: &str, submissions: f64) {
        let row = online_consultation::Row {
            practice: practice.into(),
            kind: "all".into(),
            submissions: submissions.into(),
            mark: "value".into(),
            ..Default::default()
        };
        self.row(month, row);
    }

    /// A line of the national summary of appointments in November 2025.
    pub fn national_appointments(&mut self, section: &str, metric: &str, count: f64) -> &mut Self {
        let row = appointment_national::Row {
            section: section.into(),
            metric: metric.into(),
            appointments: count.into(),
        };
        self.row("2025-11", row)
    }

    /// Appointments of a practice with an outcome.
    pub fn appointments(&mut self, practice: &str, status: &str, count: f64) -> &mut Self {
        let row = appointment::Row {
            practice: practice.into(),
            status: status.into(),
            appointments: count.into(),
            ..Default::default()
        };
        self.row("2025-11", row)
    }

    /// A disease register of a practice.
    pub fn register(
        &mut self,
        practice: &str,
        patients: Option<f64>,
        list: f64,
        mark: &str,
    ) -> &mut Self {
        self.register_of("2024/25", practice, patients, list, mark)
    }

    /// The same of another year.
    pub fn register_of(
        &mut self,
        year: &str,
        practice: &str,
        patients: Option<f64>,
        list: f64,
        mark: &str,
    ) -> &mut Self {
        let row = condition::Row {
            practice: practice.into(),
            register: "DM".into(),
            patients: patients.into(),
            list_size: list.into(),
            mark: mark.into(),
            ..Default::default()
        };
        self.row(year, row)
    }

    /// All payments of a practice in 2018/19 and its weighted list.
    pub fn paid(&mut self, practice: &str, pounds: f64, weighted: f64) -> &mut Self {
        self.payment("2018/19", practice, ALL_PAYMENTS, pounds);
        let row = contract::Row {
            practice: practice.into(),
            weighted_average: weighted.into(),
            ..Default::default()
        };
        self.row("2018/19", row)
    }

    /// A line of the payments of a practice in a year.
    pub fn payment(&mut self, year: &str, practice: &str, line: &str, pounds: f64) {
        let row = payment::Row {
            practice: practice.into(),
            line: line.into(),
            pounds: pounds.into(),
            mark: "value".into(),
        };
        self.row(year, row);
    }

    /// The evidence that they make.
    pub fn evidence(&self) -> Evidence {
        self.0.clone().evidence()
    }
}

/// A small area and a larger one that holds it.
pub fn inside<'a>(area: &'a str, kind: &'a str, parent: &'a str) -> lookup::Row<'a> {
    lookup::Row {
        area: area.into(),
        area_kind: "lsoa21".into(),
        parent: parent.into(),
        parent_kind: kind.into(),
        ..Default::default()
    }
}

/// A period of a text.
pub fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// A built-in definition.
pub fn built_in(id: &str) -> Definition {
    indicators::Library::built_in().unwrap().get(id).unwrap().clone()
}

/// Two networks in two sub-ICBs of two ICBs, three practices, with lists.
pub fn two_regions() -> Tables {
    let mut tables = Tables::default();
    tables
        .practice(["A81001", "U00001", "01A", "QAA", "Y60"], 5_000.0)
        .practice(["A81002", "U00001", "01A", "QAA", "Y60"], 10_000.0)
        .practice(["B81003", "U00002", "02B", "QBB", "Y61"], 8_000.0);
    tables
}
