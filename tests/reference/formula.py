"""The formula language of docs/language.md, section 1, in exact rationals.

Written from the manual alone; shares no code with the engine. A value is a Fraction, or None for what cannot be
computed. Roots, exponentials and logarithms are taken to 60 digits.
"""
from decimal import Decimal, getcontext, localcontext
from fractions import Fraction
import datetime
import re

getcontext().prec = 60
getcontext().Emax = 10**9
getcontext().Emin = -(10**9)

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign><=|>=|==|!=|&&|\|\||[-+*/^<>!?:(),]))")


class Unreadable(Exception):
    """The text is no formula."""


def tokens_of(text):
    at, found = 0, []
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if not match:
            raise Unreadable(f"{text!r} at {at}")
        found.append((match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return found


def truth(condition):
    return Fraction(1 if condition else 0)


def decimal_of(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


def by_decimal(function):
    def run(x):
        try:
            return Fraction(function(decimal_of(x)))
        except (ArithmeticError, ValueError):
            return None
    return run


def root(x):
    if x < 0:
        return None
    return Fraction(decimal_of(x).sqrt())


def logarithm(x):
    return None if x <= 0 else Fraction(decimal_of(x).ln())


def power(x, y):
    if y.denominator == 1 and abs(y) <= 1024:
        if x == 0 and y < 0:
            return None
        return x ** int(y)
    if x < 0:
        return None
    if x == 0:
        return Fraction(0) if y > 0 else None
    return Fraction((decimal_of(y) * decimal_of(x).ln()).exp())


def whole_below(x):
    return Fraction(x.numerator // x.denominator)


def whole_above(x):
    return Fraction(-(-x.numerator // x.denominator))


def rounded(x, digits, mode="half_up"):
    """Decimal rounding. Modes: half_up (away from zero), half_even, down (towards zero), up (away from zero)."""
    unit = Fraction(10) ** int(digits)
    size = abs(x) * unit
    whole = size.numerator // size.denominator
    rest = size - whole
    half = Fraction(1, 2)
    up = {"half_up": rest >= half, "half_even": rest > half or (rest == half and whole % 2 == 1),
          "down": False, "up": rest > 0}[mode]
    size = Fraction(whole + up) / unit
    return -size if x < 0 else size


def steps(x, size, count):
    if x <= 0:
        return Fraction(0)
    return None if size == 0 else count(x / size)


EPOCH = datetime.date(1970, 1, 1)


def date_part(part):
    return lambda x: Fraction(getattr(EPOCH + datetime.timedelta(days=int(x)), part))


def working_days(calendar):
    off, worked = calendar

    def count(begin, end):
        days = 0
        for day in range(int(begin) + 1, int(end) + 1):
            date = EPOCH + datetime.timedelta(days=day)
            days += date in worked or (date.weekday() < 5 and date not in off)
        return Fraction(days)
    return count


def median(*values):
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


# What is asked of names that may have no value: of those that have one.
ASKED = {
    "given": lambda there: truth(there), "count_given": lambda there: Fraction(len(there)),
    "sum_given": lambda there: sum(there) if there else None,
    "avg_given": lambda there: sum(there) / len(there) if there else None,
}

FUNCTIONS = {
    "min": lambda *a: min(a), "max": lambda *a: max(a), "sum": lambda *a: sum(a), "avg": lambda *a: sum(a) / len(a),
    "median": median,
    "clamp": lambda x, low, high: min(max(x, low), high),
    "abs": abs, "sign": lambda x: Fraction((x > 0) - (x < 0)), "sqrt": root,
    "exp": by_decimal(lambda x: x.exp()), "ln": logarithm,
    "log10": by_decimal(lambda x: x.log10() if x > 0 else 1 / Decimal(0)),
    "log2": lambda x: None if x <= 0 else Fraction(decimal_of(x).ln() / Decimal(2).ln()),
    "floor": whole_below, "ceil": whole_above, "trunc": lambda x: whole_below(x) if x >= 0 else whole_above(x),
    "round": lambda x, digits: rounded(x, digits),
    "steps_full": lambda x, size: steps(x, size, whole_below),
    "steps_ceil": lambda x, size: steps(x, size, whole_above),
    "steps_fraction": lambda x, size: steps(x, size, lambda n: n),
    "year": date_part("year"), "month": date_part("month"), "day": date_part("day"),
}

COMPARISONS = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
               ">=": lambda a, b: a >= b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b}
ARITHMETIC = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b,
              "/": lambda a, b: None if b == 0 else a / b, "^": power}


class Formula:
    """A compiled formula. `formula(names)` returns its value, None where it cannot be computed.

    names: those without which there is no result; asked: those it asks given() and its like about.
    """

    def __init__(self, text):
        self.text = text
        self.names, self.asked = set(), set()
        self._left = tokens_of(text)
        self._at = 0
        self._run = self._choice()
        if self._at != len(self._left):
            raise Unreadable(f"{text!r}: more than one formula")
        self.names -= self.asked

    def __call__(self, names):
        return self._run(names)

    def _peek(self):
        return self._left[self._at][1] if self._at < len(self._left) else None

    def _take(self, sign=None):
        if self._at >= len(self._left) or (sign and self._left[self._at][1] != sign):
            raise Unreadable(f"{self.text!r}: expected {sign or 'more'}")
        self._at += 1
        return self._left[self._at - 1]

    # condition ? a : b; a chosen branch alone is computed.
    def _choice(self):
        condition = self._either()
        if self._peek() != "?":
            return condition
        self._take("?")
        yes = self._choice()
        self._take(":")
        no = self._choice()

        def run(names):
            holds = condition(names)
            return None if holds is None else yes(names) if holds != 0 else no(names)
        return run

    def _levels(self, signs, below, make):
        left = below()
        while self._peek() in signs:
            left = make(self._take()[1], left, below())
        return left

    @staticmethod
    def _both_known(combine):
        def make(sign, left, right):
            def run(names):
                a, b = left(names), right(names)
                return None if a is None or b is None else combine(sign, a, b)
            return run
        return make

    def _either(self):
        make = self._both_known(lambda _, a, b: truth(a != 0 or b != 0))
        return self._levels({"||"}, self._both, make)

    def _both(self):
        make = self._both_known(lambda _, a, b: truth(a != 0 and b != 0))
        return self._levels({"&&"}, self._comparison, make)

    def _comparison(self):
        make = self._both_known(lambda sign, a, b: truth(COMPARISONS[sign](a, b)))
        return self._levels(set(COMPARISONS), self._sum, make)

    def _sum(self):
        make = self._both_known(lambda sign, a, b: ARITHMETIC[sign](a, b))
        return self._levels({"+", "-"}, self._product, make)

    def _product(self):
        make = self._both_known(lambda sign, a, b: ARITHMETIC[sign](a, b))
        return self._levels({"*", "/"}, self._signed, make)

    # A sign in front binds weaker than ^: -3^2 is -9.
    def _signed(self):
        sign = self._peek()
        if sign in ("-", "+", "!"):
            self._take()
            inner = self._signed()

            def run(names):
                x = inner(names)
                return None if x is None else -x if sign == "-" else x if sign == "+" else truth(x == 0)
            return run
        return self._power()

    # From the right: 2^3^2 is 2^9.
    def _power(self):
        base = self._leaf()
        if self._peek() != "^":
            return base
        self._take("^")
        exponent = self._signed() if self._peek() in ("-", "+") else self._power()

        def run(names):
            x, y = base(names), exponent(names)
            return None if x is None or y is None else power(x, y)
        return run

    def _leaf(self):
        kind, text = self._take()
        if kind == "number":
            value = Fraction(text)
            return lambda names: value
        if text == "(":
            inner = self._choice()
            self._take(")")
            return inner
        if kind != "name":
            raise Unreadable(f"{self.text!r}: {text!r}")
        if self._peek() != "(":
            self.names.add(text)
            return lambda names: names[text]
        self._take("(")
        if text in ASKED:
            return self._asked(text)
        arguments = [self._choice()]
        while self._peek() == ",":
            self._take()
            arguments.append(self._choice())
        self._take(")")

        def run(names):
            values = [argument(names) for argument in arguments]
            if any(x is None for x in values):
                return None
            function = names["workdays()"] if text == "workdays" else FUNCTIONS[text]
            return function(*values)
        return run

    def _asked(self, function):
        about = [self._take()[1]]
        while self._take()[1] == ",":
            about.append(self._take()[1])
        self.asked |= set(about)
        return lambda names: ASKED[function]([names[name] for name in about if names[name] is not None])
