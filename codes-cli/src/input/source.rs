//! Opens what lines are read from, and takes off what it is compressed with.

use std::ffi::OsStr;
use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::zstd::Zstd;

/// Something to read from in any thread.
pub(crate) type Source = Box<dyn Read + Send>;

/// Opens a file, or standard input where it is called `-`. What is compressed with gzip or zstd is found by its first bytes.
///
/// # Errors
///
/// Where the file can't be opened, is a folder, or is compressed in a way that this program does not know. What is broken further
/// on is an error of reading.
pub(crate) fn open(name: &OsStr, expected: &str) -> io::Result<Source> {
    if name == "-" {
        return uncompressed(Box::new(io::stdin()), expected);
    }
    uncompressed(Box::new(super::open(name, expected)?), expected)
}

/// How a file is compressed, by the bytes with which it begins.
const KINDS: [(&[u8], Kind); 5] = [
    (b"\x1f\x8b\x08", Kind::Gzip),
    (b"\x28\xb5\x2f\xfd", Kind::Zstd),
    (b"BZh", Kind::Other("bzip2")),
    (b"\xfd7zXZ\0", Kind::Other("xz")),
    (b"PK\x03\x04", Kind::Other("zip")),
];

#[derive(Clone, Copy)]
enum Kind {
    Gzip,
    Zstd,
    Other(&'static str),
}

/// Whether what begins with these bytes is compressed.
pub(crate) fn is_compressed(start: &[u8]) -> bool {
    KINDS.iter().any(|(magic, _)| start.starts_with(magic))
}

/// The same of something that is open already.
pub(crate) fn uncompressed(mut source: Source, expected: &str) -> io::Result<Source> {
    let mut start = Vec::new();
    // No more is waited for than what may still become one of them: a line that is typed is answered at once.
    while KINDS.iter().any(|(magic, _)| magic.len() > start.len() && magic.starts_with(&start)) {
        let mut byte = [0; 6];
        match source.read(&mut byte) {
            Ok(0) => break,
            Ok(read) => start.extend_from_slice(&byte[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let kind = KINDS.iter().find(|(magic, _)| start.starts_with(magic)).map(|(_, kind)| *kind);
    let whole = Cursor::new(start).chain(source);
    Ok(match kind {
        None => Box::new(whole),
        Some(Kind::Gzip) => Box::new(Unpacked { source: MultiGzDecoder::new(whole), format: "gzip" }),
        Some(Kind::Zstd) => Box::new(Unpacked { source: Zstd::new(whole), format: "zstd" }),
        Some(Kind::Other(format)) => {
            let message = format!(
                "it is compressed with {format}: expected {expected}, as it is or compressed with gzip or zstd"
            );
            return Err(io::Error::other(message));
        }
    })
}

/// What comes out of compressed data; its errors say that the data are at fault.
struct Unpacked<R> {
    source: R,
    format: &'static str,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.source.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            kind => {
                let what = if kind == io::ErrorKind::UnexpectedEof { "end too early" } else { "are broken" };
                io::Error::new(kind, format!("the {} data {what}: {error}", self.format))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::uncompressed;

    const TEXT: &[u8] = b"550 5.1.1 User unknown\n452 4.2.2 Mailbox full\n";

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).expect("memory takes everything");
        encoder.finish().expect("memory takes everything")
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    fn read(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
        let mut text = Vec::new();
        let mut source = uncompressed(Box::new(Cursor::new(bytes)), "lines").map_err(|error| error.to_string())?;
        source.read_to_end(&mut text).map_err(|error| error.to_string())?;
        Ok(text)
    }

    #[test]
    fn what_is_compressed_is_found_by_its_first_bytes() {
        for bytes in [TEXT.to_vec(), gzip(TEXT), zstd(TEXT)] {
            assert_eq!(read(bytes).as_deref(), Ok(TEXT));
        }
        for short in [&b""[..], b"\x1f", b"\x1f\x8b", b"(", b"B", b"P\n"] {
            assert_eq!(read(short.to_vec()).as_deref(), Ok(short));
        }
    }

    #[test]
    fn files_that_were_joined_are_read_to_the_end() {
        let twice = [TEXT, TEXT].concat();
        assert_eq!(read([gzip(TEXT), gzip(TEXT)].concat()), Ok(twice.clone()));
        assert_eq!(read([zstd(TEXT), zstd(b""), zstd(TEXT)].concat()), Ok(twice.clone()));
        let skipped = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
        assert_eq!(read([zstd(TEXT), skipped, zstd(TEXT)].concat()), Ok(twice));
    }

    #[test]
    fn broken_data_are_called_broken() {
        let whole = gzip(&TEXT.repeat(1000));
        let message = read(whole[..whole.len() - 10].to_vec()).unwrap_err();
        assert!(message.starts_with("the gzip data end too early: "), "{message}");
        let mut broken = whole;
        broken[20..40].fill(0xff);
        let message = read(broken).unwrap_err();
        assert!(message.starts_with("the gzip data are broken: "), "{message}");
        let whole = zstd(&TEXT.repeat(1000));
        let message = read(whole[..whole.len() - 3].to_vec()).unwrap_err();
        assert!(message.starts_with("the zstd data "), "{message}");
    }

    #[test]
    fn other_compressions_are_named() {
        assert_eq!(
            read(b"\xfd7zXZ\0\0\x04".to_vec()).unwrap_err(),
            "it is compressed with xz: expected lines, as it is or compressed with gzip or zstd"
        );
    }
}
