"""Many ensembles that differ by little, one after another: without a source, without a claim, with it again."""

from __future__ import annotations

from dataclasses import replace

from tightrope.engine.ensemble import Ensemble, Progress, ensemble
from tightrope.engine.prepared import Prepared, Unfit, compiled_before
from tightrope.model.blueprint import Blueprint


class Repeated:
    """Ensembles of one blueprint after another, as `ensemble` gives them, by the compiled month where it is at hand.

    For many that differ by little: what does not differ is drawn once. One at a time.
    """

    def __init__(self) -> None:
        self._last: Prepared | None = None

    def __call__(
        self, blueprint: Blueprint, runs: int, seed: int, *, progress: Progress | None = None
    ) -> Ensemble:
        """All runs of a blueprint; `progress` is called once they are finished.

        Raises:
            ModelError: as `ensemble`.
        """
        if runs < 1 or not compiled_before():
            return ensemble(blueprint, runs, seed, progress=progress)
        origin = blueprint.origin or blueprint
        try:
            plain = replace(origin, months=blueprint.months)
            self._last = Prepared(plain, runs, seed, 1, self._last)
            found = self._last.run(blueprint if blueprint.origin else None)
        except Unfit:
            return ensemble(blueprint, runs, seed, progress=progress)
        if progress:
            progress(runs, runs)
        return found
