//! Plants a fault in a sound catalogue and expects it to be caught, with file, line and key.

use std::fs;
use std::io::Write;

use crate::support::Fixture;

#[test]
fn a_sound_catalogue_passes_with_the_texts_and_then_without() {
    let fixture = Fixture::proven("sound");
    fixture.assert_texts(&[], 0, &[], "5 files, 31 claims (31 proven now, 0 known from the lock): 0 faults");
    fixture.assert_plain(0, &[], "5 files, 31 claims (0 proven now, 31 known from the lock): 0 faults");
}

#[test]
fn packed_texts_are_read() {
    let fixture = Fixture::proven("packed");
    for name in ["rfc-index.txt", "rfc9990.txt", "rfc9991.txt"] {
        let path = fixture.folder.join("rfc").join(name);
        let packed = fs::File::create(path.with_extension("txt.gz")).unwrap();
        let mut encoder = flate2::write::GzEncoder::new(packed, flate2::Compression::default());
        encoder.write_all(&fs::read(&path).unwrap()).unwrap();
        encoder.finish().unwrap();
        fs::remove_file(path).unwrap();
    }
    fixture.assert_texts(&[], 0, &[], "(31 proven now, 0 known from the lock): 0 faults");
}

#[test]
fn one_folder_of_texts_is_enough_for_its_claims() {
    let fixture = Fixture::proven("half");
    let rfc = fixture.folder.join("rfc").display().to_string();
    let output = fixture.validate(&["--rfc-dir", &rfc]);
    let expected = "5 files, 31 claims (20 proven now, 11 known from the lock): 0 faults\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
}

#[test]
fn a_wrong_section_is_caught() {
    let fixture = Fixture::proven("wrong-section");
    fixture.plant("catalogue/replies.toml", "§2.2 \"the toy", "§2.9 \"the toy");
    fixture.assert_texts(
        &[],
        1,
        &["replies.toml:49: reply 250: meaning[0].refs[0]: \
           expected the section RFC 9991 §2.9, found no such section, but the evidence in §2.2"],
        "1 fault",
    );
}

#[test]
fn a_code_that_is_not_in_the_cited_section_is_caught() {
    let fixture = Fixture::proven("wrong-code");
    fixture.plant(
        "catalogue/replies.toml",
        "§2.2 \"there is no toy box of that name, or it is locked\"",
        "§3.1 \"There is no such box\"",
    );
    fixture.assert_texts(
        &[],
        1,
        &["replies.toml:64: reply 550: meaning[0].refs[0]: expected `550` in RFC 9991 §3.1, found it in §2.2"],
        "1 fault",
    );
}

#[test]
fn a_code_of_a_command_that_stands_in_no_section_is_caught() {
    let fixture = Fixture::proven("wrong-row");
    fixture.plant("catalogue/commands.toml", "refs = ['RFC 9991 §2.2']", "refs = ['RFC 9991 §2.1', 'RFC 9990 §2']");
    fixture.assert_texts(
        &[],
        1,
        &["commands.toml:12: command PLAY: replies[0]: \
           expected `550` in one of RFC 9991 §2.1, RFC 9990 §2, found it in none of them"],
        "1 fault",
    );
}

#[test]
fn an_obsolete_rfc_cited_alone_is_caught() {
    let fixture = Fixture::proven("obsolete");
    fixture.plant("catalogue/replies.toml", "'RFC 9991 §2.2 \"the toy was accepted\"', ", "");
    fixture.assert_plain(
        1,
        &["replies.toml:49: reply 250: meaning[0].refs[0]: \
           expected its successor cited before it (RFC 9991), found the obsolete RFC 9990 alone"],
        "1 fault; references were not followed",
    );
}

#[test]
fn a_wrong_basic_code_is_caught() {
    let fixture = Fixture::proven("basic-code");
    fixture.plant("catalogue/enhanced.toml", "[250, 550]", "[550]");
    fixture.assert_texts(
        &[],
        1,
        &["enhanced.toml:57: enhanced 1.1: basic_codes: expected \
           `550 or 250 (other 4XX or 5XX codes are allowed)` as in the registry, found `550 and others`"],
        "1 fault",
    );
}

#[test]
fn a_basic_code_without_a_reply_is_caught() {
    let fixture = Fixture::proven("basic-code-alone");
    fixture.plant("catalogue/enhanced.toml", "[250, 550]", "[250, 450, 550]");
    fixture.assert_plain(
        1,
        &[
            "enhanced.toml:54: enhanced 1.1: text: expected a claim that proofs.lock holds as proven; prove it with \
             `cargo xtask validate --rfc-dir DIR --iana-dir DIR --update-lock`, found `enhanced 1.1: \
             \"Bad toy address\", standard, 250, 450, 550 and others, RFC 9991; compared with IANA \
             smtp-enhanced-status-codes`",
            "enhanced.toml:57: enhanced 1.1: basic_codes: expected reply codes of replies.toml, found `450`",
            "proofs.lock:17: enhanced 1.1: expected a claim of the catalogue; run `cargo xtask validate --rfc-dir DIR \
             --iana-dir DIR --update-lock`, found `\"Bad toy address\", standard, 250, 550 and others, RFC 9991; \
             compared with IANA smtp-enhanced-status-codes`, which it no longer makes",
        ],
        "3 faults",
    );
}

#[test]
fn a_missing_registry_row_is_caught() {
    let fixture = Fixture::proven("missing-row");
    let record = "<record>\n      <code>X.1.1</code>";
    let more = "<record>\n      <code>X.1.7</code>\n      <sample>New</sample>\n      <basic_code>Any</basic_code>\n    \
                </record>\n    ";
    fixture.plant("iana/smtp-enhanced-status-codes.xml", record, &format!("{more}{record}"));
    fixture.assert_texts(
        &[],
        1,
        &[
            "enhanced.toml:37: enhanced 1.7: detail: \
             expected an entry for X.1.7 of IANA smtp-enhanced-status-codes, found none",
            "proofs.lock:34: IANA smtp-enhanced-status-codes: text: expected `5ed27a8968c6f6c8`, the fingerprint of the \
             text at hand; run `cargo xtask validate --rfc-dir DIR --iana-dir DIR --update-lock`, found \
             `3a1b73dab2bb61a5`",
        ],
        "2 faults",
    );
}

#[test]
fn an_entry_that_claims_to_be_registered_is_caught() {
    let fixture = Fixture::new("extra-row");
    fixture.plant("catalogue/keywords.toml", "keyword = \"PLAY\"", "keyword = \"PLAYS\"");
    fixture.plant("catalogue/commands.toml", "keyword = \"PLAY\"", "keyword = \"PLAYS\"");
    let output = fixture.validate(&["--iana-dir", &fixture.folder.join("iana").display().to_string()]);
    let stdout = String::from_utf8_lossy(&output.stdout);
    let expected = [
        "keywords.toml:1: keyword PLAY: keyword: expected an entry for PLAY of IANA mail-parameters, found none",
        "keywords.toml:5: keyword PLAYS: status: \
         expected a row PLAYS in IANA mail-parameters, found an entry that says so",
    ];
    for line in expected {
        assert!(stdout.lines().any(|fault| fault == line), "{stdout}");
    }
}

#[test]
fn registered_texts_documents_and_statements_are_compared() {
    let fixture = Fixture::proven("registered");
    fixture.plant("catalogue/enhanced.toml", "text = \"Toy address\"", "text = \"Toy Address\"");
    fixture.plant("catalogue/enhanced.toml", "text = \"Toy delay\"", "text = \"Delay\"");
    fixture.plant("iana/mail-parameters.xml", "data=\"rfc9991\"", "data=\"rfc9990\"");
    fixture.plant("catalogue/rfcs.toml", "date = \"2024-12\"", "date = \"2024-11\"");
    fixture.assert_texts(
        &[],
        1,
        &[
            "rfcs.toml:29: document IANA smtp-enhanced-status-codes: date: \
             expected `2024-12` as in the registry, found `2024-11`",
            "enhanced.toml:13: class 4: text: expected `Toy delay` as in the registry, found `Delay`",
            "enhanced.toml:31: subject 1: text: expected `Toy address` as in the registry, found `Toy Address`",
            "keywords.toml:13: keyword PLAY: refs: \
             expected `RFC 9990` as in the registry, found only RFC 9991, IANA mail-parameters",
            "proofs.lock:33: IANA mail-parameters: text: expected `b777349701054bc3`, the fingerprint of the text at \
             hand; run `cargo xtask validate --rfc-dir DIR --iana-dir DIR --update-lock`, found `a040dcf12f0039c6`",
        ],
        "5 faults",
    );
}

#[test]
fn a_misspelt_key_is_caught() {
    let fixture = Fixture::proven("misspelt");
    fixture.plant("catalogue/commands.toml", "advice = ", "advise = ");
    fixture.assert_plain(
        1,
        &[
            "commands.toml:1: command PLAY: expected the key `advice`, found none",
            "commands.toml:9: command PLAY: advise: expected one of `verb`, `name`, `status`, `syntax`, `keyword`, \
             `protocols`, `summary`, `advice`, `refs`, `replies`, found unknown field `advise`",
        ],
        "2 faults; references were not followed",
    );
}

#[test]
fn a_duplicate_is_caught() {
    let fixture = Fixture::proven("duplicate");
    fixture.plant("catalogue/enhanced.toml", "detail = 1", "detail = 0");
    fixture.assert_plain(
        1,
        &["enhanced.toml:52: enhanced 1.0: detail: \
           expected no second enhanced 1.0, found one more, the first is on line 37"],
        "1 fault; references were not followed",
    );
}

#[test]
fn what_the_index_says_otherwise_is_caught() {
    let fixture = Fixture::proven("index");
    fixture.plant("catalogue/rfcs.toml", "\"Toy Mail, Revised\"", "\"Toy Mail Revised\"");
    fixture.plant("catalogue/rfcs.toml", "\"2008-10\"", "\"2008-11\"");
    fixture.plant("catalogue/rfcs.toml", "\"draft standard\"", "\"internet standard\"");
    fixture.plant("catalogue/rfcs.toml", "[\"RFC 9990\"]", "[]");
    fixture.plant("rfc/rfc-index.txt", "(Obsoleted by RFC9991)", "(Obsoleted by RFC9991, RFC9992)");
    fixture.assert_texts(
        &[],
        1,
        &[
            "rfcs.toml:7: document RFC 9990: obsoleted_by: \
             expected [\"RFC 9991\", \"RFC 9992\"] as in the index, found [\"RFC 9991\"]",
            "rfcs.toml:11: document RFC 9991: title: expected `Toy Mail, Revised` as in the index, found `Toy Mail Revised`",
            "rfcs.toml:12: document RFC 9991: date: expected `2008-10` as in the index, found `2008-11`",
            "rfcs.toml:13: document RFC 9991: status: \
             expected `draft standard` as in the index, found `internet standard`",
            "rfcs.toml:14: document RFC 9991: obsoletes: expected [\"RFC 9990\"] as in the index, found []",
        ],
        "5 faults",
    );
}

#[test]
fn evidence_that_is_not_in_the_section_is_caught() {
    let fixture = Fixture::proven("evidence");
    fixture.plant("catalogue/enhanced.toml", "\"no such box\"", "\"no such toys\"");
    fixture.plant("catalogue/enhanced.toml", "\"a permanent failure\"", "\"plays with a toy\"");
    fixture.assert_texts(
        &[],
        1,
        &[
            "enhanced.toml:60: enhanced 1.1: classes_ref: expected \"plays with a toy\" in RFC 9991 §3.1, found it in §2",
            "enhanced.toml:63: enhanced 1.1: refs[0]: \
             expected \"no such toys\" in RFC 9991 §3.1, found it nowhere in this document",
        ],
        "2 faults",
    );
}

#[test]
fn a_document_that_is_only_named_behind_the_proof_needs_no_word() {
    let fixture = Fixture::new("named");
    fixture.plant("catalogue/enhanced.toml", "\"no such box\"']", "\"no such box\"', 'RFC 9990']");
    fixture.assert_texts(&["--update-lock"], 0, &[], "36 rows written to the lock, 0 faults");
    fixture.plant(
        "catalogue/enhanced.toml",
        "refs = ['RFC 9991 §3.1 \"no such box\"', 'RFC 9990']",
        "refs = ['RFC 9991']",
    );
    fixture.plant("rfc/rfc9991.txt", "   X.1.1   Bad", "   X.1.11   Bad");
    fixture.assert_texts(
        &["--update-lock"],
        1,
        &[
            "enhanced.toml:60: enhanced 1.1: classes_ref: \
             expected `X.1.1` in RFC 9991 §3.1, found it nowhere in this document",
            "enhanced.toml:63: enhanced 1.1: refs[0]: \
             expected `X.1.1` in RFC 9991, found it nowhere in this document",
        ],
        "2 faults",
    );
}

#[test]
fn a_text_that_is_not_there_is_caught_once_unless_it_is_excused() {
    let fixture = Fixture::new("absent");
    fs::remove_file(fixture.folder.join("rfc/rfc9990.txt")).unwrap();
    fixture.plant("rfc/rfc-index.txt", "9990 Toy Mail. J.", "9989 Toy Mail. J.");
    let faults = [
        "rfcs.toml:2: document RFC 9990: id: expected a row of RFC 9990 in rfc-index.txt, found none",
        "rfcs.toml:2: document RFC 9990: id: expected the text rfc9990.txt, as it is cited, found none",
    ];
    fixture.assert_texts(&["--update-lock"], 1, &faults, "2 faults");
    let exceptions = fixture.folder.join("exceptions.toml");
    let absent = "[[absent]]\ndocument = \"RFC 9990\"\nreason = \"Nobody kept it.\"\n\n";
    fs::write(&exceptions, format!("{absent}{}", fs::read_to_string(&exceptions).unwrap())).unwrap();
    fixture.assert_texts(&["--update-lock"], 0, &[], "32 rows written to the lock, 0 faults");
    fixture.assert_plain(0, &[], "0 faults");
}

#[test]
fn an_exception_that_is_not_needed_is_caught() {
    let fixture = Fixture::proven("unneeded");
    fixture.plant("catalogue/keywords.toml", "parameters = \"<size>\"", "parameters = \"\"");
    fixture.plant("exceptions.toml", "[[registry]]", "[[absent]]\ndocument = \"RFC 9\"\nreason = \"\"\n\n[[registry]]");
    fixture.assert_texts(
        &["--update-lock"],
        1,
        &[
            "exceptions.toml:2: exception for RFC 9: document: expected a document that the catalogue cites, found none",
            "exceptions.toml:2: exception for RFC 9: reason: expected the reason, found none",
            "exceptions.toml:6: exception for keyword PLAY: parameters: \
             expected a difference where the registry says `no parameters`, found none",
        ],
        "3 faults",
    );
}

#[test]
fn an_exception_ends_when_the_registry_changes() {
    let fixture = Fixture::new("changed-registry");
    fixture.plant("exceptions.toml", "registry = \"no parameters\"", "registry = \"nothing\"");
    fixture.assert_texts(
        &["--update-lock"],
        1,
        &[
            "keywords.toml:6: keyword PLAY: parameters: \
             expected `no parameters` as in the registry, found `parameters`",
            "exceptions.toml:2: exception for keyword PLAY: parameters: \
             expected a difference where the registry says `nothing`, found none",
        ],
        "2 faults",
    );
}

#[test]
fn a_claim_that_changed_since_is_caught_without_the_texts() {
    let fixture = Fixture::proven("changed-claim");
    fixture.plant("catalogue/enhanced.toml", "\"no such box\"", "\"such box\"");
    let changed = [
        "enhanced.toml:63: enhanced 1.1: refs[0]: expected a claim that proofs.lock holds as proven; prove it with \
         `cargo xtask validate --rfc-dir DIR --iana-dir DIR --update-lock`, \
         found `enhanced 1.1: X.1.1 in RFC 9991 §3.1 \"such box\"`",
        "proofs.lock:19: enhanced 1.1: expected a claim of the catalogue; run `cargo xtask validate --rfc-dir DIR \
         --iana-dir DIR --update-lock`, found `X.1.1 in RFC 9991 §3.1 \"no such box\"`, which it no longer makes",
    ];
    fixture.assert_plain(1, &changed, "(0 proven now, 30 known from the lock): 2 faults");
    let stale = changed[0].replace("holds as proven; prove it with", "holds; run");
    fixture.assert_texts(&[], 1, &[&stale, changed[1]], "(31 proven now, 0 known from the lock): 2 faults");
    fixture.assert_texts(&["--update-lock"], 0, &[], "35 rows written to the lock, 0 faults");
    fixture.assert_plain(0, &[], "0 faults");
}

#[test]
fn a_lock_made_with_another_text_is_caught() {
    let fixture = Fixture::proven("other-text");
    fixture.plant("rfc/rfc9990.txt", "   Toys.", "   All toys.");
    fixture.assert_texts(
        &[],
        1,
        &["proofs.lock:35: RFC 9990: text: expected `456623efbda5a5c8`, the fingerprint of the text at hand; run \
           `cargo xtask validate --rfc-dir DIR --iana-dir DIR --update-lock`, found `913d72d453abf94b`"],
        "1 fault",
    );
}

#[test]
fn a_lock_that_is_missing_is_one_fault() {
    let fixture = Fixture::new("no-lock");
    fixture.assert_plain(
        1,
        &["proofs.lock:1: expected the file, as `cargo xtask validate --rfc-dir DIR --iana-dir DIR --update-lock` \
           writes it, found none"],
        "5 files, 31 claims (0 proven now, 0 known from the lock): 1 fault",
    );
}

#[test]
fn faults_are_json_objects_where_that_is_asked_for() {
    let fixture = Fixture::proven("json");
    fixture.plant("catalogue/replies.toml", "'RFC 9991 §2.2 \"the toy was accepted\"', ", "");
    let output = fixture.validate(&["--format", "json"]);
    let expected = "{\"file\":\"replies.toml\",\"line\":49,\"entry\":\"reply 250\",\"key\":\"meaning[0].refs[0]\",\
                    \"expected\":\"its successor cited before it (RFC 9991)\",\
                    \"found\":\"the obsolete RFC 9990 alone\"}\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "1 fault; references were not followed\n");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn input_that_cannot_be_used_is_an_error() {
    let fixture = Fixture::new("input");
    let rfc = fixture.folder.join("rfc");
    fs::remove_file(rfc.join("rfc-index.txt")).unwrap();
    let output = fixture.validate(&["--rfc-dir", &rfc.display().to_string()]);
    let expected =
        format!("error: expected `rfc-index.txt` or `rfc-index.txt.gz` in {}, found neither\n", rfc.display());
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
    assert_eq!(output.status.code(), Some(2));

    let nowhere = fixture.folder.join("nowhere").display().to_string();
    let output = fixture.validate(&["--iana-dir", &nowhere]);
    let expected = format!("error: expected a folder, found none at {nowhere}\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), expected);
    assert_eq!(output.status.code(), Some(2));

    assert_eq!(fixture.validate(&["--update-lock"]).status.code(), Some(2));
}
