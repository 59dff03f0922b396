use crate::support::Project;
use askbook::edition::Audience;
use snapbox::str;

#[test]
fn a_project_overrides_a_theme_file_by_file() {
    let template = "<!doctype html><title>{{ page.title }}</title><h1>Mine: {{ view.title }}</h1>";
    let project = Project::whole().file("themes/handbook/templates/question.html", template);
    assert_eq!(
        project.page("questions/guard.html"),
        "<!doctype html><title>The guard that stays</title><h1>Mine: The guard that stays</h1>"
    );
    assert!(project.page("index.html").contains("class=\"masthead\""), "the others stay");
}

#[test]
fn what_is_wrong_in_a_theme_is_told_in_the_theme() {
    let project = Project::whole().file("themes/handbook/templates/question.html", "line\n{{ view.titel }}");
    project.says(str![[r"
themes/handbook/templates/question.html:2:9: error[template-error]: field `titel` is not defined. Available fields: [..]

"]]);
    let project = Project::whole().file("themes/handbook/templates/question.html", "{{ view.title");
    assert!(project.told(&project.build()).starts_with("themes/handbook/templates/question.html:1:"));
}

#[test]
fn braces_and_markup_of_authors_are_text() {
    let project = Project::whole().question("The guard that stays", "\"{{ site.title }} <b>x</b>\"");
    let page = project.page("questions/guard.html");
    assert!(
        page.contains("{{ site.title }} &lt;b&gt;x&lt;/b&gt;") || page.contains("&lt;b&gt;x&lt;&#x2F;b&gt;"),
        "{page}"
    );
}

#[test]
fn an_unknown_theme_is_told_and_a_new_one_may_be_partial() {
    let project = Project::whole().file("askbook.yaml", "title: T\ntheme: handbok\n");
    project.says(str![[r"
error[unknown-theme]: unknown theme `handbok`: there is no `themes/handbok/`

"]]);
    let project = Project::whole()
        .file("askbook.yaml", "title: T\ntheme: mine\n")
        .file("themes/mine/templates/not-found.html", "<p>gone</p>");
    assert_eq!(project.page("404.html"), "<p>gone</p>");
    assert!(project.page("index.html").contains("class=\"masthead\""));
}

#[test]
fn every_page_keeps_robots_and_other_sites_away() {
    for audience in Audience::ALL {
        let artifacts = Project::content().published_to(audience);
        for (path, bytes) in artifacts.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = std::str::from_utf8(bytes).unwrap();
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
            assert!(html.contains("Content-Security-Policy"), "{path}");
            assert!(!html.contains(" style="), "{path}: a strict policy refuses inline styles");
            assert!(!html.contains("<script>"), "{path}: a strict policy refuses inline scripts");
            assert!(!html.contains("askbook-source:"), "{path}");
            assert!(!html.contains('\u{E000}') && !html.contains("%EE%80%80"), "{path}");
        }
    }
}

#[test]
fn a_base_address_brings_a_sitemap() {
    let project = Project::whole().file("askbook.yaml", "title: T\nbase_url: https://guide.example/x\n");
    let map = project.page("sitemap.xml");
    assert!(map.contains("<loc>https://guide.example/x/questions/guard.html</loc>"));
    assert!(!map.contains("/h/"), "hand-outs are not listed");
    let artifacts = Project::whole().published_to(Audience::Interviewer);
    assert!(artifacts.get("sitemap.xml").is_none() && artifacts.get("robots.txt").is_some());
}
