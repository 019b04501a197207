# How Sphinx builds the documentation; it fetches nothing.
import tomllib
from pathlib import Path

_about = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")

project = "Tightrope"
author = "The Tightrope developers"
copyright = "2026, The Tightrope developers"
version = release = tomllib.loads(_about)["project"]["version"]

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = "Tightrope"
html_copy_source = False
