"""A browser without a network, for the tests of pages: a fixture `pages` gives it files by name."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SERIOUS = ("serious", "critical")
"""Findings of axe that no page may have."""
WIDTHS = {"wide": 1200, "narrow": 400}

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on the path; Debian's package is chromium")


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's own sandbox needs rights that containers seldom give; the page is ours, and there is no network.
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser, pages):
    """Return a function that opens a page at a width, offline, and the list of what the console says."""
    contexts = []

    def open_page(name, width, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **options)
        contexts.append(context)
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda request: said.append(f"asked for {request.url}"))
        page.goto(pages[name].as_uri())
        return page, said

    yield open_page
    for context in contexts:
        context.close()
