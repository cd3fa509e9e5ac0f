//! Bars and numbers, drawn with letters.

/// A bar of at most so many columns, to an eighth of one. What is not nothing is at least an eighth.
pub(crate) fn bar(count: u64, most: u64, columns: usize) -> String {
    const PARTS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
    let eighths = scaled(count, most, columns * 8);
    let mut bar = "█".repeat(eighths / 8);
    if let Some(part) = (eighths % 8).checked_sub(1) {
        bar.push(PARTS[part]);
    }
    bar
}

/// A column of the height of one line for each count.
pub(crate) fn columns(counts: impl Iterator<Item = u64> + Clone) -> String {
    const PARTS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.clone().max().unwrap_or(0);
    counts.map(|count| PARTS[scaled(count, most, 8)]).collect()
}

/// The share of the parts, rounded, but never nothing of something.
fn scaled(count: u64, most: u64, parts: usize) -> usize {
    if count == 0 || most == 0 {
        return 0;
    }
    let share = (u128::from(count) * parts as u128 + u128::from(most) / 2) / u128::from(most);
    usize::try_from(share).unwrap_or(parts).clamp(1, parts.max(1))
}

/// `1,234,567`.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `12.3 %`: the share in tenths, rounded.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "-".to_owned();
    }
    let tenths = (u128::from(part) * 2000 + u128::from(whole)) / (u128::from(whole) * 2);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

/// `1 minute`, `4 hours`: the length of a span.
pub(crate) fn span(seconds: i64) -> String {
    const UNITS: [(i64, &str); 4] = [(7 * 86_400, "week"), (86_400, "day"), (3600, "hour"), (60, "minute")];
    let (unit, name) = UNITS.into_iter().find(|(unit, _)| seconds % unit == 0).unwrap_or((1, "second"));
    let count = seconds / unit;
    if count == 1 { format!("1 {name}") } else { format!("{count} {name}s") }
}

#[cfg(test)]
mod tests {
    use super::{bar, columns, number, percent, span};

    #[test]
    fn bars_are_as_long_as_their_share() {
        assert_eq!(bar(10, 10, 4), "████");
        assert_eq!(bar(5, 10, 4), "██");
        assert_eq!(bar(7, 16, 2), "▉");
        assert_eq!(bar(1, 1_000_000, 4), "▏");
        assert_eq!((bar(0, 10, 4), bar(0, 0, 4)), (String::new(), String::new()));
        assert_eq!(bar(u64::MAX, u64::MAX, 2), "██");
        assert_eq!(columns([0, 1, 500, 1000].into_iter()), " ▁▄█");
        assert_eq!(columns([0, 0].into_iter()), "  ");
    }

    #[test]
    fn numbers_are_readable() {
        assert_eq!([0, 999, 1000, 1_234_567].map(number), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([percent(1, 3), percent(2, 3), percent(1, 1), percent(0, 0)], ["33.3 %", "66.7 %", "100.0 %", "-"]);
        assert_eq!(
            [60, 900, 3600, 14_400, 86_400, 2_419_200].map(span),
            ["1 minute", "15 minutes", "1 hour", "4 hours", "1 day", "4 weeks"]
        );
    }
}
