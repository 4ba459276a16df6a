//! Codes issued by others: each is checked once, on construction, and is cheap to copy afterwards.
//!
//! Codes of the Organisation Data Service (practices, networks, sub-ICBs, ICBs, regions) and of the Office for
//! National Statistics (small areas, local authorities). A small area carries its census in its type: an
//! `Lsoa11` becomes `Lsoa21`s only through a lookup with weights.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A text that is not a code of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{found}` is not {kind}: expected {expected}")]
pub struct CodeError {
    /// What stood there.
    pub found: String,
    /// The kind of code, with its article.
    pub kind: &'static str,
    /// The form in words, with an example.
    pub expected: &'static str,
}

/// Up to nine ASCII characters held in place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Short {
    bytes: [u8; 9],
    length: u8,
}

impl Short {
    fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; 9];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, length: text.len() as u8 })
    }

    fn as_str(&self) -> &str {
        self.bytes
            .get(..usize::from(self.length))
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase()
}

fn digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

fn upper_or_digit(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| upper(*byte) || byte.is_ascii_digit())
}

fn geography(bytes: &[u8], prefixes: &[&[u8]]) -> bool {
    bytes.len() == 9
        && bytes.iter().skip(3).all(u8::is_ascii_digit)
        && prefixes.iter().any(|prefix| bytes.starts_with(prefix))
}

macro_rules! codes {
    ($( $(#[$doc:meta])* $name:ident is $kind:literal, $expected:literal, $valid:expr; )*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Short);

        impl $name {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// Whether a text has the form of this code, without building it.
            #[must_use]
            pub fn is_valid(text: &str) -> bool {
                let valid: fn(&[u8]) -> bool = $valid;
                valid(text.as_bytes())
            }
        }

        impl FromStr for $name {
            type Err = CodeError;

            fn from_str(text: &str) -> Result<Self, CodeError> {
                let tidy = text.trim().to_ascii_uppercase();
                let refused = || CodeError { found: text.to_owned(), kind: $kind, expected: $expected };
                if !Self::is_valid(&tidy) {
                    return Err(refused());
                }
                Short::new(&tidy).map(Self).ok_or_else(refused)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }
    )* };
}

codes! {
    /// A general practice: the holder of one contract and one registered list.
    PracticeCode is "a practice code", "a letter and five digits, such as `A81034`",
        |code| code.len() == 6 && code.first().is_some_and(|first| upper(*first)) && digits(code.get(1..).unwrap_or_default());
    /// A building that a practice works from: the practice's code and three digits.
    SiteCode is "a site code", "a practice code and three digits, such as `A81034001`",
        |code| code.len() == 9 && code.first().is_some_and(|first| upper(*first)) && digits(code.get(1..).unwrap_or_default());
    /// A primary care network.
    NetworkCode is "a network code", "`U` and five digits, such as `U89141`",
        |code| code.len() == 6 && code.first() == Some(&b'U') && digits(code.get(1..).unwrap_or_default());
    /// A sub-ICB location, the footprint of a former clinical commissioning group.
    SubIcbCode is "a sub-ICB code", "three or five letters and digits, such as `72Q` or `D9Y0V`",
        |code| matches!(code.len(), 3 | 5) && upper_or_digit(code);
    /// An integrated care board: three characters until March 2026, three or five since.
    IcbCode is "an ICB code", "three characters beginning with `Q`, or five, such as `QK1` or `Z9B2Z`",
        |code| upper_or_digit(code) && (code.len() == 5 || (code.len() == 3 && code.first() == Some(&b'Q')));
    /// A region of NHS England.
    RegionCode is "a region code", "`Y` and two digits, such as `Y56`",
        |code| code.len() == 3 && code.first() == Some(&b'Y') && digits(code.get(1..).unwrap_or_default());
    /// An NHS trust or other provider.
    ProviderCode is "a provider code", "three to six letters and digits, such as `RWE`",
        |code| (3..=6).contains(&code.len()) && upper_or_digit(code);
    /// A lower layer super output area of the 2011 census.
    Lsoa11 is "a 2011 small-area code", "`E01` (or `W01`) and six digits, such as `E01011949`",
        |code| geography(code, &[b"E01", b"W01"]);
    /// A lower layer super output area of the 2021 census.
    Lsoa21 is "a 2021 small-area code", "`E01` (or `W01`) and six digits, such as `E01033768`",
        |code| geography(code, &[b"E01", b"W01"]);
    /// A middle layer super output area.
    Msoa is "a middle-layer area code", "`E02` (or `W02`) and six digits",
        |code| geography(code, &[b"E02", b"W02"]);
    /// A local authority district or unitary authority.
    LocalAuthorityCode is "a local authority code", "`E06` to `E09` (or `W06`) and six digits",
        |code| geography(code, &[b"E06", b"E07", b"E08", b"E09", b"W06"]);
    /// The ONS code of an NHS area: `E38` sub-ICB, `E54` ICB, `E40` region.
    NhsGeographyCode is "the ONS code of an NHS area", "`E38`, `E40` or `E54` and six digits",
        |code| geography(code, &[b"E38", b"E40", b"E54"]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn practice_codes_are_a_letter_and_five_digits() {
        assert_eq!("a81001 ".parse::<PracticeCode>().unwrap().as_str(), "A81001");
        for wrong in ["A8100", "A810011", "881001", "A81O01", ""] {
            assert!(wrong.parse::<PracticeCode>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn icb_codes_have_three_or_five_characters() {
        assert!("QK1".parse::<IcbCode>().is_ok());
        assert!("Z9B2Z".parse::<IcbCode>().is_ok());
        assert!("72Q".parse::<IcbCode>().is_err());
    }

    #[test]
    fn a_refusal_says_what_was_expected() {
        let refusal = "A8103".parse::<PracticeCode>().unwrap_err().to_string();
        assert_eq!(
            refusal,
            "`A8103` is not a practice code: expected a letter and five digits, such as `A81034`"
        );
    }

    #[test]
    fn a_code_longer_than_its_store_is_refused_not_cut() {
        assert!("E010119490".parse::<Lsoa11>().is_err());
        assert!("E01011949".parse::<Lsoa11>().is_ok());
    }
}
