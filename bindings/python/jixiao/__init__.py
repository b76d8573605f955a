"""jixiao (绩效): scores projects by rule sets, with the reason for every point.

>>> import jixiao as jx
>>> card = jx.score("scenarios/chenggong-2020")
>>> card.total, card.rating
(94.87, 'excellent')
"""

from ._library import lib as _lib
from .answers import Answer, Card
from .columns import Scorer, Scores, columns
from .findings import Finding, JixiaoError, Severity
from .project import (RuleSet, audit, check, file, import_form, next_rating, rules, score, simulate,
                      study)
from .tables import Portfolio, batch

__version__ = _lib.jx_version().decode("utf-8").split()[-1]
__all__ = ["Answer", "Card", "Finding", "JixiaoError", "Portfolio", "RuleSet", "Scorer", "Scores",
           "Severity", "audit", "batch", "check", "columns", "file", "import_form", "next_rating",
           "rules", "score", "simulate", "study"]
