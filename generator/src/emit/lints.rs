//! The lints of generated crates.

/// The lints of generated crates, without those of clippy's pedantic group that code from a document cannot satisfy.
pub(super) const LINTS: &[&str] = &[
    "forbid(unsafe_code)",
    "warn(missing_docs)",
    "allow(deprecated)",
    "allow(clippy::doc_markdown, clippy::module_name_repetitions, clippy::struct_excessive_bools)",
    "allow(clippy::must_use_candidate, clippy::missing_errors_doc, clippy::too_many_lines)",
    "allow(clippy::too_many_arguments, clippy::similar_names, clippy::large_enum_variant)",
    "allow(clippy::enum_variant_names, clippy::struct_field_names, clippy::wildcard_imports)",
    "allow(clippy::type_complexity, clippy::unreadable_literal)",
    "allow(clippy::module_inception, clippy::new_ret_no_self, clippy::should_implement_trait)",
];
