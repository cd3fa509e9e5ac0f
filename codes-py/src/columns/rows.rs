//! Verdicts as columns.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Int8Builder, Int16Builder, Int32Builder, PrimitiveBuilder, UInt16Builder, UInt32Builder};
use arrow_array::types::ArrowDictionaryKeyType;
use arrow_array::{ArrayRef, ArrowPrimitiveType, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use smtp_codes::{Action, Basis, EnhancedCode, Party, Provider, Reason, ReplyCode, Rule, RuleSet, Severity, Verdict};

use crate::verdict;

/// In the order of their keys.
const SEVERITIES: [Severity; 4] = [
    Severity::PositiveCompletion,
    Severity::PositiveIntermediate,
    Severity::TransientNegativeCompletion,
    Severity::PermanentNegativeCompletion,
];
const BASES: [Basis; 5] = [Basis::Text, Basis::ProviderCode, Basis::Enhanced, Basis::Reply, Basis::None];

/// The rules that may decide: the user's, then the catalogue's. A rule's key is its place among them.
pub(super) struct Rules {
    users: &'static [Rule<'static>],
    builtin: &'static [Rule<'static>],
}

impl Rules {
    pub(super) fn of(users: Option<&RuleSet<'static>>) -> Self {
        Self { users: users.map_or(&[], RuleSet::rules), builtin: RuleSet::builtin().rules() }
    }

    fn key(&self, rule: &Rule<'_>) -> Option<i32> {
        let users = || place(self.users, std::ptr::from_ref(rule).addr());
        let place = place(self.builtin, std::ptr::from_ref(rule).addr());
        let key = place.map(|place| self.users.len() + place).or_else(users)?;
        i32::try_from(key).ok()
    }

    fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.users.iter().chain(self.builtin).map(|rule| rule.id)
    }
}

/// The place of an item among others by its address: they are static, and a search would cost as much as a verdict.
fn place<T>(items: &[T], address: usize) -> Option<usize> {
    let place = address.checked_sub(items.as_ptr().addr())? / size_of::<T>();
    (place < items.len()).then_some(place)
}

/// The verdicts on some rows, field by field.
///
/// Words are kept as keys, which are signed: pandas takes no others. Of the enhanced codes it is known only at the end which
/// there are, so they are kept packed until then.
#[derive(Default)]
pub(super) struct Rows {
    class: Int8Builder,
    reason: Int8Builder,
    party: Int8Builder,
    action: Int8Builder,
    provider: Int16Builder,
    rule: Int32Builder,
    basis: Int8Builder,
    reply: UInt16Builder,
    enhanced: Int32Builder,
    retry_after: UInt32Builder,
}

impl Rows {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self {
            class: Int8Builder::with_capacity(rows),
            reason: Int8Builder::with_capacity(rows),
            party: Int8Builder::with_capacity(rows),
            action: Int8Builder::with_capacity(rows),
            provider: Int16Builder::with_capacity(rows),
            rule: Int32Builder::with_capacity(rows),
            basis: Int8Builder::with_capacity(rows),
            reply: UInt16Builder::with_capacity(rows),
            enhanced: Int32Builder::with_capacity(rows),
            retry_after: UInt32Builder::with_capacity(rows),
        }
    }

    #[inline]
    pub(super) fn push(&mut self, verdict: &Verdict<'_>, rules: &Rules) {
        self.class.append_option(verdict.class.and_then(|class| key(&SEVERITIES, class)));
        self.reason.append_option(verdict.reason.and_then(|reason| key(Reason::ALL, reason)));
        self.party.append_option(verdict.party.and_then(|party| key(Party::ALL, party)));
        self.action.append_option(key(Action::ALL, verdict.action));
        self.provider.append_option(verdict.provider.and_then(provider_key));
        self.rule.append_option(verdict.rule.and_then(|rule| rules.key(rule)));
        self.basis.append_option(key(&BASES, verdict.basis));
        self.reply.append_option(verdict.reply.map(ReplyCode::as_u16));
        self.enhanced.append_option(verdict.enhanced.map(packed));
        self.retry_after.append_option(verdict.retry_after);
    }

    /// A row without a text: all its fields are null.
    pub(super) fn push_null(&mut self) {
        self.class.append_null();
        self.reason.append_null();
        self.party.append_null();
        self.action.append_null();
        self.provider.append_null();
        self.rule.append_null();
        self.basis.append_null();
        self.reply.append_null();
        self.enhanced.append_null();
        self.retry_after.append_null();
    }

    /// Puts others behind these.
    pub(super) fn append(&mut self, mut others: Self) {
        append(&mut self.class, &mut others.class);
        append(&mut self.reason, &mut others.reason);
        append(&mut self.party, &mut others.party);
        append(&mut self.action, &mut others.action);
        append(&mut self.provider, &mut others.provider);
        append(&mut self.rule, &mut others.rule);
        append(&mut self.basis, &mut others.basis);
        append(&mut self.reply, &mut others.reply);
        append(&mut self.enhanced, &mut others.enhanced);
        append(&mut self.retry_after, &mut others.retry_after);
    }

    pub(super) fn finish(mut self, rules: &Rules) -> Result<RecordBatch, ArrowError> {
        let codes = keys_of_codes(self.enhanced.values_slice_mut());
        let reasons = Reason::ALL.iter().map(|reason| reason.as_str());
        let parties = Party::ALL.iter().map(|party| party.as_str());
        let actions = Action::ALL.iter().map(|action| action.as_str());
        let columns: [(&str, ArrayRef); 10] = [
            ("class", words(self.class.finish(), SEVERITIES.iter().map(|class| verdict::class(*class)))?),
            ("reason", words(self.reason.finish(), reasons)?),
            ("party", words(self.party.finish(), parties)?),
            ("action", words(self.action.finish(), actions)?),
            ("provider", words(self.provider.finish(), Provider::ALL.iter().map(|provider| provider.id))?),
            ("rule", words(self.rule.finish(), rules.ids())?),
            ("basis", words(self.basis.finish(), BASES.iter().map(|basis| basis.as_str()))?),
            ("reply", Arc::new(self.reply.finish())),
            ("enhanced", words(self.enhanced.finish(), codes.iter().map(|code| unpacked(*code)))?),
            ("retry_after", Arc::new(self.retry_after.finish())),
        ];
        let (fields, columns): (Vec<_>, Vec<_>) = columns
            .into_iter()
            .map(|(name, column)| (Field::new(name, column.data_type().clone(), true), column))
            .unzip();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}

/// The type of the verdicts as one column.
pub(super) fn data_type(batch: &RecordBatch) -> DataType {
    DataType::Struct(batch.schema().fields().clone())
}

fn append<T: ArrowPrimitiveType>(builder: &mut PrimitiveBuilder<T>, others: &mut PrimitiveBuilder<T>) {
    builder.append_array(&others.finish());
}

fn words<'a, K, S>(keys: PrimitiveArray<K>, words: impl IntoIterator<Item = S>) -> Result<ArrayRef, ArrowError>
where
    K: ArrowDictionaryKeyType,
    S: AsRef<str> + 'a,
{
    Ok(Arc::new(DictionaryArray::try_new(keys, Arc::new(StringArray::from_iter_values(words)))?))
}

#[inline]
fn key<W: Copy + PartialEq>(all: &[W], word: W) -> Option<i8> {
    all.iter().position(|other| *other == word).and_then(|place| i8::try_from(place).ok())
}

#[inline]
fn provider_key(provider: &Provider) -> Option<i16> {
    place(Provider::ALL, std::ptr::from_ref(provider).addr()).and_then(|place| i16::try_from(place).ok())
}

/// Subject and detail have at most three digits each.
const PARTS: i32 = 1000;

fn packed(code: EnhancedCode) -> i32 {
    let (subject, detail) = (i32::from(code.subject()), i32::from(code.detail()));
    (i32::from(code.class().digit()) * PARTS + subject) * PARTS + detail
}

fn unpacked(code: i32) -> String {
    format!("{}.{}.{}", code / PARTS / PARTS, code / PARTS % PARTS, code % PARTS)
}

/// Puts keys in the place of packed codes, and gives the codes in the order of their keys. Zeros, of null rows, are left.
fn keys_of_codes(packed: &mut [i32]) -> Vec<i32> {
    let mut codes = Vec::new();
    let key_of = |code: i32, codes: &mut Vec<i32>| {
        codes.push(code);
        // As many as there are rows, and no more than three millions.
        i32::try_from(codes.len() - 1).unwrap_or(i32::MAX)
    };
    // The usual codes are found without hashing.
    let mut usual = vec![-1; 3 * SUBJECTS * DETAILS];
    let mut others: HashMap<i32, i32> = HashMap::new();
    for code in packed.iter_mut().filter(|code| **code != 0) {
        let key = match usual_place(*code).and_then(|place| usual.get_mut(place)) {
            Some(key) if *key >= 0 => *key,
            Some(key) => {
                *key = key_of(*code, &mut codes);
                *key
            }
            None => *others.entry(*code).or_insert_with(|| key_of(*code, &mut codes)),
        };
        *code = key;
    }
    codes
}

const SUBJECTS: usize = 8;
const DETAILS: usize = 64;

fn usual_place(code: i32) -> Option<usize> {
    let part = |number: i32| usize::try_from(number).ok();
    let (subject, detail) = (part(code / PARTS % PARTS)?, part(code % PARTS)?);
    let class = match code / PARTS / PARTS {
        2 => 0,
        4 => 1,
        _ => 2,
    };
    (subject < SUBJECTS && detail < DETAILS).then_some((class * SUBJECTS + subject) * DETAILS + detail)
}
