"""
The review page in headless Chromium, with chromedriver: opened, read, used, and what it makes read by the filter.

Both are in the packages chromium and chromium-driver of Debian.
"""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from benchmarks.texts import article
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from newsclean.chain import Result
from newsclean.edits import Replacement, record
from newsclean.reviewing.articles import Articles
from newsclean.reviewing.groups import Groups
from newsclean.reviewing.page import Subject, render
from tests.conftest import Run

pytestmark = pytest.mark.system

ARTICLES = 2_000
MOST_SECONDS_TO_OPEN = 2.0
DESKTOP, PHONE = (1200, 900), (390, 844)


def chromium(folder: Path, size: tuple[int, int] = DESKTOP) -> Any:
    """Start a browser of its own, which downloads to a folder."""
    options = webdriver.ChromeOptions()
    for argument in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
        "--disable-component-update", f"--user-data-dir={folder / 'profile'}", f"--window-size={size[0]},{size[1]}",
    ):  # fmt: skip
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    if size == PHONE:
        metrics = {"width": size[0], "height": size[1], "pixelRatio": 2}
        options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    options.binary_location = "/usr/bin/chromium"
    return webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))


class Page:
    """A page in a browser, by what a reader does with it."""

    def __init__(self, browser: Any, path: Path) -> None:
        self.browser = browser
        self.folder = path.parent
        browser.get(path.as_uri())

    def find(self, selector: str) -> Any:
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.browser.find_elements(By.CSS_SELECTOR, selector))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)

    def choose(self, name: str, value: str) -> None:
        Select(self.find(f"#{name}")).select_by_value(value)
        self.browser.execute_script("document.activeElement.blur()")

    def click(self, element: Any) -> None:
        """Click on an element where nothing lies over it."""
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def search(self, words: str) -> None:
        field = self.find("#search")
        field.clear()
        field.send_keys(words)
        wanted = words.lower().strip()
        WebDriverWait(self.browser, 10, 0.05).until(lambda _: self.find("#list").get_attribute("data-search") == wanted)
        self.browser.execute_script("document.activeElement.blur()")

    def shown(self) -> list[tuple[str, str]]:
        """Return what the groups in sight change, and by which rule."""
        script = """return [...document.querySelectorAll(".group")].map((node) => [
            node.querySelector(".change del")?.textContent || "",
            node.querySelector(".facts").textContent].map((text) => text.toWellFormed()))"""
        return [(before, facts.split(" · ")[1]) for before, facts in self.browser.execute_script(script)]

    def group(self, before: str) -> Any:
        """Search for a wording and return its group."""
        self.search(before)
        return next(item for item in self.all(".group") if item.find_element(By.CSS_SELECTOR, "del").text == before)

    def judge(self, before: str, verdict: str) -> None:
        self.click(self.group(before).find_element(By.CSS_SELECTOR, f".{verdict}"))

    def download(self) -> Path:
        """Take the configuration that the page offers."""
        path = self.folder / "newsclean.toml"
        path.unlink(missing_ok=True)
        self.find("#download").click()
        WebDriverWait(self.browser, 10, 0.1).until(lambda _: path.exists() and path.stat().st_size)
        return path

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.browser.get_log("browser")]


def slipped(random: Random, text: str) -> str:
    """Return a text in which the fingers slipped once: two letters of a word have changed places."""
    word = random.choice([word for word in text.split() if word.isalpha() and word.islower() and len(word) > 6])
    at = random.randrange(1, len(word) - 2)
    return text.replace(word, word[:at] + word[at + 1] + word[at] + word[at + 2 :], 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with invented articles, and the page of a run over them."""
    made = tmp_path_factory.mktemp("review")
    (made / "articles").mkdir()
    random = Random(9)
    for number in range(ARTICLES):
        (made / "articles" / f"{number:04}.txt").write_text(slipped(random, article(random, dirt=0.3)))
    from newsclean.cli import main

    assert 0 == main(["review", str(made / "articles"), "-o", str(made / "page.html")])
    some = map(str, sorted((made / "articles").iterdir())[:20])
    assert 0 == main(["review", *some, "-o", str(made / "small.html")])
    return made


@pytest.fixture(scope="module")
def browser(folder: Path) -> Iterator[Any]:
    driver = chromium(folder)
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Page]:
    """Open the page anew, with nothing judged; a complaint of the browser fails the test."""
    opened = Page(browser, folder / "page.html")
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    yield opened
    assert [] == opened.complaints()


def test_it_opens_at_once(page: Page) -> None:
    """The page of a run over 2,000 articles is loaded, and its list filled, in under two seconds."""
    page.browser.refresh()
    script = "const [t] = performance.getEntriesByType('navigation'); return t.loadEventEnd - t.startTime"
    took = page.browser.execute_script(script) / 1000
    assert 0 < took < MOST_SECONDS_TO_OPEN
    assert 10 < len(page.shown())
    assert f"{ARTICLES:,}" == page.find(".totals dd").text


def test_search_filter_and_sort(page: Page) -> None:
    """The list holds what was asked for, in the order that was asked for."""
    page.choose("rule", "typos/")
    assert {"typos"} == {rule.split("/")[0] for _, rule in page.shown()}
    page.choose("rule", "")
    page.choose("sort", "letters")
    assert 10 < len(
        words := [before.strip().lower() for before, _ in page.shown() if before.isalpha() and before.isascii()]
    )
    assert words == sorted(words)
    page.choose("sort", "frequent")
    counts = [int(item.text.rstrip("×").replace(",", "")) for item in page.all(".facts b")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]
    page.choose("rule", "prompts/")
    page.search("scroll down")
    assert ["Scroll down for video"] == [before for before, _ in page.shown()]
    page.search("no such words anywhere")
    assert [] == page.shown()
    assert "Nothing here answers to that." == page.find("#status").text


def test_a_rule_of_the_chart_is_a_filter(page: Page) -> None:
    """A click on a rule lists what it did; its bar is the longer the more often it fired."""
    page.click(page.find("tr[data-rule='encoding/mojibake'] .show"))
    assert {"encoding/mojibake"} == {rule for _, rule in page.shown()}
    widths = [float(bar.get_attribute("width").rstrip("%")) for bar in page.all(".bar rect")]
    assert widths == sorted(widths, reverse=True)
    assert 100 == widths[0] > widths[-1]


def test_keys(page: Page) -> None:
    """The keys move, judge, take back, search and help; they do nothing while somebody types, or if switched off."""
    items = page.all(".group")
    page.press("j")
    assert items[0] == page.browser.switch_to.active_element
    page.press("j", "j", "k")
    assert items[1] == page.browser.switch_to.active_element
    page.press("a", "r")
    assert items[3] == page.browser.switch_to.active_element
    assert "1 accepted, 1 rejected" == page.find("#outcome-count").text
    page.press("u", "u")
    assert not page.find("#outcome").is_displayed()
    page.press("/", "jar")
    assert page.find("#search") == page.browser.switch_to.active_element
    assert "jar" == page.find("#search").get_attribute("value")
    page.press(Keys.ESCAPE, "?")
    assert page.find("#keys").is_displayed()
    page.find("#use-keys").click()
    page.find("#keys form button").click()
    page.press("?")
    assert not page.find("#keys").is_displayed()


def test_more_is_shown_as_one_goes_on(page: Page) -> None:
    """Going down the list brings more of it."""
    page.choose("show", "all")
    before = len(page.shown())
    page.press(*"j" * (before + 1))
    assert before < len(page.shown())
    assert page.all(".group")[before] == page.browser.switch_to.active_element


REJECTED = {
    "teh": ("typos", ["typos", "allowed"]),
    "goverment": ("typos", ["typos", "allowed"]),
    "Scroll down for video": ("prompts", ["prompts", "allowed"]),
}


def test_what_is_rejected_no_longer_happens(page: Page, run: Run, folder: Path) -> None:
    """The filter reads the file that the page makes; it leaves what was rejected, and still does what was not."""
    kept = "The goverment said teh plan was sound and that they {} the mayor would go on.\n\nScroll down for video\n\n"
    kept += "{}It rained  all day.\n"
    text = kept.format("adn", "Share this article\n\n")
    path = folder / "one.txt"
    path.write_text(text)
    assert 0 == run("review", path, "-o", folder / "one.html", "--no-config").status
    opened = Page(page.browser, folder / "one.html")
    for wording in REJECTED:
        opened.judge(wording, "reject")
    opened.search("")
    opened.choose("rule", "whitespace/run")
    opened.click(opened.all(".group .reject")[0])
    config = opened.download()
    table = tomllib.loads(config.read_text())
    assert ["whitespace/run"] == table["off"]
    assert {"teh", "goverment"} == set(table["typos"]["allowed"])
    clean = run("--config", config, path).out.decode()
    assert kept.format("and", "") == clean
    assert "goverment" not in run("--no-config", path).out.decode()


def test_what_is_accepted_is_made(page: Page, run: Run, folder: Path) -> None:
    """Suggestions that were accepted are made from then on, and what was configured before stays."""
    rows = [
        {"rule": "typos/slip", "start": 0, "end": 6, "before": "Khawja", "after": "Khawaja", "suggested": True},
        {"rule": "prompts/model", "start": 0, "end": 13, "before": 'Buy "our" mug\n', "after": "", "suggested": True},
        {"rule": "typos/slip", "start": 0, "end": 4, "before": "adn", "after": "and", "score": 0.99},
    ]
    log = folder / "log.jsonl"
    log.write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "had.toml").write_text('skip = ["encoding"]\n[typos]\nallowed = ["Grauniad"]\n')
    assert 0 == run("review", log, "-o", folder / "log.html", "--config", folder / "had.toml").status
    opened = Page(page.browser, folder / "log.html")
    opened.choose("show", "all")
    for item in opened.all(".group .accept"):
        opened.click(item)
    assert "3 accepted" == opened.find("#outcome-count").text
    config = opened.download()
    expected = {
        "skip": ["encoding"],
        "typos": {"allowed": ["Grauniad"], "corrections": {"Khawja": "Khawaja"}},
        "prompts": {"remove": ['Buy "our" mug']},
    }
    assert expected == tomllib.loads(config.read_text())
    ran = run("--config", config, stdin=b'Mr Khawja spoke.\n\nBuy "our" mug\n\nIt rained.\n')
    assert b"Mr Khawaja spoke.\n\nIt rained.\n" == ran.out
    assert "1 time in 1 text" in config.read_text()


def test_proposals_are_taken_one_by_one(page: Page, run: Run, folder: Path) -> None:
    """Of what `learn` proposes the file has what was accepted and nothing else."""
    corpus = folder / "corpus.jsonl"
    own = "Jorinde Quux read it out.\n\nShe was with Jorinde Quux.\n\nYou and the harbour: our series"
    rows = [{"text": f"{article(Random(n))}\n{own}\n\n{n} readers like this"} for n in range(4)]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert 0 == run("learn", corpus, "-o", folder / "proposals").status
    assert 0 == run("review", folder / "proposals", "-o", folder / "proposals.html", "--no-config").status
    opened = Page(page.browser, folder / "proposals.html")
    verdicts = {"Quux": "accept", "Jorinde": "reject", "<number> readers like this": "accept"}
    for item in opened.all(".group"):
        wording = item.find_element(By.CSS_SELECTOR, ".change del, .change b").text
        if wording in verdicts:
            opened.click(item.find_element(By.CSS_SELECTOR, f".{verdicts[wording]}"))
    expected = {"prompts": {"remove": ["<number> readers like this"]}, "typos": {"allowed": ["Quux"]}}
    assert expected == tomllib.loads(opened.download().read_text())


def test_judgements_outlive_the_window(page: Page) -> None:
    """A page that is opened again has what was judged on it, and its preview is what it offers."""
    page.press("j", "r", "r")
    page.click(page.find("tr[data-rule='whitespace/run'] .off"))
    page.browser.refresh()
    assert "2 rejected, 1 rule off" == page.find("#outcome-count").text
    page.choose("show", "rejected")
    assert 2 < len(page.shown())
    page.find("#preview").click()
    text = page.find("#toml-text").text
    page.find("#toml form button").click()
    assert tomllib.loads(text) == tomllib.loads(page.download().read_text())
    assert "whitespace/run" in text


def test_articles_side_by_side(page: Page) -> None:
    """From a context to its article: the text before on one side, with what went, and after on the other."""
    page.click(page.group("teh").find_element(By.CSS_SELECTOR, "button.place"))
    assert page.find("#articles").is_displayed()
    sides = page.all("#article-view .side-row:not(.side-head) > div")
    assert "teh" in [gone.text for side in sides[::2] for gone in side.find_elements(By.TAG_NAME, "del")]
    assert "the" in [come.text for side in sides[1::2] for come in side.find_elements(By.TAG_NAME, "ins")]
    name = Select(page.find("#article")).first_selected_option.text.rsplit(" (")[0]
    original = Path(name).read_text()
    for fold in page.all("#article-view .fold"):
        page.click(fold)
    script = """return [...document.querySelectorAll("#article-view .side-row:not(.side-head)")].map(
        (row) => row.firstChild.textContent)"""
    shown = "".join(page.browser.execute_script(script))
    letters = "".join(filter(str.isalpha, original))
    assert letters == "".join(filter(str.isalpha, shown))


def test_a_hundred_thousand_edits_stay_usable(page: Page, folder: Path) -> None:
    """With 100,000 groups, all different, the page opens, and each search, filter and sort takes under a second."""
    groups = Groups()
    for n in range(100_000):
        word = f"w{n:05}x"
        edit = {"rule": f"typos/{'slip' if n % 2 else 'name'}", "start": 0, "end": 7, "before": word, "after": "word"}
        groups.add(
            edit | {"score": 0.9 + n % 10 / 100, "context": ["The men said that they had " * 2, " by the sea"]}, str(n)
        )
    path = folder / "many.html"
    path.write_bytes(render(Subject("many", groups, Articles(), {})))
    opened = Page(page.browser, path)
    timed = "const began = performance.now(); {} ; return performance.now() - began"
    fire = "const e = document.getElementById('{0}'); e.value = '{1}'; e.dispatchEvent(new Event('change'))"
    took = {
        name: opened.browser.execute_script(timed.format(fire.format(*step)))
        for name, step in {"rule": ("rule", "typos/name"), "sort": ("sort", "letters"), "show": ("show", "all")}.items()
    }
    began = time.perf_counter()
    opened.search("w77777x")
    took["search"] = 1000 * (time.perf_counter() - began)
    assert [] == [(name, milliseconds) for name, milliseconds in took.items() if milliseconds > 1000]
    assert [] == opened.shown()  # an odd number is of the other rule
    opened.choose("rule", "")
    assert ["w77777x"] == [before for before, _ in opened.shown()]


HOSTILE = (
    "<script>window.hacked = 1</script>", "<img src=x onerror='hacked = 2'>", "</script><script>hacked=3</script>",
    '"><svg onload="window.hacked = 4">', "javascript:window.hacked=5", "{{ 7 * 7 }}", "<!--<script>", "]]>", "&lt;b>",
    "\u2028\u2029\u202e\ud800", "__proto__", "constructor",
)  # fmt: skip


def test_hostile_text_runs_no_script(page: Page, folder: Path) -> None:
    """Text of any kind, in every place that shows text, is shown as text, and the policy stops what might get in."""
    groups, articles = Groups(), Articles()
    for bad in HOSTILE:
        edit = {"rule": f"typos/{bad}", "start": 0, "end": len(bad), "before": bad, "after": bad + "!", "note": bad}
        groups.add(edit | {"context": [bad, bad], "score": 0.9}, bad)
        groups.add(edit | {"rule": bad, "suggested": True}, bad)
        groups.add(edit | {"rule": "typos/slip", "suggested": True}, bad)
        articles.add(bad, bad, Result(bad + "!", record(bad, [Replacement(0, len(bad), bad + "!", bad)]), ()))
    path = folder / "hostile.html"
    path.write_bytes(render(Subject(HOSTILE[0], groups, articles, {HOSTILE[0]: HOSTILE[1]})))
    opened = Page(page.browser, path)
    opened.choose("show", "all")
    assert 3 * len(HOSTILE) == len(opened.shown())
    for item in opened.all(".group .reject"):
        opened.click(item)
    opened.find("#preview").click()
    table = tomllib.loads(opened.find("#toml-text").text)
    assert set(HOSTILE) - {HOSTILE[-3]} == set(table["typos"]["allowed"])
    assert "left out" in opened.find("#unwritable").text
    opened.find("#toml form button").click()
    opened.choose("show", "suggestions")
    opened.choose("rule", "typos/slip")
    for item in opened.all(".group .accept"):
        opened.click(item)
    opened.find("#preview").click()
    table = tomllib.loads(opened.find("#toml-text").text)
    assert set(HOSTILE) - {HOSTILE[-3]} == set(table["typos"]["corrections"])
    opened.find("#toml form button").click()
    opened.find("#view-articles").click()
    for _ in HOSTILE:
        opened.press("j")
    injected = (
        "const s = document.createElement('script'); s.textContent = 'window.hacked = 6'; document.body.append(s)"
    )
    assert opened.browser.execute_script(f"{injected}; return window.hacked") is None
    assert 1 == len(refused := opened.complaints())  # of the script that the test put in
    assert "Content Security Policy" in refused[0]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(size: tuple[int, int], theme: str, folder: Path, tmp_path: Path) -> None:
    """No view or dialog has a fault of accessibility that axe-core calls serious; nothing is wider than the screen."""
    import axe_core_python

    axe = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
    browser = chromium(tmp_path, size)
    try:
        page = Page(browser, folder / "small.html")
        browser.execute_script("document.documentElement.dataset.theme = arguments[0]", theme)
        browser.execute_script(axe)
        found = {"list": serious(browser)}
        page.press("j", "a", "r")
        found["judged"] = serious(browser)
        page.find("#preview").click()
        found["dialog"] = serious(browser)
        page.find("#toml form button").click()
        browser.execute_script("document.getElementById('view-articles').click()")
        found["articles"] = serious(browser)
        assert {view: [] for view in found} == found
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    finally:
        browser.quit()


def serious(browser: Any) -> list[str]:
    """Return what axe-core finds that is serious or worse: the rule and the first place."""
    result = browser.execute_async_script(
        "axe.run().then(arguments[0], (error) => arguments[0]({error: String(error)}))"
    )
    return [
        f"{fault['id']}: {fault['nodes'][0]['html'][:100]} {fault['nodes'][0].get('failureSummary', '')[:200]}"
        for fault in result["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
