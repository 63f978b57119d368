"""`prober cases` and `prober purge` as commands; what they do is in `prober.cli.cases`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

cases_app = typer.Typer(help="List, filter and mark what was probed before.", no_args_is_help=False)

Output = Annotated[Path, typer.Option("--output", "-o", envvar="PROBER_OUTPUT", help="Folder of case folders.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
Index = Annotated[
    str,
    typer.Option(
        "--index", envvar="PROBER_INDEX", help="postgresql://…: an index that machines share (default: a file)."
    ),
]
Evidence = Annotated[
    str,
    typer.Option("--evidence", envvar="PROBER_EVIDENCE", help="s3://bucket/folder: where sealed cases are brought."),
]


@cases_app.callback(invoke_without_command=True)
def cases(
    context: typer.Context,
    output: Output = Path("reports"),
    verdict: Annotated[str, typer.Option("--verdict", help="One or more verdicts, with commas.")] = "",
    host: Annotated[str, typer.Option("--host", help="A host with everything below it.")] = "",
    scenario: Annotated[str, typer.Option("--scenario", "-s")] = "",
    since: Annotated[str, typer.Option("--since", help="2026-11-22, or an age such as 7d.")] = "",
    until: Annotated[str, typer.Option("--until", help="2026-11-22, or an age such as 7d.")] = "",
    tag: Annotated[str, typer.Option("--tag")] = "",
    campaign: Annotated[
        str, typer.Option("--campaign", help="A kit by its id; prober cases campaigns lists them.")
    ] = "",
    limit: Annotated[int | None, typer.Option("--limit", min=1)] = None,
    export: Annotated[str, typer.Option("--export", help="csv or jsonl, to standard output.")] = "",
    as_json: AsJson = False,
    shared: Index = "",
    evidence: Evidence = "",
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew from the case folders.")] = False,
) -> None:
    """List cases, the newest first; filter, export, or rebuild the index."""
    if context.invoked_subcommand is not None:
        context.obj = (output, shared)
        return
    from prober.cli.cases import Question, run_cases

    question = Question(
        output=output, verdict=verdict, host=host, scenario=scenario, since=since, until=until, tag=tag,
        campaign=campaign, limit=limit, export=export, as_json=as_json, rebuild=rebuild,
        index=shared, evidence=evidence,
    )  # fmt: skip
    raise typer.Exit(run_cases(question))


@cases_app.command("campaigns")
def cases_campaigns(context: typer.Context, as_json: AsJson = False) -> None:
    """Kits that were seen on several hosts, with what their cases have in common."""
    from prober.cli.cases import run_campaigns

    output, shared = context.obj
    raise typer.Exit(run_campaigns(output, shared, as_json=as_json))


@cases_app.command("seen")
def cases_seen(context: typer.Context, value: str, as_json: AsJson = False) -> None:
    """Was this host, address, favicon or certificate (SHA-256) seen before? Status 1 when it was."""
    from prober.cli.cases import run_seen

    output, shared = context.obj
    raise typer.Exit(run_seen(output, shared, value, as_json=as_json))


@cases_app.command("tag")
def cases_tag(
    context: typer.Context, case: str, words: list[str], off: Annotated[bool, typer.Option("--off")] = False
) -> None:
    """Give a case tags; --off takes them away."""
    from prober.cli.cases import run_tag

    output, shared = context.obj
    raise typer.Exit(run_tag(output, shared, case, words, off=off))


@cases_app.command("note")
def cases_note(context: typer.Context, case: str, text: str) -> None:
    """Write a note on a case."""
    from prober.cli.cases import run_note

    output, shared = context.obj
    raise typer.Exit(run_note(output, shared, case, text))


@cases_app.command("notes")
def cases_notes(context: typer.Context, case: str, as_json: AsJson = False) -> None:
    """The notes on a case, the oldest first."""
    from prober.cli.cases import run_notes

    output, shared = context.obj
    raise typer.Exit(run_notes(output, shared, case, as_json=as_json))


@cases_app.command("history")
def cases_history(context: typer.Context, host: str, as_json: AsJson = False) -> None:
    """What the cases about a host came to, the oldest first."""
    from prober.cli.cases import run_history

    output, shared = context.obj
    raise typer.Exit(run_history(output, shared, host, as_json=as_json))


def purge(
    older_than: Annotated[str, typer.Option("--older-than", help="90d, 12w, 6m or 2y.")],
    output: Output = Path("reports"),
    reason: Annotated[str, typer.Option("--reason", help="Kept with hash and date of each case.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Really delete; without it they are only listed.")] = False,
    shared: Index = "",
) -> None:
    """Delete old cases; their hash, date and the reason stay."""
    from prober.cli.cases import run_purge

    raise typer.Exit(run_purge(output, shared, older_than, reason, yes=yes))
