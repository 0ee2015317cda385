//! Bytes that are encoded as base64 (`format: byte`, RFC 4648 §4).

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes that are a base64 string in JSON (`format: byte`, RFC 4648 §4).
///
/// `Debug` prints the length only.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64(pub Vec<u8>);

impl Base64 {
    /// Returns the bytes as padded base64 in the standard alphabet.
    pub fn encode(&self) -> String {
        let mut out = String::with_capacity(self.0.len().div_ceil(3) * 4);
        for chunk in self.0.chunks(3) {
            let bytes = chunk.iter().fold(0u32, |all, byte| (all << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
            for place in 0..4 {
                let index = (bytes >> (18 - 6 * place)) & 63;
                let symbol = ALPHABET.get(index as usize).copied().unwrap_or(b'=');
                out.push(if place <= chunk.len() { char::from(symbol) } else { '=' });
            }
        }
        out
    }

    /// Decodes base64, padded or not, in the standard or the URL-safe alphabet. Line breaks are ignored.
    ///
    /// Fails at the first other character, at padding before the end, and if the last character stands for no whole byte or has
    /// bits that no byte contains (RFC 4648 §3.5); the message contains the position.
    pub fn decode(text: &str) -> Result<Self, String> {
        let mut out = Vec::with_capacity(text.len() / 4 * 3);
        let (mut bits, mut count) = (0u32, 0u32);
        let mut padding = None;
        for (position, byte) in text.bytes().enumerate() {
            let value = match byte {
                b'A'..=b'Z' => byte - b'A',
                b'a'..=b'z' => byte - b'a' + 26,
                b'0'..=b'9' => byte - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                b'\r' | b'\n' => continue,
                b'=' => {
                    padding.get_or_insert(position);
                    continue;
                }
                _ => return Err(format!("invalid base64 at byte {position}")),
            };
            if let Some(position) = padding {
                return Err(format!("invalid base64 at byte {position}"));
            }
            bits = (bits << 6) | u32::from(value);
            count += 6;
            if count >= 8 {
                count -= 8;
                out.push(u8::try_from((bits >> count) & 0xff).unwrap_or_default());
            }
        }
        let unused = bits & ((1 << count) - 1);
        if count == 6 || unused != 0 {
            return Err(format!("invalid base64 at byte {}", text.len()));
        }
        Ok(Self(out))
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.encode())
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::decode(&Cow::<'de, str>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
