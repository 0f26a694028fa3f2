"""What does not work is said in the language of who asks: by the server, and to the desktop program."""
import http.server
import pathlib
import tempfile
import threading
import unittest

import media
from desktop import DesktopCase
from support import PASSWORD, Server, wait_for

SPANISH = {"Accept-Language": "es-ES,es;q=0.9,en;q=0.8"}
NOBODY = "00000000-0000-7000-8000-000000000000"


class Answers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-words-")
        cls.addClassCleanup(folder.cleanup)
        cls.server = Server(data=pathlib.Path(folder.name) / "data")
        cls.addClassCleanup(cls.server.close)

    def problem(self, status, method, path, body=None, language=SPANISH, **more):
        answer = self.server.request(method, path, body, headers=language, **more)
        self.assertEqual(answer.status, status, answer)
        self.assertEqual(answer.headers["content-type"], "application/problem+json")
        self.assertIn("Accept-Language", answer.headers["vary"])
        self.assertEqual(answer.headers["content-language"], "es" if language else "en")
        return answer.json

    def test_a_wrong_password(self):
        wrong = {"username": "owner", "password": "not " + PASSWORD}
        problem = self.problem(401, "POST", "/api/v1/login", wrong, token=False)
        self.assertEqual(problem["detail"], "El nombre o la contraseña no son correctos.")
        self.assertEqual(problem["title"], "Sin identificar")
        english = self.problem(401, "POST", "/api/v1/login", wrong, language=None, token=False)
        self.assertEqual(english["detail"], "The name or the password is wrong.")
        self.assertEqual((english["type"], english["status"]), (problem["type"], problem["status"]))

    def test_a_title_that_is_not_there(self):
        self.assertEqual(self.problem(404, "GET", f"/api/v1/media/{NOBODY}")["detail"], "Ese elemento no existe.")
        self.assertEqual(self.problem(404, "GET", f"/api/v1/media/{NOBODY}", language=None)["detail"], "There is no such item.")

    def test_a_request_that_is_not_as_described(self):
        self.assertEqual(self.problem(400, "POST", "/api/v1/playlists", {})["detail"], "Falta “/name”.")
        self.assertEqual(self.problem(400, "GET", "/api/v1/media?wings=2")["detail"], "El campo “wings” no existe.")
        self.assertIn("tiene que ser un número entero de 1 a", self.problem(400, "GET", "/api/v1/media?limit=many")["detail"])
        self.assertEqual(self.problem(400, "POST", "/api/v1/login", "{", token=False)["detail"], "El cuerpo no es JSON válido.")

    def test_what_the_gateway_refuses(self):
        self.assertEqual(self.problem(404, "GET", "/nowhere")["detail"], "No hay nada en esta dirección.")
        self.assertEqual(self.problem(405, "DELETE", "/api/v1/home")["detail"], "Este método no está permitido aquí.")
        self.assertEqual(self.problem(401, "GET", "/api/v1/home", token=False)["detail"], "Inicia sesión primero.")

    def test_music_players(self):
        for fields, language, words in ((SPANISH, "es", "Falta el parámetro «u»."), ({}, "en", 'The parameter "u" is missing.')):
            answer = self.server.request("GET", "/rest/ping?f=json&v=1.16.1&c=test", headers=fields, token=False)
            self.assertEqual(answer.json["subsonic-response"]["error"]["message"], words)
            self.assertEqual(answer.headers["content-language"], language)


class Titles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="marea-words-")
        cls.addClassCleanup(folder.cleanup)
        films = pathlib.Path(folder.name) / "Films"
        films.mkdir()
        media.make_film(films / "Tide (2001).mkv")
        (films / "Wreck (2002).mkv").write_bytes(b"this is no film" * 1000)
        cls.server = Server(libraries={"Films": films})
        cls.addClassCleanup(cls.server.close)
        cls.server.wait_until_idle()

    def test_a_playback_that_cannot_be(self):
        [film] = self.server.all_media("kind=movie&status=ok")
        for headers, words in ((SPANISH, "El perfil «nobodys» no existe en este servidor."),
                               ({}, 'There is no profile "nobodys" on this server.')):
            answer = self.server.request("POST", f"/api/v1/media/{film['id']}/playback",
                                         {"capabilities": {"preset": "mpv"}, "profile": "nobodys"}, headers=headers)
            self.assertEqual(answer.status, 422, answer)
            self.assertEqual(answer.json["detail"], words)

    def test_a_file_that_is_broken(self):
        [wreck] = self.server.all_media("status=broken")
        said = {}
        for headers in (SPANISH, {}):
            one = self.server.get(f"/api/v1/media/{wreck['id']}", headers=headers)
            [listed] = [item for item in self.server.get("/api/v1/media?status=broken", headers=headers).json["items"]]
            self.assertEqual(one.json["problem"], listed["problem"])
            self.assertIn("Accept-Language", one.headers["vary"])
            self.assertEqual(one.json["title"], "Wreck")
            said[bool(headers)] = listed["problem"]
        self.assertRegex(said[True], "^(No es un|El|No se puede leer el|Dentro no hay)")
        self.assertNotEqual(said[True], said[False])


class Listening(http.server.BaseHTTPRequestHandler):
    """A server that has nothing, and remembers in which language it was asked."""

    def answer(self):
        self.server.asked.append(self.headers.get("Accept-Language"))
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


class Player(DesktopCase):
    locale = "C.UTF-8"

    def environment(self):
        return {**super().environment(), "LC_ALL": self.locale}

    def asked(self, locale):
        self.locale = locale
        listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
        listening.asked = []
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(listening.server_close)
        self.addCleanup(listening.shutdown)
        app = self.start("--server", f"http://127.0.0.1:{listening.server_port}")
        wait_for(lambda: listening.asked, 60, "a request of the player")
        self.ends_cleanly(app)
        return set(listening.asked)

    def test_asks_in_spanish_where_it_speaks_spanish(self):
        self.assertEqual(self.asked("es_ES.UTF-8"), {"es"})

    def test_asks_in_english_otherwise(self):
        self.assertEqual(self.asked("de_DE.UTF-8"), {"en"})


if __name__ == "__main__":
    unittest.main()
