"""
Which known words are near a string: found by what remains of two words when a letter is left out.

Two words one slip apart have a string in common that is each of them, or each with one letter left out. So all such
strings of the words that may be proposed lie in a table that leads to the words (after Garbe's SymSpell): a question
costs one look for each letter, where trying every other letter in every place would cost some five hundred.

The table is a file mapped into memory: slots of 32 bits, of which the upper 8 are a mark of the string and the lower 24
say, plus one, at which byte of `en/frequencies.tsv` the line of the word begins. What hashes to a taken slot lies in
the next free one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import cache
from struct import Struct
from zlib import crc32

from newsclean import resources

SLOT = Struct("<I")
MARK, PLACE = 24, (1 << 24) - 1
FULL = 0.6
"""The share of slots that may be taken: with more, questions take long."""


def without_one(word: str) -> list[str]:
    """
    Return what remains of a word when one letter is left out, for each of its letters.

    >>> without_one("the")
    ['he', 'te', 'th']
    """
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def leaving(strings: Iterable[str]) -> set[str]:
    """
    Return the words that may be proposed of which one of the strings remains when one letter is left out.

    As a mark says little, one string in some hundreds leads to a word that does not belong to it.

    >>> "minister" in leaving(["minster"])
    True
    """
    slots, words = _slots(), resources.mapped("en/frequencies.tsv")
    last, found = len(slots) - 1, set()
    for string in strings:
        key = crc32(string.encode("utf-8", "surrogatepass"))
        at = key & last
        while slot := slots[at]:
            if slot >> MARK == key >> MARK:
                start = (slot & PLACE) - 1
                found.add(words[start : words.find(b"\t", start)].decode())
            at = at + 1 & last
    return found


@cache
def _slots() -> Sequence[int]:
    """Return the slots where they lie; a machine that writes numbers the other way round has to turn them first."""
    table = memoryview(resources.mapped("en/remains.bin"))
    if sys.byteorder == "little":
        return table.cast("I")
    return [slot for (slot,) in SLOT.iter_unpack(table)]


def table_of_remains(frequencies: bytes) -> bytes:
    """Return the table that `leaving` asks, for `en/frequencies.tsv`. `dictionaries/build.py` calls this."""
    rests: list[tuple[str, int]] = []
    place = 1
    for line in frequencies.splitlines(keepends=True):
        rests += ((rest, place) for rest in sorted(set(without_one(line.partition(b"\t")[0].decode()))))
        place += len(line)
    last = (1 << int(len(rests) / FULL).bit_length()) - 1
    slots = [0] * (last + 1)
    for rest, place in rests:
        key = crc32(rest.encode())
        at = key & last
        while slots[at]:
            at = at + 1 & last
        slots[at] = key >> MARK << MARK | place
    return b"".join(map(SLOT.pack, slots))
