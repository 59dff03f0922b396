//! Small numbers and sorted words as short text, which compresses and loads better than JSON arrays.
use std::cmp::Ordering;

/// Longest shared beginning that one base-36 digit can tell.
const MOST_SHARED: usize = 35;

/// Appends `number`, five bits a sign, lowest first; the sixth bit says that more follow.
pub(super) fn push_number(text: &mut String, mut number: u32) {
    while number >= 32 {
        text.push(sign(32 | (number & 31)));
        number >>= 5;
    }
    text.push(sign(number));
}

/// The signs from `#` on, but for the backslash: in JSON none of them needs an escape.
fn sign(bits: u32) -> char {
    let code = u32::from('#') + bits;
    let code = if code < u32::from('\\') { code } else { code + 1 };
    char::from_u32(code).expect("63 signs after `#`, all is ASCII")
}

/// Appends `term` as the length it shares with `previous`, one base-36 digit, and the rest of it.
pub(super) fn push_term(text: &mut String, previous: &str, term: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    let mut shared_units = 0;
    let mut shared_bytes = 0;
    for (a, b) in previous.chars().zip(term.chars()) {
        if a != b || shared_units + a.len_utf16() > MOST_SHARED {
            break;
        }
        shared_units += a.len_utf16();
        shared_bytes += a.len_utf8();
    }
    let digit = b"0123456789abcdefghijklmnopqrstuvwxyz"[shared_units];
    text.push(char::from(digit));
    text.push_str(&term[shared_bytes..]);
}

/// Orders terms as `<` does in JavaScript, by UTF-16 unit, so that the browser can search among them.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    // Where one of two texts is ASCII, bytes and units agree which is first; bytes are quicker.
    if a.is_ascii() || b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

#[cfg(test)]
pub(super) mod decoding {
    //! What the browser does with these texts, to prove that nothing is lost.

    /// Every number of `text`.
    pub(in crate::site::search) fn numbers(text: &str) -> Vec<u32> {
        let mut numbers = Vec::new();
        let (mut number, mut shift) = (0, 0);
        for byte in text.bytes() {
            let bits = u32::from(byte - b'#') - u32::from(byte > b'\\');
            number |= (bits & 31) << shift;
            shift += 5;
            if bits < 32 {
                numbers.push(number);
                (number, shift) = (0, 0);
            }
        }
        numbers
    }

    /// Every term of `text`.
    pub(in crate::site::search) fn terms(text: &str) -> Vec<String> {
        let mut previous: Vec<u16> = Vec::new();
        let mut terms = Vec::new();
        for coded in text.split(' ').filter(|it| !it.is_empty()) {
            let (digit, rest) = coded.split_at(1);
            previous.truncate(usize::from_str_radix(digit, 36).unwrap());
            previous.extend(rest.encode_utf16());
            terms.push(String::from_utf16(&previous).unwrap());
        }
        terms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_they_went() {
        let numbers = [0, 1, 31, 32, 1023, 1024, 1 << 20, u32::MAX];
        let mut text = String::new();
        for number in numbers {
            push_number(&mut text, number);
        }
        assert_eq!(decoding::numbers(&text), numbers);
        assert!(text.starts_with("#$BC$"), "small numbers take one sign: {text}");
        assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\'), "{text}");
    }

    #[test]
    fn terms_come_back_as_they_went() {
        let long = "a".repeat(40);
        let longer = format!("{long}b");
        let mut terms = ["'a", "arc", "arc<mutex<t>>", "archive", "𠀀字", "𠀀學", "ﾊ", &long, &longer];
        terms.sort_by(|a, b| compare(a, b));
        let mut text = String::new();
        let mut previous = "";
        for term in terms {
            push_term(&mut text, previous, term);
            previous = term;
        }
        assert_eq!(decoding::terms(&text), terms);
    }

    #[test]
    fn terms_are_ordered_as_javascript_orders_them() {
        assert_eq!(compare("𠀀", "ﾊ"), Ordering::Less, "a surrogate stands before U+FF8A");
        assert_eq!(compare("arc", "archive"), Ordering::Less);
    }
}
