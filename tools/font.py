"""Makes the shipped font: `python tools/font.py` (needs fonttools and Debian's fonts-noto-cjk).

GB 2312 (the 6,763 signs and more that Simplified Chinese is written with), Latin with its accents, Greek, Cyrillic and
the signs that charts use. `glyphs.txt` beside it says what is in it, so that nothing is drawn as an empty box.
"""

import subprocess
import sys
from pathlib import Path
from textwrap import fill

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
SIMPLIFIED = 2  # the collection's font for Simplified Chinese
FONTS = Path(__file__).parents[1] / "views" / "core" / "fonts"
FONT = FONTS / "NotoSansSC-GB2312.otf"
SIGNS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x370, 0x400),
    *range(0x400, 0x460),
    *range(0x2010, 0x2070),
    *range(0x20A0, 0x20C0),
    *range(0x2150, 0x2200),
    *range(0x2200, 0x2270),
    *range(0x2460, 0x2480),
    *range(0x25A0, 0x2600),
    *range(0x3000, 0x3040),
    *range(0xFF01, 0xFF60),
    0xFFE5,
]


def main() -> None:
    from fontTools.ttLib import TTFont

    wanted = ",".join(f"U+{sign:04X}" for sign in sorted({*SIGNS, *gb2312()}))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "fontTools.subset",
            str(SOURCE),
            f"--font-number={SIMPLIFIED}",
            f"--unicodes={wanted}",
            "--no-hinting",
            "--desubroutinize",
            "--layout-features=",
            "--name-IDs=0,1,2,3,4,5,6,13,14",
            f"--output-file={FONT}",
        ],
        check=True,
    )
    there = sorted(TTFont(FONT).getBestCmap())
    (FONTS / "glyphs.txt").write_text(fill(" ".join(as_ranges(there)), 120) + "\n")


def gb2312() -> set[int]:
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(pair.decode("gb2312")) for pair in pairs if _decodes(pair)}


def as_ranges(signs: list[int]) -> list[str]:
    """`20-7E`."""
    made: list[list[int]] = []
    for sign in signs:
        if made and made[-1][1] == sign - 1:
            made[-1][1] = sign
        else:
            made.append([sign, sign])
    return [f"{first:X}-{last:X}" if last > first else f"{first:X}" for first, last in made]


def _decodes(pair: bytes) -> bool:
    try:
        return len(pair.decode("gb2312")) == 1
    except UnicodeDecodeError:
        return False


if __name__ == "__main__":
    main()
