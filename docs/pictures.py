"""Draw the picture of each mechanism from the model's own functions: `python docs/pictures.py`.

A picture whose lines differ from what this computes fails tests/docs/test_pictures.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sketches import decisions, games, home, outside
from sketches.plot import Plot, svg

FOLDER = Path(__file__).parent / "images" / "mechanisms"

PICTURES: Mapping[str, Callable[[], Plot]] = {
    "war": outside.war,
    "world": outside.world,
    "routing": home.hub,
    "economy": home.prices,
    "opinion": home.people,
    "stability": home.streets,
    "twin": home.signals,
    "security": home.troops,
    "council": home.vetoes,
    "contest": outside.offers,
    "alignment": outside.leaning_path,
    "compliance": decisions.staying,
    "penalty": decisions.punished,
    "vote": decisions.ballot,
    "recognition": decisions.precedents,
    "acts": decisions.rites,
    "membership": decisions.blocs,
    "reform": home.promises,
    "crisis": games.claims,
    "retaliation": games.punishment,
    "belief": decisions.signs,
    "commitment": decisions.pledges,
    "rule": outside.order,
    "rupture": outside.breaks,
}


def main() -> None:
    """Write all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, picture in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(svg(picture()), encoding="utf-8")


if __name__ == "__main__":
    main()
