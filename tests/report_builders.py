"""A text with two events and the records of it, for the tests of the page."""

from __future__ import annotations

from evaluation_builders import record, span
from outputs_builders import changed

from pipeline.records import EventRecord

TEXT = (
    "سيطرت قوات المعارضة أمس على مدينة حماة 😀، وقال مصدر إن الشرطة اعتقلت خمسة أشخاص في <b>عدن</b> & صنعاء."
)
EVIL = '<script>document.title="owned"</script><img src="https://evil.invalid/x.png" onerror=alert(1)>'


def place(surface: str, lat: float, lon: float, **more: object) -> dict[str, object]:
    """A resolved place of ``TEXT``."""
    found = span(TEXT, surface) | {
        "relation": "in",
        "name_en": "Somewhere",
        "gazetteer_id": f"test:{surface}",
        "lat": lat,
        "lon": lon,
        "admin1": None,
        "country": "SYR",
        "precision": "exact",
        "distance_km": None,
        "bearing": None,
        "score": None,
    }
    return found | more


def seize(name: str, **values: object) -> EventRecord:
    """The first event of ``TEXT``."""
    base = record(TEXT, "سيطرت", "seize-territory", actors=("قوات المعارضة",), name=name)
    more = {
        "confidence": 0.9,
        "places": [place("مدينة حماة", 35.13, 36.75)],
        "when": span(TEXT, "أمس")
        | {"from": "2024-12-05T00:00", "to": "2024-12-06T00:00", "granularity": "day", "method": "relative"},
        "time": "2024-12-05",
    }
    return changed(base, **(more | values))


def arrest(name: str, **values: object) -> EventRecord:
    """The second event of ``TEXT``."""
    base = record(
        TEXT, "اعتقلت", "arrest", actors=("الشرطة",), targets=("خمسة أشخاص",), name=name, by="مصدر",
        assertion="reported",
    )  # fmt: skip
    return changed(base, **({"confidence": 0.2, "places": [place("عدن", 12.79, 45.02)]} | values))
