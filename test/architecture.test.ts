/** The invariants of ARCHITECTURE.md that can be read off the source. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const SERVER = join(ROOT, 'server', 'src')

/** Leftmost first. Layers in one row may import each other. */
const ORDER: readonly (readonly string[])[] = [['text'], ['syntax'], ['semantic'], ['workspace'], ['flow'], ['models'], ['values'], ['rules', 'fixes'], ['service'], ['lsp', 'cli']]
const ANALYSIS = ['text', 'syntax', 'semantic', 'workspace', 'flow', 'models', 'values', 'rules', 'fixes']

interface SourceFile {
  /** Relative to the root. */
  readonly path: string
  readonly layer: string
  readonly text: string
  readonly imports: readonly string[]
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : entry.name.endsWith('.ts') ? [path] : []
  })
}

function read(path: string): SourceFile {
  const text = readFileSync(path, 'utf8')
  const imports = [...text.matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map(m => m[1]!)
  return { path: relative(ROOT, path), layer: relative(SERVER, path).split(/[\\/]/)[0]!, text, imports }
}

const server = filesBelow(SERVER).map(read)
const client = filesBelow(join(ROOT, 'client', 'src')).map(read)

function rank(layer: string): number {
  return ORDER.findIndex(row => row.includes(layer))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
}

describe('the layers', () => {
  it('are all known', () => {
    expect(server.length).toBeGreaterThan(100)
    expect([...new Set(server.filter(f => f.path.split(/[\\/]/).length > 3).map(f => f.layer))].filter(layer => rank(layer) < 0)).toEqual([])
  })

  it('import only from the left', () => {
    const wrong = server.flatMap(file => file.imports.filter(i => i.startsWith('.')).flatMap(i => {
      const target = relative(SERVER, resolve(dirname(join(ROOT, file.path)), i)).split(/[\\/]/)[0]!
      return rank(file.layer) >= 0 && rank(target) > rank(file.layer) ? [`${file.path} imports ${i}`] : []
    }))
    expect(wrong).toEqual([])
  })

  it('keep to themselves: client and server do not import each other', () => {
    const wrong = [...server, ...client].flatMap(file => file.imports.filter(i => i.startsWith('.')).flatMap(i => {
      const target = relative(ROOT, resolve(dirname(join(ROOT, file.path)), i)).split(/[\\/]/)[0]!
      return target !== file.path.split(/[\\/]/)[0] && !i.endsWith('.json') ? [`${file.path} imports ${i}`] : []
    }))
    expect(wrong).toEqual([])
  })
})

describe('packages', () => {
  it('of VS Code are imported by lsp and client only', () => {
    expect(server.filter(f => f.layer !== 'lsp' && f.imports.some(i => i.startsWith('vscode'))).map(f => f.path)).toEqual([])
  })

  it('of tree-sitter are imported by the engines only', () => {
    const outside = server.filter(f => !/syntax[\\/]engines/.test(f.path) && f.imports.some(i => i.includes('tree-sitter')))
    expect(outside.map(f => f.path)).toEqual([])
  })
})

describe('the analysis', () => {
  const analysis = server.filter(f => ANALYSIS.includes(f.layer))

  it('does no I/O', () => {
    const engines = /syntax[\\/]engines/
    expect(analysis.filter(f => !engines.test(f.path) && f.imports.some(i => i.startsWith('node:'))).map(f => f.path)).toEqual([])
  })

  it('reads no clock and writes to no console', () => {
    const forbidden = /\bDate\.now\b|\bnew Date\b|\bperformance\.|\bconsole\.|\bprocess\.(?:env|stdout|stderr|exit)\b|\bMath\.random\b|\bsetTimeout\b/
    expect(analysis.filter(f => forbidden.test(withoutComments(f.text))).map(f => f.path)).toEqual([])
  })
})

describe('files', () => {
  it('stay below 400 lines', () => {
    expect([...server, ...client].filter(f => f.text.split('\n').length > 400).map(f => f.path)).toEqual([])
  })
})
