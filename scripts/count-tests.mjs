// Adds up the JSON results of vitest in a folder, and prints them on one line.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const total = { passed: 0, failed: 0, skipped: 0 }
for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  total.passed += numPassedTests
  total.skipped += numPendingTests + numTodoTests
  // A file that could not be run has no tests to count, and is a failure all the same.
  total.failed += numFailedTests + testResults.filter(result => result.status === 'failed' && result.assertionResults.length === 0).length
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
