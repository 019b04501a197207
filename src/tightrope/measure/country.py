"""Which state cast a vote: codes and names of the sources brought to one ISO 3166 code per member of the Assembly.

A code follows the seat, not the map:

* A state that was renamed, or that continues another's membership, keeps one code throughout: RUS is also the
  Soviet Union, DEU the Federal Republic of Germany since 1973, COD Zaire, YEM the Yemen Arab Republic, EGY the United
  Arab Republic.
* A state that ended keeps its own code and stops: CSK (Czechoslovakia), DDR (German Democratic Republic), YMD
  (Democratic Yemen), YUG (the Yugoslavia of 1945–1992), EAZ (Zanzibar).
* Some files call Serbia "Yugoslavia". From 1 November 2000, when the Federal Republic of Yugoslavia was admitted, that
  seat is Serbia's and is called SRB; between September 1992 and then nobody voted on it.
* China's seat was held from Taipei until 25 October 1971 (TWN) and from Beijing since (CHN): two voters, two codes.

`GAPS` lists the spells in which a state that had voted before was no member or was kept from voting. There it was not
absent: it could not have voted.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import numpy as np

Day = np.datetime64

# Correlates of War number : ISO 3166-1 alpha-3. What is not in ISO 3166-1 is in ISO 3166-3 or reserved there.
_NUMBERED = """
2:USA 20:CAN 31:BHS 40:CUB 41:HTI 42:DOM 51:JAM 52:TTO 53:BRB 54:DMA 55:GRD 56:LCA 57:VCT 58:ATG 60:KNA 70:MEX
80:BLZ 90:GTM 91:HND 92:SLV 93:NIC 94:CRI 95:PAN 100:COL 101:VEN 110:GUY 115:SUR 130:ECU 135:PER 140:BRA 145:BOL
150:PRY 155:CHL 160:ARG 165:URY 200:GBR 205:IRL 210:NLD 211:BEL 212:LUX 220:FRA 221:MCO 223:LIE 225:CHE 230:ESP
232:AND 235:PRT 255:DEU 260:DEU 265:DDR 290:POL 305:AUT 310:HUN 315:CSK 316:CZE 317:SVK 325:ITA 331:SMR 338:MLT
339:ALB 340:SRB 341:MNE 343:MKD 344:HRV 345:YUG 346:BIH 349:SVN 350:GRC 352:CYP 355:BGR 359:MDA 360:ROU 365:RUS
366:EST 367:LVA 368:LTU 369:UKR 370:BLR 371:ARM 372:GEO 373:AZE 375:FIN 380:SWE 385:NOR 390:DNK 395:ISL 402:CPV
403:STP 404:GNB 411:GNQ 420:GMB 432:MLI 433:SEN 434:BEN 435:MRT 436:NER 437:CIV 438:GIN 439:BFA 450:LBR 451:SLE
452:GHA 461:TGO 471:CMR 475:NGA 481:GAB 482:CAF 483:TCD 484:COG 490:COD 500:UGA 501:KEN 510:TZA 511:EAZ 516:BDI
517:RWA 520:SOM 522:DJI 530:ETH 531:ERI 540:AGO 541:MOZ 551:ZMB 552:ZWE 553:MWI 560:ZAF 565:NAM 570:LSO 571:BWA
572:SWZ 580:MDG 581:COM 590:MUS 591:SYC 600:MAR 615:DZA 616:TUN 620:LBY 625:SDN 626:SSD 630:IRN 640:TUR 645:IRQ
651:EGY 652:SYR 660:LBN 663:JOR 666:ISR 670:SAU 678:YEM 679:YEM 680:YMD 690:KWT 692:BHR 694:QAT 696:ARE 698:OMN
700:AFG 701:TKM 702:TJK 703:KGZ 704:UZB 705:KAZ 710:CHN 712:MNG 713:TWN 731:PRK 732:KOR 740:JPN 750:IND 760:BTN
770:PAK 771:BGD 775:MMR 780:LKA 781:MDV 790:NPL 800:THA 811:KHM 812:LAO 816:VNM 820:MYS 830:SGP 835:BRN 840:PHL
850:IDN 860:TLS 900:AUS 910:PNG 920:NZL 935:VUT 940:SLB 946:KIR 947:TUV 950:FJI 955:TON 970:NRU 983:MHL 986:PLW
987:FSM 990:WSM
"""
BY_NUMBER = {int(number): code for number, _, code in (entry.partition(":") for entry in _NUMBERED.split())}
STATES = frozenset(BY_NUMBER.values())

# Codes and names under which the sources file a seat that `STATES` calls otherwise; names without case or accents.
_CALLED = {
    "SUN": "RUS", "GER": "DEU", "ROM": "ROU", "ZAR": "COD", "BUR": "MMR", "YAR": "YEM", "SCG": "SRB", "DHY": "BEN",
    "HVO": "BFA", "TMP": "TLS", "CS": "CSK", "DD": "DDR", "YD": "YMD", "YU": "YUG", "XKX": "",
    "federal republic of germany": "DEU", "yemen arab republic": "YEM", "yemen people s republic": "YMD",
    "zanzibar": "EAZ", "czechoslovakia": "CSK", "german democratic republic": "DDR", "yugoslavia": "YUG",
}  # fmt: skip

_FORMER = {
    "CSK": "Czechoslovakia",
    "DDR": "German Democratic Republic",
    "YMD": "Democratic Yemen",
    "YUG": "Yugoslavia (to 1992)",
    "EAZ": "Zanzibar",
}

_SERBIA_FROM = Day("2000-11-01", "D")
_NEVER, _OPEN = Day("1900-01-01", "D"), Day("2999-12-31", "D")

# First and last day on which a state that votes at other times could not; Assembly resolutions or dates of treaties.
GAPS: dict[str, tuple[tuple[np.datetime64, np.datetime64], ...]] = {
    "ZAF": ((Day("1974-11-12"), Day("1994-06-22")),),  # credentials rejected until June 1994
    "IDN": ((Day("1965-01-20"), Day("1966-09-27")),),  # withdrew, came back
    "SYR": ((Day("1958-02-22"), Day("1961-10-12")),),  # in the United Arab Republic, whose seat is EGY
    "YUG": ((Day("1992-09-22"), _OPEN),),  # resolution 47/1
    "SRB": ((_NEVER, Day("2000-10-31")),),
    "CSK": ((Day("1993-01-01"), _OPEN),),
    "DDR": ((Day("1990-10-03"), _OPEN),),
    "YMD": ((Day("1990-05-22"), _OPEN),),
    "EAZ": ((Day("1964-04-26"), _OPEN),),
    "TWN": ((Day("1971-10-26"), _OPEN),),  # resolution 2758 (XXVI)
    "CHN": ((_NEVER, Day("1971-10-25")),),
}


def plain(name: str) -> str:
    """The name in small letters without accents and signs, for comparing.

    >>> plain("Côte d’Ivoire")
    'cote d ivoire'
    """
    letters = unicodedata.normalize("NFKD", name.replace("&", "and")).casefold()
    letters = "".join(sign if sign.isalnum() else " " for sign in letters if not unicodedata.combining(sign))
    return " ".join(letters.split())


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Every code, and every English name of CLDR, to the code of the seat."""
    from babel import Locale
    from babel.core import get_global

    two = {code: alias[0] for code, alias in get_global("territory_aliases").items() if code in STATES}
    names = Locale("en").territories
    found = {plain(names[short]): code for code, short in two.items() if short in names}
    return found | {short: code for code, short in two.items()} | {code: code for code in STATES} | _CALLED


def state_of(code: str, name: str = "") -> str | None:
    """The code of the seat that a file means by a code (two or three letters, or a Correlates of War number) or name.

    Returns `None` where neither is known, or where what they name has no seat. Serbia's seat is told from
    Yugoslavia's by the date only: see `seat`.

    >>> state_of("NA"), state_of("SUN"), state_of("", "Yemen Arab Republic"), state_of("345"), state_of("XX")
    ('NAM', 'RUS', 'YEM', 'YUG', None)
    """
    if code.isdecimal():
        return BY_NUMBER.get(int(code))
    known = _known()
    return known.get(code.upper()) or known.get(plain(name)) or None


def seat(state: str, day: np.datetime64) -> str:
    """The code of whoever held the state's seat on that day: SRB for a "Yugoslavia" of November 2000 or later.

    >>> seat("YUG", np.datetime64("2014-03-27")), seat("YUG", np.datetime64("1980-12-01"))
    ('SRB', 'YUG')
    """
    return "SRB" if state == "YUG" and day >= _SERBIA_FROM else state


def could_vote(state: str, day: np.ndarray) -> np.ndarray:
    """Whether a state that had been admitted could vote on each day; days (I,) give booleans (I,)."""
    able = np.ones(day.shape, bool)
    for first, last in GAPS.get(state, ()):
        able &= (day < first) | (day > last)
    return able


def name_of(state: str) -> str:
    """What the state is called in English, as CLDR has it.

    >>> name_of("KAZ"), name_of("CSK")
    ('Kazakhstan', 'Czechoslovakia')
    """
    from babel import Locale
    from babel.core import get_global

    if state in _FORMER:
        return _FORMER[state]
    short = get_global("territory_aliases").get(state, [state])[0]
    return str(Locale("en").territories.get(short, state))
