use std::collections::HashMap;

use crate::automaton::{Automaton, Owner};
use crate::load::Provider;
use crate::schema::{Retry, Rule};
use crate::words::Words;

/// Rules made ready for use: the automaton of all their words.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    pub automaton: Automaton,
    /// For each rule the guards of its `without`: words that many rules name are looked for once.
    pub guards: Vec<Vec<u16>>,
}

/// Builds the automaton of `rules`, of what `providers` are known by, and of `retries`.
///
/// # Panics
///
/// Where there are more than 65,535 different words or `without`: no catalogue comes near.
pub fn compile<'m>(
    rules: &[&'m Rule],
    providers: &'m [Provider],
    retries: impl IntoIterator<Item = &'m Retry>,
) -> Result<Compiled, String> {
    let mut patterns: Vec<(Owner, Words)> = Vec::new();
    let mut numbers: HashMap<&str, u16> = HashMap::new();
    let mut guards = Vec::new();
    for (index, rule) in (0u32..).zip(rules) {
        patterns.extend(rule.words.iter().map(|words| (Owner::Rule(index), words.clone())));
        let mut of_rule = Vec::new();
        for words in &rule.without {
            let next = u16::try_from(numbers.len()).expect("fewer than 65,536 guards");
            let guard = *numbers.entry(words.as_str()).or_insert(next);
            if guard == next {
                patterns.push((Owner::Guard, words.clone()));
            }
            of_rule.push(guard);
        }
        guards.push(of_rule);
    }
    for (index, provider) in (0u32..).zip(providers) {
        let head = &provider.head;
        patterns.extend(head.marks.iter().map(|words| (Owner::Mark(index), words.clone())));
        // A host name is words already: the checks found them readable.
        let hosts = head.hosts.iter().filter_map(|host| Words::parse(host).ok());
        patterns.extend(hosts.map(|words| (Owner::Mark(index), words)));
        patterns.extend(head.zones.iter().map(|words| (Owner::Zone(index), words.clone())));
    }
    for retry in retries {
        patterns.extend(retry.words.iter().map(|words| (Owner::Retry(retry.seconds), words.clone())));
    }
    let automaton = Automaton::build(patterns.iter().map(|(owner, words)| (*owner, words)))?;
    Ok(Compiled { automaton, guards })
}
