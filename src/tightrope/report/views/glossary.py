"""GET /api/words: what the words of the page mean."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from tightrope.report.desk import Desk
from tightrope.report.glossary import words_of_the_model


def router(_desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.get("/words")
    def told() -> dict[str, Any]:
        return {"groups": [asdict(group) for group in words_of_the_model()]}

    return made
