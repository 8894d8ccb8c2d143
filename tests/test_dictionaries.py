"""The data: sorted, licensed, and without a word that is a misspelling of itself."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from itertools import pairwise
from pathlib import Path
from zlib import compress

import pytest

from newsclean.spelling.remains import table_of_remains

DICTIONARIES = Path(__file__).parent.parent / "dictionaries"
SOURCES = tomllib.loads((DICTIONARIES / "SOURCES.toml").read_text())
ENGLISH = sorted(path.name for path in (DICTIONARIES / "en").iterdir())
ROWS = {"reasons.tsv", "weights.tsv"}  # in the order of the evidence, and not looked up
TABLES = [name for name in ENGLISH if name.endswith(".tsv") and name not in ROWS]

PERMISSIVE = (
    "MIT",
    "BSD-3-Clause",
    "SCOWL (permissive)",
    "WordNet (permissive)",
    "CC BY 4.0",
    "public domain",
    "Apache-2.0",
)

KINDS = "wpcnr"


def lines(name: str) -> list[str]:
    return [line for line in (DICTIONARIES / "en" / name).read_text().split("\n") if line and line[0] != "#"]


def table(name: str) -> dict[str, str]:
    return dict(line.split("\t", 1) for line in lines(name))


@pytest.mark.parametrize("name", [name for name in ENGLISH if not name.endswith(".bin")])
def test_lists_are_sorted_and_composed(name: str) -> None:
    """A list is UTF-8 in NFC, ends with a line feed, and is sorted by the bytes of its keys, none of them twice."""
    text = (DICTIONARIES / "en" / name).read_bytes()
    assert text.decode() == unicodedata.normalize("NFC", text.decode())
    assert b"\n" == text[-1:]
    keys = [line.split(b"\t")[0] + b"\t" * (b"\t" in line) for line in text.split(b"\n")[:-1]]
    assert all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize("name", ["weights.tsv", "kinds.tsv"])
def test_weights_of_prompts_are_sorted(name: str) -> None:
    """Rows are looked up by the bytes they begin with, no two alike; a first line without a tab tells their origin."""
    made_by, *rows = (DICTIONARIES / "prompts" / name).read_bytes().split(b"\n")[:-1]
    assert b"#" == made_by[:1]
    assert b"\t" not in made_by
    keys = [row.rpartition(b"\t")[0] + b"\t" for row in rows]
    assert all(one < other for one, other in pairwise(keys))


SHIPPED = [
    path for folder in ("en", "prompts") for path in sorted((DICTIONARIES / folder).rglob("*")) if path.is_file()
]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(DICTIONARIES)))
def test_every_file_names_its_origin(path: Path) -> None:
    """Each file says how it was made and from what; a derived one has the checksum of what lies there."""
    beside = (file for file in SOURCES["file"] if path.parent == (DICTIONARIES / file["name"]).parent)
    (entry,) = (file for file in beside if path.match(file["name"]))
    assert re.fullmatch(r"by hand|counted|build\.py \w+", entry["made"])
    assert set(entry["from"]) <= {source["name"] for source in SOURCES["source"]}
    assert entry["about"]
    if entry["made"] != "by hand":
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_table_is_that_of_the_words() -> None:
    """What lies in `en/remains.bin` is what the words that may be proposed give."""
    english = DICTIONARIES / "en"
    assert table_of_remains((english / "frequencies.tsv").read_bytes()) == (english / "remains.bin").read_bytes()


def test_sources_are_permissive_and_noticed() -> None:
    """Each source has a version, a licence that lets us ship it, and its notice among ours."""
    notices = (DICTIONARIES / "NOTICES.txt").read_text()
    for source in SOURCES["source"]:
        assert source["version"]
        assert source["licence"].startswith(PERMISSIVE)
        assert not re.search(r"GPL|SA\b|NC\b|ND\b", source["licence"])
        assert f"\n{source['notice']}\n{'=' * len(source['notice'])}\n" in f"\n{notices}"
    assert {entry for file in SOURCES["file"] for entry in file["from"]} == {s["name"] for s in SOURCES["source"]}


def test_kinds() -> None:
    """Every known word is in lower case and has kinds, in their order."""
    for word, kinds in table("lexicon.tsv").items():
        assert word == word.lower()
        assert kinds
        assert kinds == "".join(kind for kind in KINDS if kind in kinds)


def test_no_misspelling_is_a_word() -> None:
    """The wrong form of a pair is no word and no well-known name; the right one is; and no pair leads to another."""
    known, pairs = table("lexicon.tsv"), table("misspellings.tsv")
    by_hand = table("corrections.tsv")
    assert [] == [wrong for wrong in pairs if {"w", "p"} & set(known.get(wrong, ""))]
    rights = {right for wrong, meant in pairs.items() for right in meant.split(",")}
    assert [] == sorted(
        r for r in rights if not all("w" in known.get(part, "") for part in r.removesuffix("'s").split(" "))
    )
    assert set() == rights & pairs.keys()
    assert by_hand == {wrong: pairs[wrong] for wrong in by_hand}


@pytest.mark.parametrize("word", ["recieve", "untill", "teh", "goverment", "definately", "seperate", "occured", "alot"])
def test_known_misspellings_are_not_words(word: str) -> None:
    """What everybody misspells is in no list as a word, however frequent it is."""
    assert "w" not in table("lexicon.tsv").get(word, "")


@pytest.mark.parametrize("name", ["Haqqani", "Khurram", "Dastgir", "Khwaja", "Kyiv", "Zelenskyy", "Modi", "Uyghur"])
def test_names_in_the_news_are_known(name: str) -> None:
    """Names that readers of news meet are known."""
    assert {"p", "n"} & set(table("lexicon.tsv")[name.lower()])


def test_what_is_never_proposed() -> None:
    """No word of `never` can be proposed, from whatever list."""
    never = set(lines("never.txt"))
    assert never.isdisjoint(table("frequencies.tsv"))
    assert never.isdisjoint(r for meant in table("misspellings.tsv").values() for r in re.split("[, ]", meant))
    assert never.isdisjoint(line.rpartition("-")[2] for line in lines("compounds.txt"))


def test_only_known_words_are_proposed() -> None:
    """What may be proposed is known, in plain letters, and has counts."""
    known = table("lexicon.tsv")
    for word, counts in table("frequencies.tsv").items():
        assert word in known
        assert re.fullmatch("[a-z]+", word)
        assert re.fullmatch(r"\d+,\d+", counts)


def test_allowed_words_have_reasons() -> None:
    """A word that is allowed has a reason in words, and is known."""
    known = table("lexicon.tsv")
    for word, reason in table("allowed.tsv").items():
        assert len(reason.split()) > 1
        assert word.lower() in known


def test_lists_by_hand_are_built_in() -> None:
    """The derived files are newer than the lists written by hand: everything in these is in those."""
    known = table("lexicon.tsv")
    assert [] == [word for word in lines("words.txt") if "w" not in known.get(word.lower(), "")]
    plain = (name for name in (*lines("names.txt"), *lines("rare_names.txt")) if "'" not in name)
    parts = {part for name in plain for part in re.findall(r"[^\W\d_]{3,}", name) if part.istitle()}
    assert [] == sorted(part for part in parts if "p" not in known.get(part.lower(), ""))


def test_names_by_hand_are_many() -> None:
    """The list of names in the news covers all regions, and goes on growing."""
    assert len(lines("names.txt")) > 5_000


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_two_columns(name: str) -> None:
    """A table has a key and a value on every line."""
    assert all(line.count("\t") == 1 for line in lines(name))


def test_all_of_it_is_small() -> None:
    """The English files stay under six megabytes as a wheel packs them, so that it stays under ten."""
    assert sum(len(compress((DICTIONARIES / "en" / name).read_bytes())) for name in ENGLISH) < 6_000_000
