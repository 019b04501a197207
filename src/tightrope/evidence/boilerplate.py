"""What stands on a page beside the report: menus, icons, share buttons, comment forms, advertisements."""

from __future__ import annotations

import re

# A paragraph that is one of these from its first word to its last.
_WHOLE = re.compile(
    r"(?:leave a (?:reply|comment)|post a comment|(?:add|write) a comment|\d* ?comments?(?: \(\d+\))?"
    r"|no comments(?: yet)?"
    r"|your e-?mail address will not be published.*|required fields are marked.*"
    r"|(?:share|tweet|pin|like|print|email|e-mail|save|whatsapp|telegram|facebook|twitter|linkedin"
    r"|reddit|copy link|x|vk)"
    r"(?:[ |/•·,]+(?:share|tweet|pin|like|print|email|e-mail|save|whatsapp|telegram|facebook|twitter"
    r"|linkedin|reddit|copy link|x|vk|on|via|this|link|article|story))*"
    r"|share (?:this|on|via|with)\b.{0,40}|syndicate content|mots[- ]cl[ée]s|(?:key ?words|tags?"
    r"|topics?|filed under|categories)\b ?:?.{0,120}"
    r"|(?:skip|jump) to (?:main )?(?:content|navigation)|menu|search|home|log ?in|sign ?in|register"
    r"|close|toggle \w+|back to top|top of page"
    r"|(?:main|primary) (?:menu|navigation)|navigation|breadcrumbs?|home ?[›»>/|].*"
    r"|related (?:articles|stories|posts|topics|content|news|links).{0,40}|(?:more|recommended"
    r"|most (?:read|popular|viewed)|trending|latest news|top stories)\b.{0,30}"
    r"|read (?:more|next|also|the full (?:story|article))\b ?:?.{0,160}|(?:see|read) also\b ?:?.{0,160}"
    r"|continue reading\b.{0,120}|also read\b ?:?.{0,160}"
    r"|advertis(?:e)?ments?|(?:story|article) continues below.{0,40}|sponsored(?: content)?"
    r"|promoted(?: content)?"
    r"|(?:previous|next)(?: (?:post|article|story|page))?\b.{0,120}|listen to (?:this )?article.{0,40}"
    r"|\d+ min(?:ute)?s? read"
    r"|(?:image|photo|picture|photograph|file photo)(?: (?:credit|source|caption|by|via"
    r"|courtesy))?s? ?[:/].{0,160}"
    r"|by ?(?:admin|administrator|editor|staff|web ?desk|webmaster|news ?desk)|posted (?:in"
    r"|by)\b.{0,60}|written by admin"
    r"|all rights reserved\.?.{0,120}|(?:©|\(c\)|copyright ©?)\s?.{0,160}|terms (?:of (?:use|service)"
    r"|and conditions).{0,60}|privacy policy.{0,60}"
    r"|[†*•·|_=~#<>–—-]{2,}|arrow.{0,20})",
    re.I,
)
# A sentence that speaks to the reader of the page, not of the matter.
_PAGE = re.compile(
    r"\b(?:(?:sign up|subscribe)\b.{0,60}\b(?:newsletter|updates|channel|alerts?|inbox|today|for free"
    r"|emails?)"
    r"|(?:we|this (?:web)?site) uses? cookies|accept (?:all )?cookies|enable javascript"
    r"|javascript is (?:disabled|required)"
    r"|follow us on|join (?:us|our) (?:on|channel)|like us on|download (?:our|the) app"
    r"|support our (?:work|journalism)"
    r"|click here to|this article (?:was|is) (?:originally )?(?:published|republished) (?:on|at|in|by"
    r"|from|under)"
    r"|for (?:more|further) information,? (?:please )?(?:visit|contact)|please (?:log in|enable|subscribe)"
    r"|your browser (?:does not|doesn't)|already a (?:subscriber|member)|save my name, email"
    r"|get our free)\b",
    re.I,
)
# Words of which such a sentence has one; looking for them first is quick.
_OF_PAGE = (
    "sign up", "subscribe", "cookies", "javascript", "follow us", "join us", "join our", "like us", "download",
    "support our", "click here", "this article", "information", "please", "your browser", "already a",
    "save my name", "get our",
)  # fmt: skip
_ICON = re.compile(
    r"\b(?:[a-z]+-(?:line|solid|icon|bg|outline|filled|regular|arrow|btn|button)\b|image/svg\+xml"
    r"|icon-[a-z]+)"
)
_FORM = re.compile(
    r"(?:leave a (?:reply|comment)|post a comment|your e-?mail address will not be published)", re.I
)
_PROMOTION = re.compile(r"\b(?:you|your|yourself)\b", re.I)
_SELLS = re.compile(
    r"\b(?:simplest|easiest|best) way\b|\bget (?:a|in|the|your)\b|\b(?:contact|free trial|demo|request"
    r"|newsletter|subscribers?)\b",
    re.I,
)
_ENDS_SENTENCE = re.compile(r"[.!?…][”’\")\]]*$")
# A comment form ends the report only in its last part.
_LAST_PART = 0.6


def kept(texts: list[str]) -> list[bool]:
    """For each paragraph of a report, in order, whether it belongs to the report."""
    form = _form_at(texts)
    keep = [number < form and not is_boilerplate(text) for number, text in enumerate(texts)]
    for number in _promotion_at_end(texts, keep):
        keep[number] = False
    return keep


def is_boilerplate(text: str) -> bool:
    """Whether a paragraph, by itself, is part of the page and not of the report.

    >>> is_boilerplate("Leave a Reply"), is_boilerplate("The minister made no reply.")
    (True, False)
    """
    if len(text) <= 200 and _WHOLE.fullmatch(text.strip(" :.!")):
        return True
    if len(text) <= 400 and _speaks_of_page(text) and "“" not in text[:1]:
        return True
    if text.count("-") < 3:
        return False
    icons = len(_ICON.findall(text[:4000]))
    return icons >= 3 and icons * 4 >= len(text[:4000].split())


def _speaks_of_page(text: str) -> bool:
    low = text.lower()
    return any(words in low for words in _OF_PAGE) and _PAGE.search(text) is not None


def _form_at(texts: list[str]) -> int:
    """The paragraph with which a comment form begins, after which nothing of the report comes."""
    total = sum(map(len, texts))
    before = 0
    for number, text in enumerate(texts):
        if len(text) < 80 and before >= _LAST_PART * total and _FORM.match(text):
            return number
        before += len(text)
    return len(texts)


def _promotion_at_end(texts: list[str], keep: list[bool]) -> list[int]:
    """What a page sells below its last paragraph: addressed to the reader, after a line that is no sentence."""
    last = [number for number in range(len(texts)) if keep[number]][-2:]
    if len(last) < 2 or len(texts) < 5:
        return []
    label, text = texts[last[0]], texts[last[1]]
    quoted = any(mark in text for mark in '“”"')
    if quoted or not _PROMOTION.search(text) or not _SELLS.search(text):
        return []
    return last if len(label) < 40 and not _ENDS_SENTENCE.search(label) else [last[1]]
