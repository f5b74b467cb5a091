// Starts what the tests of VS Code need, once: code-server with the packaged extension, and a Chromium to look at it.
import { readFileSync } from 'node:fs'
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/vscode/chromium.mjs'
import { startCodeServer } from '../../scripts/vscode/codeServer.mjs'
import { vsixPath } from '../../scripts/package.mjs'

/** Typing in a test must enter what was typed. */
const TYPE_VERBATIM = {
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.acceptSuggestionOnEnter': 'off',
  'editor.acceptSuggestionOnCommitCharacter': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.parameterHints.enabled': false,
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.hover.sticky': true,
  'window.commandCenter': false,
}

export default async function setup(project) {
  readFileSync(vsixPath)
  const server = await startCodeServer({ vsix: vsixPath, settings: TYPE_VERBATIM })
  project.provide('vscode', { url: server.url, vsix: vsixPath, chromium: findChromium(), flags: CHROMIUM_FLAGS })
  return () => server.stop()
}
