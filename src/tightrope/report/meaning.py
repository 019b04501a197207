"""Written rules: what a judgement means for four readers, and which signs would change it.

The rules are texts of this project, chosen by the level of the probability alone (low under 20 of 100,
high from 55 on). They are a starting point for a reader's own judgement, and no advice on any transaction.
{who} is the focus state, {rival} the target of the sanctions, {bloc} the one that imposes them.
"""

from __future__ import annotations

from collections.abc import Mapping

from tightrope.report import words

LOW, HIGH = 0.20, 0.55
READERS = ("Bank", "Trader", "Oil company", "Staff on the ground")

# By topic, then level, one line for each reader in the order of READERS.
LINES: Mapping[str, Mapping[str, tuple[str, str, str, str]]] = {
    "balance": {
        "high": (
            "Expect {rival}'s weight in payments and credit to shrink slowly; renew limits there for shorter terms.",
            "Build up routes and partners outside {rival}; contracts with it stay usable meanwhile.",
            "Treat a second export route as the plan; {rival} may make the first one dearer.",
            "Expect closer ties elsewhere and some irritation in {rival}; keep contacts there correct.",
        ),
        "middle": (
            "Limit terms to what can be unwound in a year; which side is kept is open.",
            "Put a clause on change of sanctions or tariffs into every contract over six months.",
            "Price a second export route into each investment before it is needed.",
            "Keep contacts on all sides; the tone towards foreigners may turn with the alignment.",
        ),
        "low": (
            "Expect {rival}'s weight to hold or grow; check which counterparties that brings near sanctions.",
            "Routes through {rival} stay the default; price their risk rather than leave them.",
            "Expect permits and transit to follow {rival}'s calendar.",
            "Expect the official tone to stay close to {rival}.",
        ),
    },
    "unrest": {
        "high": (
            "Hold cash and payment capacity abroad; expect branches and networks to close for days.",
            "Shorten credit to retailers; keep goods out of the large cities' warehouses.",
            "Staff the sites for two weeks without rotation; expect strikes to spread from prices.",
            "Have evacuation booked, not planned; keep two weeks of supplies at home.",
        ),
        "middle": (
            "Test payments without internet for a week.",
            "Insure goods in transit against riot, and say where they may wait.",
            "Agree with contractors what a fuel price step does to wages.",
            "Rehearse sheltering in place and a road out of the largest cities.",
        ),
        "low": (
            "Keep the plan for a shutdown of networks on file; no change of limits is called for.",
            "Normal terms; watch fuel and food prices as early signs.",
            "Normal operations; keep strike cover at the sites.",
            "Normal routine; know the meeting point and the number to call.",
        ),
    },
    "sanctions": {
        "high": (
            "Assume that a local bank will be listed: screen owners now and find a second correspondent.",
            "Stop dual-use and priority goods unless the last buyer is proved.",
            "Check that pipeline fees, spare parts and insurers survive a listing of one local partner.",
            "Expect accounts of local staff to be blocked for weeks; pay through two banks.",
        ),
        "middle": (
            "Ask for the last buyer on every re-export; raise the price of doubt, not only of default.",
            "Keep papers on origin and destination for five years; expect spot checks.",
            "Write a clause on listed partners into joint ventures.",
            "Expect more questions at banks and borders; carry contracts and invoices.",
        ),
        "low": (
            "Closer checks on re-exporters suffice; a listing of the country's banks is not expected.",
            "Ordinary goods move; the goods on the common priority list still need an end-user paper.",
            "Exports to the West should not be touched; the detour concerns other goods.",
            "Little change in daily life; cards and transfers should go on working.",
        ),
    },
    "vote": {
        "high": (
            "The country stays off both lists of friends; no new sanctions risk follows from the vote.",
            "No change in customs treatment follows from an abstention.",
            "Expect no answer at the pipelines to an abstention.",
            "Expect official silence; do not ask counterparts to take sides.",
        ),
        "middle": (
            "The vote is open: do not read a position into either outcome alone.",
            "A vote against {rival} could bring checks at the border for some weeks.",
            "Watch technical stops of pipelines in the month after the vote.",
            "Expect sharper words in {rival}'s media if the vote goes against it.",
        ),
        "low": (
            "An abstention would be the surprise; look at the chart for what the model expects instead.",
            "Plan for the answer of whoever loses the vote: inspections, slow borders.",
            "Keep storage for two weeks around the date.",
            "Keep a low profile in the week of the vote.",
        ),
    },
    "sincerity": {
        "high": (
            "Assurances are likely to be believed; use the goodwill to settle open compliance cases.",
            "Western licences are easier to get while trust lasts; apply now.",
            "{rival} may take it at its word too: expect pressure through routes rather than through words.",
            "Expect friendlier treatment from Western missions, cooler from {rival}'s.",
        ),
        "middle": (
            "Trust is open: document what is done, since words will not settle it.",
            "Expect licences to be judged case by case.",
            "Expect mixed signals; weigh costly acts over statements.",
            "Take no public declaration as a guide to safety.",
        ),
        "low": (
            "Expect assurances to be discounted and checks to grow.",
            "Expect longer licence times and more end-user visits.",
            "Expect less help from the West if routes are closed.",
            "Expect visas and partnerships to slow down.",
        ),
    },
}

# By topic: an observable, the direction to watch, and whether it makes the judged event likelier.
SIGNPOSTS: Mapping[str, tuple[tuple[str, str, bool], ...]] = {
    "balance": (
        ("Share of {rival} in {who}'s trade", "falls by a fifth within a year", True),
        (
            "Threats against {who}",
            "come from {rival}'s president or ministers, not only from legislators",
            True,
        ),
        (
            "Contracts with {rival} on loans, arms or transit",
            "are signed for years ahead",
            False,
        ),
    ),
    "unrest": (
        ("Pump price of motor gas and petrol", "rises by more than a tenth within a month", True),
        ("The cap on fuel prices", "is lifted without wages following", True),
        ("Strikes and protests over prices and wages", "settle within days, with concessions kept", False),
    ),
    "sanctions": (
        (
            "{who}'s exports to {rival} of goods on the sanctioners' priority lists",
            "grow for two quarters",
            True,
        ),
        ("A national control on re-exports", "comes into force, with a first case tried", False),
        ("Visits of {bloc}'s sanctions envoys", "turn from thanks to warnings with names of firms", True),
    ),
    "vote": (
        ("{who}'s explanation of its last vote", "names territory and not only dialogue", False),
        ("Votes of the states it votes with", "move to abstention on the same text", True),
        ("Calls between {who} and {rival} in the week of the vote", "are announced by both sides", True),
    ),
    "sincerity": (
        (
            "A costly act (a treaty suspended, a transit refused)",
            "is done and not made good to {rival} afterwards",
            True,
        ),
        ("Goods under sanctions that pass through {who}", "grow while assurances go on", False),
        ("{bloc}'s officials", "thank it in public and add no warning", True),
    ),
}


def level(probability: float) -> str:
    """Which set of rules a probability calls for: low, middle or high."""
    return "low" if probability < LOW else "middle" if probability < HIGH else "high"


def meant_for(topic: str, probability: float, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Reader and line, four of them."""
    lines = LINES[topic][level(probability)]
    return tuple(
        (reader, words.initial(line.format(**names))) for reader, line in zip(READERS, lines, strict=True)
    )


def signposts(topic: str, names: Mapping[str, str]) -> tuple[tuple[str, str, bool], ...]:
    """Observable, direction, and whether it makes the event likelier."""
    return tuple(
        (words.initial(what.format(**names)), how.format(**names), up) for what, how, up in SIGNPOSTS[topic]
    )
