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
    "asked-missing": ("`{name}` is not stated", "give it with --with {name}=VALUE"),
    "asked-not-whole": ("{found!r} is not a whole number", "write digits only"),
    "asked-word": ("{found!r} is not one of the words here{nearest}", "the words are: {known}"),
    "unknown-option": ("{accord} does not ask for --{found}", "it understands: {known}"),
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
