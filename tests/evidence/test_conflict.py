"""Conflicts between and within invented reports: each kind once, what matters most first, and no false alarm."""

from tests.evidence.made import findings

from tightrope.evidence.conflict import conflicts
from tightrope.evidence.issue_title import TITLES, title


def seen(*reports):
    return [(one.kind, one.salience) for one in conflicts(reports)]


def forum(doc, words):
    return findings(f"“{words},” said Spanish President Pedro Rossi.", ((words, "Pedro Rossi"),), doc)


def test_a_lost_negation_comes_first():
    one = forum("a", "That is why we recognise Kosovo, Abkhazia and South Ossetia today")
    two = forum("b", "For this reason we do not recognise Kosovo, nor Abkhazia, nor South Ossetia today")
    first = conflicts([one, two])[0]
    assert (first.kind, first.salience) == ("polarity", 3)
    assert {first.doc_a, first.doc_b} == {"a", "b"}
    assert "recognise Kosovo" in one.report.raw[first.start_a : first.end_a]


def test_a_quotation_in_two_wordings():
    one = forum("a", "Of course they asked us to stand firmly by their side in the council")
    two = forum("b", "Of course they asked us to stand firmly by his side in the council")
    assert ("wording", 3) in seen(one, two)


def test_a_quotation_that_goes_on_in_two_ways():
    head = "Of course they asked us to stand by them in the council"
    words = (f"{head}. But Spain respects every border.", f"{head}. Yet nobody wants another long winter.")
    reports = [
        findings(f"“{told}” said Pedro Rossi.", ((told, "Pedro Rossi"),), doc)
        for doc, told in zip("ab", words, strict=True)
    ]
    found = [one for one in conflicts(reports) if "goes on" in one.why]
    assert len(found) == 1
    assert reports[0].report.raw[found[0].start_a : found[0].end_a] == "But Spain respects every border."


def test_one_quotation_of_two_speakers():
    words = "The harbour will stay open to every ship that comes in peace"
    one = findings(f"“{words},” said Anna Rossi.", ((words, "Anna Rossi"),), "a")
    two = findings(f"“{words},” said Marco Bianchi.", ((words, "Marco Bianchi"),), "b")
    assert ("attribution", 3) in seen(one, two)


def test_numbers_of_one_unit():
    one = findings("Chad sent 200 soldiers to Sudan in May 2006.", doc="a")
    two = findings("In May 2006 Chad sent 900 soldiers to Sudan.", doc="b")
    assert ("number", 3) in seen(one, two)


def test_numbers_that_do_not_exclude_each_other():
    one = findings("Chad sent more than 200 soldiers to Sudan in May 2006.", doc="a")
    two = findings("In May 2006 Chad sent 900 soldiers to Sudan.", doc="b")
    assert seen(one, two) == []


def test_done_and_denied():
    one = findings("Chad joined the sanctions against Sudan.", doc="a")
    two = findings("Chad has not joined the sanctions against Sudan.", doc="b")
    assert seen(one, two)[0][0] == "polarity"


def test_one_event_in_two_places():
    one = findings("Protests broke out in Maradi in May 2006.", doc="a")
    two = findings("In May 2006 there were protests in Zinder.", doc="b")
    assert ("wording", 3) in seen(one, two)


def test_names_that_take_a_side():
    one = findings("Kenya condemned Chad's invasion of Sudan.", doc="a")
    two = findings("Kenya watched Chad's special military operation in Sudan.", doc="b")
    assert ("wording", 2) in seen(one, two)


def test_steady_here_and_changed_there():
    one = findings("Chad keeps to its consistent policy.", doc="a")
    two = findings("Chad changed its position in May.", doc="b")
    assert ("interpretation", 3) in seen(one, two)


def test_the_weaker_and_the_stronger_promise():
    one = findings("Chad will not become a hub to evade the sanctions on Sudan.", doc="a")
    two = findings("Chad promised to follow the sanctions.", doc="b")
    assert ("wording", 3) in seen(one, two)


def test_two_states_that_disagree_are_no_conflict_of_reports():
    one = findings("Chad recognised Kosovo.", doc="a")
    two = findings("Sudan does not recognise Kosovo.", doc="b")
    assert seen(one, two) == []


def test_what_agrees_is_no_conflict():
    one = findings("In 2006, Chad asked France for help.", doc="a")
    two = findings("Chad asked France for help in 2006.", doc="b")
    assert seen(one, two) == []
    assert conflicts([]) == ()


def test_sentences_name_states_and_issues():
    one = findings("Chad recognised Kosovo.", doc="a")
    two = findings("Chad does not recognise Kosovo.", doc="b")
    told = [each.why for each in conflicts([one, two])]
    assert "Chad for in one, against in the other: recognition of Kosovo" in told


def test_an_issue_without_a_title_is_called_by_its_id():
    assert title("recognise_south_africa") == "recognition of South Africa"
    assert title("open_the_port") == "open the port"
    assert title("condemn_russia_unga") == TITLES["condemn_russia_unga"]
