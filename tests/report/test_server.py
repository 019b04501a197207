"""`tightrope serve` says where it listens, to whom it is open, and what is wrong before it listens."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from time import sleep

import pytest

from tightrope.report.server import is_loopback

TIME = 60


@contextmanager
def served(folder: Path, *options: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "tightrope", "serve", "--port", "0", "--no-open", *options]
    with subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


def refused(folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "tightrope", "serve", "--no-open", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIME)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_answers_where_it_says_and_ends_on_interrupt(tmp_path: Path) -> None:
    with served(tmp_path) as (process, line):
        found = re.search(r"http://(127\.0\.0\.1:\d+)/", line)
        assert found, line
        connection = http.client.HTTPConnection(found.group(1), timeout=TIME)
        connection.request("GET", "/api/situation")
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(TIME) == 130
        assert process.stderr is not None
        assert process.stderr.read().startswith("stopped; what was saved is in")
    assert (tmp_path / "tightrope-workspace").is_dir()


def test_it_ends_at_once_in_the_middle_of_long_work(tmp_path: Path) -> None:
    """Whoever waits for the work is told; nothing is computed to its end first.

    NumPy alone, as compiling the month first takes minutes on a busy machine.
    """
    with ExitStack() as stack:
        process, line = stack.enter_context(served(tmp_path, TIGHTROPE_FAST="0"))
        found = re.search(r"http://(127\.0\.0\.1:\d+)/", line)
        assert found, line
        connection = stack.enter_context(closing(http.client.HTTPConnection(found.group(1), timeout=300)))
        connection.request(
            "POST",
            "/api/judgements/grounds",
            '{"runs": 60, "months": 6}',
            {"Content-Type": "application/json"},
        )
        until_at_work(process.pid)
        process.send_signal(signal.SIGTERM)
        assert connection.getresponse().status == 429
        process.wait(TIME)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def until_at_work(parent: int) -> None:
    """Until the server has a process for long work; `ww` has ps cut no line, wherever the checkout lies."""
    for _ in range(40 * TIME):
        told = subprocess.run(
            ["ps", "ww", "-o", "args=", "--ppid", str(parent)], capture_output=True, text=True
        )
        if "spawn_main" in told.stdout:
            return
        sleep(0.1)
    raise AssertionError("no process was begun")


def test_another_case_is_in_the_address(tmp_path: Path) -> None:
    with served(tmp_path, "--quiet") as (_, line):
        assert line.startswith("Tightrope at http://127.0.0.1:")
    with served(tmp_path, "serbia-2022") as (_, line):
        assert "#case=serbia-2022" in line


def test_an_open_host_is_told_what_it_opens(tmp_path: Path) -> None:
    with served(tmp_path, "--host", "0.0.0.0", "--texts", str(tmp_path)) as (process, line):
        assert "http://0.0.0.0:" in line
        process.kill()
        assert process.stderr is not None
        told = process.stderr.read()
    assert "there is no password" in told
    assert "tightrope-workspace" in told
    assert str(tmp_path) in told


def test_what_cannot_be_served_is_said_at_once(tmp_path: Path) -> None:
    assert "no case" in refused(tmp_path, "atlantis-1900", "--port", "0")
    assert "nothing can listen" in refused(tmp_path, "--host", "no.such.host.invalid", "--port", "0")
    (tmp_path / "file").write_text("")
    assert "cannot be made" in refused(tmp_path, "--workspace", "file/inside", "--port", "0")


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = refused(tmp_path, "--port", str(taken.getsockname()[1]))
    assert "try --port 0" in said


@pytest.mark.parametrize(
    ("host", "only"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("lan", False),
    ],
)
def test_loopback(host: str, only: bool) -> None:
    assert is_loopback(host) is only
