//! All entries of the audit log, one after the other, whatever its size.
//!
//! Servers cut a page before they filter it by action, and put new entries before those that one is about to read. So pages are asked
//! for without `actions`, which is applied here; a short page says nothing, and only an empty one is the end; `until` is pinned, by
//! the server's clock; and an entry that was pushed onto the next page is known by its id.

use super::call::{Call, argument, typed};
use super::client::Client;
use super::error::Error;
use super::future::BoxFuture;
use super::options::{CallOptions, setters};
use super::{AuditEntry, AuditFilters};
use crate::endpoints::audit;
use crate::schema::{Count, Timestamp, iso, unix_milliseconds};
use futures_core::Stream;
use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

const PAGE: u32 = 1000;
/// By how much servers cut timestamps, in milliseconds.
const CUT: u64 = 1000;
/// Ids to remember: more than are written between two requests.
const REMEMBERED: usize = 10_000;

/// All entries of the audit log that match, as a [`Stream`]: see [`Audit::iterate`](super::Audit::iterate).
///
/// The options are those of each page. After an error the stream ends.
///
/// ```
/// # let script = kavachos_wasm::rust_client::testing::Script::new();
/// # script.answer(200, "[]");
/// # let kavach = script.client();
/// use kavachos_wasm::rust_client::AuditFilters;
///
/// # pollster::block_on(async {
/// let mut entries = kavach.audit().iterate(AuditFilters::default());
/// assert!(entries.next().await.is_none());
/// # });
/// ```
#[must_use = "a stream does nothing until it is polled"]
pub struct Entries {
    client: Client,
    options: CallOptions,
    page_size: u32,
    window: AuditFilters,
    /// The actions that are wanted, if not all are.
    wanted: Option<HashSet<String>>,
    /// How many entries are wanted, and how many are skipped before them.
    left: u64,
    skip: u64,
    phase: Phase,
    pending: Option<BoxFuture<'static, Result<Vec<AuditEntry>, Error>>>,
    buffer: VecDeque<AuditEntry>,
    seen: HashSet<String>,
    order: VecDeque<String>,
    /// The number of entries since the last that was new.
    stale: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Start,
    /// The newest entry was asked for, to pin the window.
    Probe,
    Pages,
    End,
}

impl Entries {
    pub(super) fn new(client: Client, filters: AuditFilters) -> Self {
        let wanted = filters.actions.as_ref().filter(|actions| !actions.is_empty());
        let wanted: Option<HashSet<String>> = wanted.map(|actions| actions.iter().map(|word| word.0.clone()).collect());
        let offset = filters.offset.map_or(0, |Count(offset)| offset);
        let (skip, offset) = if wanted.is_some() { (offset, 0) } else { (0, offset) };
        Self {
            client,
            options: CallOptions::default(),
            page_size: PAGE,
            left: filters.limit.map_or(u64::MAX, |Count(limit)| limit.into()),
            window: AuditFilters { actions: None, offset: Some(Count(offset)), ..filters },
            wanted,
            skip: skip.into(),
            phase: Phase::Start,
            pending: None,
            buffer: VecDeque::new(),
            seen: HashSet::new(),
            order: VecDeque::new(),
            stale: 0,
        }
    }

    setters!(options);

    /// The number of entries to ask for at once; 1,000 by default.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "[]");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuditFilters;
    ///
    /// # pollster::block_on(async {
    /// let mut entries = kavach.audit().iterate(AuditFilters::default()).page_size(50);
    /// assert!(entries.next().await.is_none());
    /// # });
    /// assert!(script.requests()[0].url.contains("limit=50"));
    /// ```
    pub fn page_size(mut self, page_size: u32) -> Self {
        self.page_size = page_size.max(1);
        self
    }

    /// The next entry.
    ///
    /// # Errors
    /// Those of the call that asks for the page.
    ///
    /// ```
    /// # let script = kavachos_wasm::rust_client::testing::Script::new();
    /// # script.answer(200, "[]");
    /// # let kavach = script.client();
    /// use kavachos_wasm::rust_client::AuditFilters;
    ///
    /// # pollster::block_on(async {
    /// let mut entries = kavach.audit().iterate(AuditFilters::default());
    /// assert!(entries.next().await.is_none());
    /// # });
    /// ```
    pub async fn next(&mut self) -> Option<Result<AuditEntry, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn offset(&self) -> u32 {
        self.window.offset.map_or(0, |Count(offset)| offset)
    }

    /// Asks for the next page, if one is wanted.
    fn ask(&mut self) -> Option<BoxFuture<'static, Result<Vec<AuditEntry>, Error>>> {
        let window = match self.phase {
            Phase::Start if self.offset() > 0 => {
                self.phase = Phase::Probe;
                AuditFilters { offset: Some(Count(0)), limit: Some(Count(1)), ..self.window.clone() }
            }
            Phase::End => return None,
            _ if self.left == 0 => return None,
            _ => {
                self.phase = Phase::Pages;
                let wanted = u32::try_from(self.left).unwrap_or(u32::MAX);
                let limit = if self.wanted.is_some() { self.page_size } else { self.page_size.min(wanted) };
                self.window.limit = Some(Count(limit));
                self.window.clone()
            }
        };
        let call: Call<Vec<AuditEntry>> = Call::new(&self.client, &audit::ITERATE, &[argument(&window)], typed);
        Some(call.options(self.options.clone()).into_future())
    }

    /// Takes a page.
    fn take(&mut self, page: Vec<AuditEntry>) -> Result<(), Error> {
        let newest = page.first().and_then(|entry| unix_milliseconds(&entry.timestamp));
        if let Some(newest) = newest
            && self.window.until.is_none()
        {
            self.window.until = Some(Timestamp(iso(newest.saturating_add(CUT))));
        }
        if self.phase == Phase::Probe {
            self.phase = Phase::Pages;
            return Ok(());
        }
        let count = page.len();
        let before = self.order.len();
        for entry in page {
            if !self.seen.insert(entry.id.clone()) {
                continue;
            }
            self.order.push_back(entry.id.clone());
            if self.wanted.as_ref().is_some_and(|wanted| !wanted.contains(&entry.action)) {
                continue;
            }
            if self.skip > 0 {
                self.skip -= 1;
            } else if self.left > 0 {
                self.left -= 1;
                self.buffer.push_back(entry);
            }
        }
        self.stale = if self.order.len() > before { 0 } else { self.stale.saturating_add(count) };
        while self.order.len() > REMEMBERED.saturating_add(count) {
            if let Some(oldest) = self.order.pop_front() {
                self.seen.remove(&oldest);
            }
        }
        // A server that sends more than was asked for knows no pages: that was all.
        let asked = self.window.limit.map_or(usize::MAX, |Count(limit)| limit as usize);
        if count == 0 || count > asked {
            self.phase = Phase::End;
        }
        if self.stale > REMEMBERED.saturating_add(self.page_size as usize) {
            return Err(Error::repeating("the server sends the same audit entries again and again"));
        }
        let offset = self.offset().saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        self.window.offset = Some(Count(offset));
        Ok(())
    }
}

impl Stream for Entries {
    type Item = Result<AuditEntry, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(entry) = self.buffer.pop_front() {
                return Poll::Ready(Some(Ok(entry)));
            }
            if self.pending.is_none() {
                self.pending = self.ask();
            }
            let Some(pending) = &mut self.pending else {
                self.phase = Phase::End;
                return Poll::Ready(None);
            };
            let found = ready!(Pin::new(pending).poll(context));
            self.pending = None;
            if let Err(error) = found.and_then(|page| self.take(page)) {
                self.phase = Phase::End;
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

impl fmt::Debug for Entries {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Entries").field("filters", &self.window).finish_non_exhaustive()
    }
}
