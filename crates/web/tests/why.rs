//! "Why do practices differ?" of a small invented country, in which old patients make appointments.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use evidence::Given;
use evidence::tables::{affiliation, appointment, list_size, registered};
use study::Study;
use tower::ServiceExt as _;
use vocab::Period;
use web::{AppState, Site, router};

const PRACTICES: usize = 60;

fn period(word: &str) -> Period {
    word.parse().expect("a period")
}

/// Patients over 85 of 6,000, rising from practice to practice and far higher in the last.
fn old(index: usize) -> f64 {
    if index + 1 == PRACTICES { 900.0 } else { 60.0 + 3.0 * index as f64 }
}

fn site() -> AppState {
    let (day, month) = (period("2025-11-01"), period("2025-11"));
    let mut given = Given::default();
    for index in 0..PRACTICES {
        let code = format!("X{:05}", index + 1);
        let affiliation = affiliation::Row {
            practice: (&code).into(),
            name: "HARBOUR PRACTICE".into(),
            postcode: "HB1 1AA".into(),
            network: "U00001".into(),
            network_name: "NORTH PCN".into(),
            sub_icb: "01X".into(),
            sub_icb_name: "NHS HARBOURTON ICB - 01X".into(),
            icb: "QXX".into(),
            icb_name: "NHS HARBOURTON INTEGRATED CARE BOARD".into(),
            region: "Y99".into(),
            region_name: "COAST".into(),
            supplier: "EMIS".into(),
        };
        given.add(day, affiliation);
        let list = list_size::Row {
            practice: (&code).into(),
            sub_icb: "01X".into(),
            patients: 6_000.0.into(),
        };
        given.add(day, list);
        let bands = [
            (0.0, Some(5.0), 300.0 + (index % 7) as f64),
            // Every band is printed, with its noughts.
            (20.0, Some(25.0), 0.0),
            (45.0, Some(50.0), 5_700.0 - old(index)),
            (65.0, Some(70.0), 0.0),
            (75.0, Some(80.0), 0.0),
            (85.0, None, old(index)),
        ];
        let registered = bands.map(|(from, to, patients)| registered::Row {
            practice: (&code).into(),
            sex: "female".into(),
            age_from: from.into(),
            age_to: to.into(),
            patients: patients.into(),
        });
        let appointments = appointment::Row {
            practice: (&code).into(),
            staff: "gp".into(),
            mode: "face_to_face".into(),
            status: "attended".into(),
            wait: "same_day".into(),
            category: "General Consultation Acute".into(),
            appointments: (2_000.0 + 4.0 * old(index) + (index * 37 % 11) as f64 * 12.0).into(),
        };
        given = given.with(day, registered).with(month, [appointments]);
    }
    let evidence = given.evidence();
    let library = indicators::Library::built_in().expect("sound definitions");
    let methods = "# Methods\n\n## Explained variation\n\nA bar.\n".to_owned();
    let site = Site {
        study: Study::new(evidence, library, Vec::new()),
        home: "QXX".to_owned(),
        methods,
        scenarios: Vec::new(),
        program: "Catchment".to_owned(),
    };
    AppState::new(site).expect("a site")
}

async fn ask(state: &AppState, address: &str) -> (StatusCode, String) {
    let request = Request::get(address).body(Body::empty()).expect("a request");
    let answer = router(state.clone()).oneshot(request).await.expect("an answer");
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, String::from_utf8_lossy(&body).replace("&#x2f;", "/"))
}

const PAGE: &str = "/indicator/appointments_per_1000/why";

#[tokio::test]
async fn the_page_says_it_plainly_first_and_warns_last() {
    let (status, text) = ask(&site(), PAGE).await;
    assert_eq!(status, StatusCode::OK);
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no `{words}`"));
    assert!(
        at("Practices differ mostly because their patients do")
            < at("Of the variation between 60 practices")
    );
    assert!(at("Stage by stage") < at("What is not in these figures"));
    assert!(text.contains("ecological fallacy") && text.contains("not in the evidence"));
}

#[tokio::test]
async fn the_practice_of_old_patients_moves_and_the_reason_is_in_the_download() {
    let (status, text) = ask(&site(), &format!("{PAGE}/moved.csv")).await;
    assert_eq!(status, StatusCode::OK);
    let row = text.lines().find(|line| line.contains("X00060")).expect("the last practice moves");
    assert!(row.contains("more patients aged 65 and over"), "{row}");
}

#[tokio::test]
async fn every_exhibit_can_be_had_as_table_and_picture() {
    let state = site();
    for file in ["bar.csv", "bar.svg", "steps.csv", "before.svg", "after.csv", "practices.csv"] {
        let (status, text) = ask(&state, &format!("{PAGE}/{file}")).await;
        assert_eq!(status, StatusCode::OK, "{file}");
        assert!(!text.contains("NaN"), "{file}");
    }
}

#[tokio::test]
async fn the_indicator_leads_to_its_explanation_with_place_and_period() {
    let (_, text) = ask(&site(), "/indicator/appointments_per_1000?within=01X").await;
    assert!(text.contains(&format!("{PAGE}?period=2025-11")), "no link");
}
