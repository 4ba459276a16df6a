//! Whether a small area is urban or rural, by the classification of 2011.
//!
//! An area of 2021 has the class of the area of 2011 with its code; one drawn anew has the class of the areas of 2011 that it
//! was made of, where they agree, and none where they do not.

use std::collections::BTreeSet;

use evidence::{Evidence, EvidenceError, Frame, TextColumn, tables};

/// The class of a small area.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuralClass {
    /// The class, such as `A1`.
    pub code: String,
    /// Its name as published.
    pub name: String,
    /// `urban` or `rural`.
    pub setting: String,
}

/// The class of a small area of 2021 or 2011; nothing where it is not known.
///
/// # Errors
/// When a table cannot be read.
pub fn class_of(evidence: &Evidence, area: &str) -> Result<Option<RuralClass>, EvidenceError> {
    let Some(period) = evidence.periods("rural_urban").last().copied() else { return Ok(None) };
    let classes = evidence.frame("rural_urban", period)?;
    if let Some(class) = class_in(&classes, area) {
        return Ok(Some(class));
    }
    let mut found = BTreeSet::new();
    for period in evidence.periods("lookup") {
        let lookup = evidence.frame("lookup", period)?;
        let links = tables::lookup::Columns::of(&lookup);
        let parts = (0..lookup.rows()).filter(|row| {
            links.parent.get(*row) == Some(area)
                && links.parent_kind.get(*row) == Some("lsoa21")
                && links.area_kind.get(*row) == Some("lsoa11")
        });
        for part in parts.filter_map(|row| links.area.get(row)) {
            let Some(class) = class_in(&classes, part) else { return Ok(None) };
            found.insert(class);
        }
    }
    let only = if found.len() == 1 { found.pop_first() } else { None };
    Ok(only)
}

fn class_in(classes: &Frame, area: &str) -> Option<RuralClass> {
    let rows = tables::rural_urban::Columns::of(classes);
    let wanted = rows.area.code_of(area)?;
    let row = rows.area.codes.iter().position(|code| *code == wanted)?;
    let get = |column: &TextColumn| Some(column.get(row)?.to_owned());
    let (code, name, setting) = (get(rows.class)?, get(rows.class_name)?, get(rows.setting)?);
    Some(RuralClass { code, name, setting })
}

#[cfg(test)]
mod tests {
    use evidence::Given;

    use super::*;

    #[test]
    fn an_area_drawn_anew_has_the_class_on_which_its_parts_agree() {
        let class = |(area, code, setting): (&'static str, &'static str, &'static str)| {
            tables::rural_urban::Row {
                area: area.into(),
                census: "2011".into(),
                class: code.into(),
                class_name: "name".into(),
                setting: setting.into(),
            }
        };
        let link = |(area, parent): (&'static str, &'static str)| tables::lookup::Row {
            area: area.into(),
            area_kind: "lsoa11".into(),
            parent: parent.into(),
            parent_kind: "lsoa21".into(),
            weight: 1.0.into(),
            ..Default::default()
        };
        let classes = [
            ("E01000001", "C1", "urban"),
            ("E01000002", "C1", "urban"),
            ("E01000003", "E1", "rural"),
        ];
        let links = [
            ("E01000001", "E01900001"),
            ("E01000002", "E01900001"),
            ("E01000002", "E01900002"),
            ("E01000003", "E01900002"),
        ];
        let evidence = Given::default()
            .with("2011".parse().unwrap(), classes.map(class))
            .with("2022".parse().unwrap(), links.map(link))
            .evidence();
        let code = |area| class_of(&evidence, area).unwrap().map(|class| class.code);
        assert_eq!(code("E01000003").as_deref(), Some("E1"));
        assert_eq!(code("E01900001").as_deref(), Some("C1"));
        assert_eq!(code("E01900002"), None, "its parts differ");
        assert_eq!(code("E01999999"), None);
    }
}
