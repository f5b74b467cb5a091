/** Code of tests and examples: it works on small data, whatever that is read from, and ends. */

/** A function or method named `test…`, or in a class `Test…`, as unittest and pytest collect them. */
export function isTest(scope: string): boolean {
  return scope.split('.').some((name, i, { length }) => /^test(_|[A-Z]|$)/.test(name) || (i < length - 1 && /^Test([A-Z_]|$)/.test(name)))
}

/** `test_x.py`, `x_test.py`, `x_tests.py`, `conftest.py`, and what lies in a folder of tests. */
export function isTestFile(path: string): boolean {
  return /^(test_.*|.*_tests?|conftest|tests)\.py$/.test(path.slice(path.lastIndexOf('/') + 1)) || foldersOf(path).some(folder => /^_?(tests|testing|testsuites?|autotests?|unittests?)$/.test(folder))
}

/** It builds or installs the project: what it reads lies beside it. */
export function isBuildFile(path: string): boolean {
  return /^(setup|versioneer|noxfile|fabfile|setup_helpers)\.py$/.test(path.slice(path.lastIndexOf('/') + 1))
}

/** A page for readers, who run its top level on what their machines hold. Whether it is one the nearest folder that tells says: notebooks in a folder of documents are worked with. */
export function isExampleFile(path: string): boolean {
  const told = foldersOf(path).findLast(folder => EXAMPLES.test(folder) || folder === 'notebooks')
  return told !== undefined && told !== 'notebooks'
}

const EXAMPLES = /^(docs?|documentation|examples?|tutorials?|galler(y|ies))$/

/** Only the nearest: projects may lie anywhere. */
function foldersOf(path: string): readonly string[] {
  return path.split('/').slice(-1 - NEAR, -1)
}

/** Folders. */
const NEAR = 4
