"""How kernels touch memory so that LLVM turns a loop over lanes into vector instructions.

A chunk of flights lives in one flat float64 buffer, ``LANES`` numbers a row: quantity ``row`` of lane ``l``
is ``buffer[row * LANES + l]``. Tables (air, drag, Earth) are separate read-only arrays. LLVM cannot know
that a table never overlaps the buffer, and a gather from a table would then keep a loop scalar. The three
functions here tell it so: ``get`` and ``put`` are marked as never touching what ``look`` reads.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float, UInt
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numpy import ndarray as Array

LANES = 128
"""Flights that march together; 128 measured best among 32, 64, 128 and 256."""

FAST = {"contract", "reassoc", "arcp", "nsz"}
"""Free rounding order, but NaN and infinity keep their meaning, so that clamps and tests hold."""

_WORD = ir.IntType(64)
_UPPER_HALF = 0xFFFF_FFFF_0000_0000

INLINE: dict[str, Any] = {"fastmath": FAST, "error_model": "numpy", "forceinline": True, "cache": True}
KERNEL: dict[str, Any] = {"fastmath": FAST, "error_model": "numpy", "nogil": True, "cache": True}


def _table_scope(builder: ir.IRBuilder) -> Any:
    """The alias scope that holds every table."""
    module = builder.module
    domain = module.add_metadata(["equipoise"])
    return module.add_metadata([module.add_metadata(["tables", domain])])


def _address(context: Any, builder: ir.IRBuilder, kind: Any, array: Any, index: Any) -> Any:
    """The address of a C-contiguous array's element, with no bounds check and no negative index."""
    data = context.make_array(kind)(context, builder, array).data
    return builder.gep(data, [index])


@intrinsic
def _get(typing_context: Any, buffer: Any, index: Any) -> Any:
    """Element ``index`` of the chunk's buffer."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        load = builder.load(_address(context, builder, signature.args[0], args[0], args[1]))
        load.set_metadata("noalias", _table_scope(builder))
        return load

    return types.float64(buffer, index), generate


@intrinsic
def _put(typing_context: Any, buffer: Any, index: Any, value: Any) -> Any:
    """Write element ``index`` of the chunk's buffer."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        store = builder.store(args[2], _address(context, builder, signature.args[0], args[0], args[1]))
        store.set_metadata("noalias", _table_scope(builder))
        return context.get_dummy_value()

    return types.void(buffer, index, types.float64), generate


@intrinsic
def _look(typing_context: Any, table: Any, index: Any) -> Any:
    """Element ``index`` of a read-only table; the caller has clamped the index."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        load = builder.load(_address(context, builder, signature.args[0], args[0], args[1]))
        load.set_metadata("alias.scope", _table_scope(builder))
        return load

    return types.float64(table, index), generate


@intrinsic
def _look_pair(typing_context: Any, table: Any, index: Any) -> Any:
    """The value and the change to the next one that ``packed`` put into one element of a table."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _address(context, builder, signature.args[0], args[0], args[1])
        word = builder.load(builder.bitcast(place, _WORD.as_pointer()))
        word.set_metadata("alias.scope", _table_scope(builder))
        value = builder.and_(word, ir.Constant(_WORD, _UPPER_HALF))
        change = builder.shl(word, ir.Constant(_WORD, 32))
        halves = [builder.bitcast(half, ir.DoubleType()) for half in (value, change)]
        return context.make_tuple(builder, signature.return_type, halves)

    pair: Any = types.Tuple
    return pair((types.float64, types.float64))(table, index), generate


@intrinsic
def _clamped(typing_context: Any, x: Any, low: Any, high: Any) -> Any:
    """``x`` held between two numbers by selects; a NaN becomes ``low``."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        raised = builder.select(builder.fcmp_ordered(">", args[0], args[1]), args[0], args[1])
        return builder.select(builder.fcmp_ordered("<", raised, args[2]), raised, args[2])

    return types.float64(types.float64, types.float64, types.float64), generate


@intrinsic
def _widest(typing_context: Any) -> Any:
    """Mark the kernel that calls this: its loops fill 512-bit vectors where the processor has them.

    LLVM takes 256 bits by itself. The attribute is none of those that llvmlite knows by name.
    """

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')
        return context.get_dummy_value()

    return types.void(), generate


widest: Any = _widest
get: Any = _get
put: Any = _put
look: Any = _look
look_pair: Any = _look_pair
clamped: Any = _clamped


def packed(values: Float[Array, " n"]) -> Float[Array, " n"]:
    """A table for ``look_pair``: each element holds a value and the change to the next, as upper halves.

    To read a table linearly takes two neighbours, and reading from tables is what vector code is slowest at;
    packed, one read does. A half keeps 20 bits of the mantissa, so a value errs by at most 4.8e-7 of itself.
    """
    value = _upper_half(values)
    change = _upper_half(np.append(np.diff(value.view(np.float64)), 0.0))
    return np.asarray(value | (change >> np.uint64(32))).view(np.float64)


def _upper_half(values: Float[Array, " n"]) -> UInt[Array, " n"]:
    """The bits of float64 numbers, rounded to their upper 32."""
    bits = np.ascontiguousarray(values, dtype=np.float64).view(np.uint64)
    return np.asarray((bits + np.uint64(0x8000_0000)) & np.uint64(_UPPER_HALF))
