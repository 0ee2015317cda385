//! The page that an operation returns: where its items are, and how the next page is found.

use crate::config::NextChoice;
use crate::ir::{
    Api, Field, Media, NextPage, Operation, Pagination, Param, ParamPlace, Presence, Response, Scalar, Shape, Step, Ty,
};

/// A name without case and punctuation: `pageToken`, `page_token` and `page-token` are the same name.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A page: the only successful response of an operation.
pub(super) struct Page<'a> {
    api: &'a Api,
    operation: &'a Operation,
    response: &'a Response,
    body: &'a Ty,
}

impl<'a> Page<'a> {
    /// The page that an operation returns, if it has one successful response and that is JSON.
    pub fn of(api: &'a Api, operation: &'a Operation) -> Option<Self> {
        let mut successes = operation.successes();
        let (response, None) = (successes.next()?, successes.next()) else { return None };
        let Media::Json(body) = &response.contents.first()?.media else { return None };
        if response.is_choice() {
            return None;
        }
        Some(Self { api, operation, response, body })
    }

    /// The pagination that the names in the document prove.
    pub fn inferred(&self) -> Option<Pagination> {
        if self.operation.method.0 != "GET" {
            return None;
        }
        let (items, item) = self.items(None).ok()?;
        let next = self.cursor().or_else(|| self.last_item(&item)).or_else(|| self.url()).or_else(|| self.link())?;
        Some(Pagination { items, item, next })
    }

    /// The pagination that the configuration describes, or why the document has no such pagination.
    pub fn chosen(&self, items: Option<&str>, next: &NextChoice) -> Result<Pagination, String> {
        let (items, item) = self.items(items)?;
        let next = match next {
            NextChoice::Link => NextPage::Link,
            NextChoice::Url(path) => NextPage::Url(self.text(path)?),
            NextChoice::Cursor { param, from } => {
                let param = self.param(param)?;
                let (steps, ty) = self.path(from)?;
                let wanted = self.operation.params.get(param).map(|param| self.api.resolve(param.ty.not_null()));
                if wanted != Some(ty) {
                    return Err(format!("`{from}` and the parameter have different types"));
                }
                NextPage::Cursor { param, from: steps }
            }
            NextChoice::LastItem { param, last, more } => self.after_last(&item, (param, last), more.as_deref())?,
            NextChoice::Offset(param) => NextPage::Offset { param: self.number(param)? },
            NextChoice::Page(param) => NextPage::Page { param: self.number(param)? },
        };
        Ok(Pagination { items, item, next })
    }

    /// The list: the property that is named, else the body itself, else the only property that is a list.
    fn items(&self, path: Option<&str>) -> Result<(Vec<Step>, Ty), String> {
        if let Some(path) = path {
            let (steps, ty) = self.path(path)?;
            let Ty::List(item) = ty else { return Err(format!("`{path}` is not an array")) };
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
            [] => Err("its successful response has no array".to_owned()),
            _ => Err("its successful response has several arrays; name one as `items`".to_owned()),
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

    /// The pages behind the property `last` of the last item.
    fn after_last(&self, item: &Ty, (wire, last): (&str, &str), more: Option<&str>) -> Result<NextPage, String> {
        let param = self.param(wire)?;
        let (steps, ty) = self.path_in(item, last).ok_or_else(|| format!("its items have no property `{last}`"))?;
        let wanted = self.operation.params.get(param).map(|param| self.api.resolve(param.ty.not_null()));
        if wanted != Some(self.api.resolve(ty)) {
            return Err(format!("`{last}` of the items and the parameter have different types"));
        }
        let more = match more.map(|path| Ok((path, self.path(path)?))) {
            None => Vec::new(),
            Some(Ok((_, (steps, Ty::Scalar(Scalar::Bool))))) => steps,
            Some(Ok((path, _))) => return Err(format!("`{path}` is not a boolean")),
            Some(Err(reason)) => return Err(reason),
        };
        Ok(NextPage::LastItem { param, last: steps, more })
    }

    /// A boolean `has_more` beside a parameter `starting_after` and the `id` of items.
    fn last_item(&self, item: &Ty) -> Option<NextPage> {
        let named = |wire: &str, known: &str| letters(wire) == known;
        let mut flags = self.fields(self.body).filter(|(_, field)| named(&field.wire, "hasmore"));
        let more = &flags.next()?.1.wire;
        let mut params = self.operation.params.iter().filter(|param| named(&param.wire, "startingafter"));
        self.after_last(item, (&params.next()?.wire, "id"), Some(more)).ok()
    }

    /// Follows a path of property names with dots between them, from the body.
    fn path(&self, path: &str) -> Result<(Vec<Step>, &'a Ty), String> {
        self.path_in(self.body, path)
            .map(|(steps, ty)| (steps, self.api.resolve(ty)))
            .ok_or_else(|| format!("its successful response has no property `{path}`"))
    }

    /// Follows such a path from a type.
    fn path_in(&self, ty: &Ty, path: &str) -> Option<(Vec<Step>, &'a Ty)> {
        let mut steps = Vec::new();
        let mut at: Option<&'a Ty> = None;
        for name in path.split('.') {
            let found = self
                .fields(at.unwrap_or(ty))
                .find(|(_, field)| field.wire == name && field.presence != Presence::Patch);
            let (step, field) = found?;
            steps.push(step);
            at = Some(field.ty.not_null());
        }
        Some((steps, at?))
    }

    /// The path to a string property.
    fn text(&self, path: &str) -> Result<Vec<Step>, String> {
        match self.path(path)? {
            (steps, Ty::Scalar(Scalar::String)) => Ok(steps),
            _ => Err(format!("`{path}` is not a string")),
        }
    }

    /// The position of an optional parameter that is not in the path.
    fn param(&self, wire: &str) -> Result<usize, String> {
        let is_it = |param: &Param| param.wire == wire && param.place != ParamPlace::Path && !param.required;
        let found = self.operation.params.iter().position(is_it);
        found.ok_or_else(|| format!("it has no optional parameter `{wire}`"))
    }

    /// The position of an optional integer parameter.
    fn number(&self, wire: &str) -> Result<usize, String> {
        let param = self.param(wire)?;
        let ty = self.operation.params.get(param).map(|param| self.api.resolve(param.ty.not_null()));
        match ty {
            Some(Ty::Scalar(Scalar::Int(_))) => Ok(param),
            _ => Err(format!("the parameter `{wire}` is not an integer")),
        }
    }

    /// A string property `next_x`, in the body or one level below, beside an optional string parameter `x`.
    fn cursor(&self) -> Option<NextPage> {
        let of_param = |(index, param): (usize, &Param)| {
            let is_optional = param.place == ParamPlace::Query && !param.required;
            let wanted = format!("next{}", letters(&param.wire));
            let from = self.strings().find(|(_, field)| letters(&field.wire) == wanted)?.0;
            (is_optional && self.is_string(&param.ty)).then_some(NextPage::Cursor { param: index, from })
        };
        self.operation.params.iter().enumerate().find_map(of_param)
    }

    fn is_string(&self, ty: &Ty) -> bool {
        matches!(self.api.resolve(ty.not_null()), Ty::Scalar(Scalar::String))
    }

    /// The string properties of the body and of the structs in it.
    fn strings(&self) -> impl Iterator<Item = (Vec<Step>, &'a Field)> {
        let inner = |(step, field): (Step, &'a Field)| {
            let deeper = self.fields(field.ty.not_null()).map(move |(next, field)| (vec![step, next], field));
            std::iter::once((vec![step], field)).chain(deeper).collect::<Vec<_>>()
        };
        let all = self.fields(self.body).filter(|(_, field)| field.presence != Presence::Patch).flat_map(inner);
        all.filter(|(_, field)| field.presence != Presence::Patch && self.is_string(&field.ty))
    }

    /// A property that is called as URLs of the next page are.
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

    /// A documented `Link` header.
    fn link(&self) -> Option<NextPage> {
        let documented = self.response.headers.iter().any(|header| header.wire.eq_ignore_ascii_case("Link"));
        documented.then_some(NextPage::Link)
    }
}
