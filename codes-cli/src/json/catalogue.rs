//! The objects of what can be listed and searched, but not looked up.

use serde::Serialize;
use smtp_codes::{Action, Claim, Document, Party, Provider, Reason, ReasonEntry, Rule};

use super::{Meant, PageRead};

/// A reason for which servers refuse mail.
pub(crate) fn reason(entry: &'static ReasonEntry) -> impl Serialize {
    #[derive(Serialize)]
    struct Reason {
        r#type: &'static str,
        #[serde(rename = "reason")]
        id: &'static str,
        party: Option<&'static str>,
        permanent: &'static str,
        transient: &'static str,
        title: &'static str,
        summary: &'static str,
        plain: &'static str,
        advice: &'static str,
    }
    Reason {
        r#type: "reason",
        id: entry.id,
        party: entry.party.map(Party::as_str),
        permanent: Action::as_str(entry.permanent),
        transient: Action::as_str(entry.transient),
        title: entry.title,
        summary: entry.summary,
        plain: entry.plain,
        advice: entry.advice,
    }
}

/// A provider, with its pages and the numbers of its claims and rules.
pub(crate) fn provider(provider: &'static Provider) -> impl Serialize {
    #[derive(Serialize)]
    struct Listed {
        r#type: &'static str,
        provider: &'static str,
        name: &'static str,
        kind: &'static str,
        documented: bool,
        summary: &'static str,
        claims: usize,
        rules: usize,
        read: Option<&'static str>,
        sources: Vec<PageRead<'static>>,
    }
    let pages = provider.pages.iter();
    Listed {
        r#type: "provider",
        provider: provider.id,
        name: provider.name,
        kind: provider.kind.as_str(),
        documented: provider.documented,
        summary: provider.summary,
        claims: provider.claims.len(),
        rules: provider.rules().count(),
        read: provider.read(),
        sources: pages.map(PageRead::of).collect(),
    }
}

/// What a provider means by a code or tag.
pub(crate) fn claim(provider: &Provider, claim: &'static Claim) -> impl Serialize {
    #[derive(Serialize)]
    struct Listed {
        r#type: &'static str,
        reply: Option<u16>,
        enhanced: Option<String>,
        tag: Option<&'static str>,
        #[serde(flatten)]
        meant: Meant,
    }
    Listed {
        r#type: "claim",
        reply: claim.reply.map(smtp_codes::ReplyCode::as_u16),
        enhanced: claim.enhanced.map(|pattern| pattern.to_string()),
        tag: claim.tag,
        meant: Meant::of(provider, claim),
    }
}

/// A rule by which verdicts are given.
pub(crate) fn rule<'a>(rule: &'a Rule<'a>) -> impl Serialize + 'a {
    #[derive(Serialize)]
    struct Listed<'a> {
        r#type: &'static str,
        rule: &'a str,
        reason: &'static str,
        party: Option<&'static str>,
        provider: Option<&'static str>,
        words: &'a [&'a str],
        without: &'a [&'a str],
        rank: u8,
        example: &'a str,
        sources: Vec<PageRead<'a>>,
    }
    let pages = rule.sources.iter();
    Listed {
        r#type: "rule",
        rule: rule.id,
        reason: Reason::as_str(rule.reason),
        party: rule.reason.party().map(Party::as_str),
        provider: rule.provider.map(|provider| provider.id),
        words: rule.words,
        without: rule.without,
        rank: rule.rank,
        example: rule.example,
        sources: pages.map(|page| PageRead::of(page)).collect(),
    }
}

/// A document that the catalogue cites.
pub(crate) fn document(document: &'static Document) -> impl Serialize {
    #[derive(Serialize)]
    struct Cited {
        r#type: &'static str,
        document: &'static str,
        title: &'static str,
        date: &'static str,
        status: &'static str,
        obsoletes: &'static [&'static str],
        obsoleted_by: &'static [&'static str],
        url: &'static str,
    }
    Cited {
        r#type: "document",
        document: document.id,
        title: document.title,
        date: document.date,
        status: document.status,
        obsoletes: document.obsoletes,
        obsoleted_by: document.obsoleted_by,
        url: document.url,
    }
}
