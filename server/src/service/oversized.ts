/** Texts that are too long to be analysed: they are held and followed, named in the report, and analysed once an edit has made them shorter. */
import { formatBytes } from '../text/bytes.ts'
import { applyChanges } from '../text/changes.ts'
import type { AnalysedDocument, TextChange } from './document.ts'
import type { Settings } from './settings.ts'

/**
 * UTF-16 units. People do not write more into one file, and the analysis of dense code needs up to 350 bytes of memory for each: this
 * many take 1.4 GB, twice as many more than a process gets by default.
 */
export const LONGEST_TEXT = 4 * 2 ** 20

/** What is said of a file of this length: a number of bytes, or of UTF-16 units. */
export function tooLarge(length: number, most = LONGEST_TEXT): string {
  return `is ${formatBytes(length)}; files above ${formatBytes(most)} are not analysed`
}

type Open = (text: string, version: number, settings: Settings) => AnalysedDocument

/** A document that is analysed with `open` while its text is not too long. */
export function openWithinLimit(open: Open, text: string, version: number, settings: Settings): AnalysedDocument {
  const openEither = (content: string, at: number): AnalysedDocument => (content.length > LONGEST_TEXT ? unanalysed(content, at) : open(content, at, options))
  let options = settings
  let document = openEither(text, version)
  return {
    get text() { return document.text },
    get version() { return document.version },
    get directives() { return document.directives },
    get isStale() { return document.isStale },
    update(changes, next) {
      const { text: before } = document
      if (before.length <= LONGEST_TEXT && lengthAfter(before, changes) <= LONGEST_TEXT) return document.update(changes, next)
      const after = applyChanges(before, changes).text
      document.dispose()
      document = openEither(after, next)
    },
    configure(next) {
      options = next
      document.configure(next)
    },
    report: () => document.report(),
    hover: (offset) => document.hover(offset),
    dispose: () => document.dispose(),
  }
}

function lengthAfter(text: string, changes: readonly TextChange[]): number {
  return changes.reduce((length, { start, end, newText }) => length - (end - start) + newText.length, text.length)
}

function unanalysed(text: string, version: number): AnalysedDocument {
  return {
    text, version, directives: [], isStale: false,
    update: () => {},
    configure: () => {},
    report: () => ({ version, findings: [], remarks: [{ range: null, message: tooLarge(text.length) }] }),
    hover: () => null,
    dispose: () => {},
  }
}
