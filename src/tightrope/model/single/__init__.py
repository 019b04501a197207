"""The month of a single run, compiled: the same model as its NumPy neighbours, which define it, run by run.

Interactive work needs an answer within a blink. NumPy steps all runs together and pays for every call; here the state
of the few runs that a processor adds up at once (`lanes`) is a few small arrays, a decision that is not up is an `if`,
and runs share nothing, so that threads can divide them.
"""

from hashlib import sha256
from pathlib import Path

# What hands things to the loop, and is no part of it.
AROUND = ("figures.py", "pack.py", "runs.py")


def sources() -> str:
    """A digest of all that is compiled into the loop, so that what was kept of an older version is never used."""
    digest = sha256()
    here = Path(__file__).parent
    for path in (here.parent / "fast.py", *sorted(here.glob("*.py"))):
        if path.name not in AROUND:
            digest.update(path.read_bytes())
    return digest.hexdigest()


# The mechanisms that have a twin here, by stage, as in `step.STAGES`. Where the two differ, NumPy works alone.
TWINS = (
    ("war",),
    ("world",),
    ("routing", "economy"),
    ("opinion", "stability"),
    ("twin",),
    ("security",),
    ("contest",),
    ("alignment", "compliance", "vote", "recognition", "acts", "membership", "reform"),
    ("penalty", "crisis", "retaliation"),
    ("belief",),
    ("commitment", "rule", "rupture"),
)
