//! The page of `scan --html` in a real browser: `cargo xtask test --only page` looks for one and runs these tests.

mod util;

use std::process::Command;

use serde_json::Value;
use util::folder::Folder;
use util::maillog::{Stamps, log};
use util::run;

const PHONE: u32 = 360;
const DESKTOP: u32 = 1280;

/// What the browser says of the page in a frame as wide as a screen.
const HARNESS: &str = r#"<!doctype html><body style="margin:0"><iframe id="frame" src="page.html" style="border:0;width:WIDTHpx;height:900px"></iframe>
<pre id="answer"></pre><script>
frame.onload = () => {
  const inner = frame.contentWindow, page = frame.contentDocument;
  const box = (element) => element.getBoundingClientRect();
  const color = (element, name) => inner.getComputedStyle(element)[name].match(/[\d.]+/g).map(Number);
  const all = (selector) => [...page.querySelectorAll(selector)];
  const texts = all("h1, h2, h3, p, td, th, li, pre").filter((element) => element.innerText.trim());
  answer.textContent = JSON.stringify({
    title: page.title,
    width: page.documentElement.scrollWidth,
    foreign: all("script, img, iframe, object, embed, link, form, input, base, b b").length,
    handlers: all("*").filter((element) => [...element.attributes].some((attribute) => /^on/i.test(attribute.name))).length,
    links: all("a").map((element) => element.protocol).filter((protocol) => protocol !== "https:" && protocol !== "http:"),
    loaded: inner.performance.getEntriesByType("resource").length,
    back: color(page.body, "backgroundColor"),
    text: color(page.body, "color"),
    dim: color(page.querySelector(".dim"), "color"),
    small: Math.min(...texts.map((element) => parseFloat(inner.getComputedStyle(element).fontSize))),
    outside: texts.filter((element) => box(element).right > WIDTH + 1).map((element) => element.innerText.slice(0, 40)),
    plots: all("svg.plot").map((plot) => [box(plot).width, box(plot).height]),
    bars: all("svg.plot rect").filter((bar) => box(bar).width > 0 && box(bar).height > 0).length,
    words: page.body.innerText,
  });
};
</script></body>"#;

/// The browser's answers about the page of this log.
fn look(name: &str, log: &str, width: u32, is_dark: bool) -> Value {
    let folder = Folder::new(&format!("page-{name}-{width}-{is_dark}"));
    let log = folder.write("mail.log", log);
    let page = folder.path("page.html");
    let made = run(["scan", &log, "--html", page.to_str().expect("the path is UTF-8")]);
    assert_eq!((made.status, made.stderr.as_str()), (Some(0), ""));
    folder.write("harness.html", HARNESS.replace("WIDTH", &width.to_string()));
    let browser = std::env::var_os("SMTP_CODES_BROWSER").expect("SMTP_CODES_BROWSER names a Chromium");
    let mut command = Command::new(browser);
    command.args([
        "--headless",
        "--hide-scrollbars",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--allow-file-access-from-files",
    ]);
    command.arg(format!("--user-data-dir={}", folder.path("profile").display()));
    // 0 is dark, 1 is light.
    command.arg(format!("--blink-settings=preferredColorScheme={}", i32::from(!is_dark)));
    command.args(["--window-size=1400,1000", "--virtual-time-budget=20000", "--dump-dom"]);
    command.arg(format!("file://{}", folder.path("harness.html").display()));
    let output = command.output().expect("the browser starts");
    let document = String::from_utf8_lossy(&output.stdout);
    let answer = document.split_once("<pre id=\"answer\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let answer = answer.map_or("", |(answer, _)| answer);
    let answer = answer.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&answer)
        .unwrap_or_else(|error| panic!("no answer ({error}): {document}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// How bright a colour is, from 0 to 1, as the Web Content Accessibility Guidelines count it.
fn luminance(color: &Value) -> f64 {
    let part = |place: usize| {
        let part = color[place].as_f64().expect("a number") / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2)
}

fn contrast(one: &Value, other: &Value) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
#[ignore = "needs a browser: cargo xtask test --only page"]
fn the_page_fits_a_phone_and_a_desktop_by_day_and_by_night() {
    let text = log(1, 3000, Stamps::Iso).0;
    for (width, is_dark) in [(PHONE, false), (PHONE, true), (DESKTOP, false), (DESKTOP, true)] {
        let answer = look("layout", &text, width, is_dark);
        let place = format!("{width} wide, dark: {is_dark}");
        assert_eq!(answer["width"], width, "{place}: it has to be scrolled sideways");
        assert_eq!(answer["outside"], Value::Array(Vec::new()), "{place}: text is cut off");
        assert!(answer["small"].as_f64() >= Some(12.0), "{place}: text is too small: {}", answer["small"]);
        assert_eq!(luminance(&answer["back"]) < 0.1, is_dark, "{place}: {}", answer["back"]);
        assert!(contrast(&answer["back"], &answer["text"]) >= 7.0, "{place}: {}", answer["text"]);
        assert!(contrast(&answer["back"], &answer["dim"]) >= 4.5, "{place}: {}", answer["dim"]);
        let plots = answer["plots"].as_array().expect("a list");
        assert_eq!(plots.len(), 2, "{place}");
        for plot in plots {
            assert!(plot[0].as_f64() > Some(f64::from(width.min(1000)) * 0.85), "{place}: {plot}");
            assert!(plot[1].as_f64() >= Some(100.0), "{place}: {plot}");
        }
        assert!(answer["bars"].as_u64() > Some(50), "{place}: {}", answer["bars"]);
        assert_eq!(answer["loaded"], 0, "{place}: it loads something");
        let words = answer["words"].as_str().expect("text");
        for part in
            ["delivered", "Over time", "Why others refused", "By receiver", "Causes", "Why this server rejected"]
        {
            assert!(words.contains(part), "{place}: {part} is missing");
        }
    }
}

#[test]
#[ignore = "needs a browser: cargo xtask test --only page"]
fn nothing_in_a_log_runs() {
    let evil = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\
                <a href=\"javascript:document.title='owned'\">x</a><b><b>'\" onmouseover='document.title=1' </pre></article></body>";
    let line = format!(
        "2026-01-05T09:00:01+00:00 out1 postfix/smtp[1]: 4F1: to=<{evil}@{evil}>, relay={evil}[192.0.2.7]:25, delay=1, \
         delays=1/0/0/0, dsn=5.1.1, status=bounced (host mx.a.example[192.0.2.7] said: 550 5.1.1 {evil} User unknown {evil} (in \
         reply to RCPT TO command))\n\
         2026-01-05T09:00:09+00:00 out1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from x[203.0.113.66]: 554 5.7.1 {evil} Relay access \
         denied; from=<{evil}> to=<{evil}> proto=ESMTP helo=<{evil}>\n"
    );
    let answer = look("hostile", &line, DESKTOP, false);
    let title = answer["title"].as_str().expect("a title");
    assert!(title.ends_with("mail.log: mail log"), "{title}");
    assert_eq!(answer["foreign"], 0, "{answer}");
    assert_eq!(answer["handlers"], 0, "{answer}");
    assert_eq!(answer["links"], Value::Array(Vec::new()), "{answer}");
    assert_eq!(answer["loaded"], 0, "{answer}");
    assert!(answer["words"].as_str().expect("text").contains("<script>document.title='owned'</script>"), "{answer}");
    assert_eq!(answer["width"], DESKTOP, "{answer}");
}
