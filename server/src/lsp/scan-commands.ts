/** The commands that start a scan of the workspace, and take back what it found. */
import { LSPErrorCodes, MessageType, ResponseError, ShowMessageNotification, type Connection } from 'vscode-languageserver'
import { CLEAR_SCAN, SCAN_WORKSPACE } from './features.ts'
import type { ScanResult, WorkspaceScan } from './scan.ts'

export function serveScan(connection: Connection, scan: WorkspaceScan): void {
  connection.onExecuteCommand(async ({ command }, token) => {
    if (command === CLEAR_SCAN) return scan.clear()
    if (command !== SCAN_WORKSPACE) return new ResponseError(LSPErrorCodes.RequestFailed, `there is no command ${command}`)
    const result = await scan.scan(token)
    await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: `Reference leaks: ${toldOf(result)}` })
    return result
  })
}

function toldOf({ files, findings, isComplete }: ScanResult): string {
  if (isComplete && files === 0) return 'there are no Python files in the workspace'
  const [found, among] = [findings === 1 ? '1 finding' : `${findings} findings`, files === 1 ? '1 file' : `${files} files`]
  return isComplete ? `${found} in ${among}` : `stopped after ${among}, with ${found}`
}
