"""The report in a browser: nothing loaded, no word on the console, nothing for axe to find, keys work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tightrope.case.load import load_case
from tightrope.engine.pairing import paired
from tightrope.engine.simulate import plan, run
from tightrope.report.findings import find
from tightrope.report.page import write_page

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

SCHEMES = ("light", "dark")
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page with every section, from few runs."""
    case = load_case("kazakhstan-2022")
    made = plan(case, without=["report_003"])
    base = run(made, 60, 1)
    beside = {"fuel_shock": paired(base, run(plan(case, "fuel_shock", without=["report_003"]), 60, 1))}
    found = find(base, beside, made.known, made.blueprint, claims=1, whole=plan(case).blueprint)
    return write_page(found, tmp_path_factory.mktemp("page")).as_uri()


@pytest.fixture
def visit(browser: playwright.Browser, address: str) -> Iterator[object]:
    """Opens the page at a width and in a colour scheme; at the end checks that it kept to itself."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def opened(width: int = 1280, scheme: str = "light", script: bool = True) -> playwright.Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []
    assert {url for url in asked if not url.startswith("data:")} <= {address}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(visit, width: int, scheme: str) -> None:  # type: ignore[no-untyped-def]
    page = visit(width, scheme)
    page.evaluate(OPEN_ALL)
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_the_page_does_not_scroll_sideways(visit, width: int) -> None:  # type: ignore[no-untyped-def]
    page = visit(width)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_text_of_a_chart_leaves_its_box(visit) -> None:  # type: ignore[no-untyped-def]
    outside = """[...document.querySelectorAll('.fan svg')].flatMap(svg => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter(text => {
            const at = text.getBoundingClientRect();
            return at.left < box.left - 1 || at.right > box.right + 1 || at.bottom > box.bottom + 1;
        }).map(text => svg.querySelector('title').textContent + ': ' + text.textContent);
    })"""
    for width in (360, 1440):
        assert visit(width).evaluate(outside) == []


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_the_theme_follows_the_system_and_the_key(visit, scheme: str, other: str) -> None:  # type: ignore[no-untyped-def]
    page = visit(scheme=scheme)
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "theme"
    assert page.get_attribute("#theme", "aria-pressed") == str(scheme == "dark").lower()
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.theme") == other
    assert page.get_attribute("#theme", "aria-pressed") == str(other == "dark").lower()
    assert page.evaluate(ground) != before
    page.keyboard.press("Space")
    assert page.evaluate(ground) == before


def test_a_filter_leaves_the_claims_that_hold_its_words(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit()
    every = page.locator("#claims li").count()
    page.fill("#filter-text", "Zatulin")
    shown = page.locator("#claims li:visible")
    assert 0 < shown.count() < every
    assert all("zatulin" in text.lower() for text in shown.all_inner_texts())
    assert page.inner_text("#filter-count") == f"{shown.count()} of {every} claims"
    page.fill("#filter-text", "")
    assert page.inner_text("#filter-count") == f"{every} claims"


def test_a_link_to_a_claim_opens_where_it_lies(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit()
    link = page.locator(".judgement a[href^='#claim-']").first
    target = link.get_attribute("href").removeprefix("#")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("id => document.getElementById(id).checkVisibility()", arg=target)


def test_without_script_everything_can_be_read(visit) -> None:  # type: ignore[no-untyped-def]
    page = visit(script=False)
    assert not page.locator("#theme").is_visible()
    assert not page.locator("#filter").is_visible()
    group = page.locator("#claims details").first
    group.locator("summary").click()
    assert group.locator("li").first.is_visible()
