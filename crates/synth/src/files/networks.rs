//! The workbook of primary care networks and their member practices (ePCN).

use std::io::{self, Write};

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::super::layout::SubIcb;
use super::super::world::World;
use super::File;

const DETAILS: [&str; 12] = [
    "PCN Code",
    "PCN Name",
    "Current Sub ICB Loc Code",
    "Sub ICB Location",
    "Open Date",
    "Close Date",
    "Address Line 1",
    "Address Line 2",
    "Address Line 3",
    "Address Line 4",
    "Address Line 5",
    "Postcode",
];
const PARTNERS: [&str; 11] = [
    "Partner\nOrganisation\nCode",
    "Partner\nName",
    "Practice\nParent\nSub ICB Loc Code",
    "Practice\nParent\nSub ICB Loc Name",
    "PCN Code",
    "PCN Name",
    "PCN Parent\nSub ICB Loc Code",
    "PCN Parent\nSub ICB Loc Name",
    "Practice to PCN\nRelationship\nStart Date",
    "Practice to PCN\nRelationship\nEnd Date",
    "Practice Sub ICB Loc and PCN Sub ICB Loc Match ",
];

/// The workbook, in the layout of October 2024.
pub fn files(world: &World) -> Vec<File<'_>> {
    vec![File::new("ods/ePCN.xlsx", |out| workbook(world, out))]
}

fn workbook(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let bytes = filled(world).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn filled(world: &World) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2025, 11, 1)?;
    let properties = rust_xlsxwriter::DocProperties::new().set_creation_datetime(&created);
    workbook.set_properties(&properties);
    details(world, workbook.add_worksheet().set_name("PCNDetails")?)?;
    partners(world, workbook.add_worksheet().set_name("PCN Core Partner Details")?)?;
    workbook.save_to_buffer()
}

fn write(sheet: &mut Worksheet, row: u32, texts: &[&str]) -> Result<(), XlsxError> {
    for (column, text) in texts.iter().enumerate() {
        sheet.write_string(row, column as u16, *text)?;
    }
    Ok(())
}

fn details(world: &World, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    write(sheet, 0, &DETAILS)?;
    for (index, network) in world.networks.iter().enumerate() {
        let sub_icb = &world.layout.sub_icbs[network.sub_icb];
        let lead = world.practices.iter().find(|practice| practice.network == index);
        let (street, town, postcode) = lead.map_or(("", "", ""), |practice| {
            (practice.address[0].as_str(), practice.address[1].as_str(), practice.postcode.as_str())
        });
        let name = sub_icb.name.to_uppercase();
        write(
            sheet,
            index as u32 + 1,
            &[
                &network.code,
                &network.name,
                &sub_icb.code,
                &name,
                "20190701",
                "",
                street,
                "",
                "",
                town,
                "",
                postcode,
            ],
        )?;
    }
    Ok(())
}

/// One membership from a day on, until another where it ended.
struct Spell<'a> {
    code: &'a str,
    name: &'a str,
    sub_icb: &'a SubIcb,
    network: usize,
    start: &'a str,
    end: &'a str,
}

fn partners(world: &World, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    write(sheet, 0, &PARTNERS)?;
    for (index, spell) in spells(world).iter().enumerate() {
        let row = index as u32 + 1;
        let network = &world.networks[spell.network];
        let parent = &world.layout.sub_icbs[network.sub_icb];
        let texts = [
            spell.code,
            spell.name,
            &spell.sub_icb.code,
            &spell.sub_icb.name.to_uppercase(),
            &network.code,
            &network.name,
            &parent.code,
            &parent.name.to_uppercase(),
            spell.start,
        ];
        write(sheet, row, &texts)?;
        if !spell.end.is_empty() {
            sheet.write_string(row, 9, spell.end)?;
        }
        sheet.write_boolean(row, 10, parent.code == spell.sub_icb.code)?;
    }
    Ok(())
}

/// Every twelfth practice was once in another network of its town; closed practices left theirs on closing.
fn spells(world: &World) -> Vec<Spell<'_>> {
    let mut spells = Vec::new();
    for (index, practice) in world.practices.iter().enumerate() {
        let sub_icb = &world.layout.sub_icbs[practice.sub_icb];
        let spell = |network, start, end| Spell {
            code: &practice.code,
            name: &practice.name,
            sub_icb,
            network,
            start,
            end,
        };
        let other = world.practices.iter().skip(index % 97).find(|neighbour| {
            neighbour.sub_icb == practice.sub_icb && neighbour.network != practice.network
        });
        match other.filter(|_| index % 12 == 5) {
            Some(other) => {
                spells.push(spell(other.network, "20190701", "20220331"));
                spells.push(spell(practice.network, "20220401", ""));
            }
            None => spells.push(spell(practice.network, "20190701", "")),
        }
    }
    for closed in &world.closed {
        let successor = &world.practices[closed.successor];
        let sub_icb = &world.layout.sub_icbs[successor.sub_icb];
        let end = if closed.closed == "20240701" { "20240630" } else { "20230331" };
        spells.push(Spell {
            code: &closed.code,
            name: &closed.name,
            sub_icb,
            network: successor.network,
            start: "20190701",
            end,
        });
    }
    spells
}
