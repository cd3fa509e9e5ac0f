//! `cargo xtask validate`: proves the catalogue.
//!
//! Levels 1 and 2 are the loader's (schema, order, names, ids, documents known); level 3 follows every reference into the
//! RFC texts, level 4 compares the entries with the IANA registries. What those two proved is kept in a lock file, so that
//! a machine without the texts still knows. Level 5 has every example of a rule decided by the rules of the catalogue.

mod claim;
mod comparison;
mod exceptions;
mod folder;
mod heading;
mod index;
mod library;
mod lock;
mod pages;
mod passage;
mod proof;
mod registry;
mod report;
mod rules;
mod standing;
mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use smtp_codes_data::{Fault, File, Model, load_files};

use crate::root;
use claim::{CODES, Check, Claim, MAIL, claims};
use exceptions::Exceptions;
use library::Library;
use lock::{Lock, Standing, Wanted};
pub(crate) use report::Format;
use report::count;

/// Prove the catalogue: schema, references, and with the texts every claim that a machine can check
///
/// Exit code 0: no fault; 1: faults; 2: the arguments or an input file can't be used.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Folder of rfc-index.txt and rfcN.txt, each plain or as .gz
    #[arg(long, value_name = "DIR")]
    pub(crate) rfc_dir: Option<PathBuf>,
    /// Folder of mail-parameters.xml and smtp-enhanced-status-codes.xml
    #[arg(long, value_name = "DIR")]
    pub(crate) iana_dir: Option<PathBuf>,
    /// How faults are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Write what was proven to the lock file, if there is no fault
    #[arg(long, requires = "rfc_dir", requires = "iana_dir")]
    pub(crate) update_lock: bool,
    /// Folder of another catalogue
    #[arg(long, value_name = "DIR")]
    pub(crate) catalogue: Option<PathBuf>,
    /// Another lock file than xtask/proofs.lock
    #[arg(long, value_name = "FILE")]
    pub(crate) lock: Option<PathBuf>,
    /// Another exceptions file than xtask/exceptions.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) exceptions: Option<PathBuf>,
}

/// Validates, reports, and writes the lock where that is asked for.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let folder = arguments.catalogue.clone().unwrap_or_else(root::catalogue);
    let files = folder::read(&folder)?;
    let borrowed: Vec<File> = files.iter().map(|(path, text)| File { path, text }).collect();
    let model = match load_files(&borrowed) {
        Ok(model) => model,
        Err(faults) => {
            let closing = format!("{}; references were not followed", count(faults.len(), "fault"));
            report::write(arguments.format, &faults, &closing)?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let ledger = root::root().join("xtask");
    let exceptions = Exceptions::read(&arguments.exceptions.clone().unwrap_or_else(|| ledger.join("exceptions.toml")))?;
    let lock = Lock::read(&arguments.lock.clone().unwrap_or_else(|| ledger.join("proofs.lock")))?;
    let documents: Vec<&str> =
        model.documents.iter().map(|document| document.id.as_str()).chain([CODES, MAIL]).collect();
    let library = Library::open(arguments.rfc_dir.as_deref(), arguments.iana_dir.as_deref(), &documents)?;

    let mut findings = examine(&model, &library, &exceptions)?;
    let texts = standing::fingerprints(&findings.claims, &library, &exceptions)?;
    let refuted: BTreeSet<&str> =
        findings.claims.iter().filter(|(_, refuted)| *refuted).map(|(claim, _)| claim.entry()).collect();
    let wanted = standing::wanted(&findings.claims, &library, &exceptions)?;
    let mut written = String::new();
    if !arguments.update_lock {
        findings.faults.extend(lock.faults(&wanted, &texts, &refuted));
    } else if findings.faults.is_empty() {
        let proven = wanted.iter().filter(|wanted| wanted.standing == Standing::Proven);
        let rows = lock.write(&proven.map(|wanted| wanted.row.as_str()).collect(), &texts)?;
        written = format!("{} written to the lock, ", count(rows, "row"));
    }
    let mut faults = findings.faults;
    sort(&mut faults, &borrowed);
    let (files, claims) = (count(files.len(), "file"), summary(&wanted, &lock));
    let closing = format!("{files}, {claims}: {written}{}", count(faults.len(), "fault"));
    report::write(arguments.format, &faults, &closing)?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The claims, each with whether it was refuted, and all faults but those of the lock.
struct Findings<'m> {
    claims: Vec<(Claim<'m>, bool)>,
    faults: Vec<Fault>,
}

fn examine<'m>(model: &'m Model, library: &Library, exceptions: &Exceptions) -> Result<Findings<'m>> {
    let claims = claims(model);
    let mut faults = comparison::unknown_basic_codes(model);
    faults.extend(rules::faults(model));
    faults.extend(exceptions.faults(&proof::cited(&claims)));
    faults.extend(proof::absent(model, &claims, library, exceptions)?);
    let differing = compare(model, library, exceptions, &mut faults);
    let mut judged = Vec::new();
    for claim in claims {
        let found = proof::prove(&claim, library)?;
        let differs = matches!(claim.check, Check::Registered(_)) && differing.contains(claim.entry());
        let refuted = !found.is_empty() || differs;
        faults.extend(found);
        judged.push((claim, refuted));
    }
    Ok(Findings { claims: judged, faults })
}

/// Level 4; returns the entries that differ from their registry without an excuse.
fn compare(model: &Model, library: &Library, exceptions: &Exceptions, faults: &mut Vec<Fault>) -> BTreeSet<String> {
    let mut differing = BTreeSet::new();
    let (Some(codes), Some(mail)) = (library.registry(CODES), library.registry(MAIL)) else { return differing };
    let mut used = BTreeSet::new();
    for difference in comparison::codes(model, codes).into_iter().chain(comparison::keywords(model, mail)) {
        let fault = difference.fault;
        if let Some(place) = exceptions.excusing(&fault.entry, &fault.key, &difference.registry) {
            used.insert(place);
        } else {
            differing.insert(fault.entry.clone());
            faults.push(fault);
        }
    }
    faults.extend(exceptions.unneeded(&used));
    differing
}

fn summary(wanted: &[Wanted], lock: &Lock) -> String {
    let proven = wanted.iter().filter(|wanted| wanted.standing == Standing::Proven).count();
    let known = wanted.iter().filter(|wanted| wanted.standing == Standing::Unknown && lock.holds(&wanted.row)).count();
    format!("{} ({proven} proven now, {known} known from the lock)", count(wanted.len(), "claim"))
}

/// In the order of files and lines; the lock and the exceptions come last.
fn sort(faults: &mut [Fault], files: &[File]) {
    let place = |fault: &Fault| files.iter().position(|file| file.path == fault.file).unwrap_or(files.len());
    faults.sort_by_key(|fault| (place(fault), fault.file.clone(), fault.line));
}
