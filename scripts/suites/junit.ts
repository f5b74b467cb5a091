/** The cases in a JUnit file, as CPython's test runner and pytest write it. */
import { existsSync, rmSync } from 'node:fs'
import type { Cases } from './cases.ts'
import { ask } from './python.ts'

const READER = `
import json, sys
import xml.etree.ElementTree as tree

WORSE = ['passed', 'skipped', 'failed']

def outcome(case):
    if case.find('failure') is not None or case.find('error') is not None:
        return 'failed'
    return 'passed' if case.find('skipped') is None else 'skipped'

cases = {}
for case in tree.parse(sys.argv[1]).getroot().iter('testcase'):
    name = ' '.join(filter(None, [case.get('classname'), case.get('name')]))
    cases[name] = max(cases.get(name, 'passed'), outcome(case), key=WORSE.index)
print(json.dumps(cases))
`

/** Reads the file and removes it; no cases where there is none, or it cannot be read. Of cases of one name the worst counts. */
export async function takeCases(python: string, path: string): Promise<Cases> {
  if (!existsSync(path)) return {}
  try {
    return JSON.parse(await ask(python, ['-I', '-c', READER, path])) as Cases
  } catch {
    return {}
  } finally {
    rmSync(path)
  }
}
