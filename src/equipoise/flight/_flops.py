# mypy: disable-error-code="no-any-return"
"""What the processor can do, and what a flight asks of it: the FMA peak, and operations counted in the
kernels.
"""

from __future__ import annotations

import re
import time
from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from equipoise.flight import _plan as p
from equipoise.flight._boost import _stage as boost_stage
from equipoise.flight._coast import coast_stage
from equipoise.flight._engine import ASCENT_STEPS, ENTRY_STEPS
from equipoise.flight._entry import altitude_step
from equipoise.flight._memory import KERNEL
from equipoise.flight._plan import Shape
from equipoise.flight._roots import MAGIC, ROOT_OPERATIONS
from equipoise.flight._runge_kutta import STAGES

_CHAINS = 12
"""Independent chains of FMA, enough to hide the latency of four cycles on two ports."""
_OPERATIONS = re.compile(
    r"= (?:fadd|fsub|fmul|fdiv)\b[^\n]*<(\d+) x double>|@llvm\.(?:sqrt|fma)\.v(\d+)f64\("
)
_STRIDE = re.compile(r"add (?:nuw |nsw )*i64 %(index|lsr\.iv|vec)[\w.]*, (\d+)")
_BYTES = 8


def _spin(width: int) -> Any:
    """A compiled function that does ``_CHAINS`` FMA of ``width`` lanes a round, for so many rounds."""

    insert: Any = cgutils.get_or_insert_function

    @intrinsic
    def _body(typing_context: Any, rounds: Any, factor: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            vector = ir.VectorType(ir.DoubleType(), width)
            rounds_value, factor_value = args
            wide = ir.Constant(vector, ir.Undefined)
            for lane in range(width):
                wide = builder.insert_element(wide, factor_value, ir.Constant(ir.IntType(32), lane))
            kind = ir.FunctionType(vector, [vector] * 3)
            fma = insert(builder.module, kind, f"llvm.fma.v{width}f64")
            before, loop = builder.block, builder.append_basic_block("spin")
            after = builder.append_basic_block("done")
            builder.branch(loop)
            builder.position_at_end(loop)
            count = builder.phi(ir.IntType(64))
            count.add_incoming(ir.Constant(ir.IntType(64), 0), before)
            chains = [builder.phi(vector) for _ in range(_CHAINS)]
            results = [builder.call(fma, [c, wide, wide]) for c in chains]
            for k, (chain, result) in enumerate(zip(chains, results, strict=True)):
                chain.add_incoming(ir.Constant(vector, [float(k)] * width), before)
                chain.add_incoming(result, loop)
            following = builder.add(count, ir.Constant(ir.IntType(64), 1))
            count.add_incoming(following, loop)
            builder.cbranch(builder.icmp_signed("<", following, rounds_value), loop, after)
            builder.position_at_end(after)
            total = results[0]
            for result in results[1:]:
                total = builder.fadd(total, result)
            return builder.extract_element(total, ir.Constant(ir.IntType(32), 0))

        return types.float64(rounds, factor), generate

    body: Any = _body

    @njit
    def spin(rounds: int, factor: float) -> float:
        return body(rounds, factor)

    return spin


def fma_peak_flop_s(width: int, rounds: int = 4_000_000) -> float:
    """Most FMA operations a second (two each) that one core does now, in vectors of ``width`` float64."""
    spin = _spin(width)
    spin(10, 0.5)
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        spin(rounds, 0.5)
        best = max(best, 2.0 * _CHAINS * width * rounds / (time.perf_counter() - start))
    return best


def vector_flops(kernel: Any, signature: list[Any], roots_as_two: bool = False) -> list[float]:
    """Operations a lane of each vectorised loop of a kernel, in ascending order; +, −, ×, ÷ and √ count
    one. ``roots_as_two`` counts a series that stands for one over a root as that root and that division.
    """
    fresh = njit(**{k: v for k, v in KERNEL.items() if k != "cache"})(kernel.py_func)
    fresh.compile(tuple(signature))
    text = next(iter(fresh.inspect_llvm().values()))
    counts = []
    for block in re.split(r"\n(?=[\w.]+:)", text):
        operations = [int(a or b) for a, b in _OPERATIONS.findall(block)]
        stride = _STRIDE.search(block)
        if operations and stride and block.startswith(("vector.body", "vector.ph")) and len(operations) > 10:
            lanes = int(stride.group(2))
            in_bytes = stride.group(1) == "lsr.iv" and lanes % (_BYTES * operations[0]) == 0
            roots = block.count(str(MAGIC)) * operations[0] if roots_as_two else 0
            flops = sum(operations) - roots * (ROOT_OPERATIONS - 2)
            counts.append(flops / (lanes / _BYTES if in_bytes else lanes))
    return sorted(counts)


def flops_a_flight(shape: Shape, half_steps: int, roots_as_two: bool = False) -> dict[str, float]:
    """Operations of one flight by phase, counted in the compiled kernels."""
    table, number = types.float64[::1], types.float64
    air, push, rise, turn, programme = vector_flops(
        boost_stage, [table, types.int64, table, table, table, number, number, number], roots_as_two
    )
    coast = sum(vector_flops(coast_stage, [table, table, number, number, number], roots_as_two))
    entry = max(vector_flops(altitude_step, [table, table, table], roots_as_two))
    move = {p.RISE: rise, p.TURN: turn, p.COAST: turn, p.PROGRAMME: programme}
    each = {kind: air + push + last for kind, last in move.items()}
    return {
        "boost": STAGES * sum(each[k] * n for k, n in zip(shape.kinds, shape.steps, strict=True)),
        "coast": STAGES * 2 * half_steps * coast,
        "air": STAGES * (ASCENT_STEPS + ENTRY_STEPS + 1) * entry,
    }
