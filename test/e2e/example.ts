/** The file that the tests open in editors, and what its first fix makes of it. */
import { readFileSync } from 'node:fs'

export const EXAMPLE = readFileSync(new URL('../../examples/report.py', import.meta.url), 'utf8')

const LAST_USE = '    totals = summarise(rows)\n'
export const FIXED = EXAMPLE.replace(LAST_USE, `${LAST_USE}    del rows\n`)

/** 1-based. */
export const LAST_USE_LINE = EXAMPLE.slice(0, EXAMPLE.indexOf(LAST_USE)).split('\n').length
