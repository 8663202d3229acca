"""Every sentence in which the command itself refuses or fails, by id: to be tested, to be translated.

The rooms below have their own tables; what they raise passes through unchanged. Braces are named fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from equipoise.scenario import InputError


@dataclass(frozen=True)
class Message:
    """What was found, and what would do."""

    text: str
    hint: str = ""


MESSAGES: dict[str, Message] = {
    "usage": Message("{problem}", "`{command} --help` lists what it takes"),
    "fault": Message(
        "a fault of ours, not of your input: {kind}: {problem}",
        "report it with the command that you gave, the output of `equipoise --version`, and the traceback "
        "that EQUIPOISE_DEBUG=1 shows; nothing was written",
    ),
    "interrupted": Message("interrupted; nothing was written"),
    "place-form": Message(
        "{found!r} is not a place",
        "give latitude and longitude in degrees with a comma between, such as 35.2,53.9 or -10,20 (south and "
        "west are negative)",
    ),
    "place-latitude": Message(
        "latitude {found:g} is beyond a pole",
        "give a latitude between -90 and 90 degrees, then the longitude",
    ),
    "place-longitude": Message(
        "longitude {found:g} is out of range", "give a longitude between -180 and 180 degrees, east positive"
    ),
    "direction-missing": Message(
        "neither a destination nor an azimuth was given",
        "give --to LAT,LON to aim at a place, or --azimuth DEG for the longest flight in that direction",
    ),
    "direction-both": Message(
        "both --to and --azimuth were given", "give one: a destination already fixes the azimuth"
    ),
    "azimuth-range": Message(
        "azimuth {found:g} is out of range", "give 0 to 360 degrees, clockwise from true north"
    ),
    "loft-form": Message(
        "{found!r} is not a loft",
        "give minimum-energy, or the flight-path angle at burnout in degrees, above 0 and below 90",
    ),
    "same-place": Message(
        "origin and destination are the same place", "give a destination some tens of kilometres away or more"
    ),
    "flight-failed": Message("{detail}", "{advice}"),
    "stdout-twice": Message(
        "more than one output was sent to standard output",
        "send one of --json, --csv, --czml, --geojson and --kml there, and the others to files",
    ),
    "cannot-write": Message("cannot write {path}: {problem}", "choose a path that you may write to"),
    "unknown-filter": Message("no {what} is called {found!r}{nearest}", "known here: {known}"),
    "pair-incomplete": Message(
        "--protects was given without --architecture",
        "give both to ask the yes/no question, or neither for the whole table",
    ),
    "day-missing": Message("no day was given", "give it as YYYY-MM-DD"),
    "finding-unknown": Message(
        "no finding is called {found!r}, and none has such a digest",
        "give --as-of and --accord, and the same --declarations, --known-at and --with as when it was made",
    ),
    "with-form": Message("{found!r} is not NAME=VALUE", "write the name, an equals sign and the value"),
    "against-alone": Message(
        "--against was given without --operands", "give --operands FILE as well: what is set beside the claim"
    ),
    "operands-alone": Message(
        "--operands was given with an option that narrows the scenario's own table",
        "leave out --architecture, --mode and --protects: the file says what is asked",
    ),
    "private-role": Message(
        "a role and the public file go together, and --commit, --consent, --record and --policy with both",
        "give --as A, B or observer and --peers FILE",
    ),
    "private-too-early": Message(
        "--record was given with --commit, before there is a commitment to look for",
        "commit, append the role's commitment.json to the record, let all cosign, then run with --record",
    ),
    "policy-alone": Message(
        "--policy was given without --record", "give --record DIR, the folder of the record"
    ),
    "private-no-role": Message("no role is called {found!r}", "the roles are: {known}"),
    "private-nothing": Message(
        "no interceptor with figures stands in what was asked for",
        "leave --architecture or --protects out, or name another",
    ),
    "private-opening": Message(
        "an opening needs entries and a file",
        "give --entry N or --at LAT,LON,KM,S, and --out FILE",
    ),
    "private-moment": Message(
        "{found!r} is no place and moment",
        "give latitude, longitude, altitude in km and seconds from launch, such as 58,22,400,420",
    ),
    "inspect-what": Message(
        "nothing was named to inspect", "name an architecture or a claim, or give --peers FILE"
    ),
    "private-alone": Message(
        "--private was given with --operands, --against or --mode",
        "leave those out: the private check takes its inputs from each side's own folder",
    ),
    "private-left-out": Message(
        "an option of the private check was given without --private", "add --private"
    ),
    "cosign-refused": Message(
        "{name} does not cosign (status {status}): {answer}",
        "sign nothing; compare your copies of the ledger with `equipoise ledger verify DIR --against OLD`",
    ),
    "calibration-room": Message(
        "--calibration is measured for assess only", "use `bench assess --calibration`"
    ),
    "accuracy-room": Message("--accuracy is measured for flight only", "use `bench flight --accuracy`"),
}


def bad_input(id: str, *, field: str | None = None, **fields: object) -> InputError:
    """The error for message ``id`` with its fields filled in; raising it ends the command with 2."""
    from equipoise.scenario import InputError

    message = MESSAGES[id]
    hint = message.hint.format(**fields) if message.hint else None
    return InputError(id, message.text.format(**fields), field=field, hint=hint or None)


def nearest(found: str, known: list[str]) -> str:
    """``; did you mean 'x'?`` for the nearest known name, or nothing where none is near."""
    from difflib import get_close_matches

    close = get_close_matches(found.casefold(), {k.casefold(): k for k in known}, n=1, cutoff=0.5)
    if not close:
        return ""
    return f"; did you mean {next(k for k in known if k.casefold() == close[0])!r}?"
