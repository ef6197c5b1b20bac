import { expect } from 'chai'
import type { Entity, Field, RecordData } from '../../../runtime-ui/api/types.ts'
import { dropOf } from '../../../runtime-ui/screens/board/drop.ts'

const field = (name: string, type: string) => ({ name, type, writable: true }) as unknown as Field
const stage = field('stage', 'stage')
const size = field('size', 'select')
const entity = {
  pipelines: {
    stage: [
      { name: 'new', next: ['won'] },
      { name: 'won', next: [] },
    ],
  },
} as unknown as Entity
const record = { id: '1', stage: 'new', size: 'small' } as unknown as RecordData

describe('a card that is let go on a board', () => {
  const at = (column: string | null, row?: string | null) => ({
    column: { name: column, option: undefined },
    row: row === undefined ? undefined : { name: row, option: undefined },
  })
  const result = (lanes: Field | undefined, place: ReturnType<typeof at>, of = record) => {
    const dropped = dropOf(entity, stage, lanes, of, place)
    return dropped === undefined ? undefined : [dropped.field.name, dropped.value, dropped.along]
  }

  it('takes the value of its column', () => {
    expect(result(undefined, at('won'))).to.deep.equal(['stage', 'won', {}])
  })

  it('takes that of its row with it, or alone', () => {
    expect(result(size, at('won', 'big'))).to.deep.equal(['stage', 'won', { size: 'big' }])
    expect(result(size, at('new', 'big'))).to.deep.equal(['size', 'big', {}])
    expect(result(size, at('new', null))).to.deep.equal(['size', null, {}])
  })

  it('stays where it lies, and where the pipeline lets it not go', () => {
    expect(result(size, at('new', 'small'))).to.equal(undefined)
    const won = { ...record, stage: 'won' } as RecordData
    expect(result(size, at('new', 'big'), won)).to.equal(undefined)
  })
})
