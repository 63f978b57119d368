"""Writes the lab's README from the catalogue: `python -m prober.lab --readme > prober/lab/README.md`."""

from __future__ import annotations

from collections.abc import Sequence

from prober.lab.site import Site

_HEAD = """# Practice sites

Sites on loopback that behave like the real ones: scams of many shapes, honest services that look suspicious, and
obstacles. They train analysts, and they serve the tests and the demo. Nothing here is real: no emblem, person, host or
bank; pages load nothing from elsewhere and send nothing elsewhere.

    prober lab                       # or: python -m prober.lab --port 8008

opens an index at `http://localhost:8008/`; each site answers at `http://NAME.localhost:8008/`, and some have a second
host `NAME--ANY.localhost`, for frames of another origin. In code:

```python
async with serve() as lab:  # LabThread() where there is no event loop
    lab.url("fine-by-plate")  # the link a victim gets
    lab.log  # everything received: time, site, method, path, query, headers, body, connection
```

A new site is one module in `sites/` with its `SITE`, templates in `templates/NAME/`, and a line in `catalogue.py`.
A site whose pages are texts of its module (`inline.py`) needs no templates: `sites/frontends/` are built with the
front-end libraries of today, `sites/world/` speak further languages, `sites/flows/` have unusual ways to the answer; each
lists its own in `__init__.py`. Vendored libraries are in `assets/`, with their licences in `assets/NOTICE`.
`auto` as its scenario leaves the choice to prober; a `stateful` site deserves a server of its own for every test.
Whatever a page of the lab shows may be learnt from; nothing in prober may know a site by its name, hosts or sums.
"""

_GROUPS = (("scam", "Scams"), ("honest", "Honest services"), ("obstacle", "Obstacles"))


def readme(sites: Sequence[Site]) -> str:
    """The README as Markdown: one table a kind, with what each site does and the verdicts that are right for it."""
    parts = [_HEAD]
    for kind, title in _GROUPS:
        chosen = [site for site in sites if site.kind == kind]
        parts.append(f"\n## {title} ({len(chosen)})\n\n| site | languages | practises | what it does | right verdict |")
        parts.append("|---|---|---|---|---|")
        parts += [_row(site) for site in chosen]
    return "\n".join(parts) + "\n"


def _row(site: Site) -> str:
    verdicts = " or ".join(f"`{word}`" for word in site.expect)
    cells = (f"**{site.name}**", ", ".join(site.languages), ", ".join(site.techniques), site.about, verdicts)
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
