import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSource } from '../../server/src/text/decode.ts'

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')

function textOf(bytes: Uint8Array): string {
  const decoded = decodeSource(bytes)
  return 'problem' in decoded ? `problem: ${decoded.problem}` : decoded.text
}

describe('a source file is read', () => {
  it.each([
    ['as UTF-8', Buffer.from('x = "größe 😀"\n'), 'x = "größe 😀"\n'],
    ['without its byte order mark', Buffer.from('\uFEFFx = 1\n'), 'x = 1\n'],
    ['with its line ends', Buffer.from('a\r\nb\rc\n\fd'), 'a\r\nb\rc\n\fd'],
    ['when empty', Buffer.from(''), ''],
    ['by a cookie in the first line', latin1('# -*- coding: latin-1 -*-\nx = "größe"\n'), '# -*- coding: latin-1 -*-\nx = "größe"\n'],
    ['by a cookie in the second line', latin1('#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\nx = "\xa4"\n'), '#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\nx = "€"\n'],
    ['by a cookie with underscores', Buffer.concat([Buffer.from('# coding: euc_jp\n# '), Buffer.from([0xc6, 0xfc]), Buffer.from('\n')]), '# coding: euc_jp\n# 日\n'],
    ['by a cookie with the suffix of an editor', latin1('# coding: latin-1-unix\n# \xe9\n'), '# coding: latin-1-unix\n# é\n'],
    ['as UTF-8 where the cookie says so', Buffer.from('# coding: utf-8-unix\n# é\n'), '# coding: utf-8-unix\n# é\n'],
    ['as UTF-8 where "coding" stands behind code', Buffer.from('x = 1 # coding: latin-1\n# é\n'), 'x = 1 # coding: latin-1\n# é\n'],
    ['as UTF-8 where the cookie comes too late', Buffer.from('\n\n# coding: latin-1\n# é\n'), '\n\n# coding: latin-1\n# é\n'],
  ])('%s', (_, bytes, expected) => {
    expect(textOf(bytes)).toBe(expected)
  })
})

describe('a file that Python cannot read is named with its reason', () => {
  it.each([
    ['a byte that is not UTF-8', latin1('x = 1\ny = "\xe9"\n'), 'is not UTF-8 (byte 0xe9 in line 2) and declares no other encoding'],
    ['a character that is cut off', Buffer.from([0x23, 0xe2, 0x82]), 'is not UTF-8 (byte 0xe2 in line 1) and declares no other encoding'],
    ['NUL', Buffer.from('x = 1\n\0'), 'contains a NUL byte in line 2: a binary or damaged file'],
    ['UTF-16', Buffer.from('\uFEFFx = 1', 'utf16le'), 'is UTF-16, which Python does not read'],
    ['an unknown cookie', Buffer.from('# coding: klingon\n'), 'declares the unknown encoding "klingon"'],
    ['a cookie that is no text encoding', Buffer.from('# coding: base64\n'), 'declares the unknown encoding "base64"'],
    ['a byte order mark and another cookie', Buffer.from('\uFEFF# coding: cp1252\n'), 'begins with a UTF-8 byte order mark but declares the encoding "cp1252"'],
    ['bytes that the declared encoding lacks', Buffer.concat([Buffer.from('# coding: shift_jis\n# '), Buffer.from([0xff, 0xff])]), 'is not shift_jis, which it declares (line 2)'],
  ])('%s', (_, bytes, expected) => {
    expect(textOf(bytes)).toBe(`problem: ${expected}`)
  })
})

describe('a changed text is written back', () => {
  const rewritten = (bytes: Uint8Array, change: (text: string) => string): Uint8Array | null => {
    const decoded = decodeSource(bytes)
    if ('problem' in decoded) throw new Error(decoded.problem)
    return decoded.encode(change(decoded.text))
  }

  it('with its byte order mark', () => {
    expect(rewritten(Buffer.from('\uFEFFx\r\n'), (text) => `${text}y\r\n`)).toEqual(Buffer.from('\uFEFFx\r\ny\r\n'))
  })

  it('in its encoding', () => {
    expect(rewritten(latin1('# coding: latin-1\n# \xe9'), (text) => `${text}\xe8`)).toEqual(latin1('# coding: latin-1\n# \xe9\xe8'))
  })

  it('or not at all', () => {
    expect(rewritten(latin1('# coding: latin-1\n'), (text) => `${text}日`)).toBeNull()
  })

  it('unchanged, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, mark) => {
      fc.pre(!text.includes('\0') && !text.includes('coding') && !text.startsWith('\uFEFF'))
      const bytes = Buffer.from(mark ? `\uFEFF${text}` : text)
      expect(Buffer.from(rewritten(bytes, (same) => same) ?? '')).toEqual(bytes)
    }))
  })
})
