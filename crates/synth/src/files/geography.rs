//! The ground: deprivation (File 7), centroids, boundaries, lookups.

use std::io::{self, Write};

use super::super::csv::{in_order, row, table};
use super::super::draw::{Decision, draw};
use super::super::geography::interpolate;
use super::super::lists::AGES;
use super::super::national_grid::to_latitude_longitude;
use super::super::parameters::parameters;
use super::super::world::World;
use super::File;

/// The files of the ONS and of the Indices of Deprivation.
pub fn files(world: &World) -> Vec<File<'_>> {
    vec![
        File::new(
            "imd/File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
            |out| deprivation(world, out),
        ),
        File::new("geography/lsoa21_pwc.csv", |out| centroids(world, out)),
        File::new("geography/boundaries/lsoa21.geojson", |out| boundaries(world, out)),
        File::new("geography/lookup_lsoa21_msoa21_ltla24.csv", |out| middles(world, out)),
        File::new("geography/lookup_lsoa21_ward24_ltla24.csv", |out| wards(world, out)),
        File::new("geography/lookup_lsoa21_icb24.csv", |out| boards(world, out)),
        File::new("geography/lookup_lsoa11_lsoa21_ltla22.csv", |out| vintages(world, out)),
    ]
}

fn deprivation(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let mut header = vec![
        "LSOA code (2021)".to_owned(),
        "LSOA name (2021)".to_owned(),
        "Local Authority District code (2024)".to_owned(),
        "Local Authority District name (2024)".to_owned(),
    ];
    let whole =
        ("Index of Multiple Deprivation (IMD)", "Index of Multiple Deprivation (IMD) Score");
    let domains =
        parameters().deprivation.domain.iter().map(|d| (d.name.as_str(), d.label.as_str()));
    for (name, label) in std::iter::once(whole).chain(domains) {
        header.push(label.to_owned());
        header.push(format!("{name} Rank (where 1 is most deprived)"));
        header.push(format!("{name} Decile (where 1 is most deprived 10% of LSOAs)"));
    }
    let ages =
        ["Total population", "Dependent Children aged 0-15", "Older population aged 60 and over"];
    header.extend(ages.map(|people| format!("{people}: mid 2022 (excluding prisoners)")));
    let mut line = Vec::new();
    for (index, title) in header.iter().enumerate() {
        if index > 0 {
            line.push(b',');
        }
        super::super::csv::field(&mut line, title);
    }
    line.push(b'\n');
    out.write_all(&line)?;
    in_order(out, world.detailed_areas(), &|index, bytes| deprivation_row(world, index, bytes))
}

fn deprivation_row(world: &World, index: usize, bytes: &mut Vec<u8>) {
    let figures = &parameters().deprivation;
    let area = &world.areas[index];
    let (code, name) = &world.layout.authorities[area.authority];
    let title = world.area_name(index);
    let mut fields: Vec<String> = vec![World::area_code(index), title, code.clone(), name.clone()];
    fields.extend([format!("{:.3}", area.score), area.rank.to_string(), area.decile().to_string()]);
    let mut stream = draw(world.seed, Decision::Domains, index, 0);
    let england = figures.areas_of_england.value;
    let shared = figures.domain_correlation.value;
    for domain in &figures.domain {
        let value = shared * area.need + (1.0 - shared * shared).sqrt() * stream.standard_normal();
        let share = 0.5 * libm::erfc(value / std::f64::consts::SQRT_2);
        let rank = (share * england).ceil().clamp(1.0, england);
        let decile = ((rank - 1.0) * 10.0 / england) as u32 + 1;
        fields.push(format!("{:.3}", interpolate(&domain.tenths, 1.0 - share)));
        fields.extend([rank.to_string(), decile.to_string()]);
    }
    let ages = super::people::resident_ages(world, index);
    let counted =
        |from: usize, to: usize| ages.iter().skip(from).take(to - from).sum::<u64>().to_string();
    fields.extend([counted(0, AGES), counted(0, 16), counted(60, AGES)]);
    let row_fields: Vec<&dyn std::fmt::Display> =
        fields.iter().map(|f| f as &dyn std::fmt::Display).collect();
    row(bytes, &row_fields);
}

fn centroids(world: &World, out: &mut dyn Write) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    table(out, "FID,LSOA21CD,GlobalID,x,y", world.detailed_areas(), &|index, bytes| {
        let area = &world.areas[index];
        let mut stream = draw(world.seed, Decision::Name, index, 9);
        let (a, b) = (stream.bits(), stream.bits());
        let id = format!(
            "{a:08x}-{:04x}-4{:03x}-8{:03x}-{a:04x}{b:08x}",
            b >> 16,
            b & 0xfff,
            a & 0xfff,
            a = a & 0xffff
        );
        let line =
            format!("{},{},{id},{:.4},{:.4}\n", index + 1, World::area_code(index), area.x, area.y);
        bytes.extend_from_slice(line.as_bytes());
    })
}

fn boundaries(world: &World, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    in_order(out, world.detailed_areas(), &|index, bytes| {
        let outline = &world.areas[index].outline;
        let points: Vec<String> = outline
            .iter()
            .chain(outline.first())
            .map(|(x, y)| {
                let (latitude, longitude) = to_latitude_longitude(*x, *y);
                format!("[{longitude:.5},{latitude:.5}]")
            })
            .collect();
        let comma = if index > 0 { "," } else { "" };
        let feature = format!(
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"lsoa21_code\":\"{}\",\"lsoa21_name\":\"{}\"}},\"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":[[[{}]]]}}}}",
            World::area_code(index),
            world.area_name(index),
            points.join(","),
        );
        bytes.extend_from_slice(feature.as_bytes());
    })?;
    writeln!(out, "]}}")
}

fn middles(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let header = "lsoa21_name,lsoa21_code,msoa21_name,msoa21_code,ltla24_name,ltla24_code";
    table(out, header, world.detailed_areas(), &|index, bytes| {
        let area = &world.areas[index];
        let (code, name) = &world.layout.authorities[area.authority];
        let (middle, middle_code) = (world.middle_name(area), World::middle_code(area.middle));
        row(
            bytes,
            &[&world.area_name(index), &World::area_code(index), &middle, &middle_code, name, code],
        );
    })
}

fn wards(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let header = "lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code";
    let names = &parameters().places.first_names;
    table(out, header, world.detailed_areas(), &|index, bytes| {
        let area = &world.areas[index];
        let (code, name) = &world.layout.authorities[area.authority];
        let ward = &names[(area.ward * 17 + 5) % names.len()];
        let ward_code = format!("E059{:05}", area.ward + 1);
        row(
            bytes,
            &[&world.area_name(index), &World::area_code(index), ward, &ward_code, name, code],
        );
    })
}

fn boards(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let header = "lsoa21_name,lsoa21_code,sicbl24_name,sicbl24_code,sicbl24_code_nhs,icb24_name,icb24_code,icb24_code_nhs";
    table(out, header, world.detailed_areas(), &|index, bytes| {
        let sub_icb = &world.layout.sub_icbs[world.areas[index].sub_icb];
        let icb = &world.layout.icbs[sub_icb.icb];
        row(
            bytes,
            &[
                &world.area_name(index),
                &World::area_code(index),
                &sub_icb.name,
                &sub_icb.ons,
                &sub_icb.code,
                &icb.long_name,
                &icb.ons,
                &icb.code,
            ],
        );
    })
}

/// Most areas are unchanged since 2011; of every forty one came by a split and one by a merger of two.
fn vintages(world: &World, out: &mut dyn Write) -> io::Result<()> {
    let header =
        "lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code,ltla22_name,ltla22_code";
    table(out, header, world.detailed_areas(), &|index, bytes| {
        let (authority, name) = &world.layout.authorities[world.areas[index].authority];
        let (title, code) = (world.area_name(index), World::area_code(index));
        let mut add = |old: &str, change: &str| {
            row(bytes, &[&title, &old, &change, &title, &code, name, authority]);
        };
        match index % 40 {
            // Two neighbours that were one area in 2011.
            20 | 21 => add(&format!("E018{:05}", index / 40 + 1), "S"),
            30 => {
                add(&format!("E017{:05}", index / 40 * 2 + 1), "M");
                add(&format!("E017{:05}", index / 40 * 2 + 2), "M");
            }
            _ => add(&code, "U"),
        }
    })
}
