"""Statistics of a whole table as docs/language.md, section 2.11, describes them, in exact rationals."""
import math
from fractions import Fraction

from formula import Formula


def root(x):
    """The square root to fifty digits."""
    scale = 10**50
    return Fraction(math.isqrt(x.numerator * x.denominator * scale * scale), x.denominator * scale)


def quantile(values, at):
    place = at * (len(values) - 1)
    below = place.numerator // place.denominator
    if below + 1 == len(values):
        return values[-1]
    return values[below] + (place - below) * (values[below + 1] - values[below])


def spread(values, divisor):
    if divisor <= 0:
        return None
    mean = sum(values) / len(values)
    return root(sum((x - mean) ** 2 for x in values) / divisor)


def of_table(row, values):
    """One number of the sorted values of all projects that have one."""
    kind, n = row["is"], len(values)
    if kind == "count":
        return Fraction(n)
    if not values:
        return None
    if kind in ("min", "max"):
        return values[0] if kind == "min" else values[-1]
    if kind in ("sum", "share"):
        return sum(values)
    if kind == "mean":
        return sum(values) / n
    if kind == "sd":
        return spread(values, n - 1)
    if kind == "sd_population":
        return spread(values, n)
    return quantile(values, Fraction(1, 2) if kind == "median" else Fraction(str(row["at"])))


def of_project(row, values, x):
    """One number of a project among all of them."""
    if row["is"] == "rank":
        first = row.get("order", "largest_first") == "smallest_first"
        return Fraction(1 + sum(1 for y in values if (y < x if first else y > x)))
    if row["is"] == "percent_rank":
        return None if len(values) < 2 else Fraction(100 * sum(1 for y in values if y < x), len(values) - 1)
    return None if sum(values) == 0 else 100 * x / sum(values)


def survey(rules, projects):
    """Sets project.statistics: name -> number, or None. Statistics of inputs only."""
    wanted = [(row["id"], row["of"], row) for row in rules.statistics]
    for fixed in rules.indicators:
        for row in rules.methods[fixed["method"]].statistics:
            if row["id"] not in fixed.get("params", {}):
                wanted.append((f"{fixed['id']}_{row['id']}", str(fixed["actual"]), row))
    for name, of, row in wanted:
        formula = Formula(of)
        own = {}
        for project in projects:
            known = {**project.inputs, **project.statistics, **rules.functions}
            there = all(known.get(word) is not None for word in formula.names)
            own[project.name] = formula(known) if there else None
        values = sorted(x for x in own.values() if x is not None)
        each = row["is"] in ("rank", "percent_rank", "share")
        common = None if each else of_table(row, values)
        for project in projects:
            x = own[project.name]
            project.statistics[name] = common if not each else None if x is None else of_project(row, values, x)
