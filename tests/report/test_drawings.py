"""The timeline and the maps: units, tails, and that everything is inside the frame."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pipeline.report.maps import NARROW_NAMES, WIDTH, WORLD, build_maps
from pipeline.report.tally import Spot
from pipeline.report.timeline import HEIGHT, build_timeline
from pipeline.report.timeline import WIDTH as TIMELINE_WIDTH
from pipeline.report.world import rings


def spot(lat: float, lon: float, events: int = 1, name: str = "حماة", *, area: bool = False) -> Spot:
    return Spot(lat, lon, name, None, None, area, events)


def day(text: str, after: str, *, happened: bool = True) -> tuple[str, str, bool]:
    return f"{text}T00:00", f"{after}T00:00", happened


def test_no_times_no_timeline() -> None:
    assert build_timeline({}) is None


def test_days_of_a_month_are_days() -> None:
    spans = {
        day("2024-12-01", "2024-12-02"): 3,
        day("2024-12-05", "2024-12-06"): 5,
        day("2024-12-05", "2024-12-06", happened=False): 2,
        # A night belongs to the day in which it begins; a month is no day.
        ("2024-12-05T20:00", "2024-12-06T04:00", True): 1,
        day("2024-12-01", "2025-01-01"): 4,
    }
    line = build_timeline(spans)
    assert line is not None
    assert (line.unit, line.coarse, line.before, line.after) == ("day", 4, 0, 0)
    assert [(b.label, b.happened, b.other) for b in line.bars] == [
        ("2024-12-01", 3, 0), ("2024-12-02", 0, 0), ("2024-12-03", 0, 0), ("2024-12-04", 0, 0), ("2024-12-05", 6, 2),
    ]  # fmt: skip


def test_years_of_days_are_months_and_decades_are_years() -> None:
    months = build_timeline(
        {day(f"20{y}-0{m}-03", f"20{y}-0{m}-04"): 1 for y in range(18, 25) for m in range(1, 10)}
    )
    assert months is not None
    assert (months.unit, months.bars[0].label, months.bars[-1].label) == ("month", "2018-01", "2024-09")
    assert months.before == months.after == 0
    years = build_timeline({day(f"{y}-05-03", f"{y}-05-04"): 1 for y in range(1950, 2020)})
    assert years is not None
    assert (years.unit, years.bars[0].label) == ("year", "1950")


def test_one_old_year_does_not_squeeze_the_rest() -> None:
    spans = {day(f"2024-12-{d:02}", f"2024-12-{d + 1:02}"): 10 for d in range(1, 29)}
    line = build_timeline(spans | {day("1973-10-06", "1973-10-07"): 2})
    assert line is not None
    assert (line.unit, line.before) == ("day", 2)


def test_times_that_are_mostly_months_are_drawn_by_month() -> None:
    line = build_timeline({day("2024-11-01", "2024-12-01"): 9, day("2024-12-05", "2024-12-06"): 2})
    assert line is not None
    assert (line.unit, line.coarse) == ("month", 0)


def test_a_century_of_months_stays_bounded() -> None:
    spans = {day(f"{y}-{m:02}-01", f"{y}-{m:02}-02"): 1 for y in range(1500, 2020, 4) for m in range(1, 13)}
    line = build_timeline(spans)
    assert line is not None
    assert len(line.bars) <= 120
    assert sum(b.happened for b in line.bars) + line.before + line.after == sum(spans.values())


@pytest.mark.parametrize("highest", [1, 2, 3, 7, 10, 11, 99, 101, 1110, 98_765])
def test_bars_stay_in_the_frame(highest: int) -> None:
    line = build_timeline({day("2024-12-01", "2024-12-02"): highest, day("2024-12-02", "2024-12-03"): 1})
    assert line is not None
    for bar in line.bars:
        assert 0 <= bar.y_other <= bar.y_happened <= bar.base <= HEIGHT
        assert 0 <= bar.x <= bar.x + bar.width <= TIMELINE_WIDTH + 0.1
    top = int(line.up[-1].label.replace(",", ""))
    assert highest <= top <= 2 * highest


def test_the_outlines_are_those_of_the_earth() -> None:
    assert len(rings()) > 200
    points = [p for ring in rings() for p in ring]
    assert all(-360 < lon < 360 and -91 < lat < 91 for lon, lat in points)
    # All are closed but Antarctica, which goes once around.
    assert sorted(round(abs(ring[0][0] - ring[-1][0])) for ring in rings())[-2:] == [0, 360]
    steps = [abs(a[0] - b[0]) for ring in rings() for a, b in pairwise(ring)]
    assert max(steps) <= 180, "no line across the whole map"


def test_no_places_no_map() -> None:
    assert build_maps([]) == ()


def test_one_place_has_its_surroundings() -> None:
    (only,) = build_maps([spot(35.13, 36.75, 7)])
    (point,) = only.points
    assert WIDTH / 3 < point.x < 2 * WIDTH / 3
    assert only.height / 3 < point.y < 2 * only.height / 3
    assert only.land.count("M") >= 3
    assert [n.text for n in only.names] == ["حماة"]


def test_what_is_far_off_is_on_the_map_of_the_world() -> None:
    near, world = build_maps(
        [spot(33 + n / 10, 36, 20, f"م{n}") for n in range(20)] + [spot(40.7, -74.0, 2, "نيويورك")]
    )
    assert near.outside == 2
    assert len(near.points) == 20
    assert len(world.points) == 21
    assert world.height == WORLD.height
    assert world.names == ()


def test_points_and_names_stay_in_the_frame_and_names_apart() -> None:
    spots = [spot(30 + n % 7, 35 + n % 11, 1 + n % 13, f"مكان بعيد {n}", area=n % 5 == 0) for n in range(77)]
    (only,) = build_maps(spots)
    assert all(0 <= p.x <= WIDTH and 0 <= p.y <= only.height for p in only.points)
    assert [p.spot.events for p in only.points] == sorted((s.events for s in spots), reverse=True)
    assert 0 < sum(n.kept for n in only.names) <= NARROW_NAMES
    assert all(0 < n.y < only.height for n in only.names)
    numbers = [int(n) for n in re.findall(r"-?\d+", only.land)]
    assert len(numbers) > 100
