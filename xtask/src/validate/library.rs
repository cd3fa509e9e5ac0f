//! The texts on this machine: RFCs with their index, and the registries.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::index::{self, Row};
use super::registry::Registry;
use super::text::Text;

/// What claims are proven against. Where a folder was not given, its claims are left to the lock.
pub(super) struct Library {
    rfcs: Option<Rfcs>,
    registries: Option<BTreeMap<String, Registry>>,
}

struct Rfcs {
    folder: PathBuf,
    index: BTreeMap<u16, Row>,
    /// Read when they are first asked for.
    texts: BTreeMap<u16, OnceCell<Option<Text>>>,
}

/// The kind of source that a document is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Source {
    Rfc(u16),
    Registry,
    /// A draft or a product's page, of which there is no text to check against.
    Other,
}

/// What kind of document has this id.
pub(super) fn source(document: &str) -> Source {
    let number = document.strip_prefix("RFC ").and_then(|number| number.parse().ok());
    match number {
        Some(number) => Source::Rfc(number),
        None if document.starts_with("IANA ") => Source::Registry,
        None => Source::Other,
    }
}

impl Library {
    /// Opens the folders that are given; `documents` are the ids that may be asked for.
    pub(super) fn open(rfcs: Option<&Path>, registries: Option<&Path>, documents: &[&str]) -> Result<Self> {
        let rfcs = rfcs.map(|folder| open_rfcs(folder, documents)).transpose()?;
        let registries = registries.map(|folder| open_registries(folder, documents)).transpose()?;
        Ok(Self { rfcs, registries })
    }

    /// Whether what this document says can be looked up now.
    pub(super) fn covers(&self, document: &str) -> bool {
        match source(document) {
            Source::Rfc(_) | Source::Other => self.rfcs.is_some(),
            Source::Registry => self.registries.is_some(),
        }
    }

    /// A document's text; `None` where there is none.
    pub(super) fn text(&self, document: &str) -> Result<Option<&Text>> {
        match source(document) {
            Source::Rfc(number) => self.rfcs.as_ref().map_or(Ok(None), |rfcs| rfcs.text(number)),
            Source::Registry => Ok(self.registry(document).map(|registry| &registry.text)),
            Source::Other => Ok(None),
        }
    }

    /// The index' row of an RFC.
    pub(super) fn row(&self, number: u16) -> Option<&Row> {
        self.rfcs.as_ref()?.index.get(&number)
    }

    /// A registry by its id in `rfcs.toml`.
    pub(super) fn registry(&self, document: &str) -> Option<&Registry> {
        self.registries.as_ref()?.get(document)
    }
}

impl Rfcs {
    fn text(&self, number: u16) -> Result<Option<&Text>> {
        let Some(cell) = self.texts.get(&number) else { return Ok(None) };
        if cell.get().is_none() {
            let text = read(&self.folder, &format!("rfc{number}.txt"))?;
            let _ = cell.set(text.map(|text| Text::of_rfc(&text)));
        }
        Ok(cell.get().and_then(Option::as_ref))
    }
}

fn open_rfcs(folder: &Path, documents: &[&str]) -> Result<Rfcs> {
    let Some(index) = read(folder, "rfc-index.txt")? else {
        bail!("expected `rfc-index.txt` or `rfc-index.txt.gz` in {}, found neither", folder.display());
    };
    let numbers = documents.iter().filter_map(|document| match source(document) {
        Source::Rfc(number) => Some((number, OnceCell::new())),
        _ => None,
    });
    Ok(Rfcs { folder: folder.to_owned(), index: index::parse(&index), texts: numbers.collect() })
}

fn open_registries(folder: &Path, documents: &[&str]) -> Result<BTreeMap<String, Registry>> {
    let mut registries = BTreeMap::new();
    for document in documents {
        let Some(name) = document.strip_prefix("IANA ") else { continue };
        let file = format!("{name}.xml");
        let Some(text) = read(folder, &file)? else {
            bail!("expected `{file}` in {}, as the catalogue cites it, found none", folder.display());
        };
        let registry = Registry::parse(&text).with_context(|| folder.join(&file).display().to_string())?;
        registries.insert((*document).to_owned(), registry);
    }
    Ok(registries)
}

/// A file's text, or that of its `.gz`; `None` where there is neither. Old RFCs are not all UTF-8.
fn read(folder: &Path, name: &str) -> Result<Option<String>> {
    if !folder.is_dir() {
        bail!("expected a folder, found none at {}", folder.display());
    }
    let plain = folder.join(name);
    if plain.exists() {
        let bytes = fs::read(&plain).with_context(|| plain.display().to_string())?;
        return Ok(Some(String::from_utf8_lossy(&bytes).into_owned()));
    }
    let packed = folder.join(format!("{name}.gz"));
    if !packed.exists() {
        return Ok(None);
    }
    let file = fs::File::open(&packed).with_context(|| packed.display().to_string())?;
    let mut bytes = Vec::new();
    let mut unpacked = flate2::read::MultiGzDecoder::new(file);
    unpacked.read_to_end(&mut bytes).with_context(|| packed.display().to_string())?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
