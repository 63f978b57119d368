"""Pictures of the page as painted, and the serialised documents behind them."""

from __future__ import annotations

import base64
from typing import Any

from prober.browser.errors import ask
from prober.browser.stage import Tab
from prober.models.page import Box

FULL_CAP = 8000.0  # CSS px of height that one picture takes in
LIMIT = 6.0  # real seconds for one picture
MHTML_LIMIT = 2.0
OUTER = "(() => { const d = document.doctype; return (d ? new XMLSerializer().serializeToString(d) + '\\n' : '') + document.documentElement.outerHTML; })()"


async def picture(tab: Tab, ratio: float, full: bool, sharp: bool) -> tuple[bytes, Box]:
    """PNG of the viewport or the whole page; `ratio` is the device's pixels per CSS px, used when sharp.

    Empty bytes where the page cannot be painted (crashed, spinning).
    """
    main = tab.main
    if main is None:
        return b"", Box(x=0, y=0, width=0, height=0)
    metrics = await main.send("Page.getLayoutMetrics")
    if metrics.value is None:
        return b"", Box(x=0, y=0, width=0, height=0)
    view, whole = metrics.value["cssVisualViewport"], metrics.value["cssContentSize"]
    box = Box(x=view["pageX"], y=view["pageY"], width=view["clientWidth"], height=view["clientHeight"])
    if full:
        box = Box(x=0, y=0, width=max(whole["width"], 1), height=min(max(whole["height"], 1), FULL_CAP))
    data = await shoot(tab, box, ratio if sharp else 1.0, beyond=full)
    return data, box


async def shoot(tab: Tab, box: Box, scale: float, beyond: bool = False) -> bytes:
    """PNG of a part of the document at `scale` pixels per CSS px; empty where it cannot be painted."""
    main = tab.main
    if main is None:
        return b""
    clip: dict[str, Any] = {
        "x": box.x,
        "y": box.y,
        "width": max(box.width, 1),
        "height": max(box.height, 1),
        "scale": scale,
    }
    # A renderer that dies while a picture is asked of it takes Chromium's headless shell (156) with it, so none is
    # asked of a page that does not answer or has nothing to paint yet.
    if (await main.evaluate("document.body ? 1 : 0")).value != 1:
        return b""
    for _ in range(3):
        # Right after a document arrives the compositor may have no frame yet: a second try has one.
        tab.posing = True
        answer = await main.send(
            "Page.captureScreenshot",
            LIMIT,
            format="png",
            clip=clip,
            captureBeyondViewport=beyond,
            optimizeForSpeed=True,
        )
        tab.posing = answer.problem == "hung"
        if answer.value is not None:
            return base64.b64decode(answer.value["data"])
        if answer.problem in ("hung", "crashed", "closed"):
            break
        await main.evaluate("new Promise(requestAnimationFrame)")
    return b""


async def mhtml(tab: Tab) -> bytes:
    """The page as MHTML; empty where the browser takes longer than a picture may."""
    if tab.main is None:
        return b""
    answer = await ask(tab.main.cdp.send("Page.captureSnapshot", {"format": "mhtml"}), MHTML_LIMIT)
    return str(answer.value["data"]).encode("utf-8", "replace") if answer.value else b""


async def documents(tab: Tab) -> str:
    """The serialised documents of all frames, each behind a comment with its address; never closed shadow roots."""
    parts: list[str] = []
    for frame in tab.page.frames:
        surface = tab.surfaces.get(frame)
        above = frame
        while surface is None and above.parent_frame is not None:
            above = above.parent_frame
            surface = tab.surfaces.get(above)
        if surface is None:
            continue
        for frame_id, context in list(surface.contexts.items()):
            answer = await surface.send(
                "Runtime.evaluate", expression=f"[location.href, {OUTER}]", contextId=context, returnByValue=True
            )
            value = (answer.value or {}).get("result", {}).get("value")
            if value:
                text = f"<!-- frame {frame_id}: {value[0].replace('--', '- -')} -->\n{value[1]}"
                if text not in parts:
                    parts.append(text)
    return "\n\n".join(parts)
