# How Sphinx builds the documentation; it fetches nothing.
import tomllib
from pathlib import Path

from docutils.nodes import SkipNode
from docutils.utils.math.latex2mathml import tex2mathml

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
html_static_path = ["static"]
html_css_files = ["wide.css"]

# Equations become MathML here: no script, and no request leaves the page.
html_math_renderer = "mathml"


def setup(app):
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))


def _inline(translator, node):
    translator.body.append(tex2mathml(node.astext()))
    raise SkipNode


def _block(translator, node):
    translator.body.append(f'<div class="math">{tex2mathml(node.astext(), as_block=True)}</div>')
    raise SkipNode
