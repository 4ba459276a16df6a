//! Scenarios: what is written comes back, what cannot be is refused in words, and what does nothing changes nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod together;

use std::collections::{BTreeMap, BTreeSet};

use models::parameters::Parameters;
use models::workforce::{Contract, Employer, GpStock, GpsByAge, Horizon, Ledger, Staff, simulate};
use options::interventions::KINDS;
use options::money::{cost_by_year, envelope};
use options::scenario::{DO_NOTHING, Premises, Resolved, Scenario, Scenarios};
use options::{Field, Form, Kind};
use vocab::Month;

const BASE: Month = Month { year: 2025, month: 12 };

fn premises() -> Premises {
    Premises {
        practices: (1..=9).map(|number| format!("A8100{number}").parse().unwrap()).collect(),
        closed: BTreeSet::from(["A82000".parse().unwrap()]),
        networks: BTreeSet::from(["U12345".parse().unwrap()]),
        network_of: BTreeMap::new(),
        people: Some(1_000_000.0),
        lists: BTreeMap::new(),
        gps: Some(gps(31)),
        hours: BTreeMap::new(),
        names: BTreeMap::new(),
        base: BASE,
        months: 60,
    }
}

/// So many partners of 60 to 64, and as many registrars, who do not count.
fn gps(heads: u32) -> GpsByAge {
    of_ages(&[(Contract::Partner, Some(60), heads), (Contract::Registrar, Some(60), heads)])
}

fn of_ages(stocks: &[(Contract, Option<u8>, u32)]) -> GpsByAge {
    let stock = |&(contract, age, heads): &(Contract, Option<u8>, u32)| GpStock {
        contract,
        sex: None,
        age,
        heads,
        fte: f64::from(heads),
    };
    let gps = stocks.iter().map(stock).collect();
    let employer = Employer { code: "A81001".to_owned(), gps, others: vec![] };
    let staff = Staff { employers: vec![employer], local_leaving: None };
    GpsByAge::of(&staff, &Parameters::embedded().values(0, 0))
}

/// Something that can stand in a field: the codes, roles and days of one intervention differ.
fn example(field: &Field, before: usize) -> toml::Value {
    let text = |text: &str| toml::Value::String(text.to_owned());
    let practice = format!("A8100{}", before + 1);
    let (least, most) = (field.range.start(), field.range.end());
    let middle = if field.name == "to_age" { 80.0 } else { least + (most - least) * 0.4 };
    match field.form {
        Form::Number => toml::Value::Float(middle),
        Form::Whole => toml::Value::Integer(middle as i64),
        Form::Practice | Form::Employer => text(&practice),
        Form::Practices => toml::Value::Array(vec![text(&practice)]),
        Form::Network => text("U12345"),
        Form::Who | Form::Role => text(["nurse", "pharmacist"][before % 2]),
        Form::Mode => text(["home_visit", "telephone"][before % 2]),
        Form::Day => text(["monday", "saturday"][before % 2]),
    }
}

fn written(kind: &Kind) -> toml::Table {
    let mut table = toml::Table::new();
    table.insert("kind".to_owned(), toml::Value::String(kind.id.to_owned()));
    table.insert("from".to_owned(), toml::Value::String("2026-04".to_owned()));
    for (before, field) in kind.fields.iter().enumerate() {
        table.insert(field.name.to_owned(), example(field, before));
    }
    table
}

fn file(interventions: Vec<toml::Table>) -> String {
    let mut table = toml::Table::new();
    table.insert("name".to_owned(), toml::Value::String("Test".to_owned()));
    let all = interventions.into_iter().map(toml::Value::Table).collect();
    table.insert("intervention".to_owned(), toml::Value::Array(all));
    table.to_string()
}

fn every_kind() -> String {
    file(KINDS.iter().map(|kind| written(kind)).collect())
}

fn scenarios(files: &[(&str, &str)]) -> Scenarios {
    let files: Vec<(String, String)> =
        files.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    Scenarios::read(&files).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn refusals(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<(String, String)> =
        files.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    Scenarios::read(&files).unwrap_err().iter().map(ToString::to_string).collect()
}

fn with<T>(text: &str, look: impl FnOnce(&Resolved<'_>) -> T) -> T {
    look(&scenarios(&[("test", text)]).resolve("test").unwrap())
}

#[test]
fn every_kind_goes_through_a_file_and_comes_back() {
    for kind in KINDS {
        let first = Scenario::read("test", &file(vec![written(kind)]))
            .unwrap_or_else(|problems| panic!("{}: {problems:?}", kind.id));
        let second = Scenario::read("test", &first.write()).unwrap();
        let values = |scenario: &Scenario| scenario.interventions[0].what.values();
        assert_eq!(values(&first).len(), kind.fields.len(), "{}", kind.id);
        assert_eq!(values(&first), values(&second), "{}", kind.id);
    }
}

#[test]
fn every_kind_says_what_it_does_and_changes_something() {
    with(&every_kind(), |all| {
        for ((_, _, dated), words) in all.interventions.iter().zip(all.in_words()) {
            let id = dated.what.kind().id;
            assert!(words.starts_with("From April 2026 ") && words.ends_with('.'), "{words}");
            assert!(!dated.what.changes(dated.from).is_empty(), "{id}");
        }
    });
}

#[test]
fn what_is_left_out_takes_its_default() {
    let text = "name = \"Test\"\n[[intervention]]\nkind = \"recruit_overseas\"\nfrom = \"2026-04\"\nheads = 30";
    with(text, |scenario| {
        let values = scenario.interventions[0].2.what.values();
        assert!(values.contains(&("relocation", toml::Value::Float(18_000.0))), "{values:?}");
    });
}

#[test]
fn everything_that_cannot_be_read_is_named_at_once() {
    let text = "name = \"Test\"\ncolour = \"red\"
[[intervention]]\nkind = \"recruit_overseas\"\nfrom = \"soon\"\nheads = -3\nhats = 2
[[intervention]]\nkind = \"posts\"\nfrom = \"2026-04\"\nrole = \"wizard\"\nposts = 2\nemployer = \"U12345\"\nfill = 2.0
[[intervention]]\nkind = \"wish\"\nfrom = \"2026-04\"";
    let problems = refusals(&[("test", text)]);
    for (problem, part) in problems.iter().zip([
        "test: `colour` is unknown",
        "test, intervention 1: `from` is \"soon\"; write the first month",
        "test, intervention 1: `hats` is no parameter of it",
        "test, intervention 1: `heads` is -3; expected a whole number",
        "test, intervention 2: `role` is \"wizard\"; expected a role",
        "test, intervention 2: `fill` is 2; expected 0.05 to 0.99 (probability)",
        "test, intervention 3: `wish` is no kind; there are recruit_gps",
    ]) {
        assert!(problem.starts_with(part), "{problem}\nexpected {part}");
    }
    assert_eq!(problems.len(), 7, "{problems:#?}");
}

#[test]
fn doing_nothing_is_always_there() {
    let none = scenarios(&[]);
    assert_eq!(none.iter().map(|one| one.key.as_str()).collect::<Vec<_>>(), [DO_NOTHING]);
    assert!(none.resolve(DO_NOTHING).unwrap().changes().is_empty());
}

#[test]
fn the_hash_is_of_what_is_done_and_of_nothing_else() {
    let recruit = |heads: &str| {
        format!("[[intervention]]\nkind = \"recruit_gps\"\nfrom = \"2026-04\"\nheads = {heads}\n")
    };
    let cap = "[[intervention]]\nkind = \"cap_list\"\nfrom = \"2026-04\"\npractice = \"A81001\"\npatients = 9000\n";
    let hash = |text: &str| scenarios(&[("test", text)]).resolve("test").unwrap().hash();
    let one = hash(&format!("name = \"One\"\n{}{cap}", recruit("5")));
    assert_eq!(one, hash(&format!("name = \"Two\"\nabout = \"Why\"\n{cap}{}", recruit("5"))));
    assert_ne!(one, hash(&format!("name = \"One\"\n{}{cap}", recruit("6"))));
    assert_eq!(one.len(), 64);
    let nothing = scenarios(&[]).resolve(DO_NOTHING).unwrap().hash();
    assert_eq!(hash("name = \"Idle\"\nparent = \"do-nothing\""), nothing);
}

#[test]
fn a_scenario_does_what_its_parents_do() {
    let parent = "name = \"Parent\"\n[[intervention]]\nkind = \"training_places\"\nfrom = \"2026-08\"\nplaces = 4";
    let child = "name = \"Child\"\nparent = \"parent\"\n[[intervention]]\nkind = \"expectation\"\nfrom = \"2026-01\"\ngrowth = 0.01";
    let family = scenarios(&[("child", child), ("parent", parent)]);
    let resolved = family.resolve("child").unwrap();
    let origins: Vec<&str> = resolved.interventions.iter().map(|(key, ..)| *key).collect();
    assert_eq!(origins, ["child", "parent"]);
    assert_eq!(family.resolve("parent").unwrap().changes().len(), 1);
}

#[test]
fn a_circle_of_parents_is_refused() {
    let problems =
        refusals(&[("a", "name = \"A\"\nparent = \"b\""), ("b", "name = \"B\"\nparent = \"a\"")]);
    assert_eq!(problems[0], "a: its parents go round in a circle: a → b → a");
}

#[test]
fn an_unknown_parent_is_refused() {
    let problems = refusals(&[("a", "name = \"A\"\nparent = \"z\"")]);
    assert_eq!(problems, ["a: there is no scenario `z`; there are a, do-nothing"]);
}

#[test]
fn what_cannot_be_in_the_place_is_refused_in_words_all_at_once() {
    let text = "name = \"Test\"
[[intervention]]\nkind = \"close_practice\"\nfrom = \"2026-04\"\npractice = \"A81001\"
[[intervention]]\nkind = \"close_practice\"\nfrom = \"2027-04\"\npractice = \"A81001\"
[[intervention]]\nkind = \"merge_practices\"\nfrom = \"2027-05\"\npractice = \"A81001\"\ninto = \"A81002\"
[[intervention]]\nkind = \"move_hours\"\nfrom = \"2026-06\"\nemployer = \"A81001\"\nhours = 4\nfrom_day = \"friday\"\nto_day = \"monday\"
[[intervention]]\nkind = \"cap_list\"\nfrom = \"2024-06\"\npractice = \"A81003\"\npatients = 9000
[[intervention]]\nkind = \"cap_list\"\nfrom = \"2039-06\"\npractice = \"A81003\"\npatients = 9000
[[intervention]]\nkind = \"move_network\"\nfrom = \"2026-06\"\npractice = \"B81003\"\nto = \"U99999\"
[[intervention]]\nkind = \"open_practice\"\nfrom = \"2026-06\"\npractice = \"A81004\"\npatients = 3000
[[intervention]]\nkind = \"close_practice\"\nfrom = \"2026-04\"\npractice = \"A82000\"";
    let found = with(text, |scenario| scenario.problems(&premises()));
    let mut found: Vec<String> = found.iter().map(ToString::to_string).collect();
    found.sort();
    assert_eq!(
        found,
        [
            "test, intervention 2: A81001 has ended in April 2026",
            "test, intervention 3: A81001 has ended in April 2026",
            "test, intervention 4: A81001 has ended in April 2026",
            "test, intervention 5: June 2024 lies before the outlook begins in December 2025",
            "test, intervention 6: June 2039 lies after the outlook’s 60 months",
            "test, intervention 7: the place has no network U99999",
            "test, intervention 7: the place has no practice B81003",
            "test, intervention 8: A81004 is or was the code of another practice of the place: invent a code that no practice has, a letter and five digits",
            "test, intervention 9: A82000 has closed already: nobody is on its list",
        ]
    );
}

#[test]
fn a_month_that_is_none_is_told_as_it_was_written() {
    let of = |from: &str| {
        let text =
            format!("name = \"T\"\n[[intervention]]\nkind = \"recruit_gps\"\nheads = 1\n{from}");
        Scenario::read("test", &text).unwrap_err()[0].what.clone()
    };
    assert_eq!(
        of("from = \"2026-13\""),
        "`from` is \"2026-13\"; write the first month as \"2026-04\""
    );
    assert_eq!(of(""), "no `from`; write the first month as \"2026-04\"");
}

fn keeping(reached: u32, more: &str) -> String {
    format!(
        "name = \"Test\"\n[[intervention]]\nkind = \"retain_gps\"\nfrom = \"2026-04\"\nreached = {reached}\n{more}"
    )
}

#[test]
fn no_more_gps_take_part_than_there_are_of_their_ages() {
    let problems = |reached, more: &str| {
        let found = with(&keeping(reached, more), |one| one.problems(&premises()));
        found.iter().map(|problem| problem.what.clone()).collect::<Vec<_>>()
    };
    assert_eq!(problems(31, ""), [""; 0]);
    assert_eq!(
        problems(80, ""),
        [
            "it reaches 80 GPs of 55 and over, and about 31 of those ages work in the place: write `reached = 31` or fewer"
        ]
    );
    assert_eq!(
        problems(1, "to_age = 60"),
        [
            "it reaches 1 GP of 55 to 59, and none of those ages work in the place: choose ages at which some do"
        ]
    );
    let within_bands = problems(40, "from_age = 57\nto_age = 63");
    assert!(
        within_bands[0].contains("about 31") && within_bands[0].contains("bands of five years")
    );
}

#[test]
fn ages_between_which_no_band_begins_reach_nobody() {
    let found = refusals(&[("test", &keeping(5, "from_age = 56\nto_age = 59"))]);
    assert!(found[0].contains("none begins between them"), "{found:?}");
}

/// Four of ninety GPs have an age that is published: too few to refuse anything by but that they are ninety.
#[test]
fn where_ages_are_not_published_they_are_said_to_be_unchecked() {
    let few = of_ages(&[(Contract::Partner, Some(60), 4), (Contract::Salaried, None, 86)]);
    let told = |gps, reached| {
        let premises = Premises { gps, ..premises() };
        with(&keeping(reached, ""), |one| {
            assert_eq!(one.problems(&premises), []);
            one.limits_in_words(Some(&premises)).concat()
        })
    };
    let unchecked = "Whether as many as 80 GPs of 55 and over work in the place was not checked: ages of more than half of its GPs are not published.";
    assert_eq!(told(None, 80), unchecked);
    let by_england = told(Some(few), 80);
    assert!(
        by_england.starts_with(&format!("{unchecked} By England’s ages about ")),
        "{by_england}"
    );
    assert!(
        by_england.ends_with(
            "do; the outlook counts it for no more than these, and its cost for all 80."
        ),
        "{by_england}"
    );
    assert!(!told(Some(few), 5).contains("no more than these"));
    with(&keeping(20, ""), |one| assert_eq!(one.limits_in_words(Some(&premises())), [""; 0]));
    let premises = Premises { gps: Some(few), ..premises() };
    let found = with(&keeping(91, ""), |one| one.problems(&premises));
    assert_eq!(
        found[0].what,
        "it reaches 91 GPs of 55 and over, and about 90 of any age work in the place; how many of those ages is not published, by England’s ages about 20: write `reached = 20` or fewer"
    );
}

#[test]
fn the_code_of_a_practice_of_elsewhere_is_not_free() {
    let open = "name = \"Test\"\n[[intervention]]\nkind = \"open_practice\"\nfrom = \"2026-06\"\npractice = \"B85001\"\npatients = 3000";
    let elsewhere = ("B85001".parse().unwrap(), "THE WILLOWS".to_owned());
    let premises = Premises { names: BTreeMap::from([elsewhere]), ..premises() };
    let found = with(open, |one| one.problems(&premises));
    assert_eq!(
        found[0].what,
        "B85001 is or was the code of THE WILLOWS: invent a code that no practice has, a letter and five digits"
    );
}

/// What is not in the table of money, and as if what the rest is counted: each once, and nothing of a lever of nought.
#[test]
fn what_is_not_in_the_money_is_said() {
    let one = |text: &str| {
        let text = format!("name = \"Test\"\n[[intervention]]\nfrom = \"2026-04\"\n{text}");
        with(&text, |scenario| scenario.cost_remarks().join(" "))
    };
    for (text, words) in [
        ("kind = \"joiner_hours\"\nfull_time = 0.3", "hours of new GPs"),
        (
            "kind = \"open_practice\"\npractice = \"A89999\"\npatients = 900",
            "Which network a new practice joins is not stated",
        ),
        ("kind = \"training_places\"\nplaces = -4", "paid nationally"),
        ("kind = \"gp_hours\"\nchange = 0.1\nyearly_cost = 9000", "the change fades"),
        ("kind = \"retain_gps\"\nreached = 4", "go on paying them"),
        ("kind = \"recruit_gps\"\nheads = 4", "as if none left again"),
        ("kind = \"recruit_overseas\"\nheads = 4", "as if none left again"),
        ("kind = \"posts\"\nrole = \"nurse\"\nposts = 2\nemployer = \"U12345\"", "always filled"),
    ] {
        let found = one(text);
        assert!(found.contains(words), "{text}: {found}");
    }
    for text in [
        "kind = \"training_places\"\nplaces = 0",
        "kind = \"gp_hours\"\nchange = 0.1\nyearly_cost = 0",
        "kind = \"recruit_gps\"\nheads = 4\nposts = 0",
        "kind = \"cap_list\"\npractice = \"A81001\"\npatients = 9000",
    ] {
        assert_eq!(one(text), "", "{text}");
    }
    assert_eq!(with(&every_kind(), |all| all.cost_remarks().len()), 7);
}

#[test]
fn lines_of_recruits_and_posts_say_as_if_what_they_are_counted() {
    let lines = with(&every_kind(), |all| {
        let years = cost_by_year(all, BASE, 60);
        years.into_iter().flat_map(|year| year.lines).map(|line| line.what).collect::<Vec<_>>()
    });
    let has = |words: &str, end: &str| {
        lines.iter().any(|line| line.starts_with(words) && line.ends_with(end))
    };
    assert!(has("salaries of ", "once all have joined, as if none left again"), "{lines:?}");
    assert!(has("salaries of ", "once all have come, as if none left again"), "{lines:?}");
    let filled = "as if every post were always filled: the most it can cost";
    assert!(lines.iter().filter(|line| line.ends_with(filled)).count() > 1, "{lines:?}");
}

#[test]
fn what_a_new_practice_does_in_its_first_month_is_sound_in_any_order() {
    let text = "name = \"Test\"
[[intervention]]\nkind = \"cap_list\"\nfrom = \"2026-05\"\npractice = \"A81099\"\npatients = 9000
[[intervention]]\nkind = \"open_practice\"\nfrom = \"2026-05\"\npractice = \"A81099\"\npatients = 3000";
    assert_eq!(with(text, |scenario| scenario.problems(&premises())), []);
}

#[test]
fn a_practice_does_nothing_more_in_the_month_in_which_it_ends() {
    let text = "name = \"Test\"
[[intervention]]\nkind = \"cap_list\"\nfrom = \"2026-04\"\npractice = \"A81001\"\npatients = 9000
[[intervention]]\nkind = \"close_practice\"\nfrom = \"2026-04\"\npractice = \"A81001\"";
    let problems = with(text, |scenario| scenario.problems(&premises()));
    let told: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
    assert_eq!(told, ["A81001 has ended in April 2026"]);
}

#[test]
fn a_parent_that_is_no_text_is_refused() {
    let problems = refusals(&[("a", "name = \"A\"\nparent = 3")]);
    assert_eq!(problems, ["a: `parent` is no text in quotation marks"]);
}

#[test]
fn a_sound_scenario_has_no_problems() {
    let text = "name = \"Test\"
[[intervention]]\nkind = \"merge_practices\"\nfrom = \"2026-04\"\npractice = \"A81001\"\ninto = \"A81002\"
[[intervention]]\nkind = \"cap_list\"\nfrom = \"2026-05\"\npractice = \"A81002\"\npatients = 9000
[[intervention]]\nkind = \"posts\"\nfrom = \"2026-05\"\nrole = \"paramedic\"\nposts = 2\nemployer = \"U12345\"";
    assert_eq!(with(text, |scenario| scenario.problems(&premises())), []);
}

fn pence(text: &str) -> Vec<(i16, i64)> {
    with(text, |scenario| {
        let years = cost_by_year(scenario, BASE, 36);
        years.iter().map(|year| (year.year.begins, year.total().0)).collect()
    })
}

#[test]
fn costs_fall_into_the_financial_years_in_which_they_arise() {
    let text = "name = \"Test\"\n[[intervention]]\nkind = \"recruit_overseas\"\nfrom = \"2026-10\"\nheads = 30
arrive = 1.0\nover_months = 12\nfte = 1.0\nrelocation = 18000\nsalary = 0";
    // 30 × £18,000 over twelve months from October: six months in 2026/27 and six in 2027/28.
    assert_eq!(pence(text), [(2025, 0), (2026, 27_000_000), (2027, 27_000_000), (2028, 0)]);
}

#[test]
fn what_comes_each_year_is_counted_by_months() {
    let text = "name = \"Test\"\n[[intervention]]\nkind = \"vaccination\"\nfrom = \"2026-01\"\ndoses = 1000\npayment = 12";
    // £12,000 a year: three months of 2025/26, two years, and eight months of 2028/29 within 36 months of December 2025.
    assert_eq!(
        pence(text),
        [(2025, 300_000), (2026, 1_200_000), (2027, 1_200_000), (2028, 800_000)]
    );
}

#[test]
fn salaries_rise_as_recruits_arrive() {
    let text =
        "name = \"Test\"\n[[intervention]]\nkind = \"recruit_gps\"\nfrom = \"2026-04\"\nheads = 10
arrive = 1.0\nover_months = 24\nfte = 1.0\nwelcome = 0\nsalary = 120000";
    // £1.2 million a year in the end: 6.5 of 24 parts in the mean of the first year, 18.5 in the second, all of it then.
    assert_eq!(
        pence(text),
        [(2025, 0), (2026, 32_500_000), (2027, 92_500_000), (2028, 80_000_000)]
    );
}

#[test]
fn others_who_pay_relocation_leave_only_the_rest() {
    let of = |central: &str| {
        pence(&format!(
            "name = \"Test\"\n[[intervention]]\nkind = \"recruit_overseas\"\nfrom = \"2026-04\"\nheads = 31\n\
             arrive = 1.0\nover_months = 1\nsalary = 0\npaid_centrally = {central}"
        ))[1]
    };
    assert_eq!((of("30"), of("0")), ((2026, 1_800_000), (2026, 55_800_000)));
}

#[test]
fn the_same_envelope_holds_where_as_much_is_stopped_as_is_begun() {
    let text = |change: &str| {
        format!(
            "name = \"Test\"\n[[intervention]]\nkind = \"vaccination\"\nfrom = \"2026-04\"\ndoses = 1000\npayment = 10\n\
             [[intervention]]\nkind = \"gp_hours\"\nfrom = \"2026-04\"\nchange = -0.01\nyearly_cost = {change}"
        )
    };
    let nothing = scenarios(&[]);
    let nothing = cost_by_year(&nothing.resolve(DO_NOTHING).unwrap(), BASE, 36);
    let compared = |change: &str| {
        with(&text(change), |scenario| envelope(&cost_by_year(scenario, BASE, 36), &nothing))
    };
    let balanced = compared("-10000");
    assert!(balanced.holds(models::money::Pence(0)));
    assert_eq!(balanced.saves, ["hours of GPs in post"]);
    assert!(!compared("-9000").holds(models::money::Pence(0)));
}

fn run(scenario: &Resolved<'_>) -> Ledger {
    let stock = |contract| GpStock { contract, sex: None, age: None, heads: 4, fte: 3.1 };
    let gps = vec![stock(Contract::Partner), stock(Contract::Salaried)];
    let employers = premises()
        .practices
        .iter()
        .map(|code| Employer { code: code.to_string(), gps: gps.clone(), others: vec![] })
        .collect();
    let staff = Staff { employers, local_leaving: None };
    let values = Parameters::embedded().values(3, 1);
    let horizon = Horizon { base: BASE, months: 60 };
    simulate(&staff, horizon, &scenario.changes(), &values, (3, 1))
}

#[test]
fn a_scenario_that_does_nothing_gives_the_bytes_of_doing_nothing() {
    let nothing = run(&scenarios(&[]).resolve(DO_NOTHING).unwrap());
    assert_eq!(with("name = \"Idle\"", run), nothing);
    let idle =
        "name = \"Idle\"\n[[intervention]]\nkind = \"recruit_gps\"\nfrom = \"2026-04\"\nheads = 0";
    assert_eq!(with(idle, run), nothing);
}

/// Ten GPs wanted, four posts: four join, four are paid, and the words say so.
#[test]
fn no_more_gps_join_than_there_are_posts_and_money_for() {
    let recruits = |more: &str| {
        format!(
            "name = \"Ten\"\n[[intervention]]\nkind = \"recruit_gps\"\nfrom = \"2026-04\"\nheads = 10\narrive = 1.0
over_months = 12\nfte = 1.0\nwelcome = 0\nsalary = 100000\n{more}"
        )
    };
    let heads = |more: &str| {
        let nothing = run(&scenarios(&[]).resolve(DO_NOTHING).unwrap());
        let joined = |ledger: &Ledger| -> i64 {
            ledger.total_flows(|_, _| true).iter().map(|flow| flow.joined.heads).sum()
        };
        with(&recruits(more), |scenario| joined(&run(scenario))) - joined(&nothing)
    };
    let words = |more: &str| with(&recruits(more), |one| one.limits_in_words(None).join(" "));
    assert_eq!((heads(""), heads("posts = 4"), heads("money = 650000")), (10, 4, 6));
    assert_eq!((heads("posts = 4\nmoney = 650000"), heads("posts = 0")), (4, 0));
    let by_money = words("posts = 9\nmoney = 650000");
    assert!(
        by_money.starts_with(
            "Of 10 GPs asked for 6 can be taken on: money allows no more (money = £650,000 a year)."
        ),
        "{by_money}"
    );
    assert!(by_money.contains("£100,000 a year, £1,000,000 of all"), "{by_money}");
    // A sum that is printed buys what it says: seven tenths of a salary of 105,882 pounds, to the penny.
    let to_the_penny = words("money = 74117.4");
    assert!(to_the_penny.contains("£74,117.40"), "{to_the_penny}");
    assert!(words("").contains("Neither posts nor money were checked"));
    let cost = |more: &str| pence(&recruits(more))[2].1;
    assert_eq!(cost("posts = 4") * 10, cost("") * 4);
}

/// Posts or money that are not written are no part of the hash, so that scenarios of before keep theirs.
#[test]
fn a_limit_is_part_of_what_is_done_and_its_absence_is_not() {
    let text = "name = \"One\"\n[[intervention]]\nkind = \"recruit_overseas\"\nfrom = \"2026-04\"\nheads = 5\n";
    let hash = |more: &str| {
        scenarios(&[("test", &format!("{text}{more}"))]).resolve("test").unwrap().hash()
    };
    assert_ne!(hash(""), hash("posts = 5"));
    assert!(with(text, |one| one.interventions[0]
        .2
        .what
        .values()
        .iter()
        .all(|(name, _)| !["posts", "money"].contains(name))));
    let problems = refusals(&[("test", &format!("{text}posts = -1\nmoney = \"much\""))]);
    assert!(
        problems.len() == 2 && problems[1].contains("`money` is \"much\"; expected a number"),
        "{problems:?}"
    );
}

#[test]
fn thirty_recruits_are_never_fewer_gps_than_none() {
    let fte = |ledger: &Ledger| {
        ledger.total(|_, _| true).iter().map(|one| one.micro_fte).collect::<Vec<_>>()
    };
    let nothing = fte(&run(&scenarios(&[]).resolve(DO_NOTHING).unwrap()));
    let text = "name = \"Thirty\"\n[[intervention]]\nkind = \"recruit_overseas\"\nfrom = \"2026-04\"\nheads = 30";
    let thirty = with(text, |scenario| fte(&run(scenario)));
    assert!(nothing.iter().zip(&thirty).all(|(none, thirty)| none <= thirty));
    assert!(thirty.last() > nothing.last());
}
