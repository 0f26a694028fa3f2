#!/usr/bin/env python3
"""./bench player: how soon the desktop player shows the first frame of a direct file through the server, beside the same
on the local file. The engine alone, without a screen, and the program on a screen (Xvfb): from the moment at which it is
told what to play, and from a click on Play in its library. Wanted: a ratio of 1.5 at most."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import Report, program, undisturbed  # noqa: E402
from start import Requests, e2e, films  # noqa: E402
from display import Display  # noqa: E402

ENGINE_ROUNDS = 15
PROGRAM_ROUNDS = 5
CLICKS = 10
ACCENT = ("#2BB3C0", "#0B7F8C")  # of buttons to press, in both themes


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
        env["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # no keyring that asks for a password
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


class SignedIn:
    """The program on the screen, signed in at the server, with one film in its library."""

    def __init__(self, display, server, home):
        self.display, self.log = display, pathlib.Path(home) / "log"
        env = {**display.env, "HOME": home, "XDG_CONFIG_HOME": f"{home}/config", "XDG_CACHE_HOME": f"{home}/cache",
               "XDG_RUNTIME_DIR": home, "LC_ALL": "C.UTF-8", "MAREA_REDUCE_MOTION": "1"}
        env["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # no keyring that asks for a password
        with open(self.log, "w") as out:
            self.app = subprocess.Popen([program("marea"), "--audio", "null", "--server", server.url], env=env,
                                        stderr=out, stdin=subprocess.DEVNULL)
        self.button()
        for text in ("owner", e2e.PASSWORD):
            display.xdotool("type", text)
            display.xdotool("key", "Return")
        e2e.wait_for(lambda: not self.display.areas(*ACCENT), what="the library")

    def button(self):
        """The middle of the large button of the page, once there is one."""
        return e2e.wait_for(lambda: next(iter(self.display.areas(*ACCENT)), None), what="a button to press")

    def open_the_film(self):
        self.display.xdotool("key", "ctrl+2")
        e2e.wait_for(self.opens, what="the film's page", pause=0.5)

    def opens(self):
        self.display.click(320, 360)  # the first card of the grid
        return self.display.areas(*ACCENT)

    def shown(self):
        return [float(ms) for ms in re.findall(r"click_to_first_frame_ms=(\d+)", self.log.read_text())]

    def play(self):
        """Clicks on Play; milliseconds until the first frame. Back on the film's page afterwards."""
        before = len(self.shown())
        self.display.click(*self.button())
        taken = e2e.wait_for(lambda: self.shown()[before:], what="the first frame")
        self.display.xdotool("mousemove", 640, 300)  # a button below the pointer is of another colour
        self.display.xdotool("key", "Escape")
        return taken[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.app.kill()
        self.app.wait()


def clicked(report, display):
    """A server with one film alone, so that the first card is known."""
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as folder, tempfile.TemporaryDirectory(prefix="marea-bench-") as home:
        film = e2e.make_film(pathlib.Path(folder) / "Tide (2020).mp4", seconds=60, size="1920x1080")
        with e2e.Server(libraries={"Films": folder}, args=undisturbed(folder)) as server:
            server.wait_until_idle()
            with SignedIn(display, server, home) as app:
                app.open_the_film()
                app.play()  # warms up
                ours = [app.play() for _ in range(CLICKS)]
        local = [program_frame(display, film) for _ in range(PROGRAM_ROUNDS)]
        report.case("1080p MP4: click on Play to first frame", "ms", ours, local, "the local file, from the command line")


def on_its_own(report, server, cases, items, requests):
    """The engine without a screen."""
    for name, seconds, path in cases:
        url = server.url + requests.playback(items[path.name])[0]["url"]
        ours, local = engine_frames(seconds, url, path)
        report.case(f"{name}: engine, first frame", "ms", list(ours), list(local), "the local file")


def on_a_screen(report, server, cases, items, requests):
    """The program, told what to play."""
    with Display() as display:
        name, _, path = cases[0]
        url = server.url + requests.playback(items[path.name])[0]["url"]
        pairs = [(program_frame(display, url), program_frame(display, path)) for _ in range(PROGRAM_ROUNDS)]
        ours, local = map(list, zip(*pairs))
        report.case(f"{name}: program on a screen", "ms", ours, local, "the local file")


def main(wanted):
    report = Report("player")
    if {"engine", "screen"} & wanted:
        with tempfile.TemporaryDirectory(prefix="marea-bench-") as folder:
            cases = films(pathlib.Path(folder))
            with e2e.Server(libraries={"Films": folder}, args=undisturbed(folder)) as server:
                server.wait_until_idle()
                items = {f["name"]: i["id"] for i in server.all_media("fields=files&kind=movie,video") for f in i["files"]}
                requests = Requests(server)
                if "engine" in wanted:
                    on_its_own(report, server, cases, items, requests)
                if "screen" in wanted:
                    on_a_screen(report, server, cases, items, requests)
    if "click" in wanted:
        with Display() as display:
            clicked(report, display)


if __name__ == "__main__":
    # "click" and "screen" do with any build: MAREA_BUILD=build/dev python3 tests/bench/player.py click
    main(set(sys.argv[1:]) or {"engine", "screen", "click"})
