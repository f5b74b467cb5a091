"""Measures what a call, an attribute, an index or a loop keeps alive, and compares it with what the model files say.

A case is an expression over the samples of `samples.py`, one a line in `cases/`: `numpy.ravel(A)`, `L.append(e)`, `DF['a']`, `for: D.values()`. Each sample is
big in its own storage and holds a few small tracked elements, so two questions can be answered after the sample's name is gone:
was its storage freed (tracemalloc), and which of its elements still live (weak references)?
"""
import ast
import builtins
import collections
import gc
import importlib
import tracemalloc
import warnings

import samples


class Case:
    def __init__(self, text, models):
        self.text = text
        self.loop = text.startswith("for: ")
        self.node = ast.parse(text.removeprefix("for: "), mode="eval").body
        self.names = [n.id for n in ast.walk(self.node) if isinstance(n, ast.Name) and n.id in samples.MAKERS]
        self.entry, self.model, self.arguments = find_model(self.node, self.loop, models)


def find_model(node, loop, models):
    """(name of the entry, its model, {parameter: [sample names]})"""
    if loop and not (isinstance(node, ast.Call)):
        kind = type_of(node, models)
        return f"iteration of {kind}", models.type(kind).get("iterate", {}), {"self": names_in(node)}
    if isinstance(node, ast.Call):
        entry, model, self_names = called(node.func, models)
        if "async" in model:
            raise ValueError("coroutines are not measured")
        variant = chosen_variant(node, model)
        arguments = bind_names(node, model)
        arguments["self"] = self_names
        if loop:
            return f"loop over {entry}", model["yields"], arguments
        return entry, {**{k: model[k] for k in ("keeps", "params") if k in model}, **variant} if variant is not None else model, arguments
    if isinstance(node, ast.Attribute):
        kind = type_of(node.value, models)
        return f"{kind}.{node.attr}", models.member(kind, "attributes", node.attr), {"self": names_in(node.value)}
    if isinstance(node, ast.Subscript):
        kind, index = type_of(node.value, models), node.slice
        model = models.type(kind)
        if isinstance(index, ast.Slice):
            return f"slice of {kind}", model["slice"], {"self": names_in(node.value)}
        key = {ast.List: "list", ast.Compare: "mask", ast.Tuple: "tuple"}.get(type(index))
        if isinstance(index, ast.Constant):
            key = type(index.value).__name__
        by_kind = model.get("items", {}).get(key)
        return f"{kind}[{key}]", by_kind if by_kind is not None else model["item"], {"self": names_in(node.value)}
    raise ValueError("not a call, attribute, index or loop")


def called(func, models):
    if isinstance(func, ast.Attribute) and (names_in(func.value) or isinstance(func.value, (ast.Call, ast.Constant))):
        kind = type_of(func.value, models)
        return f"{kind}.{func.attr}", models.member(kind, "methods", func.attr), names_in(func.value)
    name = ast.unparse(func)
    return name, models.call(name), []


def type_of(node, models):
    if isinstance(node, ast.Name):
        return samples.TYPES[node.id]
    if isinstance(node, ast.Constant):
        return type(node.value).__name__
    if isinstance(node, ast.Call):
        if ast.unparse(node.func) in models.types:
            return ast.unparse(node.func)
        entry, model, _ = called(node.func, models)
        result = model.get("result", "self")
        return entry if result == "self" else result
    return ast.unparse(node)


def names_in(node):
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in samples.MAKERS]


def parameters(model):
    """[(name, kind)] as in a `def`: 'position', 'star', 'keyword', 'stars'."""
    kind, found = "position", []
    for param in model.get("params", []):
        if param == "*":
            kind = "keyword"
        elif param.startswith("**"):
            found.append((param[2:], "stars"))
        elif param.startswith("*"):
            found.append((param[1:], "star"))
            kind = "keyword"
        else:
            found.append((param, kind))
    return found


def bind(node, model):
    """{parameter: [argument nodes]}"""
    found = collections.defaultdict(list)
    params = parameters(model)
    positions = [name for name, kind in params if kind == "position"]
    star = next((name for name, kind in params if kind == "star"), None)
    stars = next((name for name, kind in params if kind == "stars"), None)
    known = {name for name, _ in params}
    for index, argument in enumerate(node.args):
        name = positions[index] if index < len(positions) else star
        if name is not None:
            found[name].append(argument)
    for keyword in node.keywords:
        found[keyword.arg if keyword.arg in known else stars].append(keyword.value)
    return found


def bind_names(node, model):
    return {param: [name for each in nodes for name in names_in(each)] for param, nodes in bind(node, model).items() if param is not None}


def chosen_variant(node, model):
    bound = bind(node, model)
    positional = [node.args[i : i + 1] for i in range(len(node.args))]
    for variant in model.get("when", []):
        ref = variant["arg"]
        nodes = bound.get(ref, []) if isinstance(ref, str) else (positional[ref] if ref < len(positional) else [])
        literal = nodes[0].value if nodes and isinstance(nodes[0], ast.Constant) else None
        given = bool(nodes) and not (isinstance(nodes[0], ast.Constant) and nodes[0].value is None)
        if "given" in variant and variant["given"] != given:
            continue
        if "is" in variant and not (nodes and isinstance(nodes[0], ast.Constant) and literal == variant["is"]):
            continue
        if "has" in variant and not (isinstance(literal, str) and variant["has"] in literal):
            continue
        return variant["then"]
    return None


class Outcome(collections.namedtuple("Outcome", "same storage elements")):
    """`same`: the result is the sample. `storage`: it was not freed. `elements`: how many tracked elements live, of how many."""

    def __str__(self):
        alive, of = self.elements
        return "the same object" if self.same else f"storage {'kept' if self.storage else 'freed'}, {alive} of {of} elements alive"


def modules_of(node):
    known = {*samples.MAKERS, *samples.HELPERS, *dir(builtins)}
    roots = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - known
    space = {}
    for root in roots:
        space[root] = importlib.import_module(root)
    for n in ast.walk(node):
        if isinstance(n, ast.Attribute):
            try:
                importlib.import_module(ast.unparse(n))
            except ImportError:
                pass
    return space


def measure(case, drop, keep=()):
    """What of the sample `drop` lives once its name, and all others but the result and the samples `keep`, are gone."""
    space = {**modules_of(case.node), **samples.HELPERS}
    code = compile(ast.Expression(case.node), case.text, "eval")
    gc.collect()
    tracemalloc.start()
    try:
        made = {}
        for name in dict.fromkeys(case.names):
            before = tracemalloc.get_traced_memory()[0]
            made[name], elements = samples.MAKERS[name]()
            if name == drop:
                size, watched = tracemalloc.get_traced_memory()[0] - before, elements
            del elements
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = eval(code, space, made)
            if case.loop:
                iterator = iter(result)
                result = next(iterator)
                del iterator
        same = result is made[drop]
        if result is not None and keep == "nothing":
            result = None
        for name in list(made):
            if name != drop and name not in keep:
                del made[name]
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        del made[drop]
        gc.collect()
        freed = before - tracemalloc.get_traced_memory()[0]
        alive = sum(1 for each in watched if each() is not None)
        return Outcome(same, freed < size / 2, (alive, len(watched)))
    finally:
        tracemalloc.stop()


def agrees(relation, outcome, up_to, deep):
    """Does the outcome fit the claim? `up_to`: of the elements some may be missing. `deep`: the storage is that of the elements."""
    alive, of = outcome.elements
    if relation == "alias":
        return outcome.same
    if relation in ("view", "keeper"):
        return outcome.same or outcome.storage
    if outcome.same or (outcome.storage and not (deep and relation == "container")):
        return False
    if relation == "fresh":
        return alive == 0
    if of == 0:
        return True
    return alive > 0 and (relation == "part" or up_to or alive == of)


def claimed(model, param):
    """The relations that the model allows between its result and a parameter."""
    params = [name for name, _ in parameters(model)]
    related = param in {params[ref] if isinstance(ref, int) else ref for ref in model.get("of", [])}
    own = [model.get("relation", "fresh")] if related else ["fresh"]
    if related and model.get("maybe"):
        own.append("fresh")
    if related and model.get("reuses"):
        own.append("alias")
    # A tuple keeps what its items keep.
    inner = {each for item in model.get("tuple", []) for each in claimed({"params": model.get("params", []), **item}, param)} - {"fresh"}
    if "alias" in inner:
        inner.add("view")
    return sorted(inner) + (own if own != ["fresh"] or not inner or "maybe" in str(model["tuple"]) else [])


def check(case):
    """[(what the model says, what was measured)] where they differ; also how many claims were compared."""
    model = case.model
    size = model.get("size")
    up_to = isinstance(size, dict) and size.get("upTo", False)
    kept = {keep["arg"]: keep for keep in model.get("keeps", [])} if not case.loop else {}
    different, claims = [], 0
    for param, names in case.arguments.items():
        for name in dict.fromkeys(names):
            claims += 1
            if param in kept:
                problem = check_kept(case, kept[param], name)
            else:
                expected = claimed(model, param)
                outcome = measure(case, name)
                fine = any(agrees(each, outcome, up_to, name in samples.DEEP) for each in expected)
                problem = None if fine else (f"{' or '.join(expected)} of {param} ({name})", str(outcome))
            if problem:
                different.append(problem)
    return claims, different


def check_kept(case, keep, name):
    by = keep["by"]
    says = f"{'elements of ' if keep.get('elements') else ''}{keep['arg']} ({name}) kept by {by if isinstance(by, str) else by['arg']}"
    holders = {"result": (), "process": "nothing", "self": tuple(case.arguments.get("self", ()))}.get(by) if isinstance(by, str) else tuple(case.arguments[by["arg"]])
    outcome = measure(case, name, holders)
    alive, of = outcome.elements
    fine = (0 < of == alive) or (not keep.get("elements") and (outcome.storage or outcome.same))
    return None if fine else (says, str(outcome))

