use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};

/// A place in a document, with a few of its words: `RFC 5321 §4.2.3 "mailbox unavailable"`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reference {
    /// The document's id in `rfcs.toml`.
    pub document: String,
    /// The section's number or name; `None` where the whole document is meant.
    pub section: Option<String>,
    /// Words that stand in that section.
    pub evidence: Option<String>,
}

impl Reference {
    /// Reads `DOCUMENT[ §SECTION][ "EVIDENCE"]`.
    fn parse(text: &str) -> Option<Self> {
        let (place, evidence) = match text.strip_suffix('"') {
            None => (text, None),
            Some(rest) => {
                let (place, evidence) = rest.split_once(" \"")?;
                (place, Some(evidence))
            }
        };
        let (document, section) = match place.split_once(" §") {
            None => (place, None),
            Some((document, section)) => (document, Some(section)),
        };
        let legal = |part: &str| !part.is_empty() && part.trim() == part && !part.contains(['"', '§']);
        let legal_option = |part: Option<&str>| part.is_none_or(|part| !part.trim().is_empty() && part.trim() == part);
        (legal(document) && section.is_none_or(legal) && legal_option(evidence)).then(|| Self {
            document: document.to_owned(),
            section: section.map(str::to_owned),
            evidence: evidence.map(str::to_owned),
        })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.document)?;
        if let Some(section) = &self.section {
            write!(f, " §{section}")?;
        }
        if let Some(evidence) = &self.evidence {
            write!(f, " \"{evidence}\"")?;
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!("expected a reference like `RFC 5321 §4.2.3 \"evidence\"`, found `{text}`"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;

    #[test]
    fn all_forms_round_trip() {
        for text in ["RFC 5321", "RFC 5321 §4.2.3", "RFC 5321 \"SMTP\"", "RFC 3463 §3.2 \"a \"quoted\" word\""] {
            assert_eq!(Reference::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn malformed_ones_are_refused() {
        for text in ["", " RFC 5321", "RFC 5321 §", "RFC 5321 §4.2 ", "RFC 5321 \"", "RFC 5321 \"\"", "RFC 5321 §4 §5"]
        {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }
}
