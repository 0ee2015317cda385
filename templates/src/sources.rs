//! The text of this crate, for the generator that writes it beside the crates that it generates.

/// Every file of the crate: its path below the folder of the crate, and its text. The manifest comes without the dependencies of
/// the tests, and there are no tests.
pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    std::iter::once(("Cargo.toml", "")).take(0)
}
