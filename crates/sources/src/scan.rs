//! Rows out of bytes: the one place where delimited text is split.
//!
//! Made for publications of hundreds of megabytes: memory is one buffer. A block of whole lines without quotes is checked
//! once to be UTF-8 and split where it lies, sixty-four bytes at a time; other blocks are taken line by line, and only lines
//! with quotes or with bytes that are not UTF-8 are copied. Accepts LF and CRLF, a byte-order mark,
//! quoted fields with doubled quotes and line breaks, and Windows-1252 where a line is not UTF-8.

use std::io::{self, Read};

use encoding_rs::WINDOWS_1252;

/// Bytes asked of the reader at a time.
const CHUNK: usize = 1 << 18;

/// The longest line that is believed; a longer one means that this is no table.
pub const LONGEST_LINE: usize = 4 << 20;

/// A row as it lies in the file: its fields, and the line it began on.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    text: &'a str,
    fields: &'a [(u32, u32)],
    /// The line of the file on which the row begins, counted from 1.
    pub number: u64,
}

impl<'a> Row<'a> {
    pub(crate) const fn new(text: &'a str, fields: &'a [(u32, u32)], number: u64) -> Self {
        Self { text, fields, number }
    }

    /// A field without the blanks round it; empty when the row is too short to have it.
    #[must_use]
    pub fn get(&self, position: usize) -> &'a str {
        let raw = self.raw(position);
        match raw.as_bytes() {
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => raw,
            _ => raw.trim(),
        }
    }

    /// A field as it stands.
    #[must_use]
    pub fn raw(&self, position: usize) -> &'a str {
        self.fields
            .get(position)
            .and_then(|(from, to)| self.text.get(*from as usize..*to as usize))
            .unwrap_or_default()
    }

    /// The same row with two fields read as one, where a comma within the first was left unquoted.
    pub(crate) fn joined<'b>(&self, first: usize, fields: &'b mut Vec<(u32, u32)>) -> Row<'b>
    where
        'a: 'b,
    {
        fields.clear();
        fields.extend_from_slice(self.fields);
        if first + 1 < fields.len() {
            let (_, end) = fields.remove(first + 1);
            if let Some(field) = fields.get_mut(first) {
                field.1 = end;
            }
        }
        Row { text: self.text, fields, number: self.number }
    }

    /// Number of fields.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether nothing stands in any field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        (0..self.len()).all(|position| self.get(position).is_empty())
    }
}

/// What was met while splitting that a reader of the verdict should know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Lines that were not UTF-8 and were read as Windows-1252.
    pub windows_1252_lines: u64,
    /// The line on which a quoted field began that never ended.
    pub open_quote: Option<u64>,
    /// Whether the file ends within a line (no line break after the last row).
    pub no_final_line_break: bool,
    /// Whether a zero byte was met: this is no text.
    pub zero_byte: bool,
}

/// Splits a stream of bytes into rows.
pub struct Scanner<R> {
    reader: R,
    /// The byte between fields.
    separator: u8,
    /// Whole lines without quotes, known to be UTF-8, and how far they are read.
    plain: String,
    read: usize,
    /// Everything else: lines to be looked at one by one, and how far they are read.
    buffer: Vec<u8>,
    start: usize,
    /// Whether the lines of the buffer are being looked at one by one.
    looked_at: bool,
    ended: bool,
    line: u64,
    fields: Vec<(u32, u32)>,
    scratch: String,
    oddities: Oddities,
}

/// Where the text of the next row lies.
enum Found {
    /// In the buffer, without quotes, from and to; and where the next row begins.
    Plain(usize, usize, usize),
    /// Quoted: up to here (and where the next row begins), to be unquoted.
    Quoted(usize, usize, usize),
}

impl<R: Read> Scanner<R> {
    /// A scanner at the beginning of a file whose fields end at commas.
    pub fn new(reader: R) -> Self {
        Self::separated(reader, b',')
    }

    /// A scanner at the beginning of a file whose fields end at this byte, which must be ASCII.
    pub fn separated(reader: R, separator: u8) -> Self {
        Self {
            reader,
            separator,
            plain: String::new(),
            read: 0,
            buffer: Vec::with_capacity(CHUNK * 2),
            start: 0,
            looked_at: false,
            ended: false,
            line: 1,
            fields: Vec::new(),
            scratch: String::new(),
            oddities: Oddities::default(),
        }
    }

    /// What was met so far.
    pub const fn oddities(&self) -> Oddities {
        self.oddities
    }

    /// The next row; nothing at the end of the file.
    ///
    /// # Errors
    /// When reading fails or a line is longer than any table has.
    pub fn next_row(&mut self) -> io::Result<Option<Row<'_>>> {
        if self.read >= self.plain.len() {
            self.take_plain_lines()?;
        }
        let number = self.line;
        if self.read < self.plain.len() {
            let rest = self.plain.get(self.read..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let line = rest.get(..end).unwrap_or_default();
            let text = line.strip_suffix('\r').unwrap_or(line);
            self.fields.clear();
            split(text.as_bytes(), self.separator, &mut self.fields);
            self.read += end + 1;
            self.line += 1;
            return Ok(Some(Row::new(text, &self.fields, number)));
        }
        let Some(found) = self.find()? else { return Ok(None) };
        let (from, to, next) = match found {
            Found::Plain(from, to, next) | Found::Quoted(from, to, next) => (from, to, next),
        };
        let lines = if matches!(found, Found::Quoted(..)) {
            self.buffer.get(from..next).map_or(0, |bytes| memchr::memchr_iter(b'\n', bytes).count())
        } else {
            1
        };
        self.line += lines.max(1) as u64;
        self.start = next;
        let bytes = self.buffer.get(from..to).unwrap_or_default();
        self.fields.clear();
        if matches!(found, Found::Plain(..)) {
            split(bytes, self.separator, &mut self.fields);
            if let Ok(text) = std::str::from_utf8(bytes) {
                return Ok(Some(Row::new(text, &self.fields, number)));
            }
            self.oddities.windows_1252_lines += 1;
            self.scratch = WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned();
            self.fields.clear();
            split(self.scratch.as_bytes(), self.separator, &mut self.fields);
        } else {
            let text = if let Ok(text) = std::str::from_utf8(bytes) {
                text.into()
            } else {
                self.oddities.windows_1252_lines += 1;
                WINDOWS_1252.decode_without_bom_handling(bytes).0
            };
            self.scratch.clear();
            unquote(&text, self.separator, &mut self.scratch, &mut self.fields);
        }
        Ok(Some(Row::new(&self.scratch, &self.fields, number)))
    }

    /// Moves the whole lines of the buffer to where they are read fastest, if they are plain.
    fn take_plain_lines(&mut self) -> io::Result<()> {
        if self.looked_at {
            // The rest of a block that is not plain is finished first.
            self.looked_at = memchr::memchr(b'\n', self.unread()).is_some();
            if self.looked_at {
                return Ok(());
            }
        }
        if !self.ended {
            self.fill()?;
        }
        let whole = memchr::memrchr(b'\n', self.unread()).map_or(0, |last| last + 1);
        let lines = self.buffer.get(self.start..self.start + whole).unwrap_or_default();
        if memchr::memchr(b'"', lines).is_some() {
            self.looked_at = true;
            return Ok(());
        }
        let mut block = std::mem::take(&mut self.plain).into_bytes();
        block.clear();
        block.extend_from_slice(lines);
        self.read = 0;
        match String::from_utf8(block) {
            Ok(text) => {
                self.plain = text;
                self.start += whole;
            }
            Err(_) => self.looked_at = true,
        }
        Ok(())
    }

    fn unread(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    fn find(&mut self) -> io::Result<Option<Found>> {
        let mut searched = 0;
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            match memchr::memchr2(b'\n', b'"', rest.get(searched..).unwrap_or_default()) {
                Some(at) if rest.get(searched + at) == Some(&b'\n') => {
                    let end = self.start + searched + at;
                    return Ok(Some(Found::Plain(self.start, self.without_return(end), end + 1)));
                }
                Some(_) => return self.find_quoted().map(Some),
                None if self.ended => {
                    if rest.is_empty() {
                        return Ok(None);
                    }
                    self.oddities.no_final_line_break = true;
                    let end = self.buffer.len();
                    return Ok(Some(Found::Plain(self.start, self.without_return(end), end)));
                }
                None => searched = rest.len(),
            }
            self.fill()?;
        }
    }

    fn find_quoted(&mut self) -> io::Result<Found> {
        let (mut at, mut inside) = (0, false);
        loop {
            let rest = self.buffer.get(self.start..).unwrap_or_default();
            while let Some(step) = memchr::memchr2(b'\n', b'"', rest.get(at..).unwrap_or_default())
            {
                at += step;
                if rest.get(at) == Some(&b'"') {
                    inside = !inside;
                } else if !inside {
                    let end = self.start + at;
                    return Ok(Found::Quoted(self.start, self.without_return(end), end + 1));
                }
                at += 1;
            }
            at = rest.len();
            if self.ended {
                let end = self.buffer.len();
                self.oddities.no_final_line_break = true;
                if inside {
                    self.oddities.open_quote = Some(self.line);
                }
                return Ok(Found::Quoted(self.start, self.without_return(end), end));
            }
            self.fill()?;
        }
    }

    fn without_return(&self, end: usize) -> usize {
        let ends_in_return = end > self.start && self.buffer.get(end - 1) == Some(&b'\r');
        end - usize::from(ends_in_return)
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.start);
        self.start = 0;
        if self.buffer.len() > LONGEST_LINE {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a line is longer than 4 MiB"));
        }
        let before = self.buffer.len();
        self.buffer.resize(before + CHUNK, 0);
        let mut filled = before;
        while filled < self.buffer.len() {
            let room = self.buffer.get_mut(filled..).unwrap_or_default();
            match self.reader.read(room) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.buffer.truncate(filled);
        let fresh = self.buffer.get(before..).unwrap_or_default();
        self.oddities.zero_byte |= memchr::memchr(0, fresh).is_some();
        if before == 0 && self.line == 1 && self.buffer.starts_with("\u{feff}".as_bytes()) {
            self.start = 3;
        }
        Ok(())
    }
}

/// Ends fields at separators, found sixty-four bytes at a time.
fn split(bytes: &[u8], separator: u8, fields: &mut Vec<(u32, u32)>) {
    let eight = u64::from_ne_bytes([separator; 8]);
    let (blocks, rest) = bytes.as_chunks::<64>();
    let mut from = 0;
    let mut end_fields = |block: &[u8; 64], offset: usize| {
        let mut ends = separators(block, eight);
        while ends != 0 {
            let end = offset as u32 + ends.trailing_zeros();
            fields.push((from, end));
            from = end + 1;
            ends &= ends - 1;
        }
    };
    for (position, block) in blocks.iter().enumerate() {
        end_fields(block, position * 64);
    }
    let mut last = [0; 64];
    for (to, byte) in last.iter_mut().zip(rest) {
        *to = *byte;
    }
    end_fields(&last, blocks.len() * 64);
    fields.push((from, bytes.len() as u32));
}

/// One bit for every byte that is a separator, given eight times, without a branch.
fn separators(block: &[u8; 64], eight: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let (words, _) = block.as_chunks::<8>();
    words.iter().rev().fold(0, |bits, word| {
        let other = u64::from_le_bytes(*word) ^ eight;
        let high_bits = !(((other & LOW) + LOW) | other | LOW);
        bits << 8 | high_bits.wrapping_mul(0x0002_0408_1020_4081) >> 56
    })
}

/// Copies a row with quotes into `out` without them.
fn unquote(text: &str, separator: u8, out: &mut String, fields: &mut Vec<(u32, u32)>) {
    let separator = char::from(separator);
    let (mut from, mut inside) = (0, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if inside && characters.peek() == Some(&'"') => {
                characters.next();
                out.push('"');
            }
            '"' => inside = !inside,
            one if one == separator && !inside => {
                fields.push((from, out.len() as u32));
                from = out.len() as u32;
            }
            other => out.push(other),
        }
    }
    fields.push((from, out.len() as u32));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> (Vec<Vec<String>>, Vec<u64>, Oddities) {
        let mut scanner = Scanner::new(bytes);
        let (mut rows, mut numbers) = (Vec::new(), Vec::new());
        while let Some(row) = scanner.next_row().unwrap() {
            rows.push((0..row.len()).map(|field| row.raw(field).to_owned()).collect());
            numbers.push(row.number);
        }
        (rows, numbers, scanner.oddities())
    }

    #[test]
    fn plain_rows_are_split_at_commas_and_line_breaks() {
        let (rows, numbers, _) = rows(b"\xef\xbb\xbfa,b\r\n1,\n,2");
        assert_eq!(rows, [["a", "b"], ["1", ""], ["", "2"]]);
        assert_eq!(numbers, [1, 2, 3]);
    }

    #[test]
    fn quoted_fields_keep_commas_quotes_and_line_breaks() {
        let (rows, numbers, oddities) = rows(b"\"a, \"\"b\"\"\",\"c\nd\"\r\n1,2\n");
        assert_eq!(rows, [["a, \"b\"", "c\nd"], ["1", "2"]]);
        assert_eq!(numbers, [1, 3]);
        assert_eq!(oddities, Oddities::default());
    }

    #[test]
    fn a_line_that_is_not_utf_8_is_read_as_windows_1252() {
        let (rows, _, oddities) = rows(b"name\nSt Mary\x92s,caf\xe9\n");
        assert_eq!(rows[1], ["St Mary\u{2019}s", "caf\u{e9}"]);
        assert_eq!(oddities.windows_1252_lines, 1);
    }

    #[test]
    fn an_open_quote_is_reported_with_its_line() {
        let (rows, _, oddities) = rows(b"a,b\n1,\"2\n3,4\n");
        assert_eq!(rows.len(), 2);
        assert_eq!(oddities.open_quote, Some(2));
    }

    #[test]
    fn rows_are_the_same_however_the_bytes_arrive() {
        struct Drip<'a>(&'a [u8]);
        impl Read for Drip<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let (Some(first), Some(slot)) = (self.0.first(), buffer.first_mut()) else {
                    return Ok(0);
                };
                *slot = *first;
                self.0 = &self.0[1..];
                Ok(1)
            }
        }
        let bytes = b"a,\"b\"\"c\nd\",e\r\n1,2,3\n";
        let mut scanner = Scanner::new(Drip(bytes));
        let row = scanner.next_row().unwrap().unwrap();
        assert_eq!((row.raw(0), row.raw(1), row.raw(2)), ("a", "b\"c\nd", "e"));
        assert_eq!(scanner.next_row().unwrap().unwrap().raw(2), "3");
        assert!(scanner.next_row().unwrap().is_none());
    }
}
