"""Every message of this room about bad input: one entry an id, with the sentence and what would do."""

from __future__ import annotations

from equipoise.scenario import InputError

MESSAGES: dict[str, tuple[str, str]] = {
    "flights-none": ("no flight stands in the file", "give one row a flight under the header"),
    "flights-column": ("no column is called `{name}`{nearest}", "the columns are: {known}"),
    "flights-separator": (
        "the columns are parted by semicolons",
        "part them by commas and write decimals with a point",
    ),
    "flights-column-missing": (
        "the column `{name}` is missing",
        "needed are: {known}; an empty cell means unknown",
    ),
    "flights-empty-cell": ("`{name}` is empty", "every row needs its own `{name}`"),
    "flights-duplicate": (
        "the id `{found}` stands twice; first on line {first}",
        "give each flight its own id",
    ),
    "flights-not-positive": (
        "{found:g} is not above zero",
        "write a positive number, or leave the cell empty for unknown",
    ),
    "flights-no-figure": (
        "none of range, apogee and time is given",
        "give at least one of range_km, apogee_km and time_s",
    ),
    "flights-date": ("{found!r} is not a date", "write YYYY-MM-DD, YYYY-MM or YYYY"),
    "flights-future": ("{found} lies after today, {today}", "write the day of the flight: year, month, day"),
    "flights-place": ("{found:g} degrees is out of range", "write {rule}"),
    "flights-too-far": (
        "{found:g} km is more than {most:g} km",
        "no ballistic flight goes so far{unit}; write kilometres and seconds",
    ),
    "flights-rival-unknown": (
        "it is said to be a rival account of `{name}`, and no such flight stands in the file",
        "name the id of another row, or leave the words RIVAL of out of the source",
    ),
    "flights-rival-chain": (
        "it is said to be a rival account of `{name}`, which is no account of its own",
        "name the row that counts: one that is itself no rival",
    ),
    "flights-missile": ("no flight of `{name}` is in {file}{nearest}", "its missiles are: {known}"),
    "known-at": ("{found!r} is not a day", "write YYYY-MM-DD, as in --known-at 2010-11-20"),
    "priors-key": ("no prior is called `{name}`{nearest}", "the priors are: {known}"),
    "priors-value": ("{found} will not do for `{name}`", "write {rule}"),
    "against-file": ("it is no assessment: {problem}", "give two files that `equipoise assess --json` wrote"),
}


def fault(
    id: str,
    *,
    file: str | None = None,
    line: int | None = None,
    column: int | None = None,
    field: str | None = None,
    **names: object,
) -> InputError:
    """The error of message ``id`` with its fields filled in."""
    text, hint = MESSAGES[id]
    return InputError(
        id,
        text.format(file=file, **names),
        file=file,
        line=line,
        column=column,
        field=field,
        hint=hint.format(**names),
    )
