//! Age bands of a table of one's own, read whole: where a band ends matters as much as where it begins.

use sources::value;
use vocab::AgeBand;

use super::table::Rejected;

/// An open band may begin here or later where a column gives first ages only.
const OLDEST: u8 = 80;

/// A band as its row names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    band: AgeBand,
    /// Whether the row gives a first age only, so that the band reaches to the next one.
    first_only: bool,
}

impl Named {
    /// The band as written; of a first age only, that one year.
    pub const fn band(self) -> AgeBand {
        self.band
    }

    /// The band, where the row says where it ends.
    pub fn whole(self) -> Option<AgeBand> {
        (!self.first_only).then_some(self.band)
    }
}

/// The band that a cell names.
pub fn named(column: &str, text: &str) -> Result<Named, Rejected> {
    let first_only = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let rejected =
        |rule, remedy| Rejected { column: column.to_owned(), value: text.to_owned(), rule, remedy };
    match AgeBand::parse(text) {
        Some(band) => Ok(Named { band, first_only }),
        None if is_date(text) => Err(rejected(
            "expected an age band, and this is a date: a spreadsheet has turned a band such as 5-9 or 10-14 into it",
            "format the column as text before writing 10-14, or write 10 to 14",
        )),
        None => Err(rejected("expected an age band", "name bands such as 0-4, 5 to 9, 85+")),
    }
}

/// Whether a spreadsheet would have written this for two small numbers: `Oct-14`, `05-Sep`, `2026-09-05`.
fn is_date(text: &str) -> bool {
    let month = text
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .any(|word| value::month(&format!("{word} 2001")).is_some());
    month || value::day(text).is_some() || value::month(text).is_some()
}

/// The bands of a group from the youngest, those with a first age only reaching to the next, and the positions of their rows.
///
/// # Errors
/// In words: a band stands twice, two overlap, or ages between the first and the last are missing.
pub fn whole(named: &[Named]) -> Result<Vec<(AgeBand, usize)>, String> {
    let mut order: Vec<usize> = (0..named.len()).collect();
    order.sort_by_key(|row| named[*row].band);
    let mut bands: Vec<(AgeBand, usize)> = Vec::with_capacity(order.len());
    for (position, row) in order.iter().enumerate() {
        let next = order.get(position + 1).map(|next| named[*next].band.lower());
        bands.push((ended(named[*row], next), *row));
    }
    for pair in bands.windows(2) {
        let [before, after] = [pair[0].0, pair[1].0];
        match before.upper() {
            _ if before.lower() == after.lower() => {
                return Err(format!(
                    "two rows begin with age {}: add them up or name in --by what tells them apart",
                    after.lower()
                ));
            }
            Some(past) if past == after.lower() => {}
            Some(past) if past < after.lower() => {
                return Err(format!("the ages {past} to {} are missing", after.lower() - 1));
            }
            _ => return Err(format!("the age bands {before} and {after} overlap")),
        }
    }
    Ok(bands)
}

fn ended(named: Named, next: Option<u8>) -> AgeBand {
    let lower = named.band.lower();
    match next {
        Some(next) if named.first_only && next > lower => AgeBand::new(lower, next),
        None if named.first_only && lower >= OLDEST => AgeBand::from(lower),
        _ => named.band,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(texts: &[&str]) -> Vec<Named> {
        texts.iter().map(|text| named("age", text).ok().unwrap()).collect()
    }

    #[test]
    fn a_date_is_called_a_date() {
        for text in ["Oct-14", "05-Sep", "01-Apr", "2026-09-05", "05/09/2026"] {
            let rule = named("age", text).err().unwrap().rule;
            assert!(rule.contains("a spreadsheet has turned"), "{text}: {rule}");
        }
        assert_eq!(named("age", "All").err().unwrap().rule, "expected an age band");
    }

    #[test]
    fn first_ages_reach_to_the_next_and_the_last_is_open() {
        let found = whole(&bands(&["85", "0", "1", "5"])).unwrap();
        let expected = [
            (AgeBand::new(0, 1), 1),
            (AgeBand::new(1, 5), 2),
            (AgeBand::new(5, 85), 3),
            (AgeBand::from(85), 0),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn missing_overlapping_and_repeated_bands_are_told() {
        let told = |texts: &[&str]| whole(&bands(texts)).unwrap_err();
        assert_eq!(told(&["0-4", "10-14"]), "the ages 5 to 9 are missing");
        assert_eq!(told(&["0-9", "5-9"]), "the age bands 0 to 9 and 5 to 9 overlap");
        assert!(told(&["0-4", "0-4"]).starts_with("two rows begin with age 0"));
        assert_eq!(told(&["80+", "85+"]), "the age bands 80 and over and 85 and over overlap");
    }
}
