"""Arrays of what lies side by side (`lanes`), and views of one run of them, in the same memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate, infer_getattr
from numba.extending import lower_getattr_generic, models, register_model

from tightrope.model.single.lanes import DOUBLE, SIZE, WIDTH, intrinsic, lanes, marks


class Named(types.Type):
    """The parameters by name, as the fields of `record`, of all the runs side by side (`wide`) or of one."""

    def __init__(self, record: types.Record, wide: bool) -> None:
        self.record, self.wide = record, wide
        super().__init__(name=f"Named({record}, {wide})")


@register_model(Named)
class _NamedModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, kind: types.Type) -> None:
        super().__init__(dmm, kind, ir.IntType(8).as_pointer())


def _parts(kind: Any) -> Any:
    """The types of what a bundle holds."""
    return kind.types


def _converted(kind: Any, array: Callable[[Any], Any], named: bool) -> Any:
    """The type of an array, of a bundle of them however deep, or of parameters, turned over."""
    if isinstance(kind, types.Array):
        return array(kind)
    if isinstance(kind, types.BaseTuple):
        parts = [_converted(one, array, named) for one in _parts(kind)]
        return types.BaseTuple.from_types(parts, getattr(kind, "instance_class", None))
    if isinstance(kind, types.Record):
        return Named(kind, True)
    return Named(kind.record, False) if isinstance(kind, Named) and not named else kind


def _wide(kind: Any) -> Any:
    if kind.dtype != types.float64:
        return kind
    return types.Array(lanes, kind.ndim - 1, kind.layout, aligned=False)


def _narrow(kind: Any) -> Any:
    return types.Array(types.float64, kind.ndim, "A") if kind.dtype == lanes else kind


def _turned(context: Any, builder: Any, kind: Any, into: Any, value: Any, step: Any) -> Any:
    """The same memory seen as the other type, `step` bytes on."""
    if isinstance(kind, types.BaseTuple):
        parts = [
            _turned(context, builder, one, other, builder.extract_value(value, place), step)
            for place, (one, other) in enumerate(zip(_parts(kind), _parts(into), strict=True))
        ]
        return context.make_tuple(builder, into, parts)
    if kind == into:
        return value
    if isinstance(kind, types.Array):
        return _array(context, builder, kind, into, value, step)
    pointer = builder.bitcast(value, ir.IntType(8).as_pointer())
    return cgutils.pointer_add(builder, pointer, step)


def _array(context: Any, builder: Any, kind: Any, into: Any, value: Any, step: Any) -> Any:
    old, new = context.make_array(kind)(context, builder, value), context.make_array(into)(context, builder)
    shape = cgutils.unpack_tuple(builder, old.shape, kind.ndim)[: into.ndim]
    strides = cgutils.unpack_tuple(builder, old.strides, kind.ndim)[: into.ndim]
    count = context.get_constant(types.intp, 1)
    for one in shape:
        count = builder.mul(count, one)
    new.data = builder.bitcast(
        cgutils.pointer_add(builder, builder.bitcast(old.data, ir.IntType(8).as_pointer()), step),
        context.get_data_type(into.dtype).as_pointer(),
    )
    new.shape, new.strides = cgutils.pack_array(builder, shape), cgutils.pack_array(builder, strides)
    new.nitems = count
    new.itemsize = context.get_constant(types.intp, SIZE * WIDTH if into.dtype == lanes else SIZE)
    new.meminfo = cgutils.get_null_value(new.meminfo.type)
    new.parent = cgutils.get_null_value(new.parent.type)
    return new._getvalue()


@intrinsic
def soon(typingctx, tables, row, n):
    """Have a number fetched that is read a month from now: that at this place of the table that lies behind this one.

    Shocks are too many for a processor's caches, and read in no order that it could foresee. Behind the last table of
    all nothing is fetched; to ask does no harm.
    """

    def generated(context, builder, sig, args):
        table = context.make_array(sig.args[0])(context, builder, args[0])
        rows, columns = cgutils.unpack_tuple(builder, table.shape)
        place = builder.add(builder.mul(builder.add(rows, args[1]), columns), args[2])
        bytes_ = builder.bitcast(builder.gep(table.data, [place]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [bytes_.type, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [bytes_.type], kind)
        builder.call(fetch, [bytes_, number(0), number(3), number(1)])  # to read; near; data
        return context.get_dummy_value()

    return types.void(tables, types.int64, types.int64), generated


@intrinsic
def side_by_side(typingctx, bundle):
    """An array whose last axis is the runs side by side, as an array of lanes; or each of a bundle; or parameters."""
    into = _converted(bundle, _wide, True)

    def generated(context, builder, sig, args):
        nothing = context.get_constant(types.intp, 0)
        return _turned(context, builder, bundle, into, args[0], nothing)

    return into(bundle), generated


@intrinsic
def lane(typingctx, bundle, place):
    """The run at this place of a bundle, however deep: what is no array of lanes stays as it is."""
    into = _converted(bundle, _narrow, False)

    def generated(context, builder, sig, args):
        step = builder.mul(args[1], context.get_constant(types.intp, SIZE))
        return _turned(context, builder, bundle, into, args[0], step)

    return into(bundle, types.int64), generated


@infer_getattr
class _NamedAttributes(AttributeTemplate):
    key = Named

    def generic_resolve(self, kind: Named, name: str) -> Any:  # type: ignore[override]
        return lanes if kind.wide else types.float64


@lower_getattr_generic(Named)
def _parameter(context: Any, builder: Any, kind: Any, value: Any, name: str) -> Any:
    place = cgutils.pointer_add(builder, value, context.get_constant(types.intp, kind.record.offset(name)))
    into = ir.VectorType(DOUBLE, WIDTH) if kind.wide else DOUBLE
    return builder.load(builder.bitcast(place, into.as_pointer()), align=SIZE)


@intrinsic
def keep(typingctx, into, place, value):
    """Store the runs from `place` on in a row of single precision, or of small whole numbers."""

    def generated(context, builder, sig, args):
        array = context.make_array(into)(context, builder, args[0])
        kind = ir.VectorType(context.get_data_type(into.dtype), WIDTH)
        if value == marks:
            found = builder.zext(args[2], kind)
        else:
            found = (
                builder.fptrunc(args[2], kind)
                if into.dtype == types.float32
                else builder.fptosi(args[2], kind)
            )
        at = builder.gep(array.data, [args[1]])
        builder.store(found, builder.bitcast(at, kind.as_pointer()), align=1)
        return context.get_dummy_value()

    return types.void(into, types.int64, value), generated
