"""The catalogue as lists and pages, and a user's own file told what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from equipoise.scenario import (
    KINDS,
    Figure,
    InputError,
    check_file,
    list_entries,
    list_sources,
    load_catalogue,
    show_entry,
)
from equipoise.scenario.entries import figure_text


def test_each_kind_lists_what_it_holds() -> None:
    lines = list_entries()
    assert [k for k in KINDS if any(line.kind == k for line in lines)] == list(KINDS)
    assert len(list_entries("missiles")) == len(load_catalogue().missile_models)
    assert sum(len(list_entries(k)) for k in KINDS) == len(lines)


def test_every_entry_has_a_page_with_its_figures() -> None:
    for line in list_entries():
        page = show_entry(line.id)
        assert page.fields, line.id
        assert all("nan" not in f.value.lower().split() for f in page.fields)


def test_a_page_shows_status_and_source_of_each_figure() -> None:
    fields = {f.name: f for f in show_entry("gbi2").fields}
    speed = fields["claims[2].speed_km_s"]
    assert (speed.value, speed.status, speed.source) == ("6.3 km/s", "reported", "interceptors:afp2008")
    assert fields["claims[5].speed_km_s"].value == "not known"


def test_an_architecture_is_found_by_either_spelling() -> None:
    assert show_entry("us_own_2010") == show_entry("us-own-2010")


def test_sources_say_what_rests_on_them() -> None:
    lines = {s.key: s for s in list_sources()}
    assert "sm3_iib" in lines["interceptors:sankaran2013"].entries
    assert "Sankaran" in lines["interceptors:sankaran2013"].text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(3.0, "km/s", "read", ""), "3 km/s"),
        (Figure(None, "km/s", "read", "", 7.0, 8.3), "7 to 8.3 km/s"),
        (Figure(10.0, "km", "read", "", 7.0, 10.0), "10 (7 to 10) km"),
        (Figure(None, "s", "unknown", ""), "not known"),
        (Figure(0.1, "1", "assumed", ""), "0.1"),
    ],
)
def test_a_figure_in_words(figure: Figure, text: str) -> None:
    assert figure_text(figure) == text


def test_the_catalogues_own_files_are_told_for_what_they_are(tmp_path: Path) -> None:
    import equipoise.scenario

    facts = Path(equipoise.scenario.__file__).parent / "catalogue"
    assert check_file(facts / "missiles" / "missiles.yaml").kind == "missiles"
    assert check_file(facts / "missiles" / "flights.csv").kind == "flights"
    assert check_file(facts / "defence" / "sites.csv").kind == "sites"
    assert check_file(facts / "defence" / "sea_areas.yaml").kind == "sea areas"
    assert check_file(facts / "defence" / "sensors.yaml").kind == "sensors"


def test_a_users_interceptors_may_not_leave_the_altitude_open() -> None:
    import equipoise.scenario

    facts = Path(equipoise.scenario.__file__).parent / "catalogue"
    with pytest.raises(InputError) as caught:
        check_file(facts / "defence" / "interceptors.yaml")
    assert caught.value.id == "speed-without-altitude"


def test_the_defaults_of_a_users_file_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "dart.yaml"
    path.write_text(
        "{id: dart, payload_kg: 500, stages: [{propellant_kg: 5000, empty_kg: 900, isp_s: 230, burn_s: 70, "
        "diameter_m: 1}]}",
        "utf-8",
    )
    checked = check_file(path)
    assert (checked.kind, checked.ids) == ("missile", ("dart",))
    assert {id for id, _ in checked.assumptions} == {"dart"}
    assert len(checked.assumptions) == 3
