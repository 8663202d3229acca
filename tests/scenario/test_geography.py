"""Geography against what any atlas says, and the laws that the cells must keep."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equipoise.scenario.geography import (
    borders,
    countries,
    extent,
    fill_area,
    find_country,
    inside,
    is_sea,
    land_km2,
    towns,
    wrap_deg,
)
from equipoise.scenario.population import build_cells, regions_of
from equipoise.scenario.types import InventedRegion, Membership, Party, Region
from equipoise.scenario.values import Area, InputError


def scenario_of(
    first: str, second: str, splits: tuple[tuple[str, float, str, str], ...] = (), **more: Any
) -> Any:
    """The few fields of a scenario that geography reads."""
    parties = tuple(
        Party(name, name, tuple(Membership(c, c, "1949-01-01") for c in codes.split()))
        for name, codes in (("one", first), ("two", second))
    )
    plain: dict[str, Any] = {"regions": (), "invented_regions": (), "as_of": "2010-11-20"}
    return SimpleNamespace(parties=parties, region_splits=splits, **(plain | more))


@pytest.mark.parametrize(
    ("place", "lat", "lon", "sea"),
    [
        ("Berlin", 52.5, 13.4, False),
        ("the middle of the Black Sea", 43.0, 34.0, True),
        ("the Caspian", 42.0, 50.5, True),
        ("the North Pole", 90.0, 0.0, True),
        ("beside the South Pole", -89.9, 0.0, False),
        ("Chukotka, west of the date line", 67.0, 178.0, False),
        ("Chukotka, east of the date line", 66.5, -175.0, False),
        ("the Gulf of Guinea", 0.0, 0.0, True),
    ],
)
def test_sea_and_land(place: str, lat: float, lon: float, sea: bool) -> None:
    assert is_sea(np.array([lat]), np.array([lon]))[0] == sea, place


@pytest.mark.parametrize(
    ("code", "km2"), [("DE", 357_000), ("FR", 544_000), ("TR", 780_000), ("RU", 17_000_000), ("UA", 600_000)]
)
def test_land_is_what_the_atlas_says(code: str, km2: float) -> None:
    """Land areas of common reference works, met within 11 % (lakes, islets and drawing at 1:50 million)."""
    assert land_km2(code) == pytest.approx(km2, rel=0.11)


def test_people_and_land_are_filed_under_the_same_country() -> None:
    """Crimea and Northern Cyprus stand where GeoNames counts their towns."""
    assert inside("UA", np.array([45.2]), np.array([34.2]))[0]
    assert not inside("RU", np.array([45.2]), np.array([34.2]))[0]
    assert inside("CY", np.array([35.3]), np.array([33.7]))[0]
    assert not inside("FR", np.array([4.0]), np.array([-53.0]))[0]


def test_countries_by_code_and_name() -> None:
    assert find_country("tr").name == "Turkey"
    assert find_country("united kingdom").id == "GB"
    assert countries()["DE"].population > 80_000_000
    assert "recent" in countries()["DE"].population_source


def test_an_unknown_country_comes_with_the_nearest_name() -> None:
    with pytest.raises(InputError, match="Germany") as caught:
        find_country("Germny")
    assert caught.value.id == "unknown-country"


def test_towns_are_above_the_least_size_and_have_no_names() -> None:
    assert len(towns()) > 30_000
    assert towns().population.min() > 0
    assert set(vars(towns())) == {"lat_deg", "lon_deg", "population", "country"}


def test_borders_are_cut_at_the_window() -> None:
    window = (-25.0, 30.0, 65.0, 72.0)
    found = borders(window)
    assert {"DE", "RU", "TR", "IS"} <= {b.country for b in found}
    assert "US" not in {b.country for b in found}
    points = np.concatenate([r for b in found for r in b.rings])
    assert points[:, 0].min() >= -25.0
    assert points[:, 0].max() <= 65.0
    assert points[:, 1].min() >= 30.0
    assert points[:, 1].max() <= 72.0


def test_a_point_fills_with_itself() -> None:
    area = Area("point", (55.0, 55.0), (37.0, 37.0), "assumed")
    assert fill_area(area, 3).tolist() == [[55.0, 37.0]]


def test_a_box_reaches_its_edges_and_crosses_the_date_line() -> None:
    points = fill_area(Area("box", (60.0, 64.0), (170.0, -170.0), "assumed"), 3)
    assert sorted(set(points[:, 0])) == [60.0, 62.0, 64.0]
    assert sorted(set(points[:, 1])) == [-180.0, -170.0, 170.0]
    assert len(fill_area(Area("box", (60.0, 64.0), (10.0, 20.0), "assumed"), 1)) == 1


def test_a_sea_box_is_filled_to_its_shores_and_on_one_water() -> None:
    """The Black Sea's box has land on most of its edges, and a corner on the Sea of Marmara."""
    points = fill_area(Area("box", (41.0, 47.0), (28.0, 42.0), "assumed", sea=True), 3)
    assert len(points) == 9
    assert is_sea(points[:, 0], points[:, 1]).all()
    assert not ((points[:, 0] < 41.2) & (points[:, 1] < 29.0)).any()
    assert points[:, 0].min() < 42.0 < 46.0 < points[:, 0].max()
    assert points[:, 1].min() < 29.0 < 40.0 < points[:, 1].max()


def test_a_sea_box_on_land_is_refused() -> None:
    with pytest.raises(InputError, match="holds no sea") as caught:
        fill_area(Area("box", (50.0, 51.0), (10.0, 11.0), "assumed", sea=True), 3)
    assert caught.value.id == "sea-area-on-land"


@given(st.floats(-1e4, 1e4))
def test_wrapped_longitudes_name_the_same_meridian(lon: float) -> None:
    wrapped = float(wrap_deg(np.array([lon]))[0])
    assert -180.0 <= wrapped < 180.0
    assert abs((wrapped - lon + 180.0) % 360.0 - 180.0) < 1e-6


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(["DE LU", "TR GR", "IS", "US", "RU"]), st.sampled_from([60.0, 100.0, 250.0]))
def test_each_country_sums_to_its_total_at_any_spacing(codes: str, spacing_km: float) -> None:
    scenario = scenario_of(codes, "JP", splits=(("RU", 60.0, "west", "east"), ("TR", 29.05, "west", "east")))
    cells = build_cells(scenario, spacing_km)
    country = np.array([name[:2] for name in cells.regions])[cells.region]
    for code in (*codes.split(), "JP"):
        assert cells.population[country == code].sum() == pytest.approx(countries()[code].population)
        assert cells.area_km2[country == code].sum() == pytest.approx(land_km2(code), rel=1e-9)
        window = extent(code)
        assert window is not None
        assert cells.lat_deg[country == code].max() <= window[3]


def test_a_split_country_is_counted_on_either_side() -> None:
    splits = (("RU", 60.0, "Russia, west of the Urals", "Russia, east of the Urals"),)
    region = Region("ru-europe", "RU", "Russia, west of the Urals")
    scenario = scenario_of("DE", "RU", splits, regions=(region,))
    cells = build_cells(scenario, 200.0)
    assert cells.regions == ("DE", "ru-europe", "RU-east")
    assert [r.id for r in regions_of(scenario)] == list(cells.regions)
    west = cells.region == 1
    assert cells.lon_deg[west].max() < 60.0
    assert cells.population[west].sum() > 2.5 * cells.population[cells.region == 2].sum()
    assert set(cells.party[west]) == {1}
    assert (cells.lon_deg[cells.region == 2] < 0).any(), "Chukotka lies east of the Urals"


def test_members_count_from_the_day_they_join() -> None:
    scenario = scenario_of("DE", "JP")
    late = Membership("FR", "France", "2011-01-01")
    scenario.parties = (Party("one", "one", (*scenario.parties[0].members, late)), scenario.parties[1])
    assert build_cells(scenario, 200.0).regions == ("DE", "JP")
    assert build_cells(scenario, 200.0, countries=["France"]).party.max() == -1


def test_a_window_keeps_part_of_a_country_without_scaling_it_again() -> None:
    whole = build_cells(scenario_of("RU", "JP"), 200.0)
    part = build_cells(scenario_of("RU", "JP"), 200.0, window=(-25.0, 30.0, 65.0, 72.0))
    inside_window = (whole.lon_deg <= 65.0) & (whole.lon_deg >= -25.0) & (whole.lat_deg <= 72.0)
    assert part.population.sum() == pytest.approx(whole.population[inside_window].sum())


def test_an_invented_region_is_its_box() -> None:
    box = Area("box", (10.0, 14.0), (20.0, 26.0), "assumed")
    invented = InventedRegion("isle", "The Isle", "north", box, 1_000_000)
    cells = build_cells(scenario_of("north", "JP", invented_regions=(invented,)), 100.0)
    isle = cells.region == 0
    assert cells.population[isle].sum() == pytest.approx(1e6)
    assert 10.0 <= cells.lat_deg[isle].min() < cells.lat_deg[isle].max() <= 14.0
    assert cells.share_seen[0] == 1.0


def test_every_border_is_a_valid_polygon() -> None:
    import shapely

    every = borders((-180.0, -90.0, 180.0, 90.0))
    assert len(every) > 1500
    assert shapely.is_valid([shapely.Polygon(b.rings[0], b.rings[1:]) for b in every]).all()


@pytest.mark.parametrize(
    ("city", "lat_deg", "lon_deg", "radius_km", "millions"),
    [  # the city's own figure in GeoNames; its districts stand there too, and are not to be added to it
        ("Istanbul", 41.01, 28.95, 60.0, 15.7),
        ("Bucharest", 44.43, 26.10, 20.0, 1.88),
        ("Sofia", 42.70, 23.32, 25.0, 1.15),
        ("Ankara", 39.92, 32.85, 40.0, 3.52),
    ],
)
def test_people_of_a_city_are_counted_once(city, lat_deg, lon_deg, radius_km, millions):
    every = towns()
    north = (every.lat_deg - lat_deg) * 111.2
    east = (every.lon_deg - lon_deg) * 111.2 * np.cos(np.radians(lat_deg))
    near = np.hypot(north, east) <= radius_km
    assert every.population[near].sum() / 1e6 == pytest.approx(millions, rel=0.1), city
