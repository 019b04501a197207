"""dev.py sets up only what changed, never claims what it did not finish, and passes exit codes on."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import dev
import pytest

ROOT = Path(__file__).resolve().parents[1]


class Recorder:
    """Stands for `dev.call`: notes each command, and makes what `python -m venv` would make."""

    def __init__(self, code=0):
        self.commands = []
        self.code = code

    def __call__(self, command, extra=None, quiet=False):
        words = [str(word) for word in command]
        self.commands.append(words)
        if "venv" in words:
            python = Path(words[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
            site = f"python{sys.version_info.major}.{sys.version_info.minor}"
            (Path(words[-1]) / "lib" / site / "site-packages").mkdir(parents=True, exist_ok=True)
            for old in Path(words[-1]).glob("*.stamp"):
                old.unlink()
        return self.code

    def having(self, word):
        return [words for words in self.commands if word in words]


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """An empty checkout with locks, in which dev.py sets up."""
    (tmp_path / "requirements").mkdir()
    for file in ["pyproject.toml", *dev.SETS["bench"]]:
        (tmp_path / file).write_text(f"# {file}\n")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(dev, "RUNS", tmp_path / "runs")
    return tmp_path


@pytest.fixture
def calls(monkeypatch):
    recorder = Recorder()
    monkeypatch.setattr(dev, "call", recorder)
    return recorder


def test_help_lists_every_task():
    shown = subprocess.run([sys.executable, "dev.py", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert shown.returncode == 0
    assert "examples:" in shown.stdout
    for name in ["demo", "test", "check", "serve", "docs", "bench", "lock"]:
        assert re.search(rf"^  {name} +[A-Z]", shown.stdout, re.MULTILINE), name


def test_an_unknown_task_is_a_usage_error():
    assert subprocess.run([sys.executable, "dev.py", "bake"], cwd=ROOT, capture_output=True).returncode == 2


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_the_second_setup_does_nothing(checkout, calls, name):
    assert not dev.is_ready(name)
    dev.prepare(name)
    assert dev.is_ready(name)
    assert len(calls.having("venv")) == 1
    assert len(calls.having("--require-hashes")) == 1
    calls.commands.clear()
    dev.prepare(name)
    assert calls.commands == []


def test_the_sources_and_the_command_are_linked(checkout, calls):
    dev.prepare("run")
    (link,) = (checkout / ".venv").glob("lib/*/site-packages/tightrope-sources.pth")
    assert link.read_text() == f"{checkout / 'src'}\n"
    assert os.access(checkout / ".venv" / "bin" / "tightrope", os.X_OK)


@pytest.mark.parametrize("file", ["pyproject.toml", "requirements/run.txt", "requirements/dev.txt"])
def test_a_changed_file_asks_for_another_setup_of_the_same_environment(checkout, calls, file):
    dev.prepare("dev")
    calls.commands.clear()
    (checkout / file).write_text("# changed\n")
    assert not dev.is_ready("dev")
    dev.prepare("dev")
    assert dev.is_ready("dev")
    assert calls.having("venv") == []
    assert len(calls.having("--require-hashes")) == 1


def test_the_development_set_serves_for_the_runtime_set(checkout, calls):
    dev.prepare("dev")
    assert dev.is_ready("run")


@pytest.mark.parametrize("name", ["run", "dev"])
def test_the_benchmark_set_serves_for_the_others_and_none_of_them_for_it(checkout, calls, name):
    dev.prepare(name)
    assert not dev.is_ready("bench")
    dev.prepare("bench")
    assert dev.is_ready(name)


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_a_set_is_installed_from_all_its_locks_at_once(checkout, calls, name):
    dev.prepare(name)
    (installed,) = calls.having("--require-hashes")
    locks = [installed[place + 1] for place, word in enumerate(installed) if word == "-r"]
    assert locks == [str(checkout / file) for file in dev.SETS[name]]


@pytest.mark.parametrize("task", ["test", "check", "docs"])
def test_only_benchmarks_install_what_only_benchmarks_need(checkout, calls, monkeypatch, task):
    monkeypatch.setattr(dev, "find_chromium", lambda: "chromium")
    dev.main([task])
    assert not [word for words in calls.commands for word in words if word.endswith("bench.txt")]


def test_the_runtime_set_does_not_serve_for_the_development_set(checkout, calls):
    dev.prepare("run")
    assert not dev.is_ready("dev")
    (checkout / "requirements" / "dev.txt").write_text("# changed\n")
    assert dev.is_ready("run")


def test_a_later_runtime_setup_takes_back_the_claim_of_an_earlier_development_setup(checkout, calls):
    dev.prepare("dev")
    lock = checkout / "requirements" / "run.txt"
    before = lock.read_text()
    lock.write_text("# newer\n")
    dev.prepare("run")
    lock.write_text(before)
    assert not dev.is_ready("dev")


@pytest.mark.parametrize("step", ["venv", "--require-hashes"])
def test_a_setup_cut_short_leaves_no_stamp_and_is_begun_afresh(checkout, calls, monkeypatch, step):
    def interrupted(command, extra=None):
        calls(command)
        if step in command:
            raise KeyboardInterrupt
        return 0

    monkeypatch.setattr(dev, "call", interrupted)
    with pytest.raises(KeyboardInterrupt):
        dev.prepare("dev")
    assert not dev.is_ready("dev")
    assert list((checkout / ".venv").glob("*.stamp")) == []
    monkeypatch.setattr(dev, "call", calls)
    calls.commands.clear()
    dev.prepare("dev")
    assert len(calls.having("venv")) == 1
    assert dev.is_ready("dev")


def test_a_failed_installation_ends_with_its_exit_code_and_no_stamp(checkout, monkeypatch):
    monkeypatch.setattr(dev, "create", lambda folder: Recorder()(["venv", folder]))
    monkeypatch.setattr(dev, "call", Recorder(code=3))
    with pytest.raises(SystemExit) as ended:
        dev.prepare("run")
    assert ended.value.code == 3
    assert not dev.is_ready("run")


def test_another_interpreter_gets_another_environment(checkout, calls, monkeypatch):
    dev.prepare("dev")
    calls.commands.clear()
    monkeypatch.setattr(dev, "interpreter", lambda: "3.99.0 elsewhere")
    assert not dev.is_ready("dev")
    dev.prepare("dev")
    assert len(calls.having("venv")) == 1


def test_without_ensurepip_the_pip_at_hand_installs_into_the_environment(checkout, calls, monkeypatch):
    monkeypatch.setattr(dev, "find_spec", lambda name: None if name == "ensurepip" else object())
    dev.prepare("run")
    created, installed = calls.commands
    assert "--without-pip" in created
    assert installed[0] == sys.executable
    assert installed[installed.index("--python") + 1] == str(checkout / ".venv" / "bin" / "python")
    assert dev.is_ready("run")


def test_with_neither_ensurepip_nor_pip_it_says_what_to_install(checkout, calls, monkeypatch):
    monkeypatch.setattr(dev, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        dev.prepare("run")
    assert calls.commands == []


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("raise SystemExit(7)", 7),
        (f"import os; os.kill(os.getpid(), {signal.SIGTERM:d})", 128 + signal.SIGTERM),
    ],
)
def test_exit_codes_are_those_of_the_commands(program, code):
    assert dev.call([sys.executable, "-c", program]) == code


def test_one_blas_thread(tmp_path):
    out = tmp_path / "threads"
    dev.call(
        [
            sys.executable,
            "-c",
            f"import os; open({str(out)!r}, 'w').write(os.environ['OPENBLAS_NUM_THREADS'])",
        ]
    )
    assert out.read_text() == "1"


def test_demo_runs_the_shipped_case_and_passes_arguments_on(checkout, calls, capsys):
    assert dev.main(["demo", "--runs", "5", "--json"]) == 0
    command = calls.commands[-1]
    assert command[1:5] == ["-m", "tightrope", "run", "kazakhstan-2022"]
    assert command[-3:] == ["--runs", "5", "--json"]
    assert "dev.py serve" in capsys.readouterr().err


def test_tests_without_a_browser_run_the_others_and_are_no_success(checkout, calls, monkeypatch, capsys):
    monkeypatch.setattr(dev, "find_chromium", lambda: None)
    monkeypatch.setattr(dev, "as_root", lambda: None)
    assert dev.main(["test", "-k", "stamp"]) == 1
    assert calls.commands[-1][1:] == ["-m", "pytest", "-n", "2", "-m", "not browser", "-k", "stamp"]
    assert "TIGHTROPE_CHROMIUM" in capsys.readouterr().err


def test_chromium_is_installed_with_fresh_lists_when_the_first_try_fails(calls, monkeypatch):
    monkeypatch.setattr(dev, "as_root", lambda: ["sudo", "-n"])
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    calls.code = 100
    dev.install_chromium()
    assert all(words[:2] == ["sudo", "-n"] for words in calls.commands)
    assert [words[-1] for words in calls.commands][-2:] == ["update", "chromium"]


def test_checks_all_run_though_one_fails(checkout, calls, monkeypatch, capsys):
    dev.prepare("dev")
    calls.commands.clear()
    monkeypatch.setattr(dev, "call", lambda command: calls(command) or int("mypy" in command))
    assert dev.main(["check"]) == 1
    assert len(calls.commands) == 4
    assert re.search(r"types +FAILED", capsys.readouterr().err)


def test_benchmarks_run_in_order_and_the_worst_exit_code_is_kept(checkout, calls, monkeypatch):
    dev.prepare("bench")
    (checkout / "bench").mkdir()
    for name in ["b.py", "a.py", "_shared.py"]:
        (checkout / "bench" / name).touch()
    monkeypatch.setattr(
        dev, "call", lambda command: calls(command) or (4 if "a.py" in str(command[-1]) else 0)
    )
    assert dev.main(["bench"]) == 4
    assert [Path(words[-1]).name for words in calls.commands[-2:]] == ["a.py", "b.py"]


def test_the_newest_report_is_the_one_served(checkout):
    assert dev.newest_report() is None
    for age, name in enumerate(["demo-2", "demo-10", "unfinished"]):
        (checkout / "runs" / name).mkdir(parents=True)
        if name != "unfinished":
            (checkout / "runs" / name / "report.html").touch()
            os.utime(checkout / "runs" / name / "report.html", (1000 + age, 1000 + age))
    assert dev.newest_report() == checkout / "runs" / "demo-10"


@pytest.fixture
def address(tmp_path):
    """A folder served by another process; beside it lies what nobody may read."""
    (tmp_path / "secret").write_text("secret")
    folder = tmp_path / "run"
    (folder / "inner").mkdir(parents=True)
    (folder / "report.html").write_text("<h1>The report</h1>")
    (folder / "way-out").symlink_to(tmp_path / "secret")
    program = f"import dev, pathlib; dev.serve_folder(pathlib.Path({str(folder)!r}), 0)"
    command = [sys.executable, "-c", program]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with server:
        yield re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline()).group()
        server.terminate()


def test_the_server_shows_the_report_and_nothing_else(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        assert answer.read() == b"<h1>The report</h1>"
        assert answer.headers["Content-Type"].startswith("text/html")
    for path in ["way-out", "inner/", "../secret", "%2e%2e/secret", "missing"]:
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address + path, timeout=10)
        refused.value.close()
        assert refused.value.code == 404, path
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(address, data=b"x", method="POST"), timeout=10)
    refused.value.close()
    assert refused.value.code == 501


def pins(name):
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([a-z0-9-]+==[^\\\n]*?) \\\n((?:    --hash=.*\n)+)", text, re.MULTILINE))


def test_every_pin_has_hashes_and_the_development_lock_holds_the_runtime_lock():
    assert len(pins("run.txt")) > 10
    assert pins("run.txt").items() <= pins("dev.txt").items()
    for name in ["run.txt", "dev.txt", "bench.txt"]:
        lines = (ROOT / "requirements" / name).read_text().splitlines()
        assert sum(not line.startswith(("#", " ")) for line in lines) == len(pins(name)) > 0


def test_the_benchmark_lock_brings_mesa_and_no_other_version_of_what_the_development_lock_holds():
    def versions(name):
        return {tuple(pin.split(" ")[0].split("==")) for pin in pins(name)}

    both = {package for package, _ in versions("bench.txt")} & {package for package, _ in versions("dev.txt")}
    assert "numpy" in both
    assert {pin for pin in versions("bench.txt") if pin[0] in both} <= versions("dev.txt")
    assert "mesa" in dict(versions("bench.txt"))
    assert "mesa" not in dict(versions("dev.txt"))


def tracked():
    """Every file that git has or would take."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in found.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout")
def test_no_tracked_text_names_a_registry_or_a_path_of_one_machine():
    # Put together here, so that this file does not find itself.
    registries = ["pypi" + ".org", "pythonhosted" + ".org", "deb.debian" + ".org", "npmjs" + ".org"]
    folders = "|".join(["work", "root", "opt/pypi", "opt/wheels"])
    pattern = re.compile("|".join(map(re.escape, registries)) + rf"|(?<![\w./-])/(?:{folders})/")
    found = []
    for file in tracked():
        content = file.read_bytes()
        if b"\0" not in content[:8192]:
            text = content.decode("utf-8", errors="replace")
            found += [f"{file.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []
