"""The running text of a web page, without what stands around it, and what the page says about itself."""

from __future__ import annotations

import re
import warnings
from html import unescape
from typing import Any

from tightrope.errors import EvidenceError
from tightrope.evidence.masthead import Masthead

_HIDDEN = re.compile(
    r"<(script|style|noscript|template|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S
)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|article|section|blockquote|figure|figcaption|hr)\b[^<>]*>", re.I
)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
_LINES = re.compile(r"[ \t]*\n\s*")
# Below this the extraction has missed the text, or the page has none.
_FEW = 40


def page_of(data: bytes) -> tuple[str, Masthead]:
    """The text of a web page and its title, author, date and site.

    Raises:
        EvidenceError: it holds no running text.
    """
    import trafilatura

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found: Any = trafilatura.bare_extraction(
                data, with_metadata=True, include_comments=False, include_tables=False, include_links=False
            )
        except Exception as error:  # lxml and its callers fail in many ways on what only looks like a page
            raise EvidenceError(
                f"its HTML cannot be read ({type(error).__name__}); save it as text"
            ) from None
    if found is None or not found.text or len(found.text) < _FEW:
        text = text_of(_decoded(data))
        if len(text) < _FEW:
            raise EvidenceError("it is a web page without running text; save the article's own page")
        return text, Masthead()
    about = Masthead(found.title or None, found.author or None, found.date or None, found.sitename or None)
    return found.text.replace("\n", "\n\n"), about


def text_of(html: str) -> str:
    r"""The text of a piece of HTML, a line for each of its blocks.

    >>> text_of("<p>One &amp; two</p><p>Three</p>")
    'One & two\n\nThree'
    """
    html = _BLOCK.sub("\n", _HIDDEN.sub(" ", html))
    return _LINES.sub("\n\n", unescape(_TAG.sub("", html))).strip()


def _decoded(data: bytes) -> str:
    from tightrope.evidence.file import decoded

    return decoded(data)
