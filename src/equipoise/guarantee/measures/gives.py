"""What a measure costs the side that takes it: people who can no longer be met, architecture by architecture.

Only measures that take hardware away or slow it cost anybody a shield; what else is given stands in words
beside each measure (``effects.csv``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from equipoise.guarantee.measures.effects import Effect, Measure, under
from equipoise.guarantee.purpose.people import Met, PeopleCount, with_architectures
from equipoise.scenario import Architecture, InterceptorModel, Scenario

HARDWARE: tuple[Effect, ...] = ("ceiling", "without", "seas")
"""Effects that take hardware away or slow it."""
HALF_A_PERSON = 0.5
"""Fewer are none."""


@dataclass(frozen=True)
class Given:
    """One architecture's people before and after some measures: what the side that takes them gives."""

    measures: tuple[str, ...]
    architecture: str
    party: str
    before: Met
    after: Met

    @property
    def people(self) -> float:
        """People who can no longer be met, against the assessed threats."""
        return self.before.met - self.after.met

    @property
    def projected_people(self) -> float | None:
        """The same against the projected threats; None where there are none."""
        if self.before.projected_met is None or self.after.projected_met is None:
            return None
        return self.before.projected_met - self.after.projected_met


def nobody_loses(measure: Measure, given: Sequence[Given]) -> bool:
    """Whether the people of a measure were counted and none of them is met the less for it."""
    mine = [g for g in given if g.measures == (measure.id,)]
    return bool(mine) and all(max(g.people, g.projected_people or 0.0) <= HALF_A_PERSON for g in mine)


def people_given(
    scenario: Scenario,
    measures: Sequence[Measure],
    *,
    quick: bool = False,
    progress: Callable[[str], None] | None = None,
) -> tuple[Given, ...]:
    """For each hardware measure, and each pair of them, every architecture that it changes."""
    acting = [m for m in measures if any(e in HARDWARE for e in m.effects)]
    sets: list[tuple[Measure, ...]] = [(m,) for m in acting] + [tuple(p) for p in combinations(acting, 2)]
    made = [(s, a) for s in sets for a in _changed(scenario, s)]
    if not made:
        return ()
    variants = {(tuple(m.id for m in s), a.id): _variant(scenario, s, a) for s, a in made}
    whole = replace(
        with_architectures(scenario, (v for v, _ in variants.values())),
        interceptors={**scenario.interceptors, **{m.id: m for _, more in variants.values() for m in more}},
    )
    count = PeopleCount(whole, quick=quick, progress=progress)
    names = dict.fromkeys(name for _, name in variants)
    before = {(m.architecture, m.party): m for m in count.of(names)}
    found = []
    for (ids, name), (variant, _) in variants.items():
        found += [Given(ids, name, met.party, before[name, met.party], met) for met in count.of([variant.id])]
    return tuple(found)


def _changed(scenario: Scenario, measures: tuple[Measure, ...]) -> list[Architecture]:
    """The architectures whose hardware all of these measures change; a pair that acts apart adds up alone."""
    touched = []
    for a in scenario.architectures.values():
        if all(_touches(scenario, m, a) for m in measures):
            touched.append(a)
    return touched


def _touches(scenario: Scenario, measure: Measure, architecture: Architecture) -> bool:
    after = under(scenario, (measure,))
    if after.architectures[architecture.id] != architecture:
        return True
    used = {b.interceptor for b in architecture.batteries}
    return any(after.interceptors[i] != scenario.interceptors[i] for i in used)


def _variant(
    scenario: Scenario, measures: tuple[Measure, ...], architecture: Architecture
) -> tuple[Architecture, tuple[InterceptorModel, ...]]:
    """The architecture as the measures leave it, under a name of its own, and its slowed interceptors."""
    after = under(scenario, measures)
    name = f"{architecture.id} under {' and '.join(m.id for m in measures)}"
    slowed: dict[str, InterceptorModel] = {}
    batteries = []
    for b in after.architectures[architecture.id].batteries:
        model = after.interceptors[b.interceptor]
        if model != scenario.interceptors[b.interceptor]:
            model = _renamed(model, name)
            slowed[model.id] = model
        batteries.append(replace(b, id=f"{b.id} under", interceptor=model.id))
    return replace(architecture, id=name, batteries=tuple(batteries)), tuple(slowed.values())


def _renamed(model: InterceptorModel, under_what: str) -> InterceptorModel:
    """The model and its claims under ids of their own, so that engagements keep both."""
    claims = tuple(replace(c, id=f"{c.id} in {under_what}") for c in model.claims)
    declared = f"{model.declared_claim} in {under_what}"
    return replace(model, id=f"{model.id} in {under_what}", claims=claims, declared_claim=declared)
