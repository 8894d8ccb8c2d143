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
