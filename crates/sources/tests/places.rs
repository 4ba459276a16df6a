//! Small invented files of every publication of places: what is kept, what is left out, what is refused.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

#[path = "support/imports.rs"]
mod imports;

use evidence::Verdict;
use imports::{Imported, imported};

fn of(name: &str, content: &str) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    imported(&[path])
}

/// The rows of a table: cells joined by `|`, sorted.
fn rows(imported: &Imported, table: &str) -> Vec<String> {
    let columns = evidence::tables::find(table).unwrap().columns;
    let mut rows = Vec::new();
    for period in imported.evidence.periods(table) {
        let frame = imported.evidence.frame(table, period).unwrap();
        for row in 0..frame.rows() {
            let cell = |name| match (frame.text(name), frame.number(name)) {
                (Some(words), _) => words.get(row).unwrap_or("").to_owned(),
                (_, Some(values)) if values[row].is_nan() => String::new(),
                (_, Some(values)) => values[row].to_string(),
                _ => String::new(),
            };
            let cells: Vec<String> = columns.iter().map(|column| cell(column.name)).collect();
            rows.push(format!("{period}|{}", cells.join("|")));
        }
    }
    rows.sort();
    rows
}

#[track_caller]
fn refused(imported: &Imported, words: &str) {
    let problems: Vec<String> =
        imported.report.problems.iter().map(sources::Problem::in_words).collect();
    assert_eq!(imported.report.releases[0].verdict, Verdict::Refused, "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains(words)), "{problems:?}");
}

const FILE_7: &str = "LSOA code (2021),LSOA name (2021),Index of Multiple Deprivation (IMD) Score,\
Index of Multiple Deprivation (IMD) Rank (where 1 is most deprived),\
Index of Multiple Deprivation (IMD) Decile (where 1 is most deprived 10% of LSOAs),\
Income Score (rate),Income Rank (where 1 is most deprived)\n";

#[test]
fn the_publishers_long_headers_of_the_indices_are_read() {
    let file = of(
        "a.csv",
        &format!("{FILE_7}E01000001,A,50.1,100,1,0.2,200\nE01000002,B,8.5,30000,9,0.01,33000\n"),
    );
    assert_eq!(
        rows(&file, "deprivation"),
        [
            "2025|E01000001|2021|income|0.2|200|",
            "2025|E01000001|2021|overall|50.1|100|1",
            "2025|E01000002|2021|income|0.01|33000|",
            "2025|E01000002|2021|overall|8.5|30000|9",
        ]
    );
}

#[test]
fn deciles_that_run_the_other_way_are_refused() {
    refused(
        &of("a.csv", &format!("{FILE_7}E01000001,A,50.1,100,10,0.2,200\n")),
        "decile 1 holds the most deprived tenth",
    );
    let practices = "practice_code,imd_score,imd_decile\nA81001,40,10\nA81002,5,1\n";
    refused(&of("b.csv", practices), "decile 1 holds the most deprived tenth");
}

#[test]
fn a_split_area_is_shared_equally_and_said_so() {
    let text = "lsoa11_name,lsoa11_code,change_code,lsoa21_name,lsoa21_code,ltla22_name,ltla22_code\n\
        Old,E01000001,S,New A,E01000011,Town,E06000001\nOld,E01000001,S,New B,E01000012,Town,E06000001\n";
    let file = of("a.csv", text);
    let split: Vec<String> =
        rows(&file, "lookup").into_iter().filter(|row| row.contains("|lsoa11|")).collect();
    assert_eq!(
        split,
        [
            "2022|E01000001|lsoa11|Old|E01000011|lsoa21|New A|0.5|S",
            "2022|E01000001|lsoa11|Old|E01000012|lsoa21|New B|0.5|S",
        ]
    );
    assert!(file.report.releases[0].remarks[0].contains("shared equally"));
}

#[test]
fn lookups_of_the_ons_are_read_by_the_vintage_in_their_names() {
    let text = "\u{feff}LSOA21CD,LSOA21NM,SICBL22CD,SICBL22CDH,SICBL22NM,ICB22CD,ICB22CDH,ICB22NM,ObjectId\n\
        E01000001,A,E38000001,03W,East,E54000015,QK1,Board,1\n";
    assert_eq!(
        rows(&of("a.csv", text), "lookup"),
        [
            "2022|03W|sub_icb|East|E38000001|sub_icb_ons|East|1|",
            "2022|E01000001|lsoa21|A|03W|sub_icb|East|1|",
            "2022|E01000001|lsoa21|A|QK1|icb|Board|1|",
            "2022|QK1|icb|Board|E54000015|icb_ons|Board|1|",
        ]
    );
}

#[test]
fn lookups_without_small_areas_link_nhs_areas_and_authorities_to_larger_ones() {
    let text = "\u{feff}SICBL22CD,SICBL22CDH,SICBL22NM,ICB22CD,ICB22CDH,ICB22NM,NHSER22CD,NHSER22CDH,NHSER22NM,ObjectId\n\
        E38000001,03W,East,E54000015,QK1,Board,E40000011,Y60,Midlands,1\n";
    assert_eq!(
        rows(&of("a.csv", text), "lookup"),
        [
            "2022|03W|sub_icb|East|E38000001|sub_icb_ons|East|1|",
            "2022|03W|sub_icb|East|QK1|icb|Board|1|",
            "2022|03W|sub_icb|East|Y60|nhs_region|Midlands|1|",
            "2022|QK1|icb|Board|E54000015|icb_ons|Board|1|",
            "2022|Y60|nhs_region|Midlands|E40000011|nhs_region_ons|Midlands|1|",
        ]
    );
    let text = "LAD22CD,LAD22NM,RGN22CD,RGN22NM,ObjectId\nE06000001,Port,E12000001,North,1\n";
    assert_eq!(
        rows(&of("a.csv", text), "lookup"),
        ["2022|E06000001|local_authority|Port|E12000001|region|North|1|"]
    );
}

#[test]
fn councils_lie_in_counties_and_combined_authorities_or_in_none() {
    let counties = "LTLA24CD,LTLA24NM,UTLA24CD,UTLA24NM\nE07000901,Hill,E10000901,Shire\nE06000901,Port,E06000901,Port\n";
    assert_eq!(
        rows(&of("a.csv", counties), "lookup"),
        ["2024|E07000901|local_authority|Hill|E10000901|county|Shire|1|"],
        "a council of one tier is no county of itself"
    );
    let authorities = "LAD24CD,LAD24NM,CAUTH24CD,CAUTH24NM\nE06000901,Port,E47000901,West\n";
    assert_eq!(
        rows(&of("a.csv", authorities), "lookup"),
        ["2024|E06000901|local_authority|Port|E47000901|combined_authority|West|1|"]
    );
    let wards = "WD22CD,WD22NM,LAD22CD,LAD22NM,CTY22CD,CTY22NM\n\
        E05000901,North,E07000901,Hill,E10000901,Shire\n\
        E05000902,South,E06000901,Port,,\n";
    let found = of("a.csv", wards);
    assert_eq!(
        rows(&found, "lookup"),
        [
            "2022|E05000901|ward|North|E07000901|local_authority|Hill|1|",
            "2022|E05000901|ward|North|E10000901|county|Shire|1|",
            "2022|E05000902|ward|South|E06000901|local_authority|Port|1|",
            "2022|E07000901|local_authority|Hill|E10000901|county|Shire|1|",
        ],
        "a council in no county is kept, and a ward lies in its council, not the other way about"
    );
    assert!(found.report.problems.is_empty());
}

#[test]
fn a_first_column_with_a_prefix_is_read_and_columns_that_are_not_are_named() {
    let text = "\u{feff}F_LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,BUA22CD,LAD22NMW,ObjectId\n\
        E01000001,A,E01000002,B,U,E63000001,,1\n";
    let found = of("a.csv", text);
    assert_eq!(rows(&found, "lookup"), ["2021|E01000001|lsoa11|A|E01000002|lsoa21|B|1|U"]);
    let remarks: Vec<String> = found
        .evidence
        .manifest()
        .releases
        .iter()
        .flat_map(|release| release.remarks.clone())
        .collect();
    assert!(remarks.contains(&"columns not read: BUA22CD".to_owned()), "{remarks:?}");
}

#[test]
fn a_centroid_in_degrees_is_refused() {
    refused(
        &of("a.csv", "LSOA21CD,x,y\nE01000001,-1.2,52.6\n"),
        "is not on the British National Grid",
    );
}

#[test]
fn an_outline_in_metres_is_refused() {
    let text = r#"{"features":[{"properties":{"ICB22CD":"E54000015","ICB22NM":"B"},"geometry":{"type":"Polygon","coordinates":[[[400000,300000],[1,2],[3,4],[400000,300000]]]}}]}"#;
    refused(&of("a.geojson", text), "is not longitude and latitude");
}

#[test]
fn an_outline_becomes_polygons_of_rings() {
    let text = r#"{"features":[{"properties":{"LAD24CD":"E06000001","LAD24NM":"Town"},"geometry":{"type":"Polygon","coordinates":[[[-1,52],[-1,53],[-2,52],[-1,52]]]}}]}"#;
    assert_eq!(
        rows(&of("a.geojson", text), "boundary"),
        ["2024|E06000001|local_authority|Town|[[[[-1,52],[-1,53],[-2,52],[-1,52]]]]"]
    );
}

fn ages(total: u32) -> String {
    let names: Vec<String> = (0..90).map(|age| age.to_string()).collect();
    let counts = vec!["1"; 91].join(",");
    format!("lsoa21_code,total_population,{},90+\nE01000001,{total},{counts}\n", names.join(","))
}

#[test]
fn residents_must_add_up_to_the_total_beside_them() {
    assert_eq!(rows(&of("mid-2024.csv", &ages(91)), "resident").len(), 91);
    refused(&of("mid-2024.csv", &ages(92)), "is not the sum of the ages");
}

#[test]
fn residents_without_a_year_are_refused_with_the_remedy() {
    refused(&of("lsoa.csv", &ages(91)), "of which year");
}

#[test]
fn only_the_detailed_ethnic_groups_are_kept() {
    let text = "date,geography,geography code,Ethnic group: Total: All usual residents,Ethnic group: White,Ethnic group: White: Irish,Ethnic group: White: Roma\n\
        2021,A,E01000001,10,10,6,4\n";
    assert_eq!(
        rows(&of("a.csv", text), "ethnicity"),
        ["2021|E01000001|White: Irish|6", "2021|E01000001|White: Roma|4"]
    );
}

const CARS: &str = "date,geography,geography code,Number of cars or vans: Total: All households,Number of cars or vans: No cars or vans in household,Number of cars or vans: 1 car or van in household,Number of cars or vans: 2 cars or vans in household,Number of cars or vans: 3 or more cars or vans in household\n";

#[test]
fn households_without_a_car_are_kept_beside_all() {
    let text = format!("{CARS}2021,England,E92000001,9,9,0,0,0\n2021,A,E01000001,10,3,4,2,1\n");
    assert_eq!(rows(&of("a.csv", &text), "car"), ["2021|E01000001|10|3"]);
}

#[test]
fn households_that_do_not_add_up_are_said() {
    refused(&of("a.csv", &format!("{CARS}2021,A,E01000001,10,3,4,2,9\n")), "add up");
}

fn register(cells: &[(usize, &str)]) -> String {
    let mut row = vec![""; 27];
    for (at, cell) in cells {
        row[*at] = cell;
    }
    row.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\r\n"
}

#[test]
fn branches_trusts_and_successors_are_told_apart_without_headers() {
    let branch = register(&[
        (0, "A81001001"),
        (1, "BRANCH"),
        (9, "TS1 1AA"),
        (10, "19910401"),
        (14, "A81001"),
    ]);
    assert_eq!(
        rows(&of("a.csv", &branch), "site"),
        ["1991-04-01|A81001001|A81001|BRANCH|TS1 1AA|1991-04-01|"]
    );
    let trust = register(&[(0, "RWE"), (1, "TRUST"), (3, "QK1"), (9, "LE1 5WW"), (10, "20000401")]);
    assert_eq!(
        rows(&of("a.csv", &trust), "provider"),
        ["2000-04-01|RWE|TRUST|LE1 5WW|QK1|2000-04-01|"]
    );
    let succession = "\"A81001\",\"A81002\",\"S\",\"20240401\",\"Y\"\r\n";
    assert_eq!(
        rows(&of("a.csv", succession), "successor"),
        ["2024-04-01|A81001|A81002|2024-04-01|S"]
    );
    let member = "\"A81001\",\"16C\",\"W\",\"20130401\",\"20200331\",\"0\"\r\n";
    assert_eq!(
        rows(&of("a.csv", member), "commissioner_spell"),
        ["2020-03-31|A81001|16C|2013-04-01|2020-04-01"]
    );
}

#[test]
fn a_place_abroad_is_a_named_problem_and_the_others_stay() {
    let good: Vec<String> = (0..300).map(|n| format!("A{n:05},52.0,-1.0\n")).collect();
    let good = good.concat();
    let file = of("a.csv", &format!("practice_code,lat,lon\n{good}B81675,41.69,-72.7\n"));
    assert_eq!(rows(&file, "location").len(), 300);
    assert!(
        file.report.problems[0]
            .in_words()
            .contains("row 302, lat: `41.69`: is not in the British Isles")
    );
}

#[test]
fn only_care_homes_are_kept_of_all_locations() {
    let text = "Location ID,Care home?,Location Name,Care homes beds,Location Postal Code,Location Latitude,Location Longitude\n\
        1-1,Y,The Elms,30,LE1 1AA,52.6,-1.1\n1-2,N,Dentist,,LE1 1AB,52.6,-1.1\n";
    assert_eq!(
        rows(&of("a.csv", text), "care_home"),
        ["0001-01-01|1-1|The Elms|LE1 1AA|30|52.6|-1.1"]
    );
}

#[test]
fn opening_hours_are_brought_to_one_form() {
    let text = "site_code,service,weekday,opens,closes\nA81001001,gp,Mon,8:00,18:30:00\n";
    assert_eq!(rows(&of("a.csv", text), "opening"), ["0001-01-01|A81001001|gp|monday|08:00|18:30"]);
    refused(
        &of("a.csv", "site_code,service,weekday,opens,closes\nA1,gp,monday,18:00,08:00\n"),
        "closes before it opens",
    );
}

const RAW: &str = "Period,Org Code,Parent Org,Org name,A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,\
A&E attendances Booked Appointments Type 1,Attendances over 4hrs Type 1,Patients who have waited 12+ hrs from DTA to admission,Emergency admissions via A&E - Type 1\n";

#[test]
fn attendances_are_read_in_the_publishers_layout_and_checked_against_its_total() {
    let text = format!(
        "{RAW}MSitAE-APRIL-2025,RWE,Y60,UHL,100,5,20,1,30,2,40\nTOTAL,TOTAL,TOTAL,TOTAL,100,5,20,1,30,2,40\n"
    );
    let file = of("a.csv", &text);
    assert!(
        rows(&file, "urgent").contains(&"2025-04|RWE|provider|attendances|125|value".to_owned())
    );
    let wrong = format!(
        "{RAW}MSitAE-APRIL-2025,RWE,Y60,UHL,100,5,20,1,30,2,40\nTOTAL,TOTAL,TOTAL,TOTAL,999,5,20,1,30,2,40\n"
    );
    refused(&of("a.csv", &wrong), "the rows add up to the printed totals");
}

#[test]
fn a_figure_that_a_trust_did_not_return_is_missing_not_nought() {
    let text =
        "icb22_code,total_attendances,attendances_over_4hours,date\nE54000040,100,NA,April 2022\n";
    assert_eq!(
        rows(&of("a.csv", text), "urgent"),
        [
            "2022-04|E54000040|icb|attendances_over_4_hours||missing",
            "2022-04|E54000040|icb|attendances|100|value"
        ]
    );
}

#[test]
fn fingertips_keeps_england_once_and_the_reason_for_a_blank() {
    let text = "Indicator ID,Indicator Name,Parent Code,Area Code,Area Type,Sex,Age,Category,Time period,Value,Lower CI limit,Upper CI limit,Count,Denominator,Value note\n\
        1,X,,E92000001,England,Persons,All,,2019/20,5,,,,,\n1,X,E92000001,E92000001,England,Persons,All,,2019/20,5,,,,,\n\
        1,X,E92000001,A81001,GPs,Persons,All,,2019/20,,,,,,Value suppressed for disclosure control\n";
    assert_eq!(
        rows(&of("a.csv", text), "published"),
        [
            "2019/20|1|X|A81001|GPs|Persons|All||||||suppressed|2019/20",
            "2019/20|1|X|E92000001|England|Persons|All|5|||||value|2019/20",
        ]
    );
}

const TRAVEL: &str = "area_code,site_code,mode,minutes,minutes_back\n";

#[test]
fn travel_times_are_kept_in_our_words_for_modes() {
    let rows_given = "E01000001,A81001,public transport,12.5,\nE01000001,A81001,car,7,7\n";
    let file = of("t.csv", &format!("{TRAVEL}{rows_given}"));
    let kept: Vec<String> = rows(&file, "travel")
        .iter()
        .map(|row| row.split('|').skip(1).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(kept, ["E01000001|A81001|drive|7", "E01000001|A81001|walk_or_bus|12.5"]);
}

#[test]
fn one_gap_in_the_travel_times_refuses_them_all() {
    let rows: Vec<String> = (1..500).map(|site| format!("E01000001,S{site},walk,5,\n")).collect();
    let good = rows.concat();
    for (row, words) in [
        ("E01000001,A81001,walk,,", "is a gap in the travel times"),
        ("E01000001,A81001,walk,-3,", "is below nought"),
        ("E01000001,A81001,walk,5,8", "is not the 5 minutes of the way there"),
    ] {
        let file = of("t.csv", &format!("{TRAVEL}{good}{row}\n"));
        refused(&file, words);
        refused(&file, "every journey has its time");
    }
}

#[test]
fn unknown_modes_and_areas_of_travel_times_are_named() {
    let file = of("t.csv", &format!("{TRAVEL}E01000001,A81001,broomstick,5,\nX1,A81001,walk,5,\n"));
    refused(&file, "`broomstick`");
    refused(&file, "`X1`");
}

/// A projection of one authority: every age has as many people as its year counts from the base, and one more.
fn projection(sex: &str, all: &str) -> String {
    let header = "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,2018,2019".to_owned();
    let rows = ["E06000001", "E12000001"].into_iter().flat_map(|area| {
        let begin = format!("{area},Harbour,Population,{sex}");
        let of_age = |age: String| format!("{begin},{age},1.0,2.25");
        let ages = (0..90).map(|age| age.to_string()).chain(["90 and over".to_owned()]);
        let mut rows: Vec<String> = ages.map(of_age).collect();
        rows.push(format!("{begin},All ages,91,{all}"));
        rows
    });
    let lines: Vec<String> = std::iter::once(header).chain(rows).collect();
    lines.join("\n")
}

#[test]
fn a_projection_is_kept_by_authority_sex_and_age_with_its_fractions() {
    let file = of("a.csv", &projection("females", "204.75"));
    let rows = rows(&file, "projected_resident");
    assert_eq!(rows.len(), 2 * 91);
    assert_eq!(rows.first().unwrap(), "2018|E06000001|female|0|1|1");
    assert!(rows.contains(&"2019|E06000001|female|90||2.25".to_owned()), "{rows:?}");
}

#[test]
fn a_projection_whose_ages_are_not_its_sum_is_refused() {
    refused(&of("a.csv", &projection("males", "210")), "add up to all ages");
}

#[test]
fn both_sexes_together_are_refused_and_said_so() {
    let file = of("a.csv", &projection("persons", "204.75"));
    assert!(rows(&file, "projected_resident").is_empty());
    refused(&file, "nothing can be kept");
}
