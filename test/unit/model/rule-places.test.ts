import { expect } from 'chai'
import type { Kind } from '../../../engine/model/compiled.ts'
import { KIND_NAMES } from '../../../engine/model/definition-set.ts'
import { KINDS } from '../../../engine/model/kinds/kinds.ts'

/** Refuses to become a text. */
const STUBBORN = { toString: 'x', valueOf: 'x' }

describe('where the rules of a definition stand', () => {
  for (const kind of KIND_NAMES as readonly Kind[])
    it(`is asked of a ${kind} that nobody has checked yet without a fault`, () => {
      for (const lists of [STUBBORN, [STUBBORN], [null], 'x']) {
        const written = Object.fromEntries(
          ['fields', 'steps', 'stages', 'levels', 'rules', 'recycle', 'measures', 'form', 'trigger', 'when']
            .map((key): [string, unknown] => [key, lists])
            .concat(['kind', 'name', 'entity'].map((key) => [key, STUBBORN])),
        )
        const places = KINDS[kind].rules?.(written as never) ?? []
        expect(places.map(({ entity }) => typeof entity)).to.satisfy((types: string[]) =>
          types.every((type) => type === 'string' || type === 'undefined'),
        )
      }
    })
})
