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
  let budget = 0, ready = false, changes = 0, told = 0, left = TEXT_CAP, queued = false;
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
  const spoken = (e) => { for (const n of e.childNodes) if (n.nodeType === 3 && n.data.trim()) return true; return false; };
  const hint = /toast|alert|snack|notif|message|error|warn/i;
  const bear = (node, depth = 0) => {
    if (budget-- <= 0 || depth > 30) return;
    if (node.nodeType === 3) { if (ready && node.parentElement) keep(node.parentElement); return; }
    if (node.nodeType !== 1 || skip.test(node.tagName)) return;
    if (node.shadowRoot) watch(node.shadowRoot);
    if (spoken(node)) {
      const marked = ready || node.getAttribute('role') || hint.test(node.className + ' ' + node.id);
      if (marked && shown(node)) keep(node);
      return;
    }
    for (const inner of node.children) bear(inner, depth + 1);
  };
  const observer = new MutationObserver((list) => {
    stir();
    if (left <= 0) return;
    budget = 150;
    for (const m of list) {
      if (budget <= 0) break;
      if (m.type === 'childList') for (const node of m.addedNodes) bear(node);
      else if (m.type === 'characterData') { if (ready) keep(m.target.parentElement); }
      else if (ready && m.type === 'attributes' && ['class', 'style', 'hidden', 'open'].includes(m.attributeName)) bear(m.target);
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
  // What the parser brings is seen by the next look; only what scripts bring later may vanish before it.
  const start = () => { observer.takeRecords(); ready = true; };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, {capture: true, once: true});
  else start();
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
