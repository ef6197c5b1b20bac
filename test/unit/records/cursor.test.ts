import { expect } from 'chai'
import fc from 'fast-check'
import { AppError } from '../../../engine/errors.ts'
import {
  cursorFault,
  decodeCursor,
  encodeCursor,
  questionFingerprint,
} from '../../../engine/records/cursor.ts'

describe('cursors', () => {
  const key = fc.option(
    fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
    { nil: null },
  )

  it('give back the keys that went in', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 6 }), (keys) => {
        const print = questionFingerprint(['q'])
        expect(decodeCursor(encodeCursor(print, keys), print, keys.length)).to.deep.equal(keys)
      }),
    )
  })

  it('are refused whatever text comes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text, 'print', 1)).to.throw(AppError, 'QUERY_CURSOR_INVALID')
      }),
    )
  })

  it('belong to one question', () => {
    const prints = [['a'], ['a', undefined], ['b'], [{ a: 1 }], [['a']]].map(questionFingerprint)
    expect(new Set(prints).size).to.equal(prints.length)
    const cursor = encodeCursor(prints[0]!, ['1'])
    expect(() => decodeCursor(cursor, prints[2]!, 1)).to.throw(AppError)
    expect(() => decodeCursor(cursor, prints[0]!, 2)).to.throw(AppError)
  })

  it('turn unreadable keys into a refusal, and leave other errors', () => {
    const other = Object.assign(new Error('x'), { code: '42601' })
    expect(cursorFault(other)).to.equal(other)
    expect(cursorFault(Object.assign(new Error('x'), { code: '22P02' }))).to.be.instanceOf(AppError)
  })
})
