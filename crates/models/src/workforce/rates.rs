//! The rates of one draw: how staff leave, join and change, by month.
//!
//! Published rates are shares of a year, r; the monthly hazard is −ln(1 − r)/12, so that twelve months give the share back.

use vocab::{Month, Sex};

use super::ages::of_ages;
use super::role::{Contract, Role};
use super::staff::{GpStock, Staff};
use crate::change::{Change, Effect, months_between};
use crate::parameters::{Key, Values};

/// The youngest age of each band of GPs, in years.
pub const AGE_BANDS: [u8; 10] = [25, 30, 35, 40, 45, 50, 55, 60, 65, 70];

/// The parameter that holds the leaving rate of each band.
const LEAVER_RATES: [Key; 10] = [
    Key::GpLeaverRateUnder30,
    Key::GpLeaverRate3034,
    Key::GpLeaverRate3539,
    Key::GpLeaverRate4049,
    Key::GpLeaverRate4049,
    Key::GpLeaverRate5054,
    Key::GpLeaverRate5559,
    Key::GpLeaverRate6064,
    Key::GpLeaverRate65AndOver,
    Key::GpLeaverRate65AndOver,
];

/// The parameter that holds the share of qualified GPs of each band.
const AGE_SHARES: [Key; 10] = [
    Key::GpShareUnder30,
    Key::GpShare3034,
    Key::GpShare3539,
    Key::GpShare4044,
    Key::GpShare4549,
    Key::GpShare5054,
    Key::GpShare5559,
    Key::GpShare6064,
    Key::GpShare6569,
    Key::GpShare70AndOver,
];

/// The band that an age in months lies in.
#[must_use]
pub const fn band_of(age_months: u32) -> usize {
    let fifth = (age_months / 60) as usize;
    if fifth < 5 {
        0
    } else if fifth > 14 {
        9
    } else {
        fifth - 5
    }
}

/// What happens to GPs in a month, by contract, sex and age; and what joins.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Months of the run.
    pub months: u32,
    /// Monthly hazard of leaving, by month and band.
    leaving: Vec<[f64; 10]>,
    leaving_of_women: f64,
    leaving_of_locums: f64,
    /// Yearly hazard of a partner becoming salaried, and the other way.
    pub(super) partner_to_salaried: f64,
    pub(super) salaried_to_partner: f64,
    /// Yearly hazard of going to another practice of the place.
    pub(super) moving: f64,
    /// Yearly hazard of a long absence, and its mean length in years.
    pub(super) absence: f64,
    pub(super) absence_years: f64,
    /// Factor on the hours of salaried GPs each month.
    pub(super) monthly_hours: f64,
    /// Factor on everybody's hours as a month begins: what scenarios ask.
    pub(super) hours_from: Vec<f64>,
    /// How far the hours of two GPs of one stock lie from their mean, as a share of it.
    pub(super) hours_spread: f64,
    /// The rate at which those of shorter hours leave, beside that of those of longer hours.
    leaving_of_short_hours: f64,
    /// England's shares where age and sex are not published.
    pub(super) age_shares: [f64; 10],
    pub(super) women: f64,
    /// Months that a registrar spends in a practice.
    pub(super) registrar_months: f64,
    /// Share of those who finish who are in post so many months later, rising, from 0.
    pub(super) in_post_after: [(f64, f64); 4],
    /// Share of joiners who work full time and full-time equivalents of the others, by month.
    pub(super) joiner_hours: Vec<(f64, f64)>,
    /// Youngest and oldest age of the newly qualified, of returners and of those from overseas.
    pub(super) new_ages: (f64, f64),
    pub(super) returner_ages: (f64, f64),
    pub(super) overseas_ages: (f64, f64),
    /// Joiners a year for each qualified GP in post at the start.
    pub(super) returners: f64,
    pub(super) overseas: f64,
    /// Chance that a joiner goes where posts are vacant, instead of by the size of practices.
    pub(super) joiners_to_vacancies: f64,
    /// Share of joiners who work as locums.
    pub(super) locum_joiners: f64,
    /// Share of the GPs of a closing practice who leave instead of moving.
    pub(super) leaving_at_closure: f64,
    /// Yearly hazard of leaving a post that is no GP's: practice staff, network staff.
    pub(super) post_leaving: [f64; 3],
    /// Chance of filling a vacated post in a round, and the months of a round.
    pub(super) refill: f64,
    pub(super) round_months: f64,
    /// Share of leavers who retire at 50 to 59 and from 60, and who go overseas before 50.
    reasons: [f64; 3],
    /// Share of the first year's minutes of somebody new that are worked without extra supervision.
    pub(super) first_year: f64,
}

/// The hazard a year of something that happens to a share of people in a year.
fn hazard(share: f64) -> f64 {
    -libm::log1p(-share.clamp(0.0, 0.999))
}

impl Rates {
    /// The rates of a draw, for so many months from `base`, as the changes of a scenario leave them.
    pub fn new(
        values: &Values,
        staff: &Staff,
        base: Month,
        months: u32,
        changes: &[Change],
    ) -> Self {
        let get = |key: Key| values.get(key);
        let yearly = |key: Key| hazard(values.get(key));
        let full_time = get(Key::JoinerFullTimeShare);
        let part = (get(Key::JoinerParticipation) - full_time) / (1.0 - full_time);
        let half_year = get(Key::St3InPostAfter6Months);
        let one_year = get(Key::St3InPostAfter1Year).max(half_year);
        let two_years = get(Key::St3InPostAfter2Years).max(one_year);
        let level = get(Key::GpLeavingOfTheYears) / 12.0;
        let mut rates = Self {
            months,
            leaving: vec![LEAVER_RATES.map(|key| yearly(key) * level); months as usize],
            leaving_of_women: get(Key::GpLeavingOfWomen),
            leaving_of_locums: get(Key::GpLeavingOfLocums),
            partner_to_salaried: yearly(Key::GpPartnerToSalaried),
            salaried_to_partner: yearly(Key::GpSalariedToPartner),
            moving: yearly(Key::GpMovesWithinPlace),
            absence: yearly(Key::GpLongAbsence),
            absence_years: get(Key::GpLongAbsenceMonths) / 12.0,
            monthly_hours: 1.0 + get(Key::GpHoursTrend) / 12.0,
            hours_from: vec![1.0; months as usize],
            hours_spread: get(Key::GpHoursSpread),
            leaving_of_short_hours: get(Key::GpLeavingOfShortHours),
            age_shares: age_shares(values),
            women: get(Key::GpShareWomen),
            registrar_months: 12.0 * get(Key::RegistrarYearsInPractice),
            in_post_after: [(0.0, 0.0), (6.0, half_year), (12.0, one_year), (24.0, two_years)],
            joiner_hours: vec![(full_time, part); months as usize],
            new_ages: (get(Key::NewGpYoungest), get(Key::NewGpOldest)),
            returner_ages: (get(Key::ReturnerYoungest), get(Key::ReturnerOldest)),
            overseas_ages: (get(Key::OverseasYoungest), get(Key::OverseasOldest)),
            returners: get(Key::GpReturners),
            overseas: get(Key::GpOverseasJoiners),
            joiners_to_vacancies: get(Key::JoinersToVacancies),
            locum_joiners: get(Key::JoinerLocumShare),
            leaving_at_closure: get(Key::GpLeavingAtClosure),
            post_leaving: [
                yearly(Key::NurseLeaverRate),
                yearly(Key::DirectPatientCareLeaverRate),
                yearly(Key::AdminLeaverRate),
            ],
            refill: get(Key::PostFillChance),
            round_months: get(Key::PostRoundMonths),
            reasons: [
                get(Key::GpLeaverRetires5059),
                get(Key::GpLeaverRetires60AndOver),
                get(Key::GpLeaverOverseasUnder50),
            ],
            first_year: get(Key::FirstYearMinutes),
        };
        rates.scale_to(staff, get(Key::LocalEvidenceStrength));
        rates.change(staff, base, changes);
        rates
    }

    /// The monthly hazard of leaving.
    #[must_use]
    pub(super) fn leaving(&self, month: u32, age_months: u32, sex: Sex, contract: Contract) -> f64 {
        let band = band_of(age_months);
        let by_age = self.leaving.get(month as usize).and_then(|bands| bands.get(band));
        by_age.copied().unwrap_or_default() * self.relative(sex, contract)
    }

    fn relative(&self, sex: Sex, contract: Contract) -> f64 {
        let by_sex = if sex == Sex::Female { self.leaving_of_women } else { 1.0 };
        let by_contract = if contract == Contract::Locum { self.leaving_of_locums } else { 1.0 };
        by_sex * by_contract
    }

    /// Factors on the hazard of those of longer and of shorter hours, so that of all hours together the published share
    /// leaves: `share` of people work `long` full-time equivalents each, the others `short`.
    #[must_use]
    pub(super) fn factors_by_hours(&self, share: f64, long: f64, short: f64) -> (f64, f64) {
        let ratio = self.leaving_of_short_hours;
        let (long, short) = (share * long, (1.0 - share) * short);
        let longer = (long + short) / (long + short * ratio);
        (longer, longer * ratio)
    }

    /// The hazard a year of leaving a post of a role.
    #[must_use]
    pub(super) const fn leaving_a_post(&self, role: Role) -> f64 {
        let [nurse, direct, admin] = self.post_leaving;
        match role.group() {
            vocab::StaffGroup::Nurse => nurse,
            vocab::StaffGroup::Gp | vocab::StaffGroup::DirectPatientCare => direct,
            vocab::StaffGroup::Admin => admin,
        }
    }

    /// Why somebody of an age with this luck (0 to 1) left: 0 retirement, 1 to work overseas, 2 to other work.
    #[must_use]
    pub(super) fn reason(&self, age: u32, luck: f64) -> usize {
        let [retires_from_50, retires_from_60, overseas] = self.reasons;
        let (reason, share) = match age {
            60.. => (0, retires_from_60),
            50..60 => (0, retires_from_50),
            _ => (1, overseas),
        };
        if luck < share { reason } else { 2 }
    }

    /// Local leaving in place of national, the more so the more of it was seen:
    /// factor (leavers + s)/(expected + s), s leavers' worth of trust in the national rates.
    fn scale_to(&mut self, staff: &Staff, strength: f64) {
        let Some(local) = staff.local_leaving else { return };
        let stocks = || staff.employers.iter().flat_map(|employer| &employer.gps);
        let qualified = || stocks().filter(|stock| stock.contract.is_qualified());
        let heads: f64 = qualified().map(|stock| f64::from(stock.heads)).sum();
        if heads == 0.0 {
            return;
        }
        let leaving: f64 =
            qualified().map(|stock| f64::from(stock.heads) * self.share_leaving(stock)).sum();
        let expected = leaving / heads * local.gp_years;
        let factor = (local.leavers + strength) / (expected + strength);
        self.leaving.iter_mut().flatten().for_each(|hazard| *hazard *= factor);
    }

    /// Share of a stock that leaves in a year at the rates of the first month.
    fn share_leaving(&self, stock: &GpStock) -> f64 {
        let Some(bands) = self.leaving.first() else { return 0.0 };
        let share = |band: usize, sex: Sex| {
            let monthly = bands.get(band).copied().unwrap_or_default();
            -libm::expm1(-12.0 * monthly * self.relative(sex, stock.contract))
        };
        let sexes = match stock.sex {
            Some(sex) => [(sex, 1.0), (sex, 0.0)],
            None => [(Sex::Female, self.women), (Sex::Male, 1.0 - self.women)],
        };
        let total: f64 = self.age_shares.iter().sum();
        let of_sex = |sex: Sex| match stock.age {
            Some(age) => share(band_of(u32::from(age) * 12), sex),
            None => (0..10).map(|band| self.age_shares[band] / total * share(band, sex)).sum(),
        };
        sexes.into_iter().map(|(sex, weight)| weight * of_sex(sex)).sum()
    }

    fn change(&mut self, staff: &Staff, base: Month, changes: &[Change]) {
        for change in changes {
            let from = months_between(base, change.from).max(0) as usize;
            match &change.effect {
                Effect::Leaving { factor, from_age, to_age, reached } => {
                    let all = of_ages(staff, &self.age_shares, *from_age..*to_age);
                    let share = |reached: u32| (f64::from(reached) / all.max(1.0)).min(1.0);
                    let factor = 1.0 + (factor - 1.0) * reached.map_or(1.0, share);
                    for bands in self.leaving.iter_mut().skip(from) {
                        for (hazard, age) in bands.iter_mut().zip(AGE_BANDS) {
                            if (*from_age..*to_age).contains(&age) {
                                *hazard *= factor;
                            }
                        }
                    }
                }
                Effect::JoinerHours { full_time, part } => {
                    self.joiner_hours
                        .iter_mut()
                        .skip(from)
                        .for_each(|one| *one = (*full_time, *part));
                }
                Effect::HoursInPost { factor } => {
                    if let Some(month) = self.hours_from.get_mut(from) {
                        *month *= factor;
                    }
                }
                _ => {}
            }
        }
    }

    /// Share of those who finish who are in post so many months later.
    #[must_use]
    pub(super) fn share_in_post(&self, months: f64) -> f64 {
        if months <= 0.0 {
            return 0.0;
        }
        let between = self.in_post_after.windows(2).find_map(|pair| match pair {
            [(early, before), (late, after)] if months < *late => {
                Some(before + (after - before) * (months - early) / (late - early))
            }
            _ => None,
        });
        between.unwrap_or(self.in_post_after[3].1)
    }

    /// Months between finishing and being in post for somebody at a place of luck from 0 to 1; nothing for who never is.
    #[must_use]
    pub(super) fn months_until_in_post(&self, luck: f64) -> Option<f64> {
        self.in_post_after.windows(2).find_map(|pair| match pair {
            [(early, before), (late, after)] if luck < *after => {
                Some(early + (late - early) * ((luck - before).max(0.0) / (after - before)))
            }
            _ => None,
        })
    }
}

/// England's shares of qualified GPs by band of age.
pub(super) fn age_shares(values: &Values) -> [f64; 10] {
    AGE_SHARES.map(|key| values.get(key))
}
