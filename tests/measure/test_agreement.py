from __future__ import annotations

import numpy as np
import pytest

from tightrope.measure.agreement import agreement
from tightrope.measure.votes import ABSENT, ABSTAIN, MISSING, NO, YES, RollCalls


def rolls(choice: list[list[int]], states: tuple[str, ...] = ("KAZ", "RUS", "USA")) -> RollCalls:
    count = len(choice)
    return RollCalls(
        states=states,
        items=tuple(str(item) for item in range(count)),
        session=np.full(count, 74),
        date=np.full(count, "2019-12-01", "datetime64[D]"),
        choice=np.array(choice, np.int8),
        bridge=np.arange(count),
        title=("",) * count,
        issues=((),) * count,
    )


def test_a_worked_example() -> None:
    found = agreement(
        rolls(
            [[YES, YES, NO], [ABSTAIN, NO, NO], [NO, YES, NO], [ABSENT, YES, YES], [YES, MISSING, ABSTAIN]]
        ),
        ("KAZ",),
        ("RUS", "USA"),
    )

    assert found.votes.tolist() == [[3, 4]]
    assert found.same[0] == pytest.approx([1 / 3, 1 / 4])
    assert found.near[0] == pytest.approx([(1 + 0.5 + 0) / 3, (0 + 0.5 + 1 + 0.5) / 4])


def test_it_is_symmetric_and_whole_with_oneself() -> None:
    choice = np.random.default_rng(3).integers(0, 5, (40, 3))
    states = ("KAZ", "RUS", "USA")
    found = agreement(rolls(choice.tolist()), states)

    assert np.array_equal(found.same, found.same.T)
    assert found.same.diagonal().tolist() == [1.0, 1.0, 1.0]
    assert (found.near >= found.same).all()


def test_who_never_voted_together_has_no_agreement() -> None:
    found = agreement(rolls([[YES, ABSENT, NO]]), ("KAZ",), ("RUS",))

    assert found.votes[0, 0] == 0
    assert np.isnan(found.same[0, 0])
