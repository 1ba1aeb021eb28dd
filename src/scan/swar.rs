//! SWAR (SIMD within a register): loops over bytes that look at eight at a time. WebAssembly's own go byte by byte.

const ONES: u64 = u64::MAX / 255;

/// How many bytes come before the first quote or backslash.
#[inline(always)]
pub fn plain_length(bytes: &[u8]) -> usize {
    // The lowest bit that is set is in the first byte that is zero.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
    let mut chunks = bytes.chunks_exact(8);
    let mut length = 0;
    for chunk in &mut chunks {
        let word = chunk.try_into().map_or(0, u64::from_le_bytes);
        let found = zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')));
        if found != 0 {
            return length + found.trailing_zeros() as usize / 8;
        }
        length += 8;
    }
    length + chunks.remainder().iter().take_while(|byte| !matches!(byte, b'"' | b'\\')).count()
}

/// Whether two texts are equal.
pub fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() || a.first() != b.first() {
        return false;
    }
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let is_equal = |(a, b): (&[u8], &[u8])| match (a.try_into(), b.try_into()) {
        (Ok(a), Ok(b)) => u64::from_le_bytes(a) == u64::from_le_bytes(b),
        _ => false,
    };
    a.remainder().iter().eq(b.remainder()) && a.zip(b).all(is_equal)
}
