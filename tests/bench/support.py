"""What the benches share: where the release build is, medians, alternation with a peer, and one JSON line a case.

    report = Report("deliver")
    ours, peers = alternate(measure_ours, measure_peer, rounds=5)
    report.case("2 MB plain", "CPU s/GB", ours, peers, peer_name="nginx")       # medians; better="lower"

MAREA_BUILD names the release build (its bin/ has the programs); ./bench sets it. MAREA_BENCH_LARGE=1: --large.
"""
import json
import os
import pathlib
import shutil
import socket
import statistics
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "e2e"))
BUILD = pathlib.Path(os.environ.get("MAREA_BUILD", ROOT / "build" / "bench"))
os.environ.setdefault("MAREA_BIN_DIR", str(BUILD / "bin"))


def program(name):
    """A program of the release build."""
    return BUILD / "bin" / name


def undisturbed(folder):
    """Options of marea-server without work in the background, which would be measured as well."""
    settings = pathlib.Path(folder, "undisturbed.toml")
    settings.write_text("[farm]\nsprites = false\nloudness = false\nladders = false\n")
    return ["--config", str(settings)]


def is_large():
    return os.environ.get("MAREA_BENCH_LARGE") == "1"


def peer_program(name):
    """The path of a peer's program, or None: the case is then reported without a peer."""
    return shutil.which(name) or (f"/usr/sbin/{name}" if os.path.exists(f"/usr/sbin/{name}") else None)


def median(values):
    return statistics.median(values) if values else None


def percentile(values, percent):
    """Nearest-rank percentile."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else None


def alternate(ours, peer=None, rounds=5, warm_up=1):
    """Measures ours and the peer in turn, so that a busy moment of the machine hits both. Returns two lists."""
    for _ in range(warm_up):
        ours()
        if peer:
            peer()
    mine, theirs = [], []
    for number in range(rounds):
        steps = [(ours, mine), (peer, theirs)] if number % 2 == 0 else [(peer, theirs), (ours, mine)]
        for measure, into in steps:
            if measure:
                into.append(measure())
    return mine, theirs


class Report:
    """Prints a case as one JSON object a line (--json), or as a line of a table."""

    def __init__(self, bench):
        self.bench = bench
        self.as_json = os.environ.get("MAREA_BENCH_JSON") == "1" or "--json" in sys.argv

    def case(self, case, unit, ours, peer=None, peer_name=None, better="lower"):
        """`ours` and `peer` are numbers, or lists whose median counts."""
        ours, peer = (median(v) if isinstance(v, (list, tuple)) else v for v in (ours, peer))
        ratio = round(ours / peer, 4) if ours is not None and peer else None
        row = {"bench": self.bench, "case": case, "unit": unit, "ours": _round(ours), "peer": _round(peer),
               "peer_name": peer_name if peer is not None else None, "ratio": ratio, "better": better}
        if self.as_json:
            print(json.dumps(row), flush=True)
        else:
            beside = f"{_round(peer)} ({peer_name}), ratio {ratio}" if peer is not None else "no peer"
            print(f"{self.bench:9} {case:44} {_round(ours)} {unit:12} beside {beside}; {better} is better", flush=True)
        return row

    def note(self, text):
        """A remark, on stderr, so that it never mixes with the lines."""
        print(f"{self.bench}: {text}", file=sys.stderr, flush=True)


def _round(value):
    return None if value is None else float(f"{value:.5g}")


def process_tree(pid):
    """`pid` and all its descendants, as process ids."""
    children = {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError):
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += children.get(found[-1], [])
    return found


def cpu_seconds(pids):
    """User and system time that the processes have used so far, their waited-for children included."""
    total = 0
    for pid in [pids] if isinstance(pids, int) else pids:
        try:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        total += sum(int(field) for field in fields[11:15])
    return total / os.sysconf("SC_CLK_TCK")


def memory_bytes(pids, field="Pss"):
    """Memory of the processes: the proportional set size, or "Rss"."""
    total = 0
    for pid in [pids] if isinstance(pids, int) else pids:
        try:
            text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith(field + ":"))
    return total


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
