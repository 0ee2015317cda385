//! Random strings: of a format, that match a pattern, or any.

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

/// Returns a random string of at least and at most so many characters.
pub fn any(rng: &mut Rng, least: usize, most: usize) -> String {
    const PARTS: [&str; 14] = ["a", "Z", "7", "word", " ", "é", "\u{1F600}", "\"", "\\", "/", "-", "_", "<", "\n"];
    let length = rng.usize(least..=most.clamp(least, least + 12));
    let mut out: Vec<char> = Vec::new();
    while out.len() < length {
        out.extend(rng.choice(PARTS).unwrap_or_default().chars());
    }
    out.into_iter().take(length).collect()
}

/// Returns a random string of one of the formats that are types.
pub fn of_format(rng: &mut Rng, format: &str) -> Option<String> {
    let date = |rng: &mut Rng| format!("{:04}-{:02}-{:02}", rng.u16(1900..2100), rng.u8(1..=12), rng.u8(1..=28));
    Some(match format {
        "date" => date(rng),
        "date-time" => {
            format!("{}T{:02}:{:02}:{:02}Z", date(rng), rng.u8(0..24), rng.u8(0..60), rng.u8(0..60))
        }
        "uuid" => {
            let digits = format!("{:032x}", rng.u128(..));
            format!("{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
        }
        "byte" => (*rng.choice(["", "Ynl0ZXM=", "/+8=", "AAAA"].iter())?).to_owned(),
        _ => return None,
    })
}

/// Returns a random string that matches an ECMAScript regular expression, if it is also one of Rust.
pub fn matching(rng: &mut Rng, pattern: &str) -> Option<String> {
    let mut parser = regex_syntax::ParserBuilder::new().unicode(true).build();
    let hir = parser.parse(&pattern.replace("\\d", "[0-9]").replace("\\w", "[0-9A-Za-z_]").replace("\\/", "/")).ok()?;
    let mut out = String::new();
    write(rng, &hir, &mut out)?;
    Some(out)
}

fn write(rng: &mut Rng, hir: &Hir, out: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => out.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            let range = ranges.get(rng.usize(..ranges.len().max(1)))?;
            let (from, to) = (u32::from(range.start()), u32::from(range.end()));
            // Far ends of a negated class are valid, but not what documents are about.
            out.push(char::from_u32(rng.u32(from..=to.min(from + 90)))?);
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(repetition.min + 4).min(repetition.min.saturating_add(8));
            for _ in 0..rng.u32(repetition.min..=most).min(2000) {
                write(rng, &repetition.sub, out)?;
            }
        }
        HirKind::Capture(capture) => write(rng, &capture.sub, out)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(rng, part, out))?,
        HirKind::Alternation(parts) => {
            let part = rng.usize(..parts.len().max(1));
            write(rng, parts.get(part)?, out)?;
        }
    }
    Some(())
}
