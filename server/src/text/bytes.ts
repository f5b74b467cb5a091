/** Amounts of memory as people write and read them. */

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

/**
 * Bytes as a person reads them, in binary units: `2.4 GiB`, `400 MiB`, `12 B`.
 * One decimal below 10, none above; never `1024 KiB`, which is `1 MiB`.
 */
export function formatBytes(bytes: number): string {
  let amount = Math.max(0, bytes)
  let unit = 0
  while (rounded(amount) >= 1024 && unit < units.length - 1) {
    amount /= 1024
    unit += 1
  }
  return `${rounded(amount)} ${units[unit]}`
}

/** Both ends included; a `high` of null: there is no limit. */
export interface AmountRange {
  readonly low: number
  readonly high: number | null
}

/** `400 MiB`, `1 MiB to 2 GiB`, `at least 2 GiB`, `up to 1 MiB`; empty where nothing is known. */
export function formatByteRange(range: AmountRange): string {
  return formatRange(range, formatBytes)
}

/** As `formatByteRange`, of other amounts. A range that reads the same at both ends is one amount. */
export function formatRange({ low, high }: AmountRange, format: (amount: number) => string): string {
  const least = format(low)
  if (high === null) return low > 0 ? `at least ${least}` : ''
  const most = format(high)
  if (least === most) return most
  return low > 0 ? `${least} to ${most}` : `up to ${most}`
}

function rounded(amount: number): number {
  return amount < 10 ? Math.round(amount * 10) / 10 : Math.round(amount)
}

const powers = 'kmgtp'

/**
 * Bytes from a setting, or null where the text is no size: `10MiB`, `10 MB`, `500k`, `1.5 GiB`, `4096`, 4096.
 * As in GNU coreutils, `MB` counts in powers of 1000, `MiB` and a bare `M` in powers of 1024. Case does not matter.
 */
export function parseSize(text: string | number): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(?:([kmgtp]?)(i?)b|([kmgtp]))?$/i.exec(String(text).trim())
  if (!match) return null
  const [, amount = '', prefix = '', binary = '', bare = ''] = match
  if (binary && !prefix) return null
  const base = prefix && !binary ? 1000 : 1024
  const bytes = Math.round(Number(amount) * base ** (powers.indexOf((prefix || bare).toLowerCase() || '-') + 1))
  return Number.isSafeInteger(bytes) ? bytes : null
}
