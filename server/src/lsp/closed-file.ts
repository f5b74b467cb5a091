/** What is found in a file that nobody has open, as it lies on disk. */
import type { Diagnostic, Range as LspRange } from 'vscode-languageserver'
import { lineName } from '../cli/places.ts'
import { openFile } from '../cli/read-file.ts'
import type { OpenAnalysis } from '../service/document.ts'
import type { Settings } from '../service/settings.ts'
import type { FilePath } from '../workspace/files.ts'
import { toDiagnostic, type Locator, type PageOf } from './diagnostics.ts'
import type { ClientFeatures } from './features.ts'
import { uriOf } from './paths.ts'

/** Only an open notebook's cells have positions in the editor: before, places in them are told in words. */
const START: LspRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }

/** Or why there is nothing to look at. */
export function diagnosticsOfFile(path: FilePath, settings: Settings, open: OpenAnalysis, features: ClientFeatures, pageOf: PageOf): readonly Diagnostic[] | { readonly problem: string } {
  const subject = openFile(path, settings, open)
  if ('problem' in subject) return subject
  try {
    const [places, uri] = [subject.places(), uriOf(path)]
    const locator: Locator = {
      locate(range) {
        const place = places.rangeOf(range)
        return place.cell === undefined ? { uri, range: place } : { uri, range: START, label: lineName(place) }
      },
    }
    return subject.document.report().findings.map((finding) => toDiagnostic(finding, locator, features, pageOf))
  } finally {
    subject.document.dispose()
  }
}
