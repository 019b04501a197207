"""Arrays without an owner: the same memory, but nobody counts who holds it.

Compiled code counts the holders of an array at every call it is handed to, by operations with which threads get in each
other's way. Whoever takes a bare array sees to it that the memory outlives it: here the caller of the loop holds all.
"""

from __future__ import annotations

from numba import carray, njit, types  # type: ignore[attr-defined]
from numba.extending import intrinsic


@intrinsic
def _pointer(typing_context, address):
    """A whole number as an address."""

    def generated(context, builder, signature, args):
        return builder.inttoptr(args[0], context.get_value_type(types.voidptr))

    return types.voidptr(address), generated


@njit
def bare(array):
    """The array without an owner."""
    return carray(_pointer(array.ctypes.data), array.shape, array.dtype)  # type: ignore[call-arg]
