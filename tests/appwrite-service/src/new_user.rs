//! What a new user must look like, beyond what the document says. The rules are Appwrite's.

use appwrite_models::CreateUserRequest;
use appwrite_models::problem::Violation;

use crate::error::Error;

/// Asks the service to choose an id.
const UNIQUE: &str = "unique()";

const ID_RULE: &str = "must be `unique()`, or 1 to 36 of the characters a-z, A-Z, 0-9, `.`, `-` and `_` that begin with a letter \
                       or a digit";

/// A valid new user, without the password.
#[derive(Debug)]
pub struct NewUser {
    /// The id.
    pub id: NewId,
    /// The e-mail address, in lower case.
    pub email: String,
    /// The name; empty if there is none.
    pub name: String,
}

/// The id of a new user.
#[derive(Debug)]
pub enum NewId {
    /// The service chooses one.
    Unique,
    /// The caller has chosen one.
    Chosen(String),
}

/// Checks a request, and takes the password out of it.
///
/// Fails with everything that is wrong with it.
pub fn check(request: CreateUserRequest) -> Result<(NewUser, String), Vec<Violation>> {
    let CreateUserRequest { user_id, email, password, name } = request;
    let name = name.unwrap_or_default();
    let rules = [
        ("#/userId", user_id == UNIQUE || is_id(&user_id), ID_RULE),
        ("#/email", is_email(&email), "must be an e-mail address"),
        ("#/password", (8..=256).contains(&password.chars().count()), "must have 8 to 256 characters"),
        ("#/name", name.chars().count() <= 128, "must have at most 128 characters"),
    ];
    let broken = rules.iter().filter(|(_, is_kept, _)| !is_kept);
    let violations: Vec<_> = broken.map(|(location, _, rule)| Violation::new(location, rule)).collect();
    if !violations.is_empty() {
        return Err(violations);
    }
    let id = if user_id == UNIQUE { NewId::Unique } else { NewId::Chosen(user_id) };
    Ok((NewUser { id, email: email.to_lowercase(), name }, password))
}

/// Returns a new id in Appwrite's form: the time in microseconds, and seven random hexadecimal digits.
pub fn unique_id(microseconds: i64) -> Result<String, Error> {
    let (seconds, rest) = (microseconds.div_euclid(1_000_000), microseconds.rem_euclid(1_000_000));
    let random = getrandom::u32()? & 0xfff_ffff;
    Ok(format!("{seconds:08x}{rest:05x}{random:07x}"))
}

fn is_id(id: &str) -> bool {
    let may_follow = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    id.len() <= 36 && id.starts_with(|c: char| c.is_ascii_alphanumeric()) && id.chars().all(may_follow)
}

/// Whether a text is an e-mail address, as the HTML standard defines it ("valid e-mail address").
fn is_email(text: &str) -> bool {
    let is_local = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((local, domain)) = text.split_once('@') else { return false };
    text.len() <= 254 && !local.is_empty() && local.chars().all(is_local) && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(user_id: &str, email: &str, password: &str) -> CreateUserRequest {
        let (user_id, email, password) = (user_id.to_owned(), email.to_owned(), password.to_owned());
        CreateUserRequest { user_id, email, password, name: None }
    }

    fn wrong_with(request: CreateUserRequest) -> Vec<String> {
        check(request).err().unwrap_or_default().into_iter().map(|violation| violation.location).collect()
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let request = request("_me", "jane@", "short").with_name("n".repeat(129));
        assert_eq!(wrong_with(request), ["#/userId", "#/email", "#/password", "#/name"]);
    }

    #[test]
    fn ids_follow_the_rules() {
        for id in ["unique()", "a", "user-abc_1.2", &"x".repeat(36)] {
            assert!(wrong_with(request(id, "a@b", "12345678")).is_empty(), "{id}");
        }
        for id in ["", "-a", "a b", "unique( )", "é", &"x".repeat(37)] {
            assert_eq!(wrong_with(request(id, "a@b", "12345678")), ["#/userId"], "{id}");
        }
    }

    #[test]
    fn addresses_follow_the_rules() {
        for email in ["jane@example.com", "j.o'e+x@sub.example.com", "a@b"] {
            assert!(wrong_with(request("a", email, "12345678")).is_empty(), "{email}");
        }
        for email in ["", "a", "@b", "a@", "a@b@c", "a b@c", "a@-b", "a@b..c", "a@b\n", "é@b"] {
            assert_eq!(wrong_with(request("a", email, "12345678")), ["#/email"], "{email}");
        }
    }

    #[test]
    fn unique_ids_begin_with_the_time_and_differ() -> Result<(), Error> {
        let microseconds = 1_767_268_800_000_042; // 2026-01-01T12:00:00.000042Z
        let (one, other) = (unique_id(microseconds)?, unique_id(microseconds)?);
        assert_eq!(one.get(..13), Some("695661c00002a"));
        assert_eq!(one.len(), 20);
        assert_ne!(one, other);
        Ok(())
    }
}
