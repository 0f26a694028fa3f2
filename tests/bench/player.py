#!/usr/bin/env python3
"""./bench player: how soon the desktop player shows the first frame of a direct file through the server, beside the same
on the local file. The engine alone, without a screen, and the program on a screen (Xvfb): from the moment at which it is
told what to play. Wanted: a ratio of 1.5 at most."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import Report, program  # noqa: E402
from start import Requests, e2e, films  # noqa: E402
from display import Display  # noqa: E402

ENGINE_ROUNDS = 15
PROGRAM_ROUNDS = 5


def engine_frames(seconds, *sources):
    """Milliseconds for each source, one list a source. The first round warms up."""
    done = subprocess.run([program("player_frames"), str(ENGINE_ROUNDS + 1), str(seconds), *map(str, sources)],
                          capture_output=True, text=True, check=True, timeout=600)
    return list(zip(*([float(part) for part in line.split()] for line in done.stdout.splitlines()[1:])))


def program_frame(display, source, seconds=30):
    """Milliseconds from being told to play `source` to its first frame in the program's window."""
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as home:
        log = pathlib.Path(home) / "log"
        env = {**display.env, "HOME": home, "XDG_CONFIG_HOME": f"{home}/config", "XDG_CACHE_HOME": f"{home}/cache",
               "XDG_RUNTIME_DIR": home, "LC_ALL": "C.UTF-8"}
        env.pop("DBUS_SESSION_BUS_ADDRESS", None)
        with open(log, "w") as out:
            app = subprocess.Popen([program("marea"), "--audio", "null", str(source)], env=env, stderr=out,
                                   stdin=subprocess.DEVNULL)
        try:
            end = time.monotonic() + seconds
            while time.monotonic() < end and app.poll() is None:
                if found := re.search(r"(?<!engine_)first_frame_ms=(\d+)", log.read_text()):
                    return float(found[1])
                time.sleep(0.05)
            raise RuntimeError(f"no first frame of {os.path.basename(str(source))}: {log.read_text()[-500:]}")
        finally:
            app.kill()
            app.wait()


def main():
    report = Report("player")
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as folder:
        cases = films(pathlib.Path(folder))
        with e2e.Server(libraries={"Films": folder}) as server:
            server.wait_until_idle()
            items = {f["name"]: i["id"] for i in server.all_media("fields=files&kind=movie,video") for f in i["files"]}
            requests = Requests(server)
            for name, seconds, path in cases:
                url = server.url + requests.playback(items[path.name])[0]["url"]
                ours, local = engine_frames(seconds, url, path)
                report.case(f"{name}: engine, first frame", "ms", list(ours), list(local), "the local file")
            with Display() as display:
                name, _, path = cases[0]
                url = server.url + requests.playback(items[path.name])[0]["url"]
                pairs = [(program_frame(display, url), program_frame(display, path)) for _ in range(PROGRAM_ROUNDS)]
                ours, local = map(list, zip(*pairs))
                report.case(f"{name}: program on a screen", "ms", ours, local, "the local file")


if __name__ == "__main__":
    main()
