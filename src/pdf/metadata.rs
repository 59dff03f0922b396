//! What a file says of itself: its title and language, and nothing of the machine or the moment.
use super::printout::dictionary_at;
use lopdf::{
    Dictionary, Document, Object, Stream, StringFormat, decode_text_string, dictionary, text_string,
};

/// The first release of the format with all that we write.
const VERSION: &str = "1.7";
/// How many bytes tell two files apart.
const ID_BYTES: usize = 16;

/// The program that made the page.
pub(super) fn creator(document: &Document) -> Option<String> {
    info(document, b"Creator")
}

/// Keeps the title and the name of the PDF library, and says that the file conforms to PDF/UA-1.
///
/// Dates are left out: there is no clock in a build, and a file needs none.
pub(super) fn replace(document: &mut Document) {
    let title = info(document, b"Title").unwrap_or_default();
    let producer = info(document, b"Producer").unwrap_or_default();
    let language = language(document);
    let packet = packet(&title, &language, &producer);
    let kept = dictionary! { "Title" => text_string(&title), "Producer" => text_string(&producer) };
    let kept = document.add_object(kept);
    document.trailer.set("Info", kept);
    let stream = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let metadata = document.add_object(Stream::new(stream, packet.into_bytes()).with_compression(false));
    VERSION.clone_into(&mut document.version);
    let Ok(catalog) = document.catalog_mut() else { return };
    catalog.set("Metadata", metadata);
    catalog.set("Lang", text_string(&language));
    let mut viewer = match catalog.get(b"ViewerPreferences") {
        Ok(Object::Dictionary(viewer)) => viewer.clone(),
        _ => Dictionary::new(),
    };
    viewer.set("DisplayDocTitle", true);
    catalog.set("ViewerPreferences", viewer);
}

/// Gives the file an identity that follows from what is in it.
pub(super) fn identify(document: &mut Document) {
    document.trailer.remove(b"ID");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes every byte");
    let hash = blake3::hash(&bytes).as_bytes()[..ID_BYTES].to_vec();
    let id = Object::String(hash, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
}

fn info(document: &Document, key: &[u8]) -> Option<String> {
    let info = dictionary_at(document, &document.trailer, b"Info")?;
    decode_text_string(info.get_deref(key, document).ok()?).ok()
}

fn language(document: &Document) -> String {
    let language = document.catalog().ok().and_then(|it| decode_text_string(it.get(b"Lang").ok()?).ok());
    language.filter(|it| !it.is_empty()).unwrap_or_else(|| "en".to_owned())
}

/// The same in the format that tools for archives and accessibility read.
fn packet(title: &str, language: &str, producer: &str) -> String {
    let [title, language, producer] = [title, language, producer].map(escaped);
    format!(
        r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#
    )
}

fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
