"""
The encoding stage, edits recorded, beside ftfy.fix_text and plsfix on the same text in the same run.

    pip install -e '.[dev,peers]'
    pytest benchmarks/bench_encoding.py --benchmark-sort=name

Compare rows of one text only. `python -m benchmarks.bench_encoding [CORPUS.jsonl.gz]` prints the ratios as a table; a
corpus has one JSON object a line, with a `text`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from random import Random
from time import process_time

import ftfy
import pytest

from benchmarks.texts import articles, texts_of
from newsclean.chain import Chain
from newsclean.normalizers.encoding import Encoding

WORDS = {
    "Russian": "министр сказал что мост через реку закроют до весны и жители города уже пишут письма в газету о ценах "
    "на хлеб зимой совет решил вопрос быстро но школа ждёт ответа из столицы после долгой встречи вчера вечером",
    "Hindi": "मंत्री ने कहा कि पुल अगले साल तक बंद रहेगा और शहर के लोग अखबार को पत्र लिख रहे हैं बैठक के बाद परिषद ने "
    "फैसला किया लेकिन स्कूल राजधानी से जवाब की प्रतीक्षा में है किसान बारिश और कीमतों से चिंतित हैं",
    "Arabic": "قال الوزير إن الجسر سيغلق حتى الربيع وكتب سكان المدينة رسائل إلى الصحيفة عن أسعار الخبز في الشتاء قرر "
    "المجلس بسرعة لكن المدرسة تنتظر ردا من العاصمة بعد اجتماع طويل مساء أمس والمزارعون قلقون من المطر",
    "Chinese": "部长 表示 大桥 将 关闭 到 明年 春天 市民 给 报社 写信 谈论 面包 价格 会议 之后 "
    "市政府 很快 作出 决定 学校 仍 在 等待 首都 答复 农民 担心 雨水 和 物价",
}
"""Words of news in other languages. Texts are made of them in random order: the stage knows no grammar."""


def foreign(language: str, megabytes: float, seed: int = 1) -> list[str]:
    """Return texts of a language, of some 3,500 characters each."""
    random = Random(seed)
    words, space, stop = WORDS[language].split(), " ", ". "
    if language == "Chinese":
        space, stop = "", "。"
    made, size = [], 0
    while size < megabytes * 1e6:
        lines = []
        for _ in range(10):
            sentences = (space.join(random.choices(words, k=random.randint(6, 18))) for _ in range(5))
            lines.append(stop.join(sentences) + stop.strip())
        made.append("\n\n".join(lines) + "\n")
        size += len(made[-1].encode())
    return made


def broken(texts: list[str], share: float, seed: int = 1) -> list[str]:
    """Return texts with a share of their lines read as Windows-1252."""
    random = Random(seed)
    return ["\n".join(mojibake(line) if random.random() < share else line for line in t.split("\n")) for t in texts]


def mojibake(line: str) -> str:
    """Return a line with a café in it, broken."""
    return ("At the café: " + line).encode().decode("windows-1252", "replace").replace("\N{REPLACEMENT CHARACTER}", "")


TEXTS = {
    "ASCII": articles(0.5, curly=False),
    "news": articles(0.5),
    "news, 1 % of lines broken": broken(articles(0.5), 0.01),
    **{language: foreign(language, 0.3) for language in WORDS},
}
CLEANERS: dict[str, Callable[[str], object]] = {
    "ftfy": ftfy.fix_text,
    "plsfix": import_module("plsfix").fix_text,
    "newsclean": Chain([Encoding()]).explain,
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("cleaner", CLEANERS)
def test_throughput(benchmark: Callable[..., object], cleaner: str, text: str) -> None:
    """Clean every text once."""
    benchmark.group = text  # type: ignore[attr-defined]
    benchmark(lambda: [CLEANERS[cleaner](each) for each in TEXTS[text]])


def seconds(texts: list[str], runs: int = 5) -> dict[str, float]:
    """Return the least processor time that each cleaner takes for all texts; they take turns."""
    least = dict.fromkeys(CLEANERS, float("inf"))
    for _ in range(runs):
        for name, clean in CLEANERS.items():
            start = process_time()
            for text in texts:
                clean(text)
            least[name] = min(least[name], process_time() - start)
    return least


def corpus(path: str) -> dict[str, list[str]]:
    """Return every eighth text of a corpus as it is, broken in places, and the plain ones among all."""
    texts = texts_of(path)
    some = texts[::8]
    return {
        "corpus": some,
        "corpus, ASCII texts": [text for text in texts if text.isascii()][:400],
        "corpus, 1 % of lines broken": broken(some, 0.01),
    }


if __name__ == "__main__":
    print(f"{'text':28}  MB/s: {'  '.join(f'{name:>9}' for name in CLEANERS)}   x ftfy  x plsfix")
    for name, texts in ((corpus(sys.argv[1]) if len(sys.argv) > 1 else {}) | TEXTS).items():
        megabytes = sum(len(text.encode()) for text in texts) / 1e6
        least = seconds(texts)
        speeds = "  ".join(f"{megabytes / least[cleaner]:9.1f}" for cleaner in CLEANERS)
        ratios = [least[peer] / least["newsclean"] for peer in ("ftfy", "plsfix")]
        print(f"{name:28}        {speeds}  {ratios[0]:7.1f}  {ratios[1]:8.1f}", flush=True)
