//! Commands of a page, in an empty folder.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::page::{Block, Page};

/// The address in the pages. Tests listen on a free port in its place.
const ADDRESS: &str = "127.0.0.1:8080";

/// How long a program may take until it has started; compiling it takes most of that time.
const LONGEST_START: Duration = Duration::from_secs(1200);

/// A command with the lines that it prints according to the page.
struct Step {
    command: String,
    output: Vec<String>,
}

/// What a page has done so far.
struct Session {
    folder: TempDir,
    outputs: TempDir,
    address: String,
    path: std::ffi::OsString,
    compiles: bool,
    last_code: i32,
    background: Vec<Child>,
}

impl Drop for Session {
    fn drop(&mut self) {
        for child in &mut self.background {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Runs the commands of a page, in order, and writes its files. Returns how many have run. Behind a command that fails, the page shows
/// the exit code: `$ echo $?`.
pub fn run(page: &Page) -> usize {
    let mut session = Session::start();
    let mut count = 0;
    for block in &page.blocks {
        let at = format!("{}:{}", page.name, block.line);
        session.write(block);
        if let Some(reason) = &block.not_run {
            println!("{at}: not run: {reason}");
            continue;
        }
        for step in steps(block, &at) {
            let (program, _) = step.command.split_once(' ').unwrap_or((&step.command, ""));
            if !session.compiles && ["cargo", "curl"].contains(&program) {
                println!("{at}: skipped: set CRATEGEN_COMPILE=1 to run `{}`", step.command);
                continue;
            }
            session.step(&step, &at);
            count += 1;
        }
        if block.file.as_ref().is_some_and(|file| file.starts_with(".github/workflows/")) {
            count += session.workflow(&block.text(), &at);
        }
    }
    assert_eq!(session.last_code, 0, "{}: the last command failed", page.name);
    count
}

/// The commands of a block.
fn steps(block: &Block, at: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    if block.language != "console" {
        return steps;
    }
    for line in block.text().lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => steps.push(Step { command: command.to_owned(), output: Vec::new() }),
            (None, Some(step)) => step.output.push(line.to_owned()),
            (None, None) => panic!("{at}: the first line is no command: {line}"),
        }
    }
    steps
}

impl Session {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let compiles = std::env::var_os("CRATEGEN_COMPILE").is_some();
        if compiles {
            // The versions that are compiled already.
            std::fs::copy(e2e::root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
        }
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let program = e2e::program();
        let others = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(program.parent().unwrap().to_path_buf()).chain(std::env::split_paths(&others));
        Self {
            folder,
            outputs: tempfile::tempdir().unwrap(),
            address: free.to_string(),
            path: std::env::join_paths(path).unwrap(),
            compiles,
            last_code: 0,
            background: Vec::new(),
        }
    }

    /// Writes the file that a block shows.
    fn write(&self, block: &Block) {
        let Some(file) = &block.file else { return };
        let path = self.folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, block.text().replace(ADDRESS, &self.address)).unwrap();
    }

    /// Runs a command, and compares what it prints.
    fn step(&mut self, step: &Step, at: &str) {
        let expected: Vec<String> = step.output.iter().map(|line| line.replace(ADDRESS, &self.address)).collect();
        if step.command == "echo $?" {
            assert_eq!(expected, [self.last_code.to_string()], "{at}: the exit code of the command before");
            self.last_code = 0;
            return;
        }
        assert_eq!(self.last_code, 0, "{at}: the command before `{}` failed", step.command);
        let command = step.command.replace(ADDRESS, &self.address);
        if let Some(command) = command.strip_suffix(" &") {
            return self.start_in_background(command, &expected, at);
        }
        let (status, printed) = self.finish(&command);
        self.last_code = status.code().unwrap_or(-1);
        let is_expected = step.output.is_empty() || is_output(&expected, &printed);
        assert!(is_expected, "{at}: `{command}` printed:\n{}", printed.join("\n"));
    }

    /// Runs the commands of a workflow that compare the document with the branch of a pull request, which is `main` here. The
    /// exit code depends on the document.
    fn workflow(&self, text: &str, at: &str) -> usize {
        let commands = text.lines().filter_map(|line| line.trim().strip_prefix("- run: crategen "));
        let mut count = 0;
        for command in commands {
            let command = format!("crategen {}", command.replace("origin/${{ github.base_ref }}", "main"));
            let (status, printed) = self.finish(&command);
            let is_verdict = printed.iter().any(|line| line.starts_with("models: "));
            assert!(matches!(status.code(), Some(0 | 1)) && is_verdict, "{at}: `{command}`:\n{}", printed.join("\n"));
            count += 1;
        }
        assert!(count > 0, "{at}: the workflow has no command of crategen");
        count
    }

    /// The command, whose output of both kinds goes into a file.
    fn command(&self, command: &str) -> (Command, PathBuf) {
        let output = self.outputs.path().join(format!("{}.txt", self.background.len()));
        let file = File::create(&output).unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(self.folder.path());
        shell.stdout(file.try_clone().unwrap()).stderr(file);
        shell.env("PATH", &self.path).env("LC_ALL", "C").env("NO_PROXY", "127.0.0.1");
        e2e::share_target(&mut shell);
        shell.env("CARGO_TERM_QUIET", "true");
        shell.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            shell.env(format!("GIT_{who}_NAME"), "A").env(format!("GIT_{who}_EMAIL"), "a@example.com");
        }
        (shell, output)
    }

    fn finish(&self, command: &str) -> (ExitStatus, Vec<String>) {
        let (mut shell, output) = self.command(command);
        let status = shell.status().unwrap();
        (status, lines(&output))
    }

    /// Starts a program that ends with the page, and waits for what it prints first.
    fn start_in_background(&mut self, command: &str, expected: &[String], at: &str) {
        let (mut shell, output) = self.command(&format!("exec {command}"));
        let mut child = shell.spawn().unwrap();
        let start = Instant::now();
        while !is_output(expected, &lines(&output)) {
            let has_ended = child.try_wait().unwrap().is_some();
            let is_late = start.elapsed() > LONGEST_START;
            assert!(!has_ended && !is_late, "{at}: `{command}` printed:\n{}", lines(&output).join("\n"));
            std::thread::sleep(Duration::from_millis(50));
        }
        self.background.push(child);
    }
}

fn lines(path: &std::path::Path) -> Vec<String> {
    String::from_utf8_lossy(&std::fs::read(path).unwrap()).lines().map(|line| line.trim_end().to_owned()).collect()
}

/// Whether lines are those that a page shows, where `...` stands for any.
fn is_output(expected: &[String], printed: &[String]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((any, rest)) if any == "..." => (0..=printed.len()).any(|skipped| is_output(rest, &printed[skipped..])),
        Some((first, rest)) => {
            printed.split_first().is_some_and(|(line, others)| line == first && is_output(rest, others))
        }
    }
}

#[test]
fn dots_stand_for_any_lines() {
    let lines = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let is = |expected: &str, printed: &str| is_output(&lines(expected), &lines(printed));
    assert!(is("a ... c", "a b b c") && is("...", "") && is("a ...", "a") && is("a", "a"));
    assert!(!is("a ... c", "a b") && !is("a", "a b") && !is("a b", "a"));
}
