//! Checks over the model: order, names, ids, and the documents that references lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use crate::entry::Entry;
use crate::fault::Fault;
use crate::load::{Model, Phrases, Provider};
use crate::reference::Reference;
use crate::relation;
use crate::schema::{BasicCode, BasicCodes, Document, Page, Rule, Status};

pub(crate) fn check(model: &Model, faults: &mut Vec<Fault>) {
    order(model, faults);
    names(model, faults);
    ids(model, faults);
    numbers(model, faults);
    references(model, faults);
    relation::check(model, faults);
    let reasons: BTreeSet<&str> = model.reasons.iter().map(|reason| reason.id.as_str()).collect();
    for phrases in &model.phrases {
        check_phrases(phrases, &reasons, faults);
    }
    for provider in &model.providers {
        check_provider(provider, &reasons, faults);
        for claim in &provider.claims {
            known_reason(claim, claim.reason.as_ref(), &reasons, faults);
        }
    }
    for entry in &model.replies {
        known_reason(entry, entry.reason.as_ref(), &reasons, faults);
    }
    for entry in &model.enhanced {
        known_reason(entry, entry.reason.as_ref(), &reasons, faults);
    }
}

fn order(model: &Model, faults: &mut Vec<Fault>) {
    ascending(&model.documents, "id", document_order, faults);
    ascending(&model.severities, "digit", |severity| severity.digit, faults);
    ascending(&model.replies, "code", |reply| reply.code, faults);
    ascending(&model.classes, "class", |class| class.class, faults);
    ascending(&model.subjects, "subject", |subject| subject.subject, faults);
    ascending(&model.enhanced, "detail", |code| (code.subject, code.detail), faults);
    ascending(&model.commands, "verb", |command| (command.is_stage(), command.verb.clone()), faults);
    ascending(&model.keywords, "keyword", |keyword| keyword.keyword.clone(), faults);
}

/// RFCs by number, then the others by name.
fn document_order(document: &Document) -> (bool, u16, String) {
    (document.rfc_number().is_none(), document.rfc_number().unwrap_or(0), document.id.clone())
}

/// Each entry is greater than the one before, so that there is no duplicate either.
fn ascending<T, K: Ord>(entries: &[Entry<T>], key: &str, rank: impl Fn(&T) -> K, faults: &mut Vec<Fault>) {
    for pair in entries.windows(2) {
        match rank(&pair[0]).cmp(&rank(&pair[1])) {
            std::cmp::Ordering::Less => {}
            std::cmp::Ordering::Equal => {
                let expected = format!("no second {}", pair[0].label());
                faults.push(pair[1].fault(key, expected, format!("one more, the first is on line {}", pair[0].line())));
            }
            std::cmp::Ordering::Greater => {
                let found = format!("{} before it", pair[0].label());
                faults.push(pair[1].fault(key, "ascending order", found));
            }
        }
    }
}

fn names(model: &Model, faults: &mut Vec<Fault>) {
    constants(&model.replies, |reply| &reply.name, faults);
    constants(&model.severities, |severity| &severity.name, faults);
    constants(&model.classes, |class| &class.name, faults);
    constants(&model.subjects, |subject| &subject.name, faults);
    constants(&model.enhanced, |code| &code.name, faults);
    unique(&model.replies, "title", |reply| &reply.title, faults);
    unique(&model.parties, "id", |party| &party.id, faults);
    unique(&model.actions, "id", |action| &action.id, faults);
    unique(&model.reasons, "id", |reason| &reason.id, faults);
    for entry in &model.commands {
        let legal = entry.is_stage() || is_verb(&entry.verb);
        if !legal {
            faults.push(entry.fault("verb", "upper-case letters, digits and hyphens", format!("`{}`", entry.verb)));
        }
    }
    for entry in &model.keywords {
        if !is_verb(&entry.keyword) {
            let found = format!("`{}`", entry.keyword);
            faults.push(entry.fault("keyword", "upper-case letters, digits and hyphens", found));
        }
    }
}

fn is_verb(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

fn constants<T>(entries: &[Entry<T>], name: impl Fn(&T) -> &String, faults: &mut Vec<Fault>) {
    unique(entries, "name", &name, faults);
    for entry in entries {
        let name = name(entry);
        let legal = name.starts_with(|letter: char| letter.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        if !legal {
            faults.push(entry.fault("name", "a constant's name in UPPER_SNAKE", format!("`{name}`")));
        }
    }
}

fn unique<T>(entries: &[Entry<T>], key: &str, value: impl Fn(&T) -> &String, faults: &mut Vec<Fault>) {
    let mut seen = BTreeMap::new();
    for entry in entries {
        if let Some(first) = seen.insert(value(entry).clone(), entry.line()) {
            let found = format!("`{}` once more, the first is on line {first}", value(entry));
            faults.push(entry.fault(key, "a unique value", found));
        }
    }
}

fn ids(model: &Model, faults: &mut Vec<Fault>) {
    let verbs: BTreeSet<&str> = model.commands.iter().map(|command| command.verb.as_str()).collect();
    let keywords: BTreeSet<&str> = model.keywords.iter().map(|keyword| keyword.keyword.as_str()).collect();
    let actions: BTreeSet<&str> = model.actions.iter().map(|action| action.id.as_str()).collect();
    let parties: BTreeSet<&str> = model.parties.iter().map(|party| party.id.as_str()).collect();
    let replies: BTreeSet<u16> = model.replies.iter().map(|reply| reply.code).collect();

    for entry in &model.replies {
        for (index, meaning) in entry.meanings.iter().enumerate() {
            for (place, verb) in meaning.commands.iter().enumerate() {
                known(entry, &format!("meaning[{index}].commands[{place}]"), verb, &verbs, "commands.toml", faults);
            }
            if let Some(keyword) = &meaning.keyword {
                known(entry, &format!("meaning[{index}].keyword"), keyword, &keywords, "keywords.toml", faults);
            }
        }
    }
    for entry in &model.commands {
        if let Some(keyword) = &entry.keyword {
            known(entry, "keyword", keyword, &keywords, "keywords.toml", faults);
        }
        for (index, row) in entry.replies.iter().enumerate() {
            if let Some(keyword) = &row.keyword {
                known(entry, &format!("replies[{index}].keyword"), keyword, &keywords, "keywords.toml", faults);
            }
            for code in row.codes() {
                if !replies.contains(&code) {
                    let expected = "reply codes of replies.toml";
                    faults.push(entry.fault(&format!("replies[{index}]"), expected, code.to_string()));
                }
            }
        }
    }
    for entry in &model.keywords {
        for (index, verb) in entry.verbs.iter().enumerate() {
            known(entry, &format!("verbs[{index}]"), verb, &verbs, "commands.toml", faults);
        }
    }
    for entry in &model.reasons {
        if let Some(party) = &entry.party {
            known(entry, "party", party, &parties, "[[party]]", faults);
        }
        known(entry, "permanent", &entry.permanent, &actions, "[[action]]", faults);
        known(entry, "transient", &entry.transient, &actions, "[[action]]", faults);
        let condemns = entry.permanent == "suppress" || entry.transient == "suppress";
        if entry.rank > 99 {
            faults.push(entry.fault("rank", "0 to 99", entry.rank.to_string()));
        }
        if condemns && entry.party.as_deref() != Some("recipient") {
            faults.push(entry.fault("permanent", "an action other than `suppress`", "`suppress`"));
        }
    }
}

fn known_reason<T>(entry: &Entry<T>, reason: Option<&String>, reasons: &BTreeSet<&str>, faults: &mut Vec<Fault>) {
    if let Some(reason) = reason {
        is_reason(entry, reason, reasons, faults);
    }
}

/// A user's file has no `reasons.toml` beside it, so the message names none.
fn is_reason<T>(entry: &Entry<T>, reason: &str, reasons: &BTreeSet<&str>, faults: &mut Vec<Fault>) {
    if !reasons.contains(reason) {
        faults.push(entry.fault("reason", "a reason of the catalogue", format!("`{reason}`")));
    }
}

fn known<T>(entry: &Entry<T>, key: &str, id: &str, ids: &BTreeSet<&str>, place: impl Display, faults: &mut Vec<Fault>) {
    if !ids.contains(id) {
        faults.push(entry.fault(key, format!("an entry of {place}"), format!("`{id}`")));
    }
}

/// Numbers are in their ranges, and lists of them ascend.
fn numbers(model: &Model, faults: &mut Vec<Fault>) {
    for entry in &model.replies {
        if !(200..=599).contains(&entry.code) {
            faults.push(entry.fault("code", "200 to 599", entry.code.to_string()));
        }
        if entry.meanings.is_empty() {
            faults.push(entry.fault("meaning", "at least one", "none"));
        }
    }
    digits(&model.severities, "severity", |severity| severity.digit, &[2, 3, 4, 5], faults);
    digits(&model.classes, "class", |class| class.class, &[2, 4, 5], faults);
    let subjects: BTreeSet<u16> = model.subjects.iter().map(|subject| subject.subject).collect();
    for entry in &model.enhanced {
        if !subjects.contains(&entry.subject) {
            faults.push(entry.fault("subject", "one of the [[subject]] tables", entry.subject.to_string()));
        }
        if entry.detail > 999 {
            faults.push(entry.fault("detail", "0 to 999", entry.detail.to_string()));
        }
        if entry.classes.is_empty() != entry.classes_ref.is_none() {
            faults.push(entry.fault("classes_ref", "a reference exactly where `classes` says something", "otherwise"));
        }
        if let BasicCodes::Listed(codes) = &entry.basic_codes {
            let listed: Vec<u16> = codes
                .iter()
                .filter_map(|code| match code {
                    BasicCode::Code(code) => Some(*code),
                    BasicCode::Severity(_) => None,
                })
                .collect();
            ascending_codes(entry, "basic_codes", &listed, faults);
        }
    }
    for entry in &model.commands {
        for (index, row) in entry.replies.iter().enumerate() {
            for (key, codes) in
                [("intermediate", &row.intermediate), ("success", &row.success), ("failure", &row.failure)]
            {
                ascending_codes(entry, &format!("replies[{index}].{key}"), codes, faults);
                let legal = |code: &u16| match key {
                    "intermediate" => code / 100 == 3,
                    "success" => code / 100 == 2,
                    _ => matches!(code / 100, 4 | 5),
                };
                if let Some(code) = codes.iter().find(|code| !legal(code)) {
                    let expected = format!("only codes of that severity under `{key}`");
                    faults.push(entry.fault(&format!("replies[{index}].{key}"), expected, code.to_string()));
                }
            }
        }
    }
}

/// A closed set of entries is there whole, as types are made from it.
fn digits<T>(entries: &[Entry<T>], kind: &str, digit: impl Fn(&T) -> u8, all: &[u8], faults: &mut Vec<Fault>) {
    for entry in entries.iter().filter(|entry| !all.contains(&digit(entry))) {
        faults.push(entry.fault(kind, format!("one of {all:?}"), digit(entry).to_string()));
    }
    for missing in all.iter().filter(|wanted| !entries.iter().any(|entry| digit(entry) == **wanted)) {
        let file = if kind == "class" { "enhanced.toml" } else { "replies.toml" };
        faults.push(Fault {
            file: file.to_owned(),
            line: 1,
            entry: format!("{kind} {missing}"),
            key: String::new(),
            expected: "an entry".to_owned(),
            found: "none".to_owned(),
        });
    }
}

fn ascending_codes<T>(entry: &Entry<T>, key: &str, codes: &[u16], faults: &mut Vec<Fault>) {
    if !codes.is_sorted_by(|a, b| a < b) {
        faults.push(entry.fault(key, "codes in ascending order", format!("{codes:?}")));
    }
}

fn references(model: &Model, faults: &mut Vec<Fault>) {
    let documents: BTreeMap<&str, &Document> =
        model.documents.iter().map(|document| (document.id.as_str(), &**document)).collect();
    for entry in &model.documents {
        let legal_date = entry.date.len() == 7
            && entry
                .date
                .bytes()
                .enumerate()
                .all(|(at, byte)| if at == 4 { byte == b'-' } else { byte.is_ascii_digit() });
        if !legal_date {
            faults.push(entry.fault("date", "a year and month like `2008-10`", format!("`{}`", entry.date)));
        }
        if entry.rfc_number().is_none() && entry.url.is_none() {
            faults.push(entry.fault("url", "an address, as this is no RFC", "none"));
        }
    }
    let mut cite = Citations { documents: &documents, faults };
    for entry in &model.replies {
        for (index, meaning) in entry.meanings.iter().enumerate() {
            let status = meaning.status.unwrap_or(entry.status);
            cite.check(entry, &format!("meaning[{index}].refs"), &meaning.refs, status);
        }
    }
    for entry in &model.severities {
        cite.check(entry, "refs", &entry.refs, Status::Standard);
    }
    for entry in &model.classes {
        cite.check(entry, "refs", &entry.refs, Status::Standard);
    }
    for entry in &model.subjects {
        cite.check(entry, "refs", &entry.refs, Status::Standard);
    }
    for entry in &model.enhanced {
        cite.check(entry, "refs", &entry.refs, entry.status);
        if let Some(reference) = &entry.classes_ref {
            cite.known(entry, "classes_ref", reference);
        }
    }
    for entry in &model.commands {
        cite.check(entry, "refs", &entry.refs, entry.status);
        for (index, row) in entry.replies.iter().enumerate() {
            cite.check(entry, &format!("replies[{index}].refs"), &row.refs, entry.status);
        }
    }
    for entry in &model.keywords {
        cite.check(entry, "refs", &entry.refs, entry.status);
    }
}

struct Citations<'a> {
    documents: &'a BTreeMap<&'a str, &'a Document>,
    faults: &'a mut Vec<Fault>,
}

impl Citations<'_> {
    /// Every document is known; one that was replaced stands only behind a successor, or under a status that says so.
    fn check<T>(&mut self, entry: &Entry<T>, key: &str, refs: &[Reference], status: Status) {
        if refs.is_empty() {
            self.faults.push(entry.fault(key, "at least one reference", "none"));
        }
        for (index, reference) in refs.iter().enumerate() {
            let key = format!("{key}[{index}]");
            self.known(entry, &key, reference);
            let cited_before = |id: &String| refs[..index].iter().any(|earlier| earlier.document == *id);
            let Some(document) = self.documents.get(reference.document.as_str()) else { continue };
            let replaced = !document.obsoleted_by.is_empty();
            if replaced && status == Status::Standard && !self.successors(document).iter().any(cited_before) {
                let expected = format!("its successor cited before it ({})", document.obsoleted_by.join(", "));
                self.faults.push(entry.fault(&key, expected, format!("the obsolete {} alone", document.id)));
            }
        }
    }

    fn known<T>(&mut self, entry: &Entry<T>, key: &str, reference: &Reference) {
        if !self.documents.contains_key(reference.document.as_str()) {
            let found = format!("`{}`", reference.document);
            self.faults.push(entry.fault(key, "a document of rfcs.toml", found));
        }
    }

    /// All documents that came after one, near and far.
    fn successors(&self, document: &Document) -> Vec<String> {
        let mut all = document.obsoleted_by.clone();
        let mut next = 0;
        while next < all.len() {
            let further = self.documents.get(all[next].as_str()).map_or(&[][..], |document| &document.obsoleted_by);
            for id in further {
                if !all.contains(id) {
                    all.push(id.clone());
                }
            }
            next += 1;
        }
        all
    }
}

fn check_provider(provider: &Provider, reasons: &BTreeSet<&str>, faults: &mut Vec<Fault>) {
    let head = &provider.head;
    let file_id = head.file().trim_start_matches("providers/").trim_end_matches(".toml");
    if head.id != file_id {
        faults.push(head.fault("id", format!("the file's name, `{file_id}`"), format!("`{}`", head.id)));
    }
    let pages = check_pages(&provider.pages, faults);
    check_rules(file_id, &provider.rules, &pages, reasons, faults);
    for rule in &provider.rules {
        has_source(rule, &rule.sources, faults);
    }
    let rank = |claim: &crate::schema::Claim| {
        let enhanced = claim.enhanced.as_ref().map(crate::EnhancedPattern::order);
        (enhanced.is_none(), enhanced, claim.reply, claim.tag.clone())
    };
    ascending(&provider.claims, "enhanced", rank, faults);
    for claim in &provider.claims {
        if claim.enhanced.is_none() && claim.reply.is_none() && claim.tag.is_none() {
            faults.push(claim.fault("enhanced", "at least one of `enhanced`, `reply` and `tag`", "none"));
        }
        has_source(claim, &claim.sources, faults);
        sources(claim, &claim.sources, &pages, faults);
    }
}

/// The ids of a file's pages, each read on a day.
fn check_pages<'a>(pages: &'a [Entry<Page>], faults: &mut Vec<Fault>) -> BTreeSet<&'a str> {
    unique(pages, "id", |page| &page.id, faults);
    for page in pages {
        let legal = page.read.len() == 10
            && page.read.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !legal {
            faults.push(page.fault("read", "a day like `2026-11-23`", format!("`{}`", page.read)));
        }
    }
    pages.iter().map(|page| page.id.as_str()).collect()
}

fn has_source<T>(entry: &Entry<T>, sources: &[String], faults: &mut Vec<Fault>) {
    if sources.is_empty() {
        faults.push(entry.fault("sources", "at least one page", "none"));
    }
}

/// Every source is a page of the same file.
fn sources<T>(entry: &Entry<T>, sources: &[String], pages: &BTreeSet<&str>, faults: &mut Vec<Fault>) {
    for (index, source) in sources.iter().enumerate() {
        known(entry, &format!("sources[{index}]"), source, pages, "this file's [[page]] tables", faults);
    }
}

/// Rules of one file: their ids begin with the file's, and are unique with it.
fn check_rules(
    file_id: &str,
    rules: &[Entry<Rule>],
    pages: &BTreeSet<&str>,
    reasons: &BTreeSet<&str>,
    faults: &mut Vec<Fault>,
) {
    unique(rules, "id", |rule| &rule.id, faults);
    for rule in rules {
        let legal = rule.id.strip_prefix(file_id).and_then(|rest| rest.strip_prefix('-')).is_some_and(|rest| {
            !rest.is_empty()
                && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        });
        if !legal {
            let expected = format!("`{file_id}-` and lower-case letters, digits and hyphens");
            faults.push(rule.fault("id", expected, format!("`{}`", rule.id)));
        }
        is_reason(rule, &rule.reason, reasons, faults);
        for (key, empty) in [("words", rule.words.is_empty()), ("examples", rule.examples.is_empty())] {
            if empty {
                faults.push(rule.fault(key, "at least one", "none"));
            }
        }
        if let Some(rank) = rule.rank.filter(|rank| *rank > 99) {
            faults.push(rule.fault("rank", "0 to 99", rank.to_string()));
        }
        sources(rule, &rule.sources, pages, faults);
    }
}

fn check_phrases(phrases: &Phrases, reasons: &BTreeSet<&str>, faults: &mut Vec<Fault>) {
    let head = &phrases.head;
    let file_id = head.file().trim_start_matches("phrases/").trim_end_matches(".toml");
    if head.id != file_id {
        faults.push(head.fault("id", format!("the file's name, `{file_id}`"), format!("`{}`", head.id)));
    }
    for rule in &phrases.rules {
        has_source(rule, &rule.sources, faults);
    }
    check_rules_of_all(phrases, file_id, reasons, faults);
}

/// A user's own file: its id is not the file's name, which may be anything, and sources may be left out.
pub(crate) fn check_users_rules(phrases: &Phrases, reasons: &[&str], taken: &[&str], faults: &mut Vec<Fault>) {
    let head = &phrases.head;
    let legal = head.id.starts_with(|letter: char| letter.is_ascii_lowercase())
        && head.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !legal {
        let expected = "a lower-case letter, then lower-case letters, digits and hyphens";
        faults.push(head.fault("id", expected, format!("`{}`", head.id)));
    }
    check_rules_of_all(phrases, &head.id, &reasons.iter().copied().collect(), faults);
    let taken: BTreeSet<&str> = taken.iter().copied().collect();
    for rule in phrases.rules.iter().filter(|rule| taken.contains(rule.id.as_str())) {
        faults.push(rule.fault("id", "an id that no rule of the catalogue has", format!("`{}`", rule.id)));
    }
}

/// Rules that belong to no provider, and the words that tell when to try again.
fn check_rules_of_all(phrases: &Phrases, file_id: &str, reasons: &BTreeSet<&str>, faults: &mut Vec<Fault>) {
    let pages = check_pages(&phrases.pages, faults);
    check_rules(file_id, &phrases.rules, &pages, reasons, faults);
    for rule in phrases.rules.iter().filter(|rule| rule.detected) {
        faults.push(rule.fault("detected", "no such key, as the rule has no provider", "`true`"));
    }
    unique(&phrases.retries, "id", |retry| &retry.id, faults);
    for retry in &phrases.retries {
        for (key, empty) in [("words", retry.words.is_empty()), ("examples", retry.examples.is_empty())] {
            if empty {
                faults.push(retry.fault(key, "at least one", "none"));
            }
        }
    }
}
