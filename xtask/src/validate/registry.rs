//! The IANA registries' XML.

use anyhow::{Context, Result};
use roxmltree::{Document, Node};

use super::text::Text;

/// One registry file.
pub(super) struct Registry {
    pub(super) title: String,
    /// Year, month and day of the last change.
    pub(super) updated: String,
    records: Vec<Record>,
    /// The records as sections, for references that lead here.
    pub(super) text: Text,
}

/// One row of one of its tables.
pub(super) struct Record {
    /// The id of the table.
    table: String,
    /// `X.7.1`, `5.XXX.YYY` or `SIZE`.
    pub(super) name: String,
    /// The registry's short text: summary, sample text or description.
    pub(super) text: String,
    /// Basic status codes, as they are written.
    pub(super) basic_codes: String,
    /// The documents cited, by our ids.
    pub(super) documents: Vec<String>,
}

impl Registry {
    /// Reads a registry's XML.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let document = Document::parse(text).context("expected the XML of an IANA registry")?;
        let root = document.root_element();
        let nodes: Vec<Node> = root.descendants().filter(|node| node.has_tag_name_local("record")).collect();
        let records: Vec<Record> = nodes.iter().filter_map(record).collect();
        let parts: Vec<(String, String)> =
            nodes.iter().filter_map(|node| Some((name(node)?, whole_text(node)))).collect();
        Ok(Self {
            title: child_text(&root, "title"),
            updated: child_text(&root, "updated"),
            records,
            text: Text::of_parts(&parts),
        })
    }

    /// The rows of one table.
    pub(super) fn table<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Record> + 'a {
        self.records.iter().filter(move |record| record.table == id)
    }
}

trait LocalName {
    fn has_tag_name_local(&self, name: &str) -> bool;
}

impl LocalName for Node<'_, '_> {
    /// Whatever the namespace.
    fn has_tag_name_local(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}

fn record(node: &Node) -> Option<Record> {
    let text =
        ["summary", "sample", "description"].iter().map(|tag| child_text(node, tag)).find(|text| !text.is_empty());
    // The description of an enumerated code is a whole paragraph, and no replacement for a sample text that is missing.
    let text = if child(node, "basic_code").is_some() { Some(child_text(node, "sample")) } else { text };
    let table = node.parent_element().and_then(|table| table.attribute("id"));
    let sources = node.children().filter(|child| child.has_tag_name_local("xref"));
    let sources = sources.chain(
        node.children().filter(|child| child.has_tag_name_local("reference")).flat_map(|child| child.children()),
    );
    Some(Record {
        table: table.unwrap_or_default().to_owned(),
        name: name(node)?,
        text: text.unwrap_or_default(),
        basic_codes: child_text(node, "basic_code"),
        documents: sources.filter_map(|source| cited(&source)).collect(),
    })
}

fn name(node: &Node) -> Option<String> {
    let name = child(node, "code").or_else(|| child(node, "value"))?;
    Some(squeeze(&inner_text(&name)))
}

/// The id of the document to which an `xref` leads; `None` for people and addresses.
fn cited(source: &Node) -> Option<String> {
    let data = source.attribute("data")?;
    match source.attribute("type")? {
        "rfc" => Some(format!("RFC {}", data.strip_prefix("rfc")?.trim_start_matches('0'))),
        "draft" => Some(data.to_owned()),
        _ => None,
    }
}

fn child<'a, 'input>(node: &Node<'a, 'input>, tag: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.has_tag_name_local(tag))
}

fn child_text(node: &Node, tag: &str) -> String {
    child(node, tag).map(|child| squeeze(&inner_text(&child))).unwrap_or_default()
}

/// All text, each element's on lines of its own.
fn whole_text(record: &Node) -> String {
    let parts = record.children().filter(Node::is_element).map(|child| inner_text(&child));
    parts.collect::<Vec<_>>().join("\n")
}

/// The text as a reader of the registry's page sees it: a reference without words shows its document.
fn inner_text(node: &Node) -> String {
    if node.is_text() {
        return node.text().unwrap_or_default().to_owned();
    }
    let text: String = node.children().map(|child| inner_text(&child)).collect();
    match node.attribute("data") {
        Some(data) if text.trim().is_empty() => format!("[{}]", data.to_uppercase()),
        _ => text,
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Registry;

    const XML: &str = r#"<registry xmlns="http://www.iana.org/assignments" id="things">
      <title>Things</title><updated>2024-12-06</updated>
      <registry id="things-1"><title>Codes</title>
        <record><code>X.7.1</code><sample>Not
          authorized</sample><basic_code>451/550</basic_code><description>A long <xref type="rfc" data="rfc9999"/> text.
          </description><reference><xref type="rfc" data="rfc0821"/>, Section 3; <xref type="draft" data="draft-a-00"/>
          <xref type="person" data="Doe"/></reference></record>
        <record><code>X.7.2</code><basic_code/><description>No sample.</description></record>
        <record><note>without a name</note></record>
        <registry id="things-2"><record><value>SIZE</value><description>number</description>
          <xref type="rfc" data="rfc1870"/><note>See <xref type="rfc" data="rfc1"/></note></record></registry>
      </registry></registry>"#;

    #[test]
    fn rows_are_read_by_table() {
        let registry = Registry::parse(XML).unwrap();
        assert_eq!((registry.title.as_str(), registry.updated.as_str()), ("Things", "2024-12-06"));
        let codes: Vec<_> = registry.table("things-1").collect();
        assert_eq!(codes.len(), 2);
        assert_eq!(codes[0].text, "Not authorized");
        assert_eq!(codes[0].basic_codes, "451/550");
        assert_eq!(codes[0].documents, ["RFC 821", "draft-a-00"]);
        assert_eq!((codes[1].text.as_str(), codes[1].basic_codes.as_str()), ("", ""));
        let keywords: Vec<_> = registry.table("things-2").collect();
        assert_eq!((keywords[0].name.as_str(), keywords[0].text.as_str()), ("SIZE", "number"));
        assert_eq!(keywords[0].documents, ["RFC 1870"]);
    }

    #[test]
    fn a_row_is_a_section() {
        let text = Registry::parse(XML).unwrap().text;
        let passage = text.passage(Some("X.7.1")).unwrap();
        assert!(passage.says("A long [RFC9999] text."));
        assert!(passage.has_code(451) && passage.has_enhanced(7, 1));
        assert!(text.passage(Some("X.9.9")).is_none());
    }

    #[test]
    fn what_is_no_xml_is_an_error() {
        let error = Registry::parse("<registry>").err().unwrap();
        assert_eq!(error.to_string(), "expected the XML of an IANA registry");
    }
}
