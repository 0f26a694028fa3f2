"""What the server's code says to people: collected from its sources, each with %1, %2 for what is put in."""
import functools
import re

import tree

FOLDERS = ("core/", "server/", "sync/")
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|#[^\n]*|(?P<raw>R"(\w*)\(.*?\)\2")|(?P<text>"(?:[^"\\\n]|\\.)*")|\'(?:[^\'\\\n]|\\.)+\''
                   r"|(?P<name>[A-Za-z_][\w]*(?:::[A-Za-z_]\w*)*)|(?P<number>\d[\w.']*)|(?P<op>->|\+\+|--|\+=|<<|>>|&&|\|\||::|.)",
                   re.S)
OPEN, CLOSE = "([{", ")]}"
WRAPPERS = {"std::string", "std::string_view", "string", "json::string", "core::json::string"}


def tokens(code):
    """Pairs of a kind and a text; adjacent literals are one."""
    found = []
    for match in TOKEN.finditer(code):
        kind, text = match.lastgroup, match.group(0)
        if kind is None or text.isspace():
            if text.startswith("#"):
                found.append(("op", ";"))
            elif text.startswith("'"):
                found.append(("number", text))
            continue
        if kind == "text":
            text = re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text[1:-1])
            if found and found[-1][0] == "text":
                found[-1] = ("text", found[-1][1] + text)
                continue
        found.append((kind, text))
    return found


def matching(found):
    """For each bracket's place, that of its partner."""
    partner, stack = {}, []
    for i, (kind, text) in enumerate(found):
        if kind == "op" and text in OPEN:
            stack.append(i)
        elif kind == "op" and text in CLOSE and stack:
            j = stack.pop()
            partner[i], partner[j] = j, i
    return partner


class Sentence:
    """One chain of literals and values: its words, and the call that it stands in with its place among the arguments."""

    def __init__(self, words, call, place):
        self.words, self.call, self.place = words, call, place


def pieces_of(found, partner, begin, end):
    """A chain joined by + as a list of literals and None for values; None when it is no such chain."""
    pieces, i, operand = [], begin, []
    while i <= end:
        kind, text = found[i] if i < end else ("op", "+")
        if kind == "op" and text == "+":
            if not operand:
                return None
            pieces.append(literal_of(found, partner, operand))
            operand = []
            i += 1
            continue
        operand.append(i)
        if kind == "op" and text in OPEN:
            close = partner.get(i, end)
            operand.extend(range(i + 1, min(close, end - 1) + 1))
            i = close
        i += 1
    return pieces


def literal_of(found, partner, places):
    """The text of an operand that is a literal, also inside std::string(…); None for any other value."""
    if len(places) == 1 and found[places[0]][0] == "text":
        return found[places[0]][1]
    if (len(places) == 4 and found[places[0]][1] in WRAPPERS and found[places[2]][0] == "text"):
        return found[places[2]][1]
    return None


def template(pieces):
    words, count = "", 0
    for piece in pieces:
        if piece is None:
            count += 1
            words += f"%{count}"
        else:
            words += piece
    return words


SEPARATORS = {",", ";", "?", ":", "=", "return", "{", "}", "(", ")", "[", "]", "+=", "<<", "&&", "||", "=="}


def callee(found, i):
    """The name before a bracket."""
    return found[i - 1][1] if i > 0 and found[i - 1][0] == "name" else ""


def walk(found, partner, begin, end, call):
    """The sentences between two places, which are the arguments of a call, and those in brackets among them."""
    start = i = begin
    argument = 0
    while i <= end:
        kind, text = found[i] if i < end else ("op", ";")
        if kind == "op" and text in OPEN and i in partner:
            inner = partner[i]
            if not (callee(found, i) in WRAPPERS and inner - i == 2):
                yield from walk(found, partner, i + 1, inner, callee(found, i))
            i = inner + 1
            continue
        if kind != "text" and text in SEPARATORS:
            if any(kind == "text" for kind, _ in found[start:i]):
                pieces = pieces_of(found, partner, start, i)
                if pieces and any(pieces):
                    yield Sentence(template(pieces), call, argument)
            start = i + 1
            argument += text == ","
        i += 1


def sentences(code):
    """All chains with a literal in a piece of C++."""
    found = tokens(code)
    return walk(found, matching(found), 0, len(found), "")


def sources():
    return [name for name in tree.tracked() if name.startswith(FOLDERS) and name.endswith((".cpp", ".h"))]


# Files whose sentences are not answers of the server in anybody's language.
NOT_SAID = {
    # Commands, configuration and what scripts read: in English.
    "server/host/": r"(\w*commands?|arguments|main|metrics|config\w*|doctor|peopleoptions|crashtrace|backupcommands)\.cpp",
    # Pages that have their own words in both languages.
    "server/apps/oauth/": r"(pages|pagewords)\.cpp",
    "server/apps/files/": r"fileswords\.cpp",
    "server/apps/store/": r"(receipt|returnpage)\.cpp",
    # Programs speak there: error_description is ASCII (RFC 6749 section 5.2).
    "server/apps/oauth": r"/(tokenroutes|authorizationrequest)\.cpp",
    # Reasons that go with a code and values, by which clients say them.
    "server/video/": r"reasons\.cpp",
    # The desktop program's own words, which are in its catalogue.
    "core/http/": r".*",
}
# What looks like words for people, and is none: for the log, or for sorting.
NO_WORDS = {"Cannot listen on %1: %2", "Common Encryption is of MP4", "The A An El La Los Las Le Les L' Il Lo Der Das"}
ERRORS = {"core::fail": 1, "fail": 1, "core::Error": 2, "Error": 2, "Response::problem": 2, "problem": 2, "refuse": 2,
          "Failure": 1}
FIELD = {"wrong", "fields.wrong"}  # fields.wrong("name", "must be …") says "name must be …."


def is_said(name):
    return not any(name.startswith(folder) and re.fullmatch(pattern, name[len(folder):])
                   for folder, pattern in NOT_SAID.items())


def is_sentence(text):
    return bool(re.match(r'["“%A-Z]', text) and re.search(r"[a-z].* .*[.?]$", text, re.S) or re.fullmatch(r"[A-Z][a-z]+ [a-z]+\.", text))


def behind(words):
    """“must be %1” as what is said of a field."""
    return "%1 " + re.sub(r"%(\d)", lambda m: f"%{int(m[1]) + 1}", words) + "."


def texts_of(name, code):
    for sentence in sentences(code):
        call, place = sentence.call, sentence.place
        if call in FIELD and place == 1 and " " in sentence.words:
            yield behind(sentence.words)
        elif is_sentence(sentence.words) or re.match(r"[A-Z][a-z]*( [\w’',:%-]+){3,}", sentence.words):
            yield sentence.words
        elif ERRORS.get(call) == place and re.search(r"[a-z] ", sentence.words):
            yield sentence.words


def phrases():
    return re.findall(r'\{[45]\d\d, "([^"]+)"\}', tree.text("server/gateway/responsehead.cpp"))


def languages():
    """Names that stand in texts: "There is no sound in Norwegian Nynorsk in this title."."""
    names = re.findall(r'\{"\w*", "\w+", "\w*", "([^"]+)"\}', tree.text("core/media/language.cpp"))
    return [" ".join(word[:1].upper() + word[1:] for word in name.split(" ")) for name in names]


@functools.lru_cache(maxsize=None)
def said():
    """Every text, with the file that it is first found in."""
    found = {text: "server/gateway/responsehead.cpp" for text in phrases()}
    for name in sources():
        if is_said(name):
            for text in texts_of(name, tree.text(name)):
                found.setdefault(text, name)
    return {text: name for text, name in found.items() if text not in NO_WORDS}
