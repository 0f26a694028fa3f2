"""Other people's judges of the API's description: a linter, and a proxy that holds each request and answer against it."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import unittest

import test_contract
from media import require_program
from support import PATIENCE, ROOT, http_request, wait_for
from webtools import Site, npm_folder

OPENAPI = pathlib.Path(__file__).resolve().parent / "openapi"
DOCUMENT = ROOT / "server/web/openapi.json"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "CI": "true", "NO_COLOR": "1"}


def tool(name):
    """The command line that runs a program of the npm packages."""
    packages = {"redocly": "@redocly/cli", "prism": "@stoplight/prism-cli"}
    folder = npm_folder(OPENAPI, "api-tools") / "node_modules" / packages[name]
    entry = json.loads((folder / "package.json").read_text())["bin"][name]
    return [require_program("node", "nodejs"), str(folder / entry)]


class Lint(unittest.TestCase):
    def test_the_document_is_clean(self):
        done = subprocess.run([*tool("redocly"), "lint", str(DOCUMENT), "--config", str(OPENAPI / "redocly.yaml"), "--format", "json",
                               "--max-problems", "1000"], env={**os.environ, **QUIET}, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=60 * PATIENCE)
        found = json.loads(done.stdout)
        said = [f"{p['ruleId']}: {p['message']} {p['location'][0].get('pointer', '')}" for p in found["problems"]]
        self.assertEqual((said, done.returncode), ([], 0), done.stderr)


class Proxy:
    """prism between a client and `upstream`, which answers what does not follow the document in the server's place."""

    def __init__(self, upstream):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        command = [*tool("prism"), "proxy", str(DOCUMENT), upstream, "--errors", "--host", "127.0.0.1", "--port", str(port),
                   "--verboseLevel", "error"]
        self.process = subprocess.Popen(command, env={**os.environ, **QUIET}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, start_new_session=True)
        wait_for(self.answers, 60, "prism to answer", 0.2)

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError(f"prism ended with {self.process.returncode}")
        try:
            return http_request(self.url + "/healthz")
        except OSError:
            return False

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def through_proxy(operation):
    """JSON and forms both ways; files and uploads go past it."""
    kinds = set(operation.get("requestBody", {}).get("content", {}))
    kinds |= {kind for status, answer in operation["responses"].items() if status.startswith("2") for kind in answer.get("content", {})}
    return kinds <= {"application/json"} and "Upload-Length" not in str(operation.get("parameters", ""))


class ThroughAProxy(test_contract.Contract):
    """The contract's walk over every route, what succeeds of it through prism: it lets through what follows the document."""

    test_the_document_is_the_one_in_the_sources = test_routes_and_document_are_the_same_set = None
    test_operation_ids_are_unique_and_references_lead_somewhere = test_request_bodies_are_closed = None
    test_what_owners_change_is_in_the_audit_log = test_what_handlers_check_alone_was_reviewed = test_schemas_of_requests_can_be_checked_in_bounded_time = None
    test_every_operation_refuses_what_the_document_does_not_list = None

    @classmethod
    def setUpClass(cls):
        tool("prism")
        super().setUpClass()
        cls.proxy = Proxy(cls.server.url)
        cls.addClassCleanup(cls.proxy.close)
        cls.proxied = 0

    def check(self, method, pattern, path=None, body=None, expect=None, **more):
        operation = self.operations[(method, pattern)]
        if not expect or expect >= 300 or pattern.startswith(("/stream/", "/dav")) or not through_proxy(operation):
            return super().check(method, pattern, path, body, expect, **more)
        direct = self.server.url
        try:
            self.server.url = self.proxy.url
            answer = super().check(method, pattern, path, body, expect, **more)
        finally:
            self.server.url = direct
        type(self).proxied += 1
        self.assertNotIn("sl-violations", answer.headers, f"{method} {pattern}")
        return answer

    def test_every_route_answers_as_described(self):
        super().test_every_route_answers_as_described()
        self.assertGreater(self.proxied, 60)

    def test_the_proxy_notices_what_does_not_follow_the_document(self):
        wrong = http_request(self.proxy.url + "/api/v1/media?limit=nine", headers={"Authorization": f"Bearer {self.server.token}"})
        self.assertEqual(wrong.status, 422)
        self.assertIn("UNPROCESSABLE_ENTITY", wrong.text)
        with Site({"/api/v1/openapi.json": b"[]"}) as other:
            proxy = Proxy(other.url)
            self.addCleanup(proxy.close)
            self.assertIn("VIOLATIONS", http_request(proxy.url + "/api/v1/openapi.json").text)


if __name__ == "__main__":
    unittest.main()
