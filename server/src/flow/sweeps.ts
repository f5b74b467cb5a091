/** Rounds in one direction after which both directions take turns. */
const ONE_WAY_ROUNDS = 8

/**
 * Visits the blocks 0 … count-1 again and again until a whole round changes nothing; `visit` says whether it changed something. In the natural
 * direction of a problem (`upwards` for forward ones) a round or two more than loops are nested will do; where hundreds are, what travels
 * from the outer ones inwards needs the other direction.
 */
export function sweep(count: number, upwards: boolean, visit: (block: number) => boolean): void {
  let changed = true
  for (let round = 0; changed; round++) {
    changed = false
    const up = round < ONE_WAY_ROUNDS || round % 2 === 0 ? upwards : !upwards
    for (let i = 0; i < count; i++) if (visit(up ? i : count - 1 - i)) changed = true
  }
}
