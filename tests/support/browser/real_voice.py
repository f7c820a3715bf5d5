"""A real voice: speech-dispatcher, which Chromium asks on Linux, with eSpeak NG behind it.

No sound device is needed: eSpeak NG writes what it says into a file. The dispatcher has a socket,
a configuration and a log of its own, and is killed with all its modules, whatever they are doing.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from support.waiting import wait_until

IS_THERE = bool(shutil.which("speech-dispatcher") and shutil.which("espeak-ng"))
START = 30  # seconds
CONFIGURATION = """\
AudioOutputMethod "libao"
AddModule "espeak" "sd_generic" "espeak.conf"
DefaultModule espeak
"""
MODULE = """\
GenericExecuteSynth "espeak-ng -v $VOICE -w {} \\'$DATA\\'"
AddVoice "vi" "MALE1" "vi"
"""
SPOKEN = re.compile(r"Buffer: \|(.*[^.\n].*)\r?\n")  # a dot alone ends each message


@dataclass(frozen=True)
class Voice:
    """A running dispatcher: what a browser needs to find it, and the sound of its last message."""

    environment: dict[str, str | float | bool]
    sound: Path
    log: Path

    def said(self) -> str:
        """Return the log."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def messages(self) -> list[str]:
        """Return what it was told to say, as its log has it."""
        return [text.strip() for text in SPOKEN.findall(self.said())]


@contextmanager
def real_voice(folder: Path) -> Iterator[Voice]:
    """Start a dispatcher that keeps its files in this folder; yield it once it listens."""
    socket, sound = folder / "socket", folder / "said.wav"
    (folder / "modules").mkdir()
    (folder / "speechd.conf").write_text(CONFIGURATION, encoding="utf-8")
    (folder / "modules/espeak.conf").write_text(MODULE.format(sound), encoding="utf-8")
    (folder / ".libao").write_text("default_driver=null\n", encoding="utf-8")
    command = ["speech-dispatcher", "--run-single", "--log-level", "5"]
    command += ["--config-dir", str(folder), "--log-dir", str(folder)]
    command += ["--pid-file", str(folder / "pid"), "--socket-path", str(socket)]
    voice = Voice(
        {**os.environ, "SPEECHD_ADDRESS": f"unix_socket:{socket}"},
        sound,
        folder / "speech-dispatcher.log",
    )
    process = subprocess.Popen(
        [*command, "--communication-method", "unix_socket"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "HOME": str(folder)},
    )
    try:
        wait_until(socket.exists, voice.said, START)
        yield voice
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
