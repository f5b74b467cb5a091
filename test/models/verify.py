"""Checks the model files against a real Python and the libraries installed there: `npm run test:models -- --python PATH`.

Names and parameters of every entry (`names.py`), and what is kept alive for the expressions in `cases/` (`relations.py`).
Exit status 1 where something differs. What is not installed is skipped and said.
"""
import glob
import json
import os
import sys

import names
import relations

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "server", "src", "models", "data", "*.json")
CASES = os.path.join(HERE, "cases", "*.txt")


class Models:
    def __init__(self, libraries):
        self.types, self.functions = {}, {}
        for library in libraries:
            self.types.update(library.get("types", {}))
            self.functions.update(library.get("functions", {}))

    def lineage(self, name):
        found = [name]
        for base in self.types[name].get("bases", []):
            found.extend(each for each in self.lineage(base) if each not in found)
        return found

    def type(self, name):
        merged = {}
        for each in reversed(self.lineage(name)):
            merged.update(self.types[each])
        return merged

    def member(self, name, section, key):
        for each in self.lineage(name):
            if key in self.types[each].get(section, {}):
                return self.types[each][section][key]
        raise KeyError(f"{name}.{key}")

    def call(self, name):
        if name in self.functions:
            return self.functions[name]
        owner, _, method = name.rpartition(".")
        return self.member(owner, "methods", method) if owner in self.types else self.type(name)["construct"]


def verify_names(libraries):
    failed = 0
    for library in libraries:
        checked, skipped, problems = names.check_names(library)
        failed += len(problems)
        print(f"{library['library']}: {checked} names agree, {skipped} not installed or not to be seen, {len(problems)} differ")
        for problem in problems:
            print(f"    {problem}")
    return failed


def verify_relations(models):
    failed = 0
    for path in sorted(glob.glob(CASES)):
        title = os.path.basename(path).removesuffix(".txt")
        measured, claims, skipped, problems = 0, 0, [], []
        for line in filter(None, map(str.strip, open(path, encoding="utf-8"))):
            try:
                case = relations.Case(line, models)
                count, different = relations.check(case)
            except ImportError as error:
                skipped.append(f"{line}: {error}")
                continue
            except Exception as error:
                problems.append(f"{line}: {type(error).__name__}: {error}")
                continue
            measured, claims = measured + 1, claims + count
            problems.extend(f"{line}: the model says {says}; measured: {outcome}" for says, outcome in different)
        failed += len(problems)
        print(f"{title}: {measured} expressions measured, {claims} claims, {len(problems)} differ, {len(skipped)} not installed")
        for problem in problems:
            print(f"    {problem}")
    return failed


def main():
    libraries = [json.load(open(path, encoding="utf-8")) for path in sorted(glob.glob(DATA))]
    print(sys.version)
    wanted = sys.argv[1:]
    failed = verify_names(libraries) if not wanted or "names" in wanted else 0
    failed += verify_relations(Models(libraries)) if not wanted or "relations" in wanted else 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
