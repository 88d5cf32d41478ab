"""Makes the picture of the briefing that README.md shows: four of its pages, side by side.

python scripts/picture.py [REPORT]      REPORT: a folder made by `demarche report`
"""

import io
import sys
from pathlib import Path

from PIL import Image, ImageOps

from demarche.material import read_material
from demarche.rendering.exporters.pdf import page_pictures
from demarche.rendering.merge import document_tree, merge_chapters
from demarche.report import cover
from demarche.study import read_study

TOP = Path(__file__).resolve().parents[1]
STUDY = TOP / "data" / "russia-nato-2021"
PAGES = (1, 3, 21, 25)  # the cover, and where the findings, the positions and the dates begin


def main() -> None:
    """Write briefing.png beside the report's pages."""
    report = Path(sys.argv[1]) if len(sys.argv) > 1 else TOP / "reports" / STUDY.name
    study = read_study(STUDY)
    chapters = [report / "notebooks" / f"{chapter}.ipynb" for chapter in study.chapters]
    tree = document_tree(merge_chapters(chapters, cover(study, read_material(study))))
    pages = page_pictures(tree, ppi=72)
    chosen = [Image.open(io.BytesIO(pages[number - 1])) for number in PAGES]
    framed = [ImageOps.expand(page.convert("RGB"), border=1, fill="#cccccc") for page in chosen]
    width, height = framed[0].size
    sheet = Image.new("RGB", (len(framed) * (width + 16) - 16, height), "white")
    for place, page in enumerate(framed):
        sheet.paste(page, (place * (width + 16), 0))
    sheet.quantize(64).save(report / "briefing.png", optimize=True)


if __name__ == "__main__":
    main()
