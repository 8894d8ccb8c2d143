"""The typos stage, beyond its cases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import Cleaner, Options
from newsclean.errors import ConfigError
from newsclean.normalizers.typos import LIKELY, STRENGTHS, Typos, TyposOptions
from newsclean.resources import SortedTable, entries, root, table
from newsclean.spelling import phrases, signs, splits
from newsclean.spelling.candidates import candidates, is_slip, slip
from newsclean.spelling.compounds import chopped
from newsclean.spelling.decision import meanings
from newsclean.spelling.document import Document
from newsclean.spelling.doubts import doubts
from newsclean.spelling.pieces import pieces_of
from newsclean.spelling.vocabulary import Vocabulary
from tests.cases import cases

CLEANER = Cleaner(Options(only=("typos",)))
TEXTS = [case.text for case in cases() if case.id.startswith("typos")]

JUDGED = {f"typos/{rule}" for rule in ("listed", "slip", "name", "document", "join", "capitals")}
"""The rules of single words: one that has quotation marks to itself is suggested."""

letters = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=9)


def edited(text: str) -> list[tuple[str, str]]:
    return [(edit.before, edit.after) for edit in CLEANER.explain(text).edits]


def test_every_rule_is_named() -> None:
    """Each proposal falls under a rule that `rules` yields, has a score and gives a reason."""
    rules = {rule.id for rule in Typos().rules()}
    options = TyposOptions(corrections=(("Peking", "Beijing"),))
    found = [(proposal, text) for text in TEXTS for proposal in Typos(options).propose(text)]
    assert rules == {proposal.rule for proposal, _ in found}
    for proposal, text in found:
        start, end, *_ = proposal
        document, word = Document(text), text[start:end]
        is_quoted = proposal.rule in JUDGED and document.is_quoted_alone(start, word)
        may_be_meant = is_quoted or proposal.rule == "typos/doubled"
        least = STRENGTHS["safe"].least(word, proposal.text, document.starts_sentence(start))
        assert min(LIKELY, least) <= proposal.score <= 1
        assert proposal.safe == (proposal.score >= least and not may_be_meant)
        assert proposal.note


@pytest.mark.parametrize(
    ("corrections", "message"),
    [
        ((("a", "b"), ("b", "a")), "makes 'b' of 'a', and 'a' of 'b'"),
        ((("foo", "foo bar"),), "makes 'foo bar' of 'foo', and 'foo bar' of 'foo' in it"),
        ((("foo bar", "the foo bar"),), "'foo bar' in it"),
        ((("a",),), "must be a wrong word and the right one"),
        ((("a", ""),), "must be a wrong word and the right one"),
        ((("a", 3),), "must be a wrong word and the right one"),
    ],
)
def test_corrections_that_cannot_be_are_told(corrections: tuple[tuple[str, str], ...], message: str) -> None:
    """A correction without an end, or without a right form, is an error of the options."""
    with pytest.raises(ConfigError, match=message):
        Typos(TyposOptions(corrections=corrections))


def test_thorough_makes_what_safe_suggests() -> None:
    """With `thorough` every change of `safe` is made and more; what has quotation marks to itself stays."""
    thorough = Cleaner(Options(only=("typos",), typos=TyposOptions(strength="thorough")))
    text, quoted = (
        "Residents of Peshwar felt the tremor shortly after noon.",
        'They called it a "goverment" in the press.',
    )
    assert edited(text) == edited(quoted) == []
    assert thorough.clean(text) == "Residents of Peshawar felt the tremor shortly after noon."
    assert thorough.clean(quoted) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "The board of the bank r\N{SOFT HYPHEN}eleased its figures on Friday.",
        "They went t\N{SOFT HYPHEN}hrough the town on Friday.",
        "The board of the bank said on Friday that he had c addied for them all in the report of the year.",
    ],
)
def test_the_rest_of_a_word_is_no_misspelling(text: str) -> None:
    """A list may have the rest as one: "eleased" behind a hyphen that hardly shows, "addied" behind its letter."""
    assert [] == edited(text)


def test_the_rest_of_two_parts_that_are_allowed_is_no_misspelling() -> None:
    """Whoever allows a word in two parts gets it back as it was, not with a misspelling mended in its second part."""
    text = "The senator, a le ading critic of the plan, spoke on Friday."
    assert [("le ading", "leading")] == edited(text)
    assert text == Cleaner(Options(only=("typos",), typos=TyposOptions(allowed=("le ading",)))).clean(text)


def test_two_words_are_not_thought_of_where_lists_know_the_one() -> None:
    """With its space lost "for most" is "formost", too; lists say that people mean "foremost"."""
    assert ["foremost"] == [m.word for m in meanings("formost", 4, Document("The formost expert on dams spoke."))[1]]


@pytest.mark.parametrize(
    "text",
    [
        "She had had enough, and said that that was what the fund is used to to this day.",
        "The band The The played in the, the old hall; it was in in years gone by.",
        "Ele disse que a a proposta vai a votação e of of não quer dizer nada para ninguém aqui.",
        "The talks would go on in the spring.\nO ministro disse que a a proposta vai ser votada.\nNobody had read it.",
    ],
)
def test_words_that_may_stand_twice(text: str) -> None:
    """What somebody may need twice, has a comma between or is not English is not even suggested."""
    result = CLEANER.explain(text)
    assert ((), ()) == (result.edits, result.suggestions)


def test_a_small_word_that_stands_twice() -> None:
    """It is suggested to take one out, since speech may be written down as it was, and done where that is asked for."""
    text = "Ministers said the the budget was one of of the best, and the the the vote was near."
    assert ["the the", "of of", "the the"] == [edit.before for edit in CLEANER.explain(text).suggestions]
    thorough = Cleaner(Options(only=("typos",), typos=TyposOptions(strength="thorough")))
    assert thorough.clean(text) == "Ministers said the budget was one of the best, and the vote was near."


def test_an_unknown_strength_is_refused() -> None:
    """The message names the strengths that there are."""
    with pytest.raises(ConfigError, match="safe, thorough"):
        Typos(TyposOptions(strength="bold"))


def test_known_words_cost_no_proposal() -> None:
    """A text of known words yields nothing and comes back as the same object."""
    text = "The foreign minister of Afghanistan recognised the recognized travellers from Islamabad."
    assert text is CLEANER.clean(text)


def test_suggestions_change_nothing() -> None:
    """What is likely and not sure comes back as a suggestion, and the text as it was."""
    text = "A boat capsized off the coast of Mauritana on its way to Spain."
    result = CLEANER.explain(text)
    assert text == result.text
    assert [("Mauritana", "Mauritania")] == [(edit.before, edit.after) for edit in result.suggestions]


@pytest.mark.parametrize("word", ["shitt", "fuckk", "niggr", "pnis", "cuntt", "fagot", "bitchh", "whor", "slutt"])
def test_offensive_words_are_never_proposed(word: str) -> None:
    """A slur or an obscenity is never put into a text, not even as a suggestion."""
    never = set(entries("en/never.txt"))
    result = CLEANER.explain(f"The {word} of the man was in the report of the police.")
    assert never.isdisjoint(edit.after for edit in (*result.edits, *result.suggestions))


def test_capitals_carry_over() -> None:
    """A correction keeps the case of what it mends, and the possessive stays what it was."""
    text = "Goverment policy. The goverment’s policy, and Afghnaistan's too."
    assert [("Goverment", "Government"), ("goverment", "government"), ("Afghnaistan", "Afghanistan")] == edited(text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "'" * 200_000,
        "’s" * 200_000,
        "ab-" * 200_000,
        "teh " * 50_000,
        "Teh. " * 50_000,
        "goverment\ud800 " * 10_000,
        "é" * 300_000,
        "x'y" * 200_000,
        "toEuronews" * 50_000,
        "home-grow" * 50_000,
        "\0teh\0" * 50_000,
        "[sic] teh " * 20_000,
        "@" * 100_000 + " teh",
        "the goverment " + "a/" * 200_000,
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_hostile_texts_cost_linear_time(text: str) -> None:
    """No text raises, and doubling one does not more than triple what it costs."""
    CLEANER.explain(text[: len(text) // 2])
    times = []
    for part in (text[: len(text) // 2], text):
        start = time.process_time()
        CLEANER.explain(part)
        times.append(time.process_time() - start)
    assert times[1] < 3 * times[0] + 0.3
    assert times[1] < 8


def test_many_distinct_unknown_words_are_passed_over() -> None:
    """A million words that nobody knows are no article: they are not judged one by one."""
    random = Random(1)
    words = ["".join(random.choices("bcdfghjklmnpqrstvwxz", k=7)) for _ in range(100_000)]
    start = time.process_time()
    assert [] == edited(" ".join(words))
    assert time.process_time() - start < 8


def test_a_text_full_of_alike_names_costs_little() -> None:
    """Names that differ by a letter are compared with a bounded number of others."""
    names = [f"Xa{a}o{b}{c}q" for a in "bcdfgh" for b in "klmnp" for c in "rstvwxz"]
    start = time.process_time()
    CLEANER.explain(f"The list of the people: {', '.join(names)}.")
    assert time.process_time() - start < 5


@given(st.lists(st.sampled_from(TEXTS), max_size=5))
def test_the_order_of_texts_does_not_matter(texts: list[str]) -> None:
    """What a text becomes does not depend on the texts before it."""
    assert [CLEANER.clean(text) for text in texts] == [CLEANER.clean(text) for text in reversed(texts)][::-1]


def test_threads_agree() -> None:
    """Threads that share a cleaner get the answers that one would."""
    alone = [CLEANER.clean(text) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        assert alone == list(pool.map(CLEANER.clean, TEXTS))


def test_hash_seed_and_cold_caches_do_not_matter() -> None:
    """A process with cold caches, and another hash of every string, gives the same answers."""
    script = (
        "import sys, json; from newsclean import Cleaner, Options; c = Cleaner(Options(only=('typos',)));"
        "print(json.dumps([c.explain(t) for t in json.load(sys.stdin)]))"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", script],
            input=json.dumps(TEXTS[::-1] if seed == "7" else TEXTS),
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "7")
    ]
    assert json.loads(answers[0]) == json.loads(answers[1])[::-1]
    assert json.loads(json.dumps([CLEANER.explain(text) for text in TEXTS])) == json.loads(answers[0])


def test_a_table_read_whole_answers_as_one_searched() -> None:
    """A sorted table gives the same answers before and after it has been read into memory."""
    path = os.path.join(root(), "en", "misspellings.tsv")
    searched, read = SortedTable(path), SortedTable(path)
    read._left = 0
    words = ["recieve", "goverment", "", "the", "zzz", "a", "\ud800", "afghnaistan", "wierd"]
    assert [searched.get(word) for word in words] == [read.get(word) for word in words]
    assert read._read is not None
    assert searched._read is None


PROPOSED = [line.split("\t")[0] for line in entries("en/frequencies.tsv")]


@settings(max_examples=20, deadline=None)
@given(letters)
def test_candidates_are_one_slip_away(word: str) -> None:
    """Each candidate may be proposed, is one slip away, and has the chance of that slip; none is missed."""
    found = {c.word: c for c in candidates(word) if c.slip != "a listed misspelling"}
    for meant, candidate in found.items():
        assert is_slip(meant, word)
        assert candidate.slip == slip(meant, word)[0]
    assert found.keys() == {w for w in PROPOSED if abs(len(w) - len(word)) < 2 and w != word and is_slip(w, word)}


@given(st.lists(letters, max_size=6))
def test_the_known_set_changes_no_answer(words: list[str]) -> None:
    """A vocabulary that has met words before says the same of them as a fresh one."""
    text = " ".join(words) + " The government’s 'men' said Kabul's MPs"
    old, fresh = Vocabulary(), Vocabulary()
    first = old.unknown(pieces_of(text))
    assert first == old.unknown(pieces_of(text)) == fresh.unknown(pieces_of(text))


@pytest.mark.parametrize("tail", ["", "'s", "’s", ".", ",", "?", "”", "’", ")"])
@pytest.mark.parametrize("head", ["", "“", "‘", "(", "— "])
def test_punctuation_does_not_hide_a_word(head: str, tail: str) -> None:
    """Whatever usually stands around a word, a slip in it is found; in quotation marks of its own it may be meant."""
    result = CLEANER.explain(f"They asked {head}goverment{tail} again for the money.")
    is_quoted = head in ("“", "‘") and tail in ("”", "’")
    expected, none = (result.suggestions, result.edits) if is_quoted else (result.edits, result.suggestions)
    assert [("goverment", "government")] == [(edit.before, edit.after) for edit in expected]
    assert () == none


def rows(table: str) -> list[list[str]]:
    """Return the rows of a table of sentences, each a list of columns."""
    text = (Path(__file__).parent / "cases" / table).read_text()
    return [line.split("\t") for line in text.splitlines()]


def test_hard_sentences_are_mended() -> None:
    """Of 491 sentences with a slip, written before anything was tuned to them, seven in ten come out right."""
    mended = sum(CLEANER.clean(text) == text.replace(wrong, right) for _, wrong, right, text in rows("typos_hard.tsv"))
    assert mended >= 343


def test_right_sentences_are_kept() -> None:
    """Of 776 right sentences that tempt a corrector, written before anything was tuned to them, three change."""
    changed = [words for _, words, text in rows("typos_kept.tsv") if CLEANER.clean(text) != text]
    assert len(changed) <= 3, changed


def test_places_are_words_of_their_own() -> None:
    """A word is found where it stands by itself, not inside another."""
    assert [0, 9] == list(Document("teh xteh teh teh1 _teh tehs").places("teh"))


def test_no_part_of_a_common_word_is_passed_over() -> None:
    """What a long run knows of common words hides no word in two parts from it."""
    known = table("en/frequencies.tsv")
    while known.quickest is known:
        known.get("the")
    common = [word for word in splits._common_words()[0] if word.isalpha()]
    assert "government" in common
    for word in common[::20]:
        assert all(splits._is_end(word[:i]) and splits._is_end(word[i:]) for i in range(2, len(word) - 1))
    assert not splits._is_end("Bhattacharjee")


@pytest.mark.parametrize("before", ["", *splits.STARTS, "It is over. ", 'He said — or wrote — "', "’tis U.S. law. "])
def test_letters_alone_are_not_passed_over(before: str) -> None:
    """Wherever a letter that stands alone may begin a word, one is found."""
    document = Document(f"{before}T he plan failed. We left it t o them, as in Model T.")
    assert ["The", "to"] == [split.whole for split in splits.initials(document, doubts(document))]


def test_phrases_are_found_by_a_word_of_theirs() -> None:
    """Each phrase is found with other phrases around it; not as a part of longer words."""
    looked_for = [phrase for line in entries("en/phrases.tsv") for phrase in signs.forms(line)]
    for *_, wrong, right in [*looked_for[::7], *(phrase for phrase in looked_for if "-" in phrase.wrong)]:
        there, within = Document(f"And so {wrong}; their is one."), Document(f"And so{wrong}ed.")
        assert (7, wrong, right) in list(phrases.mistaken(there, doubts(there)))
        assert [] == [found for found in phrases.mistaken(within, within.signs) if found[1] == wrong]


beside = st.sampled_from(
    ["prime", "minster", "an", "year", "T", "he", "home", "grow", "it's", "own", "lead", "has", "S"]
)
marks = st.sampled_from([" ", " ", " ", "-", "\n", " “", " '", "' ", "” ", "'s ", ". ", " — "])


@given(st.lists(st.tuples(beside, marks)))
def test_nothing_is_found_where_nothing_is_in_doubt(words: list[tuple[str, str]]) -> None:
    """The look at what stands beside the signs hides nothing that the closer look would find."""
    document = Document("".join(word + mark for word, mark in words))
    for found in (phrases.mistaken, chopped, splits.initials):
        assert list(found(document, doubts(document))) == list(found(document, document.signs))


def test_what_recurs_stays() -> None:
    """A word that a text has again and again is its own, whatever it looks like."""
    text = "The recieve is a bird. " + "Every recieve sings, and a recieve seldom sleeps. " * 6
    assert [] == edited(text)
