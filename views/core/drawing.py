"""SVG to PNG, with a font of our own: machines that run bots have none for Chinese."""

from functools import cache
from pathlib import Path

FONT = Path(__file__).parent / "fonts" / "NotoSansSC-GB2312.otf"
FAMILY = "Noto Sans CJK SC"
ZOOM = 2.0
"""Pixels a unit: sharp on the screens of today."""


def png(svg: str) -> bytes:
    """Draw it; some 30 ms and 30 MB. Raises ValueError for an SVG that is none."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg, zoom=ZOOM, skip_system_fonts=True, font_files=[str(FONT)], font_family=FAMILY, sans_serif_family=FAMILY
        )
    )


@cache
def known_signs() -> frozenset[int]:
    """Code points that the font has a glyph for."""
    return frozenset(_ranges((FONT.parent / "glyphs.txt").read_text()))


def _ranges(text: str) -> list[int]:
    signs: list[int] = []
    for part in text.split():
        first, _, last = part.partition("-")
        signs += range(int(first, 16), int(last or first, 16) + 1)
    return signs
