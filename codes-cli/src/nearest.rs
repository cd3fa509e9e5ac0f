use smtp_codes::{
    Answer, Class, EnhancedEntry, EnhancedPattern, Item, ReplyCode, ReplyEntry, SubjectDetail, SubjectEntry, lookup,
    search,
};

/// How many a message names.
const NAMED: usize = 3;

/// The listed codes that come nearest to one that is not: those that differ in the fewest places, and there by the least.
pub(crate) fn codes(answer: Answer) -> Vec<String> {
    match answer {
        Answer::Reply(code) => replies(code),
        Answer::Enhanced(code) => enhanced(Some(code.class()), code.subject_detail()),
        Answer::SubjectDetail(code) => enhanced(None, code),
        Answer::Subject(class, subject) => subjects(class, subject),
        _ => Vec::new(),
    }
}

fn replies(code: ReplyCode) -> Vec<String> {
    let same_severity =
        ReplyEntry::ALL.iter().map(|entry| entry.code).filter(|other| other.severity() == code.severity());
    let digits = |code: ReplyCode| [code.as_u16() / 10 % 10, code.as_u16() % 10];
    let distance = |other: &ReplyCode| {
        let differing = digits(code).iter().zip(digits(*other)).filter(|(one, other)| **one != *other).count();
        (differing, code.as_u16().abs_diff(other.as_u16()))
    };
    nearest(same_severity, distance).iter().map(ReplyCode::to_string).collect()
}

fn enhanced(class: Option<Class>, code: SubjectDetail) -> Vec<String> {
    let distance = |other: &SubjectDetail| {
        let (subject, detail) = (code.subject().abs_diff(other.subject()), code.detail().abs_diff(other.detail()));
        (u8::from(subject > 0) + u8::from(detail > 0), subject, detail)
    };
    let found = nearest(EnhancedEntry::ALL.iter().map(|entry| entry.code), distance);
    let shown =
        |code: &SubjectDetail| class.map_or_else(|| code.to_string(), |class| code.with_class(class).to_string());
    found.iter().map(shown).collect()
}

fn subjects(class: Option<Class>, subject: u16) -> Vec<String> {
    let all = SubjectEntry::ALL.iter().map(|entry| entry.subject);
    let found = nearest(all, |other| subject.abs_diff(*other));
    found.iter().map(|subject| EnhancedPattern::of_subject(class, *subject).to_string()).collect()
}

fn nearest<T, D: Ord>(all: impl Iterator<Item = T>, distance: impl Fn(&T) -> D) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_by_key(|other| distance(other));
    all.truncate(NAMED);
    all
}

/// What a word that is no code, command or keyword may have been meant for, each with its title.
pub(crate) fn words(word: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for hit in search(word) {
        let name = match hit.item {
            Item::Reply(entry) => format!("{} ({})", entry.code, entry.title),
            Item::Enhanced(entry) => format!("{} ({})", entry.code, entry.title),
            Item::Command(entry) => entry.verb.to_owned(),
            Item::Keyword(entry) => entry.keyword.to_owned(),
            Item::Claim(provider, claim) => format!("{claim} ({})", provider.name),
            // A reason can't be looked up.
            _ => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(NAMED);
    names
}

/// The code that a malformed one looks like: letters that look like digits replaced, zeros in front and what is too much left
/// off, the rest of a subject put in its place.
pub(crate) fn lookalike(word: &str) -> Option<String> {
    let digits: String = word.chars().take(LONGEST).map(digit).collect();
    let parts = digits.split('.').map(|part| match part.trim_start_matches('0') {
        "" if !part.is_empty() => "0",
        number => number,
    });
    let code = parts.collect::<Vec<_>>().join(".");
    let shorter = (1..=code.len()).rev().filter_map(|end| code.get(..end));
    shorter.flat_map(|code| [code.to_owned(), format!("{}.x", code.trim_end_matches('.'))]).find(|code| is_listed(code))
}

/// No code is longer than this.
const LONGEST: usize = 16;

fn digit(letter: char) -> char {
    match letter {
        'O' | 'o' | 'Q' | 'D' => '0',
        'I' | 'l' | 'i' | '|' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'B' => '8',
        ',' | '-' | ':' | '_' => '.',
        other => other,
    }
}

fn is_listed(code: &str) -> bool {
    let answers = lookup(code).map(Iterator::collect::<Vec<_>>).unwrap_or_default();
    matches!(answers[..], [answer] if answer.is_listed())
}

#[cfg(test)]
mod tests {
    use super::lookalike;

    #[track_caller]
    fn is_taken_for(word: &str, code: &str) {
        assert_eq!(lookalike(word).as_deref(), Some(code));
    }

    #[test]
    fn a_malformed_code_is_taken_for_a_listed_one() {
        is_taken_for("55O", "550");
        is_taken_for("S5o", "550");
        is_taken_for("5500", "550");
        is_taken_for("5.1.1.1", "5.1.1");
        is_taken_for("5.l.1", "5.1.1");
        is_taken_for("5,1,1", "5.1.1");
        is_taken_for("5.07.1", "5.7.1");
        is_taken_for("5.7", "5.7.x");
        is_taken_for("5.1.x.y", "5.1.x");
        is_taken_for("550\u{1b}[31m", "550");
    }

    #[test]
    fn what_is_like_no_code_is_taken_for_none() {
        for word in ["", "600", "6xx", "1", ".", "...", "满", "99999999999999999999", "0"] {
            assert_eq!(lookalike(word), None, "{word}");
        }
    }
}
