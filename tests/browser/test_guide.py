"""Words, passages and the frame of the page: what a reader finds at hand, and what stays where it is."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from tests.browser.test_app import (  # noqa: E402
    Visit,
    address,  # noqa: F401
    axe,
    behind_china,
    lever,
    settle,
    until,
    visit,  # noqa: F401
)

pytestmark = pytest.mark.browser
TEXT = "Before it. Ministers \U0001f600 said <b>nothing</b> of it. After it.\n"
START, END = 11, 48
PLACES = "[...document.querySelectorAll('[data-lever]')].map(each => each.getBoundingClientRect().top)"


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def with_text(page: Any, text: str) -> None:
    """The evidence as if the case had been made from a text of ours."""

    def answer(route: Any) -> None:
        told = route.fetch().json()
        one = next(one for one in told["claims"] if one["place"])
        one["place"] = {"start": START, "end": END, "sha256": digest(text[START:END])}
        next(each for each in told["sources"] if each["id"] == one["source"])["text_sha256"] = digest(text)
        route.fulfill(json=told)

    page.route("**/api/evidence?*", answer)


def evidence_of(visit: Visit, text: str) -> Any:  # noqa: F811
    page = visit()
    with_text(page, text)
    page.locator("#tab-evidence").click()
    page.locator(".evidence-body [data-claim]").first.wait_for()
    return page


def open_copy(page: Any, name: str, data: bytes) -> None:
    with page.expect_file_chooser() as waited:
        page.get_by_role("button", name="Open your copies").click()
    waited.value.set_files([{"name": name, "mimeType": "text/plain", "buffer": data}])


def test_a_passage_is_read_in_the_readers_own_copy(visit: Visit) -> None:  # noqa: F811
    page = evidence_of(visit, TEXT)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    card = page.locator("[data-claim]", has=page.locator("[data-passage]")).first
    card.locator("[data-passage]").click()
    open_copy(page, "other.txt", b"another text")
    assert "not the text of any source" in card.inner_text()
    assert "other.txt" in card.inner_text()
    open_copy(page, "mine.txt", b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    card.locator("blockquote mark").wait_for()
    assert card.locator("mark").inner_text() == TEXT[START:END]
    assert "<b>nothing</b>" in card.inner_text()
    assert card.locator("[data-passage]").inner_text() == "Passage"
    assert not [url for url in sent if not url.startswith("blob:")]


def test_a_copy_is_kept_until_it_is_forgotten(visit: Visit) -> None:  # noqa: F811
    page = evidence_of(visit, TEXT)
    page.locator("[data-part='sources']").click()
    open_copy(page, "mine.txt", TEXT.encode())
    page.get_by_text("1 of 5 texts is open").wait_for()
    page.reload()
    page.locator("[data-part='sources']").click()
    page.get_by_text("1 of 5 texts is open").wait_for()
    page.get_by_role("button", name="Forget them").click()
    page.get_by_text("0 of 5 texts are open").wait_for()
    assert not page.evaluate("Object.keys(sessionStorage).some(each => each.startsWith('copy of'))")


def test_a_source_opens_at_the_top_and_leads_back(visit: Visit) -> None:  # noqa: F811
    page = visit("view=evidence")
    card = page.locator(".evidence-body [data-claim]").nth(30)
    title = card.locator("button", has_text="“").first
    title.hover()
    claim, at, y = card.get_attribute("data-claim"), page.evaluate("scrollY"), card.bounding_box()["y"]
    assert at > 500
    title.click()
    assert page.evaluate("scrollY") < at
    assert re.match(r"All \d+ claims of “.+”", page.locator(".evidence .chosen").inner_text())
    page.get_by_role("button", name="Back to where you were").click()
    until(page, f"document.activeElement.closest('[data-claim]')?.dataset.claim === '{claim}'")
    page.wait_for_timeout(200)
    assert abs(page.locator(f"[data-claim='{claim}']").bounding_box()["y"] - y) < 40


def test_how_many_sources_and_claims_is_said(visit: Visit) -> None:  # noqa: F811
    said = behind_china(visit()).inner_text()
    assert re.search(r"Only 2 sources, \d claims behind", said)


def test_no_card_names_a_source_by_its_id(visit: Visit) -> None:  # noqa: F811
    page = visit("view=evidence")
    page.locator(".evidence-body [data-claim]").first.wait_for()
    body = page.locator(".evidence-body")
    assert "report_0" not in body.inner_text()
    page.locator("[data-part='conflicts']").click()
    assert "report_0" not in body.inner_text()


@pytest.mark.parametrize("view", ["judgements", "evidence"])
def test_words_open_by_key_with_those_of_the_view_first(visit: Visit, view: str) -> None:  # noqa: F811
    page = visit(f"view={view}")
    page.keyboard.press("?")
    first = page.locator(".glossary section").first
    first.wait_for()
    assert first.locator("h3").inner_text().lower() == f"on this view: {view}"
    page.locator(".glossary input").fill("log-odds")
    assert page.locator(".glossary dt").all_inner_texts() == ["Log-odds"]
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    visit.said.clear()  # type: ignore[attr-defined]
    page.keyboard.press("Escape")
    assert not page.locator(".glossary").is_visible()
    page.get_by_role("button", name="Words: what they mean").click()
    assert page.locator(".glossary").is_visible()


def test_a_question_mark_that_is_typed_opens_nothing(visit: Visit) -> None:  # noqa: F811
    page = visit("view=evidence")
    page.get_by_role("searchbox", name="Search the evidence").press("?")
    page.wait_for_timeout(200)
    assert page.locator(".glossary").count() == 0


def test_the_second_tab_skips_to_the_levers(visit: Visit) -> None:  # noqa: F811
    page = visit()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.lever") == "tied_down.RUS"


def test_nothing_below_moves_when_levers_and_scenarios_do(visit: Visit) -> None:  # noqa: F811
    page = visit()
    page.evaluate("document.querySelectorAll('details.group').forEach(each => { each.open = true })")
    before = page.evaluate(PLACES)
    for change in (
        "levers: { 'tied_down.RUS': 0.5 }",
        "base: 'threat_to_the_north', levers: {}",
        "base: 'china_steps_in'",
    ):
        page.evaluate(f"window.__tightrope.app.set({{ {change} }})")
        settle(page)
        assert page.evaluate(PLACES) == pytest.approx(before, abs=1)


def test_the_timeline_keeps_the_state_that_the_reader_chose(visit: Visit) -> None:  # noqa: F811
    page = visit("view=map")
    title = page.locator(".strip-title")
    title.wait_for()
    for view in ("map", "evidence", "judgements"):
        page.locator(f"#tab-{view}").click()
        assert title.get_attribute("aria-expanded") == "false"
    title.click()
    for view in ("corpus", "map"):
        page.locator(f"#tab-{view}").click()
        assert title.get_attribute("aria-expanded") == "true"
    tools = page.locator(".map-tools").bounding_box()
    assert tools["y"] + tools["height"] < page.locator("#timeline").bounding_box()["y"]


def test_the_timeline_stands_at_the_foot_of_a_short_page(visit: Visit) -> None:  # noqa: F811
    page = visit("view=corpus")
    page.locator(".strip-title").wait_for()
    box, foot = page.locator("#timeline").bounding_box(), page.locator("#footer").bounding_box()
    assert abs(box["y"] + box["height"] - foot["y"]) < 2


def test_the_line_of_what_changes_has_whole_lines_and_opens(visit: Visit) -> None:  # noqa: F811
    page = visit("l=tied_down.RUS:0.9", width=360)
    settle(page)
    line, more = page.locator("#answer"), page.locator("#answer-more")
    low = line.bounding_box()["height"]
    assert low + page.locator("#footer").bounding_box()["height"] < 140
    more.click()
    assert more.inner_text() == "Less"
    assert line.bounding_box()["height"] > low
    assert page.evaluate("(e => e.scrollHeight - e.clientHeight)(document.getElementById('answer'))") < 3
    more.click()
    assert line.bounding_box()["height"] == low


def test_filters_wait_behind_a_button_on_a_phone(visit: Visit) -> None:  # noqa: F811
    page = visit("view=evidence", width=360)
    page.locator(".evidence-body [data-claim]").first.wait_for()
    assert page.locator(".evidence-body [data-claim]").first.bounding_box()["y"] < 500
    kind = page.get_by_label("Kind")
    assert not kind.is_visible()
    page.get_by_role("button", name="Filters", exact=True).click()
    kind.select_option("threat")
    assert page.get_by_role("button", name="Filters: 1 on").is_visible()


def test_tabs_that_are_not_seen_are_hinted_at(visit: Visit) -> None:  # noqa: F811
    page = visit(width=360)
    assert "after" in page.locator("#tabs").get_attribute("class").split()
    page.locator("#tab-judgements").press("End")
    until(page, "document.getElementById('tabs').className === 'before'")
    wide = visit(width=1366)
    assert wide.locator("#tabs").get_attribute("class") in (None, "")


def test_a_saved_scenario_is_named_by_its_title(visit: Visit) -> None:  # noqa: F811
    page = visit("view=library&base=china_russia_coordinate")
    page.locator("#scenario-title").fill("As one bloc")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved as “As one bloc”.").wait_for()
    assert "china_russia_coordinate" not in page.locator(".library").inner_text()


def test_a_lever_left_alone_says_so_in_plain_words(visit: Visit) -> None:  # noqa: F811
    page = visit()
    row = page.locator("[data-row='tied_down.RUS']")
    assert row.locator(".held").inner_text() == "left alone: 0.2–0.7 of capacity"
    lever(page, "tied_down.RUS").press("ArrowRight")
    assert row.locator(".held").inner_text().endswith("of capacity")
    assert "λ" not in page.locator("#levers").text_content()


def test_dots_leave_no_empty_space(visit: Visit) -> None:  # noqa: F811
    page = visit("view=outcomes")
    page.get_by_role("button", name="Dots").click()
    drawn = page.locator("#view-outcomes svg[viewBox]").last
    drawn.wait_for()
    assert drawn.bounding_box()["height"] < 130


def test_undo_outlives_a_reload(visit: Visit) -> None:  # noqa: F811
    page = visit()
    lever(page, "effort.CHN").press("ArrowRight")
    settle(page)
    page.reload()
    until(page, "window.__tightrope?.app.frame?.header.final")
    assert "effort.CHN" in page.evaluate("window.__tightrope.app.state.levers")
    page.get_by_role("button", name="Undo", exact=True).click()
    assert page.evaluate("window.__tightrope.app.state.levers") == {}
