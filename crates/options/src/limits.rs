//! How many of those whom a scenario wants to recruit can be taken on: there must be a post for each, and money for their salaries.
//!
//! Neither is known of a place: nobody publishes vacant posts by practice, nor what practices could still spend. So nothing limits a
//! number until the reader says how many posts there are, or how much money a year; what was not said is said to be unchecked.

use models::money::Pence;

use crate::interventions::words::joined;

/// What can be short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Funded posts.
    Posts,
    /// Money for salaries.
    Money,
}

impl Limit {
    /// Both.
    const ALL: [Self; 2] = [Self::Posts, Self::Money];

    /// Its word in files and JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Money => "money",
        }
    }
}

/// People to be recruited and what there is for them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// Who they are, in words, as many as are asked for.
    pub who: &'static str,
    /// How many are asked for.
    pub asked: u32,
    /// Funded posts, one for each; nothing where nobody said.
    pub posts: Option<u32>,
    /// Pounds a year for their salaries; nothing where nobody said.
    pub money: Option<f64>,
    /// Pounds a year that one of them costs.
    pub each: f64,
}

impl Wanted {
    /// For how many there is enough of something; nothing where nobody said.
    fn room(&self, limit: Limit) -> Option<u32> {
        match limit {
            Limit::Posts => self.posts,
            // A thousandth of a pound for what is lost in binary: ten times a tenth is one.
            Limit::Money => self.money.map(|money| {
                if self.each > 0.0 { ((money + 0.001) / self.each) as u32 } else { u32::MAX }
            }),
        }
    }

    /// How much of something somebody says there is: posts, or pounds a year.
    fn stated(&self, limit: Limit) -> Option<f64> {
        match limit {
            Limit::Posts => self.posts.map(f64::from),
            Limit::Money => self.money,
        }
    }

    /// How many can be taken on, all of whom may come: no draw has more than there are posts or money for.
    #[must_use]
    pub fn taken_on(&self) -> u32 {
        let rooms = Limit::ALL.into_iter().filter_map(|limit| self.room(limit));
        rooms.fold(self.asked, u32::min)
    }

    /// What stops the others; nothing where all can be taken on.
    #[must_use]
    pub fn bound_by(&self) -> Vec<Limit> {
        let taken = self.taken_on();
        let binds = |limit: &Limit| taken < self.asked && self.room(*limit) == Some(taken);
        Limit::ALL.into_iter().filter(binds).collect()
    }

    /// What nobody said, so that it was not checked.
    #[must_use]
    pub fn unchecked(&self) -> Vec<Limit> {
        Limit::ALL.into_iter().filter(|limit| self.room(*limit).is_none()).collect()
    }

    /// Pounds a year for the salaries of so many, once all of them are there.
    #[must_use]
    pub fn cost_of(&self, people: u32) -> f64 {
        f64::from(people) * self.each
    }

    /// All of it as a sentence or two; nothing where nobody is asked for.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let (asked, who, taken) = (self.asked, self.who, self.taken_on());
        let (all, some) = (pounds(self.cost_of(asked)), pounds(self.cost_of(taken)));
        let found = if taken < asked {
            format!(
                "Of {asked} {who} asked for {} can be taken on: {}. The salary of one costs {} a year, {all} of all who are asked for and {some} of those taken on, if every one comes and none leaves again.",
                if taken == 0 { "none".to_owned() } else { taken.to_string() },
                self.said(&self.bound_by()),
                pounds(self.each)
            )
        } else {
            let whose = if asked == 1 {
                "The salary of one".to_owned()
            } else {
                format!("Salaries of {asked}")
            };
            let cost = if asked == 1 { "costs" } else { "cost" };
            format!("{whose} {who} {cost} {all} a year, if every one comes and none leaves again.")
        };
        (asked > 0).then(|| format!("{found}{}", self.not_said()))
    }

    /// `posts allow no more (posts = 20)`, the same of money, or both.
    fn said(&self, limits: &[Limit]) -> String {
        let of = |limit: &Limit| match limit {
            Limit::Posts => {
                format!("posts allow no more (posts = {})", self.posts.unwrap_or_default())
            }
            Limit::Money => {
                format!(
                    "money allows no more (money = {} a year)",
                    pounds(self.money.unwrap_or_default())
                )
            }
        };
        limits.iter().map(of).collect::<Vec<_>>().join(" and ")
    }

    /// What was not checked and how to say it.
    fn not_said(&self) -> &'static str {
        match self.unchecked()[..] {
            [] => "",
            [Limit::Posts] => " Whether there are posts was not checked: say posts = ….",
            [Limit::Money] => " Whether there is money was not checked: say money = ….",
            _ => " Neither posts nor money were checked: say posts = … or money = ….",
        }
    }

    /// `30 GPs`, or `20 of the 30 GPs asked for` where not all can be taken on.
    #[must_use]
    pub fn people(&self) -> String {
        let (asked, who, taken) = (self.asked, self.who, self.taken_on());
        match (taken < asked, taken) {
            (true, 0) => format!("none of the {asked} {who} asked for"),
            (true, _) => format!("{taken} of the {asked} {who} asked for"),
            (false, _) => format!("{asked} {who}"),
        }
    }
}

/// Posts or money that several interventions state, each for those whom it recruits itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Pot {
    /// Of what.
    pub limit: Limit,
    /// How much each of the interventions states: posts, or pounds a year.
    pub each: Vec<f64>,
}

impl Pot {
    /// All of them together.
    #[must_use]
    pub fn in_all(&self) -> f64 {
        self.each.iter().sum()
    }

    /// It as a sentence.
    #[must_use]
    pub fn in_words(&self) -> String {
        let count = self.each.len();
        let number = |amount: f64| match self.limit {
            Limit::Posts => format!("{amount:.0}"),
            Limit::Money => pounds(amount),
        };
        let each = joined(&self.each.iter().map(|amount| number(*amount)).collect::<Vec<_>>());
        let in_all = number(self.in_all());
        match self.limit {
            Limit::Posts => format!(
                "{count} interventions that recruit state posts of their own ({each}): each is held to its own, and they add up to {in_all} posts. If there are fewer, divide them between the interventions."
            ),
            Limit::Money => format!(
                "{count} interventions that recruit state money of their own ({each} a year): each is held to its own, and they add up to {in_all} a year. If there is less, divide it between the interventions."
            ),
        }
    }
}

/// Posts and money that two or more interventions state, each for itself.
#[must_use]
pub fn pots(wanted: &[Wanted]) -> Vec<Pot> {
    let of = |limit: Limit| {
        let asking = wanted.iter().filter(|one| one.asked > 0);
        let each: Vec<f64> = asking.filter_map(|one| one.stated(limit)).collect();
        (each.len() > 1).then_some(Pot { limit, each })
    };
    Limit::ALL.into_iter().filter_map(of).collect()
}

/// Pounds, with pence where there are any: a sum that is printed must buy what it says.
fn pounds(amount: f64) -> String {
    let text = Pence::of_pounds(amount).to_string();
    text.trim_end_matches(".00").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(posts: Option<u32>, money: Option<f64>) -> Wanted {
        Wanted { who: "GPs", asked: 30, posts, money, each: 70_000.0 }
    }

    #[test]
    fn nothing_limits_until_somebody_says_so() {
        let open = wanted(None, None);
        assert_eq!((open.taken_on(), open.bound_by()), (30, vec![]));
        let words = open.in_words().unwrap();
        assert!(
            words.contains("£2,100,000") && words.contains("Neither posts nor money"),
            "{words}"
        );
    }

    #[test]
    fn the_lesser_of_posts_and_money_binds_and_is_named() {
        let by_posts = wanted(Some(20), Some(1_750_000.0));
        assert_eq!((by_posts.taken_on(), by_posts.bound_by()), (20, vec![Limit::Posts]));
        let by_money = wanted(Some(26), Some(1_750_000.0));
        assert_eq!((by_money.taken_on(), by_money.bound_by()), (25, vec![Limit::Money]));
        let by_both = wanted(Some(25), Some(1_800_000.0));
        assert_eq!(by_both.bound_by(), [Limit::Posts, Limit::Money]);
        let enough = wanted(Some(30), Some(2_100_000.0));
        assert_eq!(
            (enough.taken_on(), enough.bound_by(), enough.unchecked()),
            (30, vec![], vec![])
        );
    }

    #[test]
    fn the_sentence_tells_how_many_which_limit_and_what_all_would_cost() {
        let words = wanted(Some(20), None).in_words().unwrap();
        for part in [
            "Of 30 GPs",
            "20 can be taken on",
            "posts = 20",
            "£2,100,000",
            "£1,400,000",
            "money = …",
        ] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
        assert_eq!(Wanted { asked: 0, ..wanted(Some(0), None) }.in_words(), None);
    }

    #[test]
    fn posts_and_money_of_several_are_told_to_be_each_their_own() {
        let several = [wanted(Some(4), Some(500_000.0)), wanted(Some(6), Some(300_000.0))];
        let words: Vec<String> = pots(&several).iter().map(Pot::in_words).collect();
        assert_eq!(
            words,
            [
                "2 interventions that recruit state posts of their own (4 and 6): each is held to its own, and they add up to 10 posts. If there are fewer, divide them between the interventions.",
                "2 interventions that recruit state money of their own (£500,000 and £300,000 a year): each is held to its own, and they add up to £800,000 a year. If there is less, divide it between the interventions.",
            ]
        );
        let one_alone = [wanted(Some(4), None), wanted(None, Some(300_000.0))];
        assert_eq!(pots(&one_alone), []);
        let nobody = [wanted(Some(4), None), Wanted { asked: 0, ..wanted(Some(6), None) }];
        assert_eq!(pots(&nobody), []);
    }

    #[test]
    fn those_who_cost_nothing_are_limited_by_no_money() {
        assert_eq!(Wanted { each: 0.0, ..wanted(None, Some(0.0)) }.taken_on(), 30);
        assert_eq!(wanted(None, Some(0.0)).taken_on(), 0);
        assert_eq!(Wanted { each: 0.1, asked: 30, ..wanted(None, Some(1.0)) }.taken_on(), 10);
    }
}
