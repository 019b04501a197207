"""Arrays without an owner: the same memory, but nobody counts who holds it.

Compiled code counts the holders of an array at every call it is handed to, by operations with which threads get in each
other's way. Whoever takes a bare array sees to it that the memory outlives it: here the caller of the loop holds all.
"""

from __future__ import annotations

from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic


def _without_owner(context, builder, kind, value):
    """The array, or each array of the bundle, without what says who holds it."""
    if isinstance(kind, types.Array):
        array = context.make_array(kind)(context, builder, value)
        array.meminfo = cgutils.get_null_value(array.meminfo.type)
        array.parent = cgutils.get_null_value(array.parent.type)
        return array._getvalue()
    if isinstance(kind, types.BaseTuple):
        parts = [
            _without_owner(context, builder, one, builder.extract_value(value, place))
            for place, one in enumerate(kind.types)  # type: ignore[attr-defined]
        ]
        return context.make_tuple(builder, kind, parts)
    return value


@intrinsic
def _bare(typing_context, bundle):
    def generated(context, builder, signature, args):
        return _without_owner(context, builder, signature.args[0], args[0])

    return bundle(bundle), generated


@njit
def bare(bundle):
    """The array without an owner, or the bundle, however deep, with all of its arrays so."""
    return _bare(bundle)  # type: ignore[call-arg]
