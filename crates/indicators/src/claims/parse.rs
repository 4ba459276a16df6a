//! From a sentence to a typed claim, or to the claims that are nearest to it.
//!
//! A form of a template fits when everything that it needs is in the sentence and the sentence holds nothing that the
//! form does not take: no further figure, age, time, name, indicator, side or change, no denial, aim, cause or condition
//! that the form does not know. Words that no list knows lower the confidence; below the threshold the sentence is
//! answered with suggestions. A sentence is never guessed at: of two templates that fit as well, neither is taken.

use std::collections::BTreeSet;

use evidence::Place;

use super::lexicon::LEXICON;
use super::mention::{Change, Direction, Mention, Quantity, What, When};
use super::names::Names;
use super::template::{Element, Pattern, Template};
use super::tokens::{Token, tokens};
use super::{quantities, times};
use crate::definition::Ages;
use vocab::Level;

/// Confidence from which a claim is read; set on the sentences of `tests/claims/sentences.toml`.
pub const THRESHOLD: f64 = 0.8;
/// What each corrected word takes off the confidence.
const CORRECTION: f64 = 0.97;
/// Word lists that say so much that a form must take them: a claim about England is none about a place, a claim
/// about closed practices none about practices.
const TELLING: [&str; 47] = [
    "england", "parent", "chance", "case_mix", "care_homes", "students", "emergency", "deprived", "affluent", "homeless",
    "complex", "closed", "crisis", "monday", "friday", "midweek", "full_time", "leaving", "training", "real_terms",
    "ghosts", "unregistered", "explained", "not_explained", "inflation", "hubs", "walk_in", "triage",
    "newly_qualified", "qualified_abroad", "most_practices", "contract_kind", "dispensing", "immunisation",
    "single_handed", "no_gp", "variation", "imbalance", "risk_score", "low_presentation", "not_drawn", "traverse",
    "extended_services", "would_close", "referral_wait", "seven_day", "average_list",
];
/// Suggestions at most.
const MOST_SUGGESTIONS: usize = 3;

/// A sentence that was understood.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The sentence.
    pub sentence: String,
    /// What kind of claim it is.
    pub template: &'static Template,
    /// What was found in it.
    pub slots: Slots,
    /// How much of the sentence was understood, 0 to 1.
    pub confidence: f64,
}

/// What was found in a sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Slots {
    /// The indicator.
    pub indicator: Option<String>,
    /// Of whom it speaks; nothing for the place at hand.
    pub subject: Option<Place>,
    /// With whom it compares.
    pub reference: Option<Place>,
    /// The side.
    pub direction: Option<Direction>,
    /// The change.
    pub change: Option<Change>,
    /// The kind of organisation.
    pub level: Option<Level>,
    /// The ages.
    pub ages: Option<Ages>,
    /// The time.
    pub when: Option<When>,
    /// Figures by name.
    pub numbers: std::collections::BTreeMap<String, Quantity>,
    /// Values that the form gives.
    pub given: std::collections::BTreeMap<String, String>,
    /// Whether the sentence denies it.
    pub denied: bool,
}

/// What became of a sentence.
#[derive(Debug, Clone)]
pub enum Parsed {
    /// It is a claim.
    Claim(Box<Claim>),
    /// It is near to claims, and lacks something or holds too much.
    Near(Vec<Suggestion>),
    /// It is no claim that figures could answer.
    NotAClaim,
}

/// A claim near to a sentence.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The claim.
    pub template: &'static Template,
    /// What the sentence lacks.
    pub missing: Vec<String>,
    /// What of the sentence the claim does not take.
    pub not_taken: Vec<String>,
}

/// A sentence with everything that was found in it.
struct Sentence {
    tokens: Vec<Token>,
    mentions: Vec<Mention>,
}

/// How a form fits a sentence.
struct Fit {
    slots: Slots,
    missing: Vec<String>,
    not_taken: Vec<String>,
    confidence: f64,
    /// Elements that were found, hard ones counting double.
    found: usize,
    needed: usize,
}

/// Reads a sentence against the templates, seen from a place.
pub(crate) fn parse(
    sentence: &str,
    templates: &'static [Template],
    names: &Names,
    home: &Place,
) -> Parsed {
    let read = Sentence::of(reported(sentence), names, home);
    let mut fits: Vec<(&'static Template, Fit)> = Vec::new();
    for template in templates {
        let best = template
            .patterns
            .iter()
            .map(|pattern| read.fit(template, pattern))
            .max_by(|left, right| left.rank().total_cmp(&right.rank()));
        fits.extend(best.map(|fit| (template, fit)));
    }
    fits.sort_by(|left, right| {
        right.1.rank().total_cmp(&left.1.rank()).then_with(|| left.0.id.cmp(&right.0.id))
    });
    let whole: Vec<&(&Template, Fit)> = fits.iter().filter(|(_, fit)| fit.is_whole()).collect();
    if let Some((template, fit)) = whole.first()
        && whole.get(1).is_none_or(|(_, second)| second.rank() + 1e-9 < fit.rank())
    {
        return Parsed::Claim(Box::new(Claim {
            sentence: sentence.trim().to_owned(),
            template,
            slots: fit.slots.clone(),
            confidence: fit.confidence,
        }));
    }
    suggestions(fits)
}

/// The nearest templates, if any is near.
fn suggestions(fits: Vec<(&'static Template, Fit)>) -> Parsed {
    let near: Vec<Suggestion> = fits
        .into_iter()
        .filter(|(_, fit)| fit.found >= 2 && fit.found * 2 >= fit.needed)
        .take(MOST_SUGGESTIONS)
        .map(|(template, fit)| Suggestion {
            template,
            missing: fit.missing,
            not_taken: fit.not_taken,
        })
        .collect();
    if near.is_empty() { Parsed::NotAClaim } else { Parsed::Near(near) }
}

/// The part of a sentence that is reported: what follows `Dr. Khan noted that`.
fn reported(sentence: &str) -> &str {
    const REPORTING: [&str; 26] = [
        "noted", "said", "stated", "reported", "advised", "explained", "commented", "heard", "suggested",
        "highlighted", "felt", "told", "observed", "added", "concern", "concerned", "emphasised", "remarked",
        "recognised", "acknowledged", "informed", "pointed", "shows", "says", "found", "reminded",
    ];
    let Some((head, tail)) = sentence.split_once(" that ") else { return sentence };
    let words: Vec<String> = tokens(head).into_iter().map(|token| token.word).collect();
    let reports = words.iter().any(|word| REPORTING.contains(&word.as_str()));
    let denies = words.iter().any(|word| matches!(word.as_str(), "not" | "no" | "if" | "whether"));
    let plain = !words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
    if reports && !denies && plain && words.len() <= 14 { tail } else { sentence }
}

impl Sentence {
    fn of(sentence: &str, names: &Names, home: &Place) -> Self {
        let tokens = tokens(sentence);
        let figures = quantities::quantities(&tokens);
        let whens = times::times(&tokens, &figures);
        let ages = times::ages(&tokens);
        let mut mentions = LEXICON.mentions(&tokens);
        mentions.extend(names.mentions(&tokens, home));
        // A year is a time and no figure; `21-25` may be ages or a range of figures.
        let of_time = |figure: &Mention| whens.iter().any(|when| when.from <= figure.from && figure.to <= when.to);
        let of_age = |figure: &Mention| ages.iter().any(|age| age.from <= figure.from && figure.to <= age.to && age.length() > 1);
        mentions.extend(figures.iter().filter(|figure| !of_time(figure) && !of_age(figure)).cloned());
        let inside_name = |mention: &Mention| {
            mentions.iter().any(|one| matches!(one.what, What::Indicator(_) | What::Concept(_)) && one.contains(mention))
        };
        let ages: Vec<Mention> = ages.iter().filter(|age| !inside_name(age)).cloned().collect();
        mentions.retain(|mention| {
            !matches!(mention.what, What::Direction(_) | What::Change(_) | What::Level(_) | What::Quantity(_) | What::Guard(_))
                || !ages.iter().chain(&whens).any(|other| other.from <= mention.from && mention.to <= other.to)
        });
        let bounds: Vec<Mention> = mentions.iter().filter(|one| matches!(one.what, What::Quantity(_))).cloned().collect();
        let names: Vec<Mention> = mentions.iter().filter(|one| matches!(one.what, What::Subject(_))).cloned().collect();
        let phrases: Vec<Mention> = mentions.iter().filter(|one| matches!(one.what, What::Concept(_))).cloned().collect();
        mentions.retain(|mention| match &mention.what {
            // `GP practices` are no GPs.
            What::Concept(list) if list == "gps" => {
                let practices = |one: &&Mention| matches!(&one.what, What::Concept(list) if list == "practice_word");
                !phrases.iter().filter(practices).chain(&names).any(|one| one.contains(mention))
            }
            What::Concept(_) | What::Level(_) => !names.iter().any(|name| name.contains(mention)),
            _ => true,
        });
        let lists: Vec<Mention> = mentions.iter().filter(|one| matches!(one.what, What::Indicator(_) | What::Concept(_) | What::Subject(_))).cloned().collect();
        mentions.retain(|mention| match mention.what {
            What::Direction(_) | What::Guard(_) | What::Change(_) => {
                !bounds.iter().any(|figure| figure.from <= mention.from && mention.to <= figure.to)
            }
            What::Quantity(_) => !lists.iter().any(|list| list.contains(mention)),
            _ => true,
        });
        mentions.extend(ages);
        mentions.extend(whens);
        Self { tokens, mentions }
    }

    fn fit(&self, template: &'static Template, pattern: &Pattern) -> Fit {
        let mut taken: Vec<&Mention> = Vec::new();
        let mut slots = Slots { given: pattern.gives.clone(), ..Slots::default() };
        let mut missing = Vec::new();
        let (mut found, mut needed) = (0, 0);
        self.take_quantities(pattern, &mut taken, &mut slots, &mut missing);
        for element in &pattern.needs {
            let weight = if matches!(element, Element::Concepts(_)) { 1 } else { 2 };
            needed += weight;
            if let Element::Quantity { name, .. } = element {
                found += if slots.numbers.contains_key(name) { weight } else { 0 };
                continue;
            }
            match self.candidate(element, &taken) {
                Some(mention) => {
                    found += weight;
                    taken.push(mention);
                    slots.take(element, &mention.what);
                }
                None => missing.push(element.in_words()),
            }
        }
        self.take_optional(template, pattern, &mut taken, &mut slots);
        for (name, value) in &pattern.gives {
            slots.give(name, value);
        }
        let (not_taken, confidence) = self.left_over(&taken);
        Fit { slots, missing, not_taken, confidence, found, needed }
    }

    /// The longest mention that an element asks for and that nothing else has taken; of two names the first is spoken
    /// of and the one after the side is whom it is held against.
    fn candidate(&self, element: &Element, taken: &[&Mention]) -> Option<&Mention> {
        let free = self
            .mentions
            .iter()
            .filter(|mention| asks_for(element, &mention.what))
            .filter(|mention| !taken.iter().any(|other| other.overlaps(mention)));
        let side = taken.iter().find(|other| matches!(other.what, What::Direction(_)));
        match element {
            Element::Place => free.min_by_key(|mention| mention.from),
            Element::Reference => {
                free.filter(|mention| side.is_some_and(|side| side.to <= mention.from)).min_by_key(|mention| mention.from)
            }
            _ => free.max_by_key(|mention| (mention.length(), std::cmp::Reverse(mention.from))),
        }
    }

    /// Gives the figures of a sentence to the slots, each to the one whose words are nearest.
    fn take_quantities<'a>(
        &'a self,
        pattern: &Pattern,
        taken: &mut Vec<&'a Mention>,
        slots: &mut Slots,
        missing: &mut Vec<String>,
    ) {
        let wanted: Vec<&Element> = pattern
            .needs
            .iter()
            .chain(&pattern.may)
            .filter(|element| matches!(element, Element::Quantity { .. }))
            .collect();
        let required = pattern.needs.iter().filter(|element| matches!(element, Element::Quantity { .. })).count();
        let figures: Vec<&Mention> =
            self.mentions.iter().filter(|mention| matches!(mention.what, What::Quantity(_))).collect();
        let best = self.assign(&wanted, required, &figures, &mut Vec::new());
        let chosen = best.map(|(_, chosen)| chosen).unwrap_or_default();
        for (element, figure) in wanted.iter().zip(chosen.iter().chain(std::iter::repeat(&None))) {
            let Element::Quantity { name, .. } = element else { continue };
            match figure.and_then(|index| figures.get(index)) {
                Some(mention) => {
                    taken.push(mention);
                    if let What::Quantity(quantity) = mention.what {
                        slots.numbers.insert(name.clone(), quantity);
                    }
                }
                None if pattern.needs.contains(element) => missing.push(element.in_words()),
                None => {}
            }
        }
    }

    /// The assignment of figures to slots that leaves the fewest required slots empty and the fewest words between.
    fn assign(
        &self,
        wanted: &[&Element],
        required: usize,
        figures: &[&Mention],
        chosen: &mut Vec<Option<usize>>,
    ) -> Option<(usize, Vec<Option<usize>>)> {
        let Some(element) = wanted.get(chosen.len()) else {
            return Some((0, chosen.clone()));
        };
        let mut best: Option<(usize, Vec<Option<usize>>)> = None;
        let is_required = chosen.len() < required;
        let options = (0..figures.len()).map(Some).chain([None]);
        for option in options {
            let cost = match option {
                Some(index) if chosen.contains(&Some(index)) => None,
                Some(index) => figures.get(index).and_then(|figure| self.cost(element, figure)),
                None => Some(if is_required { 1_000 } else { 40 }),
            };
            let Some(cost) = cost else { continue };
            chosen.push(option);
            if let Some((rest, found)) = self.assign(wanted, required, figures, chosen)
                && best.as_ref().is_none_or(|(least, _)| cost + rest < *least)
            {
                best = Some((cost + rest, found));
            }
            chosen.pop();
        }
        best
    }

    /// How far a figure is from the words of a slot; nothing where it cannot be meant.
    fn cost(&self, element: &Element, figure: &Mention) -> Option<usize> {
        let Element::Quantity { kind, near, before, .. } = element else { return None };
        let What::Quantity(quantity) = figure.what else { return None };
        if kind.is_some_and(|kind| kind != quantity.kind) {
            return None;
        }
        if near.is_empty() {
            return Some(1);
        }
        self.mentions
            .iter()
            .filter(|mention| matches!(&mention.what, What::Concept(name) if near.contains(name)))
            .filter(|mention| !before || (figure.to <= mention.from && mention.gap(figure) <= 1))
            .map(|mention| 2 * mention.gap(figure) + usize::from(mention.to <= figure.from))
            .min()
            .filter(|gap| *gap <= 24)
    }

    /// Takes what the form allows, the place and words of its lists.
    fn take_optional<'a>(
        &'a self,
        template: &Template,
        pattern: &Pattern,
        taken: &mut Vec<&'a Mention>,
        slots: &mut Slots,
    ) {
        let near: BTreeSet<&String> = pattern
            .needs
            .iter()
            .chain(&pattern.may)
            .flat_map(|element| match element {
                Element::Quantity { near, .. } => near.as_slice(),
                _ => &[],
            })
            .collect();
        for mention in &self.mentions {
            if matches!(&mention.what, What::Concept(name) if near.contains(name)) {
                taken.push(mention);
            }
            if template.deniable
                && matches!(&mention.what, What::Guard(guard) if guard == "denial")
                && !taken.iter().any(|other| other.overlaps(mention))
            {
                slots.denied = !slots.denied;
                taken.push(mention);
            }
        }
        let wanted: Vec<&Element> = [&Element::Place]
            .into_iter()
            .chain(pattern.may.iter().filter(|element| !matches!(element, Element::Quantity { .. })))
            .collect();
        // Names first, then the longest mention that any element asks for, until there is none.
        loop {
            let free = wanted.iter().filter(|element| slots.is_free(element));
            let best = free
                .filter_map(|element| Some((*element, self.candidate(element, taken)?)))
                .max_by_key(|(element, mention)| {
                    (matches!(element, Element::Place), mention.length(), std::cmp::Reverse(mention.from))
                });
            let Some((element, mention)) = best else { break };
            taken.push(mention);
            slots.take(element, &mention.what);
        }
    }

    /// What of the sentence a form did not take, and the confidence that is left.
    fn left_over(&self, taken: &[&Mention]) -> (Vec<String>, f64) {
        let covered = |at: usize| taken.iter().any(|mention| mention.from <= at && at < mention.to);
        let mut not_taken = Vec::new();
        for mention in &self.mentions {
            let hard = match &mention.what {
                What::Concept(name) => TELLING.contains(&name.as_str()),
                What::Level(_) => false,
                _ => true,
            };
            if hard && !is_taken(mention, taken) {
                not_taken.push(self.written(mention));
            }
            if let What::Subject(places) = &mention.what
                && places.len() > 1
                && covered(mention.from)
            {
                not_taken.push(format!("{} ({} are called so)", self.written(mention), places.len()));
            }
        }
        let (mut known, mut unknown) = (0.0_f64, 0.0_f64);
        for (at, token) in self.tokens.iter().enumerate() {
            if covered(at) {
                known += 1.0;
            } else if !LEXICON.is_plain(token) && token.word.chars().any(char::is_alphanumeric) {
                unknown += 1.0;
                if self.restricts(at, token) {
                    not_taken.push(token.written.clone());
                }
            }
        }
        let corrected: usize = taken.iter().map(|mention| mention.corrected).sum();
        let share = if known + unknown > 0.0 { known / (known + unknown) } else { 0.0 };
        not_taken.dedup();
        (not_taken, share * libm::pow(CORRECTION, corrected as f64))
    }

    /// Whether a word that was not understood narrows the claim to something that we do not know: a name with a capital, or
    /// anything after `in`, `among`, `of` and such.
    fn restricts(&self, at: usize, token: &Token) -> bool {
        const NARROWING: [&str; 14] = [
            "in", "across", "within", "at", "among", "amongst", "with", "for", "from", "of", "on", "by", "near", "during",
        ];
        const ARTICLES: [&str; 8] = ["the", "a", "an", "our", "their", "its", "all", "some"];
        let word = |back: usize| at.checked_sub(back).and_then(|at| self.tokens.get(at)).map_or("", |token| token.word.as_str());
        let before = if ARTICLES.contains(&word(1)) { word(2) } else { word(1) };
        let name = token.capital && !LEXICON.knows(token);
        name || token.has_digit() || NARROWING.contains(&before)
    }

    fn written(&self, mention: &Mention) -> String {
        let words: Vec<&str> = self
            .tokens
            .iter()
            .skip(mention.from)
            .take(mention.length())
            .map(|token| token.written.as_str())
            .collect();
        words.join(" ")
    }
}

/// Whether a mention was taken, lies within one that was, or overlaps with one of the same list.
fn is_taken(mention: &Mention, taken: &[&Mention]) -> bool {
    let same_list = |other: &Mention| {
        matches!(mention.what, What::Concept(_)) && other.what == mention.what && other.overlaps(mention)
    };
    taken.iter().any(|other| (other.from <= mention.from && mention.to <= other.to) || same_list(other))
}

/// Whether an element asks for what a mention is.
fn asks_for(element: &Element, what: &What) -> bool {
    match (element, what) {
        (Element::Concepts(names), What::Concept(name)) => names.contains(name),
        (Element::Guard(wanted), What::Guard(guard)) => wanted == guard,
        (Element::Direction, What::Direction(side)) => !side.is_extreme(),
        (Element::Extreme, What::Direction(side)) => side.is_extreme(),
        (Element::When, What::When(when)) => !matches!(when, When::Ahead(_) | When::By(_)),
        (Element::Ahead, What::When(when)) => !matches!(when, When::Since(_) | When::Back(_)),
        (Element::Indicator, What::Indicator(_))
        | (Element::Place | Element::Reference, What::Subject(_))
        | (Element::Change, What::Change(_))
        | (Element::Level, What::Level(_))
        | (Element::Ages, What::Ages(_)) => true,
        _ => false,
    }
}

impl Slots {
    fn take(&mut self, element: &Element, what: &What) {
        match what {
            What::Indicator(id) => self.indicator = Some(id.clone()),
            What::Subject(places) if *element == Element::Reference => self.reference = places.first().cloned(),
            What::Subject(places) => self.subject = places.first().cloned(),
            What::Direction(direction) => self.direction = Some(*direction),
            What::Change(change) => self.change = Some(*change),
            What::Level(level) => self.level = self.level.or(Some(*level)),
            What::Ages(ages) => self.ages = Some(*ages),
            What::When(when) => self.when = Some(*when),
            What::Concept(_) | What::Guard(_) | What::Quantity(_) => {}
        }
    }

    fn is_free(&self, element: &Element) -> bool {
        match element {
            Element::Indicator => self.indicator.is_none(),
            Element::Place => self.subject.is_none(),
            Element::Reference => self.reference.is_none(),
            Element::Direction | Element::Extreme => self.direction.is_none(),
            Element::Change => self.change.is_none(),
            Element::Ages => self.ages.is_none(),
            Element::When | Element::Ahead => self.when.is_none(),
            Element::Quantity { .. } => false,
            // Word lists, and kinds of organisations that are named again, may be met more than once.
            Element::Concepts(_) | Element::Guard(_) | Element::Level => true,
        }
    }

    fn give(&mut self, name: &str, value: &str) {
        match name {
            "indicator" => self.indicator = Some(value.to_owned()),
            "direction" => self.direction = Direction::parse(value),
            "change" => self.change = Change::parse(value),
            "level" => self.level = Level::parse(value),
            _ => {}
        }
    }

    /// The slots by name, as they are written in answers and examples.
    #[must_use]
    pub fn in_words(&self) -> std::collections::BTreeMap<String, String> {
        let mut words = self.given.clone();
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                words.insert(name.to_owned(), value);
            }
        };
        put("indicator", self.indicator.clone());
        put("place", self.subject.as_ref().map(|place| place.key.clone()));
        put("reference", self.reference.as_ref().map(|place| place.key.clone()));
        put("direction", self.direction.map(|one| one.as_str().to_owned()));
        put("change", self.change.map(|one| one.as_str().to_owned()));
        put("level", self.level.map(|one| one.as_str().to_owned()));
        put("ages", self.ages.map(|ages| match ages.to {
            Some(to) => format!("{}-{}", ages.from, to.saturating_sub(1)),
            None => format!("{}+", ages.from),
        }));
        put("when", self.when.map(When::in_words));
        put("denied", self.denied.then(|| "yes".to_owned()));
        for (name, quantity) in &self.numbers {
            words.insert(name.clone(), quantity.in_words());
        }
        words
    }
}

impl Fit {
    fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.not_taken.is_empty() && self.confidence >= THRESHOLD
    }

    /// Whole fits first, the more confident and the more specific of them before others; else the share found.
    fn rank(&self) -> f64 {
        let share = self.found as f64 / self.needed.max(1) as f64;
        let whole = if self.is_whole() { 1_000.0 } else { 0.0 };
        let complete = if self.missing.is_empty() { 1.0 } else { 0.0 };
        whole + complete + share + self.confidence * 10.0 + self.needed as f64 * 0.5
            - self.not_taken.len() as f64 * 0.1
    }
}
