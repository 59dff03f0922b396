//! All text of a file, for those who must know that something is not in it.
use super::printout::{dictionary_at, name_at};
use lopdf::{
    Dictionary, Document, Encoding, Object,
    content::{Content, Operation},
    decode_text_string,
};
use std::collections::BTreeMap;

/// The glyphs of every page and drawing as text, then every other string: titles, addresses, descriptions.
pub(super) fn of(document: &Document) -> String {
    let mut text = String::new();
    for page in document.page_iter() {
        let fonts = document.get_page_fonts(page).unwrap_or_default();
        push_glyphs(&document.get_page_content(page), &encodings(document, &fonts), &mut text);
    }
    for object in document.objects.values() {
        match object {
            Object::Stream(stream) if name_at(&stream.dict, b"Subtype") == Some(b"Form") => {
                let fonts = fonts_of_form(document, &stream.dict);
                let content = stream.get_plain_content().unwrap_or_default();
                push_glyphs(&content, &encodings(document, &fonts), &mut text);
            }
            Object::Stream(stream) if stream.dict.has_type(b"Metadata") => {
                let content = stream.get_plain_content().unwrap_or_default();
                text.push_str(&String::from_utf8_lossy(&content));
            }
            Object::Stream(stream) => push_strings(&Object::Dictionary(stream.dict.clone()), &mut text),
            _ => push_strings(object, &mut text),
        }
    }
    push_strings(&Object::Dictionary(document.trailer.clone()), &mut text);
    text
}

type Fonts<'a> = BTreeMap<Vec<u8>, &'a Dictionary>;

fn fonts_of_form<'a>(document: &'a Document, form: &'a Dictionary) -> Fonts<'a> {
    let fonts =
        dictionary_at(document, form, b"Resources").and_then(|it| dictionary_at(document, it, b"Font"));
    let named = fonts.into_iter().flat_map(Dictionary::iter);
    named.filter_map(|(name, font)| Some((name.clone(), dereferenced(document, font)?))).collect()
}

fn dereferenced<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

fn encodings<'a>(document: &'a Document, fonts: &Fonts<'a>) -> BTreeMap<Vec<u8>, Encoding<'a>> {
    let read = |(name, font): (&Vec<u8>, &&'a Dictionary)| {
        Some((name.clone(), font.get_font_encoding(document).ok()?))
    };
    fonts.iter().filter_map(read).collect()
}

/// What `content` draws, read twice: once with a gap wherever a run of glyphs begins, and once only where a line does. A
/// run may end within a word and a cell of a table without a space, so a phrase can hide in one, never in both.
fn push_glyphs(content: &[u8], encodings: &BTreeMap<Vec<u8>, Encoding<'_>>, text: &mut String) {
    let Ok(content) = Content::decode(content) else { return };
    let mut in_lines = String::new();
    let mut encoding = None;
    let mut line = None;
    for it in &content.operations {
        match it.operator.as_str() {
            "BT" | "BDC" | "BMC" => text.push('\n'),
            "Tf" => encoding = it.operands.first().and_then(|name| encodings.get(name.as_name().ok()?)),
            "Tm" => {
                let height = it.operands.get(5).and_then(|height| height.as_float().ok());
                if height != line {
                    in_lines.push('\n');
                }
                line = height;
            }
            "Tj" | "'" | "\"" | "TJ" => {
                let glyphs = glyphs(it, encoding);
                text.push_str(&glyphs);
                in_lines.push_str(&glyphs);
            }
            _ => {}
        }
    }
    text.push('\n');
    text.push_str(&in_lines);
    text.push('\n');
}

fn glyphs(shown: &Operation, encoding: Option<&Encoding<'_>>) -> String {
    let Some(encoding) = encoding else { return String::new() };
    let strings = shown.operands.iter().flat_map(|it| match it {
        Object::Array(parts) => parts.as_slice(),
        it => std::slice::from_ref(it),
    });
    let decoded = strings.filter_map(|it| Document::decode_text(encoding, it.as_str().ok()?).ok());
    decoded.collect()
}

fn push_strings(object: &Object, text: &mut String) {
    match object {
        Object::String(..) => {
            text.push_str(&decode_text_string(object).unwrap_or_default());
            text.push('\n');
        }
        Object::Array(parts) => parts.iter().for_each(|it| push_strings(it, text)),
        Object::Dictionary(node) => node.iter().for_each(|(key, it)| {
            // Names of places within the file are keys.
            if matches!(it, Object::Reference(_) | Object::Array(_)) {
                text.push_str(&String::from_utf8_lossy(key));
                text.push('\n');
            }
            push_strings(it, text);
        }),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::pdf::{Printout, sample};

    #[test]
    fn text_is_found_on_pages_in_drawings_and_beside_them() {
        let text = Printout::read(&sample::printed("20260101120000")).unwrap().text();
        for said in ["guard", "drawn", "A packet & more", "https://example.org/", "a-place"] {
            assert!(text.contains(said), "{said} in {text}");
        }
    }
}
