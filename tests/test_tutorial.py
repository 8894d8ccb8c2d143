"""The tutorial, followed to the letter: every command on the page runs, in its order, and does what the page says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)  # blocks marked not-run install things

pytestmark = pytest.mark.system


def test_the_tutorial_goes_from_raw_to_clean(tmp_path: Path) -> None:
    """All commands succeed; the corpus comes out clean, configured as learned, and goes back to what it was."""
    shutil.copy(ROOT / "examples" / "corpus.jsonl", tmp_path)
    shutil.copy(ROOT / "examples" / "article.txt", tmp_path)
    commands = COMMANDS.findall((ROOT / "docs" / "tutorial.md").read_text())
    assert len(commands) > 6
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    script = "set -euxo pipefail\n" + "".join(commands)
    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True)
    assert 0 == ran.returncode, ran.stderr.decode()
    clean = [json.loads(line) for line in (tmp_path / "clean" / "corpus.jsonl").read_text().splitlines()]
    assert 24 == len(clean)
    for prompt in ("Advertisement", "in our free app", "readers like this", "â€™", "teh", "repotrers"):
        assert [] == [row["id"] for row in clean if prompt in row["text"]], prompt
    assert all("Quux" in row["text"] or "Tiddle" in row["text"] or "Forbach" in row["text"] for row in clean)
    assert (tmp_path / "corpus.jsonl").read_bytes() == (tmp_path / "back" / "corpus.jsonl").read_bytes()


def test_pages_of_the_docs_name_commands_that_there_are() -> None:
    """Each `newsclean COMMAND` on a page of the docs or the README is one, and so is each option it is given."""
    texts = {path: path.read_text() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]}
    used = {
        (path.name, *found)
        for path, text in texts.items()
        for found in re.findall(r"^(?:    |\$ )?newsclean ([a-z]+) [^\n`]*?(--[a-z-]+)", text, re.MULTILINE)
    }
    assert len(used) > 5
    for page, command, option in sorted(used):
        shown = subprocess.run([sys.executable, "-m", "newsclean", command, "--help"], capture_output=True, check=True)
        assert option in shown.stdout.decode(), f"{page}: newsclean {command} has no {option}"
