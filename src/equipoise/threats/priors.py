"""What is assumed before any flight is looked at: every figure in one place, each with its reason.

A party may put others in (``--priors FILE``): two assessments that differ then differ by a named prior.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

from equipoise.scenario import did_you_mean, read_yaml
from equipoise.threats.messages import fault

Range = tuple[float, float]


@dataclass(frozen=True)
class Priors:
    """Uniform between two ends unless a field says otherwise."""

    range_km: Range = (80.0, 15_000.0)
    """Of a flight, in its logarithm: where a figure is announced this hardly matters."""
    apogee_km: Range = (30.0, 12_000.0)
    """The same for its apogee."""
    boost_s: Range = (30.0, 440.0)
    """Lift-off to the last cut-off, pauses included: published models burn 62 to 320 s, and real boosts and
    pauses run longer. Announced times less the unpowered arc, 64 to 275 s, are what it has to allow."""
    acceleration_m_s2: Range = (12.0, 60.0)
    """Speed of the unpowered arc at the ground over the boost, which binds the boost further: a slow missile
    has no long one. Ideal velocity over burn is 27 to 68 in all models of the catalogue, of which gravity
    takes some 10; the longest boosts that announced times imply need 17."""
    chord_share: Range = (0.26, 0.54)
    """Straight line from launch to cut-off over (speed at cut-off x boost): 0.27 to 0.53 in all models of the
    catalogue at lofts of 20 to 86 degrees."""
    chord_lift: Range = (0.03, 0.22)
    """How much of the way from the path's angle to the vertical that line is steeper: 0.03 to 0.21 there."""
    usual_loft_deg: Range = (20.0, 60.0)
    """Of a flight of which neither apogee nor time was announced."""
    payload_factor: Range = (1.0 / 3.0, 3.0)
    """On a model's payload, in its logarithm."""
    impulse_sd: float = 0.02
    """Standard deviation of a common factor on specific impulse (normal)."""
    propellant_sd: float = 0.07
    """The same on propellant."""
    empty_sd: float = 0.12
    """The same on empty masses, in its logarithm."""
    burn_sd: float = 0.25
    """The same on burn times, in its logarithm; thrust falls as burn time grows."""
    pause_s: Range = (0.0, 60.0)
    """Between stages, each; nobody publishes it."""
    unspent_mean: float = 0.05
    """Share of the last stage's burn that a test leaves unused: exponential with this mean."""


def read_priors(path: Path) -> Priors:
    """Priors with those that a YAML file names put in their place. InputError for what will not do."""
    document = read_yaml(path)
    known = [f.name for f in fields(Priors)]
    if not isinstance(document.data, dict):
        raise fault("priors-value", file=str(path), line=1, name="priors", found="this", rule="`name: value`")
    changed: dict[str, Range | float] = {}
    for name, value in document.data.items():
        line, column = document.place((name,))
        if name not in known:
            near = did_you_mean(str(name), known)
            raise fault(
                "priors-key", file=str(path), line=line, column=column, name=name, nearest=near,
                known=", ".join(known),
            )  # fmt: skip
        good = _checked(name, value)
        if good is None:
            rule = "one number above zero"
            if isinstance(getattr(Priors(), name), tuple):
                rule = "[low, high], two numbers of which the first is less"
            raise fault(
                "priors-value", file=str(path), line=line, column=column, field=name, name=name, found=value,
                rule=rule,
            )  # fmt: skip
        changed[name] = good
    return replace(Priors(), **changed)  # type: ignore[arg-type]


def _checked(name: str, value: object) -> Range | float | None:
    """A prior's value of the right form, or None."""
    given = value if isinstance(value, list) else [value]
    numbers = [float(v) for v in given if isinstance(v, int | float) and not isinstance(v, bool) and v >= 0]
    if len(numbers) != len(given):
        return None
    if isinstance(getattr(Priors(), name), tuple):
        return (numbers[0], numbers[1]) if len(numbers) == 2 and numbers[0] < numbers[1] else None
    return numbers[0] if not isinstance(value, list) and numbers[0] > 0.0 else None
