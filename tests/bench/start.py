#!/usr/bin/env python3
"""./bench start: from a playback request to the first decoded frame of a direct file through the server, beside the same
client on the local file. Wanted: a ratio of 1.5 at most."""
import http.client
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import ROOT, Report, median, program, undisturbed  # noqa: E402


def end_to_end_support():
    """tests/e2e/support.py, which has the name of the benches' own."""
    spec = importlib.util.spec_from_file_location("e2e_support", ROOT / "tests" / "e2e" / "support.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


e2e = end_to_end_support()
ROUNDS = 15


def films(folder):
    """Name, seconds to seek to, file."""
    wide = {"seconds": 60, "size": "1920x1080"}
    return [("1080p MP4, start", 0, e2e.make_film(folder / "Tide (2020).mp4", **wide)),
            ("1080p MP4, middle", 30, folder / "Tide (2020).mp4"),
            ("1080p Matroska, start", 0, e2e.make_film(folder / "Ebb (2021).mkv", **wide)),
            ("1080p Matroska, middle", 30, folder / "Ebb (2021).mkv"),
            ("720p WebM, start", 0, e2e.make_film(folder / "Foam (2022).webm", 10, size="1280x720")),
            ("320x180 WebM, start", 0, e2e.make_film(folder / "Spray (2022).webm", 20))]


class Requests:
    """Playback requests on one connection kept alive, as a player makes them."""

    def __init__(self, server):
        parts = urllib.parse.urlsplit(server.url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        self.headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}

    def playback(self, item):
        """The answer and the milliseconds that it took."""
        body = json.dumps({"capabilities": {"preset": "mpv"}})
        began = time.perf_counter()
        self.connection.request("POST", f"/api/v1/media/{item}/playback", body, self.headers)
        answer = json.load(self.connection.getresponse())
        return answer, (time.perf_counter() - began) * 1000


def frames(seconds, *sources):
    """Milliseconds for each source, one list a source."""
    done = subprocess.run([program("first_frame"), str(ROUNDS), str(seconds), *map(str, sources)], capture_output=True,
                          text=True, check=True, timeout=600)
    return list(zip(*([float(part) for part in line.split()] for line in done.stdout.splitlines())))


def main():
    report = Report("start")
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as folder:
        cases = films(pathlib.Path(folder))
        with e2e.Server(libraries={"Films": folder}, args=undisturbed(folder)) as server:
            server.wait_until_idle()
            items = {f["name"]: i["id"] for i in server.all_media("fields=files&kind=movie,video") for f in i["files"]}
            requests = Requests(server)
            for name, seconds, path in cases:
                taken = [requests.playback(items[path.name]) for _ in range(ROUNDS)]
                asked = median([ms for _, ms in taken])
                ours, local = frames(seconds, server.url + taken[0][0]["url"], path)
                report.case(f"{name}: request to first frame", "ms", [asked + ms for ms in ours], list(local),
                            "the same client on the local file")
            report.case("playback request alone", "ms", asked)


if __name__ == "__main__":
    main()
