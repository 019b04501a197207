"""What is taken away from the page: tables, pictures, scenarios, Python and how to cite, as files by name."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from io import StringIO
from typing import Any

from tightrope.case.case import Case
from tightrope.case.scenario import Scenario
from tightrope.engine.outcome import Outcome, outcomes
from tightrope.engine.pairing import Difference, paired
from tightrope.engine.result import CAVEAT, Result
from tightrope.report import chart, picture, words
from tightrope.report.citation import bibtex, citation
from tightrope.report.fan import fans
from tightrope.report.findings import CAVEATS, RANGE_NOTE
from tightrope.report.judgement import Judgement
from tightrope.report.written import scenario_text

BASELINE, NOW = "Baseline", "Now"


@dataclass(frozen=True)
class Shown:
    """One set of runs that the page shows: its name there, its scenario, judgements, and the Python that makes it."""

    name: str
    scenario: Scenario | None
    result: Result
    judgements: tuple[Judgement, ...]
    code: str


@dataclass(frozen=True)
class Taken:
    """All that is taken away: sets of runs, the baseline first; of which case; values of the moved levers.

    `now` is the place among them of what the page shows.
    """

    case: Case
    name: str
    shown: tuple[Shown, ...]
    moved: Mapping[str, Mapping[str, float]]
    now: int = 0


def files(taken: Taken) -> dict[str, bytes]:
    """Every file by its path."""
    shown = taken.shown
    found = {
        "README.txt": readme(taken),
        "outcomes.csv": _table(_outcomes(shown)),
        "bands.csv": _table(_bands(shown)),
        "judgements.csv": _table(_judgements(shown)),
        "differences.csv": _table(_differences(shown)),
        "tightrope.bib": bibtex() + "\n",
        "reproduce.py": shown[taken.now].code,
    }
    for place, one in enumerate(shown):
        if one.scenario is not None:
            found[f"scenarios/{one.scenario.id}.yaml"] = scenario_text(one.scenario)
            found[f"python/{place}-{one.scenario.id}.py"] = one.code
        else:
            found[f"python/{place}-baseline.py"] = one.code
    for place, one in enumerate(shown):
        found |= _pictures(one, f"figures/{place}-{one.scenario.id if one.scenario else 'baseline'}")
    return {name: text.encode() for name, text in found.items()}


def _table(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as CSV; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    listed, text = list(rows), StringIO()
    names = list(listed[0]) if listed else ["scenario"]
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in listed)
    return text.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
    return value


def _outcomes(shown: tuple[Shown, ...]) -> Iterator[Mapping[str, Any]]:
    for one in shown:
        for found in outcomes(one.result).values():
            yield {"scenario": one.name, **{each.name: getattr(found, each.name) for each in fields(Outcome)}}


def _bands(shown: tuple[Shown, ...]) -> Iterator[Mapping[str, Any]]:
    for one in shown:
        months = [str(month)[:7] for month in one.result.months]
        for fan in (fan for group in fans(one.result) for fan in group.fans):
            about = {
                "scenario": one.name,
                "chart": fan.id,
                "title": fan.title,
                "unit": fan.unit,
                "kind": fan.kind,
            }
            for band in fan.bands:
                for month, row in zip(months, band.rows, strict=True):
                    numbers = dict(zip(("p05", "p25", "p50", "p75", "p95"), row, strict=True))
                    yield {**about, "series": band.name, "month": month, **numbers}


def _judgements(shown: tuple[Shown, ...]) -> Iterator[Mapping[str, Any]]:
    kept = ("id", "title", "statement", "word", "frequency", "low", "high", "sampling_low", "sampling_high")
    for one in shown:
        for found in one.judgements:
            yield {
                "scenario": one.name,
                **{name: getattr(found, name) for name in kept},
                "range": found.range,
            }


def _differences(shown: tuple[Shown, ...]) -> Iterator[Mapping[str, Any]]:
    if len(shown) < 2:
        names = [each.name for each in fields(Difference)]
        yield dict.fromkeys(["scenario", *names], "") | {"scenario": "no scenario beside the baseline"}
    for one in shown[1:]:
        for found in paired(shown[0].result, one.result).values():
            yield {"scenario": one.name, **asdict(found)}


def _pictures(one: Shown, folder: str) -> dict[str, str]:
    made = one.result.manifest
    foot = f"{made.origin.case} · {one.name} · {made.runs} runs, seed {made.seed} · known as of {made.origin.as_of}"
    found = {}
    for group in fans(one.result):
        for fan in group.fans:
            drawing = chart.draw(fan)
            of = replace(drawing, unit=f"{group.title} · {drawing.unit}")
            found[f"{folder}/{fan.id}.svg"] = picture.svg(of, foot)
    return found


def readme(taken: Taken) -> str:
    """What the files are, of which case, with which reservations, and how to make them again."""
    made = taken.shown[0].result.manifest
    said = [
        f"{taken.case.about.title}",
        "=" * min(100, len(taken.case.about.title)),
        "",
        CAVEAT,
        *(f"{line}" for line in CAVEATS if line != CAVEAT),
        RANGE_NOTE,
        "No score is shown: this version has not been compared with the record.",
        "",
        f"Case       {taken.name} ({made.origin.case})",
        f"Digest     {made.origin.digest} (SHA-256 of the case as known)",
        f"Known      as of {made.origin.as_of}"
        + (f", without {', '.join(made.origin.without)}" if made.origin.without else ""),
        f"Runs       {made.runs} runs of {made.months} months from {words.month(*made.start)}, seed {made.seed}",
        f"Versions   Python {made.python}, "
        + ", ".join(f"{name} {found}" for name, found in made.versions.items()),
        *(f"Note       {line}" for line in made.warnings),
        "",
        *_sets(taken),
        *_FILES,
        "",
        "To cite",
        "-------",
        citation(),
        "",
        "What the case says of boundaries",
        "--------------------------------",
        taken.case.about.boundaries,
    ]
    return "\n".join(said) + "\n"


def _sets(taken: Taken) -> Iterator[str]:
    yield "Sets of runs"
    yield "------------"
    for one in taken.shown:
        about = (
            "the case as it stands"
            if one.scenario is None
            else f"scenario {one.scenario.id}: {one.scenario.title}"
        )
        yield f"{one.name}: {about}"
        yield from (
            f"    lever {name} = {value:g}" for name, value in sorted(taken.moved.get(one.name, {}).items())
        )
    yield ""


_FILES = (
    "Files",
    "-----",
    "outcomes.csv     every outcome: mean, Monte Carlo standard error; numbers with quantiles p05 to p95 over runs,",
    "                 probabilities (0 to 1) with their 90 % Monte Carlo interval low to high. Unit in its column:",
    "                 share = 0 to 1 of a whole; probability = 0 to 1.",
    "bands.csv        every chart, month by month: quantiles over runs; of kind frequency p50 is the share of runs",
    "                 (in %) in which it has happened by then, p05 and p95 its 90 % interval.",
    "judgements.csv   the key judgements: frequency with its range low to high, and the sampling error alone.",
    "differences.csv  each set of runs less the baseline, run by run with the same random numbers: mean, 90 %",
    "                 interval low to high, and quantiles of the run-by-run differences.",
    "scenarios/       what was changed, in the format of a case: copy a file into the folder scenarios/ of the case,",
    "                 then tightrope check FOLDER, and tightrope run FOLDER --scenario ID --runs … --seed …",
    "reproduce.py     makes the numbers again where this version of Tightrope is installed: python reproduce.py.",
    "                 python/ has one for each set of runs.",
    "figures/         the charts as SVG. tightrope.bib: how to cite, for BibTeX.",
)
