//! `scan --json` and its schema in `docs/scan.schema.json` agree.

mod util;

use serde_json::Value;
use util::maillog::{Stamps, log};
use util::{run, run_with_input};

/// The schema, where the repository is around the package.
fn schema() -> Option<Value> {
    let text = std::fs::read_to_string("../docs/scan.schema.json").ok()?;
    Some(serde_json::from_str(&text).expect("the schema is JSON"))
}

/// What is wrong with a value, by the part of JSON Schema that the schema uses; fields that it doesn't know are wrong as well.
fn faults(value: &Value, schema: &Value, root: &Value, place: &str, faults_so_far: &mut Vec<String>) {
    let faulty = faults_so_far;
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).expect("the reference leads somewhere");
        return faults(value, target, root, place, faulty);
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => panic!("{place}: the schema has the type {name}"),
    };
    let is_of_type = match &schema["type"] {
        Value::Null => true,
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().any(|name| is(name.as_str().expect("a name"))),
        other => panic!("{place}: the schema has the type {other}"),
    };
    if !is_of_type {
        faulty.push(format!("{place}: {value} is no {}", schema["type"]));
    }
    if let Some(allowed) = schema["enum"].as_array() {
        if !allowed.contains(value) {
            faulty.push(format!("{place}: {value} is none of {allowed:?}"));
        }
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_i64(), value.as_i64()) {
        if number < least {
            faulty.push(format!("{place}: {number} is less than {least}"));
        }
    }
    if let Some(items) = value.as_array() {
        for (number, item) in items.iter().enumerate() {
            faults(item, &schema["items"], root, &format!("{place}[{number}]"), faulty);
        }
    }
    if let Some(fields) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().expect("a name")) {
                faulty.push(format!("{place}: {name} is missing"));
            }
        }
        for (name, field) in fields {
            match (schema["properties"].get(name), &schema["additionalProperties"]) {
                (Some(known), _) => faults(field, known, root, &format!("{place}.{name}"), faulty),
                (None, Value::Object(_)) => {
                    faults(field, &schema["additionalProperties"], root, &format!("{place}.{name}"), faulty);
                }
                (None, _) => faulty.push(format!("{place}: the schema has no {name}")),
            }
        }
    }
}

#[track_caller]
fn assert_valid(output: &str, schema: &Value) {
    let value = serde_json::from_str(output).expect("it is one object");
    let mut found = Vec::new();
    faults(&value, schema, schema, "scan", &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_object_is_as_the_schema_says() {
    let Some(schema) = schema() else { return };
    assert_valid(&run(["scan", "--json", "tests/scan/mail.log"]).stdout, &schema);
    assert_valid(&run(["scan", "--json", "--redact", "tests/scan/mail.log", "no-such-file"]).stdout, &schema);
    assert_valid(&run_with_input(["scan", "--json"], b"").stdout, &schema);
    assert_valid(&run_with_input(["scan", "--json"], log(1, 1000, Stamps::Syslog).0.as_bytes()).stdout, &schema);
}

#[test]
fn an_object_that_is_not_as_the_schema_says_is_found() {
    let Some(schema) = schema() else { return };
    let mut value: Value =
        serde_json::from_str(&run(["scan", "--json", "tests/scan/mail.log"]).stdout).expect("an object");
    value["outcomes"]["delivered"] = "3".into();
    value["codes"]["reply"]["550"] = (-1).into();
    value["causes"]["top"][0]["verdict"]["basis"] = "guess".into();
    value["zone"] = Value::Null;
    value["new"] = 1.into();
    value.as_object_mut().expect("an object").remove("lines");
    let mut found = Vec::new();
    faults(&value, &schema, &schema, "scan", &mut found);
    assert_eq!(found.len(), 6, "{found:#?}");
}
