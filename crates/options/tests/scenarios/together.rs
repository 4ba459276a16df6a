//! What several interventions do together: each can be alone, and all of them cannot, or not as it looks.

use models::change::{Effect, Who};
use models::workforce::Role;

use super::*;

/// A scenario of interventions, each from April 2026.
fn of(interventions: &[&str]) -> String {
    let each =
        interventions.iter().map(|one| format!("[[intervention]]\nfrom = \"2026-04\"\n{one}\n"));
    format!("name = \"Test\"\n{}", each.collect::<String>())
}

fn problems(premises: &Premises, interventions: &[&str]) -> Vec<String> {
    let found = with(&of(interventions), |one| one.problems(premises));
    found.iter().map(ToString::to_string).collect()
}

fn opening(code: &str, patients: u32) -> String {
    format!("kind = \"open_practice\"\npractice = \"{code}\"\npatients = {patients}")
}

#[test]
fn no_more_people_register_with_new_practices_than_are_on_the_lists() {
    let premises = Premises { people: Some(10_000.5), ..premises() };
    let (six, four, five) =
        (opening("Y99991", 6000), opening("Y99992", 4000), opening("Y99993", 5000));
    assert_eq!(problems(&premises, &[&six, &four]), [""; 0]);
    assert_eq!(
        problems(&premises, &[&six, &five]),
        [
            "test, intervention 2: 5000 people register with it, 11000 with those of the practices that the scenario opens before it, and 10000 are on the lists of the place: write `patients = 4000` or fewer"
        ]
    );
    assert_eq!(
        problems(&premises, &[&opening("Y99991", 20_000)]),
        [
            "test, intervention 1: 20000 people register with it, and 10000 are on the lists of the place: write `patients = 10000` or fewer"
        ]
    );
}

#[test]
fn a_code_that_the_scenario_gives_twice_is_told_to_be_its_own() {
    let found = problems(&premises(), &[&opening("Y99991", 10), &opening("Y99991", 10)]);
    assert_eq!(
        found,
        [
            "test, intervention 2: intervention 1 opens a practice with the code Y99991 already: give each new practice a code of its own"
        ]
    );
}

#[test]
fn the_relocation_of_more_than_come_is_paid_by_nobody() {
    let overseas = |paid: u32| {
        of(&[&format!("kind = \"recruit_overseas\"\nheads = 10\npaid_centrally = {paid}")])
    };
    assert!(Scenario::read("test", &overseas(10)).is_ok());
    let refused = Scenario::read("test", &overseas(12)).unwrap_err();
    assert!(refused[0].what.starts_with("`paid_centrally` is 12 and `heads` is 10"), "{refused:?}");
}

/// Of thirty-one GPs of sixty to sixty-four in the place twenty may take part in one scheme and eleven in another; any more take
/// part in both.
#[test]
fn gps_whom_two_schemes_reach_are_said_to_count_twice() {
    let keep =
        |reached: u32, ages: &str| format!("kind = \"retain_gps\"\nreached = {reached}\n{ages}");
    let said = |schemes: &[String]| {
        let schemes: Vec<&str> = schemes.iter().map(String::as_str).collect();
        assert_eq!(problems(&premises(), &schemes), [""; 0]);
        with(&of(&schemes), |one| one.limits_in_words(Some(&premises())))
    };
    assert_eq!(said(&[keep(20, ""), keep(11, "from_age = 60")]), [""; 0]);
    assert_eq!(
        said(&[keep(20, ""), keep(12, "from_age = 60")]),
        [
            "Intervention 1 and intervention 2 reach 32 GPs together, and about 31 of those ages work in the place: some take part in more than one, for each of which their leaving is lowered and the cost is counted."
        ]
    );
    assert_eq!(said(&[keep(31, ""), keep(0, "fewer = 0.0")]), [""; 0]);
}

/// Written in the order in which nobody would sort them; each note says whose it is.
#[test]
fn notes_say_of_which_intervention_they_are_in_the_order_of_the_file() {
    let text = of(&[
        "kind = \"recruit_overseas\"\nheads = 3",
        "kind = \"close_practice\"\npractice = \"A81001\"",
        "kind = \"recruit_gps\"\nheads = 5",
    ]);
    let notes = with(&text, |one| one.limits_in_words(None));
    let heads: Vec<&str> =
        notes.iter().filter_map(|note| Some(note.split_once(" cost ")?.0)).collect();
    assert_eq!(
        heads,
        [
            "Intervention 1 (Recruit GPs from overseas, from April 2026): Salaries of 3 GPs from overseas",
            "Intervention 3 (Recruit GPs, from April 2026): Salaries of 5 GPs",
        ]
    );
    let names: Vec<String> =
        with(&text, |one| one.wanted().into_iter().map(|(name, _)| name).collect());
    assert_eq!(names, ["intervention 1", "intervention 3"]);
}

/// What a parent does is told first, and as the parent's.
#[test]
fn what_a_parent_does_bears_its_name() {
    let parent = of(&["kind = \"recruit_gps\"\nheads = 5"]);
    let child = format!("parent = \"before\"\n{}", of(&["kind = \"recruit_gps\"\nheads = 2"]));
    let both = scenarios(&[("before", &parent), ("after", &child)]);
    let names: Vec<String> =
        both.resolve("after").unwrap().wanted().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["intervention 1 of before", "intervention 1"]);
}

/// A practice joins a network; joins it again; leaves it and comes back.
#[test]
fn a_practice_does_not_join_the_network_that_it_is_in() {
    let (north, south) = ("U12345".parse().unwrap(), "U54321".parse().unwrap());
    let premises = Premises {
        networks: BTreeSet::from([north, south]),
        network_of: BTreeMap::from([("A81001".parse().unwrap(), north)]),
        ..premises()
    };
    let to = |network: &str| {
        format!("kind = \"move_network\"\npractice = \"A81001\"\nto = \"{network}\"")
    };
    assert_eq!(
        problems(&premises, &[&to("U12345")]),
        [
            "test, intervention 1: A81001 is in the network U12345 already: name the network that it joins"
        ]
    );
    let both = problems(&premises, &[&to("U54321"), &to("U12345")]);
    let words = "in the same month: a practice is in one network at a time";
    assert!(both.iter().any(|one| one.ends_with(words)), "{both:?}");
    let then = |network: &str| {
        let text = of(&[&to("U54321"), &to(network)]);
        let (first, second) = text.rsplit_once("2026-04").unwrap();
        with(&format!("{first}2027-04{second}"), |one| one.problems(&premises).len())
    };
    assert_eq!((then("U12345"), then("U54321")), (0, 1));
}

/// Seven in ten, and seven in ten of the three that are left: 91 of 100, and not 140.
#[test]
fn two_shifts_from_one_role_say_what_they_come_to() {
    let to = |who: &str, share: &str| {
        format!("kind = \"shift_role\"\nto_who = \"{who}\"\nshare = {share}")
    };
    let said = |shifts: &[String]| {
        let shifts: Vec<&str> = shifts.iter().map(String::as_str).collect();
        with(&of(&shifts), |one| one.limits_in_words(Some(&premises())))
    };
    assert_eq!(
        said(&[to("pharmacist", "0.7"), to("nurse", "0.7")]),
        [
            "Intervention 1 and intervention 2 each take their share of the contacts that GPs have left by then: where they are of the same practices, 91% of them in the end, not the sum of the shares."
        ]
    );
    assert_eq!(said(&[to("pharmacist", "0.7")]), [""; 0]);
}

/// Two schemes that cost the same are two lines of money, each with its intervention, in the order of the file.
#[test]
fn costs_of_the_same_words_name_their_interventions() {
    let keep = |from: &str| format!("kind = \"retain_gps\"\nreached = 5\nfrom_age = {from}");
    let text = of(&[&keep("60"), &keep("60"), &keep("55")]);
    let lines = with(&text, |one| cost_by_year(one, BASE, 60)[1].lines.clone());
    let whats: Vec<&str> = lines.iter().map(|line| line.what.as_str()).collect();
    assert_eq!(whats.len(), 3);
    for (number, what) in whats.iter().enumerate() {
        assert!(what.ends_with(&format!("(intervention {})", number + 1)), "{whats:?}");
    }
}

#[test]
fn the_same_intervention_written_twice_is_told() {
    let retain = "kind = \"retain_gps\"\nreached = 5";
    let limits = |all: &[&str]| with(&of(all), |one| one.limits_in_words(None));
    let said = limits(&[retain, "kind = \"retain_gps\"\nreached = 6", retain]);
    let twice = "Intervention 1 and intervention 3 are the same (";
    assert!(said.iter().any(|one| one.starts_with(twice)), "{said:?}");
    let apart = limits(&[retain, "kind = \"retain_gps\"\nreached = 6"]);
    assert!(!apart.iter().any(|one| one.contains("are the same")), "{apart:?}");
}

/// What moves in all is what leaves its day: 20 hours that go on from Monday to Tuesday and from there to Friday are 20.
#[test]
fn no_more_hours_move_than_are_worked_in_a_week() {
    let gps = ("A81001".to_owned(), Who::Gp);
    let premises = Premises { hours: BTreeMap::from([(gps, 47.5)]), ..premises() };
    let moving = |hours: u32, days: [&str; 2]| {
        format!(
            "kind = \"move_hours\"\nemployer = \"A81001\"\nhours = {hours}\nfrom_day = \"{}\"\nto_day = \"{}\"",
            days[0], days[1]
        )
    };
    let on_sunday = |hours| moving(hours, ["sunday", "monday"]);
    assert_eq!(problems(&premises, &[&on_sunday(47)]), [""; 0]);
    assert_eq!(
        problems(&premises, &[&on_sunday(200)]),
        [
            "test, intervention 1: 200 hours a week move to other days, and the contracts of GPs at A81001 make up 47.5 in a week: write fewer `hours`"
        ]
    );
    assert_eq!(
        problems(&premises, &[&on_sunday(40), &moving(10, ["friday", "monday"])]),
        [
            "test, intervention 2: 50 hours a week move to other days, by intervention 1 and intervention 2 together, and the contracts of GPs at A81001 make up 47.5 in a week: write fewer `hours`"
        ]
    );
    let on = [moving(40, ["monday", "tuesday"]), moving(40, ["tuesday", "friday"])];
    assert_eq!(problems(&premises, &[&on[0], &on[1]]), [""; 0]);
}

/// Hours that move from Sunday to Monday at a practice of 47.5 hours of GPs a week and 30 of nurses, from a month on.
fn moving(from: &str, who: &str, hours: f64) -> String {
    format!(
        "from = \"{from}\"\nkind = \"move_hours\"\nemployer = \"A81001\"\nwho = \"{who}\"\nhours = {hours:?}\nfrom_day = \"sunday\"\nto_day = \"monday\""
    )
}

fn dated(interventions: &[&str]) -> String {
    let each = interventions.iter().map(|one| format!("[[intervention]]\n{one}\n"));
    format!("name = \"Test\"\n{}", each.collect::<String>())
}

fn staffed() -> Premises {
    let gps = ("A81001".to_owned(), Who::Gp);
    let nurses = ("A81001".to_owned(), Who::Role(Role::Nurse));
    Premises { hours: BTreeMap::from([(gps, 47.5), (nurses, 30.0)]), ..premises() }
}

/// What is wrong with a scenario, and what is said of its limits where nothing is.
fn told(premises: &Premises, interventions: &[&str]) -> (Vec<String>, String) {
    with(&dated(interventions), |one| {
        let problems = one.problems(premises).iter().map(ToString::to_string).collect();
        (problems, one.limits_in_words(Some(premises)).join(" "))
    })
}

#[test]
fn hours_of_whom_nothing_is_known_are_said_to_be_unchecked() {
    let unchecked =
        "Intervention 1: whether GPs at A81001 work as many as 90 hours a week was not checked: ";
    let (problems, said) = told(&premises(), &[&moving("2026-04", "gp", 90.0)]);
    assert_eq!(problems, [""; 0]);
    assert_eq!(said, format!("{unchecked}no imported file tells how much they work there."));
    // One GP more somewhere in the place may be one of this practice.
    let recruits = "from = \"2026-04\"\nkind = \"recruit_gps\"\nheads = 1";
    let (problems, said) = told(&staffed(), &[&moving("2026-04", "gp", 90.0), recruits]);
    assert_eq!(problems, [""; 0]);
    let why = "another intervention changes who works there by then.";
    assert!(said.contains(&format!("{unchecked}{why}")), "{said}");
}

/// Of a week that is long enough it is said that its days were not looked at.
#[test]
fn days_of_moved_hours_are_said_to_be_unchecked() {
    let (problems, said) = told(&staffed(), &[&moving("2026-04", "gp", 47.0)]);
    assert_eq!(problems, [""; 0]);
    assert!(said.starts_with("Intervention 1: GPs at A81001 work as many as 47 hours in a week;"));
    assert!(said.ends_with("is not published, and opening hours were not looked at."), "{said}");
}

/// Half of the hours of 47.5 are 23.75; half as many again are 71.25; 2 hours a week that are added make 49.5.
#[test]
fn hours_that_the_scenario_changes_are_those_that_may_move() {
    let share = |from: &str, change: f64| {
        format!("from = \"{from}\"\nkind = \"gp_hours\"\nchange = {change:?}\nyearly_cost = 9000")
    };
    let added = "from = \"2026-04\"\nkind = \"extended_hours\"\nemployer = \"A81001\"\nwho = \"gp\"\nhours = 2.0\nday = \"saturday\"";
    let is_refused = |hours: f64, other: &str| {
        let (problems, _) = told(&staffed(), &[&moving("2026-06", "gp", hours), other]);
        !problems.is_empty()
    };
    let (less, more) = (share("2026-04", -0.5), share("2026-04", 0.5));
    assert!(is_refused(24.0, &less) && !is_refused(23.0, &less));
    assert!(is_refused(72.0, &more) && !is_refused(71.0, &more));
    assert!(is_refused(50.0, added) && !is_refused(49.0, added));
    // What begins later changes nothing before, and what takes hours away later leaves too few then.
    assert!(is_refused(60.0, &share("2027-04", 0.5)));
    assert!(is_refused(40.0, &share("2027-04", -0.5)));
    let (problems, _) = told(&staffed(), &[&moving("2026-06", "gp", 24.0), &less]);
    assert!(
        problems[0].ends_with(
            "make up 23.75 in a week as the scenario has them in June 2026: write fewer `hours`"
        ),
        "{problems:?}"
    );
}

/// Posts of pharmacists, nurses on a Saturday and a closure two years on tell nothing of the hours of GPs today.
#[test]
fn what_concerns_other_staff_or_comes_later_lifts_no_check() {
    for other in [
        "from = \"2026-04\"\nkind = \"posts\"\nemployer = \"A81001\"\nrole = \"pharmacist\"\nposts = 1",
        "from = \"2026-04\"\nkind = \"extended_hours\"\nemployer = \"A81001\"\nwho = \"nurse\"\nhours = 10.0\nday = \"saturday\"",
        "from = \"2028-04\"\nkind = \"close_practice\"\npractice = \"A81002\"\nto = [\"A81001\"]",
        "from = \"2026-04\"\nkind = \"recruit_gps\"\nheads = 1\nemployer = \"A81003\"",
    ] {
        let (problems, _) = told(&staffed(), &[&moving("2026-06", "gp", 60.0), other]);
        assert_eq!(problems.len(), 1, "{other}: {problems:?}");
        assert!(problems[0].contains("make up 47.5 in a week: write fewer"), "{problems:?}");
    }
    let (problems, _) = told(&staffed(), &[&moving("2026-06", "nurse", 31.0)]);
    assert_eq!(problems.len(), 1);
}

#[test]
fn where_nobody_of_a_role_works_another_employer_is_asked_for() {
    let none = ("A81001".to_owned(), Who::Role(Role::Paramedic));
    let premises = Premises { hours: BTreeMap::from([(none, 0.0)]), ..premises() };
    let (problems, _) = told(&premises, &[&moving("2026-06", "paramedic", 5.0)]);
    assert!(problems[0].ends_with("name an employer that has some"), "{problems:?}");
}

/// Of 31 registrars 20 and 20 cannot go, and of 1,000 people on one list and 9,000 on another not 6,000 and 6,000; 2,000 not from the
/// smaller one.
#[test]
fn those_who_go_are_added_up_over_interventions() {
    let places =
        |places: i32| format!("from = \"2026-04\"\nkind = \"training_places\"\nplaces = {places}");
    let (problems, _) = told(&premises(), &[&places(-20), &places(-20)]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("it takes 20 registrars away, 40 with those of the interventions before it, and about 31 are in training in the place: write `places = -11` or more"), "{problems:?}");
    assert_eq!(told(&premises(), &[&places(-20), &places(10), &places(-20)]).0, [""; 0]);
    let lists = [("A81001", 1_000.0), ("A81002", 9_000.0)];
    let lists = lists.map(|(code, people)| (code.parse().unwrap(), people));
    let premises = Premises { lists: BTreeMap::from(lists), ..premises() };
    let leave = |people: i32, practices: &str| {
        format!("from = \"2026-04\"\nkind = \"population_change\"\npeople = {people}\n{practices}")
    };
    assert_eq!(told(&premises, &[&leave(-6_000, "")]).0, [""; 0]);
    let (problems, _) = told(&premises, &[&leave(-6_000, ""), &leave(-6_000, "")]);
    assert!(problems[0].ends_with("6000 people leave, and 4000 that those before it left are on the lists concerned: write `people = -4000` or more"), "{problems:?}");
    let (problems, _) = told(&premises, &[&leave(-2_000, "practices = [\"A81001\"]")]);
    assert!(
        problems[0].ends_with(
            "2000 people leave, and 1000 are on the lists concerned: write `people = -1000` or more"
        ),
        "{problems:?}"
    );
}

#[test]
fn hours_of_all_gps_that_change_twice_are_said_to_multiply() {
    let half = "from = \"2026-04\"\nkind = \"gp_hours\"\nchange = -0.5\nyearly_cost = 0";
    let (_, said) = told(&premises(), &[half, &half.replace("-0.5", "-0.4")]);
    assert!(said.contains("-70% of today’s in the end"), "{said}");
    assert!(!told(&premises(), &[half]).1.contains("in the end"));
}

/// Words and changes of an intervention belong together, in whatever order the file has them.
#[test]
fn each_intervention_has_its_own_words_and_changes() {
    let later = "from = \"2027-04\"\nkind = \"expectation\"\ngrowth = 0.01";
    let sooner = "from = \"2026-04\"\nkind = \"recruit_gps\"\nheads = 20";
    with(&dated(&[later, sooner]), |one| {
        let each = one.each();
        assert!(each[0].0.starts_with("From April 2026 20 GPs join"), "{}", each[0].0);
        assert!(matches!(each[0].1[0].effect, Effect::GpsJoin(_)));
        assert!(each[1].0.starts_with("From April 2027"), "{}", each[1].0);
        assert!(matches!(each[1].1[0].effect, Effect::Contacts(_)));
    });
}
