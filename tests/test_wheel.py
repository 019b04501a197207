"""The wheel, installed elsewhere, holds all that a run needs."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATA = {".yaml", ".html", ".css", ".js", ".json"}
# Neither the sources nor the settings of this test run may reach the installed copy.
CLEAN = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


def pip(*words):
    """Run pip offline: what the build needs is in the environment of the tests."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, words)]
    done = subprocess.run(command, env=CLEAN, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-index", "--no-build-isolation", "--no-deps", "-w", folder, ROOT)
    (built,) = folder.glob("tightrope-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The interpreter of an environment with the wheel, and the dependencies of this one."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, env=CLEAN)
    python = folder / "bin" / "python"
    pip("--python", python, "install", "--no-index", "--no-deps", wheel)
    (packages,) = folder.glob("lib/python*/site-packages")
    # A path in a .pth file is searched, but the .pth files in it are not read: the sources stay out.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def test_the_wheel_holds_every_data_file(wheel):
    src = ROOT / "src"
    expected = {f.relative_to(src).as_posix() for f in src.rglob("*") if f.suffix in DATA | {".py"}}
    assert expected <= set(zipfile.ZipFile(wheel).namelist())


def test_the_wheel_brings_the_licence_and_the_command(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert any(name.endswith(".dist-info/entry_points.txt") for name in names)


def test_the_installed_package_is_the_one_imported(installed, tmp_path):
    program = "import tightrope; print(tightrope.__file__)"
    shown = subprocess.run(
        [installed, "-c", program], cwd=tmp_path, env=CLEAN, capture_output=True, text=True
    )
    assert Path(shown.stdout.strip()).is_relative_to(installed.parents[1]), shown.stderr


def test_the_installed_command_runs_the_shipped_case(installed, tmp_path):
    size = ["--runs", "50", "--months", "6", "--seed", "1"]
    out = tmp_path / "out"
    command = [installed, "-m", "tightrope", "run", "kazakhstan-2022", *size, "--json", "--out", out]
    done = subprocess.run(command, cwd=tmp_path, env=CLEAN, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert isinstance(json.loads(done.stdout), dict)
    assert (out / "report.html").is_file()
