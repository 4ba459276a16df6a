//! Every page of a small place in memory: it renders, downloads, refuses politely and trusts nobody.

mod serving;
mod site;
mod words;

use axum::http::StatusCode;

use site::{ask, site};

const PAGES: [&str; 43] = [
    "/",
    "/place/QXX",
    "/place/01X",
    "/place/01X+02X",
    "/place/ENGLAND",
    "/place/QXX?map=did_not_attend",
    "/place/QXX/capacity",
    "/place/QXX/reach",
    "/place/QXX/registered",
    "/place/QXX/backtest",
    "/place/QXX/outlook",
    "/place/QXX/need",
    "/place/QXX/population",
    "/place/QXX/workforce",
    "/place/QXX/money",
    "/network/U00001",
    "/practice/X00001",
    "/similar/X00001?deprivation=0&neighbours=3&indicator=did_not_attend",
    "/similar/01X",
    "/practice/X00001?strip=did_not_attend",
    "/practice/X09999",
    "/assumptions",
    "/scenarios",
    "/scenarios?add=recruit_gps",
    "/scenarios?scenario=name%3D%22A%22%0A%5B%5Bintervention%5D%5D%0Akind%3D%22recruit_gps%22%0Afrom%3D%222026-04%22%0Aheads%3D10",
    "/assumption/gp_leaver_rate_55_59",
    "/indicators",
    "/indicators?within=01X",
    "/indicator/did_not_attend",
    "/indicator/did_not_attend/why",
    "/indicator/did_not_attend?within=01X&level=practice&period=2025-10&order=lowest",
    "/claims",
    "/claims?claim=Missed+appointments+are+above+the+England+average",
    "/claims?claim=Nobody+knows",
    "/claims?minutes=Missed+appointments+are+above+the+England+average.+The+Board+noted+the+report.",
    "/claims?sheet=southwark",
    "/sources",
    "/methods",
    "/glossary",
    "/search?q=willows",
    "/places/own",
    "/places/own?parts=X00001%2C+01X&outline=",
    "/accessibility",
];

#[tokio::test]
async fn every_page_renders() {
    let state = site();
    for address in PAGES {
        let (status, _, body) = ask(&state, address).await;
        let text = String::from_utf8(body).expect("text");
        assert_eq!(status, StatusCode::OK, "{address}: {text}");
        assert!(text.contains("<h1>") && text.contains("</html>"), "{address}");
        assert!(!text.contains("style=") && !text.contains("<script>"), "{address}");
        assert!(!text.contains("NaN"), "{address}");
    }
}

#[tokio::test]
async fn every_internal_link_leads_somewhere() {
    let state = site();
    let mut links = std::collections::BTreeSet::new();
    for address in PAGES {
        let text = String::from_utf8(ask(&state, address).await.2).expect("text");
        let text = text.replace("&#x2f;", "/");
        links.extend(text.split("href=\"/").skip(1).map(|rest| {
            let link = rest.split('"').next().unwrap_or_default();
            format!("/{}", link.replace("&amp;", "&"))
        }));
    }
    for link in links.iter().filter(|link| !link.starts_with("/assets/") && !link.contains(".png"))
    {
        let (status, _, body) = ask(&state, link).await;
        assert_eq!(status, StatusCode::OK, "{link}: {}", String::from_utf8_lossy(&body));
    }
}

#[tokio::test]
async fn a_wrong_address_says_what_to_do() {
    let state = site();
    for (address, status, words) in [
        ("/nowhere", StatusCode::NOT_FOUND, "There is no page at"),
        ("/practice/Z99999", StatusCode::NOT_FOUND, "There is no practice with the code"),
        ("/place/Atlantis", StatusCode::NOT_FOUND, "There is no place"),
        ("/indicator/luck", StatusCode::NOT_FOUND, "There is no indicator"),
        ("/indicator/did_not_attend?period=soon", StatusCode::BAD_REQUEST, "`period` is `soon`"),
        ("/indicator/did_not_attend?level=street", StatusCode::BAD_REQUEST, "`level` is `street`"),
        ("/indicator/did_not_attend?order=best", StatusCode::BAD_REQUEST, "`order` is `best`"),
        (
            "/indicator/did_not_attend?colour=red",
            StatusCode::BAD_REQUEST,
            "`colour` is no choice of this page; there are `indicator`, `level`, `period`, `order`",
        ),
        ("/place/QXX/population?year=2030", StatusCode::BAD_REQUEST, "nothing may be chosen"),
        ("/practice/X00001/figures.csv?colour=red", StatusCode::BAD_REQUEST, "`colour`"),
        ("/place/QXX/population?within=QXX", StatusCode::OK, "Who will live here"),
        ("/place/QXX?map=luck", StatusCode::BAD_REQUEST, "`map` is `luck`"),
        ("/place/QXX/reach?mode=flying", StatusCode::BAD_REQUEST, "`mode` is `flying`"),
        ("/place/QXX/reach?standard=-1", StatusCode::BAD_REQUEST, "`standard` is `-1`"),
        ("/place/QXX/reach?when=someday-3", StatusCode::BAD_REQUEST, "`when` is `someday-3`"),
        ("/indicator/did_not_attend/funnel.pdf", StatusCode::NOT_FOUND, "funnel.pdf"),
        ("/origin?indicator=did_not_attend", StatusCode::BAD_REQUEST, "period"),
        ("/place/QXX/why", StatusCode::MULTIPLE_CHOICES, "is asked of one indicator"),
    ] {
        let (found, _, body) = ask(&state, address).await;
        let text = String::from_utf8(body).expect("text");
        assert_eq!(found, status, "{address}");
        assert!(text.contains(words), "{address}: {text}");
    }
}

#[tokio::test]
async fn the_money_of_a_place_says_what_may_be_claimed_and_what_is_not_known() {
    let state = site();
    let text = String::from_utf8(ask(&state, "/place/QXX/money").await.2).expect("text");
    // 43,500 registered: 1,000 each of 0 to 4, 75 to 79 and 95 and over of both sexes at each practice, scaled to the lists;
    // (2.241 + 3.301 + 3.090 + 2.354 + 3.254 + 3.193)/6/1.7826 weighted patients each, at £26.631.
    for words in [
        "For additional roles the networks may claim £1,888,181 in 2025",
        "Of two networks, two returned no staff",
        "None of six practices is known to hold a general medical services contract",
        "what makes them possible not known",
        "No directory of care homes is imported",
        "rates of other years are given in cash only",
        "No weighted list is published for this place",
        "No points of the quality framework are imported",
        "In real terms",
        "Lists of practices are those of",
        "before the pay award",
        "Nights and weekends are taken off for every practice",
        "raised on 1 August 2025 back to 1 April; what they came to was not read",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(["£0 ", "£0;", "£0<"].iter().all(|nothing| !text.contains(nothing)), "{text}");
    let csv =
        String::from_utf8(ask(&state, "/place/QXX/money/networks.csv").await.2).expect("text");
    assert!(csv.contains("U00001") && csv.contains("lost_pounds"), "{csv}");
}

#[tokio::test]
async fn the_contents_of_a_place_keep_its_own_figures_apart_from_those_of_all() {
    let csv = ask(&site(), "/place/01X/contents.csv").await.2;
    let csv = String::from_utf8(csv).expect("text");
    let rows: Vec<&str> = csv.lines().take(3).collect();
    // 6,000, 6,500 and 7,000 of the place; those and 7,500, 8,000 and 8,500 of all.
    assert!(rows[1].starts_with("All imported practices,,,43500,"), "{csv}");
    assert!(rows[2].contains(",,,19500,"), "{csv}");
    assert!(!csv.contains("(figures)"), "{csv}");
}

#[tokio::test]
async fn who_works_here_is_dated_and_counts_agree_with_their_nouns() {
    let state = site();
    for (key, words) in [("QXX", "Six practices with 43,500"), ("01X", "Three practices with")] {
        let address = format!("/place/{key}/workforce");
        let text = String::from_utf8(ask(&state, &address).await.2).expect("text");
        assert!(text.contains(words) && text.contains("lists of 1 November 2025"), "{text}");
    }
    let text = String::from_utf8(ask(&state, "/place/X00001/workforce").await.2).expect("text");
    assert!(
        text.contains(
            "One practice with 6,000 patients. The practice does not publish its GPs here"
        ),
        "{text}"
    );
}

#[tokio::test]
async fn a_closed_practice_cannot_close_again() {
    let scenario = "scenario=name%3D%22A%22%0A%5B%5Bintervention%5D%5D%0Akind%3D%22close_practice%22%0Afrom%3D%222026-04%22%0Apractice%3D%22X09999%22";
    let text = ask(&site(), &format!("/scenarios?{scenario}")).await.2;
    let text = String::from_utf8(text).expect("text");
    assert!(text.contains("the place has no practice X09999"), "{text}");
}

#[tokio::test]
async fn a_scenario_is_held_against_other_money() {
    let state = site();
    let scenario = "scenario=name%3D%22A%22%0A%5B%5Bintervention%5D%5D%0Akind%3D%22recruit_gps%22%0Afrom%3D%222026-04%22%0Aheads%3D10";
    let told = ask(&state, &format!("/scenarios?{scenario}%0Aposts%3D4")).await.2;
    let told = String::from_utf8(told).expect("text");
    assert!(told.contains("Of 10 GPs asked for 4 can be taken on"), "{told}");
    for (room, words) in [("0", "does not stay within"), ("900000000", "stays within the money")] {
        let address = format!("/scenarios?{scenario}&room={room}");
        let text = String::from_utf8(ask(&state, &address).await.2).expect("text");
        assert!(text.contains(words), "{words}: {text}");
    }
    let (status, _, _) = ask(&state, &format!("/scenarios?{scenario}&room=much")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_scenario_says_what_its_money_leaves_out_and_whose_code_is_taken() {
    let state = site();
    let ask_of = async |intervention: &str| {
        let scenario = format!(
            "name%3D%22A%22%0A%5B%5Bintervention%5D%5D%0Afrom%3D%222026-04%22%0Akind%3D{intervention}"
        );
        let body = ask(&state, &format!("/scenarios?scenario={scenario}")).await.2;
        String::from_utf8(body).expect("text")
    };
    for (intervention, words) in [
        (
            "%22joiner_hours%22%0Afull_time%3D0.3",
            "hours of new GPs cost or save in salaries is not in the money",
        ),
        ("%22training_places%22%0Aplaces%3D3", "are paid nationally and are not in the money"),
        ("%22retain_gps%22%0Areached%3D5000", "it reaches 5000 GPs of 55 and over, and about"),
        (
            "%22open_practice%22%0Apractice%3D%22X00001%22%0Apatients%3D10",
            "X00001 is or was the code of THE &lt;WILLOWS&gt; SURGERY",
        ),
    ] {
        let text = ask_of(intervention).await;
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[tokio::test]
async fn a_hostile_name_stays_text() {
    let (_, _, body) = ask(&site(), "/practice/X00001").await;
    let text = String::from_utf8(body).expect("text");
    assert!(text.contains("&lt;Willows&gt;") && !text.contains("<Willows>"));
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let state = site();
    for address in ["/", "/nowhere", "/assets/none", "/indicator/did_not_attend/compare.csv"] {
        let (_, headers, _) = ask(&state, address).await;
        for wanted in ["default-src 'none'", "nosniff", "same-origin", "DENY"] {
            assert!(headers.contains(wanted), "{address} lacks {wanted}: {headers}");
        }
        assert!(!headers.contains("unsafe"), "{headers}");
    }
}

#[tokio::test]
async fn the_csv_holds_what_the_page_shows() {
    let state = site();
    let address = "/indicator/did_not_attend/compare.csv?within=QXX&level=practice&order=highest";
    let (status, headers, body) = ask(&state, address).await;
    let text = String::from_utf8(body).expect("text");
    assert_eq!(status, StatusCode::OK);
    assert!(headers.contains("text/csv") && headers.contains("attachment"));
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].starts_with("Area,Area code,Indicator ID,Indicator name,Period,Value,Value unit")
    );
    assert!(lines[1].starts_with("All imported practices,ENGLAND,did_not_attend"), "{}", lines[1]);
    assert!(lines[3].contains("X00006") && lines[3].contains("Worse (99.8%)"), "{}", lines[3]);
}

#[tokio::test]
async fn a_closed_practice_keeps_its_page() {
    let (_, _, body) = ask(&site(), "/practice/X09999").await;
    let text = String::from_utf8(body).expect("text");
    let text = text.replace("&#x2f;", "/");
    assert!(text.contains("closed on 31 March 2024") && text.contains("/practice/X00001"));
}

/// What is now cannot be asked of a practice that has closed, and nobody is told that it has no patients.
#[tokio::test]
async fn questions_about_a_closed_practice_say_that_it_closed() {
    let state = site();
    for word in ["need", "capacity", "workforce"] {
        let (status, _, body) = ask(&state, &format!("/place/X09999/{word}")).await;
        let text = String::from_utf8(body).expect("text");
        assert_eq!(status, StatusCode::OK, "{word}");
        assert!(text.contains("closed on 31 March 2024") && !text.contains("<table"), "{text}");
    }
}

#[tokio::test]
async fn figures_can_be_had_as_workbook_and_picture() {
    let state = site();
    let (_, _, book) = ask(&state, "/indicator/did_not_attend/funnel.xlsx?level=practice").await;
    assert_eq!(book.get(..2), Some(&b"PK"[..]));
    let (_, _, picture) = ask(&state, "/indicator/did_not_attend/funnel.svg?level=practice").await;
    assert!(String::from_utf8_lossy(&picture).starts_with("<svg "));
}

#[tokio::test]
async fn a_claim_comes_back_with_verdict_figures_and_files() {
    let state = site();
    let claim = "claim=Missed+appointments+are+above+the+England+average&within=02X";
    let (_, _, body) = ask(&state, &format!("/claims?{claim}")).await;
    let text = String::from_utf8(body).expect("text");
    assert!(text.contains("Supported") && text.contains("X00006"), "{text}");
    let (status, headers, body) =
        ask(&state, &format!("/claims/reading/reading.json?{claim}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(headers.contains("application/json"));
    let json: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(json["verdict"], "supported");
    let (status, _, body) = ask(&state, &format!("/claims/reading/figures.csv?{claim}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(String::from_utf8_lossy(&body).starts_with("what,figure,interval"));
}

#[tokio::test]
async fn minutes_that_no_address_can_hold_are_refused_in_words() {
    let minutes = "Nothing+was+said.+".repeat(500);
    let (status, _, body) = ask(&site(), &format!("/claims?minutes={minutes}")).await;
    let text = String::from_utf8(body).expect("text");
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("6,000 at most"), "{text}");
}

#[tokio::test]
async fn a_sheet_can_be_saved_and_is_the_address() {
    let (_, headers, body) =
        ask(&site(), "/claims/sheet/sheet.toml?minutes=One+is+said.+Two+is+said.").await;
    let text = String::from_utf8(body).expect("text");
    assert!(headers.contains("claims.toml"));
    assert!(text.contains("One is said.") && text.contains("Two is said."), "{text}");
}

/// A slip of the pen is answered with the name that may have been meant, and never taken for it.
#[tokio::test]
async fn a_misspelt_name_and_a_postcode_without_a_practice_are_told_apart() {
    let state = site();
    for (address, words) in [
        ("/search?q=Harborton", "Nothing is called “Harborton”. Names near it:"),
        ("/search?q=Harborton", "href=\"&#x2f;place&#x2f;QXX\""),
        ("/search?q=hb11aa", "href=\"&#x2f;practice&#x2f;X00001\""),
        ("/search?q=ZZ9+9ZZ", "No practice stands at ZZ9 9ZZ."),
        ("/search?q=Leicester", "Nothing is called “Leicester”, has this code"),
    ] {
        let (status, _, body) = ask(&state, address).await;
        let text = String::from_utf8(body).expect("text");
        assert_eq!(status, StatusCode::OK, "{address}");
        assert!(text.contains(words), "{address} has no {words}: {text}");
    }
}

#[tokio::test]
async fn what_stands_out_comes_before_all_else_on_the_page_of_a_place() {
    let state = site();
    let text = String::from_utf8(ask(&state, "/place/01X").await.2).expect("text");
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words}: {text}"));
    assert!(at("What stands out") < at("Key figures"));
    assert!(at("What stands out") < at("Questions a board asks"));
}
