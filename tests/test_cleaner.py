"""The face of the library."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import newsclean
from newsclean import Cleaner, ConfigError, EncodingOptions, InputError, Options
from tests.faults import Faulty
from tests.texts import CASES

MANY = [*CASES, None, "", *CASES[::-1]] * 3


def test_bytes_are_refused_with_the_remedy() -> None:
    """Bytes raise a TypeError that says to decode them first, and how."""
    with pytest.raises(TypeError, match=r'data.decode\("utf-8"\)'):
        newsclean.clean(b"text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="got NoneType"):
        newsclean.explain(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (Options(only=("typo",)), "there is no stage 'typo'; did you mean 'typos'"),
        (Options(skip=("spaces",)), "there is no stage 'spaces'"),
        (Options(skip=["typos"]), r"skip is \['typos'\]; it must be strings"),  # type: ignore[arg-type]
        (Options(only="typos"), "only is 'typos'; it must be strings"),  # type: ignore[arg-type]
        (Options(typos={}), r"typos is \{\}; it must be TyposOptions"),  # type: ignore[arg-type]
        ({"skip": ["typos"]}, "options is .*; it must be Options"),
        (Options(encoding=EncodingOptions(max_decode_length=0)), "max_decode_length is 0; it must be 1 or more"),
        (Options(off=("whitespace/indnt",)), "there is no rule 'whitespace/indnt'; did you mean 'whitespace/indent'"),
    ],
)
def test_options_that_cannot_be_are_errors(options: Options, message: str) -> None:
    """A stage or a rule that does not exist, or a value of another kind, raises and says what is right."""
    with pytest.raises(ConfigError, match=message):
        Cleaner(options)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"whitespace": {"keep_nbsp": True}}, "there is no option 'whitespace.keep_nbsp'; did you mean"),
        ({"only": "typos"}, "only is 'typos'; it must be strings"),
        ({"encoding": {"max_decode_length": True}}, "max_decode_length is True; it must be a whole number"),
        ({"whitespace": True}, "whitespace is True; it must be a table"),
    ],
)
def test_a_wrong_table_is_an_error(table: dict[str, object], message: str) -> None:
    """A key that does not exist, or a value of another kind, raises and says which."""
    with pytest.raises(ConfigError, match=message):
        Options.from_table(table)


def test_a_cleaner_pickles_as_its_options() -> None:
    """A cleaner that went through pickle cleans alike, and is small."""
    cleaner = Cleaner(Options(skip=("typos",)))
    data = pickle.dumps(cleaner)
    assert len(data) < 2000
    assert cleaner.options == pickle.loads(data).options


def test_a_digest_names_options_and_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal options have one digest, however they came about; another option or other dictionaries, another digest."""
    options = Options.from_table({"skip": ["ty" + "pos"], "typos": {"allowed": ["Khwaja"]}})
    digest = options.digest()
    assert digest == pickle.loads(pickle.dumps(options)).digest()
    assert digest != options._replace(skip=()).digest()
    monkeypatch.setattr("newsclean.options.data_version", lambda: "2026.11.25+0123456")
    assert digest != options.digest()


def test_threads_may_share_a_cleaner() -> None:
    """Many threads get the answers that one gets."""
    expected = [newsclean.explain(text) for text in CASES]
    cleaner = Cleaner()
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: [cleaner.explain(text) for text in CASES], range(8)):
            assert expected == found


def test_rules_that_are_off_leave_the_text() -> None:
    """What a rule did is not done when it is off."""
    assert "a  b" == newsclean.clean("a  b", Options(off=("whitespace/run",)))


def test_none_passes_through() -> None:
    """None is None, and the order is kept."""
    assert ["a b", None, "c"] == list(newsclean.clean_many(["a  b", None, "c"]))
    assert [None] == list(newsclean.explain_many([None]))


def test_texts_are_read_as_needed() -> None:
    """The first answer comes before the second text is asked for."""

    def texts() -> object:
        yield "a"
        raise AssertionError

    assert "a" == next(newsclean.clean_many(texts()))  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_give_the_same_answers(jobs: int) -> None:
    """Any number of processes gives what one gives, in order."""
    assert [text and newsclean.clean(text) for text in MANY] == list(newsclean.clean_many(MANY, jobs=jobs))
    assert [None if t is None else newsclean.explain(t) for t in MANY] == list(newsclean.explain_many(MANY, jobs=jobs))


def test_a_text_that_ends_its_process_is_named() -> None:
    """The answers before it come, then an error that says which text it is."""
    texts = [*["a  b"] * 300, "this kills", "a  b"]
    answers = Faulty().clean_many(texts, jobs=2)
    assert ["a b"] * 300 == [next(answers) for _ in range(300)]
    with pytest.raises(InputError, match=r"text 300 \(from 0\) ends the process that cleans it: killed by signal 9"):
        next(answers)


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_reading_raises_comes_in_its_turn(jobs: int) -> None:
    """Every text before gets its answer; what is no text is named by its number."""

    def read() -> Iterator[str | None]:
        yield from ["a  b", None] * 200
        raise OSError("the texts end here")

    answers = newsclean.clean_many(read(), jobs=jobs)
    assert ["a b", None] * 200 == [next(answers) for _ in range(400)]
    with pytest.raises(OSError, match="the texts end here"):
        next(answers)
    answers = newsclean.clean_many(["a  b", 1.5, "c"], jobs=jobs)  # type: ignore[list-item]
    assert "a b" == next(answers)
    with pytest.raises(TypeError, match=r"text 1 \(from 0\): newsclean got float"):
        next(answers)


@pytest.mark.slow
@pytest.mark.parametrize("is_file", [True, False])
def test_a_script_that_workers_cannot_import_is_told(tmp_path: Path, is_file: bool) -> None:
    """One that asks for processes as it is imported, or that stands on standard input, is told what to do."""
    script = tmp_path / "script.py"
    script.write_text("import newsclean\nprint(list(newsclean.clean_many(['a  b', 'c'], jobs=2)))\n")
    ran = subprocess.run([sys.executable, script if is_file else "-"], input=script.read_bytes(), capture_output=True)
    assert (1, b"") == (ran.returncode, ran.stdout)
    told = ran.stderr.decode().splitlines()[-1]
    assert told.startswith("newsclean.errors.ConfigError: no worker process can start here")
    assert 'under `if __name__ == "__main__":`' in told


@pytest.mark.parametrize("texts", ["one text", b"one text"])
def test_one_text_is_not_many(texts: Iterable[str]) -> None:
    """A text in place of a list of texts would be cleaned character by character."""
    with pytest.raises(TypeError, match=r"newsclean got one (str|bytes) for many texts: .* \[text\]"):
        next(newsclean.clean_many(texts))


@pytest.mark.parametrize("jobs", [-1, "2", 1.5])
def test_no_number_of_processes_is_an_error(jobs: int) -> None:
    """A number of processes is a whole one, from 0."""
    with pytest.raises(ConfigError, match=f"jobs is {jobs!r}; it must be a number of processes"):
        next(newsclean.clean_many(["a"], jobs=jobs))


@pytest.mark.slow
def test_answers_do_not_depend_on_the_hash_seed_or_the_order() -> None:
    """Interpreters with other hash seeds, of which one meets the texts from behind and one shuffled, answer alike."""
    program = (
        "import sys, newsclean; from random import Random; from tests.texts import CASES\n"
        "order = {'0': CASES, '1': CASES[::-1]}.get(sys.argv[1]) or Random(1).sample(CASES, len(CASES))\n"
        "found = {text: newsclean.explain(text) for text in order}; print([found[text] for text in CASES])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, seed],
            env={
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": ":".join(sys.path),
                "PYTHONUTF8": "1",
                "PYTHONIOENCODING": "utf-8:surrogatepass",
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert 1 == len(outputs)


def test_a_result_shows_its_changes() -> None:
    """A notebook shows what went and what came; diff shows the lines."""
    result = newsclean.explain("Rain  fell.\n")
    assert '<del title="whitespace/run">  </del><ins title="whitespace/run"> </ins>' in result._repr_html_()
    assert "-Rain  fell.\n+Rain fell.\n" in result.diff("a.txt")


def test_data_version_names_the_data() -> None:
    """The version of the data is a day and a digest."""
    assert newsclean.data_version.split("+")[0].count(".") == 2
    with pytest.raises(AttributeError):
        newsclean.nothing_of_the_kind  # noqa: B018
