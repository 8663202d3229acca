"""What a verb says: whole files, plain progress, JSON without NaN, names taken literally."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipoise.cli import output
from equipoise.cli.output import Progress, emit_json, emit_table, finite, write_whole
from equipoise.cli.places import read_azimuth, read_loft, read_place
from equipoise.scenario import InputError


def test_json_refuses_what_json_cannot_hold() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        emit_json({"a": float("nan")})


@given(st.floats())
def test_finite_is_the_number_or_nothing(value: float) -> None:
    kept = finite(value)
    assert kept == value if abs(value) < float("inf") else kept is None
    assert json.loads(json.dumps({"x": kept}, allow_nan=False)) == {"x": kept}


def test_brackets_in_a_name_are_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    emit_table("Site [red]", ("na[me]",), [("[bold]Deveselu[/bold]",)], note="[i]n[/i]")
    said = capsys.readouterr().out
    assert all(text in said for text in ("Site [red]", "na[me]", "[bold]Deveselu[/bold]", "[i]n[/i]"))


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "flight.csv"
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(output.os, "replace", full)
        with pytest.raises(InputError) as refused:
            write_whole(str(target), "new")
    assert refused.value.id == "cannot-write"
    assert "No space left" in refused.value.message
    assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == ["old"]
    write_whole(str(target), "new")
    assert [p.read_text(encoding="utf-8") for p in tmp_path.iterdir()] == ["new"]


def test_a_missing_folder_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        write_whole(str(tmp_path / "no" / "x.csv"), "text")
    assert refused.value.id == "cannot-write"


def test_a_dash_is_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    write_whole("-", "a,b\n")
    assert capsys.readouterr().out == "a,b\n"


def test_progress_is_plain_lines_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 5.0, 12.0, 13.0, 15.0])
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stderr", heard)
    monkeypatch.setattr(output.time, "monotonic", lambda: next(clock))
    with Progress() as progress:
        progress("aiming", 0.1)
        progress("aiming", 0.2)
        progress("aiming", 0.9)
        progress("a step of a moment")
        progress("proving")
    assert heard.getvalue() == "aiming 10 %\naiming 90 %\nproving\n"


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_place_is_read_as_it_was_written(latitude: float, longitude: float) -> None:
    place = read_place(f"{latitude!r},{longitude!r}", "--from")
    assert (place.lat_deg, place.lon_deg) == (latitude, longitude)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("95,10", "place-latitude"),
        ("-90.01,0", "place-latitude"),
        ("10,190", "place-longitude"),
        ("10", "place-form"),
        ("10,20,30", "place-form"),
        ("north,south", "place-form"),
        ("nan,0", "place-form"),
        ("inf,0", "place-form"),
        ("", "place-form"),
    ],
)
def test_a_place_that_is_none_is_refused(text: str, id: str) -> None:
    with pytest.raises(InputError) as refused:
        read_place(text, "--from")
    assert (refused.value.id, refused.value.field) == (id, "--from")


@pytest.mark.parametrize("degrees", [-1.0, 360.5, float("nan")])
def test_an_azimuth_outside_the_circle_is_refused(degrees: float) -> None:
    with pytest.raises(InputError) as refused:
        read_azimuth(degrees)
    assert refused.value.id == "azimuth-range"


def test_a_full_circle_is_north() -> None:
    assert read_azimuth(360.0) == 0.0


@pytest.mark.parametrize("text", ["0", "90", "-5", "steep", "nan"])
def test_a_loft_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        read_loft(text)
    assert refused.value.id == "loft-form"


def test_lofts_are_a_word_or_degrees() -> None:
    assert read_loft("minimum-energy") is None
    assert read_loft("30.5") == 30.5
