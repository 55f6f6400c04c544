"""The map: which part of the world it shows, and where points and names go."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.report.tally import Spot
from pipeline.report.world import rings

#: The drawing is this wide, in its own units; heights follow from the part of the world that it shows.
WIDTH = 960.0
_LOWEST, _HIGHEST = 400.0, 620.0

#: Font sizes of names on wide and on narrow screens, in units of the drawing, and how many are kept on narrow ones.
FONT, NARROW_FONT, NARROW_NAMES = 15.0, 30.0, 7
_NAMES, _LETTERS = 40, 22
#: Radii of the smallest and the largest circle, on the map and on that of the world.
_RADII, _WORLD_RADII = (3.5, 24.0), (2.0, 9.0)
#: Degrees: nothing smaller is shown, the coastlines would be a few strokes.
_SMALLEST = 9.0
#: Part of the events that may lie outside the map on each side, further off than so many degrees; they are on the map
#: of the world below it.
_TAIL, _NEAR = 0.03, 6.0


@dataclass(frozen=True, slots=True)
class View:
    """A part of the world and its projection: equirectangular, true to scale at the middle latitude."""

    west: float
    north: float
    east: float
    south: float

    @property
    def scale(self) -> float:
        """Units of the drawing for a degree of longitude."""
        return WIDTH / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """A degree of latitude in degrees of longitude."""
        return 1 / math.cos(math.radians((self.north + self.south) / 2))

    @property
    def height(self) -> float:
        return round((self.north - self.south) * self.stretch * self.scale, 1)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point is drawn."""
        return (lon - self.west) * self.scale, (self.north - lat) * self.stretch * self.scale

    def holds(self, spot: Spot) -> bool:
        return self.west <= spot.lon <= self.east and self.south <= spot.lat <= self.north


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map: its centre and radius."""

    x: float
    y: float
    radius: float
    spot: Spot


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name on the map, centred at x; ``kept`` on narrow screens too."""

    x: float
    y: float
    text: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Map:
    """A map: outlines as an SVG path, points with the largest first, names, and the events that lie outside."""

    height: float
    land: str
    points: tuple[Point, ...]
    names: tuple[Name, ...]
    outside: int


#: All continents but Antarctica.
WORLD = View(-170.0, 75.0, 190.0, -56.0)


def build_maps(spots: Sequence[Spot]) -> tuple[Map, ...]:
    """One map of where the events are; where some are far off, one of the world besides. No map without places."""
    if not spots:
        return ()
    view = _view(spots)
    near = _draw(view, spots, names=_NAMES)
    return (near, _draw(WORLD, spots, names=0)) if near.outside else (near,)


def _view(spots: Sequence[Spot]) -> View:
    west, east = _middle([(s.lon, s.events) for s in spots])
    south, north = _middle([(s.lat, s.events) for s in spots])
    # What lies a few degrees beyond is taken in: a cheap price for having it on the map.
    near = [
        s for s in spots if west - _NEAR <= s.lon <= east + _NEAR and south - _NEAR <= s.lat <= north + _NEAR
    ]
    west, east = min(s.lon for s in near), max(s.lon for s in near)
    south, north = min(s.lat for s in near), max(s.lat for s in near)
    west, east = _widen(west, east, _SMALLEST * 1.4)
    south, north = _widen(south, north, _SMALLEST)
    if east - west > 200:
        return WORLD
    view = View(west, min(north, 84.0), east, max(south, -84.0))
    if view.height < _LOWEST:
        missing = (_LOWEST / view.height - 1) * (view.north - view.south) / 2
        return View(view.west, min(view.north + missing, 84.0), view.east, max(view.south - missing, -84.0))
    if view.height > _HIGHEST:
        missing = (view.height / _HIGHEST - 1) * (view.east - view.west) / 2
        return View(view.west - missing, view.north, view.east + missing, view.south)
    return view


def _middle(values: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """The values between which all but the tails lie."""
    spare = _TAIL * sum(n for _, n in values)
    ends = []
    for ordered in (sorted(values), sorted(values, reverse=True)):
        passed = 0
        for value, n in ordered:
            passed += n
            if passed > spare:
                ends.append(value)
                break
    return ends[0], ends[1]


def _widen(low: float, high: float, least: float) -> tuple[float, float]:
    margin = max((high - low) * 0.07, (least - (high - low)) / 2)
    return low - margin, high + margin


def _draw(view: View, spots: Sequence[Spot], *, names: int) -> Map:
    low, high = _WORLD_RADII if view is WORLD else _RADII
    shown = [s for s in spots if view.holds(s)]
    most = max((s.events for s in shown), default=1)
    points = []
    for spot in sorted(shown, key=lambda s: (-s.events, s.lat, s.lon, s.name)):
        x, y = view.at(spot.lon, spot.lat)
        radius = max(low, high * math.sqrt(spot.events / max(most, 4)))
        points.append(Point(round(x, 1), round(y, 1), round(radius, 1), spot))
    outside = sum(s.events for s in spots) - sum(s.events for s in shown)
    return Map(view.height, _land(view), tuple(points), _place_names(points[:names], view.height), outside)


def _land(view: View) -> str:
    """The outlines that touch the view. Two points that would fall on one dot of the drawing are one."""
    parts = []
    for ring in rings():
        corners = [view.at(lon, lat) for lon, lat in ring]
        if _misses(corners, view.height):
            continue
        path: list[tuple[int, int]] = []
        for x, y in corners:
            dot = (round(x), round(y))
            if not path or dot != path[-1]:
                path.append(dot)
        if len(path) > 2:
            parts.append("M" + "L".join(f"{x} {y}" for x, y in path) + "Z")
    return "".join(parts)


def _misses(corners: Sequence[tuple[float, float]], height: float) -> bool:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > height


Box = tuple[float, float, float, float]


def _place_names(points: Sequence[Point], height: float) -> tuple[Name, ...]:
    """Names above or below their points where no other name is; the places with most events come first."""
    taken: list[Box] = []
    names: list[Name] = []
    for point in points:
        kept = len(names) < NARROW_NAMES
        size = NARROW_FONT if kept else FONT
        text = point.spot.name
        text = text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
        half = len(text) * size * 0.28
        x = min(max(point.x, half), WIDTH - half)
        for y in (point.y - point.radius - 4, point.y + point.radius + size * 0.9):
            box = (x - half, y - size, x + half, y + size * 0.3)
            if box[1] > 0 and box[3] < height and not any(_meet(box, other) for other in taken):
                names.append(Name(round(x, 1), round(y, 1), text, kept))
                taken.append(box)
                break
    return tuple(names)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
