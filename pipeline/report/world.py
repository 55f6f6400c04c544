"""The coastlines and borders that the map is drawn on.

Natural Earth 1:110m, public domain, as the npm package world-atlas 2.0.2 ships it in TopoJSON: lines are cut into
arcs that neighbours share, and an arc is a list of differences of integers.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

#: A closed line of (longitude, latitude), WGS 84 degrees; without a jump at the antimeridian, so beyond 180 there.
Ring = tuple[tuple[float, float], ...]


@lru_cache(maxsize=1)
def rings() -> tuple[Ring, ...]:
    """The outlines of all countries, holes (Lesotho in South Africa) too."""
    path = Path(__file__).parent / "data" / "countries-110m.json"
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    shapes = topology["objects"]["countries"]["geometries"]
    return tuple(_ring(indices, arcs) for shape in shapes for indices in _indices(shape))


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            points.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(tuple(points))
    return arcs


def _indices(shape: dict[str, Any]) -> list[list[int]]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [ring for polygon in polygons for ring in polygon]


def _ring(indices: list[int], arcs: list[Ring]) -> Ring:
    """Arcs one after the other; the index ``~i`` is arc ``i`` backwards, and the points where two meet are in both."""
    points: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        for lon, lat in arc[1:] if points else arc:
            # Across the antimeridian the line goes on, to longitudes beyond 180 degrees.
            turn = round((points[-1][0] - lon) / 360) * 360 if points else 0
            points.append((lon + turn, lat))
    return tuple(points)
