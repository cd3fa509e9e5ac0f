use super::anomaly::{Anomalies, Anomaly};

/// Where a line ends.
#[derive(Clone, Copy)]
pub(super) struct LineEnd {
    /// The length of the line with its end.
    pub(super) raw: usize,
    /// The length of the line without carriage returns and line feed at its end.
    pub(super) body: usize,
    /// Whether a byte that is not ASCII may be among the bytes of the line. Never wrongly false.
    pub(super) beyond_ascii: bool,
    /// What is odd about the end, or about a carriage return within.
    pub(super) anomalies: Anomalies,
}

impl LineEnd {
    /// Looks for the end of the first line. Only a line feed ends a line.
    pub(super) fn find(bytes: &[u8]) -> Self {
        let mut anomalies = Anomalies::default();
        let mut beyond_ascii = false;
        let mut at = 0;
        loop {
            let stop = Stop::find(&bytes[at..]);
            beyond_ascii |= stop.beyond_ascii;
            at += stop.at;
            match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'\r'), Some(b'\n')) => {
                    let body = body_len(bytes, at);
                    return Self { raw: at + 2, body, beyond_ascii, anomalies };
                }
                (Some(b'\r'), _) => anomalies.add(Anomaly::BareCarriageReturn),
                (Some(_), _) => {
                    anomalies.add(Anomaly::BareLineFeed);
                    return Self { raw: at + 1, body: at, beyond_ascii, anomalies };
                }
                (None, _) => {
                    anomalies.add(Anomaly::MissingLineEnd);
                    return Self { raw: at, body: body_len(bytes, at), beyond_ascii, anomalies };
                }
            }
            at += 1;
        }
    }
}

/// The length without carriage returns at the end.
fn body_len(bytes: &[u8], mut end: usize) -> usize {
    while end > 0 && bytes[end - 1] == b'\r' {
        end -= 1;
    }
    end
}

/// The first carriage return or line feed, or the end of the input.
struct Stop {
    at: usize,
    beyond_ascii: bool,
}

impl Stop {
    /// Eight bytes at a time, as finding line ends is most of the work of parsing a reply.
    fn find(bytes: &[u8]) -> Self {
        let mut seen = 0;
        let mut at = 0;
        while let Some(eight) = bytes[at..].first_chunk() {
            let word = u64::from_le_bytes(*eight);
            seen |= word;
            let Some(low) = first_low(word) else {
                at += 8;
                continue;
            };
            at += low;
            if matches!(bytes[at], b'\r' | b'\n') {
                return Self { at, beyond_ascii: seen & TOPS != 0 };
            }
            at += 1;
        }
        // Fewer than eight are left: the last eight without those that have been seen, and zeros behind them.
        let tail = &bytes[at..];
        if let (Some(eight), 1..) = (bytes.last_chunk(), tail.len()) {
            let word = u64::from_le_bytes(*eight) >> (8 * (8 - tail.len()));
            let low = first_low(word).unwrap_or(tail.len());
            if matches!(tail.get(low), None | Some(b'\r' | b'\n')) {
                return Self { at: at + low, beyond_ascii: (seen | word) & TOPS != 0 };
            }
        }
        let length = tail.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(tail.len());
        Self { at: at + length, beyond_ascii: seen & TOPS != 0 || !tail[..length].is_ascii() }
    }
}

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// The place of the first byte up to `\r` among the eight. Other control characters than the two that are looked for are so
/// rare that telling them apart can wait.
fn first_low(word: u64) -> Option<usize> {
    // The lowest top bit that is set is right. Those above it may be set by its borrow.
    let low = word.wrapping_sub(ONES * u64::from(b'\r' + 1)) & !word & TOPS;
    (low != 0).then_some((low.trailing_zeros() / 8) as usize)
}
