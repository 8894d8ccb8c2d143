#!/usr/bin/env python3
"""
Rebuild the derived files of this folder, from named and pinned packages and from the files written by hand.

    python dictionaries/build.py              everything
    python dictionaries/build.py STEP...      these steps, then `version`
    python dictionaries/build.py --check      writes nothing; exit 1 and a list where a file would change

The steps that fetch packages do it through pip, npm and apt, by name and version; nothing here knows an address.
This script is not in the wheel. Each step returns the files it makes, as bytes by name.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import english

HERE = Path(__file__).parent
Step = Callable[[], Mapping[str, bytes]]


def digest() -> str:
    """Return the digest of all data that ships, by which `version` names its state."""
    total = hashlib.sha256()
    for path in sorted(p for folder in ("en", "prompts") for p in (HERE / folder).rglob("*") if p.is_file()):
        total.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]


def version() -> dict[str, bytes]:
    """Name the state of the data: the day it changed and the first digits of its digest."""
    path = HERE / "VERSION"
    old = path.read_text().strip() if path.exists() else ""
    if old.endswith(f"+{digest()}"):
        return {"VERSION": f"{old}\n".encode()}
    return {"VERSION": f"{datetime.now(UTC):%Y.%m.%d}+{digest()}\n".encode()}


def prompts() -> dict[str, bytes]:
    """
    Put the prompts of all TOML files into a list of forms with the words to find them by, and one of rules.

    Of the forms that a line has the first counts, so those that need company come last, and of the others a publisher's
    first, then those with the fewest wildcards.
    """
    from newsclean.prompting.template import SHAPES, lookup

    forms, rules = [], []
    for path in sorted((HERE / "prompts").rglob("*.toml")):
        for prompt in tomllib.loads(path.read_text("utf-8"))["prompt"]:
            rule, kind = f"prompts/{path.stem}/{prompt['id']}", prompt["kind"]
            example = (prompt.get("removes") or [before for before, after in prompt["cuts"]])[0]
            rules.append(f"{rule}\t{kind}\t{example.replace(chr(10), ' / ')}")
            for shape, template in ((place, text) for place in SHAPES for text in prompt.get(place, [])):
                try:
                    table, words = lookup(template, shape)
                except ValueError as error:
                    raise SystemExit(f"{path}: prompt {prompt['id']}: {error}") from None
                how = "exact" if prompt.get("exact") else "any"
                row = "\t".join((table, _packed(table, words), rule, kind, shape, how, template))
                forms.append((shape == "beside", path.parent.name != "publishers", row.count("<"), row))
    forms.sort(key=lambda form: form[:3])
    files = {"forms.tsv": [row for *_, row in forms], "rules.tsv": rules}
    made_by = "# Made from the TOML files of this folder by dictionaries/build.py prompts."
    return {f"prompts/{name}": "\n".join([made_by, *rows, ""]).encode() for name, rows in files.items()}


def _packed(table: str, words: Iterable[str]) -> str:
    """Write pairs of words with each first one once: `story=continues,continued`. A cue is one word, to the letter."""
    if table == "cue":
        return "|".join(sorted(words))
    seconds: dict[str, list[str]] = {}
    for first, _, second in sorted(each.partition(" ") for each in words):
        seconds.setdefault(first, []).append(second)
    return "|".join(f"{first}={','.join(each)}" for first, each in seconds.items())


def encoding() -> dict[str, bytes]:
    """Derive the tables of the encoding stage from the ftfy that is installed."""
    import derive_screen

    return {"../src/newsclean/repairing/tables.py": derive_screen.tables()}


def remains() -> dict[str, bytes]:
    """Make the table of what remains of a word that may be proposed when one letter is left out."""
    from newsclean.spelling.remains import table_of_remains

    return {"en/remains.bin": table_of_remains((HERE / "en" / "frequencies.tsv").read_bytes())}


STEPS: dict[str, Step] = {
    "prompts": prompts,
    "lexicon": english.lexicon,
    "frequencies": english.frequencies,
    "misspellings": english.misspellings,
    "abroad": english.abroad,
    "letters": english.letters,
    "bonds": english.bonds,
    "phrases": english.phrases,
    "remains": remains,
    "checksums": english.checksums,
    "encoding": encoding,
    "version": version,
}


def main() -> int:
    """Run the steps asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", nargs="*", choices=[[], *STEPS], help="default: all")
    parser.add_argument("--check", action="store_true", help="write nothing, tell what would change")
    options = parser.parse_args()
    stale = []
    for name in dict.fromkeys([*(options.step or STEPS), "version"]):
        for file, content in STEPS[name]().items():
            path = HERE / file
            if path.exists() and path.read_bytes() == content:
                continue
            stale.append(file)
            if not options.check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    print("\n".join(f"{file}: {'differs' if options.check else 'written'}" for file in stale))
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
