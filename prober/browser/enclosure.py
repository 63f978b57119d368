"""Everything that one visit is enclosed in: proxy, context and fence, opened and closed together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prober.browser.context import dress, new_context
from prober.browser.fence import Fence, put_fence
from prober.guard.limits import Limits
from prober.guard.proxy import GuardProxy
from prober.ports import Visit

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, Page


@dataclass(frozen=True)
class Enclosure:
    """A fresh context, its only way out, and what it wanted but was not given."""

    visit: Visit
    context: BrowserContext
    proxy: GuardProxy
    fence: Fence

    async def new_page(self) -> Page:
        """A page that shows itself as the visit says before anything is loaded."""
        page = await self.context.new_page()
        await dress(page, self.visit)
        return page


@asynccontextmanager
async def enclose(browser: Browser, visit: Visit, *, limits: Limits | None = None) -> AsyncIterator[Enclosure]:
    """Open a visit's context behind a proxy of its own; both are gone afterwards.

    Raises:
        UsageError: the visit names no known profile, or an upstream proxy that is none.
    """
    from playwright.async_api import Error

    async with GuardProxy(visit, limits=limits) as proxy:
        context = await new_context(browser, visit, proxy.url)
        try:
            yield Enclosure(visit, context, proxy, await put_fence(context, visit, proxy))
        finally:
            with suppress(Error):  # the browser died: the context is gone with it
                await context.close()
