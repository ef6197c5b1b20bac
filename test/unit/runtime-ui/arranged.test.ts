import { expect } from 'chai'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import { arranged } from '../../../runtime-ui/values/arranged.ts'

describe('the arrangement of a record', () => {
  const page = (name: string) => ({ highlights: [name], tabs: [] })
  const entity = {
    name: 'deal',
    page: page('plain'),
    sections: [],
    layouts: [
      {
        where: [
          { field: 'type', is: ['partner'] },
          { field: 'stage', is: ['won', 'lost'] },
        ],
        page: page('both'),
        sections: [],
      },
      { where: [{ field: 'type', is: ['partner'] }], page: page('partner'), sections: [] },
    ],
  } as unknown as Entity

  const cases = [
    [{ type: 'partner', stage: 'won' }, 'both'],
    [{ type: 'partner', stage: 'open' }, 'partner'],
    [{ type: 'partner' }, 'partner'],
    [{ type: null, stage: 'won' }, 'plain'],
    [{}, 'plain'],
  ] as const
  for (const [record, name] of cases) {
    it(`is “${name}” for ${JSON.stringify(record)}`, () => {
      expect(arranged(entity, { id: 'x', ...record } as never).page.highlights).to.deep.equal([name])
    })
  }
})
