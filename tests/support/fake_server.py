#!/usr/bin/env python3
"""A server with the wire of Marea's API and made-up titles, for looking at the application without a media library.

fake_server.py [--port N] [--setup] [--empty] [--slow SECONDS] [--scanning]     prints {"url": …, "setup_code": …}
"""
import argparse
import colorsys
import hashlib
import json
import struct
import threading
import time
import urllib.parse
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FILMS = [("The Quiet Harbour", 2019, 6720), ("Salt and Cedar", 2021, 5400), ("Night Ferry", 2016, 7440), ("Under Glass Water", 2023, 6180),
         ("A Map of Low Tides", 2018, 5820), ("The Lighthouse Keeper's Daughter", 2014, 8040), ("Estuary", 2020, 4980), ("Cartographers of Nowhere", 2022, 7020),
         ("Long Shore Drift", 2011, 6000), ("The Weather Station", 2017, 6540), ("Brackish", 2015, 5160), ("Seven Small Islands", 2024, 7860),
         ("Meridian", 2013, 6300), ("What the Gulls Saw", 2012, 5700), ("The Undertow", 2010, 6900), ("Northern Passage", 2009, 8400),
         ("Foghorn", 2021, 5280), ("Driftwood Summer", 2008, 5940), ("Cold Current", 2019, 6420), ("El faro de las mareas y otras historias del norte", 2005, 9120)]
ALBUMS = [("Low Water Sessions", "Ana Ribera", 2021), ("Tidal Memory", "The Harbour Lights", 2019), ("Blue Hour", "Marta Soler", 2023), ("Cartography", "Northern Passage", 2018),
          ("Sargasso", "Delta Choir", 2016), ("Slack Tide", "Ana Ribera", 2017), ("Glass Rooms", "Pale Meridian", 2022), ("Salt", "Oriol Camps", 2020),
          ("The Long Way to the Sea", "The Harbour Lights", 2015), ("Nocturnes for a Lighthouse", "Elena Vidal", 2024)]
SERIES = [("Coastwatch", 2018, 2), ("The Salvage Crew", 2021, 1), ("Small Boats", 2016, 3), ("Deep Survey", 2023, 1)]
TRACKS = ["First Light", "Harbour Wall", "Undertow", "A Letter from Cádiz", "Slow Boat", "Meridian Line", "The Keeper", "Out Past the Buoys"]
BROKEN = [("holiday-2009.mp4", "The file ends before its index. It was probably not copied completely."),
          ("live-set.webm", "The file has no audio and no video."), ("protected.m4v", "The file is protected by DRM.")]


def ident(text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"01900000-0000-7000-8000-{digest[:12]}"


def artwork(name):
    return f"/stream/faketoken/{ident(name)}/artwork?v={hashlib.sha256(name.encode()).hexdigest()[:8]}"


def base(kind, title, **more):
    item = {"id": ident(kind + title), "kind": kind, "title": title, "sort_title": title.lower(), "duration": 0, "added_at": 1700000000000,
            "library_id": ident("lib"), "artwork_url": artwork(kind + title), "status": "ok", "problem": None, "genres": [], "rating": None,
            "favourite": False, "watched": False, "position": 0, "play_count": 0}
    item.update(more)
    return item


def video_file(name, hdr=False):
    return [{"id": ident(name), "container": "matroska", "size": 5 << 30, "duration": 6720, "bitrate": 8000000, "name": name, "streams": [
        {"index": 0, "kind": "video", "codec": "hevc" if hdr else "h264", "width": 3840 if hdr else 1920, "height": 2160 if hdr else 1080, "hdr": "hdr10" if hdr else "sdr", "default": True},
        {"index": 1, "kind": "audio", "codec": "eac3", "language": "en", "channels": 6, "default": True, "atmos": hdr},
        {"index": 2, "kind": "audio", "codec": "aac", "language": "es", "channels": 2},
        {"index": 3, "kind": "subtitle", "codec": "subrip", "language": "en"}, {"index": 4, "kind": "subtitle", "codec": "subrip", "language": "es", "forced": True}]}]


def catalogue():
    items, tree = {}, {}

    def put(item, parent=None):
        items[item["id"]] = item
        if parent:
            tree.setdefault(parent, []).append(item["id"])
        return item["id"]

    for n, (title, year, length) in enumerate(FILMS):
        hdr = n % 3 == 0
        put(base("movie", title, year=year, duration=length, width=3840 if hdr else 1920, height=2160 if hdr else 1080, hdr="hdr10" if hdr else "sdr",
                 genres=["Drama", "Mystery"] if n % 2 else ["Documentary"], position=[2480, 0, 0, 900, 0, 0, 5000][n % 7] if n < 14 else 0, watched=n % 5 == 4,
                 favourite=n % 6 == 0, added_at=1700000000000 + n * 86400000,
                 overview="When the last ferry of the season fails to arrive, a harbour pilot and a retired cartographer follow an old chart to a coast that is on no map, and find that somebody has been keeping the light.",
                 files=video_file(title + ".mkv", hdr),
                 chapters=[{"start": i * length / 6, "end": (i + 1) * length / 6, "title": t} for i, t in enumerate(["Departure", "The pilot", "Fog", "An old chart", "The light", "Home"])],
                 sidecars=[]))
    for name, problem in BROKEN:
        put(base("movie", name, status="broken", problem=problem, artwork_url=None, files=[{"id": ident(name), "name": name, "streams": []}]))
    artists = {}
    for n, (title, artist, year) in enumerate(ALBUMS):
        if artist not in artists:
            artists[artist] = put(base("artist", artist, artwork_url=None, child_count=sum(1 for a in ALBUMS if a[1] == artist)))
        album = put(base("album", title, artist=artist, album_artist=artist, artist_id=artists[artist], year=year, track_count=len(TRACKS), duration=len(TRACKS) * 236, added_at=1700000000000 + n * 86400000), artists[artist])
        for t, name in enumerate(TRACKS):
            put(base("track", name, id=ident(title + name), artist=artist, artist_id=artists[artist], album=title, album_id=album, track=t + 1, disc=1, duration=181 + 17 * t,
                     artwork_url=artwork("album" + title)), album)
    for title, year, seasons in SERIES:
        show = put(base("series", title, year=year, child_count=seasons, overview="A crew, a coast and a winter that does not end."))
        for s in range(1, seasons + 1):
            season = put(base("season", f"Season {s}", id=ident(f"{title}{s}"), season=s, series=title, series_id=show), show)
            for e in range(1, 7):
                put(base("episode", f"{TRACKS[e - 1]}", id=ident(f"{title}{s}.{e}"), season=s, episode=e, series=title, series_id=show, season_id=season, duration=2700 + 60 * e,
                         width=1920, height=1080, position=1200 if e == 2 and s == 1 else 0, watched=e == 1, overview="A distress call leads the crew to a boat that was reported lost eleven years ago.",
                         files=video_file(f"{title} S{s:02}E{e:02}.mkv")), season)
    return items, tree


def png(seed, width, height):
    """A soft two-colour gradient with a horizon, different for each seed."""
    digest = hashlib.sha256(seed.encode()).digest()
    hue = digest[0] / 255
    top = colorsys.hls_to_rgb(hue, 0.22 + digest[1] / 1500, 0.55)
    bottom = colorsys.hls_to_rgb((hue + 0.12 + digest[2] / 1200) % 1, 0.55, 0.6)
    sun_x, sun_y, size = width * (0.25 + digest[3] / 510), height * (0.2 + digest[4] / 700), width * (0.1 + digest[5] / 1800)
    horizon = height * (0.6 + digest[6] / 1300)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        f = y / height if y < horizon else 1 - (y - horizon) / height * 1.6
        line = [int(255 * max(0, min(1, a + (b - a) * f)) * (1 if y < horizon else 0.55)) for a, b in zip(top, bottom)]
        row = bytearray(bytes(line) * width)
        if abs(y - sun_y) < size:
            half = int((size ** 2 - (y - sun_y) ** 2) ** 0.5)
            a, b = max(0, int(sun_x - half)), min(width, int(sun_x + half))
            row[a * 3:b * 3] = bytes([min(255, c + 90) for c in line]) * (b - a)
        rows += row
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(bytes(rows), 1)) + chunk(b"IEND", b"")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, body, status=200, kind="application/json"):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def problem(self, status, detail):
        self.answer({"type": "urn:marea:error:fake", "title": detail, "status": status, "detail": detail}, status, "application/problem+json")

    def body(self):
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            return json.loads(data or b"{}")
        except ValueError:
            return {}

    def do_GET(self):
        options, url = self.server.options, urllib.parse.urlparse(self.path)
        query = {k: v[0] for k, v in urllib.parse.parse_qs(url.query).items()}
        path = url.path
        if path == "/api/v1/server":
            return self.answer({"name": "Casa", "version": "0.1.0", "commit": "fake", "id": ident("server"), "setup_needed": self.server.setup})
        if path.startswith("/stream/") and path.endswith("/artwork"):
            width = min(640, int(query.get("w", 320)))
            seed = path.split("/")[3]
            height = width * 3 // 2 if seed in self.server.tall else width
            return self.answer(png(seed, width, height), kind="image/png")
        time.sleep(options.slow)
        if self.headers.get("Authorization") != "Bearer fake-access":
            return self.problem(401, "Sign in first.")
        items, tree = self.server.catalogue
        if path == "/api/v1/me":
            return self.answer({"id": ident("me"), "username": "marina", "role": "owner", "session_id": ident("session")})
        if path == "/api/v1/libraries":
            scanning = options.scanning
            library = {"id": ident("lib"), "name": "Films and music", "items": len(items), "files": 214, "broken": 0 if options.empty else len(BROKEN), "state": "scanning" if scanning else "idle",
                       "scanned": 1240 if scanning else 214, "total": 3100 if scanning else 214, "last_scan_at": 1, "problem": None, "path": "/srv/media"}
            return self.answer({"items": [library], "next_cursor": None})
        if path in ("/api/v1/media", "/api/v1/search", "/api/v1/library"):
            return self.answer(self.page(path, query, items, tree))
        if path.startswith("/api/v1/media/"):
            item = items.get(path.split("/")[4])
            return self.answer(item) if item else self.problem(404, "There is no such title.")
        self.problem(404, "There is nothing here.")

    def page(self, path, query, items, tree):
        if self.server.options.empty:
            return {"items": [], "next_cursor": None, "total": 0}
        found = list(items.values())
        if "parent" in query:
            found = [items[i] for i in tree.get(query["parent"], [])]
        if "kind" in query:
            found = [i for i in found if i["kind"] in query["kind"].split(",")]
        found = [i for i in found if (i["status"] == "broken") == (query.get("status") == "broken")]
        if path.endswith("search"):
            found = [i for i in found if any(w.startswith(query.get("q", "").lower()) for w in i["title"].lower().split())]
        if path.endswith("library"):
            state = query.get("state")
            found = [i for i in found if (state == "in_progress" and i["position"]) or (state == "favourite" and i["favourite"]) or (state == "watched" and i["watched"])]
        if query.get("sort") in ("title", "year", "duration", "added"):
            key = {"title": "sort_title", "added": "added_at"}.get(query["sort"], query["sort"])
            found.sort(key=lambda i: i.get(key) or 0 if key != "sort_title" else i[key], reverse=query.get("order") == "desc")
        start, limit = int(query.get("cursor", 0)), int(query.get("limit", 50))
        return {"items": found[start:start + limit], "next_cursor": str(start + limit) if start + limit < len(found) else None, "total": len(found)}

    def do_POST(self):
        body = self.body()
        tokens = {"access_token": "fake-access", "refresh_token": "fake-refresh", "expires_in": 900, "token_type": "Bearer"}
        if self.path == "/api/v1/setup":
            if body.get("code") != "TIDE-4821":
                return self.problem(403, "The setup code is wrong.")
            self.server.setup = False
            return self.answer(tokens, 201)
        if self.path == "/api/v1/login":
            return self.answer(tokens) if body.get("password") == "marea" else self.problem(401, "The name or the password is wrong.")
        if self.path in ("/oauth/token", "/oauth/revoke"):
            return self.answer(tokens)
        if self.path.endswith("/playback"):
            item = self.server.catalogue[0].get(self.path.split("/")[4], {})
            return self.answer({"session_id": ident("s"), "mode": "direct", "protocol": "progressive", "url": "/stream/faketoken/x/direct/f.mkv", "subtitles": [], "duration": item.get("duration", 0),
                                "position": item.get("position", 0), "chapters": item.get("chapters", [])}, 201)
        self.answer({}, 202)

    def do_PUT(self):
        self.body()
        self.answer(b"", 204)

    do_DELETE = do_PUT


def start(options):
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    server.daemon_threads = True
    server.options, server.setup, server.catalogue = options, options.setup, catalogue()
    server.tall = {item["artwork_url"].split("/")[3] for item in server.catalogue[0].values()
                   if item["artwork_url"] and item["kind"] in ("movie", "series", "season")}
    return server


def parse(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--setup", action="store_true")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--scanning", action="store_true")
    parser.add_argument("--slow", type=float, default=0)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    options = parse()
    server = start(options)
    print(json.dumps({"url": f"http://127.0.0.1:{server.server_port}", "setup_code": "TIDE-4821" if options.setup else None}), flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
