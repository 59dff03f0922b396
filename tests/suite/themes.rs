use crate::support::{Project, QUESTION};
use askbook::{edition::Audience, site::Theme, source::Diagnostics};
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
fn every_broken_template_is_told_in_one_run() {
    Project::whole()
        .file("themes/handbook/templates/article.html", "{{ view.title")
        .file("themes/handbook/templates/question.html", "line\n{% if view.title %}")
        .says(str![[r"
themes/handbook/templates/article.html:1:9: error[template-error]: unexpected end of input
themes/handbook/templates/question.html:2:[..]: error[template-error]: [..]

"]]);
    Project::whole()
        .file("themes/handbook/templates/article.html", "{{ view.title | shout }}")
        .file("themes/handbook/templates/question.html", "line\n{{ view.title }} {{ <nowhere /> }}")
        .says(str![[r"
themes/handbook/templates/article.html:1:17: error[template-error]: unknown filter `shout`
themes/handbook/templates/question.html:2:21: error[template-error]: unknown component `nowhere`

"]]);
}

#[test]
fn what_many_pages_meet_is_told_once() {
    let mut project = Project::whole().file("themes/handbook/templates/question.html", "{{ view.titel }}");
    for name in ["one", "two", "three"] {
        let question = QUESTION.replace("The guard that stays", &format!("Guard number {name}"));
        project = project.file(&format!("content/questions/locks/{name}.md"), &question);
    }
    let build = project.build();
    let help: Vec<_> = build.diagnostics().iter().map(|it| it.help.as_deref()).collect();
    assert_eq!(help, [Some("this came up in the page `questions/guard.html`")]);
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
fn a_theme_is_laid_over_the_one_it_extends() {
    let project = Project::whole()
        .themed("mine")
        .file("themes/mine/theme.yaml", "name: Mine\nversion: 1.0.0\ndescription: Ours.\nextends: ours\n")
        .file("themes/mine/templates/slots/head.html", "<meta name=\"mine\" content=\"{{ page.title }}\">")
        .file("themes/ours/theme.yaml", "extends: plain\n")
        .file("themes/ours/templates/slots/head.html", "<meta name=\"ours\">")
        .file("themes/ours/assets/plain.css", "p { color: red }")
        .file("themes/plain/templates/slots/before-footer.html", "<p>For our eyes only</p>");
    project.says_nothing();
    let page = project.page("questions/guard.html");
    assert!(page.contains("<meta name=\"mine\" content=\"The guard that stays\">"), "{page}");
    assert!(page.contains("<p>For our eyes only</p>") && !page.contains("name=\"ours\""), "{page}");
    let artifacts = project.published_to(Audience::Interviewer);
    let sheet = artifacts.iter().find(|(path, _)| path.starts_with("assets/plain.")).unwrap();
    assert_eq!(sheet.1.as_ref(), b"p { color: red }");
}

#[test]
fn what_is_wrong_in_a_theme_yaml_is_told_in_it() {
    let mine = |text: &str| Project::whole().themed("mine").file("themes/mine/theme.yaml", text);
    mine("name: Mine\nextend: plain\nsearch: perhaps\n").says(str![[r"
themes/mine/theme.yaml:2:1: error[unknown-key]: unknown key `extend` in a theme
themes/mine/theme.yaml:3:9: error[wrong-type]: `search` is `perhaps`, not `true` or `false`

"]]);
    let project = mine("extends: plan\n");
    project.says(str![[r"
themes/mine/theme.yaml:1:10: error[unknown-theme]: unknown theme `plan`: there is no `themes/plan/`

"]]);
    assert_eq!(project.build().diagnostics()[0].help.as_deref(), Some("did you mean `plain`?"));
    mine("extends: ours\n").file("themes/ours/theme.yaml", "extends: mine\n").says(str![[r"
themes/ours/theme.yaml:1:10: error[theme-circle]: themes extend each other in a circle: `mine`, `ours`, `mine`

"]]);
    Project::whole().file("themes/handbook/theme.yaml", "extends: plain\n").says(str![[r"
themes/handbook/theme.yaml:1:10: warning[no-effect]: `extends` has no effect: `handbook` is built in and stands alone

"]]);
}

#[test]
fn a_theme_that_does_not_search_brings_no_index() {
    let has_index = |project: Project| {
        let artifacts = project.published_to(Audience::Interviewer);
        artifacts.iter().any(|(path, _)| path.starts_with("search") && path.ends_with(".js"))
    };
    assert!(has_index(Project::whole()));
    assert!(!has_index(Project::whole().themed("plain")));
    let searching =
        Project::whole().themed("mine").file("themes/mine/theme.yaml", "extends: plain\nsearch: true\n");
    assert!(has_index(searching));
}

#[test]
fn plain_shows_every_page_of_our_guide_without_a_script() {
    let project = Project::content().themed("plain");
    let build = project.build();
    assert_eq!(project.told(&build), "");
    for artifacts in build.editions().values() {
        assert!(artifacts.iter().all(|(path, _)| !path.ends_with(".js") && !path.contains("fonts/")));
        for (path, bytes) in artifacts.iter().filter(|(path, _)| path.ends_with(".html")) {
            let html = std::str::from_utf8(bytes).unwrap();
            for expected in [
                "<html lang=\"en\">",
                "http-equiv=\"Content-Security-Policy\"",
                "content=\"noindex\"",
                "<title>",
                "<main",
            ] {
                assert_eq!(html.matches(expected).count(), 1, "{path}: {expected}");
            }
            assert_eq!(html.matches("<h1").count(), 1, "{path}");
            let scripts = ["<script", " onclick", "javascript:", " style=", "<style"];
            assert!(scripts.iter().all(|it| !html.contains(it)), "{path}");
        }
    }
}

#[test]
fn a_theme_does_not_decide_which_pages_there_are() {
    let pages = |theme: &str| {
        let artifacts = Project::whole().themed(theme).published_to(Audience::Interviewer);
        let paths = artifacts.iter().map(|(path, _)| path.to_owned());
        paths.filter(|path| path.ends_with(".html")).collect::<Vec<_>>()
    };
    assert_eq!(pages("plain"), pages("handbook"));
}

#[test]
fn plain_shares_no_template_with_handbook() {
    let theme = |name: &str| {
        let mut told = Diagnostics::default();
        Theme::of(&Project::content().0, name, &mut told)
    };
    let (plain, handbook) = (theme("plain"), theme("handbook"));
    let shared = plain.templates().filter(|(name, template)| {
        let other = handbook.template(name).map(|it| it.text.as_str());
        other == Some(&template.text) && !name.starts_with("slots/")
    });
    assert_eq!(shared.map(|(name, _)| name).collect::<Vec<_>>(), [""; 0]);
    assert!(plain.template("partials/nav.html").is_none(), "nothing of handbook's lies below it");
}

/// Each slot, and a page that has to show it.
const SLOTS: [(&str, &str); 5] = [
    ("head", "index.html"),
    ("after-header", "search.html"),
    ("before-footer", "packets/systems.html"),
    ("question-aside", "questions/guard.html"),
    ("packet-cover", "packets/systems.html"),
];

#[test]
fn every_slot_can_be_filled() {
    for theme in ["handbook", "plain"] {
        let mut project = Project::whole().themed(theme);
        for (slot, _) in SLOTS {
            let path = format!("themes/{theme}/templates/slots/{slot}.html");
            project = project.file(&path, &format!("<p>{slot} of {{{{ page.title }}}}</p>"));
        }
        for (slot, route) in SLOTS {
            let page = project.page(route);
            assert_eq!(page.matches(&format!("<p>{slot} of ")).count(), 1, "{theme}: {slot} on {route}");
        }
    }
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
