//! Which lists come page by page: where the document leaves no doubt, and where `[[pagination]]` of `crategen.toml` says so.
//!
//! | the document has                                            | so the page behind a page is           |
//! |-------------------------------------------------------------|----------------------------------------|
//! | a property `next_x` or `nextX` and a parameter `x`          | behind that cursor                     |
//! | `links.next`, `_links.next.href`, `next_url`, `nextLink` .. | at that URL                            |
//! | a response header `Link`                                    | where its relation `next` says         |

use super::select;
use crate::config::{NextChoice, PaginationChoice};
use crate::diag::{Code, Diags, Pointer};
use crate::ir::{
    Api, Field, Media, NextPage, Operation, Pagination, Param, Place, Presence, Response, Scalar, Shape, Step, Ty,
};

/// Finds the lists that come page by page.
pub(super) fn find(api: &mut Api, choices: &[PaginationChoice], diags: &mut Diags) {
    let mut used = vec![false; choices.len()];
    let found: Vec<Option<Pagination>> = api
        .operations
        .iter()
        .map(|operation| {
            let page = Page::of(api, operation);
            let chosen = choices.iter().position(|choice| select::matches_lowered(&choice.operations, operation));
            let Some(choice) = chosen.and_then(|index| choices.get(index)) else { return page?.inferred() };
            if let Some(used) = chosen.and_then(|index| used.get_mut(index)) {
                *used = true;
            }
            let next = choice.next.as_ref()?;
            let made = match page {
                Some(page) => page.chosen(choice.items.as_deref(), next),
                None => Err("its success is no JSON".to_owned()),
            };
            made.map_err(|why| {
                let message = format!("`{}` does not come page by page: {why}", operation.id);
                diags
                    .warn(Code::NoTarget, &operation.at, message)
                    .help("correct it in `[[pagination]]` of `crategen.toml`");
            })
            .ok()
        })
        .collect();
    for (operation, pagination) in api.operations.iter_mut().zip(found) {
        operation.pagination = pagination;
    }
    for (choice, _) in choices.iter().zip(&used).filter(|(_, used)| !**used) {
        let message = format!("`[[pagination]]` of {} matches no operation", choice.operations);
        let at = Pointer::default().push("paths");
        diags.warn(Code::NoTarget, &at, message).help("correct it in `[[pagination]]` of `crategen.toml`");
    }
}

/// `pageToken`, `page_token` and `page-token` are one name.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A page: the only success of an operation.
struct Page<'a> {
    api: &'a Api,
    operation: &'a Operation,
    response: &'a Response,
    body: &'a Ty,
}

impl<'a> Page<'a> {
    fn of(api: &'a Api, operation: &'a Operation) -> Option<Self> {
        let mut successes = operation.successes();
        let (response, None) = (successes.next()?, successes.next()) else { return None };
        let Media::Json(body) = &response.contents.first()?.media else { return None };
        Some(Self { api, operation, response, body })
    }

    /// What the document leaves no doubt about.
    fn inferred(&self) -> Option<Pagination> {
        if self.operation.method.0 != "GET" {
            return None;
        }
        let (items, item) = self.items(None).ok()?;
        let next = self.cursor().or_else(|| self.url()).or_else(|| self.link())?;
        Some(Pagination { items, item, next })
    }

    fn chosen(&self, items: Option<&str>, next: &NextChoice) -> Result<Pagination, String> {
        let (items, item) = self.items(items)?;
        let next = match next {
            NextChoice::Link => NextPage::Link,
            NextChoice::Url(path) => NextPage::Url(self.text(path)?),
            NextChoice::Cursor { param, from } => {
                let param = self.param(param)?;
                let (steps, ty) = self.path(from)?;
                let wanted = self.operation.params.get(param).map(|param| self.api.resolve(param.ty.not_null()));
                if wanted != Some(ty) {
                    return Err(format!("`{from}` and the parameter are not of one type"));
                }
                NextPage::Cursor { param, from: steps }
            }
            NextChoice::Offset(param) => NextPage::Offset { param: self.number(param)? },
            NextChoice::Page(param) => NextPage::Page { param: self.number(param)? },
        };
        Ok(Pagination { items, item, next })
    }

    /// The list: the body, the property that is named, or the only property that is a list.
    fn items(&self, path: Option<&str>) -> Result<(Vec<Step>, Ty), String> {
        if let Some(path) = path {
            let (steps, ty) = self.path(path)?;
            let Ty::List(item) = ty else { return Err(format!("`{path}` is no list")) };
            return Ok((steps, (**item).clone()));
        }
        if let Ty::List(item) = self.api.resolve(self.body) {
            return Ok((Vec::new(), (**item).clone()));
        }
        let lists = self.fields(self.body).filter_map(|(step, field)| match self.api.resolve(field.ty.not_null()) {
            Ty::List(item) if field.presence != Presence::Patch => Some((vec![step], (**item).clone())),
            _ => None,
        });
        match &lists.collect::<Vec<_>>()[..] {
            [only] => Ok(only.clone()),
            [] => Err("its success has no list".to_owned()),
            _ => Err("its success has several lists; name one as `items`".to_owned()),
        }
    }

    /// The fields of a struct.
    fn fields(&self, ty: &Ty) -> impl Iterator<Item = (Step, &'a Field)> + use<'a> {
        let fields = match self.api.resolve(ty) {
            Ty::Named(id) => match &self.api.types[*id].shape {
                Shape::Struct(shape) => Some((*id, &shape.fields)),
                _ => None,
            },
            _ => None,
        };
        let step = |(ty, fields): (_, &'a Vec<Field>)| {
            fields.iter().enumerate().map(move |(field, found)| (Step { ty, field }, found))
        };
        fields.into_iter().flat_map(step)
    }

    /// From the body along properties with dots between them.
    fn path(&self, path: &str) -> Result<(Vec<Step>, &'a Ty), String> {
        let mut steps = Vec::new();
        let mut at = self.api.resolve(self.body);
        for name in path.split('.') {
            let found = self.fields(at).find(|(_, field)| field.wire == name && field.presence != Presence::Patch);
            let (step, field) = found.ok_or_else(|| format!("its success has no property `{path}`"))?;
            steps.push(step);
            at = self.api.resolve(field.ty.not_null());
        }
        Ok((steps, at))
    }

    fn text(&self, path: &str) -> Result<Vec<Step>, String> {
        match self.path(path)? {
            (steps, Ty::Scalar(Scalar::String)) => Ok(steps),
            _ => Err(format!("`{path}` is no text")),
        }
    }

    /// An optional parameter that is no part of the path.
    fn param(&self, wire: &str) -> Result<usize, String> {
        let fits = |param: &Param| param.wire == wire && param.place != Place::Path && !param.required;
        let found = self.operation.params.iter().position(fits);
        found.ok_or_else(|| format!("it has no optional parameter `{wire}`"))
    }

    fn number(&self, wire: &str) -> Result<usize, String> {
        let param = self.param(wire)?;
        let ty = self.operation.params.get(param).map(|param| self.api.resolve(param.ty.not_null()));
        match ty {
            Some(Ty::Scalar(Scalar::Int(_))) => Ok(param),
            _ => Err(format!("the parameter `{wire}` is no integer")),
        }
    }

    /// A property `next_x` of the body or of one of its structs, with a text, where a parameter `x` takes a text.
    fn cursor(&self) -> Option<NextPage> {
        let of_param = |(index, param): (usize, &Param)| {
            let fits = param.place == Place::Query && !param.required;
            let wanted = format!("next{}", letters(&param.wire));
            let from = self.texts().find(|(_, field)| letters(&field.wire) == wanted)?.0;
            (fits && self.is_text(&param.ty)).then_some(NextPage::Cursor { param: index, from })
        };
        self.operation.params.iter().enumerate().find_map(of_param)
    }

    fn is_text(&self, ty: &Ty) -> bool {
        matches!(self.api.resolve(ty.not_null()), Ty::Scalar(Scalar::String))
    }

    /// The properties of the body and of its structs that are texts.
    fn texts(&self) -> impl Iterator<Item = (Vec<Step>, &'a Field)> {
        let inner = |(step, field): (Step, &'a Field)| {
            let deeper = self.fields(field.ty.not_null()).map(move |(next, field)| (vec![step, next], field));
            std::iter::once((vec![step], field)).chain(deeper).collect::<Vec<_>>()
        };
        let all = self.fields(self.body).filter(|(_, field)| field.presence != Presence::Patch).flat_map(inner);
        all.filter(|(_, field)| field.presence != Presence::Patch && self.is_text(&field.ty))
    }

    fn url(&self) -> Option<NextPage> {
        let known = [
            "links.next",
            "_links.next",
            "links.next.href",
            "_links.next.href",
            "next_url",
            "nextUrl",
            "next_link",
            "nextLink",
            "next_page_url",
            "@odata.nextLink",
        ];
        known.iter().find_map(|path| self.text(path).ok()).map(NextPage::Url)
    }

    fn link(&self) -> Option<NextPage> {
        let documented = self.response.headers.iter().any(|header| header.wire.eq_ignore_ascii_case("Link"));
        documented.then_some(NextPage::Link)
    }
}
