//! Lookups between areas: 2011 to 2021 small areas, small areas to middle layers, wards, authorities and NHS areas, and
//! without small areas NHS areas to larger ones, wards to authorities, and authorities to counties, combined authorities
//! and regions.
//!
//! The names of the columns carry what an area is and of which year (`LSOA21CD`, `lad24_name`, `SICBL22CDH`). Where a
//! 2011 area was split, its people are shared equally among its parts, because the lookup does not say how many live in
//! each; the share is written beside every row. For NHS areas the code of the NHS is kept (`03W`, `QK1`), and
//! its code with the ONS beside it. Columns of areas that are not read are named. A council that is in no county or combined
//! authority has none written beside it.

use std::collections::{BTreeMap, BTreeSet};

use evidence::tables;
use vocab::Period;
use vocab::codes::Lsoa21;

use crate::input::Input;
use crate::intake::Intake;
use crate::nesting::Nesting;
use crate::read_error::ReadError;
use crate::sample::{Match, Sample};
use crate::source::Source;

/// Lookups between areas.
pub static SOURCE: Source = Source {
    id: "lookups",
    title: "Lookups between small areas, wards, local authorities and NHS areas",
    publisher: "Office for National Statistics",
    landing_page: "https://geoportal.statistics.gov.uk/search?q=LSOA%20lookup",
    cadence: "yearly",
    about: "Which larger area a small area lies in. Split areas of 2011 are shared equally among their parts of 2021.",
    writes: &[&tables::LOOKUP],
    recognise,
    read,
};

/// What a column of a lookup holds of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The code of the ONS.
    Code,
    /// The code of the NHS.
    NhsCode,
    /// The name.
    Name,
}

/// A column of a lookup: the kind of area, its year, and what it holds of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaColumn {
    /// The kind: `lsoa11`, `lsoa21`, `msoa11`, `msoa21`, `ward`, `local_authority`, `county`, `combined_authority`,
    /// `region`, `ccg`, `stp`, `sub_icb`, `icb` or `nhs_region`.
    pub kind: &'static str,
    /// The year of the areas.
    pub year: i16,
    /// What it holds.
    pub part: Part,
}

/// Reads the name of a column such as `LSOA21CD`, `ltla24_name` or `sicbl24_code_nhs`.
#[must_use]
pub fn parse_name(name: &str) -> Option<AreaColumn> {
    const PREFIXES: [(&str, &str); 16] = [
        ("lsoa", "lsoa"),
        ("msoa", "msoa"),
        ("ltla", "local_authority"),
        ("lad", "local_authority"),
        ("ward", "ward"),
        ("wd", "ward"),
        ("utla", "county"),
        ("ctyua", "county"),
        ("cty", "county"),
        ("cauth", "combined_authority"),
        ("sicbl", "sub_icb"),
        ("icb", "icb"),
        ("ccg", "ccg"),
        ("stp", "stp"),
        ("nhser", "nhs_region"),
        ("rgn", "region"),
    ];
    let lower = name.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
    // Some editions of the ONS put `F_` before their first column.
    let lower = lower.strip_prefix("f_").unwrap_or(&lower);
    let (prefix, kind) = PREFIXES.iter().find(|(prefix, _)| lower.starts_with(prefix))?;
    let rest = lower.get(prefix.len()..)?;
    let year: i16 =
        rest.get(..2).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    let part = match rest.get(2..)?.trim_start_matches('_') {
        "cd" | "code" => Part::Code,
        "cdh" | "code_nhs" => Part::NhsCode,
        "nm" | "name" => Part::Name,
        _ => return None,
    };
    let kind = match (*kind, year) {
        ("lsoa", 11) => "lsoa11",
        ("lsoa", 21) => "lsoa21",
        ("msoa", 11) => "msoa11",
        ("msoa", 21) => "msoa21",
        ("lsoa" | "msoa", _) => return None,
        (other, _) => other,
    };
    Some(AreaColumn { kind, year: 2000 + year, part })
}

fn recognise(sample: &Sample) -> Option<Match> {
    let header_row = sample.rows.iter().position(|row| {
        let codes: BTreeSet<&str> = row
            .iter()
            .filter_map(|name| parse_name(name))
            .filter(|column| column.part == Part::Code)
            .map(|column| column.kind)
            .collect();
        SMALLEST.iter().any(|kind| codes.contains(kind)) && codes.len() > 1
    })?;
    Some(Match { header_row: Some(header_row), era: "" })
}

/// The kinds of area of which a lookup has a row each, the first that it holds.
const SMALLEST: [&str; 9] =
    ["lsoa21", "lsoa11", "msoa21", "msoa11", "ward", "sub_icb", "ccg", "icb", "local_authority"];

/// The kinds of area that hold others.
const LARGER: [&str; 12] = [
    "msoa11",
    "msoa21",
    "ward",
    "local_authority",
    "county",
    "combined_authority",
    "sub_icb",
    "icb",
    "ccg",
    "stp",
    "nhs_region",
    "region",
];

/// The kinds of area that are made of whole local authorities.
const OF_COUNCILS: [&str; 3] = ["county", "combined_authority", "region"];

/// The kinds with codes of the NHS, and what their codes with the ONS are called.
const OF_THE_NHS: [(&str, &str); 5] = [
    ("sub_icb", "sub_icb_ons"),
    ("icb", "icb_ons"),
    ("ccg", "ccg_ons"),
    ("stp", "stp_ons"),
    ("nhs_region", "nhs_region_ons"),
];

/// The columns of one kind of area.
#[derive(Debug, Clone, Copy, Default)]
struct Columns {
    year: i16,
    code: Option<usize>,
    nhs_code: Option<usize>,
    name: Option<usize>,
}

fn columns_of(names: &[String]) -> BTreeMap<&'static str, Columns> {
    let mut kinds: BTreeMap<&'static str, Columns> = BTreeMap::new();
    for (position, name) in names.iter().enumerate() {
        let Some(column) = parse_name(name) else { continue };
        let columns = kinds.entry(column.kind).or_default();
        columns.year = column.year;
        match column.part {
            Part::Code => columns.code = Some(position),
            Part::NhsCode => columns.nhs_code = Some(position),
            Part::Name => columns.name = Some(position),
        }
    }
    kinds
}

/// One row for the table: area, its kind and name, parent, its kind and name, and how the area changed.
type Link = [String; 7];

fn read(input: &mut Input<'_>, intake: &mut Intake) -> Result<(), ReadError> {
    let kinds = columns_of(input.header().names());
    let change = input.optional(&["change_code", "CHGIND", "CHNGIND"]);
    let period = Period::Year(kinds.values().map(|columns| columns.year).max().unwrap_or(2021));
    intake.edition(period);
    name_unread(input.header().names(), intake);
    let (mut links, mut nesting): (BTreeSet<Link>, _) = (BTreeSet::new(), Nesting::default());
    input.each(intake, |row, intake| {
        let codes = kinds.values().flat_map(|columns| [columns.code, columns.nhs_code]).flatten();
        let small = codes.filter(|column| !intake.in_capitals(row, *column)).count();
        if small > 0 {
            return Ok(());
        }
        for columns in kinds.iter().filter(|(kind, _)| kind.starts_with("lsoa")).map(|(_, c)| c) {
            if columns.code.is_some_and(|column| intake.code::<Lsoa21>(row, column).is_none()) {
                return Ok(());
            }
        }
        let text = |column: Option<usize>| column.map_or("", |column| row.get(column)).to_owned();
        let areas = kinds.iter().filter_map(|(kind, columns)| {
            let column = columns.nhs_code.or(columns.code)?;
            Some((*kind, row.get(column), column))
        });
        for (column, rule) in nesting.take(row, &areas.collect::<Vec<_>>(), period) {
            intake.contradicts(row, column, rule);
        }
        for (from, to) in pairs(&kinds) {
            let (Some(child), Some(parent)) = (kinds.get(from), kinds.get(to)) else { continue };
            let changed = if to == "lsoa21" { text(change) } else { String::new() };
            let parent_code = text(parent.nhs_code.or(parent.code));
            // A council that is its own county, or in none.
            let is_alone = parent_code.is_empty() || text(child.code) == parent_code;
            if OF_COUNCILS.contains(&to) && is_alone {
                continue;
            }
            if let (true, Some(column)) = (parent_code.is_empty(), parent.code) {
                intake.problem(row, column, "is empty", "the code of the larger area");
                return Ok(());
            }
            let (area, area_name) = (text(child.nhs_code.or(child.code)), text(child.name));
            links.insert([
                area,
                from.into(),
                area_name,
                parent_code,
                to.into(),
                text(parent.name),
                changed,
            ]);
        }
        for (kind, ons) in OF_THE_NHS {
            let Some(columns) = kinds.get(kind).filter(|columns| columns.nhs_code.is_some()) else {
                continue;
            };
            let name = text(columns.name);
            let codes = (text(columns.nhs_code), text(columns.code));
            links.insert([
                codes.0,
                kind.into(),
                name.clone(),
                codes.1,
                ons.into(),
                name,
                String::new(),
            ]);
        }
        Ok(())
    })?;
    write(&links, period, intake)
}

/// Which pairs of kinds a file links: its smallest kind to every larger one, local authorities to what is made of them,
/// and 2011 to 2021.
fn pairs(kinds: &BTreeMap<&'static str, Columns>) -> Vec<(&'static str, &'static str)> {
    let has = |kind: &str| kinds.get(kind).is_some_and(|columns| columns.code.is_some());
    let Some(smallest) = SMALLEST.into_iter().find(|kind| has(kind)) else { return Vec::new() };
    let mut pairs: Vec<_> = LARGER
        .into_iter()
        .filter(|kind| has(kind) && *kind != smallest)
        .map(|kind| (smallest, kind))
        .collect();
    if has("lsoa11") && has("lsoa21") {
        pairs.push(("lsoa11", "lsoa21"));
    }
    if has("local_authority") && smallest != "local_authority" {
        let made_of = OF_COUNCILS.into_iter().filter(|kind| has(kind));
        pairs.extend(made_of.map(|kind| ("local_authority", kind)));
    }
    pairs
}

/// Names the columns that are not read; a number of the row and a name in Welsh say nothing of the areas.
fn name_unread(names: &[String], intake: &mut Intake) {
    const SAYS_NOTHING: [&str; 4] = ["", "objectid", "fid", "globalid"];
    const CHANGE: [&str; 3] = ["change_code", "chgind", "chngind"];
    let is_unread = |name: &&String| {
        let lower = name.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
        !SAYS_NOTHING.contains(&lower.as_str())
            && !CHANGE.contains(&lower.as_str())
            && !lower.ends_with("nmw")
            && parse_name(name).is_none()
    };
    let unread: Vec<&str> = names.iter().filter(is_unread).map(|name| name.trim()).collect();
    if !unread.is_empty() {
        intake.remark(format!("columns not read: {}", unread.join(", ")));
    }
}

fn write(links: &BTreeSet<Link>, period: Period, intake: &mut Intake) -> Result<(), ReadError> {
    let mut parents: BTreeMap<(&str, &str, &str), u32> = BTreeMap::new();
    for [area, from, _, _, to, _, _] in links {
        *parents.entry((area, from, to)).or_default() += 1;
    }
    let mut split = BTreeSet::new();
    for link in links {
        let [area, from, name, parent, to, parent_name, change] = link;
        let shares =
            parents.get(&(area.as_str(), from.as_str(), to.as_str())).copied().unwrap_or(1);
        if shares > 1 {
            split.insert(area.as_str());
        }
        let row = tables::lookup::Row {
            area: area.into(),
            area_kind: from.into(),
            area_name: name.into(),
            parent: parent.into(),
            parent_kind: to.into(),
            parent_name: parent_name.into(),
            weight: (1.0 / f64::from(shares)).into(),
            change: change.into(),
        };
        intake.add(period, row)?;
    }
    if !split.is_empty() {
        let areas = match split.len() {
            1 => "1 area lies in several larger ones and is".to_owned(),
            areas => format!("{areas} areas lie in several larger ones and are"),
        };
        intake.remark(format!("{areas} shared equally among them"));
    }
    intake.check(
        "there are areas",
        !links.is_empty(),
        format!("{} links between areas", links.len()),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Trial;

    fn boards(rows: &[&str]) -> Trial {
        Trial::of(
            "a.csv",
            format!(
                "SICBL24CD,SICBL24CDH,SICBL24NM,ICB24CD,ICB24CDH,ICB24NM\n{}\n",
                rows.join("\n")
            ),
        )
    }

    #[test]
    fn a_sub_icb_that_lies_in_two_boards_is_a_contradiction_with_both_named() {
        let one = "E38000130,16C,Tees,E54000050,QHM,North";
        let trial = boards(&[one, "E38000026,06H,Cam,E54000056,QUE,East"]);
        assert_eq!(
            trial.verdict(),
            evidence::Verdict::Accepted,
            "{}{}",
            trial.problems(),
            trial.remarks()
        );
        let trial = boards(&[one, "E38000130,16C,Tees,E54000056,QUE,East"]);
        assert_eq!(trial.verdict(), evidence::Verdict::Refused);
        let told = "row 3, ICB24CDH: `QUE`: says that 16C lies in QUE, row 2 that it lies in QHM: an area lies in one";
        assert!(trial.problems().contains(told), "{}", trial.problems());
    }

    #[test]
    fn a_code_in_small_letters_is_refused_by_name() {
        let trial = boards(&["E38000130,16C,Tees,E54000050,qhm,North"]);
        assert_eq!(trial.verdict(), evidence::Verdict::Refused);
        let told = "row 2, ICB24CDH: `qhm`: is a code in small letters";
        assert!(trial.problems().contains(told), "{}", trial.problems());
    }

    #[test]
    fn the_names_of_columns_say_what_area_and_of_which_year() {
        let cases = [
            ("LSOA21CD", Some(("lsoa21", 2021, Part::Code))),
            ("lsoa11_name", Some(("lsoa11", 2011, Part::Name))),
            ("SICBL22CDH", Some(("sub_icb", 2022, Part::NhsCode))),
            ("icb24_code_nhs", Some(("icb", 2024, Part::NhsCode))),
            ("WD24NM", Some(("ward", 2024, Part::Name))),
            ("LAD22CD", Some(("local_authority", 2022, Part::Code))),
            ("ObjectId", None),
            ("LSOA21NMW", None),
            ("ladder", None),
            ("\u{feff}F_LSOA11CD", Some(("lsoa11", 2011, Part::Code))),
            ("CCG21CDH", Some(("ccg", 2021, Part::NhsCode))),
            ("STP21NM", Some(("stp", 2021, Part::Name))),
            ("NHSER22CDH", Some(("nhs_region", 2022, Part::NhsCode))),
            ("RGN22CD", Some(("region", 2022, Part::Code))),
            ("UTLA24CD", Some(("county", 2024, Part::Code))),
            ("CTYUA23NM", Some(("county", 2023, Part::Name))),
            ("CTY22CD", Some(("county", 2022, Part::Code))),
            ("CAUTH24CD", Some(("combined_authority", 2024, Part::Code))),
        ];
        for (name, expected) in cases {
            let found = parse_name(name).map(|column| (column.kind, column.year, column.part));
            assert_eq!(found, expected, "{name}");
        }
    }
}
