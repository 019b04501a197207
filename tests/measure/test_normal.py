"""The normal between bounds, plain and compiled."""

from __future__ import annotations

import numpy as np
import pytest

from tightrope.kernel import chosen
from tightrope.measure import normal

INF = np.inf


@pytest.fixture(params=["plain", "compiled"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "compiled":
        pytest.importorskip("numba")
        monkeypatch.setattr(normal, "compiled", chosen("tightrope.measure.fast", ""))
    else:
        monkeypatch.setattr(normal, "compiled", chosen("tightrope.measure.fast", "0"))
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_worked_by_hand() -> None:
    """Half the mass lies below 0, .6827 within one, .0228 above two; the density at 0 is .3989."""
    low, high = np.array([-INF, -1.0, 2.0]), np.array([0.0, 1.0, INF])
    log, at_low, at_high = normal.edges(low, high)
    assert np.exp(log) == pytest.approx([0.5, 0.682689, 0.0227501], rel=1e-5)
    assert at_high[:2] == pytest.approx([0.398942 / 0.5, 0.241971 / 0.682689], rel=1e-5)
    assert at_low[0] == 0.0
    assert at_high[2] == 0.0
    assert normal.log_ratio(low, high, low[::-1].copy(), high[::-1].copy()) == pytest.approx(log - log[::-1])


@pytest.mark.usefixtures("way")
def test_a_truncated_quantile_is_the_quantile_within_the_bounds() -> None:
    low = np.array([-INF, -INF, -1.0, 0.5, 3.0, -8.0, 6.0])
    high = np.array([INF, -2.0, 1.0, 0.6, INF, -7.0, INF])
    share = np.array([0.975, 0.5, 0.5, 0.25, 0.5, 0.9, 0.1])
    found = normal.truncated(low, high, share)
    assert (found >= low).all()
    assert (found <= high).all()
    assert found[[0, 2]] == pytest.approx([1.959964, 0.0], abs=1e-5)
    below = np.exp(normal.edges(low, found)[0] - normal.edges(low, high)[0])
    assert below == pytest.approx(share, rel=1e-6)


@pytest.mark.usefixtures("way")
def test_no_mass_far_out_is_small_and_not_nothing() -> None:
    log, _, _ = normal.edges(np.array([39.0, -41.0]), np.array([40.0, -40.0]))
    assert np.isfinite(log).all()
    assert np.isfinite(normal.truncated(np.array([39.0]), np.array([40.0]), np.array([0.5]))).all()


def test_compiled_and_plain_agree() -> None:
    pytest.importorskip("numba")
    draw = np.random.default_rng(1)
    low = draw.normal(0, 4, 500)
    high = low + draw.exponential(1, 500)
    fast, plain = chosen("tightrope.measure.fast", ""), chosen("tightrope.measure.fast", "0")
    assert fast is not None
    assert plain is None
    uniform = draw.random(500)
    assert fast.truncated(low, high, uniform) == pytest.approx(
        normal._truncated(low, high, uniform), abs=1e-7
    )
    assert fast.edges(low, high)[0] == pytest.approx(normal._edges(low, high)[0], rel=1e-9)
