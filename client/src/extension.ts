/** The VS Code extension: starts the language server and shows what it says. All analysis is the server's. */
import { commands, window, type ExtensionContext } from 'vscode'
import { LanguageClient, State, TransportKind, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node'
import { letRename } from './rename.ts'
import { explainRule } from './rules.ts'
import { InterpreterVersions } from './interpreter.ts'
import { explicitSettings } from './settings.ts'
import { StatusItem, type StatusParams } from './status.ts'

const NAME = 'Reference Leak Hints'

/** Files, unsaved files, files of virtual workspaces and cells of notebooks; not the old side of a diff. */
export const DOCUMENTS = ['file', 'untitled', 'vscode-vfs', 'vscode-notebook-cell'].map((scheme) => ({ scheme, language: 'python' }))

let client: LanguageClient | undefined

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel(NAME, { log: true })
  const status = new StatusItem(DOCUMENTS)
  const interpreters = new InterpreterVersions(() => void client?.sendNotification('workspace/didChangeConfiguration', { settings: null }))
  const settingNames = Object.keys(context.extension.packageJSON.contributes.configuration.properties)

  const server = context.asAbsolutePath('dist/server.cjs')
  const serverOptions: ServerOptions = {
    run: { module: server, transport: TransportKind.ipc },
    debug: { module: server, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6010'] } },
  }
  const clientOptions: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    initializationOptions: { status: true, rename: true },
    middleware: {
      workspace: {
        // The server must know which settings the user made: a default must not win over the project's pyproject.toml.
        configuration: async (params, token, next) => {
          const answers = await next(params, token)
          if (!Array.isArray(answers)) return answers
          return params.items.map((item, index) => item.section === 'refleak'
            ? { ...explicitSettings(settingNames, item.scopeUri), interpreterVersion: interpreters.versionFor(item.scopeUri) }
            : answers[index])
        },
      },
    },
  }
  client = new LanguageClient('refleak', NAME, serverOptions, clientOptions)
  client.onNotification('refleak/status', (params: StatusParams) => status.update(params))
  client.onDidChangeState(({ newState }) => {
    status.serverChanged(newState)
    if (newState === State.Running) log.info(`server ${context.extension.packageJSON.version} is running`)
  })

  context.subscriptions.push(
    log,
    status,
    interpreters,
    commands.registerCommand('refleak.restart', () => client?.restart()),
    commands.registerCommand('refleak.showLog', () => log.show()),
    commands.registerCommand('refleak.explainRule', (rule?: unknown) => explainRule(context.extensionUri, rule)),
    commands.registerCommand('refleak.rename', letRename),
    commands.registerCommand('refleak.suppress', () =>
      commands.executeCommand('editor.action.codeAction', { kind: 'quickfix.refleak.suppress', apply: 'first' })),
  )
  await client.start()
}

export async function deactivate(): Promise<void> {
  await client?.stop()
}
