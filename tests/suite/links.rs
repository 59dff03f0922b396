use crate::support::Project;
use askbook::{edition::Audience, pipeline::Build};
use snapbox::str;

const PAGE: &str =
    "---\ntitle: How to\n---\n## First part\nSee [the guard](../questions/locks/guard.md#answer).\n";

#[test]
fn links_between_files_become_links_between_pages() {
    let project = Project::whole().file("content/pages/how-to.md", PAGE);
    let page = project.page("pages/how-to.html");
    assert!(page.contains("href=\"../questions/guard.html#answer\""), "{page}");
    let project = project.question("Answer zebra", "Answer zebra [see](../../pages/how-to.md#first-part)");
    assert!(project.page("questions/guard.html").contains("href=\"../pages/how-to.html#first-part\""));
}

#[test]
fn broken_links_are_told_at_their_place_with_the_nearest_target() {
    let page = "---\ntitle: How to\n---\n[a](../questions/errors/guard.md) [b](how-to.md#frist)\n![c](none.png)\n\n## First\n";
    let project = Project::whole().file("content/pages/how-to.md", page);
    project.says(str![[r#"
content/pages/how-to.md:4:5: error[broken-link]: there is no page or file `content/questions/errors/guard.md`
content/pages/how-to.md:4:39: error[broken-anchor]: `content/pages/how-to.md` has no heading `#frist`
content/pages/how-to.md:5:6: error[broken-link]: there is no image `content/pages/none.png`

"#]]);
    let help: Vec<_> = project.build().diagnostics().iter().filter_map(|it| it.help.clone()).collect();
    assert_eq!(help, ["did you mean `content/questions/locks/guard.md`?", "did you mean `first`?"]);
}

#[test]
fn files_beside_a_page_are_carried_along() {
    let page = "---\ntitle: How to\n---\n![A drawing](My%20drawing.png)\n";
    let project = Project::whole()
        .file("content/pages/how-to.md", page)
        .asset("content/pages/My drawing.png", b"a drawing");
    let artifacts = project.published_to(Audience::Interviewer);
    let carried: Vec<&str> =
        artifacts.iter().map(|(path, _)| path).filter(|path| path.starts_with("files/")).collect();
    assert_eq!(carried.len(), 1);
    assert!(carried[0].starts_with("files/my-drawing."), "{carried:?}");
    assert!(project.page("pages/how-to.html").contains(&format!("src=\"../{}\"", carried[0])));
    let candidate = project.published_to(Audience::Candidate);
    assert!(!candidate.iter().any(|(path, _)| path.starts_with("files/")));
}

#[test]
fn every_link_names_a_file_that_is_there() {
    let builds = ["handbook", "plain"].map(|theme| Project::content().themed(theme).build());
    for (audience, artifacts) in builds.iter().flat_map(Build::editions) {
        let mut seen = 0;
        for (path, bytes) in artifacts.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = std::str::from_utf8(bytes).unwrap();
            for address in addresses(html) {
                let target = joined(path, address.split(['?', '#']).next().unwrap());
                assert!(artifacts.get(&target).is_some(), "{audience}: `{path}` links to `{address}`");
                if let Some((_, anchor)) = address.split_once('#')
                    && !anchor.is_empty()
                {
                    let other = artifacts.text(&target).unwrap();
                    let is_there = other.contains(&format!("id=\"{anchor}\""))
                        || other.contains(&format!("id={anchor}"));
                    assert!(is_there, "{audience}: `{path}` links to `{address}`, which has no such place");
                }
                seen += 1;
            }
        }
        assert!(seen > 0);
    }
    assert!(builds.iter().all(|build| build.editions().len() == 2));
}

/// What the page links to within the site.
fn addresses(html: &str) -> impl Iterator<Item = &str> {
    let values = html.split([' ', '\n']).filter_map(|word| {
        word.strip_prefix("href=\"")
            .or_else(|| word.strip_prefix("src=\""))
            .and_then(|it| it.split('"').next())
    });
    values.filter(|it| !it.contains(':') && !it.is_empty())
}

fn joined(from: &str, address: &str) -> String {
    if address.is_empty() {
        return from.to_owned();
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in address.split('/') {
        if part == ".." {
            folders.pop().expect("an address stays in the site");
        } else {
            folders.push(part);
        }
    }
    folders.join("/")
}

#[test]
fn names_of_files_may_hold_any_sign() {
    let page = "---\ntitle: How to\n---\n![A](a%23b.png) ![B](%252e.png)\n";
    let project = Project::whole()
        .file("content/pages/how-to.md", page)
        .asset("content/pages/a#b.png", b"one")
        .asset("content/pages/%2e.png", b"two");
    let html = project.page("pages/how-to.html");
    assert_eq!(html.matches("src=\"../files/").count(), 2, "{html}");
}

#[test]
fn images_of_other_sites_and_links_in_html_are_refused() {
    let page = "---\ntitle: How to\n---\n![A](https://e.example/a.png) <a href=\"../questions/x.md\">x</a> <img src=\"y.png\" alt=\"y\">\n\n[s](s.svg) ![s](s.svg)\n";
    let project =
        Project::whole().file("content/pages/how-to.md", page).asset("content/pages/s.svg", b"<svg/>");
    project.says(str![[r#"
content/pages/how-to.md:4:6: error[remote-image]: an image cannot come from another site
content/pages/how-to.md:4:31: warning[removed-html]: the HTML attribute `href` is removed
content/pages/how-to.md:4:65: warning[removed-html]: the HTML attribute `src` is removed
content/pages/how-to.md:6:5: error[unsafe-file]: an SVG file can only be shown as an image

"#]]);
}
