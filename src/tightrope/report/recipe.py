"""Python that makes the numbers again which the page shows, by the public interface alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pprint import pformat
from textwrap import wrap

from tightrope.case.scenario import Scenario
from tightrope.engine.manifest import Manifest
from tightrope.report.written import scenario_data

WIDTH = 100


@dataclass(frozen=True)
class Recipe:
    """What is to be made again: a case by its name, a scenario of it or one of one's own, and the result's manifest.

    `shipped`: the name stands for a case that comes with the program, else for a folder beside the code.
    """

    case: str
    shipped: bool
    scenario: Scenario | None
    whole: bool
    made: Manifest


def python(recipe: Recipe) -> str:
    """The code as text; run, it prints every outcome and says if the case is another one by now."""
    return "\n".join(
        [*_opening(recipe), *_case(recipe), *_scenario(recipe), *_simulation(recipe), *_ending(recipe)]
    )


def _opening(recipe: Recipe) -> Iterator[str]:
    made = recipe.made
    version = made.versions.get("tightrope", "")
    yield f'"""{made.runs} runs of the case {recipe.case}, made again. Written by Tightrope {version}.'
    yield ""
    yield "The same case, seed and versions give the same numbers:"
    versions = ", ".join(f"{name} {found}" for name, found in made.versions.items())
    yield from wrap(f"Python {made.python}, {versions}.", WIDTH)
    yield '"""'
    yield ""
    yield "from datetime import date"
    yield ""
    yield "import tightrope"
    if recipe.scenario is not None and not recipe.whole:
        yield "from tightrope.case.scenario import Scenario"
    yield "from tightrope.engine.outcome import outcomes"
    yield ""


def _case(recipe: Recipe) -> Iterator[str]:
    if not recipe.shipped:
        yield "# A case of your own: its folder, as Save & export > Download gives it, unpacked beside this file."
    yield f"case = tightrope.load_case({recipe.case!r})"


def _scenario(recipe: Recipe) -> Iterator[str]:
    if recipe.scenario is None or recipe.whole:
        return
    data = pformat(scenario_data(recipe.scenario), width=WIDTH, sort_dicts=False)
    yield "scenario = Scenario.model_validate("
    yield from (f"    {line}" for line in data.splitlines())
    yield ")"


def _simulation(recipe: Recipe) -> Iterator[str]:
    made = recipe.made
    named = repr(recipe.scenario.id) if recipe.scenario is not None else "None"
    chosen = named if recipe.scenario is None or recipe.whole else "scenario"
    when = date.fromisoformat(made.origin.as_of)
    yield "result = tightrope.simulate("
    yield "    case,"
    yield f"    scenario={chosen},"
    yield f"    runs={made.runs},"
    yield f"    months={made.months},"
    yield f"    seed={made.seed},"
    yield f"    as_of=date({when.year}, {when.month}, {when.day}),"
    yield f"    without={list(made.origin.without)!r},"
    yield ")"


def _ending(recipe: Recipe) -> Iterator[str]:
    yield ""
    yield f"if result.manifest.origin.digest != {recipe.made.origin.digest!r}:"
    yield '    print("The case has changed since: the numbers may differ.")'
    yield "for name, found in outcomes(result).items():"
    yield '    print(f"{name}\\t{found.mean:.6g}\\t{found.unit}")'
    yield ""
