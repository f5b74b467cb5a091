"""Prints what ast.parse makes of files in the form of server/src/syntax/dump.ts, offsets included.

Usage: cpython_ast.py < list of paths, one per line. For each path one line of JSON: {"path", "dump"}, or
{"path", "error"} where CPython cannot parse it. Offsets are UTF-16 units from the start of the text.
"""
import ast
import decimal
import json
import re
import sys
import tokenize

BINARY = {ast.Add: '+', ast.Sub: '-', ast.Mult: '*', ast.MatMult: '@', ast.Div: '/', ast.Mod: '%', ast.Pow: '**',
          ast.LShift: '<<', ast.RShift: '>>', ast.BitOr: '|', ast.BitXor: '^', ast.BitAnd: '&', ast.FloorDiv: '//'}
UNARY = {ast.Not: 'not', ast.USub: '-', ast.UAdd: '+', ast.Invert: '~'}
COMPARE = {ast.Eq: '==', ast.NotEq: '!=', ast.Lt: '<', ast.LtE: '<=', ast.Gt: '>', ast.GtE: '>=', ast.Is: 'is',
           ast.IsNot: 'is not', ast.In: 'in', ast.NotIn: 'not in'}
LONGEST_VALUE = 200


def units(text):
    return len(text) if text.isascii() else len(text.encode('utf-16-le')) // 2


class Printer:
    def __init__(self, text):
        self.lines = []
        self.starts = []
        self.sources = re.split('(?<=\n)|(?<=\r)(?!\n)', text)
        at = 0
        for line in self.sources:
            self.starts.append(at)
            at += units(line)

    def offset(self, line, column):
        source = self.sources[line - 1]
        return self.starts[line - 1] + (column if source.isascii() else units(source.encode('utf-8')[:column].decode('utf-8')))

    def span(self, node):
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def at(self, node):
        return '@%d-%d' % self.span(node)

    def line(self, indent, kind, *parts):
        self.lines.append(indent + ' '.join([kind, *(part for part in parts if part is not None)]))

    def suite(self, body, indent):
        for statement in body:
            self.statement(statement, indent)

    def block(self, label, body, indent):
        if body:
            self.lines.append(indent + label)
            self.suite(body, indent + '  ')

    def statement(self, s, indent):
        kind = type(s).__name__
        deeper = indent + '  '
        is_async = 'async' if kind.startswith('Async') else None
        kind = kind[5:] if is_async else kind
        at = self.at(s)
        if kind == 'FunctionDef':
            start = self.decorated_start(s)
            self.line(indent, 'FunctionDef@%d-%d' % (start, self.span(s)[1]), *self.decorators(s), is_async, s.name, self.type_params(s),
                      self.parameters(s.args), '->', self.maybe(s.returns))
            self.suite(s.body, deeper)
        elif kind == 'ClassDef':
            start = self.decorated_start(s)
            args = [*((arg, self.argument(arg)) for arg in s.bases), *((keyword, self.keyword(keyword)) for keyword in s.keywords)]
            self.line(indent, 'ClassDef@%d-%d' % (start, self.span(s)[1]), *self.decorators(s), s.name, self.type_params(s), self.sorted(args))
            self.suite(s.body, deeper)
        elif kind in ('If', 'While'):
            self.conditional(s, kind + at, indent)
        elif kind == 'For':
            self.line(indent, kind + at, is_async, self.text(s.target), self.text(s.iter))
            self.suite(s.body, deeper)
            self.block('else', s.orelse, indent)
        elif kind == 'With':
            self.line(indent, kind + at, is_async, '[' + ' '.join(map(self.with_item, s.items)) + ']')
            self.suite(s.body, deeper)
        elif kind in ('Try', 'TryStar'):
            self.try_statement(s, at, indent)
        elif kind == 'Match':
            self.line(indent, kind + at, self.text(s.subject))
            for case in s.cases:
                self.line(deeper, 'MatchCase', self.pattern(case.pattern), self.maybe(case.guard))
                self.suite(case.body, deeper + '  ')
        else:
            self.line(indent, {'Expr': 'ExprStmt'}.get(kind, kind) + at, *self.simple(s, kind))

    def conditional(self, s, head, indent, elif_mark=None):
        self.line(indent, head, elif_mark, self.text(s.test))
        self.suite(s.body, indent + '  ')
        [only] = s.orelse if len(s.orelse) == 1 else [None]
        if isinstance(s, ast.If) and isinstance(only, ast.If) and self.sources[only.lineno - 1].encode('utf-8')[only.col_offset:].startswith(b'elif'):
            self.lines.append(indent + 'else')
            self.conditional(only, 'If' + self.at(only), indent + '  ', 'elif')
        else:
            self.block('else', s.orelse, indent)

    def try_statement(self, s, at, indent):
        self.line(indent, 'Try' + at, 'star' if type(s).__name__ == 'TryStar' else None)
        self.suite(s.body, indent + '  ')
        for handler in s.handlers:
            self.line(indent, 'ExceptHandler' + self.at(handler), self.maybe(handler.type), handler.name or '-')
            self.suite(handler.body, indent + '  ')
        self.block('else', s.orelse, indent)
        self.block('finally', s.finalbody, indent)

    def simple(self, s, kind):
        if kind in ('Return', 'Expr'):
            return [self.maybe(s.value)]
        if kind == 'Delete':
            return [self.list(s.targets)]
        if kind == 'Assign':
            return [self.list(s.targets), self.text(s.value)]
        if kind == 'AugAssign':
            return [self.text(s.target), BINARY[type(s.op)] + '=', self.text(s.value)]
        if kind == 'AnnAssign':
            return [self.text(s.target), self.text(s.annotation), self.maybe(s.value), 'simple' if s.simple else None]
        if kind == 'TypeAlias':
            return [self.text(s.name), self.type_params(s), self.text(s.value)]
        if kind == 'Raise':
            return [self.maybe(s.exc), self.maybe(s.cause)]
        if kind == 'Assert':
            return [self.text(s.test), self.maybe(s.msg)]
        if kind == 'Import':
            return ['[' + ' '.join(map(self.alias, s.names)) + ']']
        if kind == 'ImportFrom':
            star = s.names[0].name == '*'
            return ['.' * s.level + (s.module or ''), '*' if star else '[' + ' '.join(map(self.alias, s.names)) + ']']
        if kind in ('Global', 'Nonlocal'):
            return ['[' + ' '.join(s.names) + ']']
        return []

    def decorated_start(self, s):
        if not s.decorator_list:
            return self.span(s)[0]
        # The decorator's node begins after its `@`, which may be on the line before in theory only.
        first = s.decorator_list[0]
        line = self.sources[first.lineno - 1].encode('utf-8')[:first.col_offset]
        return self.offset(first.lineno, line.rindex(b'@')) if b'@' in line else -1

    def decorators(self, s):
        return ['@' + self.text(decorator) for decorator in s.decorator_list]

    def type_params(self, s):
        params = getattr(s, 'type_params', [])
        if not params:
            return None
        forms = {'TypeVar': 'variable', 'TypeVarTuple': 'star', 'ParamSpec': 'double-star'}
        return '<' + ' '.join('(TypeParameter%s %s %s %s)' % (self.at(p), forms[type(p).__name__], p.name, self.maybe(getattr(p, 'bound', None)))
                              for p in params) + '>'

    def parameters(self, args):
        printed = []
        positional = [*args.posonlyargs, *args.args]
        defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
        for index, (arg, default) in enumerate(zip(positional, defaults)):
            printed.append(self.parameter('positional-only' if index < len(args.posonlyargs) else 'positional', arg, default))
        if args.vararg:
            printed.append(self.parameter('star', args.vararg, None))
        for arg, default in zip(args.kwonlyargs, args.kw_defaults):
            printed.append(self.parameter('keyword-only', arg, default))
        if args.kwarg:
            printed.append(self.parameter('double-star', args.kwarg, None))
        return '[' + ' '.join(printed) + ']'

    def parameter(self, form, arg, default):
        start = self.span(arg)[0]
        name = '%s@%d-%d' % (arg.arg, start, start + units(arg.arg))
        return '(%s %s %s %s)' % (form, name, self.maybe(arg.annotation), self.maybe(default))

    def argument(self, value):
        return '*' + self.text(value.value) if isinstance(value, ast.Starred) else self.text(value)

    def keyword(self, keyword):
        return ('**' if keyword.arg is None else keyword.arg + '=') + self.text(keyword.value)

    def sorted(self, args):
        return '[' + ' '.join(printed for _, printed in sorted(args, key=lambda pair: self.span(pair[0])[0])) + ']'

    def alias(self, alias):
        return '%s%s as %s' % (alias.name, self.at(alias), alias.asname) if alias.asname else alias.name + self.at(alias)

    def with_item(self, item):
        context = self.text(item.context_expr)
        return context if item.optional_vars is None else '%s as %s' % (context, self.text(item.optional_vars))

    def maybe(self, node):
        return '-' if node is None else self.text(node)

    def list(self, nodes):
        return '[' + ' '.join(map(self.text, nodes)) + ']'

    def text(self, e):
        kind = type(e).__name__
        if kind == 'Name':
            return e.id + self.at(e)
        if kind == 'Constant':
            return constant(e.value) + self.at(e)
        if kind in ('ListComp', 'SetComp', 'DictComp', 'GeneratorExp'):
            return '(%s)' % ' '.join(['Comprehension' + self.at(e), *self.comprehension(e, kind)])
        names = {'TemplateStr': 'JoinedStr', 'Interpolation': 'FormattedValue'}
        return '(%s)' % ' '.join([names.get(kind, kind) + self.at(e), *self.parts(e, kind)])

    def comprehension(self, e, kind):
        form = {'ListComp': 'list', 'SetComp': 'set', 'DictComp': 'dict', 'GeneratorExp': 'generator'}[kind]
        elt = [self.text(e.key), self.text(e.value)] if kind == 'DictComp' else [self.text(e.elt)]
        return [form, *elt, *map(self.generator, e.generators)]

    def generator(self, g):
        return '(%s)' % ' '.join(['async-for' if g.is_async else 'for', self.text(g.target), self.text(g.iter), *map(self.text, g.ifs)])

    def parts(self, e, kind):
        if kind in ('JoinedStr', 'TemplateStr'):
            # CPython 3.12.1 puts an empty text after a field at the end of a format specification.
            values = [v for v in e.values if not (isinstance(v, ast.Constant) and v.value == '')]
            return [*(['template'] if kind == 'TemplateStr' else []), *map(self.text, values)]
        if kind in ('FormattedValue', 'Interpolation'):
            return [self.text(e.value), self.maybe(e.format_spec)]
        if kind == 'BoolOp':
            return ['and' if isinstance(e.op, ast.And) else 'or', *map(self.text, e.values)]
        if kind == 'NamedExpr':
            return [self.text(e.target), self.text(e.value)]
        if kind == 'BinOp':
            return [self.text(e.left), BINARY[type(e.op)], self.text(e.right)]
        if kind == 'UnaryOp':
            return [UNARY[type(e.op)], self.text(e.operand)]
        if kind == 'Lambda':
            return [self.parameters(e.args), self.text(e.body)]
        if kind == 'IfExp':
            return [self.text(e.test), self.text(e.body), self.text(e.orelse)]
        if kind == 'Dict':
            return ['[%s %s]' % (self.maybe(key), self.text(value)) for key, value in zip(e.keys, e.values)]
        if kind in ('Set', 'List', 'Tuple'):
            return map(self.text, e.elts)
        if kind in ('Await', 'Yield', 'YieldFrom', 'Starred'):
            return [self.maybe(e.value)]
        if kind == 'Compare':
            return [self.text(e.left), *(part for op, right in zip(e.ops, e.comparators) for part in (COMPARE[type(op)], self.text(right)))]
        if kind == 'Call':
            args = [*((arg, self.argument(arg)) for arg in e.args), *((keyword, self.keyword(keyword)) for keyword in e.keywords)]
            return [self.text(e.func), *(printed for _, printed in sorted(args, key=lambda pair: self.span(pair[0])[0]))]
        if kind == 'Attribute':
            return [self.text(e.value), e.attr]
        if kind == 'Subscript':
            return [self.text(e.value), self.text(e.slice)]
        if kind == 'Slice':
            return [self.maybe(e.lower), self.maybe(e.upper), self.maybe(e.step)]
        raise NotImplementedError(kind)

    def pattern(self, p):
        kind = type(p).__name__
        if kind == 'MatchValue':
            return self.text(p.value)
        if kind == 'MatchSingleton':
            return constant(p.value) + self.at(p)
        return '(%s)' % ' '.join([kind + self.at(p), *self.pattern_parts(p, kind)])

    def pattern_parts(self, p, kind):
        if kind in ('MatchSequence', 'MatchOr'):
            return map(self.pattern, p.patterns)
        if kind == 'MatchMapping':
            pairs = ['[%s %s]' % (self.text(key), self.pattern(value)) for key, value in zip(p.keys, p.patterns)]
            return pairs if p.rest is None else [*pairs, '**' + p.rest]
        if kind == 'MatchClass':
            keywords = ['[%s= %s]' % (name, self.pattern(value)) for name, value in zip(p.kwd_attrs, p.kwd_patterns)]
            return [self.text(p.cls), *map(self.pattern, p.patterns), *keywords]
        if kind == 'MatchStar':
            return [p.name or '-']
        return ['-' if p.pattern is None else self.pattern(p.pattern), p.name or '-']


def constant(value):
    if isinstance(value, str):
        rank = max(map(ord, value), default=0)
        width = 'ascii' if rank < 0x80 else 'latin1' if rank < 0x100 else 'bmp' if rank < 0x10000 else 'astral'
        if len(value) > LONGEST_VALUE:
            return 'str:%d:%s' % (len(value), width)
        return json_text(value) + ('' if width == 'ascii' else ':' + width)
    if isinstance(value, bytes):
        return 'bytes:%d' % len(value)
    if value is Ellipsis:
        return 'Ellipsis'
    if value is None or value is True or value is False:
        return str(value)
    if isinstance(value, complex):
        return 'complex'
    return '%s:%s' % (type(value).__name__, number(value))


def json_text(value):
    """As JSON.stringify: only what must be escaped is."""
    printed = json.dumps(value, ensure_ascii=False)
    return ''.join('\\u%04x' % ord(char) if 0xd800 <= ord(char) <= 0xdfff else char for char in printed)


def number(value):
    """As JavaScript prints it (ECMAScript, Number::toString); '?' where a double does not hold it."""
    try:
        as_float = float(value)
    except OverflowError:
        return '?'
    if as_float in (float('inf'), float('-inf')) or as_float != value:
        return '?'
    if as_float == 0:
        return '0'
    _, digits, exponent = decimal.Decimal(repr(as_float)).normalize().as_tuple()
    digits = ''.join(map(str, digits))
    point = len(digits) + exponent
    if len(digits) <= point <= 21:
        return digits + '0' * (point - len(digits))
    if 0 < point <= 21:
        return digits[:point] + '.' + digits[point:]
    if -6 < point <= 0:
        return '0.' + '0' * -point + digits
    return '%s%se%+d' % (digits[0], '.' + digits[1:] if digits[1:] else '', point - 1)


def read(path):
    with open(path, 'rb') as file:
        encoding, _ = tokenize.detect_encoding(file.readline)
        file.seek(0)
        return file.read().decode(encoding)


def main():
    for path in sys.stdin.read().splitlines():
        try:
            text = read(path)
            printer = Printer(text)
            printer.suite(ast.parse(text).body, '')
            print(json.dumps({'path': path, 'dump': '\n'.join(printer.lines)}))
        except (SyntaxError, UnicodeError, ValueError, RecursionError) as error:
            print(json.dumps({'path': path, 'error': str(error)}))


main()
