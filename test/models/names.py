"""Compares the names in the model files with the installed libraries: does each function, method and attribute exist, and
do its parameters have these names in this order?"""
import importlib
import inspect
import re
import warnings

# Types that have no importable name, as an expression over the imported root module.
NAMELESS = {
    "NoneType": "type(None)",
    "iterator": "type(iter([]))",
    "function": "type(lambda: 0)",
    "dask.delayed.Delayed": "__import__('sys').modules['dask.delayed'].Delayed",
    "generator": "type(x for x in ())",
    "dict_keys": "type({}.keys())",
    "dict_values": "type({}.values())",
    "dict_items": "type({}.items())",
    "os.ScandirIterator": "type(os.scandir())",
    "hashlib.Hash": "type(hashlib.md5())",
    "csv.reader": "type(csv.reader([]))",
    "csv.writer": "type(csv.writer(__import__('io').StringIO()))",
    "threading.Lock": "type(threading.Lock())",
    "threading.RLock": "type(threading.RLock())",
    "zlib.Compress": "type(zlib.compressobj())",
    "zlib.Decompress": "type(zlib.decompressobj())",
    "subprocess.TextPopen": "subprocess.Popen",  # one that reads and writes text
    "numpy.lib.npyio.NpzFile": "__import__('numpy.lib.npyio').lib.npyio.NpzFile",
}


def resolve_type(name):
    """As `resolve`, for the name of a type."""
    if name in NAMELESS:
        root = name.partition(".")[0]
        space = {root: load(root)} if "." in name else {}
        return eval(NAMELESS[name], space)
    return resolve(name)


def resolve(name):
    """The object of a dotted name. LookupError: its library is not installed. AttributeError: the library has no such name."""
    parts = name.split(".")
    found = importlib.import_module("builtins") if len(parts) == 1 else load(parts[0])
    for index, part in enumerate(parts if len(parts) == 1 else parts[1:], 2):
        try:
            found = getattr(found, part)
        except AttributeError:
            try:
                found = importlib.import_module(".".join(parts[:index]))
            except ImportError:
                raise AttributeError(name) from None
    return found


def load(root):
    try:
        return importlib.import_module(root)
    except ImportError as error:
        raise LookupError(root) from error


def set_by_methods(cls, name):
    """Do the methods of the class (or of a base) assign this attribute to `self`? Where their source cannot be found: perhaps."""
    if name in getattr(getattr(cls, "DESCRIPTOR", None), "fields_by_name", ()):
        return True  # a field of a protobuf message
    for each in cls.__mro__:
        try:
            if re.search(rf"self\.{name}\b|^    {name}\b", inspect.getsource(each), re.MULTILINE):
                return True
        except (OSError, TypeError):
            if inspect.isfunction(each.__dict__.get("__init__")):
                return True
    return False


def in_subclass(library, base, name):
    """Does some type of the library that names this base have the member? Models may say once what all subclasses have."""
    for each, model in library["types"].items():
        try:
            if base in model.get("bases", ()):
                cls = resolve_type(each)
                if hasattr(cls, name) or set_by_methods(cls, name):
                    return True
        except (AttributeError, LookupError):
            pass
    return False


def parameters(function, is_method):
    """The parameters of a signature without `self`, or None where Python cannot tell."""
    if isinstance(function, (staticmethod, classmethod)):
        function, is_method = function.__func__, isinstance(function, classmethod)
    try:
        found = list(inspect.signature(inspect.unwrap(function)).parameters.values())
    except (ValueError, TypeError):
        return None
    takes_self = (is_method or "." in getattr(function, "__qualname__", "") and found and found[0].name in ("self", "cls")) and found and found[0].kind in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return found[1:] if takes_self else found


def compare(params, found):
    """A line per difference between the parameter names of a model and those of a signature."""
    kinds = inspect.Parameter
    positional = [p for p in found if p.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)]
    names = {p.name for p in found}
    any_keyword = any(p.kind is kinds.VAR_KEYWORD for p in found)
    any_position = any(p.kind is kinds.VAR_POSITIONAL for p in found)
    keyword_only = False
    for index, param in enumerate(params):
        bare = param.lstrip("*")
        if param.startswith("*"):
            keyword_only = keyword_only or not param.startswith("**")
        elif keyword_only:
            if bare not in names and not any_keyword:
                yield f"no keyword {bare}"
        elif index >= len(positional):
            # Keyword-only in this version: the model allows more calls than there are, which does no harm.
            if not any_position and bare not in names:
                yield f"no position {index} ({bare})"
        elif positional[index].name != bare and positional[index].kind is not kinds.POSITIONAL_ONLY:
            yield f"position {index} is {positional[index].name}, not {bare}"


def check_names(library):
    """(checked, skipped, problems) of one library's file."""
    checked, skipped, problems = 0, 0, []

    def signature(label, function, model, is_method):
        if "params" in model and callable(getattr(function, "__func__", function)):
            found = parameters(function, is_method)
            if found is not None:
                problems.extend(f"{label}: {line}" for line in compare(model["params"], found))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, model in library.get("functions", {}).items():
            try:
                function = resolve(name)
                checked += 1
                signature(name, function, model, False)
            except LookupError:
                skipped += 1
            except AttributeError:
                problems.append(f"{name}: no such name")
        for name, model in library.get("types", {}).items():
            try:
                cls = resolve_type(name)
            except LookupError:
                skipped += 1
                continue
            except AttributeError:
                problems.append(f"{name}: no such type")
                continue
            checked += 1
            for key, each in {**model.get("methods", {}), **model.get("attributes", {})}.items():
                try:
                    found = inspect.getattr_static(cls, key)
                    checked += 1
                    if key in model.get("methods", {}):
                        signature(f"{name}.{key}", found, each, True)
                except AttributeError:
                    if hasattr(cls, "__getattr__") or set_by_methods(cls, key) or in_subclass(library, name, key):
                        skipped += 1
                    else:
                        problems.append(f"{name}.{key}: no such member")
    return checked, skipped, problems
