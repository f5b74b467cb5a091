/** The copy that is fixed, and what is told of the fixes. */
import { changesOf, type Changes } from './copies.ts'
import { fixFolder, type Choice, type Fixed, type Fixing } from './fixing.ts'

/** Tells, too, what has been done. */
export async function fixCopy(before: string, after: string, choice: Choice, fixing: Fixing): Promise<Changes & Fixed> {
  const fixed = await fixFolder(after, choice, fixing)
  const changes = changesOf(before, after)
  console.log(`fixes (${choice}): ${fixed.fixes} applied in ${changes.files.length} files; ${changes.inserted} lines inserted, ${changes.removed} removed`)
  for (const problem of fixed.problems) console.log(`  ${problem}`)
  return { ...fixed, ...changes }
}
