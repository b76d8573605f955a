"""The Python package over the C library: the numbers and bytes of the command line.

python_test.py PROGRAM   (JIXIAO_LIBRARY names the library, PYTHONPATH the package)
"""

import doctest
import json
import multiprocessing
import os
import pathlib
import pickle
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import pandas as pd

import jixiao as jx

TREE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv[1]
INDEX = "undp-hdi-2010"


def program(*words):
    # As wide as the library writes when nobody says how wide.
    return subprocess.run([PROGRAM, *words], cwd=TREE, capture_output=True, text=True,
                          env={**os.environ, "COLUMNS": "100"}).stdout


def made_up(rows, seed=7):
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame({"le": draw.uniform(20, 85, rows), "eys": draw.uniform(0, 18, rows),
                          "mys": draw.uniform(0, 15, rows), "gnipc": draw.uniform(100, 75000, rows)})
    frame.loc[draw.random(rows) < 0.02, "mys"] = np.nan
    return frame


def score_part(work):
    scorer, columns = work
    return scorer(columns).total.tobytes()


class Projects(unittest.TestCase):
    def test_bytes_are_the_programs(self):
        found = [*TREE.glob("scenarios/*/project.toml"), *TREE.glob("tests/**/project.toml")]
        folders = sorted(path.parent.relative_to(TREE) for path in found)
        self.assertGreater(len(folders), 10)
        for folder in map(str, folders):
            for language in ("zh", "en"):
                with self.subTest(folder=folder, language=language):
                    try:
                        card = jx.score(folder, language=language)
                    except jx.JixiaoError:
                        said = subprocess.run([PROGRAM, "score", folder], cwd=TREE, capture_output=True)
                        self.assertNotEqual(said.returncode, 0)
                        continue
                    for form in ("text", "json", "csv", "md", "html"):
                        words = ("score", folder, "--format", form, "--lang", language)
                        self.assertEqual(card.render(form), program(*words))
                    self.assertEqual(card.explain(format="json"),
                                     program("explain", folder, "--format", "json", "--lang", language))

    def test_card(self):
        card = jx.score("scenarios/chenggong-2020", language="en")
        self.assertEqual((card.total, card.rating), (94.87, "excellent"))
        self.assertEqual(card.data["total"], 94.87)
        self.assertIn("94.87", str(card))
        self.assertIn("srcdoc", card._repr_html_())
        with self.assertRaises(jx.JixiaoError) as caught:
            card.explain("nobody")
        self.assertEqual(caught.exception.findings[0].code, "reference.unknown")

    def test_answers(self):
        project = "scenarios/chenggong-2020"
        what = jx.simulate(project, set={"drivers.rate": 350}, language="en")
        self.assertEqual(what.render("json"), program("simulate", project, "--set", "drivers.rate=350",
                                                      "--format", "json", "--lang", "en"))
        ahead = jx.next_rating(project, total=96, language="en")
        self.assertEqual(ahead.render("csv"), program("next", project, "--total", "96",
                                                      "--format", "csv", "--lang", "en"))
        found = jx.audit(project, language="en")
        self.assertEqual(found.render("json"),
                         program("audit", project, "--format", "json", "--lang", "en"))
        study = jx.study(None, str(TREE / "scenarios/published-functions/ishigami.toml"), language="en")
        self.assertEqual(study.data["study"]["kind"], "sobol")
        with self.assertRaises(jx.JixiaoError):
            jx.simulate(project, set={"drivers.nothing": 1})

    def test_forms(self):
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, "filed.md")
            jx.file("scenarios/chenggong-2020", name)
            project, results, questions = jx.import_form(name)
            self.assertIn("schema", project)
            self.assertIn("schema", results)
            with self.assertRaises(jx.JixiaoError):
                jx.import_form(__file__)

    def test_wrong_input(self):
        with self.assertRaises(jx.JixiaoError) as caught:
            jx.score("nowhere")
        self.assertEqual(caught.exception.findings[0].severity, jx.Severity.ERROR)
        self.assertEqual(pickle.loads(pickle.dumps(caught.exception)).findings,
                         caught.exception.findings)
        with self.assertRaises(jx.JixiaoError):
            jx.RuleSet("no-such-rules")
        with self.assertRaises(ValueError):
            jx.score("scenarios/chenggong-2020").render("pdf")
        codes = [finding.code for finding in jx.check("nowhere")]
        self.assertEqual(codes, ["file.unreadable"])

    def test_rules(self):
        self.assertIn(INDEX, [one["id"] for one in jx.rules()])
        self.assertIn(INDEX, jx.RuleSet(INDEX).render("json"))


class Tables(unittest.TestCase):
    def test_frame_is_the_batch(self):
        frame = made_up(3000)
        scored = jx.batch(frame, INDEX, threads=2)
        self.assertTrue(scored.index.equals(frame.index))
        with tempfile.TemporaryDirectory() as folder:
            table, out = os.path.join(folder, "table.csv"), os.path.join(folder, "out.csv")
            frame.assign(project=[f"p{i}" for i in frame.index]).to_csv(table, index=False)
            whole = jx.batch(table, INDEX, output=out, language="en")
            rows = pd.read_csv(out)
        self.assertEqual(whole.failed, int((scored["state"] != "scored").sum()))
        self.assertGreater(whole.failed, 0)
        np.testing.assert_array_equal(rows["total"].to_numpy(), scored["total"].to_numpy())
        labels = dict(zip(rows["rating"].dropna(), scored["rating"][rows["rating"].notna()]))
        self.assertEqual(len(labels), scored["rating"].nunique())
        self.assertGreater(scored["rating"].max(), scored["rating"].min())

    def test_same_bits(self):
        frame = made_up(20000)
        names = list(frame.columns)
        columns = [frame[name].to_numpy() for name in names]
        one = jx.Scorer(INDEX, names)(columns)
        many = jx.Scorer(INDEX, names, threads=0)(columns)
        self.assertEqual(one.total.tobytes(), many.total.tobytes())
        strided = [np.repeat(column, 2)[::2] for column in columns]
        self.assertEqual(jx.Scorer(INDEX, names)(strided).total.tobytes(), one.total.tobytes())
        row = jx.Scorer(INDEX, names)
        for i in range(50):
            self.assertEqual(row([column[i:i + 1] for column in columns]).total.tobytes(),
                             one.total[i:i + 1].tobytes())

    def test_workers(self):
        # One picklable object: what Dask or Spark sends to its workers.
        frame = made_up(4000)
        scorer = jx.Scorer(INDEX, frame.columns)
        parts = [(scorer, [frame[name].to_numpy()[begin:begin + 1000] for name in frame.columns])
                 for begin in range(0, 4000, 1000)]
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            together = b"".join(pool.map(score_part, parts))
        self.assertEqual(together, jx.columns(frame, INDEX).total.tobytes())

    def test_wrong_columns(self):
        frame = made_up(10)
        with self.assertRaises(jx.JixiaoError) as caught:
            jx.batch(frame.rename(columns={"le": "life"}), INDEX)
        self.assertEqual({finding.code for finding in caught.exception.findings},
                         {"reference.unknown", "key.missing"})
        with self.assertRaises(TypeError):
            jx.batch(frame.assign(le="long"), INDEX)
        with self.assertRaises(ValueError):
            jx.Scorer(INDEX, frame.columns)([frame["le"].to_numpy()])
        with self.assertRaises(ValueError):
            jx.columns({"le": np.ones(3), "eys": np.ones(3), "mys": np.ones(3), "gnipc": np.ones(2)},
                       INDEX)
        with self.assertRaises(jx.JixiaoError):
            jx.batch(frame, "cn-mof-2020")
        with self.assertRaises(ValueError):
            jx.batch("table.csv", INDEX)


def load_tests(loader, tests, pattern):
    os.chdir(TREE)
    tests.addTests(doctest.DocTestSuite(jx))
    tests.addTests(doctest.DocFileSuite(str(TREE / "docs" / "python.md"), module_relative=False))
    return tests


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
