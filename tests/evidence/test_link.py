"""Links between invented reports, and that the work does not grow with the square of their number."""

from tests.evidence.made import findings

from tightrope.evidence.index import index_of
from tightrope.evidence.link import links
from tightrope.evidence.passage import stem

QUOTE = "We shall never close the harbour to the ships of our neighbours"


def told(*reports):
    return links(reports)


def test_the_same_quotation():
    one = findings(f"“{QUOTE},” said Anna Rossi.", ((QUOTE, "Anna Rossi"),), "a")
    two = findings(f"Rossi told us: “{QUOTE}.”", ((QUOTE, "Rossi"),), "b")
    (link,) = [each for each in told(one, two) if each.fact == "statement"]
    assert (link.level, link.doc_a, link.doc_b) == ("same quotation", "a", "b")
    assert one.report.raw[link.start_a : link.end_a] == QUOTE == two.report.raw[link.start_b : link.end_b]


def test_one_event_in_other_words():
    one = findings("In 2014, Chad asked France for military help.", doc="a")
    two = findings("The president said that Chad had turned to Paris for troops.", doc="b")
    (link,) = told(one, two)
    assert (link.fact, link.level) == ("event", "paraphrase")


def test_another_date_is_another_event():
    one = findings("Chad attacked Sudan in 2006.", doc="a")
    two = findings("Chad attacked Sudan in 2010.", doc="b")
    assert told(one, two) == ()


def test_what_happened_and_what_might_happen_are_two_things():
    one = findings("Chad attacked Sudan in 2006.", doc="a")
    two = findings("Chad could attack Sudan.", doc="b")
    assert told(one, two) == ()


def test_a_war_that_both_only_name_ties_nothing():
    one = findings("Prices rose after Chad's invasion of Sudan.", doc="a")
    two = findings("Many fled from Chad's invasion of Sudan.", doc="b")
    assert told(one, two) == ()


def test_nothing_within_one_report():
    assert told(findings("Chad attacked Sudan in 2006. In 2006 Chad attacked Sudan.", doc="a")) == ()


def test_a_position_in_like_words():
    one = findings("Vietnam pursues a multi-vector foreign policy.", doc="a")
    two = findings("Vietnam keeps to its multi-vector foreign policy.", doc="b")
    (link,) = told(one, two)
    assert link.fact == "position"


def test_many_reports_cost_no_more_each_than_few():
    texts = [f"In {1900 + n % 90}, Chad asked France for help. Chad attacked Sudan." for n in range(1200)]
    reports = [findings(text, doc=f"d{number}") for number, text in enumerate(texts)]
    compared = []
    for many in (300, 1200):
        held = index_of(reports[:many])
        links(held)
        compared.append(held.compared / many)
    assert compared[1] < 1.5 * compared[0]


def test_stems():
    assert stem("organised") == stem("organizes")
    assert stem("glass") == "glass"


def test_an_empty_corpus():
    assert links([]) == ()
    assert list(index_of([])) == []
