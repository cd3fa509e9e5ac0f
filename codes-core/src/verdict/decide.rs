//! The order in which a reply is read: text, provider's code, registered enhanced code, reply code.

use super::scan::{Found, LargeRoom, Match, SmallRoom};
use super::{Basis, Conflict, Conflicts, Rejection, Rule, RuleSet, Verdict, class_of, phase};
use crate::enhanced_code::EnhancedCode;
use crate::find::{Code, codes, leading_codes};
use crate::provider::{Claim, EnhancedPattern, Provider, ProviderKind};
use crate::reason::{Action, Reason};
use crate::reply_code::{ReplyCode, Severity};

/// Rules of a lower rank are about words so vague that a tag the provider documents says more.
const WEAK: u8 = 30;

/// Decides by the rules of all sets; those of an earlier set win.
pub(crate) fn decide<'r>(rejection: &Rejection<'_>, sets: &[RuleSet<'r>]) -> Verdict<'r> {
    let (reply, enhanced, start) = codes_of(rejection);
    let class = reply.map(ReplyCode::severity).or_else(|| enhanced.map(severity_of));
    let mut verdict = Verdict {
        reply,
        enhanced,
        class,
        reason: None,
        party: None,
        action: Action::None,
        provider: rejection.host.and_then(Provider::from_host),
        rule: None,
        claim: None,
        basis: Basis::None,
        matched: None,
        retry_after: None,
        blocklist: None,
        conflicts: Conflicts::default(),
    };
    if let (Some(reply), Some(enhanced)) = (reply, enhanced) {
        if reply.severity() != severity_of(enhanced) {
            verdict.conflicts.insert(Conflict::Classes);
        }
    }
    // A success stays one, whatever words stand in it.
    if matches!(class, Some(Severity::PositiveCompletion | Severity::PositiveIntermediate)) {
        verdict.basis = if reply.is_some() { Basis::Reply } else { Basis::Enhanced };
        return verdict;
    }
    let mut by_users_rule = false;
    for (place, set) in sets.iter().enumerate() {
        read(&mut verdict, set, rejection, start);
        by_users_rule |= verdict.rule.is_some() && place + 1 < sets.len();
    }
    if !by_users_rule && verdict.rule.is_none_or(|rule| rule.rank < WEAK) {
        apply_tag(&mut verdict, rejection.text);
    }
    if verdict.basis == Basis::None {
        apply_codes(&mut verdict);
    }
    finish(&mut verdict);
    if rejection.delayed && verdict.action == Action::Suppress {
        verdict.action = Action::Retry;
    }
    verdict
}

/// Reads the text by the rules of one set.
fn read<'r>(verdict: &mut Verdict<'r>, set: &RuleSet<'r>, rejection: &Rejection<'_>, start: usize) {
    let mut room = SmallRoom::new();
    let found = Found::read(&set.tables, rejection.text, start, &mut room);
    if found.is_full() {
        let mut room = LargeRoom::new();
        apply(verdict, set, &Found::read(&set.tables, rejection.text, start, &mut room), rejection);
    } else {
        apply(verdict, set, &found, rejection);
    }
}

fn apply<'r>(verdict: &mut Verdict<'r>, set: &RuleSet<'r>, found: &Found<'_>, rejection: &Rejection<'_>) {
    read_surroundings(verdict, set, found, rejection.text);
    if verdict.rule.is_none() {
        apply_best_rule(verdict, set, found, rejection);
    }
}

/// The codes that are known, or those that stand in the text: an enhanced code counts most beside its reply code. And where
/// the words begin: behind the codes, where those are all that the text begins with.
fn codes_of(rejection: &Rejection<'_>) -> (Option<ReplyCode>, Option<EnhancedCode>, usize) {
    if rejection.reply.is_none() && rejection.enhanced.is_none() {
        if let Some((reply, enhanced, end)) = leading_codes(rejection.text) {
            return (Some(reply), enhanced, end);
        }
    }
    let (mut reply, mut enhanced) = (rejection.reply, rejection.enhanced);
    let mut first = None;
    let mut found = codes(rejection.text);
    while reply.is_none() || enhanced.is_none() {
        match found.next().map(|found| found.code) {
            None => break,
            Some(Code::Reply(code)) => reply = reply.or(Some(code)),
            Some(Code::Enhanced(code)) => {
                first = first.or(Some(code));
                if reply.is_some() {
                    enhanced = enhanced.or(Some(code));
                }
            }
        }
    }
    (reply.or_else(|| code_in_front(rejection.text)), enhanced.or(first), 0)
}

/// The reply code with which a text begins, whatever follows: in free text `552 1` may be a count, in front of a rejection it
/// is none.
fn code_in_front(text: &[u8]) -> Option<ReplyCode> {
    let (code, rest) = text.split_at_checked(3)?;
    matches!(rest.first(), Some(b' ' | b'-')).then(|| ReplyCode::from_bytes(code).ok()).flatten()
}

fn severity_of(code: EnhancedCode) -> Severity {
    match code.class().digit() {
        2 => Severity::PositiveCompletion,
        4 => Severity::TransientNegativeCompletion,
        _ => Severity::PermanentNegativeCompletion,
    }
}

/// The provider, the blocklist and the time to wait that stand in the text.
fn read_surroundings(verdict: &mut Verdict<'_>, set: &RuleSet<'_>, found: &Found<'_>, text: &[u8]) {
    let provider = |index: u32| set.providers.get(index as usize);
    verdict.provider = verdict.provider.or_else(|| found.marks().next().and_then(provider));
    verdict.blocklist = verdict.blocklist.or_else(|| found.zones().next().and_then(provider));
    if verdict.class == Some(Severity::TransientNegativeCompletion) {
        let wait = || found.retry().and_then(|retry| number_before(text, retry.start)?.checked_mul(retry.unit));
        verdict.retry_after = verdict.retry_after.or_else(wait);
    }
}

/// The number that ends before `end`, with at most white space between.
fn number_before(text: &[u8], end: usize) -> Option<u32> {
    let before = text[..end].trim_ascii_end();
    let digits = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let digits = &before[before.len() - digits..];
    (1..=7)
        .contains(&digits.len())
        .then(|| digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

fn apply_best_rule<'r>(verdict: &mut Verdict<'r>, set: &RuleSet<'r>, found: &Found<'_>, rejection: &Rejection<'_>) {
    let Some((rule, found_rule)) = best_rule(verdict, set, found, rejection) else { return };
    verdict.rule = Some(rule);
    verdict.reason = Some(rule.reason);
    verdict.basis = Basis::Text;
    verdict.matched = Some(found.range(&set.tables, found_rule));
    match rule.provider {
        // A list is asked by many servers: its words tell nothing about whose reply it is.
        Some(list) if list.kind == ProviderKind::Blocklist => verdict.blocklist = verdict.blocklist.or(Some(list)),
        provider => verdict.provider = verdict.provider.or(provider),
    }
    let registered = verdict.enhanced.and_then(EnhancedCode::entry).and_then(|entry| entry.reason);
    if registered.is_some_and(|registered| contradicts(registered, rule.reason)) {
        verdict.conflicts.insert(Conflict::Text);
    }
}

/// Whether the registered reason of a code is specific, and somebody else's to mend than the text's.
fn contradicts(registered: Reason, told: Reason) -> bool {
    registered.entry().rank >= WEAK && registered.party() != told.party()
}

/// The strongest rule of which the words were found and all else fits.
///
/// Strength costs less to tell than whether the rest fits: the strongest is asked first, and the next only where it does not.
fn best_rule<'r, 'f>(
    verdict: &Verdict<'r>,
    set: &RuleSet<'r>,
    found: &'f Found<'_>,
    rejection: &Rejection<'_>,
) -> Option<(&'r Rule<'r>, &'f Match)> {
    // The strength of the rule that was asked last.
    let mut below = u64::MAX;
    loop {
        let strengths = (0u32..).zip(found.rules()).map(|(place, matched)| {
            let strength = strength_of(matched, verdict, set, found);
            // What comes earlier in the text is stronger.
            (if strength == 0 { 0 } else { u64::from(strength) << 32 | u64::from(u32::MAX - place) }, matched)
        });
        let (strength, matched) = strengths.filter(|(strength, _)| (1..below).contains(strength)).reduce(stronger)?;
        below = strength;
        let rule = set.rules.get(matched.rule as usize)?;
        let phase = || rejection.phase.or_else(|| phase::phase(rejection.text));
        let phase = if rule.asks_for_phase() { phase() } else { None };
        if rule.allows(verdict.reply, verdict.enhanced, phase) && !found.is_excluded(&set.tables, rule.guards) {
            return Some((rule, matched));
        }
    }
}

/// The stronger of two, the first of the same.
fn stronger<'f>(one: (u64, &'f Match), other: (u64, &'f Match)) -> (u64, &'f Match) {
    if other.0 > one.0 { other } else { one }
}

/// How strong a rule is by the words that were found, 0 where it is none. The higher rank wins, then a rule whose provider is
/// known or that has none, then the more words, then the provider's rule before the general one, then what stands earlier in the text.
fn strength_of(found_rule: &Match, verdict: &Verdict<'_>, set: &RuleSet<'_>, found: &Found<'_>) -> u32 {
    let Some(rule) = set.rules.get(found_rule.rule as usize) else { return 0 };
    let known = rule.provider.is_none() || is_detected(rule, verdict, set, found);
    if rule.detected && !known {
        return 0;
    }
    let of_provider = 1 + u8::from(rule.provider.is_some());
    // Never 0, as the provider's byte is not.
    u32::from_be_bytes([rule.rank, known.into(), found_rule.words.min(255) as u8, of_provider])
}

/// Whether the rule's provider is known by its marks or host, or its blocklist by a zone.
fn is_detected(rule: &Rule<'_>, verdict: &Verdict<'_>, set: &RuleSet<'_>, found: &Found<'_>) -> bool {
    rule.provider.is_some_and(|provider| {
        let named = |known: &Provider| core::ptr::eq(known, provider);
        let mut marked = found.marks().chain(found.zones());
        verdict.provider.is_some_and(named) || marked.any(|index| set.providers.get(index as usize).is_some_and(named))
    })
}

/// What the provider documents about a tag in the text, such as `S3150`.
fn apply_tag(verdict: &mut Verdict<'_>, text: &[u8]) {
    let Some(provider) = verdict.provider else { return };
    let tagged = provider
        .claims
        .iter()
        .find(|claim| claim.reason.is_some() && claim.tag.is_some_and(|tag| holds_tag(text, tag.as_bytes())));
    if let Some(claim) = tagged.filter(|claim| claim.reason != verdict.reason) {
        verdict.reason = claim.reason;
        verdict.rule = None;
        verdict.matched = None;
        verdict.claim = Some(claim);
        verdict.basis = Basis::ProviderCode;
    }
}

/// What the codes say where no words did.
fn apply_codes(verdict: &mut Verdict<'_>) {
    verdict.claim = claim(verdict.provider, verdict.reply, verdict.enhanced);
    let claimed = verdict.claim.and_then(|claim| claim.reason);
    let enhanced = verdict.enhanced.and_then(EnhancedCode::entry).and_then(|entry| entry.reason);
    let reply = verdict.reply.and_then(ReplyCode::entry).and_then(|entry| entry.reason);
    let (reason, basis) = match (claimed, enhanced, reply) {
        (Some(reason), ..) => (reason, Basis::ProviderCode),
        (_, Some(reason), _) => (reason, Basis::Enhanced),
        (_, _, Some(reason)) => (reason, Basis::Reply),
        _ => (Reason::Unknown, Basis::None),
    };
    verdict.reason = Some(reason);
    verdict.basis = basis;
}

/// The provider's claim on these codes that gives a reason: the narrowest.
fn claim(
    provider: Option<&'static Provider>,
    reply: Option<ReplyCode>,
    enhanced: Option<EnhancedCode>,
) -> Option<&'static Claim> {
    let claims = provider?.claims.iter().filter(|claim| {
        claim.reason.is_some()
            && claim.tag.is_none()
            && claim.reply.is_none_or(|code| reply == Some(code))
            && claim.enhanced.is_none_or(|pattern| enhanced.is_some_and(|code| pattern.covers(code)))
    });
    claims.min_by_key(|claim| {
        (claim.enhanced.is_none(), claim.enhanced.map(EnhancedPattern::breadth), claim.reply.is_none())
    })
}

/// Whether the tag stands in the text as a word, in any case.
fn holds_tag(text: &[u8], tag: &[u8]) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let [first, ..] = tag else { return false };
    let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let mut starts = text.iter().enumerate().filter(|(_, byte)| **byte == small || **byte == capital);
    starts.any(|(at, _)| {
        let end = at + tag.len();
        text.get(at..end).is_some_and(|word| word.eq_ignore_ascii_case(tag))
            && !is_word(at.checked_sub(1).and_then(|before| text.get(before)))
            && !is_word(text.get(end))
    })
}

/// Party and action follow from reason and class.
fn finish(verdict: &mut Verdict<'_>) {
    let Some(reason) = verdict.reason else { return };
    verdict.party = reason.party();
    verdict.action = match verdict.class.and_then(class_of) {
        Some(class) => reason.action(class),
        // Without a code nobody said that it lasts: that is too little to give up an address.
        None => match reason.entry().permanent {
            Action::Suppress => Action::Review,
            action => action,
        },
    };
    if let (Some(code), Some(entry)) = (verdict.enhanced, verdict.enhanced.and_then(EnhancedCode::entry)) {
        if !entry.classes.is_empty() && !entry.classes.contains(&code.class()) {
            verdict.conflicts.insert(Conflict::Registered);
        }
    }
    if reason != Reason::Blocklisted {
        verdict.blocklist = None;
    }
}
