"""A browser and its system in plain words, guessed from what the browser says of itself."""

from django.utils.translation import gettext as _

BROWSERS = (  # most name those before them as well: the first that is found counts
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser/", "Yandex Browser"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def guess(user_agent: str) -> tuple[str, str]:
    """The names of browser and system; empty where unknown."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


def named(user_agent: str) -> str:
    """Browser and system in one phrase; empty where both are unknown."""
    name, system = guess(user_agent)
    if name and system:
        return _("%(name)s on %(system)s") % {"name": name, "system": system}
    return name or system


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for part, name in names if part in text), "")
