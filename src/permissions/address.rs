//! IP allowlists: exact addresses, and IPv4 ranges read as leniently as the server reads them.

use super::pattern::is_space;
use super::segments::Segments;

/// Whether `address` is on `allowlist`.
pub fn is_allowed(allowlist: &[String], address: &str) -> bool {
    allowlist.iter().any(|entry| match parts(entry) {
        (network, Some(length)) => in_range(network, length, address),
        (entry, None) => entry == address,
    })
}

/// Whether there is an address that `entry` lets in: one that looks like an address, or a range that can be read.
pub fn can_match(entry: &str) -> bool {
    match parts(entry) {
        (network, Some(length)) => in_range(network, length, network),
        (entry, None) => {
            let is_part = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':' | b'%');
            entry.bytes().any(|byte| matches!(byte, b'.' | b':')) && entry.bytes().all(is_part)
        }
    }
}

/// An address, or a network and the length of its prefix.
fn parts(entry: &str) -> (&str, Option<&str>) {
    let end = entry.bytes().position(|byte| byte == b'/');
    match end.and_then(|end| Some((entry.get(..end)?, entry.get(end + 1..)?))) {
        Some((network, length)) => (network, Some(length)),
        None => (entry, None),
    }
}

fn in_range(network: &str, length: &str, address: &str) -> bool {
    let Some(length) = leading_number(length).filter(|length| *length <= 32) else {
        return false;
    };
    let (Some(network), Some(address)) = (ipv4(network), ipv4(address)) else {
        return false;
    };
    let mask = if length == 0 { 0 } else { u32::MAX << (32 - length) };
    network & mask == address & mask
}

/// Four octets; each may be followed by other text, as JavaScript's `parseInt` reads numbers.
fn ipv4(text: &str) -> Option<u32> {
    let mut value = 0u32;
    let mut count = 0;
    for octet in Segments::split(text, b'.') {
        value = (value << 8) | leading_number(octet).filter(|octet| *octet <= 255)?;
        count += 1;
    }
    (count == 4).then_some(value)
}

/// As `parseInt(text, 10)`, where the number is not negative: white space, a sign, digits, and anything after them.
fn leading_number(text: &str) -> Option<u32> {
    let mut rest = text.chars().skip_while(|character| is_space(*character)).peekable();
    let sign = rest.next_if(|character| matches!(character, '+' | '-'));
    let mut number: Option<u32> = None;
    while let Some(digit) = rest.next().and_then(|character| character.to_digit(10)) {
        number = Some(number.unwrap_or_default().checked_mul(10)?.checked_add(digit)?);
    }
    number.filter(|number| *number == 0 || sign != Some('-'))
}
