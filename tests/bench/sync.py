#!/usr/bin/env python3
"""./bench sync: the time to plan a sync of 100,000 tracks (wanted: half a second at most); a first sync of an album collection
and one that finds nothing to do, beside rsync. Ours reads everything back and flushes file by file, rsync does neither."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import Report, alternate, is_large, peer_program, program  # noqa: E402

FILES, SIZE = 100, 3_000_000


def plans(report):
    items = 1_000_000 if is_large() else 100_000
    done = subprocess.run([program("sync_work"), str(items), "5"], capture_output=True, text=True, check=True, timeout=600)
    empty, in_step = zip(*([float(part) for part in line.split()] for line in done.stdout.splitlines()))
    report.case(f"plan of {items} tracks, empty device", "ms", list(empty))
    report.case(f"plan of {items} tracks, device with {items}", "ms", list(in_step))


class Copies:
    """The same music to two folders, by ours and by rsync."""

    def __init__(self, folder):
        self.music, self.ours, self.peers = (folder / name for name in ("music", "ours", "peers"))
        self.state = folder / "state"
        for number in range(FILES):
            file = self.music / f"Artist {number // 10}" / f"{number:03} Song.mp3"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(os.urandom(SIZE))
        self.ours.mkdir()

    @staticmethod
    def seconds(command):
        began = time.perf_counter()
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, timeout=600)
        return time.perf_counter() - began

    def sync(self, anew):
        if anew:
            shutil.rmtree(self.ours)
            self.ours.mkdir()
        return self.seconds([program("marea"), "sync", "--run", "--device", self.ours, "--from", self.music, "--profile",
                             "everything", "--state", self.state, "--json"])

    def rsync(self, anew):
        if anew:
            shutil.rmtree(self.peers, ignore_errors=True)
        return self.seconds([peer_program("rsync"), "-a", f"{self.music}/", f"{self.peers}/"])


def copies(report):
    if not program("marea").exists():
        report.note("the desktop program is not built")
        return
    has_peer = peer_program("rsync") is not None
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as folder:
        both = Copies(pathlib.Path(folder))
        for name, anew in (("first sync", True), ("nothing to do", False)):
            ours, peers = alternate(lambda: both.sync(anew), (lambda: both.rsync(anew)) if has_peer else None, rounds=3)
            report.case(f"{name}, {FILES} files of {SIZE // 1_000_000} MB", "s", ours, peers or None, "rsync -a")


def main():
    report = Report("sync")
    plans(report)
    copies(report)


if __name__ == "__main__":
    main()
