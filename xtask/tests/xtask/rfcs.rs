//! `cargo xtask rfcs` against a server on loopback.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Output;
use std::thread;

use crate::support::{Fixture, xtask};

/// Serves these pages, and 404 for all others, until the test ends; returns the address.
fn serve(pages: BTreeMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = answer(stream, &pages);
        }
    });
    address
}

fn answer(mut stream: TcpStream, pages: &BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (status, body) = match pages.get(path) {
        Some(body) => ("200 OK", body.as_slice()),
        None => ("404 Not Found", &b"<html>no</html>"[..]),
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    stream.write_all(body)
}

/// The fixture's texts as pages of a server.
fn pages(fixture: &Fixture) -> BTreeMap<String, Vec<u8>> {
    let names = ["rfc-index.txt", "rfc9990.txt", "rfc9991.txt"];
    let texts = names.map(|name| (format!("/texts/{name}"), fs::read(fixture.folder.join("rfc").join(name)).unwrap()));
    texts.into_iter().collect()
}

fn fetch(fixture: &Fixture, address: &str, dir: &Path) -> Output {
    let mut command = xtask("rfcs");
    command.arg("--catalogue").arg(fixture.folder.join("catalogue")).arg("--dir").arg(dir);
    command.args(["--base-url", &format!("{address}/texts/")]).output().unwrap()
}

#[track_caller]
fn assert_output(output: &Output, code: i32, stdout: &str, stderr: &str) {
    assert_eq!(String::from_utf8_lossy(&output.stderr), stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout), stdout);
    assert_eq!(output.status.code(), Some(code));
}

#[test]
fn what_the_catalogue_cites_is_fetched_once() {
    let fixture = Fixture::new("rfcs-fetch");
    let dir = fixture.folder.join("fetched");
    let address = serve(pages(&fixture));
    assert_output(&fetch(&fixture, &address, &dir), 0, "3 fetched, 0 already there, 0 failed\n", "");
    for (name, text) in pages(&fixture) {
        assert_eq!(fs::read(dir.join(name.trim_start_matches("/texts/"))).unwrap(), text);
    }
    fs::remove_file(dir.join("rfc9990.txt")).unwrap();
    fs::rename(dir.join("rfc9991.txt"), dir.join("rfc9991.txt.gz")).unwrap();
    assert_output(&fetch(&fixture, &address, &dir), 0, "1 fetched, 2 already there, 0 failed\n", "");
}

#[test]
fn a_text_that_is_missing_does_not_keep_the_others_away() {
    let fixture = Fixture::new("rfcs-missing");
    let dir = fixture.folder.join("fetched");
    let mut pages = pages(&fixture);
    pages.remove("/texts/rfc9990.txt");
    let address = serve(pages);
    let error = format!("error: {address}/texts/rfc9990.txt was not fetched: http status: 404\n");
    assert_output(&fetch(&fixture, &address, &dir), 2, "2 fetched, 0 already there, 1 failed\n", &error);
    assert!(dir.join("rfc9991.txt").exists());
    assert!(!dir.join("rfc9990.txt").exists());
}

#[test]
fn a_page_that_is_no_text_is_refused() {
    let fixture = Fixture::new("rfcs-html");
    let dir = fixture.folder.join("fetched");
    let mut pages = pages(&fixture);
    pages.insert("/texts/rfc9990.txt".to_owned(), b"\n<!DOCTYPE html><p>Sign in first".to_vec());
    pages.insert("/texts/rfc9991.txt".to_owned(), Vec::new());
    let address = serve(pages);
    let errors = format!(
        "error: {address}/texts/rfc9990.txt: expected plain text, found a page of HTML\n\
         error: {address}/texts/rfc9991.txt: expected plain text, found nothing\n"
    );
    assert_output(&fetch(&fixture, &address, &dir), 2, "1 fetched, 0 already there, 2 failed\n", &errors);
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
}

#[test]
fn a_catalogue_without_documents_is_an_error() {
    let fixture = Fixture::new("rfcs-catalogue");
    let path = fixture.folder.join("catalogue/rfcs.toml");
    fs::remove_file(&path).unwrap();
    let output = fetch(&fixture, "http://127.0.0.1:1", &fixture.folder.join("fetched"));
    let error = format!("error: {}: {}\n", path.display(), fs::read(&path).unwrap_err());
    assert_output(&output, 2, "", &error);
}
