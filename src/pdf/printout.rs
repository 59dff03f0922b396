//! A PDF file as a browser printed it, and what is made of it.
use super::{content, metadata, structure, text};
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions};

/// How many objects are compressed together; readers unpack as many to see one.
const PACKED_TOGETHER: usize = 200;
const COMPRESSION: u32 = 9;

/// A printed file.
#[derive(Debug)]
pub struct Printout(Document);

/// How large a page is, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

/// Where the links of a printed page lead.
#[derive(Debug, Clone, Copy)]
pub struct Links<'a> {
    /// Where the pages were when they were printed; nobody can follow a link there.
    pub origin: &'a str,
    /// Where they are published instead; empty: nowhere, and such links become plain text.
    pub published: &'a str,
}

/// What was printed cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the browser printed something that is no whole PDF file")]
pub struct NotAPdf(#[source] lopdf::Error);

impl Printout {
    /// Reads what a browser printed.
    pub fn read(bytes: &[u8]) -> Result<Self, NotAPdf> {
        let document = Document::load_mem(bytes).map_err(NotAPdf)?;
        document.catalog().map_err(NotAPdf)?;
        Ok(Self(document))
    }

    /// The size of each page.
    pub fn sizes(&self) -> Vec<Size> {
        self.0.page_iter().filter_map(|page| size(&self.0, page)).collect()
    }

    /// The program that printed it: "… HeadlessChrome/156.0.0.0 …".
    pub fn creator(&self) -> Option<String> {
        metadata::creator(&self.0)
    }

    /// Every text in the file that a person or a tool could read, on its pages and beside them.
    pub fn text(&self) -> String {
        text::of(&self.0)
    }

    /// Makes it conform to PDF/UA-1: a title, a language, names for links, no drawing that has no meaning; drops what
    /// tells of the machine and the moment; and writes it as small as it gets.
    pub fn finish(mut self, links: Links<'_>) -> Result<Vec<u8>, NotAPdf> {
        content::mark_artifacts(&mut self.0).map_err(NotAPdf)?;
        structure::settle_links(&mut self.0, links);
        structure::complete_lists(&mut self.0);
        structure::map_roles(&mut self.0);
        structure::number_elements(&mut self.0);
        metadata::replace(&mut self.0);
        self.0.prune_objects();
        self.0.decompress();
        metadata::identify(&mut self.0);
        self.0.compress();
        Ok(written(&mut self.0))
    }
}

fn written(document: &mut Document) -> Vec<u8> {
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(PACKED_TOGETHER)
        .compression_level(COMPRESSION)
        .build();
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options).expect("memory takes every byte");
    bytes
}

/// The page's own size, or the one it inherits.
fn size(document: &Document, page: ObjectId) -> Option<Size> {
    let mut node = document.get_dictionary(page).ok()?;
    // A file whose pages are their own ancestors must not keep us.
    for _ in 0..64 {
        if let Ok(sides) = node.get_deref(b"MediaBox", document).and_then(Object::as_array) {
            let sides: Vec<f32> = sides.iter().filter_map(|side| side.as_float().ok()).collect();
            let [left, bottom, right, top] = sides[..] else { return None };
            return Some(Size { width: right - left, height: top - bottom });
        }
        node = dictionary_at(document, node, b"Parent")?;
    }
    None
}

/// The dictionary at `key` of `node`, itself or by reference.
pub(super) fn dictionary_at<'a>(
    document: &'a Document,
    node: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    node.get_deref(key, document).and_then(Object::as_dict).ok()
}

/// The name at `key` of `node`: `Link`, `LI`.
pub(super) fn name_at<'a>(node: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    node.get(key).and_then(Object::as_name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::sample;

    const NOWHERE: Links<'static> = Links { origin: "http://127.0.0.1:4300/", published: "" };

    fn finished(links: Links<'_>) -> Document {
        let bytes = Printout::read(&sample::printed("20260101120000")).unwrap().finish(links).unwrap();
        Document::load_mem(&bytes).unwrap()
    }

    #[test]
    fn two_printings_of_one_page_are_the_same_bytes() {
        let printed = |moment| Printout::read(&sample::printed(moment)).unwrap().finish(NOWHERE).unwrap();
        assert_eq!(printed("20260101120000"), printed("20271231235959"));
    }

    #[test]
    fn a_cell_of_a_table_still_names_its_head() {
        let document = finished(NOWHERE);
        let elements = document.objects.values().filter_map(|it| it.as_dict().ok());
        let elements: Vec<_> = elements.filter(|it| it.has_type(b"StructElem")).collect();
        let head = elements.iter().find_map(|it| it.get(b"ID").ok()).unwrap();
        assert_eq!(head.as_str().unwrap(), b"element-000000");
        let cell = elements.iter().find_map(|it| dictionary_at(&document, it, b"A")).unwrap();
        assert_eq!(cell.get(b"Headers").unwrap().as_array().unwrap(), std::slice::from_ref(head));
        let tree = dictionary_at(&document, document.catalog().unwrap(), b"StructTreeRoot").unwrap();
        let names =
            dictionary_at(&document, tree, b"IDTree").unwrap().get(b"Names").unwrap().as_array().unwrap();
        assert_eq!(&names[0], head);
        assert_eq!(
            name_at(document.get_dictionary(names[1].as_reference().unwrap()).unwrap(), b"S"),
            Some(&b"TH"[..])
        );
    }

    #[test]
    fn nothing_tells_of_the_machine_or_the_moment() {
        let bytes = Printout::read(&sample::printed("20260101120000")).unwrap().finish(NOWHERE).unwrap();
        let text = Printout::read(&bytes).unwrap().text();
        for secret in ["Linux", "Headless", "127.0.0.1", "20260101"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(text.contains("A packet"), "{text}");
    }

    #[test]
    fn it_says_that_it_is_accessible_and_in_which_language() {
        let document = finished(NOWHERE);
        let catalog = document.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en");
        let viewer = dictionary_at(&document, catalog, b"ViewerPreferences").unwrap();
        assert!(viewer.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
        let metadata = catalog.get_deref(b"Metadata", &document).unwrap().as_stream().unwrap();
        assert!(!metadata.is_compressed(), "tools look for it in the plain file");
        let metadata = str::from_utf8(&metadata.content).unwrap();
        for said in [
            "<pdfuaid:part>1</pdfuaid:part>",
            ">A packet &amp; more</rdf:li>",
            "<rdf:li>en</rdf:li>",
            "Skia/PDF m156",
        ] {
            assert!(metadata.contains(said), "{said} in {metadata}");
        }
    }

    #[test]
    fn drawing_without_a_meaning_is_marked_as_such() {
        let document = finished(NOWHERE);
        let page = document.page_iter().next().unwrap();
        let content = document.get_page_content(page);
        let expected = "q\n/Artifact BMC\n0 0 658 918 re\nf\nEMC\n0 0 10 10 re\nW*\nn\n\
                        /Artifact BMC\nBT\n/F4 11 Tf\n<0001> Tj\nET\nEMC\n\
                        /P <</MCID 0>> BDC\nBT\n/F4 11 Tf\n<0002> Tj\nET\n2 0.5 3 4 re\nS\nEMC\n/Artifact BMC\n/X1 Do\nEMC\n/X3 Do\nQ";
        assert_eq!(str::from_utf8(&content).unwrap().trim_end(), expected);
    }

    #[test]
    fn drawings_that_hold_tagged_content_are_not_hidden_as_a_whole() {
        let document = finished(NOWHERE);
        let drawings = document.objects.values().filter_map(|it| it.as_stream().ok());
        let drawings = drawings.filter(|it| name_at(&it.dict, b"Subtype") == Some(b"Form"));
        let mut contents: Vec<_> =
            drawings.map(|it| String::from_utf8(it.get_plain_content().unwrap()).unwrap()).collect();
        contents.sort();
        let tagged =
            "/Artifact BMC\n0 0 2 2 re\nf\nEMC\n/P <</MCID 1>> BDC\nBT\n/F4 9 Tf\n<0002> Tj\nET\nEMC";
        assert_eq!(contents, [tagged, "/X2 Do", "BT /F4 9 Tf <0001> Tj ET"]);
    }

    #[test]
    fn links_have_names_and_those_that_lead_nowhere_are_none() {
        let document = finished(NOWHERE);
        let page = document.page_iter().next().unwrap();
        let links = document.get_page_annotations(page).unwrap();
        let names: Vec<_> =
            links.iter().map(|link| link.get(b"Contents").unwrap().as_str().unwrap()).collect();
        assert_eq!(names, [&b"Link to https://example.org/"[..], b"Link within this document"]);
        let spans = document.objects.values().filter_map(|it| it.as_dict().ok());
        let kinds: Vec<_> = spans.filter_map(|it| it.get(b"S").ok()?.as_name().ok()).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == b"Link").count(), 1, "{kinds:?}");
        assert_eq!(kinds.iter().filter(|kind| **kind == b"Span").count(), 1, "{kinds:?}");
    }

    #[test]
    fn links_to_other_pages_lead_to_where_they_are_published() {
        let document = finished(Links { published: "https://guide.example.org/", ..NOWHERE });
        let page = document.page_iter().next().unwrap();
        let links = document.get_page_annotations(page).unwrap();
        let actions = links.iter().filter_map(|link| dictionary_at(&document, link, b"A"));
        let addresses: Vec<_> = actions.map(|it| it.get(b"URI").unwrap().as_str().unwrap()).collect();
        assert_eq!(
            addresses,
            [&b"https://example.org/"[..], b"https://guide.example.org/packets/other.html"]
        );
    }

    #[test]
    fn a_list_item_holds_a_label_and_a_body_and_nothing_else() {
        let document = finished(NOWHERE);
        let items = document.objects.iter().filter_map(|(id, it)| Some((*id, it.as_dict().ok()?)));
        let (id, item) = items.clone().find(|(_, it)| name_at(it, b"S") == Some(b"LI")).unwrap();
        let kids = item.get(b"K").unwrap().as_array().unwrap();
        let [label, body] = &kids[..] else { panic!("{kids:?}") };
        let kind = |kid: &Object| document.get_dictionary(kid.as_reference().unwrap()).unwrap().clone();
        assert_eq!(kind(label).get(b"S").unwrap().as_name().unwrap(), b"Lbl");
        let body = kind(body);
        assert_eq!(body.get(b"S").unwrap().as_name().unwrap(), b"LBody");
        assert_eq!(body.get(b"P").unwrap().as_reference().unwrap(), id);
        assert_eq!(body.get(b"K").unwrap().as_array().unwrap().len(), 2);
    }

    #[test]
    fn kinds_of_elements_that_are_too_new_say_what_they_are_like() {
        let document = finished(NOWHERE);
        let tree = dictionary_at(&document, document.catalog().unwrap(), b"StructTreeRoot").unwrap();
        let roles = dictionary_at(&document, tree, b"RoleMap").unwrap();
        let roles: Vec<_> =
            roles.iter().map(|(kind, like)| (kind.as_slice(), like.as_name().unwrap())).collect();
        assert_eq!(roles, [(&b"Strong"[..], &b"Span"[..])]);
    }

    #[test]
    fn sizes_may_be_inherited() {
        let printout = Printout::read(&sample::printed("20260101120000")).unwrap();
        assert_eq!(printout.sizes(), [Size { width: 612.0, height: 792.0 }]);
    }

    #[test]
    fn what_is_no_pdf_is_told() {
        assert!(Printout::read(b"").is_err());
        assert!(Printout::read(b"<!doctype html>").is_err());
        let whole = sample::printed("20260101120000");
        assert!(Printout::read(&whole[..40]).is_err());
    }
}
