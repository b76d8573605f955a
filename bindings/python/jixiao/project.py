"""Rule sets and projects, and what can be asked of them."""

import json
import os

from ._library import Handle, byref, c_void_p, lib, take_text, texts
from .answers import LANGUAGES, Answer, Card, style
from .findings import JixiaoError, Out


def _path(path):
    return os.fspath(path).encode("utf-8")


class RuleSet:
    """A rule set by its id, or by the path of its file (anything with a '/' or ending in .toml)."""

    def __init__(self, id_or_path):
        self.source = os.fspath(id_or_path)
        out = Out()
        address = lib.jx_rules_read(self.source.encode("utf-8"), out.reference)
        self.findings = out.take()
        if not address:
            raise JixiaoError(self.findings)
        self._handle = Handle(address, lib.jx_rules_free)

    def render(self, format="text", language="zh", width=100):
        """The rule set for reading: weights, methods, sources, ratings."""
        how = style(format, language, width)
        return take_text(lib.jx_rules_text(self._handle.address, byref(how)))

    def __reduce__(self):
        return RuleSet, (self.source,)

    def __repr__(self):
        return f"<jixiao.RuleSet {self.source!r}>"


def _address(rules):
    """The handle of a rule set given as None, id, path or RuleSet, and what keeps it alive."""
    if rules is None:
        return None, None
    kept = rules if isinstance(rules, RuleSet) else RuleSet(rules)
    return kept._handle.address, kept


class _Project:
    def __init__(self, path, results=None):
        out = Out()
        address = lib.jx_project_read(_path(path), _path(results) if results else None, out.reference)
        found = out.take()
        if not address:
            raise JixiaoError(found)
        self.handle = Handle(address, lib.jx_project_free)


def rules(language="zh"):
    """Every rule set there is: a list of dicts with id, version, title, file."""
    how = style("json", language)
    listed = json.loads(take_text(lib.jx_rules_list(byref(how))))
    return listed["rule_sets"] if isinstance(listed, dict) else listed


def score(project, rules=None, results=None, language="zh"):
    """Scores a project: a folder with project.toml, or that file. rules: None for those it names."""
    read = _Project(project, results)
    address, kept = _address(rules)
    out = Out()
    card = lib.jx_score(read.handle.address, address, out.reference)
    found = out.take()
    if not card:
        raise JixiaoError(found)
    return Card(card, found, language)


def check(path, rules=None):
    """Everything there is to say about a file or a folder: a list of findings."""
    out = Out()
    lib.jx_check(_path(path), rules.encode("utf-8") if rules else None, out.reference)
    return out.take()


def simulate(project, scenarios=(), set=None, rules=None, language="zh"):
    """A project under scenarios (names of files beside it, or paths) and typed changes.

    set: {"drivers.rate": 350}; all of them are one scenario.
    """
    address, kept = _address(rules)
    names, name_count = texts(scenarios)
    typed, typed_count = texts(f"{name}={value}" for name, value in (set or {}).items())

    def call(how, out, kept=kept):
        return lib.jx_simulate(_path(project), address, names, name_count, typed, typed_count, how, out)
    return Answer(call, language)


def study(project, name, rules=None, threads=0, language="zh"):
    """A study by its name beside the project, or by its path (project: None if it needs none)."""
    address, kept = _address(rules)
    path = None if project is None else _path(project)

    def call(how, out, kept=kept):
        return lib.jx_study(path, address, name.encode("utf-8"), threads, how, out)
    return Answer(call, language)


def next_rating(project, total=None, rules=None, results=None, language="zh"):
    """What reaches the next rating, or `total` points."""
    read = _Project(project, results)
    address, kept = _address(rules)
    goal = float("nan") if total is None else float(total)

    def call(how, out, kept=(kept, read)):
        return lib.jx_next(read.handle.address, address, goal, how, out)
    return Answer(call, language)


def audit(*paths, rules=None, language="zh"):
    """What was found on forms, projects and folders of both."""
    names, count = texts(os.fspath(path) for path in paths)

    def call(how, out):
        return lib.jx_audit(names, count, rules.encode("utf-8") if rules else None, how, out)
    return Answer(call, language)


def import_form(document, language="zh"):
    """The first form of a document: (text of project.toml, text of results.toml, questions)."""
    out = Out()
    project, results = c_void_p(), c_void_p()
    done = lib.jx_import(_path(document), LANGUAGES[language], byref(project), byref(results),
                         out.reference)
    found = out.take()
    if not done:
        raise JixiaoError(found)
    return take_text(project.value), take_text(results.value), found


def file(project, name, rules=None, results=None, language="zh"):
    """Writes the official form: .xlsx, .docx, .html or .md. Returns what was found."""
    read = _Project(project, results)
    address, kept = _address(rules)
    out = Out()
    done = lib.jx_file(read.handle.address, address, LANGUAGES[language], _path(name), out.reference)
    found = out.take()
    if not done:
        raise JixiaoError(found)
    return found
