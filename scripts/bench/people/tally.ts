/** Shares in words. */

export interface Row {
  readonly found: boolean
  /** The groups it counts in, besides all. */
  readonly groups: readonly string[]
}

export function counted(rows: readonly Row[]): readonly string[] {
  const groups = [...new Set(rows.flatMap(r => r.groups))].sort()
  return [share('released where a person did', rows), ...groups.map(g => `  ${share(g, rows.filter(r => r.groups.includes(g)))}`)]
}

function share(what: string, rows: readonly Row[]): string {
  const found = rows.filter(r => r.found).length
  return `${what}: ${found} of ${rows.length} = ${(100 * found / Math.max(rows.length, 1)).toFixed(1)} %`
}

export function perThousand(findings: number, lines: number): string {
  return `${findings} in ${lines} lines = ${(1000 * findings / Math.max(lines, 1)).toFixed(2)} per 1000`
}
