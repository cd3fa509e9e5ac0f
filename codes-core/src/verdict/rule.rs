use crate::document::Reference;
use crate::enhanced_code::EnhancedCode;
use crate::provider::{EnhancedPattern, Page, Provider};
use crate::reason::Reason;
use crate::reply_code::ReplyCode;

use super::tables::Tables;

/// What a reply says that has certain words in it: a line of the catalogue, or of a user's file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule<'a> {
    /// Its name, as in `en-user-unknown`.
    pub id: &'a str,
    /// What the words mean.
    pub reason: Reason,
    /// Whose words they are; `None` where many servers use them.
    pub provider: Option<&'static Provider>,
    /// The words, one line for each wording, as they are written in the catalogue.
    pub words: &'a [&'a str],
    /// Words of which none may stand beside them.
    pub without: &'a [&'a str],
    /// A reply that the rule decides.
    pub example: &'a str,
    /// Which rule wins where several fit, 0 to 99.
    pub rank: u8,
    /// Where it is written.
    pub sources: &'a [&'a Page],
    pub(crate) guards: &'a [u16],
    pub(crate) reply: &'a [(u16, u16)],
    pub(crate) enhanced: &'a [EnhancedPattern],
    pub(crate) phases: &'a [Phase],
    pub(crate) detected: bool,
    pub(crate) coded: bool,
}

impl Rule<'_> {
    /// Whether the codes and the phase are among those that the rule asks for; what is not known does not count against it,
    /// unless the rule says that its enhanced code must be there.
    pub(super) fn allows(
        &self,
        reply: Option<ReplyCode>,
        enhanced: Option<EnhancedCode>,
        phase: Option<Phase>,
    ) -> bool {
        let among = |code: ReplyCode| self.reply.iter().any(|(first, last)| (*first..=*last).contains(&code.as_u16()));
        (self.reply.is_empty() || reply.is_none_or(among))
            && (self.enhanced.is_empty()
                || enhanced.map_or(!self.coded, |code| self.enhanced.iter().any(|pattern| pattern.covers(code))))
            && (self.phases.is_empty() || phase.is_none_or(|phase| self.phases.contains(&phase)))
    }

    /// Whether the rule says anything about codes or phase.
    pub(super) fn asks_for_phase(&self) -> bool {
        !self.phases.is_empty()
    }
}

/// All that makes a [`Rule`]: the macro `rules!` writes it into other crates, where a rule has fields that no one can name.
#[derive(Debug)]
#[doc(hidden)]
pub struct Row<'a> {
    pub id: &'a str,
    pub reason: Reason,
    pub provider: Option<&'static Provider>,
    pub words: &'a [&'a str],
    pub without: &'a [&'a str],
    pub example: &'a str,
    pub rank: u8,
    pub sources: &'a [&'a Page],
    pub guards: &'a [u16],
    pub reply: &'a [(u16, u16)],
    pub enhanced: &'a [EnhancedPattern],
    pub phases: &'a [Phase],
    pub detected: bool,
    pub coded: bool,
}

impl<'a> Row<'a> {
    /// The rule of this row.
    pub const fn rule(self) -> Rule<'a> {
        Rule {
            id: self.id,
            reason: self.reason,
            provider: self.provider,
            words: self.words,
            without: self.without,
            example: self.example,
            rank: self.rank,
            sources: self.sources,
            guards: self.guards,
            reply: self.reply,
            enhanced: self.enhanced,
            phases: self.phases,
            detected: self.detected,
            coded: self.coded,
        }
    }
}

/// When in a session a reply came.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Phase {
    /// The greeting, or before it.
    Connection,
    /// EHLO, HELO or LHLO.
    Helo,
    /// STARTTLS or AUTH.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// DATA, the mail data, or their end.
    Data,
}

/// Rules and the automaton of their words.
///
/// [`RuleSet::builtin`] is the catalogue's. A user's own is made by [`rules!`](crate::rules!) at compile time, or at run time with
/// the feature `rules`.
#[derive(Clone, Copy, Debug)]
pub struct RuleSet<'a> {
    pub(crate) tables: Tables<'a>,
    pub(crate) rules: &'a [Rule<'a>],
    /// Those whose marks and zones are in the tables.
    pub(crate) providers: &'static [Provider],
}

impl<'a> RuleSet<'a> {
    /// The rules, in the order of the catalogue.
    pub const fn rules(&self) -> &'a [Rule<'a>] {
        self.rules
    }

    /// Rules of no provider, made by the macro `rules!`.
    #[doc(hidden)]
    pub const fn of_user(tables: Tables<'a>, rules: &'a [Rule<'a>]) -> Self {
        Self { tables, rules, providers: &[] }
    }
}

/// Where a verdict comes from.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Source<'a> {
    /// A page of a provider or a server's documentation.
    Page(&'a Page),
    /// A place in an RFC or registry.
    Reference(&'static Reference),
}
