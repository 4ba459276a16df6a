//! Writing rows as publishers do: fields quoted only where they must be, rows made side by side and kept in order.

use std::fmt::Display;
use std::io::{self, Write};

use rayon::prelude::*;

/// Adds one field, in quotes where it holds a comma, a quote or a line end.
pub fn field(out: &mut Vec<u8>, value: &dyn Display) {
    let start = out.len();
    push(out, value);
    if out[start..].iter().any(|byte| matches!(byte, b',' | b'"' | b'\n')) {
        let plain = out.split_off(start);
        out.push(b'"');
        for byte in plain {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    }
}

/// Adds text as it stands.
pub fn push(out: &mut Vec<u8>, value: &dyn Display) {
    write!(out, "{value}").expect("writing to memory cannot fail");
}

/// Adds a row with a plain line end.
pub fn row(out: &mut Vec<u8>, fields: &[&dyn Display]) {
    for (index, value) in fields.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        field(out, *value);
    }
    out.push(b'\n');
}

/// Adds a row with every field in quotes, and CR LF at its end, as the Organisation Data Service writes.
pub fn quoted_row(out: &mut Vec<u8>, fields: &[&dyn Display]) {
    for (index, value) in fields.iter().enumerate() {
        push(out, if index > 0 { &",\"" } else { &"\"" });
        push(out, *value);
        out.push(b'"');
    }
    out.extend_from_slice(b"\r\n");
}

/// Makes the bytes of many units on all threads and writes them in order of unit, a few hundred in memory at a time.
pub fn in_order(
    out: &mut dyn Write,
    units: usize,
    fill: &(dyn Fn(usize, &mut Vec<u8>) + Sync),
) -> io::Result<()> {
    const TOGETHER: usize = 256;
    for first in (0..units).step_by(TOGETHER) {
        let parts: Vec<Vec<u8>> = (first..units.min(first + TOGETHER))
            .into_par_iter()
            .map(|unit| {
                let mut bytes = Vec::new();
                fill(unit, &mut bytes);
                bytes
            })
            .collect();
        for part in parts {
            out.write_all(&part)?;
        }
    }
    Ok(())
}

/// A header line, then the rows of every unit in order.
pub fn table(
    out: &mut dyn Write,
    header: &str,
    units: usize,
    fill: &(dyn Fn(usize, &mut Vec<u8>) + Sync),
) -> io::Result<()> {
    writeln!(out, "{header}")?;
    in_order(out, units, fill)
}

/// Turns plain line ends outside quotes into CR LF.
pub fn with_carriage_returns(bytes: &[u8]) -> Vec<u8> {
    let mut answer = Vec::with_capacity(bytes.len() + bytes.len() / 60);
    let mut inside = false;
    for byte in bytes {
        if *byte == b'"' {
            inside = !inside;
        }
        if *byte == b'\n' && !inside {
            answer.push(b'\r');
        }
        answer.push(*byte);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fields_with_commas_or_quotes_are_quoted() {
        let mut out = Vec::new();
        row(&mut out, &[&"a", &"b, c", &7, &"say \"x\""]);
        assert_eq!(String::from_utf8(out).unwrap(), "a,\"b, c\",7,\"say \"\"x\"\"\"\n");
    }

    #[test]
    fn units_are_written_in_order() {
        let mut out = Vec::new();
        in_order(&mut out, 1000, &|unit, bytes| row(bytes, &[&unit])).unwrap();
        let numbers: Vec<usize> =
            String::from_utf8(out).unwrap().lines().map(|line| line.parse().unwrap()).collect();
        assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn line_ends_inside_quotes_stay_plain() {
        assert_eq!(with_carriage_returns(b"\"a\nb\",c\n"), b"\"a\nb\",c\r\n");
    }
}
