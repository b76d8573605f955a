"""The shared library and its functions, as jixiao.h declares them."""

import ctypes
import os
import pathlib
from ctypes import POINTER, byref, c_char_p, c_double, c_int, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p

ABI_VERSION = 1


class Style(ctypes.Structure):
    _fields_ = [("format", c_int), ("language", c_int), ("width", c_uint32)]


class RawFinding(ctypes.Structure):
    _fields_ = [("severity", c_int), ("code", c_char_p), ("file", c_char_p),
                ("line", c_size_t), ("column", c_size_t), ("length", c_size_t),
                ("source_line", c_char_p), ("message_zh", c_char_p), ("message_en", c_char_p),
                ("help_zh", c_char_p), ("help_en", c_char_p)]


_TEXT = c_void_p  # not c_char_p: the address is needed to free it
_FINDINGS = POINTER(c_void_p)
_STYLE = POINTER(Style)
_TEXTS = POINTER(c_char_p)
_FUNCTIONS = {
    "jx_abi_version": (c_uint32, []),
    "jx_version": (c_char_p, []),
    "jx_free": (None, [c_void_p]),
    "jx_findings_count": (c_size_t, [c_void_p]),
    "jx_findings_get": (c_int, [c_void_p, c_size_t, POINTER(RawFinding)]),
    "jx_findings_text": (_TEXT, [c_void_p, _STYLE]),
    "jx_findings_free": (None, [c_void_p]),
    "jx_rules_read": (c_void_p, [c_char_p, _FINDINGS]),
    "jx_rules_list": (_TEXT, [_STYLE]),
    "jx_rules_text": (_TEXT, [c_void_p, _STYLE]),
    "jx_rules_free": (None, [c_void_p]),
    "jx_project_read": (c_void_p, [c_char_p, c_char_p, _FINDINGS]),
    "jx_project_free": (None, [c_void_p]),
    "jx_score": (c_void_p, [c_void_p, c_void_p, _FINDINGS]),
    "jx_card_total": (c_int, [c_void_p, POINTER(c_double), POINTER(c_char_p)]),
    "jx_card_text": (_TEXT, [c_void_p, _STYLE]),
    "jx_card_explain": (_TEXT, [c_void_p, c_char_p, _STYLE, _FINDINGS]),
    "jx_card_free": (None, [c_void_p]),
    "jx_check": (c_int, [c_char_p, c_char_p, _FINDINGS]),
    "jx_columns_bind": (c_void_p, [c_void_p, _TEXTS, c_size_t, c_uint32, _FINDINGS]),
    "jx_columns_score": (c_int, [c_void_p, POINTER(c_void_p), c_size_t, c_void_p, c_void_p, c_void_p,
                                 _FINDINGS]),
    "jx_columns_band": (c_char_p, [c_void_p, c_size_t]),
    "jx_columns_free": (None, [c_void_p]),
    "jx_batch": (_TEXT, [c_void_p, _TEXTS, c_size_t, c_char_p, c_char_p, c_uint32, _STYLE,
                         POINTER(c_uint64), _FINDINGS]),
    "jx_simulate": (_TEXT, [c_char_p, c_void_p, _TEXTS, c_size_t, _TEXTS, c_size_t, _STYLE,
                            _FINDINGS]),
    "jx_study": (_TEXT, [c_char_p, c_void_p, c_char_p, c_uint32, _STYLE, _FINDINGS]),
    "jx_next": (_TEXT, [c_void_p, c_void_p, c_double, _STYLE, _FINDINGS]),
    "jx_import": (c_int, [c_char_p, c_int, POINTER(c_void_p), POINTER(c_void_p), _FINDINGS]),
    "jx_audit": (_TEXT, [_TEXTS, c_size_t, c_char_p, _STYLE, _FINDINGS]),
    "jx_file": (c_int, [c_void_p, c_void_p, c_int, c_char_p, _FINDINGS]),
}


def _candidates():
    named = os.environ.get("JIXIAO_LIBRARY")
    if named:
        yield named
        return  # a name that was given is the one that is meant
    here = pathlib.Path(__file__).resolve().parent
    yield str(here / "libjixiao_c.so.1")
    tree = here.parents[2]
    for build in ("release", "test"):
        yield str(tree / "build" / build / "libjixiao_c.so.1")
    yield "libjixiao_c.so.1"  # where the system looks


def _load():
    tried = []
    for name in _candidates():
        try:
            library = ctypes.CDLL(name)
        except OSError as why:
            tried.append(f"{name}: {why}")
            continue
        library.jx_abi_version.restype = c_uint32
        if library.jx_abi_version() != ABI_VERSION:
            tried.append(f"{name}: its ABI is {library.jx_abi_version()}, {ABI_VERSION} is needed")
            continue
        for function, (result, arguments) in _FUNCTIONS.items():
            getattr(library, function).restype = result
            getattr(library, function).argtypes = arguments
        return library
    raise ImportError("the jixiao library could not be loaded; build it (tools/run version) or name it "
                      "in JIXIAO_LIBRARY. Tried:\n  " + "\n  ".join(tried))


lib = _load()


def take_text(address):
    """The text at an address the library gave, which is freed; None where there is none."""
    if not address:
        return None
    try:
        return ctypes.string_at(address).decode("utf-8")
    finally:
        lib.jx_free(address)


def texts(items):
    """A C array of texts and its length."""
    encoded = [str(item).encode("utf-8") for item in items]
    return (c_char_p * max(len(encoded), 1))(*encoded), len(encoded)


class Handle:
    """Owns a handle of the library."""

    def __init__(self, address, free):
        self.address = address
        self._free = free

    def __del__(self):
        if self.address:
            self._free(self.address)
            self.address = None


__all__ = ["lib", "Style", "RawFinding", "Handle", "take_text", "texts", "byref", "c_void_p"]
