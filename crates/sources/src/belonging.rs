//! Where practices belong: as mapping files of several publications print it, one row a practice, and as files of figures
//! print it beside their figures.

use std::collections::{BTreeMap, BTreeSet};

use evidence::{Word, tables};
use vocab::Period;
use vocab::codes::{NetworkCode, PracticeCode, SubIcbCode};
use vocab::counts::of_noun;

use crate::input::Input;
use crate::intake::Intake;
use crate::nesting::Nesting;
use crate::read_error::ReadError;
use crate::scan::Row;

/// The names that a publication gives to the columns, newest first.
pub(crate) struct Headings {
    pub practice: &'static [&'static str],
    pub name: &'static [&'static str],
    /// Not in every publication.
    pub postcode: &'static [&'static str],
    pub network: &'static [&'static str],
    pub network_name: &'static [&'static str],
    /// Code and name of sub-ICB, ICB and region.
    pub places: [&'static [&'static str]; 6],
    /// Codes of sub-ICB and ICB with the ONS. Not in every publication.
    pub ons: [&'static [&'static str]; 2],
    /// Not in every publication.
    pub supplier: &'static [&'static str],
}

/// Reads the rows of such a file into the table of affiliations.
pub(crate) struct Belonging {
    practice: usize,
    name: usize,
    postcode: Option<usize>,
    network: usize,
    network_name: usize,
    places: [usize; 6],
    ons: [Option<usize>; 2],
    /// Kind, code, name and code with the ONS of the areas met, by period.
    bridged: BTreeSet<(Period, &'static str, [String; 3])>,
    supplier: Option<usize>,
    nesting: Nesting,
    /// Practices that lie in another board or region than the first of their sub-ICB location, and one of them in words.
    elsewhere: (u64, Option<String>),
    /// The rows met, by practice: where it stood and what it said, its supplier apart.
    met: BTreeMap<String, (u64, String)>,
    repeated: u64,
    outside: u64,
}

impl Belonging {
    /// Finds the columns.
    pub fn of(input: &Input<'_>, intake: &mut Intake, names: &Headings) -> Result<Self, ReadError> {
        let mut places = [0; 6];
        for (place, names) in places.iter_mut().zip(names.places) {
            *place = input.column(names, intake)?;
        }
        Ok(Self {
            practice: input.column(names.practice, intake)?,
            name: input.column(names.name, intake)?,
            postcode: input.optional(names.postcode),
            network: input.column(names.network, intake)?,
            network_name: input.column(names.network_name, intake)?,
            places,
            ons: names.ons.map(|names| input.optional(names)),
            bridged: BTreeSet::new(),
            supplier: input.optional(names.supplier),
            nesting: Nesting::default(),
            elsewhere: (0, None),
            met: BTreeMap::new(),
            repeated: 0,
            outside: 0,
        })
    }

    /// Takes a row as it stood in `period`.
    pub fn take(
        &mut self,
        row: &Row<'_>,
        intake: &mut Intake,
        period: Period,
    ) -> Result<(), ReadError> {
        if !self.first(row, intake) {
            return Ok(());
        }
        let is_inside =
            !matches!(row.get(self.network), "" | "U" | "Unallocated" | "UNKNOWN" | "Unknown");
        self.outside += u64::from(!is_inside);
        let known = intake.code::<PracticeCode>(row, self.practice).is_some()
            && intake.code::<SubIcbCode>(row, self.places[0]).is_some()
            && (!is_inside || intake.code::<NetworkCode>(row, self.network).is_some())
            && intake.in_capitals(row, self.places[2])
            && intake.in_capitals(row, self.places[4]);
        if !known {
            return Ok(());
        }
        let areas = [("sub_icb", 0), ("icb", 2), ("nhs_region", 4)]
            .map(|(kind, at)| (kind, row.get(self.places[at]), self.places[at]));
        if let Some((_, rule)) = self.nesting.take(row, &areas, period).into_iter().next() {
            self.elsewhere.0 += 1;
            self.elsewhere.1.get_or_insert_with(|| format!("row {} {rule}", row.number));
        }
        self.bridge(row, period);
        let [sub_icb, sub_icb_name, icb, icb_name, region, region_name] =
            self.places.map(|column| row.get(column));
        let of_network = |column| is_inside.then(|| row.get(column));
        let row = tables::affiliation::Row {
            practice: row.get(self.practice).into(),
            name: row.get(self.name).into(),
            postcode: self.postcode.map(|column| row.get(column)).into(),
            network: of_network(self.network).into(),
            network_name: of_network(self.network_name).into(),
            sub_icb: sub_icb.into(),
            sub_icb_name: sub_icb_name.into(),
            icb: icb.into(),
            icb_name: icb_name.into(),
            region: region.into(),
            region_name: region_name.into(),
            supplier: self.supplier.map(|column| row.get(column)).into(),
        };
        intake.add(period, row)
    }

    /// Keeps the codes of an area with the NHS and with the ONS, where both stand in the row.
    fn bridge(&mut self, row: &Row<'_>, period: Period) {
        let kinds = ["sub_icb", "icb"].into_iter().zip(self.ons).zip([0, 2]);
        for ((kind, ons), at) in kinds {
            let (code, name) = (row.get(self.places[at]), row.get(self.places[at + 1]));
            let ons = ons.map_or("", |column| row.get(column));
            if !code.is_empty() && ons.starts_with('E') {
                let said = [code, name, ons].map(str::to_owned);
                self.bridged.insert((period, kind, said));
            }
        }
    }

    /// Whether a practice is met for the first time. Rows that differ in the supplier only are one; others contradict
    /// each other.
    fn first(&mut self, row: &Row<'_>, intake: &mut Intake) -> bool {
        let others = (0..row.len()).filter(|column| Some(*column) != self.supplier);
        let said = others.map(|column| row.get(column)).collect::<Vec<_>>().join("\0");
        let practice = row.get(self.practice);
        match self.met.get(practice) {
            None => {
                self.met.insert(practice.to_owned(), (row.number, said));
                return true;
            }
            Some((_, earlier)) if *earlier == said => {
                self.repeated += 1;
                intake.leave_out("rows that repeat a practice for another supplier");
            }
            Some((earlier, _)) => intake.contradiction(row, self.practice, *earlier as u32),
        }
        false
    }

    /// Keeps the codes of the areas with the ONS, and says how many practices are in no network and how many have several
    /// suppliers.
    pub fn finish(&self, intake: &mut Intake) -> Result<(), ReadError> {
        let mut met = BTreeSet::new();
        for (period, kind, [code, name, ons]) in &self.bridged {
            if !met.insert((period, kind, code)) {
                continue;
            }
            let parent_kind = if *kind == "icb" { "icb_ons" } else { "sub_icb_ons" };
            let row = tables::lookup::Row {
                area: code.into(),
                area_kind: (*kind).into(),
                area_name: name.into(),
                parent: ons.into(),
                parent_kind: parent_kind.into(),
                parent_name: name.into(),
                weight: 1.0.into(),
                change: Word::default(),
            };
            intake.add(*period, row)?;
        }
        if self.repeated > 0 {
            let rows = of_noun(self.repeated, "row");
            let repeat = if self.repeated == 1 { "repeats" } else { "repeat" };
            intake.remark(format!(
                "{rows} {repeat} a practice for another supplier; the first is kept"
            ));
        }
        if let (rows, Some(example)) = &self.elsewhere {
            intake.remark(format!(
                "{} of a practice in another board or region than others of its sub-ICB location, kept as printed: {example}",
                of_noun(*rows, "row")
            ));
        }
        if self.outside > 0 {
            let are = if self.outside == 1 { "is" } else { "are" };
            intake.remark(format!("{} {are} in no network", of_noun(self.outside, "practice")));
        }
        Ok(())
    }
}

/// The commissioner, and perhaps the region, that a file of figures prints beside each practice.
pub(crate) struct Printed {
    commissioner: Option<usize>,
    name: Option<usize>,
    region: Option<usize>,
    region_name: Option<usize>,
}

impl Printed {
    /// Finds the columns; any of them may be missing.
    pub fn of(input: &Input<'_>) -> Self {
        Self {
            commissioner: input.optional(&[
                "Sub ICB Code",
                "CCG Code",
                "Sub ICB Loc ODS code",
                "CCG ODS code (practice parent)",
                "CCG ODS code",
            ]),
            name: input.optional(&[
                "Sub ICB Name",
                "CCG Name",
                "Sub ICB Loc name",
                "CCG name (practice parent)",
            ]),
            region: input.optional(&[
                "NHS England (Region) Code",
                "NHS England (Region, local office) Code",
            ]),
            region_name: input.optional(&[
                "NHS England (Region) Name",
                "NHS England (Region, local office) Name",
            ]),
        }
    }

    /// Keeps where a practice belonged in `period`; a row without the code of a commissioner says nothing.
    pub fn push(
        &self,
        row: &Row<'_>,
        practice: &str,
        period: Period,
        intake: &mut Intake,
    ) -> Result<(), ReadError> {
        let text = |column: Option<usize>| column.map_or("", |column| row.get(column));
        let commissioner = text(self.commissioner);
        if !SubIcbCode::is_valid(commissioner) {
            return Ok(());
        }
        let row = tables::commissioner::Row {
            practice: practice.into(),
            sub_icb: commissioner.into(),
            sub_icb_name: text(self.name).into(),
            region: text(self.region).into(),
            region_name: text(self.region_name).into(),
        };
        intake.add(period, row)
    }
}
