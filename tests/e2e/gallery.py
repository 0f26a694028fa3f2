#!/usr/bin/env python3
"""Pictures of every page of the desktop program, on a server with a made-up library.

    tests/e2e/gallery.py FOLDER [--quick]

Each page in the dark and the light theme, in English and Spanish, wide and narrow; --quick: two of these. No display is
needed. MAREA_BIN_DIR names the built programs.
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from support import PASSWORD, Server, make_album, make_film, program

FILMS = ["Estuary (2020)", "Foghorn (2021)", "Long Shore Drift (2011)", "Meridian (2013)", "Night Ferry (2016)", "Salt and Cedar (2021)",
         "The Quiet Harbour (2019)", "What the Gulls Saw (2012)"]
ALBUMS = [("Ana Ribera", "Low Water Sessions", 2021), ("The Harbour Lights", "Tidal Memory", 2019), ("Marta Soler", "Blue Hour", 2023)]
# As long as names get, and the last of all by title.
LONG = "Zwischen den Gezeiten oder die wahre und vollständige Geschichte der Frau, die jeden Abend das Licht des Leuchtturms von Finisterre entzündete"
ACTORS = ("Elena Vidal", "Oriol Camps", "Maximiliana Wolkenstein-Trostburg von und zu Hohenlohe-Waldenburg")
NFO = """<movie><title>{title}</title><year>{year}</year><genre>{genre}</genre><plot>When the last ferry of the season fails to arrive,
a harbour pilot follows an old chart to a coast that is on no map.</plot><director>Marta Soler</director>{actors}</movie>"""


def nfo(title, year, genre, actors):
    return NFO.format(title=title, year=year, genre=genre, actors="".join(f"<actor><name>{name}</name></actor>" for name in actors))


def library(folder):
    """Folders of films, series and music, by the names of libraries."""
    films, series, music = (pathlib.Path(folder) / name for name in ("Films", "Series", "Music"))
    for number, name in enumerate(FILMS):
        make_film(films / name / f"{name}.mkv", seconds=6 + number, audio=1 + number % 2)
        title, year = name[:-7], name[-5:-1]
        (films / name / f"{name}.nfo").write_text(nfo(title, year, "Drama" if number % 2 else "Mystery", ACTORS[:1]))
    make_film(films / "Long (2022)" / "Long (2022).mkv", seconds=5)
    (films / "Long (2022)" / "Long (2022).nfo").write_text(nfo(LONG, 2022, "Drama", ACTORS))
    make_album(music / "Long", artist=LONG, album=LONG, year=2022, tracks=2)
    for episode in (1, 2, 3):
        make_film(series / "Coastwatch" / "Season 01" / f"Coastwatch S01E{episode:02}.mkv", seconds=6)
    for artist, album, year in ALBUMS:
        make_album(music / artist / album, artist=artist, album=album, year=year, tracks=6)
    return {"Films": films, "Series": series, "Music": music}


def arguments(folder):
    """For a server that has what most have not."""
    config = pathlib.Path(folder) / "gallery.toml"
    config.write_text('[scrobbling]\nservices = ["https://api.listenbrainz.org"]\n')
    return ["--config", str(config)]


def furnish(server):
    """Playlists, ratings, favourites and people, so that pages have something to show."""
    tracks = [item["id"] for item in server.all_media("kind=track")]
    films = [item["id"] for item in server.all_media("kind=movie")]
    server.post("/api/v1/playlists", {"name": "Drama, unseen", "rules": {"rules": [{"field": "genre", "op": "is", "value": "Drama"}]}})
    server.post("/api/v1/playlists", {"name": "Late evening", "description": "For the way home.", "visibility": "collaborative", "media_ids": tracks[:9]})
    for number, film in enumerate(films):
        server.put(f"/api/v1/library/{film}", {"favourite": number % 3 == 0, "rating": 6 + number % 5})
    server.put(f"/api/v1/library/{films[0]}", {"position": 3})
    server.post("/api/v1/admin/collections", {"name": "The northern coast", "media_ids": films[:4]})
    for name, role in (("Bea", "member"), ("Nil", "child")):
        server.post("/api/v1/household/members", {"username": name, "password": PASSWORD, "role": role})
    open_store(server)


def open_store(server):
    """Something for sale of each kind, and something that was bought."""
    shop = next(one["id"] for one in server.libraries() if one["name"] == "Music")
    server.put(f"/api/v1/admin/libraries/{shop}/sale", {"for_sale": True})
    albums = {item["title"]: item["id"] for item in server.all_media("kind=album")}
    price = [{"currency": "EUR", "amount": 999}]
    offers = [("Low Water Sessions", {"prices": price, "staff_pick": 1, "overview": "Six songs, recorded at the mouth of the river at night."}),
              ("Tidal Memory", {"prices": price, "sales": [{"percent": 25, "from": 0, "until": 4_000_000_000_000}], "staff_pick": 2}),
              ("Blue Hour", {"prices": [{"currency": "EUR", "amount": 200}], "pricing": "choose", "release_at": 4_000_000_000_000})]
    made = [server.post("/api/v1/admin/products", {"kind": "album", "title": title, "media_ids": [albums[title]], "state": "active", **more}).json
            for title, more in offers]
    server.post("/api/v1/admin/products", {"kind": "bundle", "title": "By the sea", "media_ids": list(albums.values()), "prices": price})
    code = server.post("/api/v1/admin/vouchers", {"amount": 2500, "currency": "EUR", "count": 3, "label": "Launch"}).json["vouchers"][0]
    server.post("/api/v1/store/vouchers/redeem", {"code": code})
    server.post("/api/v1/store/orders", {"product_id": made[1]["id"], "currency": "EUR"}, headers={"Idempotency-Key": "gallery"})
    order = server.post("/api/v1/store/orders", {"product_id": made[0]["id"], "currency": "EUR"}, headers={"Idempotency-Key": "returned"}).json
    server.post(f"/api/v1/store/orders/{order['id']}/refund")
    server.put(f"/api/v1/store/products/{made[1]['id']}/review", {"stars": 4, "text": "Best heard with the window open."})


def second_library(folder):
    """Of another server: one film that the first has, and more."""
    films, music = (pathlib.Path(folder) / name for name in ("Films", "Music"))
    for number, name in enumerate((FILMS[0], "Breakwater (2018)", "Spindrift (2020)")):
        make_film(films / name / f"{name}.mkv", seconds=6 + number)
    make_album(music / "Nil Ferran" / "Groundswell", artist="Nil Ferran", album="Groundswell", year=2022, tracks=2)
    return {"Films": films, "Music": music}


def token(server):
    return server.post("/api/v1/login", {"username": "owner", "password": PASSWORD, "device_name": "Gallery"}, token=False).json["refresh_token"]


def take(server, out, *options):
    """The program's exit and what it said; options are its own."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software", "LC_ALL": "C.UTF-8", "MAREA_REDUCE_MOTION": "1"}
    command = [program("app_gallery"), "--server", server.url, "--token", token(server), "--out", str(out)]
    return subprocess.run([*command, *options], env=env, capture_output=True, text=True, timeout=1200)


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    quick = ["--quick"] if "--quick" in sys.argv else []
    with tempfile.TemporaryDirectory() as folder, Server(libraries=library(folder), args=arguments(folder)) as server:
        server.wait_until_idle()
        furnish(server)
        with tempfile.TemporaryDirectory() as other, Server(libraries=second_library(other)) as also:
            also.wait_until_idle()
            full = take(server, out, "--also", also.url, "--also-token", token(also), *quick)
    with tempfile.TemporaryDirectory() as folder, Server(args=arguments(folder)) as server:
        empty = take(server, out, "--empty", *quick)
    print(full.stdout + full.stderr + empty.stdout + empty.stderr, end="")
    return full.returncode or empty.returncode


if __name__ == "__main__":
    sys.exit(main())
