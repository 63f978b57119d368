"""Quarters for one browser process: a temporary home of its own, an empty environment, an unprivileged user."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import pwd
import shlex
import shutil
import signal
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from prober.errors import BrowserError

# From the range that service managers give to short-lived users (systemd's DynamicUser), so it is nobody's.
_UIDS = range(61184, 65520)
_starts = itertools.count()  # two that start at once get different ids
_PREFIX = "prober-browser-"
# A browser with a window must find the display; nothing else of the user's environment is handed on.
_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR")

_WRAPPER = """#!/bin/sh
# Written by prober: runs the browser with nothing of the caller's but the arguments.
echo $$ > {pid}
n=$#
while [ $n -gt 0 ]; do
    a=$1; shift; n=$((n - 1))
    case "$a" in --user-data-dir=*) a=--user-data-dir={profile} ;; esac
    set -- "$@" "$a"
done
cd {home}
exec env -i {environment} {privileges}{executable} "$@"
"""


@dataclass
class Quarters:
    """Where one browser lives. `executable` is what to start; `sweep` removes it all."""

    folder: Path
    executable: Path
    uid: int | None
    _swept: bool = field(default=False, repr=False)

    def sweep(self) -> None:
        """End what is left of the browser and remove its files; safe to call twice."""
        if self._swept:
            return
        self._swept = True
        atexit.unregister(self.sweep)
        pid = self.pid
        if pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # gone already, as it should be
                os.killpg(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self) -> int | None:
        """The browser's process group, None when it never started or the number is somebody else's by now."""
        try:
            pid = int((self.folder / "pid").read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if str(self.folder).encode() in command and os.getpgid(pid) == pid else None


def furnish(browser: str, *, headed: bool = False) -> Quarters:
    """Make a home for one run of a browser (POSIX systems).

    As root the browser runs under a user id of its own, so that its sandbox works and your files are out of reach.

    Raises:
        BrowserError: as root, `setpriv` is missing.
    """
    place = Path(_open_place() or tempfile.gettempdir())
    _sweep_abandoned(place)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
    (folder / "owner").write_text(_started(os.getpid()))
    uid = _free_uid() if os.geteuid() == 0 else None
    setpriv = shutil.which("setpriv")
    if uid is not None and setpriv is None:
        shutil.rmtree(folder, ignore_errors=True)
        raise BrowserError(
            "as root the browser needs 'setpriv' (package util-linux) to drop its privileges; install it"
        )
    for name in ("home", "tmp", "profile"):
        (folder / name).mkdir(mode=0o700)
    executable = browser if uid is None else _reachable(browser, folder)
    environment = {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
    }
    if headed:
        environment |= {name: os.environ[name] for name in _DISPLAY if name in os.environ}
    wrapper = folder / "browser"
    wrapper.write_text(
        _WRAPPER.format(
            pid=shlex.quote(str(folder / "pid")),
            profile=shlex.quote(str(folder / "profile")),
            home=shlex.quote(str(folder / "home")),
            environment=" ".join(f"{name}={shlex.quote(value)}" for name, value in environment.items()),
            privileges="" if uid is None else f"{setpriv} --reuid={uid} --regid={uid} --clear-groups -- ",
            executable=shlex.quote(executable),
        )
    )
    wrapper.chmod(0o755)
    if uid is not None:
        for name in ("home", "tmp", "profile"):
            os.chown(folder / name, uid, uid)
        folder.chmod(0o711)
    quarters = Quarters(folder, wrapper, uid)
    atexit.register(quarters.sweep)  # for a driver that ends without saying that its browser did
    return quarters


def _sweep_abandoned(place: Path) -> None:
    """Remove what runs that were killed have left; their browsers ended with them."""
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # another run sweeps it, or it is not ours
            owner = (folder / "owner").read_text()
            if folder.stat().st_uid == os.geteuid() and owner != _started(int(owner.split()[0])):
                shutil.rmtree(folder, ignore_errors=True)


def _started(pid: int) -> str:
    """A process as 'number start-time', so that a number used again is told apart; the number alone without /proc."""
    try:
        return f"{pid} {Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[19]}"
    except OSError:
        return f"{pid} " if _alive(pid) else ""


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _open_place() -> str | None:
    """A temporary folder that another user can get into; None for the ordinary one."""
    if os.geteuid() != 0:
        return None
    for place in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        if _others_may_enter(Path(place)):
            return place
    return None


def _others_may_enter(path: Path) -> bool:
    """Whether any user may pass through a folder and all above it."""
    path = path.resolve()
    return all(part.is_dir() and part.stat().st_mode & 0o001 for part in (path, *path.parents))


def _reachable(browser: str, folder: Path) -> str:
    """The browser itself, or, where only root can read it (as in /root/.cache), a copy that the new user can."""
    real = Path(browser).resolve()
    if _others_may_enter(real.parent):
        return browser
    room = folder / "program"
    shutil.copytree(real.parent, room, copy_function=_link_or_copy, symlinks=True)
    for path in (room, *room.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    return str(room / real.name)


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)  # the same file under a second name: no time, no space
    except OSError:
        shutil.copy2(source, target)
    return target


def _free_uid() -> int:
    """A user id that no account has; runs side by side get different ones."""
    start = (os.getpid() * 7 + next(_starts)) % len(_UIDS)
    taken = {entry.pw_uid for entry in pwd.getpwall()} | _running_uids()
    order = (*_UIDS[start:], *_UIDS[:start])
    free: int = next(uid for uid in order if uid not in taken)
    return free


def _running_uids() -> set[int]:
    uids = set()
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            uids.add(path.stat().st_uid)
    return uids
