use smtp_codes::{
    Answer, Claim, ClassEntry, Command, CommandEntry, EnhancedEntry, EnhancedPattern, KeywordEntry, Meaning, Provider,
    Reference, ReplyCode, ReplyEntry, SeverityEntry, Status, SubjectDetail, SubjectEntry,
};

/// What the standard's part of the catalogue says of any answer, whatever its kind.
#[derive(Debug)]
pub(crate) struct Facts {
    /// The constant's name, or what a verb or keyword stands for.
    pub(crate) name: &'static str,
    /// What it says, in a few words.
    pub(crate) title: &'static str,
    pub(crate) status: Status,
    pub(crate) summary: &'static str,
    pub(crate) advice: &'static str,
    pub(crate) refs: Vec<Reference>,
}

impl Facts {
    /// The facts about an answer, or `None` where the catalogue does not list it.
    pub(crate) fn of(answer: Answer) -> Option<Self> {
        match answer {
            Answer::Reply(code) => code.entry().map(Self::from),
            Answer::Severity(severity) => Some(Self::from(severity.entry())),
            Answer::Enhanced(code) => code.entry().map(Self::from),
            Answer::SubjectDetail(code) => code.entry().map(Self::from),
            Answer::Subject(_, subject) => subject_entry(subject).map(Self::from),
            Answer::Class(class) => Some(Self::from(class.entry())),
            Answer::Command(command) => Some(Self::from(command.entry())),
            Answer::Keyword(keyword) => Some(Self::from(keyword.entry())),
            Answer::Tag(provider, claim) => Some(Self {
                name: provider.name,
                title: provider.name,
                status: Status::Private,
                summary: claim.meaning,
                advice: claim.advice,
                refs: Vec::new(),
            }),
            _ => None,
        }
    }
}

/// What the catalogue says of a subject of enhanced codes.
pub(crate) fn subject_entry(subject: u16) -> Option<&'static SubjectEntry> {
    SubjectDetail::new(subject, 0)?.subject_entry()
}

/// How an answer is written: `550`, `4xx`, `5.2.x`, `STARTTLS`.
pub(crate) fn code(answer: Answer) -> String {
    match answer {
        Answer::Reply(code) => code.to_string(),
        Answer::Severity(severity) => format!("{}xx", severity.digit()),
        Answer::Enhanced(code) => code.to_string(),
        Answer::SubjectDetail(code) => code.to_string(),
        Answer::Subject(class, subject) => EnhancedPattern::of_subject(class, subject).to_string(),
        Answer::Class(class) => format!("{}.x.x", class.digit()),
        Answer::Command(command) => command.to_string(),
        Answer::Keyword(keyword) => keyword.to_string(),
        Answer::Tag(_, claim) => claim.to_string(),
        _ => String::new(),
    }
}

/// What a reply code means, or what in answer to one command: the meanings that name it, else those for any command.
pub(crate) fn meanings(code: ReplyCode, command: Option<Command>) -> impl Iterator<Item = &'static Meaning> {
    let all = code.entry().map_or(&[][..], |entry| entry.meanings);
    let names = move |meaning: &Meaning| command.is_none_or(|command| meaning.commands.contains(&command));
    let is_named = all.iter().any(names);
    all.iter().filter(move |meaning| if is_named { names(meaning) } else { meaning.commands.is_empty() })
}

/// References, each place once: several of them may differ in nothing but the words that prove them.
pub(crate) fn distinct<'a>(refs: impl IntoIterator<Item = &'a Reference>) -> Vec<Reference> {
    let mut distinct: Vec<Reference> = Vec::new();
    for reference in refs {
        let is_same =
            |other: &Reference| (other.document.id, other.section) == (reference.document.id, reference.section);
        if !distinct.iter().any(is_same) {
            distinct.push(*reference);
        }
    }
    distinct
}

/// What providers mean by an answer: one provider, or all by their ids. A claim on the very code comes before a wildcard.
pub(crate) fn claims(answer: Answer, only: Option<&Provider>) -> Vec<(&'static Provider, &'static Claim)> {
    let wanted = |provider: &Provider| only.is_none_or(|only| only.id == provider.id);
    let mut claims: Vec<_> = answer.claims().filter(|(provider, _)| wanted(provider)).collect();
    let is_wide = |claim: &Claim| claim.enhanced.is_some_and(|pattern| pattern.detail().is_none());
    claims.sort_by_key(|(provider, claim)| (provider.id, is_wide(claim)));
    claims
}

impl From<&ReplyEntry> for Facts {
    fn from(entry: &ReplyEntry) -> Self {
        Self {
            name: entry.name,
            title: entry.title,
            status: entry.status,
            summary: entry.summary,
            advice: entry.advice,
            refs: distinct(entry.meanings.iter().flat_map(|meaning| meaning.refs)),
        }
    }
}

impl From<&CommandEntry> for Facts {
    fn from(entry: &CommandEntry) -> Self {
        Self {
            name: entry.name,
            title: entry.name,
            status: entry.status,
            summary: entry.summary,
            advice: entry.advice,
            refs: distinct(entry.refs),
        }
    }
}

impl From<&KeywordEntry> for Facts {
    fn from(entry: &KeywordEntry) -> Self {
        Self {
            name: entry.text,
            title: entry.title,
            status: entry.status,
            summary: entry.summary,
            advice: entry.advice,
            refs: distinct(entry.refs),
        }
    }
}

impl From<&EnhancedEntry> for Facts {
    fn from(entry: &EnhancedEntry) -> Self {
        Self {
            name: entry.name,
            title: entry.title,
            status: entry.status,
            summary: entry.summary,
            advice: entry.advice,
            refs: distinct(entry.refs),
        }
    }
}

/// Severities, classes and subjects have no status of their own: the documents that define them are in force.
macro_rules! facts_of_a_group {
    ($($entry:ty),*) => {$(
        impl From<&$entry> for Facts {
            fn from(entry: &$entry) -> Self {
                Self {
                    name: entry.name,
                    title: entry.title,
                    status: Status::Standard,
                    summary: entry.summary,
                    advice: entry.advice,
                    refs: distinct(entry.refs),
                }
            }
        }
    )*};
}

facts_of_a_group!(SeverityEntry, ClassEntry, SubjectEntry);
