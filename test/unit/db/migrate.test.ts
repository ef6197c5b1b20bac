import { expect } from 'chai'
import { type Migration, pendingOf, readMigrations } from '../../../engine/db/migrate.ts'

const one: Migration = { name: '0001-one', sql: '', checksum: 'a' }
const two: Migration = { name: '0002-two', sql: '', checksum: 'b' }

describe('migrations', () => {
  const cases: { applied: Record<string, string>; gives: string[] | { code: string; migration: string } }[] =
    [
      { applied: {}, gives: ['0001-one', '0002-two'] },
      { applied: { '0001-one': 'a' }, gives: ['0002-two'] },
      { applied: { '0001-one': 'a', '0002-two': 'b' }, gives: [] },
      { applied: { '0001-one': 'x' }, gives: { code: 'START_MIGRATION_CHANGED', migration: '0001-one' } },
      {
        applied: { '0001-one': 'a', '0002-two': 'b', '0003-three': 'c' },
        gives: { code: 'START_DATABASE_NEWER', migration: '0003-three' },
      },
    ]
  for (const { applied, gives } of cases) {
    it(`on ${JSON.stringify(applied)}: ${JSON.stringify(gives)}`, () => {
      const pending = (): string[] =>
        pendingOf([one, two], new Map(Object.entries(applied)), 'ws_x').map(({ name }) => name)
      if (Array.isArray(gives)) return expect(pending()).to.deep.equal(gives)
      const { code, migration } = gives
      return expect(pending)
        .to.throw()
        .with.property('problems')
        .that.deep.equals([{ code, path: '', params: { schema: 'ws_x', migration } }])
    })
  }

  for (const area of ['system', 'workspace'] as const) {
    it(`of the ${area} are numbered without a gap`, () => {
      const numbers = readMigrations(area).map(({ name }) => Number(/^(\d{4})-[a-z0-9-]+$/.exec(name)?.[1]))
      expect(numbers).to.deep.equal(numbers.map((_, index) => index + 1))
    })
  }
})
