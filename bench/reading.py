"""How fast reports are read on one core without back ends, how flat memory stays, and how much is found.

The figures: passages marked by hand (sayings*.txt, stances*.txt and news*.txt in tests/evidence), and, where shared/
lies beside the checkout, its gold rows, scored by its own scorer; each with the number of rows that it rests on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from _measure import answer, measured, peak_megabytes

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TIGHTROPE_SHARED", ROOT / ".." / "shared"))
GOAL, FEW, MANY = 50, 100, 400
SENTENCES = (
    "“We will not choose between our neighbours,” said Foreign Minister {name} of {state} on Monday.",
    "{state} has not recognised the {thing}, and its president promised to keep the border open.",
    "According to officials in {city}, trade with Russia fell by {n} percent in March 2022.",
    "{name}, who was in {city} last week, said the talks had failed because of “old quarrels”.",
    "The European Union imposed sanctions in February; {state} abstained in the General Assembly.",
    "A senior diplomat told Reuters that {n} trucks were waiting at the border with China.",
    "“Nobody asked us,” {name} told reporters. “We read it in the newspapers.”",
    "In early April the parliament in {city} rejected the plan by {n} votes.",
)
STATES = ("Kazakhstan", "Serbia", "Moldova", "Georgia", "Armenia", "Mongolia", "Turkey", "Uzbekistan")
CITIES = ("Astana", "Belgrade", "Chisinau", "Tbilisi", "Yerevan", "Ulaanbaatar", "Ankara", "Tashkent")
NAMES = (
    "Ana Ito",
    "Tom Hale",
    "Ruth Egan",
    "Paul Dean",
    "Ines Calder",
    "Hugh Barrow",
    "Lena Fisk",
    "Carl Mbeki",
)


def main() -> None:
    few, many = (measured(__file__, what) for what in ("few", "many"))
    rate = many["rate"]
    print(
        f"reading: {MANY} reports of {many['characters']:.0f} characters, {rate:.0f} a second (goal {GOAL})"
    )
    print(f"reading: peak memory {few['peak']:.0f} MB over {FEW} reports, {many['peak']:.0f} MB over {MANY}")
    found = [row for what in ("sayings", "stances", "news") for row in measured(__file__, what).items()]
    for name, row in found:
        print(f"reading: {name:28} {' '.join(f'{key}={value}' for key, value in row.items())}")
    if (SHARED / "gold" / "score.py").is_file():
        for name, row in gold().items():
            print(f"reading: gold, {name:36} {' '.join(f'{key}={value}' for key, value in row.items())}")
    else:
        print(f"reading: no gold rows at {SHARED}")


def written(folder: Path, count: int) -> list[Path]:
    """So many reports, each of its own mixture of sentences."""
    paths = []
    for number in range(count):
        lines = []
        for place in range(40):
            at = number * 7 + place * 3
            fill = {"name": NAMES[at % 8], "state": STATES[(at // 2) % 8], "city": CITIES[(at // 3) % 8]}
            sentence = SENTENCES[(at + place // 8) % 8]
            lines.append(sentence.format(**fill, n=at % 90 + 10, thing="breakaway region"))
        text = "\n\n".join(" ".join(lines[start : start + 4]) for start in range(0, 40, 4))
        paths.append(folder / f"r{number:04}.txt")
        paths[-1].write_text(text, "utf-8")
    return paths


def read(count: int) -> dict[str, Any]:
    """Read so many reports, one after the other, in this process."""
    from tightrope.evidence.reader import read_report

    with tempfile.TemporaryDirectory() as scratch:
        paths = written(Path(scratch), count)
        read_report(paths[0])  # names and words are loaded once
        size = sum(path.stat().st_size for path in paths)
        began = time.process_time()
        for path in paths:
            read_report(path)
        taken = time.process_time() - began
    return {"rate": count / taken, "peak": peak_megabytes(), "characters": size / count}


def sayings() -> dict[str, Any]:
    """What is found of the passages that were marked by hand."""
    sys.path.insert(0, str(ROOT))
    from tests.evidence import sayings as marked

    from tightrope.evidence.mention import mentions
    from tightrope.evidence.quote import statements
    from tightrope.evidence.text import Printed, report_of

    found = {}
    for path in sorted(marked.HOME.parent.glob("sayings*.txt")):
        pairs = []
        for passage in marked.passages(path):
            report = report_of(Printed("a", passage.text))
            pairs.append((passage, statements(report, mentions(report))))
        for direct in (False, True):
            tally = marked.tally(pairs, direct)
            name = f"{path.stem}, {'direct' if direct else 'all'}"
            found[name] = {"n": tally.gold, "f1": round(tally.f1, 3), "speakers": round(tally.speakers, 3)}
    return found


def stances() -> dict[str, Any]:
    """What is found of the positions that were marked by hand: where the reader was mended, and elsewhere."""
    sys.path.insert(0, str(ROOT))
    from tests.evidence.stances import LATER, Tally, passages

    from tightrope.evidence.reader import read_report
    from tightrope.evidence.text import Printed, report_of

    tallies = {"mended by": Tally(), "never looked at": Tally(), "later, never looked at": Tally()}
    rows = [("mended by", "never looked at")[number % 2] for number, _ in enumerate(passages())]
    held = [
        *zip(rows, passages(), strict=True),
        *(("later, never looked at", one) for one in passages(LATER)),
    ]
    for name, (text, stands) in held:
        tallies[name].add(read_report(report_of(Printed("a", text))).positions, stands)
    return {
        f"stances, {name}": {"n": one.gold, "f1": round(one.f1, 3), "named": one.found, "right": one.right}
        for name, one in tallies.items()
    }


def news() -> dict[str, Any]:
    """What is found of the mini-reports marked by hand: of those that mended the reader, and of those set apart."""
    sys.path.insert(0, str(ROOT))
    from tests.evidence import news as marked
    from tests.evidence.sayings import tally

    from tightrope.evidence.reader import read_report
    from tightrope.evidence.text import Printed, report_of

    rows: dict[str, Any] = {}
    for path in (marked.MENDED, marked.LATER, marked.APART, marked.LAST):
        pairs, deeds = [], marked.Deeds()
        for passage, done in marked.reports(path):
            found = read_report(report_of(Printed("a", passage.text)))
            pairs.append((passage, found.statements))
            deeds.add(found.events, done)
        for direct in (False, True):
            one = tally(pairs, direct)
            name = f"{path.stem}, {'direct' if direct else 'statements'}"
            rows[name] = {"n": one.gold, "f1": round(one.f1, 3), "speakers": round(one.speakers, 3)}
        parts = {"sources": deeds.sources, "targets": deeds.targets, "realis": deeds.realis}
        rows[f"{path.stem}, events"] = {
            "n": deeds.gold,
            "f1": round(deeds.f1, 3),
            **{name: round(count / max(deeds.right, 1), 3) for name, count in parts.items()},
        }
    return rows


def gold() -> dict[str, Any]:
    """The scores of the gold rows."""
    with tempfile.TemporaryDirectory() as scratch:
        out = str(Path(scratch) / "found")
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        command = [
            sys.executable,
            "-m",
            "tightrope",
            "read",
            str(SHARED / "reports"),
            "--out",
            out,
            "--quiet",
        ]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        scorer = [sys.executable, str(SHARED / "gold" / "score.py"), out, str(SHARED / "gold"), "--json"]
        done = subprocess.run(scorer, check=True, stdout=subprocess.PIPE)
    scores: dict[str, Any] = json.loads(done.stdout)
    return {name: {"n": row.pop("gold"), **row} for name, row in scores.items()}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        counted = {"sayings": sayings, "stances": stances, "news": news}
        answer({"few": lambda: read(FEW), "many": lambda: read(MANY), **counted})
    else:
        main()
