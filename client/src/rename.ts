import { commands, Range, Selection, Uri, window } from 'vscode'

interface Place {
  readonly line: number
  readonly character: number
}

/**
 * Lets the user type another name for one that a fix made up: it is selected wherever it stands, and where the editor can rename in Python
 * the box for that opens.
 */
export async function letRename(uri: string, ranges: readonly { readonly start: Place; readonly end: Place }[]): Promise<void> {
  const [first] = ranges
  const shown = [window.activeTextEditor, ...window.visibleTextEditors]
  const editor = shown.find((each) => each?.document.uri.toString() === Uri.parse(uri).toString())
  if (editor === undefined || first === undefined) return
  editor.selections = ranges.map(({ start, end }) => new Selection(start.line, start.character, end.line, end.character))
  editor.revealRange(new Range(first.start.line, first.start.character, first.end.line, first.end.character))
  await commands.executeCommand('editor.action.rename')
}
