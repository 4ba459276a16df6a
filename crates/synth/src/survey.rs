//! Answers to the GP Patient Survey: how many replied and what share answered well, question by question.

use super::draw::{Decision, draw};
use super::parameters::parameters;
use super::reasons::Reason;
use super::world::World;

/// The answers about one practice in one year.
#[derive(Debug, Clone)]
pub struct Answers {
    pub sent: u64,
    pub received: u64,
    /// Share with a good overall experience, of those who replied.
    pub overall: f64,
    pub phone: f64,
    /// Share and number asked, for each question of the parameters.
    pub questions: Vec<(f64, u64)>,
}

/// The answers about a practice. What it is like stays from year to year; who replied does not.
pub fn answers(world: &World, practice: usize, year: i16) -> Answers {
    let figures = &parameters().survey;
    let list = &world.lists[practice];
    let reason = world.practices[practice].reason;
    let mut lasting = draw(world.seed, Decision::Survey, practice, 0);
    let mut stream = draw(world.seed, Decision::Survey, practice, year as usize);
    let own = lasting.standard_normal();
    let sent = stream.poisson(figures.sent_per_practice.value).min(u64::from(list.total));
    let share = figures.response_share.value
        * libm::exp(figures.response_by_deprivation.value * (3.0 - list.fifth()));
    let received = stream.binomial(sent, share.min(0.9)).max(8);
    let fallen =
        if reason == Some(Reason::LosingGps) && year >= 2025 { figures_lost() } else { 0.0 };
    let overall = figures.overall.value - figures.rise_2025.value * f64::from(2025 - year)
        + figures.overall_by_deprivation.value * (3.0 - list.fifth())
        + figures.overall_by_log_list.value * (libm::log(f64::from(list.total)) - 9.0)
        + 0.9 * figures.overall_spread.value * own
        - fallen;
    let phone = figures.phone.value
        + figures.phone_spread.value
            * mixed(figures.phone_on_overall.value, own, lasting.standard_normal())
        - fallen;
    let mut answered = |share: f64, asked: u64| -> f64 {
        stream.binomial(asked, share.clamp(0.03, 0.99)) as f64 / asked.max(1) as f64
    };
    let (overall, phone) = (answered(overall, received), answered(phone, received * 9 / 10));
    let questions = figures
        .question
        .iter()
        .map(|question| {
            let level = question.mean
                + question.spread * mixed(question.on_overall, own, lasting.standard_normal());
            let asked = (received as f64 * question.base_share).round().max(1.0) as u64;
            (answered(planted(reason, &question.stem, level) - fallen, asked), asked)
        })
        .collect();
    Answers { sent, received, overall, phone, questions }
}

fn figures_lost() -> f64 {
    parameters().reasons.lost_satisfaction.value
}

fn mixed(correlation: f64, shared: f64, own: f64) -> f64 {
    correlation * shared + (1.0 - correlation * correlation).sqrt() * own
}

fn planted(reason: Option<Reason>, stem: &str, level: f64) -> f64 {
    if reason == Some(Reason::LowContinuity) && stem == "localgpservicesprefhpsee" {
        let figures = parameters();
        let mean = figures.survey.question.iter().find(|question| question.stem == stem);
        return mean.map_or(level, |question| question.mean)
            - figures.reasons.continuity_drop.value;
    }
    level
}
