"""The commands. Heavy modules are imported inside them, so that --help answers at once."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from prober import __version__
from prober.cli import again, evidence, listing, people
from prober.cli.listing import Evidence, Index
from prober.cli.matter import Footing, no_footing, on_footing

app = typer.Typer(
    name="prober",
    help="Submits provably invalid plates and personal numbers to a suspect site and judges what it answers.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
scenarios_app = typer.Typer(help="List, show and validate scenarios.", no_args_is_help=True)
app.add_typer(scenarios_app, name="scenarios")
app.add_typer(listing.cases_app, name="cases")
app.command()(listing.purge)
app.add_typer(people.users_app, name="users")
app.add_typer(people.tokens_app, name="tokens")
app.command()(people.audit)

Output = Annotated[Path, typer.Option("--output", "-o", envvar="PROBER_OUTPUT", help="Folder for case folders.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private", envvar="PROBER_ALLOW_PRIVATE", help="Allow loopback and a private suspect (own test sites)."
    ),
]
Profile = Annotated[str, typer.Option("--profile", envvar="PROBER_PROFILE", help="phone, desktop or auto.")]
Proxy = Annotated[str, typer.Option("--proxy", envvar="PROBER_PROXY", help="Exit: an http:// or socks5:// address.")]
ExitCountry = Annotated[
    str, typer.Option("--exit-country", envvar="PROBER_EXIT_COUNTRY", help="Country of the exit, e.g. KZ.")
]
Resolve = Annotated[list[str] | None, typer.Option("--resolve", help="HOST=ADDRESS, may be repeated.")]
Referer = Annotated[str, typer.Option("--referer", envvar="PROBER_REFERER", help="Referer of the first request.")]
Timeout = Annotated[float, typer.Option("--timeout", envvar="PROBER_TIMEOUT", min=1, help="Seconds for one probe.")]
Browser = Annotated[str, typer.Option("--browser", envvar="PROBER_BROWSER", help="Path of the browser to use.")]
NoSandbox = Annotated[
    bool, typer.Option("--no-sandbox", envvar="PROBER_NO_SANDBOX", help="Run the browser without its sandbox (unsafe).")
]


def _version(show: bool) -> None:
    if show:
        typer.echo(f"prober {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
) -> None:
    from prober.cli.config import defaults, options_of
    from prober.cli.faults import told

    with told(as_json="--json" in sys.argv):
        context.default_map = defaults(options_of(getattr(context.command, "commands", {})))


@app.command()
@on_footing
def check(
    context: typer.Context,
    url: Annotated[str | None, typer.Argument(help="The suspect's address, defanged or not.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="A whole SMS; its first link is checked.")] = None,
    scenario: Annotated[
        str, typer.Option("--scenario", "-s", envvar="PROBER_SCENARIO", help="Name, file or auto.")
    ] = "auto",
    as_json: AsJson = False,
    output: Output = Path("reports"),
    allow_private: AllowPrivate = False,
    profile: Profile = "auto",
    proxy: Proxy = "",
    exit_country: ExitCountry = "",
    resolve: Resolve = None,
    referer: Referer = "",
    timeout: Timeout = 60.0,
    seed: Annotated[int | None, typer.Option(help="Seed of the identities, to repeat a case.")] = None,
    visits: Annotated[
        int | None, typer.Option(min=1, help="Visits allowed per case (default: the scenario's).")
    ] = None,
    real_time: Annotated[bool, typer.Option("--real-time", help="Never hurry the page's clock.")] = False,
    attended: Annotated[
        bool, typer.Option("--attended", help="Open a window at a captcha or other wall and wait for a person.")
    ] = False,
    server: Annotated[
        str, typer.Option("--server", envvar="PROBER_SERVER", help="Address of a prober server that does the probing.")
    ] = "",
    token: Annotated[str, typer.Option("--token", envvar="PROBER_TOKEN", help="Token for --server.")] = "",
    index: Index = "",
    browser: Browser = "",
    no_sandbox: NoSandbox = False,
    footing: Callable[[], Footing] = no_footing,
) -> None:
    """Probe one suspect and say what it is, with the reason and the evidence."""
    from prober.cli.check import Request, run_check

    request = Request(
                url=url, text=text, scenario=scenario, as_json=as_json, output=output, allow_private=allow_private,
                profile=profile, proxy=proxy, exit_country=exit_country, resolve=tuple(resolve or ()), referer=referer,
                timeout=timeout, seed=seed, visits=visits, real_time=real_time, attended=attended, browser=browser,
                no_sandbox=no_sandbox, footing=footing, index=index,
    )  # fmt: skip
    if server:
        from prober.cli.remote_check import run_remote_check

        raise typer.Exit(run_remote_check(request, server, token, _given_here(context)))
    raise typer.Exit(run_check(request))


_OVER_THERE = {"url", "text", "scenario", "as_json", "server", "token"}  # what makes sense for a server


def _given_here(context: typer.Context) -> tuple[str, ...]:
    """The options on the command line that only the probing machine can decide."""
    given = [
        max(parameter.opts, key=len)
        for parameter in context.command.params
        if parameter.name
        and parameter.name not in _OVER_THERE
        and getattr(context.get_parameter_source(parameter.name), "name", "") == "COMMANDLINE"
    ]
    return tuple(sorted(given))


@app.command()
@on_footing
def run(
    target: Annotated[
        str, typer.Argument(metavar="SCENARIO_OR_SUITE", help="Name or file; auto lets each page decide.")
    ],
    listing: Annotated[
        str, typer.Argument(metavar="LIST", help="Text, CSV, JSON (Lines), a feed of suspects; - reads standard input.")
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", envvar="PROBER_OUTPUT", help="Folder of the run (default: reports/run-TIME)."),
    ] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", envvar="PROBER_JOBS", min=0, help="Cases side by side; 0 chooses.")
    ] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run ended.")] = False,
    column: Annotated[str, typer.Option("--column", help="CSV column or JSON field with the address (url).")] = "",
    as_json: AsJson = False,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="Verdicts that make the exit status 1, with commas; never: none.")
    ] = "fraudulent",
    junit: Annotated[Path | None, typer.Option("--junit", help="Write JUnit XML.")] = None,
    sarif: Annotated[Path | None, typer.Option("--sarif", help="Write SARIF 2.1.0.")] = None,
    pace: Annotated[float, typer.Option("--pace", min=0, help="Least seconds between two cases.")] = 0.0,
    host_pace: Annotated[
        float, typer.Option("--host-pace", min=0, help="Least seconds between cases of one host.")
    ] = 0.0,
    recycle: Annotated[int, typer.Option("--recycle", min=1, help="A fresh browser after this many cases.")] = 150,
    queue: Annotated[
        str, typer.Option("--queue", envvar="PROBER_QUEUE", help="postgresql://…: let prober workers do it.")
    ] = "",
    allow_private: AllowPrivate = False,
    profile: Profile = "auto",
    proxy: Proxy = "",
    exit_country: ExitCountry = "",
    resolve: Resolve = None,
    referer: Referer = "",
    timeout: Timeout = 60.0,
    visits: Annotated[int | None, typer.Option(min=1, help="Visits allowed per case.")] = None,
    real_time: Annotated[bool, typer.Option("--real-time", help="Never hurry the pages' clocks.")] = False,
    index: Index = "",
    evidence: Evidence = "",
    browser: Browser = "",
    no_sandbox: NoSandbox = False,
    footing: Callable[[], Footing] = no_footing,
) -> None:
    """Probe a list of suspects, unattended and resumable; a table of verdicts at the end."""
    from prober.app.check import CheckOptions
    from prober.cli.run import RunArguments, run_list

    options = CheckOptions(
        allow_private=allow_private, profile=profile, proxy=proxy, exit_country=exit_country, referer=referer,
        timeout=timeout, visits=visits, virtual_time=not real_time, index=index,
        evidence=evidence,
    )  # fmt: skip
    raise typer.Exit(
        run_list(
            RunArguments(
                target=target, list=listing, output=output, options=options, resolve=tuple(resolve or ()), column=column,
                jobs=jobs, resume=resume, as_json=as_json, fail_on=fail_on, junit=junit, sarif=sarif, pace=pace,
                host_pace=host_pace, recycle=recycle, queue=queue, browser=browser, no_sandbox=no_sandbox, footing=footing,
            )
        )
    )  # fmt: skip


@app.command()
def worker(
    queue: Annotated[str, typer.Option("--queue", envvar="PROBER_QUEUE", help="postgresql://user:password@host/name")],
    output: Output = Path("reports"),
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", envvar="PROBER_JOBS", min=0, help="Cases side by side; 0 chooses.")
    ] = 0,
    recycle: Annotated[int, typer.Option("--recycle", min=1, help="A fresh browser after this many cases.")] = 150,
    evidence: Evidence = "",
    browser: Browser = "",
    no_sandbox: NoSandbox = False,
) -> None:
    """Probe what a queue hands out, on any number of machines; prober run --queue fills it."""
    from prober.cli.worker import WorkerArguments, run_worker

    raise typer.Exit(
        run_worker(
            WorkerArguments(
                queue=queue,
                output=output,
                jobs=jobs,
                recycle=recycle,
                browser=browser,
                no_sandbox=no_sandbox,
                evidence=evidence,
            )
        )
    )


@app.command()
def judge(
    case: Annotated[Path, typer.Argument(help="A case folder.")],
    as_json: AsJson = False,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read the stored snapshots anew with today's reading rules.")
    ] = False,
) -> None:
    """Apply today's rules to a stored case, without a browser; the case itself is not changed."""
    from prober.cli.judge import run_judge

    raise typer.Exit(run_judge(case, as_json=as_json, reread=reread))


@app.command()
def demo(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", envvar="PROBER_OUTPUT", help="Folder (default: reports/demo).")
    ] = None,
    browser: Browser = "",
    no_sandbox: NoSandbox = False,
    all_sites: Annotated[bool, typer.Option("--all", help="Every site of the lab, not only a few.")] = False,
    example: Annotated[
        bool, typer.Option("--example", help="One whole case with report, letters and exports (reports/example).")
    ] = False,
) -> None:
    """Probe a few practice sites on this machine and show the verdicts."""
    if example:
        from prober.cli.example import run_example

        place = output or Path("reports/example")
        raise typer.Exit(run_example(output=place, browser=browser, no_sandbox=no_sandbox))
    from prober.cli.demo import run_demo

    output = output or Path("reports/demo")
    raise typer.Exit(run_demo(output=output, browser=browser, no_sandbox=no_sandbox, all_sites=all_sites))


@app.command()
def lab(port: Annotated[int, typer.Option(help="Port on loopback; 0 takes a free one.")] = 8900) -> None:
    """Serve the practice sites on loopback until interrupted."""
    from prober.cli.demo import run_lab

    raise typer.Exit(run_lab(port))


@app.command()
@on_footing
def serve(
    host: Annotated[str, typer.Option("--host", envvar="PROBER_HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", envvar="PROBER_PORT", min=1, max=65535)] = 8000,
    output: Output = Path("reports"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", envvar="PROBER_JOBS", min=1, help="Cases side by side.")] = 2,
    public_url: Annotated[
        str, typer.Option("--public-url", envvar="PROBER_PUBLIC_URL", help="https://… of the proxy before it.")
    ] = "",
    queue: Annotated[
        str, typer.Option("--queue", envvar="PROBER_QUEUE", help="postgresql://…: only enqueue; prober workers probe.")
    ] = "",
    allow_private: AllowPrivate = False,
    profile: Profile = "auto",
    proxy: Proxy = "",
    exit_country: ExitCountry = "",
    timeout: Timeout = 60.0,
    browser: Browser = "",
    no_sandbox: NoSandbox = False,
    footing: Callable[[], Footing] = no_footing,
) -> None:
    """Serve the web page and the API; a one-time link is printed."""
    from prober.cli.serve import ServeArguments, run_serve

    raise typer.Exit(
        run_serve(
            ServeArguments(
                host=host, port=port, output=output, jobs=jobs, allow_private=allow_private, profile=profile,
                proxy=proxy, exit_country=exit_country, timeout=timeout, browser=browser, no_sandbox=no_sandbox,
                footing=footing, public_url=public_url, queue=queue,
            )
        )
    )  # fmt: skip


@app.command()
def doctor(browser: Browser = "", no_sandbox: NoSandbox = False, as_json: AsJson = False) -> None:
    """Say which browser was found, what is missing, and whether a page renders."""
    from prober.cli.doctor import run_doctor

    raise typer.Exit(run_doctor(browser=browser, no_sandbox=no_sandbox, as_json=as_json))


@app.command("install-browser")
def install_browser(browser: Browser = "") -> None:
    """Make sure that there is a browser: use the one found, else install one."""
    from prober.cli.doctor import run_install

    raise typer.Exit(run_install(browser))


@scenarios_app.command("list")
def scenarios_list(as_json: AsJson = False) -> None:
    """The scenarios that are installed, with the user's own."""
    from prober.cli.scenarios import run_list

    raise typer.Exit(run_list(as_json=as_json))


@scenarios_app.command("show")
def scenarios_show(name: str) -> None:
    """One scenario, as prober understands it (JSON)."""
    from prober.cli.scenarios import run_show

    raise typer.Exit(run_show(name))


@scenarios_app.command("validate")
def scenarios_validate(files: list[Path]) -> None:
    """Check scenario files; every fault with file, line and field."""
    from prober.cli.scenarios import run_validate

    raise typer.Exit(run_validate(files))


for _name, _command in {**evidence.COMMANDS, **again.COMMANDS}.items():
    app.command(_name)(_command)


def main() -> None:
    """Entry point of the console script."""
    app()
