"""Learning from a corpus: what is proposed and what is not, the files, and what the filter makes of them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from random import Random

import pytest
from benchmarks.texts import article

from newsclean.cleaner import Cleaner
from newsclean.learning.counts import Counts
from newsclean.learning.learner import learn
from newsclean.learning.proposals import Proposal, as_log, as_toml
from newsclean.learning.seen import Example, Text
from newsclean.options import Options
from tests.conftest import Run

PROMPT = "You and the harbour: our series"
SENTENCE = "The river Oder flows past the town of Quuxville, and the men knew Jorinde."


def learned(texts: list[tuple[str, str]], fewest: int = 3) -> list[Proposal]:
    """Return what is proposed from texts of sites."""
    documents = (Text(site, str(number), text) for number, (site, text) in enumerate(texts))
    return list(learn(documents, Options(), fewest).proposals())


def found(texts: list[tuple[str, str]], kind: str, fewest: int = 3) -> list[str]:
    """Return the wordings of one kind that are proposed."""
    return [proposal.before for proposal in learned(texts, fewest) if proposal.kind == kind]


def page(*lines: str, number: int = 0) -> str:
    """Return an article with lines of its site."""
    return "\n\n".join([article(Random(number)).strip(), *lines])


def test_lines_that_a_site_repeats_are_proposed() -> None:
    """A line that three articles of one site have is proposed, numbers left open; not one that three sites have."""
    texts = [("a", page(PROMPT, f"{n + 7} readers like this", number=n)) for n in range(3)]
    assert {PROMPT, "<number> readers like this"} == set(found(texts, "prompt"))
    examples = [proposal.examples[0] for proposal in learned(texts) if proposal.before == PROMPT]
    assert [("\n\n", "\n\n7 readers")] == [(example.left[-2:], example.right[:11]) for example in examples]
    assert [] == found([(str(n), text) for n, (_, text) in enumerate(texts)], "prompt")
    assert [] == found(texts[:2], "prompt")


def test_sentences_that_a_site_repeats_are_proposed(run: Run, tmp_path: Path) -> None:
    """A prompt may stand in a paragraph; what is proposed is taken out of it, and the paragraph stays."""
    paragraph = "The bridge in {} was closed. {} It will open in spring."
    texts = [
        ("a", page(paragraph.format(town, PROMPT + "!"), number=n)) for n, town in enumerate(("Oslo", "Bonn", "Rome"))
    ]
    made = learned(texts)
    assert [PROMPT + "!"] == [proposal.before for proposal in made if proposal.kind == "prompt"]
    config = tmp_path / "newsclean.toml"
    config.write_text(as_toml(made, 3))
    clean = run("--config", config, stdin=paragraph.format("Lima", PROMPT + "!").encode()).out.decode()
    assert "The bridge in Lima was closed. It will open in spring." == clean.strip()


REPEATED = [
    "The river rose and the town slept, and in the morning the men went out to see.",
    "The mayor said that the town would pay for the bridge.",
    "Analysis",
    "By Anna Example",
]


@pytest.mark.parametrize("line", REPEATED)
def test_article_that_comes_again_is_not(line: str) -> None:
    """Sentences, bylines and headings are article, however often they come."""
    assert [] == found([("a", page(line, PROMPT, number=n).replace(PROMPT, "")) for n in range(5)], "prompt")


def test_names_are_proposed() -> None:
    """Unknown words that stand with a capital inside sentences are names; not those at the front, or also small."""
    texts = [("", page(SENTENCE, "Zorkable it was. The men saw a Flimbat, and then a flimbat.")) for _ in range(3)]
    assert {"Jorinde", "Quuxville"} <= (names := set(found(texts, "name")))
    assert {"Zorkable", "Flimbat", "The"}.isdisjoint(names)
    assert [] == found(texts[:2], "name")


def test_slips_are_proposed_where_the_corpus_has_the_right_word() -> None:
    """A suggestion is proposed where twenty times as many documents have what it leads to."""
    doubtful = page("He said the “adviserr” was there.")
    texts = [("", doubtful)] + [("", page(f"The adviser came {n} times.")) for n in range(25)]
    suggested = [edit.before for edit in Cleaner().explain(doubtful).suggestions]
    assert suggested == found(texts, "correction")
    assert [] == found(texts[:10], "correction")


@pytest.mark.slow
def test_the_answer_does_not_depend_on_the_workers() -> None:
    """Two processes propose what one does, examples and all."""
    texts = [Text(f"site {n % 3}", str(n), page(PROMPT, SENTENCE, number=n)) for n in range(200)]
    one, two = (list(learn(texts, Options(), jobs=jobs).proposals()) for jobs in (1, 2))
    assert one == two
    assert {"prompt", "name"} <= {proposal.kind for proposal in one}


def test_memory_stays_within_bounds() -> None:
    """Of very many things the frequent are kept, and a count is too low by no more than it says."""
    counts, random = Counts(most=100), Random(1)
    for number in range(20_000):
        counts.met((f"rare {number}", "")).add(Example("", "", ""))
        if random.random() < 0.2:
            counts.met(("frequent", "")).add(Example("", "", ""))
    assert len(counts) <= 100
    assert counts["frequent", ""].documents > 3_000
    assert all(len(met.examples) <= 3 for met in counts.values())


HOSTILE = 'a "b" \\ \n # \x7f <script> ]'


def test_the_configuration_is_toml_that_newsclean_reads() -> None:
    """Whatever the wordings and sites are, the file is TOML, says each of them, and makes options."""
    made = [Proposal(kind, HOSTILE, after, 3, f"in 3 of {HOSTILE}", 0.5, ()) for kind, after in KINDS.items()]
    table = tomllib.loads(as_toml(made, 3))
    assert {"remove": [HOSTILE]} == table["prompts"]
    assert {"allowed": [HOSTILE], "corrections": {HOSTILE: "x y"}} == table["typos"]
    assert (HOSTILE,) == Options.from_table(table).typos.allowed
    assert {} == tomllib.loads(as_toml([], 0))


KINDS = {"prompt": "", "name": "", "correction": "x y"}


def test_the_log_counts_all_documents() -> None:
    """A proposal of more documents than examples counts them all on the page."""
    from newsclean.reviewing.groups import Groups

    examples = tuple(Example("l", f"r{n}", f"d{n}") for n in range(3))
    groups = Groups()
    for line in as_log([Proposal("name", "Quux", "", 12, "in 12 documents", 1.0, examples)]).splitlines():
        row = json.loads(line)
        groups.add(row, row["id"])
    group = groups.ranked()[0][0]
    assert (12, 12, 3, True) == (group.count, group.texts, len(group.contexts), group.is_suggested)


def test_what_is_learned_is_applied_only_when_taken(run: Run, tmp_path: Path) -> None:
    """`learn` writes proposals and changes nothing; with its file, the filter removes the prompts of the site."""
    corpus, proposals = tmp_path / "corpus.jsonl", tmp_path / "proposals"
    rows = [{"id": n, "site": "a", "text": page(f"{n} readers like this", SENTENCE, number=n)} for n in range(4)]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows))
    before = corpus.read_bytes()
    ran = run("learn", corpus, "--id-column", "id", "--site-column", "site", "-o", proposals)
    assert (0, before) == (ran.status, corpus.read_bytes())
    assert "1 prompt, 2 names, 0 corrections proposed from 4 documents" in ran.err
    assert ["newsclean.toml", "proposals.edits.jsonl"] == sorted(path.name for path in proposals.iterdir())
    text = page("77 readers like this", number=9)
    assert "77 readers" in run("--no-config", stdin=text.encode()).out.decode()
    assert "77 readers" not in run("--config", proposals / "newsclean.toml", stdin=text.encode()).out.decode()
    again = run("learn", corpus, "-o", proposals)
    assert 2 == again.status
    assert "not an empty folder" in again.err


def test_a_corpus_without_the_column_is_no_corpus(run: Run, tmp_path: Path) -> None:
    """Where no row has a text, it is the name of the column that is wrong, and nothing is written."""
    (tmp_path / "corpus.jsonl").write_text('{"body": "Rain fell."}\n')
    for command in "learn", "review":
        ran = run(command, tmp_path / "corpus.jsonl", "-o", tmp_path / "out")
        assert (2, b"") == (ran.status, ran.out)
        assert "no row has a column text: name the one that holds the text with --text-column" in ran.err
        assert not (tmp_path / "out").exists()


def test_a_column_that_is_missing_names_nothing(run: Run, tmp_path: Path) -> None:
    """Documents without an id go by their row, and those without a site are of one site."""
    rows = [{"text": page(PROMPT, number=n)} for n in range(3)]
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    named = ["--id-column", "id", "--site-column", "site"]
    assert 0 == run("learn", tmp_path / "corpus.jsonl", "-o", tmp_path / "out", *named).status
    written = (tmp_path / "out" / "newsclean.toml").read_text()
    log = (tmp_path / "out" / "proposals.edits.jsonl").read_text()
    assert "# in 3 of 3 documents\n" in written
    assert ["corpus.jsonl 0", "corpus.jsonl 1", "corpus.jsonl 2"] == [json.loads(row)["id"] for row in log.splitlines()]


def test_the_page_shows_proposals(run: Run, tmp_path: Path) -> None:
    """The review page reads what `learn` wrote."""
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps({"text": page(PROMPT, number=n)}) + "\n" for n in range(3)))
    assert 0 == run("learn", corpus, "-o", tmp_path / "proposals").status
    shown = run("review", tmp_path / "proposals", "-o", "-").out.decode()
    assert PROMPT in shown
    assert "in 3 of 3 documents" in shown
