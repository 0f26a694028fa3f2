#!/usr/bin/env python3
"""./bench engine: what the media engine gets done, beside ffmpeg in the same call, with the same encoders and settings.

- a ladder from one decoding, in as many threads as there are cores, beside one command with `-filter_complex split`.
  Wanted: 1.0 at least.
- thumbnails of a film, beside `-skip_frame nokey` with `scale` and `tile`.
- FLAC to Opus in segments, in one thread and in all, beside a whole file.
- memory of an active session that is encoded for, at most, beside one `ffmpeg -f hls` each.
"""
import concurrent.futures
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import (  # noqa: E402
    ROOT, Report, alternate, is_large, memory_bytes, peer_program, process_tree, program, undisturbed)


def end_to_end_support():
    """tests/e2e/support.py, which has the name of the benches' own."""
    spec = importlib.util.spec_from_file_location("e2e_support", ROOT / "tests" / "e2e" / "support.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


e2e = end_to_end_support()
CORES = len(os.sched_getaffinity(0))
ROUNDS, REPEATED = (5, 4) if is_large() else (3, 1)
FILM, LONG, MUSIC = 30, 300, 300 if is_large() else 120  # seconds
SESSIONS = 4
RUNGS = [(1920, 1080, 8_000_000), (1280, 720, 5_000_000), (854, 480, 2_500_000), (640, 360, 1_200_000)]
BUFFER = 0.3  # of a second, as server/pipeline/videoencoder.cpp has it
QUIET = ["-hide_banner", "-loglevel", "error", "-nostdin", "-y"]


def ffmpeg(*arguments):
    """Seconds of a whole command."""
    began = time.perf_counter()
    subprocess.run(["ffmpeg", *QUIET, *map(str, arguments)], check=True)
    return time.perf_counter() - began


def engine(kind, path, threads, *more):
    """Seconds as the program measures them, and how much it made."""
    done = subprocess.run([program("engine_work"), kind, str(path), str(threads), *more], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"engine_work {kind}: {done.stderr}")
    seconds, units = done.stdout.split()
    return float(seconds), int(units)


def film(folder):
    """30 s of 1080p: of a real film where there is one, else a moving test picture."""
    given = pathlib.Path(os.environ.get("MAREA_TEST_MEDIA", "/nonexistent"), "video", "bbb-1080p24-h264-aac51-30s.mp4")
    path = folder / "film.mkv"
    if given.exists():
        ffmpeg("-i", given, "-c:v", "copy", "-c:a", "aac", "-ac", 2, path)
    else:
        ffmpeg("-f", "lavfi", "-i", f"testsrc2=size=1920x1080:rate=24:duration={FILM}", "-f", "lavfi", "-i",
               f"sine=duration={FILM}:sample_rate=48000", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "5M", "-g", 48,
               "-pix_fmt", "yuv420p", "-c:a", "aac", path)
    return path


def ladder(report, path):
    def ours():
        return engine("ladder", path, CORES, *(f"{width}x{height}@{bitrate}" for width, height, bitrate in RUNGS))

    seconds, pictures = ours()
    names = [f"r{i}" for i in range(len(RUNGS))]
    graph = f"[0:v]split={len(RUNGS)}" + "".join(f"[s{name}]" for name in names)
    outputs = []
    for name, (width, height, bitrate) in zip(names, RUNGS):
        graph += f";[s{name}]scale={width}:{height}[{name}]"
        outputs += ["-map", f"[{name}]", "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "high", "-crf", 22,
                    "-maxrate", bitrate, "-bufsize", int(bitrate * BUFFER), "-bf", 0, "-g", 96, "-pix_fmt", "yuv420p",
                    "-x264-params", "rc-lookahead=10:open-gop=0:force-cfr=1", "-fps_mode", "cfr", "-an", "-f", "null", "-"]
    peer = peer_program("ffmpeg") and (lambda: pictures / ffmpeg("-i", path, "-filter_complex", graph, *outputs))
    mine, theirs = alternate(lambda: pictures / ours()[0], peer, ROUNDS, 0)
    sizes = ", ".join(str(height) for _, height, _ in RUNGS)
    report.case(f"ladder of {sizes} from 1080p", "pictures/s", mine, theirs, "ffmpeg, -filter_complex split", "higher")


def sprites(report, path, folder):
    long = folder / "long.mkv"
    ffmpeg("-stream_loop", LONG // FILM - 1, "-i", path, "-map", "0:v", "-c", "copy", long)

    def peer():
        return LONG / ffmpeg("-skip_frame", "nokey", "-i", long, "-an", "-vf", "fps=1/2,scale=320:-2,tile=5x5", "-q:v", 4,
                             "-f", "image2", folder / "sheet%d.jpg")
    mine, theirs = alternate(lambda: LONG / engine("sprites", long, 1)[0], peer_program("ffmpeg") and peer, ROUNDS, 1)
    report.case("thumbnails of 1080p, one each 2 s", "x realtime", mine, theirs, "ffmpeg -skip_frame nokey", "higher")


def opus(report, folder):
    music = folder / "music.flac"
    ffmpeg("-f", "lavfi", "-i", f"anoisesrc=color=pink:duration={MUSIC}:sample_rate=44100:seed=1", "-f", "lavfi", "-i",
           f"sine=frequency=220:duration={MUSIC}:sample_rate=44100", "-filter_complex", "[0][1]join=inputs=2", music)

    def peer():
        return MUSIC / ffmpeg("-i", music, "-c:a", "libopus", "-b:a", "160k", "-application", "lowdelay", "-f", "null", "-")
    for threads in sorted({1, CORES}):
        mine, theirs = alternate(lambda: MUSIC / engine("opus", music, threads)[0], peer_program("ffmpeg") and peer, ROUNDS, 1)
        report.case(f"FLAC to Opus at 160 kbit/s, threads: {threads}", "x realtime", mine, theirs, "ffmpeg", "higher")


def most_memory(pids, is_over):
    """The most that the processes had at once until `is_over`, looked at ten times a second."""
    most = 0
    while not is_over():
        most = max(most, memory_bytes(pids()))
        time.sleep(0.1)
    return most


def memory(report, path, folder):
    """What sessions take at most beyond what an idle server does, while all of them are encoded for."""
    films = folder / "films"
    films.mkdir()
    for number in range(SESSIONS):
        ffmpeg("-i", path, "-map", 0, "-c", "copy", "-metadata", f"comment={number}", films / f"Film {number} (2020).mkv")
    client = {"preset": "chromium", "max_bitrate": 4_000_000}  # less than the film: it has to be encoded
    with e2e.Server(libraries={"Films": films}, args=undisturbed(folder)) as server:
        server.wait_until_idle(300)
        idle = memory_bytes(process_tree(server.pid))
        sessions = [server.post(f"/api/v1/media/{item['id']}/playback", {"capabilities": client}, expect=201).json
                    for item in server.all_media("kind=movie,video")]
        with concurrent.futures.ThreadPoolExecutor(SESSIONS) as viewers:
            watching = [viewers.submit(watch, server, session) for session in sessions]
            ours = most_memory(lambda: process_tree(server.pid), lambda: all(one.done() for one in watching)) - idle
        for one in watching:
            one.result()
    peer = peer_memory(path, folder) if peer_program("ffmpeg") else None
    report.case(f"memory of a session that is encoded, of {SESSIONS}", "MB", ours / SESSIONS / 1e6,
                peer and peer / SESSIONS / 1e6, "ffmpeg -f hls per session")


def watch(server, session):
    """The first segments of the picture, as a player takes them."""
    master = server.get(session["url"], token=False).text
    playlist = re.search(r"^(?!#)(\S+media\.m3u8)$", master, re.MULTILINE)[1]
    address = urllib.parse.urljoin(session["url"], playlist)
    for piece in re.findall(r"^\d+\.(?:m4s|ts)$", server.get(address, token=False).text, re.MULTILINE)[:4]:
        server.get(urllib.parse.urljoin(address, piece), token=False, timeout=300)


def peer_memory(path, folder):
    """Until each has its first segment."""
    started = []
    until = time.monotonic() + 120
    try:
        for number in range(SESSIONS):
            out = folder / f"peer{number}"
            out.mkdir()
            started.append(subprocess.Popen(
                ["ffmpeg", *QUIET, "-re", "-i", str(path), "-vf", "scale=-2:480", "-c:v", "libx264", "-preset", "veryfast",
                 "-maxrate", "2500k", "-bufsize", "5000k", "-g", "96", "-c:a", "aac", "-f", "hls", "-hls_time", "4",
                 "-hls_segment_type", "fmp4", "list.m3u8"], cwd=out, stdin=subprocess.DEVNULL))
        return most_memory(
            lambda: [process.pid for process in started],
            lambda: all((folder / f"peer{n}" / "list.m3u8").exists() for n in range(SESSIONS)) or time.monotonic() > until)
    finally:
        for process in started:
            process.kill()
            process.wait()


def main():
    report = Report("engine")
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as name:
        folder = pathlib.Path(name)
        path = film(folder)
        memory(report, path, folder)  # the quickest
        ladder(report, path)
        sprites(report, path, folder)
        opus(report, folder)


if __name__ == "__main__":
    main()
