//! What was planted in the invented place is found by the figure that should find it, and little else is flagged.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::OnceLock;

use evidence::{Evidence, PeriodKind, Place, Store, TextColumn, tables};
use indicators::compare::{Profiles, Special};
use indicators::felt::{Gap, felt};
use indicators::recording::{Doubt, Recording, RecordingVerdict, recording};
use indicators::week::doctor_hours;
use indicators::{Evaluation, Library, evaluate, latest_period};
use jiff::civil::Weekday;
use sources::import::{Request, import};
use stats::funnel::Standing;
use synth::{Settings, Sink, generate};
use vocab::{Level, Whole};

struct Made {
    evidence: Evidence,
    library: Library,
    planted: Vec<(String, String)>,
    _folder: tempfile::TempDir,
}

/// A folder that the generator writes into.
struct Folder(PathBuf);

impl Sink for Folder {
    fn file(
        &mut self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap())?;
        write(&mut BufWriter::new(File::create(&path)?))
    }
}

/// The invented place, made and imported once.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| make(&Settings::harbourton()))
}

/// The same place inside an invented England, made and imported once.
fn in_england() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| make(&Settings::harbourton_in_england()))
}

fn make(settings: &Settings) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("files");
    generate(settings, &mut Folder(files.clone()), &|_, _, _| {}).unwrap();
    let key: toml::Table =
        std::fs::read_to_string(files.join("key.toml")).unwrap().parse().unwrap();
    let reasons = key.get("reason").and_then(toml::Value::as_array).unwrap();
    let word = |reason: &toml::Value, name: &str| {
        reason.get(name).and_then(toml::Value::as_str).map(str::to_owned)
    };
    let planted = reasons
        .iter()
        .filter_map(|reason| {
            Some((
                word(reason, "reason")?,
                ["practice", "network", "board"].into_iter().find_map(|kind| word(reason, kind))?,
            ))
        })
        .collect();
    let store = Store::at(folder.path().join("store"));
    let request = Request {
        paths: vec![files],
        today: "2026-11-21".to_owned(),
        urls: Vec::new(),
        wait: false,
        dry_run: false,
    };
    import(&store, &request, &|_| {}).unwrap();
    let evidence = Evidence::open(&store).unwrap();
    Made { evidence, library: Library::built_in().unwrap(), planted, _folder: folder }
}

impl Made {
    fn evaluation(&self, id: &str) -> Evaluation {
        let definition = self.library.get(id).unwrap();
        let period = latest_period(&self.evidence, definition, None).unwrap();
        evaluate(&self.evidence, definition, period, Level::Practice, None).unwrap()
    }

    /// Whoever was given this reason.
    fn with(&self, reason: &str) -> Vec<&str> {
        self.planted.iter().filter(|(of, _)| of == reason).map(|(_, code)| code.as_str()).collect()
    }

    /// The position on the widened funnel of the practice with a reason.
    fn standing(&self, reason: &str, indicator: &str) -> Standing {
        let evaluation = self.evaluation(indicator);
        let found = evaluation.row(self.with(reason)[0]).unwrap().funnel.unwrap();
        found.adjusted.unwrap_or(found.raw)
    }
}

#[test]
fn a_cell_is_empty_only_where_its_table_says_when() {
    let evidence = &in_england().evidence;
    for table in tables::ALL {
        for period in evidence.periods(table.name) {
            let frame = evidence.frame(table.name, period).unwrap();
            for column in table.columns.iter().filter(|column| column.empty.is_none()) {
                let what = format!("{}.{} in {period}", table.name, column.name);
                match (frame.text(column.name), frame.number(column.name)) {
                    (Some(words), _) => {
                        assert!(!words.codes.contains(&TextColumn::NONE), "{what}: say when");
                    }
                    (_, Some(values)) if table.position("mark").is_none() => {
                        assert!(values.iter().all(|value| value.is_finite()), "{what}: say when");
                    }
                    _ => {}
                }
            }
        }
    }
}

#[test]
fn a_table_comes_in_the_kinds_of_periods_that_it_says() {
    let evidence = &in_england().evidence;
    for table in tables::ALL {
        for period in evidence.periods(table.name) {
            assert!(table.periods.contains(&PeriodKind::of(period)), "{}: {period}", table.name);
        }
    }
}

#[test]
fn care_homes_show_as_dementia_beyond_the_funnel() {
    assert_eq!(made().standing("care_homes", "prevalence_dementia"), Standing::HighOuter);
}

#[test]
fn doctors_whom_patients_do_not_get_to_see_again_are_capacity_not_felt() {
    let made = made();
    let definition = |id| made.library.get(id).unwrap();
    let found = felt(
        &made.evidence,
        definition("gp_per_10000"),
        definition("survey_continuity"),
        &Place::everywhere(Whole::Imported),
    )
    .unwrap();
    let pair = found
        .pairs
        .iter()
        .find(|pair| pair.practice.code == made.with("low_continuity_despite_capacity")[0])
        .unwrap();
    assert_eq!(pair.gap, Some(Gap::NotFelt), "{pair:?}");
}

#[test]
fn the_practices_that_lost_their_doctors_fell_furthest() {
    let made = made();
    let evaluation = made.evaluation("gp_change");
    let mut falls: Vec<(f64, &str)> = evaluation
        .rows
        .iter()
        .filter_map(|row| Some((row.estimate?.value, row.organisation.code.as_str())))
        .collect();
    falls.sort_by(|a, b| a.0.total_cmp(&b.0));
    let furthest: BTreeSet<&str> = falls.iter().take(2).map(|fall| fall.1).collect();
    assert_eq!(furthest, made.with("losing_gps").into_iter().collect());
}

#[test]
fn appointments_without_a_category_cannot_be_compared_and_nobody_has_more_of_them() {
    let made = made();
    let month = *made.evidence.periods("appointment").last().unwrap();
    let judged = recording(&made.evidence, month, Level::Practice).unwrap();
    let share =
        |found: &Recording| found.figures.get(&Doubt::Unmapped).copied().unwrap_or_default();
    let most = judged.iter().max_by(|a, b| share(a).total_cmp(&share(b))).unwrap();
    assert_eq!(most.organisation.code, made.with("misrecorded_appointments")[0]);
    assert_eq!(most.doubts.get(&Doubt::Unmapped), Some(&RecordingVerdict::NotComparable));
}

#[test]
fn students_and_people_without_a_home_have_peers_of_their_own() {
    let made = made();
    let day = *made.evidence.periods("list_size").last().unwrap();
    let profiles = Profiles::of(&made.evidence, day, Level::Practice).unwrap();
    let special = |reason| profiles.members[made.with(reason)[0]].special;
    assert_eq!(special("student_quarter"), Some(Special::Students));
    assert!(special("inclusion_service").is_some());
}

#[test]
fn a_missing_monday_shows_in_the_hours_of_doctors_and_nowhere_else() {
    let made = made();
    let (_, hours) =
        doctor_hours(&made.evidence, &Place::everywhere(Whole::Imported)).unwrap().unwrap();
    let thin: Vec<&str> = hours
        .iter()
        .filter(|practice| practice.thin_days().contains(&Weekday::Monday))
        .map(|practice| practice.practice.code.as_str())
        .collect();
    assert_eq!(thin, made.with("monday_shortage"));
}

#[test]
fn ghosts_on_a_list_show_as_few_appointments_for_it() {
    let made = made();
    let evaluation = made.evaluation("appointments_per_1000");
    let row = evaluation.row(made.with("ghost_patients")[0]).unwrap();
    assert!(row.estimate.unwrap().value < row.england.reference.unwrap(), "{row:?}");
}

#[test]
fn a_list_taken_over_has_a_closed_practice_behind_it() {
    let made = made();
    let mut found = Vec::new();
    for period in made.evidence.periods("successor") {
        let frame = made.evidence.frame("successor", period).unwrap();
        let text = |name: &str, row: usize| {
            frame.text(name).and_then(|column| column.get(row)).unwrap_or_default().to_owned()
        };
        found.extend((0..frame.rows()).map(|row| (text("practice", row), text("successor", row))));
    }
    let expected = (
        made.with("closed_and_merged")[0].to_owned(),
        made.with("took_over_a_closed_practice")[0].to_owned(),
    );
    assert!(found.contains(&expected), "{found:?}");
}

#[test]
fn the_network_across_two_sub_icbs_is_seen_to_be() {
    let made = made();
    let day = made.evidence.periods("list_size").last().unwrap().first_day();
    let known = made.evidence.affiliations(day).unwrap();
    let spread = |network: &str| {
        let members = known.iter().filter(|row| row.network == network);
        members.map(|row| row.sub_icb.clone()).collect::<BTreeSet<_>>().len()
    };
    let across: Vec<&str> =
        known.codes(Level::Network).into_iter().filter(|network| spread(network) > 1).collect();
    assert_eq!(across, made.with("spans_two_sub_icbs"));
}

/// Twice the chance that Student's t of 29 degrees of freedom exceeds 3.0902: how often an ordinary practice lies beyond the
/// 99.8% limits when the spread itself is measured on thirty practices.
const BEYOND: f64 = 0.0044;

/// Practices without a planted reason lie beyond the widened 99.8% limits no more often than chance puts them there.
#[test]
fn practices_without_a_reason_are_flagged_no_more_often_than_by_chance() {
    let made = made();
    let planted: BTreeSet<&str> = made.planted.iter().map(|(_, code)| code.as_str()).collect();
    let (mut judged, mut flagged) = (0.0, Vec::new());
    for definition in made.library.all() {
        let Ok(period) = latest_period(&made.evidence, definition, None) else { continue };
        let Ok(evaluation) = evaluate(&made.evidence, definition, period, Level::Practice, None)
        else {
            continue;
        };
        for row in
            evaluation.rows.iter().filter(|row| !planted.contains(row.organisation.code.as_str()))
        {
            let Some(position) = row.funnel else { continue };
            judged += 1.0;
            if matches!(
                position.adjusted.unwrap_or(position.raw),
                Standing::LowOuter | Standing::HighOuter
            ) {
                flagged.push(format!("{} {}", definition.id, row.organisation.code));
            }
        }
    }
    let expected: f64 = BEYOND * judged;
    let most = expected + 3.0 * expected.sqrt();
    println!(
        "{} of {judged} figures of practices without a reason lie beyond the limits; chance gives {expected:.1}",
        flagged.len()
    );
    assert!(
        (flagged.len() as f64) <= most,
        "{} flagged, at most {most:.1}: {flagged:?}",
        flagged.len()
    );
}

/// Among the practices of a whole country the reasons that a figure alone can show are still the furthest out.
#[test]
fn inside_an_england_the_planted_reasons_are_still_found() {
    let made = in_england();
    let day = made.evidence.periods("list_size").last().unwrap().first_day();
    assert_eq!(made.evidence.affiliations(day).unwrap().whole(), Whole::England);
    let evaluation = made.evaluation("gp_change");
    let mut falls: Vec<(f64, &str)> = evaluation
        .rows
        .iter()
        .filter_map(|row| Some((row.estimate?.value, row.organisation.code.as_str())))
        .collect();
    falls.sort_by(|a, b| a.0.total_cmp(&b.0));
    let furthest: BTreeSet<&str> = falls.iter().take(2).map(|fall| fall.1).collect();
    assert_eq!(furthest, made.with("losing_gps").into_iter().collect());
    let month = *made.evidence.periods("appointment").last().unwrap();
    let judged = recording(&made.evidence, month, Level::Practice).unwrap();
    let share =
        |found: &Recording| found.figures.get(&Doubt::Unmapped).copied().unwrap_or_default();
    let most = judged.iter().max_by(|a, b| share(a).total_cmp(&share(b))).unwrap();
    assert_eq!(most.organisation.code, made.with("misrecorded_appointments")[0]);
    let hours =
        doctor_hours(&made.evidence, &Place::everywhere(Whole::England)).unwrap().unwrap().1;
    let thin: Vec<&str> = hours
        .iter()
        .filter(|practice| practice.thin_days().contains(&Weekday::Monday))
        .map(|practice| practice.practice.code.as_str())
        .collect();
    assert_eq!(thin, made.with("monday_shortage"));
    let dementia = made.evaluation("prevalence_dementia");
    let row = dementia.row(made.with("care_homes")[0]).unwrap();
    assert!(row.estimate.unwrap().value > row.england.reference.unwrap(), "{row:?}");
}

/// What was planted in the board as a whole lies outside of the widened limits among the boards of an invented England,
/// on the side that the key names.
#[test]
fn what_was_planted_in_the_board_stands_out_among_the_boards() {
    let made = in_england();
    let of_board: Vec<&(String, String)> =
        made.planted.iter().filter(|(_, code)| code == "QZ0").collect();
    assert_eq!(of_board.len(), 3, "{:?}", made.planted);
    for id in ["prevalence_asthma", "emergency_attendances_per_1000", "emergency_over_4_hours"] {
        let definition = made.library.get(id).unwrap();
        let period = latest_period(&made.evidence, definition, None).unwrap();
        let evaluation = evaluate(&made.evidence, definition, period, Level::Icb, None).unwrap();
        let row = evaluation.row("QZ0").unwrap();
        let found = row.funnel.unwrap();
        println!("{id}: {:?} against {:?}", row.value(), row.england.reference);
        assert_eq!(found.adjusted.unwrap_or(found.raw), Standing::HighOuter, "{id}: {row:?}");
    }
}

/// Deprivation of every practice of the invented England is known, so that Harbourton is compared with all of it.
#[test]
fn deprivation_is_that_of_every_practice_of_the_country() {
    let evaluation = in_england().evaluation("deprivation_score");
    let with_figure = evaluation.rows.iter().filter(|row| row.estimate.is_some()).count();
    assert_eq!(with_figure, 30 + 13 * 4);
    assert!(!evaluation.reference.is_part(), "{}", evaluation.reference.name());
}
