"""``equipoise assess``: what the observed flights say of each missile, with honest uncertainty."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from equipoise.cli.output import Progress, emit_json, emit_line, emit_table
from equipoise.cli.plain import plain

if TYPE_CHECKING:
    from equipoise.threats import (
        FlightAssessed,
        Interval,
        MissileAssessed,
        Observation,
        RangeSaid,
        ThreatAssessment,
    )

_NOTE = (
    "5, 50 and 95 % of what the figures allow. Longest range: of the energy that was flown, from the same "
    "place, in any direction. A lower bound is a stage, a failed or a shortened flight; a rival is a second "
    "account of the same flight, shown and not counted."
)


def assess(
    flights: Annotated[
        str | None,
        typer.Argument(
            metavar="[FLIGHTS.csv]", help="Announced flights; the catalogue's own where none is named."
        ),
    ] = None,
    missile: Annotated[
        list[str] | None,
        typer.Option("--missile", metavar="NAME", help="Only this missile; may be given again."),
    ] = None,
    known_at: Annotated[
        str | None,
        typer.Option("--known-at", metavar="DATE", help="Only flights and claims known by this day."),
    ] = None,
    priors: Annotated[
        str | None,
        typer.Option("--priors", metavar="FILE", help="YAML: what you assume in place of the defaults."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Of the random numbers.", min=0)] = None,
    model_free: Annotated[
        bool, typer.Option("--model-free", help="Only what needs no model of the missile: seconds.")
    ] = False,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="Keep the draws there, in Parquet, beside the result."),
    ] = None,
    against: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--against",
            metavar="A.json B.json",
            help="Two assessments side by side, and which prior or figure parts them.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say what announced flights imply: do the figures fit, and how far would it go?

    Needed columns: id, missile, date, range_km, apogee_km, time_s, launch_lat_deg, launch_lon_deg. Any of the
    three figures may be empty; range_pm_km, apogee_pm_km and time_pm_s are 95 % half-widths.

    \b
    Examples:
      equipoise assess --missile Hwasong-14
      equipoise assess my-flights.csv --known-at 2017-08-01 --json
      equipoise assess --against ours.json theirs.json
    """
    if against is not None:
        _compare(Path(against[0]), Path(against[1]), json)
        return
    from equipoise.scenario import load_catalogue
    from equipoise.threats import (
        SEED,
        Priors,
        Question,
        catalogue_flights,
        read_observations,
        read_priors,
        to_json,
        write_samples,
    )
    from equipoise.threats import assess as assess_all

    day = _day(known_at)
    path = Path(flights) if flights is not None else catalogue_flights()
    seen = read_observations(path, today=date.today().isoformat())
    chosen = _chosen(seen, missile, str(path))
    question = Question(
        priors=Priors() if priors is None else read_priors(Path(priors)),
        seed=SEED if seed is None else seed,
        known_at=day,
        with_models=not model_free,
    )
    with Progress() as progress:
        found = assess_all(chosen, load_catalogue().missile_models, question, progress)
    kept = () if out is None else write_samples(found, Path(out))
    if json:
        emit_json({**to_json(found, chosen, question), "samples": [str(p) for p in kept]})
    else:
        _show(found)


def _compare(first: Path, second: Path, json: bool) -> None:
    """Two assessments side by side."""
    from equipoise.scenario import load_catalogue
    from equipoise.threats import compare, read_stated

    with Progress() as progress:
        progress("putting in one difference at a time")
        missiles, swaps = compare(read_stated(first), read_stated(second), load_catalogue().missile_models)
    if json:
        emit_json({"missiles": [plain(m) for m in missiles], "swaps": [plain(s) for s in swaps]})
        return
    emit_table(
        "Two assessments side by side: longest range, km",
        ("missile", str(first), str(second), "overlap", "parted by"),
        [
            (
                m.missile,
                _three(m.first),
                _three(m.second),
                "none" if m.overlap_km is None else " to ".join(f"{v:,.0f}" for v in m.overlap_km),
                m.parted_by or "nothing that both state",
            )
            for m in missiles
        ],
        note="Parted by: what moves ends and middle most when put into the first by itself.",
    )
    emit_table(
        "One difference at a time, put into the first",
        ("difference", "first", "second", "5, 50 and 95 % move by, km"),
        [
            (
                s.what,
                s.first,
                s.second,
                ", ".join(
                    f"{k} {s.ends_km[k][0]:+,.0f} {v:+,.0f} {s.ends_km[k][1]:+,.0f}"
                    for k, v in s.moves_km.items()
                    if s.weight(k) >= 1.0
                ),
            )
            for s in swaps
        ],
    )


def _three(found: dict[str, float] | None) -> str:
    return "–" if found is None else " ".join(f"{found[q]:,.0f}" for q in ("p5", "p50", "p95"))


def _day(text: str | None) -> str | None:
    """A whole date, or the fault."""
    from equipoise.threats import fault

    if text is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise fault("known-at", field="--known-at", found=text) from error


def _chosen(seen: tuple[Observation, ...], missile: list[str] | None, file: str) -> tuple[Observation, ...]:
    """The flights of the missiles asked for, by their names in the file."""
    from equipoise.scenario import did_you_mean
    from equipoise.threats import fault

    if not missile:
        return seen
    known = tuple(dict.fromkeys(o.missile for o in seen))
    for name in missile:
        if name not in known:
            raise fault(
                "flights-missile", field="--missile", name=name, file=file,
                nearest=did_you_mean(name, known), known=", ".join(known),
            )  # fmt: skip
    return tuple(o for o in seen if o.missile in missile)


def _show(found: ThreatAssessment) -> None:
    emit_table(
        "Flights" + (f", as known on {found.known_at}" if found.known_at else ""),
        ("flight", "counts as", "figures fit", "speed at cut-off km/s", "longest range km", "east", "west"),
        [_flight_row(f) for f in found.flights],
        note=_NOTE,
    )
    emit_table(
        "Missiles",
        ("missile", "state", "flights", "flown km", "longest range km", "east km", "west km", "rests on"),
        [_missile_row(m) for m in found.missiles],
        note="East and west are middles; the longest range mixes all directions, of which the turning Earth "
        "adds to the east and takes from the west.",
    )
    _show_models(found)
    for flight in found.flights:
        for warning in flight.warnings:
            line = "" if flight.observation.line is None else f" (line {flight.observation.line})"
            emit_line(f"{flight.observation.id}{line}: {warning}")
    for each in found.missiles:
        for note in each.notes:
            emit_line(f"{each.missile}: {note}")


def _show_models(found: ThreatAssessment) -> None:
    """Candidates with how well they fit, and claims beside what the flights say."""
    candidates = [(m.missile, c) for m in found.missiles for c in m.candidates]
    if candidates:
        emit_table(
            "Models, each author's by itself",
            ("missile", "model", "fits", "longest range km", "log evidence", "draws that count"),
            [
                (
                    missile,
                    c.inference.model,
                    "✓ yes" if c.said is not None else "✗ no",
                    _range(c.said),
                    "–" if c.inference.log_evidence is None else f"{c.inference.log_evidence:.1f}",
                    f"{c.inference.effective:,.0f}",
                )
                for missile, c in candidates
            ],
        )
    claims = [c for m in found.missiles for c in m.claims]
    if claims:
        signs = {True: "✓ inside", False: "✗ outside", None: "–"}
        emit_table(
            "What was claimed",
            ("missile", "says", "km", "by", "5 to 95 %", "what would bring them together"),
            [
                (
                    c.missile,
                    c.says,
                    ("over " if c.at_least else "")
                    + f"{c.low_km:,.0f}"
                    + (f" to {c.high_km:,.0f}" if c.high_km > c.low_km else ""),
                    c.by,
                    signs[c.inside],
                    c.explained_by or "–",
                )
                for c in claims
            ],
        )


def _flight_row(flight: FlightAssessed) -> tuple[str, ...]:
    seen = flight.observation
    counts = "rival" if seen.rival_of else "lower bound" if seen.lower_bound else "flight"
    fits = {True: "✓ yes", False: "✗ no", None: "too few"}[flight.consistent]
    if flight.oddity is not None:
        fits += f": {flight.oddity.figure}"
    maximum = flight.maximum
    return (
        seen.id,
        counts,
        fits,
        _shown(flight.speed_km_s, 2),
        _range(maximum),
        "–" if maximum is None else _shown(maximum.east_km),
        "–" if maximum is None else _shown(maximum.west_km),
    )


def _missile_row(missile: MissileAssessed) -> tuple[str, ...]:
    flown = missile.demonstrated_km
    return (
        missile.missile,
        missile.state + (f" since {missile.since}" if missile.since else ""),
        str(len(missile.flights)),
        "–" if flown is None else f"{flown:,.0f}",
        _range(missile.maximum),
        *_middles(missile.maximum),
        missile.basis,
    )


def _middles(said: RangeSaid | None) -> tuple[str, str]:
    """The middles to the east and to the west; a capped one is told as beyond."""
    east, west = (None, None) if said is None else (said.east_km, said.west_km)
    return _middle(east), _middle(west)


def _middle(value: Interval | None) -> str:
    from equipoise.threats import BEYOND_KM

    if value is None:
        return "–"
    return f"{value.p50:,.0f}" if value.p50 < BEYOND_KM else f"beyond {BEYOND_KM:,.0f}"


def _range(said: RangeSaid | None) -> str:
    if said is None:
        return "–"
    beyond = f", beyond it {100 * said.beyond:.0f} %" if said.beyond > 0.0 else ""
    return _shown(said.km) + beyond


def _shown(value: Interval | None, digits: int = 0) -> str:
    if value is None:
        return "–"
    return " ".join(f"{q:,.{digits}f}" for q in (value.p5, value.p50, value.p95))
