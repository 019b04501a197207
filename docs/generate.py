"""Write the pages of docs/reference that say what the code says: `python docs/generate.py`.

A page that differs from what this writes fails tests/docs/test_generated.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from tightrope.case.case import Case
from tightrope.case.knowledge import known
from tightrope.case.load import load_case
from tightrope.cli import SHIPPED, cli
from tightrope.engine.measure import Measure, measures
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
from tightrope.model.build import BINDING, COUNTED, takes_a_stand
from tightrope.model.parameters import Parameter, table
from tightrope.report.glossary import words_of_the_model

FOLDER = Path(__file__).parent / "reference"
WRITTEN = "<!-- Written by docs/generate.py; do not edit. -->\n\n"
WIDTH = 100

# What the model reads of a stated position, by issue (model/start.py); others count by their distance only.
STATED = {
    "multi_vector_policy": "share of own strength",
    "help_evade_sanctions": "stated compliance",
    "join_sanctions": "stated compliance, stated stance on joining",
    "condemn_russia_unga": "stated vote",
    "condemn_russia": "stated vote",
    "leave_russian_blocs": "stated stance on leaving",
    "send_troops": "stated stance on troops",
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
SIGNS = Path(__file__).parents[1] / "tests" / "model" / "signs.json"
SIGN_KINDS = {
    "strong": ("Strong", "A test asks for at least 95 % of the draws."),
    "weak": (
        "Weak",
        "Reported without a threshold. Higher risk aversion moves weight into a state's own strength, which is\n"
        "nearly riskless, and so concentrates it; that it makes for more hedging is no property of the model.",
    ),
    "beside": (
        "Beside these",
        "The same with another lever or outcome, to show what hangs on that. Where trade or weights change in the\n"
        "first month, alignment follows; a state that comes to lean to the target gains by looking like a gamer,\n"
        "which hides the sign in some draws. Counted emergencies are rare, so that few runs give ties.",
    ),
}


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
    yield from _below(cli, top, "tightrope")


def _below(
    group: click.Group, above: click.Context, called: str
) -> Iterator[tuple[str, click.Command, click.Context]]:
    for name in sorted(group.commands):
        command = group.commands[name]
        context = click.Context(command, info_name=name, parent=above)
        yield f"{called} {name}", command, context
        if isinstance(command, click.Group):
            yield from _below(command, context, f"{called} {name}")


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
        "of them can be fixed with `--set parameters.NAME=VALUE`, which holds for the start of a run, too.\n"
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
    parts.append("\n## What the other files set\n\n" + others_set(known(case, case.about.as_of).case))
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
    if isinstance(claim, Threat) and not _of_target(claim, case):
        return f"{NOTHING}: only threats from the target are heard, and {claim.by} does not speak for it"
    return _others(claim)


def _of_target(claim: Threat, case: Case) -> bool:
    """Whether the target makes the threat, or a person or group of it."""
    mine = {actor.id for actor in case.actors if case.about.target in (actor.id, actor.of)}
    return claim.by in mine


def _position(claim: Position, case: Case, group: bool) -> str:
    if group:
        heard = claim.issue == OPINION
        return "opinion on the war" if heard else f"{NOTHING}: a group's opinion on {claim.issue} is not read"
    distance = next(issue.distance for issue in case.issues if issue.id == claim.issue)
    found = ["alignment at the start (stated distance)"] if distance else []
    if claim.issue in STATED:
        found.append(STATED[claim.issue])
    if claim.issue in {entity.issue or f"recognise_{entity.id}" for entity in case.entities}:
        found.append("stated stance on recognition")
    return ", ".join(found) or f"{NOTHING}: {claim.issue} has distance 0 and no account reads it"


def _others(claim: Statement) -> str:
    if isinstance(claim, Act):
        return f"beliefs of both audiences, as `{claim.act}`"
    if isinstance(claim, Threat):
        return f"menace, weighed as {claim.rank}"
    if isinstance(claim, Interpretation):
        return "sincerity prior, one voice"
    if isinstance(claim, Commitment):
        return _tied(claim.issue)
    event = claim.event if isinstance(claim, Event) else ""
    return EVENTS.get(event, f"{NOTHING}: no mechanism reads the event `{event}`")


def _tied(issue: str) -> str:
    """Which stock an undertaking on the issue adds to."""
    if issue in BINDING:
        return "tied hands in the matter of the sanctions (`commitments`)"
    if takes_a_stand(issue):
        return "tied hands in other matters (`stands`)"
    return f"{NOTHING}: undertakings on {issue} tie no hands here"


def others_set(case: Case) -> str:
    """What the other files of the case set: precedents, past recognition, entities, acts, institutions."""
    return "".join(
        (
            "The claims in words are not all that sets something. Figures set what their ids name\n"
            "([how](../how-to/write-a-case.md)), past votes the level and the precedent of the votes to come\n"
            "([how](../explanation/model.md#vote)). What the remaining files set, for the shipped case:\n\n",
            "### Base rates, from `precedents.yaml`\n\n",
            "A base rate is drawn from Beta(1 + happened, 1 + not happened), with the cases known at `as_of`.\n\n",
            rows(("class", "sets", "cases", "happened", "mean"), _counted(case)),
            "\n### How often each state recognised, from `precedents.yaml`\n\n",
            "What a state decided in analogous cases is its precedent in `recognition`. Likewise a decider whose\n"
            "request for troops was refused (class intervention) remembers it at the start.\n\n",
            rows(("state", "recognised", "did not"), _recognised(case)),
            "\n### Entities, from `entities.yaml` and the recognitions in `ties.yaml`\n\n",
            rows(("entity", "parent", "recognised at the start by"), _entities(case)),
            "\n### Acts on the menu, from `acts.yaml`\n\n",
            "Acts with a monthly chance may be chosen in a run. All kinds serve to weigh past acts.\n\n",
            rows(("act", "chance in a month", "open to", "needs", "pledge"), _on_menu(case)),
            "\n### Institutions, from `institutions.yaml`\n\n",
            "Of the leader's organisations, the one for security decides on troops as it says.\n\n",
            rows(("institution", "role", "leader", "decides by", "sets"), _institutions(case)),
        )
    )


def _counted(case: Case) -> Iterator[tuple[str, ...]]:
    for name, kind in COUNTED.items():
        mine = [one.happened for one in case.precedents if one.reference_class == kind]
        mean = (1 + sum(mine)) / (2 + len(mine))
        yield kind, f"`{name}`", str(len(mine)), str(sum(mine)), f"{mean:.2g}"


def _recognised(case: Case) -> Iterator[tuple[str, ...]]:
    for state in case.about.deciders:
        mine = [
            one.happened
            for one in case.precedents
            if one.reference_class == "recognition" and one.about == state
        ]
        if mine:
            yield state, str(sum(mine)), str(len(mine) - sum(mine))


def _entities(case: Case) -> Iterator[tuple[str, ...]]:
    read = {*case.about.poles, *case.about.deciders}
    for entity in case.entities:
        found = [
            tie.source_actor if tie.value is None else f"{tie.source_actor} ({tie.value:g})"
            for tie in case.ties
            if tie.kind == "recognition" and tie.until is None and tie.target_actor == entity.id
        ]
        yield (
            f"`{entity.id}`",
            entity.parent or "–",
            ", ".join(n for n in found if n.split()[0] in read) or "–",
        )


def _on_menu(case: Case) -> Iterator[tuple[str, ...]]:
    for kind in case.acts:
        if kind.monthly is not None:
            low, high = kind.pledge
            pledge = f"{low:g} to {high:g}" if high or low else "–"
            bound = f"{pledge} ({kind.pledge_on})" if high or low else pledge
            needs = "war" if kind.mediation else str(kind.needs)
            yield f"`{kind.id}`", f"{kind.monthly:g}", str(kind.open_to), needs, bound


def _institutions(case: Case) -> Iterator[tuple[str, ...]]:
    effect = {"security": "protection", "economic": "preferences"}
    for one in case.institutions:
        led = one.leader in case.about.poles
        said = effect.get(str(one.role), "") if led else ""
        if one.role == "security" and one.leader == case.about.target:
            said += ", and how requests for troops are decided"
        yield one.id, str(one.role), one.leader or "–", str(one.decides_by), said or f"{NOTHING}: shown only"


def outcomes_page() -> str:
    """Every outcome of the shipped case."""
    result = simulate(SHIPPED, runs=1)
    focus = result.manifest.focus
    found = measures(result)
    mine = {name: one for name, one in found.items() if name.startswith(f"{focus.lower()}.")}
    others = ", ".join(f"`{actor.lower()}.`" for actor in result.axes["actor"] if actor != focus)
    shared = {name: one for name, one in found.items() if name.startswith("world.")}
    parts = ["# Outcomes\n\n", WRITTEN]
    parts.append(
        "An outcome is one value for each run. A *number* is summed up by its mean and quantiles, a\n"
        "*probability* by the share of runs, with a 90 % interval for the Monte Carlo error alone (Wilson\n"
        "1927). That interval says how well the runs pin down the model's own frequency; it says nothing\n"
        "about the world.\n\n"
        f"These are the outcomes of the focus state ({focus}). The same names exist for the other deciders:\n"
        f"{others}. In all there are {len(found)}. A shorter horizon holds fewer votes.\n\n"
    )
    parts.append(_outcomes(mine) + "\n## Of the world\n\n" + _outcomes(shared))
    return "".join(parts)


def _outcomes(found: Mapping[str, Measure]) -> str:
    body = ((f"`{name}`", one.kind, one.unit, one.label) for name, one in found.items())
    return rows(("name", "kind", "unit", "label"), body)


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


def signs_page() -> str:
    """How often the signs that theory gives hold in the coupled model, as measured by tests/model/signs.py."""
    found = json.loads(SIGNS.read_text(encoding="utf-8"))
    parts = ["# Signs of the coupled model\n\n", WRITTEN]
    parts.append(
        "Theory gives each mechanism a sign; in the whole model others work against it. These are the shares of\n"
        "300 draws of all parameters in which a lever moves the mean of 50 paired runs over twelve months as\n"
        "said, on the same random numbers with and without it. The draws are frozen in\n"
        "`tests/model/frozen_draws.csv`; a tie counts as neither. They are properties of the model, not of the\n"
        "world. The prototype is an earlier and simpler model of the same equations, with 150 pairs a draw and\n"
        "levers of its own, so that its frequencies are a comparison and no target.\n"
    )
    for kind, (title, said) in SIGN_KINDS.items():
        parts.append(f"\n## {title}\n\n{said}\n\n")
        body = (sign_row(one) for one in found.values() if one["kind"] == kind)
        parts.append(
            rows(("statement", "right", "tie", "wrong", "prototype, right", "lever and outcome"), body)
        )
    return "".join(parts)


def sign_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    """One line of the table of signs."""
    shares = (f"{100.0 * one[word]:.1f} %" for word in ("right", "tie", "wrong"))
    return one["text"], *shares, one["prototype"], one["how"]


def words_page() -> str:
    """What the words of the app, the report and these pages mean."""
    body = "# Words\n\nWhat the words of the app and the report mean. In the app, the key `?` opens the same list.\n"
    for group in words_of_the_model():
        terms = "\n".join(f"**{word.term}**\n: {word.said}\n" for word in group.words)
        body += f"\n## {group.title}\n\n{terms}"
    return WRITTEN + body


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "parameters.md": parameters_page,
    "claims.md": claims_page,
    "outcomes.md": outcomes_page,
    "variables.md": variables_page,
    "signs.md": signs_page,
    "words.md": words_page,
}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
