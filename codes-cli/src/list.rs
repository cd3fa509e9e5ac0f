use std::io;

use smtp_codes::{Answer, Command, Document, EnhancedEntry, Keyword, Provider, Reason, ReplyEntry, Rule, RuleSet};

use crate::args::{Kind, Options};
use crate::exit::Outcome;
use crate::output::Output;
use crate::subject::{self, Subject};

/// Lists everything of one kind, one line or object each.
pub(crate) fn run(kind: Kind, reason: Option<Reason>, options: &Options, out: &mut Output) -> io::Result<Outcome> {
    let subjects = subjects(kind, reason, options);
    if subjects.is_empty() {
        out.error("the list is empty: no entry of this kind meets the options")?;
        return Ok(Outcome::Missing);
    }
    subject::write(&subjects, options, out)?;
    Ok(Outcome::Found)
}

fn subjects(kind: Kind, reason: Option<Reason>, options: &Options) -> Vec<Subject> {
    match kind {
        Kind::Replies => replies(options.command).map(|code| Subject::Answer(Answer::Reply(code))).collect(),
        Kind::Enhanced => {
            EnhancedEntry::ALL.iter().map(|entry| Subject::Answer(Answer::SubjectDetail(entry.code))).collect()
        }
        Kind::Commands => Command::all().map(|command| Subject::Answer(Answer::Command(command))).collect(),
        Kind::Keywords => Keyword::all().map(|keyword| Subject::Answer(Answer::Keyword(keyword))).collect(),
        Kind::Reasons => {
            let wanted = Reason::ALL.iter().filter(|listed| reason.is_none_or(|reason| reason == **listed));
            wanted.map(|reason| Subject::Reason(reason.entry())).collect()
        }
        Kind::Rules => rules(reason, options).map(Subject::Rule).collect(),
        Kind::Providers => providers(options).map(Subject::Provider).collect(),
        Kind::Claims => {
            let claims =
                |provider: &'static Provider| provider.claims.iter().map(move |claim| Subject::Claim(provider, claim));
            providers(options).flat_map(claims).collect()
        }
        Kind::Rfcs => Document::ALL.iter().map(Subject::Document).collect(),
    }
}

/// All reply codes, or those with which a document lets the command be answered.
fn replies(command: Option<Command>) -> impl Iterator<Item = smtp_codes::ReplyCode> {
    let codes = ReplyEntry::ALL.iter().map(|entry| entry.code);
    codes.filter(move |code| command.is_none_or(|command| command.entry().codes().any(|listed| listed == *code)))
}

/// All rules, or those of the reason and provider that were asked for.
fn rules(reason: Option<Reason>, options: &Options) -> impl Iterator<Item = &'static Rule<'static>> {
    let only = options.provider.map(|provider| provider.id);
    let is_wanted = move |rule: &&Rule| {
        reason.is_none_or(|reason| reason == rule.reason)
            && only.is_none_or(|id| rule.provider.is_some_and(|provider| provider.id == id))
    };
    RuleSet::builtin().rules().iter().filter(is_wanted)
}

/// All providers, or the one that was asked for.
fn providers(options: &Options) -> impl Iterator<Item = &'static Provider> {
    let only = options.provider.map(|provider| provider.id);
    Provider::ALL.iter().filter(move |provider| only.is_none_or(|id| id == provider.id))
}
