"""`prober users`, `prober tokens` and `prober audit`: who may use a server, and what they did."""

from __future__ import annotations

import getpass
import json
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from prober.cli.faults import told
from prober.models.people import Role, User

Result = TypeVar("Result")

if TYPE_CHECKING:
    from prober.store.access.people import People

Output = Annotated[
    Path, typer.Option("--output", "-o", envvar="PROBER_OUTPUT", help="The folder of cases that the server serves.")
]
RoleOption = Annotated[str, typer.Option("--role", help="viewer, analyst or admin.")]
Team = Annotated[str, typer.Option("--team", help="Whose cases they see beside their own; '' for none.")]
Shown = Annotated[str, typer.Option("--full-name", help="The name that stands in reviews.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]
Generate = Annotated[bool, typer.Option("--generate", help="Draw a password and print it, once.")]

users_app = typer.Typer(
    help="Who may use the server; without any user its printed link opens it.", no_args_is_help=True
)
tokens_app = typer.Typer(help="Keys of programs, each with its user's role and cases.", no_args_is_help=True)


@users_app.command("add")
def users_add(
    name: str, role: RoleOption = "analyst", team: Team = "", full_name: Shown = "", output: Output = Path("reports"),
    generate: Generate = False,
) -> None:  # fmt: skip
    """Make a user; the password is asked for, or read from standard input."""

    def work(people: People) -> User:
        password = _password(name, generate=generate)
        return people.add(name, password, _role(role), team, full_name)

    user = _done(output, "user added", work)
    print(f"{user.name}: {user.role}{f', team {user.team}' if user.team else ''}", file=sys.stderr)


@users_app.command("change")
def users_change(
    name: str,
    role: Annotated[str | None, typer.Option("--role", help="viewer, analyst or admin.")] = None,
    team: Annotated[str | None, typer.Option("--team", help="'' for none; cases stay with the team they had.")] = None,
    full_name: Annotated[str | None, typer.Option("--full-name")] = None,
    output: Output = Path("reports"),
) -> None:
    """Give a user another role, team or full name; they have to sign in again."""
    _done(
        output, "user changed",
        lambda people: people.change(name, role=_role(role) if role else None, team=team, shown=full_name),
        detail=f"role {role or '-'}, team {'-' if team is None else team or 'none'}",
    )  # fmt: skip


@users_app.command("password")
def users_password(name: str, output: Output = Path("reports"), generate: Generate = False) -> None:
    """Give a user another password; they have to sign in again."""

    def work(people: People) -> User:
        people.find(name)
        return people.change(name, password=_password(name, generate=generate))

    _done(output, "password changed", work)


@users_app.command("disable")
def users_disable(name: str, output: Output = Path("reports")) -> None:
    """Let a user in no more, nor their tokens; what they did stays in the log."""
    _done(output, "user disabled", lambda people: people.change(name, disabled=True))


@users_app.command("enable")
def users_enable(name: str, output: Output = Path("reports")) -> None:
    """Let a disabled user in again."""
    _done(output, "user enabled", lambda people: people.change(name, disabled=False))


@users_app.command("list")
def users_list(output: Output = Path("reports"), as_json: AsJson = False) -> None:
    """Everybody with role and team."""
    users = _asked(output, lambda people: people.all())
    if as_json:
        print(json.dumps([user.model_dump(mode="json", exclude={"id"}) for user in users], ensure_ascii=False))
        return
    for user in users:
        state = f"disabled {user.disabled_at:%Y-%m-%d}" if user.disabled_at else ""
        print(f"{user.name:24} {user.role:8} {user.team or '-':16} {user.shown}  {state}".rstrip())


@users_app.command("share")
def users_share(
    case: Annotated[str, typer.Argument(help="A case's id.")],
    user: Annotated[str, typer.Option("--user")] = "",
    team: Annotated[str, typer.Option("--team")] = "",
    output: Output = Path("reports"),
) -> None:
    """Let a user or a team see a case, for example one that was probed from a terminal."""
    from prober.errors import UsageError
    from prober.store.index.index import CaseIndex

    def work(people: People) -> User | None:
        if bool(user) == bool(team):
            raise UsageError("Give --user NAME or --team NAME.")
        if team and all(one.team != team.casefold() for one in people.all()):
            raise UsageError(f"Nobody is in a team '{team[:40]}'.")
        found = people.find(user) if user else None
        index = CaseIndex(output)
        try:
            index.share(case, frozenset({f"user:{found.id}" if found else f"team:{team.casefold()}"}))
        finally:
            index.close()
        return found

    _done(output, "case shared", work, subject=case, detail=user or f"team {team}")


@tokens_app.command("add")
def tokens_add(
    user: str,
    label: Annotated[str, typer.Option("--label", help="What it is for.")] = "",
    days: Annotated[int, typer.Option("--days", min=0, max=3650, help="Valid for; 0 for no end.")] = 365,
    output: Output = Path("reports"),
) -> None:
    """Make a token; it is printed once, on standard output."""
    made, secret = _done(output, "token made", lambda people: people.make_token(user, label, days), subject=user)
    until = f"until {made.expires_at:%Y-%m-%d}" if made.expires_at else "without end"
    print(f"Token {made.id} of {made.user}, {until}; it is shown this once:", file=sys.stderr)
    print(secret)


@tokens_app.command("list")
def tokens_list(
    user: Annotated[str, typer.Argument()] = "", output: Output = Path("reports"), as_json: AsJson = False
) -> None:
    """Tokens with their last use, never the keys themselves."""
    tokens = _asked(output, lambda people: people.tokens(user))
    if as_json:
        print(json.dumps([token.model_dump(mode="json") for token in tokens], ensure_ascii=False))
        return
    for token in tokens:
        until = f"until {token.expires_at:%Y-%m-%d}" if token.expires_at else "without end"
        used = f"used {token.used_at:%Y-%m-%d %H:%M}" if token.used_at else "never used"
        print(f"{token.id}  {token.user:24} {until}  {used}  {token.label}".rstrip())


@tokens_app.command("revoke")
def tokens_revoke(token: Annotated[str, typer.Argument(help="Its id.")], output: Output = Path("reports")) -> None:
    """End a token at once."""
    _done(output, "token revoked", lambda people: people.revoke(token), subject=token)


def audit(
    output: Output = Path("reports"),
    who: Annotated[str, typer.Option("--who", help="A user's name.")] = "",
    what: Annotated[str, typer.Option("--what", help="submitted, joined, reviewed:confirmed, purged, ...")] = "",
    subject: Annotated[str, typer.Option("--about", help="The id of a case, submission or run.")] = "",
    since: Annotated[str, typer.Option("--since", help="2026-11-22, or an age such as 7d.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1)] = 100,
    as_json: AsJson = False,
) -> None:
    """Who submitted, reviewed, purged and altered what on the server of this folder, the newest first."""
    from prober.cli.cases import moment
    from prober.reporting.text import harmless
    from prober.store.access.deeds import Deeds

    lines, total = _asked(
        output,
        lambda people: Deeds(people.engine, people.where).read(
            who=who, what=what, subject=subject, since=moment(since), limit=limit
        ),
    )
    for line in lines:
        if as_json:
            print(line.model_dump_json())
            continue
        parts = (f"{line.at:%Y-%m-%d %H:%M:%S}", line.who, line.what, line.subject, line.detail, line.address)
        print("  ".join(harmless(part, 500) for part in parts if part))
    if total > len(lines):
        print(f"{total - len(lines)} more; --limit shows them.", file=sys.stderr)


def _done(output: Path, what: str, work: Callable[[People], Result], subject: str = "", detail: str = "") -> Result:
    """Do something to the users and note it; the subject is the user that comes of it, where none is given."""
    from prober.store.access.deeds import Deeds, terminal

    def noted(people: People) -> Result:
        result = work(people)
        about = subject or (result.name if isinstance(result, User) else "")
        Deeds(people.engine, people.where).note(terminal(), what, about, detail)
        return result

    return _asked(output, noted)


def _asked(output: Path, question: Callable[[People], Result]) -> Result:
    with told(as_json=False):
        from prober.store.access.people import People
        from prober.store.access.place import access_of

        people = People(access_of(output))
        try:
            return question(people)
        finally:
            people.close()
    raise AssertionError("unreachable")


def _role(text: str) -> Role:
    from prober.errors import UsageError

    try:
        return Role(text.lower())
    except ValueError:
        raise UsageError(f"'{text[:20]}' is no role; there are {', '.join(Role)}.") from None


def _password(name: str, *, generate: bool) -> str:
    """Drawn, typed twice, or the first line of standard input."""
    from prober.errors import UsageError

    if generate:
        password = "-".join(secrets.token_hex(3) for _ in range(4))
        print(password)
        return password
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(f"Password of {name}: ")
    if getpass.getpass("Once more: ") != password:
        raise UsageError("The two passwords differ; nothing was changed.")
    return password
