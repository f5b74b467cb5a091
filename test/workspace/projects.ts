/**
 * Reads small projects out of a Markdown page. Under each heading stands one: blocks ```` ```python path/of/file.py ```` (```` toml ````, ```` ini ````) are its files,
 * other blocks (```` ```word arguments ````) say what is expected of it.
 */
import type { FileTree } from '../../server/src/workspace/files.ts'

export interface Project {
  readonly heading: string
  /** Text by path: absolute, below `/project`. */
  readonly files: ReadonlyMap<string, string>
  readonly claims: readonly Claim[]
}

export interface Claim {
  readonly word: string
  readonly args: readonly string[]
  /** Those that are not empty. */
  readonly lines: readonly string[]
  /** All of it, as the text of a file. */
  readonly text: string
  /** One-based line of the page. */
  readonly pageLine: number
}

export const ROOT = '/project'

export function readProjects(markdown: string): readonly Project[] {
  const projects: { heading: string; files: Map<string, string>; claims: Claim[] }[] = []
  const lines = markdown.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const heading = /^#{2,} (.*)/.exec(lines[i]!)
    if (heading) projects.push({ heading: heading[1]!, files: new Map(), claims: [] })
    const fence = /^```(\w+)\s*(.*)$/.exec(lines[i]!)
    const project = projects.at(-1)
    if (!fence || !project) continue
    const pageLine = i + 1
    const body: string[] = []
    for (i++; i < lines.length && lines[i] !== '```'; i++) body.push(lines[i]!)
    if (i === lines.length) throw new Error(`line ${pageLine}: the block is not closed`)
    if (fence[1] === 'python' || fence[1] === 'toml' || fence[1] === 'ini') project.files.set(`${ROOT}/${fence[2]}`, body.map(l => `${l}\n`).join(''))
    else project.claims.push({ word: fence[1]!, args: fence[2]!.split(/\s+/).filter(a => a !== ''), lines: body.filter(l => l.trim() !== ''), text: body.map(l => `${l}\n`).join(''), pageLine })
  }
  return projects.filter(p => p.files.size > 0)
}

/** Files and folders of a project that is nowhere but in memory. */
export function treeOf(files: ReadonlyMap<string, string>): FileTree {
  const folders = new Set<string>()
  for (const path of files.keys()) for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) folders.add(path.slice(0, at))
  return { isFile: path => files.has(path), isFolder: path => folders.has(path) }
}
