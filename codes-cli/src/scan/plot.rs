//! Plots as SVG inside a page. They stretch with it, so that they hold no text: that stands beside them.

use std::fmt::Write;

use super::bars::number;
use super::html::Way;
use super::outcomes::Outcomes;
use super::timeline::Span;

/// How high a plot is and how wide a bar, in its own units.
const HEIGHT: f64 = 100.0;
const WIDTH: f64 = 100.0;

/// Columns over time, what happened in each on top of each other. What a pointer rests on is told.
pub(crate) fn plot(spans: &[Span], ways: &[Way], most: u64, page: &mut String) {
    let _ = writeln!(
        page,
        "<svg class=\"plot\" role=\"img\" aria-label=\"counts over time\" viewBox=\"0 0 {} {HEIGHT}\" preserveAspectRatio=\"none\">",
        spans.len()
    );
    for (place, span) in spans.iter().enumerate() {
        let _ = write!(page, "<g><title>{} {}", span.start.day(), span.start.clock());
        for (way, count) in ways {
            let _ = write!(page, ", {way} {}", number(count(&span.outcomes)));
        }
        page.push_str("</title>");
        let mut top = HEIGHT;
        for (way, count) in ways {
            let height = share(count(&span.outcomes), most) * HEIGHT;
            if height > 0.0 {
                top -= height;
                let _ = write!(
                    page,
                    "<rect class=\"{way}\" x=\"{place}.08\" y=\"{top:.2}\" width=\".84\" height=\"{height:.2}\"/>"
                );
            }
        }
        page.push_str("</g>\n");
    }
    page.push_str("</svg>\n");
}

/// A bar that lies, in the parts of each way.
pub(crate) fn bar(outcomes: &Outcomes, ways: &[Way], most: u64) -> String {
    let mut bar =
        format!("<svg class=\"bar\" aria-hidden=\"true\" viewBox=\"0 0 {WIDTH} 1\" preserveAspectRatio=\"none\">");
    let mut left = 0.0;
    for (way, count) in ways {
        let width = share(count(outcomes), most) * WIDTH;
        if width > 0.0 {
            let _ = write!(bar, "<rect class=\"{way}\" x=\"{left:.2}\" y=\"0\" width=\"{width:.2}\" height=\"1\"/>");
            left += width;
        }
    }
    bar.push_str("</svg>");
    bar
}

/// A square in the colour of a way.
pub(crate) fn swatch(way: &str) -> String {
    format!("<svg aria-hidden=\"true\" viewBox=\"0 0 1 1\"><rect class=\"{way}\" width=\"1\" height=\"1\"/></svg>")
}

#[expect(clippy::cast_precision_loss, reason = "a plot shows three digits at most")]
fn share(count: u64, most: u64) -> f64 {
    if most == 0 { 0.0 } else { count as f64 / most as f64 }
}
