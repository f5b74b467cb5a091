import { commands, Uri, window, workspace } from 'vscode'

/** Opens a rule's page. Without a rule it asks which; with something that is no rule, too. */
export async function explainRule(extension: Uri, rule: unknown): Promise<void> {
  const folder = Uri.joinPath(extension, 'dist', 'rules')
  const names = (await workspace.fs.readDirectory(folder)).flatMap(([file]) => file.endsWith('.md') ? [file.slice(0, -3)] : []).sort()
  const known = names.find((name) => name === rule)
  const chosen = known ?? await window.showQuickPick(names, { placeHolder: 'Which rule?' })
  if (chosen !== undefined) await commands.executeCommand('vscode.open', Uri.joinPath(folder, `${chosen}.md`))
}
