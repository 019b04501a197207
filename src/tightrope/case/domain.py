"""What the numbers of a case can be: one table for figures, by the last word of their id, one for happenings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tightrope.evidence.record import LARGEST

if TYPE_CHECKING:
    from tightrope.case.document import Path
    from tightrope.case.draft import Draft


@dataclass(frozen=True)
class Domain:
    """The numbers from `low` to `high`; `above`: without `low` itself; `percent`: the most in percent."""

    low: float = -LARGEST
    high: float = LARGEST
    above: bool = False
    percent: float = LARGEST

    def remedy(self, value: float, unit: str | None = None) -> str | None:
        """What would be right in place of `value`; None where it can stand. What is no number never can."""
        in_percent = unit is not None and unit.lower().startswith(("percent", "%"))
        high = min(self.high, self.percent) if in_percent else self.high
        if self.low <= value <= high and not (self.above and value == self.low):
            return None
        most = "" if high == LARGEST else f"at most {high:g}"
        if self.above:
            return f"give a number above {self.low:g}" + (f" and {most}" if most else "")
        if not most and self.low > -LARGEST:
            return f"give a number of at least {self.low:g}"
        return f"give a number from {self.low:g} to {high:g}"


_POSITIVE = Domain(0.0, above=True)
_FLOW = Domain(0.0, percent=1000.0)
_PERCENT = Domain(0.0, 100.0)
_SHARE = Domain(0.0, 1.0)

# By the last word of a figure's id; `trade_*` holds for every word that starts so and is not here itself.
FIGURES: Mapping[str, Domain] = {
    "gdp": _POSITIVE,
    "population": _POSITIVE,
    "detour": _POSITIVE,
    "exports_total": Domain(0.0, above=True, percent=1000.0),
    "trade_*": _FLOW,
    "imports_*": _FLOW,
    "exports_*": _FLOW,
    "ethnic_russians": _PERCENT,
    "route_dependence": _PERCENT,
    "resource_rents": _PERCENT,
    "selectorate_ratio": _SHARE,
    "sanctioned": _SHARE,
    "import_ceiling": Domain(0.0, 95.0),
    "currency_fall": Domain(0.0, 99.0),
    "capability": Domain(0.0),
    "ideal_point": Domain(-10.0, 10.0),
    "secession_exposure": _SHARE,
    "outside_threat": _SHARE,
    "remittances_*": _PERCENT,
    "energy_*": _PERCENT,
    "inequality": _PERCENT,
    "recognisers": Domain(0.0, 1000.0),
    "further_claims": Domain(0.0),
}

HAPPENINGS: Mapping[str, Domain] = {
    "tied_down": _SHARE,
    "price_cap": _SHARE,
    "route_closed": _SHARE,
    "secondary_sanctions": _SHARE,
    "fuel_step": Domain(-3.0, 3.0),
    "threat": Domain(0.0, 5.0),
    "credibility": _SHARE,
    "effort": Domain(0.0, 100.0),
    "coordination": _SHARE,
    "claim": _SHARE,
    "retaliation": _SHARE,
    "leave_security": _SHARE,
    "leave_economic": _SHARE,
    "join_sanctions": _SHARE,
    "send_troops": _SHARE,
    "enforcement": _SHARE,
    "outside_threat": _SHARE,
}

_ANY = Domain()


def figure_domain(figure: str) -> Domain:
    """What the figure with this id can be, as in `figure_domain("kaz.gdp")`; any number if nothing is said."""
    word = figure.rpartition(".")[2]
    return FIGURES.get(word) or FIGURES.get(word.partition("_")[0] + "_*") or _ANY


def check_domains(draft: Draft) -> None:
    """Add to the draft's faults each figure, tie, setting and happening that cannot have its value."""
    for path, value, domain, unit in _numbers(draft):
        remedy = domain.remedy(value, unit)
        if remedy is not None:
            draft.fault(path, f"it cannot be {value:g}", remedy)


def _numbers(draft: Draft) -> Iterator[tuple[Path, float, Domain, str | None]]:
    """Every number with a domain: its path, itself, what it can be, and its unit."""
    units: dict[str, str] = {}
    for index, figure in draft.records.get("figures", {}).items():
        domain, unit = figure_domain(figure.id), units.setdefault(figure.id, figure.unit)
        for place, reading in enumerate(figure.claims):
            yield ("figures", index, "claims", place, "value"), reading.value, domain, unit
        for end in ("low", "high"):
            if getattr(figure, end) is not None:
                yield ("figures", index, end), getattr(figure, end), domain, unit
    for index, tie in draft.records.get("ties", {}).items():
        if tie.kind == "recognition" and tie.value is not None:  # the part of a bloc's members that do
            yield ("ties", index, "value"), tie.value, _SHARE, None
    for index, scenario in draft.records.get("scenarios", {}).items():
        for place, setting in enumerate(scenario.settings):
            kind, _, name = setting.path.partition(".")
            if kind != "figures":
                continue
            for end in ("value", "low", "high"):
                if getattr(setting, end) is not None:
                    path = ("scenarios", index, "settings", place, end)
                    yield path, getattr(setting, end), figure_domain(name), units.get(name, setting.unit)
        for place, happening in enumerate(scenario.happenings):
            path = ("scenarios", index, "happenings", place, "value")
            yield path, happening.value, HAPPENINGS[happening.kind], None
