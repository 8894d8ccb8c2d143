"""The review page without a browser: groups, reasons, what the page may hold, and the command."""

from __future__ import annotations

import builtins
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import newsclean
from newsclean.edits import apply, invert
from newsclean.reviewing import groups as grouping
from newsclean.reviewing.articles import Articles, pieces
from newsclean.reviewing.groups import Groups
from newsclean.reviewing.page import Subject, render
from tests.conftest import Run
from tests.texts import texts

CLEAN = "The council met on Monday to talk about the bridge. Members said that the plan was sound.\n"
DIRTY = CLEAN + "\nAdvertisement\n\nThe goverment did not say  more about the plan.\n"


def row(before: str = "teh", after: str = "the", rule: str = "typos/slip", **more: Any) -> dict[str, Any]:
    """Return a line of the edit log."""
    return {"rule": rule, "start": 0, "end": len(before), "before": before, "after": after} | more


def gathered(*rows: dict[str, Any]) -> Groups:
    """Return the groups of lines, each of a text of its own."""
    groups = Groups()
    for number, each in enumerate(rows):
        groups.add(each, f"{number}.txt")
    return groups


def reasons(*rows: dict[str, Any]) -> list[str]:
    """Return the reasons to look at the first of the groups."""
    return gathered(*rows).ranked()[0][1]


def test_equal_changes_are_one_group() -> None:
    """A group counts its changes and texts, keeps the least score and no more than three contexts, all different."""
    rows = [row(score=0.96 + n / 100, context=["by ", f" sea {n % 3}"]) for n in range(4)]
    groups = gathered(*rows, row(context=["on ", " hill"]), row(after="ten"), row(suggested=True))
    ranked = [(group.after, group.is_suggested, group.count, group.texts) for group, _ in groups.ranked()]
    assert [("the", False, 5, 5), ("ten", False, 1, 1), ("the", True, 1, 1)] == ranked
    first = groups.ranked()[0][0]
    assert (0.96, [" sea 0", " sea 1", " sea 2"]) == (first.score, [context.right for context in first.contexts])
    assert (6, 1) == (groups.edits, groups.suggestions)


def test_an_edit_of_several_parts_counts_for_each() -> None:
    """What each rule did is a group of its own, with the rest of the edit as its context."""
    parts = [
        {"rule": "typos/slip", "before": "teh", "after": "the"},
        {"rule": "whitespace/run", "before": "  ", "after": " "},
    ]
    groups = gathered(row("teh  ", "the ", context=["by ", "sea"], parts=parts))
    found = {group.rule: group.contexts[0] for group, _ in groups.ranked()}
    assert ("by ", "  sea") == found["typos/slip"][:2]
    assert ("by teh", "sea") == found["whitespace/run"][:2]


MANY = [row("  ", " ", "whitespace/run")] * 2000

SUSPICIOUS = {
    "capitalised": row("Teh", "The"),
    "unsure": row(score=0.95),
    "quoted": row(context=["he said “by ", " sea” and"]),
    "sentence": row("He said that it was too late for all of them.\n", "", "prompts/model"),
    "rare": row(rule="typos/capitals"),
}
ORDINARY = {
    "small letter": row(),
    "sure": row(score=0.99),
    "only suggested": row(score=0.8, suggested=True),
    "quotation ended": row(context=["“Rain”, he said, by ", " sea"]),
    "apostrophe": row(context=["the farmers' ", " sea's"]),
    "short prompt": row("Advertisement\n", "", "prompts/en/advertisement"),
    "header without a full stop": row("Get all of the news of the day in your inbox\n", "", "prompts/model"),
    "capitals of a prompt": row("Read More\n", "", "prompts/en/read-more"),
}


@pytest.mark.parametrize("reason", SUSPICIOUS)
def test_what_is_worth_a_look(reason: str) -> None:
    """Each reason is found where it holds, and puts its group in front of the frequent ones."""
    others = [row(n * "x", "", SUSPICIOUS[reason]["rule"]) for n in range(1, 9)] if reason != "rare" else []
    assert [reason] == reasons(SUSPICIOUS[reason], *others, *MANY[:500] if others else MANY)


@pytest.mark.parametrize("case", ORDINARY)
def test_what_is_not(case: str) -> None:
    """No reason is found where none holds."""
    assert [] == reasons(ORDINARY[case], *[ORDINARY[case]] * 5)


def test_groups_stay_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many groups those least worth a look go, and are counted; the totals stay whole."""
    monkeypatch.setattr(grouping, "MOST_GROUPS", 10)
    groups = gathered(row("Teh", "The"), *(row(f"w{n}", "") for n in range(100)))
    ranked = groups.ranked()
    assert 10 == len(ranked)
    assert "Teh" == ranked[0][0].before
    assert 101 == groups.edits == groups.rules["typos/slip"]
    assert 101 == groups.left_out + sum(group.count for group, _ in ranked)


@given(texts)
def test_pieces_tell_both_texts(text: str) -> None:
    """Put together, the pieces of an article are the original on one side and the clean text on the other."""
    result = newsclean.explain(text)
    cut = pieces(text, result)
    assert text == "".join(piece if isinstance(piece, str) else piece[0] for piece in cut)
    assert result.text == "".join(p if isinstance(p, str) else p[0] if p[3] else p[1] for p in cut)
    assert text == apply(result.text, invert(result.edits))


def test_articles_stay_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that nothing changed take no room, and those that find none are counted."""
    monkeypatch.setattr("newsclean.reviewing.articles.MOST_CHARACTERS", 2 * len(DIRTY))
    articles = Articles()
    for number, text in enumerate([DIRTY, CLEAN, DIRTY, DIRTY]):
        articles.add(str(number), text, newsclean.explain(text))
    assert (4, 3, 1, ["0", "2"]) == (articles.texts, articles.changed, articles.left_out, [a[0] for a in articles.rows])


class Elements(HTMLParser):
    """Gathers what a browser would take for tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


def page_of(name: str = "x", *rows: dict[str, Any], articles: Articles | None = None) -> str:
    """Return the page about some lines of a log."""
    return render(Subject(name, gathered(*rows), articles or Articles(), {})).decode()


def data_of(page: str) -> Any:
    """Return the data that the page holds."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


HOSTILE = "\"'><script>alert(1)</script><!--<img src=x onerror=alert(2)>]]>{{ 7*7 }}\u2028\ud800"


def test_hostile_text_makes_no_element() -> None:
    """Whatever stands in names, rules, words, notes, contexts and articles, the page has the elements of a tame one."""
    articles = Articles()
    dirty = HOSTILE + "  teh\n\n\n\n" + HOSTILE
    articles.add(HOSTILE, dirty, newsclean.explain(dirty))
    hostile, tame = Elements(), Elements()
    bad = row(HOSTILE, HOSTILE, f"typos/{HOSTILE}", note=HOSTILE, context=[HOSTILE, HOSTILE])
    page = page_of(HOSTILE, bad, articles=articles)
    hostile.feed(page)
    tamed = Articles()
    tamed.add("x", DIRTY, newsclean.explain(DIRTY))
    tame.feed(page_of("x", row(rule="typos/a/b"), articles=tamed))
    assert [tag for tag in tame.tags if tag != "wbr"] == [tag for tag in hostile.tags if tag != "wbr"]
    assert tame.attributes == hostile.attributes
    assert HOSTILE == data_of(page)["groups"][0][1]


def test_the_page_needs_no_network() -> None:
    """Nothing is loaded from anywhere, and the policy allows one script and one style, by their hashes."""
    page = page_of("x", row())
    assert not re.search(r"""(?:src|href)=["'](?!#)|url\(|@import|https?:""", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;sha256-")
    assert "unsafe" not in policy[1]


def test_review_of_files(run: Run, tmp_path: Path) -> None:
    """The page tells of the files as a run would change them, and leaves them as they are."""
    (tmp_path / "a.txt").write_text(DIRTY)
    (tmp_path / "b.txt").write_text(CLEAN)
    assert (0, b"", "") == run("review", tmp_path, "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    data = data_of(page)
    assert {"Advertisement\n", "goverment", "  "} <= {group[1] for group in data["groups"]}
    assert "<dt>texts read</dt><dd>2</dd>" in page
    assert DIRTY == (tmp_path / "a.txt").read_text()


def test_review_of_a_log_is_that_of_the_run(run: Run, tmp_path: Path) -> None:
    """The edit log of a run gives the groups that its files give."""
    from newsclean.editlog import log_lines

    (tmp_path / "a.txt").write_text(DIRTY)
    log = tmp_path / "edits.jsonl"
    log.write_bytes(b"".join(log_lines(newsclean.explain(DIRTY), DIRTY, id="a", column="text")))
    made = [data_of(run("review", path, "-o", "-").out.decode()) for path in (tmp_path / "a.txt", log)]
    assert [group[:8] for group in made[0]["groups"]] == [group[:8] for group in made[1]["groups"]]
    assert ["a text"] == made[1]["places"]


def test_review_of_a_corpus(run: Run, tmp_path: Path) -> None:
    """The rows of a corpus, and the log of a run over it, give the same groups; rows are named, with their articles."""
    corpus, other = tmp_path / "corpus", DIRTY.replace("the plan.", "the bridge.")
    corpus.mkdir()
    lines = [json.dumps({"id": f"a{n}", "text": text}) for n, text in enumerate([DIRTY, CLEAN, other])]
    (corpus / "a.jsonl").write_text("\n".join(lines) + "\n")
    edits, report = tmp_path / "edits", tmp_path / "bulk.html"
    how: tuple[str | Path, ...] = ("--id-column", "id", "--edits", edits, "--report", report, "--quiet")
    assert 0 == run("bulk", corpus, "-o", tmp_path / "clean", *how).status
    pages = [
        report.read_text(),
        run("review", edits, "-o", "-").out.decode(),
        run("review", corpus, "--id-column", "id", "-o", "-").out.decode(),
        run("review", corpus / "a.jsonl", "-o", "-").out.decode(),
    ]
    found = [data_of(page) for page in pages]
    assert 1 == len({json.dumps([group[:9] for group in data["groups"]]) for data in found})
    assert [["a0 0 text", "a2 2 text"]] * 2 == [data["places"] for data in found[:2]]
    assert [["a0", "a2"], ["0", "2"]] == [data["places"] for data in found[2:]]
    assert ["<dt>texts read</dt><dd>3</dd>" in page for page in pages] == [True, False, True, True]


def test_a_report_of_bulk_needs_the_log(run: Run, tmp_path: Path) -> None:
    """Without a log there is nothing to show, and that is told before any work is done."""
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": DIRTY}) + "\n")
    ran = run("bulk", tmp_path / "a.jsonl", "-o", tmp_path / "clean", "--report", tmp_path / "page.html")
    assert 2 == ran.status
    assert "--edits" in ran.err
    assert not (tmp_path / "clean").exists()


@pytest.mark.parametrize("how", [[], ["--check"], ["--diff"], ["-w"]], ids=str)
def test_the_filter_writes_the_page_too(how: list[str], run: Run, tmp_path: Path) -> None:
    """--report adds the page to whatever else a run does, and changes nothing of that."""
    path = tmp_path / "a.txt"
    path.write_text(DIRTY)
    without = run(*how, path)
    path.write_text(DIRTY)
    assert without == run(*how, path, "--report", tmp_path / "page.html")
    assert "goverment" in {group[1] for group in data_of((tmp_path / "page.html").read_text())["groups"]}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "edits.jsonl:2: is not JSON"),
        ("[]", "edits.jsonl:2: is no line of an edit log"),
        ('{"text": "an article"}', "edits.jsonl:2: is no line of an edit log"),
        (json.dumps(row() | {"parts": [{}]}), "edits.jsonl:2: is no line of an edit log"),
        (json.dumps(row() | {"before": 3}), "edits.jsonl:2: is no line of an edit log"),
    ],
)
def test_what_is_no_log_is_told(line: str, says: str, run: Run, tmp_path: Path) -> None:
    """A line that is none of an edit log is named, and no page is written."""
    log = tmp_path / "edits.jsonl"
    log.write_text(json.dumps(row()) + "\n" + line + "\n")
    ran = run("review", log, "-o", tmp_path / "page.html")
    assert 2 == ran.status
    assert says in ran.err
    assert not (tmp_path / "page.html").exists()


def test_a_page_takes_no_other_files_place(run: Run, tmp_path: Path) -> None:
    """An older page is written over; anything else is not."""
    article, page = tmp_path / "a.txt", tmp_path / "page.html"
    article.write_text(DIRTY)
    for _ in range(2):
        assert 0 == run("review", article, "-o", page).status
    ran = run("review", article, "-o", article)
    assert (2, DIRTY) == (ran.status, article.read_text())
    assert "was not written by this command" in ran.err


def test_without_jinja2_the_extra_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where jinja2 is missing, that is told before any file is touched."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("jinja2"):
            raise ImportError(name)
        return real(name, *rest)

    (tmp_path / "a.txt").write_text(DIRTY)
    monkeypatch.setattr(builtins, "__import__", without)
    ran = run("-w", tmp_path / "a.txt", "--report", tmp_path / "page.html")
    assert (2, DIRTY) == (ran.status, (tmp_path / "a.txt").read_text())
    assert "pip install 'newsclean[review]'" in ran.err


def test_the_page_starts_from_what_is_configured(run: Run, tmp_path: Path) -> None:
    """What the configuration has is handed to the page, which adds to it; corrections come as a table."""
    config = tmp_path / "newsclean.toml"
    config.write_text('off = ["whitespace/run"]\n[typos]\nallowed = ["Grauniad"]\ncorrections = [["a", "b"]]\n')
    (tmp_path / "a.txt").write_text(DIRTY)
    data = data_of(run("review", tmp_path / "a.txt", "--config", config, "-o", "-").out.decode())
    expected = {"off": ["whitespace/run"], "typos": {"allowed": ["Grauniad"], "corrections": {"a": "b"}}}
    assert expected == data["config"]
    assert {} == data_of(run("review", tmp_path / "a.txt", "--no-config", "-o", "-").out.decode())["config"]


def test_every_stage_can_be_told_what_to_leave() -> None:
    """The options that the page writes to are options that there are."""
    from newsclean.options import Options
    from newsclean.reviewing.page import KEPT_BY, MADE_BY

    for stage, name in filter(None, [*KEPT_BY.values(), *MADE_BY.values()]):
        assert isinstance(getattr(getattr(Options(), stage), name), tuple)
