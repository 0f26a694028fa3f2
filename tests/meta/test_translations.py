"""Translations are complete."""
import re
import unittest
import xml.etree.ElementTree as xml

import tree

SOURCE_LANGUAGE = "en"


def catalogues():
    return [name for name in tree.tracked() if name.endswith(".ts") and name.startswith("resources/i18n/")]


def messages(name):
    for context in xml.parse(tree.ROOT / name).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name"), message


def is_open(message):
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return True
    forms = [form.text for form in translation.iter("numerusform")] or [translation.text]
    return not all(form and form.strip() for form in forms)


class Translations(unittest.TestCase):
    def setUp(self):
        if not catalogues():
            self.skipTest("no resources/i18n/*.ts yet")

    def test_nothing_is_left_to_translate(self):
        wrong = []
        for name in catalogues():
            if not name.endswith(f"_{SOURCE_LANGUAGE}.ts"):
                wrong += [f"{name}: {context}: {message.findtext('source')}" for context, message in messages(name)
                          if is_open(message)]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_languages_have_the_same_strings(self):
        full = {name: {(context, m.findtext("source"), m.findtext("comment")) for context, m in messages(name)
                       if (m.find("translation").get("type") or "") not in ("vanished", "obsolete")}
                for name in catalogues() if not name.endswith(f"_{SOURCE_LANGUAGE}.ts")}
        every = set().union(*full.values()) if full else set()
        for name, strings in full.items():
            self.assertEqual(sorted(map(str, every - strings)), [], f"not in {name}")

    def test_what_the_player_may_say_is_marked(self):
        """Words for people that do not come through tr() reach the catalogue by QT_TRANSLATE_NOOP alone."""
        said = re.compile(r'(?:(?:fail|plainError|problem)\([^"]*ErrorCode::\w+,|ErrorCode::\w+, "[^"]*",)\s*"(?!Cancelled")([^"]+)"')
        wrong = [f"{name}: {text}" for name in tree.tracked() if name.endswith(".cpp") and name.startswith(("player/", "core/http/"))
                 for text in said.findall((tree.ROOT / name).read_text())]
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_placeholders_survive(self):
        wrong = []
        for name in catalogues():
            for context, message in messages(name):
                source = message.findtext("source") or ""
                translation = message.find("translation")
                forms = [f.text or "" for f in translation.iter("numerusform")] or [translation.text or ""]
                for mark in ("%1", "%2", "%3"):
                    if mark in source and any(form and mark not in form for form in forms):
                        wrong.append(f"{name}: {context}: {source}")
        self.assertEqual(wrong, [])
