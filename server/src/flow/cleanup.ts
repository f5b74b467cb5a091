/**
 * Code that runs on every way out of a region: `finally` bodies, the end of `with`, the unbinding of `except … as`. It is built once for
 * each way out, so that what a `return` does on its way is not taken for what falls off the end (CPython's compiler does the same).
 */
import type { BlockId, Builder, Cleanup, Context } from './builder.ts'

export interface Region {
  readonly body: () => void
  /** Builds the code to run on the way out. */
  readonly cleanup: () => void
  /** The cleanup may end an exception; control then goes on after the region. */
  readonly swallows: boolean
}

/** Copies of `finally` bodies inside copies of `finally` bodies multiply; below this depth all ways out share one copy. */
const MAX_COPY_DEPTH = 2

export function visitRegion(b: Builder, region: Region): void {
  const outer = b.context
  const exception = b.newBlock()
  const inner: Cleanup = { kind: 'cleanup', outer, jumps: new Map() }
  b.context = { handlers: b.handlersAt(exception), region: inner, loops: outer.loops }
  b.split()
  region.body()
  b.context = outer
  if (b.copyDepth >= MAX_COPY_DEPTH) shareCleanup(b, region, inner, exception)
  else copyCleanup(b, region, inner, exception, outer)
}

function copyCleanup(b: Builder, region: Region, inner: Cleanup, exception: BlockId, outer: Context): void {
  const end = b.newBlock()
  b.hasCopies = true
  b.copyDepth++
  if (!b.isDead) {
    b.split()
    region.cleanup()
    b.link(end)
  }
  for (const [jump, entry] of inner.jumps) {
    b.start(entry)
    region.cleanup()
    b.jump(jump)
  }
  b.start(exception)
  region.cleanup()
  if (region.swallows) b.link(end)
  b.goto(outer.handlers[0])
  b.copyDepth--
  b.start(end)
}

function shareCleanup(b: Builder, region: Region, inner: Cleanup, exception: BlockId): void {
  b.link(exception)
  for (const entry of inner.jumps.values()) {
    b.start(entry)
    b.link(exception)
  }
  const end = b.newBlock()
  b.start(exception)
  b.copyDepth++
  region.cleanup()
  b.copyDepth--
  b.link(end)
  for (const jump of inner.jumps.keys()) b.linkJump(jump)
  b.link(b.context.handlers[0])
  b.start(end)
}
