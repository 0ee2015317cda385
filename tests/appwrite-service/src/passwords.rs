//! Hashing and verifying passwords with Argon2id.

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::error::Error;

/// Hashes passwords. Each hash takes tens of milliseconds and 19 MiB on purpose, so no more of them are computed at once
/// than there are processors.
pub struct Passwords {
    argon2: Argon2<'static>,
    processors: Arc<Semaphore>,
    /// The hash of a password that nobody has.
    nobody: String,
}

impl Passwords {
    /// Creates a hasher. `Params::default()` is the minimum that OWASP recommends: 19 MiB, two passes, one lane.
    ///
    /// Fails if the parameters are outside the limits of Argon2.
    pub fn new(cost: Params) -> Result<Self, Error> {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost);
        let nobody = argon2.hash_password(&[])?.to_string();
        let processors = available_parallelism().map_or(1, NonZero::get);
        Ok(Self { argon2, processors: Arc::new(Semaphore::new(processors)), nobody })
    }

    /// Hashes a password with a random salt. The result names the algorithm, its parameters and the salt.
    pub async fn hash(&self, password: String) -> Result<String, Error> {
        let argon2 = self.argon2.clone();
        self.compute(move || Ok(argon2.hash_password(password.as_bytes())?.to_string())).await
    }

    /// Verifies a password. It takes the same time if there is no hash, so that callers cannot find out who has an account.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Error> {
        let argon2 = self.argon2.clone();
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        self.compute(move || match argon2.verify_password(password.as_bytes(), &PasswordHash::new(&hash)?) {
            Ok(()) => Ok(exists),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(error.into()),
        })
        .await
    }

    /// Computes on a thread that may block, once a processor is free.
    async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let permit = Arc::clone(&self.processors).acquire_owned().await.map_err(|_| Error::Abandoned)?;
        // The work goes on if the caller hangs up, so it holds the permit.
        let working = spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        working.await.map_err(|_| Error::Abandoned)?
    }
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passwords").field("cost", self.argon2.params()).finish_non_exhaustive()
    }
}
