"""A photo and a voice note for the tests, made here: nobody's face and nobody's voice."""

import io
import math
import struct
import wave
import zlib

WIDTH, HEIGHT = 240, 160
PAPER, INK = bytes((236, 228, 205)), bytes((70, 70, 90))


def png() -> bytes:
    """A picture of a sheet with lines of writing that nobody can read."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    margin, written = PAPER * 20, INK * 170 + PAPER * 50
    rows = b"".join(b"\0" + margin + (written if at % 20 in (9, 10, 11) else PAPER * 220) for at in range(HEIGHT))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def wav(seconds: float = 0.5, pitch: float = 440) -> bytes:
    """A tone."""
    rate = 8000
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        samples = (int(9000 * math.sin(2 * math.pi * pitch * at / rate)) for at in range(int(rate * seconds)))
        sound.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return content.getvalue()
