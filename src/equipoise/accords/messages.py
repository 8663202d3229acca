"""Every sentence in which this room refuses bad input: one entry an id, with named fields.

An entry has what was found and what would do. The error itself is the house's ``InputError``, which carries
file, line and field.
"""

from __future__ import annotations

from equipoise.scenario import InputError

MESSAGES: dict[str, tuple[str, str | None]] = {
    "not-a-day": ("{found!r} is not a day", "write YYYY-MM-DD"),
    "not-whole": (
        "{found!r} is not a whole number of pieces",
        "write a whole number, zero or more; an empty cell is unknown",
    ),
    "parameter-form": (
        "a parameter needs a mapping with `value`",
        "write {{value, unit, status, source, valid_from}}; null where unknown",
    ),
    "overlapping-validity": (
        "two values hold on one day: {first} and {second}",
        "validity is half-open, [from, to): let the earlier end on the day on which the later begins",
    ),
    "unknown-accord": ("no accord is called {found!r}{nearest}", "the accords are: {known}"),
    "unknown-reading": ("{accord} has no reading called {found!r}{nearest}", "its readings are: {known}"),
    "declaration-missing": (
        "`{name}` is empty",
        "fill it; `equipoise keep schema` lists what may stand here",
    ),
    "declaration-empty": (
        "neither a value nor bounds",
        "give `value`, or one or both of `low` and `high`; leave the row out where nothing is known",
    ),
    "declaration-twice": ("both a value and bounds", "give `value`, or `low` and `high`"),
    "declaration-upside-down": ("the bounds run from {low} to {high}", "put the lower number in `low`"),
    "too-many-pieces": ("{found} is more than there can be", "write at most {limit}"),
    "unknown-party-of-accord": ("no State or group is called {found!r}{nearest}", "known: {known}"),
    "unknown-category": ("no category is called {found!r}{nearest}", "the categories are: {known}"),
    "unknown-zone": (
        "no zone is called {found!r}{nearest}",
        "the zones are: {known}; empty is the whole area",
    ),
    "unknown-state": (
        "no state of a unit is called {found!r}{nearest}",
        "the states are: {known}; empty is any",
    ),
    "csv-byte-order-mark": (
        "the file begins with a byte order mark (EF BB BF)",
        "save it as UTF-8 without a byte order mark",
    ),
    "csv-other-separator": (
        "the columns are parted by {found}s",
        "save it with commas, as CSV (comma delimited)",
    ),
    "asked-missing": ("`{name}` is not stated", "give it with --with {name}=VALUE"),
    "asked-not-whole": ("{found!r} is not a whole number", "write digits only"),
    "asked-word": ("{found!r} is not one of the words here{nearest}", "the words are: {known}"),
    "unknown-area": ("no area is called {found!r}{nearest}", "the areas are: {known}"),
    "unknown-item": (
        "nothing here is called {found!r}{nearest}",
        "known are {known}; for another thing say what it counts as: --with goods=KIND, one of {kinds}",
    ),
    "unknown-draft-field": ("{accord} has no field {found!r}{nearest}", "its fields are: {known}"),
    "draft-value": ("{found!r} cannot stand here", "write {kind}; null leaves it open"),
    "dates-upside-down": ("the days run from {start} to {end}", "give the earlier day first"),
    "dates-too-far": ("from {start} to {end} is too long a stretch", "ask for {years} years at most"),
    "no-concerns": ("no concern of {found!r} is on record", "those with one are: {known}"),
    "no-side": ("{found!r} belongs to no side on {day}", "the sides are {known}"),
    "unknown-draft": (
        "nothing that can be compared is called {found!r}{nearest}",
        "give a YAML file that holds a draft, or one of {known}",
    ),
    "not-a-moment": (
        "{found!r} is neither a day nor a moment",
        "write YYYY-MM-DD, or YYYY-MM-DDTHH:MM in UTC",
    ),
    "unknown-option": ("{accord} does not ask for {found!r}", "it understands: {known}"),
}


def bad_input(
    id: str,
    *,
    file: str | None = None,
    line: int | None = None,
    field: str | None = None,
    **names: object,
) -> InputError:
    """The error for message ``id`` with its fields filled in; raising it ends a command with 2."""
    text, hint = MESSAGES[id]
    return InputError(
        id,
        text.format(**names),
        file=file,
        line=line,
        field=field,
        hint=None if hint is None else hint.format(**names),
    )
