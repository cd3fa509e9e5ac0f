use std::path::Path;
use std::{env, fs};

use smtp_codes_data::{FILES, File, load, load_files};

use super::{compile_errors, expand};

/// What the catalogue adds to the crate's API. A change of it is reviewed as a change of this file, which
/// `SNAPSHOTS=overwrite cargo test -p smtp-codes-macros` renews.
#[test]
fn the_api_made_from_the_catalogue_is_the_one_in_the_snapshot() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/expand/api.snapshot");
    let api = public_api();
    if env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        fs::write(&path, &api).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    for (number, (found, expected)) in api.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "api.snapshot:{}: renew it with SNAPSHOTS=overwrite", number + 1);
    }
    assert_eq!(api.lines().count(), expected.lines().count());
}

/// The impls and enums of the expansion, formatted; tables and what they hold are no API.
fn public_api() -> String {
    let mut file: syn::File = syn::parse2(expand(&load().unwrap())).unwrap();
    file.items.retain(|item| matches!(item, syn::Item::Impl(_) | syn::Item::Enum(_)));
    prettyplease::unparse(&file)
}

#[test]
fn the_expansion_is_the_same_each_time() {
    let model = load().unwrap();
    assert_eq!(expand(&model).to_string(), expand(&model).to_string());
}

#[test]
fn every_fault_becomes_a_compile_error_with_file_line_and_key() {
    let faulty: Vec<File<'_>> = FILES
        .iter()
        .map(|file| match file.path {
            "reasons.toml" => {
                File { path: file.path, text: "[[party]]\nid = \"a\"\ntitel = \"b\"\n\n[[action]]\nid = 5\n" }
            }
            _ => *file,
        })
        .collect();
    let errors = compile_errors(&load_files(&faulty).unwrap_err()).to_string();
    for expected in ["reasons.toml:3: party a: titel: ", "reasons.toml:6: action 5: id: "] {
        assert!(errors.contains(expected), "{expected} is not in {errors}");
    }
    assert!(errors.matches("compile_error").count() >= 2, "{errors}");
}
