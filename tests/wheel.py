"""What a wheel must and must not hold. Run by .ci/run: python -m tests.wheel FILE.whl."""

import sys
from pathlib import Path
from zipfile import ZipFile

from newsclean.reviewing.page import SCRIPTS, STYLES

MOST = 10_000_000
DATA = Path(__file__).parent.parent / "dictionaries"


def check(wheel: str) -> None:
    """Fail where the wheel is too large, lacks data or a notice, or holds what builds it."""
    assert Path(wheel).stat().st_size < MOST
    names = set(ZipFile(wheel).namelist())
    folders = [path for folder in ("en", "prompts") for path in (DATA / folder).rglob("*") if path.is_file()]
    shipped = [*folders, *(DATA / name for name in ("VERSION", "SOURCES.toml", "NOTICES.txt"))]
    assert set() == {"newsclean/" + path.relative_to(DATA.parent).as_posix() for path in shipped} - names
    assert not any(name.endswith("build.py") for name in names)
    assert {f"newsclean/reviewing/{name}" for name in ("page.html", *STYLES, *SCRIPTS)} <= names
    for notice in ("LICENSE", "dictionaries/NOTICES.txt"):
        assert any(name.endswith(f"licenses/{notice}") for name in names), notice


if __name__ == "__main__":
    check(sys.argv[1])
