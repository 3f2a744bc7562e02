"""Copy what the browser needs out of node_modules into static/vendor, and nothing else."""

import shutil
from pathlib import Path

PACKAGES = Path("node_modules")
VENDOR = Path("static/vendor")

FONT_WEIGHTS = (400, 500, 600, 700)
SCANNER_FILES = {
    "dist/es/share.js": "share.js",
    "dist/es/reader/index.js": "reader/index.js",
    "dist/reader/zxing_reader.wasm": "reader/zxing_reader.wasm",
    "dist/es/writer/index.js": "writer/index.js",
    "dist/writer/zxing_writer.wasm": "writer/zxing_writer.wasm",
}
GATE_FILES = {
    "idb/build/index.js": "idb/index.js",
    "@noble/ed25519/index.js": "ed25519/index.js",
}


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def vendor_fonts() -> None:
    """Be Vietnam Pro in its three subsets; the stylesheet that names them is our own."""
    for weight in FONT_WEIGHTS:
        for font in PACKAGES.glob(f"@fontsource/be-vietnam-pro/files/*-{weight}-normal.woff2"):
            copy(font, VENDOR / "fonts" / font.name)


def vendor_icons() -> None:
    for icon in PACKAGES.glob("lucide-static/icons/*.svg"):
        copy(icon, VENDOR / "icons" / icon.name)


def vendor_scanner() -> None:
    for source, target in SCANNER_FILES.items():
        copy(PACKAGES / "zxing-wasm" / source, VENDOR / "zxing" / target)


def vendor_gate() -> None:
    """What the gate needs without a network: its storage, and signatures for older browsers."""
    for source, target in GATE_FILES.items():
        copy(PACKAGES / source, VENDOR / target)


if __name__ == "__main__":
    shutil.rmtree(VENDOR, ignore_errors=True)
    vendor_fonts()
    vendor_icons()
    vendor_scanner()
    vendor_gate()
