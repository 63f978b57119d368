"""`prober report`, `verify`, `review`, `withdraw`, `export`, `import`, `trail` and `keys`: what is made of stored cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from prober.cli.faults import told

FAULTY = 1

CaseArgument = Annotated[Path, typer.Argument(help="A case folder.")]
Lang = Annotated[str, typer.Option("--lang", envvar="PROBER_LANG", help="en, ru or kk.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Reviewer = Annotated[str, typer.Option("--reviewer", envvar="PROBER_REVIEWER", help="Who decides.")]
Browser = Annotated[
    str, typer.Option("--browser", envvar="PROBER_BROWSER", help="Path of the browser that prints the PDF.")
]
NoSandbox = Annotated[
    bool, typer.Option("--no-sandbox", envvar="PROBER_NO_SANDBOX", help="Print without its sandbox (unsafe).")
]


def report(
    case: Annotated[Path, typer.Argument(metavar="CASE_OR_RUN", help="A case folder, or a folder of cases.")],
    lang: Lang = "en",
    internal: Annotated[
        bool, typer.Option("--internal", help="Our own edition: exit, operator and seed are in it.")
    ] = False,
    include_secrets: Annotated[bool, typer.Option("--include-secrets", help="Mask nothing found on the page.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print report.pdf as well.")] = False,
    letters: Annotated[bool, typer.Option("--letters", help="Draft a letter for each desk; nothing is sent.")] = False,
    again: Annotated[bool, typer.Option("--again", help="With --letters: remind the desks that were told.")] = False,
    live: Annotated[bool, typer.Option("--live", help="With --letters: write addresses as they are.")] = False,
    siblings: Annotated[
        bool, typer.Option("--siblings", help="Name the cases beside it that come from the same kit.")
    ] = False,
    look_up: Annotated[
        bool,
        typer.Option("--look-up", help="Ask RDAP, WHOIS and others for registrar, network and their desks."),
    ] = False,
    browser: Browser = "",
    no_sandbox: NoSandbox = False,
) -> None:
    """Make the report of a case (report.html, on request PDF and letters) or of a run: its campaigns, and each bad case."""
    import asyncio

    from prober.app.dossiers import ReportOptions, make_letters, make_report
    from prober.app.run_report import is_run, make_run_report

    edition: Literal["recipient", "internal"] = "internal" if internal else "recipient"
    options = ReportOptions(lang, edition, include_secrets, pdf, browser, not no_sandbox, siblings, look_up)
    with told(as_json=False):
        if is_run(case):
            made = asyncio.run(
                make_run_report(case, options, letters=letters, live=live, kind="again" if again else "report")
            )
            _show(made)
            return
        made = asyncio.run(make_report(case, options))
        if letters:
            made += make_letters(case, options, "again" if again else "report", live=live)
    _show(made)


def verify(case: CaseArgument, as_json: AsJson = False) -> None:
    """Check a case against its seal and recompute its verdict; exit status 1 when something is wrong."""
    from prober.app.dossiers import verify_case

    with told(as_json=as_json):
        result = verify_case(case)
    if as_json:
        print(json.dumps({"schema": "prober/verification/1", **result.model_dump(mode="json")}, ensure_ascii=False))
    else:
        _lines(f"{result.case_id}: {'intact' if result.intact else 'NOT INTACT'}, {result.files} files")
        for fault in result.faults:
            _lines(f"  {fault.kind}: {fault.sentence}")
        for note in result.notes:
            _lines(f"  {note}")
        stamp = f", stamped {result.stamped_at:%Y-%m-%d %H:%M:%S} UTC ({result.stamp})" if result.stamped_at else ""
        _lines(
            f"  signer {result.signer_name or 'unknown'}{stamp}; verdict recomputed: {result.judged.replace('_', ' ')}"
        )
    raise typer.Exit(0 if result.intact else FAULTY)


def review(
    case: CaseArgument,
    confirm: Annotated[bool, typer.Option("--confirm", help="The case is as the verdict says.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is not; letters are refused from now on.")] = False,
    note: Annotated[str, typer.Option("--note", help="A remark; with neither of the others it decides nothing.")] = "",
    reviewer: Reviewer = "",
) -> None:
    """Record a person's decision, signed, beside the sealed files."""
    from prober.errors import UsageError
    from prober.store.access.deeds import note_here
    from prober.store.keys import load_or_make
    from prober.store.reviews import add_review

    with told(as_json=False):
        if (confirm and reject) or not (confirm or reject or note):
            raise UsageError("Give one of --confirm, --reject or --note TEXT.")
        decision: Literal["confirmed", "rejected", "note"] = (
            "confirmed" if confirm else "rejected" if reject else "note"
        )
        made = add_review(case, decision, reviewer, load_or_make(), text=note)
        note_here(case.resolve().parent, f"reviewed:{decision}", case.resolve().name, detail=f"as {made.reviewer}")
    _lines(f"{made.decision} by {made.reviewer}, {made.at:%Y-%m-%d %H:%M} UTC; make the report again to show it")


def withdraw(
    case: CaseArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    reviewer: Reviewer = "",
    lang: Lang = "en",
) -> None:
    """Reject a case that was reported: drafts a correction to every desk told, and clears the block exports."""
    from prober.app.dossiers import ReportOptions, withdraw_case

    with told(as_json=False):
        made = withdraw_case(case, reviewer, reason, ReportOptions(lang))
    _show(made)


def export(
    case: CaseArgument,
    form: Annotated[
        list[str] | None, typer.Option("--form", help="xarf, csv, blocklist, stix, misp, intelmq, thehive.")
    ] = None,
    zipped: Annotated[Path | None, typer.Option("--zip", help="Write the whole case into this zip instead.")] = None,
    include_secrets: Annotated[
        bool, typer.Option("--include-secrets", help="Whole addresses, with what may be a victim's token.")
    ] = False,
) -> None:
    """Write the machine forms of a case into exports/, or hand the whole case on as one zip."""
    from prober.app.dossiers import write_exports
    from prober.reporting.exports.make import FORMS
    from prober.store.parcel import pack

    with told(as_json=False):
        if zipped is not None:
            _show((pack(case, zipped),))
            return
        made = write_exports(case, tuple(form) if form else FORMS, include_secrets)
    _show(made)


def import_case(
    parcel: Annotated[Path, typer.Argument(help="A zip made by export --zip.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", envvar="PROBER_OUTPUT", help="Folder for case folders.")
    ] = Path("reports"),
) -> None:
    """Take in a zipped case; it is verified first, and refused when anything is wrong."""
    from prober.app.dossiers import import_parcel

    with told(as_json=False):
        folder, result = import_parcel(parcel, output)
    _lines(str(folder))
    for note in result.notes:
        _lines(f"  {note}")


def trail(
    case: Annotated[
        Path, typer.Argument(metavar="CASE_OR_RUN", help="A case folder; with --sent also a folder of cases.")
    ],
    sent: Annotated[str, typer.Option("--sent", help="Note that the letter to this address was sent.")] = "",
    answered: Annotated[str, typer.Option("--answered", help="Note that this address answered.")] = "",
    text: Annotated[str, typer.Option("--text", help="What it answered, or a remark.")] = "",
) -> None:
    """Show whom a case was told to, or note that a letter was sent or answered."""
    from prober.app.dossiers import note_sent
    from prober.store.trail import add_entry, load_trail

    with told(as_json=False):
        if sent:
            for place in note_sent(case, sent, text):
                _lines(f"{place.name}: noted")
            if not (case / "case.json").exists():
                return
        if answered:
            add_entry(case, "answered", address=answered, text=text)
        entries = load_trail(case)
    for entry in entries:
        _lines(
            f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.what:9}  {entry.recipient} {entry.address} {entry.file} {entry.text}"
        )


def keys(
    trust: Annotated[str, typer.Option("--trust", help="A fingerprint that you compared with its owner's.")] = "",
    name: Annotated[str, typer.Option("--name", help="Whose it is.")] = "",
) -> None:
    """Show the fingerprint of the signing key (made on first use), or trust another signer's."""
    from prober.store import keys as store

    with told(as_json=False):
        if trust:
            store.trust(trust, name or "unnamed")
        own = store.load_or_make()
        known = store.known_signers()
    _lines(f"{store.keys_home()}")
    _lines(f"{store.grouped(own.fingerprint)}  this machine's own key")
    for print_, whose in known.items():
        if print_ != own.fingerprint:
            _lines(f"{store.grouped(print_)}  {whose}")


def schema(
    name: Annotated[str, typer.Argument(help="case or verdict.")] = "case",
) -> None:
    """Print the JSON Schema of case.json or of the verdict that --json prints."""
    from prober.app.schemas import SCHEMAS, schema_text
    from prober.errors import UsageError

    with told(as_json=False):
        if name not in SCHEMAS:
            raise UsageError(f"There is no schema '{name[:40]}'; there are {' and '.join(SCHEMAS)}.")
    print(schema_text(name), end="")


COMMANDS: dict[str, Callable[..., None]] = {
    "report": report,
    "verify": verify,
    "review": review,
    "withdraw": withdraw,
    "export": export,
    "import": import_case,
    "trail": trail,
    "keys": keys,
    "schema": schema,
}


def _show(made: tuple[Path, ...]) -> None:
    for file in made:
        _lines(str(file))


def _lines(text: str) -> None:
    """One line on standard output, in which nothing acts on the terminal."""
    from prober.reporting.text import harmless

    indent = len(text) - len(text.lstrip())
    print(" " * indent + harmless(text, 2000))
