//! The shape of networks: how many there are, how large, how many practices each, and how many serve the most deprived.
//!
//! A network should have some 30,000 to 50,000 patients; a commissioner may agree to fewer or more. Patients are those of
//! the lists nearest to the day; practices belong where the affiliations of the day have them. Practices in no network are
//! counted and belong to none of the sizes. A network that lies across the border of a place is judged whole.

use std::collections::BTreeMap;

use evidence::{Affiliations, Evidence, EvidenceError, Place, tables};
use vocab::{Level, Period};

/// Patients that a network should have at least.
pub const SMALLEST: f64 = 30_000.0;
/// Patients that a network should have at most, unless it still works as one.
pub const LARGEST: f64 = 50_000.0;
/// Practices above which a network is among the many-handed.
pub const MANY_PRACTICES: usize = 10;

/// The shape of the networks of an area.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// Practices with patients.
    pub practices: usize,
    /// Of them in no network.
    pub in_no_network: usize,
    /// Networks with a practice; each is judged whole, with its practices elsewhere.
    pub networks: usize,
    /// Of them with practices elsewhere too.
    pub across: usize,
    /// Networks of 30,000 to 50,000 patients.
    pub within: usize,
    /// Networks of fewer.
    pub below: usize,
    /// Networks of more.
    pub above: usize,
    /// Networks of one practice.
    pub single_practice: usize,
    /// Networks of more than ten practices.
    pub many_practices: usize,
    /// Networks with over half of their patients at practices of the most deprived fifth; nothing where no practice
    /// has a score.
    pub mostly_deprived: Option<usize>,
    /// Patients.
    pub patients: f64,
}

/// Shapes of an area and of the boards in it, on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Shapes {
    /// The lists that patients come from.
    pub lists: Period,
    /// The whole area.
    pub whole: Shape,
    /// Each integrated care board that has a practice in the area: its name and the shape of the networks that mostly belong to
    /// it, of the whole board.
    pub boards: BTreeMap<String, (String, Shape)>,
    /// Each network with a practice in the area, largest first.
    pub networks: Vec<NetworkSize>,
}

/// A network, whole, and what of it lies in an area.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkSize {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its practices with patients, wherever they are.
    pub practices: usize,
    /// Of them in the area.
    pub practices_here: usize,
    /// Patients of all of its practices.
    pub patients: f64,
    /// Of them with practices in the area.
    pub patients_here: f64,
    /// The share of them at practices of the most deprived fifth; nothing where no practice has a score.
    pub deprived: Option<f64>,
}

impl NetworkSize {
    /// Whether it has the patients that a network should have, in words.
    #[must_use]
    pub fn size(&self) -> &'static str {
        match self.patients {
            few if few < SMALLEST => "below 30,000",
            many if many > LARGEST => "above 50,000",
            _ => "30,000 to 50,000",
        }
    }
}

/// A network in the making.
#[derive(Default)]
struct Network<'a> {
    practices: usize,
    patients: f64,
    deprived: f64,
    scored: bool,
    boards: BTreeMap<&'a str, f64>,
    /// Its practices in the place that is asked for, and their patients.
    here: (usize, f64),
}

/// The shape of the networks of a place; nothing where no lists were imported.
///
/// # Errors
/// When a table cannot be read.
pub fn shapes(
    evidence: &Evidence,
    place: &Place,
    known: &Affiliations,
) -> Result<Option<Shapes>, EvidenceError> {
    let Some(lists) = evidence.nearest_period("list_size", Period::Day(known.day())) else {
        return Ok(None);
    };
    let frame = evidence.frame("list_size", lists)?;
    let listed = tables::list_size::Columns::of(&frame);
    let deciles = deciles(evidence)?;
    let mut networks: BTreeMap<&str, Network<'_>> = BTreeMap::new();
    let (whole, boards) = (Shape::default(), BTreeMap::new());
    let mut shapes = Shapes { lists, whole, boards, networks: Vec::new() };
    let mut all: BTreeMap<String, (String, Shape)> = BTreeMap::new();
    for row in 0..frame.rows() {
        let size = listed.patients.get(row).copied().filter(|size| *size > 0.0);
        let affiliation = listed.practice.get(row).and_then(|code| known.of(code));
        let (Some(size), Some(affiliation)) = (size, affiliation) else { continue };
        let is_here = place.is_everywhere() || place.holds(affiliation);
        let network = affiliation.code(Level::Network);
        let board = affiliation.code(Level::Icb).unwrap_or_default();
        board_of(&mut all, board, known).practice(size, network.is_some());
        if is_here {
            shapes.whole.practice(size, network.is_some());
            board_of(&mut shapes.boards, board, known);
        }
        if let Some(network) = network {
            let decile = deciles.get(&affiliation.practice);
            networks.entry(network).or_default().add(size, decile.copied(), board, is_here);
        }
    }
    for network in networks.values() {
        board_of(&mut all, network.board(), known).add(network);
        if network.here.0 > 0 {
            shapes.whole.add(network);
        }
    }
    shapes.boards.retain(|code, found| all.remove(code).map(|whole| *found = whole).is_some());
    let here = networks.iter().filter(|(_, network)| network.here.0 > 0);
    shapes.networks = here.map(|(code, network)| network.size(code, known)).collect();
    shapes
        .networks
        .sort_by(|a, b| b.patients.total_cmp(&a.patients).then_with(|| a.code.cmp(&b.code)));
    Ok(Some(shapes))
}

fn board_of<'a>(
    boards: &'a mut BTreeMap<String, (String, Shape)>,
    code: &str,
    known: &Affiliations,
) -> &'a mut Shape {
    let name = || (known.name_of(Level::Icb, code).to_owned(), Shape::default());
    &mut boards.entry(code.to_owned()).or_insert_with(name).1
}

impl<'a> Network<'a> {
    fn add(&mut self, size: f64, decile: Option<u8>, board: &'a str, is_here: bool) {
        self.practices += 1;
        if is_here {
            self.here = (self.here.0 + 1, self.here.1 + size);
        }
        self.patients += size;
        self.scored |= decile.is_some();
        self.deprived += if decile.is_some_and(|decile| decile <= 2) { size } else { 0.0 };
        *self.boards.entry(board).or_default() += size;
    }

    /// The board of most of its patients.
    fn board(&self) -> &'a str {
        let most = self.boards.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)));
        most.map_or("", |(board, _)| *board)
    }

    fn size(&self, code: &str, known: &Affiliations) -> NetworkSize {
        NetworkSize {
            code: code.to_owned(),
            name: known.name_of(Level::Network, code).to_owned(),
            practices: self.practices,
            practices_here: self.here.0,
            patients: self.patients,
            patients_here: self.here.1,
            deprived: self.scored.then(|| self.deprived / self.patients),
        }
    }
}

impl Shape {
    fn practice(&mut self, patients: f64, is_in_a_network: bool) {
        self.practices += 1;
        self.patients += patients;
        self.in_no_network += usize::from(!is_in_a_network);
    }

    fn add(&mut self, network: &Network<'_>) {
        self.networks += 1;
        self.across += usize::from(network.here.0 < network.practices);
        self.below += usize::from(network.patients < SMALLEST);
        self.above += usize::from(network.patients > LARGEST);
        self.within += usize::from((SMALLEST..=LARGEST).contains(&network.patients));
        self.single_practice += usize::from(network.practices == 1);
        self.many_practices += usize::from(network.practices > MANY_PRACTICES);
        if network.scored {
            let mostly = usize::from(network.deprived > network.patients / 2.0);
            *self.mostly_deprived.get_or_insert(0) += mostly;
        }
    }
}

/// Tenth of deprivation of every practice, in the latest edition.
fn deciles(evidence: &Evidence) -> Result<BTreeMap<String, u8>, EvidenceError> {
    let Some(period) = evidence.periods("practice_deprivation").last().copied() else {
        return Ok(BTreeMap::new());
    };
    let frame = evidence.frame("practice_deprivation", period)?;
    let scored = tables::practice_deprivation::Columns::of(&frame);
    let rows = (0..frame.rows()).filter_map(|row| {
        let practice = scored.level.get(row)? == "practice";
        let decile = scored.decile.get(row).copied().filter(|decile| decile.is_finite())?;
        practice.then(|| Some((scored.organisation.get(row)?.to_owned(), decile as u8))).flatten()
    });
    Ok(rows.collect())
}
