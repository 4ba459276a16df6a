//! Links out of a page, the editions of a series, and patterns of file names.

use crate::value;

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// Its address.
    pub(super) url: String,
    /// Its name, safe for any disk.
    pub(super) name: String,
    /// The page it was found on; its own address where there is none.
    pub(super) page: String,
}

impl Link {
    pub(super) fn direct(url: &str) -> Self {
        Self { url: url.to_owned(), name: file_name(url), page: url.to_owned() }
    }
}

/// The links of a page, in its order, with full addresses.
pub(super) fn links(text: &str, page: &str) -> Vec<Link> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("href=") {
        rest = after;
        let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            continue;
        };
        let Some((target, _)) = after.get(1..).and_then(|inside| inside.split_once(quote)) else {
            continue;
        };
        if let Some(url) = resolve(&target.trim().replace("&amp;", "&"), page) {
            found.push(Link { name: file_name(&url), url, page: page.to_owned() });
        }
    }
    found
}

/// The pages of the editions of a series, newest first.
pub(super) fn editions(text: &str, series: &str) -> Vec<String> {
    let beneath = format!("{}/", series.trim_end_matches('/'));
    let mut editions: Vec<((i32, i32, i32), String)> = Vec::new();
    for link in links(text, series) {
        let url =
            link.url.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/').to_owned();
        let Some(slug) = url.strip_prefix(&beneath).filter(|slug| !slug.contains('/')) else {
            continue;
        };
        if let Some(age) = date_of(slug)
            && !editions.iter().any(|(_, known)| *known == url)
        {
            editions.push((age, url));
        }
    }
    editions.sort_by_key(|(age, _)| std::cmp::Reverse(*age));
    editions.into_iter().map(|(_, url)| url).collect()
}

/// Year, month and day out of the name of an edition: `november-2025`, `31-march-2026`, `england-2024-25`.
fn date_of(slug: &str) -> Option<(i32, i32, i32)> {
    let words: Vec<&str> = slug.split(['-', '_']).collect();
    let year = words.iter().find(|word| word.len() == 4).and_then(|word| word.parse().ok())?;
    let month = words
        .iter()
        .filter(|word| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .find_map(|word| value::month(&format!("{word} {year}")))
        .map_or(0, |month| i32::from(month.month));
    let day = words.first().and_then(|word| word.parse().ok()).filter(|day| (1..=31).contains(day));
    Some((year, month, day.unwrap_or(0)))
}

fn resolve(target: &str, page: &str) -> Option<String> {
    if target.starts_with("https://") || target.starts_with("http://") {
        return Some(target.to_owned());
    }
    let (scheme, after) = page.split_once("://")?;
    let host = after.split('/').next()?;
    if let Some(rest) = target.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    if target.starts_with('/') {
        return Some(format!("{scheme}://{host}{target}"));
    }
    let is_path = !target.is_empty() && !target.contains(':') && !target.starts_with('#');
    let folder = page.rsplit_once('/').map_or(page, |(folder, _)| folder);
    is_path.then(|| format!("{folder}/{target}"))
}

/// The name of the file that an address leads to: its last part (or that of an address within it, or its report),
/// decoded, without anything that a disk could misread.
pub(super) fn file_name(url: &str) -> String {
    let address = url.split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let last = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
    let mut name = last(&decode(path));
    let values = query.split('&').filter_map(|pair| pair.split_once('='));
    for (key, value) in values {
        let value = decode(value);
        if key == "report" {
            name = format!("{value}.csv");
        } else if value.rsplit_once('.').is_some_and(|(_, ending)| (2..=5).contains(&ending.len()))
        {
            name = last(&value);
        }
    }
    let safe: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() || "-_.() –".contains(c) { c } else { '_' })
        .take(150)
        .collect();
    let safe = safe.trim_start_matches('.').trim();
    match (safe.is_empty(), safe.contains('.')) {
        (true, _) => "download".to_owned(),
        (false, true) => safe.to_owned(),
        (false, false) => format!("{safe}.csv"),
    }
}

/// Decodes `%2F` and `+`; what is not UTF-8 becomes a question mark in a box.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        let decoded =
            pair.filter(|_| *first == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(decoded.unwrap_or(if *first == b'+' { b' ' } else { *first }));
        rest = if decoded.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a name matches a pattern in which `*` stands for anything, whatever the capitals.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.to_lowercase(), name.to_lowercase());
    let parts: Vec<&str> = pattern.split('*').collect();
    let (Some((first, rest)), ends) = (parts.split_first(), pattern.ends_with('*')) else {
        return false;
    };
    let Some(mut left) = name.strip_prefix(first) else { return false };
    for (number, part) in rest.iter().enumerate() {
        if number + 1 == rest.len() && !ends {
            return left.ends_with(part);
        }
        match left.find(part).and_then(|at| left.get(at + part.len()..)) {
            Some(after) => left = after,
            None => return false,
        }
    }
    !rest.is_empty() || left.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_names_whatever_the_capitals() {
        assert!(matches("gp-reg-pat-prac-all*", "GP-REG-PAT-PRAC-ALL-NOV-25.zip"));
        assert!(matches("Practice_Level_Crosstab_*.zip", "Practice_Level_Crosstab_Nov_25.zip"));
        assert!(!matches(
            "Practice_Level_Crosstab_*.zip",
            "Practice_Level_Crosstab_Nov_25.zip.txt"
        ));
        assert!(!matches("QOF*.zip", "old-QOF2324.zip"));
        assert!(matches("*OC*.csv", "OC_submissions.csv"));
    }

    #[test]
    fn editions_come_newest_first_and_only_from_the_series() {
        let page = "<a href='/s/october-2025'>a</a><a href=\"/s/november-2025#x\">b</a>
            <a href=\"/s/december-2024\">c</a><a href=\"/other/january-2026\">d</a><a href=\"/s/about\">e</a>";
        let newest = editions(page, "https://x.uk/s");
        assert_eq!(
            newest,
            [
                "https://x.uk/s/november-2025",
                "https://x.uk/s/october-2025",
                "https://x.uk/s/december-2024"
            ]
        );
    }

    #[test]
    fn years_and_days_of_editions_are_told_apart() {
        assert_eq!(date_of("england-2024-25"), Some((2024, 0, 0)));
        assert_eq!(date_of("31-march-2026"), Some((2026, 3, 31)));
        assert_eq!(date_of("about"), None);
    }

    #[test]
    fn names_of_files_are_safe_for_a_disk() {
        assert_eq!(
            file_name("https://f.uk/14/AE345C/GPWPracticeCSV.032024.zip"),
            "GPWPracticeCSV.032024.zip"
        );
        assert_eq!(file_name("https://f.uk/a/..%2F..%2Fetc%2Fpasswd"), "passwd.csv");
        assert_eq!(file_name("https://f.uk/api/getReport?report=epraccur"), "epraccur.csv");
        assert_eq!(
            file_name("https://f.uk/D?fileRedirect=2025%2Fcsv%2FGPPS_2025.csv"),
            "GPPS_2025.csv"
        );
        assert_eq!(file_name("https://f.uk/"), "download");
    }
}
