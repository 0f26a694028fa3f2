"""A device that syncs, written anew from docs/sync.md and sync/merge/wire.h: it shares no code with the programs."""
import time
import uuid

DAY = 24 * 60 * 60 * 1000


def now_ms():
    return int(time.time() * 1000)


class Device:
    """Its records in memory: of each cell what it has seen, and the values that stand side by side."""

    def __init__(self, name="Device", skew=0):
        self.id, self.name, self.skew = str(uuid.uuid4()), name, skew
        self.records, self.changed = {}, []  # (kind, id) → record; keys in the order of their changes here
        self.number, self.since, self.taken = 0, "0", 0

    def _cell(self, key, name):
        record = self.records.setdefault(key, {"life": {"seen": {}, "values": []}, "cells": {}, "counts": {}})
        return record["life"] if name == "life" else record["cells"].setdefault(name, {"seen": {}, "values": []})

    def _write(self, key, name, value):
        self.number += 1
        cell = self._cell(key, name)
        cell["seen"][self.id] = self.number
        cell["values"] = [(self.id, self.number, now_ms() + self.skew, 0, value)]

    def _touch(self, key, life=True):
        self._write(key, "life", life)
        self.changed.append(key)

    def edit(self, kind, record, **cells):
        for name, value in cells.items():
            self._write((kind, record), name, value)
        self._touch((kind, record))

    def place(self, playlist, media, place):
        """An entry at a place of one step: 24 hexadecimal digits."""
        self._write(("playlist", playlist), f"entry:{media}", {"at": f"{place:08x}{self.id[-10:]:>010}000001"})
        self._touch(("playlist", playlist))

    def count(self, kind, record, name, more=1):
        self._cell((kind, record), "life")
        shares = self.records[(kind, record)]["counts"].setdefault(name, {})
        plus, minus = shares.get(self.id, (0, 0))
        shares[self.id] = (plus + more, minus)
        self._touch((kind, record))

    def remove(self, kind, record):
        self._touch((kind, record), False)

    def message(self, after=None, limit=100, version=1):
        after = self.taken if after is None else after
        keys = list(dict.fromkeys(self.changed[after:after + limit]))
        replicas = [self.id]

        def place(replica):
            if replica not in replicas:
                replicas.append(replica)
            return replicas.index(replica)

        def cell(one):
            return {"seen": [[place(r), n] for r, n in one["seen"].items()],
                    "values": [[place(r), n, ms, count, value] for r, n, ms, count, value in one["values"]]}

        records = []
        for kind, record in keys:
            held = self.records[(kind, record)]
            records.append({"kind": kind, "id": record, "life": cell(held["life"]),
                            "cells": {name: cell(one) for name, one in held["cells"].items()},
                            "counts": {name: [[place(r), plus, minus] for r, (plus, minus) in shares.items()]
                                       for name, shares in held["counts"].items()}})
        up_to = min(after + limit, len(self.changed))
        return {"version": version, "sender": self.id, "after": after, "up_to": up_to, "horizon": 0,
                "more": up_to < len(self.changed), "resync": False, "replicas": replicas, "records": records}

    def merge(self, body):
        replicas = body["replicas"]
        for record in body["records"]:
            key = (record["kind"], record["id"])
            for name, theirs in [("life", record["life"]), *record["cells"].items()]:
                mine = self._cell(key, name)
                seen = {replicas[place]: number for place, number in theirs["seen"]}
                values = {(replicas[v[0]], v[1]): (replicas[v[0]], *v[1:]) for v in theirs["values"]}
                own = {(v[0], v[1]): v for v in mine["values"]}
                kept = [v for dot, v in own.items() if dot in values or dot[1] > seen.get(dot[0], 0)]
                kept += [v for dot, v in values.items() if dot not in own and dot[1] > mine["seen"].get(dot[0], 0)]
                mine["values"] = sorted(kept, key=lambda v: v[:2])
                for replica, number in seen.items():
                    mine["seen"][replica] = max(mine["seen"].get(replica, 0), number)
            for name, shares in record["counts"].items():
                held = self.records[key]["counts"].setdefault(name, {})
                for place, plus, minus in shares:
                    old = held.get(replicas[place], (0, 0))
                    held[replicas[place]] = (max(old[0], plus), max(old[1], minus))

    def value(self, kind, record, name):
        """The latest of a cell; None when there is none."""
        held = self.records.get((kind, record), {"cells": {}})
        values = held["cells"].get(name, {"values": []})["values"]
        return max(values, key=lambda v: (v[2], v[3], v[0], v[1]))[4] if values else None

    def is_there(self, kind, record):
        held = self.records.get((kind, record))
        return bool(held) and max(held["life"]["values"], key=lambda v: (v[2], v[3], v[0], v[1]))[4]

    def plays(self, record):
        return sum(plus - minus for plus, minus in self.records[("item", record)]["counts"].get("plays", {}).values())

    def register(self, server, **more):
        return server.post("/api/v1/sync/devices", {"id": self.id, "name": self.name}, **more)

    def push(self, server, limit=100, **more):
        while self.taken < len(self.changed):
            self.taken = server.post("/api/v1/sync/changes", self.message(limit=limit), expect=200, **more).json["taken"]

    def pull(self, server, limit=100, **more):
        while True:
            answer = server.get(f"/api/v1/sync/changes?since={self.since}&limit={limit}&device={self.id}", expect=200, **more).json
            self.merge(answer)
            self.since = f"{answer['up_to']}.{answer['horizon']}"
            if not answer["more"]:
                return

    def meet(self, server, **more):
        self.push(server, **more)
        self.pull(server, **more)
