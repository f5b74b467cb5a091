/** Code of tests: it works on small data, whatever that is read from, and ends. */

/** A function or method named `test…`, or in a class `Test…`, as unittest and pytest collect them. */
export function isTest(scope: string): boolean {
  return scope.split('.').some((name, i, { length }) => /^test(_|[A-Z]|$)/.test(name) || (i < length - 1 && /^Test([A-Z_]|$)/.test(name)))
}

/** `test_x.py`, `x_test.py`, `conftest.py`, and what lies in a folder `tests`. Of the folders only the nearest: projects may lie anywhere. */
export function isTestFile(path: string): boolean {
  const parts = path.split('/')
  return /^(test_.*|.*_test|conftest|tests)\.py$/.test(parts.at(-1)!) || parts.slice(-1 - NEAR, -1).some(folder => /^_?tests$/.test(folder))
}

/** Folders. */
const NEAR = 4
