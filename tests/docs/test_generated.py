"""The generated pages say what the code says, and the page of claims what the claims do."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from tests.docs.generated import DOCS, generator

from tightrope.case.case import Case
from tightrope.case.knowledge import known
from tightrope.case.load import load_case
from tightrope.evidence.claim import Claim
from tightrope.model.build import build
from tightrope.model.choice import Array
from tightrope.model.draw import draw
from tightrope.model.state import State

GENERATE = generator()
CASE = load_case("kazakhstan-2022")
SETS = {claim.id: GENERATE.sets(claim, CASE) for claim in CASE.claims}
REMEDY = "run `.venv/bin/python docs/generate.py` and commit what it writes"


@pytest.mark.parametrize("name", GENERATE.PAGES)
def test_page_is_up_to_date(name: str) -> None:
    committed = (DOCS / "reference" / name).read_text(encoding="utf-8")
    assert committed == GENERATE.PAGES[name](), f"docs/reference/{name} is out of date: {REMEDY}"


def start_with(claims: tuple[Claim, ...]) -> dict[str, Array]:
    """Everything that the first month reads of the start, with these claims alone."""
    case: Case = CASE.model_copy(update={"claims": claims, "conflicts": ()})
    state, setting = draw(build(known(case, CASE.about.as_of)), seed=0, chunk=0)
    found = {field.name: getattr(state, field.name) for field in fields(State)}
    return {**found, **setting.figures, "price cap": setting.schedule["price_cap"]}


def differing(one: dict[str, Array], other: dict[str, Array]) -> set[str]:
    return {name for name in one if not np.array_equal(one[name], other[name])}


def test_claims_that_set_nothing_change_nothing() -> None:
    kept = tuple(claim for claim in CASE.claims if not SETS[claim.id].startswith("nothing"))
    assert len(kept) < len(CASE.claims)
    assert differing(start_with(CASE.claims), start_with(kept)) == set()


@pytest.fixture(scope="module")
def silent() -> dict[str, Array]:
    return start_with(())


@pytest.mark.parametrize("said", sorted({said for said in SETS.values() if not said.startswith("nothing")}))
def test_a_claim_that_sets_something_moves_the_start(said: str, silent: dict[str, Array]) -> None:
    moving = [claim for claim in CASE.claims if SETS[claim.id] == said]
    assert any(differing(start_with((claim,)), silent) for claim in moving)
