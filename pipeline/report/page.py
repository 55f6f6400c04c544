"""The page: figures and drawings into a template that escapes every string."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.digest import Digest
from pipeline.report.evidence import build_evidence
from pipeline.report.maps import FONT, NARROW_FONT, WIDTH, build_maps
from pipeline.report.tally import Row
from pipeline.report.timeline import BOTTOM, HEIGHT, build_timeline
from pipeline.report.timeline import WIDTH as TIMELINE_WIDTH

#: How the slots are called, in the order of the legend; the class of each is ``s`` and its number.
SLOTS = ("trigger", "actor", "target", "place", "time", "said by", "count")


def render(digest: Digest, manifest: Mapping[str, Any]) -> str:
    """The page as text.

    Args:
        digest: the figures.
        manifest: the run's; versions alone are taken from it, and without it none are shown.
    """
    environment = Environment(
        loader=PackageLoader("pipeline.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(share=_share, thousands=lambda n: f"{n:,}", counted=_counted)
    loader = environment.loader
    assert loader is not None
    style = loader.get_source(environment, "report.css")[0]
    return environment.get_template("report.html").render(
        d=digest,
        style=Markup(style),
        style_hash=_hash(style),
        maps=build_maps(digest.spots),
        map_width=WIDTH,
        fonts=(FONT, NARROW_FONT),
        timeline=build_timeline(digest.spans),
        timeline_box=(TIMELINE_WIDTH, HEIGHT, HEIGHT - BOTTOM),
        versions=_versions(manifest),
        most=[build_evidence(r) for r in digest.most],
        least=[build_evidence(r) for r in digest.least],
        slot_class={slot: f"s{number}" for number, slot in enumerate(SLOTS)},
        tables=_tables(digest),
    )


def _hash(style: str) -> str:
    """What the content security policy names the style sheet by."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _share(part: int, whole: int) -> float:
    """A part in per cent of the whole, to a tenth."""
    return round(100 * part / whole, 1) if whole else 0.0


def _counted(number: int, noun: str) -> str:
    """A number and what it counts."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _versions(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and versions, as the manifest of the run has them."""
    known = {
        "waqai": manifest.get("waqai"),
        "record schema": manifest.get("schema_version"),
        **{str(k): v for k, v in manifest.get("versions", {}).items() if k != "version"},
        "code": manifest.get("code"),
        **{str(k): v for k, v in manifest.get("libraries", {}).items()},
    }
    return [(name, str(version)) for name, version in known.items() if version]


def _tables(digest: Digest) -> list[tuple[str, str, tuple[str, ...], tuple[Row, ...]]]:
    """Tables of counts: anchor, title, headings of the names, rows."""
    return [
        ("actors", "Actors", ("actor",), digest.actors),
        ("targets", "Targets", ("target",), digest.targets),
        ("pairs", "Who to whom", ("actor", "target"), digest.pairs),
        ("places", "Places", ("place", "country"), digest.places),
    ]
