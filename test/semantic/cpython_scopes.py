"""Prints what CPython's own symbol table says of Python files, in the format of `refleak dump scopes`.

Reads paths from standard input, one per line, and writes one line of JSON per path:
{"path", "encoding", "scopes"} or {"path", "error"} where this Python refuses the file.
"""
import _symtable
import json
import symtable
import sys
import tokenize
import warnings

SCOPES = {
    _symtable.LOCAL: 'local',
    _symtable.GLOBAL_EXPLICIT: 'global-explicit',
    _symtable.GLOBAL_IMPLICIT: 'global-implicit',
    _symtable.FREE: 'free',
    _symtable.CELL: 'cell',
}
COMPREHENSIONS = ('listcomp', 'setcomp', 'dictcomp', 'genexpr')
KINDS = {
    'type parameter': 'type-parameters',  # 3.12
    'type parameters': 'type-parameters',
    'TypeVar bound': 'type-variable',  # 3.12
    'type variable': 'type-variable',
    'type alias': 'type-alias',
}


def kind_of(table):
    kind = str(getattr(table.get_type(), 'value', table.get_type()))
    if kind == 'function' and table.get_name() == 'lambda':
        return 'lambda'
    if kind == 'function' and table.get_name() in COMPREHENSIONS and '.0' in table.get_identifiers():
        return 'comprehension'
    return KINDS.get(kind, kind)


def symbol(flags):
    return {
        'scope': SCOPES[(flags >> _symtable.SCOPE_OFF) & _symtable.SCOPE_MASK],
        'parameter': bool(flags & _symtable.DEF_PARAM),
        'assigned': bool(flags & _symtable.DEF_LOCAL),
        'referenced': bool(flags & _symtable.USE),
        'imported': bool(flags & _symtable.DEF_IMPORT),
    }


def scopes(table):
    raw = table._table
    yield {
        'name': table.get_name(),
        'kind': kind_of(table),
        'line': table.get_lineno(),
        'symbols': {name: symbol(flags) for name, flags in raw.symbols.items()},
    }
    for child in table.get_children():
        yield from scopes(child)


def answer(path):
    try:
        with open(path, 'rb') as file:
            encoding, _ = tokenize.detect_encoding(file.readline)
        with open(path, encoding=encoding, newline='') as file:
            text = file.read()
        return {'path': path, 'encoding': encoding, 'scopes': list(scopes(symtable.symtable(text, path, 'exec')))}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {'path': path, 'error': '{}: {}'.format(type(error).__name__, error)}


def main():
    warnings.simplefilter('ignore')
    for line in sys.stdin:
        print(json.dumps(answer(line.rstrip('\n'))), flush=True)


if __name__ == '__main__':
    main()
