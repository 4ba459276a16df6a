//! Who works in the practices and networks of a place.

use std::collections::BTreeMap;

use evidence::{Evidence, EvidenceError, Frame, tables};
use vocab::{Contract, Period, StaffGroup};

use super::{Base, BaseError, Basis, Remark, named};
use crate::parameters::{Key, Values};

/// Staff of one kind at one employer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StaffLine {
    /// The group that the publications count them in.
    pub group: StaffGroup,
    /// The contract of a GP or the role of others, as the model of the workforce calls it.
    pub kind: &'static str,
    /// Full-time equivalents.
    pub fte: f64,
    /// People.
    pub heads: f64,
    /// Where the figure comes from.
    pub basis: Basis,
}

impl StaffLine {
    /// The contract of a GP of a practice; nothing for everybody else.
    #[must_use]
    pub fn contract(&self) -> Option<Contract> {
        (self.group == StaffGroup::Gp).then(|| Contract::parse(self.kind)).flatten()
    }
}

/// A measure of a kind, by whether the role was written in the publisher's long words or as a short column name.
type Found = BTreeMap<(StaffGroup, &'static str), [[Option<f64>; 2]; 2]>;

const FTE: usize = 0;
const HEADS: usize = 1;
const WORDS: usize = 0;
const COLUMNS: usize = 1;

/// What a publication says of the staff of one organisation.
#[derive(Debug, Clone, Default)]
struct Returned {
    lines: Vec<StaffLine>,
    total_gps: Option<f64>,
    period: Option<Period>,
}

/// Adds the staff of practices and networks.
pub(super) fn add(
    evidence: &Evidence,
    base: &mut Base,
    values: &Values,
    remarks: &mut Vec<Remark>,
) -> Result<(), BaseError> {
    let mut practices: BTreeMap<String, Returned> = BTreeMap::new();
    let mut networks: BTreeMap<String, Returned> = BTreeMap::new();
    for period in evidence.periods("staff") {
        let frame = evidence.frame("staff", period)?;
        take(&frame, "practice", period, &mut practices);
        take(&frame, "network", period, &mut networks);
    }
    let england = England::of(values);
    let place = shared(base, &practices);
    let mut dates: BTreeMap<Period, usize> = BTreeMap::new();
    for practice in &mut base.practices {
        let returned = practices.get(&practice.code).cloned().unwrap_or_default();
        if let Some(period) = returned.period {
            *dates.entry(period).or_default() += 1;
        }
        let people = practice.list() / 10_000.0;
        practice.staff = returned.lines;
        for group in
            [StaffGroup::Gp, StaffGroup::Nurse, StaffGroup::DirectPatientCare, StaffGroup::Admin]
        {
            if practice.staff.iter().any(|line| line.group == group) {
                continue;
            }
            let total = (group == StaffGroup::Gp).then_some(returned.total_gps).flatten();
            let of_place = place.get(&group).map(|rate| rate * people);
            let (fte, basis) = match (total, of_place) {
                (Some(total), _) => (total, Basis::Split),
                (None, Some(fte)) => (fte, Basis::Place),
                (None, None) => (england.rate(group) * people, Basis::England),
            };
            practice.staff.extend(england.lines(group, fte, basis));
        }
    }
    base.staff_periods = dates.keys().next().copied().zip(dates.keys().last().copied());
    if let Some((_, last)) = base.staff_periods {
        base.lists_with_staff = lists_with_staff(evidence, base, last)?;
    }
    let of_network = england.network / 10_000.0;
    let mut without = Vec::new();
    let lists: BTreeMap<String, f64> = lists_of_networks(base);
    for network in &mut base.networks {
        if let Some(returned) = networks.get(&network.code) {
            network.staff.clone_from(&returned.lines);
        } else {
            let fte = of_network * lists.get(&network.code).copied().unwrap_or(0.0) / network.share;
            network.staff = vec![StaffLine {
                group: StaffGroup::DirectPatientCare,
                kind: "other_direct_patient_care",
                fte,
                heads: fte / england.fte_of_other,
                basis: Basis::England,
            }];
            without.push(network.code.clone());
        }
    }
    say(base, &dates, &without, remarks);
    Ok(())
}

/// Lists printed beside the staff of practices in a period, beside those that the same practices have today.
fn lists_with_staff(
    evidence: &Evidence,
    base: &Base,
    period: Period,
) -> Result<Option<f64>, EvidenceError> {
    if !evidence.periods("workforce_list").contains(&period) {
        return Ok(None);
    }
    let frame = evidence.frame("workforce_list", period)?;
    let lists = tables::workforce_list::Columns::of(&frame);
    let today: BTreeMap<&str, f64> =
        base.practices.iter().map(|one| (one.code.as_str(), one.list())).collect();
    let (mut then, mut now) = (0.0, 0.0);
    for (row, patients) in lists.patients.iter().enumerate().filter(|(_, one)| **one > 0.0) {
        if let Some(list) = lists.practice.get(row).and_then(|code| today.get(code)) {
            then += patients;
            now += list;
        }
    }
    Ok((now * 2.0 >= base.list()).then(|| then / now))
}

fn lists_of_networks(base: &Base) -> BTreeMap<String, f64> {
    let mut lists: BTreeMap<String, f64> = BTreeMap::new();
    for practice in &base.practices {
        if let Some(network) = &practice.network {
            *lists.entry(network.clone()).or_default() += practice.list();
        }
    }
    lists
}

fn say(
    base: &Base,
    dates: &BTreeMap<Period, usize>,
    without: &[String],
    remarks: &mut Vec<Remark>,
) {
    let count = base.practices.len();
    for (period, practices) in dates {
        let months = Period::Day(base.day).distance_in_days(*period) / 30;
        if months > 3 {
            remarks.push(Remark {
                what: format!(
                    "the latest staff figures of {practices} of {count} practices are those of {}",
                    period.in_words()
                ),
                instead: "they are taken for today’s".to_owned(),
            });
        }
    }
    let split = base.practices.iter().filter(|one| {
        one.staff.iter().any(|line| line.group == StaffGroup::Gp && line.basis == Basis::Split)
    });
    if let Some(which) = named(split.map(|one| one.code.as_str()), count) {
        remarks.push(Remark {
            what: format!("{which} publish their GPs in one sum, those in training among them"),
            instead: "the sum is split like England's, and fully qualified GPs are estimated"
                .to_owned(),
        });
    }
    for (group, name) in [
        (StaffGroup::Gp, "GPs"),
        (StaffGroup::Nurse, "nurses"),
        (StaffGroup::DirectPatientCare, "others in direct patient care"),
        (StaffGroup::Admin, "administrative staff"),
    ] {
        for (basis, instead) in [
            (Basis::Place, "they have the rate per patient of the practices of the place that do"),
            (Basis::England, "they have England’s rate per patient"),
        ] {
            let of = base.practices.iter().filter(|one| {
                one.staff.iter().any(|line| line.group == group && line.basis == basis)
            });
            if let Some(which) = named(of.map(|one| one.code.as_str()), count) {
                remarks.push(Remark {
                    what: format!("{which} have no published figure of {name}"),
                    instead: instead.to_owned(),
                });
            }
        }
    }
    if let Some(which) = named(without.iter().map(String::as_str), base.networks.len()) {
        remarks.push(Remark {
            what: format!(
                "staff of networks: {} have no return",
                which.replace("practices", "networks")
            ),
            instead: "they have England’s rate per patient".to_owned(),
        });
    }
}

/// Full-time equivalents for 10,000 patients of the practices of the place that returned a group, where they have half of
/// its patients or more.
fn shared(base: &Base, returned: &BTreeMap<String, Returned>) -> BTreeMap<StaffGroup, f64> {
    let mut sums: BTreeMap<StaffGroup, (f64, f64)> = BTreeMap::new();
    for practice in &base.practices {
        let Some(returned) = returned.get(&practice.code) else { continue };
        let mut of: BTreeMap<StaffGroup, f64> = BTreeMap::new();
        for line in &returned.lines {
            *of.entry(line.group).or_default() += line.fte;
        }
        if let Some(total) = returned.total_gps {
            of.entry(StaffGroup::Gp).or_insert(total);
        }
        for (group, fte) in of {
            let sum = sums.entry(group).or_default();
            *sum = (sum.0 + fte, sum.1 + practice.list());
        }
    }
    let half = base.list() / 2.0;
    sums.retain(|_, (_, list)| *list >= half);
    sums.into_iter().map(|(group, (fte, list))| (group, fte / list * 10_000.0)).collect()
}

/// Takes a period of a level; of each organisation the later period stands, group by group.
fn take(frame: &Frame, level: &str, period: Period, returned: &mut BTreeMap<String, Returned>) {
    let staff = tables::staff::Columns::of(frame);
    let is_split = |row| staff.sex.get(row).is_some() || staff.age_band.get(row).is_some();
    let mut found: BTreeMap<String, (Found, Option<f64>)> = BTreeMap::new();
    for (row, value) in staff.value.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        if staff.level.get(row) != Some(level) || is_split(row) {
            continue;
        }
        let Some(code) = staff.organisation.get(row) else { continue };
        // Whoever returned only a director returned that nobody else is there.
        let entry = found.entry(code.to_owned()).or_default();
        let group = staff.group.get(row).and_then(group_of);
        let (Some(group), Some(role)) = (group, staff.role.get(row)) else { continue };
        let measure = if staff.measure.get(row) == Some("fte") { FTE } else { HEADS };
        if role == "total" && group == StaffGroup::Gp && measure == FTE {
            entry.1 = Some(*value);
        }
        if let Some(kind) = kind_of(group, role, level) {
            let spelling =
                if role.contains(|c: char| c.is_ascii_uppercase()) { WORDS } else { COLUMNS };
            let cell = &mut entry.0.entry((group, kind)).or_default()[measure][spelling];
            *cell = Some(cell.unwrap_or(0.0) + value);
        }
    }
    for (code, (kinds, total)) in found {
        let lines: Vec<StaffLine> = kinds
            .into_iter()
            .filter_map(|((group, kind), cells)| {
                let of = |measure: usize| cells[measure][WORDS].or(cells[measure][COLUMNS]);
                let fte = of(FTE)?;
                Some(StaffLine {
                    group,
                    kind,
                    fte,
                    heads: of(HEADS).unwrap_or(fte),
                    basis: Basis::Own,
                })
            })
            .collect();
        let before = returned.entry(code).or_default();
        before.lines.retain(|line| !lines.iter().any(|new| new.group == line.group));
        before.lines.extend(lines);
        before.total_gps = total.or(before.total_gps);
        before.period = Some(period);
    }
}

/// The groups that matter here; directors of networks are none of them.
const GROUPS: [StaffGroup; 4] =
    [StaffGroup::Gp, StaffGroup::Nurse, StaffGroup::DirectPatientCare, StaffGroup::Admin];

/// The group behind the word of the table.
fn group_of(word: &str) -> Option<StaffGroup> {
    GROUPS.into_iter().find(|group| group.as_str() == word)
}

/// The kind of a role as published, in either spelling; nothing for totals.
fn kind_of(group: StaffGroup, role: &str, level: &str) -> Option<&'static str> {
    let word = role.to_ascii_lowercase();
    if word == "total" || word.starts_with("excluding") {
        return None;
    }
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    Some(match group {
        StaffGroup::Gp if level == "network" => "network_gp",
        StaffGroup::Gp => Contract::of_role(role)?.as_str(),
        StaffGroup::Nurse if has(&["advanced", "adv_"]) => "advanced_practitioner",
        StaffGroup::Nurse if has(&["enhanced", "enh_"]) => "enhanced_nurse",
        StaffGroup::Nurse => "nurse",
        StaffGroup::DirectPatientCare => direct_kind(&word),
        StaffGroup::Admin => "admin",
    })
}

fn direct_kind(word: &str) -> &'static str {
    // The first line that fits, in this order: “Pharmacy Technician” before “Pharmacist”.
    const KINDS: [(&[&str], &str); 14] = [
        (&["pharmacy tech", "pharm_tech", "pharma_tech"], "pharmacy_technician"),
        (&["pharma"], "pharmacist"),
        (&["physio"], "physiotherapist"),
        (&["paramed"], "paramedic"),
        (&["physician"], "physician_associate"),
        (&["mental", "talking", "psycho", "peer"], "mental_health_practitioner"),
        (&["diet"], "dietitian"),
        (&["podia"], "podiatrist"),
        (&["occupational", "thera_occ"], "occupational_therapist"),
        (&["social prescribing", "splw"], "link_worker"),
        (&["coach"], "health_coach"),
        (&["care coord"], "care_coordinator"),
        (&["nursing associate", "nurse_assoc"], "nursing_associate"),
        (&["general practice assistant", "gp_assist"], "gp_assistant"),
    ];
    const HELPERS: [&str; 4] = ["healthcare", "hca", "phleb", "support worker"];
    let fits = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    let helper = if fits(&HELPERS) { "healthcare_assistant" } else { "other_direct_patient_care" };
    KINDS.iter().find(|(parts, _)| fits(parts)).map_or(helper, |(_, kind)| *kind)
}

/// England's staff for 10,000 patients.
struct England {
    qualified: f64,
    registrar: f64,
    nurse: f64,
    direct: f64,
    admin: f64,
    network: f64,
    salaried_share: f64,
    locum_share: f64,
    fte_of_gp: f64,
    fte_of_other: f64,
}

impl England {
    fn of(values: &Values) -> Self {
        Self {
            qualified: values.get(Key::GpFteQualifiedPer10000),
            registrar: values.get(Key::GpFteRegistrarPer10000),
            nurse: values.get(Key::NurseFtePer10000),
            direct: values.get(Key::DirectFtePer10000),
            admin: values.get(Key::AdminFtePer10000),
            network: values.get(Key::NetworkDirectFtePer10000),
            salaried_share: values.get(Key::GpSalariedFteShare),
            locum_share: values.get(Key::GpLocumFteShare),
            fte_of_gp: values.get(Key::GpFteOfAHead),
            fte_of_other: values.get(Key::OtherFteOfAHead),
        }
    }

    fn rate(&self, group: StaffGroup) -> f64 {
        match group {
            StaffGroup::Gp => self.qualified + self.registrar,
            StaffGroup::Nurse => self.nurse,
            StaffGroup::DirectPatientCare => self.direct,
            StaffGroup::Admin => self.admin,
        }
    }

    /// The staff of a group where only its total is known: GPs by contract as in England.
    fn lines(&self, group: StaffGroup, fte: f64, basis: Basis) -> Vec<StaffLine> {
        let one = |kind, fte: f64, of_a_head: f64| StaffLine {
            group,
            kind,
            fte,
            heads: fte / of_a_head,
            basis,
        };
        match group {
            StaffGroup::Gp => {
                let qualified = fte * self.qualified / (self.qualified + self.registrar);
                let (salaried, locum) =
                    (qualified * self.salaried_share, qualified * self.locum_share);
                vec![
                    one(Contract::Partner.as_str(), qualified - salaried - locum, self.fte_of_gp),
                    one(Contract::Salaried.as_str(), salaried, self.fte_of_gp),
                    one(Contract::Locum.as_str(), locum, self.fte_of_gp),
                    one(Contract::Registrar.as_str(), fte - qualified, 1.0),
                ]
            }
            StaffGroup::Nurse => vec![one("nurse", fte, self.fte_of_other)],
            StaffGroup::DirectPatientCare => {
                vec![one("other_direct_patient_care", fte, self.fte_of_other)]
            }
            StaffGroup::Admin => vec![one("admin", fte, self.fte_of_other)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_a_role_are_one_kind() {
        let gp = |role| kind_of(StaffGroup::Gp, role, "practice");
        assert_eq!(gp("Salaried By Practice"), gp("sal_by_prac"));
        assert_eq!(gp("Partner/Provider"), gp("ptnr_prov"));
        assert_eq!(gp("Training Grade ST3"), gp("trn_gr_st3"));
        assert_eq!(direct_kind("pharmacy technician"), "pharmacy_technician");
        assert_eq!(direct_kind("advanced pharmacist practitioner"), "pharmacist");
    }

    #[test]
    fn the_words_of_the_table_are_groups() {
        assert!(GROUPS.into_iter().all(|group| group_of(group.as_str()) == Some(group)));
    }

    #[test]
    fn totals_are_no_kind() {
        assert_eq!(kind_of(StaffGroup::Gp, "excluding_trainees", "practice"), None);
        assert_eq!(kind_of(StaffGroup::Nurse, "total", "practice"), None);
    }
}
