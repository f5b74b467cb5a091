/** Colour on a terminal. */

type Painter = (text: string) => string

export interface Paint {
  readonly bold: Painter
  readonly dim: Painter
  readonly warning: Painter
  readonly information: Painter
  readonly hint: Painter
}

const plain: Painter = (text) => text
const sgr = (code: number, end: number): Painter => (text) => `\u001b[${code}m${text}\u001b[${end}m`

export const PLAIN: Paint = { bold: plain, dim: plain, warning: plain, information: plain, hint: plain }

const COLOURED: Paint = { bold: sgr(1, 22), dim: sgr(2, 22), warning: sgr(33, 39), information: sgr(34, 39), hint: sgr(36, 39) }

/** Colour is for terminals, unless `NO_COLOR` is set (no-color.org) or the terminal says it cannot. `FORCE_COLOR` overrides. */
export function paintFor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  if ((env['NO_COLOR'] ?? '') !== '') return PLAIN
  if ((env['FORCE_COLOR'] ?? '0') !== '0') return COLOURED
  return isTerminal && env['TERM'] !== 'dumb' ? COLOURED : PLAIN
}
