"""Who says what in the manners of many papers, and what is told to be done; and how much of marked reports is found."""

from __future__ import annotations

import pytest
from tests.evidence import news, sayings

from tightrope.evidence.reader import read_report
from tightrope.evidence.text import Printed, report_of


def said(raw: str) -> list[tuple[str, str | None]]:
    found = read_report(report_of(Printed("a", raw))).statements
    return [(raw[one.start : one.end], one.speaker) for one in found]


def done(raw: str) -> list[tuple[str, str, str | None, str | None]]:
    found = read_report(report_of(Printed("a", raw))).events
    return [(one.type, one.realis, one.source, one.target) for one in found]


@pytest.mark.parametrize(
    ("raw", "words", "speaker"),
    [
        ("« We are late », said Ana Ito.", "We are late", "Ana Ito"),
        ("— We are late, — said Ana Ito.", "We are late", "Ana Ito"),
        ("‘He cried “no” and ran,’ said Ana Ito.", "He cried “no” and ran", "Ana Ito"),
        ("“We are late,” was the verdict of Ana Ito.", "We are late", "Ana Ito"),
        ("“We are late” is how Ana Ito put it.", "We are late", "Ana Ito"),
        ("“We are late” – Captain Ana Ito.", "We are late", "Ana Ito"),
        ("Ana Ito's reply was short: “We are late.”", "We are late.", "Ana Ito"),
        ("It was, admitted Ana Ito, “a bad day for us all”.", "a bad day for us all", "Ana Ito"),
        ("“We are late,” said her son, Goran.", "We are late", "Goran"),
        ("Her son, Goran, said: “We are late.”", "We are late.", "Goran"),
        ("“We are late,” read a letter from the bank.", "We are late", "bank"),
        ("“We are late”, Ana Ito used to say.", "We are late", "Ana Ito"),
        ("Dan Tully said: “We are late.”", "We are late.", "Dan Tully"),
        ("“Quiet!” Ana Ito called across the yard.", "Quiet!", "Ana Ito"),
        ("Critics, including a mayor, Hal Orr, have called it “a tower for one man alone”.",
         "a tower for one man alone", "Critics"),
    ],
)  # fmt: skip
def test_a_quotation_finds_its_speaker(raw: str, words: str, speaker: str) -> None:
    assert said(raw) == [(words, speaker)]


@pytest.mark.parametrize(
    ("raw", "last"),
    [
        ("The ministry said it was late. “We are sorry,” it added.", ("We are sorry", "ministry")),
        ("Mehta sat down. “We are late,” he said.", ("We are late", "Mehta")),
        ("“We left,” said Ana Ito, “and ran.”", ("and ran.", "Ana Ito")),
        ("“We left,” said Ana Ito. Tom Hale shook his head. “Never.”", ("Never.", "Tom Hale")),
        ("Her son Luca, 9, disagrees. “It was fun,” he says.", ("It was fun", "Luca")),
        ("Ana Ito won. “I am tired,” the 60-year-old said.", ("I am tired", "Ana Ito")),
        ("Judge Frank Dolan nodded. “I did it,” the defendant said.", ("I did it", "defendant")),
        ("“Did you?” asked Ana Ito.\n\n“I did,” Tom Hale said. “Why not?”\n\n“You know why,”",
         ("You know why,", "Ana Ito")),
        ("“We left,” says Ana Ito.\n\nIto has three sons.\n\n“They stayed with the goats.”",
         ("They stayed with the goats.", "Ana Ito")),
        ("“Look at that crack.” Ana Ito points at the wall.", ("Look at that crack.", "Ana Ito")),
        ("Ana Ito left. “but not for long,” she said.", ("but not for long", "Ana Ito")),
    ],
)  # fmt: skip
def test_words_around_tell_who_goes_on(raw: str, last: tuple[str, str]) -> None:
    assert said(raw)[-1] == last


@pytest.mark.parametrize(
    ("raw", "words", "speaker"),
    [
        ("Norway shut the port, saying the road was unsafe.", "the road was unsafe", "Norway"),
        ("Rights groups welcomed it but noted that nine had died.", "nine had died", "Rights groups"),
        ("The agency quoted Ana Ito as saying it was late.", "it was late", "Ana Ito"),
        ("The bus was late, Ana Ito told the Financial Times.", "The bus was late", "Ana Ito"),
        ("Even so, says Ana Ito, the bus was late.", "the bus was late", "Ana Ito"),
        ("Scientists say new patients arrive every hour.", "new patients arrive every hour", "Scientists"),
        ("The study found that owls sleep by day.", "owls sleep by day", "study"),
        ("Ana Ito told her rival, Tom Hale, that it was late.", "it was late", "Ana Ito"),
        ("According to Ana Ito, who was there, the bus was late.", "the bus was late", "Ana Ito"),
        ("The bank said output fell by a third.", "output fell by a third", "bank"),
        ("His family says the bus was late.", "the bus was late", "His family"),
        ("Mina, a cleaner from Bari, says she saw it.", "she saw it", "Mina"),
        ("Ana Ito told shareholders the worst was over.", "the worst was over", "Ana Ito"),
        ("Her label said it stood by the band.", "it stood by the band", "Her label"),
        ("Ana Ito, whose bus broke down, said he felt ill.", "he felt ill", "Ana Ito"),
        ("Ana Ito, in Oslo, thanked Chad “for its patience” and said the road was open.",
         "the road was open", "Ana Ito"),
    ],
)  # fmt: skip
def test_what_is_told_is_found(raw: str, words: str, speaker: str) -> None:
    assert (words, speaker) in said(raw)


def test_what_is_not_said_is_no_statement() -> None:
    assert said("Neither side would say whether a deal was close.") == []
    assert said("A talk show host from Oslo met Ana Ito.") == []


@pytest.mark.parametrize(
    ("raw", "act"),
    [
        ("Chad rejected a request by Niger.", ("reject", "happened", "Chad", "Niger")),
        ("Chad has expelled the Nigerien ambassador.", ("sanction", "happened", "Chad", "Niger")),
        ("Fiji and Tonga signed a treaty in Suva.", ("agree", "happened", "Fiji", "Tonga")),
        ("Chad blamed the raid on Niger.", ("accuse", "happened", "Chad", "Niger")),
        ("Chad failed on Monday to adopt a resolution.", ("vote", "denied", "Chad", None)),
        ("Chad sent two helicopters and 60 soldiers.", ("mobilize", "happened", "Chad", None)),
        ("Chad dissolved parliament.", ("coerce", "happened", "Chad", None)),
        ("Chad closed the border with Niger.", ("coerce", "happened", "Chad", "Niger")),
        ("Chad will lend Niger 40 million dollars.", ("aid", "planned", "Chad", "Niger")),
        ("Chad dropped its objections to the dam.", ("yield", "happened", "Chad", None)),
        ("Chad suspended a treaty with Niger.", ("reject", "happened", "Chad", "Niger")),
        ("Troops fled the Congo. Kinshasa condemned Chad.",
         ("accuse", "happened", "Democratic Republic of the Congo", "Chad")),
    ],
)  # fmt: skip
def test_what_is_done_and_by_whom(raw: str, act: tuple[str, str, str | None, str | None]) -> None:
    assert act in done(raw)


@pytest.mark.parametrize(
    "raw",
    [
        "Tom Hale of Chad declined to comment.",
        "Tom Hale of Chad, the actor, is back on stage.",
        "At least 40 people in Chad were killed by the floods.",
    ],
)
def test_what_is_no_act_is_none(raw: str) -> None:
    assert done(raw) == []


def tallied(path: str) -> tuple[sayings.Tally, sayings.Tally, news.Deeds]:
    pairs, deeds = [], news.Deeds()
    for passage, told in news.reports(news.MENDED.with_name(path)):
        found = read_report(report_of(Printed("a", passage.text)))
        pairs.append((passage, found.statements))
        deeds.add(found.events, told)
    return sayings.tally(pairs, True), sayings.tally(pairs), deeds


@pytest.mark.parametrize(("path", "least"), [("news_mended.txt", 0.85), ("news_later.txt", 0.85)])
def test_most_of_the_reports_that_mended_the_reader_is_found(path: str, least: float) -> None:
    direct, every, deeds = tallied(path)
    assert min(direct.f1, direct.speakers, every.f1) >= 0.93
    assert deeds.f1 >= least


@pytest.mark.parametrize("name", ["styles", "articles", "last", "world", "fresh", "who"])
def test_most_of_the_passages_is_found(name: str) -> None:
    pairs = []
    for passage in sayings.passages(sayings.HOME.with_name(f"sayings_{name}.txt")):
        pairs.append((passage, read_report(report_of(Printed("a", passage.text))).statements))
    direct = sayings.tally(pairs, True)
    assert min(direct.f1, direct.speakers, sayings.tally(pairs).f1) >= 0.9
