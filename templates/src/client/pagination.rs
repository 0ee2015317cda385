//! Lists that are fetched page by page.

use std::collections::BTreeSet;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::HeaderMap;

use crate::client::{ApiOperation, BoxFuture, Call, CallError, Request, RequestError, Response};

/// An operation that returns a list page by page.
pub trait Paginated: ApiOperation + Unpin {
    /// The type of the items.
    type Item: Send;

    /// Returns the items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;

    /// Changes the arguments to those of the page after `page`, and returns where it is.
    fn advance(&mut self, page: &Response<Self::Output>) -> Next;
}

/// Where the next page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// There is no next page.
    End,
    /// The changed arguments lead to it.
    Arguments,
    /// At this URL, which can be relative to the URL of the request.
    Url(String),
}

impl Next {
    /// Moves a cursor argument. The list ends without a cursor.
    pub fn cursor<T: PartialEq + Default>(argument: &mut Option<T>, next: Option<T>) -> Self {
        match next {
            Some(next) if next != T::default() => {
                *argument = Some(next);
                Self::Arguments
            }
            _ => Self::End,
        }
    }

    /// Moves an offset argument by `count` items. The list ends after a page without items. `first` is the offset that
    /// an absent argument stands for.
    pub fn offset<T: Copy + Into<i128> + TryFrom<i128>>(argument: &mut Option<T>, first: i128, count: usize) -> Self {
        let count = i128::try_from(count).unwrap_or_default();
        let now: i128 = argument.map_or(first, Into::into);
        match T::try_from(now.saturating_add(count)) {
            Ok(next) if count > 0 => {
                *argument = Some(next);
                Self::Arguments
            }
            _ => Self::End,
        }
    }

    /// Moves a page argument by one. The list ends after a page without items. `first` is the page that an absent
    /// argument stands for.
    pub fn page<T: Copy + Into<i128> + TryFrom<i128>>(argument: &mut Option<T>, first: i128, count: usize) -> Self {
        Self::offset(argument, first, count.min(1))
    }

    /// Follows a URL of the body. The list ends without one.
    pub fn url(next: Option<&String>) -> Self {
        next.filter(|url| !url.is_empty()).map_or(Self::End, |url| Self::Url(url.clone()))
    }

    /// Follows the `Link` header with the relation `next` (RFC 8288). The list ends without one.
    pub fn link(headers: &HeaderMap) -> Self {
        let links = headers.get_all(http::header::LINK).iter().filter_map(|value| value.to_str().ok());
        links.flat_map(links_of).find(|(_, is_next)| *is_next).map_or(Self::End, |(url, _)| Self::Url(url.to_owned()))
    }
}

/// Returns the URLs of `<url>; rel="next"; title="a, b", <url> ...`, and whether their relation is `next`.
fn links_of(text: &str) -> Vec<(&str, bool)> {
    let mut links = Vec::new();
    let mut rest = text;
    while let Some((url, after)) = rest.split_once('<').and_then(|(_, link)| link.split_once('>')) {
        let mut quoted = false;
        let end = after.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ',' && !quoted
        });
        let (parameters, next) = after.split_at(end.map_or(after.len(), |(at, _)| at));
        links.push((url, parameters.split(';').any(is_next)));
        rest = next;
    }
    links
}

fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
    name.trim().eq_ignore_ascii_case("rel") && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
}

impl<O: Paginated> Call<O> {
    /// Returns the pages as a stream, starting with the one that the arguments lead to. Each is requested when it is
    /// needed. A page that was requested before is an error, because the list would never end.
    pub fn pages(self) -> Pages<O> {
        Pages { next: Some((self, None)), fetching: None, requested: BTreeSet::new() }
    }

    /// Returns the items of all pages as a stream. Each page is requested when it is needed.
    ///
    /// A page that was requested before is an error, and so are too many pages without items; see
    /// [`Items::max_empty_pages`].
    pub fn items(self) -> Items<O> {
        Items { pages: self.pages(), page: Vec::new().into_iter(), empty: 0, max_empty: 100 }
    }
}

type Page<O> = Result<Response<<O as ApiOperation>::Output>, CallError<<O as ApiOperation>::Error>>;

/// A call, and the URL to send it to if it is not that of the operation.
type Target<O> = (Call<O>, Option<String>);

/// A page, and the call of the next one.
type Fetched<O> = (Page<O>, Option<Target<O>>);

/// The pages of a list. The stream ends after the last page or the first error.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<O: Paginated> {
    next: Option<Target<O>>,
    fetching: Option<BoxFuture<'static, Fetched<O>>>,
    /// The hashes of the requests so far.
    requested: BTreeSet<u64>,
}

impl<O: Paginated> Pages<O> {
    /// Returns the next page; `None` at the end of the list.
    pub async fn next(&mut self) -> Option<Page<O>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Creates the request of a page.
    ///
    /// Fails if it was sent before.
    fn request(&mut self, (call, url): &Target<O>) -> Result<Request, RequestError> {
        let request = call.request_to(url.as_deref())?;
        if self.requested.insert(request.fingerprint()) {
            return Ok(request);
        }
        Err(RequestError::new("the next page is one that was returned before, so the list would never end", None))
    }
}

async fn fetch<O: Paginated>(mut call: Call<O>, mut request: Request) -> Fetched<O> {
    let page = call.send_request(&mut request).await;
    let next = match &page {
        Ok(page) => match call.operation.advance(page) {
            Next::End => None,
            Next::Arguments => Some((call, None)),
            Next::Url(url) => Some((call, Some(url))),
        },
        Err(_) => None,
    };
    (page, next)
}

impl<O: Paginated> Stream for Pages<O> {
    type Item = Page<O>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = self.get_mut();
        if stream.fetching.is_none() {
            let Some(next) = stream.next.take() else { return Poll::Ready(None) };
            match stream.request(&next) {
                Ok(request) => stream.fetching = Some(Box::pin(fetch(next.0, request))),
                Err(error) => return Poll::Ready(Some(Err(error.into()))),
            }
        }
        let Some(fetching) = &mut stream.fetching else { return Poll::Ready(None) };
        let (page, next) = ready!(fetching.as_mut().poll(cx));
        stream.fetching = None;
        stream.next = next;
        Poll::Ready(Some(page))
    }
}

impl<O: Paginated> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("operation", &O::OPERATION.id).finish_non_exhaustive()
    }
}

/// The items of a list. The stream ends after the last item or the first error.
#[must_use = "streams do nothing unless polled"]
pub struct Items<O: Paginated> {
    pages: Pages<O>,
    page: std::vec::IntoIter<O::Item>,
    /// How many pages without items there were in a row.
    empty: usize,
    max_empty: usize,
}

impl<O: Paginated> Items<O>
where
    O::Item: Unpin,
{
    /// Sets how many pages without items there can be in a row; one more is an error. Default: 100.
    pub fn max_empty_pages(mut self, pages: usize) -> Self {
        self.max_empty = pages;
        self
    }

    /// Counts a page without items.
    ///
    /// Fails if there are too many in a row; then the stream ends.
    fn count_empty(&mut self) -> Result<(), RequestError> {
        self.empty += 1;
        if self.empty <= self.max_empty {
            return Ok(());
        }
        self.pages.next = None;
        let limit = self.max_empty;
        Err(RequestError::new(format!("more than {limit} pages without items; `max_empty_pages` allows more"), None))
    }

    /// Returns the next item; `None` at the end of the list.
    pub async fn next(&mut self) -> Option<Result<O::Item, CallError<O::Error>>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<O: Paginated> Stream for Items<O>
where
    O::Item: Unpin,
{
    type Item = Result<O::Item, CallError<O::Error>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let stream = self.get_mut();
        loop {
            if let Some(item) = stream.page.next() {
                stream.empty = 0;
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut stream.pages).poll_next(cx)) {
                Some(Ok(page)) => {
                    stream.page = O::items(page.body).into_iter();
                    if stream.page.len() == 0
                        && let Err(error) = stream.count_empty()
                    {
                        return Poll::Ready(Some(Err(error.into())));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paginated> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("operation", &O::OPERATION.id).finish_non_exhaustive()
    }
}
