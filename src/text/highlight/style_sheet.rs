//! The style sheet that gives the classes of highlighted code their colours, in the light, in the dark and on paper.
use std::fmt::Write as _;

use syntect::{
    highlighting::{Color, Highlighter, Theme},
    parsing::Scope,
};
use two_face::theme::{EmbeddedThemeName, extra};

use super::classes::Class;

/// WCAG 2.2 AA for text, on plain and on marked lines.
const LEAST_CONTRAST: f64 = 4.5;

// Neutral, so that the colours of any theme go with them.
const LIGHT_BACKGROUND: Color = rgb(0xf6, 0xf8, 0xfa);
const LIGHT_MARKED: Color = rgb(0xff, 0xf4, 0xc2);
const DARK_BACKGROUND: Color = rgb(0x16, 0x1b, 0x22);
const DARK_MARKED: Color = rgb(0x2b, 0x33, 0x3f);

const BLACK: Color = rgb(0, 0, 0);
const WHITE: Color = rgb(0xff, 0xff, 0xff);
/// Comments step back on paper, at more than 7:1.
const PRINTED_COMMENT: Color = rgb(0x4a, 0x4a, 0x4a);

const fn rgb(r: u8, g: u8, b: u8) -> Color {
    Color { r, g, b, a: 0xff }
}

/// Colours for every class, as custom properties, and the rules that use them. The same on every run.
pub fn style_sheet() -> String {
    let themes = extra();
    // The two are one design, and nearly every colour of theirs can be read on our backgrounds as it is.
    let light = Palette::of(themes.get(EmbeddedThemeName::ColdarkCold), LIGHT_BACKGROUND, LIGHT_MARKED);
    let dark = Palette::of(themes.get(EmbeddedThemeName::ColdarkDark), DARK_BACKGROUND, DARK_MARKED);
    let (light, dark, paper) = (light.properties(), dark.properties(), Palette::of_paper().properties());
    format!(
        ":root{{{light}}}\n\
         @media screen and (prefers-color-scheme: dark){{:root:not([data-theme=\"light\"]){{{dark}}}}}\n\
         @media screen{{:root[data-theme=\"dark\"]{{{dark}}}}}\n\
         @media print{{:root{{{paper}}}}}\n\
         {LAYOUT}{}",
        class_rules()
    )
}

/// A counter's empty alternative keeps line numbers out of what is read aloud; browsers that do not know it take the
/// declaration before. A marked line has an edge as well, since print drops backgrounds.
const LAYOUT: &str = "\
pre{background:var(--code-background);color:var(--code-text)}
.line{display:inline-block;box-sizing:border-box;min-width:100%;border-left:3px solid transparent;padding-left:1ch}
.marked{background:var(--code-marked);border-color:var(--code-text)}
.marked:empty::before{content:\" \"}
.numbered{counter-reset:line}
.numbered .line::before{counter-increment:line;content:counter(line);content:counter(line) / \"\";\
display:inline-block;min-width:3ch;margin-right:2ch;text-align:right;color:var(--code-comment)}
.numbered .line[data-line]::before{content:attr(data-line);content:attr(data-line) / \"\"}
";

fn class_rules() -> String {
    let mut rules = String::new();
    for class in Class::ALL {
        let weight_and_slant = match class {
            Class::Keyword => ";font-weight:700",
            Class::Comment => ";font-style:italic",
            _ => "",
        };
        let (letter, name) = (class.letter(), class.name());
        writeln!(rules, "pre .{letter}{{color:var(--code-{name}){weight_and_slant}}}")
            .expect("a string takes all that is written to it");
    }
    rules
}

struct Palette {
    background: Color,
    marked: Color,
    text: Color,
    classes: [Color; Class::ALL.len()],
}

impl Palette {
    fn of(theme: &Theme, background: Color, marked: Color) -> Self {
        let theme = Highlighter::new(theme);
        let legible = |color| legible(color, [background, marked]);
        let classes = Class::ALL.map(|class| {
            let scope = Scope::new(class.scope()).expect("a name of at most four atoms is a scope");
            legible(theme.style_for_stack(&[scope]).foreground)
        });
        Self { background, marked, text: legible(theme.get_default().foreground), classes }
    }

    /// Black on white; weight and slant tell keywords and comments apart.
    fn of_paper() -> Self {
        let classes = Class::ALL.map(|class| if class == Class::Comment { PRINTED_COMMENT } else { BLACK });
        Self { background: WHITE, marked: WHITE, text: BLACK, classes }
    }

    fn properties(&self) -> String {
        let Self { background, marked, text, classes } = self;
        let mut properties = format!(
            "--code-background:{};--code-marked:{};--code-text:{}",
            hex(*background),
            hex(*marked),
            hex(*text)
        );
        for (class, color) in Class::ALL.into_iter().zip(classes) {
            write!(properties, ";--code-{}:{}", class.name(), hex(*color))
                .expect("a string takes all that is written to it");
        }
        properties
    }
}

fn hex(Color { r, g, b, .. }: Color) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// `color`, moved no further from itself than it must be to be read on every one of `backgrounds`.
fn legible(color: Color, backgrounds: [Color; 2]) -> Color {
    let is_dark = |background| contrast(background, WHITE) > contrast(background, BLACK);
    let end = if is_dark(backgrounds[0]) { WHITE } else { BLACK };
    let is_legible =
        |color| backgrounds.iter().all(|&background| contrast(color, background) >= LEAST_CONTRAST);
    (0..=255).map(|share| mixed(color, end, share)).find(|&mixed| is_legible(mixed)).unwrap_or(end)
}

/// `from` with `share` of 255 parts of `to`.
fn mixed(from: Color, to: Color, share: u8) -> Color {
    let mix = |from: u8, to: u8| {
        let sum = u16::from(from) * u16::from(255 - share) + u16::from(to) * u16::from(share);
        u8::try_from(sum / 255).expect("a mean of two bytes is a byte")
    };
    rgb(mix(from.r, to.r), mix(from.g, to.g), mix(from.b, to.b))
}

/// The contrast of two colours as WCAG 2.2 defines it, from 1 to 21.
fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Color) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The custom properties of the first rule of `sheet` after `start`, as names and colours.
    fn properties(sheet: &str, start: &str) -> Vec<(String, Color)> {
        let (_, rule) = sheet.split_once(start).expect(start);
        let (declarations, _) = rule.split_once('}').unwrap();
        let property = |declaration: &str| {
            let (name, color) = declaration.split_once(":#").unwrap();
            let [_, r, g, b] = u32::from_str_radix(color, 16).unwrap().to_be_bytes();
            (name.to_owned(), rgb(r, g, b))
        };
        declarations.split(';').map(property).collect()
    }

    fn assert_contrast(sheet: &str, start: &str, least: f64) {
        let properties = properties(sheet, start);
        let (backgrounds, texts) = properties.split_at(2);
        assert_eq!(texts.len(), 1 + Class::ALL.len());
        for (name, color) in texts {
            for (background_name, background) in backgrounds {
                let contrast = contrast(*color, *background);
                assert!(contrast >= least, "{name} on {background_name} after {start}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn every_colour_can_be_read_in_the_light_in_the_dark_and_on_paper() {
        let sheet = style_sheet();
        assert_contrast(&sheet, ":root{", 4.5);
        assert_contrast(&sheet, ":root:not([data-theme=\"light\"]){", 4.5);
        assert_contrast(&sheet, ":root[data-theme=\"dark\"]{", 4.5);
        assert_contrast(&sheet, "@media print{:root{", 7.0);
    }

    #[test]
    fn paper_has_no_colour() {
        for (name, Color { r, g, b, .. }) in properties(&style_sheet(), "@media print{:root{") {
            assert!(r == g && g == b, "{name}");
        }
    }

    #[test]
    fn a_pale_colour_is_moved_until_it_can_be_read_and_no_further() {
        let backgrounds = [LIGHT_BACKGROUND, LIGHT_MARKED];
        let grey = legible(rgb(0x96, 0x98, 0x96), backgrounds);
        let least = backgrounds.map(|background| contrast(grey, background)).into_iter().fold(21.0, f64::min);
        assert!((4.5..4.6).contains(&least), "{least}");
        assert_eq!(legible(BLACK, backgrounds), BLACK);
    }

    #[test]
    fn contrast_is_as_wcag_defines_it() {
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast(rgb(0x76, 0x76, 0x76), WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn every_class_has_one_rule() {
        let sheet = style_sheet();
        for class in Class::ALL {
            let rule = format!("\npre .{}{{color:var(--code-{})", class.letter(), class.name());
            assert_eq!(sheet.matches(&rule).count(), 1);
        }
        assert!(sheet.contains("--code-keyword);font-weight:700}"));
        assert!(sheet.contains("--code-comment);font-style:italic}"));
    }

    #[test]
    fn two_runs_write_the_same_sheet() {
        assert_eq!(style_sheet(), style_sheet());
    }
}
