"""Events in invented sentences: type, realis, source and target, over all types of the lexicon."""

import pytest
from tests.evidence.made import report

from tightrope.evidence.event import events
from tightrope.evidence.found import Event, Statement
from tightrope.evidence.mention import mentions


def read(
    text: str, statements: tuple[Statement, ...] = (), published: str | None = None
) -> tuple[Event, ...]:
    given = report(text, published=published)
    return events(given, mentions(given), statements)


TOLD = [
    ("Iraq invaded Kuwait in August 1990.", "assault", "happened", "Iraq", "Kuwait"),
    ("Serbia was bombed by NATO in 1999.", "assault", "happened", "NATO", "Serbia"),
    ("Azerbaijan launched an offensive against Armenia.", "assault", "happened", "Azerbaijan", "Armenia"),
    ("Iran fired missiles at Israel.", "assault", "happened", "Iran", "Israel"),
    ("Morocco's occupation of Western Sahara continues.", "assault", "happened", "Morocco", None),
    ("Analysts say China could attack Taiwan.", "assault", "hypothetical", "China", "Taiwan"),
    ("Ethiopia has not attacked Eritrea.", "assault", "denied", "Ethiopia", "Eritrea"),
    ("Turkey deployed troops to Libya.", "mobilize", "happened", "Turkey", "Libya"),
    ("Poland sent hundreds of soldiers to Belarus.", "mobilize", "happened", "Poland", "Belarus"),
    ("Germany will station a brigade in Lithuania.", "mobilize", "planned", "Germany", "Lithuania"),
    ("Hungary has not sent any troops to Mali.", "mobilize", "denied", "Hungary", "Mali"),
    ("Greek warships arrived in Cyprus.", "mobilize", "happened", "Greece", "Cyprus"),
    ("Egypt arrested dozens of activists.", "coerce", "happened", "Egypt", None),
    ("Belarus cracked down on protesters.", "coerce", "happened", "Belarus", None),
    ("Qatar expelled two Syrian businessmen.", "coerce", "happened", "Qatar", "two Syrian businessmen"),
    ("Georgia shut down three opposition channels.", "coerce", "happened", "Georgia", None),
    ("Cuba's crackdown on dissent went on.", "coerce", "happened", "Cuba", None),
    ("Japan imposed sanctions on North Korea.", "sanction", "happened", "Japan", "North Korea"),
    ("Canada is set to ban imports from Myanmar.", "sanction", "planned", "Canada", "Myanmar"),
    ("Serbia has not joined the sanctions against Russia.", "sanction", "denied", "Serbia", "Russia"),
    ("Brazil refused to join the embargo against Venezuela.", "sanction", "denied", "Brazil", "Venezuela"),
    ("American sanctions on Iran hurt the currency.", "sanction", "happened", "United States", "Iran"),
    ("Bahrain recalled its ambassador from Lebanon.", "sanction", "happened", "Bahrain", "Lebanon"),
    ("Pakistan threatened India with war.", "threaten", "happened", "Pakistan", "India"),
    ("Algeria warned France against sending back the migrants.", "threaten", "happened", "Algeria", "France"),
    ("Ethiopia issued an ultimatum to Sudan.", "threaten", "happened", "Ethiopia", "Sudan"),
    ("Thousands of Peruvians took to the streets of Lima.", "protest", "happened", "Peru", None),
    ("Protests broke out across Sri Lanka.", "protest", "happened", None, "Sri Lanka"),
    ("Georgians demonstrated against Russia.", "protest", "happened", "Georgia", "Russia"),
    ("Austria accused Hungary of breaking the rules.", "accuse", "happened", "Austria", "Hungary"),
    ("Mexico condemned Ecuador over the raid.", "accuse", "happened", "Mexico", "Ecuador"),
    ("India has not condemned Russia.", "accuse", "denied", "India", "Russia"),
    ("Finland was criticised by Turkey.", "accuse", "happened", "Turkey", "Finland"),
    ("Switzerland rejected the proposal of Italy.", "reject", "happened", "Switzerland", "Italy"),
    ("Ireland refused to extradite the suspect to Spain.", "reject", "happened", "Ireland", None),
    ("Slovakia ruled out sending weapons to Ukraine.", "reject", "happened", "Slovakia", "Ukraine"),
    ("Armenia has distanced itself from Russia.", "reject", "happened", "Armenia", "Russia"),
    ("Croatia opposes Serbia in the dispute.", "reject", "happened", "Croatia", "Serbia"),
    ("Haiti asked Kenya for help against the gangs.", "request", "happened", "Haiti", "Kenya"),
    ("Sweden urged Turkey to ratify the protocol.", "request", "happened", "Sweden", "Turkey"),
    ("Somalia turned to Egypt for military assistance.", "request", "happened", "Somalia", "Egypt"),
    ("Moldova applied to join the European Union.", "request", "happened", "Moldova", "European Union"),
    ("Chile called on Venezuela to publish the results.", "request", "happened", "Chile", "Venezuela"),
    ("Vietnam promised Laos to lower the tariffs.", "agree", "happened", "Vietnam", "Laos"),
    ("Jordan signed an agreement with Iraq on water.", "agree", "happened", "Jordan", "Iraq"),
    ("Oman agreed with Iran on a joint gas field.", "agree", "happened", "Oman", "Iran"),
    (
        "Uzbekistan will not become a hub to evade the sanctions on Russia.",
        "agree",
        "happened",
        "Uzbekistan",
        None,
    ),
    ("Norway held talks with Russia on fishing.", "consult", "happened", "Norway", "Russia"),
    ("The talks between Sudan and Egypt went on.", "consult", "happened", "Sudan", "Egypt"),
    ("Indonesia may host a summit with Australia.", "consult", "hypothetical", "Indonesia", "Australia"),
    ("Emmanuel Macron visited Serbia in July 2019.", "visit", "happened", "Emmanuel Macron", "Serbia"),
    ("Xi Jinping plans to travel to Vietnam.", "visit", "planned", "Xi Jinping", "Vietnam"),
    ("Joe Biden's visit to Poland was short.", "visit", "happened", "Joe Biden", "Poland"),
    ("Estonia supports Ukraine.", "support", "happened", "Estonia", "Ukraine"),
    ("Nepal expressed support for India.", "support", "happened", "Nepal", "India"),
    ("Bulgaria did not support Russia.", "support", "denied", "Bulgaria", "Russia"),
    ("Cyprus reaffirmed the territorial integrity of Georgia.", "support", "happened", "Cyprus", "Georgia"),
    ("Denmark sent medical supplies to Syria.", "aid", "happened", "Denmark", "Syria"),
    ("Tunisia received financial aid from Algeria.", "aid", "happened", "Algeria", "Tunisia"),
    ("Kuwait will provide loans to Jordan.", "aid", "planned", "Kuwait", "Jordan"),
    ("France withdrew its forces from Mali.", "yield", "happened", "France", "Mali"),
    ("Evo Morales stepped down after weeks of unrest.", "yield", "happened", "Evo Morales", None),
    ("Israel released dozens of prisoners.", "yield", "happened", "Israel", None),
    ("The withdrawal of troops from Afghanistan was hasty.", "yield", "happened", None, "Afghanistan"),
    ("Thailand cooperates with Japan on railways.", "cooperate", "happened", "Thailand", "Japan"),
    ("Angola deepened its ties with China.", "cooperate", "happened", "Angola", "China"),
    ("Mongolia wants to strengthen cooperation with Turkey.", "cooperate", "planned", "Mongolia", "Turkey"),
    ("South Africa abstained from the vote on Russia.", "abstain", "happened", "South Africa", "Russia"),
    ("Austria remained neutral in the war.", "abstain", "happened", "Austria", None),
    ("Gabon voted against Israel in the council.", "vote", "happened", "Gabon", "Israel"),
    (
        "The General Assembly adopted a resolution against Syria.",
        "vote",
        "happened",
        "UN General Assembly",
        "Syria",
    ),
    ("Latvia cancelled the yearly parade.", "symbolic_act", "happened", "Latvia", None),
    ("Bolivia called off the celebrations in La Paz.", "symbolic_act", "happened", "Bolivia", None),
    ("Volodymyr Zelensky proposed judicial reforms.", "reform", "happened", "Volodymyr Zelenskyy", None),
    ("Saudi Arabia introduced a new tax on sugar.", "reform", "happened", "Saudi Arabia", None),
    ("Germany recognised Kosovo in 2008.", "recognise", "happened", "Germany", "Kosovo"),
    ("Nauru recognised the independence of Abkhazia.", "recognise", "happened", "Nauru", "Abkhazia"),
    ("Spain does not recognise Kosovo.", "refuse_recognition", "happened", "Spain", "Kosovo"),
    ("Greece refuses to recognise Northern Cyprus.", "refuse_recognition", "happened", "Greece", None),
    ("Romania will not recognise Transnistria.", "refuse_recognition", "planned", "Romania", "Transnistria"),
]


@pytest.mark.parametrize(("text", "kind", "realis", "source", "target"), TOLD)
def test_what_a_sentence_tells(text, kind, realis, source, target):
    found = read(text)
    told = [one for one in found if one.type == kind]
    assert told, [(one.type, text[one.start : one.end]) for one in found]
    one = told[0]
    assert (one.realis, one.source) == (realis, source)
    if target is not None:
        assert one.target == target


@pytest.mark.parametrize(
    "text",
    [
        "Portugal has a long coast.",
        "The support of the bridge is made of steel.",
        "Norway is a member of the alliance.",
        "The visit was pleasant.",
        "Japan and Korea share a sea.",
        "A recognised expert wrote the study.",
        "The shelling point lies on the shore.",
    ],
)
def test_what_tells_of_no_event(text):
    assert read(text) == ()


MORE = [
    (
        "Oman will not impose sanctions on Iran or recognise Kosovo.",
        "refuse_recognition",
        "planned",
        "Oman",
        "Kosovo",
    ),
    ("Peru did not recognise Kosovo until 2008.", "recognise", "happened", "Peru", "Kosovo"),
    (
        "Chad has no army there, nor has it joined the sanctions against Sudan.",
        "sanction",
        "denied",
        "Chad",
        "Sudan",
    ),
    ("Norway “warned” Sweden against the plan.", "threaten", "happened", "Norway", "Sweden"),
    ("The EU sanctions policy on Iran went on.", "protest", None, None, None),
    ("Canada supports dialogue with Cuba.", "support", "happened", "Canada", None),
    ("Laos does “not recognise Kosovo” to this day.", "refuse_recognition", "happened", "Laos", "Kosovo"),
    (
        "Malta upheld Ukraine's independence, and Cyprus recognised Ukraine's independence.",
        "support",
        "happened",
        "Malta",
        "Ukraine",
    ),
    ("Hungary held off ratifying Sweden's accession.", "reject", "happened", "Hungary", "Sweden"),
    ("Over 40 civilians were killed in Mali.", "assault", "happened", None, "Mali"),
    ("The allies punished Syria with new sanctions.", "sanction", "happened", None, "Syria"),
    ("Egypt criticised Libya for expelling the envoys of Chad.", "sanction", "happened", "Libya", "Chad"),
]


@pytest.mark.parametrize(("text", "kind", "realis", "source", "target"), MORE)
def test_what_a_harder_sentence_tells(text, kind, realis, source, target):
    told = [(one.realis, one.source, one.target) for one in read(text) if one.type == kind]
    if realis is None:
        assert told == []
    else:
        assert (realis, source, target) in [(r, s, t if target else None) for r, s, t in told]


def test_examples_say_who_did_what_is_told_in_general():
    found = read(
        "They turn to France for help in the worst case, as happened with Chad in 1990 and Mali in 2013."
    )
    assert [(one.source, one.target, one.date) for one in found] == [
        ("Chad", "France", "1990"),
        ("Mali", "France", "2013"),
    ]


def test_no_date_is_taken_from_another_event_of_the_same_two():
    found = read("Chad annexed the oasis of Sudan in 1990. Chad invaded Sudan.")
    assert [one.date for one in found] == ["1990", None]


def test_each_entity_is_a_row_of_its_own():
    found = read("Belarus does not recognise Abkhazia, South Ossetia and Kosovo.")
    assert [one.target for one in found] == ["Abkhazia", "South Ossetia", "Kosovo"]
    assert {one.type for one in found} == {"refuse_recognition"}


def test_a_second_verb_takes_over_the_subject():
    found = read("Kenya closed its border and accused Somalia of smuggling.")
    assert [(one.type, one.source) for one in found][-1] == ("accuse", "Kenya")


def test_an_act_within_another():
    found = read("Mexico condemned Russia's invasion of Ukraine.")
    assert [(one.type, one.source, one.target) for one in found] == [
        ("accuse", "Mexico", "Russia"),
        ("assault", "Russia", "Ukraine"),
    ]


def test_the_shortest_clause_is_the_span():
    text = "Although it rained, Denmark sent blankets and medical supplies to Syria, which thanked nobody."
    (one,) = [each for each in read(text) if each.type == "aid"]
    assert text[one.start : one.end] == "Denmark sent blankets and medical supplies to Syria"


def test_a_date_in_the_clause_or_at_the_head_of_the_sentence():
    (one,) = read("In May 2003, Chad attacked Sudan.")
    assert (one.date, one.date_basis) == ("2003-05", "stated")
    (one,) = read("Chad attacked Sudan last March.", published="2010-06-01")
    assert (one.date, one.date_basis) == ("2010-03", "relative")
    (one,) = read("Chad attacked Sudan.")
    assert (one.date, one.date_basis) == (None, "unknown")


def test_the_same_event_told_again_takes_its_date():
    found = read("In 2006, Chad attacked Sudan. Nobody knew why Chad attacked Sudan.")
    assert [(one.date, one.date_basis) for one in found] == [("2006", "stated"), ("2006", "inferred")]


def test_in_whose_words():
    text = "“Chad attacked Sudan,” said Rossi."
    said = Statement("doc", 1, 21, "direct", "Rossi", "after", 0.9)
    (one,) = read(text, (said,))
    assert one.via == "Rossi"


def test_we_is_the_speakers_state():
    text = "“We do not recognise Kosovo,” said Spanish President Pedro Rossi."
    said = Statement("doc", 1, 28, "direct", "Pedro Rossi", "after", 0.9)
    (one,) = read(text, (said,))
    assert (one.type, one.source) == ("refuse_recognition", "Spain")


def test_a_principle_applied_to_others_carries_the_refusal_over():
    text = "“We do not recognise Kosovo. The same principle will be applied to Abkhazia,” said Spanish minister Rossi."
    last = read(text, (Statement("doc", 1, 75, "direct", "Rossi", "after", 0.9),))[-1]
    assert (last.type, last.realis, last.target) == ("refuse_recognition", "planned", "Abkhazia")


@pytest.mark.parametrize(
    "text", ["", "…", "“”", "and and and", "not to", "refused to", "“We", "(" * 50, "to " * 500]
)
def test_odd_text_is_no_fault(text):
    assert isinstance(read(text), tuple)
