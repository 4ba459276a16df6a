//! Acceptance of the generator on a country of 600 practices: levels, spreads and slopes of the published figures.

use std::collections::BTreeMap;

use crate::place::country;
use crate::table::{mean, regress, spread};

fn lists() -> BTreeMap<String, f64> {
    country().table("2025-11/gp-reg-pat-prac-all").sum("CODE", "NUMBER_OF_PATIENTS")
}

fn scores() -> BTreeMap<String, f64> {
    country().table("fingertips").only(&[("Area Type", "GP")]).sum("Area Code", "Value")
}

/// The share of each list aged 65 and over.
fn old() -> BTreeMap<String, f64> {
    let bands = country().table("2025-11/gp-reg-pat-prac-quin-age").only(&[("ORG_TYPE", "GP")]);
    let mut sums = BTreeMap::new();
    for band in ["65_69", "70_74", "75_79", "80_84", "85_89", "90_94", "95+"] {
        for (code, count) in
            bands.only(&[("AGE_GROUP_5", band)]).sum("ORG_CODE", "NUMBER_OF_PATIENTS")
        {
            *sums.entry(code).or_insert(0.0) += count;
        }
    }
    let lists = lists();
    sums.into_iter().map(|(code, count)| (code.clone(), count / lists[&code])).collect()
}

fn prevalence(group: &str) -> BTreeMap<String, (f64, f64)> {
    let table = country().table("PREVALENCE_2324").only(&[("GROUP_CODE", group)]);
    let lists = table.sum("PRACTICE_CODE", "PRACTICE_LIST_SIZE");
    let registers = table.sum("PRACTICE_CODE", "REGISTER");
    registers
        .into_iter()
        .map(|(code, count)| (code.clone(), (count / lists[&code], lists[&code])))
        .collect()
}

#[test]
fn people_come_to_what_was_asked_for_within_half_a_per_cent() {
    let lists = lists();
    assert_eq!(lists.len(), 600);
    let people: f64 = lists.values().sum();
    assert!((people / 6e6 - 1.0).abs() < 0.005, "{people}");
}

#[test]
fn appointments_come_to_the_published_rate_within_half_a_per_cent() {
    let months = country().table("SDS_ROLE").sum("APPOINTMENT_DATE", "COUNT_OF_APPOINTMENTS");
    let year: f64 =
        months.iter().filter(|(day, _)| in_year_to_october_2025(day)).map(|(_, n)| n).sum();
    let midway = country().table("gp-reg-pat-prac-all-may-25").total("NUMBER_OF_PATIENTS");
    // 5.90 a person in 2025, growing by 2.3% a year from a year centred on June 2025; this one is centred on May.
    let rate = year / midway / 5.90;
    assert!((rate - 1.0).abs() < 0.02, "{rate}");
}

fn in_year_to_october_2025(day: &str) -> bool {
    let late_2024 = ["NOV2024", "DEC2024"].iter().any(|month| day.ends_with(month));
    late_2024 || (day.ends_with("2025") && !day.contains("NOV") && !day.contains("DEC"))
}

#[test]
fn five_year_bands_have_englands_shares_within_one_per_cent() {
    // England mid-2023, thousands: males then females, 0-4 to 85-89.
    const MALES: [f64; 18] = [
        1568.625, 1712.925, 1807.194, 1752.832, 1763.621, 1872.173, 1948.207, 1907.182, 1840.894,
        1689.551, 1872.253, 1895.440, 1702.386, 1400.611, 1232.400, 1111.980, 653.365, 377.979,
    ];
    const FEMALES: [f64; 18] = [
        1496.012, 1635.842, 1721.746, 1652.231, 1692.751, 1905.676, 2065.216, 2043.718, 1942.508,
        1744.723, 1936.763, 1968.410, 1768.357, 1482.260, 1357.594, 1275.145, 823.120, 547.342,
    ];
    let table = country().table("2025-11/gp-reg-pat-prac-quin-age").only(&[("ORG_TYPE", "GP")]);
    let people: f64 = lists().values().sum();
    for (sex, wanted) in [("MALE", MALES), ("FEMALE", FEMALES)] {
        let found = table.only(&[("SEX", sex)]).sum("AGE_GROUP_5", "NUMBER_OF_PATIENTS");
        for (index, wanted) in wanted.iter().enumerate() {
            let band = format!("{}_{}", index * 5, index * 5 + 4);
            let ratio = found[&band] / people / (wanted / 57_690.323);
            assert!((ratio - 1.0).abs() < 0.01, "{sex} {band}: {ratio}");
        }
    }
}

#[test]
fn weighted_lists_average_one_with_the_published_spread() {
    let table = country().table("nhspaymentsgp");
    let weighted = table.sum("Practice Code", "Average Number of Weighted Patients");
    let registered = table.sum("Practice Code", "Average Number of Registered Patients");
    let ratios: Vec<f64> =
        weighted.iter().map(|(code, weighted)| weighted / registered[code]).collect();
    assert!((mean(&ratios) - 1.0).abs() < 0.02, "mean {}", mean(&ratios));
    assert!((spread(&ratios) - 0.10).abs() < 0.02, "spread {}", spread(&ratios));
}

#[test]
fn registers_meet_the_published_mean_and_spread_between_practices() {
    // Mean and standard deviation between practices without sampling noise, per cent, 2021-22.
    const PUBLISHED: [(&str, f64, f64); 8] = [
        ("AF", 2.080, 0.995),
        ("COPD", 1.935, 0.929),
        ("DEP", 12.613, 4.500),
        ("DM", 7.604, 2.183),
        ("HF", 0.949, 0.480),
        ("HYP", 14.277, 3.897),
        ("MH", 0.974, 0.530),
        ("OB", 10.111, 3.802),
    ];
    let mut off = Vec::new();
    for (group, wanted_mean, wanted_spread) in PUBLISHED {
        let practices: Vec<(f64, f64)> = prevalence(group).into_values().collect();
        let shares: Vec<f64> = practices.iter().map(|(share, _)| *share).collect();
        let centre = mean(&shares);
        let noise =
            mean(&practices.iter().map(|(_, n)| centre * (1.0 - centre) / n).collect::<Vec<_>>());
        let between = (spread(&shares) * spread(&shares) - noise).max(0.0).sqrt();
        let (level, width) = (100.0 * centre / wanted_mean, 100.0 * between / wanted_spread);
        if (level - 1.0).abs() > 0.05 || (width - 1.0).abs() > 0.15 {
            off.push(format!("{group}: mean × {level:.3}, spread × {width:.3}"));
        }
    }
    assert!(off.is_empty(), "{off:?}");
}

#[test]
fn at_a_given_age_deprived_practices_have_more_of_these_conditions() {
    let (scores, old) = (scores(), old());
    for group in ["COPD", "DM", "MH", "OB", "HYP"] {
        let practices: Vec<(String, f64)> =
            prevalence(group).into_iter().map(|(code, (share, _))| (code, share)).collect();
        let practices: Vec<_> =
            practices.iter().filter(|(code, _)| scores.contains_key(code)).collect();
        let y: Vec<f64> = practices.iter().map(|(_, share)| *share).collect();
        let deprivation: Vec<f64> = practices.iter().map(|(code, _)| scores[code]).collect();
        let age: Vec<f64> = practices.iter().map(|(code, _)| old[code]).collect();
        let (slope, _, _) = regress(&y, &deprivation, &age);
        assert!(slope > 0.0, "{group} falls with deprivation");
    }
}

#[test]
fn age_and_deprivation_explain_at_most_a_tenth_of_same_day_care() {
    let table = country().table("Practice_Level_Crosstab");
    let same_day = table
        .only(&[("TIME_BETWEEN_BOOK_AND_APPT", "Same Day")])
        .sum("GP_CODE", "COUNT_OF_APPOINTMENTS");
    let (lists, scores, old) = (lists(), scores(), old());
    let codes: Vec<&String> = lists.keys().filter(|code| same_day.contains_key(*code)).collect();
    let y: Vec<f64> = codes.iter().map(|code| same_day[*code] / lists[*code]).collect();
    let deprivation: Vec<f64> = codes.iter().map(|code| scores[*code]).collect();
    let age: Vec<f64> = codes.iter().map(|code| old[*code]).collect();
    let (_, _, explained) = regress(&y, &deprivation, &age);
    assert!(explained <= 0.10, "{explained}");
}

#[test]
fn appointments_divide_as_published() {
    let table = country().table("Practice_Level_Crosstab");
    let total = table.total("COUNT_OF_APPOINTMENTS");
    let share = |column: &str, value: &str| {
        table.only(&[(column, value)]).total("COUNT_OF_APPOINTMENTS") / total
    };
    for (column, value, wanted, within) in [
        ("TIME_BETWEEN_BOOK_AND_APPT", "Same Day", 0.437, 0.02),
        ("APPT_MODE", "Face-to-Face", 0.636, 0.025),
        ("APPT_MODE", "Telephone", 0.246, 0.02),
        ("HCP_TYPE", "GP", 0.445, 0.02),
        ("APPT_STATUS", "DNA", 0.043, 0.005),
        ("APPT_STATUS", "Unknown", 0.062, 0.006),
    ] {
        let found = share(column, value);
        assert!((found - wanted).abs() < within, "{value}: {found}, not {wanted}");
    }
}
