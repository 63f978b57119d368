"""What a site can tell about prober under each profile, beside what a real phone or desktop would say.

python -m benchmarks.fingerprint [--profile phone desktop]
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable

from prober.browser.engine import open_engine
from prober.lab.hostile.fingerprint import SITE
from prober.lab.server import serve
from prober.ports import Visit

Said = dict[str, object]

# What gives a driven browser away: (in words, whether it does).
MARKS: tuple[tuple[str, Callable[[Said, bool], bool]], ...] = (
    ("says that it is driven", lambda s, phone: s["webdriver"] is not False),
    ("names itself headless", lambda s, phone: "headless" in json.dumps(s).lower()),
    ("a phone without touch", lambda s, phone: phone and (s["touch points"] == 0 or not s["coarse pointer"])),
    ("a desktop with touch", lambda s, phone: not phone and s["touch points"] != 0),
    ("languages differ from the header", lambda s, phone: str(s["languages"]).split(",")[0] not in str(s["header accept-language"])),
    ("agent differs from the header", lambda s, phone: s["agent"] != s["header user-agent"]),
    ("not in Kazakhstan's time zone", lambda s, phone: s["time zone"] != "Asia/Almaty"),
    ("draws by software", lambda s, phone: "swiftshader" in str(s["graphics"]).lower()),
    ("platform is not the device's", lambda s, phone: phone and "arm" not in str(s["platform"]) and "aarch" not in str(s["platform"])),
    ("frames tell another story", lambda s, phone: s["frame agrees"] is not True),
    ("workers name another agent", lambda s, phone: s["worker: agent agrees"] is not True),
    ("workers name another platform", lambda s, phone: s["worker: platform"] != s["platform"]),
    ("workers count other cores", lambda s, phone: s["worker: cores"] != s["cores"]),
    ("somebody listens to the console", lambda s, phone: s["listened to by a debugger"] is True),
    ("getters are not native", lambda s, phone: s["getters look native"] is not True),
    ("marks of a driver", lambda s, phone: s["marks of drivers"] != "none"),
    ("no service workers", lambda s, phone: s["service worker"] is not True),
    ("fonts of a server", lambda s, phone: "DejaVu" in str(s["fonts"]) or "Liberation" in str(s["fonts"])),
    ("a wire instead of mobile data", lambda s, phone: phone and "cellular" not in str(s["connection"])),
)  # fmt: skip


async def look(profile: str) -> Said:
    """What the page learns about one visit."""
    async with serve([SITE]) as lab, open_engine() as engine:
        visit = Visit(profile=profile, allow_private=True, suspect_host="fingerprint.localhost", virtual_time=False)
        async with engine.visit(visit) as session:
            await session.goto(lab.url("fingerprint"))
            await session.observe()
            posted = next((r for r in reversed(lab.log) if r.method == "POST"), None)
            if posted is None:
                return {}
            return json.loads(posted.body) | {f"header {name}": value for name, value in posted.headers}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", nargs="+", default=["phone", "desktop"])
    for profile in parser.parse_args().profile:
        said = asyncio.run(look(profile))
        print(f"\n== {profile}")
        for name, value in said.items():
            print(f"  {name:28} {value}")
        told = [words for words, gives_away in MARKS if said and gives_away(said, profile == "phone")]
        print(f"  gives away ({len(told)} of {len(MARKS)}): {'; '.join(told) or 'nothing'}")


if __name__ == "__main__":
    main()
