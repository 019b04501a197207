"""Six accounts on one scale, and the table that explains a choice without remainder."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.model.small import exactly, setting

from tightrope.model.account import explain, spread, utility
from tightrope.model.choice import choice
from tightrope.model.state import ACCOUNTS

WEIGHTS = {
    name: np.array([weight]) for name, weight in zip(ACCOUNTS, (1.0, 2.0, 0.5, 0.3, 0.7, 1.1), strict=True)
}


def test_worked_by_hand() -> None:
    """2 × 3 / 4 for the economy and 0.5 × 1 for security, which has no divisor."""
    accounts = {"economy": np.full((2, 1, 1), 3.0), "security": np.ones((2, 1, 1))}
    weights = {"economy": np.array([2.0]), "security": np.array([0.5])}
    assert utility(accounts, weights, {"economy": 4.0}) == pytest.approx(np.full((2, 1, 1), 2.0))


def test_a_menu_without_accounts_is_refused() -> None:
    with pytest.raises(ValueError, match="without accounts"):
        utility({}, {}, {})


def random_menu(seed: int, names: tuple[str, ...]) -> dict[str, np.ndarray]:
    generator = np.random.default_rng(seed)
    return {name: generator.normal(size=(3, 2, 1)) for name in names}


subsets = st.sets(st.sampled_from(ACCOUNTS), min_size=1).map(lambda names: tuple(sorted(names)))


@exactly
@given(st.integers(0, 10_000), subsets, st.floats(0.1, 3.0), st.sampled_from([(0, 1), (2, 0), (1, 2)]))
def test_the_table_sums_to_the_log_odds(
    seed: int, names: tuple[str, ...], intensity: float, pair: tuple[int, int]
) -> None:
    accounts = random_menu(seed, names)
    divisors = {name: 0.5 + place for place, name in enumerate(names)}
    weights = {f"weight_{name}": float(weight[0]) for name, weight in WEIGHTS.items()}
    given_ = setting(divisors={"menu": divisors}, choice_intensity=intensity, **weights)
    base = choice(np.full((3, 2, 1), 1 / 3), np.random.default_rng(seed + 1).normal(size=(3, 2, 1)))
    chance = choice(base, utility(accounts, given_.weights, divisors), given_["choice_intensity"])
    table = explain(base, accounts, given_, "menu", *pair)
    assert table.shape == (7, 1)
    assert table.sum(axis=0) == pytest.approx(np.log(chance[pair[0], 0] / chance[pair[1], 0]), abs=1e-12)
    absent = [1 + ACCOUNTS.index(name) for name in ACCOUNTS if name not in names]
    assert np.array_equal(table[absent], np.zeros((len(absent), 1)))


def test_each_row_is_its_own_account() -> None:
    accounts = {
        "economy": np.array([0.0, 2.0])[:, None, None],
        "principle": np.array([0.0, -3.0])[:, None, None],
    }
    table = explain(np.ones((2, 1, 1)), accounts, setting(divisors={"menu": {"economy": 4.0}}), "menu", 1, 0)
    assert table[:, 0] == pytest.approx([0.0, 0.5, 0.0, 0.0, 0.0, -3.0, 0.0])


def test_the_table_is_that_of_the_focus_actor() -> None:
    accounts = {"economy": np.array([[1.0, 5.0], [0.0, 0.0]])[:, :, None]}
    given_ = replace(setting(), focus=1)
    assert explain(np.ones((2, 2, 1)), accounts, given_, "menu", 0, 1)[1] == pytest.approx([5.0])


def test_spread_is_that_of_differences_to_the_first_alternative() -> None:
    found = spread({"economy": np.array([10.0, 11.0, 13.0])[:, None, None], "security": np.zeros((3, 1, 1))})
    assert found == {"economy": pytest.approx(1.0), "security": 1.0}


@exactly
@given(st.integers(0, 10_000), st.floats(1e-3, 1e3))
def test_the_unit_of_an_account_does_not_matter(seed: int, unit: float) -> None:
    accounts = random_menu(seed, ("economy", "domestic"))
    other = {**accounts, "economy": accounts["economy"] * unit}
    mine, theirs = (utility(found, WEIGHTS, spread(found)) for found in (accounts, other))
    assert mine == pytest.approx(theirs, abs=1e-10)
