//! Chromium without a window, controlled through the DevTools protocol.
//!
//! The protocol runs over pipes (`--remote-debugging-pipe`): JSON messages that end with a null byte, on descriptors 3
//! and 4. So it needs neither a port nor a WebSocket. Only methods of its stable part are used.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long the browser may take for one thing.
const PATIENCE: Duration = Duration::from_secs(60);

/// Records what the content security policy forbids, from the beginning of the page.
const RECORD_VIOLATIONS: &str = "window.violations = [];
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        violations.push(`${violatedDirective} ${blockedURI}`), true);";

/// A browser with one page.
pub struct Browser {
    process: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    last_id: u64,
    /// What the browser said on its own about the page.
    events: VecDeque<Value>,
    _profile: TempDir,
}

/// Returns the program to test with: the value of `CRATEGEN_BROWSER`, or a Chromium in `PATH` if that is 1.
pub fn program() -> Option<String> {
    let wanted = std::env::var("CRATEGEN_BROWSER").ok()?;
    if wanted != "1" {
        return Some(wanted);
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let is_there = |name: &str| {
        let run = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        run.is_ok_and(|status| status.success())
    };
    let found = names.into_iter().find(|name| is_there(name));
    Some(found.expect("CRATEGEN_BROWSER is set, but there is no Chromium in PATH").to_owned())
}

impl Browser {
    /// Starts a browser that can reach this machine only.
    pub fn start(program: &str) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, program])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--remote-debugging-pipe", "--window-size=1280,1600"])
            .arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                if sender.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    break;
                }
            }
        });
        let events = VecDeque::new();
        let mut browser = Self { process, input, messages, session: None, last_id: 0, events, _profile: profile };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = json!({ "targetId": target["targetId"], "flatten": true });
        browser.session = browser.call("Target.attachToTarget", attached)["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Network", "Runtime"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": RECORD_VIOLATIONS }));
        browser
    }

    /// Calls a method of the protocol.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let mut message = json!({ "id": self.last_id, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.input.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let message = self.messages.recv_timeout(PATIENCE);
            let message = message.unwrap_or_else(|_| panic!("the browser does not respond to {method}"));
            if message["id"] == self.last_id {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
            self.events.push_back(message);
        }
    }

    /// Opens a URL, and forgets what happened before.
    pub fn open(&mut self, url: &str) {
        self.call("Page.navigate", json!({ "url": "about:blank" }));
        self.events.clear();
        self.call("Page.navigate", json!({ "url": url }));
    }

    /// Evaluates JavaScript in the page.
    pub fn evaluate(&mut self, script: &str) -> Value {
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let result = self.call("Runtime.evaluate", params);
        assert!(result["exceptionDetails"].is_null(), "{script}: {}", result["exceptionDetails"]);
        result["result"]["value"].clone()
    }

    /// Waits until JavaScript has a value other than `null`, `false` and `undefined`, and returns that.
    pub fn wait_for(&mut self, script: &str) -> Value {
        let start = Instant::now();
        loop {
            let value = self.evaluate(script);
            if !(value.is_null() || value == false) {
                return value;
            }
            assert!(start.elapsed() < PATIENCE, "{script} has no value; the page is:\n{}", self.text("body"));
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Clicks on the first element that a selector finds, once there is one.
    pub fn click(&mut self, selector: &str) {
        self.wait_for(&format!("(e => e && (e.click(), true))(document.querySelector({selector:?}))"));
    }

    /// Enters text as a user does, so that the page notices.
    pub fn enter(&mut self, selector: &str, text: &str) {
        self.wait_for(&format!("(e => e && (e.focus(), e.select(), true))(document.querySelector({selector:?}))"));
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Waits until the first element that a selector finds contains a text.
    pub fn expect(&mut self, selector: &str, text: &str) {
        self.wait_for(&format!("document.querySelector({selector:?})?.innerText.includes({text:?}) ?? null"));
    }

    /// Returns the text of the first element that a selector finds, once there is one with a text.
    pub fn text(&mut self, selector: &str) -> String {
        let text = self.wait_for(&format!("document.querySelector({selector:?})?.innerText.trim() || null"));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Returns the requests since the page was opened: methods and URLs, in their order. Those that the browser refused
    /// to send are left out.
    pub fn requests(&mut self) -> Vec<String> {
        self.evaluate("1"); // What has happened until now has been reported then.
        let of = |method: &'static str| self.events.iter().filter(move |event| event["method"] == method);
        let refused: Vec<&Value> = of("Network.loadingFailed")
            .filter(|event| !event["params"]["blockedReason"].is_null())
            .map(|event| &event["params"]["requestId"])
            .collect();
        let sent = of("Network.requestWillBeSent").filter(|event| !refused.contains(&&event["params"]["requestId"]));
        sent.map(|event| {
            let request = &event["params"]["request"];
            format!("{} {}", request["method"].as_str().unwrap(), request["url"].as_str().unwrap())
        })
        .collect()
    }

    /// Returns what the content security policy forbade.
    pub fn violations(&mut self) -> Vec<String> {
        serde_json::from_value(self.evaluate("window.violations")).unwrap()
    }

    /// Returns errors of scripts.
    pub fn exceptions(&mut self) -> Vec<String> {
        self.evaluate("1");
        let thrown = self.events.iter().filter(|event| event["method"] == "Runtime.exceptionThrown");
        thrown.map(|event| event["params"]["exceptionDetails"].to_string()).collect()
    }
}

impl Drop for Browser {
    /// Lets the browser end by itself, so that it leaves nothing behind.
    fn drop(&mut self) {
        let close = json!({ "id": 0, "method": "Browser.close" });
        let _ = self.input.write_all(format!("{close}\0").as_bytes());
        let start = Instant::now();
        while matches!(self.process.try_wait(), Ok(None)) && start.elapsed() < Duration::from_secs(5) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
