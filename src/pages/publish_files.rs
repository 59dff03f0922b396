//! Files for machines: `robots.txt`, and with a base address `sitemap.xml`.
use super::book;
use crate::site::{Page, Route};
use std::{collections::BTreeMap, fmt::Write as _};

pub(super) fn texts(pages: &[Page], base_url: &str) -> BTreeMap<Route, String> {
    // Nothing is disallowed: a robot that may not read a page does not see its `noindex` either.
    let mut robots = "User-agent: *\nDisallow:\n".to_owned();
    let mut texts = BTreeMap::new();
    if !base_url.is_empty() {
        let _ = writeln!(robots, "Sitemap: {base_url}sitemap.xml");
        texts.insert(Route::new("sitemap.xml"), sitemap(pages, base_url));
    }
    texts.insert(Route::new("robots.txt"), robots);
    texts
}

/// Pages that are not there, that are for others, or that say again what other pages say.
fn is_left_out(route: &str) -> bool {
    route == "404.html"
        || route.starts_with("h/")
        || route.starts_with("prompts/")
        || route == book::ROUTE
        || route.ends_with(".rubric.html")
}

fn sitemap(pages: &[Page], base_url: &str) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let addresses = pages.iter().map(|page| page.route.as_str());
    for route in addresses.filter(|route| route.ends_with(".html") && !is_left_out(route)) {
        let _ = writeln!(xml, "<url><loc>{}{route}</loc></url>", base_url.replace('&', "&amp;"));
    }
    xml.push_str("</urlset>\n");
    xml
}
