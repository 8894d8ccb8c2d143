"""
The encoding stage equals ftfy: line by line, under the same options, outside the deviations of docs/encoding.md.

    python -m tests.test_ftfy_agreement 200        two hundred times a thousand pairs of text and options
"""

from __future__ import annotations

import json
import random
import re
import runpy
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import ftfy
import pytest
from ftfy import chardata

from newsclean.chain import ROUNDS, Chain
from newsclean.edits import apply, record
from newsclean.normalizers.encoding import Encoding, EncodingOptions
from newsclean.repairing import tables
from newsclean.repairing.account import DEPTH, OWN, RUN
from newsclean.repairing.screen import SURROGATE_PAIR

FTFYS_OWN = EncodingOptions(fix_character_width=True, uncurl_quotes=True)
"""The defaults of ftfy, but for entities, which it leaves alone in a line with a `<`."""

SENTENCES = (
    "The mayor of São Tomé said: “We can’t wait.”", "Zoë paid €40 – half the price – at the café.",
    "Überraschung in Köln: 30 °C im März", "«Это правда», — сказал министр.", "Η κυβέρνηση ανακοίνωσε μέτρα",
    "يقول الوزير إن الخطة جاهزة", "मंत्री ने कहा कि योजना तैयार है", "市长说：“计划已经准备好了。”",
    "首相は「問題ない」と述べた。",
    "Şehrin belediye başkanı İzmir’de konuştu", "Příliš žluťoučký kůň, říká starosta", "Łódź — ćwierć miliona złotych",
    "A plain line of text with nothing odd in it", "Prices rose 5½ % to £3… ™ ® ©", "🙂👩‍👩‍👧 and 🇵🇹",
)  # fmt: skip

DULL = "quele &amp a line of plain text that goes on at length, as lines do, so that its middle may be left out; [31m"
"""What ftfy would find nothing in, but for what stands at its ends."""

BROKEN_BY = ("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso-8859-2", "mac-roman", "cp437")

HURTFUL = (
    *"’‘“”–—…\xa0\xad\u200b\u200d\ufeff\u2028\x85\r\n\n\t\f\v\0\x1a\x1b\x7f<&;?ÂÃâ€ãàÅÐ×œŒ°ßﬁŉǆＡ！\u3000ﾀ\ufffd",
    "&amp;", "&amp;amp;", "&eacute;", "&EACUTE;", "&#233;", "&#x92;", "&#10;", "&#65279;", "&nbsp;", "&nosuch;",
    "&#xD83D;", "\ud83d\ude00", "\ud83d", "\x1b]0;title\a", "\x1b[38:5:1m",
    "\x1b[31m", "\x1b[0;1m", "e\u0301", "\u0301", "\u0316\u0301", "\u0928\u093c", "\u0915\u094d", "\u1112\u1161\u11ab",
    "\u037e", "\u212b", "\uac00\u11a8", "â€™", "â€œ", "â€\x9d", "Ã ", "Â ", "Ã©", "ï»¿", "í\xa0½í¸\x80", "À\x80", "вЂ",
)  # fmt: skip


def broken(sentence: str, dice: random.Random) -> str:
    """Return a sentence after one to three trips through the wrong encoding, perhaps with bytes lost."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        data = sentence.encode()
        try:
            sentence = data.decode(dice.choice(BROKEN_BY), dice.choice(("strict", "replace")))
        except UnicodeDecodeError:
            sentence = data.decode("latin-1")
    return str(sentence.replace("\xa0", " ")) if dice.random() < 0.1 else sentence


def piece(dice: random.Random) -> str:
    """Return a piece of text, whole or broken."""
    kind = dice.random()
    sentence = dice.choice(SENTENCES)
    if kind < 0.2:
        return str(dice.choice(HURTFUL))
    if kind < 0.3:
        return chr(dice.choice((dice.randrange(0x250), dice.randrange(0xD800), dice.randrange(0xE000, 0x110000))))
    if kind < 0.5:
        return "".join(dice.choices(SUSPICIOUS, k=dice.randrange(1, 5)))
    if kind < 0.8:
        return " ".join(dice.choices(sentence.split(), k=2))
    return "".join(broken(sentence, dice)[slice(*sorted(dice.choices(range(60), k=2)))])


SUSPICIOUS = "".join(anchors for anchors, _ in tables.SUSPECTS[1:]) + tables.LIGATURES + 20 * "aZ. ’”“–"
"""What is mojibake in bad company, C1 controls left out, among what is not."""


def options(dice: random.Random) -> EncodingOptions:
    """Return options, often the usual ones."""
    kind = dice.random()
    if kind < 0.4:
        return EncodingOptions()
    if kind < 0.6:
        return FTFYS_OWN
    switches = [name for name in EncodingOptions._fields if name not in ("normalization", "max_decode_length")]
    form = dice.choice(("NFC", "NFC", "NFD", "NFKC", "NFKD", None))
    flipped = {name: dice.random() < 0.7 for name in switches}
    return EncodingOptions(**flipped)._replace(normalization=form)  # type: ignore[arg-type]


def pairs(seed: int, count: int) -> Iterator[tuple[str, EncodingOptions]]:
    """Yield texts, of one line or a few, with options for each."""
    dice = random.Random(seed)
    for _ in range(count):
        pieces = [piece(dice) for _ in range(dice.choice((1, 1, 2, 2, 3, 8)))]
        dull = DULL[dice.randrange(20) : dice.randrange(60, len(DULL))]
        yield dice.choice(("", "", " ", "\n", dull)).join(pieces), options(dice)


def lines(text: str) -> list[str]:
    """Cut a text behind each line feed, and nowhere else, as ftfy does."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def ours(text: str, chosen: EncodingOptions) -> str:
    """Return what the stage makes of a text in one go."""
    return apply(text, record(text, Encoding(chosen).propose(text)))


def ftfys(line: str, chosen: EncodingOptions) -> ftfy.ExplainedText:
    """Return what ftfy makes of a line."""
    return ftfy.fix_and_explain(line, ftfy.TextFixerConfig(**chosen._asdict()))


def deviation(line: str, chosen: EncodingOptions) -> str:
    """Name the deviation that a line falls under, if any."""
    if chosen.fix_surrogates and re.search("[\ud800-\udfff]", re.sub(SURROGATE_PAIR, "", line)):
        return "lone surrogates stay"
    if chosen.remove_terminal_escapes and OWN.search(line):
        return "whole terminal escapes go"
    if len(line) > chosen.max_decode_length:
        return "long lines are cut behind a space"
    if line == ours(line, chosen) and len(ftfys(line, chosen).explanation or ()) >= DEPTH // 2:
        return "endless nesting stays"
    if any(len(run[0]) > RUN for run in chardata.UTF8_DETECTOR_RE.finditer(line)):
        return "long runs in mixed lines stay"
    return ""


def differences(text: str, chosen: EncodingOptions, seen: Counter[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the lines on which we and ftfy differ: the line, ftfy's answer, ours; count what is compared."""
    for line in lines(text):
        expected, actual = ftfys(line, chosen).text, ours(line, chosen)
        seen["lines"] += 1
        seen["lines that ftfy changes"] += expected != line
        if expected != actual:
            reason = deviation(line, chosen)
            seen[reason] += 1
            if not reason:
                yield line, expected, actual
    assert ours(text, chosen) == "".join(ours(line, chosen) for line in lines(text))


def settled(text: str, chosen: EncodingOptions) -> str:
    """Return the fixed point of ftfy line by line, or the text if it takes more rounds than the chain gives."""
    current = text
    for _ in range(ROUNDS):
        before, current = current, "".join(ftfys(line, chosen).text for line in lines(current))
        if before == current:
            return current
    return text


def compare(seed: int, count: int, seen: Counter[str]) -> list[tuple[str, ...]]:
    """Return all differences over a number of pairs: line by line, and of the whole text at its fixed point."""
    found: list[tuple[str, ...]] = []
    for text, chosen in pairs(seed, count):
        found += differences(text, chosen, seen)
        expected, actual = settled(text, chosen), Chain([Encoding(chosen)]).explain(text).text
        seen["texts"] += 1
        if expected != actual and not any(deviation(line, chosen) for line in lines(text)):
            found.append((text, expected, actual, repr(chosen)))
    return found


def test_the_tables_are_those_of_the_installed_ftfy() -> None:
    """The screen was derived from the ftfy that is installed."""
    mend = (
        f"ftfy {ftfy.__version__} is not one that the screen was derived from. Read what changed in it, add it to "
        "VERSIONS in dictionaries/derive_screen.py, run `python dictionaries/build.py encoding`, and let "
        "`python -m tests.test_ftfy_agreement 200` compare the two. Until then newsclean asks ftfy about every line."
    )
    assert ftfy.__version__ in tables.VERSIONS, mend
    derive = runpy.run_path(str(Path(__file__).parent.parent / "dictionaries" / "derive_screen.py"))
    assert derive["digest"]() == tables.DIGEST, mend
    assert derive["tables"]() == Path(tables.__file__).read_bytes(), mend


def test_fuzz_agrees_with_ftfy() -> None:
    """No difference on a thousand texts."""
    assert [] == compare(0, 1000, Counter())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 21))
def test_much_fuzz_agrees_with_ftfy(seed: int) -> None:
    """No difference on twenty thousand more."""
    assert [] == compare(seed, 1000, Counter())


@pytest.mark.system
def test_ftfys_own_cases_agree(tmp_path: Path) -> None:
    """No difference on the cases that ftfy publishes with its source, one layer of damage added or not."""
    name = f"ftfy=={ftfy.__version__}"
    command = [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--no-binary", ":all:", "-d", str(tmp_path)]
    subprocess.run([*command, name], check=True)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        tables_of_cases = [m for m in archive.getmembers() if re.search(r"tests/.*\.json$", m.name)]
        cases = [case for member in tables_of_cases for case in json.load(archive.extractfile(member))]  # type: ignore[arg-type]
    assert len(cases) > 100
    seen: Counter[str] = Counter()
    found: list[tuple[str, ...]] = []
    for case in cases:
        for text in (case["original"], case["original"].encode().decode("latin-1"), case.get("fixed", "")):
            for chosen in (EncodingOptions(), FTFYS_OWN, EncodingOptions(decode_inconsistent_utf8=False)):
                found += differences(text, chosen, seen)
    assert [] == found
    assert seen["lines that ftfy changes"] > 100


if __name__ == "__main__":
    counted: Counter[str] = Counter()
    for seed in range(100, 100 + int(sys.argv[1])):
        for difference in compare(seed, 1000, counted):
            print(f"seed {seed}:", *map(ascii, difference), sep="\n    ")
    print(dict(counted))
