//! A sentence as words: small letters, plurals taken off, figures and ranges apart.

/// A word, a figure or a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// As it was written.
    pub written: String,
    /// In small letters, without possessive.
    pub word: String,
    /// The word without its plural.
    pub stem: String,
    /// Whether it begins with a capital and does not begin the sentence.
    pub capital: bool,
}

impl Token {
    fn new(written: &str, first: bool) -> Self {
        let word = written.to_lowercase();
        let word = word.strip_suffix("'s").unwrap_or(&word).trim_matches('\'').to_owned();
        Self {
            written: written.to_owned(),
            stem: stem(&word),
            word,
            capital: !first && written.starts_with(char::is_uppercase),
        }
    }

    /// Whether it is a figure or holds one.
    pub(crate) fn has_digit(&self) -> bool {
        self.word.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// Words as one would write them: no space before `%` or behind `£`.
pub(crate) fn written<'a>(tokens: impl IntoIterator<Item = &'a Token>) -> String {
    let mut out = String::new();
    for token in tokens {
        if !(out.is_empty()
            || out.ends_with(['£', '-'])
            || matches!(&*token.written, "%" | "+" | "-"))
        {
            out.push(' ');
        }
        out += &token.written;
    }
    out
}

/// The words of a sentence.
pub(crate) fn tokens(sentence: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for piece in plain(sentence).split_whitespace() {
        for word in pieces(piece) {
            let first = found.is_empty();
            match contraction(&word.to_lowercase()) {
                Some((head, tail)) => {
                    found.push(Token::new(&head, first));
                    found.push(Token::new(tail, false));
                }
                None => found.push(Token::new(&word, first)),
            }
        }
    }
    found
}

/// Denials that are written without their apostrophe, as they are often typed; `wont` and `cant` among them.
const BARE_DENIALS: [&str; 17] = [
    "arent", "isnt", "wasnt", "werent", "dont", "doesnt", "didnt", "hasnt", "havent", "hadnt",
    "wont", "wouldnt", "cant", "couldnt", "shouldnt", "arnt", "aint",
];

/// A contraction as its two words: `isn't`, `isnt`, `we've`, `they'll`.
fn contraction(word: &str) -> Option<(String, &'static str)> {
    if let Some(verb) = word
        .strip_suffix("n't")
        .or_else(|| BARE_DENIALS.contains(&word).then(|| word.strip_suffix("nt").unwrap_or(word)))
    {
        let verb = match verb {
            "" => return None,
            "ca" => "can",
            "wo" => "will",
            "sha" => "shall",
            "ar" | "ai" => "are",
            other => other,
        };
        return Some((verb.to_owned(), "not"));
    }
    [("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would"), ("'m", "am")]
        .into_iter()
        .find_map(|(short, long)| Some((word.strip_suffix(short)?.to_owned(), long)))
        .filter(|(head, _)| !head.is_empty())
}

/// Typographer's signs as those of a keyboard.
fn plain(sentence: &str) -> String {
    sentence
        .replace(['\u{2019}', '\u{2018}'], "'")
        .replace(['\u{2013}', '\u{2014}', '\u{2212}'], "-")
        .replace("A & E", "A&E")
        .replace("a & e", "a&e")
        .replace("A and E", "A&E")
        .replace("A+E", "A&E")
        .replace(" - ", " ")
}

/// A piece between spaces as words, figures and signs: `over-75s` as two, `21-25` as three.
fn pieces(piece: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let letters: Vec<char> = piece.chars().collect();
    for (at, letter) in letters.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        let after = letters.get(at + 1).copied().unwrap_or(' ');
        let in_figure = before.is_ascii_digit() && after.is_ascii_digit();
        let kept = letter.is_alphanumeric()
            || letter == '\''
            || (letter == '&' && before.is_alphabetic())
            || (matches!(letter, ',' | '.' | '/') && in_figure);
        if kept {
            if let Some(last) = out.last_mut() {
                last.push(letter);
            }
            continue;
        }
        let is_minus = letter == '-' && before == ' ' && after.is_ascii_digit();
        if matches!(letter, '%' | '£' | '+')
            || is_minus
            || (letter == '-' && joins_figures(before, after))
        {
            out.push(letter.to_string());
        }
        out.push(String::new());
    }
    out.retain(|word| !word.is_empty());
    out
}

/// Whether a dash stands between two figures: `21-25`, `£30-£50`, `30k-50k`.
fn joins_figures(before: char, after: char) -> bool {
    (before.is_ascii_digit() || matches!(before, 'k' | '%'))
        && (after.is_ascii_digit() || after == '£')
}

/// A word without its plural, the same for words of sentences and of word lists.
pub(crate) fn stem(word: &str) -> String {
    let long = word.chars().count() > 4;
    if let Some(head) = word.strip_suffix("ies").filter(|_| long) {
        return format!("{head}y");
    }
    let kept = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    match word.strip_suffix('s') {
        Some(head)
            if !kept && word.len() > 2 && !head.ends_with(|one: char| one.is_ascii_digit()) =>
        {
            head.to_owned()
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sentence: &str) -> Vec<String> {
        tokens(sentence).into_iter().map(|token| token.word).collect()
    }

    #[test]
    fn ranges_signs_and_hyphens_come_apart_and_figures_stay_whole() {
        assert_eq!(
            words("Over-75s (21–25) cost £1,412m, 6.2% in 2019/20."),
            ["over", "75s", "21", "-", "25", "cost", "£", "1,412m", "6.2", "%", "in", "2019/20"]
        );
    }

    #[test]
    fn a_denial_is_a_word_of_its_own() {
        assert_eq!(
            words("It isn't so; it can't be"),
            ["it", "is", "not", "so", "it", "can", "not", "be"]
        );
        assert_eq!(
            words("They arent, doesnt and won't; we've seen it"),
            ["they", "are", "not", "does", "not", "and", "will", "not", "we", "have", "seen", "it"]
        );
    }

    #[test]
    fn plurals_are_taken_off_and_short_words_kept() {
        assert_eq!(
            ["surgeries", "practices", "access", "status"].map(stem),
            ["surgery", "practice", "access", "status"]
        );
    }
}
