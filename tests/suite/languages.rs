use crate::support::{Project, files_below, repository};
use askbook::{edition::Audience, text::words::Words};
use snapbox::str;

const HOME: &str = "themes/handbook/templates/home.html";

fn in_language(tag: &str) -> Project {
    Project::whole().file("askbook.yaml", &format!("title: A & B\nlanguage: {tag}\n"))
}

/// The home page that `template` makes, with words of its own.
fn page(words: &str, template: &str) -> String {
    in_language("en").file("themes/languages/en.yaml", words).file(HOME, template).page("index.html")
}

#[test]
fn the_interface_speaks_the_language_of_the_guide() {
    let project = in_language("de-CH");
    project.says_nothing();
    let page = project.page("404.html");
    assert!(page.contains("<html lang=\"de-CH\">"), "{page}");
    assert!(
        page.contains("<p>Unter dieser Adresse gibt es in <strong>A &amp; B</strong> nichts.</p>"),
        "{page}"
    );
    let hand_outs = project.published_to(Audience::Candidate);
    assert!(hand_outs.text("index.html").unwrap().contains("<h1>Handreichung für Bewerbende</h1>"));
}

#[test]
fn a_language_without_words_builds_in_english_and_says_what_to_write() {
    let project = in_language("tlh");
    assert!(
        project.page("404.html").contains("There is nothing at this address in <strong>A &amp; B</strong>.")
    );
    project.says(str![[r"
askbook.yaml:2:11: warning[unknown-language]: there are no words in `tlh`, so the interface is in English

"]]);
    assert!(project.build().diagnostics()[0].help.as_ref().unwrap().contains("themes/languages/tlh.yaml"));
}

#[test]
fn a_tag_that_browsers_refuse_is_refused() {
    in_language("de_DE").says(str![[r"
askbook.yaml:2:11: error[bad-language]: `de_DE` is no language tag

"]]);
}

#[test]
fn a_project_changes_a_word_and_keeps_the_others() {
    let words = "not_found: { title: 'Gone & away' }";
    let page = in_language("en").file("themes/languages/en.yaml", words).page("404.html");
    assert!(page.contains("<h1>Gone &amp; away</h1>") && page.contains("If you followed a link"), "{page}");
}

#[test]
fn places_are_filled_and_a_count_chooses_the_form() {
    let words = "mine: { found: { one: '{count} question', other: '{count} questions in {place}' } }";
    let template =
        "{% for n in [0, 1, 2] %}{{ words.mine.found | fill(count=n, place='Rome') }};{% endfor %}";
    assert_eq!(page(words, template), "0 questions in Rome;1 question;2 questions in Rome;");
}

#[test]
fn what_fills_a_place_is_text_unless_it_is_markup() {
    let words = "mine: { hint: '{name} & <b>: press {key}' }";
    let plain = "{{ words.mine.hint | fill(name=site.title, key='<kbd>') }}";
    assert_eq!(page(words, plain), "A &amp; B &amp; &lt;b&gt;: press &lt;kbd&gt;");
    let markup = "{% set key %}<kbd>{{ site.title }}</kbd>{% endset %}\
                  {{ words.mine.hint | fill(name=site.title, key=key) }}";
    assert_eq!(page(words, markup), "A &amp; B &amp; &lt;b&gt;: press <kbd>A &amp; B</kbd>");
}

#[test]
fn scripts_get_their_words_in_an_attribute() {
    let words = "mine: { a: 'x \"y\" </script>', b: { one: I, other: II } }";
    let page = page(words, "<script data-words=\"{{ words.mine | json_encode }}\"></script>");
    let (_, value) = page.split_once('"').unwrap();
    let (value, _) = value.split_once("\">").unwrap();
    let value =
        value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&#x2F;", "/");
    let value: serde_json::Value = serde_json::from_str(&value).unwrap();
    assert_eq!(value, serde_json::json!({ "a": "x \"y\" </script>", "b": { "one": "I", "other": "II" } }));
}

#[test]
fn a_word_that_is_not_there_is_told_in_the_template() {
    let told = |template: &str| {
        let project = in_language("en").file(HOME, template);
        project.told(&project.build())
    };
    assert!(told("{{ words.not_found.titel }}").starts_with(&format!("{HOME}:1:")), "unknown");
    assert!(told("{{ words.not_found.nothing_here | fill(gilde=1) }}").contains("needs a value for `guide`"));
    assert!(told("{{ 1 | fill(count=1) }}").contains("`fill` is for words"));
}

#[test]
fn candidates_get_the_words_of_their_pages_alone() {
    let template = "{% for group in words | keys %}{{ group }} {% endfor %}";
    let project = in_language("en").file("themes/handbook/templates/candidate-index.html", template);
    let hand_outs = project.published_to(Audience::Candidate);
    assert_eq!(hand_outs.text("index.html").unwrap(), "hand_out ");
}

/// A word in a template's text: `browse.sort`, and what follows it.
fn used_words(template: &str) -> impl Iterator<Item = (&str, &str)> {
    template.match_indices("words.").map(|(at, start)| {
        let rest = &template[at + start.len()..];
        rest.split_at(rest.find(|c: char| !c.is_alphanumeric() && !"_.".contains(c)).unwrap_or(rest.len()))
    })
}

#[test]
fn each_word_of_our_templates_is_there_and_is_filled_when_it_has_places() {
    let english = serde_json::to_value(Words::default()).unwrap();
    for (path, bytes) in files_below(&repository().join("themes/handbook/templates")) {
        for (name, after) in used_words(std::str::from_utf8(&bytes).unwrap()) {
            let word = english.pointer(&format!("/{}", name.replace('.', "/")));
            let word = word.unwrap_or_else(|| panic!("{path}: there is no `words.{name}`"));
            let has_places = word.get("other").is_some() || word.as_str().is_some_and(|it| it.contains('{'));
            let expression = after.split("}}").next().unwrap_or_default();
            let is_filled = expression.trim_start().starts_with('|') && expression.contains("| fill(");
            assert_eq!(has_places, is_filled, "{path}: `words.{name}`");
        }
    }
}
