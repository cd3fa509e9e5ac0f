//! What a rejection means, whose side it is and what to do, and why.

mod decide;
mod phase;
mod rule;
mod scan;
mod seen;
pub(crate) mod tables;
mod words;

use core::fmt;
use core::ops::Range;

use crate::enhanced_code::{Class, EnhancedCode};
use crate::provider::{Claim, Provider};
use crate::reason::{Action, Party, Reason};
use crate::reply_code::{ReplyCode, Severity};

#[cfg(feature = "rules")]
pub(crate) use decide::decide;
#[doc(hidden)]
pub use rule::Row;
pub use rule::{Phase, Rule, RuleSet, Source};
#[doc(hidden)]
pub use tables::Tables;

/// Says what a rejection means: the verdict on one reply, with whatever stands around it.
///
/// The text may be a reply as the server sent it, a line of a mail log, the words of an exception or a `Diagnostic-Code`. It may be
/// any bytes. The verdict borrows nothing from it.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Action, Reason, verdict};
///
/// let verdict = verdict("550 5.1.1 <ann@a.example>: Recipient address rejected: User unknown in local recipient table");
/// assert_eq!(verdict.reason, Some(Reason::MailboxUnknown));
/// assert_eq!(verdict.action, Action::Suppress);
/// ```
pub fn verdict(text: impl AsRef<[u8]>) -> Verdict<'static> {
    Rejection::new(text.as_ref()).verdict()
}

/// A rejection with what is known of it beside its text.
///
/// # Examples
///
/// ```
/// use smtp_codes::{EnhancedCode, Reason, Rejection, ReplyCode};
///
/// let rejection = Rejection::new(b"User unknown").reply(ReplyCode::MAILBOX_UNAVAILABLE).host("mx1.a.example");
/// assert_eq!(rejection.verdict().reason, Some(Reason::MailboxUnknown));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Rejection<'t> {
    text: &'t [u8],
    reply: Option<ReplyCode>,
    enhanced: Option<EnhancedCode>,
    host: Option<&'t str>,
    phase: Option<Phase>,
    delayed: bool,
}

impl<'t> Rejection<'t> {
    /// A rejection of which only the text is known; codes in it are found.
    pub const fn new(text: &'t [u8]) -> Self {
        Self { text, reply: None, enhanced: None, host: None, phase: None, delayed: false }
    }

    /// The reply code, where it is known from elsewhere; one in the text does not count then.
    #[must_use]
    pub const fn reply(self, code: ReplyCode) -> Self {
        Self { reply: Some(code), ..self }
    }

    /// The enhanced status code, where it is known from elsewhere; one in the text does not count then.
    #[must_use]
    pub const fn enhanced(self, code: EnhancedCode) -> Self {
        Self { enhanced: Some(code), ..self }
    }

    /// The name of the host that sent the reply, which may tell the provider.
    #[must_use]
    pub const fn host(self, name: &'t str) -> Self {
        Self { host: Some(name), ..self }
    }

    /// When in the session the reply came.
    #[must_use]
    pub const fn phase(self, phase: Phase) -> Self {
        Self { phase: Some(phase), ..self }
    }

    /// The sending server goes on trying, as a notice of delay says: then no address is given up, whatever was said.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::{Action, Reason, Rejection};
    ///
    /// let verdict = Rejection::new(b"550 5.1.1 User unknown").delayed().verdict();
    /// assert_eq!(verdict.reason, Some(Reason::MailboxUnknown));
    /// assert_eq!(verdict.action, Action::Retry);
    /// ```
    #[must_use]
    pub const fn delayed(self) -> Self {
        Self { delayed: true, ..self }
    }

    /// The verdict by the catalogue's rules.
    pub fn verdict(&self) -> Verdict<'static> {
        decide::decide(self, &[RuleSet::builtin()])
    }

    /// The verdict by a user's rules, and by the catalogue's where none of those fits.
    pub fn verdict_with<'r>(&self, rules: &RuleSet<'r>) -> Verdict<'r> {
        decide::decide(self, &[*rules, RuleSet::builtin()])
    }
}

/// What a rejection means, whose side it is, what to do, and why.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Verdict<'r> {
    /// The reply code, where there is one.
    pub reply: Option<ReplyCode>,
    /// The enhanced status code, where there is one.
    pub enhanced: Option<EnhancedCode>,
    /// What the first digit says: of the reply code, else of the enhanced one; `None` without either.
    pub class: Option<Severity>,
    /// Why; `None` after a success or where the server waits for more.
    pub reason: Option<Reason>,
    /// Whose side has to change something.
    pub party: Option<Party>,
    /// What to do.
    pub action: Action,
    /// Whose reply it is, where that can be told.
    pub provider: Option<&'static Provider>,
    /// The rule that decided.
    pub rule: Option<&'r Rule<'r>>,
    /// The provider's claim that decided, where no rule did.
    pub claim: Option<&'static Claim>,
    /// What the reason rests on.
    pub basis: Basis,
    /// Where in the text the words stand that decided, in bytes.
    pub matched: Option<Range<usize>>,
    /// When to try again, in seconds, where the text tells.
    pub retry_after: Option<u32>,
    /// The blocklist that the text names.
    pub blocklist: Option<&'static Provider>,
    /// What contradicts itself in the reply.
    pub conflicts: Conflicts,
}

/// What the reason of a verdict rests on.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Basis {
    /// Words of the text.
    Text,
    /// What the provider documents about the code.
    ProviderCode,
    /// What the registry says about the enhanced code.
    Enhanced,
    /// What the standard says about the reply code.
    Reply,
    /// Nothing: no reason could be told.
    None,
}

impl Basis {
    /// The word for it: `text`, `provider-code`, `enhanced`, `reply` or `none`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::ProviderCode => "provider-code",
            Self::Enhanced => "enhanced",
            Self::Reply => "reply",
            Self::None => "none",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Something in a reply that contradicts something else in it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Conflict {
    /// The reply code and the enhanced code are of different classes, as in `550 4.2.1`.
    Classes,
    /// The text says something else than the registered meaning of the enhanced code.
    Text,
    /// The documents know the enhanced code only in another class.
    Registered,
}

impl Conflict {
    const ALL: [Self; 3] = [Self::Classes, Self::Text, Self::Registered];

    /// The word for it: `classes`, `text` or `registered`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Classes => "classes",
            Self::Text => "text",
            Self::Registered => "registered",
        }
    }

    /// What contradicts what, in a sentence.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Classes => "The reply code and the enhanced status code are of different classes.",
            Self::Text => "The text says something else than the registered meaning of the enhanced status code.",
            Self::Registered => "The standard knows this enhanced status code only in another class.",
        }
    }
}

/// The contradictions in one reply.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Conflicts(u8);

impl Conflicts {
    fn insert(&mut self, conflict: Conflict) {
        self.0 |= 1 << conflict as u8;
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this one is there.
    pub const fn contains(self, conflict: Conflict) -> bool {
        self.0 & (1 << conflict as u8) != 0
    }

    /// Those that are there.
    pub fn iter(self) -> impl Iterator<Item = Conflict> {
        Conflict::ALL.into_iter().filter(move |conflict| self.contains(*conflict))
    }
}

impl<'r> Verdict<'r> {
    /// Where the verdict comes from: the rule's pages, the provider's, or the standard's places.
    pub fn sources(&self) -> impl Iterator<Item = Source<'r>> {
        let rule = self.rule.map_or(&[][..], |rule| rule.sources);
        let claim = self.claim.map_or(&[][..], |claim| claim.sources);
        let enhanced = match self.basis {
            Basis::Enhanced => self.enhanced.and_then(EnhancedCode::entry).map_or(&[][..], |entry| entry.refs),
            _ => &[],
        };
        let reply = match self.basis {
            Basis::Reply => self.reply.and_then(ReplyCode::entry).map_or(&[][..], |entry| entry.meanings[0].refs),
            _ => &[],
        };
        let pages = rule.iter().copied().chain(claim.iter().copied()).map(Source::Page);
        pages.chain(enhanced.iter().chain(reply).map(Source::Reference))
    }
}

/// The class of a failure, as the actions know it.
fn class_of(severity: Severity) -> Option<Class> {
    match severity {
        Severity::PositiveCompletion => Some(Class::Success),
        Severity::PositiveIntermediate => None,
        Severity::TransientNegativeCompletion => Some(Class::Transient),
        Severity::PermanentNegativeCompletion => Some(Class::Permanent),
    }
}
