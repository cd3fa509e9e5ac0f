use core::fmt;

/// A document that the catalogue cites: an RFC, a registry, a draft or a product's manual.
///
/// # Examples
///
/// ```
/// use smtp_codes::Document;
///
/// let document = Document::from_id("RFC 2821").unwrap();
/// assert_eq!(document.title, "Simple Mail Transfer Protocol");
/// assert_eq!(document.obsoleted_by, ["RFC 5321"]);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Document {
    /// What it is cited as: `RFC 5321`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Year and month: `2008-10`.
    pub date: &'static str,
    /// Its standing, in the words of the RFC index in lower case: `draft standard`.
    pub status: &'static str,
    /// The ids of the documents that it replaced.
    pub obsoletes: &'static [&'static str],
    /// The ids of the documents that replaced it.
    pub obsoleted_by: &'static [&'static str],
    /// Where it is to be read.
    pub url: &'static str,
}

impl Document {
    /// The document with this id, or `None` where the catalogue cites no such one.
    pub fn from_id(id: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|document| document.id.eq_ignore_ascii_case(id))
    }
}

/// A place in a document. Displayed as `RFC 5321, Section 4.2.3`.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Reference {
    /// The document.
    pub document: &'static Document,
    /// The section's number or name, where the reference names one.
    pub section: Option<&'static str>,
}

impl Reference {
    /// The address of the place, as something that can be displayed.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::ReplyCode;
    ///
    /// let meaning = &ReplyCode::new(354).unwrap().entry().unwrap().meanings[0];
    /// assert!(meaning.refs[0].url().to_string().starts_with("https://www.rfc-editor.org/rfc/rfc5321#section-"));
    /// ```
    pub fn url(self) -> impl fmt::Display {
        Url(self)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.document.id)?;
        match self.section {
            None => Ok(()),
            Some("0") => f.write_str(", before Section 1"),
            Some(section) if is_appendix(section) => write!(f, ", Appendix {section}"),
            Some(section) if self.is_rfc() => write!(f, ", Section {section}"),
            Some(section) => write!(f, ", {section}"),
        }
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Reference {
    fn is_rfc(self) -> bool {
        self.document.id.starts_with("RFC ")
    }
}

struct Url(Reference);

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.document.url)?;
        match self.0.section {
            Some(section) if section != "0" && self.0.is_rfc() => {
                let kind = if is_appendix(section) { "appendix" } else { "section" };
                write!(f, "#{kind}-{section}")
            }
            _ => Ok(()),
        }
    }
}

/// Appendices have letters: `B`, `B.1`.
fn is_appendix(section: &str) -> bool {
    matches!(section.as_bytes(), [b'A'..=b'Z'] | [b'A'..=b'Z', b'.', ..])
}
