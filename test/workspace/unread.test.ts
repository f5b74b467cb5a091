import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../server/src/service/config.ts'
import { MemoryWorkspace } from './memory.ts'
import { ROOT } from './projects.ts'

const REPORT = `import pandas as pd

class Report:
    def __init__(self, path):
        self._rows = pd.read_csv(path)
        self.totals = self._rows.groupby("region").sum()
`
const path = `${ROOT}/report.py`
const other = `${ROOT}/other.py`

function sureness(isReadable: boolean): readonly string[] {
  const memory = new MemoryWorkspace(new Map([[path, REPORT], [other, 'x = 1\n']]), { ...DEFAULT_SETTINGS, confidence: 'possible' }, true)
  const read = memory.disk.read.bind(memory.disk)
  memory.disk.read = file => (file === other && !isReadable ? null : read(file))
  const document = memory.open(path)
  const found = document.report().findings.filter(f => f.rule === 'attribute-could-be-local').map(f => f.confidence)
  document.dispose()
  return found
}

test('a file that nobody could read may use an attribute: that is possible only', () => {
  expect(sureness(true)).toEqual(['likely'])
  expect(sureness(false)).toEqual(['possible'])
})
