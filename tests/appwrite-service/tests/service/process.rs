//! The program as a process of its own, as users run it.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running program. It is killed when this is dropped.
pub struct Process {
    pub url: String,
    child: Child,
}

impl Process {
    /// Starts the program in a folder, and waits until it listens. Its messages are appended to `log.txt` in that folder.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let log = File::options().create(true).append(true).open(folder.join("log.txt")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_appwrite-service"))
            .current_dir(folder)
            .args(["--port", "0"])
            .args(arguments)
            .env_remove("APPWRITE_DATABASE")
            .env_remove("APPWRITE_LOG")
            .env_remove("APPWRITE_PROJECTS")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").map(str::to_owned);
        let url = url.unwrap_or_else(|| panic!("{line}{}", log_of(folder)));
        Self { url, child }
    }

    /// Ends the program at once, without giving it a chance to do anything (SIGKILL).
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the program to stop (SIGTERM), and waits until it has.
    #[cfg(unix)]
    pub fn stop(mut self) {
        use nix::sys::signal::{Signal, kill};
        let id = i32::try_from(self.child.id()).unwrap();
        kill(nix::unistd::Pid::from_raw(id), Signal::SIGTERM).unwrap();
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What programs have logged in a folder.
pub fn log_of(folder: &Path) -> String {
    fs::read_to_string(folder.join("log.txt")).unwrap_or_default()
}
