//! Writes small extracts for tests, by the description of the format: nodes, ways and their tags, not compressed.

/// A number in the format's variable length.
fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value as u8 & 0x7f) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

/// A field that holds a number.
fn number(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

/// A field that holds bytes.
fn bytes(out: &mut Vec<u8>, field: u64, held: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, held.len() as u64);
    out.extend_from_slice(held);
}

/// A field that holds numbers, one after the other.
fn numbers(out: &mut Vec<u8>, field: u64, values: impl IntoIterator<Item = u64>) {
    let mut held = Vec::new();
    for value in values {
        varint(&mut held, value);
    }
    bytes(out, field, &held);
}

fn blob(out: &mut Vec<u8>, kind: &str, held: &[u8]) {
    let (mut body, mut header) = (Vec::new(), Vec::new());
    bytes(&mut body, 1, held);
    bytes(&mut header, 1, kind.as_bytes());
    number(&mut header, 3, body.len() as u64);
    out.extend_from_slice(&(header.len() as u32).to_be_bytes());
    out.extend(header);
    out.extend(body);
}

/// A node (number, longitude, latitude).
pub type Node = (i64, f64, f64);

/// A way: its nodes and its tags.
pub type Way<'a> = (&'a [i64], &'a [(&'a str, &'a str)]);

/// Nodes and ways as an extract.
pub fn extract(nodes: &[Node], ways: &[Way<'_>]) -> Vec<u8> {
    extract_with(nodes, &[], ways)
}

/// Nodes, of which some have a tag, and ways as an extract.
pub fn extract_with(nodes: &[Node], tagged: &[(i64, (&str, &str))], ways: &[Way<'_>]) -> Vec<u8> {
    let mut words: Vec<&str> = vec![""];
    let of_nodes = tagged.iter().map(|(_, tag)| tag);
    for (key, value) in ways.iter().flat_map(|way| way.1).chain(of_nodes) {
        words.extend([key, value]);
    }
    let word = |wanted: &str| words.iter().position(|word| *word == wanted).expect("a word") as u64;
    let (mut strings, mut group, mut block, mut file) = (vec![], vec![], vec![], vec![]);
    for word in &words {
        bytes(&mut strings, 1, word.as_bytes());
    }
    for (id, longitude, latitude) in nodes {
        let mut node = Vec::new();
        number(&mut node, 1, zigzag(*id));
        let tags = || tagged.iter().filter(|(node, _)| node == id).map(|(_, tag)| tag);
        numbers(&mut node, 2, tags().map(|tag| word(tag.0)));
        numbers(&mut node, 3, tags().map(|tag| word(tag.1)));
        number(&mut node, 8, zigzag((latitude * 1e7).round() as i64));
        number(&mut node, 9, zigzag((longitude * 1e7).round() as i64));
        bytes(&mut group, 1, &node);
    }
    for (at, (refs, tags)) in ways.iter().enumerate() {
        let mut way = Vec::new();
        number(&mut way, 1, at as u64 + 1);
        numbers(&mut way, 2, tags.iter().map(|tag| word(tag.0)));
        numbers(&mut way, 3, tags.iter().map(|tag| word(tag.1)));
        let before = [0].into_iter().chain(refs.iter().copied());
        numbers(&mut way, 8, refs.iter().zip(before).map(|(node, before)| zigzag(node - before)));
        bytes(&mut group, 3, &way);
    }
    bytes(&mut block, 1, &strings);
    bytes(&mut block, 2, &group);
    let mut header = Vec::new();
    bytes(&mut header, 4, b"OsmSchema-V0.6");
    blob(&mut file, "OSMHeader", &header);
    blob(&mut file, "OSMData", &block);
    file
}
