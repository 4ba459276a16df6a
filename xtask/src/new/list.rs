//! The list in which a new thing is registered: a block of lines in a Rust file.

use crate::run::Failed;

/// A block of a file, one name a line.
pub struct List {
    /// The file.
    pub file: String,
    /// The line that opens the block.
    pub opening: String,
    /// The line that closes it.
    pub closing: &'static str,
    /// What stands before and behind a name on its line.
    pub around: (&'static str, &'static str),
    /// Whether the names are in alphabetical order; else a new one goes to the end.
    pub is_sorted: bool,
    /// Where the line goes, in words.
    pub place: String,
}

impl List {
    /// The text of the file with a name in its place.
    pub fn with(&self, text: &str, name: &str) -> Result<String, Failed> {
        let mut lines: Vec<&str> = text.lines().collect();
        let (from, to) = self.block(&lines)?;
        let line = format!("{}{name}{}", self.around.0, self.around.1);
        if lines.iter().any(|known| *known == line) {
            return Err(Failed(format!(
                "{} has a line `{}` already: choose another name",
                self.file,
                line.trim()
            )));
        }
        let later = |known: &&str| self.is_sorted && *known > line.as_str();
        let at = lines[from..to].iter().position(later).map_or(to, |at| from + at);
        lines.insert(at, &line);
        Ok(lines.join("\n") + "\n")
    }

    /// The lines of the block, its first and last line left out.
    fn block(&self, lines: &[&str]) -> Result<(usize, usize), Failed> {
        let opening = lines.iter().position(|line| *line == self.opening);
        let found = opening.and_then(|opening| {
            let rest = lines.iter().skip(opening + 1);
            Some((opening + 1, opening + 1 + rest.clone().position(|line| *line == self.closing)?))
        });
        found.ok_or_else(|| {
            Failed(format!(
                "{}: looked for the line `{}` and the line `{}` that closes it, to write the name between them, and did not \
                 find them; nothing was written",
                self.file,
                self.opening.trim(),
                self.closing.trim()
            ))
        })
    }
}
