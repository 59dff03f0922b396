//! Drawing that has no meaning, marked as such: the white of the page, borders, what stands in the margins.
use super::printout::{dictionary_at, name_at};
use lopdf::{
    Dictionary, Document, Object, ObjectId, Result, Stream,
    content::{Content, Operation},
};
use std::collections::{BTreeMap, BTreeSet};

/// Wraps whatever a page draws outside its tagged content, so that nobody has it read aloud.
pub(super) fn mark_artifacts(document: &mut Document) -> Result<()> {
    let tagged = tagged_drawings(document)?;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for page in pages {
        let resources = document.get_page_resources(page)?.0;
        let drawings = resources.map(|it| drawings(document, it)).unwrap_or_default();
        let content = Content::decode(&document.get_page_content(page))?;
        let content = marked(content, |name| drawings.get(name).is_some_and(|id| tagged.contains(id)));
        document.change_page_content(page, content.encode()?)?;
    }
    for id in &tagged {
        let drawing = document.get_object(*id)?.as_stream()?;
        let drawings = drawings_of(document, drawing);
        let content = Content::decode(&drawing.get_plain_content()?)?;
        let content = marked(content, |name| drawings.get(name).is_some_and(|id| tagged.contains(id)));
        document.change_content_stream(*id, content.encode()?);
    }
    Ok(())
}

/// Drawings of their own that hold tagged content, themselves or in one that they show. What is drawn together, because
/// it is turned or half transparent, is one; it cannot be marked as a whole.
fn tagged_drawings(document: &Document) -> Result<BTreeSet<ObjectId>> {
    let mut tagged = BTreeSet::new();
    let mut open = Vec::new();
    for (id, stream) in document.objects.iter().filter_map(|(id, it)| Some((*id, it.as_stream().ok()?))) {
        if name_at(&stream.dict, b"Subtype") != Some(b"Form") {
            continue;
        }
        let content = Content::decode(&stream.get_plain_content()?)?;
        if content.operations.iter().any(|it| it.operator == "BDC") {
            tagged.insert(id);
        } else {
            open.push((id, drawings_of(document, stream)));
        }
    }
    // Each round finds those around the ones that the last round found.
    loop {
        let before = tagged.len();
        for (id, shown) in &open {
            if shown.values().any(|it| tagged.contains(it)) {
                tagged.insert(*id);
            }
        }
        if tagged.len() == before {
            return Ok(tagged);
        }
    }
}

type Drawings = BTreeMap<Vec<u8>, ObjectId>;

fn drawings_of(document: &Document, drawing: &Stream) -> Drawings {
    let resources = dictionary_at(document, &drawing.dict, b"Resources");
    resources.map(|it| drawings(document, it)).unwrap_or_default()
}

/// What `resources` calls its drawings.
fn drawings(document: &Document, resources: &Dictionary) -> Drawings {
    let named = dictionary_at(document, resources, b"XObject").into_iter().flat_map(Dictionary::iter);
    named.filter_map(|(name, it)| Some((name.clone(), it.as_reference().ok()?))).collect()
}

fn marked(content: Content, is_tagged: impl Fn(&[u8]) -> bool) -> Content {
    let mut out = Vec::with_capacity(content.operations.len());
    let mut tagged: usize = 0;
    // A path is built by several operators; only the last one tells whether it is drawn.
    let mut path = Vec::new();
    for it in content.operations {
        match it.operator.as_str() {
            "BDC" | "BMC" => tagged += 1,
            "EMC" => tagged = tagged.saturating_sub(1),
            _ if tagged > 0 => {}
            "m" | "l" | "c" | "v" | "y" | "h" | "re" | "W" | "W*" => {
                path.push(it);
                continue;
            }
            "n" => out.append(&mut path),
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" => {
                out.push(begin());
                out.append(&mut path);
                out.extend([it, end()]);
                continue;
            }
            "Do" if it.operands.first().is_some_and(|it| it.as_name().is_ok_and(&is_tagged)) => {}
            "Do" | "sh" | "BI" => {
                out.extend([begin(), it, end()]);
                continue;
            }
            "BT" => out.push(begin()),
            "ET" => {
                out.extend([it, end()]);
                continue;
            }
            _ => {}
        }
        out.push(it);
    }
    Content { operations: out }
}

fn begin() -> Operation {
    Operation::new("BMC", vec![Object::Name(b"Artifact".to_vec())])
}

fn end() -> Operation {
    Operation::new("EMC", Vec::new())
}
