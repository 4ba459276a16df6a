//! A small invented England: practices in networks, sub-ICBs, ICBs and regions.

use evidence::{Cell, Evidence, Table, tables};
use indicators::Definition;
use vocab::Period;

/// Rows of tables in the making.
#[derive(Default)]
pub struct Tables {
    rows: Vec<OwnedRow>,
}

/// A row of a table in a period, a cell a column.
type OwnedRow = (&'static Table, Period, Vec<Option<Value>>);

/// Rows as the evidence takes them.
type Borrowed<'a> = Vec<(&'static Table, Period, Vec<Vec<Cell<'a>>>)>;

/// A cell that owns its word.
#[derive(Clone)]
pub enum Value {
    Word(String),
    Number(f64),
}

impl Tables {
    /// Adds a row: the cells that are named, the others empty.
    pub fn row(&mut self, table: &'static Table, when: &str, cells: &[(&str, Value)]) -> &mut Self {
        for (name, _) in cells {
            assert!(table.position(name).is_some(), "{} has no column {name}", table.name);
        }
        let cell = |column: &str| {
            cells.iter().find(|(name, _)| *name == column).map(|(_, value)| value.clone())
        };
        let row = table.columns.iter().map(|column| cell(column.name)).collect();
        self.rows.push((table, period(when), row));
        self
    }

    /// A practice of a network, sub-ICB, ICB and region with a list.
    pub fn practice(&mut self, codes: [&str; 5], patients: f64) -> &mut Self {
        let [practice, network, sub_icb, icb, region] = codes;
        let name = format!("Surgery {practice}");
        self.row(
            &tables::AFFILIATION,
            "2025-11-01",
            &[
                ("practice", word(practice)),
                ("name", word(&name)),
                ("network", word(network)),
                ("sub_icb", word(sub_icb)),
                ("icb", word(icb)),
                ("region", word(region)),
            ],
        );
        self.row(
            &tables::LIST_SIZE,
            "2025-11-01",
            &[("practice", word(practice)), ("patients", Value::Number(patients))],
        )
    }

    /// A line of the national summary of appointments in November 2025.
    pub fn national_appointments(&mut self, section: &str, metric: &str, count: f64) -> &mut Self {
        let cells = [
            ("section", word(section)),
            ("metric", word(metric)),
            ("appointments", Value::Number(count)),
        ];
        self.row(&tables::APPOINTMENT_NATIONAL, "2025-11", &cells)
    }

    /// Appointments of a practice with an outcome.
    pub fn appointments(&mut self, practice: &str, status: &str, count: f64) -> &mut Self {
        let cells = [
            ("practice", word(practice)),
            ("status", word(status)),
            ("appointments", Value::Number(count)),
        ];
        self.row(&tables::APPOINTMENT, "2025-11", &cells)
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
        let mut cells = vec![
            ("practice", word(practice)),
            ("register", word("DM")),
            ("list_size", Value::Number(list)),
            ("mark", word(mark)),
        ];
        cells.extend(patients.map(|patients| ("patients", Value::Number(patients))));
        self.row(&tables::CONDITION, year, &cells)
    }

    /// All payments of a practice in 2018/19 and its weighted list.
    pub fn paid(&mut self, practice: &str, pounds: f64, weighted: f64) -> &mut Self {
        let line = "total_nhs_payments_to_general_practice";
        let cells = [
            ("practice", word(practice)),
            ("line", word(line)),
            ("pounds", Value::Number(pounds)),
            ("mark", word("value")),
        ];
        self.row(&tables::PAYMENT, "2018/19", &cells);
        let cells = [("practice", word(practice)), ("weighted_average", Value::Number(weighted))];
        self.row(&tables::CONTRACT, "2018/19", &cells)
    }

    /// The evidence that they make.
    pub fn evidence(&self) -> Evidence {
        let rows: Borrowed<'_> = self
            .rows
            .iter()
            .map(|(table, period, row)| {
                (*table, *period, vec![row.iter().map(|value| cell(value.as_ref())).collect()])
            })
            .collect();
        Evidence::in_memory(&rows)
    }
}

fn cell(value: Option<&Value>) -> Cell<'_> {
    match value {
        Some(Value::Word(word)) => Cell::from(word),
        Some(Value::Number(number)) => Cell::Number(*number),
        None => Cell::Empty,
    }
}

/// A word as a cell.
pub fn word(text: &str) -> Value {
    Value::Word(text.to_owned())
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
