"""Moves modules, and single names out of modules, and rewrites every import of them: `python -m tools.move plan.json`.

A plan has `modules` (old → new), `names` ("old.module:name" → new module), `docs` (first line of a module that a split
makes) and `aliases` (new module → how a file that imports a whole module calls it). Code is changed at the places of
its imports alone; what a moved name is called stays as it is, but for `words`: a list of `{"in": [path or folder, …],
"words": {old: new}}`. What begins with a capital is changed in comments and docstrings too, the rest in code alone.
`files` (old → new) are those that are no modules, and the `__init__.py` of a package.
"""

import ast
import io
import json
import re
import subprocess
import sys
import tokenize
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TEXTS = ("*.py", "*.md", "*.toml", "*.json", "Makefile", ".ci/run", "*.mako", "*.ini")


def path_of(module: str) -> Path:
    base = ROOT.joinpath(*module.split("."))
    module, package = base.with_suffix(".py"), base / "__init__.py"
    return package if package.exists() and not module.exists() else module


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], capture_output=True, text=True, check=True, cwd=ROOT)
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).exists()]


class Plan:
    def __init__(self, given: dict[str, Any]) -> None:
        self.modules: dict[str, str] = given.get("modules", {})
        self.docs: dict[str, str] = given.get("docs", {})
        self.aliases: dict[str, str] = given.get("aliases", {})
        self.files: dict[str, str] = given.get("files", {})
        self.words: list[dict[str, Any]] = given.get("words", [])
        self.names: dict[str, dict[str, str]] = defaultdict(dict)
        for key, new in given.get("names", {}).items():
            old, name = key.split(":")
            self.names[old][name] = new

    def of(self, module: str, name: str) -> str:
        return self.names.get(module, {}).get(name) or self.modules.get(module, module)

    def moves(self, module: str) -> bool:
        return module in self.modules or module in self.names


def span(node: ast.stmt) -> tuple[int, int]:
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
    return first - 1, node.end_lineno or node.lineno


def defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign():
            return [n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def split(plan: Plan, module: str) -> None:
    """The names that leave a module become modules, or go to the end of those that are there."""
    source = path_of(module)
    text = source.read_text()
    lines, tree = text.splitlines(), ast.parse(text)
    home = plan.modules.get(module, module)
    parts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    where: dict[str, str] = {}
    imports: list[tuple[int, int]] = []
    last_end, last_home = 0, home
    for index, node in enumerate(tree.body):
        start, end = span(node)
        while start > last_end and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append((start, end))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            if index:
                parts[last_home].append((start, end))
        else:
            names = defined(node)
            assert names, f"{source}:{node.lineno}"
            last_home = plan.names[module].get(names[0], home)
            for name in names:
                where[name] = last_home
            parts[last_home].append((start, end))
        last_end = end
    head = [line for start, end in imports for line in lines[start:end]]
    doc = ast.get_docstring(tree, clean=False)
    for part, spans in parts.items():
        body: list[str] = []
        for start, end in spans:
            body += ["", "", *lines[start:end]] if not lines[start].startswith('"""') else lines[start:end]
        used = {n.id for n in ast.walk(ast.parse("\n".join(body))) if isinstance(n, ast.Name)}
        used |= {
            w
            for n in ast.walk(ast.parse("\n".join(body)))
            if isinstance(n, ast.Constant) and isinstance(n.value, str)
            for w in re.findall(r"^\w+$", n.value)
        }
        cross = defaultdict(list)
        for name in sorted(used & set(where)):
            if where[name] != part:
                cross[where[name]].append(name)
        crossing = [f"from {other} import {', '.join(names)}" for other, names in cross.items()]
        target = path_of(part)
        if part != module and target.exists():
            old = target.read_text()
            at = max(
                (span(n)[1] for n in ast.parse(old).body if isinstance(n, ast.Import | ast.ImportFrom)),
                default=1 if old.startswith('"""') else 0,
            )
            kept = old.splitlines()
            enums = module.endswith(".enumerations")  # needed by the classes below
            after = [*body, *kept[at:]] if enums else [*kept[at:], *body]
            made = [*kept[:at], *head, *crossing, *after]
        else:
            title = plan.docs.get(part) or (doc if part == home else None) or "…"
            made = [f'"""{title}"""', "", *head, *crossing, *body]
        packages(target)
        target.write_text("\n".join(made) + "\n")
        subprocess.run(["git", "add", "-N", str(target)], check=True, cwd=ROOT)
    if home != module or home not in parts:
        subprocess.run(["git", "rm", "-q", "-f", "--cached", str(source)], check=True, cwd=ROOT)
        source.unlink()


def packages(target: Path) -> None:
    folder = target.parent
    folder.mkdir(parents=True, exist_ok=True)
    while folder != ROOT:
        init = folder / "__init__.py"
        if not init.exists() and folder.relative_to(ROOT).parts[0] != "tests":
            init.touch()
            subprocess.run(["git", "add", "-N", str(init)], check=True, cwd=ROOT)
        folder = folder.parent


def move(old: str, new: str) -> None:
    source, target = path_of(old), ROOT.joinpath(*new.split(".")).with_suffix(".py")
    if (ROOT.joinpath(*new.split("."))).is_dir():
        target = ROOT.joinpath(*new.split("."), "__init__.py")
    packages(target)
    subprocess.run(["git", "mv", "-f", str(source), str(target)], check=True, cwd=ROOT)


def rewrite(plan: Plan, text: str, path: Path) -> str:
    """The imports of one file, and the attributes of modules that were split."""
    tree = ast.parse(text)
    lines = text.splitlines(keepends=True)
    edits: list[tuple[int, int, int, int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            made = rewritten(plan, node, tree, edits, path)
            if made is not None:
                edits.append((node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0, made))
    for first, column, last, end, made in sorted(edits, reverse=True):
        start_text = lines[first - 1].encode()[:column].decode()
        end_text = lines[last - 1].encode()[end:].decode()
        lines[first - 1 : last] = [start_text + made + end_text]
    return "".join(lines)


def rewritten(plan: Plan, node: ast.ImportFrom, tree: ast.Module, edits: list[Any], path: Path) -> str | None:
    module = node.module or ""
    out: list[str] = []
    changed = False
    for alias in node.names:
        said = f"{alias.name} as {alias.asname}" if alias.asname else alias.name
        whole = f"{module}.{alias.name}"
        if plan.moves(whole):
            changed = True
            out += whole_module(plan, whole, alias.asname or alias.name, tree, edits, path)
        elif plan.moves(module) and not ROOT.joinpath(*whole.split(".")).with_suffix(".py").exists():
            new = plan.of(module, alias.name)
            changed = changed or new != module
            out.append(f"from {new} import {said}")
        else:
            out.append(f"from {module} import {said}")
    indent = "\n" + " " * node.col_offset
    return indent.join(dict.fromkeys(out)) if changed else None


def whole_module(plan: Plan, old: str, local: str, tree: ast.Module, edits: list[Any], path: Path) -> list[str]:
    if old not in plan.names:
        return [imported(plan.modules[old], local)]
    out: list[str] = []
    for found in ast.walk(tree):
        if isinstance(found, ast.Attribute) and isinstance(found.value, ast.Name) and found.value.id == local:
            new = plan.of(old, found.attr)
            name = plan.aliases.get(new) or local
            out.append(imported(new, name))
            value = found.value
            edits.append((value.lineno, value.col_offset, value.end_lineno, value.end_col_offset, name))
            taken = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            taken |= {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)}
            if name in taken:
                print(f"{path.relative_to(ROOT)}: {name} is also a local name")
    return out or [imported(plan.modules.get(old, old), local)]


def imported(module: str, local: str) -> str:
    package, _, last = module.rpartition(".")
    return f"from {package} import {last}" if last == local else f"from {package} import {last} as {local}"


def mention(plan: Plan, text: str) -> str:
    """Modules that are named in words: `domain.rules.xmr`, `domain/rules/xmr.py`."""
    for old, new in sorted(plan.modules.items(), key=lambda pair: -len(pair[0])):
        if not new.startswith(old + "."):  # else it may be the new room that is meant
            text = re.sub(rf"(?<![\w.]){re.escape(old)}(?=[^\w.]|\.?$|\.[A-Z\s]|\.\w+`)", new, text, flags=re.MULTILINE)
        text = re.sub(rf"(?<![\w/]){re.escape(old.replace('.', '/'))}\.py\b", new.replace(".", "/") + ".py", text)
    return text


def without_own_imports(path: Path) -> None:
    """What two modules took from each other, now that they are one."""
    own = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    text = path.read_text()
    lines = text.splitlines(keepends=True)
    if f"from {own} import" not in text:
        return
    for node in reversed(ast.parse(text).body):
        if isinstance(node, ast.ImportFrom) and node.module == own:
            del lines[node.lineno - 1 : node.end_lineno]
    path.write_text("".join(lines))


def move_files(plan: Plan) -> None:
    """Before the modules, which would make a package anew."""
    for old, new in plan.files.items():
        if (ROOT / old).exists():
            (ROOT / new).parent.mkdir(parents=True, exist_ok=True)
            subprocess.run(["git", "mv", "-f", old, new], check=True, cwd=ROOT)


def reword(text: str, words: dict[str, str]) -> str:
    """Another name for a class, wherever it is mentioned; and for a variable, where it is one."""
    lines = text.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(text).readline))):
        (first, start), (last, end) = token.start, token.end
        if token.type == tokenize.NAME and token.string in words:
            lines[first - 1] = lines[first - 1][:start] + words[token.string] + lines[first - 1][end:]
        elif token.type in (tokenize.COMMENT, tokenize.STRING):
            made = token.string
            for old, new in words.items():
                if old[0].isupper() and ('"""' in made[:4] or token.type == tokenize.COMMENT):
                    made = re.sub(rf"\b{old}\b", new, made)
                elif made.startswith(("f'", 'f"')):
                    made = re.sub(rf"(?<=\{{){old}\b|(?<=\{{self\.){old}\b", new, made)
            lines[first - 1 : last] = [lines[first - 1][:start] + made + lines[last - 1][end:]]
    return re.sub(r"\bimport (\w+) as \1\b", r"import \1", "".join(lines))


def reword_all(plan: Plan) -> None:
    for group in plan.words:
        for path in tracked("*.py"):
            name = str(path.relative_to(ROOT))
            if any(name == place or name.startswith(f"{place}/") for place in group["in"]):
                text = path.read_text()
                made = reword(text, group["words"])
                if made != text:
                    path.write_text(made)


def main() -> None:
    plan = Plan(json.loads(Path(sys.argv[1]).read_text()))
    move_files(plan)
    files = tracked("*.py")
    for path in files:
        text = path.read_text()
        if any(part in text for part in {m.rpartition(".")[2] for m in [*plan.modules, *plan.names]}):
            made = rewrite(plan, text, path)
            if made != text:
                path.write_text(made)
    for old, new in plan.modules.items():
        if old not in plan.names and path_of(old).exists() and path_of(old).name != "__init__.py":
            move(old, new)
    for module in [*plan.names]:
        if path_of(module).exists() and path_of(module).name != "__init__.py":
            split(plan, module)
    for path in tracked("*.py"):
        without_own_imports(path)
    for path in tracked(*TEXTS):
        if "migrations/versions" in str(path) or "tools/move" in str(path) or "CHANGELOG" in path.name:
            continue
        text = path.read_text()
        made = mention(plan, text)
        if made != text:
            path.write_text(made)
    reword_all(plan)
    for init in tracked("domain/**/__init__.py", "views/**/__init__.py", "handlers/**/__init__.py"):
        if not init.read_text() and len(list(init.parent.glob("*.py"))) == 1 and not [*init.parent.glob("*/*.py")]:
            subprocess.run(["git", "rm", "-q", "-f", str(init)], check=True, cwd=ROOT)
    run = [str(ROOT / ".venv/bin/ruff")]
    subprocess.run([*run, "check", "-q", "--select", "I,F401,F811", "--fix", "."], cwd=ROOT, check=False)
    subprocess.run([*run, "format", "-q", "."], cwd=ROOT, check=True)
    subprocess.run(["git", "add", "-A"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
