"""Rule sets as docs/language.md, section 2, describes them: read, extended, and asked which method fits."""
import datetime
import pathlib
import tomllib
from fractions import Fraction

from formula import Formula, working_days


def listed(x):
    return x if isinstance(x, list) else [x]


def exact(x):
    """A number of TOML as it is written: 0.8 is 8/10."""
    return None if x is None else Fraction(str(x))


def merged(base, child):
    """Keys of the child replace those of the base; tables with an id change the one with that id."""
    out = dict(base)
    for key, value in child.items():
        if key == "params":
            out[key] = {**base.get(key, {}), **value}
        elif isinstance(value, list) and value and all(isinstance(v, dict) and "id" in v for v in value) and key in KINDS:
            rows = {row["id"]: row for row in base.get(key, [])}
            for row in value:
                rows[row["id"]] = merged(rows.get(row["id"], {}), row)
            out[key] = list(rows.values())
        elif key in ("adjustments", "total", "rating") and isinstance(value, dict):
            out[key] = {**base.get(key, {}), **value}
        else:
            out[key] = value
    return out


SHIPPED = pathlib.Path(__file__).resolve().parent.parent.parent / "rules"
KINDS = {"type", "statistic", "block", "method", "indicator", "input", "adjustment", "veto", "band", "check"}


def dropped(tree, drop):
    out = dict(tree)
    for kind, ids in drop.items():
        out[kind] = [] if "*" in ids else [row for row in out.get(kind, []) if row["id"] not in ids]
    return out


def tree_of(identity, folder):
    child = tomllib.loads((pathlib.Path(folder) / identity / "ruleset.toml").read_text(encoding="utf-8"))
    if "extends" not in child:
        return child
    base = tree_of(child["extends"], folder if (pathlib.Path(folder) / child["extends"]).exists() else SHIPPED)
    base.pop("abstract", None)
    return merged(dropped(base, child.get("drop", {})), child)


class Interval:
    """[a,b), (a,b], an end left out is infinite."""

    def __init__(self, text):
        low, high = (end.strip() for end in text[1:-1].split(","))
        self.low = exact(low) if low else None
        self.high = exact(high) if high else None
        self.closed_low, self.closed_high = text[0] == "[", text[-1] == "]"

    def holds(self, x):
        if self.low is not None and (x < self.low or (x == self.low and not self.closed_low)):
            return False
        return self.high is None or x < self.high or (x == self.high and self.closed_high)


class Method:
    def __init__(self, row):
        self.id = row["id"]
        self.when = {key: set(listed(value)) for key, value in row["when"].items()} if "when" in row else None
        self.params = {key: exact(value) for key, value in row.get("params", {}).items()}
        self.points = Formula(row["points"]) if "points" in row else None
        self.missing = Formula(row["missing"]) if "missing" in row else None
        self.bands = None
        if "bands" in row:
            bands = row["bands"]
            self.bands = (Formula(bands["of"]), [(Interval(r["in"]), Formula(r["points"])) for r in bands["rows"]])
        self.domain = Formula(row["domain"]) if "domain" in row else None
        outside = row.get("outside", "error")
        self.outside = outside if outside in ("error", "zero", "full", "not_applicable") else Formula(outside)
        self.beyond = row.get("beyond", False)
        self.states = {state["id"]: {k: exact(v) for k, v in state.items() if k not in ("id", "name", "also")}
                       for state in row.get("state", [])}
        self.statistics = row.get("statistic", [])
        self.inputs = [(i["id"], Formula(i["default"]) if "default" in i else None) for i in row.get("input", [])]
        self.accepts = [Formula(accept["that"]) for accept in row.get("accept", [])]

    def fits(self, case):
        return self.when is not None and all(case.get(key) in words for key, words in self.when.items())

    def narrower_than(self, other):
        inside = all(key in self.when and self.when[key] <= words for key, words in other.when.items())
        return inside and self.when != other.when


def amended(tree, year, inputs):
    """The tree as it stands for a project: [[from]] in the order of years, then every [[for]] that holds."""
    for change in sorted(tree.get("from", []), key=lambda row: row["year"]):
        if change["year"] <= year:
            tree = merged(tree, {key: value for key, value in change.items() if key != "year"})
    for change in tree.get("for", []):
        conditions = {key: [exact(v) for v in listed(value)] for key, value in change.items() if key in inputs}
        if all(inputs[key] in values for key, values in conditions.items()):
            tree = merged(tree, {key: value for key, value in change.items() if key not in inputs})
    return tree


class RuleSet:
    def __init__(self, identity, folder, tree=None):
        tree = tree_of(identity, folder) if tree is None else tree
        self.tree, self.folder = tree, folder
        self.since = tree.get("since")
        self.chosen_by = {key for change in tree.get("for", []) for key in change if key in {i["id"] for i in tree.get("input", [])}}
        self.has_years = bool(tree.get("from")) or self.since is not None
        self.id = identity
        self.scale = exact(tree.get("scale", 100))
        self.missing = tree.get("missing", "error")
        rounding = tree.get("rounding", {})
        self.mode = rounding.get("mode", "half_up")
        self.digits = {key: rounding.get(key) for key in ("indicator", "block", "total")}
        self.blocks = tree.get("block", [])
        self.methods = {row["id"]: Method(row) for row in tree.get("method", [])}
        self.indicators = tree.get("indicator", [])
        self.inputs = tree.get("input", [])
        self.asked = set().union(*(Formula(str(row["actual"])).asked for row in self.indicators))
        self.statistics = tree.get("statistic", [])
        self.adjustments = tree.get("adjustment", [])
        self.limits = tree.get("adjustments", {})
        self.vetoes = tree.get("veto", [])
        self.distribution = tree.get("distribution")
        self.not_applicable = tree.get("not_applicable", {}).get("indicator", "refuse")
        total = tree.get("total", {})
        self.combine = Formula(total["combine"]) if "combine" in total else None
        span = total.get("range", [0, self.scale])
        self.range = [exact(x) for x in span]
        self.bands = self._bands(tree.get("band", []))
        bands = tree.get("band", [])
        scored = [row["id"] for row in bands if row.get("only") != "veto"]
        by_floor = sorted(scored, key=lambda name: self._floor(name), reverse=True)
        self.order = by_floor + [row["id"] for row in bands if row.get("only") == "veto"]
        self.functions = {}
        if "calendar" in tree:
            days = tomllib.loads((SHIPPED / "calendars" / f"{tree['calendar']}.toml").read_text("utf-8"))
            as_dates = lambda key: {datetime.date.fromisoformat(day) for day in days.get(key, [])}
            self.functions["workdays()"] = working_days((as_dates("holidays"), as_dates("workdays")))

    @staticmethod
    def _bands(rows):
        rows = [row for row in rows if row.get("only") != "veto"]
        edges = sorted(exact(row["from"]) for row in rows if "from" in row)
        out = []
        for row in rows:
            if "in" in row:
                out.append((row["id"], Interval(row["in"])))
                continue
            low = exact(row["from"]) if "from" in row else None
            higher = [edge for edge in edges if low is None or edge > low]
            out.append((row["id"], Interval(f"[{low if low is not None else ''},{higher[0] if higher else ''})")))
        return out

    def _floor(self, name):
        low = dict(self.bands)[name].low
        return Fraction(-10**30) if low is None else low

    def version_for(self, project):
        """The rule set of the project's year and inputs; None where there is none."""
        if not self.has_years and not self.chosen_by:
            return self
        lacks_year = self.has_years and (not project.year or (self.since is not None and project.year < self.since))
        if lacks_year or any(project.inputs[key] is None for key in self.chosen_by):
            return None
        return RuleSet(self.id, self.folder, amended(self.tree, project.year, project.inputs))

    def place_of_rating(self, name):
        """0 is the best; what only a veto gives is worse than all others."""
        return self.order.index(name) if name in self.order else -1

    def rating(self, total):
        return next((name for name, interval in self.bands if interval.holds(total)), "")

    def method_for(self, case):
        fitting = [method for method in self.methods.values() if method.fits(case)]
        best = [m for m in fitting if all(m is n or m.narrower_than(n) for n in fitting)]
        return best[0] if len(best) == 1 else None
