"""LibreOffice as converter of formats that no library reads: from bytes to bytes, in a private folder that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus.errors import MissingExtra, UnreadableDocument

SECONDS = 100
_NAMES = ("soffice", "libreoffice")
_PLACES = ("/Applications/LibreOffice.app/Contents/MacOS/soffice", r"C:\Program Files\LibreOffice\program\soffice.exe", r"C:\Program Files (x86)\LibreOffice\program\soffice.exe")
_LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")
_KIT = Path(__file__).with_name("office_kit.py")
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".pptx": "pptx:Impress MS PowerPoint 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
_RESAVE = "请用 Word 或 WPS 打开后另存为 .docx、.pptx 或 .xlsx 再添加"


def office_program() -> str:
    """Find LibreOffice, "" where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), next((place for place in _PLACES if os.path.exists(place)), ""))


def converted(data: bytes, kind: str, target: str) -> bytes:
    """Convert a file of `kind` (".doc") to `target` (".docx"); two to five seconds.

    Raises MissingExtra without LibreOffice, UnreadableDocument ("malformed") when it gives nothing, in time or at all.
    """
    program = office_program()
    if not program:
        raise MissingExtra("missing_extra", f"读取 {kind} 文件需要 LibreOffice,这台电脑上没有装", f"请安装 LibreOffice(免费),或者{_RESAVE[1:]}")
    with tempfile.TemporaryDirectory(prefix="policy-assistant-") as folder:
        private = Path(folder)
        source, made = private / f"file{kind}", private / "out" / f"file{target}"
        source.write_bytes(data)
        made.parent.mkdir()
        _run(_command(program, private / "profile", source, made), private)
        if not made.is_file():
            raise UnreadableDocument("malformed", "文件不完整、已损坏或设有密码:LibreOffice 打不开", _RESAVE)
        return made.read_bytes()


def _command(program: str, profile: Path, source: Path, made: Path) -> list[str]:
    """Choose the library of LibreOffice, which a confined process may use as well, else its command line."""
    folder = Path(program).resolve().parent
    library = next((path for name in _LIBRARIES if (path := folder / name).is_file()), None)
    if library is not None and sys.platform == "linux":
        return [sys.executable, "-I", "-S", str(_KIT), str(library), str(profile), str(source), str(made), made.suffix[1:]]
    return [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", "--nolockcheck",
        "--convert-to", _FILTERS[made.suffix], "--outdir", str(made.parent), str(source),
    ]  # fmt: skip


def _run(command: list[str], folder: Path) -> None:
    """Run a program and end it with all that it started when its time is up."""
    try:
        # Pipes, for a confined process may not even open the null device for writing.
        with subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        ) as process:
            try:
                process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                _end(process)
                raise UnreadableDocument("malformed", f"LibreOffice 在 {SECONDS} 秒内没有读完文件", _RESAVE) from None
            finally:
                _end(process)
    except OSError as error:
        raise UnreadableDocument("malformed", f"LibreOffice 没能启动({type(error).__name__})", f"请确认扩展名与内容一致;或者{_RESAVE[1:]}") from error


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def second_reading(data: bytes) -> bytes:
    """Let antiword read a Word 97 file as DocBook; b"" where it is not installed or cannot."""
    program = shutil.which("antiword")
    if not program:
        return b""
    with tempfile.TemporaryDirectory(prefix="policy-assistant-") as folder:
        path = Path(folder) / "file.doc"
        path.write_bytes(data)
        try:
            done = subprocess.run([program, "-x", "db", str(path)], cwd=folder, input=b"", capture_output=True, timeout=20, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return b""
        return done.stdout if done.returncode == 0 else b""
