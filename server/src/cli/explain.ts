/** `refleak explain RULE`, and the sentence that stands for a rule elsewhere. */
import { isRuleName } from '../rules/names.ts'
import { unknownRule } from '../service/config-values.ts'
import type { Installation } from './installation.ts'
import type { Io } from './io.ts'
import { EXIT, complain } from './io.ts'

/** The answer is the exit status. */
export function runExplain(rule: string, io: Io, installation: Installation): number {
  if (!isRuleName(rule)) {
    complain(io, unknownRule(rule))
    return EXIT.failed
  }
  const page = installation.pageOf(rule)
  if (page === null) {
    complain(io, `${rule}: the page of this rule is not installed`)
    return EXIT.failed
  }
  io.out(page.endsWith('\n') ? page : `${page}\n`)
  return EXIT.clean
}

/** The first sentence of the first paragraph of a rule's page; its name where there is none. */
export function summaryOf(rule: string, installation: Installation): string {
  const paragraph = (installation.pageOf(rule) ?? '').split(/\r?\n\s*\r?\n/).map((block) => block.trim())
    .find((block) => block !== '' && !/^(#|```|>|\||<!--)/.test(block))
  const sentence = paragraph === undefined ? '' : /^[\s\S]*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph
  return sentence === '' ? rule : sentence.replace(/\s+/g, ' ')
}

