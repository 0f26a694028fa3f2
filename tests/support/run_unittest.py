#!/usr/bin/env python3
"""Runs one unittest file and writes one JUnit case per test case to $MAREA_JUNIT_DIR/<file>.xml.

run_unittest.py FILE [REGEX]     REGEX (or MAREA_TEST_FILTER) chooses cases by "file.Class.case".
Exit code 0: all passed; 1: something failed; 77: everything was skipped.
"""
import importlib.util
import os
import pathlib
import re
import sys
import time
import unittest
import xml.etree.ElementTree as xml


class Result(unittest.TextTestResult):
    """Keeps every case with its time and outcome."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.cases = {}
        self.began = {}

    def startTest(self, test):
        super().startTest(test)
        self.began[test.id()] = time.monotonic()
        self.cases.setdefault(test.id(), ("passed", ""))

    def stopTest(self, test):
        super().stopTest(test)
        self.began[test.id()] = time.monotonic() - self.began[test.id()]

    def addError(self, test, err):
        super().addError(test, err)
        self._set(test, "failed", self.errors[-1][1])

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._set(test, "failed", self.failures[-1][1])

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._set(test, "failed", "succeeded where a failure was expected")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._set(test, "failed", f"{subtest}\n{self._exc_info_to_string(err, test)}")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._set(test, "skipped", reason)

    def _set(self, test, outcome, text):
        old, said = self.cases.get(test.id(), ("passed", ""))
        if old == "failed":
            text = f"{said}\n{text}"
            outcome = "failed"
        self.cases[test.id()] = (outcome, text)


def spread_class_outcomes(result, ids):
    """A class whose setUpClass failed or skipped counts as its cases, each by name."""
    for name in [n for n in result.cases if n.startswith("setUpClass (") or n.startswith("setUpModule (")]:
        outcome, text = result.cases[name]
        owner = name.split("(", 1)[1].rstrip(")")
        members = [case for case in ids if case.startswith(owner + ".") and case not in result.cases]
        if members:
            del result.cases[name]
            result.cases.update({case: (outcome, text) for case in members})


def flatten(suite):
    for entry in suite:
        if isinstance(entry, unittest.TestSuite):
            yield from flatten(entry)
        else:
            yield entry


def write_junit(path, name, result):
    suite = xml.Element("testsuite", name=name, tests=str(len(result.cases)))
    for case, (outcome, text) in result.cases.items():
        taken = result.began.get(case, 0)
        entry = xml.SubElement(suite, "testcase", name=case, classname=name, time=f"{taken:.3f}")
        if outcome != "passed":
            tag = xml.SubElement(entry, "failure" if outcome == "failed" else "skipped",
                                 message=(text.strip().splitlines() or [""])[-1])
            tag.text = "".join(c for c in text if c >= " " or c in "\n\t")
    path.parent.mkdir(parents=True, exist_ok=True)
    xml.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def main():
    unittest.TestCase.maxDiff = None
    file = pathlib.Path(sys.argv[1]).resolve()
    chosen = sys.argv[2] if len(sys.argv) > 2 else os.environ.get("MAREA_TEST_FILTER", "")
    sys.path.insert(0, str(file.parent))
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    spec.loader.exec_module(module)
    tests = list(flatten(unittest.defaultTestLoader.loadTestsFromModule(module)))
    if chosen and not re.search(chosen, f"{file.parent.name}.{file.stem}"):
        tests = [test for test in tests if re.search(chosen, test.id())]
    runner = unittest.TextTestRunner(sys.stdout, verbosity=2, resultclass=Result)
    result = runner.run(unittest.TestSuite(tests))
    spread_class_outcomes(result, [test.id() for test in tests])
    folder = os.environ.get("MAREA_JUNIT_DIR")
    if folder:
        write_junit(pathlib.Path(folder) / f"{file.parent.name}.{file.stem}.xml", file.stem, result)
    outcomes = {outcome for outcome, _ in result.cases.values()}
    return 1 if "failed" in outcomes else 77 if outcomes <= {"skipped"} else 0


if __name__ == "__main__":
    sys.exit(main())
