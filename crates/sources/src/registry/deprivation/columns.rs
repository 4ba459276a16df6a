//! Which column of a file of the Indices holds which figure of which domain.

use std::collections::BTreeMap;

/// The columns of a domain.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Columns {
    pub(super) score: Option<usize>,
    pub(super) rank: Option<usize>,
    pub(super) decile: Option<usize>,
}

/// The figures of a domain in an area.
pub(super) struct Figures {
    pub(super) score: Option<f64>,
    pub(super) rank: Option<f64>,
    pub(super) decile: Option<f64>,
}

/// How the name of a column begins, and the domain it speaks of; longer beginnings come first.
const DOMAINS: [(&str, &str); 19] = [
    ("index of multiple deprivation", "overall"),
    ("imd_", "overall"),
    ("imd ", "overall"),
    ("income deprivation affecting children", "income_children"),
    ("income deprivation affecting older people", "income_older_people"),
    ("idaci", "income_children"),
    ("idaopi", "income_older_people"),
    ("income", "income"),
    ("employment", "employment"),
    ("education", "education"),
    ("health", "health"),
    ("crime", "crime"),
    ("barriers to housing", "housing"),
    ("housing", "housing"),
    ("living environment", "environment"),
    ("environment", "environment"),
    ("children and young people", "education_children"),
    ("adult skills", "education_adults"),
    ("geographical barriers", "housing_distance"),
];
const SUB_DOMAINS: [(&str, &str); 3] = [
    ("wider barriers", "housing_wider"),
    ("indoors", "environment_indoors"),
    ("outdoors", "environment_outdoors"),
];

/// The column that holds the code of the area, and the census it belongs to.
pub(super) fn area_column(names: &[String]) -> Option<(usize, &'static str)> {
    names.iter().enumerate().find_map(|(column, name)| {
        let name = tidy(name);
        let census = match name.as_str() {
            "lsoa code (2011)" | "lsoa11_code" | "lsoa11cd" => "2011",
            "lsoa code (2021)" | "lsoa21_code" | "lsoa21cd" => "2021",
            _ => return None,
        };
        Some((column, census))
    })
}

/// The columns of every domain that has a rank or a decile.
pub(super) fn columns_of(names: &[String]) -> BTreeMap<&'static str, Columns> {
    let mut domains: BTreeMap<&'static str, Columns> = BTreeMap::new();
    for (column, name) in names.iter().enumerate() {
        let name = tidy(name);
        let domain =
            DOMAINS.iter().chain(&SUB_DOMAINS).find(|(begins, _)| name.starts_with(begins));
        let Some((begins, domain)) = domain else { continue };
        let rest = name.get(begins.len()..).unwrap_or_default();
        let columns = domains.entry(domain).or_default();
        let place = if rest.contains("decile") {
            &mut columns.decile
        } else if rest.contains("rank") {
            &mut columns.rank
        } else if rest.contains("score") {
            &mut columns.score
        } else {
            continue;
        };
        *place = place.or(Some(column));
    }
    domains.retain(|_, columns| columns.rank.or(columns.decile).is_some());
    domains
}

fn tidy(name: &str) -> String {
    let lower = name.trim().trim_start_matches('\u{feff}').to_lowercase();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
