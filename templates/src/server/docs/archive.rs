//! Reads single files of a ZIP archive, compressed as they are.

/// A ZIP archive (APPNOTE.TXT 4.3) whose files are in one folder.
#[derive(Clone, Copy)]
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
}

/// A file of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Member<'a> {
    /// Its bytes, compressed with deflate (RFC 1951) or not at all.
    pub(super) bytes: &'a [u8],
    /// Whether the bytes are compressed.
    pub(super) is_compressed: bool,
    /// The CRC-32 of the uncompressed bytes.
    pub(super) checksum: u32,
    /// The number of uncompressed bytes.
    pub(super) size: u32,
}

const END_OF_DIRECTORY: &[u8] = b"PK\x05\x06";
const ENTRY_OF_DIRECTORY: &[u8] = b"PK\x01\x02";
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

impl<'a> Archive<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Returns the file at this path below the folder of the archive.
    pub(super) fn member(self, path: &str) -> Option<Member<'a>> {
        let end = self.bytes.windows(4).rposition(|window| window == END_OF_DIRECTORY)?;
        let mut at = self.position(end + 16)?;
        for _ in 0..self.short(end + 10)? {
            let (name, next) = self.entry(at)?;
            if name.split_once('/').is_some_and(|(_, below)| below == path) {
                return self.content(at);
            }
            at = next;
        }
        None
    }

    /// Returns the path of the entry of the directory at this place, and where the next one is.
    fn entry(self, at: usize) -> Option<(&'a str, usize)> {
        if self.slice(at, 4)? != ENTRY_OF_DIRECTORY {
            return None;
        }
        let (name, extra, comment) = (self.short(at + 28)?, self.short(at + 30)?, self.short(at + 32)?);
        let start = at + 46;
        let text = std::str::from_utf8(self.slice(start, name.into())?).ok()?;
        Some((text, start + usize::from(name) + usize::from(extra) + usize::from(comment)))
    }

    /// Returns the file that an entry of the directory describes.
    fn content(self, entry: usize) -> Option<Member<'a>> {
        let method = self.short(entry + 10)?;
        let is_compressed = match method {
            STORED => false,
            DEFLATED => true,
            _ => return None,
        };
        let local = self.position(entry + 42)?;
        let start = local + 30 + usize::from(self.short(local + 26)?) + usize::from(self.short(local + 28)?);
        Some(Member {
            bytes: self.slice(start, self.position(entry + 20)?)?,
            is_compressed,
            checksum: self.long(entry + 16)?,
            size: self.long(entry + 24)?,
        })
    }

    fn slice(self, start: usize, length: usize) -> Option<&'a [u8]> {
        self.bytes.get(start..start.checked_add(length)?)
    }

    fn short(self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.slice(at, 2)?.try_into().ok()?))
    }

    fn long(self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.slice(at, 4)?.try_into().ok()?))
    }

    fn position(self, at: usize) -> Option<usize> {
        self.long(at)?.try_into().ok()
    }
}
