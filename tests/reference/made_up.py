"""Projects that are made up, values on edges oversampled, as data and as the tables `jixiao batch` reads."""
import datetime
import random
import re
from fractions import Fraction

from formula import EPOCH
from scorer import Project, Row

DIRECTIONS = {">=": "at_least", "<=": "at_most", "=": "equal", "range": "between"}
NUMBER = re.compile(r"(?<![\w.])\d+\.?\d*")


def decimal_text(x):
    """The exact decimal of x, which must have one; a word is itself."""
    if isinstance(x, str):
        return x
    digits = 0
    while (x * 10**digits).denominator != 1:
        digits += 1
        assert digits < 40
    scaled = int(x * 10**digits)
    text = str(abs(scaled)).rjust(digits + 1, "0")
    return ("-" if scaled < 0 else "") + (text[:-digits] + "." + text[-digits:] if digits else text)


def on_paper(x, digits):
    """x if it ends within so many decimals, else the nearest number that does."""
    return Fraction(round(x * 10**digits), 10**digits)


def constants_of(method):
    """Numbers a method's points may turn at: its parameters, and what its formulas and bands say."""
    found = set(method.params.values())
    texts = [] if method.points is None else [method.points.text]
    for interval, points in method.bands[1] if method.bands else []:
        found |= {end for end in (interval.low, interval.high) if end is not None}
        texts.append(points.text)
    for text in texts:
        found |= {Fraction(number) for number in NUMBER.findall(text)}
    return sorted(found) or [Fraction(1)]


def near_an_edge(rng, method, target, upper):
    """An actual on, or a hair beside, a place where the method may turn."""
    constant = rng.choice(constants_of(method))
    step = rng.randrange(0, 9)
    end = rng.choice([target, upper])
    size = method.params.get("size", Fraction(1))
    share = rng.choice([constant, constant / 100, 1 + constant / 100, 1 - constant, 1 + constant, 1 - constant / 100,
                        1 + step * size / 100, 1 - step * size / 100, Fraction(2)])
    value = rng.choice([end, end * share, constant, end + step * size, end - step * size, end + constant])
    value = on_paper(value, rng.choice([2, 4, 6, 9]))
    return value + rng.choice([0, 0, 0, 0, 0, 0, Fraction(1, 100), Fraction(-1, 100), Fraction(1, 10**6)])


def number(rng, digits=None):
    if digits is None:
        digits = rng.choice([0, 0, 1, 2])
    return Fraction(rng.randrange(1, rng.choice([10, 100, 1000, 100000])), 10**digits)


def money(rng, rules):
    """Budget and spending to the fen, spending often on a share where a band begins."""
    adjusted = Fraction(rng.randrange(10**2, rng.choice([10**5, 10**8, 10**11])), 100)
    share = rng.choice([1, 1, Fraction(6, 10), Fraction(8, 10), Fraction(9, 10), Fraction(95, 100), Fraction(1, 2),
                        Fraction(rng.randrange(0, 101), 100), Fraction(rng.randrange(0, 1300), 1000)])
    executed = adjusted * share
    if (executed * 100).denominator != 1:    # make the budget one whose share ends at the fen
        adjusted *= 1000
        executed = adjusted * share
    executed += rng.choice([0, 0, 0, 0, Fraction(1, 100), Fraction(-1, 100)])
    initial = rng.choice([adjusted, adjusted, on_paper(adjusted * Fraction(10, 11), 2) or adjusted])
    return initial, adjusted, max(executed, Fraction(0))


def row_of(rng, rules, identity, block, values):
    """One declared indicator with its result; values: the kinds the rule set has methods for."""
    value = rng.choice(values)
    if value == "yes_no":
        return Row(identity, block, "at_least", value, Fraction(1), None, Fraction(rng.random() < 0.7))
    if value == "grade":
        method = rules.method_for({"block": block, "direction": "at_least", "value": "grade", "target": "nonzero"})
        return Row(identity, block, "at_least", value, None, None, None, rng.choice(list(method.states)))
    if value == "date":
        deadline = Fraction((datetime.date(2020, rng.randrange(1, 13), rng.randrange(1, 29)) - EPOCH).days)
        late = rng.choice([-3, 0, 1, 14, 15, 16, 29, 30, 31, rng.randrange(-20, 60)])
        return Row(identity, block, "at_most", value, deadline, None, deadline + late)
    sign = rng.choice([">=", ">=", "<=", "=", "range"])
    target = number(rng) if rng.random() < 0.95 else Fraction(0)
    upper = target + number(rng) if sign == "range" else target
    row = Row(identity, block, DIRECTIONS[sign], value, target, upper)
    case = {"block": block, "direction": row.direction, "value": value, "target": "zero" if target == 0 else "nonzero"}
    method = rules.method_for(case)
    if method is None:
        return None
    row.actual = near_an_edge(rng, method, target, upper) if rng.random() < 0.7 else number(rng)
    if row.actual < 0 and rng.random() < 0.9:
        row.actual = Fraction(0)
    return row


def kinds_of(rules):
    out = ["number", "number", "number", "number"]
    for value in ("date", "yes_no", "grade"):
        direction = "at_most" if value == "date" else "at_least"
        if any(rules.method_for({"block": b["id"], "direction": direction, "value": value, "target": "nonzero"})
               for b in rules.blocks):
            out.append(value)
    return out


def project_with_rows(rng, rules, name):
    project = Project(name, rng.choice([2019, 2020, 2021]))
    project.initial, project.adjusted, project.executed = money(rng, rules)
    fixed = {}
    whole = {block["id"]: Fraction(str(block["weight"])) for block in rules.blocks}
    for indicator in rules.indicators:
        # One without a weight of its own has what is left of its block.
        own = Fraction(str(indicator["weight"])) if "weight" in indicator else whole[indicator["block"]]
        fixed[indicator["block"]] = fixed.get(indicator["block"], Fraction(0)) + own
    kinds = kinds_of(rules)
    for block in rules.blocks:
        left = Fraction(str(block["weight"])) - fixed.get(block["id"], Fraction(0))
        if left <= 0 or rng.random() < 0.06:
            continue
        rows = []
        for k in range(rng.choice([1, 1, 2, 3, 3, 4, 6, 7])):
            row = row_of(rng, rules, f"{block['id']}_{k}", block["id"], kinds)
            if row is not None:
                rows.append(row)
        how = rng.choice(["shares", "shares", "given", "some"])
        if rows and how != "shares":
            rest = left
            for row in rows[:-1]:
                row.weight = on_paper(rest * Fraction(rng.randrange(1, 60), 100), rng.choice([0, 1, 2])) or Fraction(1, 100)
                if row.weight >= rest:
                    row.weight = on_paper(rest / 2, 3)
                rest -= row.weight
            if how == "given":
                rows[-1].weight = rest
        for row in rows:
            if rng.random() < 0.02:
                row.actual = row.state = None
            elif rng.random() < 0.03:
                row.applies = False
        project.rows += rows
    if rng.random() < 0.3:
        for row in rules.adjustments + rules.vetoes:
            if rng.random() < 0.5:
                project.events[row["id"]] = Fraction(rng.choice([0, 1, 1, 2, 5, 40]))
    return project


LONG = ["project", "indicator", "block", "op", "target", "actual", "weight", "reason", "year"]


def date_text(days):
    return (EPOCH + datetime.timedelta(days=int(days))).isoformat()


def long_lines(project):
    """Rows of a long table, in the order of LONG."""
    year = str(project.year)
    for key, amount in (("@initial", project.initial), ("@adjusted", project.adjusted), ("@executed", project.executed)):
        yield [project.name, key, "", "", "", decimal_text(amount), "", "", year]
    for identity, value in project.inputs.items():
        yield [project.name, "@" + identity, "", "", "", "" if value is None else decimal_text(value), "", "", year]
    for identity, count in project.events.items():
        yield [project.name, "@" + identity, "", "", "", decimal_text(count), "", "made up", year]
    signs = {direction: sign for sign, direction in DIRECTIONS.items()}
    for row in project.rows:
        if row.value == "yes_no":
            sign, target, actual = "yes", "是", None if row.actual is None else "是" if row.actual else "否"
        elif row.value == "grade":
            sign, target, actual = "grade", "提升", row.state
        elif row.value == "date":
            sign, target, actual = "date", date_text(row.target), None if row.actual is None else date_text(row.actual)
        else:
            sign = signs[row.direction]
            target = decimal_text(row.target) + ("-" + decimal_text(row.upper) if sign == "range" else "")
            actual = None if row.actual is None else decimal_text(row.actual)
        if not row.applies:
            actual = "不适用"
        yield [project.name, row.id, row.block, sign, target, actual or "",
               "" if row.weight is None else decimal_text(row.weight), "made up", year]


def project_with_inputs(rng, rules, name):
    """A project of an index: its inputs, often at the ends of their goalposts or ranges."""
    project = Project(name)
    for row in rules.inputs:
        if "values" in row:
            project.inputs[row["id"]] = None if rng.random() < 0.05 else rng.choice(row["values"])
            continue
        ends = [Fraction(str(end)) for i in rules.indicators if i["actual"] == row["id"]
                for end in i.get("params", {}).values()]
        low, high = Fraction(0), Fraction(1000)
        if "range" in row:
            parts = row["range"][1:-1].split(",")
            low = Fraction(parts[0].strip() or 0)
            high = Fraction(parts[1].strip()) if parts[1].strip() else max([*ends, Fraction(100)]) * 2
            ends += [low, high]
        value = rng.choice(ends) if ends and rng.random() < 0.25 else low + (high - low) * Fraction(rng.randrange(1, 10000), 10000)
        value = on_paper(value, rng.choice([1, 2, 4]))
        value = min(max(value, low), high)
        if row.get("range", "[").startswith("(") and value == low:
            value += Fraction(1, 10)
        scarce = 0.3 if row["id"] in rules.asked else 0.01
        project.inputs[row["id"]] = None if rng.random() < scarce else value
    return project
