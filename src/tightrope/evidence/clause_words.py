"""Words by which a clause shows its joints: auxiliaries, prepositions, what opens and what ends a clause."""

from __future__ import annotations

from tightrope.evidence.found import Realis

_each = str.split  # a row of words reads better than a list of them

AUXILIARIES = frozenset(
    _each(
        "is are was were be been being am has have had having do does did will would shall should can "
        "could may might must isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't "
        "won't wouldn't can't cannot couldn't shouldn't 's 've 're 'll 'd"
    )
)
NEGATIONS = frozenset(
    _each(
        "not never no n't isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't "
        "wouldn't can't cannot couldn't shouldn't neither nor without hardly"
    )
)
MODALS: dict[str, Realis] = {
    "will": "planned",
    "shall": "planned",
    "'ll": "planned",
    "won't": "planned",
    "would": "hypothetical",
    "could": "hypothetical",
    "may": "hypothetical",
    "might": "hypothetical",
    "should": "hypothetical",
    "must": "hypothetical",
    "can": "hypothetical",
    "wouldn't": "hypothetical",
    "couldn't": "hypothetical",
    "'d": "hypothetical",
}
# What a verb or adjective before "to" (or before a verb in -ing) makes of the act that follows it.
CONTROLS = {
    **dict.fromkeys(
        _each(
            "refuse refuses refused refusing decline declines declined declining avoid avoids avoided "
            "avoiding fail fails failed failing stop stops stopped stopping cease ceases ceased ceasing "
            "reluctant unwilling unable refrain refrained refrains refraining out without instead"
        ),
        "denied",
    ),
    **dict.fromkeys(
        _each(
            "want wants wanted plan plans planned planning intend intends intended seek seeks sought "
            "seeking aim aims aimed aiming hope hopes hoped prepare prepares prepared preparing ready "
            "set about try tries tried trying attempt attempts attempted consider considers considered "
            "considering scheduled due willing decide decides decided expected expects expect eager "
            "determined"
        ),
        "planned",
    ),
    **dict.fromkeys(
        _each("threaten threatens threatened threatening likely unlikely possible tempted able"),
        "hypothetical",
    ),
    **dict.fromkeys(
        _each(
            "promise promises promised promising pledge pledges pledged vow vows vowed vowing agree "
            "agrees agreed swear swore undertake undertook commit committed promise pledge offer offers "
            "offered"
        ),
        "promised",
    ),
    **dict.fromkeys(
        _each(
            "ask asks asked asking urge urges urged urging tell told order orders ordered request "
            "requested persuade persuaded convince invite invites invited call calls called calling "
            "appeal appeals appealed press pressed push pushed encourage encouraged warn warned want "
            "wants wanted allow allows allowed"
        ),
        "asked",
    ),
    **dict.fromkeys(
        _each(
            "force forces forced forcing compel compels compelled oblige obliges obliged cause causes "
            "caused lead leads led enable enables enabled"
        ),
        "forced",
    ),
    **dict.fromkeys(_each("need needs needed ought has have"), "advised"),
    **dict.fromkeys(
        _each(
            "continue continues continued begin begins began begun start starts started help helps "
            "helped manage managed used seem seems seemed appear appears appeared rush rushed move "
            "moved"
        ),
        "happened",
    ),
}
WISHES = frozenset(_each("want wants wanted wish wishes wished"))
ADVERBS = frozenset(
    _each(
        "also already still even just now then thus ever further far yet soon again often once only "
        "almost long longer since however therefore later first together so always formally openly not to"
    )
)
DETERMINERS = frozenset(
    _each("the a an this that these those its his her their our my your any some every each no another")
)
PREPOSITIONS = frozenset(
    _each(
        "of in on at to for from by with against into over between among towards toward about across "
        "after before during since until under within without through near along upon behind alongside "
        "around as despite amid outside inside throughout below above beyond per via"
    )
)
SUBORDINATORS = frozenset(
    _each(
        "which who whom whose while whereas because although though when where if unless until whether "
        "before after since so despite amid"
    )
)
BREAKS = frozenset({".", ";", ":", "!", "?", "–", "—", "…", "-"})
OPENING = frozenset({"“", "„", "«", '"', "‘"})
CLOSING = frozenset({"”", "»", '"', "“", "’"})
PRONOUNS = frozenset(_each("it he she they we i you this that there who which"))
# Participles that hang on a noun and go on with its phrase: "sanctions imposed on".
PARTICIPLES = frozenset(
    _each(
        "imposed directed aimed targeting condemning taken levied introduced against made committed "
        "held launched led agreed signed reached demanding deploring applied denouncing calling"
    )
)
RELATIVES = frozenset(_each("who which that whom"))
# Verbs common enough to tell a clause from a list of names, besides those of the lexicon.
VERBS = frozenset(
    _each(
        "said says say told tell tells added adds argued argues claimed claims believes believe thinks "
        "think became become becomes remains remain seems appears wants want wanted needs need needed "
        "began begins continues continued took takes made makes make gave gives came comes went goes "
        "lost loses lose left leaves held holds met meets sent sends sought seeks led leads kept keeps "
        "put puts saw sees knew knows found finds stood stands fell falls rose rises hit ran runs "
        "includes include does warns warned refuses refused asked asks flew"
    )
)
