"""Eight runs side by side: a kind of number of compiled code that holds one value for each.

A processor adds four numbers as fast as one, where they lie together, and begins with four more before they are done.
What every month brings to every decider is worked out for all at once, by functions that read as for one; they may not
branch on what differs between runs, but `pick`. What comes up for few is worked out run by run, on a view of one run in
the same memory (`views`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import extending, types
from numba.core.typeconv.castgraph import Conversion
from numba.core.typing.templates import (
    AbstractTemplate,
    infer_global,
    signature,
)
from numba.extending import lower_builtin, lower_cast, models, register_model

# Typed as anything: what it makes is called without its first argument.
intrinsic: Any = extending.intrinsic
WIDTH = 8
SIZE = 8
Made = Callable[[Any, Any, Any], Any]
DOUBLE, LONG, BIT = ir.DoubleType(), ir.IntType(64), ir.IntType(1)


class Lanes(types.Type):
    """A number for each of the runs."""

    def can_convert_from(self, typingctx: Any, other: types.Type) -> Any:
        """Any number stands for itself in all runs."""
        return Conversion.safe if isinstance(other, types.Float | types.Integer) else None


class Marks(types.Type):
    """Yes or no for each of the runs."""


lanes, marks = Lanes("Lanes"), Marks("Marks")


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, kind: types.Type) -> None:
        super().__init__(dmm, kind, ir.VectorType(DOUBLE, WIDTH))


@register_model(Marks)
class _MarksModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, kind: types.Type) -> None:
        super().__init__(dmm, kind, ir.VectorType(BIT, WIDTH))


def _all(builder: Any, value: Any) -> Any:
    """A number, in all lanes."""
    kind = ir.VectorType(value.type, WIDTH)
    first = builder.insert_element(ir.Constant(kind, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(
        first, ir.Constant(kind, ir.Undefined), ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH)
    )


@lower_cast(types.Float, lanes)
@lower_cast(types.Integer, lanes)
def _widened(context: Any, builder: Any, fromty: Any, toty: Any, value: Any) -> Any:
    return _all(builder, context.cast(builder, value, fromty, types.float64))


# Arithmetic and comparisons, with numbers that are the same in all runs too.


def _number(kind: types.Type) -> bool:
    return isinstance(kind, types.Float | types.Integer)


def _define(what: Any, result: types.Type, made: Made) -> None:
    """An operation on two, of which one at least is in lanes."""

    class Typed(AbstractTemplate):
        def generic(self, args: Any, kws: Any) -> Any:
            if len(args) == 2 and lanes in args and all(one == lanes or _number(one) for one in args):
                return signature(result, lanes, lanes)
            return None

    infer_global(what)(Typed)

    @lower_builtin(what, lanes, lanes)
    def lowered(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return made(builder, *args)


def _arithmetic(name: str) -> Made:
    return lambda builder, a, b: getattr(builder, name)(a, b)


def _comparison(sign: str) -> Made:
    return lambda builder, a, b: builder.fcmp_ordered(sign, a, b)


for _plain, _in_place, _name in (
    (operator.add, operator.iadd, "fadd"), (operator.sub, operator.isub, "fsub"),
    (operator.mul, operator.imul, "fmul"), (operator.truediv, operator.itruediv, "fdiv"),
):  # fmt: skip
    for _what in (_plain, _in_place):
        _define(_what, lanes, _arithmetic(_name))
for _what, _sign in (
    (operator.lt, "<"), (operator.le, "<="), (operator.gt, ">"), (operator.ge, ">="), (operator.eq, "=="),
):  # fmt: skip
    _define(_what, marks, _comparison(_sign))
_define(operator.ne, marks, lambda builder, a, b: builder.fcmp_unordered("!=", a, b))
_define(max, lanes, lambda builder, a, b: builder.select(builder.fcmp_ordered(">", a, b), a, b))
_define(min, lanes, lambda builder, a, b: builder.select(builder.fcmp_ordered("<", a, b), a, b))


class _OfOne(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return signature(lanes, lanes) if args == (lanes,) else None


infer_global(operator.neg)(_OfOne)
infer_global(abs)(_OfOne)


@lower_builtin(operator.neg, lanes)
def _negative(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return builder.fneg(args[0])


@lower_builtin(abs, lanes)
def _absolute(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    bits = builder.bitcast(args[0], _like(args[0], LONG))
    return builder.bitcast(builder.and_(bits, _constant(args[0], (1 << 63) - 1)), args[0].type)


class _Both(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        return signature(marks, marks, marks) if args == (marks, marks) else None


infer_global(operator.and_)(_Both)
infer_global(operator.or_)(_Both)


@lower_builtin(operator.and_, marks, marks)
def _and(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return builder.and_(*args)


@lower_builtin(operator.or_, marks, marks)
def _or(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    return builder.or_(*args)


@intrinsic
def pick(typingctx, mark, yes, no):
    """`yes` where marked, else `no`; of a single run too, or by what is so in all runs."""
    kind = lanes if lanes in (yes, no) or mark == marks else types.float64

    def generated(context, builder, sig, args):
        return builder.select(*args)

    return kind(mark, kind, kind), generated


@intrinsic
def any_of(typingctx, mark):
    """Whether any run is marked; of a single run, whether it is."""

    def generated(context, builder, sig, args):
        if mark != marks:
            return args[0]
        bits = builder.bitcast(args[0], ir.IntType(WIDTH))
        return builder.icmp_unsigned("!=", bits, ir.Constant(bits.type, 0))

    return types.boolean(mark), generated


@intrinsic
def marked(typingctx, mark, place):
    """Whether the run at this place is marked."""

    def generated(context, builder, sig, args):
        return builder.extract_element(args[0], builder.trunc(args[1], ir.IntType(32)))

    return types.boolean(mark, types.int64), generated


@intrinsic
def added_up(typingctx, value):
    """The sum over the runs."""

    def generated(context, builder, sig, args):
        parts = [builder.extract_element(args[0], ir.Constant(ir.IntType(32), one)) for one in range(WIDTH)]
        total = parts[0]
        for part in parts[1:]:
            total = builder.fadd(total, part)
        return total

    return types.float64(lanes), generated


# The bits of numbers, for exp and log; of a single run too.


def _like(value: Any, kind: Any) -> Any:
    """A type of bits for a number, or for a number in each lane."""
    return ir.VectorType(kind, WIDTH) if isinstance(value.type, ir.VectorType) else kind


def _constant(value: Any, number: int) -> Any:
    found = ir.Constant(LONG, number)
    return (
        ir.Constant(_like(value, LONG), [found] * WIDTH) if isinstance(value.type, ir.VectorType) else found
    )


@intrinsic
def power_of_two(typingctx, shifted):
    """2^k of k + 1.5·2^52, whose last bits are those of the whole number k."""
    kind = lanes if shifted == lanes else types.float64

    def generated(context, builder, sig, args):
        bits = builder.bitcast(args[0], _like(args[0], LONG))
        exponent = builder.shl(bits, _constant(args[0], 52))
        return builder.bitcast(builder.add(exponent, _constant(args[0], 1023 << 52)), args[0].type)

    return kind(kind), generated


# The bits of √½, where the range of `scaled` begins.
ROOT = 0x3FE6A09E667F3BCD


def _exponent(builder: Any, value: Any) -> tuple[Any, Any]:
    """The bits of a number, and its exponent as a whole number."""
    bits = builder.bitcast(value, _like(value, LONG))
    return bits, builder.ashr(builder.sub(bits, _constant(value, ROOT)), _constant(value, 52))


@intrinsic
def scaled(typingctx, value):
    """M of x = m·2^k with m from √½ to √2."""
    kind = lanes if value == lanes else types.float64

    def generated(context, builder, sig, args):
        bits, exponent = _exponent(builder, args[0])
        return builder.bitcast(builder.sub(bits, builder.shl(exponent, _constant(args[0], 52))), args[0].type)

    return kind(kind), generated


@intrinsic
def exponent(typingctx, value):
    """K + 1.5·2^52 of x = m·2^k."""
    kind = lanes if value == lanes else types.float64

    def generated(context, builder, sig, args):
        _, found = _exponent(builder, args[0])
        return builder.bitcast(builder.add(found, _constant(args[0], 0x4338000000000000)), args[0].type)

    return kind(kind), generated
