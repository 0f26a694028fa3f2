"""A screen for tests that need one: Xvfb on a free display."""
import os
import re
import subprocess
import tempfile

from media import require_program


class Display:
    """Xvfb with a window manager when openbox is there. `env` is what programs on it need."""

    def __init__(self, size="1280x800x24"):
        require_program("Xvfb", "xvfb")
        read, write = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
                                       pass_fds=[write], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise AssertionError("Xvfb did not start")
        self.name = f":{number}"
        self.env = {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}
        self.env.pop("WAYLAND_DISPLAY", None)
        self.manager = None
        try:
            self.manager = subprocess.Popen(["openbox"], env=self.env, stdin=subprocess.DEVNULL,
                                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except FileNotFoundError:
            pass

    def screenshot(self, path):
        """Writes the whole screen to `path` (its suffix says the format)."""
        require_program("import", "imagemagick")
        subprocess.run(["import", "-window", "root", str(path)], env=self.env, check=True, timeout=180)

    def areas(self, *colours, least=2000):
        """Where one of the colours ("#2BB3C0") fills at least so many pixels: (x, y) of the middles, largest first."""
        require_program("convert", "imagemagick")
        with tempfile.NamedTemporaryFile(suffix=".png") as shot:
            self.screenshot(shot.name)
            paint = [part for colour in colours for part in ("-fill", "magenta", "-opaque", colour)]
            done = subprocess.run(["convert", shot.name, "-alpha", "off", *paint, "-fill", "black", "+opaque", "magenta",
                                   "-define", "connected-components:verbose=true", "-connected-components", "4", "null:"],
                                  check=True, capture_output=True, text=True, timeout=180)
        rows = re.findall(r"^ *\d+: \S+ ([\d.]+),([\d.]+) (\d+) (\S+)$", done.stdout, re.MULTILINE)
        black = ("gray(0)", "srgb(0,0,0)", "black")
        found = [(int(size), (float(x), float(y))) for x, y, size, colour in rows if colour not in black and int(size) >= least]
        return [middle for _, middle in sorted(found, reverse=True)]

    def click(self, x, y):
        self.xdotool("mousemove", round(x), round(y), "click", 1)

    def xdotool(self, *args):
        """Runs xdotool, returns what it prints."""
        require_program("xdotool", "xdotool")
        done = subprocess.run(["xdotool", *map(str, args)], env=self.env, capture_output=True, text=True, timeout=180)
        return done.stdout.strip()

    def close(self):
        for process in (self.manager, self.server):
            if process and process.poll() is None:
                process.terminate()
                process.wait(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
