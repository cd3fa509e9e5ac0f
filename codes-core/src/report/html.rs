//! The text of a page: enough of it to read a notice that has no plain one.

use std::string::String;

/// The text between the tags, in lines where the page has blocks.
pub(super) fn text(page: &str) -> String {
    let mut text = String::with_capacity(page.len() / 2);
    let mut rest = page;
    while let Some(open) = rest.find(['<', '&']) {
        push_words(&rest[..open], &mut text);
        rest = &rest[open..];
        if rest.starts_with('&') {
            let (letter, length) = entity(rest);
            text.push(letter);
            rest = &rest[length..];
            continue;
        }
        let Some(close) = rest.find('>') else { break };
        let tag = &rest[1..close];
        rest = &rest[close + 1..];
        let name = tag.split([' ', '\t', '\r', '\n']).next().unwrap_or_default().to_ascii_lowercase();
        match name.trim_end_matches('/') {
            "style" | "script" | "title" | "head" if !tag.ends_with('/') => {
                let end = find_end(rest, &name);
                rest = &rest[end..];
            }
            "br" | "p" | "/p" | "div" | "/div" | "tr" | "/tr" | "li" | "/li" | "table" | "/table" | "pre" | "/pre"
            | "hr" | "h1" | "h2" | "h3" | "/h1" | "/h2" | "/h3" | "ul" | "ol" => text.push('\n'),
            "td" | "th" => text.push(' '),
            _ => {}
        }
    }
    push_words(rest, &mut text);
    text
}

/// Where the element ends that is left out, from behind its start.
fn find_end(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(open) = rest[from..].find("</") {
        let at = from + open;
        let found = rest.as_bytes().get(at + 2..at + 2 + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return at;
        }
        from = at + 2;
    }
    rest.len()
}

/// Words with one space for each run of white space.
fn push_words(words: &str, text: &mut String) {
    for (place, word) in words.split_ascii_whitespace().enumerate() {
        let is_apart = place > 0 || words.starts_with(|letter: char| letter.is_ascii_whitespace());
        if is_apart && !text.ends_with(['\n', ' ']) {
            text.push(' ');
        }
        text.push_str(word);
    }
    if words.ends_with(|letter: char| letter.is_ascii_whitespace()) && !text.ends_with(['\n', ' ']) {
        text.push(' ');
    }
}

/// The letter that an entity stands for, and its length.
fn entity(text: &str) -> (char, usize) {
    let Some(end) = text.as_bytes().iter().take(10).position(|byte| *byte == b';') else { return ('&', 1) };
    let name = &text[1..end];
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let letter = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => number.and_then(char::from_u32),
    };
    letter.map_or(('&', 1), |letter| (letter, end + 1))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn blocks_become_lines_and_entities_letters() {
        let page = "<head><title>x</title></head><p>Delivery to<b> ann&#64;a.example</b> failed:</p><br/>550 &lt;ann&gt; &amp; more";
        let lines = text(page);
        let lines: std::vec::Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["Delivery to ann@a.example failed:", "550 <ann> & more"]);
    }

    #[test]
    fn what_is_not_closed_ends_the_page() {
        assert_eq!(text("a <b"), "a <b");
        assert_eq!(text("<style>a"), "");
        assert_eq!(text("& &nosuch; &#xffffffff;").trim(), "& &nosuch; &#xffffffff;");
    }
}
