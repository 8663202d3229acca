"""Every message of this room that a person can be told about bad input: one entry an id.

An entry has the sentence and, after a blank line, what would do. Both take named fields, so that a
message can be tested and translated. Where (file, line, column, field) travels in the error itself.
"""

from __future__ import annotations

from equipoise.scenario.values import InputError

MESSAGES: dict[str, tuple[str, str | None]] = {
    # files
    "file-not-found": ("no such file: {path}", "give the path of a YAML or CSV file that exists"),
    "file-unreadable": ("cannot read {path}: {reason}", "check that it is a file and that you may read it"),
    "file-too-large": (
        "the file has {size} bytes; at most {limit} are read",
        "split it, or leave out what is not used",
    ),
    "not-utf8": ("byte {byte} at offset {offset} is not UTF-8", "save the file as UTF-8"),
    "empty-file": ("nothing is declared here", "start from `equipoise init DIR`, which writes every field"),
    "unknown-file-kind": (
        "cannot tell what this file declares (top-level keys: {keys})",
        "a scenario has `parties`; a missile has `stages`; a list stands under `missiles`, `interceptors`, "
        "`sensors` or `sea_areas`",
    ),
    "folder-taken": (
        "{path} already holds {found}",
        "choose a new folder; nothing that exists is overwritten",
    ),
    "folder-unwritable": ("cannot write to {path}: {reason}", "choose a folder that you may write to"),
    # YAML
    "yaml-tab": ("a tab stands where YAML wants spaces", "indent with spaces only"),
    "yaml-syntax": ("not valid YAML: {problem}", "check indentation, brackets and quotes near this line"),
    "yaml-duplicate-key": ("the key `{key}` stands twice; first on line {first}", "keep one of the two"),
    "yaml-alias-bomb": (
        "aliases here grow the file to more than {limit} nodes",
        "write the values out, or use fewer aliases",
    ),
    "yaml-too-many-aliases": ("more than {limit} aliases", "write the values out instead of referring back"),
    "yaml-unknown-alias": (
        "`*{alias}` refers to an anchor that is not complete before it",
        "define it first",
    ),
    "yaml-too-deep": ("nested deeper than {limit} levels", "flatten it: no field of ours lies that deep"),
    "yaml-tag": ("the tag `{tag}` is not read", "write the plain value without a tag"),
    "yaml-key-not-text": ("a key must be plain text", "quote it or use a word"),
    "yaml-several-documents": ("a second document starts here", "one document a file: remove `---`"),
    "secret-does-not-fit": (
        "what stands here does not fit ({why}); it is not shown, since the file is secret",
        "docs/how-to/private-check.md has every field of the file with its unit",
    ),
    # CSV
    "csv-empty": ("no header row", "the first line names the columns"),
    "csv-duplicate-column": ("the column `{name}` stands twice", "keep one"),
    "csv-missing-column": ("the column `{name}` is missing", "add it; an empty cell means unknown"),
    "csv-unknown-column": ("no column is called `{name}`{nearest}", "the columns are: {known}"),
    "csv-wrong-cells": ("{found} cells where the header has {wanted}", "quote a cell that holds a comma"),
    "csv-cell-too-long": (
        "a cell here has more than {limit} characters",
        "close the quote that is open, or shorten it",
    ),
    "csv-not-a-number": (
        "`{found}` is not a number",
        "write a plain number, or leave the cell empty for unknown",
    ),
    # fields
    "missing-field": ("`{name}` is missing", "add `{name}`; null where it is unknown and may be"),
    "unknown-key": ("no field is called `{key}`{nearest}", "the fields here are: {known}"),
    "not-a-number": ("{found} is not a number", "write a plain number in the unit that the name carries"),
    "not-a-number-or-none": (
        "{found} is not a number",
        "write a plain number in the unit that the name carries, or `none` where nothing binds",
    ),
    "not-text": ("{found} is not text", "put it in quotes"),
    "not-a-list": ("{found} is not a list", "write [ ... ] or lines that start with `- `"),
    "not-a-mapping": ("{found} is not a mapping", "write `key: value` lines"),
    "not-a-date": ("{found} is not a date", "write YYYY-MM-DD, YYYY-MM or YYYY"),
    "not-true-or-false": ("{found} is neither true nor false", "write true or false"),
    "wrong-word": ("`{found}` is not one of the words here{nearest}", "the words are: {known}"),
    "not-hexadecimal": (
        "`{found}` ({length} characters) is not {count} of the digits 0 to 9 and a to f",
        "put in {what}, whole and in quotes",
    ),
    "out-of-range": ("{found} is out of range: it must be {rule}", None),
    "too-few": ("{least} or more entries are needed; found {found}", None),
    "wrong-count": ("exactly {wanted} entries are needed; found {found}", None),
    "wrong-value": ("{problem}", None),
    # physics of a declaration
    "latitude-out-of-range": ("latitude {found} is out of range", "latitudes run from -90 to 90 degrees"),
    "longitude-out-of-range": (
        "longitude {found} is out of range",
        "longitudes run from -180 to 180, east positive",
    ),
    "range-upside-down": ("the range runs from {low} to {high}", "put the lower figure in `low`"),
    "half-a-range": ("a range needs both `low` and `high`", "give both, equal for one figure, or `value`"),
    "stages-out-of-order": (
        "stage {upper} {why}",
        "list the stages from the ground up; `number`, where given, must rise 1, 2, 3",
    ),
    "cannot-lift-off": (
        "it cannot lift off: the first stage pushes with {thrust_kn} kN, the missile weighs {weight_kn} kN",
        "check propellant, burn time and specific impulse, and that the stages stand from the ground up",
    ),
    "sea-level-without-exit-area": (
        "isp_at is sea_level but exit_area_m2 is not given",
        "give the nozzle's exit area, or the vacuum figure with isp_at: vacuum",
    ),
    "shroud-without-drop": ("a shroud needs drop_s or drop_km", "say when or where it falls"),
    "speed-without-altitude": (
        "a burnout speed without the altitude at which it holds",
        "give burnout_altitude_km too: unlabelled speeds differ by 0.3 km/s, as much as the disputes",
    ),
    "floor-above-ceiling": (
        "the lowest meeting altitude, {floor} km, lies above the highest, {ceiling} km",
        "exchange altitude_min_km and altitude_max_km",
    ),
    "empty-sector": (
        "the sector from {from_deg} to {to_deg} degrees is empty",
        "sectors run clockwise from true north; 0 to 360 is all round, null is unknown",
    ),
    "box-upside-down": ("the box runs from {south} to {north} degrees north", "write [south, north]"),
    "drag-table-order": ("Mach numbers must rise, and there must be as many as drag coefficients", None),
    "validity-upside-down": (
        "it ends on {to}, before it starts on {start}",
        "validity is half-open: [from, to)",
    ),
    "battery-place": (
        "a battery stands at a site or in a sea area, not at both",
        "leave one of the two null",
    ),
    "unknown-needs-no-value": (
        "the status is unknown but a value stands beside it",
        "a status that fits, or null",
    ),
    # a reader's own operands
    "speed-without-its-altitude": (
        "the altitude of the speed is not known",
        "give speed_at_km, or a model or class that has one: unlabelled speeds differ by 0.3 km/s, as much "
        "as the disputes",
    ),
    "unit-left-out": (
        "`{key}` carries no unit",
        "write `{full}`: every figure here has its unit in its name",
    ),
    "one-of-two": ("it stands beside `{other}`, which says the same", "keep one of the two"),
    "commit-ways": (
        "a commit counts in one way; found: {found}",
        "give one of after_launch_s, after_burnout_s, after_first_light_s and after_track_s",
    ),
    "track-without-time": (
        "a track is named, but the commit does not count from one",
        "give after_track_s (the decision time after the track), or leave this out",
    ),
    "operands-place": (
        "neither a site nor a sea area is called `{name}`{nearest}",
        "the places are: {known}; or draw one: {{lat_deg: 54.5, lon_deg: 17.1}}",
    ),
    "operands-commit": (
        "a commit {early} s before the missile's launch has nothing to go by",
        "give 0 or more seconds after launch",
    ),
    "operands-cap": (
        "a flight cap of {cap} s is not longer than the burn of {burn} s",
        "the cap counts from the interceptor's own launch; where yours counts from burnout, say "
        "flight_cap_counts_from: burnout",
    ),
    "operands-slow": (
        "{speed} km/s at {quoted} km does not climb to the lowest meeting at {floor} km",
        "{needed} km/s at that altitude is the least that does; check speed_km_s, speed_at_km and "
        "altitude_min_km",
    ),
    "operands-own": (
        "the launch area `{name}` is of {owner}, whose interceptor this is",
        "name a launch area of the other party, or the other owner",
    ),
    "operands-own-end": (
        "the end `{name}` lies in a member of the party whose missiles are protected",
        "flights that {owner} could meet end in its own members",
    ),
    "operands-missile": (
        "no missile is stated, and none stands at {name}",
        "give `missile`: a name such as topol, a model's id, or burnout_s, burnout_altitude_km and "
        "burnout_downrange_km",
    ),
    "operands-boost": (
        "a missile that is stated by its burnout has no path before it to be met on",
        "leave meetings_before_burnout out, or name a missile that has a flight model",
    ),
    # names
    "unknown-missile": (
        "no missile is called `{name}`{nearest}",
        "`equipoise catalogue list missiles` lists all",
    ),
    "unknown-interceptor": ("no interceptor is called `{name}`{nearest}", "the interceptors are: {known}"),
    "unknown-claim": ("no claim on {interceptor} is called `{name}`{nearest}", "the claims are: {known}"),
    "unknown-sensor": ("no sensor is called `{name}`{nearest}", "the sensors are: {known}"),
    "unknown-site": ("no site is called `{name}`{nearest}", "the sites are: {known}"),
    "unknown-sea-area": ("no sea area is called `{name}`{nearest}", "the sea areas are: {known}"),
    "unknown-architecture": ("no architecture is called `{name}`{nearest}", "the architectures are: {known}"),
    "unknown-mode": ("no command mode is called `{name}`{nearest}", "the modes are: {known}"),
    "unknown-statement": ("no statement is called `{name}`{nearest}", "the statements are: {known}"),
    "unknown-party": ("no party is called `{name}`{nearest}", "the parties are: {known}"),
    "unknown-member": ("no party has a member called `{name}`{nearest}", "the members are: {known}"),
    "unknown-country": (
        "no country is called `{name}`{nearest}",
        "give the ISO 3166 code or the English name",
    ),
    "sea-area-on-land": (
        "the box {box} is declared at sea and holds no sea",
        "check the order (latitude south, north; longitude west, east) and the signs",
    ),
    "unknown-launch-area": ("no launch area is called `{name}`{nearest}", "the launch areas are: {known}"),
    "unknown-end": ("no end is called `{name}`{nearest}", "the ends are: {known}"),
    "unknown-drag-table": ("no drag table is called `{name}`{nearest}", "the tables are: {known}"),
    "unknown-scenario": (
        "no scenario is called `{name}`{nearest}",
        "give one of {known}, or the path of a YAML file",
    ),
    "unknown-entry": (
        "nothing in the catalogue is called `{name}`{nearest}",
        "`equipoise catalogue list` lists all",
    ),
    "unknown-kind": ("no kind of fact is called `{name}`{nearest}", "the kinds are: {known}"),
    "duplicate-id": ("the id `{name}` stands twice", "give each its own id"),
    "several-missiles": ("{found} missiles stand here, one is wanted", "keep one entry in the file"),
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
    """The error with this id, its sentence and hint filled in; where it was found goes beside."""
    text, hint = MESSAGES[id]
    return InputError(
        id,
        text.format(**names),
        file=file,
        line=line,
        column=column,
        field=field,
        hint=None if hint is None else hint.format(**names),
    )
