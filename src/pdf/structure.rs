//! The tree of tags: lists as they have to be, links with a name, and none that leads nowhere.
use super::printout::{Links, dictionary_at, name_at};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};
use std::collections::{BTreeMap, BTreeSet};

/// What version 1.7 of the format knows; other kinds of elements have to say what they are like.
const STANDARD: [&str; 49] = [
    "Annot",
    "Art",
    "Artifact",
    "BibEntry",
    "BlockQuote",
    "Caption",
    "Code",
    "Div",
    "Document",
    "Figure",
    "Form",
    "Formula",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "Index",
    "L",
    "LBody",
    "LI",
    "Lbl",
    "Link",
    "NonStruct",
    "Note",
    "P",
    "Part",
    "Private",
    "Quote",
    "RB",
    "RP",
    "RT",
    "Reference",
    "Ruby",
    "Sect",
    "Span",
    "TBody",
    "TD",
    "TFoot",
    "TH",
    "THead",
    "TOC",
    "TOCI",
    "TR",
    "Table",
    "WP",
    "WT",
];
/// Those of newer versions that stand within a line; all others hold blocks.
const IN_LINES: [&[u8]; 3] = [b"Em", b"Strong", b"Sub"];

/// What becomes of a link.
enum Fate {
    Named(String),
    Moved(String),
    Gone,
}

/// Names every link for those who cannot see where it stands, and takes out those to where pages were printed.
pub(super) fn settle_links(document: &mut Document, links: Links<'_>) {
    let mut gone = BTreeSet::new();
    for (id, fate) in fates(document, links) {
        let Ok(link) = document.get_dictionary_mut(id) else { continue };
        let address = match fate {
            Fate::Gone => {
                gone.insert(id);
                continue;
            }
            Fate::Named(name) => {
                link.set("Contents", text_string(&name));
                continue;
            }
            Fate::Moved(address) => address,
        };
        link.set("Contents", text_string(&format!("Link to {address}")));
        let uri = Object::string_literal(address);
        link.set("A", dictionary! { "Type" => "Action", "S" => "URI", "URI" => uri });
    }
    if !gone.is_empty() {
        remove(document, &gone);
    }
}

/// Every link that is an object of its own, as all of Chromium's are.
fn fates(document: &Document, links: Links<'_>) -> Vec<(ObjectId, Fate)> {
    let annotations = document.objects.iter().filter_map(|(id, it)| Some((*id, it.as_dict().ok()?)));
    let all = annotations.filter(|(_, it)| name_at(it, b"Subtype") == Some(b"Link"));
    let fate = |link: &Dictionary| {
        let action = dictionary_at(document, link, b"A");
        let address = action.and_then(|it| it.get(b"URI").and_then(Object::as_str).ok());
        let Some(address) = address.map(String::from_utf8_lossy) else {
            return Fate::Named("Link within this document".to_owned());
        };
        match address.strip_prefix(links.origin) {
            None => Fate::Named(format!("Link to {address}")),
            Some(_) if links.published.is_empty() => Fate::Gone,
            Some(path) => Fate::Moved(format!("{}{path}", links.published)),
        }
    };
    all.map(|(id, link)| (id, fate(link))).collect()
}

/// Takes the links in `gone` off their pages, and makes plain text of what they stood on.
fn remove(document: &mut Document, gone: &BTreeSet<ObjectId>) {
    let is_gone = |it: &Object| it.as_reference().is_ok_and(|id| gone.contains(&id));
    let is_place_of_gone = |it: &Object| {
        let object = it.as_dict().and_then(|it| it.get(b"Obj"));
        object.is_ok_and(is_gone)
    };
    for object in document.objects.values_mut() {
        match object {
            // A page's list of annotations may be an object of its own.
            Object::Array(list) => list.retain(|it| !is_gone(it)),
            Object::Dictionary(node) => {
                if let Ok(Object::Array(list)) = node.get_mut(b"Annots") {
                    list.retain(|it| !is_gone(it));
                }
                let Ok(Object::Array(kids)) = node.get_mut(b"K") else { continue };
                let before = kids.len();
                kids.retain(|it| !is_place_of_gone(it));
                if kids.len() < before && !kids.iter().any(is_place) {
                    node.set("S", "Span");
                }
            }
            _ => {}
        }
    }
    document.objects.retain(|id, _| !gone.contains(id));
}

/// Whether a kid of the tree is the place of a link, and not of text.
fn is_place(kid: &Object) -> bool {
    kid.as_dict().is_ok_and(|it| it.has_type(b"OBJR"))
}

/// Says of each kind of element that is newer than the format which older one it is like.
pub(super) fn map_roles(document: &mut Document) {
    let is_new = |kind: &&[u8]| !STANDARD.iter().any(|known| known.as_bytes() == *kind);
    let ids =
        document.objects.iter().filter(|(_, it)| it.as_dict().is_ok_and(|it| it.has_type(b"StructElem")));
    let kinds = ids.filter_map(|(id, _)| kind(document, *id)).filter(is_new);
    let kinds: BTreeSet<Vec<u8>> = kinds.map(<[u8]>::to_vec).collect();
    let tree = document.catalog().and_then(|it| it.get(b"StructTreeRoot")).and_then(Object::as_reference);
    let Ok(tree) = tree.and_then(|id| document.get_dictionary_mut(id)) else { return };
    let mut roles = match tree.get(b"RoleMap") {
        Ok(Object::Dictionary(roles)) => roles.clone(),
        _ => Dictionary::new(),
    };
    for kind in kinds.into_iter().filter(|kind| !roles.has(kind)).collect::<Vec<_>>() {
        let like = if IN_LINES.contains(&kind.as_slice()) { "Span" } else { "Div" };
        roles.set(kind, like);
    }
    if !roles.is_empty() {
        tree.set("RoleMap", roles);
    }
}

/// Numbers the elements that others name, such as the heads of a table, in the order they come. Browsers number them by
/// what they happened to do before.
pub(super) fn number_elements(document: &mut Document) {
    let named = document.objects.iter().filter_map(|(id, it)| {
        let element = it.as_dict().ok().filter(|it| it.has_type(b"StructElem"))?;
        Some((element.get(b"ID").and_then(Object::as_str).ok()?.to_vec(), *id))
    });
    let named: Vec<(Vec<u8>, ObjectId)> = named.collect();
    if named.is_empty() {
        return;
    }
    let number = |at: usize| Object::string_literal(format!("element-{at:06}"));
    let numbers: BTreeMap<&[u8], usize> =
        named.iter().enumerate().map(|(at, (name, _))| (name.as_slice(), at)).collect();
    for object in document.objects.values_mut() {
        renumber(object, &|name| numbers.get(name).map(|at| number(*at)));
    }
    let list: Vec<Object> =
        named.iter().enumerate().flat_map(|(at, (_, id))| [number(at), Object::Reference(*id)]).collect();
    let tree = document.add_object(dictionary! { "Names" => list });
    let root = document.catalog().and_then(|it| it.get(b"StructTreeRoot")).and_then(Object::as_reference);
    if let Ok(root) = root.and_then(|id| document.get_dictionary_mut(id)) {
        root.set("IDTree", tree);
    }
}

/// Replaces the names of elements in `object`: its own, and those of the heads that it belongs to.
fn renumber(object: &mut Object, number: &dyn Fn(&[u8]) -> Option<Object>) {
    let rename = |it: &mut Object| {
        if let Some(new) = it.as_str().ok().and_then(number) {
            *it = new;
        }
    };
    match object {
        Object::Array(parts) => parts.iter_mut().for_each(|it| renumber(it, number)),
        Object::Dictionary(node) => {
            for (key, it) in node.iter_mut() {
                match (key.as_slice(), it) {
                    (b"ID", it) => rename(it),
                    (b"Headers", Object::Array(heads)) => heads.iter_mut().for_each(rename),
                    (_, it) => renumber(it, number),
                }
            }
        }
        _ => {}
    }
}

/// Puts what a list item holds beside its label into a body, where readers look for it.
pub(super) fn complete_lists(document: &mut Document) {
    name_items(document);
    let items: Vec<ObjectId> =
        document.objects.keys().copied().filter(|id| kind(document, *id) == Some(b"LI")).collect();
    for id in items {
        complete(document, id);
    }
}

/// Chromium prints an item with a role of its own, such as a footnote's, as a part of no kind; in a list it is an item.
fn name_items(document: &mut Document) {
    let lists = document.objects.keys().copied().filter(|id| kind(document, *id) == Some(b"L"));
    let kids = lists.flat_map(|id| match document.get_dictionary(id).and_then(|list| list.get(b"K")) {
        Ok(Object::Array(kids)) => kids.iter().filter_map(|kid| kid.as_reference().ok()).collect(),
        Ok(kid) => kid.as_reference().into_iter().collect(),
        Err(_) => Vec::new(),
    });
    let unnamed: Vec<ObjectId> = kids.filter(|id| kind(document, *id) == Some(b"NonStruct")).collect();
    for id in unnamed {
        if let Ok(item) = document.get_dictionary_mut(id) {
            item.set("S", "LI");
        }
    }
}

fn complete(document: &mut Document, item: ObjectId) {
    let Ok(dictionary) = document.get_dictionary(item) else { return };
    let kids = match dictionary.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => return,
    };
    let page = dictionary.get(b"Pg").ok().cloned();
    let is_part = |kid: &Object| {
        let id = kid.as_reference().ok();
        matches!(id.and_then(|id| kind(document, id)), Some(b"Lbl" | b"LBody"))
    };
    let (mut parts, rest): (Vec<Object>, Vec<Object>) = kids.into_iter().partition(is_part);
    if rest.is_empty() {
        return;
    }
    let inside: Vec<ObjectId> = rest.iter().filter_map(|kid| kid.as_reference().ok()).collect();
    let mut body = dictionary! { "Type" => "StructElem", "S" => "LBody", "P" => item, "K" => rest };
    if let Some(page) = page {
        body.set("Pg", page);
    }
    let body = document.add_object(body);
    for id in inside {
        if let Ok(kid) = document.get_dictionary_mut(id) {
            kid.set("P", body);
        }
    }
    parts.push(body.into());
    if let Ok(item) = document.get_dictionary_mut(item) {
        item.set("K", parts);
    }
}

/// What an element of the tree is: `LI`, `P`, `Link`.
fn kind(document: &Document, id: ObjectId) -> Option<&[u8]> {
    name_at(document.get_dictionary(id).ok()?, b"S")
}
