//! Every canonical table, a file for each part of the field. Adding one is adding it to its file; the data
//! dictionary of the book (`docs/book/data-dictionary.md`) is made from these lists.
//!
//! Beside a table stand its facts: whose its rows are (`of`), the kinds of its periods (`in`), what it means that an
//! organisation has no such row (`absent`), and, where its practices are held against the lists of patients, the column of
//! their codes (`joined by`). The evaluator of indicators reads them from here and keeps no list of tables of its own.

use crate::table::Table;

macro_rules! tables {
    ($(
        $constant:ident = $name:ident, $about:literal,
        of $whose:ident($($word:literal)?), in [$($kind:ident),*], absent $absent:ident, $(joined by $joined:literal,)?
        key $key:expr, columns [ $( $cell:ident($column:ident, $what:literal $(, empty $when:literal)?) ),* $(,)? ];
    )*) => {
        $(
            #[doc = $about]
            pub static $constant: $crate::table::Table = $crate::table::Table {
                name: stringify!($name),
                about: $about,
                whose: $crate::table::Whose::$whose($($word)?),
                periods: &[ $($crate::table::PeriodKind::$kind),* ],
                absent: $crate::table::Absent::$absent,
                joined_by: $crate::table::first(&[ $($joined)? ]),
                columns: &[ $( $crate::table::Column::$cell(stringify!($column), $what)$(.empty($when))? ),* ],
                key: &$key,
            };

            #[doc = concat!("Rows and columns of the table `", stringify!($name), "`, by names that the compiler knows.")]
            pub mod $name {
                #[doc = $about]
                #[derive(Debug, Clone, Copy, PartialEq, Default)]
                pub struct Row<'a> {
                    $( #[doc = concat!("Holds ", $what, ".")] pub $column: $crate::tables::written!($cell, 'a), )*
                }

                impl<'a> $crate::table::Written<'a> for Row<'a> {
                    const TABLE: &'static $crate::table::Table = &super::$constant;

                    fn give<T>(self, to: impl FnOnce(&[$crate::table::Cell<'a>]) -> T) -> T {
                        to(&[ $( self.$column.into() ),* ])
                    }
                }

                #[doc = concat!("The columns of `", stringify!($name), "` in a frame, row by row alike.")]
                #[derive(Debug, Clone, Copy)]
                pub struct Columns<'f> {
                    $( #[doc = concat!("Holds ", $what, ".")] pub $column: $crate::tables::read!($cell, 'f), )*
                }

                impl<'f> Columns<'f> {
                    #[doc = concat!("Those of a frame of `", stringify!($name), "`.")]
                    #[must_use]
                    pub fn of(frame: &'f $crate::Frame) -> Self {
                        let mut next = frame.in_order(&super::$constant);
                        Self { $( $column: next.$cell(), )* }
                    }
                }
            }
        )*

        /// The tables of this file, in its order.
        pub(super) const TABLES: &[&$crate::table::Table] = &[ $(&$constant),* ];
    };
}

/// What a row holds in a column of some kind on its way into a table.
macro_rules! written {
    (text, $life:lifetime) => { $crate::table::Word<$life> };
    (words, $life:lifetime) => { $crate::table::Word<$life> };
    (count, $life:lifetime) => { $crate::table::Figure };
    (amount, $life:lifetime) => { $crate::table::Figure };
}

/// What a column of some kind is in a frame.
macro_rules! read {
    (text, $life:lifetime) => { &$life $crate::TextColumn };
    (words, $life:lifetime) => { &$life $crate::TextColumn };
    (count, $life:lifetime) => { &$life [f64] };
    (amount, $life:lifetime) => { &$life [f64] };
}

pub(crate) use {read, written};

macro_rules! groups {
    ($( $module:ident $title:literal; )*) => {
        $(
            mod $module;
            pub use $module::*;
        )*

        /// A part of the field and its tables.
        #[derive(Debug)]
        pub struct Group {
            /// What the tables are about.
            pub title: &'static str,
            /// The tables.
            pub tables: &'static [&'static Table],
        }

        /// The parts of the field, in the order of the data dictionary.
        pub const GROUPS: &[Group] = &[ $( Group { title: $title, tables: $module::TABLES } ),* ];
    };
}

groups! {
    organisations "Organisations and where they belong";
    areas "Areas";
    people "People";
    contacts "Appointments, requests and calls";
    practices "Staff, care and money of practices";
    beyond "Beyond the practice";
}

/// All tables, part by part.
pub static ALL: &[&Table] = &joined();

/// The table of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Table> {
    ALL.iter().copied().find(|table| table.name == name)
}

const COUNT: usize = {
    let (mut group, mut count) = (0, 0);
    while group < GROUPS.len() {
        count += GROUPS[group].tables.len();
        group += 1;
    }
    count
};

const fn joined() -> [&'static Table; COUNT] {
    let mut all = [GROUPS[0].tables[0]; COUNT];
    let (mut group, mut filled) = (0, 0);
    while group < GROUPS.len() {
        let mut at = 0;
        while at < GROUPS[group].tables.len() {
            all[filled] = GROUPS[group].tables[at];
            (at, filled) = (at + 1, filled + 1);
        }
        group += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Kind, Whose};

    fn holds_words(table: &Table, name: &str) -> bool {
        table.columns.iter().any(|column| column.name == name && column.kind == Kind::Text)
    }

    #[test]
    fn table_names_differ_and_keys_are_columns() {
        let mut names = std::collections::BTreeSet::new();
        for table in ALL {
            assert!(names.insert(table.name), "two tables are called {}", table.name);
            for key in table.key {
                assert!(table.position(key).is_some(), "{}: {key} is no column", table.name);
            }
        }
    }

    #[test]
    fn the_facts_of_a_table_name_columns_of_words() {
        for table in ALL {
            let level = matches!(table.whose, Whose::Several(_)).then_some("level");
            for name in [table.whose.column(), table.joined_by, level].into_iter().flatten() {
                assert!(holds_words(table, name), "{}: {name} is no column of words", table.name);
            }
        }
    }

    #[test]
    fn every_table_comes_in_some_kind_of_period() {
        for table in ALL {
            assert!(!table.periods.is_empty(), "{}", table.name);
        }
    }
}
