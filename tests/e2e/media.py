"""Media for tests: made with ffmpeg and kept in a temporary folder between runs, or from the corpus that
MAREA_TEST_MEDIA names. What is missing skips a test by name."""
import functools
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest


def require_program(name, package=None):
    """The path of a program; skips the test when it is not installed."""
    found = shutil.which(name) or (f"/usr/sbin/{name}" if os.path.exists(f"/usr/sbin/{name}") else None)
    if not found:
        raise unittest.SkipTest(f"{name} is not installed (package {package or name})")
    return found


def media_corpus(*parts):
    """A path in the corpus of real files (MAREA_TEST_MEDIA); skips the test when it is not there."""
    root = os.environ.get("MAREA_TEST_MEDIA")
    if not root:
        raise unittest.SkipTest("MAREA_TEST_MEDIA is not set")
    path = pathlib.Path(root).joinpath(*parts)
    if not path.exists():
        raise unittest.SkipTest(f"not in MAREA_TEST_MEDIA: {'/'.join(parts) or path.name}")
    return path


def cache_dir():
    """Made media is kept here, so that a second run does not make it again."""
    folder = pathlib.Path(os.environ.get("MAREA_TEST_CACHE") or
                          pathlib.Path(tempfile.gettempdir()) / f"marea-test-media-{os.getuid()}")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _made(suffix, command):
    """The file that ffmpeg makes by `command`; the same command is run once only."""
    ffmpeg = require_program("ffmpeg")
    key = hashlib.sha256("\0".join(command).encode()).hexdigest()[:20]
    path = cache_dir() / f"{key}{suffix}"
    if not path.exists():
        partial = cache_dir() / f"{key}.{os.getpid()}{suffix}"
        line = [ffmpeg, "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *command, str(partial)]
        done = subprocess.run(line, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise AssertionError(f"{' '.join(line)}:\n{done.stderr[-2000:]}")
        os.replace(partial, path)
    return path


def _placed(made, target):
    target = pathlib.Path(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, target)
    return target


def make_media(target, *command):
    """What ffmpeg makes by `command`, at `target`."""
    return _placed(_made(pathlib.Path(target).suffix, list(command)), target)


def make_film(target, seconds=6, size="320x180", rate=24, audio=1, container=None, extra=()):
    """A small H.264 film (VP9 for .webm) with `audio` tracks, at `target`."""
    suffix = container or pathlib.Path(target).suffix
    command = ["-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration={seconds}"]
    for track in range(audio):
        command += ["-f", "lavfi", "-i", f"sine=frequency={330 * (track + 1)}:duration={seconds}:sample_rate=48000"]
    for stream in range(audio + 1):
        command += ["-map", str(stream)]
    if suffix == ".webm":
        command += ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "24", "-b:v", "300k",
                    "-c:a", "libopus"]
    else:
        command += ["-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    for track, language in zip(range(audio), ("eng", "spa", "fra", "deu")):
        command += [f"-metadata:s:a:{track}", f"language={language}"]
    if suffix in (".mp4", ".m4v", ".mov"):
        command += ["-movflags", "+faststart"]
    return _placed(_made(suffix, command + list(extra)), target)


def make_tone(target, seconds=3, frequency=440, tags=None, cover=None):
    """A short tagged audio file; its suffix says the format (.mp3, .flac, .ogg, .opus, .m4a)."""
    suffix = pathlib.Path(target).suffix
    command = ["-f", "lavfi", "-i", f"sine=frequency={frequency}:duration={seconds}:sample_rate=48000"]
    if cover:
        command += ["-i", str(cover), "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic"]
    for name, value in (tags or {}).items():
        command += ["-metadata", f"{name}={value}"]
    if suffix == ".mp3":
        command += ["-id3v2_version", "3"]
    if suffix == ".opus":
        command += ["-c:a", "libopus"]
    return _placed(_made(suffix, command), target)


@functools.lru_cache
def make_cover(width=600):
    """A drawn JPEG of `width` × `width` pixels."""
    return _made(".jpg", ["-f", "lavfi", "-i", f"gradients=size={width}x{width}:nb_colors=4:seed=7:duration=1",
                          "-frames:v", "1", "-q:v", "3"])


def make_album(folder, artist="The Tides", album="Low Water", year=2021, tracks=3, suffix=".mp3", seconds=3):
    """An album: tagged tracks and cover.jpg in `folder`. Returns the tracks' paths."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(make_cover(), folder / "cover.jpg")
    made = []
    for number in range(1, tracks + 1):
        tags = {"title": f"Song {number}", "artist": artist, "album_artist": artist, "album": album,
                "track": f"{number}/{tracks}", "date": str(year), "genre": "Ambient"}
        made.append(make_tone(folder / f"{number:02} Song {number}{suffix}", seconds, 220 + 55 * number, tags))
    return made
