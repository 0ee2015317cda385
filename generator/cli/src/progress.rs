//! Shows on a terminal that a run goes on, once it has taken longer than a second.

use std::io::{IsTerminal as _, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::args::{CommonArgs, Format};

/// How often the line changes, and after how long it appears.
const INTERVAL: Duration = Duration::from_secs(1);

/// Does something, and meanwhile shows what the command does, if standard error is a terminal and people read it.
pub fn with_progress<T>(label: &'static str, args: &CommonArgs, work: impl FnOnce() -> T) -> T {
    let is_read = std::io::stderr().is_terminal() && args.read.message_format == Format::Text;
    let progress = is_read.then(|| Progress::show(label, INTERVAL, std::io::stderr()));
    let value = work();
    drop(progress);
    value
}

/// A line with the time that has passed. It is removed when this value is dropped.
struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    fn show(label: &'static str, interval: Duration, mut out: impl Write + Send + 'static) -> Self {
        let (stop, stopped) = mpsc::channel();
        let start = Instant::now();
        let thread = std::thread::Builder::new().spawn(move || {
            let mut is_shown = false;
            while stopped.recv_timeout(interval) == Err(RecvTimeoutError::Timeout) {
                is_shown = true;
                let _ = write!(out, "\r{label} ({} s) ...\x1b[K", start.elapsed().as_secs());
                let _ = out.flush();
            }
            if is_shown {
                let _ = write!(out, "\r\x1b[K");
                let _ = out.flush();
            }
        });
        // Without a thread, nothing is shown.
        Self { running: thread.ok().map(|thread| (stop, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Screen(Arc<Mutex<Vec<u8>>>);

    impl Write for Screen {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().map_or(Ok(0), |mut text| text.write(bytes))
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Screen {
        fn text(&self) -> String {
            self.0.lock().map(|text| String::from_utf8_lossy(&text).into_owned()).unwrap_or_default()
        }
    }

    #[test]
    fn what_takes_long_is_shown_and_removed() {
        let screen = Screen::default();
        let progress = Progress::show("generating", Duration::from_millis(5), screen.clone());
        let start = Instant::now();
        while screen.text().is_empty() && start.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(5));
        }
        drop(progress);
        let text = screen.text();
        assert!(text.starts_with("\rgenerating (0 s) ...") && text.ends_with("\r\x1b[K"), "{text:?}");
    }

    #[test]
    fn what_is_quick_is_not_shown() {
        let screen = Screen::default();
        drop(Progress::show("generating", Duration::from_secs(60), screen.clone()));
        assert_eq!(screen.text(), "");
    }
}
