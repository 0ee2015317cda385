//! Bodies that outlive their request or response.

use bytes::Bytes;

/// Bodies below this size are copied. They may be part of the buffer that a connection reads into (8 KiB at first, with the
/// head of the message, which can contain credentials), and a copy costs less than to keep that buffer. Larger bodies fill
/// most of their buffer.
const SMALL: usize = 16 * 1024;

/// Returns the same body, without keeping the buffer alive that a small one was read into.
pub(crate) fn detached(body: Bytes) -> Bytes {
    if body.len() < SMALL { Bytes::copy_from_slice(&body) } else { body }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{SMALL, detached};

    #[test]
    fn small_bodies_leave_their_buffer() {
        let buffer = Bytes::from(vec![7; SMALL * 2]);
        for (size, is_alone) in [(0, true), (1, true), (SMALL - 1, true), (SMALL, false)] {
            let body = detached(buffer.slice(..size));
            assert_eq!((body.len(), body.is_empty() || body.is_unique()), (size, is_alone), "{size}");
        }
    }
}
