//! The board to which the emergency care of each provider is counted.
//!
//! Read from the mapping that accompanies the monthly statistics of A&E: a file of its own, or the sheet of the monthly
//! workbook that spells the boards out and lists their codes beside it. Providers that a mapping does not name are
//! counted with no board.

use std::collections::{BTreeMap, BTreeSet};

use evidence::tables;
use vocab::Period;
use vocab::codes::{IcbCode, ProviderCode};

use crate::edition;
use crate::input::Input;
use crate::intake::Intake;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::scan::Row;
use crate::source::Source;

/// Providers of emergency care and their boards.
pub static SOURCE: Source = Source {
    id: "urgent_providers",
    title: "A&E attendances: providers and their systems",
    publisher: "NHS England",
    landing_page: "https://www.england.nhs.uk/statistics/statistical-work-areas/ae-waiting-times-and-activity/",
    cadence: "monthly, with the statistics",
    about: "To which board a hospital, walk-in centre or minor injury unit is counted. Patients come from other boards too.",
    writes: &[&tables::PROVIDER_BOARD],
    recognise,
    read,
};

const SHEET: &str = "sheet";

fn recognise(sample: &Sample) -> Option<Match> {
    sample
        .matches(&["Code", "Name", "ICB Code", "ICB Name", "Region Name"], "")
        .or_else(|| sample.matches(&["Org code", "Region", "Name", "STP", "Code"], SHEET))
}

/// The columns of a mapping.
struct Columns {
    provider: usize,
    name: usize,
    /// The board of the provider, by its name or its code.
    board: usize,
    region: usize,
    /// The code of a board, of whichever board the row speaks.
    code: usize,
    /// The columns that may name that board.
    names: std::ops::Range<usize>,
}

impl Columns {
    fn of(input: &Input<'_>, intake: &mut Intake) -> Result<Self, ReadError> {
        let sheet = input.era == SHEET;
        let code = input.column(&[if sheet { "Code" } else { "ICB Code" }], intake)?;
        let names = match input.optional(&["ICB Name"]) {
            Some(column) => column..column + 1,
            None => code + 1..input.header().len(),
        };
        Ok(Self {
            provider: input.column(&[if sheet { "Org code" } else { "Code" }], intake)?,
            name: input.column(&["Name"], intake)?,
            board: input.column(&[if sheet { "STP" } else { "ICB Code" }], intake)?,
            region: input.column(&["Region", "Region Name"], intake)?,
            code,
            names,
        })
    }
}

/// Providers with name, board and region as printed; boards, by code and by each name in small letters, with code and name.
#[derive(Default)]
struct Mapping {
    providers: BTreeMap<String, [String; 3]>,
    boards: BTreeMap<String, [String; 2]>,
}

impl Mapping {
    fn take(&mut self, row: &Row<'_>, at: &Columns, intake: &mut Intake) {
        let code = row.get(at.code);
        if IcbCode::is_valid(code) {
            let names =
                at.names.clone().map(|column| row.get(column)).filter(|name| !name.is_empty());
            for name in names {
                let both = || [code.to_owned(), name.to_owned()];
                self.boards.entry(name.to_lowercase()).or_insert_with(both);
                self.boards.entry(code.to_lowercase()).or_insert_with(both);
            }
        }
        // The mapping spells a code in small letters that the statistics spell in capitals.
        let provider = row.get(at.provider).to_ascii_uppercase();
        if provider != row.get(at.provider) {
            intake.remark("codes of providers in small letters are read as their capitals, as the statistics spell them");
        }
        if provider.is_empty() {
            return intake.leave_out("rows without a provider");
        }
        if !ProviderCode::is_valid(&provider) {
            return intake.problem(
                row,
                at.provider,
                "is not a provider code",
                "three to six letters and digits, such as `RWE`",
            );
        }
        let printed = [at.name, at.board, at.region].map(|column| row.get(column).to_owned());
        match self.providers.get(&provider) {
            None => {
                self.providers.insert(provider, printed);
            }
            Some([_, board, _]) if *board == printed[1] => {
                intake.leave_out("the same provider and board, printed again");
            }
            Some(_) => intake.problem(
                row,
                at.provider,
                "has two boards",
                "keep the row of the board that it is counted to",
            ),
        }
    }
}

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let columns = Columns::of(input, intake)?;
    let period = match edition::month_of_name(&input.file) {
        Some(_) => {
            let period = Period::Month(edition::month(input, intake)?);
            intake.edition(period);
            period
        }
        None => intake.timeless(),
    };
    let mut mapping = Mapping::default();
    input.each(intake, |row, intake| {
        mapping.take(row, &columns, intake);
        Ok(())
    })?;
    let (mut boards, mut placed) = (BTreeSet::new(), 0);
    for (provider, [name, board, region]) in &mapping.providers {
        let found = mapping.boards.get(&board.to_lowercase());
        let [code, board_name] =
            found.map_or(["", ""], |[code, name]| [code.as_str(), name.as_str()]);
        placed += usize::from(found.is_some());
        boards.extend(found.map(|_| code));
        let row = tables::provider_board::Row {
            provider: provider.into(),
            name: name.into(),
            icb: code.into(),
            icb_name: board_name.into(),
            region: region.into(),
        };
        intake.add(period, row)?;
    }
    let all = mapping.providers.len();
    let detail = format!("{placed} of {all} providers have one of {} boards", boards.len());
    intake.check("providers have their boards", placed * 10 >= all * 9, detail);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::trial::Trial;

    #[test]
    fn a_mapping_with_codes_is_read() {
        let file = "Code,Name,ICB Code,ICB Name,Region Name\nrz1,HOSPITAL,QZZ,The Board,North\nY09999,WALK IN,QZY,Other Board,South\nRZ1,HOSPITAL,QZZ,The Board,North\n";
        let trial = Trial::of("June-2025-mapping.csv", file);
        let expected = ["RZ1|HOSPITAL|QZZ|The Board|North", "Y09999|WALK IN|QZY|Other Board|South"];
        assert_eq!(trial.rows("provider_board", "2025-06"), expected, "{}", trial.problems());
        assert_eq!(
            trial.release().left_out,
            [("the same provider and board, printed again".to_owned(), 1)]
        );
    }

    #[test]
    fn a_sheet_that_lists_the_codes_of_its_boards_beside_is_read() {
        let file = "Org code,Region ,Name,STP,,,STP,Code,,\nRZ1,North,HOSPITAL,The Board,,,Old Partnership,QZY,OTHER BOARD,Other Board\nRZ2,North,CLINIC,Other board,,,Old System,QZZ,THE BOARD,The Board\n";
        let trial = Trial::of("June-2025-AE.csv", file);
        let expected = ["RZ1|HOSPITAL|QZZ|THE BOARD|North", "RZ2|CLINIC|QZY|OTHER BOARD|North"];
        assert_eq!(trial.rows("provider_board", "2025-06"), expected, "{}", trial.problems());
    }
}
