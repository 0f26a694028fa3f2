#!/usr/bin/env python3
"""./bench stream: from a playback request to the last byte of the first audio and video segments, beside one
`ffmpeg -f hls` spawned per session (ready when the segment after the first exists). At the start, and after a seek to
the middle. Everything is cold in each round: a title of its own, whose file nobody has asked for before.

Wanted: ratios of 0.4 at most for a remux, of 0.3 for HEVC to H.264 at 1080p.
"""
import concurrent.futures
import http.client
import importlib.util
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import ROOT, Report, alternate, cpu_seconds, is_large, peer_program, process_tree, undisturbed  # noqa: E402


def end_to_end_support():
    """tests/e2e/support.py, which has the name of the benches' own."""
    spec = importlib.util.spec_from_file_location("e2e_support", ROOT / "tests" / "e2e" / "support.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


e2e = end_to_end_support()
ROUNDS, WARM_UP = (9, 1) if is_large() else (5, 1)
SECONDS = 30
PEER = "ffmpeg -f hls per session"
CLIENT = {"protocols": ["hls"], "containers": ["mp4"], "video": [{"codec": "h264"}],
          "audio": [{"codec": "aac", "max_channels": 8}], "subtitles": ["webvtt"]}


def source():
    """30 s of 1080p with B-frames: of a real film where there is one, else a moving test picture."""
    given = pathlib.Path(os.environ.get("MAREA_TEST_MEDIA", "/nonexistent"), "video", "bbb-1080p24-h264-aac51-30s.mp4")
    if given.exists():
        return ["-i", str(given)], ["-c:v", "copy", "-c:a", "aac", "-ac", "2"]
    made = ["-f", "lavfi", "-i", f"testsrc2=size=1920x1080:rate=24:duration={SECONDS}", "-f", "lavfi", "-i",
            f"sine=duration={SECONDS}:sample_rate=48000"]
    return made, ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "5M", "-g", "96", "-pix_fmt", "yuv420p", "-c:a", "aac"]


def titles(folder):
    """Kind → files with the same content, and a different one for every round of every case."""
    inputs, h264 = source()
    hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-b:v", "5M", "-x265-params", "log-level=error:keyint=96",
            "-tag:v", "hvc1", "-c:a", "aac", "-ac", "2"]
    found = {}
    for kind, name, encode in (("remux", "Tide", h264), ("transcode", "Ebb", hevc)):
        path = e2e.make_media(folder / "made" / f"{name}.mkv", *inputs, *encode, "-t", str(SECONDS))
        found[kind] = [tagged(path, folder / "films" / f"{name} {number} (2020).mkv", number)
                       for number in range(2 * (ROUNDS + WARM_UP))]
    return found


def tagged(path, target, number):
    target.parent.mkdir(exist_ok=True)
    subprocess.run(["ffmpeg", "-loglevel", "error", "-nostdin", "-y", "-i", str(path), "-map", "0", "-c", "copy",
                    "-metadata", f"comment=round {number}", str(target)], check=True)
    return target


class Viewer:
    """A player's requests, as it makes them: one connection for video and one for audio, kept alive."""

    def __init__(self, server):
        self.server = server
        parts = urllib.parse.urlsplit(server.url)
        self.connections = [http.client.HTTPConnection(parts.hostname, parts.port, timeout=120) for _ in range(2)]
        for connection in self.connections:
            connection.connect()
        self.headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
        self.pool = concurrent.futures.ThreadPoolExecutor(2)

    def get(self, path, lane=0):
        self.connections[lane].request("GET", path)
        answer = self.connections[lane].getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {body[:200]}")
        return body

    def start(self, item, at):
        """Milliseconds until both segments that are shown at `at` seconds are there."""
        began = time.perf_counter()
        body = json.dumps({"capabilities": CLIENT, "start": at} if at else {"capabilities": CLIENT})
        self.connections[0].request("POST", f"/api/v1/media/{item}/playback", body, self.headers)
        answer = json.load(self.connections[0].getresponse())
        master = self.get(answer["url"]).decode()
        variant = re.search(r"^#EXT-X-STREAM-INF.*\n(.+)$", master, re.MULTILINE)[1]
        audio = re.search(r'^#EXT-X-MEDIA:.*TYPE=AUDIO.*URI="([^"]+)"', master, re.MULTILINE)[1]
        paths = [urllib.parse.urljoin(answer["url"], path) for path in (variant, audio)]
        list(self.pool.map(lambda lane: self.segment(paths[lane], at, lane), (0, 1)))
        taken = (time.perf_counter() - began) * 1000
        self.server.delete(f"/api/v1/sessions/{answer['session_id']}")
        self.wait_until_quiet()
        return taken

    def wait_until_quiet(self, seconds=60):
        """What is made ahead for a viewer who has left must not be measured with the next one, nor with the peer."""
        end, before = time.monotonic() + seconds, -1
        while time.monotonic() < end:
            now = cpu_seconds(process_tree(self.server.pid))
            if now - before < 0.02:
                return
            before = now
            time.sleep(0.3)
        raise RuntimeError(f"the server still works {seconds} s after the viewer has left")

    def segment(self, playlist, at, lane):
        text = self.get(playlist, lane).decode()
        init = re.search(r'#EXT-X-MAP:URI="([^"]+)"', text)[1]
        ends, time_ = [], 0.0
        for duration, uri in re.findall(r"^#EXTINF:([\d.]+).*\n(?:#.*\n)*(.+)$", text, re.MULTILINE):
            time_ += float(duration)
            ends.append((time_, uri))
        chosen = next((uri for end, uri in ends if end > at + 0.001), ends[-1][1])
        for uri in (init, chosen):
            self.get(urllib.parse.urljoin(playlist, uri), lane)


def peer_start(path, at, kind):
    """Milliseconds until a fresh ffmpeg's first segment is whole, which is seen by the second one's being there."""
    with tempfile.TemporaryDirectory(prefix="marea-bench-peer-") as folder:
        encode = ["-c", "copy"] if kind == "remux" else \
            ["-c:v", "libx264", "-preset", "veryfast", "-maxrate", "8M", "-bufsize", "16M", "-pix_fmt", "yuv420p",
             "-force_key_frames", "expr:gte(t,n_forced*3)", "-c:a", "aac"]
        command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", *(["-ss", str(at)] if at else []),
                   "-copyts", "-avoid_negative_ts", "disabled", "-i", str(path), "-map", "0:v:0", "-map", "0:a:0", *encode,
                   "-f", "hls", "-hls_time", "6" if kind == "remux" else "3", "-hls_segment_type", "fmp4",
                   "-hls_playlist_type", "event", "-hls_segment_filename", "%d.m4s", "list.m3u8"]
        began = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL)
        next_one = pathlib.Path(folder, "1.m4s")
        while not next_one.exists() and process.poll() is None:
            time.sleep(0.001)
        taken = (time.perf_counter() - began) * 1000
        process.kill()
        process.wait()
        if not pathlib.Path(folder, "0.m4s").exists():
            raise RuntimeError("the peer made nothing")
        return taken


def main():
    report = Report("stream")
    peer = peer_program("ffmpeg") is not None
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as name:
        files = titles(pathlib.Path(name))
        with e2e.Server(libraries={"Films": pathlib.Path(name, "films")}, args=undisturbed(name)) as server:
            server.wait_until_idle(300)
            items = {f["name"]: i["id"] for i in server.all_media("fields=files&kind=movie,video") for f in i["files"]}
            viewer = Viewer(server)
            for kind, label in (("remux", "H.264 remux"), ("transcode", "HEVC to H.264 1080p")):
                fresh = iter(files[kind])
                for place, at in (("start", 0), ("middle", SECONDS / 2)):
                    mine, theirs = alternate(lambda: viewer.start(items[next(fresh).name], at),
                                             (lambda: peer_start(files[kind][0], at, kind)) if peer else None, ROUNDS, WARM_UP)
                    report.case(f"{label}, {place}: request to first segments", "ms", mine, theirs, PEER)


if __name__ == "__main__":
    main()
