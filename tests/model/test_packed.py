"""What stays fixed is packed for the compiled month: a change of little gives what packing all anew gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.model.shipped import SEED, plain

from tightrope.engine.prepared import available
from tightrope.model.draw import draw
from tightrope.model.state import Setting

if available() is not None:
    pytest.skip(str(available()), allow_module_level=True)

from tightrope.model.single import layout
from tightrope.model.single.figures import packed
from tightrope.model.single.lanes import WIDTH
from tightrope.model.single.pack import LINE, blank, by_block

SETTING: Setting = draw(plain(), SEED, 0)[1]


def changed(name: str, by: float = 1.5) -> Setting:
    return replace(SETTING, figures={**SETTING.figures, name: SETTING.figures[name] * by})


@pytest.mark.parametrize("name", ["gdp", "trade", "opinion", "stated_recognition", "pole_budget", "detour"])
def test_what_differs_is_packed_as_if_all_were(name: str) -> None:
    alone, after = packed(changed(name)), packed(changed(name), packed(SETTING))
    for field, values in alone.figures._asdict().items():
        assert np.array_equal(values, getattr(after.figures, field)), field


def test_what_does_not_differ_is_not_packed_again() -> None:
    before = packed(SETTING)
    after = packed(changed("gdp"), before)
    assert [name for name, values in before.fields.items() if after.fields[name] is not values] == ["f"]


def test_what_was_packed_before_stays_as_it_was() -> None:
    before = packed(SETTING)
    kept = before.figures.f.copy()
    packed(changed("gdp"), before)
    assert np.array_equal(before.figures.f, kept)


def test_rows_hold_the_runs_side_by_side() -> None:
    found = packed(SETTING).figures.f
    assert np.array_equal(found[2, layout.GDP, :, 3], SETTING.figures["gdp"][:, 2 * WIDTH + 3])


@pytest.mark.parametrize("shape", [(3,), (5, 7), (2, 3, 5)])
def test_eight_runs_side_by_side_fill_one_line_of_the_cache(shape: tuple[int, ...]) -> None:
    assert blank(*shape, WIDTH).ctypes.data % LINE == 0
    assert by_block(np.ones((*shape, 20)), 20, *shape).ctypes.data % LINE == 0
