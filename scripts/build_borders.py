"""Build ``scenario/data/borders.npz`` from Natural Earth's countries at 1:50 million.

Source: Natural Earth 4.1 (public domain), as TopoJSON in the npm package ``world-atlas`` 2.0.2.
Get it with ``npm pack world-atlas@2.0.2`` and run::

    python scripts/build_borders.py world-atlas-2.0.2.tgz

What is changed, and why:

* Natural Earth draws who holds a place, today. Crimea goes to Ukraine, as GeoNames counts its towns and as
  both sides' treaties had it on the days that the scenarios speak of; Northern Cyprus goes to Cyprus and
  Somaliland to Somalia for the same reason. Kosovo keeps GeoNames' code XK. None of this is a judgement.
* France's overseas departments carry their own ISO codes, because GeoNames counts their people apart.
* Coordinates are whole thousandths of a degree, which is finer than the source.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import antimeridian
import numpy as np
import shapely

DATA = Path(__file__).parent.parent / "src/equipoise/scenario/data"
MEMBER = "package/countries-50m.json"
UNIT_DEG = 1e-3

#: Names that Natural Earth gives without an ISO number, and the code that GeoNames files them under.
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}

#: (code in Natural Earth, (west, south, east, north) degrees, code used here).
MOVED = (
    ("RU", (32.0, 44.0, 36.8, 46.3), "UA"),
    ("FR", (-55.0, 1.0, -51.0, 6.5), "GF"),
    ("FR", (-62.5, 15.5, -60.8, 17.0), "GP"),
    ("FR", (-61.5, 14.0, -60.5, 15.2), "MQ"),
    ("FR", (55.0, -22.0, 56.2, -20.0), "RE"),
    ("FR", (44.5, -13.5, 45.8, -12.0), "YT"),
)

Ring = np.ndarray


def decode_arcs(topology: dict[str, Any]) -> list[Ring]:
    """The TopoJSON arcs as (n, 2) arrays of longitude and latitude in degrees (delta coding undone)."""
    scale, shift = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    return [np.cumsum(np.array(arc, dtype=np.int64), axis=0) * scale + shift for arc in topology["arcs"]]


def join(ring: list[int], arcs: list[Ring]) -> Ring:
    """One ring from its arcs; ``~i`` means arc i backwards, and joints are kept once."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return np.concatenate([parts[0], *(p[1:] for p in parts[1:])])


def polygons(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[list[Ring]]:
    """Each polygon of a geometry as its outer ring followed by its holes."""
    many = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in many:
        yield from cut_at_date_line([join(ring, arcs) for ring in polygon])


def cut_at_date_line(rings: list[Ring]) -> Iterator[list[Ring]]:
    """The polygon itself, or its parts on either side of the date line (the package joins them across it).

    The package's rings have their land on the right; the cut wants it on the left.
    """
    if not any((np.abs(np.diff(ring[:, 0])) > 180.0).any() for ring in rings):
        yield rings
        return
    whole = shapely.Polygon(rings[0][::-1], [ring[::-1] for ring in rings[1:]])
    for part in shapely.get_parts(antimeridian.fix_polygon(whole, fix_winding=False)):
        yield [np.asarray(ring.coords) for ring in (part.exterior, *part.interiors)]


def code_of(geometry: dict[str, Any], alpha2: dict[int, str]) -> str | None:
    """ISO alpha-2 of a geometry; None for the few that no State's people are counted in."""
    if geometry.get("id"):
        return alpha2[int(geometry["id"])]
    return NAMED.get(geometry["properties"]["name"])


def moved(code: str, outer: Ring) -> str:
    """The code that this polygon is filed under here (see ``MOVED``)."""
    (west, south), (east, north) = outer.min(axis=0), outer.max(axis=0)
    for old, (w, s, e, n), new in MOVED:
        if code == old and w <= west and east <= e and s <= south and north <= n:
            return new
    return code


def rounded(rings: list[Ring]) -> Iterator[list[Ring]]:
    """The polygon on whole thousandths of a degree, in as many parts as rounding splits it into."""
    whole = [np.rint(ring / UNIT_DEG) for ring in rings]
    valid = shapely.make_valid(shapely.Polygon(whole[0], whole[1:]), method="structure")
    for part in shapely.get_parts(shapely.set_precision(valid, 1.0)):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield [np.asarray(r.coords).astype(np.int32) for r in (part.exterior, *part.interiors)]


def main(package: Path) -> None:
    with tarfile.open(package) as tar:
        stream = tar.extractfile(MEMBER)
        assert stream is not None
        topology = json.load(io.TextIOWrapper(stream, "utf-8"))
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        alpha2 = {int(row["iso_numeric"]): row["id"] for row in csv.DictReader(file)}
    arcs = decode_arcs(topology)
    points: list[Ring] = []
    ring_start, polygon_start, codes = [0], [0], []
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = code_of(geometry, alpha2)
        if code is None:
            continue
        for rings in polygons(geometry, arcs):
            filed = moved(code, rings[0])
            for part in rounded(rings):
                codes.append(filed)
                for ring in part:
                    points.append(ring)
                    ring_start.append(ring_start[-1] + len(ring))
                polygon_start.append(len(ring_start) - 1)
    np.savez_compressed(
        DATA / "borders.npz",
        lon_lat_millideg=np.concatenate(points),
        ring_start=np.array(ring_start, dtype=np.int32),
        polygon_start=np.array(polygon_start, dtype=np.int32),
        country=np.array(codes),
    )
    print(f"{len(codes)} polygons, {ring_start[-1]} points, {len(set(codes))} countries")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
