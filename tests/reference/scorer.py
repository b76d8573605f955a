"""Scores one project as docs/language.md describes it, in exact rationals. Written from the manual alone."""
from dataclasses import dataclass, field
from fractions import Fraction

from formula import Formula, rounded, to_significant


class NotScored(Exception):
    """The project has no total; the text says why."""


@dataclass
class Row:
    """A declared indicator with its result."""
    id: str
    block: str
    direction: str = "at_least"
    value: str = "number"                    # number | date | yes_no | grade
    target: Fraction | None = None           # lower end of a range
    upper: Fraction | None = None            # upper end of a range, else the target
    actual: Fraction | None = None           # None: missing
    state: str | None = None                 # of a grade
    weight: Fraction | None = None           # None: an equal share of what the block has left
    applies: bool = True


@dataclass
class Project:
    name: str
    year: int = 2020
    initial: Fraction | None = None
    adjusted: Fraction | None = None
    executed: Fraction | None = None
    rows: list[Row] = field(default_factory=list)
    inputs: dict[str, Fraction | None] = field(default_factory=dict)
    statistics: dict[str, Fraction | None] = field(default_factory=dict)     # of the whole table
    events: dict[str, Fraction] = field(default_factory=dict)     # counts of adjustments and vetoes


@dataclass
class Member:
    """An indicator of a project, fixed by the rule set or declared, on its way to points."""
    id: str
    block: str
    weight: Fraction
    applies: bool
    method: object
    names: dict
    missing: bool
    points: Fraction | None = None


@dataclass
class Card:
    total: Fraction
    rating: str
    blocks: dict[str, Fraction]
    points: dict[tuple[str, str], Fraction | None]     # by indicator and block


def method_points(method, names):
    """Points before they are held to 0..W; None where they cannot be computed."""
    for identity, default in method.inputs:
        names[identity] = default(names) if default is not None else None  # nobody gave it: it is missing
    if method.domain is not None:
        holds = method.domain(names)
        if holds is None:
            return None
        if holds == 0:
            if isinstance(method.outside, Formula):
                return method.outside(names)
            return {"zero": Fraction(0), "full": names["W"], "error": None}[method.outside]
    for accept in method.accepts:
        if accept(names) in (None, 0):
            return None
    if method.bands is None:
        return method.points(names)
    of, rows = method.bands
    value = of(names)
    if value is None:
        return None
    return next((points(names) for interval, points in rows if interval.holds(value)), None)


def point_digits(digits, weight):
    """A weight with one or two decimals more than its points may have gives them as many as it has."""
    for more in (0, 1, 2):
        if (weight * 10 ** (digits + more)).denominator == 1:
            return digits + more
    return digits


def declared(rules, project):
    """The project's indicators, the rule set's first, with weights as declared or shared out."""
    money = {"B0": project.initial, "B": project.adjusted, "E": project.executed, "fiscal_year": Fraction(project.year)}
    known = {**money, **project.inputs, **project.statistics, **rules.functions, "has_reason": Fraction(1), "has_evidence": Fraction(1)}
    entries = []
    for fixed in rules.indicators:
        formula = Formula(str(fixed["actual"]))
        actual = None
        missing = any(known.get(name) is None for name in formula.names)
        if not missing:
            actual = formula(known)
            missing = actual is None and any(known.get(name) is None for name in formula.asked)
        target = None
        if isinstance(fixed.get("target"), str):
            target = Formula(fixed["target"])
            missing = missing or any(known.get(name) is None for name in target.names)
            target = None if missing else target(known)
        elif "target" in fixed:
            target = Fraction(str(fixed["target"]))
        method = rules.methods[fixed["method"]]
        params = {**method.params, **{k: Fraction(str(v)) for k, v in fixed.get("params", {}).items()}}
        for row in method.statistics:        # of the indicator's own values, unless it gives a number
            params.setdefault(row["id"], project.statistics.get(f"{fixed['id']}_{row['id']}"))
            missing = missing or params[row["id"]] is None
        names = {**known, **params, "A": actual, "T": target, "U": target}
        if "domain" in fixed and not missing and Formula(fixed["domain"])(known) in (None, 0):
            missing = True                   # every shipped rule set says error outside
        weight = Fraction(str(fixed["weight"])) if "weight" in fixed else None
        entries.append((fixed["id"], fixed["block"], weight, True, method, names, missing))
    for row in project.rows:
        case = {"block": row.block, "direction": row.direction, "value": row.value,
                "target": "zero" if row.target == 0 else "nonzero"}
        method = rules.method_for(case)
        if method is None:
            raise NotScored(f"{row.id}: no method")
        names = {**known, **method.params, "A": row.actual, "T": row.target,
                 "U": row.target if row.upper is None else row.upper}
        missing = row.actual is None and row.state is None
        if row.state is not None:
            names.update(method.states[row.state])
        entries.append((row.id, row.block, row.weight, row.applies, method, names, missing))

    weights = {block["id"]: Fraction(str(block.get("weight", 0))) for block in rules.blocks}
    for block in rules.blocks:               # may be left out when every indicator of the block is fixed and weighted
        if "weight" not in block:
            weights[block["id"]] = sum((e[2] for e in entries if e[1] == block["id"]), Fraction(0))
    members = []
    for identity, block, weight, applies, method, names, missing in entries:
        inside = [e for e in entries if e[1] == block]
        given = sum((e[2] for e in inside if e[2] is not None), Fraction(0))
        shares = sum(1 for e in inside if e[2] is None)
        if shares == 0 and given != weights[block] or given > weights[block]:
            raise NotScored(f"{block}: weights")
        own = weight if weight is not None else (weights[block] - given) / shares
        members.append(Member(identity, block, own, applies, method, names, missing))
    return members, weights


def settle(rules, members, weights):
    """Weights after what does not apply and after empty blocks. Returns what the total can no longer reach."""
    removed = Fraction(0)
    if rules.not_applicable == "refuse" and any(not m.applies for m in members):
        raise NotScored("not applicable is refused")
    for block in rules.blocks:
        identity = block["id"]
        inside = [m for m in members if m.block == identity]
        gone = sum((m.weight for m in inside if not m.applies), Fraction(0))
        left = sum((m.weight for m in inside if m.applies), Fraction(0))
        if rules.not_applicable == "rescale":
            removed += gone
            if inside and not any(m.applies for m in inside):
                continue
        if rules.not_applicable == "siblings" and gone > 0 and left > 0:
            for m in inside:
                m.weight = m.weight * (left + gone) / left if m.applies else Fraction(0)
    empty = {}
    for block in rules.blocks:
        inside = [m for m in members if m.block == block["id"]]
        empty[block["id"]] = not any(m.applies for m in inside) if rules.not_applicable == "siblings" else not inside
    for block in rules.blocks:
        identity, policy = block["id"], block.get("when_empty", "lost")
        if not empty[identity] or weights[identity] == 0:
            continue
        if isinstance(policy, dict):
            to = policy["move_to"]
            if not empty[to]:
                for m in members:
                    if m.block == to:
                        m.weight *= (weights[to] + weights[identity]) / weights[to]
                weights[to] += weights[identity]
                weights[identity] = Fraction(0)
        elif policy == "rescale":
            removed += weights[identity]
            weights[identity] = Fraction(0)
        elif policy == "error":
            raise NotScored(f"{identity} is empty")
    return removed


def score(rules, project):
    members, weights = declared(rules, project)
    removed = settle(rules, members, weights)
    for m in members:
        m.names["W"] = m.weight
        if not m.applies:
            m.points = m.weight if rules.not_applicable == "full" else None
            continue
        pays = m.missing and m.method.missing is not None
        if m.missing and not pays and not (m.method.points and "A" in m.method.points.asked):
            if rules.missing == "zero":
                m.points = Fraction(0)
                continue
            raise NotScored(f"{m.id}: missing")
        points = m.method.missing(m.names) if pays else method_points(m.method, m.names)
        if points is None:
            raise NotScored(f"{m.id}: cannot be computed")
        if not m.method.beyond:
            points = min(max(points, Fraction(0)), m.weight)
        if rules.digits["indicator"] is not None:
            points = rounded(points, point_digits(rules.digits["indicator"], m.weight), rules.mode)
            if not m.method.beyond:          # rounded points never pass their weight
                points = min(points, m.weight)
        m.points = points

    blocks = {}
    for block in rules.blocks:
        inside = [m for m in members if m.block == block["id"] and m.points is not None]
        if "combine" in block:
            each, total = Formula(block["combine"]["each"]), Formula(block["combine"]["total"])
            if not inside:
                raise NotScored(f"{block['id']}: nothing to combine")
            parts = [each({"P": m.points, "W": m.weight}) for m in inside]
            if any(part is None for part in parts):
                raise NotScored(f"{block['id']}: cannot be computed")
            value = total({"S": sum(parts), "N": Fraction(len(inside)), "V": sum(m.weight for m in inside)})
        else:
            value = sum((m.points for m in inside), Fraction(0))
        if value is None:
            raise NotScored(f"{block['id']}: cannot be computed")
        if rules.digits["block"] is not None:
            value = rounded(value, rules.digits["block"], rules.mode)
        blocks[block["id"]] = value

    total = rules.combine(blocks) if rules.combine is not None else sum(blocks.values(), Fraction(0))
    if total is None:
        raise NotScored("the total cannot be computed")
    if removed > 0:
        if removed >= rules.scale:
            raise NotScored("nothing applies")
        total = total * rules.scale / (rules.scale - removed)
    total += adjustments(rules, project, blocks, total)
    if rules.range:
        total = min(max(total, rules.range[0]), rules.range[1])
    if rules.digits["total"] is None:
        total = to_significant(total, 15)
    total = rounded(total, 9 if rules.digits["total"] is None else rules.digits["total"], rules.mode)
    total, rating = vetoed(rules, project, blocks, total)
    return Card(total, rating, blocks, {(m.id, m.block): m.points for m in members})


def adjustments(rules, project, blocks, total):
    """Bonuses less penalties, each kind within its own limits."""
    sums = {"bonus": Fraction(0), "penalty": Fraction(0)}
    money = {"B0": project.initial, "B": project.adjusted, "E": project.executed}
    for row in rules.adjustments:
        if row["id"] not in project.events:
            continue
        params = {key: Fraction(str(value)) for key, value in row.get("params", {}).items()}
        points = Formula(row["points"])({**money, **blocks, **params, "total": total, "n": project.events[row["id"]]})
        points = max(points, Fraction(0))
        if "limit" in row:
            points = min(points, Fraction(str(row["limit"])))
        sums[row["kind"]] += points
    for kind in sums:
        if kind + "_limit" in rules.limits:
            sums[kind] = min(sums[kind], Fraction(str(rules.limits[kind + "_limit"])))
    return sums["bonus"] - sums["penalty"]


def happens(rules, project, veto, blocks, total):
    """Whether a veto was reported, or its condition holds; a condition over what is missing does not."""
    if project.events.get(veto["id"], 0) > 0:
        return True
    if "when" not in veto:
        return False
    names = {"B0": project.initial, "B": project.adjusted, "E": project.executed, **project.inputs, **blocks, "total": total}
    when = Formula(veto["when"])
    return all(names.get(name) is not None for name in when.names) and when(names) != 0


def vetoed(rules, project, blocks, total):
    """The lowest total and the worst rating of what was and of what every veto leaves."""
    effects = [veto["effect"] for veto in rules.vetoes if happens(rules, project, veto, blocks, total)]
    for effect in effects:
        for key in ("total", "limit"):
            if key in effect:
                total = min(total, Fraction(str(effect[key])))
    ratings = [rules.rating(total)] + [effect["rating"] for effect in effects if "rating" in effect]
    return total, max(ratings, key=rules.place_of_rating)
