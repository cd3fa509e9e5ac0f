//! The summary as one page that needs nothing else: no network, no script.

use std::fmt::Write;

use smtp_codes::{Party, Reason, Source};

use super::bars::{number, percent, span};
use super::causes::Cause;
use super::options::ScanOptions;
use super::outcomes::Outcomes;
use super::plot::{bar, plot, swatch};
use super::summary::{ReasonCount, Side, Summary};
use crate::redact::{redacted, redacted_with};
use crate::shown::shown;
use crate::sources;

/// A way in which attempts end, which is also the name of its colour, and how often.
pub(crate) type Way = (&'static str, fn(&Outcomes) -> u64);

/// All of them, and those other than success.
const WAYS: [Way; 5] = [
    ("delivered", |outcomes| outcomes.delivered),
    ("deferred", |outcomes| outcomes.deferred),
    ("failed", |outcomes| outcomes.failed),
    ("expired", |outcomes| outcomes.expired),
    ("rejected", |outcomes| outcomes.rejected),
];

/// The whole page. Nothing of it may load anything, whatever stands in the log.
pub(crate) fn page(summary: &Summary<'_, '_>, wanted: &ScanOptions) -> String {
    let names: Vec<String> = summary.files.iter().map(|file| escaped(&file.shown)).collect();
    let title = match names.as_slice() {
        [first, .., last] if names.len() > 3 => format!("{} files from {first} to {last}", names.len()),
        names => names.join(", "),
    };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}: mail log</title>\n<style>\n{}</style>\n</head>\n<body>\n",
        include_str!("page.css")
    );
    head(summary, &title, &mut page);
    tiles(summary, &mut page);
    time(summary, &mut page);
    reasons("Why others refused", &summary.reasons, &mut page);
    let top = usize::from(wanted.top).max(10);
    sides("By receiver", &summary.receivers, top, &mut page);
    sides("By sender's domain", &summary.sender_domains, top, &mut page);
    if !wanted.redact {
        sides("By sender", &summary.senders, top, &mut page);
    }
    causes("Causes, the most frequent first", "cause", &summary.causes, top, summary, wanted, &mut page);
    reasons("Why this server rejected", &summary.reasons_of_ours, &mut page);
    causes("What this server rejected", "rejection", &summary.causes_of_ours, top, summary, wanted, &mut page);
    page.push_str(
        "<footer>Made by smtp-codes scan. It says of each cause what it rests on.</footer>\n</body>\n</html>\n",
    );
    page
}

fn head(summary: &Summary<'_, '_>, title: &str, page: &mut String) {
    let _ = write!(page, "<header>\n<h1>{title}</h1>\n<p class=\"dim\">");
    if let (Some(first), Some(last)) = (summary.tally.first, summary.tally.last) {
        let _ = write!(
            page,
            "{} {} to {} {} ({}). ",
            first.day(),
            first.clock(),
            last.day(),
            last.clock(),
            escaped(summary.zone)
        );
    }
    let lines = &summary.lines;
    let _ = write!(page, "{} lines, {} of them counted", number(lines.lines), number(lines.records - lines.outside));
    for (count, what) in [(lines.outside, "from another time"), (lines.unknown, "of no known log")] {
        if count > 0 {
            let _ = write!(page, ", {} {what}", number(count));
        }
    }
    page.push_str(".</p>\n");
    for file in summary.files {
        if let Some(error) = &file.error {
            let _ = writeln!(page, "<p>Not read to its end: {}: {}</p>", escaped(&file.shown), escaped(error));
        }
    }
    page.push_str("</header>\n");
}

fn tiles(summary: &Summary<'_, '_>, page: &mut String) {
    let outcomes = &summary.tally.outcomes;
    page.push_str("<ul class=\"tiles\">\n");
    for (way, count) in WAYS {
        let count = count(outcomes);
        let note = match way {
            "expired" => "messages given up".to_owned(),
            "rejected" => "by this server".to_owned(),
            _ => percent(count, outcomes.attempts()),
        };
        let _ =
            writeln!(page, "<li class=\"{way}\">{way}<b>{}</b><span class=\"dim\">{note}</span></li>", number(count));
    }
    page.push_str("</ul>\n");
    let retries = &summary.tally.retries;
    if retries.deliveries > 0 {
        let _ = writeln!(
            page,
            "<p>Of {} deliveries put off, {} went through later ({}), {} failed, {} expired, {} still wait.</p>",
            number(retries.deliveries),
            number(retries.ended.delivered),
            percent(retries.ended.delivered, retries.deliveries),
            number(retries.ended.failed),
            number(retries.ended.expired),
            number(summary.waiting)
        );
    }
    let suppressions = &summary.tally.suppressions;
    let count = suppressions.count() as u64;
    let more = if suppressions.is_cut { "More than " } else { "" };
    let addresses = if count == 1 { "address" } else { "addresses" };
    let _ = writeln!(page, "<p>{more}{} {addresses} to stop mailing.</p>", number(count));
}

fn time(summary: &Summary<'_, '_>, page: &mut String) {
    let spans = &summary.spans;
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return };
    let _ = writeln!(page, "<section>\n<h2>Over time, a column for {}</h2>", span(summary.span));
    for (heading, ways) in [("All", &WAYS[..]), ("Without what was delivered", &WAYS[1..])] {
        let total = |outcomes: &Outcomes| ways.iter().map(|(_, count)| count(outcomes)).sum::<u64>();
        let most = spans.iter().map(|span| total(&span.outcomes)).max().unwrap_or(0);
        if most == 0 {
            continue;
        }
        let _ = writeln!(page, "<p class=\"axis\"><span>{heading}</span><span>up to {}</span></p>", number(most));
        plot(spans, ways, most, page);
        let _ = writeln!(
            page,
            "<p class=\"axis\"><span>{} {}</span><span>{} {}</span></p>",
            first.start.day(),
            first.start.clock(),
            last.start.day(),
            last.start.clock()
        );
    }
    page.push_str("<p class=\"legend\">");
    for (way, _) in WAYS {
        let _ = write!(page, "<span>{}{way}</span>", swatch(way));
    }
    page.push_str("</p>\n</section>\n");
}

fn reasons(heading: &str, reasons: &[ReasonCount], page: &mut String) {
    let Some(most) = reasons.iter().map(ReasonCount::count).max() else { return };
    let _ = writeln!(
        page,
        "<section>\n<h2>{heading}</h2>\n<table>\n<tr><th>reason</th><th class=\"wide\">side</th><th>to do</th>\
         <th class=\"number\">times</th><th></th></tr>"
    );
    for reason in reasons {
        let entry = reason.reason.entry();
        let _ = writeln!(
            page,
            "<tr><td>{}<br><span class=\"dim\">{}</span></td><td class=\"wide\">{}</td><td class=\"word\">{}</td>\
             <td class=\"number\">{}</td><td class=\"plot\">{}</td></tr>",
            escaped(entry.title),
            entry.id,
            reason.reason.party().map_or("-", Party::as_str),
            reason.action.as_str(),
            number(reason.count()),
            bar(&reason.outcomes, &WAYS[1..], most)
        );
    }
    page.push_str("</table>\n</section>\n");
}

fn sides(heading: &str, sides: &[Side], top: usize, page: &mut String) {
    let Some(most) = sides.first().map(|side| side.outcomes.refused()) else { return };
    let _ = writeln!(
        page,
        "<section>\n<h2>{heading}</h2>\n<table>\n<tr><th>name</th><th class=\"wide\">mostly</th>\
         <th class=\"number\">refused</th><th class=\"number\">share</th><th></th></tr>"
    );
    for side in sides.iter().take(top) {
        let name = match side.provider {
            Some(provider) => provider.name.to_owned(),
            None if side.name.is_empty() => "(none)".to_owned(),
            None => shown(side.name.as_bytes()),
        };
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td class=\"wide\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"plot\">{}</td></tr>",
            escaped(&name),
            side.mostly.map_or("", Reason::as_str),
            number(side.outcomes.refused()),
            percent(side.outcomes.refused(), side.outcomes.attempts()),
            bar(&side.outcomes, &WAYS[1..3], most)
        );
    }
    page.push_str("</table>\n");
    if sides.len() > top {
        let _ = writeln!(page, "<p class=\"dim\">And {} others.</p>", number((sides.len() - top) as u64));
    }
    page.push_str("</section>\n");
}

fn causes(
    heading: &str,
    anchor: &str,
    causes: &[&Cause<'_>],
    top: usize,
    summary: &Summary<'_, '_>,
    wanted: &ScanOptions,
    page: &mut String,
) {
    if causes.is_empty() {
        return;
    }
    let _ = writeln!(page, "<section>\n<h2>{heading}</h2>");
    for (place, cause) in causes.iter().take(top).enumerate() {
        let _ = writeln!(page, "<article id=\"{anchor}-{}\">", place + 1);
        one_cause(cause, summary, wanted, page);
        page.push_str("</article>\n");
    }
    if causes.len() > top {
        let _ = writeln!(page, "<p class=\"dim\">And {} others.</p>", number((causes.len() - top) as u64));
    }
    page.push_str("</section>\n");
}

fn one_cause(cause: &Cause<'_>, summary: &Summary<'_, '_>, wanted: &ScanOptions, page: &mut String) {
    let entry = cause.reason.entry();
    let by = cause.verdict.blocklist.or(cause.verdict.provider);
    let by = by.map_or(String::new(), |provider| format!(", {}", escaped(provider.name)));
    let _ = writeln!(page, "<h3>{}{by}: {}</h3>", escaped(entry.title), number(cause.count()));
    let rule =
        cause.verdict.rule.map_or(String::new(), |rule| format!(", rule {}", escaped(&shown(rule.id.as_bytes()))));
    let party = cause.reason.party().map_or("-", Party::as_str);
    let _ = write!(page, "<p class=\"dim\">{}, side: {party}{rule}", entry.id);
    let ended = &cause.ended;
    for (count, what) in
        [(ended.delivered, "went through later"), (ended.failed, "failed in the end"), (ended.expired, "expired")]
    {
        if count > 0 {
            let _ = write!(page, ", {} {what}", number(count));
        }
    }
    page.push_str("</p>\n");
    let example = &cause.example;
    let (text, mark) = if wanted.redact {
        redacted_with(&example.text, &example.matched)
    } else {
        (example.text.to_vec(), example.matched.clone())
    };
    let part = |part: &[u8]| escaped(&shown(part));
    let _ = write!(page, "<pre>{}", part(&text[..mark.start]));
    if !mark.is_empty() {
        let _ = write!(page, "<mark>{}</mark>", part(&text[mark.clone()]));
    }
    let _ = writeln!(page, "{}</pre>", part(&text[mark.end..]));
    let recipient = example.recipient.as_deref().map(|name| if wanted.redact { redacted(name) } else { name.to_vec() });
    let recipient = recipient.map_or(String::new(), |name| format!(", to {}", part(&name)));
    let file = escaped(&summary.files[example.file].shown);
    let _ = writeln!(page, "<p class=\"dim\">{file}, line {}{recipient}</p>", number(example.line));
    let action = cause.action().entry();
    let _ = writeln!(page, "<p><b>{}</b> ({}). {}</p>", escaped(action.title), action.id, escaped(entry.advice));
    if let Some(claim) = cause.verdict.claim.filter(|claim| !claim.advice.is_empty()) {
        let _ = writeln!(page, "<p>{}</p>", escaped(claim.advice));
    }
    sources_of(cause, page);
}

fn sources_of(cause: &Cause<'_>, page: &mut String) {
    let links = sources::distinct(&cause.verdict).filter_map(|source| match source {
        Source::Page(source) => Some(link(source.title, source.url)),
        Source::Reference(reference) => Some(link(&reference.to_string(), &reference.url().to_string())),
        _ => None,
    });
    let links: Vec<String> = links.collect();
    if !links.is_empty() {
        let _ = writeln!(page, "<p class=\"dim\">Source: {}</p>", links.join("; "));
    }
}

/// A link, but no address that would do something else than open a page.
fn link(title: &str, url: &str) -> String {
    let title = escaped(&shown(title.as_bytes()));
    if url.starts_with("https://") || url.starts_with("http://") {
        format!("<a href=\"{}\" rel=\"noreferrer noopener\">{title}</a>", escaped(&shown(url.as_bytes())))
    } else {
        title
    }
}

/// Text as it may stand between tags and in attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{escaped, link};

    #[test]
    fn no_tag_and_no_attribute_gets_through() {
        assert_eq!(escaped("<b a=\"1\" c='2'>&amp;"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
        assert_eq!(link("a\"<b>", "javascript:alert(1)"), "a&quot;&lt;b&gt;");
        let safe = link("t", "https://a.example/\"onclick=\"x");
        assert!(safe.starts_with("<a href=\"https://a.example/&quot;onclick=&quot;x\" "), "{safe}");
    }
}
