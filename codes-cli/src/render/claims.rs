use smtp_codes::{Answer, Claim, Page as Source, Provider};

use crate::args::Options;
use crate::facts;
use crate::page::Page;
use crate::style;

/// What providers mean by it, those that depart from the standard flagged.
pub(crate) fn part(answer: Answer, options: &Options, page: &mut Page) {
    if matches!(answer, Answer::Tag(..)) {
        // The tag's one claim is the answer itself.
        return;
    }
    let mut named: Option<&str> = None;
    for (provider, claim) in facts::claims(answer, options.provider) {
        if named != Some(provider.id) {
            page.heading(&heading(provider), "");
            named = Some(provider.id);
        }
        meaning_and_advice(claim, page);
    }
    if let (None, Some(provider)) = (named, options.provider) {
        page.heading(&heading(provider), "");
        page.paragraph(&format!("The catalogue knows no meaning of its own for {}.", facts::code(answer)));
    }
}

/// The same without a heading, of the one provider that was asked for; of a code that has no other meaning, of all.
pub(crate) fn brief(answer: Answer, options: &Options, page: &mut Page) {
    let claims = facts::claims(answer, options.provider);
    if options.provider.is_some() || super::is_of_providers(answer) {
        for (provider, claim) in claims {
            page.row("Provider", &heading(provider));
            meaning_and_advice(claim, page);
        }
    }
}

/// The pages on which the claims stand, each once.
pub(crate) fn pages(answer: Answer, options: &Options) -> Vec<(&'static Provider, &'static Source)> {
    let mut pages: Vec<(&Provider, &Source)> = Vec::new();
    for (provider, claim) in facts::claims(answer, options.provider) {
        for source in claim.sources {
            if !pages.iter().any(|(_, other)| std::ptr::eq(*other, *source)) {
                pages.push((provider, source));
            }
        }
    }
    pages
}

pub(super) fn heading(provider: &Provider) -> String {
    format!("{} ({})", provider.name, provider.id)
}

fn meaning_and_advice(claim: &Claim, page: &mut Page) {
    page.styled_row(&claim.to_string(), style::BOLD, claim.meaning, style::PLAIN);
    page.row("Do", claim.advice);
    if let Some(departs) = claim.departs {
        page.styled_row("Departs", style::CARE, departs, style::PLAIN);
    }
}
