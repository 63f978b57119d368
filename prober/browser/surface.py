"""One renderer of a page through one DevTools session: the page itself, or an iframe of another site."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from playwright.async_api import CDPSession

from prober.browser import watch
from prober.browser.errors import GONE, Answer, ask
from prober.browser.tree import CAPTURE

CALL_LIMIT = 5.0  # real seconds for any one call to a renderer
CAPTURE_LIMIT = 8.0
RETRY_LIMIT = 0.5  # the same once a call has run out of time


INTERRUPT_LIMIT = 1.0  # real seconds; these calls are served though a script runs
LEAST = 0.3  # real seconds that a call gets however little is left of the visit
SHARE = 0.35  # of what is left of the visit, for one call

# How much a document holds: elements and texts, and letters of texts and attributes; counting ends at the caps.
NODES_CAP = 60_000
LETTERS_CAP = 12_000_000
_WEIGHT = """(() => {
  const walker = document.createTreeWalker(document, 5);
  let nodes = 0, letters = document.title.length, node;
  while ((node = walker.nextNode()) && nodes < NODES && letters < LETTERS) {
    nodes += 1;
    if (node.nodeType === 3) letters += node.length;
    else for (const a of node.attributes) letters += a.value.length;
  }
  return [nodes, letters];
})()""".replace("NODES", str(NODES_CAP)).replace("LETTERS", str(LETTERS_CAP))


class Surface:
    """Speaks to one renderer; every call has a time limit and none raises for what a page does."""

    def __init__(self, number: int, cdp: CDPSession, world: str, hear: Callable[[watch.Notice], None]) -> None:
        self.number = number
        self.cdp = cdp
        self.world = world
        self.hear = hear
        self.owner: tuple[int, int] | None = None
        self.frame_id = ""  # the browser's id of its top frame
        self.contexts: dict[str, int] = {}  # frame id -> execution context of our world
        self.catchers: dict[int, str | None] = {}  # backend node -> its role if it listens to keys
        self.frames: dict[int, str] = {}  # backend node of a control -> frame id, from the last snapshot
        self.hung = False
        self.closed = False
        self.until: float | None = None  # when the visit ends, monotonic seconds

    async def start(self) -> str:
        """Enable what is needed and install the watcher; returns '' or the problem."""
        cdp = self.cdp
        cdp.on("Runtime.executionContextCreated", self._born)
        cdp.on("Runtime.executionContextDestroyed", self._died)
        cdp.on("Runtime.executionContextsCleared", self._cleared)
        cdp.on("Runtime.bindingCalled", self._called)
        answers = await asyncio.gather(
            self.send("Page.enable"),
            self.send("DOM.enable"),
            self.send("Runtime.enable"),
            self.send("Runtime.addBinding", name=self.world, executionContextName=self.world),
            self.send(
                "Page.addScriptToEvaluateOnNewDocument",
                source=watch.script(self.world),
                worldName=self.world,
                runImmediately=True,
            ),
            self.send("Page.getFrameTree"),
        )
        tree = answers[-1].value
        if tree:
            self.frame_id = tree["frameTree"]["frame"]["id"]
        return next((a.problem for a in answers if a.problem), "")

    async def send(self, method: str, limit: float = CALL_LIMIT, **params: Any) -> Answer[dict[str, Any]]:
        # One call that never came back is enough: the next ones only ask whether it still spins.
        if self.until is not None:
            limit = min(limit, max((self.until - time.monotonic()) * SHARE, LEAST))
        answer = await ask(self.cdp.send(method, params), min(limit, RETRY_LIMIT) if self.hung else limit)
        self.hung = answer.problem == "hung"
        self.closed = answer.problem in GONE
        return answer

    async def weigh(self) -> Answer[str]:
        """'' when the page can be captured whole, else what it has too much of: 'nodes' or 'text'."""
        counted = await self.evaluate(_WEIGHT)
        if counted.problem == "hung":
            return Answer(None, "hung")
        nodes, letters = counted.value or (0, 0)
        if nodes < NODES_CAP:  # those of frames and shadow trees
            counters = await self.send("Memory.getDOMCounters")
            if counters.problem == "hung":
                return Answer(None, "hung")
            nodes = (counters.value or {}).get("nodes", 0) / 2
        if nodes >= NODES_CAP:
            return Answer("nodes")
        return Answer("text" if letters >= LETTERS_CAP else "")

    async def stop_scripts(self, for_good: bool) -> bool:
        """Interrupt what runs, without the page's help; `for_good`: and let nothing of the page's run any more."""
        if for_good:
            await ask(self.cdp.send("Emulation.setScriptExecutionDisabled", {"value": True}), INTERRUPT_LIMIT)
        self.hung = False
        return not (await ask(self.cdp.send("Runtime.terminateExecution"), INTERRUPT_LIMIT)).problem

    async def capture(self, limit: float = CAPTURE_LIMIT) -> Answer[dict[str, Any]]:
        return await self.send("DOMSnapshot.captureSnapshot", limit, **CAPTURE)

    async def glance(self, limit: float = 3.0) -> Answer[dict[str, Any]]:
        """A light capture, enough to notice a change."""
        return await self.send("DOMSnapshot.captureSnapshot", limit, computedStyles=["visibility", "opacity"])

    # -- functions in our own world -------------------------------------------

    async def handle(self, backend: int) -> Answer[str]:
        """Object id of a node in our isolated world of its frame."""
        # Without a context the node would resolve in the main world; our functions must not run there.
        frame = self.frames.get(backend, self.frame_id)
        context = self.contexts.get(frame) or await self._make_world(frame)
        if context is None:
            return Answer(None, "gone")
        resolved = await self.send("DOM.resolveNode", backendNodeId=backend, executionContextId=context)
        if resolved.value is None:
            return Answer(None, resolved.problem)
        return Answer(resolved.value["object"]["objectId"])

    async def _make_world(self, frame: str) -> int | None:
        made = await self.send("Page.createIsolatedWorld", frameId=frame, worldName=self.world)
        if made.value is None:
            return None
        self.contexts[frame] = made.value["executionContextId"]
        return self.contexts[frame]

    async def call(self, handle: str, function: str, *arguments: Any, by_value: bool = True) -> Answer[Any]:
        """Call a function on a node in our world; returns its value, or an object id with by_value False."""
        answer = await self.send(
            "Runtime.callFunctionOn",
            objectId=handle,
            functionDeclaration=function,
            arguments=[{"value": a} for a in arguments],
            returnByValue=by_value,
            awaitPromise=False,
        )
        if answer.value is None:
            return Answer(None, answer.problem)
        if "exceptionDetails" in answer.value:
            return Answer(None, "script")
        result = answer.value["result"]
        return Answer(result.get("value") if by_value else result.get("objectId"))

    async def evaluate(self, expression: str) -> Answer[Any]:
        """Evaluate in our world of the top frame."""
        context = self.contexts.get(self.frame_id) or await self._make_world(self.frame_id)
        if context is None:
            return Answer(None, "gone")
        answer = await self.send(
            "Runtime.evaluate", expression=expression, contextId=context, returnByValue=True, silent=True
        )
        if answer.value is None:
            return Answer(None, answer.problem)
        return Answer(answer.value["result"].get("value"))

    async def key_catchers(self, suspects: list[int]) -> dict[int, str]:
        """Which of these nodes listen to keys themselves, with their role ('' for none); asked once for each node."""
        fresh = [s for s in suspects if s not in self.catchers]
        for backend, heard in zip(fresh, await asyncio.gather(*map(self._listens, fresh)), strict=True):
            self.catchers[backend] = heard
        return {s: role for s in suspects if (role := self.catchers.get(s)) is not None}

    async def _listens(self, backend: int) -> str | None:
        """The role that the browser gives a node that listens to keys; None where it does not listen."""
        resolved = await self.send("DOM.resolveNode", backendNodeId=backend)
        if resolved.value is None:
            return None
        handle = resolved.value["object"]["objectId"]
        listeners = await self.send("DOMDebugger.getEventListeners", objectId=handle)
        await self.send("Runtime.releaseObject", objectId=handle)
        kinds = {item["type"] for item in (listeners.value or {}).get("listeners", ())}
        if not kinds & {"keydown", "keypress", "keyup", "beforeinput", "input", "textInput", "paste"}:
            return None
        # Elements of a page's own make may have a role that stands in no attribute.
        nodes = await self.send("Accessibility.getPartialAXTree", backendNodeId=backend, fetchRelatives=False)
        first = ((nodes.value or {}).get("nodes") or [{}])[0]
        return str(first.get("role", {}).get("value", ""))

    async def says_checked(self, backend: int) -> bool:
        """Whether the browser tells assistants that the node is ticked, as components do that keep it to themselves."""
        nodes = await self.send("Accessibility.getPartialAXTree", backendNodeId=backend, fetchRelatives=False)
        first = ((nodes.value or {}).get("nodes") or [{}])[0]
        told = {p["name"]: p["value"].get("value") for p in first.get("properties", ())}
        return told.get("checked") in (True, "true")

    # -- events ----------------------------------------------------------------

    def _born(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context.get("name") == self.world:
            self.contexts[context.get("auxData", {}).get("frameId", "")] = context["id"]

    def _died(self, event: dict[str, Any]) -> None:
        gone = event.get("executionContextId")
        self.contexts = {frame: number for frame, number in self.contexts.items() if number != gone}

    def _cleared(self, _event: dict[str, Any]) -> None:
        self.contexts.clear()

    def _called(self, event: dict[str, Any]) -> None:
        if event.get("name") != self.world or event.get("executionContextId") not in self.contexts.values():
            return
        notice = watch.understand(event.get("payload", ""))
        if notice is not None:
            self.hear(notice)
