//! The Organisation Data Service's files: practices (epraccur), branch sites (ebranchs), succession (succ).

use super::super::csv::{in_order, quoted_row, table};
use super::super::draw::{Decision, draw};
use super::super::layout::SubIcb;
use super::super::national_grid::to_latitude_longitude;
use super::super::organisations::postcode_in;
use super::super::world::World;
use super::File;

/// The files, in the layout of February 2026.
pub fn files(world: &World) -> Vec<File<'_>> {
    vec![
        File::new("ods/epraccur.csv", |out| {
            let practices = world.practices.len();
            in_order(out, practices, &|index, bytes| practice(world, index, bytes))?;
            in_order(out, world.closed.len(), &|index, bytes| closed(world, index, bytes))?;
            in_order(out, world.detailed_practices() / 6 + 4, &|index, bytes| {
                cost_centre(world, index, bytes);
            })
        }),
        File::new("ods/ebranchs.csv", |out| {
            in_order(out, world.practices.len(), &|index, bytes| branches(world, index, bytes))
        }),
        File::new("ods/succ.csv", |out| {
            in_order(out, world.closed.len(), &|index, bytes| {
                let closed = &world.closed[index];
                let successor = &world.practices[closed.successor].code;
                quoted_row(bytes, &[&closed.code, successor, &"S", &closed.closed, &"Y"]);
            })
        }),
        File::new("ods/practice_coordinates.csv", |out| {
            table(out, "practice_code,lat,lon", world.practices.len(), &|index, bytes| {
                let practice = &world.practices[index];
                let (latitude, longitude) = to_latitude_longitude(practice.x, practice.y);
                let row = format!("{},{latitude:.7},{longitude:.7}\n", practice.code);
                bytes.extend_from_slice(row.as_bytes());
            })
        }),
    ]
}

/// The parts of a row of epraccur that differ.
struct Row<'a> {
    code: &'a str,
    name: &'a str,
    address: [&'a str; 3],
    postcode: &'a str,
    opened: &'a str,
    closed: &'a str,
    phone: &'a str,
    sub_icb: &'a SubIcb,
    setting: &'a str,
}

fn write_row(world: &World, row: &Row, bytes: &mut Vec<u8>) {
    let icb = &world.layout.icbs[row.sub_icb.icb];
    let region = &world.layout.regions[icb.region];
    let status = if row.closed.is_empty() { "ACTIVE" } else { "INACTIVE" };
    let [street, town, county] = row.address;
    quoted_row(
        bytes,
        &[
            &row.code,
            &row.name,
            &region.code,
            &icb.code,
            &street,
            &"",
            &"",
            &town,
            &county,
            &row.postcode,
            &row.opened,
            &row.closed,
            &status,
            &"B",
            &row.sub_icb.code,
            &"20130401",
            &row.closed,
            &row.phone,
            &"",
            &"",
            &"",
            &"1",
            &"",
            &row.sub_icb.code,
            &"",
            &row.setting,
            &"",
        ],
    );
}

fn practice(world: &World, index: usize, bytes: &mut Vec<u8>) {
    let practice = &world.practices[index];
    let [street, town, county] = &practice.address;
    // A practice that gives primary care in several forms carries several roles.
    let setting = if index % 41 == 40 { "RO76|RO268" } else { "RO76" };
    write_row(
        world,
        &Row {
            code: &practice.code,
            name: &practice.name,
            address: [street, town, county],
            postcode: &practice.postcode,
            opened: "19740401",
            closed: "",
            phone: &practice.phone,
            sub_icb: &world.layout.sub_icbs[practice.sub_icb],
            setting,
        },
        bytes,
    );
}

fn closed(world: &World, index: usize, bytes: &mut Vec<u8>) {
    let closed = &world.closed[index];
    let successor = &world.practices[closed.successor];
    write_row(
        world,
        &Row {
            code: &closed.code,
            name: &closed.name,
            address: ["", &successor.address[1], ""],
            postcode: &closed.postcode,
            opened: "19740401",
            closed: closed.closed,
            phone: "",
            sub_icb: &world.layout.sub_icbs[successor.sub_icb],
            setting: "RO76",
        },
        bytes,
    );
}

/// A prescribing cost centre that is no practice: a hub, a clinic, a hospital department.
fn cost_centre(world: &World, index: usize, bytes: &mut Vec<u8>) {
    const KINDS: [(&str, &str); 4] = [
        ("ENHANCED ACCESS HUB", "RO72"),
        ("COMMUNITY DIABETES SERVICE", "RO247"),
        ("SEXUAL HEALTH CLINIC", "RO250"),
        ("OUT OF HOURS SERVICE", "RO80|RO87"),
    ];
    let near = &world.practices[index * 7 % world.detailed_practices()];
    let (kind, setting) = KINDS[index % KINDS.len()];
    let mut stream = draw(world.seed, Decision::Site, near.area, 7);
    write_row(
        world,
        &Row {
            code: &format!("V9{index:04}"),
            name: &format!("{} {kind}", near.address[1]),
            address: ["", &near.address[1], ""],
            postcode: &postcode_in(near.town, near.area, &mut stream),
            opened: "20190701",
            closed: "",
            phone: "",
            sub_icb: &world.layout.sub_icbs[near.sub_icb],
            setting,
        },
        bytes,
    );
}

fn branches(world: &World, index: usize, bytes: &mut Vec<u8>) {
    let practice = &world.practices[index];
    let sub_icb = &world.layout.sub_icbs[practice.sub_icb];
    let icb = &world.layout.icbs[sub_icb.icb];
    let region = &world.layout.regions[icb.region];
    for branch in 1..=practice.branches {
        let mut stream = draw(world.seed, Decision::Site, practice.area, 10 + branch);
        let code = format!("{}{branch:03}", practice.code);
        let name = format!("{} BRANCH SURGERY", practice.name);
        let postcode = postcode_in(practice.town, practice.area + branch, &mut stream);
        quoted_row(
            bytes,
            &[
                &code,
                &name,
                &region.code,
                &icb.code,
                &"",
                &"",
                &"",
                &practice.address[1],
                &"",
                &postcode,
                &"19910401",
                &"",
                &"ACTIVE",
                &"",
                &practice.code,
                &"20130401",
                &"",
                &practice.phone,
                &"",
                &"",
                &"",
                &"1",
                &"",
                &sub_icb.code,
                &"",
                &"RO96",
                &"",
            ],
        );
    }
}
