"""Claims, measures and concerns as statements; the pairs and anchors that go with the claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from equipoise.scenario.builders.sources import cited
from equipoise.scenario.edges.statements import (
    AnchorEdge,
    ClaimEdge,
    ClaimFile,
    ConcernEdge,
    MeasureEdge,
    PairOfClaimsEdge,
    PublishedCaseEdge,
)
from equipoise.scenario.facts_types import Anchor, AnchorModel, ClaimPair, PublishedCase
from equipoise.scenario.types import Statement


def build_claim(edge: ClaimEdge) -> Statement:
    """A published claim: who says what, what it rests on and what it turns on."""
    data: dict[str, str] = {"claimant": edge.claimant, "direction": edge.direction}
    data["reach"] = "not said" if edge.result.reach is None else _text(edge.result.reach)
    data["result_status"] = edge.result.status
    data["turns_on"] = ", ".join(edge.turns_on)
    data["usable_as_evidence"] = _text(edge.usable_as_evidence)
    data |= {f"architecture.{k}": _text(v) for k, v in edge.architecture.items()}
    for name, given in edge.inputs.items():
        unit = f" {given.unit}" if given.unit else ""
        said = "not known" if given.value is None else _text(given.value) + unit
        data[f"inputs.{name}"] = f"{said} ({given.status})" + (f"; {given.note}" if given.note else "")
    if edge.note:
        data["note"] = edge.note
    return Statement(
        id=edge.id,
        kind="claim",
        party=None,
        text=f"{edge.claimant}: {edge.result.text or _in_words(edge)}",
        status=edge.result.status,
        source=cited([s.model_dump() for s in edge.source]),
        data=tuple(data.items()),
    )


_DIRECTIONS = {
    "cannot": "says that it cannot reach",
    "can": "says that it can reach",
    "some": "says that it can reach some",
    "not_judged": "does not judge reach",
}


def _in_words(edge: ClaimEdge) -> str:
    """A claim of which no words were kept: what it says of reach, and the argument that it rests on."""
    given = (edge.inputs[name].value for name in ("argument", "objection") if name in edge.inputs)
    return "; ".join((_DIRECTIONS[edge.direction], *(v for v in given if isinstance(v, str))))


def build_measure(edge: MeasureEdge) -> Statement:
    """A measure that was proposed, and the operands that it fixes (``parameters``)."""
    data = {"by": edge.by, "parameters": ", ".join(edge.parameters), "answer": edge.answer or ""}
    data |= {f"figures.{k}": _text(v) for k, v in edge.figures.items()}
    return Statement(
        id=edge.id,
        kind="measure",
        party=None,
        text=f"{edge.by}: {' '.join(edge.text.split())}",
        status=edge.status,
        source=cited([s.model_dump() for s in edge.source]),
        data=tuple((k, v) for k, v in data.items() if v),
    )


def build_concern(edge: ConcernEdge, architecture_ids: Mapping[str, str]) -> Statement:
    """A party's worry, and the ids of what it is about."""
    about = edge.about
    named = (
        *about.sites,
        *about.sea_areas,
        *about.sensors,
        *(architecture_ids.get(a, a) for a in about.architectures),
        *about.obligations,
        *about.deterrents,
    )
    data = {"since": edge.since or "not stated", "member": edge.member or "several"}
    return Statement(
        id=edge.id,
        kind="concern",
        party=edge.party,
        text=edge.text,
        status=edge.status,
        source=edge.source,
        about=named,
        data=tuple(data.items()),
    )


def build_pairs(pairs: Iterable[PairOfClaimsEdge]) -> tuple[ClaimPair, ...]:
    """Two claims on one question with opposite answers."""
    return tuple(
        ClaimPair(p.id, p.question, p.says_no, p.says_yes, p.operand, p.second_operand) for p in pairs
    )


def build_anchor(edge: AnchorEdge) -> Anchor:
    """Keys of the tables become numbers: seconds of commit, or km/s."""
    return Anchor(
        start=edge.start,
        end=edge.to,
        site=edge.site,
        sea_area=edge.sea_area,
        interceptor_class=edge.interceptor_class,
        needed_speed_km_s=tuple((float(k), v) for k, v in edge.needed_speed_km_s.items()),
        latest_commit_s=tuple((float(k), v) for k, v in edge.latest_commit_s.items()),
        latest_commit_capped_s=tuple(
            (float(k), v) for k, v in edge.latest_commit_if_flight_capped_at_600_s.items()
        ),
        status=edge.status,
    )


def build_anchor_model(file: ClaimFile) -> AnchorModel:
    """How the anchors were made."""
    model = file.model
    return AnchorModel(
        text=" ".join(model.text.split()),
        tolerance_km_s=model.tolerance["speed_km_s"],
        tolerance_s=model.tolerance["commit_s"],
        places_deg=tuple((name, p.lat_deg, p.lon_deg) for name, p in model.places.items()),
        status=model.status,
    )


def build_case(edge: PublishedCaseEdge, architecture_ids: Mapping[str, str]) -> PublishedCase:
    """A row of published_coverage.csv."""
    return PublishedCase(
        id=edge.case_id,
        claim=edge.claim,
        architecture=architecture_ids.get(edge.architecture, edge.architecture),
        interceptor=edge.interceptor,
        threat=edge.threat,
        launch_area=edge.launch_area,
        aim_area=edge.aim_area,
        inputs_needed=edge.inputs_needed,
        quantity=edge.quantity,
        published_value=edge.published_value,
        unit=edge.unit,
        how_to_compare=edge.how_to_compare,
        pass_when=edge.pass_when,
        caution=edge.caution or "",
        status=edge.status,
        source=f"{edge.source}, {edge.year}, {edge.where_in_source}",
    )


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(_text(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{k} {_text(v)}" for k, v in value.items())
    return "not known" if value is None else str(value)
