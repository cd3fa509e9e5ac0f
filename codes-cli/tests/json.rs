//! The objects of `--json`: their fields are a contract.

mod util;

use serde_json::{Value, json};
use util::{run, run_with_input};

/// The objects that a run writes, one a line.
fn objects<A: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = A>) -> Vec<Value> {
    let arguments: Vec<A> = arguments.into_iter().collect();
    let run = run(arguments.iter().map(AsRef::as_ref).chain([std::ffi::OsStr::new("--json")]));
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is an object")).collect()
}

fn object<const N: usize>(arguments: [&str; N]) -> Value {
    let mut objects = objects(arguments);
    assert_eq!(objects.len(), 1, "{arguments:?}");
    objects.remove(0)
}

/// The names of an object's fields, in the order of the alphabet.
fn fields(object: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = object.as_object().expect("an object").keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Asserts that an object has the fields of every look-up and these of its kind.
#[track_caller]
fn has_fields(object: &Value, own: &[&str]) {
    let mut expected = vec!["type", "name", "title", "status", "summary", "advice", "refs", "providers"];
    expected.extend(own);
    expected.sort_unstable();
    assert_eq!(fields(object), expected);
}

#[test]
fn a_reply_code_is_a_number() {
    let object = object(["354"]);
    has_fields(&object, &["code", "class", "commands", "meanings"]);
    assert_eq!(object["type"], "reply");
    assert_eq!(object["code"], 354);
    assert_eq!(object["name"], "START_MAIL_INPUT");
    assert_eq!(object["status"], "standard");
    assert_eq!(object["class"], "intermediate");
    assert_eq!(object["commands"], json!(["DATA"]));
    let meaning = &object["meanings"][0];
    assert_eq!(fields(meaning), ["commands", "keyword", "refs", "status", "summary", "text"]);
    assert_eq!(meaning["commands"], json!(["DATA"]));
    assert_eq!(fields(&object["refs"][0]), ["document", "section", "url"]);
    assert_eq!(object["refs"][0]["document"], "RFC 5321");
    let section = object["refs"][0]["section"].as_str().expect("a section");
    assert_eq!(object["refs"][0]["url"], format!("https://www.rfc-editor.org/rfc/rfc5321#section-{section}"));
}

#[test]
fn an_enhanced_code_is_text() {
    let object = object(["5.2.1"]);
    has_fields(
        &object,
        &["code", "class", "subject", "detail", "text", "registered", "basic_codes", "other_basic_codes", "classes"],
    );
    assert_eq!(object["type"], "enhanced");
    assert_eq!(object["code"], "5.2.1");
    assert_eq!(object["registered"], "X.2.1");
    assert_eq!(object["class"], "permanent");
    assert!(object["basic_codes"].is_array());

    let claim = &object["providers"][0];
    assert_eq!(fields(claim), ["advice", "code", "departs", "departure", "meaning", "provider", "sources"]);
    assert_eq!(claim["provider"], "exchange-2003");
    assert_eq!(claim["code"], "5.2.1");
    assert_eq!(object["providers"][1]["code"], "5.2.x");
    assert_eq!(claim["departs"], true);
    assert_eq!(fields(&claim["sources"][0]), ["read", "title", "url"]);
}

#[test]
fn an_enhanced_code_of_any_class_has_none() {
    let object = object(["X.7.1"]);
    assert_eq!(object["type"], "enhanced");
    assert_eq!(object["code"], "X.7.1");
    assert_eq!(object["class"], Value::Null);
    assert_eq!(object["registered"], "X.7.1");
}

#[test]
fn a_subject_and_a_class_name_their_codes() {
    let subject = object(["5.2.x"]);
    has_fields(&subject, &["code", "class", "text", "codes"]);
    assert_eq!((&subject["type"], &subject["code"]), (&json!("subject"), &json!("5.2.x")));
    assert_eq!(subject["codes"][1], "5.2.1");
    assert_eq!(object(["X.2.x"])["codes"][1], "X.2.1");

    let class = object(["5.x.x"]);
    has_fields(&class, &["code", "class", "text", "codes"]);
    assert_eq!((&class["type"], &class["code"]), (&json!("class"), &json!("5.x.x")));
    assert_eq!(class["codes"][2], "5.2.x");

    let severity = object(["4xx"]);
    has_fields(&severity, &["code", "class", "text", "codes"]);
    assert_eq!((&severity["type"], &severity["code"]), (&json!("class"), &json!("4xx")));
    assert_eq!(severity["codes"][0], 421);
}

#[test]
fn commands_and_keywords_are_two_kinds() {
    let objects = objects(["starttls"]);
    has_fields(&objects[0], &["verb", "syntax", "keyword", "protocols", "replies"]);
    assert_eq!((&objects[0]["type"], &objects[0]["verb"]), (&json!("command"), &json!("STARTTLS")));
    let row = &objects[0]["replies"][0];
    assert_eq!(fields(row), ["failure", "intermediate", "keyword", "refs", "stage", "success"]);
    assert_eq!(row["success"], json!([220]));

    has_fields(
        &objects[1],
        &["keyword", "text", "parameters", "mail_parameters", "rcpt_parameters", "verbs", "protocols"],
    );
    assert_eq!((&objects[1]["type"], &objects[1]["keyword"]), (&json!("keyword"), &json!("STARTTLS")));
    assert_eq!(objects[1]["verbs"], json!(["STARTTLS"]));
}

#[test]
fn every_reply_code_goes_round() {
    let objects = objects((200..600).map(|code| code.to_string()));
    assert_eq!(objects.len(), 400);
    for (code, object) in (200..600).zip(&objects) {
        assert_eq!(object["code"], code);
        assert_eq!(object["type"], "reply");
        has_fields(object, &["code", "class", "commands", "meanings"]);
        for field in ["name", "title", "status", "summary", "advice"] {
            assert_eq!(object[field].is_null(), object["meanings"] == json!([]), "{code} {field}");
        }
    }
    assert!(objects.iter().filter(|object| !object["name"].is_null()).count() > 40);
}

#[test]
fn codes_that_no_document_lists_go_round() {
    let codes = ["5.7.606", "4.7.650", "5.7.509", "5.999.999", "2.0.42"];
    for (code, object) in codes.iter().zip(objects(codes)) {
        assert_eq!(object["code"], *code);
        assert_eq!(object["registered"], Value::Null);
        assert_eq!(object["title"], Value::Null);
        assert_eq!(object["basic_codes"], json!([]));
    }
    assert_eq!(object(["571"])["class"], "permanent");
}

#[test]
fn a_command_selects_the_meanings() {
    let all = object(["250"]);
    let one = object(["250", "--command", "ETRN"]);
    assert!(all["meanings"].as_array().expect("a list").len() > 5);
    assert_eq!(one["meanings"].as_array().expect("a list").len(), 1);
    assert_eq!(one["meanings"][0]["commands"], json!(["ETRN"]));
    assert_eq!(object(["354", "--command", "RCPT"])["meanings"], json!([]));
}

#[test]
fn every_list_has_objects_of_its_type() {
    let lists = [
        ("replies", "reply", "code"),
        ("enhanced", "enhanced", "code"),
        ("commands", "command", "verb"),
        ("keywords", "keyword", "keyword"),
        ("reasons", "reason", "reason"),
        ("providers", "provider", "provider"),
        ("claims", "claim", "code"),
        ("rules", "rule", "rule"),
        ("rfcs", "document", "document"),
    ];
    for (kind, r#type, key) in lists {
        let objects = objects(["list", kind]);
        assert!(!objects.is_empty(), "{kind}");
        for object in objects {
            assert_eq!(object["type"], r#type);
            assert!(!object[key].is_null(), "{object}");
        }
        let table = run(["list", kind]);
        assert_eq!((table.status, table.stderr.as_str()), (Some(0), ""));
    }
    assert_eq!(
        fields(&object(["list", "providers", "--provider", "exchange-2003"])),
        ["claims", "documented", "kind", "name", "provider", "read", "rules", "sources", "summary", "type"]
    );
    assert_eq!(
        fields(&objects(["list", "reasons"])[0]),
        ["advice", "party", "permanent", "plain", "reason", "summary", "title", "transient", "type"]
    );
    assert_eq!(
        fields(&objects(["list", "rules"])[0]),
        ["example", "party", "provider", "rank", "reason", "rule", "sources", "type", "without", "words"]
    );
    assert_eq!(
        fields(&objects(["list", "rfcs"])[0]),
        ["date", "document", "obsoleted_by", "obsoletes", "status", "title", "type", "url"]
    );
    assert_eq!(
        fields(&objects(["list", "claims"])[0]),
        [
            "advice",
            "code",
            "departs",
            "departure",
            "enhanced",
            "meaning",
            "provider",
            "reply",
            "sources",
            "tag",
            "type"
        ]
    );
}

#[test]
fn a_list_can_be_narrowed() {
    let codes: Vec<_> =
        objects(["list", "replies", "--command", "atrn"]).iter().map(|object| object["code"].clone()).collect();
    assert!(codes.contains(&json!(453)) && !codes.contains(&json!(354)), "{codes:?}");
    assert!(
        objects(["list", "claims", "--provider", "exchange-2003"])
            .iter()
            .all(|claim| claim["provider"] == "exchange-2003")
    );
    let of_reason = objects(["list", "rules", "--reason", "greylisted"]);
    assert!(!of_reason.is_empty() && of_reason.iter().all(|rule| rule["reason"] == "greylisted"));
    let of_provider = objects(["list", "rules", "--provider", "gmail"]);
    assert!(!of_provider.is_empty() && of_provider.iter().all(|rule| rule["provider"] == "gmail"));
    assert_eq!(objects(["list", "reasons", "--reason", "Greylisted"]).len(), 1);
}

#[test]
fn a_search_gives_the_objects_of_its_results() {
    let objects = objects(["search", "mailbx", "full"]);
    assert_eq!((&objects[0]["type"], &objects[0]["code"]), (&json!("enhanced"), &json!("X.2.2")));
    assert_eq!(run(["search", "qqqqqq"]).status, Some(1));
    let found = self::objects(["search", "recipient", "greylisted"]);
    assert!(found.iter().any(|object| object["rule"] == "en-greylisted"), "{found:?}");
}

#[test]
fn a_rule_and_a_reason_are_looked_up_by_their_ids() {
    let rule = object(["EN-user-unknown"]);
    assert_eq!((&rule["type"], &rule["rule"]), (&json!("rule"), &json!("en-user-unknown")));
    assert_eq!((&rule["reason"], &rule["party"]), (&json!("mailbox-unknown"), &json!("recipient")));
    assert_eq!(object(["mailbox-unknown"])["type"], "reason");
    assert_eq!(run(["en-nothing-of-that"]).status, Some(1));
}

/// What every verdict has.
const VERDICT: [&str; 14] = [
    "action",
    "basis",
    "blocklist",
    "class",
    "conflicts",
    "enhanced",
    "matched",
    "party",
    "provider",
    "reason",
    "reply",
    "retry_after",
    "rule",
    "sources",
];

#[test]
fn a_verdict_of_a_stream_has_its_fields() {
    let text = "550 4.7.1 Service unavailable; client [192.0.2.7] blocked using zen.spamhaus.org\n";
    let run = run_with_input(["classify", "--json"], text.as_bytes());
    let object: Value = serde_json::from_str(&run.stdout).expect("one object");
    let mut expected = VERDICT.to_vec();
    expected.push("line");
    expected.sort_unstable();
    assert_eq!(fields(&object), expected);
    assert_eq!(object["line"], 1);
    assert_eq!(object["reply"], 550);
    assert_eq!(object["enhanced"], "4.7.1");
    assert_eq!(object["class"], "permanent");
    assert_eq!(object["reason"], "blocklisted");
    assert_eq!(object["party"], "sender");
    assert_eq!(object["action"], "delist");
    assert_eq!(object["rule"], "spamhaus-listed");
    assert_eq!(object["basis"], "text");
    assert_eq!(object["blocklist"], "Spamhaus");
    assert_eq!(object["retry_after"], Value::Null);
    assert!(object["conflicts"].as_array().expect("a list").contains(&json!("classes")), "{object}");
    assert_eq!(fields(&object["sources"][0]), ["read", "title", "url"]);
}

#[test]
fn what_is_not_known_is_null() {
    let run = run_with_input(["classify", "--json"], b"hello\n250 2.0.0 ok\n");
    let objects: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is an object")).collect();
    let expected = json!({
        "line": 1, "reply": null, "enhanced": null, "class": null, "reason": "unknown", "party": null,
        "action": "review", "provider": null, "rule": null, "basis": "none", "matched": null, "retry_after": null,
        "blocklist": null, "conflicts": [], "sources": []
    });
    assert_eq!(objects[0], expected);
    assert_eq!((&objects[1]["class"], &objects[1]["reason"]), (&json!("success"), &Value::Null));
    assert_eq!((&objects[1]["action"], &objects[1]["basis"]), (&json!("none"), &json!("reply")));
    assert_eq!(fields(&objects[1]["sources"][0]), ["document", "section", "url"]);
}

#[test]
fn an_explanation_begins_with_the_verdict() {
    let objects = objects(["explain", "hello\n\n550 5.1.1 User unknown"]);
    let verdict = &objects[0];
    let mut expected = VERDICT.to_vec();
    expected.extend(["type", "line", "times", "title", "summary", "plain", "advice"]);
    expected.sort_unstable();
    assert_eq!(fields(verdict), expected);
    assert_eq!((&verdict["type"], &verdict["line"], &verdict["times"]), (&json!("verdict"), &json!(3), &json!(1)));
    assert_eq!(verdict["matched"], json!([17, 29]), "bytes of the whole text");
    let types: Vec<_> = objects.iter().map(|object| object["type"].clone()).collect();
    assert_eq!(types, [json!("verdict"), json!("reply"), json!("enhanced")]);
}
