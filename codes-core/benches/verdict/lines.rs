//! Lines such as servers send: the same at every run, all different.

use std::collections::BTreeSet;

use smtp_codes::RuleSet;

/// What many servers send, in about the lengths in which they send it. `@` stands for an address, `#` for a host name, `$` for a
/// domain, `^` for an IP address, `&` for an identifier and `%` for a number.
const REPLIES: &[&str] = &[
    "550 5.1.1 <@>: Recipient address rejected: User unknown in local recipient table",
    "550 5.1.1 <@>: Recipient address rejected: User unknown in virtual mailbox table",
    "550 5.1.1 <@>: Recipient address rejected: undeliverable address: host #[^] said: 550 5.1.1 User doesn't exist",
    "550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address for typos or unnecessary spaces. & - gsmtp",
    "550 5.1.1 User does not exist: <@>",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient @ not found by SMTP address lookup [#]",
    "550 No such user here",
    "550 <@>: no such mailbox on this server",
    "550 Mailbox not found. Please check the address <@> (session &)",
    "550 5.4.1 Recipient address rejected: Access denied. [# &]",
    "550 5.2.1 The email account that you tried to reach is disabled. & - gsmtp",
    "550 5.2.1 <@>: mailbox disabled, not accepting messages",
    "554 delivery error: dd This user doesn't have a $ account (@) [0] - #",
    "552 5.2.2 <@>: Recipient address rejected: Mailbox is over its quota (% bytes)",
    "552-5.2.2 The recipient's inbox is out of storage space and inactive. Please direct the recipient to # & - gsmtp",
    "452 4.2.2 <@>: mailbox is full, try again later",
    "452-4.2.2 The email account that you tried to reach is over quota. Please direct the recipient to clear space. & - gsmtp",
    "552 Requested mail action aborted: exceeded storage allocation for @",
    "450 4.7.1 <#[^]>: Client host rejected: cannot find your reverse hostname, [^]",
    "450 4.2.0 <@>: Recipient address rejected: Greylisted, see http://#/help/%.html",
    "451 4.7.1 Greylisting in action, please come back in 00:04:%",
    "451 4.7.500 Server busy. Please try again later from [^]. (&) [#]",
    "450 4.1.8 <@>: Sender address rejected: Domain not found",
    "450 4.1.2 <@>: Recipient address rejected: Domain not found",
    "421 4.7.0 [^ 15] Our system has detected an unusual rate of unsolicited mail originating from your IP address. & - gsmtp",
    "421 4.7.28 Gmail has detected an unusual rate of mail from your domain [$ %]. To protect our users, mail was temporarily rate limited. & - gsmtp",
    "421 4.7.0 [TSS04] Messages from ^ temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://#/error-codes",
    "421 # Service not available, closing transmission channel (too many connections from ^)",
    "421 4.7.1 Too many concurrent connections from ^, slow down",
    "421 4.3.2 Service shutting down and closing transmission channel",
    "421 4.4.2 # Error: timeout exceeded",
    "451 4.3.0 <@>: Temporary lookup failure",
    "451 4.3.5 <@>: Recipient address rejected: Server configuration problem",
    "451 Temporary local problem - please try later",
    "452 4.3.1 Insufficient system resources (UsedDiskSpace[&]) [#]",
    "452 4.5.3 Too many recipients, limit is % per message",
    "550 5.7.1 Service unavailable; client [^] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/^",
    "554 5.7.1 Service unavailable; Client host [^] blocked using bl.spamcop.net; Blocked - see https://www.spamcop.net/bl.shtml?^",
    "554 5.7.1 <#[^]>: Client host rejected: Access denied",
    "550 5.7.1 Unfortunately, messages from [^] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150). [& #]",
    "550 5.7.606 Access denied, banned sending IP [^]. To request removal from this list please visit https://# and follow the directions. & [#]",
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM. SPF [$] with ip: [^] = did not pass & - gsmtp",
    "550 5.7.1 <@>: Recipient address rejected: SPF fail - not authorized. See http://#/why?id=%",
    "550 5.7.509 Access denied, sending domain $ does not pass DMARC verification and has a DMARC policy of reject. [& #]",
    "550 5.7.0 Message rejected due to the DMARC policy of $ (&)",
    "554 5.7.9 Message not accepted for policy reasons. See https://#/mail/%.html (&)",
    "550 5.7.1 This message looks like spam and was refused (score %, id &)",
    "554 5.7.1 Message & rejected as spam by content filtering on #",
    "550 High probability of spam, message & was not accepted for <@>",
    "550 5.7.1 The message contains a virus and was rejected (& at #)",
    "552 5.7.0 This message was blocked because its content presents a potential security issue. & - gsmtp",
    "552 5.3.4 Message size exceeds fixed limit of % bytes",
    "552 5.3.4 Message size exceeds file system imposed limit on #",
    "550 5.7.1 <@>: Relay access denied",
    "554 5.7.1 <@>: Relay access denied",
    "550 relay not permitted for @ from #[^]",
    "530 5.7.0 Must issue a STARTTLS command first",
    "530 5.7.57 Client not authenticated to send mail. [# &]",
    "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6 (&)",
    "535 5.7.3 Authentication unsuccessful [# &]",
    "550 Verification failed for <@>: the mail server could not deliver mail to it. Sender verify failed",
    "550 5.1.8 <@>: Sender address rejected: Domain of sender address does not resolve",
    "553 5.7.1 <@>: Sender address rejected: not owned by user @",
    "501 5.1.3 Bad recipient address syntax in <@>",
    "503 5.5.1 Error: need MAIL command before RCPT (connection & from ^)",
    "554 5.4.6 Hop count exceeded - possible mail loop detected on message &",
    "554 5.4.14 Hop count exceeded - possible mail loop ATTR34 [#]",
    "550 5.4.4 Host or domain name not found. Name service error for name=$ type=AAAA: Host not found",
    "connect to #[^]:25: Connection timed out",
    "550 5.4.310 DNS domain $ does not exist [Message=InfoDomainNonexistent] [LastAttemptedServerName=$] [#]",
    "556 5.1.10 <@>: Recipient address rejected: Domain $ does not accept mail (nullMX)",
    "550 permanent failure for one or more recipients (@:blocked), see https://#/kb/%",
    "554 IMTA06 # ^ refused, see our postmaster pages at https://#/blocked?ip=^ for an explanation",
    "550 Administrative prohibition - unable to validate recipient @",
    "550 5.7.1 Delivery not authorized, message & refused by the organization $",
    "554 5.7.1 You are not allowed to send to the group @ [#]",
    "host #[^] said: 550 5.1.1 <@>: Recipient address rejected: User unknown (in reply to RCPT TO command)",
    "host #[^] said: 451 4.7.1 Greylisted, try again in % seconds (in reply to RCPT TO command)",
    "smtp; 550 5.1.1 <@> User unknown; rejecting",
    "250 2.1.5 <@> recipient ok, queued for # as &",
    "250 2.0.0 Ok: queued as &",
    "550 <@>",
    "550 5.0.0 <@>... & %",
    "554 Transaction failed, reference & on #",
    "550 #: % mail for @ was turned away at the gate, ticket &",
];

/// Numbers that look like any, the same at every run.
struct Dice(u64);

impl Dice {
    const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn choose<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// So many lines: three of four as many servers send them, one as a rule of the catalogue gives it for its example, which
/// brings the rarer providers and the other languages in.
pub(super) fn lines(count: usize) -> Vec<String> {
    let mut dice = Dice::new(3);
    let rules = RuleSet::builtin().rules();
    let mut lines = BTreeSet::new();
    while lines.len() < count {
        let line = if dice.below(4) == 0 {
            vary_example(rules[dice.below(rules.len())].example, &mut dice)
        } else {
            fill(REPLIES[dice.below(REPLIES.len())], &mut dice)
        };
        lines.insert(line);
    }
    // In no order that a branch predictor could learn.
    let mut lines: Vec<String> = lines.into_iter().collect();
    for end in (2..=lines.len()).rev() {
        lines.swap(end - 1, dice.below(end));
    }
    lines
}

fn fill(reply: &str, dice: &mut Dice) -> String {
    let mut line = String::new();
    for letter in reply.chars() {
        match letter {
            '@' => line += &address(dice),
            '#' => line += &host(dice),
            '$' => line += &domain(dice),
            '^' => line += &ip(dice),
            '&' => line += &identifier(dice),
            '%' => line += &dice.below(60_000).to_string(),
            letter => line.push(letter),
        }
    }
    line
}

/// An example with other names in place of those that all examples have, and an identifier behind it, as many servers write.
fn vary_example(example: &str, dice: &mut Dice) -> String {
    let line = example.replace("ann@a.example", &address(dice)).replace("anna@a.example", &address(dice));
    let line = line.replace("mx.a.example", &host(dice)).replace("192.0.2.7", &ip(dice));
    match dice.below(2) {
        0 => format!("{line} [{}]", identifier(dice)),
        _ => format!("{line} ({})", host(dice)),
    }
}

fn address(dice: &mut Dice) -> String {
    let first = dice.choose(&["ann", "ben", "carla", "info", "j.smith", "maria", "office", "p.novak", "sales", "yuki"]);
    format!("{first}{}@{}", dice.below(1000), domain(dice))
}

fn domain(dice: &mut Dice) -> String {
    let name =
        dice.choose(&["acme", "blue-sky", "city", "garden", "harbour", "mail", "north", "school", "studio", "works"]);
    let end = dice.choose(&["com", "net", "org", "de", "fr", "co.uk", "com.br", "example"]);
    format!("{name}{}.{end}", dice.below(100))
}

fn host(dice: &mut Dice) -> String {
    let name = dice.choose(&["mx", "mx1", "mail", "smtp-in", "mta-7", "relay", "gw2.prod.outbound"]);
    format!("{name}.{}", domain(dice))
}

fn ip(dice: &mut Dice) -> String {
    format!("{}.{}.{}.{}", 1 + dice.below(223), dice.below(256), dice.below(256), 1 + dice.below(254))
}

fn identifier(dice: &mut Dice) -> String {
    const LETTERS: &[u8] = b"0123456789ABCDEFabcdefghjkmnpqrstuvwxyz";
    (0..10 + dice.below(8)).map(|_| char::from(LETTERS[dice.below(LETTERS.len())])).collect()
}
