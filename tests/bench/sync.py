#!/usr/bin/env python3
"""./bench sync: the time to plan a sync of 100,000 tracks. Wanted: half a second at most."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import Report, is_large, program  # noqa: E402


def main():
    report = Report("sync")
    items = 1_000_000 if is_large() else 100_000
    done = subprocess.run([program("sync_work"), str(items), "5"], capture_output=True, text=True, check=True, timeout=600)
    empty, in_step = zip(*([float(part) for part in line.split()] for line in done.stdout.splitlines()))
    report.case(f"plan of {items} tracks, empty device", "ms", list(empty))
    report.case(f"plan of {items} tracks, device with {items}", "ms", list(in_step))


if __name__ == "__main__":
    main()
