"""Long files and functions: listed for a look, refused when far too long."""
import re
import unittest

import tree

FILE_LOOK, FILE_LIMIT = 400, 800
FUNCTION_LOOK, FUNCTION_LIMIT = 40, 120
# A line that may open a function body: no control statement, type, namespace or initialiser.
NOT_A_FUNCTION = re.compile(r"^\s*(if|else|for|while|switch|do|try|catch|namespace|class|struct|enum|union|extern)\b|[=,]\s*\{$|\[")


def functions(source, deepest):
    """(first line, length) of every function body, found by the indentation that clang-format gives. A head that is
    indented by more than `deepest` is something inside a function."""
    lines = source.splitlines()
    for at, line in enumerate(lines):
        if not line.endswith("{") or NOT_A_FUNCTION.search(line) or not ("(" in line or line.lstrip().startswith(")")
                                                                        or (at and "(" in lines[at - 1])):
            continue
        # The head may be broken over lines: its indentation is that of the line that starts it.
        start = at
        while start > 0 and (lines[start - 1].rstrip().endswith((",", "(")) or lines[start].lstrip().startswith(":")):
            start -= 1
        indent = len(lines[start]) - len(lines[start].lstrip())
        if indent > deepest:
            continue
        for end in range(at + 1, len(lines)):
            if lines[end].startswith(" " * indent + "}"):
                yield start + 1, end - start + 1
                break


def python_functions(source):
    lines = source.splitlines()
    for at, line in enumerate(lines):
        found = re.match(r"(\s*)def \w", line)
        if not found:
            continue
        end = at + 1
        while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > len(found[1])):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        yield at + 1, end - at


class Sizes(unittest.TestCase):
    def look(self, found, look, limit, what):
        for length, place in sorted(found, reverse=True):
            if length > look:
                print(f"look at {place}: {length} lines")
        far = [f"{place}: {length} lines" for length, place in found if length > limit]
        self.assertEqual(far, [], f"{what} of more than {limit} lines")

    def test_files(self):
        files = tree.with_suffix(".h", ".cpp", ".qml", ".py", ".js", under=tree.CODE_FOLDERS + ("scripts",))
        self.look([(tree.text(name).count("\n"), name) for name in files], FILE_LOOK, FILE_LIMIT, "files")

    def test_functions(self):
        found = [(length, f"{name}:{line}") for name in tree.with_suffix(".h", ".cpp")
                 for line, length in functions(tree.text(name), 4 if name.endswith(".h") else 0)]
        found += [(length, f"{name}:{line}") for name in tree.with_suffix(".py")
                  for line, length in python_functions(tree.text(name))]
        self.look(found, FUNCTION_LOOK, FUNCTION_LIMIT, "functions")
