//! The words of pages as they were last time: whoever changes what a page says sees what else changed.

use crate::site::{ask, site};

/// One or two of each kind, none of which runs a model of the years to come.
const PAGES: [(&str, &str); 11] = [
    ("home", "/"),
    ("network", "/network/U00001"),
    ("practice", "/practice/X00001"),
    ("capacity", "/place/QXX/capacity"),
    ("reach", "/place/QXX/reach"),
    ("workforce", "/place/QXX/workforce"),
    ("indicator", "/indicator/did_not_attend?within=01X&level=practice&period=2025-10"),
    ("why", "/indicator/did_not_attend/why"),
    ("claim", "/claims?claim=Missed+appointments+are+above+the+England+average"),
    ("origin", "/origin?indicator=did_not_attend&period=2025-10"),
    ("similar", "/similar/01X"),
];

/// The words of a page, a line for each block, without pictures.
fn words(html: &str) -> String {
    let main = html.split("<main").nth(1).unwrap_or(html);
    let main = main.split("</main>").next().unwrap_or(main);
    let mut text = String::new();
    for part in main.split("<svg").enumerate().map(|(at, part)| {
        if at == 0 { part } else { part.split_once("</svg>").map_or("", |(_, rest)| rest) }
    }) {
        for piece in part.split('<') {
            let (tag, words) = piece.split_once('>').unwrap_or(("", piece));
            let is_inline = ["a ", "/a", "strong", "/strong", "span", "/span", "abbr", "/abbr"];
            if !is_inline.iter().any(|one| tag.starts_with(one)) {
                text.push('\n');
            }
            text.push_str(words);
        }
    }
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    // Whether the front end was built before the program is another question.
    let is_said = |line: &String| !line.is_empty() && !line.starts_with("The styles of this page");
    lines.filter(is_said).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn pages_say_what_they_said() {
    let state = site();
    for (name, address) in PAGES {
        let text = String::from_utf8(ask(&state, address).await.2).expect("text");
        insta::assert_snapshot!(name, words(&text));
    }
}
