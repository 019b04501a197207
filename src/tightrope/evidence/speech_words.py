"""Words around verbs of saying: what says when and where, what a clause ends with, what can begin what is said."""

from __future__ import annotations

import re

_each = str.split  # a row of words reads better than a list of them


def any_of(words: str) -> str:
    """A pattern for any of the words of a row."""
    return f"(?:{'|'.join(_each(words))})"


DAYS = frozenset(_each("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"))
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_MONTHS = "January February March April May June July August September October November December"
_AUXILIARIES = "is are was were will would has have had can could should must may might"
_WHEN = "earlier last this late early yesterday today again later over before"

# When, where and to whom something is said.
_SETS = f"in on at to during after via through also publicly repeatedly [a-z]+ly {_WHEN} {_DAYS}"
_LEADS = f"in on at during after to via through from back following {_WHEN} {_DAYS}"
SETTING = re.compile(rf",? {any_of(_SETS)}\b")
SETTING_PART = rf"(?:,? {any_of(_LEADS)}\b[^:“”]{{0,140}})"
# Verbs that name who is told before what is said.
TELLS = re.compile(
    any_of("tell told inform assur remind warn promis advis caution notif convinc persuad show")
)
TELLING = frozenset(
    _each(
        "tell tells told telling ask asks asked asking inform informs informed assure assures assured "
        "remind reminds reminded warn warns warned warning"
    )
)
WHOM = re.compile(
    r" (?:reporters|journalists|him|her|them|us|me|parliament|lawmakers|legislators|investors|viewers"
    r"|state media|state television|the [a-z]+|a [a-z]+|the [A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}"
    r"|[A-Z][\w'.-]*(?: [A-Z][\w'.-]*){0,3}(?:'s [\w ]{1,30}?)?|police|staff|(?:[a-z]+ )?[a-z]{3,}s)(?= )"
)

# When something is said, between the verb and what is said.
_DAY = rf"(?:on |late |late on |early |early on |earlier )?{any_of(_DAYS)}(?: (?:morning|afternoon|evening|night))?"
_ON_AIR = "on (?:[a-z]+ )?(?:television|radio|TV|Twitter|X|Facebook|Instagram|Telegram)"
WHEN = re.compile(
    rf"(?: {_DAY}| in an? (?:statement|speech|letter|tweet|post|interview)| {_ON_AIR}| in (?:parliament|court)"
    r"| earlier| yesterday| today)?(?= )"
)

# Where a clause that tells what was said gives way to the writer's own words.
_THEN = "that added said called urged warned vowed promised has had he she they"
_REMARKED = "promise move claim step decision pledge demand reference nod charge"
_SAID = (
    "urged said added called warned vowed promised told accused insisted demanded asked denied praised criticised "
    "criticized"
)
_SAID_BY = (
    "said says told tells added adds wrote writes argued argues warned warns insisted insists explained noted"
)
_TURNS = "|".join(
    (
        "but|while|whereas|although|though|even though|which|who|according to|adding|saying|noting|citing|hinting",
        rf"referring|(?:he|she|they) (?:\w+ly )?{any_of(_SAID_BY)}|and {any_of(_THEN)}",
        f"in (?:an interview|a statement|comments|remarks)|an? {any_of(_REMARKED)}",
    )
)
CLAUSE_END = re.compile(
    rf" [–—] |;|, (?:{_TURNS})\b| (?:even though|whereas) | and (?:also |later |then )?{any_of(_SAID)}\b"
    rf"|,? and {any_of('accusing calling urging adding saying warning blaming demanding threatening vowing asking')}\b"
)
_BREAKS = "while when after before because although during since even just which who that"
NOUN_END = re.compile(
    rf" [–—] |[;:,]|[.?!]$| but | (?:and|or) {any_of(rf'{_AUXILIARIES} also said told then to [a-z]+ed')}\b"
    rf"| {any_of(_BREAKS)}\b| (?<!such )as\b| in (?:an interview|a statement|a speech)\b"
)
# After a verb between commas: what goes on with the verb, not with what is said.
ASIDE = re.compile(
    r", (?:in|on|at|during|after|before|speaking|a|an|the|as|when|while|and|or|with|to|from|for|where|by|\d"
    r"|based|compared|followed|asked|pressed|joined|according|\w+ing)\b|, [A-Z“]"
)

# Verbs whose past has no -ed.
PASTS = frozenset(
    _each(
        "became began bore bought broke brought built came caught chose cut did drew drove dug fell felt "
        "fled flew fought found gave got grew heard held hit hung hurt kept knew lay led left lit lost "
        "made meant met paid put ran read rose said sank sat saw sent set shook shot shut slept sold "
        "sought spent spoke stole stood struck swept swore taught thought threw told took understood went "
        "withdrew won wore wrote"
    )
)
# What can begin a clause that follows a verb of saying without `that`, and what cannot.
_SUBJECTS = (
    "the a an it he she they there this that these those we you I his her its their our some many most "
    "no any all both "
    "each every one two three four five more such what if when once"
)
CONTENT_BEGINS = re.compile(rf" (?:{any_of(_SUBJECTS)}\b|[A-Z0-9]|[a-z]+s\b)")
SUBJECT_FIRST = re.compile(rf" [a-z][\w-]*(?: [a-z][\w-]*){{0,6}}? {any_of(_AUXILIARIES)}\b")
# A plural with its verb: phone records prove.
_JOINTS = any_of("of in to for on at from with about and or by as than that who which is are was were")
PLAIN = re.compile(rf" (?:[a-z][a-z-]+ ){{0,3}}?[a-z]{{2,}}s (?!{_JOINTS}\b)[a-z]{{3,}} [a-z]")
# A noun or two with their past: output fell.
FELL = re.compile(rf" [a-z]{{3,}} (?:[a-z]{{3,}} )?(?:{any_of(' '.join(sorted(PASTS)))}|[a-z]{{3,}}ed)\b")
_OTHERWISE = (
    "in on at to for of with by from as so after before during yes no goodbye hello something nothing "
    "anything things this whether who how where why "
    f"sorry much more little less what recently again that was is has had last earlier later yesterday "
    f"today {_DAYS} {_MONTHS}"
)
NOT_CONTENT = re.compile(rf" {any_of(_OTHERWISE)}\b(?! (?:countries|states|people|one)\b)")
FINITE = re.compile(
    rf"\b(?:{any_of(_AUXILIARIES)}|does|do|\w+n't|\w{{2,}}ed|[a-z]{{3,}}s|{'|'.join(sorted(PASTS))})\b"
    r"|\b(?:he|she|it|they|we|you|who|there) (?:\w+ly |also |still |never )?[a-z]+\b"
)

# This was stated by X: of what stands before it.
_STATED = (
    "stated said announced reported told declared noted confirmed emphasized emphasised written claimed argued "
    "explained"
)
BACKWARD = re.compile(
    rf"^(?:This|That|It|All this) (?:was|has been|is) (?:also )?{any_of(_STATED)}\b[^.]{{0,60}}? by "
)

# Between a subject and its verb.
ADVERB = any_of(
    r"also then later once recently repeatedly reportedly previously earlier further immediately "
    r"quickly never always often "
    r"still even has have had is was will would could may might must should did does do not been be "
    r"being again now already "
    r"just simply only rightly finally clearly publicly openly angrily calmly today yesterday both all "
    r"himself herself "
    r"themselves (?!(?:family|ally|assembly|rally|bully|supply|reply|monopoly)\b)[a-z]+ly"
)
_PREPOSITIONS = (
    "of in at to with for from by on about against near under between than like into over toward "
    "towards including during "
    "via through among alongside regarding"
)
_GOVERNING = frozenset(_each(_PREPOSITIONS))
_LEADING = frozenset(_each("the a an his her its their former then late current"))
_PLAIN = re.compile(r"[a-z]+")
_END_OF_WORD = re.compile(r"\w*$")


def after_preposition(text: str, place: int) -> bool:
    """Whether a preposition governs what stands at a place, over its article and one more word.

    >>> after_preposition("talks with the former minister", 22), after_preposition("so the minister", 7)
    (True, False)
    """
    words = text[max(place - 40, 0) : place].lower().split(" ")
    if words.pop():
        return False
    last = len(words) - 1
    return _led(words, last) or (last > 0 and bool(_PLAIN.fullmatch(words[last])) and _led(words, last - 1))


def _led(words: list[str], at: int) -> bool:
    """Whether the words up to number `at` end with a preposition, after which only articles and their like stand."""
    while at >= 0 and words[at] in _LEADING:
        at -= 1
    if at < 0:
        return False
    word = words[at]
    found = None if word.isalpha() else _END_OF_WORD.search(word)
    return (found[0] if found else word) in _GOVERNING


NOBODY = frozenset(
    _each(
        "there this that which what it these those who whom he she they we i you and but or as if so "
        "then also here where "
        "when how why not the a an"
    )
)
LEADING_PREPOSITION = re.compile(
    rf"{any_of('in on at by for from with after before during since under over about to of')}\b", re.I
)
_SHORT = "Mr Mrs Ms Mx Dr Prof Gen Sen Rep Gov St Lt Col Maj Capt Sgt Cpl Adm Rev Hon Jr Sr [A-Z]"
ABBREVIATED = re.compile(rf"\b{any_of(_SHORT)}\.")

# Where and for whom a report was written: KYIV, Ukraine (AP) —
DATELINE = re.compile(
    r"[A-Z][A-Z'.-]+(?:[ /][A-Z][A-Z'.-]*)*(?:, [A-Z][\w .]+)?(?: \([\w ]+\))?,? ?[-–—]{1,2} ?|"
    r"[A-Z][\w' ]+ \([\w ]+\) ?[-–—]{1,2} ?"
)

# Nouns that stand for saying: X's claim that.
_SPOKEN = (
    "comments? remarks? claims? statements? assertions? announcements? promises? pledges? warnings? "
    "allegations? suggestions? "
    "accusations? declarations? insistence belief argument view assurances? admission contention "
    "prediction threats? words"
)
NOUN_THAT = re.compile(
    rf"'s? (?:[\w-]+ ){{0,2}}{any_of(_SPOKEN)}(?: (?:in|on|at|to|last|this|from|during"
    rf"|earlier)\b[^,:;“”]{{0,60}})?,? that "
    r"(?P<more>[^,;:“”]*)$"
)
WRITTEN_BY = re.compile(rf"\b{any_of('signed written spoken said uttered posted tweeted penned stated')} by ")

# Before these a form that is also a noun is one: his claim, the report, a promise.
NOUNISH = frozenset(
    _each(
        "a an the this that these those his her its their our my your no any some every such of many "
        "several few all both most "
        "other two three four five new recent first last member 's own same by in on for with from"
    )
)
SAME_AS_NOUN = frozenset(
    _each(
        "claim claims state states report reports comment comments note notes post posts tweet tweets "
        "offer offers demand "
        "demands promise promises pledge pledges answer answers reply replies charge charges quote "
        "quotes start finish read put "
        "reads puts hope hopes fear fears doubt doubts estimate estimates remark remarks proposal vow "
        "vows cry cries laugh "
        "laughs smile smiles sigh question urge urges voice voices warning saying writing beginning "
        "meaning stress recall appeal "
        "suggestion call calls rule rules object objects protest protests term terms label labels brand "
        "brands press rage "
        "thought held hold echo"
    )
)
