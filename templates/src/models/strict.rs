//! Two ways to decode: clients tolerate what a newer server sends, servers refuse what the document forbids.

use std::cell::Cell;

use serde::de::{Error, IgnoredAny, MapAccess};

thread_local! {
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `decode` in strict mode, in which keys that an object forbids, and `null` for properties that cannot be null,
/// are errors.
///
/// The mode applies to this thread, so `decode` must run to its end on it.
pub fn strict<T>(decode: impl FnOnce() -> T) -> T {
    in_mode(true, decode)
}

/// Runs `decode` outside of strict mode.
pub(super) fn lenient<T>(decode: impl FnOnce() -> T) -> T {
    in_mode(false, decode)
}

fn in_mode<T>(strict: bool, decode: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            STRICT.set(self.0);
        }
    }
    let _restore = Restore(STRICT.replace(strict));
    decode()
}

/// Returns whether this thread decodes in strict mode.
#[inline]
pub(super) fn is_strict() -> bool {
    STRICT.get()
}

/// Skips the value of a key that is forbidden.
///
/// Fails in strict mode.
pub fn refuse<'de, A: MapAccess<'de>>(map: &mut A, key: &str) -> Result<(), A::Error> {
    map.next_value::<IgnoredAny>()?;
    if is_strict() { Err(A::Error::custom(format_args!("`{key}` is not allowed"))) } else { Ok(()) }
}
