// Draws client/icon.png: a small name that lets go of a large object. Run by hand when the drawing changes.
import { writeFileSync } from 'node:fs'
import { deflateSync, crc32 } from 'node:zlib'

const SIZE = 128

/** Distances to shapes in pixels, negative inside. */
const disc = (x, y, cx, cy, radius) => Math.hypot(x - cx, y - cy) - radius
const segment = (x, y, ax, ay, bx, by, width) => {
  const along = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)))
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)) - width / 2
}
const roundedSquare = (x, y, margin, radius) => {
  const reach = SIZE / 2 - margin - radius
  return Math.hypot(Math.max(0, Math.abs(x - SIZE / 2) - reach), Math.max(0, Math.abs(y - SIZE / 2) - reach)) - radius
}

const LAYERS = [
  { colour: [24, 52, 84], distance: (x, y) => roundedSquare(x, y, 2, 24) },
  { colour: [255, 200, 87], distance: (x, y) => disc(x, y, 80, 80, 32) },
  { colour: [255, 255, 255], distance: (x, y) => disc(x, y, 28, 28, 11) },
  { colour: [255, 255, 255], distance: (x, y) => Math.min(segment(x, y, 36, 36, 41, 41, 6), segment(x, y, 51, 51, 56, 56, 6)) },
]

function pixel(x, y) {
  let [red, green, blue, alpha] = [0, 0, 0, 0]
  for (const { colour, distance } of LAYERS) {
    const cover = Math.min(1, Math.max(0, 0.5 - distance(x + 0.5, y + 0.5)))
    const over = cover + alpha * (1 - cover)
    if (over === 0) continue
    const mix = (top, below) => (top * cover + below * alpha * (1 - cover)) / over
    ;[red, green, blue, alpha] = [mix(colour[0], red), mix(colour[1], green), mix(colour[2], blue), over]
  }
  return [red, green, blue, alpha * 255].map(Math.round)
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

const header = Buffer.alloc(13)
header.writeUInt32BE(SIZE, 0)
header.writeUInt32BE(SIZE, 4)
header.set([8, 6, 0, 0, 0], 8) // 8 bits per channel, RGBA
const rows = Array.from({ length: SIZE }, (_, y) => [0, ...Array.from({ length: SIZE }, (_, x) => pixel(x, y)).flat()])
writeFileSync(new URL('../client/icon.png', import.meta.url), Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', header),
  chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
  chunk('IEND', Buffer.alloc(0)),
]))
