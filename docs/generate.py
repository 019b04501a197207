"""Write the pages of docs/reference that say what the code says: `python docs/generate.py`.

A page that differs from what this writes fails tests/docs/test_generated.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import click

from tightrope.case.case import Case
from tightrope.case.load import load_case
from tightrope.cli import SHIPPED, cli
from tightrope.engine.outcome import measures
from tightrope.engine.record import MONTHLY, ONCE, described, dims_of
from tightrope.engine.simulate import simulate
from tightrope.evidence.claim import (
    Act,
    Commitment,
    Context,
    Event,
    Interpretation,
    Position,
    Statement,
    Threat,
)
from tightrope.model.build import BINDING, takes_a_stand
from tightrope.model.parameters import Parameter, table

FOLDER = Path(__file__).parent / "reference"
WRITTEN = "<!-- Written by docs/generate.py; do not edit. -->\n\n"
WIDTH = 100

# What the model reads of a stated position, by issue (model/start.py); others count by their distance only.
STATED = {
    "multi_vector_policy": "share of own strength",
    "help_evade_sanctions": "stated compliance",
    "join_sanctions": "stated compliance",
    "condemn_russia_unga": "stated vote",
    "condemn_russia": "stated vote",
}
OPINION = "public_approval_of_war"
EVENTS = {
    "intervention": "debt to the patron",
    "purge": "pull of the elite",
    "currency_fall": "price rises still to come",
    "price_cap": "price cap in force at the start",
}
# Events about the target that switch parts of the model on.
CONDITIONS = {
    "western_sanctions": "sanctions on the target are in force",
    "invasion": "the war, which ties the target down and costs it credibility",
}
NOTHING = "nothing"


def rows(header: Iterable[str], body: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(header)
    lines = [names, ["---"] * len(names), *body]
    return "".join("| " + " | ".join(map(cell, line)) + " |\n" for line in lines)


def cell(text: str) -> str:
    """Text that cannot break a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def cli_page() -> str:
    """Every command with its help text."""
    parts = ["# Commands\n\n", WRITTEN]
    parts.append(
        "Exit codes: 0 right, 1 the input is wrong, 2 usage, 3 a fault of ours, 130 interrupted (what was\n"
        "finished is kept and named). On a fault of ours, `TIGHTROPE_TRACE=1` shows where it happened.\n"
    )
    for name, command, context in commands():
        parts.append(f"\n## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "".join(parts)


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """The group and its commands, in the order of their names."""
    top = click.Context(cli, info_name="tightrope", terminal_width=WIDTH, **cli.context_settings)
    yield "tightrope", cli, top
    for name in sorted(cli.commands):
        command = cli.commands[name]
        yield f"tightrope {name}", command, click.Context(command, info_name=name, parent=top)


def parameters_page() -> str:
    """Every parameter, by the mechanism that it belongs to."""
    found: dict[str, list[Parameter]] = {}
    for row in table().values():
        found.setdefault(row.module, []).append(row)
    assumed = sum(row.source is None for row in table().values())
    parts = ["# Parameters\n\n", WRITTEN]
    parts.append(
        f"{assumed} of these {len(table())} ranges are assumptions (*scenario*): no source gives them, and\n"
        "none is fitted. The rest cite a source, or are counted from the precedents of the case. Runs draw\n"
        "from a triangular distribution with this low, mode and high, unless the column says otherwise. Any\n"
        "of them can be fixed with `--set parameters.NAME=VALUE`; what a run starts from stays as it is.\n"
        "Sources: [literature](literature.md).\n"
    )
    header = ("name", "symbol", "meaning", "low", "mode", "high", "unit", "source")
    for module, parameters in found.items():
        parts.append(f"\n## {module}\n\n" + rows(header, map(parameter_row, parameters)))
    return "".join(parts)


def parameter_row(row: Parameter) -> tuple[str, ...]:
    """One line of the table of parameters."""
    low, high = f"{row.range.low:g}", f"{row.range.high:g}"
    mode = f"{row.range.mode:g}" if row.range.mode is not None else row.range.shape.replace("_", "-")
    if row.range.shape == "counted":
        low = high = "–"
    source = row.source or "*scenario*"
    return f"`{row.name}`", row.symbol, row.note, low, mode, high, row.unit, source


def claims_page() -> str:
    """Every claim of the shipped case, and what it sets."""
    case = load_case(SHIPPED)
    told = {claim.id: sets(claim, case) for claim in case.claims}
    idle = sum(said.startswith(NOTHING) for said in told.values())
    parts = ["# Claims of the shipped case\n\n", WRITTEN]
    parts.append(
        f"{idle} of the {len(told)} claims in words set nothing; each says why. The others set what the\n"
        "last column names, for the state that they are about. Claims of several sources about one\n"
        "happening count once. A test drops every claim that sets nothing and finds the start unchanged,\n"
        "and keeps single claims of each other sort and finds it moved. How a claim sets what it sets:\n"
        "[the model, initialisation](../explanation/model.md#5-initialisation).\n"
    )
    header = ("claim", "kind", "about", "sets")
    for source in sorted({claim.source for claim in case.claims}):
        mine = [claim for claim in case.claims if claim.source == source]
        parts.append(f"\n## {source}\n\n")
        parts.append(rows(header, ((f"`{c.id}`", c.kind, c.about, told[c.id]) for c in mine)))
    parts.append("\n## Numbers in the reports\n\n" + readings(case))
    return "".join(parts)


def readings(case: Case) -> str:
    """The numbers that the reports give, which widen the range of a figure."""
    found = [
        (f"`{figure.id}`", reading.source, f"{reading.value:g}", figure.unit)
        for figure in case.figures
        for reading in figure.claims
        if reading.source.startswith("report_")
    ]
    said = "Each widens the range of its figure, beside the readings of other sources.\n\n"
    return said + rows(("figure", "source", "value", "unit"), found)


def sets(claim: Statement, case: Case) -> str:
    """What a claim sets at the start of a run, or why it sets nothing."""
    if claim.fault is not None:
        return f"{NOTHING}: an error of the source itself"
    if isinstance(claim, Context):
        return f"{NOTHING}: background, shown as evidence"
    actors = {actor.id: actor for actor in case.actors}
    actor = actors.get(claim.about)
    if isinstance(claim, Event) and claim.about == case.about.target and claim.event in CONDITIONS:
        return CONDITIONS[claim.event]
    place = claim.about if actor is None or claim.about in case.about.deciders else actor.of
    if place not in case.about.deciders:
        return f"{NOTHING}: {claim.about} does not decide in this case"
    if isinstance(claim, Position):
        return _position(claim, case, actor is not None and actor.kind == "group")
    return _others(claim)


def _position(claim: Position, case: Case, group: bool) -> str:
    if group:
        heard = claim.issue == OPINION
        return "opinion on the war" if heard else f"{NOTHING}: a group's opinion on {claim.issue} is not read"
    distance = next(issue.distance for issue in case.issues if issue.id == claim.issue)
    found = ["alignment at the start (stated distance)"] if distance else []
    if claim.issue in STATED:
        found.append(STATED[claim.issue])
    return ", ".join(found) or f"{NOTHING}: {claim.issue} has distance 0 and no account reads it"


def _others(claim: Statement) -> str:
    if isinstance(claim, Act):
        return f"beliefs of both audiences, as `{claim.act}`"
    if isinstance(claim, Threat):
        return f"menace, weighed as {claim.rank}"
    if isinstance(claim, Interpretation):
        return "sincerity prior, one voice"
    if isinstance(claim, Commitment):
        if claim.issue in BINDING:
            return "tied hands in the matter of the sanctions"
        if takes_a_stand(claim.issue):
            return "tied hands apart from the sanctions"
        return f"{NOTHING}: only undertakings on sanctions, troops and recognition tie hands"
    event = claim.event if isinstance(claim, Event) else ""
    return EVENTS.get(event, f"{NOTHING}: no mechanism reads the event `{event}`")


def outcomes_page() -> str:
    """Every outcome of the shipped case."""
    result = simulate(SHIPPED, runs=1)
    focus = result.manifest.focus
    found = measures(result)
    mine = {name: one for name, one in found.items() if name.startswith(f"{focus.lower()}.")}
    others = ", ".join(f"`{actor.lower()}.`" for actor in result.axes["actor"] if actor != focus)
    body = ((f"`{name}`", one.kind, one.unit, one.label) for name, one in mine.items())
    parts = ["# Outcomes\n\n", WRITTEN]
    parts.append(
        "An outcome is one value for each run. A *number* is summed up by its mean and quantiles, a\n"
        "*probability* by the share of runs, with a 90 % interval for the Monte Carlo error alone (Wilson\n"
        "1927). That interval says how well the runs pin down the model's own frequency; it says nothing\n"
        "about the world.\n\n"
        f"These are the outcomes of the focus state ({focus}). The same names exist for the other deciders:\n"
        f"{others}. In all there are {len(found)}. A shorter horizon holds fewer votes.\n\n"
    )
    parts.append(rows(("name", "kind", "unit", "label"), body))
    return "".join(parts)


def variables_page() -> str:
    """Every variable of result.nc."""
    monthly = (
        (f"`{one.name}`", ", ".join((*one.dims, "month", "run")), one.unit, one.meaning) for one in MONTHLY
    )
    once = ((f"`{name}`", ", ".join(dims_of(name)), *described(name)) for name in ONCE)
    parts = ["# Variables of a result\n\n", WRITTEN]
    parts.append(
        "What `result.nc` and `Result.arrays` hold. The run axis is last. Quantities are float32, flags and\n"
        "votes int8.\n\n"
    )
    parts.append(rows(("name", "axes", "unit", "meaning"), (*monthly, *once)))
    return "".join(parts)


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "parameters.md": parameters_page,
    "claims.md": claims_page,
    "outcomes.md": outcomes_page,
    "variables.md": variables_page,
}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
