#!/usr/bin/env python3
"""./bench sync: the time to plan a sync of 100,000 tracks (wanted: half a second at most) and to find that nothing is to be done
with a device that has them (a second at most), beside rsync, which has to look at two folders; a first sync of an album collection
and one that finds nothing to do, beside rsync and cp; 1 GB from a server, beside an rsync daemon, by a network of a gigabit a second
(wanted: 0.9) and by one without a limit. Ours reads everything back and flushes file by file, the others do neither. With
MAREA_MTP_LAB, a file to a phone beside mtp-sendfile (wanted: 0.95); what ours reads back is told apart."""
import contextlib
import json
import os
import pathlib
import shlex
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from support import Report, alternate, free_port, is_large, peer_program, program, undisturbed  # noqa: E402
from catalog import e2e  # noqa: E402
from emulated import EMULATED  # noqa: E402

FILES, SIZE = 100, 3_000_000
LAN_BYTES = 1_000_000_000
PHONE_MB = 60
NOBODY = 65534
BY_CABLE = "MAREA_BENCH_BY_CABLE"  # set for this program in its network of its own
# In the guest. /proc/uptime has hundredths of a second.
PHONE = """
now() { cut -d' ' -f1 /proc/uptime; }
for round in 1 2 3; do
  began=$(now); mtp-sendfile /share/peer/song.mp3 song$round.mp3 >/dev/null 2>&1 || exit 3; echo "peer $began $(now)"
  cp /share/peer/song.mp3 /share/music/song$round.mp3
  marea-sync-alone --run --device mtp --from /share/music --state /share/state --profile everything --json
done
"""


def plans(report):
    items = 1_000_000 if is_large() else 100_000
    done = subprocess.run([program("sync_work"), str(items), "5"], capture_output=True, text=True, check=True, timeout=600)
    empty, in_step = zip(*([float(part) for part in line.split()] for line in done.stdout.splitlines()))
    report.case(f"plan of {items} tracks, empty device", "ms", list(empty))
    report.case(f"plan of {items} tracks, device with {items}", "ms", list(in_step))


class Copies:
    """The same music to two folders, by ours and by rsync."""

    def __init__(self, folder):
        self.music, self.ours, self.peers = (folder / name for name in ("music", "ours", "peers"))
        self.state = folder / "state"
        for number in range(FILES):
            file = self.music / f"Artist {number // 10}" / f"{number:03} Song.mp3"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(os.urandom(SIZE))
        self.ours.mkdir()

    @staticmethod
    def seconds(command):
        began = time.perf_counter()
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, timeout=600)
        return time.perf_counter() - began

    def sync(self, anew):
        if anew:
            shutil.rmtree(self.ours)
            self.ours.mkdir()
        return self.seconds([program("marea"), "sync", "--run", "--device", self.ours, "--from", self.music, "--profile",
                             "everything", "--state", self.state, "--json"])

    def cp(self):
        shutil.rmtree(self.peers, ignore_errors=True)
        return self.seconds(["cp", "-a", self.music, self.peers]) + self.seconds(["sync", "-f", self.peers])

    def rsync(self, anew):
        if anew:
            shutil.rmtree(self.peers, ignore_errors=True)
        return self.seconds([peer_program("rsync"), "-a", f"{self.music}/", f"{self.peers}/"])


def nothing_for_rsync(device, twin):
    """Milliseconds to find that two folders have the same files; None without rsync."""
    if peer_program("rsync") is None:
        return None
    command = [peer_program("rsync"), "-a", f"{device}/", f"{twin}/"]
    Copies.seconds(command)
    return [1000 * Copies.seconds(command) for _ in range(3)]


def nothing(report):
    items = 1_000_000 if is_large() else 100_000
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as folder:
        done = subprocess.run([program("sync_work"), str(items), "5", folder], capture_output=True, text=True, check=True, timeout=1800)
        peers = nothing_for_rsync(pathlib.Path(folder, "device"), pathlib.Path(folder, "twin"))
    report.case(f"nothing to do, device with {items} files", "ms", [float(line) for line in done.stdout.splitlines()], peers, "rsync -a")


def phone(report):
    lab = pathlib.Path(os.environ.get("MAREA_MTP_LAB", "/nowhere"), "mtp-lab")
    peer = peer_program("mtp-sendfile")
    if not lab.exists() or peer is None or not program("marea-sync-alone").exists():
        report.note("no phone: MAREA_MTP_LAB, mtp-sendfile or the desktop part is missing")
        return
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as kept:
        folder = pathlib.Path(kept)
        for name in ("phone/Music", "share/music", "share/peer"):
            (folder / name).mkdir(parents=True)
        (folder / "share/peer/song.mp3").write_bytes(os.urandom(PHONE_MB * 1_000_000 + 1))
        command = [sys.executable, "-c", EMULATED, lab, "--device-root", folder / "phone", "--share", folder / "share", "--timeout", 900,
                   "--file", f"{program('marea-sync-alone')}=/usr/bin/marea-sync-alone", "--file", f"{peer}=/usr/bin/mtp-sendfile", "--", "sh", "-c", PHONE]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=1800)
    theirs = [float(end) - float(begin) for _, begin, end in (line.split() for line in done.stdout.splitlines() if line.startswith("peer "))]
    runs = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    runs = [run for run in runs if run.get("event") == "done" and run["written"] == 1]
    if not theirs or not runs:
        report.note("no phone: " + (done.stderr.strip()[-200:] or "nothing was measured"))
        return
    report.case(f"{PHONE_MB} MB to a phone, written", "MB/s", [PHONE_MB / run["writing_seconds"] for run in runs], [PHONE_MB / s for s in theirs],
                "mtp-sendfile", better="higher")
    report.case(f"{PHONE_MB} MB of a phone, read back", "MB/s", [PHONE_MB / run["reading_back_seconds"] for run in runs], better="higher")


def copies(report):
    if not program("marea").exists():
        report.note("the desktop program is not built")
        return
    has_peer = peer_program("rsync") is not None
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as folder:
        both = Copies(pathlib.Path(folder))
        for name, anew in (("first sync", True), ("nothing to do", False)):
            ours, peers = alternate(lambda: both.sync(anew), (lambda: both.rsync(anew)) if has_peer else None, rounds=3)
            report.case(f"{name}, {FILES} files of {SIZE // 1_000_000} MB", "s", ours, peers or None, "rsync -a")
        ours, peers = alternate(lambda: both.sync(True), both.cp, rounds=3)
        report.case(f"first sync, {FILES} files of {SIZE // 1_000_000} MB, flushed", "s", ours, peers, "cp -a; sync -f")


def sound(path, size):
    """A file of sound of about so many bytes: noise, behind a header that says 16 bits in stereo."""
    block = os.urandom(1_000_000)
    blocks = size // len(block)
    with open(path, "wb") as out:
        out.write(b"RIFF" + struct.pack("<I", blocks * len(block) + 36) + b"WAVEfmt " +
                  struct.pack("<IHHIIHH", 16, 1, 2, 48_000, 192_000, 4, 16) + b"data" + struct.pack("<I", blocks * len(block)))
        for _ in range(blocks):
            out.write(block)


@contextlib.contextmanager
def rsync_daemon(folder, music):
    port = free_port()
    user = "uid = 0\ngid = 0\n" if os.getuid() == 0 else ""   # root would be nobody
    (folder / "rsyncd.conf").write_text(f"use chroot = no\n{user}[music]\npath = {music}\nread only = yes\n")
    process = subprocess.Popen([peer_program("rsync"), "--daemon", "--no-detach", f"--port={port}", "--address=127.0.0.1",
                                f"--config={folder / 'rsyncd.conf'}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def listens():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0
    try:
        e2e.wait_for(listens, 20, "rsync")
        yield f"rsync://127.0.0.1:{port}/music"
    finally:
        process.terminate()
        process.wait()


def large_title(report, network):
    """One large title from a server to a file, as devices and computers fetch them, beside an rsync daemon."""
    with tempfile.TemporaryDirectory(prefix="marea-bench-") as kept:
        folder = pathlib.Path(kept)
        (folder / "Music").mkdir()
        sound(folder / "Music" / "Noise.wav", LAN_BYTES)
        with e2e.Server(libraries={"Music": folder / "Music"}, args=undisturbed(folder)) as server:
            server.wait_until_idle()
            item = server.all_media("kind=track")[0]["id"]
            order = server.post("/api/v1/downloads", {"media_id": item}, expect=201).json
            fetched, copied = folder / "fetched.wav", folder / "copied.wav"

            def ours():
                fetched.unlink(missing_ok=True)
                return Copies.seconds(["curl", "-sf", "-o", fetched, "-H", f"Authorization: Bearer {server.token}", server.url + order["url"]])

            with rsync_daemon(folder, folder / "Music") as peer:
                def theirs():
                    copied.unlink(missing_ok=True)
                    return Copies.seconds([peer_program("rsync"), "-W", f"{peer}/Noise.wav", copied])
                mine, peers = alternate(ours, theirs, rounds=3)
            if fetched.stat().st_size != copied.stat().st_size:
                raise SystemExit("what was fetched is not whole")
    megabytes = LAN_BYTES / 1e6
    report.case(f"1 GB from the server, {network}", "MB/s", [megabytes / s for s in mine], [megabytes / s for s in peers], "rsync daemon", better="higher")


def lan(report):
    """Without a limit: what the programs can do, whatever the wire. Then as by a cable, in a network of its own whose loopback
    interface is as slow as that."""
    if peer_program("rsync") is None:
        report.note("no network: rsync is missing")
        return
    large_title(report, "no limit")
    wire = "ip link set lo mtu 1500 up && tc qdisc add dev lo root tbf rate 1gbit burst 128kb latency 50ms"
    own = ["unshare", "--map-root-user", "--net", "sh", "-c"]
    if subprocess.run([*own, wire], capture_output=True, timeout=60).returncode != 0:
        report.note("no gigabit network: unshare, ip or tc is missing, or not allowed")
        return
    command = shlex.join([sys.executable, __file__, *sys.argv[1:]])
    nobody = f"unshare --user --map-user={NOBODY} --map-group={NOBODY}"   # as root, rsync's daemon wants what root has outside only
    subprocess.run([*own, f"{wire} && exec {nobody} {command}"], env={**os.environ, BY_CABLE: "1"}, check=True, timeout=1800)


def main():
    report = Report("sync")
    if os.environ.get(BY_CABLE):
        large_title(report, "1 Gbit/s")
        return
    plans(report)
    nothing(report)
    copies(report)
    lan(report)
    phone(report)


if __name__ == "__main__":
    main()
