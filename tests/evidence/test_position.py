"""Positions in invented sentences: actor, issue, stance, and who tells of them."""

import pytest
from tests.evidence.made import findings

from tightrope.evidence.issue_rule import extended
from tightrope.evidence.position import positions


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
