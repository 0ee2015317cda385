//! Multiples (JSON Schema Validation 2020-12 §6.2.1).

/// A number that can be a multiple of another one.
pub trait Divide: Copy {
    /// Returns whether this is an integer multiple of another number; never of zero.
    fn is_multiple(self, of: Self) -> bool;
}

macro_rules! divide {
    ($($int:ty),*) => {
        $(impl Divide for $int {
            fn is_multiple(self, of: Self) -> bool {
                self.checked_rem(of) == Some(0)
            }
        })*
    };
}
divide!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl Divide for f64 {
    fn is_multiple(self, of: Self) -> bool {
        let times = self / of;
        // `0.0075 / 0.0001` is not quite 75 in binary.
        (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0) && times.is_finite()
    }
}
