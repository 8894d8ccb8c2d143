"""
The pictures of the README and the docs, made from what the program does.

    python docs/pictures/make.py

    review.png        the review page of the example corpus, in headless Chromium
    review-phone.png  the same on a phone, in dark
    explain.svg       `newsclean explain` of an example, as a terminal shows it
    encoding.svg      the table of docs/benchmarks.md as a chart

It needs chromium and chromium-driver, and the extras dev and docs.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from newsclean.cli import main as newsclean

HERE = Path(__file__).parent
ROOT = HERE.parent.parent

EXAMPLE = """\
Ministers met in Tashkent on Monday to agree on how the water of the river is to be shared.

COMMERCIAL BREAK

Some of Uzbeksitan's largest farms lie at the end of those canals, the neighboursâ€™ envoy said.
"""

ROW = re.compile(r"\| (?P<text>[^|]+) \| (?P<ftfy>[\d.]+) \| (?P<plsfix>[\d.]+) \| (?P<newsclean>[\d.]+) \|")
"""A row of the table of benchmarks; matches "| Russian | 3.1 | 55.1 | 90.4 | 29.0 | 1.6 |"."""


def main() -> int:
    """Make all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        review(Path(folder))
    (HERE / "explain.svg").write_text(terminal("newsclean explain article.txt", explained()))
    (HERE / "encoding.svg").write_text(chart((ROOT / "docs" / "benchmarks.md").read_text()))
    return 0


def review(folder: Path) -> None:
    """Photograph the review page at the width of a desktop and of a phone."""
    page = folder / "report.html"
    with contextlib.chdir(ROOT / "examples"):
        newsclean(["review", "corpus.jsonl", "--id-column", "id", "--no-config", "-o", str(page)])
    browser = _browser(folder / "desktop", 1120, 1060)
    try:
        browser.get(page.as_uri())
        browser.save_screenshot(str(HERE / "review.png"))
    finally:
        browser.quit()
    phone = _browser(folder / "phone", 390, 844)
    try:
        phone.get(page.as_uri())
        phone.execute_script("document.documentElement.dataset.theme = 'dark'")
        phone.execute_script("document.querySelector('#list').scrollIntoView()")
        phone.save_screenshot(str(HERE / "review-phone.png"))
    finally:
        phone.quit()


def _browser(profile: Path, width: int, height: int) -> Any:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}"):
        options.add_argument(argument)
    metrics = {"width": width, "height": height, "pixelRatio": 2 if width < 500 else 1}
    options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    options.binary_location = "/usr/bin/chromium"
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


def explained() -> str:
    """Return what `newsclean explain` says of the example, in colour."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("article.txt").write_text(EXAMPLE)
        out = io.TextIOWrapper(io.BytesIO())
        with contextlib.redirect_stdout(out):
            newsclean(["explain", "--no-config", "--color", "always", "--skip", "whitespace", "article.txt"])
        out.flush()
        return out.buffer.getvalue().decode()


def terminal(command: str, output: str) -> str:
    """Return a terminal in which a command was run, as SVG that loads nothing."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=112, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"$ {command}\n{output}".rstrip()))
    svg = console.export_svg(title="newsclean", unique_id="explain")
    return re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "ui-monospace, Menlo, Consolas")


def chart(page: str) -> str:
    """Return the speeds of the encoding stage, of the table on the page of benchmarks, as bars."""
    rows = [found.groupdict() for found in ROW.finditer(page, page.index("## The encoding stage"))]
    most = max(float(row["newsclean"]) for row in rows)
    out, y = [], 34
    for row in rows:
        out.append(f'<text class="name" x="0" y="{y + 12}">{escape(row["text"].strip())}</text>')
        for tool, height in (("newsclean", 8), ("plsfix", 4), ("ftfy", 4)):
            width = max(1.0, 420 * float(row[tool]) / most)
            out.append(f'<rect class="{tool}" x="300" y="{y}" width="{width:.1f}" height="{height}"/>')
            if tool == "newsclean":
                out.append(f'<text class="number" x="{306 + width:.1f}" y="{y + 9}">{row[tool]}</text>')
            y += height + 1
        y += 14
    return TEMPLATE.format(height=y, bars="\n".join(out))


TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {height}" role="img" aria-labelledby="title">
<title id="title">Speed of the encoding stage in MB a second: newsclean, plsfix and ftfy</title>
<style>
svg {{ background: #fff }}
text {{ font: 14px system-ui, sans-serif; fill: #1d1b18 }} .number {{ font-size: 12px }}
.newsclean {{ fill: #1c5c3a }} .plsfix {{ fill: #b8a67a }} .ftfy {{ fill: #9b1c1c }}
</style>
<rect width="800" height="{height}" fill="#fff"/>
<rect class="newsclean" x="300" y="8" width="10" height="10"/><text x="315" y="18">newsclean</text>
<rect class="plsfix" x="400" y="8" width="10" height="10"/><text x="415" y="18">plsfix</text>
<rect class="ftfy" x="480" y="8" width="10" height="10"/><text x="495" y="18">ftfy</text>
<text x="640" y="18">MB a second</text>
{bars}
</svg>
"""

if __name__ == "__main__":
    sys.exit(main())
