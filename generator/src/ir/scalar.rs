//! Values without parts.

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `boolean`
    Bool,
    /// `integer`, by its format.
    Int(Int),
    /// `number`
    Float,
    /// `string`
    String,
    /// `string` of format `byte`: base64 on the wire.
    Base64,
    /// `string` of format `date`: RFC 3339 full-date.
    Date,
    /// `string` of format `date-time`: RFC 3339.
    DateTime,
    /// `string` of format `uuid`: RFC 9562.
    Uuid,
    /// `string` of format `binary` in a field of a `multipart/form-data` body: a file.
    File,
}

/// The width of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Int {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    I128,
}

impl Int {
    /// The smallest and the greatest value.
    pub fn range(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
            Self::I128 => (i128::MIN, i128::MAX),
        }
    }
}
