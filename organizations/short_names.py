"""How a name becomes a short name for addresses, Cyrillic ones too."""

from django.utils.text import slugify

LENGTH = 40
SINGLE = str.maketrans("абвгдезийклмнопрстуфыэіґў", "abvgdeziyklmnoprstufyeigu", "ъь")
SEVERAL = {"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}
UKRAINIAN = {"є": "ye", "ї": "yi"}
TO_LATIN = SINGLE | str.maketrans(SEVERAL | UKRAINIAN)


def short_name(name: str) -> str:
    """Lower-case Latin letters, digits and hyphens; empty where the name has nothing of the kind."""
    return slugify(name.lower().translate(TO_LATIN))[:LENGTH].strip("-")
