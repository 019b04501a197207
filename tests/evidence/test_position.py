"""Positions in invented sentences: actor, issue, stance, and who tells of them."""

import pytest
from tests.evidence.made import findings
from tests.evidence.stances import LATER, Tally, passages

from tightrope.evidence.issue_rule import extended
from tightrope.evidence.position import positions
from tightrope.evidence.reader import read_report
from tightrope.evidence.text import Printed, report_of


def stands(text, statements=(), **about):
    return [(one.actor, one.issue, one.stance) for one in findings(text, statements, **about).positions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Serbia does not recognise Kosovo.", ("Serbia", "recognise_kosovo", "against")),
        ("Nicaragua recognised Abkhazia.", ("Nicaragua", "recognise_south_ossetia_abkhazia", "for")),
        ("Syria recognised the Donetsk People's Republic.", ("Syria", "recognise_dnr_lnr", "for")),
        ("Argentina condemned Russia for the attack.", ("Argentina", "condemn_russia", "for")),
        ("India has not condemned Russia.", ("India", "condemn_russia", "against")),
        (
            "Vietnam abstained from voting on the UN resolution against Russia.",
            ("Vietnam", "condemn_russia_unga", "abstain"),
        ),
        ("Serbia has not joined the sanctions against Russia.", ("Serbia", "join_sanctions", "against")),
        ("Moldova promised to respect the sanctions.", ("Moldova", "join_sanctions", "for")),
        (
            "Armenia will not become a hub to circumvent the sanctions on Russia.",
            ("Armenia", "help_evade_sanctions", "against"),
        ),
        ("Belarus ruled out sending its troops to Ukraine.", ("Belarus", "send_troops", "against")),
        ("Japan sent medical supplies to Ukraine.", ("Japan", "humanitarian_aid_ukraine", "for")),
        ("Estonia supports Ukraine.", ("Estonia", "support_ukraine", "for")),
        (
            "Turkey reaffirmed the territorial integrity of Ukraine.",
            ("Turkey", "territorial_integrity_ukraine", "for"),
        ),
        ("Brazil called on both sides to return to dialogue.", ("Brazil", "negotiated_settlement", "for")),
        ("Mongolia remained neutral in the war.", ("Mongolia", "neutrality_ukraine_war", "for")),
        ("Georgians protested against the invasion of Ukraine.", ("Georgia", "war_on_ukraine", "against")),
        ("Armenia has distanced itself from Russia.", ("Armenia", "align_with_russia", "against")),
        ("Vietnam pursues a multi-vector foreign policy.", ("Vietnam", "multi_vector_policy", "for")),
        (
            "Uzbekistan fears secondary sanctions.",
            ("Uzbekistan", "secondary_sanctions_on_kazakhstan", "against"),
        ),
        ("Armenia asked the CSTO for military help.", ("Armenia", "csto_intervention_jan2022", "for")),
        ("Azerbaijan condemns separatism in every form.", ("Azerbaijan", "right_of_secession", "against")),
        ("Moldova cancelled the Victory Day parade.", ("Moldova", "hold_victory_day_2022", "against")),
        ("Joe Biden proposed judicial reforms.", ("Joe Biden", "domestic_reform", "for")),
        ("Hungary introduced a cap on fuel prices.", ("Hungary", "energy_price_cap", "for")),
    ],
)
def test_an_act_places_whoever_does_it(text, expected):
    assert expected in stands(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Peru has stopped short of joining the sanctions against Russia.",
            ("Peru", "join_sanctions", "against"),
        ),
        ("Chile opposes any sanctions on Russia.", ("Chile", "join_sanctions", "against")),
        ("Chile voted in favour of the UN resolution on Ukraine.", ("Chile", "condemn_russia_unga", "for")),
        (
            "Laos did not vote on the UN resolution against Russia.",
            ("Laos", "condemn_russia_unga", "abstain"),
        ),
        ("Peru has refrained from condemning Russia.", ("Peru", "condemn_russia", "against")),
        ("Chile has called for a peaceful solution in Ukraine.", ("Chile", "negotiated_settlement", "for")),
        ("Oman says that dialogue is the only way out.", ("Oman", "negotiated_settlement", "for")),
        (
            "Qatar has offered to mediate between Russia and Ukraine.",
            ("Qatar", "negotiated_settlement", "for"),
        ),
        (
            "Mongolia maintains good ties with both Russia and China.",
            ("Mongolia", "multi_vector_policy", "for"),
        ),
        ("Peru does not support Russia’s invasion of Ukraine.", ("Peru", "war_on_ukraine", "against")),
        ("Laos is not Russia’s ally in this war.", ("Laos", "align_with_russia", "against")),
        ("Laos remains one of Moscow’s closest allies.", ("Laos", "align_with_russia", "for")),
        (
            "Peru does not want its ports used to bypass the sanctions.",
            ("Peru", "help_evade_sanctions", "against"),
        ),
        ("Oman does not support separatism.", ("Oman", "right_of_secession", "against")),
        ("Laos refused to hold a military parade on May 9.", ("Laos", "hold_victory_day_2022", "against")),
        ("Chile declined to send weapons to Ukraine.", ("Chile", "support_ukraine", "against")),
        ("Peru has no intention to join the sanctions.", ("Peru", "join_sanctions", "against")),
        ("Oman hopes to find a diplomatic solution in Ukraine.", ("Oman", "negotiated_settlement", "for")),
        (
            "Peru does not recognise the breakaway regions in eastern Ukraine.",
            ("Peru", "recognise_dnr_lnr", "against"),
        ),
    ],
)
def test_a_way_of_saying_places_whoever_it_tells_of(text, expected):
    assert expected in stands(text)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Peru could align itself with Russia.", "align_with_russia"),
        ("The resolution condemning Russia’s invasion of Ukraine was long.", "condemn_russia"),
    ],
)
def test_what_is_only_supposed_or_printed_is_no_stance(text, issue):
    assert issue not in [found[1] for found in stands(text)]


def test_a_name_that_is_acted_on_holds_nothing():
    found = stands("Oman warned Russia and offered to mediate in Ukraine.")
    assert ("Oman", "negotiated_settlement", "for") in found
    assert all(actor != "Russia" for actor, issue, _ in found if issue == "negotiated_settlement")


def test_soldiers_stand_for_their_state():
    assert ("Laos", "send_troops", "against") in stands("Laotian soldiers will not fight in Ukraine.")


@pytest.mark.parametrize(
    ("words", "issue", "stance"),
    [
        ("Russia is losing its influence in the Caucasus", "russia_losing_post_soviet_space", "for"),
        ("This is nothing but a game for the cameras", "tokayev_words_sincere", "against"),
        ("Peoples have the right to create their own state", "right_of_secession", "for"),
        ("The reforms are cosmetic", "reforms_genuine", "against"),
    ],
)
def test_a_claim_is_the_speakers(words, issue, stance):
    text = f"“{words},” said Anna Rossi."
    assert ("Anna Rossi", issue, stance) in stands(text, ((words, "Anna Rossi"),))


def test_a_claim_that_nobody_else_makes_is_the_authors():
    (one,) = findings("Russia will lose control over the region.", author="Anna Rossi").positions
    assert (one.actor, one.as_reported_by) == ("Anna Rossi", "Anna Rossi")
    (one,) = findings("Russia will lose control over the region.", doc="007_x").positions
    assert one.actor == "author of 007 (unnamed)"


def test_what_is_told_in_somebodys_words_is_reported_by_them():
    text = "“Serbia does not recognise Kosovo,” said Anna Rossi."
    (one,) = findings(text, (("Serbia does not recognise Kosovo", "Anna Rossi"),)).positions
    assert (one.actor, one.as_reported_by) == ("Serbia", "Anna Rossi")


@pytest.mark.parametrize(
    "text",
    ["Serbia exports fruit.", "The parade of clouds went on.", "Kosovo is hilly.", "Russia has many rivers."],
)
def test_what_takes_no_side(text):
    assert stands(text) == []


def test_a_case_adds_an_issue():
    known = extended(
        [
            {
                "id": "build_the_canal",
                "events": [{"type": ["support"], "text": "canal", "stance": "for", "strength": 0.8}],
                "phrases": [
                    {
                        "cues": ["canal"],
                        "text": "stop the canal",
                        "stance": "against",
                        "strength": 0.9,
                        "actor": "subject",
                    }
                ],
            }
        ]
    )
    found = findings("Panama backs the canal of Nicaragua. Chile wants to stop the canal.")
    told = positions(found.report, found.mentions, (), found.events, known)
    assert [(one.actor, one.stance) for one in told if one.issue == "build_the_canal"] == [
        ("Panama", "for"),
        ("Chile", "against"),
    ]


def test_an_entity_of_no_known_issue_gets_one_by_its_name():
    assert stands("Romania does not recognise Transnistria.")[0][1] == "recognise_transnistria"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ghana voted for the UN resolution on Ukraine. Togo did the same.",
            ("Togo", "condemn_russia_unga", "for"),
        ),
        (
            "Norway joined the sanctions on Russia, and Iceland followed suit.",
            ("Iceland", "join_sanctions", "for"),
        ),
        ("Costa Rica recognised Kosovo. Bolivia did not.", ("Bolivia", "recognise_kosovo", "against")),
        (
            "Norway and Iceland do not recognise Abkhazia.",
            ("Iceland", "recognise_south_ossetia_abkhazia", "against"),
        ),
        ("Chad, Mali and Togo joined the sanctions on Russia.", ("Chad", "join_sanctions", "for")),
        ("Chad, Mali and Togo joined the sanctions on Russia.", ("Togo", "join_sanctions", "for")),
        ("Neither Chad nor Mali has joined the sanctions on Russia.", ("Mali", "join_sanctions", "against")),
        (
            "Oman is far away. The sultanate has not joined the sanctions on Russia.",
            ("Oman", "join_sanctions", "against"),
        ),
        (
            "Tonga is far away. The island nation does not recognise Kosovo.",
            ("Tonga", "recognise_kosovo", "against"),
        ),
        (
            "President Ana Ito of Peru was clear. Her country does not recognise Kosovo.",
            ("Peru", "recognise_kosovo", "against"),
        ),
        (
            "The government in Jakarta was clear. It has not joined the sanctions on Russia.",
            ("Indonesia", "join_sanctions", "against"),
        ),
        (
            "Chad recognised Kosovo. Its neighbour Mali does not recognise it.",
            ("Mali", "recognise_kosovo", "against"),
        ),
        ("Chad recognised Kosovo; so did Peru.", ("Peru", "recognise_kosovo", "for")),
        ("Chad recognised Kosovo, but Peru refused to.", ("Peru", "recognise_kosovo", "against")),
        (
            "Tom Hale recognised Kosovo; Ana Ito, who rules Peru, did not.",
            ("Ana Ito", "recognise_kosovo", "against"),
        ),
        ("Chad and Peru met. The former recognised Kosovo.", ("Chad", "recognise_kosovo", "for")),
        ("Chad and Peru met. The latter does not recognise Kosovo.", ("Peru", "recognise_kosovo", "against")),
        ("Peru was the first state in the Andes to recognise Kosovo.", ("Peru", "recognise_kosovo", "for")),
        ("Peru withdrew its recognition of Kosovo.", ("Peru", "recognise_kosovo", "against")),
        ("The Russian invasion of Ukraine was condemned by Peru.", ("Peru", "condemn_russia", "for")),
        ("Peru voted yes when the resolution on Ukraine was put.", ("Peru", "condemn_russia_unga", "for")),
        ("Peru voted no when the resolution on Ukraine was put.", ("Peru", "condemn_russia_unga", "against")),
        (
            "The resolution on Ukraine was debated. Peru came out against it.",
            ("Peru", "condemn_russia_unga", "against"),
        ),
        ("Peru called the sanctions unjust. Moscow was pleased.", ("Peru", "join_sanctions", "against")),
        ("Peru sent field hospitals to Ukraine.", ("Peru", "humanitarian_aid_ukraine", "for")),
        ("Chad says it no longer recognises Taiwan.", ("Chad", "recognise_taiwan", "against")),
        (
            "Chad sent only medical aid. Ukraine had asked for more.",
            ("Chad", "humanitarian_aid_ukraine", "for"),
        ),
        ("Chad has moved closer to Moscow.", ("Chad", "align_with_russia", "for")),
        ("Lawmakers in Oslo voted for sanctions. Moscow protested.", ("Lawmakers", "join_sanctions", "for")),
        (
            "Chad is not in the business of taking sides in the war.",
            ("Chad", "neutrality_ukraine_war", "for"),
        ),
    ],
)
def test_whoever_is_meant_holds_the_position(text, expected):
    assert expected in stands(text)


@pytest.mark.parametrize(
    "text",
    [
        "Peru recognised Kosovo. Tom Hale did not come.",
        "In Chad, Mali recognised Kosovo.",
        "Peru recognised Kosovo after talks with Chad and Mali.",
        "Peru recognised Kosovo. The government of Chad was silent.",
        "Peru's neighbours and Chad watched; Peru recognised Kosovo.",
        "Chad and Mali met. Peru recognised Kosovo in the latter half of May, and the former president did not mind.",
        "Peru recognised Kosovo. Chad did not say so.",
    ],
)
def test_nobody_else_holds_it(text):
    assert {actor for actor, *_ in stands(text)} <= {"Peru", "Mali"}
    assert len(stands(text)) == 1


def test_whose_war_it_is_not():
    text = "“This is not our war,” said President Ana Ito of Peru. Ukraine had asked for help."
    told = (("This is not our war", "Ana Ito"),)
    assert ("Peru", "neutrality_ukraine_war", "for") in stands(text, told)


def test_a_name_behind_a_title_is_its_bearer_whoever_held_the_office():
    (one,) = findings("Azerbaijan's president, Kamran Orujov, does not recognise Kosovo.").positions
    assert one.actor == "Kamran Orujov"


def test_a_title_of_one_state_is_nobody_of_another():
    text = (
        "After a call with Emmanuel Macron, the Chilean president condemned the Russian invasion of Ukraine."
    )
    assert not any(actor == "Emmanuel Macron" for actor, *_ in stands(text))


def test_positions_marked_before_the_reader_saw_them_are_found():
    tallies = Tally(), Tally()
    for number, (text, rows) in enumerate(passages()):
        tallies[number % 2].add(read_report(report_of(Printed("a", text))).positions, rows)
    mended, unseen = tallies
    for text, rows in passages(LATER):
        unseen.add(read_report(report_of(Printed("a", text))).positions, rows)
    assert mended.f1 >= 0.85
    assert unseen.f1 >= 0.65
