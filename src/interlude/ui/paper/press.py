"""The press: a process of its own that turns data into one PDF, and is gone. Needs nothing of ours.

python press.py sheet.typ font.ttf ... < data.json > sheet.pdf
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

NOT_PRINTED = 3


def main(template: str, fonts: list[str]) -> int:
    """Print; say NOT_PRINTED where a letter has no font."""
    import typst  # noqa: PLC0415  nothing but this process loads it

    with tempfile.TemporaryDirectory() as folder:
        for font in fonts:
            shutil.copy(font, folder)
        try:
            pdf = typst.compile(
                template,
                root=str(Path(template).parent),  # it can read nothing above its folder
                font_paths=[folder],
                ignore_system_fonts=True,  # the same sheet on every machine
                sys_inputs={"data": sys.stdin.buffer.read().decode()},
                pdf_standards=["a-3b", "ua-1"],
            )
        except typst.TypstError as wrong:
            if "could not be displayed" not in str(wrong):
                raise
            return NOT_PRINTED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
