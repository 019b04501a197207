"""The shipped case with its deciders copied until there are as many as asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tightrope.case.knowledge import known
from tightrope.case.load import load_case
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import build
from tightrope.model.state import BY_POLE


def replica(deciders: int, months: int) -> Blueprint:
    """The blueprint of kazakhstan-2022 with so many deciders: copies share ranges, not draws."""
    case = load_case("kazakhstan-2022")
    plain = build(known(case, case.about.as_of))
    few = len(plain.deciders)
    places = [place % few for place in range(deciders)]
    names = tuple(plain.deciders[place] + ("" if n < few else f"_{n}") for n, place in enumerate(places))
    return replace(
        plain,
        deciders=names,
        months=months,
        figures=dict(plain.figures) | _figures(plain, names, places),
        positions=_keyed(plain.positions, places),
        opinions=_keyed(plain.opinions, places),
        voices={n: plain.voices[place] for n, place in enumerate(places) if place in plain.voices},
        events={
            (event, n): replace(stock, decider=n)
            for (event, where), stock in plain.events.items()
            for n, place in enumerate(places)
            if place == where
        },
        acts=_each(plain.acts, places),
        commitments=_each(plain.commitments, places),
        stands=_each(plain.stands, places),
        threats=_each(plain.threats, places),
        allied=_pairs(plain.allied, places),
        preferred=_pairs(plain.preferred, places),
        recognitions=_recognitions(plain, names, places),
        decided={n: plain.decided[place] for n, place in enumerate(places) if place in plain.decided},
        rivals=_members(plain.rivals, places),
        cohort=_members(plain.cohort, places),
        schedule=_schedule(plain, places),
    )


def _figures(plain: Blueprint, names: tuple[str, ...], places: list[int]) -> dict:
    found = {}
    for name, place in zip(names, places, strict=True):
        start = plain.deciders[place].lower() + "."
        for figure, limits in plain.figures.items():
            if figure.startswith(start):
                found[f"{name.lower()}.{figure.removeprefix(start)}"] = limits
    return found


def _keyed(table, places):
    return {
        (n, issue): found
        for (where, issue), found in table.items()
        for n, place in enumerate(places)
        if place == where
    }


def _each(stocks, places):
    return tuple(
        replace(one, decider=n) for one in stocks for n, place in enumerate(places) if place == one.decider
    )


def _pairs(pairs, places):
    return frozenset((n, pole) for where, pole in pairs for n, place in enumerate(places) if place == where)


def _members(deciders: frozenset[int], places: list[int]):
    return frozenset(n for n, place in enumerate(places) if place in deciders)


def _recognitions(plain: Blueprint, names: tuple[str, ...], places: list[int]):
    copied = {
        (name, entity): part
        for (actor, entity), part in plain.recognitions.items()
        for name, place in zip(names, places, strict=True)
        if plain.deciders[place] == actor
    }
    return {**plain.recognitions, **copied}


def _schedule(plain: Blueprint, places: list[int]):
    schedule = plain.schedule
    votes = tuple(replace(vote, precedent=np.asarray(vote.precedent)[places]) for vote in schedule.votes)
    given = {
        kind: values if kind in BY_POLE else values[:, places] for kind, values in schedule.given.items()
    }
    return replace(schedule, given=given, votes=votes)
