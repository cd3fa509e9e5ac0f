use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error};

/// One enhanced status code or many: `5.7.1`, `X.7.1`, `5.1.x`, `5.x.x`, `5.7.606-649`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EnhancedPattern {
    /// 2, 4 or 5; `None` is any.
    pub class: Option<u8>,
    /// 0 to 999; `None` is any.
    pub subject: Option<u16>,
    /// 0 to 999 each, not upside down.
    pub details: RangeInclusive<u16>,
}

impl EnhancedPattern {
    /// Sorts by class, subject and first detail, a wildcard before what it holds.
    pub fn order(&self) -> impl Ord + use<> {
        let size = self.details.end() - self.details.start();
        (self.class, self.subject, *self.details.start(), std::cmp::Reverse(size))
    }
}

impl fmt::Display for EnhancedPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.class {
            Some(class) => write!(f, "{class}.")?,
            None => f.write_str("X.")?,
        }
        match self.subject {
            Some(subject) => write!(f, "{subject}.")?,
            None => f.write_str("x.")?,
        }
        match (*self.details.start(), *self.details.end()) {
            (0, 999) => f.write_str("x"),
            (first, last) if first == last => write!(f, "{first}"),
            (first, last) => write!(f, "{first}-{last}"),
        }
    }
}

impl FromStr for EnhancedPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || {
            format!(
                "expected a code, wildcard or range like `5.7.1`, `5.1.x`, `X.7.1` or `5.7.606-649`, found `{text}`"
            )
        };
        let parts: Vec<&str> = text.split('.').collect();
        let [class, subject, details] = parts[..] else { return Err(unknown()) };
        let class = match class {
            "X" => None,
            "2" => Some(2),
            "4" => Some(4),
            "5" => Some(5),
            _ => return Err(unknown()),
        };
        let subject = match subject {
            "x" => None,
            digits => Some(number(digits).ok_or_else(unknown)?),
        };
        let details = match details.split_once('-') {
            _ if details == "x" => 0..=999,
            None => {
                let detail = number(details).ok_or_else(unknown)?;
                detail..=detail
            }
            Some((first, last)) => {
                let (first, last) = (number(first).ok_or_else(unknown)?, number(last).ok_or_else(unknown)?);
                if first >= last {
                    return Err(format!("expected a range that goes upwards, found `{first}-{last}`"));
                }
                first..=last
            }
        };
        if subject.is_none() && details != (0..=999) {
            return Err(unknown());
        }
        Ok(Self { class, subject, details })
    }
}

impl<'de> Deserialize<'de> for EnhancedPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// One to three digits, as RFC 3463 has them: no leading zero.
fn number(digits: &str) -> Option<u16> {
    let legal = matches!(digits.len(), 1..=3)
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    legal.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::EnhancedPattern;

    #[test]
    fn all_forms_round_trip() {
        for text in ["5.7.1", "X.7.1", "5.1.x", "X.2.x", "5.x.x", "5.7.606-649", "4.7.0-999"] {
            let expected = if text == "4.7.0-999" { "4.7.x" } else { text };
            assert_eq!(text.parse::<EnhancedPattern>().unwrap().to_string(), expected);
        }
    }

    #[test]
    fn malformed_ones_are_refused() {
        for text in ["", "5", "5.7", "5.7.1.1", "3.7.1", "x.7.1", "5.7.01", "5.7.1000", "5.x.1", "5.7.-1", "5.7.1-"] {
            assert!(text.parse::<EnhancedPattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_range_upside_down_is_named() {
        let error = "5.7.649-606".parse::<EnhancedPattern>().unwrap_err();
        assert_eq!(error, "expected a range that goes upwards, found `649-606`");
    }
}
