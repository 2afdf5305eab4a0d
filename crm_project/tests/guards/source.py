"""What can be seen by reading the source: plain writes, foreign scopes, sizes, inline code in templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

Sources = dict[str, str]  # the text of each file by its path from the root of the project
APPS = ("organizations", "contacts", "deals", "tasks", "activities", "imports", "analytics", "crm_project")
WRITES = {"save", "delete", "create", "get_or_create", "update", "update_or_create"}
WRITES |= {"bulk_create", "bulk_update", "_raw_delete"}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION, LONGEST_VIEWSET = 250, 300, 30, 24


def python_files(root: Path) -> Sources:
    """Our own Python, without migrations."""
    found = [path for app in APPS for path in sorted((root / app).rglob("*.py"))] + [root / "conftest.py"]
    return {str(path.relative_to(root)): path.read_text() for path in found if "migrations" not in path.parts}


def is_test(path: str) -> bool:
    return "/tests/" in path or path == "conftest.py"


def code(sources: Sources) -> Sources:
    return {path: text for path, text in sources.items() if not is_test(path)}


def own_querysets(sources: Sources) -> list[str]:
    """Who decides outside of the tenancy which rows there are."""
    return [
        f"{path}: {owner.name} overrides {part.name}"
        for path, text in code(sources).items()
        if not path.startswith("organizations/tenancy/")
        for owner in ast.walk(ast.parse(text))
        if isinstance(owner, ast.ClassDef)
        for part in owner.body
        if isinstance(part, ast.FunctionDef) and part.name in ("get_queryset", "rows_of")
    ]


def plain_writes(sources: Sources, allowed: dict[str, str]) -> list[str]:
    """Writes that go around the hall, and permissions that nobody needs any more."""
    found = {
        f"{path}: {ast.unparse(call.func)}"
        for path, text in code(sources).items()
        if not path.startswith("organizations/tenancy/")
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call) and _is_write(call.func)
    }
    return [f"{write} goes around the hall" for write in sorted(found - set(allowed))] + _stale(allowed, found)


def _is_write(function: ast.expr) -> bool:
    is_serializer = isinstance(function, ast.Attribute) and ast.unparse(function.value) in ("serializer", "super()")
    return isinstance(function, ast.Attribute) and function.attr in WRITES and not is_serializer


def _stale(allowed: dict[str, str], found: set[str]) -> list[str]:
    return [f"{name} needs no exception any more" for name in sorted(set(allowed) - found)]


def too_long(sources: Sources, allowed: dict[str, str]) -> list[str]:
    """Files, functions and viewsets beyond the sizes of the style, and exceptions that nobody needs any more."""
    found = {name: lines for path, text in sources.items() for name, lines in _long_parts(path, text)}
    return [f"{name} has {found[name]} lines" for name in found if name not in allowed] + _stale(allowed, set(found))


def _long_parts(path: str, text: str) -> Iterator[tuple[str, int]]:
    lines = len(text.splitlines())
    if lines > (LONGEST_TEST if is_test(path) else LONGEST_FILE):
        yield path, lines
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            is_viewset = isinstance(node, ast.ClassDef) and node.name.endswith("ViewSet")
            longest = LONGEST_VIEWSET if is_viewset else LONGEST_FUNCTION
            if length > longest and (is_viewset or isinstance(node, ast.FunctionDef)) and "tenancy/" not in path:
                yield f"{path}: {node.name}", length


def inline_code(templates: Sources) -> list[str]:
    """Scripts and styles in templates, which a strict CSP refuses."""
    return [f"{name}: {found[0].strip()}" for name, text in templates.items() for found in INLINE.finditer(text)]


def weight_of_tests(sources: Sources) -> float:
    """How many lines of tests stand beside each line of code."""
    tests = sum(len(text.splitlines()) for path, text in sources.items() if is_test(path))
    return tests / sum(len(text.splitlines()) for text in code(sources).values())
