"""`marea sync` to a phone over USB: a virtual machine with an MTP device plugged in (MAREA_MTP_LAB names the folder of mtp-lab).

Two devices that share no code are in the lab. `umtp` renames; `qemu` does not, and is known for sends that are reported as failed
and for ending the session: there a run is begun again until one ends well."""
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

from emulated import EMULATED
from support import PATIENCE, is_long, program, thrown_dice, wait_for

LAB_FAILED = 125
LIBRARY = "marea-library.json"
MUSIC, FILMS = 30, 3
PULLS = 10
# In the guest, where the phone of `umtp` is /device and this folder is /share. `well` ends with a run that went well; `look`
# waits until the test has looked at the phone.
SHELL = """
cd /share
sync_it() { /usr/bin/marea-sync-alone "$@" --device mtp --from music --state state --profile everything --json; }
well() { n=0; until sync_it --run > "$1"; do n=$((n + 1)); [ $n -lt $TRIES ] || return 1; sleep 1; done; }
look() { : > "look$1"; until [ -e "go$1" ]; do usleep 100000; done; }
"""
FOLLOWS = """
set -e
well first; look 0; sync_it --run > second; look 1
mv 'music/Ana/What? Sea....mp3' 'music/Ana/Sea of Sand.mp3'
rm music/mine.mp3
sync_it --plan > plan; well third
"""
# The cable is pulled by unbinding the gadget from its controller, as the lab does it, which plugs it in again by itself.
PULLED = """
set -e
UDC=$(ls /sys/kernel/config/usb_gadget/*/UDC)
there() { du -sk /device | cut -f 1; }
n=0
while read -r kilobytes microseconds; do
    goal=$(($(there) + kilobytes))
    ( sync_it --run > "run$n" || : > "failed$n"; : > "over$n" ) &
    until [ -e "over$n" ] || [ "$(there)" -ge $goal ]; do usleep 20000; done
    [ -e "over$n" ] || usleep $microseconds
    echo > $UDC
    killall -9 umtprd || true
    wait
    for file in /device/marea-library*.json; do [ ! -e $file ] || cp $file "$n-${file##*/}"; done
    until [ -n "$(cat $UDC)" ] && grep -qs 18d1 /sys/bus/usb/devices/*/idVendor; do usleep 100000; done
    n=$((n + 1))
done < moments
sync_it --run > first
look 0
sync_it --run > second
look 1
"""


def plain(name):
    """A name as the phone has it: `umtp` keeps what is beyond UCS-2 as two halves."""
    return os.fsencode(name).decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def tree(folder):
    return {plain(str(path.relative_to(folder))): digest(path) for path in folder.rglob("*") if path.is_file() and path.name != LIBRARY}


def stamps(folder):
    """What every write changes, also one that leaves the same content, and one of a file that is gone again."""
    found = ((path, path.stat()) for path in [folder, *folder.rglob("*")])
    return {plain(str(path.relative_to(folder))): (at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns) for path, at in found}


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
        self.folder = pathlib.Path(kept.name)
        self.phone, self.share = self.folder / "phone", self.folder / "share"
        self.music = self.share / "music"
        for each in (self.phone / "Music", self.music):
            each.mkdir(parents=True)
        (self.phone / "Music/mine.mp3").write_text("foreign")
        self.random, self.tries, self.seen = random.Random(5), 1, []

    def song(self, path, blocks):
        """Of a size that QEMU's device can take (README of the lab)."""
        file = self.music / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.random.randbytes(blocks * 512 + 100))

    def guest(self, script, *options, looks=0):
        """Runs a script in the machine, whose phone is looked at when it asks for it; its exit code and output. A lab that cannot
        start is no failure of the sync."""
        command = [sys.executable, "-c", EMULATED, self.lab, "--device-root", self.phone, "--share", self.share,
                   "--boot-timeout", 120 * PATIENCE, "--timeout", 240 * PATIENCE, "--env", f"TRIES={self.tries}",
                   "--file", f"{program('marea-sync-alone')}=/usr/bin/marea-sync-alone", *options, "--", "sh", "-c", SHELL + script]
        with open(self.folder / "out", "w+") as out, open(self.folder / "err", "w+") as err:
            process = subprocess.Popen(list(map(str, command)), stdout=out, stderr=err)
            try:
                for number in range(looks):
                    wait_for(lambda n=number: process.poll() is not None or (self.share / f"look{n}").exists(), 400, "the machine")
                    self.seen.append(stamps(self.phone))
                    (self.share / f"go{number}").touch()
                process.wait(400 * PATIENCE)
            finally:
                process.terminate()   # which ends the machine, too
                process.wait()
            out.seek(0), err.seek(0)
            said, wrong = out.read(), err.read()
        if process.returncode == LAB_FAILED:
            self.skipTest("the lab does not run here: " + wrong.strip()[-300:])
        return process.returncode, said + wrong

    def well(self, script, *options, looks=0):
        code, said = self.guest(script, *options, looks=looks)
        sizes = [file.stat().st_size + 12 for file in self.phone.glob("marea-library*.json")]
        if code and "qemu" in options and any(size % 64 == 0 or size % 512 < 12 for size in sizes):
            self.skipTest("QEMU's device takes no file of the size that the phone's list has by now")
        files = [f"{file.name}: {file.read_text()[-300:]}" for file in self.share.iterdir() if file.is_file() and file.stat().st_size]
        self.assertEqual(code, 0, said[-1500:] + "\n".join(files))

    def last(self, name):
        """What a run, or a plan, said last."""
        return json.loads((self.share / name).read_text().splitlines()[-1])

    def expect_in_step(self):
        """All of the library is there, by the names that the phone's own list tells, and nothing else but what was."""
        files = json.loads((self.phone / LIBRARY).read_text())["files"]
        self.assertEqual({file["item"] for file in files}, {str(path.relative_to(self.music)) for path in self.music.rglob("*") if path.is_file()})
        wanted = {file["path"]: digest(self.music / file["item"]) for file in files}
        wanted["Music/mine.mp3"] = hashlib.sha256(b"foreign").hexdigest()
        self.assertEqual(tree(self.phone), wanted)
        return {file["item"]: file["path"] for file in files}

    def library_of_many_names(self):
        longest = ["x" * 250 + "1.mp3", "x" * 250 + "2.mp3", "ñ" * 125 + "1.mp3", "😀" * 30 + "x" * 130 + "1.mp3"]
        names = ["Ana/What? Sea....mp3", "Ana/Año 😀.flac", 'Leo/a:b*c|d<e>f"g.mp3', "mine.mp3", *(f"Long/{name}" for name in longest)]
        self.assertEqual({len(name.encode()) for name in longest}, {255})
        names += [f"Ana/{number:02} Wave.mp3" for number in range(MUSIC - len(names))]
        for number, name in enumerate(names + [f"Film {number}.mp4" for number in range(FILMS)]):
            self.song(name, 40 + 7 * number + (1500 if name.endswith("4") else 0))

    def follows(self, *options):
        """Returns the phone's names before and after."""
        self.library_of_many_names()
        self.well(FOLLOWS, *options, looks=2)
        self.assertEqual(self.seen[0], self.seen[1], "a second run writes nothing")
        second = self.last("second")
        self.assertEqual([second[name] for name in ("event", "written", "moved", "deleted", "bytes", "problems")], ["done", 0, 0, 0, 0, []])
        names = self.expect_in_step()
        self.assertLessEqual(max(len(part.encode()) for name in names.values() for part in name.split("/")), 180)
        self.assertEqual(len(names), MUSIC + FILMS - 1)
        for gone in ("Music/Ana/What_ Sea....mp3", "Music/mine (2).mp3"):
            self.assertNotIn(gone, tree(self.phone))
        return self.last("plan")["steps"]

    def test_music_and_films_come_and_stay_in_step(self):
        steps = self.follows()
        self.assertEqual(self.last("first")["written"], MUSIC + FILMS)
        self.assertEqual(sorted(step["action"] for step in steps if step["action"] != "keep"), ["delete", "move"])
        third = self.last("third")
        self.assertEqual((third["written"], third["moved"], third["deleted"]), (0, 1, 1))
        moved = next(step for step in steps if step["action"] == "move")
        self.assertEqual(stamps(self.phone)[moved["to"]][:3], self.seen[1][moved["from"]][:3], "renamed, not written anew")

    def test_a_phone_that_cannot_rename_gets_one_planned_copy(self):
        self.tries = 12
        steps = self.follows("--device", "qemu")
        self.assertEqual(sorted(step["action"] for step in steps if step["action"] != "keep"), ["copy", "delete"])
        copied = next(step for step in steps if step["action"] == "copy")
        self.assertEqual((copied["item"], copied["to"]), ("Ana/Sea of Sand.mp3", "Music/Ana/Sea of Sand.mp3"))

    def many_songs(self):
        for number in range(48):
            self.song(f"Ana/{number:02} Wave.mp3", 300 + number)

    def test_a_cable_pulled_at_any_moment_loses_nothing(self):
        dice = thrown_dice("moments of the cable")
        self.many_songs()
        by_bytes = [(dice.randrange(1, 1500), dice.randrange(100_000)) for _ in range(PULLS - 3)]
        by_time = [(0, dice.randrange(3_000_000)) for _ in range(3)]
        moments = dice.sample(by_bytes + by_time, PULLS)
        (self.share / "moments").write_text("".join(f"{kilobytes} {wait}\n" for kilobytes, wait in moments))
        self.well(PULLED, looks=2)
        failed = [number for number in range(PULLS) if (self.share / f"failed{number}").exists()]
        self.assertTrue(failed, "no run was cut off: the test shows nothing")
        for number in failed:
            said = self.last(f"run{number}")
            self.assertEqual(said["event"], "failed", said)
            if moments[number][0]:
                self.assertIn("no longer there", said["reason"])
        for library in self.share.glob("*-marea-library*.json"):
            if library.name.endswith(LIBRARY):
                self.assertIn("files", json.loads(library.read_text()), "it can be read at every moment")
        self.assertEqual(self.seen[0], self.seen[1], "all was done")
        self.assertEqual(self.last("second")["event"], "done")
        self.expect_in_step()

    def test_a_cable_pulled_from_the_other_phone_loses_nothing(self):
        if not is_long():
            self.skipTest("only with --long")
        dice, self.tries = thrown_dice("moments of the cable"), 12
        self.many_songs()
        for _ in range(PULLS):
            code, said = self.guest("sync_it --run > run", "--device", "qemu", "--unplug-at", f"{dice.randrange(1, 1500)}k")
            self.assertIn(code, (0, 1), said)
        self.well("well first && well second", "--device", "qemu")
        self.assertEqual(self.last("second")["written"], 0)
        self.expect_in_step()

    def test_a_full_phone_keeps_what_fits(self):
        for number in range(4):
            self.song(f"{number}.mp3", 8_000)
        self.well("sync_it --run > first", "--storage-size", "16M")
        self.assertIn(self.last("first")["written"], (1, 2, 3))
        there = tree(self.phone / "Music")
        there.pop("mine.mp3")
        self.assertTrue(there)
        for path, mark in there.items():
            self.assertEqual(mark, digest(self.music / path))


if __name__ == "__main__":
    unittest.main()
