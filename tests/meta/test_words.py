"""What the server says to people is there in every language that it has."""
import re
import unittest

import tree
import words

CATALOGUE = re.compile(r"^resources/i18n/server_[a-z]{2}\.po$")


def unquoted(lines):
    return "".join(re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], text)
                   for text in re.findall(r'"((?:[^"\\]|\\.)*)"', lines))


def messages(name):
    """(context, text, translation) of a gettext catalogue, without its head."""
    for block in re.split(r"\n\s*\n", tree.text(name)):
        found = {key: unquoted(lines) for key, lines in re.findall(r'^(msg\w+)((?:\s*"(?:[^"\\\n]|\\.)*")+)', block, re.M)}
        if found.get("msgid"):
            yield found.get("msgctxt", ""), found["msgid"], found.get("msgstr", "")


def places(text):
    return sorted(re.findall(r"%\d", text))


class Words(unittest.TestCase):
    def setUp(self):
        self.catalogues = {name: list(messages(name)) for name in tree.tracked() if CATALOGUE.match(name)}

    def complain(self, wrong, why):
        self.assertEqual(wrong, [], why + "\n" + "\n".join(wrong))

    def test_every_text_is_translated(self):
        said = words.said()
        self.assertGreater(len(said), 500, "the texts of the code are not found")
        self.assertTrue(self.catalogues)
        for name, known in self.catalogues.items():
            there = {text for context, text, translation in known if not context and translation.strip()}
            self.complain([f"{where}: {text}" for text, where in said.items() if text not in there],
                          f"not in {name}:")

    def test_languages_have_their_names(self):
        self.assertGreater(len(words.languages()), 100)
        for name, known in self.catalogues.items():
            parts = {text for context, text, _ in known if context == "part"}
            self.complain([language for language in words.languages() if language not in parts], f"not in {name}:")

    def test_messages_are_whole(self):
        for name, known in self.catalogues.items():
            keys = [(context, text) for context, text, _ in known]
            self.complain([text for context, text in set(keys) if keys.count((context, text)) > 1], f"twice in {name}:")
            self.complain([text for _, text, translation in known if places(text) != places(translation)],
                          f"other values in {name}:")
            self.complain([text for _, text, _ in known if places(text) != [f"%{i + 1}" for i in range(text.count("%"))]
                           and "%" in text], f"places out of order in {name}:")
            self.complain([text for _, text, translation in known if text[-1] in ".?" and translation[-1] != text[-1]],
                          f"another end in {name}:")


class Collecting(unittest.TestCase):
    """The collector finds texts however they are put together."""

    def texts(self, code):
        return list(words.texts_of("server/apps/some/file.cpp", code))

    def test_finds_plain_and_joined_texts(self):
        self.assertEqual(self.texts('return core::fail(core::ErrorCode::NotFound, "There is no such thing.", "why not");'),
                         ["There is no such thing."])
        self.assertEqual(self.texts('return fail(Code::Invalid, "The value of “" + name(a, "x") + "” is " "wrong.");'),
                         ["The value of “%1” is wrong."])
        self.assertEqual(self.texts('x = Error{Code::Io, detail(), std::string("There is no ") + what + " here."};'),
                         ["There is no %1 here."])

    def test_finds_choices(self):
        self.assertEqual(self.texts('return fail(code, many ? "There are several." : "There is none at all.");'),
                         ["There are several.", "There is none at all."])

    def test_finds_what_fields_must_be(self):
        self.assertEqual(self.texts('fields.wrong("name", "must be an id");'), ["%1 must be an id."])
        self.assertEqual(self.texts('return wrong(where + ".op", "is not one that " + std::string(f->name) + " has");'),
                         ["%1 is not one that %2 has."])

    def test_finds_no_comments_nor_statements(self):
        self.assertEqual(self.texts('// "This is no text."\nrows("SELECT a FROM b WHERE c");\nlog("said nothing");'), [])


if __name__ == "__main__":
    unittest.main()
