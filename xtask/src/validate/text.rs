//! A document as its sections.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::heading::{headings, is_contents, name};
use super::pages;
use super::passage::Passage;

/// The text of a document, and where its sections begin and end.
pub(super) struct Text {
    lines: Vec<String>,
    sections: Vec<Section>,
}

struct Section {
    name: String,
    /// With all subsections.
    lines: Range<usize>,
    /// Up to the first subsection.
    own: Range<usize>,
}

impl Text {
    /// Reads an RFC's plain text. What stands before the first section is section `0`.
    pub(super) fn of_rfc(text: &str) -> Self {
        let mut lines = pages::lines(text);
        let headings = headings(&lines);
        let mut sections = Vec::new();
        let first = headings.first().map_or(lines.len(), |heading| heading.line);
        sections.push(Section { name: "0".to_owned(), lines: 0..first, own: 0..first });
        for (index, heading) in headings.iter().enumerate() {
            let rest = &headings[index + 1..];
            let outer = rest.iter().find(|next| !next.number.starts_with(&heading.number));
            let end = outer.map_or(lines.len(), |next| next.line);
            let own_end = rest.first().map_or(lines.len(), |next| next.line);
            let name = name(&heading.number);
            sections.push(Section { name, lines: heading.line..end, own: heading.line..own_end });
        }
        // What only the table of contents says is not said.
        for line in lines.iter_mut().filter(|line| is_contents(line)) {
            line.clear();
        }
        Self { lines, sections }
    }

    /// Makes a text of named parts: the records of a registry. Parts with one name are one section.
    pub(super) fn of_parts(parts: &[(String, String)]) -> Self {
        let mut text = Self { lines: Vec::new(), sections: Vec::new() };
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in parts {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        for name in names {
            let start = text.lines.len();
            for (_, part) in parts.iter().filter(|(other, _)| other == name) {
                text.lines.extend(part.lines().map(str::to_owned));
                text.lines.push(String::new());
            }
            let lines = start..text.lines.len();
            text.sections.push(Section { name: name.to_owned(), own: lines.clone(), lines });
        }
        text
    }

    /// A section with its subsections, or the whole text; `None` where there is no such section.
    pub(super) fn passage(&self, section: Option<&str>) -> Option<Passage> {
        let Some(name) = section else { return Some(Passage::new(&self.lines)) };
        let section = self.sections.iter().find(|section| section.name == *name)?;
        Some(Passage::new(&self.lines[section.lines.clone()]))
    }

    /// The innermost sections in which something stands: where a wrong reference should have led.
    pub(super) fn places(&self, stands: impl Fn(&Passage) -> bool) -> Vec<&str> {
        let here = |section: &&Section| stands(&Passage::new(&self.lines[section.own.clone()]));
        self.sections.iter().filter(here).map(|section| section.name.as_str()).collect()
    }

    /// A fingerprint of the words, whatever the pages and white space.
    pub(super) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for word in self.lines.iter().flat_map(|line| line.split_whitespace()) {
            hash.update(word.as_bytes());
            hash.update(b" ");
        }
        hash.finalize().iter().take(8).fold(String::new(), |digest, byte| format!("{digest}{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    const RFC: &str =
        "Things\n\n1.  One\n\n   first\n\n1.1.  Sub\n\n   second, no-\n   where else\n\n2.  Two\n\n   third\n";

    #[test]
    fn a_section_holds_its_subsections_and_the_front_is_section_0() {
        let text = Text::of_rfc(RFC);
        let one = text.passage(Some("1")).unwrap();
        assert!(one.says("first") && one.says("second"));
        assert!(!one.says("third"));
        assert!(text.passage(Some("0")).unwrap().says("Things"));
        assert!(text.passage(None).unwrap().says("third"));
        assert!(text.passage(Some("3")).is_none());
    }

    #[test]
    fn the_innermost_place_is_named() {
        let text = Text::of_rfc(RFC);
        assert_eq!(text.places(|passage| passage.says("second")), ["1.1"]);
    }

    #[test]
    fn the_digest_does_not_depend_on_pages() {
        let paged = RFC.replace(
            "\n   second",
            "\n\nDoe     Memo     [Page 1]\n\u{c}\nRFC 9999    Things     May 2020\n\n   second",
        );
        assert_ne!(paged, RFC);
        assert_eq!(Text::of_rfc(&paged).digest(), Text::of_rfc(RFC).digest());
        assert_ne!(Text::of_rfc(&RFC.replace("third", "fourth")).digest(), Text::of_rfc(RFC).digest());
    }

    #[test]
    fn parts_of_one_name_are_one_section() {
        let part = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let text = Text::of_parts(&[part("SIZE", "one"), part("DSN", "two"), part("SIZE", "three")]);
        let size = text.passage(Some("SIZE")).unwrap();
        assert!(size.says("one") && size.says("three") && !size.says("two"));
    }
}
