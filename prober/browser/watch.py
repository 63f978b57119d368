"""The script that watches a page from an isolated world, and what its notices mean.

It lives where the page cannot see it, tells that something changed, and hands over every short text as
it appears, so that a message which lived a few milliseconds is still known.
"""

from __future__ import annotations

import json
from typing import NamedTuple

TEXT_CAP = 400  # texts handed over by one document

SCRIPT = r"""
(() => {
  if (globalThis.__watching) return;
  globalThis.__watching = true;
  const tell = globalThis[BINDING];
  if (typeof tell !== 'function') return;
  let changes = 0, told = 0, left = TEXT_CAP, queued = false;
  const variants = new Map(), roots = new WeakSet();
  const send = (record) => { try { tell(JSON.stringify(record)); } catch (e) { left = 0; } };
  const stir = () => {
    changes += 1;
    const now = performance.now();
    if (now - told > 25 || now < told) { told = now; send({k: 'stir'}); }
    else if (!queued) { queued = true; setTimeout(() => { queued = false; told = performance.now(); send({k: 'stir'}); }, 30); }
  };
  const skip = /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|OPTION|SELECT|TEXTAREA|HEAD|TITLE|META|LINK)$/;
  const shown = (e) => { try { return e.checkVisibility({visibilityProperty: true}); } catch (x) { return true; } };
  const keep = (element) => {
    if (left <= 0 || !element || element.nodeType !== 1 || skip.test(element.tagName)) return;
    const text = (element.textContent || '').replace(/\s+/g, ' ').trim();
    if (text.length < 2 || text.length > 400) return;
    if (element.closest && element.closest('script,style,noscript,template,head,select')) return;
    const key = text.replace(/\d/g, '#'), seen = variants.get(key) || [];
    if (seen.length >= 3 || seen.includes(text)) return;
    seen.push(text); variants.set(key, seen);
    left -= 1;
    const role = element.closest ? element.closest('[role=alert],[role=status],[aria-live],dialog,[role=dialog]') : null;
    send({k: 'text', t: text, live: !!role});
  };
  const bear = (node) => {
    if (node.nodeType === 3) { keep(node.parentElement); return; }
    if (node.nodeType !== 1) return;
    if (node.shadowRoot) watch(node.shadowRoot);
    const text = node.textContent || '';
    if (text.length <= 400) { keep(node); }
    let budget = 60;
    for (const inner of node.querySelectorAll('*')) {
      if (inner.shadowRoot) watch(inner.shadowRoot);
      if (text.length > 400 && budget-- > 0 && !inner.firstElementChild) keep(inner);
    }
  };
  const observer = new MutationObserver((list) => {
    stir();
    if (left <= 0) return;
    let budget = 80;
    for (const m of list) {
      if (budget-- <= 0) break;
      if (m.type === 'childList') for (const node of m.addedNodes) bear(node);
      else if (m.type === 'characterData') keep(m.target.parentElement);
      else if (document.readyState !== 'loading' && m.target.firstChild && shown(m.target)) keep(m.target);
    }
  });
  function watch(root) {
    if (roots.has(root)) return;
    roots.add(root);
    observer.observe(root, {subtree: true, childList: true, characterData: true, attributes: true,
      attributeFilter: ['class', 'style', 'hidden', 'open', 'disabled', 'checked', 'value', 'src', 'aria-hidden', 'aria-expanded', 'aria-invalid']});
    if (root.querySelectorAll) for (const e of root.querySelectorAll('*')) if (e.shadowRoot) watch(e.shadowRoot);
  }
  watch(document);
  globalThis.__changes = () => changes;
})();
"""


class Notice(NamedTuple):
    """kind 'stir': something changed; 'text': a short text appeared."""

    kind: str
    text: str = ""
    live: bool = False


def script(binding: str) -> str:
    """The watching script; `binding` is the name of the function that carries its notices."""
    return SCRIPT.replace("BINDING", json.dumps(binding)).replace("TEXT_CAP", str(TEXT_CAP))


def understand(payload: str) -> Notice | None:
    """A notice, None for anything that the script cannot have sent."""
    try:
        record = json.loads(payload)
        if record["k"] == "stir":
            return Notice("stir")
        return Notice("text", str(record["t"])[:400], bool(record.get("live")))
    except (ValueError, KeyError, TypeError):
        return None
