"""`marea sync`: a folder of music on a stick, without a display, also when it is killed on the way; what the stick does not play is encoded."""
import contextlib
import hashlib
import json
import os
import pathlib
import pty
import random
import signal
import subprocess
import tempfile
import threading
import time
import unittest

from media import make_media, make_tone, require_program
from test_full_disk import namespace
from support import PATIENCE, is_long, program, thrown_dice, wait_for

KILLS = 200 if is_long() else 20


def tree(folder, without=("marea-library.json",)):
    """Checksums by relative path."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in without}


class Reader(threading.Thread):
    """Reads the device's own list over and over, as another program would: it is whole, or the one that takes its place is."""

    def __init__(self, device):
        super().__init__(daemon=True)
        self.places = [device / "marea-library.json", device / "marea-library-new.json"]
        self.ended, self.broken, self.times = threading.Event(), None, 0
        self.start()

    def list(self):
        for place in self.places * 3:   # one takes the other's place in between
            try:
                return json.loads(place.read_text())["files"]
            except FileNotFoundError:
                continue
        raise ValueError("no list is there")

    def run(self):
        while not self.broken and not self.ended.wait(0.005):
            try:
                self.list()
                self.times += 1
            except (ValueError, KeyError) as wrong:
                self.broken = wrong

    def end(self):
        self.ended.set()
        self.join()
        return self.broken


class SyncCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not program("marea").exists():
            raise unittest.SkipTest("the desktop program is not built")

    def setUp(self):
        kept = tempfile.TemporaryDirectory(prefix="marea-sync-")
        self.addCleanup(kept.cleanup)
        self.folder = pathlib.Path(kept.name)
        self.music, self.device = self.folder / "music", self.folder / "STICK"
        self.music.mkdir()
        self.device.mkdir()
        (self.device / "mine.txt").write_text("foreign")
        self.random = random.Random(7)
        self.within = []   # what runs the program, if anything does

    def song(self, path, size=50_000):
        file = self.music / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.random.randbytes(size))

    def start(self, *arguments, out=subprocess.PIPE):
        # No display, and no plugin of Qt that could open one.
        environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        environment |= {"QT_QPA_PLATFORM": "none-of-them", "XDG_DATA_HOME": str(self.folder / "state"),
                        "XDG_CACHE_HOME": str(self.folder / "cache")}
        return subprocess.Popen([*self.within, program("marea"), "sync", *map(str, arguments)], env=environment,
                                stdout=out, stderr=subprocess.PIPE, text=True)

    def call(self, *arguments, expect=0):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=60 * PATIENCE)
        self.assertEqual(process.returncode, expect, f"{arguments}: {out[-500:]} {err[-500:]}")
        return out if expect != 2 else err


class Sync(SyncCase):
    def plan(self, *more):
        return json.loads(self.call("--plan", "--device", self.device, "--from", self.music, "--profile", "everything",
                                    "--json", *more))

    def run_it(self, *more, expect=0):
        out = self.call("--run", "--device", self.device, "--from", self.music, "--profile", "everything", "--json",
                        *more, expect=expect)
        return json.loads(out.splitlines()[-1])

    def expect_in_step(self):
        wanted = {f"Music/{path}": mark for path, mark in tree(self.music).items()}
        wanted["mine.txt"] = hashlib.sha256(b"foreign").hexdigest()
        self.assertEqual(tree(self.device), wanted)

    def test_a_folder_comes_to_a_stick_and_stays_in_step(self):
        for path in ("Ana/One/01 Sea.mp3", "Ana/One/02 Sand.flac", "Leo/03 Wind.ogg"):
            self.song(path)
        plan = self.plan()
        self.assertEqual([step["action"] for step in plan["steps"]], ["copy"] * 3)
        self.assertEqual(plan["bytes_to_write"], 150_000)
        self.assertEqual(tree(self.device).keys(), {"mine.txt"}, "a plan writes nothing")
        self.assertEqual(self.run_it()["written"], 3)
        self.expect_in_step()
        self.assertEqual({step["action"] for step in self.plan()["steps"]}, {"keep"})

        (self.music / "Ana/One").rename(self.music / "Ana/Debut")
        (self.music / "Leo/03 Wind.ogg").unlink()
        self.song("Leo/04 Rain.ogg")
        done = self.run_it()
        self.assertEqual((done["written"], done["moved"], done["deleted"]), (1, 2, 1))
        self.expect_in_step()

    def test_a_killed_run_goes_on_where_it_stopped(self):
        for number in range(40):
            self.song(f"Ana/{number:02}.mp3", 200_000)
        for number in range(6):
            process = self.start("--run", "--device", self.device, "--from", self.music, "--profile", "everything")
            # Killed at another moment each time: once so many files are there.
            wait_for(lambda: process.poll() is not None or len(list(self.device.rglob("*.mp3"))) > number * 6,
                     what="some files on the device")
            process.kill()
            process.communicate()
        self.run_it()
        self.expect_in_step()

    def changes(self, number):
        """Some songs come, some change and go, one moves, and two take each other's names."""
        for new in range(6):
            self.song(f"Ana/{number:03} {new}.mp3", 40_000)
        there = sorted(self.music.rglob("*.mp3"))
        moved, one, other, *changed = chosen = self.random.sample(there, min(len(there), 7))
        for gone in [path for path in there if path not in chosen][:max(1, len(there) - 60)]:
            gone.unlink()
        moved.rename(moved.with_name(f"{number:03} moved.mp3"))
        one.replace(self.folder / "aside"), other.replace(one), (self.folder / "aside").replace(other)
        for path in changed:
            path.write_bytes(self.random.randbytes(self.random.choice([40_000, 50_000])))

    def journal(self):
        return sum(file.stat().st_size for file in (self.folder / "state").rglob("*.journal"))

    def killed(self, after, begun):
        """Kills a run so many seconds after it started, or after it began to act. Whether it was still there."""
        process = self.start("--run", "--device", self.device, "--from", self.music, "--profile", "everything")
        before = self.journal()
        if begun:
            wait_for(lambda: process.poll() is not None or self.journal() != before, 60, "the run to act", pause=0.002)
        time.sleep(after)
        process.kill()
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def test_killed_at_any_moment_it_is_finished_by_the_next_run(self):
        dice = thrown_dice("moments of the kill")
        self.changes(0), self.changes(1)
        began = time.monotonic()
        self.run_it()
        took, kills, reader = time.monotonic() - began, 0, Reader(self.device)
        self.addCleanup(reader.end)
        for number in range(2, 4 * KILLS):
            self.changes(number)
            # One that was killed is also killed while it clears up.
            for _ in range(dice.choice([1, 1, 2, 3])):
                begun = dice.random() < 0.8
                kills += self.killed(dice.uniform(0, took / 2 if begun else took), begun)
                self.assertTrue(reader.list(), "the list is there")
            self.assertEqual(self.run_it()["problems"], [])
            self.expect_in_step()
            self.assertEqual(self.journal(), 0)
            if kills >= KILLS:
                break
        self.assertGreaterEqual(kills, KILLS)
        self.assertIsNone(reader.end())
        self.assertGreater(reader.times, KILLS)

    def test_an_interrupt_ends_it_in_order(self):
        for number in range(60):
            self.song(f"Ana/{number:02}.mp3", 300_000)
        process = self.start("--run", "--device", self.device, "--from", self.music, "--profile", "everything")
        wait_for(lambda: process.poll() is not None or list(self.device.rglob("*.mp3")), what="the first file")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60 * PATIENCE)
        if process.returncode != 0:  # it may have been done by then
            self.assertEqual(process.returncode, 1, err)
            self.assertIn("cancelled", err)
        self.assertEqual(list(self.device.rglob("*.part")), [])
        library = json.loads((self.device / "marea-library.json").read_text())
        self.assertEqual({file["path"] for file in library["files"]}, tree(self.device).keys() - {"mine.txt"})

    def test_a_dry_run_writes_nothing_and_a_long_plan_is_told_by_folders(self):
        for number in range(60):
            self.song(f"Ana/{number:02}.mp3", 1000)
        it = ("--run", "--device", self.device, "--from", self.music, "--profile", "everything")
        said = self.call(*it, "--dry-run")
        self.assertIn("copy  60 files, 60 kB: it is new\n  Music/Ana/  60 files, 60 kB\n", said)
        self.assertNotIn("07.mp3", said)
        self.assertIn("copy  Music/Ana/07.mp3 (it is new)\n", self.call(*it, "-n", "-v"))
        self.assertEqual(tree(self.device).keys(), {"mine.txt"})
        done = self.call(*it)
        self.assertIn("60 files written", done.splitlines()[-1])
        self.assertNotIn("\x1b", done, "nobody looks at a terminal")

    def test_on_a_terminal_one_line_changes(self):
        for number in range(50):
            self.song(f"Ana/{number:02}.mp3", 1000)
        ours, its = pty.openpty()
        process = self.start("--run", "--device", self.device, "--from", self.music, "--profile", "everything", out=its)
        os.close(its)
        said = b""
        with open(ours, "rb", buffering=0) as terminal, contextlib.suppress(OSError):   # the other side is closed
            while more := terminal.read(4096):
                said += more
        _, err = process.communicate(timeout=60 * PATIENCE)
        self.assertEqual(process.returncode, 0, err)
        lines = said.decode().replace("\r\n", "\n").split("\n")
        self.assertIn("\r\x1b[KReading the library…", lines[0])
        self.assertIn("copy  50 files, 50 kB: it is new", lines[0], "what is to be done takes the place of that")
        self.assertRegex(lines[-2], r"\r\x1b\[K100 %, 50 of 50, .*\r\x1b\[K50 files written")

    def test_profiles_of_ones_own_say_what_a_device_plays(self):
        self.song("a.mp3")
        self.song("b.flac")
        own = self.folder / "profiles.json"
        own.write_text(json.dumps({"profiles": [{
            "id": "radio", "name": "Radio", "models": ["stick"], "containers": ["flac"], "audio": [{"codec": "flac"}],
            "music_folder": "Songs"}]}))
        plan = json.loads(self.call("--plan", "--device", self.device, "--from", self.music, "--profiles", own, "--json"))
        self.assertEqual({step["item"]: step["action"] for step in plan["steps"]}, {"a.mp3": "left_out", "b.flac": "copy"})
        self.assertEqual([step["to"] for step in plan["steps"] if "to" in step], ["Songs/b.flac"])
        own.write_text(own.read_text().replace('"flac"}', '"flac", "max_channels": 0}'))
        answer = self.call("--plan", "--device", self.device, "--from", self.music, "--profiles", own, "--json", expect=1)
        self.assertIn("max_channels", json.loads(answer)["reason"])

    def test_photos_come_from_the_device_once(self):
        for name, content in (("Camera/IMG_20240709_1.jpg", b"one"), ("Camera/VID_20240710_1.mp4", b"two"), ("x.txt", b"no")):
            file = self.device / "DCIM" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        before, photos = tree(self.device), self.folder / "photos"
        done = json.loads(self.call("--import", photos, "--device", self.device, "--json").splitlines()[-1])
        self.assertEqual((done["imported"], done["bytes"], done["problems"]), (2, 6, []))
        self.assertEqual((photos / "2024/2024-07-09/IMG_20240709_1.jpg").read_bytes(), b"one")
        self.assertEqual((photos / "2024/2024-07-10/VID_20240710_1.mp4").read_bytes(), b"two")
        self.assertIn("0 files imported", self.call("--import", photos, "--device", self.device))
        self.assertEqual(tree(self.device), before)

    def test_a_deleted_list_doubles_nothing(self):
        self.song("Ana/a.mp3")
        self.run_it()
        (self.device / "marea-library.json").unlink()
        self.assertEqual(self.run_it()["written"], 0)
        self.expect_in_step()

    def test_another_computers_files_stay_until_the_device_is_taken_over(self):
        self.song("Ana/a.mp3")
        self.song("Ana/both.mp3")
        self.run_it("--state", self.folder / "ana")
        (self.music / "Ana/a.mp3").unlink()
        self.song("Leo/b.mp3")
        leo = ("--state", self.folder / "leo")
        plan = self.plan(*leo)
        self.assertEqual({step.get("to", step.get("from")): step["action"] for step in plan["steps"]},
                         {"Music/Ana/a.mp3": "other", "Music/Ana/both.mp3": "keep", "Music/Leo/b.mp3": "copy"})
        self.assertEqual(plan["bytes_of_others"], 50_000)
        done = self.run_it(*leo)
        self.assertEqual((done["written"], done["deleted"]), (1, 0))
        self.assertEqual(set(tree(self.device)), {"mine.txt", "Music/Ana/a.mp3", "Music/Ana/both.mp3", "Music/Leo/b.mp3"})
        self.assertIn("--take-over", self.call("--plan", "--device", self.device, "--from", self.music, "--profile", "everything", *leo))
        self.assertEqual(self.run_it(*leo, "--take-over")["deleted"], 1)
        self.expect_in_step()
        self.assertEqual(self.plan("--state", self.folder / "ana")["bytes_to_delete"], 0)

    def test_a_library_whose_drive_is_not_there_deletes_nothing(self):
        self.song("Ana/a.mp3")
        self.run_it()
        before = tree(self.device)
        self.music.rename(self.folder / "elsewhere")
        self.music.mkdir()
        self.assertIn("drive", self.run_it(expect=1)["reason"])
        self.assertEqual(tree(self.device), before)

    def test_a_device_that_is_write_protected_is_known_before_anything_is_tried(self):
        self.song("a.mp3")
        picture = self.device / "DCIM/Camera/IMG_20240709_101112.jpg"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(b"a picture")
        before = tree(self.device)
        self.within = [*namespace(), "sh", "-c", f'mount --bind "{self.device}" "{self.device}" && '
                       f'mount -o remount,bind,ro "{self.device}" && exec "$@"', "sh"]
        for what in ("--plan", "--run"):
            answer = self.call(what, "--device", self.device, "--from", self.music, "--json", expect=1)
            self.assertIn("write-protected", json.loads(answer)["reason"])
        self.assertFalse((self.folder / "cache").exists(), "nothing is looked into, nor converted")
        self.assertEqual(tree(self.device), before)
        self.call("--import", self.folder / "photos", "--device", self.device)
        self.assertEqual(list(tree(self.folder / "photos", without=(".marea-imports",))), ["2024/2024-07-09/IMG_20240709_101112.jpg"])

    def test_what_is_wrong_is_told(self):
        self.assertIn("Choose one", self.call(expect=2))
        self.assertIn("no option", self.call("--frobnicate", expect=2))
        self.assertIn("--device", self.call("--import", self.folder, expect=2))
        self.song("a.mp3")
        answer = self.call("--plan", "--device", self.folder / "nowhere", "--from", self.music, "--json", expect=1)
        self.assertIn("nowhere", json.loads(answer)["reason"])
        answer = self.call("--plan", "--device", self.device, "--from", self.music, "--profile", "x", "--json", expect=1)
        self.assertIn("generic", json.loads(answer)["reason"])
        (self.device / "Music").mkdir()
        for place in (self.folder, self.device, self.device / "Music", f"{self.folder}/music/.."):
            self.assertIn("would come again", self.call("--run", "--device", self.device, "--from", place, "--json", expect=1))
        self.assertIn("Did you mean --device", self.call("--run", "--devise", self.device, expect=2))
        self.assertIn("marea sync", self.call("--help"))
        self.call("--list", "--json")


class Encoding(SyncCase):
    """Music and films that the device does not play, made into what it plays."""

    def setUp(self):
        super().setUp()
        require_program("ffprobe", "ffmpeg")

    def film(self, path, seconds):
        make_media(self.music / path, "-f", "lavfi", "-i", f"testsrc2=size=640x360:rate=24:duration={seconds}", "-f", "lavfi", "-i",
                   f"sine=frequency=330:duration={seconds}:sample_rate=48000", "-c:v", "mpeg4", "-b:v", "1M", "-c:a", "flac")

    def generic(self, what, device=None, expect=0):
        out = self.call(what, "--device", device or self.device, "--from", self.music, "--profile", "generic", "--json",
                        expect=expect)
        return json.loads(out.splitlines()[-1])

    def made(self, path):
        done = subprocess.run(["ffprobe", "-v", "error", "-of", "json", "-show_format", "-show_streams", self.device / path],
                              capture_output=True, text=True, check=True, timeout=60 * PATIENCE)
        return json.loads(done.stdout)

    def encoded(self):
        """What is kept of it, by name; the number tells whether it is the same file."""
        return {file.name: file.stat().st_ino for file in (self.folder / "cache").rglob("encoded/*")}

    def under_way(self):
        return list((self.folder / "cache").rglob("making/*"))

    def test_what_the_device_does_not_play_is_made_into_what_it_plays(self):
        make_tone(self.music / "Ana/01 Sea.flac", seconds=6, tags={"title": "Sea", "artist": "Ana"})
        make_tone(self.music / "Ana/02 Sand.mp3", seconds=3)
        self.film("Tide.mkv", 5)
        plan = self.generic("--plan")
        steps = {step["item"]: step for step in plan["steps"]}
        self.assertEqual({item: step["action"] for item, step in steps.items()},
                         {"Ana/01 Sea.flac": "transcode", "Ana/02 Sand.mp3": "copy", "Tide.mkv": "transcode"}, plan)
        self.assertAlmostEqual(steps["Ana/01 Sea.flac"]["bytes"], 6 * 192_000 / 8, delta=40_000)
        self.assertAlmostEqual(steps["Tide.mkv"]["bytes"], 5 * 3_200_000 / 8, delta=200_000)
        self.assertIn("flac", steps["Ana/01 Sea.flac"]["reason"])
        self.assertEqual(self.encoded(), {}, "a plan makes nothing")
        self.assertEqual(self.under_way(), [])

        done = self.generic("--run")
        self.assertEqual((done["written"], done["problems"]), (3, []))
        song = self.made("Music/Ana/01 Sea.mp3")
        self.assertEqual([stream["codec_name"] for stream in song["streams"]], ["mp3"])
        self.assertAlmostEqual(float(song["format"]["duration"]), 6, delta=0.2)
        self.assertEqual(song["format"]["tags"]["title"], "Sea")
        film = self.made("Movies/Tide.mp4")
        self.assertEqual({stream["codec_name"] for stream in film["streams"]}, {"h264", "aac"})
        self.assertAlmostEqual(float(film["format"]["duration"]), 5, delta=0.2)
        self.assertEqual({step["action"] for step in self.generic("--plan")["steps"]}, {"keep"})

        # Another device gets what is there.
        before, other = self.encoded(), self.folder / "OTHER"
        self.assertEqual(len(before), 2)
        other.mkdir()
        self.assertEqual(self.generic("--run", other)["written"], 3)
        self.assertEqual(self.encoded(), before)
        self.assertEqual(self.under_way(), [])

    def test_what_cannot_be_made_is_told_and_the_others_come(self):
        make_tone(self.music / "good.flac")
        self.song("broken.flac")
        done = self.generic("--run", expect=1)
        self.assertEqual(done["written"], 1)
        self.assertEqual([problem["path"] for problem in done["problems"]], ["Music/broken.mp3"])
        self.assertRegex(done["problems"][0]["reason"], r"^[A-Z][a-z].* .*[a-z]", "a sentence")
        self.assertEqual(len(self.encoded()), 1)

    def test_an_interrupt_ends_the_encoding_too(self):
        self.film("Long.mkv", 240)
        process = self.start("--run", "--device", self.device, "--from", self.music, "--profile", "generic")
        wait_for(lambda: process.poll() is not None or list((self.folder / "cache").rglob("making/*/downloads/work/*/*")),
                 what="the first piece")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60 * PATIENCE)
        if process.returncode != 0:  # it may have been done by then
            self.assertEqual(process.returncode, 1, err)
            self.assertIn("cancelled", err)
            self.assertEqual(self.encoded(), {})
        self.assertEqual(self.under_way(), [])

    def test_a_second_interrupt_ends_it_at_once_and_the_next_run_goes_on(self):
        self.film("Long.mkv", 240)
        process = self.start("--run", "--device", self.device, "--from", self.music, "--profile", "generic")
        wait_for(lambda: process.poll() is not None or list((self.folder / "cache").rglob("making/*/downloads/work/*/*")),
                 what="the first piece")
        for _ in range(200):   # the first may be answered before the second comes
            if process.poll() is not None:
                break
            process.send_signal(signal.SIGINT)
            time.sleep(0.005)
        process.communicate(timeout=60 * PATIENCE)
        self.assertIn(process.returncode, (0, 1, 130))
        self.assertEqual(self.generic("--run")["problems"], [])
        self.assertEqual(len(self.encoded()), 1)


if __name__ == "__main__":
    unittest.main()
