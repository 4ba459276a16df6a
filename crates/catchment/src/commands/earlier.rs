//! Commands as they were once written, so that a script of last year goes on: each is put in today's words and runs as that.

use std::ffi::OsString;

/// The words of a command line in today's spelling; those that are today's stay as they are.
pub fn in_todays_words(line: Vec<OsString>) -> Vec<OsString> {
    let text: Option<Vec<String>> =
        line.iter().map(|word| word.clone().into_string().ok()).collect();
    let Some(text) = text else { return line };
    let Some((at, command)) = command(&text) else { return line };
    let (before, rest) = (&text[..at], &text[at + 1..]);
    match today(command, rest) {
        None => line,
        Some(words) => before.iter().chain(&words).map(OsString::from).collect(),
    }
}

/// Where the first word of the command stands: options of the program may come before it.
fn command(text: &[String]) -> Option<(usize, &str)> {
    let mut at = 1;
    while let Some(word) = text.get(at) {
        match word.as_str() {
            "--store" | "--places" => at += 2,
            option if option.starts_with('-') => at += 1,
            command => return Some((at, command)),
        }
    }
    None
}

/// A command in today's words; nothing where it is written as today.
fn today(command: &str, rest: &[String]) -> Option<Vec<String>> {
    let first = rest.first().map(String::as_str);
    let after = |count: usize| rest.iter().skip(count).cloned();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let of_an_indicator = |word: &str| {
        let id = rest.get(1).cloned().unwrap_or_default();
        let place = words(&[word, "--indicator", &id]);
        Some(place.into_iter().chain(with_place(after(2).collect())).collect())
    };
    match (command, first) {
        ("indicator", Some("run")) => {
            Some(words(&["figures"]).into_iter().chain(after(1)).collect())
        }
        ("indicator", Some("list")) => {
            Some(words(&["indicators"]).into_iter().chain(after(1)).collect())
        }
        ("indicator", Some("show")) => of_an_indicator("indicator"),
        ("indicator", Some("explain")) => of_an_indicator("why"),
        ("compare", Some(id)) if !id.starts_with('-') => {
            let named = words(&["indicator", "--indicator", id]);
            Some(named.into_iter().chain(after(1)).collect())
        }
        ("place", None) => Some(words(&["places"])),
        ("place", Some("--own")) => Some(words(&["places"]).into_iter().chain(after(0)).collect()),
        ("place", Some(_)) => Some(of_a_place(rest)),
        ("ask", Some(_)) => Some(asked(rest)),
        ("money", Some(_)) if rest.iter().any(|word| word == "--place") => {
            let (year, other) = rest.iter().cloned().partition::<Vec<_>, _>(|word| is_year(word));
            let year = year.into_iter().flat_map(|year| ["--year".to_owned(), year]);
            Some(words(&["money"]).into_iter().chain(with_place(other)).chain(year).collect())
        }
        ("money", Some(year)) if is_year(year) => {
            Some(words(&["payments"]).into_iter().chain(after(0)).collect())
        }
        ("outlook", Some(_)) if rest.iter().any(|word| is_of_a_run(word)) || names_a_file(rest) => {
            Some(words(&["project"]).into_iter().chain(after(0)).collect())
        }
        _ => None,
    }
}

/// What `place KEY` told, by its options.
fn of_a_place(rest: &[String]) -> Vec<String> {
    let has = |option: &str| rest.iter().any(|word| word == option);
    let lives = rest.windows(2).any(|pair| pair[0] == "--belonging" && pair[1] == "live");
    let word = match (has("--shape"), lives) {
        (true, _) => "networks",
        (false, true) => "registered",
        (false, false) => "about",
    };
    let mut words = vec![word.to_owned()];
    let mut left = rest.iter();
    while let Some(one) = left.next() {
        match one.as_str() {
            "--shape" => {}
            "--belonging" => {
                left.next();
            }
            _ => words.push(one.clone()),
        }
    }
    words
}

/// `ask WORD PLACE --choose name=value` as `WORD PLACE --name value`.
fn asked(rest: &[String]) -> Vec<String> {
    let mut words = Vec::new();
    let mut left = rest.iter();
    while let Some(one) = left.next() {
        let pair = (one == "--choose").then(|| left.next().and_then(|pair| pair.split_once('=')));
        match pair.flatten() {
            Some((name, value)) => words.extend([format!("--{name}"), value.to_owned()]),
            None => words.push(one.clone()),
        }
    }
    words
}

/// `--place KEY` as the place of a question.
fn with_place(words: Vec<String>) -> Vec<String> {
    let (mut place, mut others) = (Vec::new(), Vec::new());
    let mut left = words.into_iter();
    while let Some(one) = left.next() {
        if one == "--place" { place.extend(left.next()) } else { others.push(one) }
    }
    place.into_iter().chain(others).collect()
}

fn is_year(word: &str) -> bool {
    vocab::FinancialYear::parse(word).is_some()
}

/// Options that only a run with settings of one's own has.
fn is_of_a_run(word: &str) -> bool {
    let option = word.split('=').next().unwrap_or_default();
    matches!(option, "--draws" | "--seed" | "--years" | "--assumptions" | "--output")
}

/// A scenario that is named by its file, with its parents beside it.
fn names_a_file(words: &[String]) -> bool {
    words.windows(2).any(|pair| {
        let ending = std::path::Path::new(&pair[1]).extension();
        pair[0] == "--scenario"
            && ending.is_some_and(|one| one == "toml")
            && !pair[1].starts_with('@')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today_of(line: &str) -> String {
        let words = line.split(' ').map(OsString::from).collect();
        let words = in_todays_words(words).into_iter().map(|word| word.into_string().unwrap());
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn commands_of_before_are_put_in_todays_words() {
        for (before, today) in [
            ("c indicator run x --level icb", "c figures x --level icb"),
            ("c --store s indicator list", "c --store s indicators"),
            ("c indicator explain x --place LLR --json", "c why --indicator x LLR --json"),
            ("c indicator show x", "c indicator --indicator x"),
            ("c compare x H90007", "c indicator --indicator x H90007"),
            ("c place LLR --store s", "c about LLR --store s"),
            ("c place LLR --shape --on 2025-01-01", "c networks LLR --on 2025-01-01"),
            ("c place E09000028 --belonging live", "c registered E09000028"),
            ("c place", "c places"),
            ("c ask reach QZ0 --choose mode=drive", "c reach QZ0 --mode drive"),
            ("c money 2022/23 --place QK1", "c money QK1 --year 2022/23"),
            ("c money --place QK1", "c money QK1"),
            ("c money 2025/26 --beds 3", "c payments 2025/26 --beds 3"),
            ("c outlook QK1 --draws 64", "c project QK1 --draws 64"),
            ("c outlook QK1 --scenario a.toml", "c project QK1 --scenario a.toml"),
        ] {
            assert_eq!(today_of(before), today);
        }
    }

    #[test]
    fn todays_commands_stay_as_they_are() {
        for line in [
            "c outlook QK1",
            "c outlook QK1 --scenario @a.toml",
            "c indicator QK1 --indicator x",
            "c money QK1",
            "c",
            "c about LLR",
        ] {
            assert_eq!(today_of(line), line);
        }
    }
}
