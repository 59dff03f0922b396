//! One browser for all pages, driven by messages over two pipes: no port that others could talk to.
use super::{Layout, OLDEST, PATIENCE, PIXEL, Printed, Program, Sheet, ended, profile, release};
use crate::io::error::Error;
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write as _},
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Runs in each page: waits for all that is drawn, and measures it.
const SCRIPT: &str = include_str!("page.js");
/// How long a browser may take to end when it was asked to.
const FAREWELL: Duration = Duration::from_secs(5);
/// Moves what a `Command` can hand over, its standard streams, to where browsers look for messages.
const SHELL: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null 1>&2"#;

/// A running browser. Dropping it ends it and removes what it wrote.
#[derive(Debug)]
pub(super) struct Pipe {
    path: PathBuf,
    child: Child,
    /// Closed when it is dropped, upon which a browser ends by itself.
    requests: Option<ChildStdin>,
    events: Receiver<Event>,
    last_id: u64,
    /// What the page that is printed has told by itself.
    told: Vec<(String, String)>,
    profile: Option<TempDir>,
}

#[derive(Debug)]
enum Event {
    Said(Box<Message>),
    /// The browser closed its pipe.
    Ended,
    /// Somebody wants us to stop.
    Interrupted,
}

/// What a browser says: an answer, or what happened in a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Message {
    id: Option<u64>,
    session_id: String,
    method: String,
    result: Value,
    error: Value,
}

/// What is waited for, and until when.
#[derive(Debug, Clone, Copy)]
struct Wait<'a> {
    page: &'a str,
    what: &'static str,
    until: Instant,
}

/// An area in pixels.
#[derive(Debug, Clone, Copy, Deserialize)]
struct Area {
    width: f64,
    height: f64,
}

impl Pipe {
    pub(super) fn start(program: &Program) -> Result<Self, Error> {
        let profile = profile()?;
        let said = profile.path().join("said.txt");
        let stderr = File::create(&said).map_err(Error::write_file(&said))?;
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SHELL]).arg(&program.path).args(&program.arguments);
        let mut folder = std::ffi::OsString::from("--user-data-dir=");
        folder.push(profile.path().join("profile"));
        command.arg(folder).args(["--remote-debugging-pipe", "about:blank"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(stderr);
        apart(&mut command);
        let mut child =
            command.spawn().map_err(|source| Error::BrowserStart { path: program.path.clone(), source })?;
        let answers = child.stdout.take().expect("it is piped");
        let (sender, events) = mpsc::channel();
        let listener = sender.clone();
        thread::spawn(move || listen(BufReader::new(answers), &listener));
        thread::spawn(move || wait_for_interrupt(&sender));
        let mut pipe = Self {
            path: program.path.clone(),
            requests: child.stdin.take(),
            child,
            events,
            last_id: 0,
            told: Vec::new(),
            profile: Some(profile),
        };
        pipe.refuse_old()?;
        Ok(pipe)
    }

    fn refuse_old(&mut self) -> Result<(), Error> {
        let wait = Wait { page: "about:blank", what: "the browser", until: Instant::now() + PATIENCE };
        let version = self.ask(wait, None, "Browser.getVersion", &json!({}))?;
        let product = version["product"].as_str().unwrap_or_default();
        match release(product) {
            Some(release) if release >= OLDEST => Ok(()),
            _ => {
                Err(Error::OldBrowser { path: self.path.clone(), found: product.to_owned(), needed: OLDEST })
            }
        }
    }

    /// Prints the page at `address` in a tab of its own.
    pub(super) fn print(&mut self, address: &str, paper: Sheet) -> Result<Printed, Error> {
        let wait = Wait { page: address, what: "a new tab", until: Instant::now() + PATIENCE };
        let tab = self.ask(wait, None, "Target.createTarget", &json!({ "url": "about:blank" }))?;
        let tab = tab["targetId"].clone();
        let attached =
            self.ask(wait, None, "Target.attachToTarget", &json!({ "targetId": tab, "flatten": true }))?;
        let session = attached["sessionId"].as_str().unwrap_or_default().to_owned();
        let printed = self.print_in(&session, wait, paper);
        // A tab that hangs is closed as well; what matters is how its page fared.
        let soon = Wait { what: "the tab to close", until: Instant::now() + FAREWELL, ..wait };
        let closed = self.ask(soon, None, "Target.closeTarget", &json!({ "targetId": tab }));
        let printed = printed?;
        closed?;
        Ok(printed)
    }

    fn print_in(&mut self, session: &str, wait: Wait<'_>, paper: Sheet) -> Result<Printed, Error> {
        let ask = |pipe: &mut Self, what, method, parameters: Value| {
            pipe.ask(Wait { what, ..wait }, Some(session), method, &parameters)
        };
        self.told.clear();
        ask(self, "the tab", "Page.enable", json!({}))?;
        let load = "the page to load";
        let navigated = ask(self, load, "Page.navigate", json!({ "url": wait.page }))?;
        if let Some(problem) = navigated["errorText"].as_str() {
            return Err(refused(wait, problem));
        }
        self.hear(Wait { what: load, ..wait }, session, "Page.loadEventFired")?;
        ask(self, "print media", "Emulation.setEmulatedMedia", json!({ "media": "print" }))?;
        let evaluate = |pipe: &mut Self, what, call: String| {
            let expression = format!("{SCRIPT}.{call}");
            let asked = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
            let answer = ask(pipe, what, "Runtime.evaluate", asked)?;
            match answer["exceptionDetails"]["exception"]["description"].as_str() {
                Some(problem) => Err(refused(wait, problem)),
                None => Ok(answer["result"]["value"].clone()),
            }
        };
        evaluate(self, "its style sheets, fonts and pictures", "settle()".to_owned())?;
        let screen = |width: f64, height: f64| json!({ "width": whole(width), "height": whole(height), "deviceScaleFactor": 1, "mobile": false });
        let (width, height) = (paper.width / PIXEL, paper.height / PIXEL);
        ask(self, "a screen like the paper", "Emulation.setDeviceMetricsOverride", screen(width, height))?;
        let pixels = json!({ "width": width, "height": height });
        let area = evaluate(self, "its margins", format!("area({pixels})"))?;
        let rounded: Area = read(wait, area.clone())?;
        let screen = screen(rounded.width, rounded.height);
        ask(self, "a screen like what is printed", "Emulation.setDeviceMetricsOverride", screen)?;
        let layout: Layout = read(wait, evaluate(self, "its measures", format!("measure({area})"))?)?;
        ask(self, "its own screen", "Emulation.clearDeviceMetricsOverride", json!({}))?;
        let options = json!({
            "preferCSSPageSize": true, "printBackground": false, "generateTaggedPDF": true,
            "generateDocumentOutline": true,
            // In inches. Media queries about the paper are asked before its page rules are read.
            "paperWidth": paper.width / 25.4, "paperHeight": paper.height / 25.4,
        });
        let printed = ask(self, "the printed file", "Page.printToPDF", options)?;
        let data = printed["data"].as_str().unwrap_or_default();
        let pdf = base64(data).ok_or_else(|| refused(wait, "the printed file is damaged"))?;
        Ok(Printed { pdf, layout: Some(layout) })
    }

    /// Asks the browser, or the page of `session`, and waits for the answer.
    fn ask(
        &mut self,
        wait: Wait<'_>,
        session: Option<&str>,
        method: &str,
        parameters: &Value,
    ) -> Result<Value, Error> {
        self.last_id += 1;
        let id = self.last_id;
        let mut request = json!({ "id": id, "method": method, "params": parameters });
        if let Some(session) = session {
            request["sessionId"] = session.into();
        }
        let mut bytes = request.to_string().into_bytes();
        bytes.push(0);
        let requests = self.requests.as_mut().expect("it is taken only when the browser is dropped");
        if requests.write_all(&bytes).and_then(|()| requests.flush()).is_err() {
            return Err(self.why_it_ended());
        }
        loop {
            let message = self.next(wait)?;
            if message.id == Some(id) {
                return match message.error["message"].as_str() {
                    Some(problem) => Err(refused(wait, problem)),
                    None => Ok(message.result),
                };
            }
            self.told.push((message.session_id, message.method));
        }
    }

    /// Waits until the page of `session` tells of `event`.
    fn hear(&mut self, wait: Wait<'_>, session: &str, event: &str) -> Result<(), Error> {
        let is_it = |(from, method): &(String, String)| from == session && method == event;
        while !self.told.iter().any(is_it) {
            let message = self.next(wait)?;
            self.told.push((message.session_id, message.method));
        }
        Ok(())
    }

    fn next(&mut self, wait: Wait<'_>) -> Result<Message, Error> {
        match self.events.recv_timeout(wait.until.saturating_duration_since(Instant::now())) {
            Ok(Event::Said(message)) => Ok(*message),
            Ok(Event::Interrupted) => Err(Error::Interrupted),
            Ok(Event::Ended) | Err(RecvTimeoutError::Disconnected) => Err(self.why_it_ended()),
            Err(RecvTimeoutError::Timeout) => Err(Error::PageTimeout {
                page: wait.page.to_owned(),
                waited_for: wait.what,
                seconds: PATIENCE.as_secs(),
            }),
        }
    }

    fn why_it_ended(&mut self) -> Error {
        // It may close its pipe before its last words are written.
        self.leave();
        let said = self.profile.as_ref().map(|it| fs::read(it.path().join("said.txt")).unwrap_or_default());
        ended(&self.path, &String::from_utf8_lossy(&said.unwrap_or_default()))
    }

    /// Waits until the browser is gone, and kills it if it stays.
    fn leave(&mut self) {
        drop(self.requests.take());
        let start = Instant::now();
        while start.elapsed() < FAREWELL {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        // It may be gone by now, and then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        self.leave();
        let Some(profile) = self.profile.take() else { return };
        // The browser's helpers may still be writing when it is gone itself.
        let path = profile.keep();
        for _ in 0..50 {
            if fs::remove_dir_all(&path).is_ok() || !path.exists() {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Ctrl-C at the terminal is for us; we end the browser.
#[cfg(unix)]
fn apart(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
fn apart(_command: &mut Command) {}

/// Passes on what the browser says, until it ends or nobody listens.
fn listen(mut answers: impl BufRead, listener: &Sender<Event>) {
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let event = match answers.read_until(0, &mut bytes) {
            Ok(0) | Err(_) => Event::Ended,
            Ok(_) => {
                let text = bytes.strip_suffix(b"\0").unwrap_or(&bytes);
                // Something else than a message can only come from something else than a browser.
                serde_json::from_slice(text).map_or(Event::Ended, |it| Event::Said(Box::new(it)))
            }
        };
        let is_last = matches!(event, Event::Ended);
        if listener.send(event).is_err() || is_last {
            return;
        }
    }
}

/// Tells of Ctrl-C, and of a wish to end from elsewhere. Whoever prints has to look, so that the browser ends first.
fn wait_for_interrupt(listener: &Sender<Event>) {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(asked_to_end());
    // Nobody listens any more when the browser is gone.
    let _ = listener.send(Event::Interrupted);
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}

fn refused(wait: Wait<'_>, problem: &str) -> Error {
    let problem = problem.lines().next().unwrap_or_default().to_owned();
    Error::BrowserRefused { page: wait.page.to_owned(), problem }
}

fn read<T: serde::de::DeserializeOwned>(wait: Wait<'_>, answer: Value) -> Result<T, Error> {
    serde_json::from_value(answer).map_err(|error| refused(wait, &error.to_string()))
}

#[allow(clippy::cast_possible_truncation, reason = "no paper has that many pixels")]
fn whole(pixels: f64) -> i64 {
    pixels.round() as i64
}

/// The bytes that `text` stands for; `None` if it is no base64.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for digit in text.trim_end_matches('=').bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits).expect("eight bits are held above those"));
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_whatever_its_length() {
        for (text, bytes) in
            [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar")]
        {
            assert_eq!(base64(text).as_deref(), Some(bytes.as_bytes()));
        }
        assert_eq!(base64("+/8="), Some(vec![0xfb, 0xff]));
        assert_eq!(base64("Zm 9v"), None);
    }
}
