"""Cards and answers: read once, shown in any format."""

import ctypes
import json

from ._library import Handle, Style, byref, lib, take_text
from .findings import JixiaoError, Out

FORMATS = {"text": 0, "json": 1, "csv": 2, "md": 3, "html": 4}
LANGUAGES = {"zh": 0, "en": 1}


def style(format, language, width=100):
    for given, known, what in ((format, FORMATS, "format"), (language, LANGUAGES, "language")):
        if given not in known:
            raise ValueError(f"{what} {given!r}: should be one of {', '.join(known)}")
    return Style(FORMATS[format], LANGUAGES[language], width)


class Answer:
    """What a study, a simulation or an audit answers.

    `data`: the JSON of the command line, as Python objects. `findings`: what was said besides.
    Prints as text and draws itself as HTML in a notebook, in the language asked for.
    """

    def __init__(self, call, language):
        self._call = call
        self._language = language
        text, self.findings = self._render("json")
        self.data = json.loads(text)

    def _render(self, format, language=None, width=100):
        out = Out()
        how = style(format, language or self._language, width)
        text = take_text(self._call(byref(how), out.reference))
        found = out.take()
        if text is None:
            raise JixiaoError(found)
        return text, found

    def render(self, format="text", language=None, width=100):
        """As text, json, csv, md or html; the bytes of the command line."""
        return self._render(format, language, width)[0]

    def __str__(self):
        return self.render("text")

    def _repr_html_(self):
        return _frame(self.render("html"))


class Card:
    """The scorecard of one project.

    `total` (points; None when it could not be computed: `findings` say why), `rating` (id; None
    without one), `data` (the JSON of `jixiao score`), `findings`.
    """

    def __init__(self, address, findings, language):
        self._handle = Handle(address, lib.jx_card_free)
        self._language = language
        self.findings = findings
        total, rating = ctypes.c_double(), ctypes.c_char_p()
        scored = lib.jx_card_total(address, byref(total), byref(rating))
        self.total = total.value if scored else None
        self.rating = (rating.value or b"").decode("utf-8") or None
        self.data = json.loads(self.render("json"))

    def render(self, format="text", language=None, width=100):
        """As text, json, csv, md or html; the bytes of `jixiao score`."""
        how = style(format, language or self._language, width)
        return take_text(lib.jx_card_text(self._handle.address, byref(how)))

    def explain(self, indicator="", format="text", language=None, width=100):
        """Why the points of an indicator, or of all: the bytes of `jixiao explain`."""
        out = Out()
        how = style(format, language or self._language, width)
        text = take_text(lib.jx_card_explain(self._handle.address, indicator.encode("utf-8"),
                                             byref(how), out.reference))
        found = out.take()
        if text is None:
            raise JixiaoError(found)
        return text

    def __str__(self):
        return self.render("text")

    def __repr__(self):
        return f"<jixiao.Card total={self.total} rating={self.rating!r}>"

    def _repr_html_(self):
        return _frame(self.render("html"))


def _frame(page):
    # A whole page with styles of its own: kept apart from the notebook's.
    escaped = page.replace("&", "&amp;").replace('"', "&quot;")
    return f'<iframe srcdoc="{escaped}" style="width:100%;height:40em;border:0"></iframe>'
