//! The words by which reports that follow no standard are known: all in small letters.
//!
//! Whoever adds a form adds its words here, and a message with them in `tests/report`.

mod failures;

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, Match};

pub(super) use failures::FAILURES;

/// Words that are looked for all at once.
#[derive(Debug)]
pub(super) struct Words {
    words: &'static [&'static str],
    /// Made when they are first looked for.
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Words {
    const fn new(words: &'static [&'static str]) -> Self {
        Self { words, automaton: OnceLock::new() }
    }

    /// Whether any of them stands in a text, which has small letters where they have.
    pub(super) fn are_in(&self, text: &str) -> bool {
        match self.automaton() {
            Some(automaton) => automaton.is_match(text),
            None => self.words.iter().any(|words| text.contains(words)),
        }
    }

    /// Where they stand in a text.
    pub(super) fn find_all<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Match> + 't {
        self.automaton().into_iter().flat_map(move |automaton| automaton.find_iter(text))
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        self.automaton.get_or_init(|| AhoCorasick::new(self.words).ok()).as_ref()
    }
}

/// Local parts of addresses from which programs report.
pub(super) const SYSTEM_SENDERS: &[&str] = &[
    "mailer-daemon",
    "mailerdaemon",
    "mailer_daemon",
    "mail-daemon",
    "maildaemon",
    "mail.delivery.system",
    "mail-delivery-system",
    "maildeliverysystem",
    "mail-delivery-subsystem",
    "postmaster",
    "post_master",
    "post-master",
    "mdaemon",
    "smtp-daemon",
    "double-bounce",
    "mailsystem",
    "mail-system",
    "mailadmin",
    "mail-admin",
    "mdeliverd",
    "microsoftexchange",
    "listserv",
    "majordomo",
    "mailman",
    "listmaster",
    "ndr-admin",
    "bounce-daemon",
    "smtpmailer",
    "email-system",
    "amavis",
    "nondelivery",
];

/// Ends of local parts of the programs that run mailing lists.
pub(super) const LIST_SENDERS: &[&str] = &["-bounces", "-owner", "-request", "-return", "-admin", "-noreply"];

/// Names beside the address from which programs report.
pub(super) static SYSTEM_NAMES: Words = Words::new(&[
    "mail delivery",
    "mail deliver system",
    "mailer-daemon",
    "mailer daemon",
    "postmaster",
    "system administrator",
    "ndr administrator",
    "delivery subsystem",
    "microsoft outlook",
    "internet mail delivery",
    "mail system",
    "interscan",
    "delivery status",
    "systemadministrator",
    "administrateur syst",
    "administrador del sistema",
    "amministratore del sistema",
    "systeembeheerder",
    "mailmarshal",
    "groupwise",
    "mailsweeper",
    "mail router",
]);

/// What says that delivery is still attempted.
pub(super) static DELAYS: Words = Words::new(&[
    "not yet been delivered",
    "has been delayed",
    "is delayed",
    "delivery delayed",
    "message delayed",
    "(delay)",
    "(delayed)",
    "delayed mail",
    "warning message only",
    "do not need to resend",
    "will continue to try",
    "will continue for",
    "still trying",
    "delivery attempts will continue",
    "will be retried",
    "will keep trying",
    "will retry",
    "has not yet been",
    "warning: could not send message",
    "delivery status notification (delay",
    "temporarily delayed",
    "still being retried",
    "wird weiterhin",
    "verzögert",
    "retardé",
    "retrasad",
    "se ha retrasado",
    "atrasad",
    "отложен",
    "задерж",
    "配信が遅れ",
    "遅延",
    "ritardat",
    "vertraagd",
    "not been delivered yet",
    "transient error",
    "no need to resend",
    "will attempt to deliver",
]);

/// What takes that back: no more attempts are made.
pub(super) static GIVEN_UP: Words = Words::new(&[
    "giving up",
    "given up",
    "not going to try again",
    "in the queue too long",
    "will not be retried",
    "no further attempts",
    "permanent error",
    "failed permanently",
    "permanent fatal",
    "permanent failure",
    "will be deleted from queue",
    "has been removed from the queue",
    "retry timeout exceeded",
    "could not be delivered for",
    "(failure)",
    "has failed",
]);

/// What says that the message arrived.
pub(super) static DELIVERED: Words = Words::new(&[
    "successfully delivered",
    "was delivered to",
    "has been delivered to",
    "have been delivered",
    "successful mail delivery",
    "delivery succeeded",
    "delivered successfully",
    "successful delivery",
    "erfolgreich zugestellt",
    "wurde zugestellt",
    "remis avec succès",
    "entregado correctamente",
    "entregue com êxito",
    "entregue com sucesso",
    "is complete, but no delivery notification",
    "配信されました",
    "доставлено успешно",
]);

/// What says that the message was handed on, and to a list.
pub(super) static RELAYED: Words = Words::new(&[
    "successfully relayed",
    "was relayed to",
    "has been relayed",
    "delivery notification was not sent by the destination",
    "(relayed)",
]);
pub(super) static EXPANDED: Words =
    Words::new(&["successfully expanded", "has been expanded", "(expanded)", "was expanded"]);

/// What stands between a notice and the message that it returns: parts of short lines.
pub(super) static SEPARATORS: Words = Words::new(&[
    "copy of the message",
    "copy of your message",
    "copy of the original",
    "copy of the header",
    "header of the original message",
    "original message follow",
    "original message header",
    "original message ----",
    "---- original message",
    "-original message-",
    "original message:",
    "original message text",
    "original message as follows",
    "message header follow",
    "message headers follow",
    "message text follow",
    "unsent message",
    "returned message",
    "message returned ---",
    "text of the message",
    "text of your message",
    "body of the message",
    "start of returned",
    "returned mail follows",
    "text follows",
    "message follows",
    "headers follow",
    "header follows",
    "message contents",
    "content of the message",
    "undelivered message follows",
    "first lines of the message",
    "the message you sent",
    "copy of message",
    "copy of mail",
    "original mail",
    "begin original",
    "original-message",
    "header of your message",
    "message content follow",
    "truncated original",
    "kopfzeilen der",
    "ursprüngliche nachricht",
    "ursprünglichen nachricht",
    "originalnachricht",
    "kopie der nachricht",
    "kopie ihrer",
    "en-têtes",
    "message d'origine",
    "message original",
    "copie du message",
    "encabezados",
    "mensaje original",
    "cabeçalhos",
    "mensagem original",
    "messaggio originale",
    "intestazioni",
    "oorspronkelijk bericht",
    "oorspronkelijke bericht",
    "исходное сообщение",
    "исходного сообщения",
    "копия сообщения",
    "заголовки исходного",
    "原始邮件",
    "原始郵件",
    "元のメッセージ",
    "オリジナルメッセージ",
    "元メール",
    "원본 메시지",
    "nagłówki",
    "oryginalna wiadomość",
    "původní zpráv",
    "ursprungliga meddelandet",
    "oprindelige meddelelse",
]);

/// What stands before an address in the middle of a line, where that is whom the message did not reach.
pub(super) const LEADS: &[&str] = &[
    "rcpt to:",
    "rcpt to: ",
    "recipient:",
    "recipients:",
    "recipient(s):",
    "recipient address:",
    "recipient is",
    "address:",
    "addresses:",
    "addressee:",
    "to the",
    "to user",
    "user:",
    "user",
    "mail to",
    "message to",
    "email to",
    "deliver to",
    "delivered to",
    "delivery to",
    "delivered to:",
    "reach",
    "reached",
    "mailbox",
    "mailbox for",
    "account",
    "full:",
    "for",
    "sent to",
    "send to",
    "empfänger:",
    "adresse:",
    "an",
    "destinataire:",
    "destinataire",
    "destinatario:",
    "destinatario",
    "destinatário",
    "получателю",
    "адресату",
    "收件人",
    "empfänger",
    "450",
    "451",
    "452",
    "550",
    "551",
    "552",
    "553",
    "554",
    "destinatário:",
    "получатель:",
    "адрес:",
    "host:",
    "unknown:",
    "attempts:",
    "size:",
    "userid:",
    "quota:",
    "to",
    "to:",
    "failed:",
    "宛先:",
    "宛先：",
    "收件人:",
    "收件人：",
    "à",
    "a",
    "to the following recipient:",
    "following address:",
];

/// What must stand on the same line as one of the words before that stand in many lines.
pub(super) static LEAD_CONTEXTS: Words = Words::new(&[
    "deliver",
    "reach",
    "rcpt",
    "recipient",
    "undeliver",
    "reject",
    "unknown",
    "full",
    "fail",
    "invalid",
    "not exist",
    "no such",
    "quota",
    "exceed",
    "addressee",
    "destinat",
    "empfänger",
    "zustell",
    "получател",
    "доставлен",
    "宛先",
    "收件人",
    "blocked",
    "disabled",
    "bounce",
    "mailing list",
    "your request",
]);

/// How the subjects of answers by programs begin.
pub(super) const AUTO_REPLIES: &[&str] = &[
    "out of office",
    "out-of-office",
    "out of the office",
    "automatic reply",
    "auto-reply",
    "autoreply",
    "auto reply",
    "auto:",
    "automatic response",
    "auto response",
    "autoresponse",
    "auto-response",
    "vacation",
    "away from",
    "on vacation",
    "i am out",
    "abwesenheit",
    "automatische antwort",
    "autom. antwort",
    "réponse automatique",
    "absence du bureau",
    "absent",
    "respuesta automática",
    "resposta automática",
    "risposta automatica",
    "automatisch antwoord",
    "afwezig",
    "автоответ",
    "автоматический ответ",
    "自動返信",
    "自動応答",
    "不在",
    "自动回复",
    "自動回覆",
    "automatiskt svar",
    "autosvar",
    "automaattinen vastaus",
    "fuori sede",
    "fuera de la oficina",
    "odpowiedź automatyczna",
];

/// Subjects of those that ask the sender to confirm.
pub(super) static CHALLENGES: Words = Words::new(&[
    "please confirm",
    "confirm your message",
    "confirmation required",
    "verify your message",
    "sender verification",
    "challenge",
    "awaits moderator approval",
    "awaiting moderator",
]);

/// What says that something did not arrive, beside words that say that something did.
pub(super) static DENIALS: Words =
    Words::new(&["could not", "unable", "fail", "undeliver", "not been", "cannot", "can't"]);

/// What stands in lines that introduce recipients or reasons, however much they look as if the message followed.
pub(super) static INTRODUCTIONS: Words = Words::new(&[
    "was received",
    "recipient",
    "address",
    "reason",
    "transcript",
    "log follows",
    "could not be",
    "not delivered",
]);

/// What stands before the name of the host that is talked to.
pub(super) static HOSTS: Words =
    Words::new(&["talking to ", "host ", "connected to ", "connecting to ", "Remote-MTA: "]);
