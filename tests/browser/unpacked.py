"""Prints a PDF file with everything unpacked that is packed, for those who look for a word in it."""
import re
import sys
import zlib
from pathlib import Path

data = Path(sys.argv[1]).read_bytes()
parts = [data]
for start in re.finditer(rb"stream\r?\n", data):
    try:
        parts.append(zlib.decompressobj().decompress(data[start.end():]))
    except zlib.error:
        pass  # Not packed, or the end of one that is.
whole = b"\n".join(parts)
texts = [bytes.fromhex(text.decode()) for text in re.findall(rb"<((?:[0-9A-Fa-f]{2})+)>", whole)]
for text in [whole, *texts]:
    print(text.replace(b"\0", b"").decode("latin-1"))
