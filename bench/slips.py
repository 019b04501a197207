"""Break each mechanism once on purpose, in a copy, and see that its tests notice; one line for each slip."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Module, what it says, what the slip makes of it.
SLIPS = (
    ("choice", "tilt = intensity * utility", "tilt = -intensity * utility"),
    ("account", "term = phi * (weights[name]", "term = -phi * (weights[name]"),
    ("world", "menace * 0.5 ** (1.0 / half_life) + threat", "menace + threat"),
    ("routing", '-setting["compliance_friction"] * state', 'setting["compliance_friction"] * state'),
    ("economy", "rouble_beta * rouble + oil_beta * oil", "rouble_beta * rouble - oil_beta * oil"),
    (
        "stability",
        'felt = setting["price_grievance"] * state.hardship',
        'felt = -setting["price_grievance"] * state.hardship',
    ),
    ("security", "stake - cost", "stake + cost"),
    ("contest", '(1.0 - flow["tied_down"])', '(1.0 + flow["tied_down"])'),
    ("alignment", "np.subtract(reward, gradient", "np.add(reward, gradient"),
    ("compliance", 'setting["rent_share"] * free - loss', 'setting["rent_share"] * free + loss'),
    ("compliance", "sensitivity * evasion * (1.0 - belief)", "sensitivity * evasion * belief"),
    ("vote", '-setting["debt_weight"] * state.debt', 'setting["debt_weight"] * state.debt'),
    ("tally", "gap = wanted - np.log", "gap = 0.5 * wanted - np.log"),
    ("war", "lot >= edges[:2]", "lot < edges[:2]"),
    ("opinion", "(state.menace - usual_menace(setting))", "(usual_menace(setting) - state.menace)"),
    (
        "rule",
        'setting["rule_recovery"] * (1.0 - state.rule) - eroded',
        'setting["rule_recovery"] * (1.0 - state.rule) + eroded',
    ),
    ("rupture", "usual - share", "share - usual"),
    (
        "commitment",
        'setting["commitment_gain"] * flow["stricter"]',
        '-setting["commitment_gain"] * flow["stricter"]',
    ),
    ("recognition", "pressure - reprisal", "pressure + reprisal"),
    ("acts", "(act.pledge < 0)", "(act.pledge > 0)"),
    (
        "membership",
        "feared(state, setting) - protection(state, flow, setting)",
        "feared(state, setting) + protection(state, flow, setting)",
    ),
    ("retaliation", "conceded=given, forced=given", "conceded=-given, forced=given"),
    ("occasion", "uniform[decider, run] / limit", "uniform[decider, run]"),
    ("crisis", "expected(decider, p_force) - decider[CONCEDED]", "expected(decider, p_force)"),
    ("reform", 'np.exp(-setting["reform_doubt"]', 'np.exp(setting["reform_doubt"]'),
    ("twin", '- setting["twin_scale"] * pull', '+ setting["twin_scale"] * pull'),
    ("council", "1.0 - vetoes(worth, seen), 1.0", "vetoes(worth, seen), 1.0"),
    ("belief", "memory * log_odds + (1.0 - memory) * prior + ratio", "memory * log_odds + ratio"),
)


def main() -> None:
    found = [caught(*slip) for slip in SLIPS]
    print(f"slips: {sum(found)} of {len(found)} caught (goal {len(found)})")
    sys.exit(0 if all(found) else 1)


def caught(module: str, right: str, wrong: str) -> bool:
    """Whether the module's own tests fail once the slip is made; they pass without it (`dev.py test`)."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "src"
        shutil.copytree(ROOT / "src", copy, ignore=shutil.ignore_patterns("__pycache__"))
        path = copy / "tightrope" / "model" / f"{module}.py"
        text = path.read_text()
        if right not in text:
            raise SystemExit(f"slips: {module}.py no longer says {right!r}; bring bench/slips.py up to date")
        path.write_text(text.replace(right, wrong, 1))
        test = f"tests/model/test_{module}.py"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
        )
    first = next((line for line in done.stdout.splitlines() if line.startswith("FAILED")), "")
    name = first.removeprefix("FAILED ").split(" - ")[0] or "nothing"
    print(f"slips: {module}: {right} -> {wrong}: caught by {name}")
    return done.returncode == 1


if __name__ == "__main__":
    main()
