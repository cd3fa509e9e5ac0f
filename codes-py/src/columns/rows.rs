//! Verdicts as columns.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::PrimitiveBuilder;
use arrow_array::types::{ArrowDictionaryKeyType, Int8Type, Int16Type, Int32Type, UInt16Type, UInt32Type};
use arrow_array::{ArrayRef, ArrowPrimitiveType, DictionaryArray, PrimitiveArray, RecordBatch, StringArray};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use smtp_codes::{Action, Basis, EnhancedCode, Party, Provider, Reason, ReplyCode, Rule, RuleSet, Severity, Verdict};

use crate::verdict;

/// In the order of their keys, which is that of the enum, as it is in the lists of the other words.
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

/// Defines what has a part for each field: the verdicts on a block while they are made, on a block, and on all rows.
macro_rules! fields {
    ($($field:ident: $type:ty),*) => {
        /// The verdicts on a block of rows, field by field.
        ///
        /// Words are kept as keys, which are signed: pandas takes no others. Of the enhanced codes it is known only at the end
        /// which there are, so they are kept packed until then.
        #[derive(Default)]
        pub(super) struct Block {
            $($field: Vec<<$type as ArrowPrimitiveType>::Native>,)*
            /// A bit for each field of a row that is not null, in the order of the fields.
            present: Vec<u16>,
        }

        /// The verdicts on a block, as arrays.
        pub(super) struct Arrays {
            $($field: PrimitiveArray<$type>),*
        }

        /// The verdicts on all rows so far.
        #[derive(Default)]
        pub(super) struct Rows {
            $($field: PrimitiveBuilder<$type>),*
        }

        impl Block {
            pub(super) fn with_capacity(rows: usize) -> Self {
                Self { $($field: Vec::with_capacity(rows),)* present: Vec::with_capacity(rows) }
            }

            /// A row without a text: all its fields are null.
            pub(super) fn push_null(&mut self) {
                $(self.$field.push(Default::default());)*
                self.present.push(0);
            }

            #[inline]
            #[expect(clippy::too_many_arguments, reason = "one for each field")]
            fn push_fields(&mut self, $($field: Option<<$type as ArrowPrimitiveType>::Native>),*) {
                let mut present = 0;
                $(
                    present = present << 1 | u16::from($field.is_some());
                    self.$field.push($field.unwrap_or_default());
                )*
                self.present.push(present);
            }

            pub(super) fn finish(self) -> Arrays {
                let present = self.present;
                let mut bit = [$(stringify!($field)),*].len();
                $(
                    bit -= 1;
                    let valid = BooleanBuffer::collect_bool(present.len(), |row| present[row] >> bit & 1 == 1);
                    let $field = PrimitiveArray::new(self.$field.into(), Some(NullBuffer::new(valid)));
                )*
                Arrays { $($field),* }
            }
        }

        impl Rows {
            /// Puts a block behind these.
            pub(super) fn append(&mut self, block: &Arrays) {
                $(self.$field.append_array(&block.$field);)*
            }
        }
    };
}

fields! {
    class: Int8Type, reason: Int8Type, party: Int8Type, action: Int8Type, provider: Int16Type, rule: Int32Type, basis: Int8Type,
    reply: UInt16Type, enhanced: Int32Type, retry_after: UInt32Type
}

impl Block {
    #[inline]
    pub(super) fn push(&mut self, verdict: &Verdict<'_>, rules: &Rules) {
        self.push_fields(
            verdict.class.map(|class| class as i8),
            verdict.reason.map(|reason| reason as i8),
            verdict.party.map(|party| party as i8),
            Some(verdict.action as i8),
            verdict.provider.and_then(provider_key),
            verdict.rule.and_then(|rule| rules.key(rule)),
            Some(verdict.basis as i8),
            verdict.reply.map(ReplyCode::as_u16),
            verdict.enhanced.map(packed),
            verdict.retry_after,
        );
    }
}

impl Rows {
    pub(super) fn finish(mut self, rules: &Rules) -> Result<RecordBatch, ArrowError> {
        let codes = keys_of_codes(self.enhanced.values_slice_mut());
        let reasons = Reason::ALL.iter().map(|reason| reason.as_str());
        let parties = Party::ALL.iter().map(|party| party.as_str());
        let actions = Action::ALL.iter().map(|action| action.as_str());
        let columns: [(&str, ArrayRef); 10] = [
            ("class", words(self.class.finish(), Severity::ALL.iter().map(|class| verdict::class(*class)))?),
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

pub(super) fn words<'a, K, S>(
    keys: PrimitiveArray<K>,
    words: impl IntoIterator<Item = S>,
) -> Result<ArrayRef, ArrowError>
where
    K: ArrowDictionaryKeyType,
    S: AsRef<str> + 'a,
{
    Ok(Arc::new(DictionaryArray::try_new(keys, Arc::new(StringArray::from_iter_values(words)))?))
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
