//! What makes a definition wrong although it can be read.

use evidence::{Kind, Table, tables};
use vocab::{Level, weekday};

use super::{AreaFigure, Definition, Interval, Operand, Problem, Statistic};
use crate::measure::base_level;

/// All problems of a definition.
pub(super) fn problems(definition: &Definition, file: &str) -> Vec<Problem> {
    let mut found = Problems { file, list: Vec::new() };
    found.operand("numerator", &definition.numerator);
    found.operand("denominator", &definition.denominator);
    for operand in definition.national.iter().flat_map(|one| [&one.numerator, &one.denominator]) {
        found.columns("national", operand);
    }
    found.whole(definition);
    found.period(definition);
    found.levels(definition);
    found.examples(definition);
    found.list
}

struct Problems<'a> {
    file: &'a str,
    list: Vec<Problem>,
}

impl Problems<'_> {
    fn add(
        &mut self,
        key: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
        hint: &str,
    ) {
        self.list.push(Problem {
            file: self.file.to_owned(),
            key: key.to_owned(),
            found: found.into(),
            expected: expected.into(),
            hint: hint.to_owned(),
        });
    }

    fn operand(&mut self, key: &str, operand: &Operand) {
        self.columns(key, operand);
        let Some(table) = tables::find(&operand.table) else { return };
        if base_level(operand).is_none() {
            self.add(
                key,
                format!("the table `{}` without a single level", table.name),
                "a table by practice, network, sub-ICB, ICB or area",
                "add `level = [\"practice\"]` to `where`, with exactly one level",
            );
        }
    }

    /// The table of an operand and its columns.
    fn columns(&mut self, key: &str, operand: &Operand) {
        let Some(table) = tables::find(&operand.table) else {
            let known: Vec<_> = tables::ALL.iter().map(|table| table.name).collect();
            self.add(
                &format!("{key}.table"),
                format!("`{}`", operand.table),
                format!("a canonical table: {}", known.join(", ")),
                "docs/book/data-dictionary.md describes each of them",
            );
            return;
        };
        if operand.ages.is_some() && table.position("age_from").is_none() {
            self.add(
                &format!("{key}.ages"),
                format!("ages of the table `{}`", table.name),
                "a table with the columns `age_from` and `age_to`",
                "leave `ages` out or use `registered`",
            );
        }
        self.figure(&format!("{key}.column"), table, &operand.column);
        if let Some(times) = &operand.times {
            self.figure(&format!("{key}.times"), table, times);
        }
        for (column, words) in &operand.rows {
            self.words(&format!("{key}.where.{column}"), table, column, words);
        }
        if let Some(area) = &operand.area {
            self.area(key, table, area);
        }
    }

    fn area(&mut self, key: &str, table: &Table, area: &AreaFigure) {
        let other = tables::find(&area.table).filter(|other| other.position("area").is_some());
        let Some(other) = other.filter(|_| table.position("area").is_some()) else {
            self.add(
                &format!("{key}.area"),
                format!("`{}` for the table `{}`", area.table, table.name),
                "two tables by small area",
                "use `registered_area` with `deprivation`",
            );
            return;
        };
        if let Some(column) = &area.column {
            self.figure(&format!("{key}.area.column"), other, column);
        }
        for (column, words) in &area.rows {
            self.words(&format!("{key}.area.where.{column}"), other, column, words);
        }
    }

    fn figure(&mut self, key: &str, table: &Table, column: &str) {
        let holds_figures = |found: &&evidence::Column| found.kind != Kind::Text;
        if table.columns.iter().filter(holds_figures).all(|known| known.name != column) {
            let known: Vec<_> =
                table.columns.iter().filter(holds_figures).map(|known| known.name).collect();
            self.add(
                key,
                format!("`{column}`"),
                format!("a column of figures of `{}`: {}", table.name, known.join(", ")),
                "columns of words go into `where`",
            );
        }
    }

    fn words(&mut self, key: &str, table: &Table, column: &str, words: &[String]) {
        let by_day = column == "weekday" && table.position("weekday").is_none();
        let real = if by_day { "day" } else { column };
        let is_text =
            table.columns.iter().any(|known| known.name == real && known.kind == Kind::Text);
        if !is_text {
            let known: Vec<_> = table
                .columns
                .iter()
                .filter(|known| known.kind == Kind::Text)
                .map(|known| known.name)
                .collect();
            self.add(
                key,
                format!("`{column}`"),
                format!("a column of words of `{}`: {}", table.name, known.join(", ")),
                "`weekday` stands for the weekday of a column `day`",
            );
        }
        self.known(key, table, (column, by_day), words);
        if words.is_empty() {
            self.add(key, "no word", "at least one word", "leave the column out to take every row");
        }
    }

    /// Words that no file can ever bring to a column whose words are all known: they would admit no row and be taken for nought.
    fn known(&mut self, key: &str, table: &Table, (name, by_day): (&str, bool), words: &[String]) {
        let column = table.columns.iter().find(|column| column.name == name);
        let (known, may_be_empty) = if by_day {
            (Some(weekday::WORDS.to_vec()), false)
        } else {
            let known = column.and_then(evidence::Column::vocabulary);
            (known, column.is_some_and(|column| column.empty.is_some()))
        };
        let Some(known) = known else { return };
        let is_known = |word: &str| known.contains(&word) || (word.is_empty() && may_be_empty);
        for word in words.iter().filter(|word| !is_known(word)) {
            let (column, table) = (name, table.name);
            self.add(
                key,
                format!("`{word}`"),
                format!("a word of `{column}` of `{table}`: {}", known.join(", ")),
                "no file brings another word: the filter would admit no row",
            );
        }
    }

    fn whole(&mut self, definition: &Definition) {
        if !(definition.multiplier.is_finite() && definition.multiplier > 0.0) {
            let found = definition.multiplier.to_string();
            self.add("multiplier", found, "a number above 0", "leave it out for 1");
        }
        let fits = matches!(
            (definition.statistic, definition.interval),
            (Statistic::Proportion, Interval::Wilson)
                | (Statistic::Rate, Interval::Byar)
                | (_, Interval::None)
        );
        if !fits {
            self.add(
                "interval",
                format!("`{}` for a {}", definition.interval, definition.statistic),
                "`wilson` for a proportion, `byar` for a rate, or `none`",
                "an amount of money or of staff has no counting error",
            );
        }
        let texts = [
            ("name", &definition.name),
            ("unit", &definition.unit),
            ("meaning", &definition.meaning),
            ("why_it_matters", &definition.why_it_matters),
            ("review.by", &definition.review.by),
        ];
        for (key, text) in texts {
            if text.trim().is_empty() {
                self.add(key, "nothing", "some words", "every reader of a figure may ask this");
            }
        }
        if definition.review.due <= definition.review.on {
            let found = definition.review.due.to_string();
            self.add(
                "review.due",
                found,
                "a day after `review.on`",
                "a year after the review is usual",
            );
        }
    }

    /// The kind of period, which must be one of the table that sets the periods.
    fn period(&mut self, definition: &Definition) {
        let Some(table) = tables::find(definition.pacing_table()) else { return };
        if !table.periods.contains(&definition.period) {
            let known: Vec<_> = table.periods.iter().map(|kind| format!("`{kind}`")).collect();
            self.add(
                "period",
                format!("`{}`", definition.period),
                format!("a kind of period of `{}`: {}", table.name, known.join(", ")),
                "the table that paces the figure sets its periods; see `paced_by`",
            );
        }
    }

    fn levels(&mut self, definition: &Definition) {
        if definition.levels.is_empty() {
            self.add(
                "levels",
                "no level",
                "at least one level",
                "name the smallest level and those above it",
            );
        }
        let Some(smallest) = definition.base_level() else { return };
        for level in &definition.levels {
            if *level < smallest && *level != Level::Place {
                self.add(
                    "levels",
                    format!("`{level}`"),
                    format!("`{smallest}` or larger"),
                    "the tables do not go further down than this",
                );
            }
        }
    }

    fn examples(&mut self, definition: &Definition) {
        if definition.examples.is_empty() {
            self.add(
                "example",
                "none",
                "at least one `[[example]]`",
                "take small numbers that can be checked by hand",
            );
        }
        for (number, example) in definition.examples.iter().enumerate() {
            let has_amounts = example.numerator.is_some() && example.denominator.is_some();
            if has_amounts != example.rows.is_empty() {
                self.add(
                    &format!("example {}", number + 1),
                    "neither or both of amounts and rows",
                    "`numerator` and `denominator`, or `rows`",
                    "rows also show which words are counted",
                );
            }
            if example.value.is_some() == example.mark.is_some() {
                self.add(
                    &format!("example {}", number + 1),
                    "neither or both of `value` and `mark`",
                    "one of them",
                    "`mark` says why there is no figure",
                );
            }
        }
    }
}

impl Definition {
    /// The smallest level at which both amounts can be worked out.
    #[must_use]
    pub fn base_level(&self) -> Option<Level> {
        let (above, below) = (base_level(&self.numerator)?, base_level(&self.denominator)?);
        Some(above.max(below))
    }
}

#[cfg(test)]
mod tests {
    use crate::definition::{Definition, Theme};

    const SOUND: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../indicators/access/same_day.toml"));

    /// What is said of a definition in which something stands in the place of something else.
    fn said(sound: &str, wrong: &str) -> String {
        assert!(SOUND.contains(sound), "{sound}");
        let problems = Definition::parse(Theme::Access, "same_day", &SOUND.replace(sound, wrong));
        let problems: Vec<_> = problems.unwrap_err().iter().map(ToString::to_string).collect();
        problems.join("\n")
    }

    #[test]
    fn an_unknown_column_of_figures_is_a_problem() {
        let said = said("column = \"appointments\"", "column = \"apointments\"");
        assert!(said.contains("numerator.column: found `apointments`"), "{said}");
        assert!(said.contains("expected a column of figures of `appointment`: appointments"));
    }

    #[test]
    fn an_unknown_column_of_a_filter_is_a_problem() {
        let said = said("where = { wait = [\"same_day\"] }", "where = { wiat = [\"same_day\"] }");
        assert!(said.contains("numerator.where.wiat: found `wiat`"), "{said}");
    }

    #[test]
    fn an_unknown_column_of_the_national_figure_is_a_problem() {
        let said = said("metric = [\"Same Day\"]", "metrics = [\"Same Day\"]");
        assert!(said.contains("national.where.metrics: found `metrics`"), "{said}");
    }

    #[test]
    fn a_filter_on_a_column_of_figures_is_a_problem() {
        let said = said("where = { wait = [\"same_day\"] }", "where = { appointments = [\"1\"] }");
        assert!(said.contains("numerator.where.appointments"), "{said}");
    }

    #[test]
    fn a_word_that_no_file_brings_to_a_column_of_known_words_is_a_problem() {
        let filter = |filter: &str| said("where = { wait = [\"same_day\"] }", filter);
        let wait = filter("where = { wait = [\"sameday\"] }");
        let expected = "numerator.where.wait: found `sameday`, expected a word of `wait` of `appointment`: same_day, 1_day";
        assert!(wait.contains(expected), "{wait}");
        let mode = filter("where = { wait = [\"same_day\"], mode = [\"home_visits\"] }");
        assert!(mode.contains("numerator.where.mode: found `home_visits`"), "{mode}");
        let empty = filter("where = { wait = [\"same_day\"], status = [\"\"] }");
        assert!(empty.contains("numerator.where.status: found ``"), "{empty}");
    }

    #[test]
    fn a_word_of_a_column_whose_words_are_open_is_taken() {
        let open = "where = { wait = [\"same_day\"], category = [\"Tea Round\"] }";
        let text = SOUND.replace("where = { wait = [\"same_day\"] }", open);
        let found = Definition::parse(Theme::Access, "same_day", &text);
        assert!(found.is_ok(), "{found:?}");
    }

    #[test]
    fn a_day_that_is_none_of_the_week_is_a_problem() {
        let file =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../indicators/access/monday_share.toml");
        let text = std::fs::read_to_string(file).unwrap().replace("\"monday\"", "\"mondays\"");
        let problems = Definition::parse(Theme::Access, "monday_share", &text).unwrap_err();
        assert!(problems[0].to_string().contains("found `mondays`"), "{problems:?}");
    }

    #[test]
    fn ages_of_a_table_without_them_are_a_problem() {
        let said =
            said("column = \"appointments\",", "column = \"appointments\", ages = { from = 5 },");
        assert!(said.contains("numerator.ages: found ages of the table `appointment`"), "{said}");
        assert!(said.contains("national.ages"), "{said}");
    }

    #[test]
    fn a_kind_of_period_that_the_table_does_not_come_in_is_a_problem() {
        let said = said("period = \"month\"", "period = \"day\"");
        assert!(
            said.contains(
                "period: found `day`, expected a kind of period of `appointment`: `month`"
            ),
            "{said}"
        );
    }
}
