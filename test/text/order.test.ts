import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Order } from '../../server/src/text/order.ts'

const replacement = fc.record({ from: fc.nat(), removed: fc.nat(5), added: fc.nat(5) })

test('items stand in the order of the list, whatever was replaced', () => {
  fc.assert(fc.property(fc.array(replacement, { maxLength: 80 }), replacements => {
    const order = new Order<object>()
    let items: readonly object[] = []
    for (const { from, removed, added } of replacements) {
      const start = from % (items.length + 1)
      const gone = items.slice(start, start + removed)
      const fresh = Array.from({ length: added }, () => ({}))
      items = [...items.slice(0, start), ...fresh, ...items.slice(start + gone.length)]
      order.replace(gone, items, start, start + fresh.length)
      expect(order.sorted([...items].reverse()).every((item, i) => item === items[i])).toBe(true)
    }
  }))
})

test('there is always room between two items', () => {
  const order = new Order<object>()
  const [first, last] = [{}, {}]
  let items: readonly object[] = [first, last]
  order.replace([], items, 0, 2)
  for (let i = 0; i < 200; i++) {
    items = [first, {}, ...items.slice(1)]
    order.replace([], items, 1, 2)
  }
  const sorted = order.sorted([...items].reverse())
  expect(sorted.every((item, i) => item === items[i])).toBe(true)
})
