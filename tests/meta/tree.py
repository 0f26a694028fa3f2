"""The project's files, as the meta tests look at them."""
import functools
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE_FOLDERS = ("app", "core", "player", "qml", "server", "sync", "tests")
BINARY = {".png", ".jpg", ".jpeg", ".webp", ".ico", ".ttf", ".otf", ".woff2", ".qm", ".db", ".mp4", ".mkv", ".mp3", ".flac"}


@functools.lru_cache(maxsize=None)
def tracked():
    """Paths relative to the root: what git tracks, and what it would track."""
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            capture_output=True, check=True).stdout.decode()
    return sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def with_suffix(*suffixes, under=CODE_FOLDERS):
    return [name for name in tracked() if name.endswith(suffixes) and name.split("/")[0] in under]


@functools.lru_cache(maxsize=None)
def text(name):
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def text_files():
    return [name for name in tracked() if pathlib.PurePath(name).suffix.lower() not in BINARY]
