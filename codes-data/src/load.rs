use crate::check;
use crate::entry::{Entry, Reader};
use crate::fault::Fault;
use crate::files::{FILES, File};
use crate::schema;

/// The whole catalogue, checked.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub documents: Vec<Entry<schema::Document>>,
    pub severities: Vec<Entry<schema::Severity>>,
    pub replies: Vec<Entry<schema::Reply>>,
    pub classes: Vec<Entry<schema::Class>>,
    pub subjects: Vec<Entry<schema::Subject>>,
    pub enhanced: Vec<Entry<schema::Enhanced>>,
    pub commands: Vec<Entry<schema::Command>>,
    pub keywords: Vec<Entry<schema::Keyword>>,
    pub parties: Vec<Entry<schema::Party>>,
    pub actions: Vec<Entry<schema::Action>>,
    pub reasons: Vec<Entry<schema::Reason>>,
    pub phrases: Vec<Phrases>,
    pub providers: Vec<Provider>,
}

/// One file of `phrases/`: rules that belong to no provider.
#[derive(Clone, Debug)]
pub struct Phrases {
    pub head: Entry<schema::PhrasesHead>,
    pub pages: Vec<Entry<schema::Page>>,
    pub rules: Vec<Entry<schema::Rule>>,
    pub retries: Vec<Entry<schema::Retry>>,
}

/// One file of `providers/`.
#[derive(Clone, Debug)]
pub struct Provider {
    pub head: Entry<schema::ProviderHead>,
    pub pages: Vec<Entry<schema::Page>>,
    pub claims: Vec<Entry<schema::Claim>>,
    pub rules: Vec<Entry<schema::Rule>>,
}

/// A rule in its place: whose it is, and the pages to which its sources point.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'m> {
    /// The id of the rule's file.
    pub file: &'m str,
    /// The provider's index in the model, where the file is a provider's.
    pub provider: Option<usize>,
    pub rule: &'m Entry<schema::Rule>,
    pub pages: &'m [Entry<schema::Page>],
}

impl Placed<'_> {
    /// The sources as indices into the pages.
    pub fn sources(&self) -> impl Iterator<Item = usize> + '_ {
        let index = |source: &String| self.pages.iter().position(|page| page.id == *source);
        self.rule.sources.iter().filter_map(index)
    }

    /// Which rule wins where several fit: the rule's own rank, or its reason's.
    pub fn rank(&self, reasons: &[Entry<schema::Reason>]) -> Option<u8> {
        let of_reason = || reasons.iter().find(|reason| reason.id == self.rule.reason).map(|reason| reason.rank);
        self.rule.rank.or_else(of_reason)
    }
}

impl Model {
    /// All rules in the order in which a set holds them: the phrases', then each provider's.
    pub fn rules(&self) -> impl Iterator<Item = Placed<'_>> {
        let phrases = self.phrases.iter().flat_map(|Phrases { head, pages, rules, .. }| {
            rules.iter().map(|rule| Placed { file: &head.id, provider: None, rule, pages })
        });
        let providers = self.providers.iter().enumerate().flat_map(|(index, Provider { head, pages, rules, .. })| {
            rules.iter().map(move |rule| Placed { file: &head.id, provider: Some(index), rule, pages })
        });
        phrases.chain(providers)
    }
}

/// Reads and checks the catalogue that is built into this crate.
///
/// # Errors
///
/// All faults at once, in the order of files and lines.
pub fn load() -> Result<Model, Vec<Fault>> {
    load_files(FILES)
}

/// Reads and checks the catalogue in `files`.
///
/// What is checked: the schema, the order of entries, unique and legal names, that every id and document that is named
/// exists, and that `replies.toml` and `commands.toml` tell the same relation. References are not followed: that takes the
/// texts, and is the work of `cargo xtask validate`.
///
/// # Errors
///
/// All faults at once, in the order of files and lines.
pub fn load_files(files: &[File<'_>]) -> Result<Model, Vec<Fault>> {
    let mut model = Model::default();
    let mut faults = Vec::new();
    for file in files {
        let mut reader = Reader::new(*file);
        match file.path {
            "rfcs.toml" => model.documents = reader.entries("document", &["id"]),
            "replies.toml" => {
                model.severities = reader.entries("severity", &["digit"]);
                model.replies = reader.entries("reply", &["code"]);
            }
            "enhanced.toml" => {
                model.classes = reader.entries("class", &["class"]);
                model.subjects = reader.entries("subject", &["subject"]);
                model.enhanced = reader.entries("enhanced", &["subject", "detail"]);
            }
            "commands.toml" => model.commands = reader.entries("command", &["verb"]),
            "keywords.toml" => model.keywords = reader.entries("keyword", &["keyword"]),
            "reasons.toml" => {
                model.parties = reader.entries("party", &["id"]);
                model.actions = reader.entries("action", &["id"]);
                model.reasons = reader.entries("reason", &["id"]);
            }
            path if path.starts_with("providers/") => {
                let pages = reader.entries("page", &["id"]);
                let claims = reader.entries("claim", &["reply", "enhanced", "tag"]);
                let rules = reader.entries("rule", &["id"]);
                if let Some(head) = reader.head("provider") {
                    model.providers.push(Provider { head, pages, claims, rules });
                }
            }
            path if path.starts_with("phrases/") => {
                model.phrases.extend(phrases(&mut reader, "phrases"));
            }
            path => faults.push(Fault {
                file: path.to_owned(),
                line: 1,
                entry: String::new(),
                key: String::new(),
                expected: "a file that the schema knows".to_owned(),
                found: format!("`{path}`"),
            }),
        }
        faults.extend(reader.finish());
    }
    // By id, which is not the order of the files' names: `cox-b.toml` stands before `cox.toml`.
    model.providers.sort_by(|one, other| one.head.id.cmp(&other.head.id));
    // Checks over entries that could not be read would only repeat the same fault in other words.
    if faults.is_empty() {
        check::check(&model, &mut faults);
    }
    let place = |fault: &Fault| files.iter().position(|file| file.path == fault.file);
    faults.sort_by_key(|fault| (place(fault), fault.line));
    if faults.is_empty() { Ok(model) } else { Err(faults) }
}

/// Reads and checks a user's own file of rules: the same keys as in `phrases/`, with pages and sources left out if they like.
///
/// `reasons` are the ids that a rule may name, `taken` those that no rule may have, as others have them already.
///
/// # Errors
///
/// All faults at once, in the order of lines.
pub fn load_rules(file: File<'_>, reasons: &[&str], taken: &[&str]) -> Result<Phrases, Vec<Fault>> {
    let mut reader = Reader::new(file);
    let phrases = phrases(&mut reader, "rules");
    let mut faults = reader.finish();
    if let (Some(phrases), true) = (&phrases, faults.is_empty()) {
        check::check_users_rules(phrases, reasons, taken, &mut faults);
    }
    faults.sort_by_key(|fault| fault.line);
    // A head that could not be read is a fault already.
    phrases.filter(|_| faults.is_empty()).ok_or(faults)
}

fn phrases(reader: &mut Reader<'_>, kind: &str) -> Option<Phrases> {
    let pages = reader.entries("page", &["id"]);
    let rules = reader.entries("rule", &["id"]);
    let retries = reader.entries("retry", &["id"]);
    let head = reader.head(kind)?;
    Some(Phrases { head, pages, rules, retries })
}
