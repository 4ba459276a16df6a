//! Counts in sentences: thousands apart, and the noun in its right number.

/// A whole number with its thousands apart: `6,200`.
#[must_use]
pub fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 row`, `0 rows`, `6,200 practices`, `2 boundaries`.
///
/// The noun is given in the singular; its plural ends in `s`, or in `ies` after a consonant with `y`.
#[must_use]
pub fn of_noun(count: u64, noun: &str) -> String {
    if count == 1 {
        return format!("1 {noun}");
    }
    let stem = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let plural = stem.map_or_else(|| format!("{noun}s"), |stem| format!("{stem}ies"));
    format!("{} {plural}", thousands(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_takes_the_singular_and_all_else_the_plural() {
        let said = [0, 1, 2, 6_200].map(|count| of_noun(count, "practice"));
        assert_eq!(said, ["0 practices", "1 practice", "2 practices", "6,200 practices"]);
        assert_eq!(of_noun(3, "country"), "3 countries");
        assert_eq!(of_noun(3, "journey"), "3 journeys");
        assert_eq!(thousands(1_234_567), "1,234,567");
    }
}
