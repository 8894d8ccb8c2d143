"""The installed command as a process of its own: pipes, signals, cold start, no network."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

COMMAND = [sys.executable, "-m", "newsclean"]
ARTICLE = Path(__file__).parent.parent / "examples" / "article.txt"

CLEAN_ASCII = "\n\n".join(
    f"The council of the city met on day {n} to talk about the new bridge over the river, and about who will pay "
    "for it. Members said the plan was sound but the price was not, and asked the mayor to come back with another."
    for n in range(12)
)


def test_installed_command_and_module_are_the_same() -> None:
    """`newsclean` and `python -m newsclean` give the same answer."""
    installed = [str(Path(sys.executable).with_name("newsclean")), str(ARTICLE)]
    outputs = [subprocess.run(c, capture_output=True, check=True).stdout for c in (installed, [*COMMAND, str(ARTICLE)])]
    assert outputs[0] == outputs[1]
    assert outputs[0] != ARTICLE.read_bytes()


LONG = "Rain fell on the town. \n" * 200_000

whether_buffered = pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])


@whether_buffered
def test_a_long_text_is_written_whole(unbuffered: str) -> None:
    """Not a byte is lost on a pipe, even where Python does not buffer and writes come back short."""
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    ran = subprocess.run(
        [*COMMAND, "--only", "whitespace"], input=LONG.encode(), capture_output=True, check=True, env=environment
    )
    assert LONG.replace(" \n", "\n").encode() == ran.stdout


@whether_buffered
def test_a_closed_pipe_ends_it_quietly(unbuffered: str) -> None:
    """When the reader goes away there is no complaint."""
    pipe = subprocess.PIPE
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(COMMAND, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(LONG.encode())
        process.stdin.close()
        process.stdout.read(10)
        process.stdout.close()
        assert b"" == process.stderr.read()
    assert 141 == process.returncode


def test_a_closed_standard_error_changes_no_status() -> None:
    """Where nothing can be told, the exit status still tells."""
    for arguments, status in (["missing.txt"], 2), ([str(ARTICLE), "--check"], 1), (["rules"], 0):
        ran = subprocess.run(["sh", "-c", '"$@" 2>&-', "sh", *COMMAND, *arguments], capture_output=True, check=False)
        assert status == ran.returncode


def test_interrupting_leaves_every_file_old_or_new(tmp_path: Path) -> None:
    """Ctrl-C during -w leaves whole files and nothing beside them."""
    dirty = "Rain  fell on the town.\n" * 2000
    paths = [tmp_path / f"{n}.txt" for n in range(150)]
    for path in paths:
        path.write_text(dirty)
    with subprocess.Popen([*COMMAND, "-w", *map(str, paths)], stderr=subprocess.PIPE) as process:
        while all(path.read_text() == dirty for path in paths) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.stderr
        assert b"" == process.stderr.read()
    assert 130 == process.returncode
    assert {dirty, dirty.replace("  ", " ")} == {path.read_text() for path in paths}
    assert set(paths) == set(tmp_path.iterdir())


def test_the_locale_does_not_matter() -> None:
    """In the C locale the bytes are the same."""
    text = "Señor “Núñez”  said 🙂\n".encode()
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    for command in ([], ["explain"], ["--diff"]):
        runs = [
            subprocess.run([*COMMAND, *command], input=text, capture_output=True, check=False, env=env)
            for env in (environment, {**os.environ, "PYTHONUTF8": "1"})
        ]
        assert runs[0].stdout == runs[1].stdout
        assert (runs[0].returncode, b"") == (runs[1].returncode, runs[0].stderr)


def test_nothing_opens_a_socket_or_writes_a_file() -> None:
    """Cleaning, with every stage at work, makes no connection and opens nothing for writing."""
    program = f"""
import os, sys
def hook(event, args):
    if event.startswith("socket."):
        os.write(2, event.encode()); os._exit(3)
    if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        os.write(2, repr(args).encode()); os._exit(4)
sys.addaudithook(hook)
sys.dont_write_bytecode = True
import newsclean
text = open({str(ARTICLE)!r}, encoding="utf-8").read()
assert newsclean.explain(text + " Itâ€™s.").edits
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (0, "") == (ran.returncode, ran.stderr)


def processor_seconds(command: list[str], compiled: Path, data: bytes = b"") -> float:
    """Return the least processor time that a command took in several runs, of which the first compiles modules."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    least = float("inf")
    for _ in range(9):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, input=data, stdout=subprocess.DEVNULL, check=True, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least


@pytest.mark.parametrize(
    ("data", "most"), [(CLEAN_ASCII.encode(), 9), (ARTICLE.read_bytes(), 15)], ids=["clean", "dirty"]
)
def test_cold_start_is_a_small_multiple_of_python_itself(tmp_path: Path, data: bytes, most: int) -> None:
    """A filter starts at once: so many times an empty interpreter in the same run, both with their modules compiled."""
    least = processor_seconds([sys.executable, "-c", "pass"], tmp_path)
    assert processor_seconds(COMMAND, tmp_path, data) <= most * least


def test_importing_the_library_is_light() -> None:
    """`import newsclean` loads neither ftfy nor symspellpy, and cleaning ASCII text does not either."""
    heavy = {"ftfy", "symspellpy", "regex", "importlib.resources", "tomllib"}
    program = f"import sys, newsclean; newsclean.clean(sys.stdin.read()); print({heavy} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", program], input=CLEAN_ASCII, capture_output=True, text=True, check=True)
    assert "set()\n" == ran.stdout
