import { openEngine } from '../../server/src/syntax/engines/open.ts'
import { openSource } from '../../server/src/syntax/document.ts'
import type { Source } from '../../server/src/syntax/source.ts'

const { engine } = await openEngine({ prefer: 'wasm' })

export function parse(text: string): Source {
  const document = openSource(engine, text)
  const { source } = document
  document.dispose()
  return source
}
