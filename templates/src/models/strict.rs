//! Two ways to decode: clients take what a newer server sends, servers refuse what the document forbids.

use std::cell::Cell;

use serde::de::{Error, IgnoredAny, MapAccess};

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Decodes strictly: keys that a closed object does not have, and `null` where it is no value, are errors.
///
/// `decode` runs to its end on this thread.
pub fn strict<T>(decode: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            STRICT.set(self.0);
        }
    }
    let _restore = Restore(STRICT.replace(true));
    decode()
}

/// Whether decoding is strict now.
#[inline]
pub(super) fn is_strict() -> bool {
    STRICT.get()
}

/// Passes over the value of a key that must not be there.
pub fn refuse<'de, A: MapAccess<'de>>(map: &mut A, key: &str) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>()?;
    if is_strict() { Err(A::Error::custom(format_args!("`{key}` must not be there"))) } else { Ok(()) }
}
