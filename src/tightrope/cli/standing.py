"""What the commands about roll calls print on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tightrope.measure.standing import Standing
    from tightrope.measure.votes import RollCalls
    from tightrope.report.predict_job import Predicted


def show_standing(rolls: RollCalls, standing: Standing, states: tuple[str, ...]) -> None:
    """The chosen states in the last session, as a table on the terminal."""
    from rich.console import Console
    from rich.table import Table

    from tightrope.measure.country import name_of

    last = standing.sessions[-1]
    table = Table(
        title=f"Session {last}, from {len(rolls):,} roll calls and {rolls.votes:,} votes",
        title_justify="left",
    )
    table.add_column("State")
    for dim in range(standing.dims):
        table.add_column(f"Dimension {dim + 1}", justify="right")
        table.add_column("90 % interval", justify="right")
    for state in states:
        found = standing.at(last, state)
        cells = ["–", ""] * standing.dims if found is None else []
        for mean, low, high in found if found is not None else ():
            cells += [f"{mean:+.2f}", f"{low:+.2f} to {high:+.2f}"]
        table.add_row(name_of(state), *cells)
    Console().print(table)


def show_prediction(found: Predicted, states: tuple[str, ...]) -> None:
    """The tally with its range, and the chosen states' probabilities."""
    from rich.console import Console
    from rich.table import Table

    from tightrope.measure.country import name_of
    from tightrope.report.predict_job import ANSWERS

    ranges = "; ".join(
        f"{answer} {middle:.0f}" + (f" ({low:.0f}–{high:.0f})" if low < high else " expected")
        for answer, (low, middle, high) in zip(ANSWERS, found.tally, strict=True)
    )
    click.echo(f"Known up to {found.known_until}. Tally of {len(found.states)} states: {ranges}")
    table = Table(title=f"Vote of {found.asked.day}: percent", title_justify="left")
    for name in ("State", *ANSWERS):
        table.add_column(name, justify="left" if name == "State" else "right")
    for state in states:
        if state in found.states:
            row = found.chances[found.states.index(state)]
            table.add_row(name_of(state), *(f"{100 * value:.0f}" for value in row))
    Console().print(table)
