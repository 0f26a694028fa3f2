"""The desktop program on a screen of its own, with a home of its own, for tests that use it as a person does."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from display import Display
from media import require_program
from support import WITNESSES, program, wait_for


class DesktopCase(unittest.TestCase):
    screen = "1280x800x24"

    def setUp(self):
        if not program("marea").exists():
            self.skipTest("marea is not built")
        require_program("xdotool", "xdotool")
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="marea-desktop-"))
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)   # what the bus started may still end
        self.display = Display(self.screen)
        self.addCleanup(self.display.close)
        self.log = self.home / "log"
        self.bus = None
        self.apps = []
        WITNESSES.append(self.tell_what_is_there)
        self.addCleanup(WITNESSES.remove, self.tell_what_is_there)

    def environment(self):
        env = {**self.display.env, "HOME": str(self.home), "XDG_CONFIG_HOME": f"{self.home}/config", "XDG_CACHE_HOME": f"{self.home}/cache",
               "XDG_DATA_HOME": f"{self.home}/data", "XDG_RUNTIME_DIR": str(self.home), "LC_ALL": "C.UTF-8", "MAREA_REDUCE_MOTION": "1"}
        # Without an address a bus would be started for the screen, and the keyring on it would ask for a password.
        env["DBUS_SESSION_BUS_ADDRESS"] = self.bus or "disabled:"
        return env

    def start(self, *arguments):
        with open(self.log, "w") as log:
            app = subprocess.Popen([program("marea"), "--audio", "null", *map(str, arguments)], env=self.environment(), stderr=log,
                                   stdin=subprocess.DEVNULL)
        self.addCleanup(app.wait)
        self.addCleanup(app.kill)
        self.apps.append(app)
        wait_for(lambda: self.display.xdotool("search", "--onlyvisible", "--class", "marea"), 20, "the window")
        return app

    def sizes_window(self, width, height):
        """The program's, once it is there. While it comes up it may take a size of its own: then once more."""
        def has_size():
            window = ("search", "--sync", "--onlyvisible", "--class", "marea")
            if f"WIDTH={width}\nHEIGHT={height}\n" in self.display.xdotool(*window, "getwindowgeometry", "--shell"):
                return True
            self.display.xdotool(*window, "windowsize", width, height)
            return False
        wait_for(has_size, 60, f"a window of {width} × {height}", pause=0.3)

    def ends_cleanly(self, app, seconds=60):
        app.terminate()
        self.assertEqual(app.wait(seconds), 0)
        wrong = [line for line in self.log.read_text().splitlines() if line.startswith("qrc:")]
        self.assertEqual(wrong, [], "QML warnings")

    def tell_what_is_there(self):
        """A wait was in vain: what is on the screen (in the folder MAREA_PICTURES), and what the program said and does, where gdb is there."""
        self.picture("in vain")
        if self.log.exists():
            print("the program's last words:", *self.log.read_text(errors="replace").splitlines()[-20:], sep="\n")
        for app in self.apps:
            if app.poll() is not None:
                print(f"the program has ended: {app.returncode}")
            elif shutil.which("gdb"):
                print(self.stacks_of(app.pid), flush=True)

    @staticmethod
    def stacks_of(pid):
        """Where its threads are, the first one in full, and no longer than fits into what is kept of a test's words."""
        try:
            done = subprocess.run(["gdb", "-nx", "-batch", "-p", str(pid), "-ex", "thread 1", "-ex", "bt 30", "-ex", "thread apply all bt 4"],
                                  capture_output=True, text=True, errors="replace", timeout=300)
        except subprocess.TimeoutExpired:
            return "gdb did not come to an end"
        lines = [line[:160] for line in done.stdout.splitlines() if not line.startswith("[New LWP")]
        return "\n".join(lines[:300])

    def picture(self, name):
        """For people, where somebody wants pictures."""
        folder = os.environ.get("MAREA_PICTURES")
        if folder and shutil.which("import"):
            self.display.screenshot(pathlib.Path(folder, f"{type(self).__name__}-{name.replace(' ', '-')}-{self.display.name[1:]}.png"))

    def keys(self, *keys):
        for key in keys:
            self.display.xdotool("key", key)

    def form_is_shown(self):
        """Its button is a wide area of the accent colour, of either theme."""
        return bool(self.display.areas("#2BB3C0", "#0B7F8C", least=5000))

    def said(self, text):
        return text in self.log.read_text()

    def session_bus(self):
        """A bus as a desktop has one; programs that are started from now on are on it. What it starts itself has this
        home, too: screen readers' bus is a socket there, and another desktop's would take its place. It has no screen:
        a keyring would ask for a password on it."""
        require_program("dbus-daemon", "dbus-daemon")
        env = {name: value for name, value in self.environment().items() if name != "DISPLAY"}
        bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True,
                               stderr=subprocess.DEVNULL, env=env)
        self.addCleanup(bus.stdout.close)
        self.addCleanup(bus.wait)
        self.addCleanup(bus.terminate)
        self.bus = bus.stdout.readline().strip()

    def keyring(self):
        """One that is unlocked, on the bus."""
        require_program("gnome-keyring-daemon", "gnome-keyring")
        require_program("dbus-send", "dbus")
        keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"], env=self.environment(),
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(keyring.wait)
        self.addCleanup(keyring.terminate)
        keyring.stdin.write(b"a keyring's password")
        keyring.stdin.close()
        # A program that asks before it is there has the bus start another one, which is locked and waits for a person.
        wait_for(lambda: "boolean true" in self.of_bus("NameHasOwner", "string:org.freedesktop.secrets"), 30, "the keyring on the bus")

    def of_bus(self, *question):
        method, *arguments = question
        return subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus",
                               f"org.freedesktop.DBus.{method}", *arguments], env=self.environment(), capture_output=True, text=True, timeout=180).stdout
