//! What results can be narrowed by, as columns of small numbers.
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{encoding::push_number, entry::SearchEntry};

/// The values of one facet, and for each document how many it has and which.
#[derive(Debug, Serialize)]
pub(super) struct Column<'a> {
    values: Vec<&'a str>,
    documents: String,
}

/// A column for every facet of which a document has a value.
pub(super) fn columns(entries: &[SearchEntry]) -> BTreeMap<&str, Column<'_>> {
    let facets = entries.iter().flat_map(|entry| &entry.facets);
    let names: BTreeSet<&str> =
        facets.filter(|(_, values)| !values.is_empty()).map(|(name, _)| name.as_str()).collect();
    names.into_iter().map(|name| (name, column(name, entries))).collect()
}

fn column<'a>(name: &str, entries: &'a [SearchEntry]) -> Column<'a> {
    let of = |entry: &'a SearchEntry| entry.facets.get(name).into_iter().flatten().map(String::as_str);
    let values: BTreeSet<(u32, &str)> = entries.iter().flat_map(of).map(in_order).collect();
    let values: Vec<(u32, &str)> = values.into_iter().collect();
    let mut documents = String::new();
    for entry in entries {
        let numbers: BTreeSet<usize> =
            of(entry).filter_map(|it| values.binary_search(&in_order(it)).ok()).collect();
        push_number(&mut documents, small(numbers.len()));
        for number in numbers {
            push_number(&mut documents, small(number));
        }
    }
    Column { values: values.into_iter().map(|(_, text)| text).collect(), documents }
}

/// Numbers by size, so that 5 minutes stand before 15, then words by letter.
fn in_order(value: &str) -> (u32, &str) {
    (value.parse().unwrap_or(u32::MAX), value)
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("a guide has fewer than four thousand million values")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::search::encoding::decoding::numbers;

    fn taking(minutes: &[&str]) -> SearchEntry {
        let minutes = minutes.iter().map(ToString::to_string).collect();
        SearchEntry { facets: BTreeMap::from([("minutes".to_owned(), minutes)]), ..SearchEntry::default() }
    }

    #[test]
    fn a_column_tells_the_values_of_every_document() {
        let mut unfiled = SearchEntry::default();
        unfiled.facets.insert("topic".to_owned(), Vec::new());
        let entries = [taking(&["15"]), unfiled, taking(&["5", "15", "5"])];
        let columns = columns(&entries);
        assert_eq!(columns.keys().collect::<Vec<_>>(), [&"minutes"]);
        assert_eq!(columns["minutes"].values, ["5", "15"]);
        assert_eq!(numbers(&columns["minutes"].documents), [1, 1, 0, 2, 0, 1]);
    }
}
