//! Beside other generators, in one run: what it costs to generate, and what the output costs to check and to build. Behind
//! `CRATEGEN_SIDE_BY_SIDE=1`; the other generators are installed from crates.io into `target/side-by-side/tools`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use super::built;
use super::children;
use super::programs::{CRATEGEN, OPENAPI_TO_RUST};

/// Documents of the corpus, and a tag to be used alone.
pub(super) const DOCUMENTS: [(&str, &str); 3] = [
    ("real-world/github-2021.json", "gists"),
    ("real-world/box.json", "files"),
    ("real-world/openai-3.1.yaml", "chat"),
];

/// The other generators: package, version.
const OTHERS: [(&str, &str); 3] =
    [("openapi-to-rust", "0.23.0"), ("oas3-gen", "0.29.0"), ("cargo-progenitor", "0.15.1")];

/// What running a command has cost.
pub(super) struct Cost {
    seconds: f64,
    pub(super) cpu: f64,
    pub(super) mib: u64,
    errors: usize,
    warnings: usize,
    pub(super) done: bool,
}

/// A command in a process of its own, so that its peak memory is known: this executable runs it and prints that.
pub(super) fn measured(command: &Command) -> Cost {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<String> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let mut helper = Command::new(std::env::current_exe().unwrap());
    helper.args(["--exact", "side_by_side::helper", "--nocapture", "--test-threads", "1"]);
    helper.env("CRATEGEN_MEASURED", serde_json::to_string(&words).unwrap());
    if let Some(folder) = command.get_current_dir() {
        helper.current_dir(folder);
    }
    for (name, value) in command.get_envs().filter_map(|(name, value)| Some((name, value?))) {
        helper.env(name, value);
    }
    let start = Instant::now();
    let output = helper.output().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let level = |level: &str| {
        let message = |line: &&str| line.starts_with('{') && line.contains("\"reason\":\"compiler-message\"");
        let wanted = format!("\"level\":\"{level}\"");
        // The last message of a package counts the others.
        let counts = |line: &&str| {
            line.contains("aborting due to") || line.contains("warnings emitted") || line.contains("warning emitted")
        };
        text.lines().filter(message).filter(|line| line.contains(&wanted) && !counts(line)).count()
    };
    let told = text.lines().find_map(|line| line.strip_prefix("measured ")).unwrap_or_else(|| panic!("{text}"));
    let mut told = told.split(' ');
    let mut next = || told.next().unwrap();
    Cost {
        seconds,
        cpu: next().parse().unwrap(),
        mib: next().parse().unwrap(),
        done: next() == "true",
        errors: level("error"),
        warnings: level("warning"),
    }
}

/// Runs what `measured` asks for. Not a test.
#[test]
fn helper() {
    let Ok(words) = std::env::var("CRATEGEN_MEASURED") else { return };
    let words: Vec<String> = serde_json::from_str(&words).unwrap();
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).env_remove("CRATEGEN_MEASURED").stderr(std::process::Stdio::null());
    let done = command.status().is_ok_and(|status| status.success());
    let (cpu, mib) = children();
    println!("\nmeasured {cpu} {mib} {done}");
}

pub(super) fn folder() -> PathBuf {
    e2e::root().join("target/side-by-side")
}

fn tool(name: &str) -> PathBuf {
    folder().join("tools/bin").join(name)
}

/// Installs the other generators.
fn install() {
    for (name, version) in OTHERS {
        if !tool(name).exists() {
            let mut install = Command::new(env!("CARGO"));
            install.args(["install", "--locked", "--version", version, name, "--root"]).arg(folder().join("tools"));
            assert!(install.status().unwrap().success(), "{name} {version} cannot be installed");
        }
    }
}

pub(super) fn command(program: &Path, arguments: &[&str], work: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(work);
    command
}

/// A generator: its name, how it is called, and how its output becomes a package called `out`; the package is checked.
struct Generator {
    name: &'static str,
    generate: fn(&Path, &str, &Path) -> Command,
    package: fn(&Path),
}

const MANIFEST: &str = "[package]\nname = \"out\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";

const GENERATORS: [Generator; 3] = [
    Generator {
        name: "openapi-to-rust",
        generate: |program, spec, work| {
            command(program, &["generate", spec, "--output-dir", "src", "--module-name", "api", "--quiet"], work)
        },
        package: |work| {
            let _ = std::fs::rename(work.join("src/mod.rs"), work.join("src/lib.rs"));
            let needs = std::fs::read_to_string(work.join("src/REQUIRED_DEPS.toml")).unwrap_or_default();
            std::fs::write(work.join("Cargo.toml"), format!("{MANIFEST}{needs}")).unwrap();
        },
    },
    Generator {
        name: "oas3-gen",
        generate: |program, spec, work| {
            command(program, &["generate", "client-mod", "-i", spec, "-o", "out", "--workspace"], work)
        },
        package: |work| {
            for part in ["Cargo.toml", "src"] {
                let _ = std::fs::rename(work.join("out").join(part), work.join(part));
            }
        },
    },
    Generator {
        name: "cargo-progenitor",
        generate: |program, spec, work| {
            command(program, &["progenitor", "-i", spec, "-o", ".", "-n", "out", "-v", "0.1.0"], work)
        },
        package: |_| {},
    },
];

fn fresh(work: PathBuf) -> PathBuf {
    let _ = std::fs::remove_dir_all(&work);
    std::fs::create_dir_all(&work).unwrap();
    work
}

fn lines(folder: &Path, is_counted: impl Fn(&Path) -> bool) -> usize {
    let files = e2e::files(folder, &["rs"]).into_iter().filter(|path| is_counted(path));
    let texts = files.filter_map(|path| std::fs::read_to_string(path).ok());
    texts.map(|text| text.lines().count()).sum()
}

/// Lets cargo compile what was generated again.
pub(super) fn touch(work: &Path, is_touched: impl Fn(&Path) -> bool) {
    for file in e2e::files(work, &["rs"]).iter().filter(|path| path.ends_with("src/lib.rs") && is_touched(path)) {
        let text = std::fs::read(file).unwrap();
        std::fs::write(file, text).unwrap();
    }
}

/// Whether a file belongs to the runtime, which is the same for every document: a dependency.
pub(super) fn is_of_runtime(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "crategen-runtime")
}

/// The cost of checking a package whose dependencies are checked already, the less of two runs: what was generated is touched before.
fn check(work: &Path, arguments: &[&str], is_touched: impl Fn(&Path) -> bool) -> Cost {
    let cargo = |arguments: &[&str]| {
        let mut cargo = command(Path::new(env!("CARGO")), &["check", "--quiet", "--message-format", "json"], work);
        cargo.args(arguments).env("CARGO_TARGET_DIR", folder().join("checked")).env("CARGO_INCREMENTAL", "0");
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        cargo
    };
    let first = measured(&cargo(arguments));
    let again = [(); 2].map(|()| {
        touch(work, &is_touched);
        measured(&cargo(arguments))
    });
    let least = again.into_iter().min_by(|a, b| a.cpu.total_cmp(&b.cpu)).unwrap();
    // Messages of packages that are fresh are told again, so those of the first run are enough.
    Cost { errors: first.errors, warnings: first.warnings, ..least }
}

fn row(document: &str, name: &str, generate: Option<&Cost>, size: usize, check: Option<&Cost>) {
    let checked = match check {
        Some(cost) => format!("{:.1} | {} | {} | {}", cost.cpu, cost.mib, cost.errors, cost.warnings),
        None => "- | - | - | -".to_owned(),
    };
    let generated = match generate {
        Some(cost) if cost.done => format!("{:.2} | {}", cost.seconds, cost.mib),
        Some(_) => "fails | -".to_owned(),
        None => " | ".to_owned(),
    };
    println!("| {document} | {name} | {generated} | {size} | {checked} |");
}

#[test]
fn beside_other_generators() {
    if std::env::var_os("CRATEGEN_SIDE_BY_SIDE").is_none() {
        println!("skipped: set CRATEGEN_SIDE_BY_SIDE=1 to install other generators and measure beside them");
        return;
    }
    let Some(entries) = e2e::corpus() else {
        println!("skipped: there is no corpus; set CRATEGEN_CORPUS to a folder with a manifest.tsv");
        return;
    };
    install();
    for (name, version) in OTHERS {
        println!("{name} {version}");
    }
    println!("\n| document | generator | generate s | MiB | lines | check CPU s | MiB | errors | warnings |");
    println!("|---|---|---|---|---|---|---|---|---|");
    let documents = || {
        let entry = |file: &str| entries.iter().find(|entry| entry.file == file);
        DOCUMENTS.into_iter().filter_map(move |(file, tag)| Some((entry(file)?, tag)))
    };
    for (entry, tag) in documents() {
        for generator in &GENERATORS {
            other(entry, generator);
        }
        own(entry, tag);
    }
    println!("\n| document | generator | build CPU s | MiB | release CPU s | MiB | program KiB |");
    println!("|---|---|---|---|---|---|---|");
    for (entry, _) in documents() {
        built::row(&entry.file, "openapi-to-rust", &work(entry, "openapi-to-rust"), OPENAPI_TO_RUST);
        built::row(&entry.file, "crategen", &work(entry, "crategen"), CRATEGEN);
    }
}

/// The folder in which a generator works on a document.
fn work(entry: &e2e::Entry, generator: &str) -> PathBuf {
    folder().join("work").join(format!("{}-{generator}", entry.slug))
}

/// Measures another generator.
fn other(entry: &e2e::Entry, generator: &Generator) {
    let work = fresh(work(entry, generator.name));
    let cost = measured(&(generator.generate)(&tool(generator.name), &entry.path.to_string_lossy(), &work));
    (generator.package)(&work);
    std::fs::write(work.join("Cargo.toml"), own_workspace(&work)).unwrap();
    let checked = cost.done.then(|| check(&work, &[], |_| true));
    row(&entry.file, generator.name, Some(&cost), lines(&work, |_| true), checked.as_ref());
}

/// Measures crategen: the whole API, the same with the runtime, and a tag alone.
fn own(entry: &e2e::Entry, tag: &str) {
    let work = fresh(work(entry, "crategen"));
    let spec = entry.path.to_string_lossy();
    let arguments = ["generate", &*spec, "--out", ".", "--name", "out", "--only", "models,client"];
    let cost = measured(&command(&e2e::optimized_program(), &arguments, &work));
    std::fs::write(
        work.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"calls\"]\n",
    )
    .unwrap();
    let generated = |path: &Path| !is_of_runtime(path);
    let checked = check(&work, &["-p", "out-client"], generated);
    row(&entry.file, "crategen", Some(&cost), lines(&work, generated), Some(&checked));
    let whole = check(&work, &["-p", "out-client"], |_| true);
    row(&entry.file, "crategen, with its runtime", None, lines(&work, |_| true), Some(&whole));
    let features = format!("rustls,{tag}");
    let alone = ["-p", "out-client", "--no-default-features", "--features", &*features];
    let alone = check(&work, &alone, generated);
    row(&entry.file, &format!("crategen, tag `{tag}` alone"), None, lines(&work, generated), Some(&alone));
    assert!(checked.done && whole.done && alone.done, "the crates of {} do not compile", entry.file);
}

/// The manifest, as that of a workspace of its own.
fn own_workspace(work: &Path) -> String {
    let manifest = std::fs::read_to_string(work.join("Cargo.toml")).unwrap_or_default();
    if manifest.contains("[workspace]") { manifest } else { format!("{manifest}\n[workspace]\n") }
}
