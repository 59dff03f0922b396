//! A file with all that Chromium's have and a finished one must not, small enough to read.
use lopdf::{Document, Object, Stream, dictionary, text_string};

/// Glyph 1 is "drawn", glyph 2 is "guard".
const TO_UNICODE: &str = "/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
2 beginbfchar
<0001> <0064007200610077006E>
<0002> <00670075006100720064>
endbfchar
endcmap
CMapName currentdict /CMap defineresource pop
end
end";
const CONTENT: &str = "q 0 0 658 918 re f 0 0 10 10 re W* n BT /F4 11 Tf <0001> Tj ET \
                       /P <</MCID 0>> BDC BT /F4 11 Tf <0002> Tj ET 2 .5 3 4 re S EMC /X1 Do /X3 Do Q";

/// What a browser prints at `moment`.
pub(super) fn printed(moment: &str) -> Vec<u8> {
    let mut document = Document::with_version("1.4");
    let pages = document.new_object_id();
    let page = document.new_object_id();
    let tree = document.new_object_id();
    let to_unicode = document.add_object(Stream::new(dictionary! {}, TO_UNICODE.into()));
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "AAAAAA+Sample", "Encoding" => "Identity-H",
        "ToUnicode" => to_unicode,
    });
    let fonts = dictionary! { "Font" => dictionary! { "F4" => font } };
    let form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => fonts.clone() };
    let plain = document.add_object(Stream::new(form.clone(), b"BT /F4 9 Tf <0001> Tj ET".to_vec()));
    let tagged = b"0 0 2 2 re f /P <</MCID 1>> BDC BT /F4 9 Tf <0002> Tj ET EMC";
    let tagged = document.add_object(Stream::new(form, tagged.to_vec()));
    let around = dictionary! { "XObject" => dictionary! { "X2" => tagged } };
    let around = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => around };
    let around = document.add_object(Stream::new(around, b"/X2 Do".to_vec()));
    let link = |address: &str| {
        let action =
            dictionary! { "Type" => "Action", "S" => "URI", "URI" => Object::string_literal(address) };
        dictionary! { "Type" => "Annot", "Subtype" => "Link", "A" => action }
    };
    let outside = document.add_object(link("https://example.org/"));
    let other = document.add_object(link("http://127.0.0.1:4300/packets/other.html"));
    let inside =
        document.add_object(dictionary! { "Type" => "Annot", "Subtype" => "Link", "Dest" => "a-place" });
    let content = document.add_object(Stream::new(dictionary! {}, CONTENT.into()));
    let mut resources = fonts;
    resources.set("XObject", dictionary! { "X1" => plain, "X3" => around });
    let annotations: Vec<Object> = [outside, other, inside].map(Object::from).to_vec();
    document.set_object(
        page,
        dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources, "Annots" => annotations,
        },
    );
    let sides: Vec<Object> = [0, 0, 612, 792].map(Object::from).to_vec();
    let kids = vec![page.into()];
    document.set_object(
        pages,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1, "MediaBox" => sides },
    );

    let mut element = |kind: &str, kids: Vec<Object>| {
        document.add_object(
            dictionary! { "Type" => "StructElem", "S" => kind, "P" => tree, "Pg" => page, "K" => kids },
        )
    };
    let place = |link| Object::from(dictionary! { "Type" => "OBJR", "Obj" => Object::from(link) });
    let links = [outside, other].map(|link| element("Link", vec![0.into(), place(link)]));
    let label = element("Lbl", vec![1.into()]);
    let paragraph = element("Strong", vec![2.into()]);
    let item = element("LI", vec![label.into(), paragraph.into(), 3.into()]);
    let list = element("L", vec![item.into()]);
    let head = element("TH", vec![4.into()]);
    let cell = element("TD", vec![5.into()]);
    let name = || Object::string_literal(format!("node{}", &moment[..8]));
    document.get_dictionary_mut(head).unwrap().set("ID", name());
    let heads = dictionary! { "O" => "Table", "Headers" => vec![name()] };
    document.get_dictionary_mut(cell).unwrap().set("A", heads);
    let names = dictionary! { "Names" => vec![name(), head.into()] };
    let mut top: Vec<Object> = links.map(Object::from).to_vec();
    top.extend([list, head, cell].map(Object::from));
    document.set_object(tree, dictionary! { "Type" => "StructTreeRoot", "K" => top, "IDTree" => names });

    let places = document.add_object(dictionary! { "a-place" => vec![page.into(), "Fit".into()] });
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => pages, "StructTreeRoot" => tree, "Dests" => places,
        "Lang" => Object::string_literal("en"),
    });
    let date = Object::string_literal(format!("D:{moment}+00'00'"));
    let info = document.add_object(dictionary! {
        "Title" => text_string("A packet & more"), "Producer" => text_string("Skia/PDF m156"),
        "Creator" => text_string("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/156.0.0.0"),
        "CreationDate" => date.clone(), "ModDate" => date,
    });
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}
