"""Device profiles: how a visit shows itself, true to the version of the browser that really runs."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

from prober.errors import UsageError
from prober.models.base import Noun


class Size(Noun):
    """Width and height in CSS pixels."""

    width: int
    height: int


class Hints(Noun):
    """What the device says in client hints (User-Agent Client Hints, W3C draft)."""

    platform: str
    platform_version: str
    model: str
    architecture: str
    bitness: str


class Gpu(Noun):
    """What WebGL says of the graphics hardware."""

    vendor: str
    renderer: str


class Profile(Noun):
    """One device. `agent` holds '{major}' for the browser's version; `scale` is the device pixel ratio."""

    name: str
    agent: str
    mobile: bool
    touch_points: int
    viewport: Size
    screen: Size
    scale: float
    orientation: str
    hints: Hints
    navigator_platform: str
    cores: int
    memory: int
    gpu: Gpu
    plugins: bool

    def user_agent(self, version: str) -> str:
        """The agent string for a browser version such as '156.0.8078.79' (reduced, as Chrome sends it)."""
        return self.agent.format(major=version.partition(".")[0])

    def metadata(self, version: str) -> dict[str, Any]:
        """`Emulation.UserAgentMetadata` for this device and browser version."""
        major = version.partition(".")[0]
        return {
            "brands": brands(major, major),
            "fullVersionList": brands(major, version, full=True),
            "fullVersion": version,
            "platform": self.hints.platform,
            "platformVersion": self.hints.platform_version,
            "architecture": self.hints.architecture,
            "model": self.hints.model,
            "mobile": self.mobile,
            "bitness": self.hints.bitness,
            "wow64": False,
            "formFactors": ["Mobile"] if self.mobile else ["Desktop"],
        }

    def hint_headers(self, version: str) -> dict[str, str]:
        """The low-entropy hints that Chrome sends with every request to a secure origin."""
        major = version.partition(".")[0]
        listed = ", ".join(f'"{entry["brand"]}";v="{entry["version"]}"' for entry in brands(major, major))
        return {
            "sec-ch-ua": listed,
            "sec-ch-ua-mobile": "?1" if self.mobile else "?0",
            "sec-ch-ua-platform": f'"{self.hints.platform}"',
        }


# Chromium's GREASE for brand lists (components/embedder_support/user_agent_utils.cc): characters, version and
# order follow from the major version, so that a wrong order tells a disguise from a real Chrome.
_GREASE_CHARACTERS = (" ", "(", ":", "-", ".", "/", ")", ";", "=", "?", "_")
_GREASE_VERSIONS = ("8", "99", "24")
_ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))


def brands(major: str, version: str, *, full: bool = False) -> list[dict[str, str]]:
    """The brand list of Google Chrome of a major version, in its order.

    full: long version numbers, as in `fullVersionList`.
    """
    seed = int(major)
    left = _GREASE_CHARACTERS[seed % len(_GREASE_CHARACTERS)]
    right = _GREASE_CHARACTERS[(seed + 1) % len(_GREASE_CHARACTERS)]
    grease = _GREASE_VERSIONS[seed % len(_GREASE_VERSIONS)]
    entries = (
        {"brand": f"Not{left}A{right}Brand", "version": f"{grease}.0.0.0" if full else grease},
        {"brand": "Chromium", "version": version},
        {"brand": "Google Chrome", "version": version},
    )
    placed: list[dict[str, str]] = [{}, {}, {}]
    for entry, place in zip(entries, _ORDERS[seed % len(_ORDERS)], strict=True):
        placed[place] = entry
    return placed


@lru_cache(maxsize=1)
def profiles() -> dict[str, Profile]:
    """All device profiles by name."""
    import yaml

    text = files("prober.browser").joinpath("profiles.yaml").read_text(encoding="utf-8")
    return {
        name: Profile(name=name, **entry)
        for name, entry in yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)).items()
    }


def profile(name: str) -> Profile:
    """The device profile of a name.

    Raises:
        UsageError: there is none.
    """
    found = profiles().get(name)
    if found is None:
        raise UsageError(f"there is no device profile '{name}'; known are {', '.join(profiles())}")
    return found
