#!/usr/bin/env python3
"""The one task runner: sets up .venv when something changed, then runs the task. Standard library only."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("Tightrope needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNS = ROOT / "runs"
# Each set holds those before it, so that whoever has a later one needs no second setup for an earlier one.
SETS = {
    "run": ["requirements/run.txt"],
    "dev": ["requirements/run.txt", "requirements/dev.txt"],
    "bench": ["requirements/run.txt", "requirements/dev.txt", "requirements/bench.txt"],
}
DEMO = ["run", "kazakhstan-2022", "--runs", "1000", "--months", "36", "--seed", "1"]
DEMO += ["--workers", str(min(8, os.cpu_count() or 1))]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
LOCK_HEADER = "# Written by `python3 dev.py lock` from pyproject.toml; do not edit.\n"
GROUPS = ("test", "check", "docs", "build")
NO_PIP = """\
This Python has neither ensurepip nor pip, so no environment can be set up.
On Debian or Ubuntu: sudo apt-get install python3-venv"""
NO_CHROMIUM = """\
No Chromium found and it cannot be installed from here (not root, no sudo without a password, or no apt-get).
The tests that drive a browser are left out. Install Debian's chromium, or set TIGHTROPE_CHROMIUM to one."""
EXAMPLES = """\
examples:
  python3 dev.py demo                       1,000 runs of the shipped case, with a report
  python3 dev.py demo --runs 100 --json     what follows is passed on to `tightrope run`
  python3 dev.py serve --port 8080          the web app, at an address for your browser
  python3 dev.py serve --report             the newest report, as a page
  python3 dev.py test -k stamp -x           what follows is passed on to pytest
  python3 dev.py check                      style, format, types, imports and docs
  python3 dev.py lock --upgrade             newest versions into requirements/*.txt
"""


def say(text: str) -> None:
    """One line on what is being done, on stderr: a task's own output stays clean for a pipe."""
    print(text, file=sys.stderr, flush=True)


def call(command: list[str | Path], extra: Mapping[str, str] | None = None, quiet: bool = False) -> int:
    """Run a command in the root; its exit code, 128 + N after signal N."""
    # On two cores a second BLAS thread makes small arrays many times slower.
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    environment = {**os.environ, **threads, **(extra or {})}
    stdout = subprocess.DEVNULL if quiet else None
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stdout) as process:
        try:
            code = process.wait()
        except KeyboardInterrupt:  # the child got it as well: let it tidy up
            process.wait()
            code = 130
    return code if code >= 0 else 128 - code


def must(command: list[str | Path]) -> None:
    """Run a step of the setup; end with its exit code when it fails."""
    if code := call(command):
        say(f"Setup failed (exit code {code}); the next call starts it afresh.")
        sys.exit(code)


# Setup


def interpreter() -> str:
    """What a .venv is bound to; another one means another .venv."""
    return f"{sys.version.split()[0]} {ROOT}"


def fingerprint(name: str) -> str:
    """A digest of all that the set of this name is installed from."""
    digest = sha256(interpreter().encode())
    for file in ["pyproject.toml", *SETS[name]]:
        digest.update(sha256((ROOT / file).read_bytes()).digest())
    return digest.hexdigest()


def stamp(name: str) -> Path:
    """The file that says that a set was installed to its end."""
    return VENV / f"tightrope-{name}.stamp"


def stamp_lines(name: str) -> list[str]:
    """What a stamp holds: the interpreter, then the fingerprint; nothing where there is none."""
    return stamp(name).read_text().splitlines() if stamp(name).is_file() else []


def is_ready(name: str) -> bool:
    """Whether this set, or one that holds it, is installed as the files now say."""
    if not PYTHON.exists():
        return False
    holders = list(SETS)[list(SETS).index(name) :]
    return any(stamp_lines(holder)[1:2] == [fingerprint(holder)] for holder in holders)


def is_whole() -> bool:
    """Whether .venv belongs to this interpreter and its last setup came to its end."""
    return PYTHON.exists() and any(stamp_lines(name)[:1] == [interpreter()] for name in SETS)


def create(folder: Path) -> None:
    """Make an empty environment, without pip where this Python cannot give it one."""
    say(f"Creating {folder.name} with Python {sys.version.split()[0]} ...")
    if find_spec("ensurepip"):
        must([sys.executable, "-m", "venv", "--clear", folder])
    elif find_spec("pip"):
        must([sys.executable, "-m", "venv", "--clear", "--without-pip", folder])
    else:
        sys.exit(NO_PIP)


def pip(folder: Path) -> list[str | Path]:
    """The command that installs into an environment."""
    python = folder / "bin" / "python"
    if find_spec("ensurepip"):
        return [python, "-m", "pip", "--disable-pip-version-check"]
    # Debian's pip refuses to touch its own Python; pointed at an environment, it does not.
    return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]


def link_sources() -> None:
    """Make src importable in .venv and `tightrope` a command there: no build, so nothing to fail."""
    bases = {"base": str(VENV), "platbase": str(VENV)}
    packages = Path(sysconfig.get_path("purelib", "venv", bases))
    (packages / "tightrope-sources.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "tightrope"
    command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m tightrope "$@"\n')
    command.chmod(0o755)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold off another dev.py that would set up the same .venv."""
    import fcntl

    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def prepare(name: str) -> None:
    """Have a set installed in .venv; at once where nothing changed."""
    if is_ready(name):
        return
    with one_at_a_time():
        if is_ready(name):
            return
        if not is_whole():
            create(VENV)
        # From here to the last line no stamp exists: a setup cut short is never taken for a whole one.
        for other in SETS:
            stamp(other).unlink(missing_ok=True)
        say(f"Installing {SETS[name][-1]} (the first time takes a minute or two) ...")
        files = [word for file in SETS[name] for word in ("-r", ROOT / file)]
        must([*pip(VENV), "install", "--quiet", "--require-hashes", *files])
        link_sources()
        stamp(name).write_text(f"{interpreter()}\n{fingerprint(name)}\n")


def find_chromium() -> str | None:
    """The browser of the tests: the one that TIGHTROPE_CHROMIUM names, or one on the path."""
    names = [os.environ.get("TIGHTROPE_CHROMIUM", ""), *CHROMIUM_NAMES]
    return next((path for path in map(shutil.which, names) if path), None)


def as_root() -> list[str | Path] | None:
    """What to put before a command to run it as root; None where that would ask for a password."""
    if os.geteuid() == 0:
        return []
    sudo: list[str | Path] = ["sudo", "-n"]
    may = shutil.which("sudo") and subprocess.run([*sudo, "true"], capture_output=True).returncode == 0
    return sudo if may else None


def install_chromium() -> None:
    """Install Debian's Chromium, with fresh package lists where those at hand do not do."""
    prefix = as_root()
    if prefix is None or not shutil.which("apt-get"):
        return
    say("Installing Debian's Chromium for the browser tests ...")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    install = [*apt, "install", "-y", "--no-install-recommends", "chromium"]
    has_lists = any(Path("/var/lib/apt/lists").glob("*_Packages*"))
    if not has_lists or call(install, quiet=True):
        call([*apt, "update"], quiet=True)
        call(install, quiet=True)


def compile_model() -> None:
    """Have the model compiled before several processes want it at once: a minute or two, once for each version."""
    say("Compiling the model where that has not been done ...")
    call(
        [
            PYTHON,
            "-c",
            "from tightrope.engine.prepared import available, compile_now; available() or compile_now()",
        ]
    )


# Tasks: each takes the rest of the command line and returns an exit code.


def demo(rest: list[str]) -> int:
    """Run the shipped case 1,000 times and write a report."""
    prepare("run")
    code = call([PYTHON, "-m", "tightrope", *DEMO, *rest])
    if code == 0:
        say("To look at the report: python3 dev.py serve --report; to move levers: python3 dev.py serve")
    return code


def test(rest: list[str]) -> int:
    """Run the tests, in two processes."""
    prepare("dev")
    compile_model()
    if not find_chromium():
        install_chromium()
    browser = find_chromium()
    if browser:
        return call([PYTHON, "-m", "pytest", "-n", "2", *rest], {"TIGHTROPE_CHROMIUM": browser})
    code = call([PYTHON, "-m", "pytest", "-n", "2", "-m", "not browser", *rest])
    say(NO_CHROMIUM)
    return code or 1


def build_docs(folder: Path, *options: str) -> list[str | Path]:
    """The command that builds the documentation into a folder."""
    sphinx: list[str | Path] = [PYTHON, "-m", "sphinx", "-q", "-b", "html", "-d", folder / "doctrees"]
    return [*sphinx, *options, ROOT / "docs", folder / "html"]


def check(rest: list[str]) -> int:
    """Check style, format, types, imports and docs; all of them, whatever fails."""
    prepare("dev")
    with tempfile.TemporaryDirectory() as scratch:
        checks: dict[str, list[str | Path]] = {
            "style": [PYTHON, "-m", "ruff", "check", "."],
            "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
            "types": [PYTHON, "-m", "mypy"],
            "imports": [VENV / "bin" / "lint-imports"],
        }
        if (ROOT / "docs" / "conf.py").is_file():
            checks["docs"] = build_docs(Path(scratch), "-W", "--keep-going")
        wanted = rest or list(checks)
        if unknown := [name for name in wanted if name not in checks]:
            say(f"No check named {', '.join(unknown)}; there are {', '.join(checks)}.")
            return 2
        codes = {}
        for name in wanted:
            say(f"== {name}")
            codes[name] = call(checks[name])
    for name, code in codes.items():
        say(f"{name:8} {'ok' if code == 0 else f'FAILED (exit code {code})'}")
    return int(any(codes.values()))


def newest_report() -> Path | None:
    """The folder under runs/ whose report was written last."""
    reports = sorted(RUNS.glob("*/report.html"), key=lambda file: file.stat().st_mtime)
    return reports[-1].parent if reports else None


def serve(rest: list[str]) -> int:
    """Serve the web app on this machine only; with --report the newest report, made first where there is none."""
    if "--report" in rest:
        return serve_report([word for word in rest if word != "--report"])
    prepare("run")
    return call([PYTHON, "-m", "tightrope", "serve", "--workspace", str(RUNS / "workspace"), *rest])


def serve_report(rest: list[str]) -> int:
    """Serve the newest report on this machine only; run the demo first where there is none."""
    parser = argparse.ArgumentParser(prog="dev.py serve --report", description=serve_report.__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 takes any free one (default: 8000)")
    port = parser.parse_args(rest).port
    if newest_report() is None and (code := demo([])):
        return code
    folder = newest_report()
    if folder is None:
        say(f"The demo left no report under {RUNS}.")
        return 1
    return serve_folder(folder, port)


def serve_folder(folder: Path, port: int) -> int:
    """Serve the files of one folder, and nothing else, until interrupted."""
    from functools import partial
    from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

    class Handler(SimpleHTTPRequestHandler):
        """Reads only: no listings, and no link that leads out of the folder."""

        def translate_path(self, path: str) -> str:
            """The file for an address; the report for the bare one."""
            try:
                file = Path(super().translate_path(path)).resolve()
            except ValueError:  # a NUL in the address
                return os.devnull + "/nothing"
            if file == folder.resolve():
                file = file / "report.html"
            inside = file.is_relative_to(folder.resolve()) and file.is_file()
            return str(file) if inside else os.devnull + "/nothing"

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        say(f"Cannot listen on port {port} ({error}); try --port 0 for any free one.")
        return 1
    with server:
        print(f"Serving {folder} at http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 130
    return 0


def docs(rest: list[str]) -> int:
    """Build the documentation as pages in build/docs."""
    prepare("dev")
    code = call([*build_docs(ROOT / "build" / "docs"), *rest])
    if code == 0:
        say(f"The pages: {ROOT / 'build' / 'docs' / 'html' / 'index.html'}")
    return code


def bench(rest: list[str]) -> int:
    """Run bench/*.py in order, or those whose names hold one of the words given."""
    prepare("bench")
    scripts = sorted(ROOT.glob("bench/[!_]*.py"))
    if rest:
        scripts = [script for script in scripts if any(word in script.stem for word in rest)]
    if not scripts:
        say("No script in bench/ matches.")
        return 1
    compile_model()
    return max([call([PYTHON, script]) for script in scripts])


def lock(rest: list[str]) -> int:
    """Write requirements/*.txt afresh, with hashes, by uv."""
    with tempfile.TemporaryDirectory() as scratch:
        tools = Path(scratch) / "lock-tools"
        create(tools)
        must([*pip(tools), "install", "--quiet", "uv"])
        project, groups = "pyproject.toml", [word for group in GROUPS for word in ("--group", group)]
        # The extra `fast` comes along: without it the app answers in seconds instead of at once.
        quick = [project, "--extra", "fast"]
        compile_to("run.txt", tools, [*quick, *rest])
        compile_to("dev.txt", tools, [*quick, "-c", "requirements/run.txt", *groups, *rest])
        compile_to("bench.txt", tools, ["--group", "bench", "-c", "requirements/dev.txt", *rest])
    return 0


def compile_to(name: str, tools: Path, options: list[str]) -> None:
    """Pin what the options ask for, for every platform; the file is replaced whole or not at all."""
    target = ROOT / "requirements" / name
    say(f"Locking {target.relative_to(ROOT)} ...")
    draft = tools / target.name
    if target.exists():  # uv keeps the versions that it finds there, unless told to upgrade
        shutil.copyfile(target, draft)
    # No address of a registry and no path of this machine may get into the file.
    clean = ["--no-header", "--no-emit-index-url", "--no-config", "--quiet"]
    how = ["--universal", "--generate-hashes", "--python-version", "3.11", *clean, "-o", str(draft)]
    must([tools / "bin" / "uv", "pip", "compile", *how, *options])
    whole = target.with_name(target.name + ".new")
    whole.write_text(LOCK_HEADER + draft.read_text().removeprefix(LOCK_HEADER))
    whole.replace(target)


TASKS: dict[str, Callable[[list[str]], int]] = {
    task.__name__: task for task in (demo, test, check, serve, docs, bench, lock)
}


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and run one task."""
    lines = "\n".join(f"  {name:6} {task.__doc__}" for name, task in TASKS.items())
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__,
        epilog=f"tasks:\n{lines}\n\n{EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=TASKS, metavar="TASK", help="one of the tasks below")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...", help="passed on to the task")
    options = parser.parse_args(arguments)
    try:
        return TASKS[options.task](options.rest)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
