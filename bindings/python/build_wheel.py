"""Makes the wheel (PEP 517): the package, the library of the build, and the libraries that needs.

The library is build/release/libjixiao_c.so.1 of this tree (tools/run builds it), or what
JIXIAO_LIBRARY names.
"""

import base64
import hashlib
import os
import pathlib
import re
import subprocess
import sysconfig
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parents[1]
# What every Linux system has; the others come along.
OF_THE_SYSTEM = re.compile(r"^(linux-vdso|ld-linux|lib(c|m|dl|pthread|rt|gcc_s|stdc\+\+)\.so)")


def _version():
    text = (TREE / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(jixiao VERSION ([0-9.]+)", text).group(1)


def _library():
    named = os.environ.get("JIXIAO_LIBRARY")
    file = pathlib.Path(named) if named else TREE / "build" / "release" / "libjixiao_c.so.1"
    if not file.exists():
        raise RuntimeError(f"{file}: there is no such library; run tools/run version first, or name one "
                           "in JIXIAO_LIBRARY")
    return file


def _needed(library):
    said = subprocess.run(["ldd", str(library)], check=True, capture_output=True, text=True).stdout
    for line in said.splitlines():
        found = re.match(r"\s*(\S+) => (/\S+)", line)
        if found and not OF_THE_SYSTEM.match(found.group(1)):
            yield found.group(1), pathlib.Path(found.group(2))


def _metadata(version):
    return (f"Metadata-Version: 2.1\nName: jixiao\nVersion: {version}\n"
            "Summary: Performance-evaluation scoring: rule sets, scorecards, tables, studies\n"
            "Requires-Python: >=3.9\nRequires-Dist: numpy\n")


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    version = _version()
    tag = "py3-none-" + sysconfig.get_platform().replace("-", "_").replace(".", "_")
    library = _library()
    files = {f"jixiao/{path.name}": path.read_bytes() for path in sorted((HERE / "jixiao").iterdir())
             if path.suffix in (".py", ".typed")}
    files["jixiao/libjixiao_c.so.1"] = library.read_bytes()
    for name, path in _needed(library):
        files[f"jixiao/{name}"] = path.read_bytes()
    info = f"jixiao-{version}.dist-info"
    files[f"{info}/METADATA"] = _metadata(version).encode()
    files[f"{info}/WHEEL"] = ("Wheel-Version: 1.0\nGenerator: jixiao\nRoot-Is-Purelib: false\n"
                              f"Tag: {tag}\n").encode()
    record = ""
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(content)}\n"
    files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
    wheel = f"jixiao-{version}-{tag}.whl"
    with zipfile.ZipFile(pathlib.Path(wheel_directory) / wheel, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content,
                         compress_type=zipfile.ZIP_DEFLATED)
    return wheel


def build_sdist(sdist_directory, config_settings=None):
    raise RuntimeError("the package is built from the whole tree of jixiao: pip install bindings/python")
