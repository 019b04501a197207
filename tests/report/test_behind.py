"""What is said to stand behind an account exists, and every account of every decision has a line."""

from __future__ import annotations

import pytest

from tightrope.case.case import Case
from tightrope.engine.simulate import Plan
from tightrope.model.parameters import table
from tightrope.report.behind import GROUNDS, Grounds
from tightrope.report.occasion import MENUS
from tightrope.report.why import ACCOUNTS


def test_every_account_of_every_decision_has_a_line() -> None:
    for menu, accounts in ACCOUNTS.items():
        assert set(GROUNDS[menu]) == set(accounts), menu
    for menu, (_, _, weighed) in MENUS.items():
        assert set(GROUNDS[menu]) == set(weighed), menu


@pytest.mark.parametrize("menu", GROUNDS)
def test_parameters_and_figures_are_there(menu: str, case: Case, made: Plan) -> None:
    known = table()
    figures = {name for name in made.blueprint.figures if name.startswith("kaz.")}
    for account, found in GROUNDS[menu].items():
        assert set(found.parameters) <= set(known), (menu, account)
        for pattern in found.figures:
            name = f"kaz.{pattern.format(target='rus')}"
            stem = name.rstrip("*")
            assert any(one.startswith(stem) if name.endswith("*") else one == name for one in figures), name


def test_claims_bear_on_the_account(case: Case, made: Plan) -> None:
    grounds, claims = Grounds(case, made.blueprint), {one.id: one for one in case.claims}
    reputation = grounds.behind("compliance", "reputation")
    assert {claims[name].kind for name in reputation.claims} == {"act", "interpretation"}
    assert {claims[name].kind for name in grounds.behind("leave_security", "security").claims} == {"threat"}
    promised = grounds.behind("compliance", "autonomy")
    assert {claims[name].kind for name in promised.claims} == {"commitment", "event"}
    assert [note.name for note in promised.figures] == ["kaz.trade_rus"]
    assert {"weight_autonomy", "choice_intensity"} <= {note.name for note in promised.parameters}


def test_what_words_find_is_found_somewhere(case: Case, made: Plan) -> None:
    """A word of `bearing.sets` that is changed there would silently find nothing here."""
    grounds = Grounds(case, made.blueprint)
    for menu, accounts in GROUNDS.items():
        for account, found in accounts.items():
            assert bool(found.claims) == bool(grounds.behind(menu, account).claims), (menu, account)
