use serde::Serialize;
use smtp_codes::{
    Answer, BasicCodes, Class, Command, EnhancedEntry, Meaning, Protocol, Replies, ReplyCode, ReplyEntry,
    SubjectDetail, SubjectEntry,
};

use super::{Source, class, sources};
use crate::args::Options;
use crate::facts;

/// The fields that only one kind of answer has.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Particular {
    Reply {
        class: &'static str,
        commands: Vec<&'static str>,
        meanings: Vec<InContext>,
    },
    Enhanced {
        class: Option<&'static str>,
        subject: u16,
        detail: u16,
        text: Option<&'static str>,
        registered: Option<String>,
        basic_codes: Vec<BasicCode>,
        other_basic_codes: bool,
        classes: Vec<&'static str>,
    },
    Group {
        class: Option<&'static str>,
        text: Option<&'static str>,
        codes: Vec<BasicCode>,
    },
    Command {
        syntax: &'static str,
        keyword: Option<&'static str>,
        protocols: Vec<&'static str>,
        replies: Vec<Answers>,
    },
    Keyword {
        text: &'static str,
        parameters: &'static str,
        mail_parameters: &'static [&'static str],
        rcpt_parameters: &'static [&'static str],
        verbs: Vec<&'static str>,
        protocols: Vec<&'static str>,
    },
    Tag {},
}

impl Particular {
    pub(super) fn of(answer: Answer, options: &Options) -> Self {
        match answer {
            Answer::Reply(code) => Self::Reply {
                class: class(code.severity()),
                commands: Command::answered_by(code).map(Command::verb).collect(),
                meanings: facts::meanings(code, options.command).map(InContext::from).collect(),
            },
            Answer::Enhanced(code) => Self::enhanced(Some(code.class()), code.subject_detail()),
            Answer::SubjectDetail(code) => Self::enhanced(None, code),
            Answer::Severity(severity) => {
                let entries = ReplyEntry::ALL.iter().filter(|entry| entry.code.severity() == severity);
                Self::Group {
                    class: Some(class(severity)),
                    text: Some(severity.entry().text),
                    codes: entries.map(|entry| BasicCode::Reply(entry.code.as_u16())).collect(),
                }
            }
            Answer::Class(class) => Self::Group {
                class: Some(of_class(class)),
                text: Some(class.entry().text),
                codes: SubjectEntry::ALL
                    .iter()
                    .map(|entry| BasicCode::Pattern(facts::code(Answer::Subject(Some(class), entry.subject))))
                    .collect(),
            },
            Answer::Subject(class, subject) => {
                let entries = EnhancedEntry::ALL.iter().filter(|entry| entry.code.subject() == subject);
                let code = |entry: &EnhancedEntry| {
                    class.map_or_else(|| entry.code.to_string(), |class| entry.code.with_class(class).to_string())
                };
                Self::Group {
                    class: class.map(of_class),
                    text: facts::subject_entry(subject).map(|entry| entry.text),
                    codes: entries.map(|entry| BasicCode::Pattern(code(entry))).collect(),
                }
            }
            Answer::Command(command) => {
                let entry = command.entry();
                Self::Command {
                    syntax: entry.syntax,
                    keyword: entry.keyword,
                    protocols: protocols(entry.protocols),
                    replies: entry.replies.iter().map(Answers::from).collect(),
                }
            }
            Answer::Keyword(keyword) => {
                let entry = keyword.entry();
                Self::Keyword {
                    text: entry.text,
                    parameters: entry.parameters,
                    mail_parameters: entry.mail_parameters,
                    rcpt_parameters: entry.rcpt_parameters,
                    verbs: entry.verbs.iter().map(|command| command.verb()).collect(),
                    protocols: protocols(entry.protocols),
                }
            }
            _ => Self::Tag {},
        }
    }

    fn enhanced(class: Option<Class>, code: SubjectDetail) -> Self {
        let entry = code.entry();
        let (basic_codes, other_basic_codes) = entry.map_or((Vec::new(), false), |entry| basic(entry.basic_codes));
        Self::Enhanced {
            class: class.map(of_class),
            subject: code.subject(),
            detail: code.detail(),
            text: entry.map(|entry| entry.text),
            registered: entry.map(|entry| entry.code.to_string()),
            basic_codes,
            other_basic_codes,
            classes: entry.map_or(Vec::new(), |entry| entry.classes.iter().copied().map(of_class).collect()),
        }
    }
}

/// What a reply code says in answer to some commands.
#[derive(Debug, Serialize)]
pub(super) struct InContext {
    commands: Vec<&'static str>,
    text: &'static str,
    summary: &'static str,
    keyword: Option<&'static str>,
    status: &'static str,
    refs: Vec<Source>,
}

impl From<&Meaning> for InContext {
    fn from(meaning: &Meaning) -> Self {
        Self {
            commands: meaning.commands.iter().map(|command| command.verb()).collect(),
            text: meaning.text,
            summary: meaning.summary,
            keyword: meaning.keyword,
            status: meaning.status.as_str(),
            refs: sources(&facts::distinct(meaning.refs)),
        }
    }
}

/// A code as a number, or as text where it is a pattern or an enhanced code.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum BasicCode {
    Reply(u16),
    Pattern(String),
}

/// The registry's basic codes, `any` for any, and whether others are allowed beside them.
fn basic(codes: BasicCodes) -> (Vec<BasicCode>, bool) {
    match codes {
        BasicCodes::Any => (vec![BasicCode::Pattern("any".to_owned())], true),
        BasicCodes::Listed { codes, severities, others } => {
            let codes = codes.iter().map(|code| BasicCode::Reply(code.as_u16()));
            let severities = severities.iter().map(|severity| BasicCode::Pattern(format!("{}xx", severity.digit())));
            (codes.chain(severities).collect(), others)
        }
        _ => (Vec::new(), false),
    }
}

/// What a command may be answered by.
#[derive(Debug, Serialize)]
pub(super) struct Answers {
    stage: &'static str,
    keyword: Option<&'static str>,
    intermediate: Vec<u16>,
    success: Vec<u16>,
    failure: Vec<u16>,
    refs: Vec<Source>,
}

impl From<&Replies> for Answers {
    fn from(row: &Replies) -> Self {
        let numbers = |codes: &[ReplyCode]| codes.iter().map(|code| code.as_u16()).collect();
        Self {
            stage: if row.after_data { "message" } else { "command" },
            keyword: row.keyword,
            intermediate: numbers(row.intermediate),
            success: numbers(row.success),
            failure: numbers(row.failure),
            refs: sources(&facts::distinct(row.refs)),
        }
    }
}

fn protocols(protocols: &[Protocol]) -> Vec<&'static str> {
    protocols.iter().map(|protocol| protocol.as_str()).collect()
}

fn of_class(class: Class) -> &'static str {
    match class {
        Class::Success => "success",
        Class::Transient => "transient",
        Class::Permanent => "permanent",
    }
}
