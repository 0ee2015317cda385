//! Which operations return their lists page by page: where the document leaves no doubt, and where `[[pagination]]` of
//! `crategen.toml` says so.
//!
//! | the document has                                            | so the next page is                    |
//! |-------------------------------------------------------------|----------------------------------------|
//! | a property `next_x` or `nextX` and a parameter `x`          | behind that cursor                     |
//! | `has_more`, a parameter `starting_after` and items with `id` | behind the last item                   |
//! | `links.next`, `_links.next.href`, `next_url`, `nextLink` .. | at that URL                            |
//! | a response header `Link`                                    | at the URL with the relation `next`    |

mod page;

use crate::config::{Config, OperationFilter, PaginationChoice};
use crate::diag::{Code, Diags};
use crate::glob;
use crate::ir::{Api, Operation, Pagination};
use page::Page;

/// How each operation is paginated, in the order of the operations.
pub(super) fn find(api: &Api, config: &Config, diags: &mut Diags) -> Vec<Option<Pagination>> {
    let choices = &config.pagination;
    let mut used = vec![false; choices.len()];
    let mut found = Vec::new();
    for operation in &api.operations {
        let page = Page::of(api, operation);
        let mut numbered = choices.iter().zip(&mut used).enumerate();
        found.push(match numbered.find(|(_, (choice, _))| matches(&choice.operations, operation)) {
            Some((index, (choice, used))) => {
                *used = true;
                chosen_by_user(page.as_ref(), choice).unwrap_or_else(|reason| {
                    let message = format!("`{}` cannot be paginated: {reason}", operation.id);
                    diags
                        .warn(Code::UnusedSetting, &config.place(&["pagination", &index.to_string()]), message)
                        .related(&operation.at, "the operation")
                        .help("correct it in `[[pagination]]` of `crategen.toml`");
                    None
                })
            }
            None => page.and_then(|page| page.inferred()),
        });
    }
    for (index, (choice, _)) in choices.iter().zip(&used).enumerate().filter(|(_, (_, used))| !**used) {
        let message = format!("`[[pagination]]` of {} matches no operation", choice.operations);
        let at = config.place(&["pagination", &index.to_string()]);
        diags.warn(Code::UnusedSetting, &at, message).help("correct it in `[[pagination]]` of `crategen.toml`");
    }
    found
}

/// The pagination that the configuration asks for; `None` if it turns pagination off. Fails with the reason if it does not match
/// the document.
fn chosen_by_user(page: Option<&Page<'_>>, choice: &PaginationChoice) -> Result<Option<Pagination>, String> {
    let Some(next) = &choice.next else { return Ok(None) };
    let page = page.ok_or("its successful response is not JSON")?;
    page.chosen(choice.items.as_deref(), next).map(Some)
}

fn matches(filter: &OperationFilter, operation: &Operation) -> bool {
    let text =
        |wanted: &Option<String>, found: &str| wanted.as_ref().is_none_or(|pattern| glob::matches(pattern, found));
    text(&filter.tag, operation.tag.as_deref().unwrap_or_default())
        && text(&filter.id, &operation.id)
        && filter.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&operation.method.0))
        && text(&filter.path, &operation.path.text)
        && filter.deprecated.is_none_or(|wanted| wanted == operation.docs.deprecated)
}
