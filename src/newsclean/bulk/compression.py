"""Files as they read without their compression, and written with it. The same bytes give the same bytes."""

from __future__ import annotations

import io
from typing import IO, Any, cast

from newsclean.errors import ConfigError

COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
GZIP_LEVEL = 6
ZSTD_LEVEL = 3
BUFFER = 1 << 20
CHUNK = 1 << 14
"""Bytes that are decompressed at once: few, for zstd makes up to thousands of one."""


def decompressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Return a file as it reads without its compression; files of several members are read to their end."""
    if compression == "gzip":
        import gzip

        return cast(IO[bytes], io.BufferedReader(gzip.GzipFile(fileobj=file, mode="rb"), BUFFER))
    if compression == "zstd":
        return cast(IO[bytes], io.BufferedReader(_ZstdReader(file), BUFFER))
    return file


class _ZstdReader(io.RawIOBase):
    """
    A zstd file, decompressed as it is read.

    The reader that zstandard brings takes a frame that was cut off for the end of the file, which would lose rows.

    Raises:
        EOFError: From `readinto`, if the last frame is not whole.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._start = _zstandard().ZstdDecompressor().decompressobj
        self._frame = self._start()
        self._ready = memoryview(b"")
        self._is_between = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            data = (self._frame.unused_data if self._frame.eof else b"") or self._file.read(CHUNK)
            if not data:
                if not self._is_between:
                    raise EOFError("the file ends before the end of a zstd frame")
                return 0
            if self._frame.eof:
                self._frame = self._start()
            self._ready = memoryview(self._frame.decompress(data))
            self._is_between = self._frame.eof
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


def compressed(file: IO[bytes], compression: str) -> IO[bytes]:
    """Return what compresses into a file, and leaves it open when it is closed."""
    if compression == "gzip":
        import gzip

        inner: Any = gzip.GzipFile("", "wb", GZIP_LEVEL, fileobj=file, mtime=0)
    elif compression == "zstd":
        inner = _zstandard().ZstdCompressor(ZSTD_LEVEL, write_checksum=True).stream_writer(file, closefd=False)
    else:
        return file
    return cast(IO[bytes], io.BufferedWriter(inner, BUFFER))


def _zstandard() -> Any:
    return extra("zstandard", "zstd compression")


def extra(module: str, purpose: str) -> Any:
    """
    Import a package of the extra `bulk`.

    Raises:
        ConfigError: If it is not installed; the message says how to get it.
    """
    from importlib import import_module

    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise ConfigError(f"{purpose} needs the package {module}: pip install 'newsclean[bulk]'") from None
