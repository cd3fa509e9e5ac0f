use core::fmt;
use core::str::FromStr;

/// A kind of mail log.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Format {
    /// Postfix, in syslog.
    Postfix,
    /// Exim's main log.
    Exim,
    /// Sendmail, in syslog.
    Sendmail,
    /// `OpenSMTPD`, in syslog.
    OpenSmtpd,
    /// qmail's `qmail-send`, written by multilog or splogger.
    Qmail,
    /// Exchange's message tracking log.
    ExchangeTracking,
    /// Exchange's protocol logs of receive and send connectors.
    ExchangeProtocol,
    /// `KumoMTA`'s delivery log in JSON.
    Kumo,
    /// Haraka's log with `format=json`.
    Haraka,
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Postfix,
        Self::Exim,
        Self::Sendmail,
        Self::OpenSmtpd,
        Self::Qmail,
        Self::ExchangeTracking,
        Self::ExchangeProtocol,
        Self::Kumo,
        Self::Haraka,
    ];

    /// The word for it: `postfix`, `exim`, `exchange-tracking`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Postfix => "postfix",
            Self::Exim => "exim",
            Self::Sendmail => "sendmail",
            Self::OpenSmtpd => "opensmtpd",
            Self::Qmail => "qmail",
            Self::ExchangeTracking => "exchange-tracking",
            Self::ExchangeProtocol => "exchange-protocol",
            Self::Kumo => "kumo",
            Self::Haraka => "haraka",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    /// The format of this name, in any case.
    ///
    /// # Examples
    ///
    /// ```
    /// use smtp_codes::log::Format;
    ///
    /// assert_eq!("postfix".parse(), Ok(Format::Postfix));
    /// let error = "courier".parse::<Format>().unwrap_err();
    /// assert!(error.to_string().starts_with("unknown log format: expected postfix, exim, "));
    /// ```
    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL.iter().copied().find(|format| format.as_str().eq_ignore_ascii_case(name)).ok_or(UnknownFormat(()))
    }
}

/// A name that no [`Format`] has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownFormat(());

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown log format: expected ")?;
        for (place, format) in Format::ALL.iter().enumerate() {
            write!(f, "{}{format}", if place == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownFormat {}
