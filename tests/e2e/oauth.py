"""The two sides of signing in by OAuth: a program (openid-client, in tests/e2e/web/oauth.mjs) and a browser without scripts."""
import html.parser
import http.client
import json
import os
import subprocess
import urllib.parse

from media import require_program
from webtools import WEB, web_tools


class Refused(AssertionError):
    """What openid-client or jose made of an answer."""

    def __init__(self, told):
        super().__init__(str(told))
        self.error, self.code = told.get("error"), told.get("code")


class Program:
    """openid-client as a process that does one thing after another."""

    def __init__(self, reached="-"):
        env = {**os.environ, "MAREA_WEB_MODULES": str(web_tools())}
        self.process = subprocess.Popen([require_program("node", "nodejs"), str(WEB / "oauth.mjs"), reached], env=env, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def tell(self, task, **parameters):
        self.process.stdin.write(json.dumps({"do": task, **parameters}) + "\n")
        self.process.stdin.flush()

    def hear(self):
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(f"oauth.mjs ended with {self.process.wait(10)}")
        answer = json.loads(line)
        if "error" in answer:
            raise Refused(answer["error"])
        return answer["result"]

    def call(self, task, **parameters):
        self.tell(task, **parameters)
        return self.hear()

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(30)
        finally:
            self.process.kill()
            self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _Form(html.parser.HTMLParser):
    """The forms of a page: where each goes, its fields, its buttons."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.words = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.forms.append({"method": attrs.get("method", "get"), "action": attrs["action"], "fields": {}, "buttons": []})
        elif tag == "input":
            self.forms[-1]["fields"][attrs["name"]] = attrs.get("value", "")
        elif tag == "button":
            self.forms[-1]["buttons"].append(attrs.get("value"))

    def handle_data(self, data):
        self.words += data


class Page:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        form = _Form(body)
        self.forms, self.words = form.forms, form.words

    @property
    def location(self):
        return self.headers.get("location", "")

    def has(self, button):
        return any(button in form["buttons"] for form in self.forms)

    def form_with(self, button):
        return next(form for form in self.forms if button in form["buttons"])

    def __repr__(self):
        return f"<{self.status} {self.location} {' '.join(self.words.split())[-300:]}>"


class Reader:
    """A browser that shows pages of one server and follows redirects within it."""

    def __init__(self, url, host=None, language="en"):
        self.url, self.host, self.language, self.cookies = url, host, language, {}

    def send(self, method, target, fields=None):
        parts = urllib.parse.urlsplit(target)
        headers = {"Accept-Language": self.language, "Host": self.host or urllib.parse.urlsplit(self.url).netloc}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.url).netloc, timeout=30)
        try:
            connection.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, headers)
            answer = connection.getresponse()
            page = Page(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode())
        finally:
            connection.close()
        if "set-cookie" in page.headers:
            name, value = page.headers["set-cookie"].split(";")[0].split("=", 1)
            self.cookies[name] = value
        return self.send("GET", page.location) if page.status == 303 and page.location.startswith("/") else page

    def open(self, target):
        return self.send("GET", target)

    def press(self, page, button, **fields):
        form = page.form_with(button)
        filled = {**form["fields"], **fields, **({"action": button} if button else {})}
        if form["method"] == "get":
            return self.open(form["action"] + "?" + urllib.parse.urlencode(filled))
        return self.send("POST", form["action"], filled)

    def sign_in(self, page, password, username="owner"):
        return self.press(page, "sign-in", username=username, password=password)
