"""The program among others: media keys and panels by MPRIS, one program a user, its desktop file."""
import subprocess
import unittest

from desktop import DesktopCase
from media import make_tone, require_program
from support import PATIENCE, ROOT, program, wait_for


class Desktop(DesktopCase):
    def setUp(self):
        super().setUp()
        require_program("playerctl", "playerctl")
        self.session_bus()

    def tone(self, name, title, seconds=60):
        return make_tone(self.home / name, seconds=seconds, tags={"title": title, "artist": "Ana"})

    def playerctl(self, *words):
        done = subprocess.run(["playerctl", "--player=marea", *map(str, words)], env=self.environment(), capture_output=True, text=True,
                              timeout=60 * PATIENCE)
        return done.stdout.strip()

    def becomes(self, words, value):
        wait_for(lambda: self.playerctl(*words) == value, 60, f"{' '.join(words)} to be {value}, not {self.playerctl(*words)}")

    def test_playerctl_controls_it(self):
        app = self.start(self.tone("one.flac", "One"), self.tone("two.flac", "Two"))
        self.becomes(["status"], "Playing")
        self.assertEqual(self.playerctl("metadata", "xesam:title"), "one")
        wait_for(lambda: self.playerctl("metadata", "mpris:length") == "60000000", 30, "its length")
        self.playerctl("pause")
        self.becomes(["status"], "Paused")
        self.playerctl("position", "30")
        wait_for(lambda: abs(float(self.playerctl("position") or 0) - 30) < 1, 30, "the place")
        self.playerctl("volume", "0.4")
        self.becomes(["volume"], "0.400000")
        self.playerctl("loop", "Track")
        self.becomes(["loop"], "Track")
        self.playerctl("loop", "None")
        self.playerctl("shuffle", "On")
        self.becomes(["shuffle"], "On")
        self.playerctl("shuffle", "Off")
        self.becomes(["shuffle"], "Off")
        self.playerctl("next")
        self.becomes(["metadata", "xesam:title"], "two")
        self.playerctl("play")
        self.becomes(["status"], "Playing")
        self.playerctl("stop")
        self.becomes(["status"], "Stopped")
        self.ends_cleanly(app)

    def windows(self):
        return self.display.xdotool("search", "--onlyvisible", "--class", "marea").split()

    def test_stays_in_the_tray_when_its_window_is_closed(self):
        python = "/usr/bin/python3"   # the one that has the system's modules
        if subprocess.run([python, "-c", "import dbus, gi"], stderr=subprocess.DEVNULL).returncode != 0:
            self.skipTest("python3-dbus or python3-gi is missing")
        require_program("openbox", "openbox")
        settings = self.home / "config/marea/marea.conf"
        settings.parent.mkdir(parents=True)
        settings.write_text("[desktop]\ntray=true\n")
        told = self.home / "tray"
        tray = subprocess.Popen([python, ROOT / "tests/support/fake_tray.py", told], env=self.environment(), stdin=subprocess.DEVNULL)
        self.addCleanup(tray.wait)
        self.addCleanup(tray.kill)
        lines = lambda: told.read_text().splitlines() if told.exists() else []
        wait_for(lines, 60, "the tray")
        app = self.start(self.tone("one.flac", "One"))
        item = wait_for(lambda: lines()[1:], 60, "the icon")[0]
        self.becomes(["status"], "Playing")
        self.keys("alt+F4")
        wait_for(lambda: not self.windows(), 60, "the window to go")
        self.assertIsNone(app.poll())
        self.assertEqual(self.playerctl("status"), "Playing")
        subprocess.run(["gdbus", "call", "--session", "--dest", item, "--object-path", "/StatusNotifierItem",
                        "--method", "org.kde.StatusNotifierItem.Activate", "0", "0"], env=self.environment(), check=True, timeout=180,
                       stdout=subprocess.DEVNULL)
        wait_for(self.windows, 60, "the window to come back")
        self.keys("alt+F4")
        wait_for(lambda: not self.windows(), 60, "the window to go again")
        self.ends_cleanly(app)

    def test_changes_are_told_as_they_happen(self):
        app = self.start(self.tone("one.flac", "One"))
        self.becomes(["status"], "Playing")
        follower = subprocess.Popen(["playerctl", "--player=marea", "--follow", "status"], env=self.environment(), stdout=subprocess.PIPE,
                                    text=True, stdin=subprocess.DEVNULL)
        self.addCleanup(follower.stdout.close)
        self.addCleanup(follower.wait)
        self.addCleanup(follower.kill)
        self.assertEqual(follower.stdout.readline().strip(), "Playing")
        self.playerctl("pause")
        self.assertEqual(follower.stdout.readline().strip(), "Paused")
        self.ends_cleanly(app)

    def test_a_second_start_hands_its_files_to_the_first(self):
        app = self.start(self.tone("one.flac", "One"))
        self.becomes(["metadata", "xesam:title"], "one")
        second = subprocess.run([program("marea"), "two.flac"], env=self.environment(), cwd=self.tone("two.flac", "Two").parent,
                                capture_output=True, timeout=60 * PATIENCE)
        self.assertEqual(second.returncode, 0)
        self.becomes(["metadata", "xesam:title"], "two")
        self.assertIsNone(app.poll())
        app.kill()   # its socket stays, and is in nobody's way
        app.wait()
        again = self.start(self.tone("three.flac", "Three"))
        self.becomes(["metadata", "xesam:title"], "three")
        self.ends_cleanly(again)


class DesktopFile(unittest.TestCase):
    def test_it_is_valid(self):
        require_program("desktop-file-validate", "desktop-file-utils")
        done = subprocess.run(["desktop-file-validate", ROOT / "packaging/linux/marea.desktop"], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stdout), (0, ""))


if __name__ == "__main__":
    unittest.main()
