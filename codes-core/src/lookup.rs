use core::fmt;

use crate::command::Command;
use crate::enhanced_code::{Class, EnhancedCode, SubjectDetail};
use crate::error::ParseError;
use crate::keyword::Keyword;
use crate::provider::{Claim, EnhancedPattern, Provider};
use crate::reply_code::{ReplyCode, Severity};

/// What a word of a query stands for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Answer {
    /// A reply code, listed or not: `550`.
    Reply(ReplyCode),
    /// All reply codes with one first digit: `4xx`.
    Severity(Severity),
    /// An enhanced status code, registered or not: `5.7.1`.
    Enhanced(EnhancedCode),
    /// An enhanced status code without its class: `X.7.1`.
    SubjectDetail(SubjectDetail),
    /// A subject of enhanced codes, of one class or of all: `5.2.x`, `X.2.x`.
    Subject(Option<Class>, u16),
    /// A class of enhanced codes: `5.x.x`.
    Class(Class),
    /// A command: `STARTTLS`.
    Command(Command),
    /// An EHLO keyword: `SIZE`.
    Keyword(Keyword),
    /// A tag that a provider writes into its replies: `S3150`.
    Tag(&'static Provider, &'static Claim),
}

impl Answer {
    /// Whether the catalogue lists what was asked for, in the standard's part or in a provider's.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::lookup;
    ///
    /// assert!(lookup("550")?.all(|answer| answer.is_listed()));
    /// assert!(!lookup("581")?.any(|answer| answer.is_listed()));
    /// # Ok::<(), smtp_codes::ParseError>(())
    /// ```
    pub fn is_listed(self) -> bool {
        let standard = match self {
            Self::Reply(code) => code.entry().is_some(),
            Self::Enhanced(code) => code.entry().is_some(),
            Self::SubjectDetail(code) => code.entry().is_some(),
            Self::Subject(_, subject) => {
                SubjectDetail::new(subject, 0).is_some_and(|code| code.subject_entry().is_some())
            }
            Self::Severity(_) | Self::Class(_) | Self::Command(_) | Self::Keyword(_) | Self::Tag(..) => true,
        };
        standard || self.claims().next().is_some()
    }

    /// What providers mean by it, in the order of their ids.
    ///
    /// A claim on a whole subject counts for each code of the subject.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::lookup;
    ///
    /// let answer = lookup("5.2.1")?.next().unwrap();
    /// assert!(answer.claims().any(|(provider, claim)| provider.id == "exchange-2003" && claim.departs.is_some()));
    /// # Ok::<(), smtp_codes::ParseError>(())
    /// ```
    pub fn claims(self) -> impl Iterator<Item = (&'static Provider, &'static Claim)> {
        let all = Provider::ALL.iter().flat_map(|provider| provider.claims.iter().map(move |claim| (provider, claim)));
        all.filter(move |(_, claim)| self.concerns(claim))
    }

    fn concerns(self, claim: &'static Claim) -> bool {
        let meets = |pattern: EnhancedPattern| claim.enhanced.is_some_and(|claimed| claimed.meets(pattern));
        match self {
            Self::Reply(code) => claim.covers_reply(code),
            Self::Enhanced(code) => claim.covers_enhanced(code),
            Self::SubjectDetail(code) => meets(EnhancedPattern::of(code.with_class(Class::Success)).of_any_class()),
            // A claim on one detail would be lost among the many of a subject: only the wildcards are about it.
            Self::Subject(class, subject) => claim.enhanced.is_some_and(|claimed| {
                claimed.detail().is_none() && claimed.meets(EnhancedPattern::of_subject(class, subject))
            }),
            Self::Tag(_, tagged) => core::ptr::eq(tagged, claim),
            Self::Severity(_) | Self::Class(_) | Self::Command(_) | Self::Keyword(_) => false,
        }
    }
}

impl fmt::Display for Answer {
    /// What is asked for, as the standards write it: `550`, `4xx`, `5.7.1`, `X.7.1`, `5.2.x`, `STARTTLS`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reply(code) => code.fmt(f),
            Self::Severity(severity) => write!(f, "{}xx", severity.digit()),
            Self::Enhanced(code) => code.fmt(f),
            Self::SubjectDetail(code) => code.fmt(f),
            Self::Subject(class, subject) => EnhancedPattern::of_subject(*class, *subject).fmt(f),
            Self::Class(class) => write!(f, "{}.x.x", class.digit()),
            Self::Command(command) => command.fmt(f),
            Self::Keyword(keyword) => keyword.fmt(f),
            Self::Tag(_, claim) => claim.fmt(f),
        }
    }
}

/// Looks up the words of a query: codes, wildcards, verbs, EHLO keywords and providers' tags, in any number and order.
///
/// A word that is both a command and a keyword has two answers; one that is neither, nor begins like a code, has none. The
/// marks in which codes are found in replies (`#5.1.1`, `(5.1.1)`, `550-5.1.1`) are passed over.
///
/// # Errors
///
/// Where a word begins like a code and is none: `5.1.1.1`, `55O`, `600`.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Answer, lookup};
///
/// let mut answers = lookup("550 5.7.1")?;
/// assert!(matches!(answers.next(), Some(Answer::Reply(code)) if code == 550));
/// assert!(matches!(answers.next(), Some(Answer::Enhanced(code)) if code.subject() == 7));
/// assert!(answers.next().is_none());
///
/// let error = lookup("5.1.1.1").err().unwrap();
/// assert_eq!(error.offset(), 5);
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
pub fn lookup(query: &str) -> Result<impl Iterator<Item = Answer>, ParseError> {
    for (start, word) in words(query) {
        code(word).map_err(|error| ParseError { offset: start + error.offset, ..error })?;
    }
    Ok(words(query).flat_map(|(_, word)| answers(word)))
}

/// The words of a query, and where each begins.
fn words(query: &str) -> impl Iterator<Item = (usize, &str)> {
    let separated = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
    let marks = ['#', '(', ')', '[', ']', '"', '\'', '<', '>', ':'];
    let offset = move |word: &str| word.as_ptr() as usize - query.as_ptr() as usize;
    query
        .split(separated)
        .flat_map(|word| match word.as_bytes() {
            [b'2'..=b'5', b'0'..=b'9', b'0'..=b'9', b'-', ..] => [&word[..3], &word[4..]],
            _ => [word, ""],
        })
        .map(move |word| word.trim_matches(marks))
        .filter(|word| !word.is_empty())
        .map(move |word| (offset(word), word))
}

fn answers(word: &str) -> impl Iterator<Item = Answer> {
    let code = code(word).ok().flatten();
    let command = Command::from_verb(word).map(Answer::Command);
    let keyword = Keyword::from_name(word).map(Answer::Keyword);
    let all = Provider::ALL.iter().flat_map(|provider| provider.claims.iter().map(move |claim| (provider, claim)));
    let tagged = all
        .filter(move |(_, claim)| claim.tag.is_some_and(|tag| tag.eq_ignore_ascii_case(word)))
        .map(|(provider, claim)| Answer::Tag(provider, claim));
    [code, command, keyword].into_iter().flatten().chain(tagged)
}

/// The code or wildcard that a word is; `None` where it does not begin like one.
fn code(word: &str) -> Result<Option<Answer>, ParseError> {
    let bytes = word.as_bytes();
    if let [digit @ b'2'..=b'5', b'x' | b'X', b'x' | b'X'] = bytes {
        return Ok(Some(Answer::Severity(Severity::ALL[usize::from(digit - b'2')])));
    }
    if let Some(pattern) = EnhancedPattern::from_bytes(bytes) {
        match (pattern.class(), pattern.subject(), pattern.detail()) {
            (None, Some(subject), Some(detail)) => {
                return Ok(SubjectDetail::new(subject, detail).map(Answer::SubjectDetail));
            }
            (class, Some(subject), None) => return Ok(Some(Answer::Subject(class, subject))),
            (Some(class), None, None) => return Ok(Some(Answer::Class(class))),
            _ => {}
        }
    }
    let known = || Command::from_verb(word).is_some() || Keyword::from_name(word).is_some() || is_tag(word);
    match bytes {
        [b'0'..=b'9' | b'x' | b'X', b'.', ..] => {
            EnhancedCode::from_bytes(bytes).map(|code| Some(Answer::Enhanced(code)))
        }
        [b'0'..=b'9', ..] if !known() => ReplyCode::from_bytes(bytes).map(|code| Some(Answer::Reply(code))),
        _ => Ok(None),
    }
}

fn is_tag(word: &str) -> bool {
    let mut claims = Provider::ALL.iter().flat_map(|provider| provider.claims);
    claims.any(|claim| claim.tag.is_some_and(|tag| tag.eq_ignore_ascii_case(word)))
}
