"""What each row of a chunk's buffer holds, and the columns of the arrays that go into and come out of a
flight.

Boost, coast and entry run one after the other, so their working rows share places: a row named for one
phase means nothing in the next. State rows come first and their second registers ``STATE`` rows later.
"""

from __future__ import annotations

# --- the state and its second register (metres, metres a second; entry also the time)
X, Y, Z, VX, VY, VZ, TIME = range(7)
STATE = 7
"""Register of row q is row q + STATE."""

# --- boost
STEP, MASS, FLOW, THRUST, EXIT, AREA, INTO = range(14, 21)
"""Step (s), mass (kg) and flow (kg/s) of the segment, thrust (N), exit area (m²), half area (m²), time into
the segment (s).
"""
LOWEST, DRAG_START, PER_MACH, ELEVATION, RATE = range(21, 26)
"""Lowest height so far (m), the drag table's start and scale, elevation at the segment's start (rad), its
rate.
"""
UPX, UPY, UPZ, FORX, FORY, FORZ = range(26, 32)
"""The vertical of the launch point, and the horizontal direction of the launch azimuth."""
LENGTH, CLOCK, SPENT = range(32, 35)
"""Length of the segment in this flight (s), time since lift-off (s), time already flown of a split segment
(s).
"""

PER_RADIUS, DENSITY, SOUND, PER_SPEED, PUSH, RESISTANCE = range(35, 41)
"""What the parts of one Runge-Kutta stage hand on: one over the radius (1/m), density (kg/m³) and speed of
sound (m/s) there, one over the speed (s/m), thrust per mass (m/s²), drag per mass and speed (1/s).
"""

# --- coast: the departure is the state; these describe the reference orbit
RX, RY, RZ, SX, SY, SZ = range(14, 20)
"""Position and velocity where the coast begins, inertial."""
SEMI, ECOS, ESIN, TURN_STEP, SIN0, COS0, PER_START, PACE = range(20, 28)
"""Semi-major axis a (m), e cos E and e sin E at the start, step of eccentric anomaly, sin and cos so far; one
over 1 − e cos E at the start, and √(a/mu) (s/m), by which dt = r √(a/mu) dE."""
REFX, REFY, REFZ, REFR = range(28, 32)
"""The reference at a Runge-Kutta stage: position (m) and radius."""

# --- entry and the last of the ascent: altitude is the variable
HEIGHT, CLIMB, HALF_BETA = range(14, 17)
"""Height at the step's start (m), height to climb in this step (m), 1/(2 beta) (m²/kg)."""

ROWS = 41

# --- one flight's input
IN_LAT, IN_LON, IN_AZIMUTH, IN_KICK, IN_LOFT, IN_BURN, IN_MISSILE = range(7)
"""Geodetic latitude, longitude, azimuth, kick and loft (rad), burn time of all stages (s), row of the
missile.
"""
INPUTS = 7

# --- one flight's output
STATUS, IN_AIR, BURNOUT_T, BURNOUT_H, APOGEE_H, IMPACT_T, IMPACT_LAT, IMPACT_LON, FAIL_H = range(9)
"""A code below, 1 where flown in time, burnout time and height, apogee height, impact time (of a failed
flight: when it failed), geodetic impact (rad), and the height where a flight failed.
"""
BURNOUT_X = 9
"""Six columns: the Earth-fixed state at burnout."""
ANGLE, DROP_T, BURNOUT_KG = 15, 16, 17
"""Flight-path angle at burnout (rad), when an altitude dropped the shroud (s; 0 if none did), mass at
burnout.
"""
OUTPUTS = 18

OK, FELL, ORBITAL = range(3)
"""Status: reached the ground; hit the ground under power; does not come down (within four hours)."""
