"""What a proposal leaves open, worked out from its own data: the questions for the next meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from equipoise.scenario.types import Architecture, Battery, InterceptorModel, SeaArea, Sensor, Site


def left_open(
    architecture: Architecture,
    named_sensors: tuple[str, ...],
    interceptors: Mapping[str, InterceptorModel],
    sensors: Mapping[str, Sensor],
    sites: Mapping[str, Site],
    sea_areas: Mapping[str, SeaArea],
) -> tuple[str, ...]:
    """Sentences, each once, in the order batteries, interceptors, sensors, command.

    ``named_sensors`` are those that the proposal itself names; the architecture's own tuple also holds
    what the scenario added.
    """
    said: list[str] = []
    for battery in architecture.batteries:
        said += _of_battery(battery, interceptors, sites, sea_areas)
        said += _of_site(sites.get(battery.site or ""), architecture.judged_on)
    if not architecture.batteries:
        said.append("No interceptor is placed: neither kind, number nor site.")
    for name in dict.fromkeys(b.interceptor for b in architecture.batteries):
        said += _of_interceptor(interceptors[name])
    if not named_sensors:
        said.append("No sensor is named.")
    for sensor_id in named_sensors:
        said += _of_sensor(sensors[sensor_id], architecture.judged_on)
    if architecture.command_mode is None:
        said.append("No command mode is stated.")
    said.append("The time from a good track to release is not published.")
    return tuple(dict.fromkeys((*architecture.undeclared, *said)))


def _of_battery(
    battery: Battery,
    interceptors: Mapping[str, InterceptorModel],
    sites: Mapping[str, Site],
    sea_areas: Mapping[str, SeaArea],
) -> Iterator[str]:
    name = interceptors[battery.interceptor].name
    if battery.sea_area is not None:
        place = sea_areas[battery.sea_area].name
        yield f"The sea area of the ships ({place}) and its limits are assumed."
    else:
        place = "a place that is not named" if battery.site is None else sites[battery.site].name
    if battery.number is None:
        yield f"The number of {name} at {place} is not stated."
    elif battery.status == "assumed":
        yield f"The number of {name} at {place} ({battery.number}) is assumed."


def _of_site(site: Site | None, judged_on: str | None) -> Iterator[str]:
    if site is None or judged_on is None:
        return
    if site.valid_from is not None and _after(site.valid_from, judged_on):
        yield f"{site.name} came into use on {site.valid_from} only."
    if site.valid_to is not None and site.valid_to <= judged_on:
        yield f"{site.name} had closed by {site.valid_to}."


def _after(day: str, judged_on: str) -> bool:
    """Whether ``day`` is later, as far as both are given to the day, the month or the year."""
    shared = min(len(day), len(judged_on))
    return day[:shared] > judged_on[:shared]


def _of_interceptor(model: InterceptorModel) -> Iterator[str]:
    speeds = sorted({end for c in model.claims if c.speed_km_s.bounds for end in c.speed_km_s.bounds})
    declared = next(c for c in model.claims if c.id == model.declared_claim)
    if len(speeds) > 1:
        yield (
            f"Burnout speed of {model.name}: published figures run from "
            f"{speeds[0]:g} to {speeds[-1]:g} km/s; "
            f"{_bounds(declared.speed_km_s.bounds)} km/s ({declared.author}) stands as declared."
        )
    elif speeds:
        yield f"Burnout speed of {model.name}: one published figure, {speeds[0]:g} km/s ({declared.author})."
    if declared.burnout_altitude_km.status != "read":
        yield f"The altitude at which the speed of {model.name} holds is not published."
    if declared.flight_cap_s.status == "unknown":
        yield f"No limit on the flight time of {model.name} is declared."
    elif declared.flight_cap_s.status == "assumed":
        yield f"The limit on the flight time of {model.name}, {declared.flight_cap_s.middle:g} s, is assumed."
    if declared.altitude_min_km.status in ("assumed", "unknown"):
        yield f"The altitudes between which {model.name} can meet a missile are assumed."


def _of_sensor(sensor: Sensor, judged_on: str | None) -> Iterator[str]:
    if sensor.kind == "radar":
        if not sensor.range_km.known:
            yield f"No range of {sensor.name} is published."
        elif not sensor.target_stated:
            yield f"The range of {sensor.name}, {sensor.range_km.middle:g} km, has no stated target."
        if sensor.sector_deg is None:
            yield f"The sector of {sensor.name} is not published."
    if judged_on is None:
        return
    if sensor.valid_to is not None and sensor.valid_to <= judged_on:
        yield f"{sensor.name} had closed by {sensor.valid_to}."
    if sensor.valid_from is not None and _after(sensor.valid_from, judged_on):
        yield f"{sensor.name} was reported at work from {sensor.valid_from} only."


def _bounds(bounds: tuple[float, float] | None) -> str:
    if bounds is None:
        return "an unknown speed of"
    return f"{bounds[0]:g}" if bounds[0] == bounds[1] else f"{bounds[0]:g} to {bounds[1]:g}"
