//! What a claim takes recruits to be is what the intervention has them be.

use models::change::Effect;
use options::scenario::Scenarios;

#[test]
fn recruits_of_a_claim_are_those_of_the_intervention() {
    let text = "name = \"Recruits\"\n[[intervention]]\nkind = \"recruit_overseas\"\nfrom = \"2026-04\"\nheads = 30\n";
    let scenarios = Scenarios::read(&[("recruits".to_owned(), text.to_owned())])
        .expect("what the test is made of");
    let changes = scenarios.resolve("recruits").expect("what the test is made of").changes();
    let Some(Effect::GpsJoin(join)) = changes.first().map(|change| &change.effect) else {
        panic!("recruits do not join any more: {changes:?}")
    };
    let template = claims::template("recruits_of_gap").expect("what the test is made of");
    let said = ["arrive", "fte", "age", "leaving"]
        .map(|name| template.figure(name).expect("what the test is made of"));
    let done = [join.arrive, join.fte, f64::from(join.age), join.leaving];
    assert!(
        said.iter().zip(done).all(|(said, done)| (said - done).abs() < 1e-9),
        "{said:?} {done:?}"
    );
}
