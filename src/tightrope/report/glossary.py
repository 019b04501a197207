"""The words of the app, the report and the docs, each defined once, for a reader who has not seen the model.

`words_of_the_model()` gives them in groups, in the order in which they are best read. A word may name the views of the
app on which it is met, so that a page can put those first.
"""

from __future__ import annotations

from dataclasses import dataclass

from tightrope.report import words
from tightrope.report.alert import SCALE as SEVERITY


@dataclass(frozen=True)
class Word:
    """A word, what it means in a sentence or two, and the views of the app (their ids) on which it is met."""

    term: str
    said: str
    views: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Words that belong together, under a title."""

    id: str
    title: str
    words: tuple[Word, ...]


_JUDGED, _CHARTS, _MAP, _WARNED = ("judgements",), ("outcomes",), ("map",), ("warnings",)
_EVIDENCE, _WHY, _STANDING, _SAVED = ("evidence",), ("why",), ("standing",), ("library",)
_READ = ("corpus", "report")

_CASE = (
    Word(
        "Case",
        "A situation as sourced data: the states and powers in it, what is known of each, and until which "
        "day.",
    ),
    Word(
        "State of the case",
        "The state whose position is modelled, such as Kazakhstan in 2022. Levers, charts and judgements "
        "are about it.",
    ),
    Word(
        "Power (pole)",
        "One of those that the state can lean to, such as Russia or the West. The model calls them poles. "
        "“Own strength” stands beside them: relying on itself.",
        (*_CHARTS, *_WHY, *_MAP),
    ),
    Word(
        "Source",
        "Who published what, and when. Reports, treaties, votes and tables of figures are all sources.",
        _EVIDENCE,
    ),
    Word(
        "Claim",
        "What one source says, in our own words, with the place in its text. A claim may set something in "
        "the model, or nothing.",
        (*_EVIDENCE, *_READ, *_JUDGED),
    ),
    Word(
        "Passage",
        "The very words of a source behind a claim. They are shown only out of your own copy of the text, "
        "since the texts are not ours to pass on.",
        _EVIDENCE,
    ),
    Word(
        "Conflict",
        "Claims that cannot all be taken at face value. Its weight, 1 to 3, says how far results hang on it.",
        (*_EVIDENCE, *_READ),
    ),
    Word(
        "Figure",
        "A number with unit, date and source. Where sources differ, runs draw from all of the stretch "
        "between them.",
        _EVIDENCE,
    ),
    Word(
        "Hull",
        "The stretch from the smallest to the largest number that sources give for the same figure. Runs "
        "draw from it.",
        _EVIDENCE,
    ),
    Word(
        "Assumption",
        "A number that no source gives. It is a guess with a range, and is marked as one.",
        _EVIDENCE,
    ),
    Word(
        "Scenario value",
        "A number that was set by hand, with a reason, in place of what sources say.",
        _EVIDENCE,
    ),
    Word(
        "As of",
        "The day up to which things are known. Whatever was published later is left out of the model.",
    ),
    Word(
        "Id",
        "The short name under which a case keeps a claim, figure or source. It is of use to cite it, and "
        "in files.",
        _EVIDENCE,
    ),
)
_MODEL = (
    Word(
        "Run",
        "One simulated future, month by month. Each run draws its own numbers from the ranges. A thousand "
        "of them make a result.",
    ),
    Word(
        "Seed",
        "The number from which all chance in the runs follows. The same seed gives the same runs again.",
    ),
    Word(
        "Baseline",
        "The case as it is, with no lever moved and no scenario chosen.",
    ),
    Word(
        "Lever",
        "Something that you can fix, such as a shock, a figure or an assumption, to see what follows. "
        "What is not moved is left to the model.",
    ),
    Word(
        "Scenario",
        "A set of levers with a name: what others thought might happen, or one that you saved.",
        _SAVED,
    ),
    Word(
        "Alignment",
        "How a state's leaning is split between the powers and its own strength, in shares that sum to "
        "100. It is an index made of trade, votes, memberships and statements. Nobody measures it.",
        (*_CHARTS, *_WHY, *_MAP, *_JUDGED),
    ),
    Word(
        "Point of alignment",
        "One of those 100. “Russia −3 points” means that 3 of 100 moved from Russia to others.",
        (*_CHARTS, *_WHY, *_JUDGED),
    ),
    Word(
        "Hedging index",
        "How widely the alignment is spread: as many equal powers would be as spread out. 1 is a single "
        "master. It is one over the sum of the squared shares.",
        (*_CHARTS, *_MAP),
    ),
    Word(
        "Offer (bid)",
        "What a power puts up for influence each month: trade, credit, protection. A power that is tied "
        "down elsewhere offers less.",
        _WHY,
    ),
    Word(
        "Compliance (enforcement)",
        "How strictly the state holds to sanctions of others: 0 not at all, 1 in full.",
        (*_CHARTS, *_WHY),
    ),
    Word(
        "Secondary sanctions",
        "Punishment of firms and banks of a state that helps the one under sanctions.",
        (*_CHARTS, *_WARNED),
    ),
    Word(
        "Rule against force",
        "How far states still take it that force is not to be used: 1 whole, 0 gone. Violence wears it down.",
        _MAP,
    ),
    Word(
        "Account",
        "One of six reasons that the model weighs in every choice. Their sum decides how likely each "
        "choice is.",
        _WHY,
    ),
    Word(
        "Account: economy",
        "What a choice gains or costs in trade, credit, transit and punishment.",
        _WHY,
    ),
    Word(
        "Account: security",
        "Protection against threats, and what a power may do in return.",
        _WHY,
    ),
    Word(
        "Account: domestic order",
        "What a choice does to calm and opinion at home.",
        _WHY,
    ),
    Word(
        "Account: autonomy",
        "Keeping its hands free: promises, debts for help, dependence on a single power.",
        _WHY,
    ),
    Word(
        "Account: principle",
        "Keeping to what it has said and how it has voted.",
        _WHY,
    ),
    Word(
        "Account: reputation",
        "What the others would come to believe of it.",
        _WHY,
    ),
    Word(
        "Habit and base rate",
        "What happens without any reasons: what was done the month before, or how often such a thing "
        "happened in past cases.",
        _WHY,
    ),
    Word(
        "Anchor",
        "A pull that is read off the starting point: what holds the state where it stands and no account "
        "explains, such as language, pipelines and habit. It keeps still; only what changes moves the "
        "state.",
        _WHY,
    ),
    Word(
        "Debt",
        "What a state owes a power that sent it help. It binds, and is forgotten with time.",
        _WHY,
    ),
    Word(
        "Menace",
        "Threats that were heard and not yet forgotten.",
        (*_CHARTS, *_WHY),
    ),
    Word(
        "Sincerity",
        "Whether an audience thinks that the state means what it says. It is a probability, moved by acts "
        "more than by words.",
        (*_CHARTS, *_JUDGED),
    ),
    Word(
        "Ideal point",
        "Where a state stands on a line that is estimated from its votes in the United Nations.",
        _STANDING,
    ),
)
_PROBABILITY = "; ".join(f"{name}: {100 * low:g} to {100 * high:g} of 100" for name, low, high in words.SCALE)
_NUMBERS = (
    Word(
        "Probability words",
        "Each stands for so many of 100 runs. "
        f"{words.initial(_PROBABILITY)}. A number on a boundary takes the word above it.",
        (*_JUDGED, *_WARNED),
    ),
    Word(
        "Monte Carlo error",
        "How far a result may be off only because there are so many runs and no more. More runs make it "
        "smaller.",
        (*_JUDGED, *_CHARTS, *_MAP),
    ),
    Word(
        "Range",
        "How far a probability moves with what nobody knows, the model's assumptions. More runs do not "
        "make it smaller. It is the wider of the two.",
        _JUDGED,
    ),
    Word(
        "Within chance",
        "The difference is no larger than the Monte Carlo error, so it may be nothing.",
        (*_JUDGED, *_CHARTS, *_WARNED),
    ),
    Word(
        "Paired difference (Δ)",
        "Each run less the same run without levers, as a mean: both drew the same numbers, so that only "
        "the levers differ.",
        (*_JUDGED, *_CHARTS),
    ),
    Word(
        "Log-odds",
        "The scale on which reasons add up. 0 is even; +1 makes a choice about 2.7 times as likely beside "
        "its alternative, −1 as much less.",
        _WHY,
    ),
    Word(
        "Pin",
        "Keeps the present levers as a line on the charts, A to D, to compare others with.",
        _CHARTS,
    ),
    Word(
        "Severity",
        SEVERITY,
        _WARNED,
    ),
    Word(
        "Score",
        "How well past forecasts of the model fitted what happened. While none is shown, frequencies "
        "describe the model and not the world.",
    ),
    Word(
        "Per prior standard deviation",
        "A unit of the model's own: 1 is what sets states apart on that account at large.",
        _EVIDENCE,
    ),
)
_CHARTED = (
    Word(
        "Chart over time (fan)",
        "The line is the middle of all runs of each month; the dark band holds half of them, the light "
        "one nine tenths. The dashed line is the case without levers.",
        _CHARTS,
    ),
    Word(
        "Share of runs so far",
        "The line counts the runs in which it has happened by that month. Its band is Monte Carlo error, "
        "not a range of futures.",
        _CHARTS,
    ),
    Word(
        "Dots",
        "Each dot stands for a twentieth of the runs, at its value in the last month: five dots above a "
        "value are 25 of 100 runs.",
        _CHARTS,
    ),
    Word(
        "Paths",
        "Twenty runs out of all, each a line. No run follows the middle.",
        _CHARTS,
    ),
    Word(
        "Line of a judgement",
        "The dot is the share of runs, the thick stroke its Monte Carlo error, the thin one its range. A "
        "hollow mark is the case without levers.",
        _JUDGED,
    ),
    Word(
        "Bars of the accounts",
        "To the right they speak for the first choice, to the left for the second. They add up exactly.",
        _WHY,
    ),
    Word(
        "Map",
        "States are shaded by the quantity that you choose. Powers carry a pattern of their own. Disputed "
        "areas are striped in orange, with a dashed edge.",
        _MAP,
    ),
    Word(
        "Marks on a figure",
        "The bar is what runs draw from, each mark a number of one source; a triangle says “at least” or "
        "“at most”.",
        _EVIDENCE,
    ),
    Word(
        "Timeline",
        "Marks tell what happened when, larger where more did. The cursor shows a month on map and "
        "evidence; the handle below it leaves out what was published later.",
        (*_MAP, *_EVIDENCE),
    ),
)


def words_of_the_model() -> tuple[Group, ...]:
    """Every word in its group."""
    return (
        Group("case", "The case and its sources", _CASE),
        Group("model", "What the model works with", _MODEL),
        Group("numbers", "Numbers and chance", _NUMBERS),
        Group("charts", "How to read the charts", _CHARTED),
    )
