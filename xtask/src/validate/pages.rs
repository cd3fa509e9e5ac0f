//! The lines of an RFC's plain text without its page breaks: footers, form feeds and running headers.

/// What is left to drop after the end of a page.
enum Place {
    Text,
    /// Between a footer and the header of the next page.
    Break,
    /// Behind the first of two header lines, as RFCs had them before 1983.
    Header,
}

/// The lines of the text itself. A page break leaves one blank line, so that a heading at the top of a page still follows
/// one; what stood on both sides of it is one paragraph to whoever joins lines.
pub(super) fn lines(text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}').replace('\r', "");
    let mut lines: Vec<String> = Vec::new();
    let mut place = Place::Text;
    for line in text.split('\n') {
        let mut parts = line.split('\u{c}');
        let mut line = parts.next().unwrap_or_default();
        for part in parts {
            take(line, &mut lines, &mut place);
            end_page(&mut lines);
            place = Place::Break;
            line = part;
        }
        take(line, &mut lines, &mut place);
    }
    lines
}

fn take(line: &str, lines: &mut Vec<String>, place: &mut Place) {
    let line = line.trim_end();
    match place {
        _ if is_footer(line) => {
            end_page(lines);
            *place = Place::Break;
        }
        Place::Text => lines.push(line.to_owned()),
        Place::Break if line.is_empty() => {}
        Place::Break => match header_columns(line) {
            Some(2) => *place = Place::Header,
            Some(_) => *place = Place::Text,
            None => {
                *place = Place::Text;
                lines.push(line.to_owned());
            }
        },
        Place::Header => *place = Place::Text,
    }
}

/// Drops the blank end of a page, a bare page number with it, and leaves one blank line.
fn end_page(lines: &mut Vec<String>) {
    trim_blank(lines);
    if lines.last().is_some_and(|line| line.trim().bytes().all(|byte| byte.is_ascii_digit())) {
        lines.pop();
        trim_blank(lines);
    }
    lines.push(String::new());
}

fn trim_blank(lines: &mut Vec<String>) {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
}

/// `Klensin    Standards Track    [Page 5]`, or on left pages of old `[Page 28]    Postel`.
fn is_footer(line: &str) -> bool {
    let line = line.trim();
    let page = |part: &str| part.starts_with("[Page ") && part.ends_with(']') && part.len() < 16;
    line.rfind("[Page ").is_some_and(|at| page(&line[at..])) || line.find(']').is_some_and(|at| page(&line[..=at]))
}

/// How many columns a running header has, if this is one: `RFC 5321    SMTP    October 2008`.
fn header_columns(line: &str) -> Option<usize> {
    let columns: Vec<&str> = line.split("  ").map(str::trim).filter(|column| !column.is_empty()).collect();
    let number = |column: &str| {
        column.strip_prefix("RFC").is_some_and(|rest| {
            let digits = rest.trim_start_matches([' ', '-']);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    (columns.len() >= 2 && columns.iter().any(|column| number(column))).then_some(columns.len())
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn footer_and_header_vanish_and_a_blank_line_stays() {
        let text = "one\n\n\nDoe         Standards Track        [Page 1]\n\u{c}\nRFC 9999      Things      May 2020\n\n\ntwo\n";
        assert_eq!(lines(text), ["one", "", "", "", "two", ""]);
    }

    #[test]
    fn a_header_of_two_lines_vanishes() {
        let text =
            "one\n\n[Page 28]          Postel\n\u{c}\n       \nRFC 821         August 1982\n      Simple Mail\n\n\ntwo";
        assert_eq!(lines(text), ["one", "", "", "", "two"]);
    }

    #[test]
    fn a_bare_page_number_before_a_form_feed_vanishes() {
        let text = "one\n\n          7\n\u{c}\n\nSeptember 1980       RFC 772\nMail Transfer\n\ntwo";
        assert_eq!(lines(text), ["one", "", "", "two"]);
    }

    #[test]
    fn a_page_that_begins_without_a_header_keeps_its_first_line() {
        assert_eq!(lines("one\n\u{c}two"), ["one", "", "two"]);
    }

    #[test]
    fn a_sentence_that_names_a_page_stays() {
        assert_eq!(lines("see [Page 5] of the manual, which is long"), ["see [Page 5] of the manual, which is long"]);
    }
}
