"""The start of a run: what acts, words, threats, debts and past falls of the currency leave behind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.model.shipped import SEED, fixed, plain

from tightrope.model.blueprint import Blueprint, DatedAct, Stock
from tightrope.model.draw import draw
from tightrope.model.draws import Draws
from tightrope.model.opinion import displeasure
from tightrope.model.parameters import Range, draw_all
from tightrope.model.stability import tipping_point
from tightrope.model.start import quiet_pull
from tightrope.model.state import LAGS, Setting, State

N = len(plain().deciders)

NOTHING = {
    "acts": (),
    "commitments": (),
    "stands": (),
    "threats": (),
    "refusals": (),
    "events": {},
    "voices": {},
    "positions": {},
    "opinions": {},
}


def begun(
    parameters: dict[str, float] | None = None, figures: dict[str, float] | None = None, **given: object
) -> tuple[State, Setting]:
    """The shipped start if nothing were told but what is given."""
    blueprint = fixed(replace(plain(), **{**NOTHING, **given}), figures, **(parameters or {}))  # type: ignore[arg-type]
    return draw(blueprint, 5, 0)


def draws(blueprint: Blueprint) -> Draws:
    return Draws(blueprint, 5, 0, draw_all(blueprint.parameters, 5, 0))


def test_nothing_told_nothing_stands() -> None:
    state, setting = begun()
    for name in (
        "debt",
        "abandoned",
        "commitments",
        "menace",
        "troops",
        "penalised",
        "exchange",
        "exchange_lags",
        "hardship",
    ):
        assert not getattr(state, name).any(), name
    prior = setting.figures["sincerity_prior"]
    assert np.array_equal(state.log_odds, np.stack([prior, prior]))


def test_threats_fade_and_weigh_by_rank() -> None:
    """.5 by a minister of weight .8, two half-lives ago, and .2 by television of weight .3 just now."""
    threats = (
        Stock(0, "old", 16.0, Range(0.5, 0.5), "minister"),
        Stock(0, "new", 0.0, Range(0.2, 0.2), "television"),
    )
    state, _ = begun({"menace_half_life": 8.0, "rank_minister": 0.8, "rank_television": 0.3}, threats=threats)
    assert state.menace[0] == pytest.approx(np.full(500, 0.5 * 0.8 / 4.0 + 0.06))
    assert not state.menace[1:].any()


def test_words_fade() -> None:
    words = (Stock(2, "word", 6.0, Range(0.8, 0.8)),)
    state, _ = begun({"commitment_half_life": 6.0}, commitments=words)
    assert state.commitments[2] == pytest.approx(np.full(500, 0.4))
    assert not state.commitments[[0, 1, 3, 4, 5]].any()


def test_an_intervention_is_owed_for() -> None:
    events = {
        ("intervention", 0): Stock(0, "intervention", 12.0, Range(1.0, 1.0)),
        ("unrest", 1): Stock(1, "u", 0.0, Range(1.0, 1.0)),
    }
    state, _ = begun({"debt_half_life": 12.0}, events=events)
    assert state.debt[0] == pytest.approx(np.full(500, 0.5))
    assert not state.debt[1:].any()
    half = {("intervention", 2): Stock(2, "intervention", 24.0, Range(0.5, 0.5))}
    assert begun({"debt_half_life": 12.0}, events=half)[0].debt[2] == pytest.approx(np.full(500, 0.125))


def test_refused_requests_are_remembered() -> None:
    """Two half-lives and one: a quarter and a half; nobody else has been refused, and no debt comes of it."""
    told = (Stock(1, "one", 48.0, Range(1.0, 1.0)), Stock(1, "two", 24.0, Range(1.0, 1.0)))
    state, _ = begun({"abandon_half_life": 24.0}, refusals=told)
    assert state.abandoned[1] == pytest.approx(np.full(500, 0.75))
    assert not np.delete(state.abandoned, 1, axis=0).any()
    assert not state.debt.any()


def test_a_past_fall_of_the_currency_has_still_to_reach_prices() -> None:
    """A fifth of its value, four months ago: -ln .8 at lag 4."""
    events = {("currency_fall", 0): Stock(0, "currency_fall", 4.3, Range(1.0, 1.0))}
    state, _ = begun(None, {"kaz.currency_fall": 20.0}, events=events)
    assert state.exchange_lags.shape[0] == LAGS
    assert state.exchange_lags[4, 0] == pytest.approx(np.full(500, -np.log(0.8)))
    assert state.exchange_lags.sum() == pytest.approx(-500 * np.log(0.8))
    old = {("currency_fall", 0): Stock(0, "currency_fall", 12.0, Range(1.0, 1.0))}
    assert not begun(None, {"kaz.currency_fall": 20.0}, events=old)[0].exchange_lags.any()


@pytest.mark.parametrize(
    ("age", "lag"), [(0.0, 0), (0.5, 0), (1.0, 0), (1.1, 1), (4.0, 3), (4.3, 4), (11.5, 11)]
)
def test_a_fall_stands_in_the_month_before_the_start_in_which_it_was(age: float, lag: int) -> None:
    """Half a month before the start is in the last month, index 0; the month from 4 to 5 months before is index 4."""
    events = {("currency_fall", 0): Stock(0, "currency_fall", age, Range(1.0, 1.0))}
    lags = begun(None, {"kaz.currency_fall": 20.0}, events=events)[0].exchange_lags
    assert np.flatnonzero(lags[:, 0, 0]).tolist() == [lag]


@pytest.mark.parametrize(("age", "lag"), [(0.5, 0), (1.5, 1), (3.5, 3)])
def test_a_past_fall_has_already_hurt(age: float, lag: int) -> None:
    """A tenth of it in its month, .15 / 11 in each month since, half of all that forgotten in six months."""
    events = {("currency_fall", 0): Stock(0, "currency_fall", age, Range(1.0, 1.0))}
    usual = {"pass_through_impact": 0.10, "pass_through_year": 0.25, "price_memory": 6.0}
    state, _ = begun(usual, {"kaz.currency_fall": 20.0}, events=events)
    memory = 0.5 ** (1 / 6)
    felt = 0.10 * memory**lag + 0.15 / 11 * sum(memory**month for month in range(lag))
    assert state.hardship[0] == pytest.approx(np.full(500, -np.log(0.8) * felt), abs=1e-15)
    assert not state.hardship[1:].any()


def test_threats_are_heard_by_the_minority_and_by_who_was_fought() -> None:
    """10 % of Russians make a half, 30 % one and a half; a war fought makes one at least."""
    figures = {"kaz.ethnic_russians": 10.0, "uzb.ethnic_russians": 30.0, "geo.ethnic_russians": 1.0}
    _, setting = begun(None, figures, rivals=frozenset({2, 5}))
    assert setting.figures["neighbour"][[0, 2, 5]] == pytest.approx(
        np.repeat([[0.5], [1.5], [1.0]], 500, axis=1)
    )


def test_strength_counts_tenths_of_the_target_up_to_one() -> None:
    """A fiftieth of the target's spending is .2; a quarter is no more than a tenth would be."""
    _, setting = begun(figures={"kaz.capability": 0.02, "ind.capability": 0.25})
    kaz, ind = (setting.deciders.index(name) for name in ("KAZ", "IND"))
    for name, expected in (("capability", (0.2, 2.5)), ("strength", (0.2, 1.0))):
        found = setting.figures[name]
        assert found[kaz] == pytest.approx(np.full(500, expected[0])), name
        assert found[ind] == pytest.approx(np.full(500, expected[1])), name


def test_a_customs_union_is_the_targets_and_no_alliance() -> None:
    _, setting = begun(None, preferred=frozenset({(1, 0), (2, 1)}), allied=frozenset({(3, 0)}))
    assert setting.figures["union"][:, 0].tolist() == [float(place == 1) for place in range(N)]
    assert setting.figures["ally"][:, 0].tolist() == [float(place == 3) for place in range(N)]


def test_sanctions_and_war_are_there_if_they_are_known() -> None:
    for told, sanctions, war in (
        (("western_sanctions",), 1.0, 0.0),
        (("invasion", "purge"), 0.0, 1.0),
        ((), 0.0, 0.0),
    ):
        _, setting = begun(None, conditions=frozenset(told))
        assert (setting.figures["sanctions_on"] == sanctions).all()
        assert (setting.figures["at_war"] == war).all()


EQUAL = {
    "weight_economy": 1.0,
    "weight_principle": 1.0,
    "sincere_economy": 0.5,
    "gamer_economy": 2.0,
    "sincere_principle": 1.0,
    "gamer_principle": 0.0,
    "observability_sanctioner": 1.0,
    "observability_target": 0.0,
    "belief_memory": 0.9,
}


def test_an_act_speaks_by_its_cost_and_is_forgotten() -> None:
    """Base rate ½, cost 1: ln [σ(-½) / σ(-2)], .9 of it left after a month; who sees nothing learns nothing."""
    ratio = np.log((1 / (1 + np.exp(0.5))) / (1 / (1 + np.exp(2.0))))
    for age, left in ((0.4, 1.0), (1.2, 0.9), (3.0, 0.9**3)):
        act = DatedAct(0, "deed", age, 0.5, {"economy": Range(-1.0, -1.0), "reputation": Range(9.0, 9.0)})
        state, setting = begun(EQUAL, acts=(act,))
        prior = setting.figures["sincerity_prior"]
        assert state.log_odds[0, 0] - prior[0] == pytest.approx(np.full(500, left * ratio), abs=1e-12)
        assert state.log_odds[1, 0] == pytest.approx(prior[0], abs=1e-12)
        assert state.log_odds[:, 1:] == pytest.approx(np.stack([prior[1:], prior[1:]]), abs=1e-12)


def test_two_acts_add_up() -> None:
    """Principle 1: sincere σ(1) against gamer ½, in the month before last and in the last."""
    ratio = np.log((1 / (1 + np.exp(-1.0))) / 0.5)
    acts = tuple(DatedAct(0, f"deed {age}", age, 0.5, {"principle": Range(1.0, 1.0)}) for age in (1.0, 0.0))
    state, setting = begun(EQUAL, acts=acts)
    gained = state.log_odds[0, 0] - setting.figures["sincerity_prior"][0]
    assert gained == pytest.approx(np.full(500, 1.9 * ratio), abs=1e-12)


def test_opinions_shift_the_prior_by_their_voice() -> None:
    """One voice in two says -1, the other ½: half of the runs hear either."""
    voices = {0: {"Abe": Range(-1.0, -1.0), "Zed": Range(0.5, 0.5)}}
    silent = begun({"opinion_weight": 2.0})[1].figures["sincerity_prior"]
    heard = begun({"opinion_weight": 2.0}, voices=voices)[1].figures["sincerity_prior"]
    shift = heard[0] - silent[0]
    assert np.array_equal(heard[1:], silent[1:])
    first = np.isclose(shift, -2.0)
    assert np.isclose(shift[~first], 1.0).all()
    assert 0.4 < first.mean() < 0.6
    assert silent[0].std() == pytest.approx(begun()[1]["prior_spread"].mean(), rel=0.25)


def test_a_voice_dropped_leaves_runs_that_heard_another_as_they_were() -> None:
    """Each of three is heard in a third of the runs; without the second, who heard it hears the first or third."""
    stances = {"Abe": -1.0, "Mid": 0.0, "Zed": 1.0}

    def heard(*names: str) -> np.ndarray:
        voices = {0: {name: Range(stances[name], stances[name]) for name in names}}
        with_, without = (
            begun({"opinion_weight": 2.0}, voices=one)[1].figures["sincerity_prior"][0]
            for one in (voices, {})
        )
        return np.asarray((with_ - without) / 2.0)

    every, fewer = heard("Abe", "Mid", "Zed"), heard("Abe", "Zed")
    middle = np.isclose(every, 0.0)
    assert fewer[~middle] == pytest.approx(every[~middle])
    assert np.isclose(np.abs(fewer[middle]), 1.0).all()
    for stance in stances.values():
        assert 0.25 < np.isclose(every, stance).mean() < 0.42
    assert heard("Zed", "Abe", "Mid") == pytest.approx(every)  # whatever their order


def test_shares_by_hand() -> None:
    """Trade alone counts: 10, 20, 5, 4, 1 of 40 fill the ¾ that own strength of ¼ leaves."""
    figures = {
        f"kaz.trade_{pole}": share
        for pole, share in (("rus", 10.0), ("chn", 20.0), ("west", 5.0), ("tur", 4.0), ("arab", 1.0))
    }
    index = {
        "index_votes": 0.0,
        "index_membership": 0.0,
        "index_statements": 0.0,
        "own_share": 0.25,
        "own_share_statements": 0.0,
    }
    state, _ = begun(index, figures)
    assert state.share[:, 0] == pytest.approx(
        np.repeat([[0.1875], [0.375], [0.09375], [0.075], [0.01875], [0.25]], 500, axis=1)
    )


def test_votes_memberships_and_statements_by_hand() -> None:
    """Each of them alone: e^{-|x - x_p|}; 2.25 to .25 for a double member; e^{±d} for what is stated."""
    alone = {"index_trade": 0.0, "own_share": 0.0, "own_share_statements": 0.0}
    alone |= {"index_votes": 0.0, "index_membership": 0.0, "index_statements": 0.0}
    figures = {
        f"{who}.ideal_point": x
        for who, x in (
            ("kaz", 0.0),
            ("rus", -1.0),
            ("chn", -0.5),
            ("west", 1.5),
            ("tur", 0.5),
            ("arab", -2.0),
        )
    }
    kept = 1.0 - 0.02  # no state relies on itself for less than .02
    votes = np.exp([-1.0, -0.5, -1.5, -0.5, -2.0])
    share = begun({**alone, "index_votes": 1.0}, figures)[0].share[:5, 0, 0]
    assert share == pytest.approx(kept * votes / votes.sum())
    share = begun({**alone, "index_membership": 1.0})[0].share[:5, 0, 0]
    assert share == pytest.approx(kept * np.array([2.25, 0.25, 0.25, 0.25, 0.25]) / 3.25)
    positions = {
        (0, "condemn_russia"): Range(0.5, 0.5),
        (0, "send_troops"): Range(-0.2, -0.2),
        (0, "domestic_reform"): Range(1.0, 1.0),
    }
    lean = (0.5 * 1.0 + 0.2 * 1.0) / 2.0  # distances 1 and -1; an issue without distance does not count
    words = np.array([np.exp(-lean), 1.0, np.exp(lean), 1.0, 1.0])
    share = begun({**alone, "index_statements": 1.0}, positions=positions)[0].share[:5, 0, 0]
    assert share == pytest.approx(kept * words / words.sum())


def test_a_stated_multi_vector_policy_adds_to_own_strength() -> None:
    positions = {(0, "multi_vector_policy"): Range(0.8, 0.8)}
    state, _ = begun({"own_share": 0.25, "own_share_statements": 0.1}, positions=positions)
    assert state.share[-1, 0] == pytest.approx(np.full(500, 0.33))


def test_silence_is_not_neutrality() -> None:
    blueprint = fixed(replace(plain(), **NOTHING), opinion_unknown=0.5)  # type: ignore[arg-type]
    found = draws(blueprint).stance("join_sanctions")
    assert np.abs(found).max() <= 0.5
    assert found.std(axis=1).min() > 0.25
    assert np.abs(found.mean()) < 0.05


def test_a_minus_turns_an_issue_round_and_several_are_averaged() -> None:
    positions = {(0, "help_evade_sanctions"): Range(-0.8, -0.8), (0, "join_sanctions"): Range(0.2, 0.2)}
    found = draws(replace(plain(), positions=positions)).stance("-help_evade_sanctions", "join_sanctions")
    assert found[0] == pytest.approx(np.full(500, 0.5))
    alone = draws(replace(plain(), positions={(0, "help_evade_sanctions"): Range(-0.8, -0.8)}))
    assert alone.stance("-help_evade_sanctions", "join_sanctions")[0] == pytest.approx(np.full(500, 0.8))


def test_compliance_starts_from_statements_and_not_where_sanctions_hit() -> None:
    positions = {(0, "help_evade_sanctions"): Range(-0.5, -0.5), (0, "join_sanctions"): Range(0.5, 0.5)}
    levels = {"initial_compliance": 0.4, "initial_compliance_stated": 0.2}
    state, _ = begun(levels, {"blr.sanctioned": 1.0}, positions=positions)
    assert state.compliance[0] == pytest.approx(np.full(500, 0.5))
    assert not state.compliance[4].any()


def test_opinion_on_the_war_counts_the_minority_apart() -> None:
    """Of 20 % who support it by half and 80 % whose approval is -.6: .6 × .8 - .5 × .2."""
    opinions = {(0, "public_approval_of_war"): Range(-0.6, -0.6)}
    state, setting = begun({"minority_support": 0.5}, {"kaz.ethnic_russians": 20.0}, opinions=opinions)
    assert displeasure(state, setting)[0] == pytest.approx(np.full(500, 0.38))


@pytest.mark.parametrize("hot", [{}, {"mass_pull": -1.5, "repression_effect": 0.1}], ids=["shipped", "hot"])
def test_everybody_is_calm_when_the_run_begins(hot: dict[str, float]) -> None:
    """In no run is half of the mass in the streets before the first month, however parameters were drawn."""
    state, setting = draw(fixed(plain(), **hot), SEED, 0)
    assert (setting.figures["calm"] <= 0.0).all()
    assert (state.defection[0] < 0.5).all()


def test_without_an_elite_the_mass_starts_below_its_tipping_point() -> None:
    state, setting = begun(
        {"mass_pull": -1.5, "repression_effect": 0.1, "elite_to_mass": 0.0, "calm_margin": 0.05}
    )
    tip = tipping_point(setting["mass_coupling"], setting["threshold_spread"])
    tips = ~np.isnan(tip)
    assert (setting.figures["calm"] < 0.0).any()
    part = np.sqrt(1.0 - 4.0 * setting["threshold_spread"][tips] / setting["mass_coupling"][tips])
    assert (state.defection[0][:, tips] < 0.5 * (1.0 - part)).all()
    lowered = quiet_pull(state, setting)[0]
    assert (lowered[:, tips] <= tip[tips] - 0.05 + 1e-12).all()


def test_who_is_calm_anyway_is_left_alone() -> None:
    _, setting = begun({"mass_pull": -1.9, "repression_effect": 0.5, "mass_coupling": 2.4})
    assert not setting.figures["calm"].any()
