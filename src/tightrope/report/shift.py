"""What `tightrope update` prints: a proposed claim with its passage, then the judgements before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tightrope.engine.result import CAVEAT
from tightrope.report.suggestion import Suggested, Suggestion
from tightrope.report.terminal import plain_console

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

NOTHING = "Nothing changes: every run comes out exactly as before."
# Claims that are named for one judgement.
SHOWN = 4


def show_claim(claim: Suggestion, place: int, count: int, console: Console | None = None) -> None:
    """Print one proposed claim; whatever a report says is printed as text, never as markup."""
    from rich.padding import Padding
    from rich.text import Text

    to = console or plain_console()
    data = claim.data
    about = " · ".join(str(data[key]) for key in ("kind", "about") if key in data)
    to.print()
    to.print(
        Text(f"{place} of {count}  {claim.id}", style="bold"), Text(f"{about} · {_when(data)}", style="dim")
    )
    to.print(Text(_printable(data["paraphrase"])))
    passage = Text(f"“{_printable(claim.passage)}”", style="italic")
    to.print(Padding(passage, (0, 0, 0, 4)))
    at = data["at"]
    to.print(Text(f"    characters {at['start']}–{at['end']}", style="dim"))
    to.print(Text(f"Sets {claim.sets}.", style="dim" if claim.nothing else ""))
    if data.get("happening"):
        to.print(Text(f"Tells of {data['happening']}, with the claims of the case that do.", style="dim"))
    if claim.low:
        to.print(Text(f"Low confidence: {'; '.join(claim.doubts)}.", style="yellow"))


def show_source(found: Suggested, console: Console | None = None) -> None:
    """Print what report the following claims are of, or that the case has it."""
    from rich.text import Text

    to = console or plain_console()
    if found.held is not None:
        to.print(Text(held(found)))
        return
    source = found.source
    assert isinstance(source, dict)
    to.print(
        Text(f"{source['title']}", style="bold"),
        Text(
            f"({source['id']}, published {_span(source['published'])}): {claims(len(found.claims))} proposed"
        ),
    )


def held(found: Suggested) -> str:
    """That a report is in the case already."""
    return (
        f"{found.doc}: the case has this very text as {found.held}; nothing to propose. "
        f"--without {found.held} shows what it changes."
    )


def show_effect(told: Mapping[str, Any], console: Console | None = None) -> None:
    """Print the key judgements before and after, and which claim moved each."""
    from rich.text import Text

    to = console or plain_console()
    to.print()
    to.print(
        Text(
            f"{claims(told['accepted'])} accepted. {told['runs']} runs of {told['months']} months each side, "
            f"with the same random numbers, known as of {told['as_of']}. In points of 100 runs, with the 90 % interval."
        )
    )
    if told["same"]:
        to.print(Text(NOTHING, style="bold"))
    to.print(_judgements(told))
    if told["movers"]:
        to.print(_movers(told))
        to.print(
            Text(
                "What a claim's presence does: the runs with all that was accepted less those without it. "
                "Bold: more than chance.",
                style="dim",
            )
        )
    if told["left"]:
        to.print(Text(f"Not measured: {', '.join(told['left'])}.", style="dim"))
    if told["others"]:
        to.print(_others(told))
    to.print(Text(CAVEAT, style="bold"))


def _judgements(told: Mapping[str, Any]) -> Table:
    from rich.table import Table

    table = Table(title="The key judgements before and after", title_justify="left", box=None, pad_edge=False)
    for title in ("Judgement", "Before", "After"):
        table.add_column(title, overflow="fold")
    table.add_column("Difference", justify="right", no_wrap=True)
    for one in told["judgements"]:
        _add(table, one["title"], _said(one["before"]), _said(one["after"]), gap(one["gap"], True))
    return table


def _movers(told: Mapping[str, Any]) -> Table:
    """For each judgement the claims that moved it in any run, the strongest first."""
    from rich.table import Table

    table = Table(title="Which claim moved each", title_justify="left", box=None, pad_edge=False)
    table.add_column("Judgement", overflow="fold")
    table.add_column("Claim", overflow="fold")
    table.add_column("Difference", justify="right", no_wrap=True)
    for one in told["judgements"]:
        gaps = {name: found[one["id"]] for name, found in told["movers"].items()}
        moving = sorted(
            (name for name in gaps if gaps[name]["turned"]), key=lambda name: -abs(gaps[name]["mean"])
        )
        for place, name in enumerate(moving[:SHOWN] or ["no single claim"]):
            shown = gap(gaps[name], True) if name in gaps else ""
            _add(table, one["title"] if not place else "", name, shown)
        if len(moving) > SHOWN:
            _add(table, "", f"and {len(moving) - SHOWN} that moved it less", "")
    return table


def _others(told: Mapping[str, Any]) -> RenderableType:
    from rich.table import Table

    table = Table(
        title="What else differs by more than chance", title_justify="left", box=None, pad_edge=False
    )
    table.add_column("Outcome", overflow="fold")
    table.add_column("Mean", justify="right")
    table.add_column("90 % interval", justify="right", no_wrap=True)
    table.add_column("Unit")
    for one in told["others"]:
        low, mean, high = one["shown"]
        _add(table, one["label"], mean, f"{low} to {high}", one["unit"])
    return table


def _add(table: Table, *cells: str | Text) -> None:
    """A row whose words are text, never markup."""
    from rich.text import Text

    table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in cells))


def gap(found: Mapping[str, float], interval: bool = False) -> Text:
    """A difference in points of 100 runs; exactly 0 where no run turned out otherwise."""
    from rich.text import Text

    if not found["turned"]:
        return Text("exactly 0" if interval else "0", style="dim")
    clearly = found["low"] > 0 or found["high"] < 0
    text = _points(found["mean"])
    if interval:
        text += f" ({_points(found['low'])} to {_points(found['high'])})"
    return Text(text, style="bold" if clearly else "")


def claims(count: int) -> str:
    """So many claims, in words.

    >>> claims(1), claims(2)
    ('1 claim', '2 claims')
    """
    return f"{count} claim{'s' if count != 1 else ''}"


def _points(value: float) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(100 * value):.1f}"


def _said(one: Mapping[str, Any]) -> str:
    return f"{one['word']}, {100 * one['frequency']:.0f} of 100"


def _when(data: Mapping[str, Any]) -> str:
    return _span(data["date"])


def _span(when: Any) -> str:
    return f"{when['earliest']} to {when['latest']}" if isinstance(when, dict) else str(when)


def _printable(text: str) -> str:
    """Text of a report for a terminal: on one line, nothing in it that a terminal would obey."""
    return " ".join("".join(one if one.isprintable() or one.isspace() else "�" for one in text).split())
