//! Which lines of an RFC are the headings of its numbered sections and appendices.
//!
//! RFCs have no mark-up, so a line is taken for a heading when its number is one that can come next: the first subsection
//! of the section that is open, or the next one of a section around it. List items and tables hardly ever pass.

/// A letter of an appendix as a part of a [`Number`].
const LETTER: u16 = 1000;

/// `4.2.3` as its parts; an appendix' letter is its place in the alphabet above [`LETTER`].
pub(super) type Number = Vec<u16>;

/// A heading: the line on which it stands and its number.
pub(super) struct Heading {
    pub(super) line: usize,
    pub(super) number: Number,
    /// Whether it says `Appendix`.
    appendix: bool,
}

/// A line that looks like a heading.
struct Candidate {
    indent: usize,
    number: Number,
    appendix: bool,
}

/// All headings, in order.
pub(super) fn headings(lines: &[String]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    // The depth of a heading shows in its indent; the first one of a level sets it for all.
    let mut indents: Vec<Option<usize>> = Vec::new();
    for (line, text) in lines.iter().enumerate() {
        let after_blank = line == 0 || lines[line - 1].trim().is_empty();
        if !after_blank || is_contents(text) {
            continue;
        }
        let Some(found) = candidate(text) else { continue };
        let level = found.number.len() - 1;
        if indents.len() <= level {
            indents.resize(level + 1, None);
        }
        let current = headings.last().map_or(&[][..], |heading| &heading.number);
        let aligned = indents[level].map_or(found.indent <= 3 * level, |indent| indent == found.indent);
        if aligned && follows(current, &found.number) {
            indents[level] = Some(found.indent);
            headings.push(Heading { line, number: found.number, appendix: found.appendix });
        }
    }
    // A numbering that doesn't get to 2 is a list in a document without numbered sections.
    if !headings.iter().any(|heading| heading.number == [2]) {
        headings.retain(|heading| heading.appendix);
    }
    headings
}

/// Whether a line of a table of contents: dots that lead to a page number.
pub(super) fn is_contents(line: &str) -> bool {
    let rest = line.trim_end().trim_end_matches(|letter: char| letter.is_ascii_digit());
    let page = rest.len() < line.trim_end().len();
    let rest = rest.trim_end();
    let leader = &rest[rest.trim_end_matches(['.', ' ']).len()..];
    let dots = leader.matches('.').count();
    dots >= 4 || (page && dots >= 2)
}

/// Reads `4.2.3`, `E` or `F.2`.
pub(super) fn number(text: &str) -> Option<Number> {
    let mut parts = text.split('.');
    let first = parts.next()?;
    let mut number = vec![match first.as_bytes() {
        [letter @ b'A'..=b'Z'] => LETTER + u16::from(letter - b'A'),
        _ => digits(first)?,
    }];
    for part in parts {
        number.push(digits(part)?);
    }
    Some(number)
}

fn digits(text: &str) -> Option<u16> {
    let legal = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if legal { text.parse().ok() } else { None }
}

/// Writes what [`number`] reads.
pub(super) fn name(number: &[u16]) -> String {
    let parts: Vec<String> = number
        .iter()
        .map(|part| match part.checked_sub(LETTER).and_then(|letter| u8::try_from(letter).ok()) {
            Some(letter) => char::from(b'A' + letter).to_string(),
            None => part.to_string(),
        })
        .collect();
    parts.join(".")
}

fn candidate(line: &str) -> Option<Candidate> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if indent == 0 && (word.eq_ignore_ascii_case("appendix") || word.eq_ignore_ascii_case("annex")) {
        let letter = rest.trim_start().split(|letter: char| !letter.is_ascii_alphanumeric()).next()?;
        let number = number(letter).filter(|number| number[0] >= LETTER)?;
        return Some(Candidate { indent, number, appendix: true });
    }
    if rest.trim().is_empty() {
        return None;
    }
    let (bare, dotted) = word.strip_suffix('.').map_or((word, false), |bare| (bare, true));
    let number = number(bare)?;
    let letter = number[0] >= LETTER;
    // `A typical session` at the beginning of a line is a sentence, `A. A typical session` a heading.
    let legal = !letter || (indent == 0 && (dotted || number.len() > 1));
    legal.then_some(Candidate { indent, number, appendix: false })
}

/// Whether a section may come next after the one that is open.
fn follows(current: &[u16], next: &[u16]) -> bool {
    let Some(first) = current.first() else { return matches!(next, [0 | 1 | LETTER]) };
    let child = next.split_last().is_some_and(|(last, parent)| parent == current && *last == 1);
    let level = next.len() - 1;
    let sibling = level < current.len() && next[..level] == current[..level] && next[level] == current[level] + 1;
    let appendix = *first < LETTER && next == [LETTER];
    // RFC 1845 and RFC 2033 have lost a heading.
    let gap = next == [first + 2];
    child || sibling || appendix || gap
}

#[cfg(test)]
mod tests {
    use super::{headings, is_contents, name, number};

    #[track_caller]
    fn assert_headings(text: &str, expected: &[&str]) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let found: Vec<String> = headings(&lines).iter().map(|heading| name(&heading.number)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn numbers_round_trip() {
        for text in ["1", "4.2.3", "4.1.1.10", "A", "F.2", "0"] {
            assert_eq!(number(text).as_deref().map(name).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "4.", ".4", "4..2", "AB", "4.A", "1234", "a", "4.2x"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn modern_headings_stand_at_the_margin() {
        assert_headings(
            "1.  Introduction\n\n1.1.  Terms\n\n2.  Model\n\nAppendix A.  Old things\n\nA.1.  TURN\n",
            &["1", "1.1", "2", "A", "A.1"],
        );
    }

    #[test]
    fn old_headings_are_indented_by_their_depth_and_appendices_stand_alone() {
        assert_headings(
            "1.  INTRODUCTION\n\n2.  THE MODEL\n\n   2.1.  REPLIES\n\n      2.1.1.  BY GROUP\n\nAPPENDIX A\n\n   TCP\n\nAPPENDIX B\n",
            &["1", "2", "2.1", "2.1.1", "A", "B"],
        );
    }

    #[test]
    fn numbers_without_a_last_dot_are_headings_too() {
        assert_headings("1. Overview\n\n2. Model\n\n2.1 Details\n\nA. References\n", &["1", "2", "2.1", "A"]);
    }

    #[test]
    fn a_table_of_contents_is_no_heading() {
        assert_headings(
            "1.  Abstract\n\n   2.  Model ........ 3\n   2.1.  A long title that goes on\n     and on . . . . . . 4\n\n2.  Model\n",
            &["1", "2"],
        );
    }

    #[test]
    fn lists_and_tables_are_no_headings() {
        assert_headings(
            "1.  Rules\n\n   1. Before sending\n\n   2. After sending\n\n550 mailbox unavailable\n\n2.  Model\n\n   2.1 is a number\n\nA typical session\n",
            &["1", "2", "2.1"],
        );
        assert_headings("1.  One\n\n2.  Two\n\n    2.1 is deeper than a heading\n", &["1", "2"]);
    }

    #[test]
    fn one_lost_heading_does_not_end_the_document() {
        assert_headings("1.  One\n\n2.  Two\n\n4.  Four\n\n5.  Five\n", &["1", "2", "4", "5"]);
    }

    #[test]
    fn a_document_without_numbered_sections_has_its_appendices_only() {
        assert_headings("DISCUSSION\n\n1. a list\n\nAPPENDIX A\n", &["A"]);
    }

    #[test]
    fn leaders_are_told_from_ellipses() {
        assert!(is_contents("   4.2.  SMTP Replies ............ 34"));
        assert!(is_contents("   4.2.  SMTP Replies . . . . .  34"));
        assert!(is_contents("   Appendix B. Changes from RFC 4408 ..57"));
        assert!(is_contents("   Appendix B. Changes from RFC 4408 ......"));
        assert!(!is_contents("   to be continued ..."));
        assert!(!is_contents("   250 and 251."));
    }
}
