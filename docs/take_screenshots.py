"""Takes the pictures of the README: the main pages with the demo, light and dark, wide and on a phone.

    python docs/take_screenshots.py [FOLDER]

Serves the demo from a database of its own and opens it in the Chromium that CHROMIUM names.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = "http://127.0.0.1:8198"
READER, PASSWORD, ORGANIZATION = "ingrid@nordwind.example", "try-kontor-today", "nordwind"
PAGES = {
    "today": "",
    "board": "deals/board/",
    "deals": "deals/",
    "deal": "deals/",
    "contacts": "contacts/",
    "tasks": "tasks/",
    "analytics": "analytics/",
    "pipelines": "pipelines/",
}
FIRST_ROW = {"deal": "tbody th a", "pipelines": ".row-list a.strong"}
SIZES = {"wide": (1440, 900), "phone": (390, 844)}
SWITCHES = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs" / "screens")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        server = serve(Path(scratch))
        try:
            with sync_playwright() as playwright:
                chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
                browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
                for size in SIZES:
                    for scheme in ("light", "dark"):
                        take(browser, folder, size, scheme)
        finally:
            server.terminate()
            server.wait()


def serve(scratch: Path) -> subprocess.Popen:
    settings = {"DATABASE_URL": f"sqlite:///{scratch}/demo.sqlite3", "BIND": ADDRESS.removeprefix("http://")}
    environment = {**os.environ, **settings}
    for command in (["migrate", "--verbosity=0"], ["seed_demo", "--force"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=-3)
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "crm_project.wsgi"], cwd=ROOT, env=environment)
    for _attempt in range(100):
        try:
            urlopen(f"{ADDRESS}/healthz").close()
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def take(browser: Browser, folder: Path, size: str, scheme: Any) -> None:
    width, height = SIZES[size]
    viewport: Any = {"width": width, "height": height}
    page = browser.new_page(base_url=ADDRESS, color_scheme=scheme, reduced_motion="reduce", viewport=viewport)
    page.goto("/sign-in/")
    page.locator("input[name=login]").fill(READER)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/o/**")
    for name, path in PAGES.items():
        answer = page.goto(f"/o/{ORGANIZATION}/{path}")
        if not answer or not answer.ok:
            raise SystemExit(f"There is no page {path}.")
        if name in FIRST_ROW:
            page.locator(FIRST_ROW[name]).first.click()
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
    page.close()


if __name__ == "__main__":
    main()
