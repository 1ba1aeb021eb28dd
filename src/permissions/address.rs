//! IP allowlists: exact addresses, and IPv4 ranges read as leniently as the server reads them.

use super::pattern::is_space;

/// Whether `address` is on `allowlist`.
pub fn is_allowed(allowlist: &[String], address: &str) -> bool {
    allowlist.iter().any(|entry| match entry.split_once('/') {
        Some((network, length)) => in_range(network, length, address),
        None => entry == address,
    })
}

/// Whether there is an address that `entry` lets in: one that looks like an address, or a range that can be read.
pub fn can_match(entry: &str) -> bool {
    match entry.split_once('/') {
        Some((network, length)) => in_range(network, length, network),
        None => {
            let is_part = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':' | b'%');
            entry.contains(['.', ':']) && entry.bytes().all(is_part)
        }
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
    for octet in text.split('.') {
        value = (value << 8) | leading_number(octet).filter(|octet| *octet <= 255)?;
        count += 1;
    }
    (count == 4).then_some(value)
}

/// As `parseInt(text, 10)`, where the number is not negative: white space, a sign, digits, and anything after them.
fn leading_number(text: &str) -> Option<u32> {
    let text = text.trim_start_matches(is_space);
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits = unsigned.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().ok().filter(|number| *number == 0 || !text.starts_with('-'))
}
