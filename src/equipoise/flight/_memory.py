"""How kernels touch memory so that LLVM turns a loop over lanes into vector instructions.

A chunk of flights lives in one flat float64 buffer, ``LANES`` numbers a row: quantity ``row`` of lane ``l``
is ``buffer[row * LANES + l]``. Tables (air, drag, Earth) are separate read-only arrays. LLVM cannot know
that a table never overlaps the buffer, and a gather from a table would then keep a loop scalar. The three
functions here tell it so: ``get`` and ``put`` are marked as never touching what ``look`` reads.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LANES = 128
"""Flights that march together; 128 measured best among 32, 64, 128 and 256."""

FAST = {"contract", "reassoc", "arcp", "nsz"}
"""Free rounding order, but NaN and infinity keep their meaning, so that clamps and tests hold."""

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


get: Any = _get
put: Any = _put
look: Any = _look
