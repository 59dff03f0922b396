//! Links between files of the project become links between pages.
use super::route::Route;
use crate::text::{markdown::SOURCE_SCHEME, percent::decoded};
use std::collections::BTreeMap;

/// Where each file of the project is shown or carried to.
#[derive(Debug, Default, Clone)]
pub(super) struct Links {
    routes: BTreeMap<String, Route>,
}

impl Links {
    /// Files by path, with the address of each.
    pub(super) fn new(routes: BTreeMap<String, Route>) -> Self {
        Self { routes }
    }

    /// `html` of the page at `route` with its links to files replaced. A file that this site does not show is no
    /// address: the link leads to the page itself. A file that the page shows itself is an anchor on it.
    pub(super) fn resolve(&self, html: Vec<u8>, route: &Route, shown: &BTreeMap<String, String>) -> Vec<u8> {
        let Ok(text) = std::str::from_utf8(&html) else { return html };
        if !text.contains(SOURCE_SCHEME) {
            return html;
        }
        let root = route.to_root();
        let mut resolved = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, link)) = rest.split_once(SOURCE_SCHEME) {
            resolved.push_str(before);
            // Links stand in attributes; elsewhere these are words of the author's.
            if !before.ends_with("=\"") {
                resolved.push_str(SOURCE_SCHEME);
                rest = link;
                continue;
            }
            let end = link.find('"').unwrap_or(link.len());
            let (path, anchor) =
                link[..end].split_once('#').map_or((&link[..end], None), |(p, a)| (p, Some(a)));
            let path = plain(path);
            let (page, separator) = match (shown.get(&path), self.routes.get(&path)) {
                (Some(own), _) => (format!("#{own}"), "_"),
                (None, Some(target)) => (format!("{root}{target}"), "#"),
                (None, None) => ("#".to_owned(), "#"),
            };
            resolved.push_str(&page);
            if let Some(anchor) = anchor {
                resolved.push_str(separator);
                resolved.push_str(anchor);
            }
            rest = &link[end..];
        }
        resolved.push_str(rest);
        resolved.into_bytes()
    }
}

/// A path without the escapes of an attribute and of an address.
fn plain(path: &str) -> String {
    decoded(&path.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_page_to_page() {
        let routes = [("content/a b.md".to_owned(), Route::new("pages/a.html"))];
        let links = Links::new(routes.into());
        let html = br#"<a href="askbook-source:content/a%20b.md#x">a</a> <a href="askbook-source:gone.md">b</a> askbook-source:c"#;
        let resolved = links.resolve(html.to_vec(), &Route::new("questions/q.html"), &BTreeMap::new());
        assert_eq!(
            String::from_utf8(resolved).unwrap(),
            r##"<a href="../pages/a.html#x">a</a> <a href="#">b</a> askbook-source:c"##
        );
    }

    #[test]
    fn links_to_what_a_page_shows_itself_stay_on_it() {
        let links = Links::new([("content/a.md".to_owned(), Route::new("pages/a.html"))].into());
        let html =
            br#"<a href="askbook-source:content/a.md#x">a</a> <a href="askbook-source:content/a.md">b</a>"#;
        let shown = [("content/a.md".to_owned(), "page_a".to_owned())].into();
        let resolved = links.resolve(html.to_vec(), &Route::new("print.html"), &shown);
        assert_eq!(
            String::from_utf8(resolved).unwrap(),
            r##"<a href="#page_a_x">a</a> <a href="#page_a">b</a>"##
        );
    }
}
