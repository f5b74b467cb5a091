"""A memo by id: entries outlive their objects, and a later object of the same id gets the wrong answer."""

_layouts = {}


class Node:
    def __init__(self, children=()):
        self.children = list(children)


def layout(node):
    key = id(node)
    if key not in _layouts:
        _layouts[key] = [layout(child) for child in node.children]
    return _layouts[key]
