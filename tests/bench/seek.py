#!/usr/bin/env python3
"""./bench seek: 200 seeks to places at random in a film of two hours that is transcoded (HEVC to H.264 1080p), one after
the other, without waiting for what is made ahead. The time of a seek is that of both its segments; beside it, as the peer,
the time of making one segment on an idle server. Afterwards: the workers that are left, and the cache on disk.

Wanted: a ratio of 1.5 at most for the 95th percentile, no worker more than before, the cache within its bound.
"""
import pathlib
import random
import re
import tempfile
import time
import urllib.parse

from stream import Viewer, e2e
from support import Report, is_large, percentile, process_tree

SEEKS, ALONE = (200, 20) if is_large() else (60, 8)
SECONDS, PART = 7200, 30
CACHE_BYTES = 64 << 20


def long_film(folder):
    """Two hours of a moving test picture, by repeating half a minute of it."""
    part = e2e.make_media(folder / "part.mkv", "-f", "lavfi", "-i", f"testsrc2=size=1920x1080:rate=24:duration={PART}",
                          "-f", "lavfi", "-i", f"sine=duration={PART}:sample_rate=48000", "-c:v", "libx265", "-preset",
                          "ultrafast", "-b:v", "600k", "-x265-params", "log-level=error:keyint=96", "-c:a", "aac", "-b:a", "64k")
    return e2e.make_media(folder / "films" / "Tide (2020).mkv", "-stream_loop", str(SECONDS // PART - 1), "-i", str(part),
                          "-map", "0", "-c", "copy")


class Seeker(Viewer):
    """A viewer who has the playlists already and jumps about."""

    def open(self, item):
        answer = self.server.post(f"/api/v1/media/{item}/playback", {"capabilities": {
            "protocols": ["hls"], "containers": ["mp4"], "video": [{"codec": "h264"}], "audio": [{"codec": "aac"}]}}).json
        self.session = answer["session_id"]
        master = self.get(answer["url"]).decode()
        variant = re.search(r"^#EXT-X-STREAM-INF.*\n(.+)$", master, re.MULTILINE)[1]
        audio = re.search(r'^#EXT-X-MEDIA:.*TYPE=AUDIO.*URI="([^"]+)"', master, re.MULTILINE)[1]
        self.tracks = [self.read_playlist(urllib.parse.urljoin(answer["url"], path)) for path in (variant, audio)]

    def read_playlist(self, path):
        text = self.get(path).decode()
        ends, at = [], 0.0
        for duration, uri in re.findall(r"^#EXTINF:([\d.]+).*\n(?:#.*\n)*(.+)$", text, re.MULTILINE):
            at += float(duration)
            ends.append((at, urllib.parse.urljoin(path, uri)))
        return ends

    def seek(self, at):
        """Milliseconds until both segments are there."""
        began = time.perf_counter()
        chosen = [next(uri for end, uri in track if end > at) for track in self.tracks]
        list(self.pool.map(lambda lane: self.get(chosen[lane], lane), (0, 1)))
        return (time.perf_counter() - began) * 1000


def cache_bytes(data):
    return sum(path.stat().st_size for path in pathlib.Path(data, "cache").rglob("*") if path.is_file())


def main():
    report = Report("seek")
    chance = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as name:
        folder = pathlib.Path(name)
        long_film(folder)
        config = folder / "marea.toml"
        config.write_text(f"[stream]\ncache_size = \"64 MiB\"\n[farm]\nsprites = false\nladders = false\n")
        with e2e.Server(libraries={"Films": folder / "films"}, args=["--config", str(config)]) as server:
            server.wait_until_idle(300)
            seeker = Seeker(server)
            seeker.open(next(i["id"] for i in server.all_media() if i["kind"] in ("movie", "video")))
            seeker.seek(0)
            alone = []
            for _ in range(ALONE):
                seeker.wait_until_quiet()
                alone.append(seeker.seek(chance.uniform(60, SECONDS - 60)))
            workers = len(process_tree(server.pid))
            taken = [seeker.seek(chance.uniform(60, SECONDS - 60)) for _ in range(SEEKS)]
            making = "making one, idle"
            report.case(f"{SEEKS} seeks, median", "ms", taken, alone, making)
            report.case(f"{SEEKS} seeks, p95", "ms", percentile(taken, 95), alone, making)
            seeker.wait_until_quiet()
            report.case("processes after the seeks", "processes", len(process_tree(server.pid)), workers, "before them")
            report.case("cache on disk", "MB", cache_bytes(server.data) / 1e6, CACHE_BYTES / 1e6, "its bound")


if __name__ == "__main__":
    main()
