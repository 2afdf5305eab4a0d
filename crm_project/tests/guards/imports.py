"""Who may import whom, read from the source."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from crm_project.tests.guards.source import APPS, Sources, code

LAYERS = {
    "models": 0,
    "actions": 1,
    **dict.fromkeys(("serializers", "filters", "forms", "record_forms"), 2),
    **dict.fromkeys(("viewsets", "views", "record_views"), 3),
    **dict.fromkeys(("urls", "admin"), 4),
}


def wrong_imports(sources: Sources) -> list[str]:
    """Every import that runs against the order, and every circle."""
    sources = code(sources)
    modules = {_module(path) for path in sources}
    wrong, graph = [], {}
    for path, text in sources.items():
        here, tree = _module(path), ast.parse(text)
        there = {_target(name, modules) for name in _imported(tree)} & modules
        graph[here] = there - {here}
        wrong += [f"{here} imports {name}, which stands right of it" for name in sorted(there) if _is_right(here, name)]
        wrong += [f"{here} imports receivers" for name in there if name.endswith(".receivers")]
        wrong += [f"{here} imports inside a function: {line}" for line in _inner_imports(tree, here)]
    return wrong + _circles(graph)


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _target(name: str, modules: set[str]) -> str:
    """The module that this name is in: `deals.models.Deal` is in `deals.models`."""
    return name if name in modules else name.rpartition(".")[0]


def _imported(tree: ast.Module) -> Iterator[str]:
    """The names imported when the module is loaded; those for type checkers alone do not count."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_right(here: str, there: str) -> bool:
    (app, *inner), (other, *others) = here.split("."), there.split(".")
    if app != other:
        return app in APPS and other in APPS and APPS.index(other) > APPS.index(app)
    layers = [LAYERS.get(name[0]) if len(name) == 1 else None for name in (inner, others)]
    return None not in layers and layers[1] > layers[0]


def _inner_imports(tree: ast.Module, here: str) -> Iterator[str]:
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)) and not _is_ready(function, node, here):
                    yield ast.unparse(node)


def _is_ready(function: ast.AST, node: ast.AST, here: str) -> bool:
    app, _, module = here.partition(".")
    is_ready = isinstance(function, ast.FunctionDef) and function.name == "ready"
    return module == "apps" and is_ready and ast.unparse(node) == f"from {app} import receivers"


def _circles(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return ["a circle: " + " → ".join(error.args[1])]
    return []
