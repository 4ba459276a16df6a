//! Who lives in each small area by sex and year of age, at the start and at the end of a projection.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use models::population::{OPEN, Residents};

/// Writes them as CSV; the file appears under its name only when it is whole.
pub(super) fn write(path: &Path, found: &Residents) -> std::io::Result<()> {
    let partial = path.with_extension("part");
    let mut out = BufWriter::new(File::create(&partial)?);
    let last = found.years.last().copied().unwrap_or(found.base);
    writeln!(out, "area,sex,age_from,age_to,people_{},people_{last}", found.base)?;
    for area in &found.areas {
        for (sex, word) in ["male", "female"].into_iter().enumerate() {
            for age in 0..=OPEN {
                let (now, then) = (area.now.of_class(sex, age), area.then.of_class(sex, age));
                let to = if age == OPEN { String::new() } else { (age + 1).to_string() };
                writeln!(out, "{},{word},{age},{to},{now},{then}", area.code)?;
            }
        }
    }
    out.flush()?;
    std::fs::rename(&partial, path)
}
