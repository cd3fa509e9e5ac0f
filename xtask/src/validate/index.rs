//! The RFC index: what the RFC Editor says of each document.

use std::collections::BTreeMap;

use smtp_codes_data::schema::Document;

/// One row of `rfc-index.txt`.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Row {
    /// As the index has it; a hyphen at the end of a line is kept.
    pub(super) title: String,
    /// Year and month, `2008-10`.
    pub(super) date: String,
    /// In lower case.
    pub(super) status: String,
    pub(super) obsoletes: Vec<String>,
    pub(super) obsoleted_by: Vec<String>,
}

/// Reads the index; rows that are not understood are left out, so that a reference to them is a fault.
pub(super) fn parse(text: &str) -> BTreeMap<u16, Row> {
    let text = text.replace('\r', "");
    text.split("\n\n").filter_map(|block| row(block.trim_start_matches('\n'))).collect()
}

fn row(block: &str) -> Option<(u16, Row)> {
    if !block.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let block = join(block);
    let (number, rest) = block.split_once(' ')?;
    let number = number.parse().ok()?;
    let (head, groups) = rest.split_once(" (Format: ")?;
    let (citation, date) = head.strip_suffix('.')?.rsplit_once(". ")?;
    let group = |name: &str| {
        let start = groups.find(&format!("({name} "))? + name.len() + 2;
        groups[start..].split(')').next()
    };
    let documents = |name: &str| {
        let list = group(name).unwrap_or_default();
        list.split(", ").filter_map(document).collect::<Vec<_>>()
    };
    let row = Row {
        title: title(citation).to_owned(),
        date: month(date)?,
        status: group("Status:")?.to_lowercase(),
        obsoletes: documents("Obsoletes"),
        obsoleted_by: documents("Obsoleted by"),
    };
    Some((number, row))
}

/// One line of a block; a word that was parted at its hyphen is whole again.
fn join(block: &str) -> String {
    let mut joined = String::new();
    for line in block.lines().map(str::trim) {
        let parted = joined.ends_with('-') && !joined.ends_with(" -");
        if !parted && !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(line);
    }
    joined
}

/// `RFC0821` as `RFC 821`.
fn document(name: &str) -> Option<String> {
    let number: u16 = name.trim().strip_prefix("RFC")?.parse().ok()?;
    Some(format!("RFC {number}"))
}

/// Parts the title from the authors: at the first full stop behind which only authors stand.
fn title(citation: &str) -> &str {
    let mut ends = citation.match_indices(". ").map(|(at, _)| at);
    let first = ends.clone().next();
    let end = ends.find(|at| citation[at + 2..].split(", ").all(is_author)).or(first);
    end.map_or(citation, |end| &citation[..end])
}

/// `J. Klensin`, `D.L. Mills`, or what follows a name: `Ed.`
fn is_author(text: &str) -> bool {
    let mut letters = text.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && matches!(letters.next(), Some('.' | '-'));
    initial || matches!(text, "Ed." | "Ed" | "Eds." | "Editor" | "Jr." | "Jr" | "III")
}

/// `October 2008` or `1 April 2008` as `2008-10`.
fn month(date: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut words = date.rsplit(' ');
    let year = words.next().filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let month = words.next()?;
    let number = MONTHS.iter().position(|name| *name == month)? + 1;
    Some(format!("{year}-{number:02}"))
}

/// What differs between the index and the catalogue: key, the index' value, the catalogue's.
pub(super) fn differences(row: &Row, document: &Document) -> Vec<(&'static str, String, String)> {
    let set = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    let mut differences = Vec::new();
    for (key, index, catalogue) in [
        ("title", &row.title, &document.title),
        ("date", &row.date, &document.date),
        ("status", &row.status, &document.status),
    ] {
        if index != catalogue {
            differences.push((key, format!("`{index}` as in the index"), format!("`{catalogue}`")));
        }
    }
    for (key, index, catalogue) in [
        ("obsoletes", &row.obsoletes, &document.obsoletes),
        ("obsoleted_by", &row.obsoleted_by, &document.obsoleted_by),
    ] {
        if set(index) != set(catalogue) {
            differences.push((key, format!("{index:?} as in the index"), format!("{catalogue:?}")));
        }
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::{Row, parse};

    const INDEX: &str = "
                                RFC INDEX

  1129 Internet Time Synchronization. D.L. Mills. October 1989. (Format: TXT) (Status: INFORMATIONAL)

0014 Not Issued. 

1652 SMTP Service Extension for 8bit-
     MIMEtransport. J. Klensin, N. Freed, Ed., M. Rose. July 1994.
     (Format: TXT, HTML) (Obsoletes RFC1426) (Obsoleted by RFC6152, RFC9999)
     (Updated by RFC0001) (Also STD0071) (Status: DRAFT STANDARD) (DOI: 10.17487/RFC1652) 

9998 A Title. With two parts. Internet Architecture Board. 1 April 2020.
     (Format: HTML) (Status: BEST CURRENT PRACTICE)

9997 A Title. With two parts. J-P. Doe. May 2020. (Format: HTML) (Status: HISTORIC)
";

    #[test]
    fn a_row_is_read_whole() {
        let index = parse(INDEX);
        let expected = Row {
            title: "SMTP Service Extension for 8bit-MIMEtransport".to_owned(),
            date: "1994-07".to_owned(),
            status: "draft standard".to_owned(),
            obsoletes: vec!["RFC 1426".to_owned()],
            obsoleted_by: vec!["RFC 6152".to_owned(), "RFC 9999".to_owned()],
        };
        assert_eq!(index[&1652], expected);
    }

    #[test]
    fn examples_of_the_preface_and_numbers_not_issued_are_no_rows() {
        assert_eq!(parse(INDEX).keys().copied().collect::<Vec<_>>(), [1652, 9997, 9998]);
    }

    #[test]
    fn a_title_ends_where_the_authors_begin() {
        let index = parse(INDEX);
        assert_eq!(index[&9997].title, "A Title. With two parts");
        assert_eq!(index[&9998].title, "A Title");
        assert_eq!(index[&9998].date, "2020-04");
    }
}
