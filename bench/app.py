"""The web app as its users feel it: a real server, a real Chromium, and twenty people at once, on this machine alone.

From a moved lever to repainted charts of 1,000 runs, the first view, the weight of the page, the filter over 5,000
warnings, answers under load, and memory over 5,000 requests.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

MOVES, RUNS, SEED = 100, 1000, 7
USERS, EACH, REQUESTS = 20, 10, 5000
GOALS = {"lever": 150, "view": 2.0, "weight": 500, "filter": 50, "load": 1.5}
SHOWN = ["share-rus", "share-west", "share-chn", "share-own", "event-unrest", "compliance"]
# Moves a handle and waits within the page: to ask it from outside again and again takes the cores from the runs.
MOVE = """([id, value]) => new Promise((done, failed) => {
  const shown = window.__tightrope, before = shown.timings.length, end = performance.now() + 120000
  const one = document.querySelector(`input[type=range][data-lever='${id}']`)
  one.value = value
  for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, { bubbles: true }))
  const look = () => {
    if (shown.timings.length > before && shown.idle) done(shown.timings.at(-1))
    else if (performance.now() > end) failed(new Error('not in time'))
    else setTimeout(look, 10)
  }
  look()
})"""
CHROMIUM = os.environ.get("TIGHTROPE_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    alone()
    with served() as (address, process):
        warm(address)
        in_browser(address)
        under_load(address)
        over_many(address, process)


def alone() -> None:
    """What the runs of one answer take by themselves, in this process: on one core, and on two."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
    from tightrope.case.load import load_case
    from tightrope.engine.prepared import Prepared
    from tightrope.engine.simulate import plan

    blueprint = plan(load_case("kazakhstan-2022")).blueprint
    focus = {blueprint.deciders[blueprint.focus]}
    for threads in (1, 2):
        prepared, taken = Prepared(blueprint, RUNS, SEED, threads), []
        for _ in range(21):
            began = time.perf_counter()
            prepared.run(actors=focus)
            taken.append(time.perf_counter() - began)
        each = 1e9 * min(taken) / RUNS / blueprint.months / len(blueprint.deciders)
        print(
            f"app: the runs alone, {threads} thread(s): median of 21 {1000 * statistics.median(taken):.0f} ms, "
            f"least {1000 * min(taken):.0f} ms ({each:.0f} ns a state and month)"
        )


@contextmanager
def served() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of its own on a free port, with an empty workspace."""
    source = str(Path(__file__).parents[1] / "src")
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "tightrope",
            "serve",
            "--port",
            "0",
            "--no-open",
            "--workspace",
            folder,
        ]
        environment = {**os.environ, "PYTHONPATH": source}
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            found = re.search(r"127\.0\.0\.1:\d+", process.stdout.readline())
            assert found, "the server did not say where it listens"
            try:
                yield found.group(), process
            finally:
                process.terminate()


def warm(address: str) -> None:
    """Have what is computed once in a server's life computed before anything is measured."""
    began = time.perf_counter()
    asked(address, {})
    print(
        f"app: first answer of a new server {time.perf_counter() - began:.1f} s (compiled code loaded, draws made)"
    )


def asked(address: str, levers: dict[str, float], client: str = "", serial: int = 0) -> tuple[float, float]:
    """Seconds to the first frame of an answer and to the last."""
    body = {"fans": SHOWN, "levers": levers, "runs": RUNS, "client": client, "serial": serial}
    began = time.perf_counter()
    frames = []
    connection = http.client.HTTPConnection(address, timeout=120)
    try:
        connection.request("POST", "/api/runs", json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} {answer.read(300)!r}")
        while head := answer.read(4):
            told = json.loads(answer.read(int.from_bytes(head, "little")))
            answer.read(told["bytes"])
            frames.append(time.perf_counter() - began)
        if not told["final"]:
            raise RuntimeError("the answer ended before its last frame")
    finally:
        connection.close()
    return frames[0], frames[-1]


def levers_of(address: str) -> list[dict]:
    connection = http.client.HTTPConnection(address, timeout=60)
    connection.request("GET", "/api/situation")
    found = json.loads(connection.getresponse().read())["levers"]
    connection.close()
    return found


def moved(lever: dict, chance: random.Random) -> float:
    """A position of the lever's handle."""
    steps = round((lever["high"] - lever["low"]) / lever["step"])
    return round(lever["low"] + chance.randint(0, steps) * lever["step"], 9)


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * len(values)) - 1]


def in_browser(address: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        first_view(browser, address)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(f"http://{address}/#view=outcomes")
        until(page, "window.__tightrope?.idle")
        lever_moves(page, levers_of(address))
        filtered(page)
        browser.close()


def until(page, true: str) -> None:
    """Wait for an expression to hold; asked from outside, as the page's own policy forbids to evaluate in it."""
    end = time.perf_counter() + 120
    while not page.evaluate(f"!!({true})"):
        if time.perf_counter() > end:
            raise RuntimeError(f"not in time: {true}")
        time.sleep(0.02)


def first_view(browser, address: str) -> None:
    """A browser that has never been here: until the first judgement can be read, and what was sent for it."""
    taken, weight = [], 0
    for _ in range(5):
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        page = context.new_page()
        began = time.perf_counter()
        page.goto(f"http://{address}/", wait_until="commit")
        page.wait_for_selector("[data-judgement]", timeout=60_000)
        taken.append(time.perf_counter() - began)
        # What the page goes on asking for in its own time is not part of the first view.
        page.wait_for_timeout(1000)
        weight = page.evaluate(
            "performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))"
            ".reduce((sum, one) => sum + one.encodedBodySize, 0)"
        )
        context.close()
    print(
        f"app: first judgement readable in a cold browser, median of 5: {statistics.median(taken):.2f} s "
        f"(goal {GOALS['view']:g})"
    )
    print(f"app: sent for it: {weight / 1000:.0f} kB (goal {GOALS['weight']})")


def lever_moves(page, levers: list[dict]) -> None:
    chance = random.Random(SEED)
    previews: list[float] = []
    finals: dict[str, list[float]] = {}
    stands: dict[str, float] = {}
    page.wait_for_timeout(1000)
    while sum(map(len, finals.values())) < MOVES:
        lever, value = other_place(levers, stands, chance)
        told = page.evaluate(MOVE, [lever["id"], str(value)])
        if told["final_ms"] is None:  # a chart that came into sight asked once more
            continue
        finals.setdefault(lever["kind"], []).append(told["final_ms"])
        if told.get("preview_ms"):
            previews.append(told["preview_ms"])
    every = [one for found in finals.values() for one in found]
    print(
        f"app: lever to repaint of {RUNS} runs × 36 months, {MOVES} moves: median {statistics.median(every):.0f} ms, "
        f"95 % {p95(every):.0f} ms (goal {GOALS['lever']})"
    )
    if previews:
        print(
            f"app: lever to the preview of 200 runs: median {statistics.median(previews):.0f} ms, "
            f"95 % {p95(previews):.0f} ms"
        )
    for kind, found in sorted(finals.items()):
        print(
            f"  by {kind:9} {len(found):3} moves, median {statistics.median(found):.0f} ms, 95 % {p95(found):.0f} ms"
        )


def other_place(levers: list[dict], stands: dict[str, float], chance: random.Random) -> tuple[dict, float]:
    """A lever and a place for it where it does not stand already: a handle let go where it was starts no run."""
    while True:
        lever = chance.choice(levers)
        value = moved(lever, chance)
        if value != stands.get(lever["id"], lever["neutral"]):
            stands[lever["id"]] = value
            return lever, value


def filtered(page) -> None:
    """Type into the search of 5,000 warnings, letter by letter."""
    page.evaluate("window.__tightrope.app.open('warnings')")
    page.wait_for_selector(".warned", timeout=60_000)
    page.evaluate("window.__tightrope.manyWarnings(5000)")
    taken = []
    for word in ("unrest", "russia", "kaz", "sanctions", "2023"):
        for end in range(1, len(word) + 1):
            page.fill("[data-warnings] input[type=search]", word[:end])
            page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            taken.append(page.evaluate("window.__tightrope.filter.ms"))
    print(
        f"app: filter over 5,000 warnings: median {statistics.median(taken):.0f} ms, 95 % {p95(taken):.0f} ms "
        f"(goal {GOALS['filter']})"
    )


def under_load(address: str) -> None:
    levers = levers_of(address)

    def user(number: int) -> list[tuple[float, float]]:
        chance = random.Random(1000 + number)
        found = []
        for serial in range(EACH):
            lever = chance.choice(levers)
            found.append(asked(address, {lever["id"]: moved(lever, chance)}, f"user-{number}", serial + 1))
        return found

    began = time.perf_counter()
    with ThreadPoolExecutor(USERS) as pool:
        every = [one for found in pool.map(user, range(USERS)) for one in found]
    seconds = time.perf_counter() - began
    firsts, lasts = [one[0] for one in every], [one[1] for one in every]
    print(
        f"app: {USERS} users moving levers at once, {len(every)} moves, no error, {len(every) / seconds:.1f} a second: "
        f"first repaint 95 % {p95(firsts):.2f} s, all {RUNS} runs 95 % {p95(lasts):.2f} s (goal {GOALS['load']:g})"
    )


def over_many(address: str, process: subprocess.Popen[str]) -> None:
    """Memory of the server after 500 requests and after 5,000, most of them of lever positions not asked for before."""
    levers, chance = levers_of(address), random.Random(3)
    held = {}
    connection = http.client.HTTPConnection(address, timeout=120)
    for number in range(1, REQUESTS + 1):
        lever = chance.choice(levers)
        body = {"fans": SHOWN[:2], "levers": {lever["id"]: moved(lever, chance)}, "runs": 100, "months": 12}
        connection.request("POST", "/api/runs", json.dumps(body), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        assert answer.status == 200, answer.read(300)
        answer.read()
        if number in (500, REQUESTS):
            held[number] = resident(process.pid)
    connection.close()
    print(
        f"app: memory after 500 requests {held[500]:.0f} MB, after {REQUESTS} {held[REQUESTS]:.0f} MB "
        f"({100 * (held[REQUESTS] / held[500] - 1):+.0f} %)"
    )


def resident(pid: int) -> float:
    """Megabytes that a process holds now."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1000
    return 0.0


if __name__ == "__main__":
    main()
