/// One catalogue file: its path below the catalogue's folder, and its text.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub path: &'a str,
    pub text: &'a str,
}

macro_rules! catalogue_files {
    ($($path:literal)*) => {
        /// Every file of the catalogue, embedded so that a change of one is a change of this crate.
        pub const FILES: &[File<'static>] =
            &[$(File { path: $path, text: include_str!(concat!("../catalogue/", $path)) }),*];
    };
}

catalogue_files! {
    "rfcs.toml"
    "replies.toml"
    "enhanced.toml"
    "commands.toml"
    "keywords.toml"
    "reasons.toml"
    "providers/exchange-2003.toml"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::FILES;

    #[test]
    fn every_file_of_the_folder_is_listed_and_the_other_way_round() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue");
        let mut found = BTreeSet::new();
        for sub in ["", "phrases", "providers"] {
            for entry in fs::read_dir(folder.join(sub)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "toml") {
                    let path = path.strip_prefix(&folder).unwrap();
                    found.insert(path.to_str().unwrap().replace('\\', "/"));
                }
            }
        }
        let listed: BTreeSet<_> = FILES.iter().map(|file| file.path.to_owned()).collect();
        assert_eq!(listed, found);
        assert_eq!(FILES.len(), listed.len(), "a file is listed twice");
    }
}
