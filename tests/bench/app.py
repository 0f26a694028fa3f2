#!/usr/bin/env python3
"""./bench app: the desktop program with a library of this computer's own folders, beside Strawberry with the same folders
(Debian's package; without it ours alone): from the start to the frame that stays, with the library's rows on it, and memory
of all processes then. Both have read the folders before. Wanted: start ≤ 0.5×, memory ≤ 0.8×. Then ours beside what is
wanted of it: memory above that with an empty library (60 MB), how long frames take while the table of tracks is scrolled
(16.7 ms), and from a letter that is typed to what it finds on the screen (30 ms). 5,000 tracks; --large: 100,000, and
Strawberry has them as well; MAREA_BENCH_TRACKS: so many. MAREA_BENCH_ROUNDS: other than five starts of each.

The screen is a file (Xvfb -fbdir), so that looking at it costs the programs nothing."""
import contextlib
import mmap
import os
import pathlib
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import Report, alternate, is_large, memory_bytes, peer_program, percentile, process_tree, program, undisturbed  # noqa: E402
from catalog import e2e, make_tree  # noqa: E402

TRACKS = int(os.environ.get("MAREA_BENCH_TRACKS", 100_000 if is_large() else 5_000))
ROUNDS = int(os.environ.get("MAREA_BENCH_ROUNDS", 5))
STILL = 2.0       # seconds without a change: then the frame stays
PATIENCE = 1800
SCROLLING = 60    # seconds
TRACKS_CHIP = (442, 146)  # on the page of music
TOP = 64          # lines of the window's top bar, in which one types
MEGABYTE = 1 << 20


class Screen:
    """An X server whose pixels are read from a file."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-fbdir", folder],
                                       pass_fds=[write], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        self.env = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "MAREA_REDUCE_MOTION": "1",
                    "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        self.env.pop("WAYLAND_DISPLAY", None)
        file = open(self.folder / "Xvfb_screen0", "rb")
        self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self.map[:100])   # XWDFile.h
        self.start, self.line, self.height = header[0] + header[19] * 12, header[12], header[5]

    def lines(self):
        pixels = self.map[self.start:self.start + self.line * self.height]
        return [pixels[at * self.line:(at + 1) * self.line] for at in range(self.height)]

    def xdotool(self, *words):
        return subprocess.run(["xdotool", *map(str, words)], env=self.env, capture_output=True, text=True, timeout=120).stdout.strip()

    def close(self):
        self.server.terminate()
        self.server.wait(20)


def same(a, b, most=40):
    """Whether two screens are the same but for a few lines: a caret blinks, a clock goes on."""
    return sum(x != y for x, y in zip(a, b)) <= most


class Keys:
    """A keyboard that is there already, so that a key costs no start of a program."""

    def __init__(self, screen):
        self.tool = subprocess.Popen(["xdotool", "-"], env=screen.env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)

    def press(self, key):
        self.tool.stdin.write(f"key {key}\n")
        self.tool.stdin.flush()

    def close(self):
        self.tool.stdin.close()
        self.tool.wait(20)


class Contender:
    """A program with a home of its own, in which it has read the folders."""

    def __init__(self, name, command, home, screen):
        self.name, self.command, self.home, self.screen = name, list(map(str, command)), home, screen
        self.memory = []
        self.reference = None

    def env(self):
        home = str(self.home)
        return {**self.screen.env, "HOME": home, "XDG_CONFIG_HOME": f"{home}/config", "XDG_CACHE_HOME": f"{home}/cache",
                "XDG_DATA_HOME": f"{home}/data", "XDG_RUNTIME_DIR": home}

    def begin(self, **more):
        with open(self.home / "log", "w") as log:
            return subprocess.Popen(self.command, env={**self.env(), **more}, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    @staticmethod
    def end(process):
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def settled(self, process):
        """The screen, once nothing has changed on it for a while."""
        before, since, blank = self.screen.lines(), time.monotonic(), None
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and process.poll() is None:
            time.sleep(0.1)
            now = self.screen.lines()
            if not same(before, now):
                before, since = now, time.monotonic()
            elif time.monotonic() - since > STILL and len(set(now)) > 20:
                return now
        raise RuntimeError(f"{self.name} does not come to rest: {(self.home / 'log').read_text()[-500:]} {blank}")

    def look(self):
        """What its first screen is in the end."""
        process = self.begin()
        self.reference = self.settled(process)
        self.end(process)
        time.sleep(0.5)

    def start(self):
        """Milliseconds until that screen is there; memory is noted once it has rested."""
        began = time.monotonic()
        process = self.begin()
        try:
            while not same(self.screen.lines(), self.reference):
                if time.monotonic() - began > 120 or process.poll() is not None:
                    raise RuntimeError(f"{self.name} does not come to what it showed before")
                time.sleep(0.004)
            taken = (time.monotonic() - began) * 1000
            time.sleep(3)
            self.memory.append(memory_bytes(process_tree(process.pid)) / MEGABYTE)
            return taken
        finally:
            self.end(process)


def marea(home, music, screen):
    """The folders are read by the server's program into the folder of the application's own library."""
    home.mkdir(mode=0o700)   # else it is no place for sockets, and one of the system is taken
    data = home / "data" / "marea" / "marea" / "library"
    data.mkdir(parents=True)
    with e2e.Server(libraries={"Music": music} if music else {}, data=data, args=undisturbed(home)) as server:
        server.wait_until_idle(PATIENCE)
    config = home / "config" / "marea"
    config.mkdir(parents=True)
    (config / "marea.conf").write_text("[server]\naddress=this computer\n[computer]\nused=true\n[interface]\nlanguage=en\n")
    return Contender("marea", [program("marea"), "--audio", "null"], home, screen)


def strawberry(home, music, screen):
    """It makes its database at a first start; it is told of the folder there, and reads it at a second one."""
    found = peer_program("strawberry")
    if not found:
        return None
    home.mkdir(mode=0o700)   # else it is no place for sockets, and one of the system is taken
    peer = Contender("strawberry", [found], home, screen)
    process = peer.begin()
    database = e2e.wait_for(lambda: next(iter((home / "data").glob("**/strawberry.db")), None), 60, "Strawberry's database")
    peer.settled(process)
    peer.end(process)
    with sqlite3.connect(database) as db:
        db.execute("INSERT INTO directories (path, subdirs) VALUES (?, 1)", [str(music)])
        db.commit()
    process = peer.begin()

    def known():
        with contextlib.suppress(sqlite3.OperationalError), sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
            return db.execute("SELECT count(*) FROM songs").fetchone()[0]
        return 0   # it is being written to
    e2e.wait_for(lambda: known() >= TRACKS, PATIENCE, f"Strawberry to read {TRACKS} tracks", pause=1)
    peer.settled(process)
    peer.end(process)
    return peer


def beside(report, ours, peer):
    for contender in filter(None, (ours, peer)):
        contender.look()
    mine, theirs = alternate(ours.start, peer.start if peer else None, rounds=ROUNDS)
    name = "Strawberry" if peer else None
    report.case(f"{TRACKS} tracks: start to the library on the screen", "ms", mine, theirs or None, name)
    report.case(f"{TRACKS} tracks: memory then", "MB", ours.memory, peer.memory if peer else None, name)


def above_empty(report, ours, empty):
    empty.look()
    for _ in range(3):
        empty.start()
    median = sorted(ours.memory)[len(ours.memory) // 2], sorted(empty.memory)[len(empty.memory) // 2]
    report.case(f"{TRACKS} tracks: memory above an empty library", "MB", median[0] - median[1], 60, "wanted at most")


def scrolled(report, ours):
    """Frames of the table of tracks, as Qt's scene graph times them in whole milliseconds: what it takes to bring the scene in step and
    to give it to the graphics, without the time in which software draws it in place of a graphics card."""
    process = ours.begin(QSG_RENDER_TIMING="1", QT_LOGGING_RULES="qt.scenegraph.time.renderloop.debug=true")
    try:
        ours.settled(process)
        ours.screen.xdotool("search", "--onlyvisible", "--class", "marea", "windowfocus")
        ours.screen.xdotool("key", "ctrl+4")
        albums = ours.settled(process)
        ours.screen.xdotool("mousemove", *TRACKS_CHIP, "click", 1, "mousemove", 700, 500)
        if same(ours.settled(process), albums):
            raise RuntimeError("the tracks did not come on the screen")
        before = len((ours.home / "log").read_text())
        end = time.monotonic() + SCROLLING
        while time.monotonic() < end:
            ours.screen.xdotool("click", "--repeat", 100, "--delay", 30, 5)
        text = (ours.home / "log").read_text()[before:]
        frames = [sum(map(float, found)) for found in re.findall(r"sync=(\d+).*?render=(\d+)", text)]
        if frames:
            report.note(f"{len(frames)} frames in {SCROLLING} s of scrolling")
            report.case("scrolling tracks: sync and render of a frame, p95", "ms", percentile(frames, 95), 16.7, "wanted at most")
            report.case("scrolling tracks: the longest", "ms", max(frames))
        else:
            report.note("no frames were timed: " + text[-300:])
    finally:
        ours.end(process)


def to_result(screen, keys, key):
    """Milliseconds from a key to another picture below the field; None where the letter finds the same."""
    before, began = screen.lines()[TOP:], time.monotonic()
    keys.press(key)
    while time.monotonic() - began < 1:
        if screen.lines()[TOP:] != before:
            return (time.monotonic() - began) * 1000
        time.sleep(0.001)
    return None


def searched(report, ours, words):
    """Words are typed letter by letter, each once the screen rests from the one before."""
    process = ours.begin()
    keys = Keys(ours.screen)
    try:
        ours.settled(process)
        ours.screen.xdotool("search", "--onlyvisible", "--class", "marea", "windowfocus")
        taken = []
        for word in words:
            keys.press("ctrl+f")
            keys.press(word[0])
            ours.settled(process)   # the page is there from now on
            for letter in word[1:]:
                taken.append(to_result(ours.screen, keys, letter))
                time.sleep(0.4)
        found = [ms for ms in taken if ms is not None]
        report.note(f"{len(found)} of {len(taken)} letters found something else")
        report.case("search: a letter to what it finds, p95", "ms", percentile(found, 95), 30, "wanted at most")
    finally:
        keys.close()
        ours.end(process)


def words_of(music):
    """As people look for: names of albums that there are."""
    names = sorted({path.name.lower() for path in music.glob("*/*") if path.is_dir()})
    found = [re.sub(r"[^a-z]", "", name.split(" ")[0])[:6] for name in names[::max(1, len(names) // 12)]]
    return [word for word in found if len(word) > 2][:12]


def main():
    report = Report("app")
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as folder:
        base = pathlib.Path(folder)
        music, screen_folder = base / "Music", base / "screen"
        screen_folder.mkdir()
        make_tree(music, TRACKS, base)
        screen = Screen(str(screen_folder))
        try:
            ours, peer = marea(base / "ours", music, screen), strawberry(base / "peer", music, screen)
            if not peer:
                report.note("skipped: Strawberry (Debian's package strawberry is not there)")
            beside(report, ours, peer)
            above_empty(report, ours, marea(base / "empty", None, screen))
            scrolled(report, ours)
            searched(report, ours, words_of(music))
        finally:
            screen.close()
            shutil.rmtree(screen_folder, ignore_errors=True)


if __name__ == "__main__":
    main()
