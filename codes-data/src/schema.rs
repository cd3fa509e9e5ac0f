//! What a catalogue file may hold, key by key. The README of this crate says the same in words.

use serde::{Deserialize, Serialize};

use crate::{EnhancedPattern, Reference, Words};

/// Whether an entry is in force, and on whose word.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// An RFC in force defines it.
    Standard,
    /// An RFC defined it and a later one withdrew or replaced it.
    Obsolete,
    /// Defined by a historic or experimental document, and found no use.
    Historic,
    /// Defined by one product.
    Private,
    /// In a registry or in use, but no RFC defines its meaning.
    Observed,
}

/// The protocol in which a command or keyword has its place.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    Smtp,
    Submission,
    Lmtp,
}

/// `[[document]]` of `rfcs.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    pub id: String,
    pub title: String,
    /// Year and month, `2008-10`.
    pub date: String,
    pub status: String,
    #[serde(default)]
    pub obsoletes: Vec<String>,
    #[serde(default)]
    pub obsoleted_by: Vec<String>,
    pub url: Option<String>,
}

impl Document {
    /// The number of an RFC.
    pub fn rfc_number(&self) -> Option<u16> {
        self.id.strip_prefix("RFC ")?.parse().ok()
    }
}

/// `[[severity]]` of `replies.toml`: all reply codes with one first digit.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Severity {
    pub digit: u8,
    pub name: String,
    pub text: String,
    pub title: String,
    pub summary: String,
    pub advice: String,
    pub refs: Vec<Reference>,
}

/// `[[reply]]` of `replies.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    pub code: u16,
    pub name: String,
    pub title: String,
    pub status: Status,
    /// The reason that the code alone gives, where its meaning is specific.
    pub reason: Option<String>,
    pub summary: String,
    pub advice: String,
    #[serde(rename = "meaning")]
    pub meanings: Vec<Meaning>,
}

/// `[[reply.meaning]]`: what a reply code says in one context.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// Verbs and stages; empty is any command.
    pub commands: Vec<String>,
    pub text: String,
    pub summary: String,
    pub refs: Vec<Reference>,
    pub keyword: Option<String>,
    pub status: Option<Status>,
}

/// `[[class]]` of `enhanced.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    pub class: u8,
    pub name: String,
    pub text: String,
    pub title: String,
    pub summary: String,
    pub advice: String,
    pub refs: Vec<Reference>,
}

/// `[[subject]]` of `enhanced.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    pub subject: u16,
    pub name: String,
    pub text: String,
    pub title: String,
    pub summary: String,
    pub advice: String,
    pub refs: Vec<Reference>,
}

/// `[[enhanced]]` of `enhanced.toml`: a code as the registry has it, without a class.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enhanced {
    pub subject: u16,
    pub detail: u16,
    pub name: String,
    pub text: String,
    pub title: String,
    pub status: Status,
    pub basic_codes: BasicCodes,
    #[serde(default)]
    pub other_basic_codes: bool,
    pub classes: Vec<ClassName>,
    pub classes_ref: Option<Reference>,
    /// The reason that the code alone gives, where its meaning is specific.
    pub reason: Option<String>,
    pub summary: String,
    pub advice: String,
    pub refs: Vec<Reference>,
}

/// The reply codes with which the registry associates an enhanced code.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(untagged, expecting = "expected \"any\", \"not-given\" or a list of reply codes")]
pub enum BasicCodes {
    Word(BasicCodesWord),
    Listed(Vec<BasicCode>),
}

/// What stands in the place of a list.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum BasicCodesWord {
    Any,
    NotGiven,
}

/// One reply code of such a list, or all with one first digit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(untagged, expecting = "expected a reply code, \"4XX\" or \"5XX\"")]
pub enum BasicCode {
    Code(u16),
    Severity(SeverityWord),
}

/// All reply codes with one first digit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
pub enum SeverityWord {
    #[serde(rename = "4XX")]
    Transient,
    #[serde(rename = "5XX")]
    Permanent,
}

/// A class by its word.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum ClassName {
    Success,
    Transient,
    Permanent,
}

/// `[[command]]` of `commands.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    pub verb: String,
    pub name: String,
    pub status: Status,
    pub syntax: String,
    pub keyword: Option<String>,
    pub protocols: Vec<Protocol>,
    pub summary: String,
    pub advice: String,
    pub refs: Vec<Reference>,
    #[serde(default)]
    pub replies: Vec<Replies>,
}

impl Command {
    /// Whether this is a moment of the session at which a server speaks without being asked by a verb.
    pub fn is_stage(&self) -> bool {
        self.verb.starts_with(|letter: char| letter.is_ascii_lowercase())
    }
}

/// `[[command.replies]]`: what a command may be answered by.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replies {
    pub stage: Stage,
    #[serde(default)]
    pub intermediate: Vec<u16>,
    #[serde(default)]
    pub success: Vec<u16>,
    #[serde(default)]
    pub failure: Vec<u16>,
    pub keyword: Option<String>,
    pub refs: Vec<Reference>,
}

impl Replies {
    /// All codes of the row.
    pub fn codes(&self) -> impl Iterator<Item = u16> + '_ {
        [&self.intermediate, &self.success, &self.failure].into_iter().flatten().copied()
    }
}

/// When the reply comes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// At once, after the command's line.
    Command,
    /// After the end of the mail data that the command announced.
    Message,
}

/// `[[keyword]]` of `keywords.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keyword {
    pub keyword: String,
    pub text: String,
    pub title: String,
    pub status: Status,
    pub parameters: String,
    pub mail_parameters: Vec<String>,
    pub rcpt_parameters: Vec<String>,
    pub verbs: Vec<String>,
    pub protocols: Vec<Protocol>,
    pub summary: String,
    pub advice: String,
    pub refs: Vec<Reference>,
}

/// `[[party]]` of `reasons.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub id: String,
    pub title: String,
    pub summary: String,
}

/// `[[action]]` of `reasons.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    pub id: String,
    pub title: String,
    pub summary: String,
}

/// `[[reason]]` of `reasons.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub id: String,
    pub party: Option<String>,
    pub permanent: String,
    pub transient: String,
    /// Which reason wins where a reply says several things, 0 to 99: the more specific.
    pub rank: u8,
    pub title: String,
    pub summary: String,
    pub plain: String,
    pub advice: String,
}

/// The head of a file in `providers/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderHead {
    pub id: String,
    pub name: String,
    pub kind: ProviderKind,
    pub documented: bool,
    pub summary: String,
    /// Ends of host names that are its own: `google.com`.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Words by which its replies are known.
    #[serde(default)]
    pub marks: Vec<Words>,
    /// Of a blocklist: the zones or names under which others cite it.
    #[serde(default)]
    pub zones: Vec<Words>,
    /// Of a blocklist: where to ask to be taken off.
    pub removal: Option<String>,
}

/// The head of a file in `phrases/`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhrasesHead {
    /// The file's name: `en`.
    pub id: String,
    pub name: String,
}

/// `[[rule]]`: what a reply says that has these words in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub reason: String,
    /// One of these is in the text.
    pub words: Vec<Words>,
    /// None of these is.
    #[serde(default)]
    pub without: Vec<Words>,
    /// The reply code is one of these, where the reply has one: `550`, `"5xx"`.
    #[serde(default)]
    pub reply: Vec<ReplyPattern>,
    /// The enhanced code is one of these, where the reply has one.
    #[serde(default)]
    pub enhanced: Vec<EnhancedPattern>,
    /// The answer is to one of these, where the text says to what.
    #[serde(default)]
    pub phase: Vec<Phase>,
    /// The rule counts only where the provider is known by its marks or host.
    #[serde(default)]
    pub detected: bool,
    /// One of the enhanced codes must be there: without it the words may mean something else.
    #[serde(default)]
    pub coded: bool,
    /// Which rule wins where several fit, 0 to 99; the reason's own rank where it is left out.
    pub rank: Option<u8>,
    /// Left out only in a user's own file.
    #[serde(default)]
    pub sources: Vec<String>,
    pub examples: Vec<String>,
}

/// `[[retry]]` of a file in `phrases/`: words that tell when to try again, with a number before the unit that ends them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retry {
    pub id: String,
    pub words: Vec<Words>,
    /// How many seconds the unit has.
    pub seconds: u32,
    pub examples: Vec<RetryExample>,
}

/// A reply, and the seconds that it tells to wait.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryExample {
    pub text: String,
    pub seconds: u32,
}

/// When in the session a reply comes.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
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

/// One reply code, or all with one first digit.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(try_from = "ReplyPatternText")]
pub struct ReplyPattern {
    pub first: u16,
    pub last: u16,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a reply code from 200 to 599, \"4xx\" or \"5xx\"")]
enum ReplyPatternText {
    Code(u16),
    Word(String),
}

impl TryFrom<ReplyPatternText> for ReplyPattern {
    type Error = String;

    fn try_from(text: ReplyPatternText) -> Result<Self, String> {
        match text {
            ReplyPatternText::Code(code @ 200..=599) => Ok(Self { first: code, last: code }),
            ReplyPatternText::Word(word) if word == "4xx" => Ok(Self { first: 400, last: 499 }),
            ReplyPatternText::Word(word) if word == "5xx" => Ok(Self { first: 500, last: 599 }),
            ReplyPatternText::Code(code) => {
                Err(format!("expected a reply code from 200 to 599, \"4xx\" or \"5xx\", found `{code}`"))
            }
            ReplyPatternText::Word(word) => {
                Err(format!("expected a reply code from 200 to 599, \"4xx\" or \"5xx\", found `{word}`"))
            }
        }
    }
}

/// What sort of party a provider is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderKind {
    Server,
    Mailbox,
    Gateway,
    InternetProvider,
    Blocklist,
    SendingService,
}

/// `[[page]]` of a provider: where something is written, and when we read it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub id: String,
    pub title: String,
    /// Empty where the text has no public address.
    pub url: String,
    /// Year, month and day.
    pub read: String,
}

/// `[[claim]]` of a provider: what it means by a code or tag.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub enhanced: Option<EnhancedPattern>,
    pub reply: Option<u16>,
    pub tag: Option<String>,
    /// The reason that the code alone gives, where it is this provider's.
    pub reason: Option<String>,
    pub meaning: String,
    pub advice: String,
    pub departs: Option<String>,
    pub sources: Vec<String>,
}
