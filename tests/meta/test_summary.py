"""The closing line of ./test counts what happened, and a failure is never counted as anything else."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import tree

PASSED, FAILED = "", "<failure message='broken'/>"


def junit(path, **outcomes):
    path.parent.mkdir(parents=True, exist_ok=True)
    cases = "".join(f"<testcase name='{name}' status='run'>{body}</testcase>" for name, body in outcomes.items())
    path.write_text(f"<testsuite>{cases}</testsuite>")


class Summary(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def summary(self):
        done = subprocess.run([sys.executable, str(tree.ROOT / "tests/support/summary.py"), str(self.folder)],
                              capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines()

    def test_a_failure_fails(self):
        junit(self.folder / "junit.xml", a=PASSED, b=FAILED)
        self.assertEqual(self.summary(), (1, ["FAILED  b: broken", "1 passed, 1 failed, 0 skipped"]))

    def test_nothing_run_fails(self):
        self.assertEqual(self.summary(), (1, ["No test ran.", "0 passed, 0 failed, 0 skipped"]))

    def test_what_passes_alone_is_named(self):
        junit(self.folder / "junit.xml", a=PASSED, b=FAILED)
        junit(self.folder / "first/junit.xml", a=PASSED, b=FAILED)
        junit(self.folder / "junit.again.xml", b=PASSED)
        self.assertEqual(self.summary(), (0, ["UNSTABLE b: broken", "2 passed, 0 failed, 0 skipped"]))

    def test_what_fails_again_fails(self):
        junit(self.folder / "junit.xml", a=PASSED, b=FAILED, c=FAILED)
        junit(self.folder / "first/junit.xml", a=PASSED, b=FAILED, c=FAILED)
        junit(self.folder / "junit.again.xml", b=FAILED, c=PASSED)
        self.assertEqual(self.summary(),
                         (1, ["UNSTABLE c: broken", "FAILED  b: broken", "2 passed, 1 failed, 0 skipped"]))

    def test_cases_of_a_file_that_passes_alone(self):
        junit(self.folder / "first/junit.xml", **{"e2e.test_x": FAILED})
        junit(self.folder / "first/junit/e2e.test_x.xml", **{"test_x.C.one": PASSED, "test_x.C.two": FAILED})
        junit(self.folder / "junit.xml", **{"e2e.test_x": FAILED})
        junit(self.folder / "junit.again.xml", **{"e2e.test_x": PASSED})
        junit(self.folder / "junit/e2e.test_x.xml", **{"test_x.C.one": PASSED, "test_x.C.two": PASSED})
        self.assertEqual(self.summary(), (0, ["UNSTABLE test_x.C.two: broken", "2 passed, 0 failed, 0 skipped"]))
