//! The book: its commands do what the pages show, its code is that of the package `book-examples`, and its links lead somewhere.
//!
//! What readers write into a file is a block whose paragraph ends with the name of the file and a colon. Commands are in blocks of
//! the language `console`, each after `$ `, with the output that is expected of them; a line `...` stands for any lines. The comment
//! `<!-- not run: REASON -->` excludes a block.

#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod code;
mod commands;
mod links;
mod page;

use page::Page;

/// The pages of the book, without the summary.
fn pages() -> Vec<Page> {
    let files = e2e::files(&page::folder(), &["md"]);
    let pages: Vec<Page> = files.iter().map(|path| Page::read(path)).filter(|page| page.name != "SUMMARY.md").collect();
    assert!(pages.len() > 10, "there are only {} pages", pages.len());
    pages
}

#[test]
fn commands_do_what_the_pages_show() {
    let mut commands = 0;
    for page in pages() {
        commands += commands::run(&page);
    }
    assert!(commands > 20, "only {commands} commands have run");
}

#[test]
fn code_comes_from_the_examples() {
    let wrong: Vec<String> = pages().iter().flat_map(code::mistakes).chain(code::unused_anchors(&pages())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_page_is_in_the_summary_and_every_link_leads_somewhere() {
    let wrong: Vec<String> = links::summary_mistakes(&pages()).into_iter().chain(links::broken(&pages())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A page that is longer than three screens is two pages.
#[test]
fn pages_are_short() {
    for page in pages() {
        let words = page.prose().map(|(_, line)| line.split_whitespace().count()).sum::<usize>();
        assert!(words <= 700, "{} has {words} words", page.name);
    }
}
