"""Whole corpora: the same answers as one text at a time, nothing lost, and the way back."""

from __future__ import annotations

import gzip
import io
import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

import newsclean
from newsclean import ConfigError, InputError, Options
from newsclean.bulk.cleaning import Work, clean_batch
from newsclean.bulk.formats import format_of, open_source
from newsclean.bulk.jsonlines import JsonLines, spelled
from newsclean.bulk.manifest import Manifest, entries
from newsclean.bulk.plan import Plan, plan
from newsclean.bulk.run import run as run_plan
from newsclean.bulk.shards import PART, Finished, Progress
from newsclean.bulk.undo import restored_batch, texts_by_row, undo
from newsclean.cli.progress import Display
from tests import mishaps
from tests.conftest import Run
from tests.corpora import clean_here
from tests.texts import CASES, texts

ODD_LINES = [
    b'{"text": null}',
    b"",
    b'{"other": "a  b"}',
    b'{"text": 5, "id": 7}',
    b'{"text": ["a  b"]}',
    b"[1, 2]",
    b"not JSON",
    b'{"text": "caf\xe9  au lait"}',
    b'{"text": "a  b"} x',
    b'  {"text":"first  one","text" : "caf\\u00e9  &amp; bar" , "n": 1.50e0}  ',
    '{"ключ": {"вложенный": "x"}, "text": "Rain  fell.\\n\\n\\n\\nAdvertisement\\n\\nSun \\ud83d."}'.encode(),
    b'{"text": "no  newline behind"}',
]
REASONS = ["null", "no such column", "not a string: int", "not a string: list", "not JSON: an array", "not JSON: no",
           "not UTF-8 at byte 13", "not JSON: something stands behind"]  # fmt: skip


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".gz":
        data = gzip.compress(data)
    elif path.suffix == ".zst":
        data = zstandard.compress(data)
    path.write_bytes(data)


def read(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        with zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)) as reader:
            return reader.read()
    return data


def lines_of(texts: list[str], start: int = 0) -> bytes:
    rows = ((n, {"id": f"a{n}", "text": text, "meta": {"rank": n}}) for n, text in enumerate(texts, start))
    return b"".join(json.dumps(row, ensure_ascii=n % 10 == 0).encode() + b"\n" for n, row in rows)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Make a folder of shards: compressed in each way, nested, empty, with odd lines and none at the end."""
    folder = tmp_path / "corpus"
    some = [text for text in CASES if len(text) < 400]
    write(folder / "a.jsonl", b"\n".join(ODD_LINES))
    write(folder / "b.jsonl.gz", lines_of(some[:40]))
    write(folder / "c" / "d.jsonl.zst", lines_of(some[40:80], 40))
    write(folder / "c" / "e.ndjson", lines_of(some[80:120], 80))
    write(folder / "f.jsonl", b"")
    write(folder / "g.jsonl", lines_of(["Rain  fell."] * 5))
    return folder


def planned(corpus: Path, name: str, rows: int = 256, **work: Any) -> Plan:
    beside = corpus.parent
    return plan([str(corpus)], str(beside / name), Work(**work), str(beside / f"{name}-edits"), rows)


def account(folder: Path) -> list[dict[str, Any]]:
    """Return what a manifest says, but for the time it took."""
    return [{key: value for key, value in entry.items() if key != "seconds"} for entry in entries(str(folder))]


def written(folder: Path) -> dict[str, bytes]:
    """Return every file that a run wrote, in its folder and the one of its logs; the manifest is judged by itself."""
    logs = folder.with_name(folder.name + "-edits")
    files = [(str(path.relative_to(top)), path) for top in (folder, logs) for path in top.rglob("*") if path.is_file()]
    return {name: path.read_bytes() for name, path in files if path.name != "manifest.jsonl"}


def assert_same(expected: Path, actual: Path) -> None:
    assert written(expected) == written(actual)
    assert account(expected) == account(actual)


def test_shards_are_cleaned_as_single_texts_are(corpus: Path) -> None:
    """Each text becomes what `clean` makes of it, everything else of a line stays, and no row is lost or added."""
    clean_here(planned(corpus, "out"))
    names = [path.relative_to(corpus) for path in sorted(corpus.rglob("*.*")) if path.is_file()]
    for name in names:
        before, after = (read(folder / name).split(b"\n") for folder in (corpus, corpus.parent / "out"))
        assert len(before) == len(after)
        for old, new in zip(before, after, strict=True):
            if old in ODD_LINES:
                continue
            row = json.loads(old or b"{}")
            assert row | ({"text": newsclean.clean(row["text"])} if row else {}) == json.loads(new or b"{}")


def test_odd_lines_pass_through_and_are_listed(corpus: Path) -> None:
    """What cannot be cleaned is written as it was, and listed with its row and the reason."""
    clean_here(planned(corpus, "out"))
    lines = (corpus.parent / "out" / "a.jsonl").read_bytes().split(b"\n")
    assert ODD_LINES[:9] == lines[:9]
    assert b'  {"text":"first  one","text" : "caf\\u00e9 & bar" , "n": 1.50e0}  ' == lines[9]
    assert '{"ключ": {"вложенный": "x"}, "text": "Rain fell.\\n\\nSun \\ud83d."}'.encode() == lines[10]
    rejects = [json.loads(line) for line in (corpus.parent / "out" / "rejects.jsonl").read_bytes().splitlines()]
    assert [0, 2, 3, 4, 5, 6, 7, 8] == [reject["row"] for reject in rejects]
    for reason, reject in zip(REASONS, rejects, strict=True):
        assert reject["reason"].startswith(reason)
        assert ("a.jsonl", "text") == (reject["shard"], reject["column"])


def test_processes_and_batches_do_not_show(corpus: Path) -> None:
    """Two processes and small batches write the very files that one process and large ones write."""
    run_plan(planned(corpus, "one"))
    run_plan(planned(corpus, "two", rows=7), 2)
    assert_same(corpus.parent / "one", corpus.parent / "two")


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("rows", [1, 7, 256, 4096])
def test_any_processes_and_batches_do_not_show(corpus: Path, jobs: int, rows: int) -> None:
    """The output is the same whatever they are."""
    run_plan(planned(corpus, "one"))
    run_plan(planned(corpus, "other", rows=rows), jobs)
    assert_same(corpus.parent / "one", corpus.parent / "other")


def test_undo_gives_the_corpus_back(corpus: Path) -> None:
    """From output and edit log come the originals, byte for byte, under whatever compression."""
    run_plan(planned(corpus, "out"), 2)
    out, logs, back = (str(corpus.parent / name) for name in ("out", "out-edits", "back"))
    restored = {each.shard: each for each in undo(out, logs, back)}
    for path in (path for path in corpus.rglob("*.*") if path.is_file()):
        name = path.relative_to(corpus)
        assert read(path) == read(Path(back) / name)
        assert restored[str(name)].is_verified or path.suffix in (".gz", ".zst")
    assert restored["g.jsonl"].rows_changed == 5


rows = st.dictionaries(st.sampled_from(["text", "a", "é"]), st.one_of(texts, st.none(), st.integers()), max_size=3)


@given(rows, st.booleans(), st.sampled_from([",", " ,\t"]), st.sampled_from([b"\n", b"\r\n", b" "]))
def test_a_line_comes_back_from_its_log(row: dict[str, Any], is_ascii: bool, comma: str, end: bytes) -> None:
    """Whatever a line holds and however it is spelled, its clean form and its log give it back."""
    line = json.dumps(row, ensure_ascii=is_ascii, separators=(comma, ": ")).encode("utf-8", "replace") + end
    batch = JsonLines(0, [line])
    cleaned = clean_batch(batch, Work(logged=True), "x")
    text = row.get("text")
    if isinstance(text, str) and not any("\ud800" <= c <= "\udfff" for c in text):
        assert newsclean.clean(text) == json.loads(cleaned.batch.lines[0])["text"]  # type: ignore[attr-defined]
    logged = {
        (row, column): said
        for row, texts in texts_by_row(map(json.loads, cleaned.log.split(b"\n")[:-1]), ("text",))
        for column, said in texts.items()
    }
    assert line == restored_batch(cleaned.batch, ("text",), logged, "x").lines[0]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "like", "expected"),
    [
        ("é", '"é"', '"é"'),
        ("é", '"e"', '"é"'),
        ("é", '"\\u00e9"', '"\\u00e9"'),
        ("\ud800é", '"é"', '"\\ud800é"'),
        ('a"\n', '"a"', '"a\\"\\n"'),
    ],
)
def test_texts_are_spelled_like_those_they_replace(text: str, like: str, expected: str) -> None:
    """A literal that kept to ASCII by escapes is replaced by one that does."""
    assert expected == spelled(text, like)


def test_an_interrupted_run_goes_on(corpus: Path) -> None:
    """A run that is stopped after a shard and taken up again writes what an undisturbed one writes."""
    run_plan(planned(corpus, "whole"))

    def stop(said: Progress | Finished) -> None:
        if isinstance(said, Finished) and said.shard.name == "c/d.jsonl.zst":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_plan(planned(corpus, "out"), 2, heard=stop)
    out = corpus.parent / "out"
    assert [] == list(out.rglob(PART + "*"))
    assert not (out / "g.jsonl").exists()
    with (out / "manifest.jsonl").open("ab") as manifest, (out / "rejects.jsonl").open("ab") as rejects:
        manifest.write(b'{"shard": "c/e.ndjs')
        rejects.write(b'{"shard": "c/e.ndjson", "row": 3}\n{"sha')
    (out / "g.jsonl").write_bytes(b"renamed, but not in the manifest")
    (out / (PART + "left")).write_bytes(b"by a run that was killed")
    summary = run_plan(planned(corpus, "out"), is_resumed=True)
    assert (6, 3) == (summary.shards, summary.before)
    assert_same(corpus.parent / "whole", out)


def test_a_finished_run_has_nothing_to_go_on_with(corpus: Path) -> None:
    """To resume what is whole reads no shard and changes nothing."""
    first = run_plan(planned(corpus, "out"))
    before = written(corpus.parent / "out")
    again = run_plan(planned(corpus, "out"), is_resumed=True)
    assert (6, 0) == (again.before, again.text_bytes)
    assert first.tally == again.tally
    assert before == written(corpus.parent / "out")


def test_another_configuration_is_refused(corpus: Path) -> None:
    """A folder holds one way of cleaning; the message names both."""
    first = run_plan(planned(corpus, "out"))
    other = planned(corpus, "out", options=Options(skip=("typos",)))
    with pytest.raises(ConfigError) as caught:
        run_plan(other, is_resumed=True)
    assert first.configuration in str(caught.value)
    assert 2 == str(caught.value).count("(code 0.")
    second = run_plan(planned(corpus, "elsewhere", options=Options(skip=("typos",))))
    assert second.configuration in str(caught.value)


def test_an_input_that_was_changed_is_refused(corpus: Path) -> None:
    """A shard that was cleaned and has changed since is told; one that was only touched is the same."""
    clean_here(planned(corpus, "out"))
    (corpus / "g.jsonl").touch()
    run_plan(planned(corpus, "out"), is_resumed=True)
    (corpus / "g.jsonl").write_bytes(b'{"text": "other"}')
    with pytest.raises(InputError, match=r"g\.jsonl: was changed since it was cleaned"):
        run_plan(planned(corpus, "out"), is_resumed=True)


def test_folders_that_hold_something_are_refused(corpus: Path) -> None:
    """Neither a finished run nor anything else is written over unasked."""
    clean_here(planned(corpus, "out"))
    with pytest.raises(ConfigError, match="holds a run already: go on with it by --resume"):
        run_plan(planned(corpus, "out"))
    other = corpus.parent / "other"
    other.mkdir()
    (other / "letter.txt").touch()
    with pytest.raises(ConfigError, match="is not empty, and holds no run"):
        run_plan(planned(corpus, "other"), is_resumed=True)


def test_an_output_that_is_gone_is_told(corpus: Path) -> None:
    """What the manifest calls done must be there."""
    clean_here(planned(corpus, "out"))
    (corpus.parent / "out" / "g.jsonl").unlink()
    with pytest.raises(InputError, match=r"g\.jsonl: is gone, or was changed"):
        run_plan(planned(corpus, "out"), is_resumed=True)


def test_two_runs_do_not_share_a_folder(corpus: Path) -> None:
    """While a run is at work another is refused."""
    made = planned(corpus, "out")
    with Manifest(made, False), pytest.raises(ConfigError, match="another run is at work"):
        run_plan(made, is_resumed=True)


@pytest.mark.parametrize(
    ("inputs", "output", "message"),
    [
        (["corpus"], "corpus", "is, or lies in, that of the input"),
        (["corpus"], "corpus/clean", "is, or lies in, that of the input"),
        (["corpus/a.jsonl"], "corpus", "is, or lies in, that of the input"),
        (["corpus", "more/g.jsonl"], "out", "would both be written as g.jsonl"),
        (["more/manifest.jsonl"], "out", "which the account is"),
        (["more/x.xml"], "out", "its name tells no format that is known"),
        (["none"], "out", "there is no such file"),
        (["none.jsonl"], "out", "there is no such file"),
        (["empty"], "out", "holds no file of a known format"),
    ],
)
def test_plans_that_cannot_be_are_refused(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, inputs: list[str], output: str, message: str
) -> None:
    """An output over or among the input, two shards of one name, unknown formats: told before anything is written."""
    monkeypatch.chdir(corpus.parent)
    (corpus.parent / "empty").mkdir()
    for name in ("g.jsonl", "manifest.jsonl", "x.xml"):
        write(corpus.parent / "more" / name, b"{}")
    with pytest.raises((ConfigError, InputError), match=message):
        plan(inputs, output, Work())
    assert not (corpus.parent / "out").exists()


def test_a_file_and_its_folder_are_one_input(corpus: Path) -> None:
    """A shard that is named twice is done once."""
    made = plan([str(corpus), str(corpus / "g.jsonl")], str(corpus.parent / "out"), Work())
    assert 6 == len(made.shards)


@pytest.mark.parametrize("keep", [0.5, 0.99])
@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_file_that_was_cut_off_is_no_shorter_corpus(tmp_path: Path, suffix: str, keep: float) -> None:
    """Of a compressed file that ends too early no row is taken for the last."""
    path = tmp_path / f"a.jsonl{suffix}"
    write(path, lines_of(CASES))
    path.write_bytes(path.read_bytes()[: int(keep * path.stat().st_size)])
    form = format_of(str(path))
    assert form
    with pytest.raises(EOFError), closing(open_source(str(path), form, ())) as source:
        list(source.batches(256))


def test_files_of_several_frames_are_read_to_their_end(tmp_path: Path) -> None:
    """Compressed files may be put behind each other, as parallel compressors do; what is no frame is an error."""
    first, second = lines_of(["a"] * 3), lines_of(["b"] * 3)
    for suffix, compress in ((".gz", gzip.compress), (".zst", zstandard.compress)):
        data = compress(first) + compress(b"") + compress(second)
        path = tmp_path / f"a.jsonl{suffix}"
        path.write_bytes(data)
        form = format_of(str(path))
        assert form
        with closing(open_source(str(path), form, ())) as source:
            assert (first + second).splitlines(True) == [
                line
                for batch in source.batches(4)
                for line in batch.lines  # type: ignore[attr-defined]
            ]
        path.write_bytes(data + b"something else")
        with (
            pytest.raises((OSError, zstandard.ZstdError)),
            closing(open_source(str(path), form, ())) as source,
        ):
            list(source.batches(4))


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_broken_shard_does_not_cost_the_others(corpus: Path, jobs: int) -> None:
    """A file that ends too early is told at the end and has no output; all others have."""
    whole = (corpus / "b.jsonl.gz").read_bytes()
    (corpus / "b.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    summary = run_plan(planned(corpus, "out"), jobs)
    assert ["EOFError" in str(error) for error in summary.failed] == [True]
    out = corpus.parent / "out"
    assert not (out / "b.jsonl.gz").exists()
    assert 5 == len(account(out))
    (corpus / "b.jsonl.gz").write_bytes(whole)
    assert () == run_plan(planned(corpus, "out"), is_resumed=True).failed
    assert 6 == len(account(out))


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_deadly_row_is_isolated(corpus: Path, jobs: int) -> None:
    """Of a row that kills every worker the shard and its other rows are done; the row passes through and is listed."""
    texts = ["Rain  fell."] * 30
    texts[17] = f"{mishaps.DEADLY}  twice"
    write(corpus / "g.jsonl", lines_of(texts))
    run_plan(planned(corpus, "out", rows=8), jobs, function=mishaps.deadly)
    found = [json.loads(line)["text"] for line in (corpus.parent / "out" / "g.jsonl").read_bytes().splitlines()]
    assert [*["Rain fell."] * 17, texts[17], *["Rain fell."] * 12] == found
    reject = json.loads((corpus.parent / "out" / "rejects.jsonl").read_text().splitlines()[-1])
    assert ("g.jsonl", 17, "worker died: killed by signal 9") == tuple(reject[k] for k in ("shard", "row", "reason"))


def test_long_texts_pass_through(corpus: Path) -> None:
    """A text over the limit is not cleaned, and is listed."""
    clean_here(planned(corpus, "out", most=10))
    assert read(corpus / "g.jsonl") == read(corpus.parent / "out" / "g.jsonl")
    assert account(corpus.parent / "out")[-1]["rejects"] == {"longer than 10 bytes": 5}


NESTED = b'{"a": {"b": "x  y", "b.c": "x  y"}, "a.b": "x  y", "title": "x  y"}\n'


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("title",), b'{"a": {"b": "x  y", "b.c": "x  y"}, "a.b": "x  y", "title": "x y"}\n'),
        (("a.b.c",), b'{"a": {"b": "x  y", "b.c": "x  y"}, "a.b": "x  y", "title": "x  y"}\n'),
    ],
)
def test_columns_are_found(columns: tuple[str, ...], expected: bytes) -> None:
    """Dots lead into objects."""
    cleaned = clean_batch(JsonLines(0, [NESTED]), Work(columns=columns), "x")
    assert expected == cleaned.batch.lines[0]  # type: ignore[attr-defined]


def test_the_log_names_rows_by_their_id(corpus: Path) -> None:
    """Each line of the log has the id, where there is one, and the number of the row."""
    clean_here(planned(corpus, "out", id_column="id"))
    lines = [
        json.loads(line) for line in (corpus.parent / "out-edits" / "g.jsonl.edits.jsonl").read_bytes().splitlines()
    ]
    assert [(f"a{n}", n) for n in range(5)] == [(line["id"], line["row"]) for line in lines]
    assert {"rule": "whitespace/run", "start": 4, "end": 6, "before": "  ", "after": " "}.items() <= lines[0].items()


def test_edits_of_an_output_that_was_changed_are_not_undone(corpus: Path) -> None:
    """Where output and log do not fit each other, undo says so and leaves nothing under a final name."""
    clean_here(planned(corpus, "out"))
    out, logs, back = (str(corpus.parent / name) for name in ("out", "out-edits", "back"))
    shutil.copy(corpus / "g.jsonl", corpus.parent / "out" / "g.jsonl")
    with pytest.raises(InputError, match=r"g\.jsonl: was changed since newsclean wrote it"):
        list(undo(out, logs, back))
    assert not (Path(back) / "g.jsonl").exists()
    with pytest.raises(ConfigError, match="is not empty"):
        list(undo(out, logs, back))


@pytest.fixture
def in_corpus(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(corpus.parent)
    return corpus.parent


def test_the_command_cleans_and_undoes(in_corpus: Path, run: Run) -> None:
    """From the shell: shards, account, summary, and back."""
    ran = run("bulk", "corpus", "-o", "out", "--edits", "edits", "--summary", "summary.json", "-j", "2")
    assert (0, b"") == ran[:2]
    assert "6 of 6 shards done" in ran.err
    summary = json.loads((in_corpus / "summary.json").read_text())
    assert summary["rows"] == sum(entry["rows"] for entry in account(in_corpus / "out"))
    assert {"edits", "rules", "rejects", "seconds", "megabytes_per_second", "configuration"} <= set(summary)
    ran = run("undo", "out", "--edits", "edits", "-o", "back")
    assert (0, b"") == ran[:2]
    assert "6 shards restored" in ran.err
    assert (in_corpus / "corpus" / "a.jsonl").read_bytes() == (in_corpus / "back" / "a.jsonl").read_bytes()


def test_a_dry_run_beside_the_corpus(in_corpus: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look needs no output folder, so the corpus may lie where the command runs."""
    monkeypatch.chdir("corpus")
    for inputs in "a.jsonl", ".":
        assert 0 == run("bulk", inputs, "--dry-run", "--sample", "2").status


def test_a_dry_run_shows_and_writes_nothing(in_corpus: Path, run: Run) -> None:
    """What would happen to some rows is shown, in all shards, and no file is made."""
    before = sorted(in_corpus.rglob("*"))
    ran = run("bulk", "corpus/g.jsonl", "corpus/a.jsonl", "--dry-run", "--sample", "2")
    assert 0 == ran.status
    assert b"g.jsonl:0 text: whitespace/run: '  ' -> ' '" in ran.out
    assert b"a.jsonl:0 text: passes through: null" in ran.out
    assert b"rows looked at: 2; would change: 1; edits: 1" in ran.out
    assert before == sorted(in_corpus.rglob("*"))


def test_the_command_reads_the_configuration(in_corpus: Path, run: Run) -> None:
    """What is configured where the command runs holds; so does what its options say."""
    (in_corpus / "newsclean.toml").write_text('skip = ["whitespace"]\n')
    assert 0 == run("bulk", "corpus/g.jsonl", "-o", "kept").status
    assert 0 == run("bulk", "corpus/g.jsonl", "-o", "clean", "--no-config", "--only", "whitespace").status
    assert [b"Rain  fell.", b"Rain fell."] == [
        (in_corpus / name / "g.jsonl").read_bytes()[22:].split(b'"')[0].strip() for name in ("kept", "clean")
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["corpus"], "-o DIR says where"),
        (["corpus", "-o", "out", "--batch-size", "0"], "must be a whole number from 1"),
        (["corpus", "-o", "corpus"], "is, or lies in, that of the input"),
        (["corpus", "-o", "out", "--skip", "spaces"], "there is no stage 'spaces'"),
        (["corpus", "-o", "out", "-j", "-1"], "'-1' must be a whole number from 0"),
        (["corpus/g.jsonl", "-o", "out", "--text-column", "body"], "no row has a column body"),
        (["corpus/a.jsonl", "-o", "out", "--text-column", "body"], "no row has a column body"),
        (["corpus/a.jsonl", "--dry-run", "--text-column", "body"], "no row has a column body"),
        (["corpus/array.json", "-o", "out"], "JSON must have one object a line, which jq -c '.[]' makes"),
        (["corpus", "-o", "out", "--text-column", ","], "',' must be names, with commas between them"),
        (["-", "-o", "out"], "-: there is no such file or folder; standard input is none"),
    ],
)
def test_wrong_usage_is_told(in_corpus: Path, run: Run, arguments: list[str], message: str) -> None:
    """What cannot be done is said, with exit status 2."""
    write(in_corpus / "corpus" / "array.json", b'[\n  {"text": "a  b"},\n  {\n    "text": "c  d"\n  }\n]\n')
    ran = run("bulk", *arguments)
    assert 2 == ran.status
    assert message in ran.err


def test_what_is_passed_over_is_told(in_corpus: Path, run: Run) -> None:
    """A file of a folder whose name tells no format may be a part of the corpus that would be missed."""
    for name in "b.jsonl.bz2", "e.md", "cc", "d.xml":
        (in_corpus / "corpus" / name).write_text("{}")
    ran = run("bulk", "corpus", "-o", "out", "-q")
    assert 0 == ran.status
    assert "4 files or links passed over" in ran.err
    assert (
        f"known: {Path('corpus', 'b.jsonl.bz2')}, {Path('corpus', 'cc')}, {Path('corpus', 'd.xml')}, ...\n" in ran.err
    )


def test_links_are_no_way_to_lose_rows(in_corpus: Path, run: Run) -> None:
    """A link to a file is read as the file; one to a folder is told, and one to nothing is an error."""
    (in_corpus / "elsewhere").mkdir()
    (in_corpus / "corpus" / "linked.jsonl").symlink_to(in_corpus / "corpus" / "g.jsonl")
    (in_corpus / "corpus" / "more").symlink_to(in_corpus / "elsewhere")
    ran = run("bulk", "corpus", "-o", "out")
    assert 0 == ran.status
    assert (in_corpus / "out" / "g.jsonl").read_bytes() == (in_corpus / "out" / "linked.jsonl").read_bytes()
    assert f"passed over, for the name tells no format that is known: {Path('corpus', 'more')}\n" in ran.err
    (in_corpus / "corpus" / "gone.jsonl").symlink_to(in_corpus / "nothing")
    ran = run("bulk", "corpus", "-o", "again")
    assert 2 == ran.status
    assert "gone.jsonl: there is no such file" in ran.err


def test_undo_needs_a_log(in_corpus: Path, run: Run) -> None:
    """A run without a log cannot be undone, and a folder that no run wrote neither."""
    run("bulk", "corpus/g.jsonl", "-o", "out")
    assert "was written without --edits" in run("undo", "out", "--edits", "edits", "-o", "back").err
    ran = run("undo", "corpus", "--edits", "edits", "-o", "back")
    assert 2 == ran.status
    assert "name a folder that newsclean bulk wrote" in ran.err


def test_progress_tells_how_long_it_will_take(corpus: Path) -> None:
    """Half of the bytes read in a minute leave a minute."""
    made = planned(corpus, "out")
    display = Display(made)
    half = sum(shard.size for shard in made.shards) // 2
    display.hear(Progress("a.jsonl", 1500, 6_000_000, half))
    assert "1,500 rows, 0.1 MB/s, 50%, 0:01:00 left" == display.line(60)
