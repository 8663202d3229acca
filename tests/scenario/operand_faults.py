"""Wrong operand files: a right one, and for each fault the line that is changed and what else must change."""

from __future__ import annotations

from dataclasses import dataclass

RIGHT = """\
owner: NATO
interceptor:
  speed_km_s: 6.3
  speed_at_km: 200
  time_to_burnout_s: 120
  flight_cap_s: 600
  altitude_min_km: 130
  altitude_max_km: none
  shots_each: 1
place: redzikowo
launch: kozelsk
aim: washington
missile: ss-19
commit:
  after_launch_s: [120, 300]
meetings_before_burnout: false
ask:
  needed_speed_at_commits_s: [60, 120]
"""
"""A file that is read."""


@dataclass(frozen=True)
class Wrong:
    """The message, the line as it is, and as it is wrong; ``also`` (old, new) makes the message come."""

    id: str
    old: str
    new: str
    also: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        """The whole file with its fault."""
        return RIGHT.replace(*self.also, 1).replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        """The line on which the fault stands."""
        return self.text[: self.text.index(self.new)].count("\n") + 1


COMMIT, PLACE, LAUNCH = "after_launch_s: [120, 300]", "place: redzikowo", "launch: kozelsk"
SPEED, AIM, MISSILE = "speed_km_s: 6.3", "aim: washington", "missile: ss-19"
PROFILE = "missile: {burnout_s: 180, burnout_altitude_km: 250, burnout_downrange_km: 500}"
BOOST = "meetings_before_burnout: false"
ASK = "needed_speed_at_commits_s: [60, 120]"
BURN = "time_to_burnout_s: 120"
LOW = ("6.3\n  speed_at_km: 200", "0.9\n  speed_at_km: 20")
NAMELESS = (f"{PLACE}\n{LAUNCH}", "place: baltic-sea\nlaunch: {lat_deg: 54, lon_deg: 36}")
WRONG = (
    Wrong("unit-left-out", SPEED, "speed: 6.3"),
    Wrong("unit-left-out", "altitude_min_km: 130", "altitude_min: 130"),
    Wrong("unknown-key", "shots_each: 1", "shotseach: 1"),
    Wrong("unknown-key", LAUNCH, "lauch: kozelsk"),
    Wrong("not-a-number", SPEED, "speed_km_s: 6.3 km/s"),
    Wrong("range-upside-down", COMMIT, "after_launch_s: [300, 120]"),
    Wrong("half-a-range", COMMIT, "after_launch_s: {low: 120}"),
    Wrong("wrong-count", COMMIT, "after_launch_s: [120, 200, 300]"),
    Wrong("out-of-range", SPEED, "speed_km_s: -6.3"),
    Wrong("out-of-range", SPEED, "speed_km_s: 6300"),
    Wrong("out-of-range", "shots_each: 1", "shots_each: 0"),
    Wrong("out-of-range", BURN, "time_to_100_km_s: 10", also=LOW),
    Wrong("operands-slow", SPEED, "speed_km_s: 0.5", also=("speed_at_km: 200", "speed_at_km: 20")),
    Wrong("operands-cap", "flight_cap_s: 600", "flight_cap_s: 110"),
    Wrong("operands-commit", COMMIT, "after_launch_s: -5"),
    Wrong("operands-commit", COMMIT, "after_burnout_s: [-900, 0]"),
    Wrong("operands-commit", ASK, "needed_speed_at_commits_s: [-60]"),
    Wrong(
        "floor-above-ceiling",
        "altitude_min_km: 130",
        "altitude_min_km: 300",
        also=("_max_km: none", "_max_km: 250"),
    ),
    Wrong(
        "one-of-two", BURN, "time_to_100_km_s: 90", also=("speed_at_km: 200", "speed_at_km: 200\n  " + BURN)
    ),
    Wrong("speed-without-its-altitude", SPEED, SPEED, also=("  speed_at_km: 200\n", "")),
    Wrong("not-a-number-or-none", "flight_cap_s: 600", "flight_cap_s: unlimited"),
    Wrong("out-of-range", BURN, "speed_at_elevation_deg: 95\n  " + BURN),
    Wrong("out-of-range", ASK, "latest_commit_at_speeds_km_s: [6.3, 99]"),
    Wrong("operands-cap", ASK, "flight_caps_s: [600, 110]"),
    Wrong("operands-commit", ASK, ASK.replace("60", "-900") + "\n  commits_count_from: burnout"),
    Wrong("too-few", LAUNCH, "launch: []"),
    Wrong("unknown-interceptor", SPEED, "model: gbi22"),
    Wrong("unknown-claim", SPEED, "claim: somebody", also=(BURN, "model: gbi2")),
    Wrong("wrong-word", SPEED, "class: silo-exos"),
    Wrong("operands-place", PLACE, "place: redzikovo"),
    Wrong("sea-area-on-land", PLACE, "place: {lat_deg: [48, 49], lon_deg: [80, 82]}"),
    Wrong("latitude-out-of-range", PLACE, "place: {lat_deg: 95, lon_deg: 17}"),
    Wrong("box-upside-down", PLACE, "place: {lat_deg: [58, 54], lon_deg: [0, 6]}"),
    Wrong("wrong-count", PLACE, "place: {lat_deg: [54, 58], lon_deg: 6}"),
    Wrong("unknown-launch-area", LAUNCH, "launch: koselsk"),
    Wrong("operands-own", LAUNCH, "launch: minot"),
    Wrong("operands-missile", LAUNCH, "launch: {lat_deg: 54, lon_deg: 36}", also=(MISSILE, "")),
    Wrong("unknown-end", AIM, "aim: washingtown"),
    Wrong("operands-own-end", AIM, "aim: moscow"),
    Wrong("unknown-missile", MISSILE, "missile: ss-91"),
    Wrong("out-of-range", MISSILE, PROFILE.replace("180", "5000")),
    Wrong("operands-boost", "burnout: false", "burnout: true", also=(MISSILE, PROFILE)),
    Wrong(
        "unknown-sensor", COMMIT, "sensors: [fylingdale]", also=("commit:", "commit:\n  after_track_s: 20")
    ),
    Wrong("unknown-architecture", BOOST, "also_counted: {architecture: epaa-phase9}"),
    Wrong("wrong-word", BOOST, "also_counted: {architecture: epaa-phase3, which: every}"),
    Wrong("unknown-party", "owner: NATO", "owner: NATTO"),
)
NEAR = (
    Wrong("commit-ways", COMMIT, "after_launch_s: 120\n  after_burnout_s: 30"),
    Wrong("track-without-time", COMMIT, "after_launch_s: 120\n  track: search"),
    Wrong("missing-field", "  altitude_min_km: 130\n", ""),
    Wrong("missing-field", "  " + BURN + "\n", ""),
    Wrong("missing-field", "owner: NATO\n", "", also=NAMELESS),
)
"""Faults of a part as a whole, told at the part."""
