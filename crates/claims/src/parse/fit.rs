//! How the forms of a template fit a sentence: what they take of it, what they miss, and what they leave.

use std::collections::BTreeSet;

use evidence::Place;
use vocab::Whole;

use super::super::lexicon::{LEXICON, Matter};
use super::super::mention::{Mention, QuantityKind, What};
use super::super::template::{Element, Pattern, Template};
use super::THRESHOLD;
use super::sentence::Sentence;
use super::slots::Slots;

/// How a form fits a sentence.
pub(super) struct Fit {
    pub slots: Slots,
    pub missing: Vec<String>,
    pub not_taken: Vec<String>,
    pub confidence: f64,
    /// Elements that were found, hard ones counting double.
    pub found: usize,
    pub needed: usize,
}

impl Sentence {
    /// Fits a form of a template.
    pub(super) fn fit(&self, template: &'static Template, pattern: &Pattern) -> Fit {
        let mut taken: Vec<&Mention> = Vec::new();
        let mut slots = Slots { given: pattern.gives.clone(), ..Slots::default() };
        let mut missing = Vec::new();
        let (mut found, mut needed) = (0, 0);
        self.take_quantities(pattern, &mut taken, &mut slots, &mut missing);
        self.take_marks(pattern, &mut taken, &mut slots);
        for element in &pattern.needs {
            let weight =
                if matches!(element, Element::Concepts(_) | Element::Leading(_)) { 1 } else { 2 };
            needed += weight;
            if let Element::Quantity { name, .. } = element {
                found += if slots.numbers.contains_key(name) { weight } else { 0 };
                continue;
            }
            // The place at hand is held against others; it is no member of a group within itself.
            let alone = *element == Element::Place && !pattern.needs.contains(&Element::Reference);
            let candidate = self.candidate(element, &taken);
            match candidate.filter(|one| !alone || !matches!(one.what, What::Home(_))) {
                Some(mention) => {
                    found += weight;
                    taken.push(mention);
                    slots.take(element, &mention.what);
                }
                None => missing.push(element.in_words()),
            }
        }
        self.take_optional(template, pattern, &mut taken, &mut slots);
        if template.of_england
            && slots.subject.is_none()
            && let Some(mention) = self.england(&taken)
        {
            taken.push(mention);
            slots.subject = Some(Place::everywhere(Whole::England));
            slots.given.insert("whole".to_owned(), "england".to_owned());
        }
        slots.amount = self.amount(&taken);
        if slots.reference.is_some()
            && slots.reference.as_ref() == slots.subject.as_ref().or(Some(&self.home))
        {
            missing.push(Element::Reference.in_words());
        }
        for (name, value) in &pattern.gives {
            slots.give(name, value);
        }
        missing.extend(self.other_whole(pattern, &taken).map(str::to_owned));
        if self.mentions.iter().any(|one| self.is_added(one)) {
            missing.push("one place at a time".to_owned());
        }
        if self.is_turned_round(&taken) {
            missing.push("our own figure before the one that it is held against".to_owned());
        }
        let (not_taken, confidence) = self.left_over(pattern, &taken);
        Fit { slots, missing, not_taken, confidence, found, needed }
    }

    /// The longest mention that an element asks for and that nothing else has taken; of two names the first is spoken
    /// of and the one after the side is whom it is held against.
    fn candidate(&self, element: &Element, taken: &[&Mention]) -> Option<&Mention> {
        let free = self
            .mentions
            .iter()
            .filter(|mention| element.asks_for(&mention.what))
            .filter(|mention| !taken.iter().any(|other| other.overlaps(mention)));
        let side = taken.iter().find(|other| matches!(other.what, What::Direction(_)));
        let before_figures = |mention: &&Mention| {
            let figures = taken.iter().filter(|one| matches!(one.what, What::Quantity(_)));
            figures.into_iter().all(|figure| mention.to <= figure.from)
        };
        match element {
            Element::Leading(_) => free.filter(before_figures).max_by_key(|one| one.from),
            Element::Place => free
                .filter(|mention| !self.is_compared(mention))
                .min_by_key(|mention| (matches!(mention.what, What::Home(_)), mention.from)),
            Element::Reference => free
                .filter(|mention| {
                    self.is_compared(mention)
                        || (!matches!(mention.what, What::Home(_))
                            && side.is_none_or(|side| side.to <= mention.from))
                })
                .min_by_key(|mention| (!self.is_compared(mention), mention.from)),
            _ => free.max_by_key(|mention| (mention.length(), std::cmp::Reverse(mention.from))),
        }
    }

    /// Whether a place is named beside another: `04C and 03W`, `here and in 36J`, `as have those of 91Q`.
    fn is_added(&self, mention: &Mention) -> bool {
        const BETWEEN: [&str; 9] = ["in", "that", "those", "of", "the", "at", "for", "have", "has"];
        if !matches!(mention.what, What::Subject(_)) {
            return false;
        }
        let word = |at: usize| self.tokens.get(at).map_or("", |token| token.word.as_str());
        let before = (0..mention.from).rev().find(|at| !BETWEEN.contains(&word(*at)));
        before.is_some_and(|at| {
            let joins = matches!(word(at), "and" | "or" | "nor" | "plus");
            let as_have = word(at) == "as" && matches!(word(at + 1), "have" | "has");
            (joins && at > 0) || as_have
        })
    }

    /// England, where a sentence speaks of it and of no other place: `nationally`, `across England`.
    fn england(&self, taken: &[&Mention]) -> Option<&Mention> {
        let is_place = |one: &Mention| matches!(one.what, What::Home(_) | What::Subject(_));
        if self.mentions.iter().any(is_place) {
            return None;
        }
        self.mentions
            .iter()
            .filter(|one| one.list() == Some("in_england") && !self.is_compared(one))
            .filter(|one| !self.is_of_something_else(one))
            .filter(|one| !taken.iter().any(|other| other.overlaps(one)))
            .max_by_key(|one| one.length())
    }

    /// `NHS England`, `England's cities`: no word for the place.
    fn is_of_something_else(&self, mention: &Mention) -> bool {
        const OF_ENGLAND: [&str; 12] = [
            "practice",
            "gp",
            "patient",
            "network",
            "pcn",
            "general",
            "appointment",
            "population",
            "nurse",
            "people",
            "registered",
            "surgery",
        ];
        let token = |at: usize| self.tokens.get(at);
        let body = mention.from.checked_sub(1).and_then(token).is_some_and(|one| one.word == "nhs");
        let last = mention.to.checked_sub(1).and_then(token);
        let owns = last
            .is_some_and(|one| one.written.ends_with("'s") || one.written.ends_with('\u{2019}'));
        let owned = token(mention.to).is_none_or(|one| OF_ENGLAND.contains(&one.stem.as_str()));
        body || (owns && !owned)
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
        let required = pattern
            .needs
            .iter()
            .filter(|element| matches!(element, Element::Quantity { .. }))
            .count();
        let figures: Vec<&Mention> = self
            .mentions
            .iter()
            .filter(|mention| matches!(mention.what, What::Quantity(_)))
            .collect();
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
        let Element::Quantity { kind, near, before, bounded, .. } = element else { return None };
        let What::Quantity(quantity) = figure.what else { return None };
        if kind.is_some_and(|kind| kind != quantity.kind) {
            return None;
        }
        let is_bound = !quantity.is_figure() || quantity.upper.is_some();
        if bounded.is_some_and(|wanted| wanted != is_bound) {
            return None;
        }
        if near.is_empty() {
            return Some(1);
        }
        self.mentions
            .iter()
            .filter(|mention| matches!(&mention.what, What::Concept(name) if near.contains(name)))
            .filter(|mention| {
                !before || (figure.to <= mention.from && self.is_right_before(figure, mention))
            })
            .map(|mention| 2 * mention.gap(figure) + usize::from(mention.to <= figure.from))
            .min()
            .filter(|gap| *gap <= 24)
    }

    /// Whether a figure stands right before a word, or of a whole: `43 PCNs`, `half of the networks`.
    fn is_right_before(&self, figure: &Mention, mention: &Mention) -> bool {
        let between: Vec<&str> = (figure.to..mention.from)
            .filter_map(|at| self.tokens.get(at))
            .map(|token| token.word.as_str())
            .collect();
        between.len() <= 1
            || matches!(between.as_slice(), ["of", "the" | "our" | "its" | "all" | "these"])
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
            let said_by_form = self.mentions.iter().any(|other| {
                other.contains(mention)
                    && pattern.needs.iter().chain(&pattern.may).any(|one| one.asks_for(&other.what))
            });
            if template.deniable
                && !said_by_form
                && matches!(&mention.what, What::Guard(guard) if guard == "denial")
                && !taken.iter().any(|other| other.overlaps(mention))
            {
                slots.denied = !slots.denied;
                taken.push(mention);
            }
        }
        let wanted: Vec<&Element> = [&Element::Place]
            .into_iter()
            .chain(
                pattern.may.iter().filter(|element| !matches!(element, Element::Quantity { .. })),
            )
            .collect();
        // Names first, then the longest mention that any element asks for, until there is none.
        loop {
            let free = wanted.iter().filter(|element| slots.is_free(element));
            let best = free
                .filter_map(|element| Some((*element, self.candidate(element, taken)?)))
                .max_by_key(|(element, mention)| {
                    (
                        matches!(element, Element::Place),
                        mention.length(),
                        std::cmp::Reverse(mention.from),
                    )
                });
            let Some((element, mention)) = best else { break };
            taken.push(mention);
            slots.take(element, &mention.what);
        }
    }

    /// Takes the words that give other values to slots, unless another word gave one.
    fn take_marks<'a>(
        &'a self,
        pattern: &Pattern,
        taken: &mut Vec<&'a Mention>,
        slots: &mut Slots,
    ) {
        let mut marked: BTreeSet<&String> = BTreeSet::new();
        for (list, gives) in &pattern.marks {
            let met = self.mentions.iter().find(|mention| {
                matches!(&mention.what, What::Concept(name) if name == list)
                    && !taken.iter().any(|other| other.overlaps(mention))
            });
            let Some(mention) = met.filter(|_| !gives.keys().any(|name| marked.contains(name)))
            else {
                continue;
            };
            taken.push(mention);
            for (name, value) in gives {
                marked.insert(name);
                slots.given.insert(name.clone(), value.clone());
                slots.give(name, value);
            }
        }
    }

    /// Of what a figure would have to be a share or an amount, where the sentence says that it is one of something else:
    /// `a third of practices` is none of patients, `8% of appointments` none of people of an age.
    fn other_whole(&self, pattern: &Pattern, taken: &[&Mention]) -> Option<&'static str> {
        let indicator = taken.iter().find_map(|one| match &one.what {
            What::Indicator(id) => Some(LEXICON.matter(id)),
            _ => None,
        });
        let is_of_people = indicator == Some(Matter::People);
        let is_money = indicator == Some(Matter::Money);
        let lists: Vec<&str> = self.mentions.iter().filter_map(|one| one.list()).collect();
        let names = |wanted: &[&str]| {
            pattern.needs.iter().any(|element| match element {
                Element::Concepts(lists) => {
                    lists.iter().any(|list| wanted.contains(&list.as_str()))
                }
                _ => false,
            })
        };
        taken.iter().find_map(|one| {
            let What::Quantity(quantity) = one.what else { return None };
            let of_practices = quantity.kind == QuantityKind::Share
                && self.counts(one, &["practice", "surgery", "network", "pcn"])
                && !names(&["practice_word", "network_word", "most_practices", "crisis"]);
            let of_visits = is_of_people
                && lists.iter().any(|list| matches!(*list, "appointment_word" | "attendance"));
            let of_sites = quantity.kind == QuantityKind::Share
                && self.counts(one, &["department", "hospital", "trust", "site", "unit"]);
            match quantity.kind {
                QuantityKind::Share if of_sites => Some("a share of attendances"),
                QuantityKind::Share if of_practices || of_visits => Some("a share of patients"),
                QuantityKind::Pounds if indicator.is_some() && !is_money => {
                    Some("an amount without pounds")
                }
                QuantityKind::Minutes if indicator.is_some() => Some("a figure that is no time"),
                _ => None,
            }
        })
    }

    /// Whether a figure counts one of these: `a third of our practices`.
    fn counts(&self, figure: &Mention, stems: &[&str]) -> bool {
        const BETWEEN: [&str; 11] =
            ["of", "the", "our", "all", "gp", "local", "general", "these", "their", "a&e", "ed"];
        let behind = self.tokens.iter().skip(figure.to);
        let mut nouns = behind.skip_while(|token| BETWEEN.contains(&token.word.as_str()));
        let counted = nouns.next().is_some_and(|token| stems.contains(&token.stem.as_str()));
        // `Half the practice's list` counts patients.
        let owned = nouns.next().is_some_and(|token| {
            matches!(token.stem.as_str(), "list" | "patient" | "population" | "appointment")
        });
        counted && !owned
    }

    /// Whether England is said to be on a side of us: `the national average is higher than ours`, `less common
    /// nationally than here`, `that in England is above that of ours`.
    fn is_turned_round(&self, taken: &[&Mention]) -> bool {
        let whole = |mention: &&&Mention| matches!(&mention.what, What::Concept(name) if matches!(name.as_str(), "england" | "parent" | "average"));
        let Some(side) = taken.iter().find(|mention| matches!(mention.what, What::Direction(_)))
        else {
            return false;
        };
        let than = (side.from..self.tokens.len()).find(|at| {
            self.tokens.get(*at).is_some_and(|one| matches!(one.word.as_str(), "than" | "then"))
        });
        let ours_after = |from: usize| {
            let place = |one: &Mention| matches!(one.what, What::Home(_) | What::Subject(_));
            self.mentions.iter().any(|one| place(one) && one.from >= from)
        };
        let others_after = taken.iter().filter(whole).any(|one| side.to <= one.from);
        taken.iter().filter(whole).any(|one| {
            let leads = one.to <= side.from && !self.is_compared(one);
            let led = side.to <= one.from && than.is_some_and(|than| one.to <= than);
            (leads && than.is_some() && !others_after) || (leads && ours_after(side.to)) || led
        })
    }
}

impl Fit {
    /// Whether nothing is missing and nothing is left.
    pub(super) fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.not_taken.is_empty() && self.confidence >= THRESHOLD
    }

    /// Whole fits first, the more confident and the more specific of them before others; else the share found.
    pub(super) fn rank(&self) -> f64 {
        let share = self.found as f64 / self.needed.max(1) as f64;
        let whole = if self.is_whole() { 1_000.0 } else { 0.0 };
        let complete = if self.missing.is_empty() { 1.0 } else { 0.0 };
        whole + complete + share + self.confidence * 10.0 + self.needed as f64 * 0.5
            - self.not_taken.len() as f64 * 0.1
    }
}
