"""The web app in a browser: each interaction, keyboard alone, axe in both themes; nothing said, nothing foreign."""

from __future__ import annotations

import csv
import json
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed")

from tightrope.report.app import app  # noqa: E402
from tightrope.report.desk import Desk  # noqa: E402

VIEWS = (
    "judgements",
    "outcomes",
    "map",
    "standing",
    "warnings",
    "evidence",
    "why",
    "corpus",
    "report",
    "library",
)
# Few runs of few months: what is tested is the page.
SMALL = "runs=60&months=8"
IDLE = """window.__tightrope && window.__tightrope.app.frame?.header.final && window.__tightrope.app.status === 'done'
    && (window.__tightrope.app.state.view !== 'outcomes' || window.__tightrope.app.frame.header.fans.length > 0)"""
TIME = 60_000
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server in a thread of this process, with an empty workspace."""
    desk = Desk(workspace=tmp_path_factory.mktemp("workspace"))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app(desk), log_level="error", access_log=False))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        thread.join(10)
    desk.close()


Visit = Callable[..., Any]


def until(page: Any, true: str) -> None:
    """Wait for an expression to hold; asked from outside, as the page's own policy forbids to evaluate in it."""
    end = monotonic() + TIME / 1000
    while not page.evaluate(f"!!({true})"):
        if monotonic() > end:
            raise AssertionError(
                f"not in time: {true}; the page says {page.locator('body').inner_text()[:500]}"
            )
        sleep(0.03)


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    """Opens the app with what its address tells; at the end checks that it kept to itself and said nothing."""
    said: list[str] = []
    asked: set[str] = set()
    contexts = []

    def opened(told: str = "", width: int = 1280, scheme: str = "light", ready: str = IDLE) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIME)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.add(request.url))
        page.goto(f"{address}#{SMALL}&{told}")
        until(page, ready)
        return page

    opened.said = said  # type: ignore[attr-defined]
    yield opened
    for context in contexts:
        context.close()
    assert said == []
    assert all(url.startswith((address, "data:", "blob:")) for url in asked)


def settle(page: Any) -> None:
    """Wait until nothing is open and what waits for rest has been told."""
    until(page, IDLE)
    page.wait_for_timeout(900)
    until(page, IDLE)


def lever(page: Any, name: str) -> Any:
    return page.locator(f"input[type=range][data-lever='{name}']")


def band(page: Any) -> list[float]:
    found: list[float] = page.evaluate("[...window.__tightrope.app.frame.arrays.bands]")
    return found


def test_it_opens_with_five_judgements_in_calibrated_words(visit: Visit) -> None:
    page = visit()
    page.wait_for_selector("[data-judgement]")
    assert page.locator("[data-judgement]").count() == 5
    text = page.locator("[data-judgement]").first.inner_text()
    assert "of 100 runs" in text
    assert page.locator("#footer").get_by_text("Conditional scenario.").is_visible()
    assert "60 runs" in page.locator("#footer").inner_text()


def test_a_lever_moves_by_keyboard_and_charts_follow(visit: Visit) -> None:
    page = visit("view=outcomes")
    before = band(page)
    lever(page, "effort.CHN").focus()
    for _ in range(12):
        page.keyboard.press("ArrowRight")
    settle(page)
    assert float(lever(page, "effort.CHN").input_value()) == pytest.approx(2.2)
    assert band(page) != before
    assert "Δ" in page.locator("[data-fan='share-chn']").inner_text()
    assert "effort.CHN:2.2" in page.url


def test_what_a_lever_changes_is_said_at_the_top_of_every_view(visit: Visit) -> None:
    page = visit("l=effort.CHN:3")
    said = page.locator("#answer")
    assert re.search(r"China steps in 3.*by February 2023.*China \+\d", said.inner_text(), re.DOTALL)
    assert "points of alignment" in said.inner_text()
    page.locator("#tab-why").click()
    assert said.is_visible()
    assert page.locator("#preset option:checked").inner_text() == "Baseline, with 1 lever moved"
    page.get_by_role("button", name="Reset all levers").click()
    settle(page)
    assert said.inner_text().startswith("Nothing is moved: this is the case as it is.")


def test_every_judgement_that_moves_is_named_and_leads_there(visit: Visit) -> None:
    page = visit("base=secondary_sanctions")
    judged = page.evaluate("window.__tightrope.app.frame.header.judgements")
    moved = [one for one in judged if one["gap"] and (one["gap"]["low"] > 0 or one["gap"]["high"] < 0)]
    moved.sort(key=lambda one: -abs(one["gap"]["mean"]))
    assert len(moved) > 1
    said = page.locator("#answer")
    assert moved[0]["clause"] in said.inner_text()
    assert all(one["title"] in said.inner_text() for one in moved[1:])
    still = len(judged) - len(moved)
    assert ("within chance" in said.inner_text()) is (still > 0)
    said.locator("button.odds").first.click()
    until(page, f"document.activeElement.id === 'judgement-{moved[1]['id']}'")


def test_a_judgement_that_moves_leads_to_its_card(visit: Visit) -> None:
    page = visit("base=secondary_sanctions")
    page.locator("#answer .judged").get_by_role("button", name="Its card").click()
    until(page, "document.activeElement.id.startsWith('judgement-')")
    until(page, "document.activeElement.getBoundingClientRect().top < 400")


def test_how_sure_beside_a_power_answers_for_this_power(visit: Visit) -> None:
    """The strip tells chance from the spread of runs; what opens behind it says what moves that spread."""
    page = visit("base=china_steps_in&view=map&runs=200")
    said = page.locator("#answer").inner_text()
    assert re.search(r"\(Monte Carlo error ±[\d.]+\)", said)
    assert re.search(r"in nine of ten runs [+−][\d.]+ to \+[\d.]+", said)
    assert re.search(r"at the cost of The West −[\d.]+", said)
    page.get_by_role("button", name="How sure: China").click()
    dialog = page.get_by_role("dialog", name=re.compile(r"How sure: China \+"))
    dialog.locator("dl").wait_for()
    text = dialog.inner_text()
    for part in (
        "On average",
        "nine of ten runs",
        "median",
        "It goes up in",
        "Assumptions that move it most",
    ):
        assert part in text
    assert "Weight of the economy account" in text
    assert "No score is shown" in text
    assert page.evaluate("document.activeElement.id") == "certainty-title"
    found = axe.Axe().run(page, context="dialog")
    assert found.violations_count == 0, found.generate_report()
    dialog.locator("[data-power='share-rus']").press("Enter")
    assert page.get_by_role("dialog", name=re.compile("How sure: Russia")).is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('dialog').open") is False
    page.locator("#answer button.share").first.click()
    page.get_by_role("button", name=re.compile("Outcomes: .* over time")).click()
    until(page, "document.activeElement.dataset.fan?.startsWith('share-')")


def test_a_chart_that_was_not_chosen_is_shown_where_it_is_asked_for(visit: Visit) -> None:
    page = visit("base=china_steps_in&view=outcomes")
    assert page.locator("[data-fan='share-tur']").count() == 0
    page.evaluate("window.__tightrope.app.open('outcomes', { fan: 'share-tur' })")
    until(page, "document.activeElement.dataset.fan === 'share-tur'")


PREVIEW = """(() => { const { app } = window.__tightrope; app.frame.header.final = false
    app.store.tell('frame', app.frame) })()"""


@pytest.mark.parametrize("view", ["judgements", "outcomes"])
def test_a_preview_says_so_and_gives_no_verdict(visit: Visit, view: str) -> None:
    page = visit(f"base=china_steps_in&view={view}")
    settle(page)
    shown = page.locator(
        f"#answer, .view.{view} .span, .view.{view} .change, .view.{view} .odds, .view.{view} .gaps"
    )
    assert "within chance" in " ".join(shown.all_inner_texts())
    page.evaluate(PREVIEW)
    assert "first 60 runs" in page.locator("#answer").inner_text()
    assert "first 60 runs" in page.locator(f".view.{view}").inner_text()
    assert not re.search("within chance|moves by more", " ".join(shown.all_inner_texts()))


def test_it_is_said_that_a_dot_is_a_twentieth(visit: Visit) -> None:
    page = visit("view=outcomes")
    assert "Each dot is a twentieth of the runs" in page.locator(".view.outcomes").inner_text()
    judged = page.evaluate("window.__tightrope.app.frame.header.judgements.map(one => one.frequency)")
    filled = [one.locator(".icons .on").count() for one in page.locator(".outcomes .odds p").all()]
    assert all(abs(dots / 20 - share) <= 0.0251 for dots, share in zip(filled, judged, strict=True))


def test_what_chance_may_make_is_not_printed_as_strongly(visit: Visit) -> None:
    """One rule for every place: the strip, the cards, the charts and their table."""
    page = visit("base=china_steps_in&view=outcomes")
    settle(page)
    shifts = page.locator(".outcomes .shift, .outcomes .gaps .of-now")
    told = [one.inner_text() for one in shifts.all()]
    weak = [one.evaluate("one => one.classList.contains('chance')") for one in shifts.all()]
    assert any(weak)
    assert not all(weak)
    for text, chance in zip(told, weak, strict=True):
        assert chance is (not text or "within chance" in text or "no run differs" in text)


def test_numbers_that_stand_together_have_the_same_digits(visit: Visit) -> None:
    page = visit()
    told = page.evaluate(
        "import('/static/app/gap.js').then(made => made.difference([-1.1, -1.14, -0.99], 'points'))"
    )
    assert told == "Δ\u00a0−1.1 points (−1.1 to −1.0)"
    assert (
        page.evaluate("import('/static/app/gap.js').then(made => made.difference([0, 0, 0], ''))")
        == "no run differs"
    )


def test_what_changes_is_said_where_it_stood_before(visit: Visit) -> None:
    """A lever stays under the hand that moves it."""
    page = visit()
    before = lever(page, "effort.CHN").bounding_box()["y"]
    page.evaluate("window.__tightrope.app.set({ levers: { 'effort.CHN': 2.5 } })")
    settle(page)
    assert abs(lever(page, "effort.CHN").bounding_box()["y"] - before) < 40


def test_a_finger_scrolls_across_levers_and_moves_none(browser: Any, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}#{SMALL}")
    until(page, IDLE)
    page.get_by_role("button", name="Levers", exact=True).click()
    handle = lever(page, "effort.CHN").bounding_box()
    touch = context.new_cdp_session(page)
    x, y = handle["x"] + 0.8 * handle["width"], handle["y"] + handle["height"] / 2
    for step in range(12):
        point = [] if step == 11 else [{"x": x, "y": y - 20 * step}]
        kind = {0: "touchStart", 11: "touchEnd"}.get(step, "touchMove")
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": point})
        page.wait_for_timeout(20)
    page.wait_for_timeout(400)
    assert page.evaluate("scrollY") > 50
    assert page.evaluate("window.__tightrope.app.state.levers") == {}
    page.locator("#tab-outcomes").click()
    page.wait_for_timeout(300)
    assert not page.locator("#levers").is_visible()
    context.close()


def test_levers_are_saved_from_beside_them(visit: Visit) -> None:
    page = visit("l=effort.CHN:3")
    page.get_by_role("button", name="Save these levers").click()
    until(page, "document.querySelector('#scenario-title')?.value === 'China steps in 3.0'")


def test_files_say_what_was_moved(visit: Visit) -> None:
    page = visit("view=outcomes&l=effort.CHN:3")
    with page.expect_download() as waited:
        page.locator("[data-fan='share-chn'] button", has_text="CSV").click()
    assert waited.value.suggested_filename == "kazakhstan-2022-share-chn-china-steps-in-3-0.csv"
    told = Path(waited.value.path()).read_text().splitlines()
    assert "moved: China steps in 3.0" in told[0]
    assert told[1] == "scenario,month,p05,p25,p50,p75,p95"
    assert [line.partition(",")[0] for line in told[2:]] == ["now: China steps in 3.0"] * 8 + ["baseline"] * 8


def test_a_filter_that_hides_everything_is_named(visit: Visit) -> None:
    page = visit("view=evidence")
    page.locator(".view.evidence [data-claim]").first.wait_for()
    page.locator("[data-part='parameters']").click()
    page.get_by_role("searchbox", name="Search the evidence").fill("parade")
    assert "Nothing fits search “parade”" in page.locator(".view.evidence").inner_text()
    page.get_by_role("button", name=re.compile(r"\d+ in Claims")).click()
    assert page.locator(".view.evidence [data-claim]").count() > 0


def behind_china(page: Any) -> Any:
    """The claims behind a lever, opened from beside it; what says so."""
    page.locator("[data-row='effort.CHN'] .lever-foot button", has_text="mention").click()
    chosen = page.locator(".view.evidence .chosen").first
    chosen.wait_for()
    return chosen


def test_claims_behind_a_lever_show_their_conflicts(visit: Visit) -> None:
    page = visit()
    chosen = behind_china(page)
    assert "claims behind “China steps in”" in chosen.inner_text()
    disputed = page.locator(".evidence-body .acts", has_text="conflict").count()
    page.locator("[data-part='conflicts']").click()
    assert disputed
    assert 0 < page.locator(".conflict").count() < 10
    assert "Only conflicts of" in chosen.inner_text()
    page.locator("[data-part='parameters']").click()
    assert "Nothing fits: only assumptions of" in page.locator(".evidence-body").inner_text()
    page.get_by_role("button", name=re.compile(r"Show all \d+ assumptions")).click()
    assert page.locator(".view.evidence .chosen").count() == 0
    assert page.locator(".evidence-body tbody tr").count() > 10


def test_a_filter_of_claims_ends_with_its_question(visit: Visit) -> None:
    page = visit()
    chosen = behind_china(page)
    lever(page, "effort.CHN").press("ArrowRight")
    assert chosen.is_visible()
    page.locator("#tab-judgements").click()
    page.locator("#tab-evidence").click()
    until(page, "document.querySelector('.view.evidence .chosen') === null")
    behind_china(page)
    page.select_option("#preset", "fuel_shock")
    until(page, "document.querySelector('.view.evidence .chosen') === null")
    page.select_option("#preset", "china_steps_in")
    page.get_by_role("button", name=re.compile("Suggested by")).click()
    assert "claims that suggest “China doubles what it offers”" in chosen.inner_text()


def test_claims_that_set_nothing_lead_to_what_the_effect_rests_on(visit: Visit) -> None:
    page = visit("l=effort.CHN:3")
    behind_china(page)
    assert "sets a number: the effect rests on" in page.locator(".view.evidence").inner_text()
    page.get_by_role("button", name="See what stands behind each account").click()
    leaning = page.locator("[data-decision='leanings']")
    leaning.wait_for()
    assert leaning.locator("[aria-pressed='true']").get_attribute("data-power") == "chn"
    grounds = leaning.locator("details.grounded[open]")
    assert grounds.count() == 1
    assert "weight" in grounds.inner_text().lower()
    assert leaning.locator("details.grounded").count() == 2


def test_a_claim_without_its_text_says_where_it_stands(visit: Visit) -> None:
    page = visit("view=evidence")
    card = page.locator("[data-claim]", has=page.locator("[data-passage]")).first
    assert re.search(r"characters \d+–\d+", card.inner_text())
    card.get_by_role("button", name="Read it in your copy").click()
    assert "stays in this tab and is not sent anywhere" in card.inner_text()


def test_reports_without_texts_lead_to_the_conflicts_of_the_case(visit: Visit) -> None:
    page = visit("view=corpus")
    page.get_by_role("button", name="Evidence, Conflicts").click()
    page.locator(".conflict").first.wait_for()
    assert page.locator("[data-part='conflicts']").get_attribute("aria-pressed") == "true"


def test_a_saved_scenario_can_be_chosen_beside_the_levers(visit: Visit) -> None:
    page = visit("l=effort.CHN:3")
    page.get_by_role("button", name="Save these levers").click()
    page.locator("#scenario-title").fill("Chosen later")
    page.get_by_role("button", name="Save", exact=True).click()
    chosen = "[...document.querySelectorAll('#preset option')].some(one => one.textContent === 'Chosen later (saved)')"
    until(page, chosen)
    page.reload()
    until(page, IDLE)
    assert page.evaluate(chosen)
    page.select_option("#preset", "chosen-later")
    settle(page)
    assert float(lever(page, "effort.CHN").input_value()) == 3
    assert page.locator("#answer b").first.inner_text() == "Chosen later"


def test_a_judgement_opens_by_key_and_its_range_is_explained(visit: Visit) -> None:
    page = visit()
    first = page.locator(".glance button.statement").first
    assert first.locator(".sign").inner_text() == "▸"
    first.focus()
    page.keyboard.press("Enter")
    until(page, "document.activeElement.id.startsWith('judgement-')")
    assert "assumptions" in str(page.locator(".glance .spread").first.get_attribute("title"))
    until(page, "document.querySelector('.reading h3')")
    page.locator(".hint").get_by_role("button", name="How to read this").press("Enter")
    until(page, "document.activeElement.classList.contains('reading')")
    assert "Each word stands for" in page.locator(".reading").inner_text()


def test_a_judgement_tells_apart_in_which_runs_each_thing_was_measured(visit: Visit) -> None:
    """Two headings, each with its own value once; below them no further base."""
    page = visit("l=effort.CHN:3")
    page.locator(".judgement-body .world h4", has_text="Measured in the baseline").first.wait_for()
    first, second = page.locator("[data-judgement] .world").all()[:2]
    assert re.match(
        r"Measured in the baseline, without the levers, on its 60 runs: [\d.]+ of 100\n", first.inner_text()
    )
    assert "Report that moves it most" in first.inner_text()
    assert "instead of" not in first.inner_text()
    assert re.match(
        r"Measured in these 60 runs, with the levers as they stand: \d+ of 100\n\s*Assumption that moves it most",
        second.inner_text(),
    )


def test_the_line_is_drawn_as_its_words_say(visit: Visit) -> None:
    """Dot, Monte Carlo error, range and baseline are four marks, each shown beside its name, none behind another."""
    page = visit("l=effort.CHN:3")
    page.locator(".reading .marks").wait_for()
    legend = page.locator(".reading .marks")
    assert [one.get_attribute("class") for one in legend.locator("i").all()] == [
        "dot",
        "narrow",
        "wide",
        "was",
    ]
    line = page.locator("[data-judgement] .gauge").first
    box = {kind: line.locator(f".{kind}").bounding_box() for kind in ("wide", "narrow", "dot", "was")}
    assert box["narrow"]["height"] > box["dot"]["height"]
    assert box["narrow"]["height"] > box["wide"]["height"]
    assert box["was"]["y"] + box["was"]["height"] <= box["narrow"]["y"] + 1


def test_the_caveat_stands_once_on_the_screen_and_on_paper(visit: Visit) -> None:
    page = visit()
    caveat = page.get_by_text("Conditional scenario.")
    assert [one.is_visible() for one in caveat.all()].count(True) == 1
    page.emulate_media(media="print")
    assert [one.is_visible() for one in caveat.all()].count(True) == 1


def test_undo_redo_and_reset(visit: Visit) -> None:
    page = visit("view=outcomes")
    before = band(page)
    lever(page, "tied_down.RUS").focus()
    page.keyboard.press("End")
    settle(page)
    moved = band(page)
    assert moved != before
    page.locator("h2").first.click()
    page.keyboard.press("Control+z")
    settle(page)
    assert band(page) == before
    page.keyboard.press("Control+Shift+z")
    settle(page)
    assert band(page) == moved
    page.get_by_role("button", name="Reset").first.click()
    settle(page)
    assert band(page) == before


def test_the_last_of_many_moves_counts(visit: Visit) -> None:
    page = visit("view=outcomes")
    page.evaluate(
        """() => { const one = document.querySelector("input[data-lever='effort.TUR']");
        for (const value of [0.5, 1.5, 2.5, 3.5, 2]) {
            one.value = value; one.dispatchEvent(new Event('input', {bubbles: true})) } }"""
    )
    settle(page)
    many = band(page)
    once = visit("view=outcomes&l=effort.TUR:2")
    settle(once)
    assert band(once) == many


def test_an_address_brings_everything_back(visit: Visit) -> None:
    page = visit("view=outcomes&l=effort.CHN:3,tied_down.RUS:0.9&seed=5")
    settle(page)
    again = visit(page.url.partition("#")[2].replace(f"{SMALL}&", ""))
    settle(again)
    assert band(again) == band(page)
    assert float(lever(again, "tied_down.RUS").input_value()) == pytest.approx(0.9)


def test_an_address_of_another_version_computes_nothing_unasked(visit: Visit) -> None:
    page = visit("l=effort.CHN:3&h=000000000000", ready="document.querySelector('#banner button')")
    page.wait_for_timeout(500)
    assert page.evaluate("window.__tightrope.app.frame") is None
    assert "another version" in page.locator("#banner").inner_text()
    page.locator("#banner button").first.click()
    until(page, IDLE)
    assert page.evaluate("Object.keys(window.__tightrope.app.state.levers)") == ["effort.CHN"]


def test_pins_stand_beside(visit: Visit) -> None:
    page = visit("view=outcomes&l=secondary_sanctions.KAZ:1")
    settle(page)
    page.get_by_role("button", name="Pin", exact=False).first.click()
    page.get_by_role("button", name="Reset").first.click()
    settle(page)
    assert page.evaluate("window.__tightrope.app.state.pins.length") == 1
    assert "Secondary sanctions" in page.locator(".pins input").first.input_value()
    assert "pins=" in page.url


def test_names_side_by_side_can_be_read_on_a_phone(visit: Visit) -> None:
    page = visit("view=outcomes&pins=A~First~~secondary_sanctions.KAZ%253A1", width=360)
    first = page.locator(".compare tbody th").first
    first.wait_for()
    assert first.bounding_box()["width"] > 140
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_what_stands_side_by_side_is_named_and_saved(visit: Visit) -> None:
    page = visit("view=outcomes&base=china_steps_in&pins=A~First~~secondary_sanctions.KAZ%253A1")
    page.locator(".compare tbody tr").first.wait_for()
    clauses = page.evaluate("window.__tightrope.app.frame.header.judgements.map(one => one.clause)")
    rows = [one.inner_text() for one in page.locator(".compare tbody th").all()]
    assert rows[: len(clauses)] == [f"{clause[:1].upper()}{clause[1:]}: of 100 runs" for clause in clauses]
    with page.expect_download() as waited:
        page.get_by_role("button", name="Side by side as CSV").click()
    text = Path(waited.value.path()).read_text(encoding="utf-8")
    told = list(csv.DictReader(text.splitlines()[1:]))
    assert {one["scenario"] for one in told} == {"baseline", "now: China doubles what it offers", "A: First"}
    assert [one["quantity"] for one in told[::3]] == rows
    assert all(one["difference"] == "" for one in told if one["scenario"] == "baseline")
    assert all(one["difference_low"] for one in told if one["scenario"] != "baseline")
    with page.expect_download() as waited:
        page.locator("[data-fan='share-chn'] button", has_text="CSV").click()
    found = Path(waited.value.path()).read_text(encoding="utf-8").splitlines()[2:]
    assert {line.partition(",")[0] for line in found} == {
        "now: China doubles what it offers",
        "baseline",
        "A: First",
    }


@pytest.mark.parametrize("mode", ["Dots", "Paths", "Fan"])
def test_runs_are_drawn_three_ways(visit: Visit, mode: str) -> None:
    page = visit("view=outcomes")
    page.get_by_role("button", name=mode, exact=False).first.click()
    page.wait_for_timeout(300)
    shown = page.locator("[data-fan='share-rus'] .stage")
    assert shown.locator("svg, canvas").count() >= 1
    assert page.get_by_role("button", name=mode, exact=False).first.get_attribute("aria-pressed") == "true"


def test_a_picture_is_of_what_is_seen(visit: Visit) -> None:
    """Dots are saved as dots, with their colours in the file."""
    page = visit("view=outcomes&l=effort.CHN:2")
    card, found = page.locator("[data-fan='share-chn']"), {}
    for mode in ("Fan", "Dots"):
        page.get_by_role("button", name=mode, exact=False).first.click()
        page.wait_for_timeout(300)
        with page.expect_download() as download:
            card.get_by_role("button", name="SVG").first.click()
        found[mode] = Path(download.value.path()).read_text(encoding="utf-8")
    assert (found["Fan"].count("<circle"), found["Dots"].count("<path")) == (0, 0)
    assert found["Dots"].count("<circle") == 2 * 20 + 2
    assert "class=" not in found["Dots"]


def test_a_table_stands_behind_a_chart(visit: Visit) -> None:
    page = visit("view=outcomes")
    page.locator("[data-fan='share-rus'] details.behind summary").first.click()
    table = page.locator("[data-fan='share-rus'] table")
    table.wait_for()
    assert table.locator("tbody tr").count() == 8
    assert "median" in table.locator("thead").inner_text()


def test_a_long_table_is_cut_in_the_middle_of_a_row_and_files_stay_where_they_are(visit: Visit) -> None:
    page = visit("view=outcomes")
    page.evaluate("window.__tightrope.app.set({ months: 36 })")
    settle(page)
    tools = page.locator("[data-fan='share-rus'] .tools")
    before = tools.locator(".files").bounding_box()
    tools.locator("summary").click()
    tools.locator("table").wait_for()
    assert tools.locator(".files").bounding_box()["x"] == pytest.approx(before["x"], abs=1)
    box = tools.locator(".scroll").bounding_box()
    end = box["y"] + box["height"]
    rows = [one.bounding_box() for one in tools.locator("tbody tr").all()]
    assert any(one["y"] < end - 6 and one["y"] + one["height"] > end + 6 for one in rows)
    assert "36 months" in tools.locator("caption").inner_text()


def test_a_preset_moves_levers_and_says_what_it_means(visit: Visit) -> None:
    page = visit()
    page.select_option("#preset", "china_steps_in")
    settle(page)
    assert float(lever(page, "effort.CHN").input_value()) == 2
    assert "China" in page.locator("#preset-note").inner_text()


def test_another_day_knows_less(visit: Visit) -> None:
    page = visit("asof=2021-12-31")
    assert page.evaluate("window.__tightrope.app.situation.case.start") == "2022-01"
    assert page.input_value("#as-of") == "2021-12-31"


def test_without_a_source_something_else_is_run(visit: Visit) -> None:
    page = visit("without=report_002")
    assert page.evaluate("window.__tightrope.app.situation.dropped.claims") > 20


def test_why_sums_exactly(visit: Visit) -> None:
    page = visit("view=why")
    page.wait_for_selector(".decision")
    assert page.locator(".decision").count() >= 2
    # The answer comes before the list of tables.
    parts = page.locator(".why [data-decision], .why .contents")
    assert parts.nth(0).get_attribute("data-decision") == "leanings"
    assert parts.nth(1).get_attribute("class") == "contents"
    assert "never why the state did" in page.locator("#view-why").inner_text()


def test_the_answer_says_why_and_leads_to_the_power_that_moved_most(visit: Visit) -> None:
    page = visit("base=china_steps_in")
    page.wait_for_selector("#answer .reason")
    assert "chiefly trade and offers" in page.locator("#answer .reason").inner_text()
    page.locator("#answer .reason button").click()
    leaning = page.locator("[data-decision='leanings']")
    leaning.wait_for()
    assert leaning.locator("[aria-pressed='true']").get_attribute("data-power") == "chn"
    assert "points of alignment" in leaning.inner_text()


def test_a_power_is_chosen_and_its_parts_add_up(visit: Visit) -> None:
    page = visit("view=why&base=china_steps_in")
    leaning = page.locator("[data-decision='leanings']")
    leaning.wait_for()
    leaning.locator("[data-power='rus']").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.power") == "rus"
    leaning.locator("details.behind summary").first.click()
    rows = leaning.locator("table").first.locator("tbody tr")
    points = [float(row.locator("td").nth(1).inner_text().replace("−", "-")) for row in rows.all()]
    assert len(points) > 2
    assert sum(points[:-1]) == pytest.approx(points[-1], abs=0.005)


def test_without_levers_why_still_has_every_power(visit: Visit) -> None:
    page = visit("view=why", width=360)
    leaning = page.locator("[data-decision='leanings']")
    leaning.wait_for()
    powers = leaning.locator("[data-power]")
    assert powers.count() == 5
    assert leaning.locator(".accounts").count() == 1
    leaning.locator("details.behind summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_evidence_is_found_and_filtered(visit: Visit) -> None:
    page = visit("view=evidence")
    page.wait_for_selector("[data-claim]")
    page.locator("#view-evidence input[type=search]").fill("parade")
    page.wait_for_timeout(200)
    assert "parade" in page.locator("#view-evidence").inner_text().lower()
    page.get_by_role("button", name="Conflicts").first.click()
    page.wait_for_selector(".conflict")


def test_warnings_begin_with_the_state_of_the_case(visit: Visit) -> None:
    page = visit("view=warnings")
    page.wait_for_selector(".warned")
    assert page.locator(".warned").first.get_attribute("data-actor") == "KAZ"
    assert "KAZ" not in page.locator(".warned").last.get_attribute("data-actor")


def test_warnings_filter_a_long_list(visit: Visit) -> None:
    page = visit("view=warnings")
    page.wait_for_selector(".warned")
    page.evaluate("window.__tightrope.manyWarnings(5000)")
    page.locator("[data-warnings] input[type=search]").fill("unrest")
    page.wait_for_timeout(200)
    told = page.evaluate("window.__tightrope.filter")
    assert 0 < told["count"] < 5000
    assert "5,000" in page.locator("#view-warnings").inner_text()


def test_tabs_turn_by_arrow_keys(visit: Visit) -> None:
    page = visit()
    page.locator("#tab-judgements").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#tab-outcomes").get_attribute("aria-selected") == "true"
    assert page.locator("#view-outcomes").is_visible()
    page.keyboard.press("Home")
    assert page.locator("#view-judgements").is_visible()


def test_the_first_tab_skips_to_the_results(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_themes_change_by_button(visit: Visit) -> None:
    page = visit(scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.locator("#theme").click()  # the first press is seen
    assert page.evaluate(ground) != before


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, view: str, scheme: str) -> None:
    page = visit(f"view={view}&l=effort.CHN:2", scheme=scheme)
    settle(page)
    assert visit.said == []  # type: ignore[attr-defined]
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    visit.said.clear()  # type: ignore[attr-defined]  # axe itself tries styles that the page's policy forbids


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_scrolls_sideways_on_a_phone(visit: Visit, view: str) -> None:
    page = visit(f"view={view}", width=360)
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_levers_open_as_a_drawer_on_a_phone(visit: Visit) -> None:
    page = visit(width=360)
    assert not page.locator("#levers").is_visible()
    page.get_by_role("button", name="Levers", exact=True).click()
    assert page.locator("#levers").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#levers").is_visible()


def test_a_server_that_is_gone_is_said(visit: Visit, browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}#{SMALL}&view=outcomes")
    until(page, IDLE)
    page.route("**/api/**", lambda route: route.abort())
    lever(page, "effort.CHN").focus()
    page.keyboard.press("End")
    page.wait_for_selector("#trouble [role=alert]")
    assert "does not answer" in page.locator("#trouble").inner_text()
    context.close()


def test_text_of_a_case_is_never_markup(visit: Visit) -> None:
    page = visit()
    page.evaluate(
        """() => { const { app } = window.__tightrope;
        app.situation.case.title = '<img src=x onerror=document.title=1>';
        app.store.tell('situation', app.situation) }"""
    )
    sleep(0.3)
    assert page.locator("main img").count() == 0
    assert "<img" in page.locator("main").inner_text()


def test_vendored_files_are_those_of_the_manifest() -> None:
    from hashlib import sha256

    import tightrope.report

    folder = Path(tightrope.report.__file__).parent / "static" / "app" / "vendor"
    told = json.loads((folder / "manifest.json").read_text())
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {one["file"] for one in told} == there - {"manifest.json"}
    for one in told:
        assert one["sha256"] == sha256((folder / one["file"]).read_bytes()).hexdigest(), one["file"]
        assert one["licence"]
        assert one["version"]
