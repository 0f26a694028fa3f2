"""`marea sync` on real FAT32 and exFAT: images that the kernel mounts, here as root, else in the virtual machine of MAREA_MTP_LAB."""
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

from media import require_program
from support import PATIENCE, program
from test_sync_mtp import EMULATED, LAB_FAILED

MODULES = ("loop", "vfat", "exfat", "nls_cp437", "nls_ascii", "nls_utf8", "nls_iso8859-1")
# $SYNC is the program, $1 the file system, $2 the folder with image, music and what comes back.
SCRIPT = """
set -e
cd "$2"
mkdir -p mnt/STICK
mount -o loop,$OPTIONS -t "$1" image mnt/STICK
echo yes > mounted
finish() { umount mnt/STICK || umount -l mnt/STICK; }
trap finish EXIT
mkdir -p mnt/STICK/Mine && echo foreign > mnt/STICK/Mine/a.txt
sync_it() { $SYNC "$@" --device mnt/STICK --from music --state state --profile everything --json; }
tree() { (cd mnt/STICK && find . -type f ! -name marea-library.json -exec sha256sum {} + | sort -k 2) > "$1"; }
sync_it --run > first
tree first.tree
sync_it --plan > second
mv 'music/Ana/What? Sea....mp3' music/Ana/Sea.mp3
rm music/Leo/Wind.mp3
sync_it --run > third
tree third.tree
rm mnt/STICK/marea-library.json
sync_it --run > fourth
truncate -s 4294967296 music/Long.mkv || dd if=/dev/null of=music/Long.mkv bs=1 seek=4294967296
sync_it --plan > fifth
"""


def can_mount(kind):
    if os.geteuid() != 0:
        return False
    if shutil.which("modprobe"):
        subprocess.run(["modprobe", "-q", kind], check=False, stderr=subprocess.DEVNULL)
    return f"\t{kind}\n" in pathlib.Path("/proc/filesystems").read_text()


class SyncVolumes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not program("marea-sync-alone").exists():
            raise unittest.SkipTest("the desktop program is not built")

    def setUp(self):
        kept = tempfile.TemporaryDirectory(prefix="marea-volume-")
        self.addCleanup(kept.cleanup)
        self.folder = pathlib.Path(kept.name)
        self.random = random.Random(11)
        for path, size in (("Ana/What? Sea....mp3", 300_001), ("Ana/Año 😀.flac", 70_001), ("Ana/CON.ogg", 4_000), ("Leo/Wind.mp3", 5_001),
                           ("leo/wind.mp3", 6_001), ("x" * 90 + "/" + "y" * 120 + "/" + "z" * 100 + ".mp3", 2_000)):
            file = self.folder / "music" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(self.random.randbytes(size))

    def here(self, kind, options):
        env = {**os.environ, "SYNC": str(program("marea-sync-alone")), "OPTIONS": options}
        return subprocess.run(["sh", "-c", SCRIPT, "sh", kind, self.folder], env=env, capture_output=True, text=True, timeout=120 * PATIENCE)

    def in_the_lab(self, kind, options):
        lab = pathlib.Path(os.environ.get("MAREA_MTP_LAB", "/nowhere"), "mtp-lab")
        if not lab.exists():
            self.skipTest(f"the kernel does not mount {kind} here, and there is no MAREA_MTP_LAB")
        phone = self.folder / "phone"
        phone.mkdir()
        command = [sys.executable, "-c", EMULATED, lab, "--device-root", phone, "--share", self.folder, "--boot-timeout", 120 * PATIENCE,
                   "--timeout", 120 * PATIENCE, "--file", f"{program('marea-sync-alone')}=/usr/bin/marea-sync-alone",
                   "--env", "SYNC=/usr/bin/marea-sync-alone", "--env", f"OPTIONS={options}"]
        for module in MODULES:
            command += ["--module", module]
        done = subprocess.run([*map(str, command), "--", "sh", "-c", SCRIPT, "sh", kind, "/share"], capture_output=True, text=True,
                              timeout=300 * PATIENCE)
        if done.returncode == LAB_FAILED:
            self.skipTest("the lab does not run here: " + done.stderr.strip()[-300:])
        return done

    def lines(self, name):
        return [json.loads(line) for line in (self.folder / name).read_text().splitlines() if line.startswith("{")]

    def tree(self, name):
        rows = (self.folder / name).read_text().splitlines()
        return {row.split(None, 1)[1].strip("* ").removeprefix("./"): row.split()[0] for row in rows}

    def sums(self):
        return sorted(hashlib.sha256(f.read_bytes()).hexdigest() for f in (self.folder / "music").rglob("*") if f.stat().st_size < 10_000_000 and f.is_file())

    def in_step(self, kind, make, options, check):
        require_program(make[0], make[1])
        subprocess.run(["truncate", "-s", "64M", self.folder / "image"], check=True)
        subprocess.run([make[0], *make[2:], self.folder / "image"], check=True, capture_output=True, timeout=180)
        before = self.sums()
        done = (self.here if can_mount(kind) else self.in_the_lab)(kind, options)
        if not (self.folder / "mounted").exists():
            self.skipTest("the image cannot be mounted here: " + done.stderr.strip()[-300:])
        said = "".join(f.read_text()[-600:] for f in map(self.folder.joinpath, ("first", "third", "fourth", "fifth")) if f.exists())
        self.assertEqual(done.returncode, 0, said + done.stdout[-1000:] + done.stderr[-2000:])
        first, third, fourth = (self.lines(name)[-1] for name in ("first", "third", "fourth"))
        self.assertEqual((first["written"], first["problems"]), (6, []))
        tree = self.tree("first.tree")
        foreign = tree.pop("Mine/a.txt")
        self.assertEqual(foreign, hashlib.sha256(b"foreign\n").hexdigest())
        self.assertEqual(sorted(tree.values()), before, "all is there, whatever it is called")
        self.assertEqual({step["action"] for step in self.lines("second")[0]["steps"]}, {"keep"})
        self.assertEqual((third["written"], third["moved"], third["deleted"]), (0, 1, 1))
        after = self.tree("third.tree")
        self.assertEqual(after.pop("Mine/a.txt"), foreign)
        self.assertEqual(sorted(after.values()), self.sums())
        self.assertEqual(fourth["written"], 0, "the list was deleted; nothing is doubled")
        long = next(step for step in self.lines("fifth")[0]["steps"] if step["item"] == "Long.mkv")
        self.assertEqual(long["action"], "left_out")
        if shutil.which(check[0]):
            checked = subprocess.run([*check, self.folder / "image"], capture_output=True, text=True, timeout=180)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        return long["reason"]

    def test_fat32(self):
        reason = self.in_step("vfat", ("mkfs.vfat", "dosfstools", "-F", "32"), "utf8=1,shortname=mixed", ("fsck.vfat", "-n"))
        self.assertIn("larger than the device's", reason)

    def test_exfat(self):
        reason = self.in_step("exfat", ("mkfs.exfat", "exfatprogs"), "iocharset=utf8", ("fsck.exfat", "-n"))
        self.assertIn("no room", reason, "files may be larger there")


if __name__ == "__main__":
    unittest.main()
