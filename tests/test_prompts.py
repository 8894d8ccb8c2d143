"""The prompts stage: laws of its data, lines it must keep, and inputs meant to hurt it."""

from __future__ import annotations

import ast
import time
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any

import pytest

import newsclean
from newsclean.chain import Chain, Result
from newsclean.cli import main
from newsclean.errors import ConfigError, PatternError
from newsclean.normalizers.prompts import Prompts, PromptsOptions
from newsclean.prompting import weights
from newsclean.prompting.alone import GONE, SIZES, judged
from newsclean.prompting.features import features
from newsclean.prompting.index import index
from newsclean.prompting.kinds import KINDS
from newsclean.prompting.memory import MOST_CHARACTERS, Memory
from newsclean.prompting.model import Model, model
from newsclean.prompting.places import ALL_COUNTED, NEAR, PLACES, Place, counts_of
from newsclean.prompting.screen import screen
from newsclean.prompting.template import SHAPES, WILDCARDS, lookup, pieces
from newsclean.prompting.verdicts import verdicts
from newsclean.prompting.weights import Weights
from newsclean.resources import SortedTable, root

DATA = Path(root(), "prompts")
KEPT = Path(__file__).parent / "cases" / "prompts_kept.txt"
HARD = Path(__file__).parent / "cases" / "prompts_hard.txt"
BEFORE = "The dam held through the night, and the town slept."
AFTER = "Nobody was hurt when the river rose again on Friday."

Prompt = dict[str, Any]


def prompts() -> Iterator[tuple[str, Prompt]]:
    """Yield every prompt of every file, with the id of its rule."""
    for path in sorted(DATA.rglob("*.toml")):
        for prompt in tomllib.loads(path.read_text("utf-8"))["prompt"]:
            yield f"prompts/{path.stem}/{prompt['id']}", prompt


ALL = list(prompts())
CHAIN = Chain([Prompts()])
every_prompt = pytest.mark.parametrize(("rule", "prompt"), ALL, ids=[rule for rule, _ in ALL])


def explain(text: str) -> Result:
    return CHAIN.explain(text)


def rules_of(result: Result) -> set[str]:
    return {part.rule for edit in result.edits for part in edit.parts}


@every_prompt
def test_a_prompt_has_the_form_of_the_schema(rule: str, prompt: Prompt) -> None:
    """A prompt says what it is, where it was seen, what it removes or cuts and what it keeps, and nothing else."""
    assert set() == set(prompt) - {"id", "kind", "exact", "removes", "cuts", "keeps", "seen", *SHAPES}
    assert prompt["kind"] in KINDS
    assert prompt["seen"]
    assert prompt["keeps"]
    assert prompt.get("removes") or prompt.get("cuts")
    assert any(shape in prompt for shape in SHAPES)


@every_prompt
def test_every_template_can_be_found(rule: str, prompt: Prompt) -> None:
    """Every template is well formed, normalised, and has words to be found by."""
    for shape in SHAPES:
        for template in prompt.get(shape, []):
            assert template == unicodedata.normalize("NFC", template)
            assert pieces(template)
            table, words = lookup(template, shape)
            assert "" not in words, f"{table}: {template}"


@every_prompt
def test_every_way_to_begin_is_looked_up(rule: str, prompt: Prompt) -> None:
    """However a line of some template begins, the index finds the template: no screen hides it."""
    templates = [text for shape in SHAPES for text in prompt.get(shape, []) if lookup(text, shape)[0] == "first"]
    for template in templates:
        for start in islice(beginnings(template), 300):
            for line in (start, start.title(), start.upper(), f"» {start}", f"   {start}", start.replace("'", "’")):
                assert template in {form.template for form in index().forms(f"{line} ...")}, line
                assert [0] == screen().glance(f"{line} ...", [f"{line} ..."]).suspects, line


def test_the_screen_hides_no_line() -> None:
    """Every line that has words of some form, or may be a prompt that none knows, is seen."""
    listed = "\n".join(path.read_text("utf-8") for path in (KEPT, HARD))
    shown = [line for _, prompt in ALL for line in (*prompt.get("removes", []), *prompt["keeps"])]
    cut = [before for _, prompt in ALL for before, _ in prompt.get("cuts", [])]
    lines = [*"\n".join((listed, *shown, *cut)).split("\n"), "Below", "(Below)", "more)", "[", "İ more", "©", "_" * 9]
    suspects, candidates = screen().glance("\n".join(lines), lines)
    expected = [number for number, line in enumerate(lines) if index().forms(line)]
    assert len(expected) > len(lines) / 4
    assert set() == set(expected) - set(suspects)
    expected = list(model().candidates(lines, range(len(lines))))
    assert len(expected) > len(lines) / 4
    assert set() == set(expected) - set(candidates)


def beginnings(template: str) -> Iterator[str]:
    """Yield what a text of this form may begin with, up to the first wildcard but a number."""
    for parts in product(*pieces(template.replace("<n>", "12"))):
        yield "".join(parts).partition("<")[0].strip()


@every_prompt
def test_what_a_prompt_removes_vanishes(rule: str, prompt: Prompt) -> None:
    """Each `removes` goes, in one part or several of which one is this rule's, and nothing is left to match."""
    for lines in prompt.get("removes", []):
        result = explain(f"{BEFORE}\n{lines}\n{AFTER}")
        assert f"{BEFORE}\n{AFTER}" == result.text, lines
        assert rule in rules_of(result), lines


@every_prompt
def test_what_a_prompt_cuts_closes_up(rule: str, prompt: Prompt) -> None:
    """Each `cuts` becomes what stands beside it, by this rule."""
    for before, after in prompt.get("cuts", []):
        result = explain(before)
        assert after == result.text
        assert rule in rules_of(result), before


@every_prompt
def test_what_a_prompt_keeps_survives_all(rule: str, prompt: Prompt) -> None:
    """Each `keeps` of every file survives the prompts of all files."""
    for line in prompt["keeps"]:
        for text in (line, f"{BEFORE}\n\n{line}\n\n{AFTER}"):
            assert text == explain(text).text


@pytest.mark.parametrize("line", [line for line in KEPT.read_text("utf-8").split("\n") if line and line[:2] != "# "])
def test_a_line_that_only_looks_like_a_prompt_stays(line: str) -> None:
    """Idioms, headings, speech, verse and lists in seven languages stay."""
    text = f"{BEFORE}\n\n{line}\n\n{AFTER}"
    assert text == explain(text).text


def test_hardly_any_line_goes_that_is_hard_to_tell() -> None:
    """Of the hard lines in seven languages at most two go, wherever in the article they stand."""
    lines = [line for line in HARD.read_text("utf-8").split("\n") if line and line[:2] != "# "]
    assert len(lines) >= 300
    places = ("{1}\n\n{0}\n\n{2}", "{1}\n\n{2}\n\n{0}")
    texts = {line: [place.format(line, BEFORE, AFTER) for place in places] for line in lines}
    gone = [line for line, each in texts.items() if any(text != explain(text).text for text in each)]
    assert len(gone) <= 2, gone


def test_rule_ids_are_unique() -> None:
    """No two prompts have the same id, and `rules` lists them all."""
    assert sorted({rule for rule, _ in ALL}) == sorted(rule for rule, _ in ALL)
    assert {rule for rule, _ in ALL} | {"prompts/given", "prompts/model"} == {rule.id for rule in Prompts().rules()}


def test_no_template_stands_twice() -> None:
    """A template that two files share belongs into one."""
    seen = [(shape, template) for _, prompt in ALL for shape in SHAPES for template in prompt.get(shape, [])]
    assert sorted(set(seen)) == sorted(seen)


def test_the_derived_files_are_up_to_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """`build.py prompts` makes the very files that are there."""
    monkeypatch.syspath_prepend(root())
    import build  # type: ignore[import-not-found, unused-ignore]

    for name, content in build.prompts().items():
        assert content == Path(root(), name).read_bytes(), f"run dictionaries/build.py prompts: {name} is stale"


def test_every_wildcard_has_a_cap() -> None:
    """No wildcard repeats without end, so no template can run away."""
    for name, pattern in WILDCARDS.items():
        bare = pattern.replace(r"\.", "").replace(r"\+", "")
        outside = "".join(part.split("]")[-1] for part in bare.split("["))
        assert not set("*+") & set(outside), name


def test_an_unknown_kind_is_an_error() -> None:
    """Options name kinds that there are; the message lists them."""
    with pytest.raises(ConfigError, match="newsletter"):
        Prompts(PromptsOptions(keep=("adverts",)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_can_be_kept(kind: str) -> None:
    """Nothing is removed as a prompt of a kind that is to be kept."""
    kept = Prompts(PromptsOptions(keep=(kind,)))
    for _, prompt in ALL:
        if prompt["kind"] == kind:
            for lines in prompt.get("removes", []):
                assert kind not in {r.note for r in kept.propose(f"{BEFORE}\n{lines}\n{AFTER}") if r.safe}


def test_the_order_of_texts_does_not_matter() -> None:
    """The same text gets the same answer whatever was asked before."""
    texts = [f"{BEFORE}\n{lines}\n{AFTER}" for _, prompt in ALL for lines in prompt.get("removes", [])]
    once = [list(Prompts().propose(text)) for text in texts]
    assert once[::-1] == [list(Prompts().propose(text)) for text in reversed(texts)]


def test_memory_is_bounded_by_characters() -> None:
    """Few lines may be long: what is remembered never holds more characters than it may, and answers stay right."""
    memory = Memory(len, longest=MOST_CHARACTERS // 3)
    for size in (MOST_CHARACTERS // 3 - number for number in range(9)):
        assert size == memory["a" * size]
        assert sum(map(len, memory)) <= MOST_CHARACTERS
    assert 2 <= len(memory)


HURTFUL = {
    "one word": "a",
    "open brackets": "(",
    "nested cues": "(also read: ",
    "closed cues": "(Also read: Ministers meet) ",
    "empty lines": "\n",
    "blank lines": "\N{NO-BREAK SPACE}\n",
    "headers": "Read more\n",
    "headers and headlines": "Read more\nMinisters meet at dawn to save the dam\n",
    "buttons": "Print\n",
    "buttons in a row": "Print ",
    "markers in front": "CLOSE ",
    "markers behind": "It rained. Read more here. ",
    "names glued": "Anna Example Anna ExampleMinisters ",
    "names and a cue": "Anna Example Anna ExampleMinisters MORE ",
    "signs": "©",
    "spaces": " ",
    "numbers": "1,",
    "quotes": "“",
    "free text": "Sign up for our a",
    "short lines": "ab\n",
    "lines of the longest kind": "Sign up for our " + "a " * 480 + "\n",
}


def seconds(text: str) -> float:
    """Return how much of the processor's time a text takes, whatever else runs."""
    prompts = Prompts()
    started = time.process_time()
    list(prompts.propose(text))
    return time.process_time() - started


@pytest.mark.parametrize("piece", HURTFUL.values(), ids=HURTFUL)
def test_time_is_linear(piece: str) -> None:
    """Four times the text takes some four times as long: sixteen would be quadratic."""
    size = 50_000
    short, long = piece * (size // len(piece)), piece * (4 * size // len(piece))
    list(Prompts().propose(short[:1000]))
    for _ in range(3):  # a busy machine may spoil one measurement, not three
        once, four = min(seconds(short) for _ in range(2)), seconds(long)
        if four < 8 * once + 0.02:
            return
    raise AssertionError(f"{once:.3f} s for {len(short)} characters, {four:.3f} s for {len(long)}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "size"),
    [("a", 200_000), ("x@y.z/", 200_000), ("([", 200_000), ("(also read: [", 200_000), ("ab\n", 3_000_000)],
    ids=["200 kB without a space", "an address of 200 kB", "nested brackets", "nested cues", "a million short lines"],
)
def test_hostile_texts_take_linear_time(piece: str, size: int) -> None:
    """The whole of a hostile text takes some four times as long as a quarter of it: sixteen would be quadratic."""
    text = piece * (size // len(piece))
    list(Prompts().propose(text[:1000]))
    for _ in range(3):  # a busy machine may spoil one measurement, not three
        quarter, whole = min(seconds(text[: size // 4]) for _ in range(2)), seconds(text)
        if whole < 8 * quarter + 0.05:
            return
    raise AssertionError(f"{quarter:.3f} s for a quarter, {whole:.3f} s for the whole")


def test_the_stage_imports_little() -> None:
    """A cold start pays for `re` and no more: no TOML, paths, data classes."""
    package = Path(newsclean.__file__).parent
    files = [package / "normalizers" / "prompts.py", *(package / "prompting").glob("*.py")]
    nodes = [node for file in files for node in ast.parse(file.read_text()).body]
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    light = {"__future__", "bisect", "collections.abc", "functools", "itertools", "math", "re", "typing"}
    assert set() == {name for name in names if not name.startswith("newsclean.")} - light


def test_a_cue_behind_a_long_row_of_marks_raises_nothing() -> None:
    """The word behind a row of marks longer than any word is looked up from two sides that see different words."""
    assert [] == list(Prompts().propose("a" + "(" * 30 + "more\n"))


def test_patterns_of_the_user_remove_whole_lines() -> None:
    """A line that a pattern of the options matches from end to end goes; one it matches in part stays."""
    options = PromptsOptions(patterns=(r"Ticket \d+: .*", "(?i)day of the dam"), allowed=("Ticket 7: x",))
    text = f"{BEFORE}\nTicket 12: a seat\n Day of the Dam \nSee Ticket 12: a seat\nTicket 7: x\n{AFTER}"
    result = Chain([Prompts(options)]).explain(text)
    assert f"{BEFORE}\nSee Ticket 12: a seat\nTicket 7: x\n{AFTER}" == result.text
    assert {"prompts/given"} == rules_of(result)


def test_a_pattern_that_runs_away_is_stopped_and_named() -> None:
    """A pattern that would take for ever ends in an error with its name; the text has not been touched."""
    prompts = Prompts(PromptsOptions(patterns=("Ads by .*", r"(a|aa)+x")))
    with pytest.raises(PatternError, match=r"\(a\|aa\)\+x.*a{50}"):
        list(prompts.propose("a" * 5000))


def test_the_command_leaves_a_file_alone_whose_pattern_runs_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file stays as it was, the message names pattern and file, and the exit code is 2."""
    config, file = tmp_path / "newsclean.toml", tmp_path / "a.txt"
    config.write_text("prompts.patterns = ['(a|aa)+x']\n")
    file.write_text("The  dam held.\n" + "a" * 5000 + "\n")
    assert 2 == main(["-w", str(file)])
    assert "The  dam held.\n" + "a" * 5000 + "\n" == file.read_text()
    told = capsys.readouterr().err
    assert "(a|aa)+x" in told
    assert str(file) in told


def test_a_pattern_that_is_none_is_an_error() -> None:
    """What is no regular expression is told with the pattern."""
    with pytest.raises(ConfigError, match=r"\(a is no regular|'\(a'"):
        Prompts(PromptsOptions(patterns=("(a",)))


def test_thorough_removes_what_safe_suggests() -> None:
    """Whatever `safe` removes `thorough` removes too, and more, and both say how sure the model is."""
    lines = [line for path in sorted(Path(root(), "lines").glob("*.txt")) for line in prompts_of(path)][::5]
    safe, thorough = Prompts(), Prompts(PromptsOptions(strength="thorough"))
    counts = {"safe": 0, "thorough": 0}
    for line in lines:
        text = f"{BEFORE}\n{line}\n{AFTER}"
        by_safe, by_thorough = list(safe.propose(text)), list(thorough.propose(text))
        gone = {r[:2] for r in by_safe if r.safe}
        assert gone <= {r[:2] for r in by_thorough if r.safe}, line
        assert all(0.5 < r.score < 1 for r in by_safe if r.rule == "prompts/model"), line
        counts["safe"] += bool(gone)
        counts["thorough"] += any(r.safe for r in by_thorough)
    assert counts["safe"] > 0.1 * len(lines)
    assert counts["thorough"] > counts["safe"]


def test_no_place_gives_more_than_the_most() -> None:
    """A line that is passed over for what it can have at most has no more anywhere."""
    most = counts_of([GONE] * 2 * NEAR, 0, dict.fromkeys(ALL_COUNTED, 99))
    draw = Random(0)
    for size, weight in product(SIZES, (-900, -200, 0, 300, 900)):
        alone = judged(weight, {f"={size}"})
        assert size == alone.size
        weight_of = model().weights.of(
            [trait for group in PLACES for each in group for trait in (each, f"{each} {size}")]
        )
        best = [max(group, key=lambda t: weight_of.get(t, 0) + weight_of.get(f"{t} {size}", 0)) for group in PLACES]
        places = [
            Place(above, below, counts, found)
            for above, below in product((0, 3, GONE), repeat=2)
            for counts in ([], most)
            for found in [tuple(best), *(tuple(map(draw.choice, PLACES)) for _ in range(100))]
        ]
        assert model().most(alone) >= max(model().placed(alone, place) for place in places)


def test_of_long_and_lonely_lines_the_model_must_be_surer() -> None:
    """What is enough to remove a short line in company only suggests a long one, or one alone."""
    known = {"*alone": 0, "*placed": 0, "*weight": 100, "*hopeless": -300, "*suggested": 50, "*dear": 100, "*lone": 150}
    sure = Model(Weights({**known, "subscribe": 300}), (), ("subscribe",))
    short, long = "subscribe now", "subscribe to all that the old town has to say of rain and of the river"

    prose = "It rained on the harbour, and nobody slept before the dam had been looked at by those who built it. " * 2

    def removed(lines: list[str], least: int) -> list[bool]:
        found = verdicts(sure, [*lines, prose], dict(enumerate(lines)), (), least)
        assert {0.953} == {each.probability for each in found.values()}
        return [found[number].removed for number in range(len(lines))]

    assert [True, False] == removed([short, long], 275)
    assert [True, True] == removed([short, long], 200)
    assert [False] == removed([short], 275)
    assert [True] == removed([short], 150)
    assert [False] == removed([long], 150)


def test_weights_read_word_by_word_are_those_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a line asks for, and in whichever order, it gets what reading the whole file gives."""
    monkeypatch.setattr(weights, "MOST_WORDS", 10**6)
    table = SortedTable(str(DATA / "weights.tsv"))
    whole, read = weights.parsed(table.between()), weights.Weights({}, table)
    lines = [line for path in sorted(Path(root(), "lines").glob("*.txt")) for line in prompts_of(path)][::5]
    for found in ({"prose", "before prose", "^", "^1", "_3", "<0 tiny"}, *map(features, (*lines, "^_^ * # |", "a_b"))):
        got = read.of(found)
        assert {f: whole.get(f) for f in found} == {f: got.get(f) for f in found}
    assert whole["*alone"] == read["*alone"]


def prompts_of(path: Path) -> list[str]:
    """Return the lines of a file to learn from that are prompts."""
    prompts, _, _ = path.read_text("utf-8").partition("\n[text]\n")
    return [line for line in prompts.split("\n") if line and line[0] not in "#["]


@cache
def removed_by_the_model() -> list[str]:
    """Return texts that end with a prompt which the model alone knows, some of most kinds."""
    lines = [line for path in sorted(Path(root(), "lines").glob("*.txt")) for line in prompts_of(path)][::3]
    removed: defaultdict[str, list[str]] = defaultdict(list)
    for text in (f"{BEFORE}\n\n{AFTER}\n\n{line}\n\n{line}" for line in lines):
        for found in Prompts().propose(text):
            if found.rule == "prompts/model" and found.safe and len(removed[found.note]) < 20:
                removed[found.note].append(text)
    assert len(removed) > len(KINDS) / 2
    return [text for texts in removed.values() for text in texts]


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_only_suggests_kinds_to_keep(kind: str) -> None:
    """A line that the model takes for a prompt of a kind that is kept stays, and is suggested; the others go."""
    everything, kept = Prompts(), Prompts(PromptsOptions(keep=(kind,)))
    for text in removed_by_the_model():
        ours, others = (
            [(r.start, r.note, r.safe) for r in stage.propose(text) if r.rule == "prompts/model"]
            for stage in (everything, kept)
        )
        assert [(start, note, is_safe and note != kind) for start, note, is_safe in ours] == others, text
