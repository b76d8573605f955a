"""What is wrong with a file or a call, where, and what to type instead."""

import dataclasses
import enum

from ._library import RawFinding, byref, c_void_p, lib


class Severity(enum.IntEnum):
    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclasses.dataclass(frozen=True)
class Finding:
    """One finding. `line` and `column` count from 1; 0: of the whole file, or of no file."""

    severity: Severity
    code: str  # listed in docs/diagnostics.md: "weights.sum"
    file: str
    line: int
    column: int
    source_line: str
    message_zh: str
    message_en: str
    help_zh: str
    help_en: str

    def __str__(self):
        place = self.file + (f":{self.line}:{self.column}" if self.line else "")
        text = f"{place}: " if place else ""
        text += f"{self.severity.name.lower()}[{self.code}]: {self.message_en}"
        return text + (f" (help: {self.help_en})" if self.help_en else "")


class JixiaoError(Exception):
    """Something was refused. `findings`: everything there is to say about it."""

    def __init__(self, findings):
        self.findings = tuple(findings)
        errors = [f for f in self.findings if f.severity == Severity.ERROR] or self.findings
        super().__init__("\n".join(str(f) for f in errors) or "the engine gave no reason")

    def __reduce__(self):
        return JixiaoError, (self.findings,)


class Out:
    """The findings argument of one call."""

    def __init__(self):
        self._address = c_void_p()

    @property
    def reference(self):
        return byref(self._address)

    def take(self):
        """The findings, as a list; the library's own are freed."""
        found = []
        try:
            raw = RawFinding()
            for number in range(lib.jx_findings_count(self._address)):
                lib.jx_findings_get(self._address, number, byref(raw))
                text = {name: getattr(raw, name).decode("utf-8")
                        for name in ("code", "file", "source_line", "message_zh", "message_en",
                                     "help_zh", "help_en")}
                found.append(Finding(Severity(raw.severity), line=raw.line, column=raw.column, **text))
        finally:
            lib.jx_findings_free(self._address)
            self._address = c_void_p()
        return found
