//! Who will need care: people and the contacts they need by age and by risk group, today and five years on.

use std::sync::Arc;

use evidence::{Belonging, Place};
use kit::answer::Working;
use kit::chart::bars::{Bar, Bars};
use kit::number::plain;
use kit::{Answer, Exhibit, Style};
use models::demand::{Rates, ageing_of};
use models::outlook::Found;
use models::parameters::Parameters;
use models::place::{AGES, Base};
use study::Run;

use crate::context::Context;
use crate::edits::{self, Edits};
use crate::origin::caption;
use crate::question::{Asked, Question, Theme};
use crate::refusal::Refusal;
use crate::{outlook as words, ranking};

/// Years ahead.
const YEARS: u32 = 5;
/// Bands of five years in a bar.
const IN_BAR: usize = 2;

/// People and contacts of some ages, today and then.
#[derive(Debug, Clone, Copy, Default)]
struct Ages {
    people: [f64; 2],
    contacts: [f64; 2],
}

/// What the page shows.
struct Shown {
    base: Base,
    ages: Vec<Ages>,
    /// The run of the place, whose people the risk groups count; it may still be going.
    run: Arc<Run>,
}

/// Who will need care.
pub const QUESTION: Question = Question {
    word: "need",
    asks: "Who will need care?",
    title: "Who will need care in",
    theme: Theme::Outlook,
    counts: Belonging::Stand,
    on_site: true,
    choices: &[edits::CHOICE],
    answer,
};

fn answer(asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let shown = Shown::of(asked)?;
    let mut limits = vec![
        "Contacts by age are not published: their shape is an assumption, their level is what practices recorded.".to_owned(),
        "More illness at the same age, expectations and longer contacts come on top: see the outlook.".to_owned(),
        "Lists grow as residents of the local authorities are projected to, and their ages change as England’s do; homes planned here are in neither.".to_owned(),
        "People by risk group are synthetic: made one by one to agree with published lists and registers; nobody’s record is among them.".to_owned(),
    ];
    limits.extend(words::remarks(&shown.base));
    if let Some(Ok(found)) = shown.run.found() {
        limits.extend(words::remarks_of(found));
    }
    Ok(Answer {
        lead: lead(&shown.ages),
        sentences: shown.sentences(),
        working: shown.working(),
        exhibits: exhibits(asked.context, asked.place, &shown),
        limits,
        method: "outlook-of-a-place",
        ..Answer::default()
    })
}

impl Shown {
    fn of(asked: &Asked<'_>) -> Result<Self, Refusal> {
        let edits = Edits::of(asked.choices)?;
        let parameters = edits.parameters()?;
        let base = asked.context.base(asked.place, &parameters)?;
        let ages = ages(&base, &parameters);
        let run = super::outlook::run(asked.context, asked.place, &edits, None)?;
        Ok(Self { base, ages, run })
    }

    fn sentences(&self) -> Vec<String> {
        match self.run.found() {
            Some(Ok(found)) => words::risk_sentence(&found.outlook)
                .into_iter()
                .chain(found.rankings.iter().filter_map(ranking::sentence))
                .collect(),
            Some(Err(why)) => vec![format!("There are no people by risk group: {why}.")],
            None => Vec::new(),
        }
    }

    fn working(&self) -> Option<Working> {
        let (done, of) = self.run.progress();
        let going = self.run.found().is_none();
        going.then_some(Working { what: "People by risk group are", done, of })
    }
}

/// People and contacts by bar of ten years.
fn ages(base: &Base, parameters: &Parameters) -> Vec<Ages> {
    let values = parameters.values(0, 0);
    let rates = Rates::of(&values);
    let growth = base.growth_to_come(&values, YEARS);
    let later = ageing_of(base, YEARS, growth);
    let mut found = vec![Ages::default(); AGES / IN_BAR];
    for practice in &base.practices {
        for sex in 0..2 {
            for band in 0..AGES {
                let now = practice.ages.0[sex][band];
                let then = now * later.last().map_or(1.0, |ages| ages.0[sex][band]);
                let rate = rates.by_age.0[sex][band];
                let one = &mut found[band / IN_BAR];
                one.people = [one.people[0] + now, one.people[1] + then];
                one.contacts = [one.contacts[0] + now * rate, one.contacts[1] + then * rate];
            }
        }
    }
    found
}

fn lead(ages: &[Ages]) -> String {
    let sum = |of: fn(&Ages) -> f64| ages.iter().map(of).sum::<f64>();
    let old = |of: fn(&Ages) -> f64| ages.iter().skip(8).map(of).sum::<f64>();
    let growth = |now: f64, then: f64| {
        let change = 100.0 * (then / now - 1.0);
        format!("{}% {}", plain(change.abs(), 1), if change < 0.0 { "fewer" } else { "more" })
    };
    format!(
        "In {YEARS} years there are {} people on the lists and {} aged 80 and over; by age alone they need {} contacts.",
        growth(sum(|one| one.people[0]), sum(|one| one.people[1])),
        growth(old(|one| one.people[0]), old(|one| one.people[1])),
        growth(sum(|one| one.contacts[0]), sum(|one| one.contacts[1])),
    )
}

fn exhibits(context: &Context, place: &Place, shown: &Shown) -> Vec<Exhibit> {
    let ages = &shown.ages;
    let name = |bar: usize| {
        let from = bar * IN_BAR * 5;
        if bar + 1 == ages.len() { format!("{from}+") } else { format!("{from}–{}", from + 9) }
    };
    let bars = |id: &str, what: &str, unit: &str, of: fn(&Ages) -> [f64; 2]| {
        let title = format!("{what} by age in {}", place.name);
        let mut caption = caption(context, id, &title, &["registered", "list_size"]);
        caption.description = format!("Bars by age, in {YEARS} years beside today. {title}.");
        let bar = |(number, one): (usize, &Ages)| {
            let [now, then] = of(one).map(|count| Some(count / 1000.0));
            Bar { name: name(number), value: now, reference: then }
        };
        Bars {
            caption,
            style: Style::number(0, unit),
            name: "Today".to_owned(),
            reference: Some(format!("In {YEARS} years")),
            heading: "Age".to_owned(),
            bars: ages.iter().enumerate().map(bar).collect(),
        }
    };
    let contacts =
        bars("contacts", "Contacts needed", "thousand contacts a year", |one| one.contacts);
    let people = bars("people", "People on the lists", "thousand people", |one| one.people);
    let reading = "By age alone, at the rates of the base year and before calibration to what practices recorded.";
    let mut exhibits = vec![
        Exhibit::chart("contacts", "Contacts needed by age", reading, contacts),
        Exhibit::chart(
            "people",
            "People by age",
            "Today’s lists, aged by England’s deaths, births and moves.",
            people,
        ),
    ];
    if let Some(Ok(found)) = shown.run.found() {
        exhibits.extend(by_risk(context, place, found));
    }
    exhibits
}

/// People by risk group, drawn and with their ranges, and how well a score finds those at risk.
fn by_risk(context: &Context, place: &Place, found: &Found) -> [Exhibit; 3] {
    let outlook = &found.outlook;
    let captioned = |id: &str, what: &str| {
        let title = format!("{what} in {}", place.name);
        let mut caption = caption(context, id, &title, &["registered", "list_size", "condition"]);
        caption.description = format!("{title}, in {YEARS} years beside today.");
        caption
    };
    let bars = words::risk_bars(outlook, captioned("risks", "Synthetic people by risk group"));
    let table =
        words::risk_table(outlook, captioned("risk_ranges", "Risk groups and their share of need"));
    let reading = "Mild frailty counts as one or two conditions, moderate frailty as three; complex is four conditions or more, severe frailty or a care home.";
    let title = "Score of conditions and what happens within a year";
    let table_of_ranking = ranking::table(&found.rankings, captioned("ranking", title));
    let ranked = "Published weights of conditions, added up, for adults in the order of their score. What happens is what the model lets happen to synthetic people: it does not say how the score would do on patients.";
    let ranges = "The middle draw, and the range that holds eight of ten.";
    [
        Exhibit::chart("risks", "People by risk group", reading, bars),
        Exhibit::table("risk_ranges", "What share of need they are", ranges, table),
        Exhibit::table("ranking", "How well a score finds those at risk", ranked, table_of_ranking),
    ]
}
