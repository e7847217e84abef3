//! Looks over an XLSX package before anything else reads it.
//!
//! A spreadsheet is a zip file of XML parts that somebody sent. Sizes in it may lie, a few
//! kilobytes may unpack to gigabytes, and a count in an attribute may have a reader set aside
//! memory for strings that are not there.

use std::io::{Cursor, Read};

/// Most bytes of an XLSX file.
pub const PACKED_BYTES: u64 = 20 * 1024 * 1024;
/// Most bytes of all parts unpacked.
const UNPACKED_BYTES: u64 = 50 * 1024 * 1024;
/// Above this, a part may not be packed more than [`RATIO`] times.
const RATIO_FROM: u64 = 8 * 1024 * 1024;
/// How many times smaller packing may make a large part. Real sheets reach 20 to 60.
const RATIO: u64 = 200;
/// Most parts of a package.
const PARTS: usize = 2_000;

/// Says why the package can't be trusted, if it can't.
pub fn fault(bytes: &[u8]) -> Option<String> {
    // A password-protected workbook is another kind of file altogether.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Some("it is protected by a password, or an old .xls file".to_owned());
    }
    if !bytes.starts_with(b"PK") {
        return Some("it is no XLSX file".to_owned());
    }
    let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return Some("the file is damaged: it cannot be unpacked".to_owned());
    };
    if package.len() > PARTS {
        return Some(format!("it has {} parts; {PARTS} are accepted", package.len()));
    }
    let too_large = || {
        let most = UNPACKED_BYTES / 1024 / 1024;
        Some(format!("unpacked it is larger than {most} MB; delete what is not part of the table"))
    };
    let mut total: u64 = 0;
    for index in 0..package.len() {
        let Ok(part) = package.by_index(index) else {
            return Some("the file is damaged: a part of it cannot be unpacked".to_owned());
        };
        let packed = part.compressed_size().max(1);
        if part.size() > UNPACKED_BYTES - total {
            return too_large();
        }
        // A name that is no text is of no part that a sheet is read from.
        let name = part.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        let is_xml = [".xml", ".rels"].iter().any(|ending| name.ends_with(ending));
        let mut content = Vec::new();
        // One byte more than is left tells that the declared size was a lie.
        if part.take(UNPACKED_BYTES - total + 1).read_to_end(&mut content).is_err() {
            return Some("the file is damaged: a part of it cannot be unpacked".to_owned());
        }
        let size = content.len() as u64;
        total += size;
        if total > UNPACKED_BYTES {
            return too_large();
        }
        if size > RATIO_FROM && size / packed > RATIO {
            let times = size / packed;
            return Some(format!(
                "a part of it unpacks to {times} times its size, as no sheet does"
            ));
        }
        if is_xml && let Some(fault) = xml_fault(&content) {
            return Some(fault.to_owned());
        }
    }
    None
}

/// What in a part could mislead its reader.
fn xml_fault(content: &[u8]) -> Option<&'static str> {
    if content.contains(&0)
        || content.starts_with(&[0xFF, 0xFE])
        || content.starts_with(&[0xFE, 0xFF])
    {
        return Some("a part of it is not UTF-8 text");
    }
    let count = b"uniqueCount";
    let mut rest = content;
    while let Some(at) = rest.windows(count.len()).position(|window| window == count) {
        rest = rest.get(at + count.len()..).unwrap_or_default();
        let digits: Vec<u8> = rest
            .iter()
            .copied()
            .skip_while(|byte| byte.is_ascii_whitespace() || b"=\"'".contains(byte))
            .take_while(u8::is_ascii_digit)
            .collect();
        let claimed = digits.iter().try_fold(0_usize, |number, digit| {
            number.checked_mul(10)?.checked_add(usize::from(digit - b'0'))
        });
        // The shortest string takes more than one byte.
        if claimed.is_none_or(|claimed| claimed > content.len()) {
            return Some("it claims to hold more texts than there is room for");
        }
    }
    None
}
