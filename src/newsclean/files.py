"""
Files: bytes in, bytes out.

What a file is beside its text stays as it was: its encoding, its byte order mark, its style of line breaks,
its permissions. A file that cannot be read or decoded is left alone, and the error says where and why.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from stat import S_ISCHR
from typing import Any

from newsclean.chain import Result
from newsclean.decoding import Decoded
from newsclean.edits import Edit, Replacement, apply, compose, record
from newsclean.errors import InputError
from newsclean.normalizers.line_breaks import CR, CRLF, STYLE

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""How a file is opened that must not be there yet."""


def read(path: str) -> bytes:
    """
    Return the bytes of a file.

    Raises:
        InputError: If it cannot be read, or is a device, which may never end.
    """
    try:
        with open(path, "rb") as file:
            if S_ISCHR(os.fstat(file.fileno()).st_mode) and path != os.devnull and not file.isatty():
                raise InputError(f"{path}: is a device; name a file")
            return file.read()
    except OSError as error:
        raise InputError(f"{path or repr(path)}: cannot be read: {error.strerror}") from None


def lines(path: str) -> Iterator[bytes]:
    """
    Yield the lines of a file one at a time, with their line feeds.

    Raises:
        InputError: If it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            yield from file
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def write_anew(path: str, data: bytes, is_ours: Callable[[bytes], bool]) -> None:
    """
    Write a file that may stand there from an earlier run, all of it or nothing.

    Args:
        path: The file.
        data: What it is to hold.
        is_ours: Tells from what stands there whether it may go.

    Raises:
        InputError: If something else stands there, or it cannot be written.
    """
    if os.path.exists(path) and not is_ours(read(path)):
        raise InputError(f"{path}: is there already and was not written by this command; name another, or remove it")
    if not os.path.exists(path):
        append(path, "")
    try:
        replace(path, data)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def walk(folder: str, suffixes: tuple[str, ...], is_ignored: bool = True, links: bool = False) -> Iterator[str]:
    """
    Yield the files of a folder and its subfolders by name, in order; hidden ones are passed over.

    Args:
        folder: Where to begin.
        suffixes: What names must end with, in lower case.
        is_ignored: Leave out what the `.gitignore` files on the way say.
        links: Yield links, too; one to a folder is not gone into.
    """
    yield from _walk(folder, suffixes, _ignores_above(folder) if is_ignored else None, links)


def _walk(folder: str, suffixes: tuple[str, ...], ignores: list[tuple[str, Any]] | None, links: bool) -> Iterator[str]:
    if ignores is not None:
        ignores = [*ignores, *_ignores(folder)]
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.name.startswith(".") or (entry.is_symlink() and not links):
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder or entry.name.lower().endswith(suffixes):
            if ignores and _says(ignores, entry.path, is_folder):
                continue
            if is_folder:
                yield from _walk(entry.path, suffixes, ignores, links)
            elif entry.is_file() or entry.is_symlink():
                yield entry.path


def _ignores(folder: str) -> list[tuple[str, Any]]:
    """Return the patterns of a folder's `.gitignore`, if it has one, with the folder."""
    path = os.path.join(folder, ".gitignore")
    if not os.path.isfile(path):
        return []
    from pathspec import GitIgnoreSpec

    return [(folder, GitIgnoreSpec.from_lines(read(path).decode("utf-8", "replace").splitlines()))]


def _ignores_above(folder: str) -> list[tuple[str, Any]]:
    """Return the patterns that hold in a folder from above, up to the root of its repository."""
    found: list[tuple[str, Any]] = []
    here = os.path.abspath(folder)
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return []
        here = above
        found = [*_ignores(here), *found]
    return found


def _says(ignores: list[tuple[str, Any]], path: str, is_folder: bool) -> bool:
    for folder, spec in reversed(ignores):
        inside = os.path.relpath(os.path.abspath(path), os.path.abspath(folder)) + "/" * is_folder
        told = spec.check_file(inside).include
        if told is not None:
            return bool(told)
    return False


def check_replaceable(path: str, data: bytes | None) -> None:
    """
    Make sure that a file may be replaced.

    Args:
        path: The file.
        data: What was read of it; None where that does not matter.

    Raises:
        InputError: If it is no ordinary file, is read-only, has other names (hard links) that would go on naming the
            old contents, or was changed since it was read.
    """
    import stat

    try:
        found = os.stat(path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}") from None
    if not stat.S_ISREG(found.st_mode):
        raise InputError("is no ordinary file and was left alone")
    if not found.st_mode & 0o222:
        raise InputError("is read-only and was left alone: make it writable first (chmod u+w)")
    if found.st_nlink > 1:
        raise InputError(
            f"has {found.st_nlink} hard links, and only one of these names would get the new contents; it was left "
            "alone: copy the file first, or write the output of newsclean to it (newsclean FILE > NEW)"
        )
    if data is not None and read(path) != data:
        raise InputError("was changed by something else meanwhile and was left alone: run it again")


def explain_decoded(explain: Callable[[str], Result], decoded: Decoded, *, keep_breaks: bool = False) -> Result:
    """
    Clean the text of a file; the edits lead from its bytes as they were, foreign ones included.

    Offsets are of the decoded text, in which a byte that was foreign to the encoding counts as one character.

    Args:
        explain: What cleans a text.
        decoded: The text of a file.
        keep_breaks: Leave a mixed style of line breaks as it is, as content files need.
    """
    result = explain_in_style(explain, decoded.text)
    if keep_breaks and result.edits:
        result = _without_breaks(decoded.text, result)
    if not decoded.repairs:
        return result
    suggestions = compose(decoded.repairs, result.suggestions)
    return result._replace(
        edits=compose(decoded.repairs, result.edits),
        suggestions=tuple(edit for edit in suggestions if edit not in decoded.repairs),
    )


def explain_in_style(explain: Callable[[str], Result], text: str) -> Result:
    r"""
    Clean the text of a file and put its style of line breaks back.

    The chain leaves line feeds. Here they become what most lines of the file end with, and the two changes are
    composed: where a break is as it was, there is no edit; where a file mixed its styles, the edits say so.
    Offsets count the file's own breaks.

    >>> from newsclean.chain import Chain
    >>> from newsclean.normalizers.line_breaks import LineBreaks
    >>> explain_in_style(Chain([LineBreaks()]).explain, "a\r\nb\nc\r\n").edits[0][:4]
    (4, 5, '\n', '\r\n')
    """
    result = explain(text)
    style = style_of(text)
    if style == "\n" or "\r" in result.text:
        return result
    breaks = record(result.text, _line_feeds(result.text, style))
    edits = tuple(_without_detour(edit, style) for edit in compose(result.edits, breaks))
    suggestions = tuple(edit._replace(after=edit.after.replace("\n", style)) for edit in result.suggestions)
    return Result(result.text.replace("\n", style) if edits else text, edits, suggestions)


def _without_breaks(text: str, result: Result) -> Result:
    """Take back the edits that do nothing but change line breaks."""
    kept = tuple(edit for edit in result.edits if not _is_break(edit))
    return result if len(kept) == len(result.edits) else result._replace(text=apply(text, kept), edits=kept)


def _is_break(edit: Edit) -> bool:
    return not edit.before.strip("\r\n") and not edit.after.strip("\r\n") and bool(edit.before and edit.after)


def style_of(text: str) -> str:
    r"""
    Return the break that most lines of a text end with; a line feed where none leads.

    >>> style_of("a\r\nb\r\nc\n")
    '\r\n'
    """
    if "\r" not in text:
        return "\n"
    both = text.count("\r\n")
    counts = {"\n": text.count("\n") - both, "\r\n": both, "\r": text.count("\r") - both}
    return max(counts, key=lambda style: counts[style])


def _without_detour(edit: Edit, style: str) -> Edit:
    """Leave out of the record what became a line feed only to become what it was again."""
    others = edit.before.replace(style, "")
    if "\r" in others or "\n" in others:
        return edit
    return edit._replace(parts=tuple(part for part in edit.parts if part.rule not in (CRLF, CR, STYLE)))


def _line_feeds(text: str, style: str) -> list[Replacement]:
    found, at = [], text.find("\n")
    while at >= 0:
        found.append(Replacement(at, at + 1, style, STYLE))
        at = text.find("\n", at + 1)
    return found


def append(path: str, text: str) -> None:
    """
    Add lines to a file of text, which is made where there is none.

    Raises:
        InputError: If that fails.
    """
    old = read(path) if os.path.exists(path) else b""
    gap = b"\n" if old and not old.endswith(b"\n") else b""
    try:
        with open(path, "ab") as file:
            file.write(gap + text.encode())
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from None


def replace(path: str, data: bytes) -> None:
    """
    Replace the contents of a file, all of it or nothing.

    The new contents are written beside the file and put in its place when they are safely on disk.
    The permissions stay; of a symbolic link the target is replaced.

    Raises:
        InputError: If that fails; the file is as it was.
    """
    path = os.path.realpath(path)
    # The name is known before the file is there: an interrupt leaves nothing behind, whenever it comes.
    temporary = os.path.join(os.path.dirname(path), f".newsclean-{os.urandom(8).hex()}")
    try:
        was = os.stat(path)
        with open(os.open(temporary, NEW_FILE, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if hasattr(os, "chown") and (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
            with suppress(OSError):  # only the superuser may give files away
                os.chown(temporary, was.st_uid, was.st_gid)
        os.chmod(temporary, was.st_mode)
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}; it is as it was") from None
    finally:
        with suppress(OSError):
            os.unlink(temporary)
