"""`marea sync` to a phone over USB: a virtual machine with an MTP device plugged in (MAREA_MTP_LAB names the folder of mtp-lab)."""
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

from support import PATIENCE, program

# Emulated, never by KVM: nested virtualisation is often there and broken.
EMULATED = """
import os, runpy, sys
real = os.access
os.access = lambda path, *rest, **named: path != "/dev/kvm" and real(path, *rest, **named)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
LAB_FAILED = 125
# In the guest, where the phone is /device and this folder is /share.
SYNC = "/share/sync {} --device mtp --from /share/music --state /share/state --profile everything --json"


def is_long():
    return os.environ.get("MAREA_LONG") == "1"


def tree(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "marea-library.json"}


class SyncMtp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = pathlib.Path(os.environ.get("MAREA_MTP_LAB", "/nowhere"), "mtp-lab")
        if not cls.lab.exists():
            raise unittest.SkipTest("no MAREA_MTP_LAB")
        if not program("marea-sync-alone").exists():
            raise unittest.SkipTest("the desktop program is not built")

    def setUp(self):
        kept = tempfile.TemporaryDirectory(prefix="marea-mtp-")
        self.addCleanup(kept.cleanup)
        folder = pathlib.Path(kept.name)
        self.phone, self.share = folder / "phone", folder / "share"
        self.music = self.share / "music"
        for each in (self.phone / "Music", self.music):
            each.mkdir(parents=True)
        (self.phone / "Music/mine.mp3").write_text("foreign")
        self.random = random.Random(5)

    def song(self, path, size):
        file = self.music / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.random.randbytes(size))

    def guest(self, script, *options):
        """Runs a script in the machine; its exit code and output. A lab that cannot start is no failure of the sync."""
        command = [sys.executable, "-c", EMULATED, self.lab, "--device-root", self.phone, "--share", self.share,
                   "--boot-timeout", str(120 * PATIENCE), "--timeout", str(120 * PATIENCE),
                   "--file", f"{program('marea-sync-alone')}=/usr/bin/marea-sync-alone", *options, "--", "sh", "-c",
                   script.replace("/share/sync", "/usr/bin/marea-sync-alone")]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300 * PATIENCE)
        if done.returncode == LAB_FAILED:
            self.skipTest("the lab does not run here: " + done.stderr.strip()[-300:])
        return done.returncode, done.stdout, done.stderr

    def sync(self, what="--run", options=(), before="true", expect=0):
        code, out, err = self.guest(f"{before} && {SYNC.format(what)}", *options)
        self.assertEqual(code, expect, out[-1500:] + err[-1500:])
        return [json.loads(line) for line in out.splitlines() if line.startswith("{")]

    def expect_in_step(self, names):
        """`names` leads from files on the phone to those of the library."""
        wanted = {there: hashlib.sha256((self.music / here).read_bytes()).hexdigest() for there, here in names.items()}
        wanted["Music/mine.mp3"] = hashlib.sha256(b"foreign").hexdigest()
        self.assertEqual(tree(self.phone), wanted)

    def test_music_and_films_come_and_stay_in_step(self):
        self.song("Ana/What? Sea....mp3", 300_001)
        self.song("Ana/Año 😀.flac", 70_001)
        self.song("mine.mp3", 5_001)
        self.song("Film.mp4", 900_001)
        script = " && ".join([
            SYNC.format("--run"), "echo '{\"event\":\"again\"}'", SYNC.format("--plan"),
            # Renamed within its folder, and one taken out.
            "mv '/share/music/Ana/What? Sea....mp3' /share/music/Ana/Sea.mp3", "rm /share/music/mine.mp3",
            SYNC.format("--run")])
        code, out, err = self.guest(script)
        self.assertEqual(code, 0, out[-1500:] + err[-1500:])
        lines = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        first, second = [line for line in lines if line.get("event") == "done"]
        self.assertEqual((first["written"], first["problems"]), (4, []))
        plan = next(line for line in lines if "steps" in line)
        self.assertEqual({step["action"] for step in plan["steps"]}, {"keep"}, "a second run has nothing to do")
        self.assertEqual((second["written"], second["moved"], second["deleted"]), (0, 1, 1))
        self.assertNotIn("Music/mine (2).mp3", tree(self.phone))
        there = tree(self.phone)
        self.assertEqual(len(there), 4)
        self.assertIn(hashlib.sha256((self.music / "Ana/Año 😀.flac").read_bytes()).hexdigest(), there.values())
        self.assertEqual(there["Music/Ana/Sea.mp3"],
                         hashlib.sha256((self.music / "Ana/Sea.mp3").read_bytes()).hexdigest())
        self.assertEqual(there["Music/mine.mp3"], hashlib.sha256(b"foreign").hexdigest())

    def pulled_at(self, size):
        for number in range(6):
            self.song(f"Ana/{number}.mp3", 700_001)
        lines = self.sync(options=("--unplug-at", size), expect=1)
        self.assertEqual(lines[-1]["event"], "failed")
        self.assertIn("no longer there", lines[-1]["reason"])
        again = self.sync()
        self.assertLess(again[-1]["written"], 6, "what was there is not copied again")
        self.expect_in_step({f"Music/Ana/{number}.mp3": f"Ana/{number}.mp3" for number in range(6)})

    def test_a_pulled_cable_loses_nothing(self):
        self.pulled_at("2500k")

    def test_a_cable_pulled_anywhere_loses_nothing(self):
        if not is_long():
            self.skipTest("only with --long")
        for size in ("100k", "701k", "1400k", "3M", "4M"):
            with self.subTest(size):
                for folder in (self.phone / "Music/Ana", self.share / "state"):
                    subprocess.run(["rm", "-rf", folder], check=True)
                (self.phone / "marea-library.json").unlink(missing_ok=True)
                self.pulled_at(size)

    def test_a_full_phone_keeps_what_fits(self):
        if not is_long():
            self.skipTest("only with --long")
        for number in range(4):
            self.song(f"{number}.mp3", 7_000_001)
        lines = self.sync(options=("--storage-size", "24M"))
        self.assertGreaterEqual(lines[-1]["written"], 1)
        for path, mark in tree(self.phone / "Music").items():
            if path != "mine.mp3":
                self.assertEqual(mark, hashlib.sha256((self.music / path).read_bytes()).hexdigest())


if __name__ == "__main__":
    unittest.main()
