"""Why the model chose as it did on occasions: menus that are not up every month, averaged over the occasions.

A table holds, for each account, its mean over every occasion of every run; the rows sum to the mean log-odds.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tightrope.case.case import Case
from tightrope.engine.record import OCCASIONS
from tightrope.engine.result import Result
from tightrope.report import words
from tightrope.report.why import Row, Why, odds

# By menu: title, the alternatives, and what each account weighs, in words. {rival} is the target of the sanctions.
MENUS: Mapping[str, tuple[str, tuple[str, str], Mapping[str, str]]] = {
    "request": (
        "Asks for troops rather than not",
        ("ask", "not ask"),
        {
            "baseline": "how often states in such an emergency asked",
            "security": "help against those in the streets, as far as it is likely to come",
            "domestic": "unrest left alone, and seen to be so, where help is refused",
            "autonomy": "independence lost to a patron, more so with a debt",
        },
    ),
    "recognition": (
        "Changes its mind on recognising an entity",
        ("change", "keep"),
        {
            "baseline": "how rarely states recognise, or withdraw, at such an opportunity",
            "security": "an ally's pressure, less the reprisal of the parent state; and what others do",
            "domestic": "its own exposure to secession",
            "principle": "how it decided like cases, and what it has stated",
            "reputation": "where the poles stand that it leans to",
        },
    ),
    "acts": (
        "Does the act that it chose rather than nothing",
        ("act", "nothing"),
        {
            "baseline": "how rare such acts are",
            "economy": "cost, more so with much trade with {rival}",
            "security": "{rival}'s displeasure or thanks",
            "domestic": "opinion and elites at home",
            "autonomy": "hands tied or freed, less undertakings that the act goes against",
            "principle": "the stand that the act takes",
            "reputation": "what audiences would believe of it; for mediation, the trust of both",
        },
    ),
    "reform": (
        "Takes the reform that it chose rather than nothing",
        ("reform", "nothing"),
        {
            "baseline": "how often states under such pressure did so",
            "economy": "what a concession or a cap costs the budget",
            "domestic": "grievance relieved, less rents the elite fears to lose and the scars of repression",
            "reputation": "how far such a reform would be believed",
        },
    ),
    "leave_security": (
        "Leaves the security alliance rather than staying",
        ("leave", "stay"),
        {
            "baseline": "how rarely members left when they might have",
            "security": "fear of {rival}, less the protection lost",
            "domestic": "displeasure at home with the war",
            "autonomy": "being bound less, against debt for help",
            "principle": "what it has said on leaving",
            "reputation": "what audiences would believe of it",
        },
    ),
    "leave_economic": (
        "Leaves the economic union rather than staying",
        ("leave", "stay"),
        {
            "baseline": "how rarely members left when they might have",
            "economy": "preferences in trade and free movement of labour, lost",
            "domestic": "displeasure at home with the war",
            "autonomy": "being bound less, against debt for help",
            "principle": "what it has said on leaving",
            "reputation": "what audiences would believe of it",
        },
    ),
    "join_sanctions": (
        "Joins the sanctions rather than standing aside",
        ("join", "stand aside"),
        {
            "baseline": "how rarely states in its place joined",
            "economy": "exports to {rival} and the gain from transit, lost",
            "security": "an ally's protection and {rival}'s threats",
            "domestic": "displeasure at home with the war",
            "autonomy": "promises kept, less debt and dependence on {rival}",
            "principle": "what it has said, and the rule against force",
            "reputation": "what audiences would believe of it",
        },
    ),
    "send_troops": (
        "Sends troops to the war rather than not",
        ("send", "not send"),
        {
            "baseline": "how rarely allies sent troops when asked",
            "economy": "exports that the answer of the sanctioners would cost",
            "security": "the ally's thanks, in protection",
            "domestic": "opinion at home on the war",
            "autonomy": "a debt repaid, against promises broken",
            "principle": "what it has said, and the rule against force",
            "reputation": "what audiences would believe of it",
        },
    ),
    "crisis": (
        "Stands firm against a claim on its land rather than giving in",
        ("stand firm", "give in"),
        {
            "baseline": "standing firm and giving in are taken as alike likely",
            "economy": "what force would destroy, by its chance",
            "security": "land lost for certain, against lost with a chance",
            "domestic": "pride kept or hurt",
            "principle": "giving in rewards a breach of the rule",
            "reputation": "giving in after words that bind",
        },
    ),
    "retaliation": (
        "Stands firm against economic pressure rather than giving in",
        ("stand firm", "give in"),
        {
            "baseline": "standing firm and giving in are taken as alike likely",
            "economy": "what retaliation would cost, less what enforcing the sanctions costs",
            "domestic": "opinion at home on the war, which bears on enforcement",
            "autonomy": "promises kept, less debt and dependence on {rival}",
            "principle": "its stated position on the sanctions",
            "reputation": "giving in to a threat, worse the louder it is",
        },
    ),
}


def occasional(result: Result, case: Case) -> tuple[Why, ...]:
    """A table for every menu that was up at least once for the focus state, the most frequent first."""
    names = result.manifest.origin.names
    rival = names.get(case.about.target, case.about.target)
    tables = [_table(result, menu, rival) for menu in OCCASIONS if result.arrays[f"times_{menu}"].any()]
    return tuple(sorted(tables, key=lambda why: -why.occasions))


def _table(result: Result, menu: str, rival: str) -> Why:
    """Sums over occasions divided by their number; the range is of runs' own means over their occasions."""
    title, options, said = MENUS[menu]
    sums = result.arrays[f"why_{menu}"].astype(float)
    times = result.arrays[f"times_{menu}"].astype(float)
    count, met = times.sum(), times > 0
    own = sums[:, met] / times[met]
    means = sums.sum(axis=1) / count
    rows = []
    for place, account in enumerate(result.axes["account"]):
        if not np.any(sums[place]):
            continue
        low, high = (float(each) for each in np.quantile(own[place], (0.05, 0.95)))
        weighed = said.get(account, "weighed as in other choices").format(rival=rival)
        rows.append(Row(account, weighed, float(means[place]), low, high))
    total = float(means.sum())
    question = (
        f"mean over {words.thousands(count)} {'occasion' if count == 1 else 'occasions'} "
        f"in {words.thousands(met.sum())} of {words.thousands(met.size)} runs"
    )
    return Why(
        menu,
        title,
        question,
        *options,
        tuple(rows),
        total,
        odds(total, *options, where="On a typical occasion"),
        int(count),
    )
