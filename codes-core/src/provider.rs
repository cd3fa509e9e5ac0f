use core::fmt;

use crate::enhanced_code::{Class, EnhancedCode};
use crate::reason::Reason;
use crate::reply_code::ReplyCode;
use crate::verdict::{Rule, RuleSet};

/// A mail server, mailbox provider, gateway or blocklist, and what it means by its replies.
///
/// # Examples
///
/// ```
/// use smtp_codes::{EnhancedCode, Provider};
///
/// let provider = Provider::from_id("exchange-2003").unwrap();
/// let code = EnhancedCode::from_bytes(b"5.2.1")?;
/// assert!(provider.claims.iter().any(|claim| claim.covers_enhanced(code)));
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Provider {
    /// A short name for it, as in `--provider exchange-2003`.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What sort of party it is.
    pub kind: ProviderKind,
    /// Whether it publishes what its replies mean.
    pub documented: bool,
    /// What to know of it.
    pub summary: &'static str,
    /// Ends of host names that are its own.
    pub hosts: &'static [&'static str],
    /// Of a blocklist: where to ask to be taken off.
    pub removal: Option<&'static str>,
    /// Where its replies are written about.
    pub pages: &'static [Page],
    /// What it means by codes and tags.
    pub claims: &'static [Claim],
}

impl Provider {
    /// The provider with this id in any case, or `None` where the catalogue has none.
    pub fn from_id(id: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|provider| provider.id.eq_ignore_ascii_case(id))
    }

    /// The provider of which a host with this name is one, or `None` where the catalogue knows none.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::Provider;
    ///
    /// assert_eq!(Provider::from_host("alt1.gmail-smtp-in.l.google.com").unwrap().id, "gmail");
    /// assert!(Provider::from_host("mx.a.example").is_none());
    /// ```
    pub fn from_host(name: &str) -> Option<&'static Self> {
        let host = name.trim_end_matches('.').as_bytes();
        Self::ALL.iter().find(|provider| {
            provider.hosts.iter().any(|end| {
                let end = end.as_bytes();
                let Some(start) = host.len().checked_sub(end.len()) else { return false };
                host[start..].eq_ignore_ascii_case(end) && (start == 0 || host[start - 1] == b'.')
            })
        })
    }

    /// The rules of the catalogue that are about its replies.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::Provider;
    ///
    /// assert!(Provider::from_id("gmail").unwrap().rules().count() > 0);
    /// ```
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule<'static>> {
        let of_provider = move |rule: &&Rule<'_>| rule.provider.is_some_and(|provider| provider.id == self.id);
        RuleSet::builtin().rules().iter().filter(of_provider)
    }

    /// The last day on which one of its pages was read: `2026-11-23`; `None` where it has no page.
    pub fn read(&self) -> Option<&'static str> {
        self.pages.iter().map(|page| page.read).max()
    }
}

/// What sort of party a provider is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ProviderKind {
    /// Mail server software.
    Server,
    /// A provider of mailboxes.
    Mailbox,
    /// A filter in front of others' mailboxes.
    Gateway,
    /// An internet provider with mailboxes for its customers.
    InternetProvider,
    /// A list of addresses or domains that others ask.
    Blocklist,
    /// A service that sends mail for others.
    SendingService,
}

impl ProviderKind {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Server, Self::Mailbox, Self::Gateway, Self::InternetProvider, Self::Blocklist, Self::SendingService];

    /// The word for it: `server`, `mailbox`, `gateway`, `internet-provider`, `blocklist` or `sending-service`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Mailbox => "mailbox",
            Self::Gateway => "gateway",
            Self::InternetProvider => "internet-provider",
            Self::Blocklist => "blocklist",
            Self::SendingService => "sending-service",
        }
    }
}

impl fmt::Display for ProviderKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A page on which a provider, or another about it, writes what its replies mean.
#[derive(Debug)]
#[non_exhaustive]
pub struct Page {
    /// A short name for it within the provider.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Its address; empty where it has no public one.
    pub url: &'static str,
    /// The day on which it was read: `2026-11-23`.
    pub read: &'static str,
}

impl Page {
    /// A page of a user's file, made by the macro `rules!`.
    #[doc(hidden)]
    pub const fn new(id: &'static str, title: &'static str, url: &'static str, read: &'static str) -> Self {
        Self { id, title, url, read }
    }
}

/// What one provider means by a code or tag. The standard's meaning stands beside it, untouched.
#[derive(Debug)]
#[non_exhaustive]
pub struct Claim {
    /// The enhanced codes that it is about.
    pub enhanced: Option<EnhancedPattern>,
    /// The reply code that it is about.
    pub reply: Option<ReplyCode>,
    /// A word of the reply's text that it is about, such as `S3150`.
    pub tag: Option<&'static str>,
    /// The reason that the code or tag alone gives at this provider.
    pub reason: Option<Reason>,
    /// What the provider means.
    pub meaning: &'static str,
    /// What to do now.
    pub advice: &'static str,
    /// How this differs from the standard's meaning; `None` where it does not.
    pub departs: Option<&'static str>,
    /// Where it is written.
    pub sources: &'static [&'static Page],
}

impl Claim {
    /// Whether the claim is about this enhanced code, whatever reply code it also asks for.
    pub fn covers_enhanced(&self, code: EnhancedCode) -> bool {
        self.enhanced.is_some_and(|pattern| pattern.covers(code))
    }

    /// Whether the claim is about this reply code, whatever enhanced code it also asks for.
    pub fn covers_reply(&self, code: ReplyCode) -> bool {
        self.reply == Some(code)
    }
}

impl fmt::Display for Claim {
    /// The code or tag that the claim is about: `550 5.7.1`, `5.1.x`, `S3150`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if let Some(reply) = self.reply {
            write!(f, "{reply}")?;
            separator = " ";
        }
        if let Some(enhanced) = self.enhanced {
            write!(f, "{separator}{enhanced}")?;
            separator = " ";
        }
        match self.tag {
            Some(tag) => write!(f, "{separator}{tag}"),
            None => Ok(()),
        }
    }
}

/// One enhanced code or many: `5.7.1`, `X.7.1`, `5.1.x`, `5.7.606-649`.
///
/// # Examples
///
/// ```
/// use smtp_codes::{EnhancedCode, EnhancedPattern};
///
/// let pattern = EnhancedPattern::from_bytes(b"5.1.x").unwrap();
/// assert!(pattern.covers(EnhancedCode::from_bytes(b"5.1.10")?));
/// assert!(!pattern.covers(EnhancedCode::from_bytes(b"4.1.10")?));
/// # Ok::<(), smtp_codes::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct EnhancedPattern {
    pub(crate) class: Option<Class>,
    pub(crate) subject: Option<u16>,
    pub(crate) first: u16,
    pub(crate) last: u16,
}

impl EnhancedPattern {
    /// A pattern of a user's file, made by the macro `rules!`.
    #[doc(hidden)]
    pub const fn new(class: Option<Class>, subject: Option<u16>, first: u16, last: u16) -> Self {
        Self { class, subject, first, last }
    }

    /// The pattern of one code.
    pub const fn of(code: EnhancedCode) -> Self {
        Self { class: Some(code.class()), subject: Some(code.subject()), first: code.detail(), last: code.detail() }
    }

    /// The pattern of one subject, in one class or in all.
    pub const fn of_subject(class: Option<Class>, subject: u16) -> Self {
        Self { class, subject: Some(subject), first: 0, last: 999 }
    }

    /// The same pattern in all classes.
    #[must_use]
    pub const fn of_any_class(self) -> Self {
        Self { class: None, ..self }
    }

    /// Reads a code or a wildcard: `5.7.1`, `X.7.1`, `5.1.x`, `X.1.x`, `5.x.x`, with `x` and `X` alike; `None` for
    /// anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut parts = bytes.split(|byte| *byte == b'.');
        let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let class = match class {
            b"x" | b"X" => None,
            b"2" => Some(Class::Success),
            b"4" => Some(Class::Transient),
            b"5" => Some(Class::Permanent),
            _ => return None,
        };
        let subject = match part(subject)? {
            Part::Any => None,
            Part::Number(subject) => Some(subject),
        };
        let (first, last) = match part(detail)? {
            Part::Any => (0, 999),
            Part::Number(detail) => (detail, detail),
        };
        (subject.is_some() || last > first).then_some(Self { class, subject, first, last })
    }

    /// Whether the pattern holds this code.
    pub fn covers(self, code: EnhancedCode) -> bool {
        self.class.is_none_or(|class| class == code.class())
            && self.subject.is_none_or(|subject| subject == code.subject())
            && (self.first..=self.last).contains(&code.detail())
    }

    /// Whether there is a code that both hold.
    pub fn meets(self, other: Self) -> bool {
        fn same<T: Copy + PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.is_none() || other.is_none() || one == other
        }
        same(self.class, other.class)
            && same(self.subject, other.subject)
            && self.first <= other.last
            && other.first <= self.last
    }

    /// How many details it holds at most: the narrower says more.
    pub(crate) const fn breadth(self) -> (bool, u16) {
        (self.subject.is_none(), self.last - self.first)
    }

    /// The class, or `None` for all three.
    pub const fn class(self) -> Option<Class> {
        self.class
    }

    /// The subject, or `None` for all.
    pub const fn subject(self) -> Option<u16> {
        self.subject
    }

    /// The detail, or `None` for several.
    pub const fn detail(self) -> Option<u16> {
        if self.first == self.last { Some(self.first) } else { None }
    }
}

impl fmt::Display for EnhancedPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.class {
            Some(class) => write!(f, "{}.", class.digit())?,
            None => f.write_str("X.")?,
        }
        match self.subject {
            Some(subject) => write!(f, "{subject}.")?,
            None => f.write_str("x.")?,
        }
        match (self.first, self.last) {
            (0, 999) => f.write_str("x"),
            (first, last) if first == last => write!(f, "{first}"),
            (first, last) => write!(f, "{first}-{last}"),
        }
    }
}

/// A part of a pattern: any number, or this one.
enum Part {
    Any,
    Number(u16),
}

/// `x` for any, else one to three digits without a leading zero; `None` for anything else.
fn part(bytes: &[u8]) -> Option<Part> {
    match bytes {
        b"x" | b"X" => Some(Part::Any),
        [b'0'] => Some(Part::Number(0)),
        [b'1'..=b'9', rest @ ..] if bytes.len() <= 3 && rest.iter().all(u8::is_ascii_digit) => {
            Some(Part::Number(bytes.iter().fold(0, |number, digit| number * 10 + u16::from(digit - b'0'))))
        }
        _ => None,
    }
}
