//! Shows the guide to a browser on this machine, from memory, and tells it when there is something new.
use std::{
    convert::Infallible,
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, uri::Authority},
    middleware::{self, Next},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::get,
};
use futures_util::stream;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    runtime::{self, Runtime},
    sync::{Semaphore, oneshot, watch},
};

use super::error::Error;
use crate::site::Artifacts;

const FIRST_PORT: u16 = 4300;
const LAST_PORT: u16 = FIRST_PORT + 20;

/// How many browsers and tools may be connected at once; the next one waits.
const MAX_CONNECTIONS: usize = 256;
/// How many of them may listen for changes, which they do for as long as they like: the rest is left for pages.
const MAX_LISTENERS: usize = 64;
/// How long a client may take to say what it wants.
const HEADER_PATIENCE: Duration = Duration::from_secs(5);
const MAX_HEADER: usize = 16 << 10;

const LIVE_SCRIPT: &str = include_str!("live.js");
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Sent with every answer. The guide needs no more than this, so a page that asks for more shows its fault here.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// A running server. Dropping it stops it.
pub struct Server {
    address: SocketAddr,
    stage: watch::Sender<Stage>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Listens on this machine only: at `port`, at any free one for 0, or at the first free one from 4300 on.
    pub fn start(port: Option<u16>) -> Result<Self, Error> {
        Self::launch(port, HEADER_PATIENCE)
    }

    fn launch(port: Option<u16>, patience: Duration) -> Result<Self, Error> {
        let listener = bind(port)?;
        let (address, runtime) = prepare(&listener).map_err(|source| Error::Listen {
            address: (Ipv4Addr::LOCALHOST, port.unwrap_or(FIRST_PORT)).into(),
            source,
        })?;
        let (stage, _) = watch::channel(Stage::default());
        let (stop, stopped) = oneshot::channel();
        let router = router(House::new(address.port(), stage.clone()));
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = serve(listener, router, patience) => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Self { address, stage, stop: Some(stop), thread: Some(thread) })
    }

    /// Where the guide can be seen.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Shows `artifacts` from now on, and has every open page reload if they differ from what was shown.
    pub fn set(&self, artifacts: Arc<Artifacts>) {
        self.stage.send_modify(|stage| {
            if stage.artifacts.as_ref() != Some(&artifacts) {
                stage.version += 1;
                stage.artifacts = Some(artifacts);
            }
            stage.problems = None;
        });
    }

    /// Lays `text` over every open page until the next [`set`](Self::set); below it the last good guide stays.
    pub fn set_problems(&self, text: String) {
        self.stage.send_modify(|stage| stage.problems = Some(text.into()));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It can only have panicked, and was heard when it did.
            let _ = thread.join();
        }
    }
}

fn bind(port: Option<u16>) -> Result<TcpListener, Error> {
    let listen = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let is_taken = |error: &io::Error| error.kind() == io::ErrorKind::AddrInUse;
    let refuse = |port: u16, source| Error::Listen { address: (Ipv4Addr::LOCALHOST, port).into(), source };
    if let Some(port) = port {
        return listen(port).map_err(|source| {
            if is_taken(&source) { Error::PortTaken { port, source } } else { refuse(port, source) }
        });
    }
    for port in FIRST_PORT..=LAST_PORT {
        match listen(port) {
            Ok(listener) => return Ok(listener),
            Err(error) if is_taken(&error) => {}
            Err(error) => return Err(refuse(port, error)),
        }
    }
    Err(Error::NoFreePort { first: FIRST_PORT, last: LAST_PORT })
}

fn prepare(listener: &TcpListener) -> io::Result<(SocketAddr, Runtime)> {
    listener.set_nonblocking(true)?;
    Ok((listener.local_addr()?, runtime::Builder::new_current_thread().enable_all().build()?))
}

/// Accepts connections for ever.
///
/// `axum::serve` would be shorter, but it sets no limit on how long or how large a request's head may be.
async fn serve(listener: TcpListener, router: Router, patience: Duration) {
    let listener = tokio::net::TcpListener::from_std(listener).expect("made non-blocking in `prepare`");
    let seats = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience).max_header_size(MAX_HEADER);
    loop {
        let seat = Arc::clone(&seats).acquire_owned().await.expect("the semaphore is never closed");
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file descriptors, most likely: a moment later there may be one.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let connection =
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        tokio::spawn(async move {
            // What can go wrong here is a client that hung up or spoke no HTTP: no one is left to be told.
            let _ = connection.await;
            drop(seat);
        });
    }
}

/// What there is to see at the moment.
#[derive(Clone, Default)]
struct Stage {
    /// Counts the guides that were shown; 0 is none yet.
    version: u64,
    artifacts: Option<Arc<Artifacts>>,
    problems: Option<Arc<str>>,
}

impl Stage {
    /// Names the version in a way that no other run of the program shares: a tab may outlive its server.
    fn name(&self) -> String {
        format!("{}-{}", std::process::id(), self.version)
    }

    fn event(&self) -> Event {
        let state = serde_json::json!({ "version": self.name(), "problems": self.problems.as_deref() });
        Event::default().data(state.to_string())
    }
}

/// What every answer is made from.
#[derive(Clone)]
struct House {
    port: u16,
    stage: watch::Sender<Stage>,
    /// One seat for each that may listen for changes.
    seats: Arc<Semaphore>,
}

fn router(house: House) -> Router {
    Router::new()
        .route("/__askbook/live.js", get(live_script))
        .route("/__askbook/events", get(events))
        .route("/", get(home))
        .route("/{*path}", get(page))
        .layer(middleware::from_fn_with_state(house.clone(), guard))
        .with_state(house)
}

async fn live_script() -> Response {
    answer(StatusCode::OK, content_type("live.js"), LIVE_SCRIPT)
}

/// What there is to see now, and then every change of it.
async fn events(State(house): State<House>) -> Response {
    let Ok(seat) = house.seats.try_acquire_owned() else {
        let text = answer(StatusCode::SERVICE_UNAVAILABLE, TEXT, "too many pages are open; close some");
        // Left open, it would take a page's place until our patience with it ends.
        return ([(header::CONNECTION, "close")], text).into_response();
    };
    let mut changes = house.stage.subscribe();
    changes.mark_changed();
    let events = stream::unfold((changes, seat), |(mut changes, seat)| async move {
        changes.changed().await.ok()?;
        let event = changes.borrow_and_update().event();
        Some((Ok::<_, Infallible>(event), (changes, seat)))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

async fn home(State(house): State<House>) -> Response {
    house.show("index.html")
}

async fn page(State(house): State<House>, path: Result<Path<String>, PathRejection>) -> Response {
    match path {
        Ok(Path(path)) if path.ends_with('/') => house.show(&format!("{path}index.html")),
        Ok(Path(path)) => house.show(&path),
        // Not UTF-8 once decoded, so it can name no file of ours.
        Err(_) => house.show(""),
    }
}

/// Turns away who should not see the guide, and adds the headers that keep it to itself.
async fn guard(State(house): State<House>, request: Request, next: Next) -> Response {
    let mut response = match house.objection(&request) {
        Some(objection) => objection,
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

impl House {
    fn new(port: u16, stage: watch::Sender<Stage>) -> Self {
        Self { port, stage, seats: Arc::new(Semaphore::new(MAX_LISTENERS)) }
    }

    /// The file at `path`, which is a key and never a place on disk: nothing outside the guide has one.
    fn show(&self, path: &str) -> Response {
        let stage = self.stage.borrow().clone();
        let Some(artifacts) = &stage.artifacts else {
            return answer(StatusCode::SERVICE_UNAVAILABLE, HTML, stage.page_without_guide());
        };
        let found = artifacts.get(path).map(|bytes| (StatusCode::OK, content_type(path), bytes));
        let missing = || artifacts.get("404.html").map(|bytes| (StatusCode::NOT_FOUND, HTML, bytes));
        match found.or_else(missing) {
            Some((status, HTML, bytes)) => answer(status, HTML, stage.with_live_script(bytes)),
            Some((status, content_type, bytes)) => {
                answer(status, content_type, Bytes::from_owner(Arc::clone(bytes)))
            }
            None => answer(StatusCode::NOT_FOUND, TEXT, "no such page"),
        }
    }

    /// The answer to a request that we do not serve.
    fn objection(&self, request: &Request) -> Option<Response> {
        if !self.is_addressed(request) {
            let text = format!("this guide is at http://localhost:{}/ and nowhere else", self.port);
            return Some(answer(StatusCode::MISDIRECTED_REQUEST, TEXT, text));
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let text = answer(StatusCode::METHOD_NOT_ALLOWED, TEXT, "a guide can only be read");
            return Some(([(header::ALLOW, "GET, HEAD")], text).into_response());
        }
        self.is_asked_by_another_site(request.headers())
            .then(|| answer(StatusCode::FORBIDDEN, TEXT, "another site cannot read this guide"))
    }

    /// Whether the request names this server.
    ///
    /// Listening on the loopback is not enough: a web page can point a name of its own at 127.0.0.1 and read us.
    fn is_addressed(&self, request: &Request) -> bool {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let asked = request.uri().authority().map(Authority::as_str);
        hosts.next().is_none()
            && host.is_some_and(|host| self.is_our_name(host))
            && asked.is_none_or(|asked| self.is_our_name(asked))
    }

    fn is_our_name(&self, authority: &str) -> bool {
        let without_port = authority.strip_suffix(&format!(":{}", self.port));
        let name = without_port.or((self.port == 80).then_some(authority)).map(str::to_ascii_lowercase);
        name.is_some_and(|name| {
            matches!(name.as_str(), "127.0.0.1" | "localhost" | "[::1]") || name.ends_with(".localhost")
        })
    }

    /// Whether a page of another origin sent this. A link that was followed is none of its business and fine.
    fn is_asked_by_another_site(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value: &HeaderValue| value.to_str().unwrap_or_default());
        let is_our_origin =
            |origin: &str| origin.strip_prefix("http://").is_some_and(|host| self.is_our_name(host));
        let is_link = text("sec-fetch-mode") == Some("navigate");
        text("origin").is_some_and(|origin| !is_our_origin(origin))
            || (matches!(text("sec-fetch-site"), Some("cross-site" | "same-site")) && !is_link)
    }
}

impl Stage {
    fn live_script(&self) -> String {
        format!(r#"<script src="/__askbook/live.js" data-version="{}"></script>"#, self.name())
    }

    fn with_live_script(&self, html: &[u8]) -> Vec<u8> {
        const END: &[u8] = b"</body>";
        let end = html.windows(END.len()).rposition(|bytes| bytes.eq_ignore_ascii_case(END));
        let (before, after) = html.split_at(end.unwrap_or(html.len()));
        [before, self.live_script().as_bytes(), after].concat()
    }

    fn page_without_guide(&self) -> String {
        let problems = self.problems.as_deref().unwrap_or_default();
        let problems = problems.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!(
            r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Askbook</title>
</head>
<body>
<h1>There is no guide to see yet</h1>
<p>It shows here as soon as it can be built.</p>
<pre id="askbook-problems">{problems}</pre>
{}
</body>
</html>
"#,
            self.live_script()
        )
    }
}

fn answer(status: StatusCode, content_type: &'static str, body: impl Into<Body>) -> Response {
    (status, [(header::CONTENT_TYPE, content_type)], body.into()).into_response()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "rs" | "toml" => TEXT,
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead as _, BufReader, Read as _, Write as _},
        net::TcpStream,
    };

    use super::*;

    fn site(files: &[(&str, &str)]) -> Arc<Artifacts> {
        let mut artifacts = Artifacts::default();
        for (path, text) in files {
            artifacts.insert(*path, text.as_bytes());
        }
        Arc::new(artifacts)
    }

    fn serving(files: &[(&str, &str)]) -> Server {
        let server = Server::start(Some(0)).unwrap();
        server.set(site(files));
        server
    }

    fn connect(server: &Server) -> TcpStream {
        let stream = TcpStream::connect(server.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends `request`, with `PORT` replaced, and returns everything that comes back.
    fn exchange(server: &Server, request: &str) -> String {
        let mut stream = connect(server);
        let request = request.replace("PORT", &server.address().port().to_string());
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    fn ask(server: &Server, line: &str, headers: &str) -> String {
        exchange(
            server,
            &format!("{line} HTTP/1.1\r\nHost: localhost:PORT\r\n{headers}Connection: close\r\n\r\n"),
        )
    }

    fn status(answer: &str) -> &str {
        answer.split(' ').nth(1).unwrap_or_default()
    }

    fn body(answer: &str) -> &str {
        answer.split_once("\r\n\r\n").unwrap().1
    }

    /// An open stream of events.
    struct Events(BufReader<TcpStream>);

    impl Events {
        fn of(server: &Server) -> Self {
            let mut stream = connect(server);
            let host = format!("localhost:{}", server.address().port());
            write!(stream, "GET /__askbook/events HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
            Self(BufReader::new(stream))
        }

        /// The version and the problems of the next event.
        fn next(&mut self) -> (String, Option<String>) {
            let mut line = String::new();
            while !line.starts_with("data: ") {
                line.clear();
                assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream ended");
            }
            let state: serde_json::Value = serde_json::from_str(&line["data: ".len()..]).unwrap();
            let text = |name: &str| state[name].as_str().map(str::to_owned);
            (text("version").unwrap(), text("problems"))
        }
    }

    const SITE: &[(&str, &str)] = &[
        ("index.html", "<body>home</body>"),
        ("questions/a b.html", "<body>a</body>"),
        ("questions/index.html", "<body>questions</body>"),
        ("style.css", "p {}"),
        ("404.html", "<body>not here</body>"),
    ];

    #[test]
    fn a_page_is_found_by_its_path() {
        let server = serving(SITE);
        for (path, text) in [
            ("/", "home"),
            ("/index.html?x=1", "home"),
            ("/questions/", "questions"),
            ("/questions/a%20b.html", "<body>a"),
        ] {
            let answer = ask(&server, &format!("GET {path}"), "");
            assert_eq!(status(&answer), "200", "{path}");
            assert!(body(&answer).contains(text), "{path}: {answer}");
        }
    }

    #[test]
    fn a_page_gets_the_live_script_and_a_style_sheet_does_not() {
        let server = serving(SITE);
        let html = ask(&server, "GET /", "");
        assert!(
            body(&html).starts_with(r#"<body>home<script src="/__askbook/live.js" data-version=""#),
            "{html}"
        );
        assert!(html.ends_with("></script></body>"), "{html}");
        assert!(html.contains("content-type: text/html; charset=utf-8\r\n"));
        let css = ask(&server, "GET /style.css", "");
        assert_eq!(body(&css), "p {}");
        assert!(css.contains("content-type: text/css; charset=utf-8\r\n"));
        let script = ask(&server, "GET /__askbook/live.js", "");
        assert_eq!(body(&script), LIVE_SCRIPT);
        assert!(script.contains("content-type: text/javascript; charset=utf-8\r\n"));
    }

    #[test]
    fn every_answer_carries_the_headers_that_keep_the_guide_to_itself() {
        let server = serving(SITE);
        for line in ["GET /", "GET /nowhere", "POST /", "GET /style.css"] {
            let answer = ask(&server, line, "");
            for (name, value) in HEADERS {
                assert!(answer.contains(&format!("{name}: {value}\r\n")), "{line}: {answer}");
            }
            assert!(!answer.contains("access-control"), "{answer}");
        }
    }

    #[test]
    fn no_path_leads_out_of_the_guide() {
        let server = serving(SITE);
        for path in [
            "/../../etc/passwd",
            "/%2e%2e%2f%2e%2e%2fetc/passwd",
            "/..%5c..%5cetc/passwd",
            "/%252e%252e/etc/passwd",
            "/./index.html",
            "//etc/passwd",
            "/C:/windows/win.ini",
            "/C%3A/windows/win.ini",
            "/%c0%ae%c0%ae/etc/passwd",
            "/index.html%00",
            "/%00",
            "/%",
            "/questions",
        ] {
            let answer = ask(&server, &format!("GET {path}"), "");
            assert_eq!(status(&answer), "404", "{path}");
            assert!(body(&answer).contains("not here"), "{path}: {answer}");
        }
        let without_page = serving(&[("index.html", "")]);
        assert_eq!(body(&ask(&without_page, "GET /x", "")), "no such page");
    }

    #[test]
    fn a_guide_can_only_be_read() {
        let server = serving(SITE);
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let answer = ask(&server, &format!("{method} /"), "");
            assert_eq!(status(&answer), "405", "{method}");
            assert!(answer.contains("allow: GET, HEAD\r\n"), "{answer}");
        }
        let head = ask(&server, "HEAD /style.css", "");
        assert_eq!(status(&head), "200");
        assert!(head.contains("content-length: 4\r\n") && body(&head).is_empty(), "{head}");
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let server = serving(SITE);
        let status_for = |head: &str| {
            let request = format!("{head}\r\nConnection: close\r\n\r\n");
            status(&exchange(&server, &request)).to_owned()
        };
        for host in
            ["localhost:PORT", "LocalHost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "guide.localhost:PORT"]
        {
            assert_eq!(status_for(&format!("GET / HTTP/1.1\r\nHost: {host}")), "200", "{host}");
        }
        for host in [
            "evil.example:PORT",
            "evil.example",
            "localhost.evil:PORT",
            "127.0.0.1.nip.io:PORT",
            "evillocalhost:PORT",
            "localhost",
            "localhost:1",
            "",
        ] {
            assert_eq!(status_for(&format!("GET / HTTP/1.1\r\nHost: {host}")), "421", "{host}");
        }
        assert_eq!(status_for("GET / HTTP/1.1\r\nAccept: */*"), "421");
        assert_eq!(status_for("GET / HTTP/1.1\r\nHost: localhost:PORT\r\nHost: evil.example"), "421");
        assert_eq!(status_for("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:PORT"), "421");
        assert_eq!(status_for("GET http://localhost:PORT/ HTTP/1.1\r\nHost: localhost:PORT"), "200");
    }

    #[test]
    fn another_site_can_link_here_but_not_listen_or_embed() {
        let server = serving(SITE);
        for headers in [
            "Origin: null\r\n",
            "Origin: http://evil.example\r\n",
            "Origin: http://localhost:1\r\n",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\n",
            "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\n",
        ] {
            assert_eq!(status(&ask(&server, "GET /__askbook/events", headers)), "403", "{headers}");
            assert_eq!(status(&ask(&server, "GET /", headers)), "403", "{headers}");
        }
        let ours = "Origin: http://127.0.0.1:PORT\r\nSec-Fetch-Site: same-origin\r\n";
        assert_eq!(status(&ask(&server, "GET /", ours)), "200");
        let link = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n";
        assert_eq!(status(&ask(&server, "GET /", link)), "200");
    }

    #[test]
    fn an_open_page_hears_of_a_new_guide_and_of_no_other() {
        let server = serving(SITE);
        let mut events = Events::of(&server);
        let (first, _) = events.next();
        assert!(ask(&server, "GET /", "").contains(&format!(r#"data-version="{first}""#)));
        server.set(site(&[("index.html", "new")]));
        let (second, _) = events.next();
        assert_ne!(first, second);
        server.set(site(&[("index.html", "new")]));
        assert_eq!(events.next().0, second, "equal guides need no reload");
        assert!(body(&ask(&server, "GET /", "")).starts_with("new<script "));
    }

    #[test]
    fn problems_lie_over_the_last_good_guide_until_the_next() {
        let server = serving(SITE);
        let mut events = Events::of(&server);
        let (version, problems) = events.next();
        assert_eq!(problems, None);
        let text = "a.md:1:1: error\r\n<img src=x onerror=alert(1)>";
        server.set_problems(text.to_owned());
        assert_eq!(events.next(), (version.clone(), Some(text.to_owned())));
        assert!(body(&ask(&server, "GET /", "")).contains("home"));
        server.set(site(SITE));
        assert_eq!(events.next(), (version, None));
    }

    #[test]
    fn without_a_guide_every_page_shows_the_problems() {
        let server = Server::start(Some(0)).unwrap();
        server.set_problems("error in <img onerror>.md & more".to_owned());
        for path in ["/", "/questions/a.html"] {
            let answer = ask(&server, &format!("GET {path}"), "");
            assert_eq!(status(&answer), "503");
            assert!(body(&answer).contains("error in &lt;img onerror&gt;.md &amp; more</pre>"), "{answer}");
            assert!(body(&answer).contains("/__askbook/live.js"), "{answer}");
        }
        let mut events = Events::of(&server);
        let (before, _) = events.next();
        server.set(site(SITE));
        assert_ne!(events.next().0, before);
        assert_eq!(status(&ask(&server, "GET /", "")), "200");
    }

    #[test]
    fn a_port_in_use_is_an_error_if_asked_for_and_passed_over_if_not() {
        let first = Server::start(None).unwrap();
        let second = Server::start(None).unwrap();
        assert_ne!(first.address().port(), second.address().port());
        assert!(first.address().ip().is_loopback());
        let port = second.address().port();
        assert!(
            matches!(Server::start(Some(port)), Err(Error::PortTaken { port: told, .. }) if told == port)
        );
        drop(second);
        assert_eq!(
            Server::start(Some(port)).unwrap().address().port(),
            port,
            "a dropped server frees its port"
        );
    }

    #[test]
    fn a_client_that_does_not_say_what_it_wants_is_hung_up_on() {
        let server = Server::launch(Some(0), Duration::from_millis(100)).unwrap();
        server.set(site(SITE));
        let mut stalled = connect(&server);
        stalled.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
        let mut idle = connect(&server);
        let host = format!("localhost:{}", server.address().port());
        write!(idle, "HEAD / HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        let mut listening = Events::of(&server);
        listening.next();
        let mut answer = String::new();
        stalled.read_to_string(&mut answer).unwrap();
        assert_eq!(answer, "");
        idle.read_to_string(&mut answer).unwrap();
        assert_eq!(status(&answer), "200");
        server.set_problems("still listening".to_owned());
        assert_eq!(listening.next().1.as_deref(), Some("still listening"));
    }

    #[test]
    fn those_who_listen_leave_room_for_pages() {
        let server = serving(SITE);
        let mut listening: Vec<Events> = (0..MAX_LISTENERS).map(|_| Events::of(&server)).collect();
        for events in &mut listening {
            events.next();
        }
        let refused = exchange(&server, "GET /__askbook/events HTTP/1.1\r\nHost: localhost:PORT\r\n\r\n");
        assert_eq!(status(&refused), "503");
        assert!(refused.contains("connection: close\r\n"), "{refused}");
        assert_eq!(body(&refused), "too many pages are open; close some");
        assert_eq!(status(&ask(&server, "GET /", "")), "200");
        listening.pop();
        let is_let_in = |_| status(&ask(&server, "HEAD /__askbook/events", "")) == "200";
        assert!((0..1000).any(is_let_in), "one that leaves makes room");
    }

    #[test]
    fn a_request_without_end_is_refused() {
        let server = serving(SITE);
        let long = "x".repeat(MAX_HEADER + 1);
        assert_eq!(status(&ask(&server, "GET /", &format!("X: {long}\r\n"))), "431");
    }
}
