import { expect } from 'chai'
import { dataOf, openDraft, publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Client } from '../../support/http.ts'

const NAME = { name: 'name', type: 'text' }
const FIRM = { kind: 'entity', name: 'firm', title: 'name', fields: [NAME] } as Written
const PERSON = {
  ...{ kind: 'entity', name: 'person', title: 'name' },
  fields: [
    NAME,
    { name: 'firm', type: 'lookup', to: 'firm' },
    { name: 'boss', type: 'lookup', to: 'person', dependsOn: 'firm' },
  ],
} as Written
const offer = (fields: readonly object[]) =>
  ({ kind: 'entity', name: 'offer', title: 'name', fields: [NAME, ...fields] }) as Written
const OFFER = offer([
  { name: 'firm', type: 'lookup', to: 'firm' },
  { name: 'person', type: 'lookup', to: 'person', dependsOn: 'firm' },
  { name: 'people', type: 'many_to_many', to: 'person', dependsOn: 'firm' },
  { name: 'other', type: 'lookup', to: 'person' },
])

describe('references that depend on another reference', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [FIRM, PERSON, OFFER])
  })
  after(() => engine.stop())

  const told = async (definition: Written): Promise<readonly string[]> => {
    const check = await admin.post(`/api/meta/changesets/${await openDraft(admin, [definition])}/check`, {})
    const { problems } = dataOf<{ problems: { code: string; path: string }[] }>(check, 200)
    return problems.map(({ code, path }) => `${code} ${path}`).sort()
  }
  const optionsOf = async (entity: string) => {
    type Ui = Record<string, { 'ui:options'?: { dependsOn?: string; by?: string } }>
    const { uiSchema } = dataOf<{ uiSchema: Ui }>(await admin.get(`/api/forms/${entity}`), 200)
    return (field: string) => {
      const { dependsOn, by } = uiSchema[field]?.['ui:options'] ?? {}
      return [dependsOn, by]
    }
  }

  it('tell a form which field narrows them, and by which field of what they offer', async () => {
    const [offered, person] = [await optionsOf('offer'), await optionsOf('person')]
    expect(offered('person')).to.eql(['firm', 'firm'])
    expect(offered('people')).to.eql(['firm', 'firm'])
    expect(offered('other')).to.eql([undefined, undefined])
    expect(person('boss')).to.eql(['firm', 'firm'])
    // The same where a field is changed outside of a form.
    type Told = { entities: { name: string; fields: { name: string; relation?: object }[] }[] }
    const { entities } = dataOf<Told>(await admin.get('/api/meta/model'), 200)
    const offer = entities.find(({ name }) => name === 'offer')?.fields ?? []
    const relation = (field: string) => offer.find(({ name }) => name === field)?.relation
    expect(relation('person')).to.eql({ kind: 'one', to: ['person'], dependsOn: 'firm', by: 'firm' })
    expect(relation('other')).to.have.all.keys('kind', 'to')
  })

  it('follow the other field when it is renamed', async () => {
    const stored = dataOf<Written & { fields: { name: string }[] }>(
      await admin.get('/api/meta/definitions/entity/offer'),
      200,
    )
    const renamed = stored.fields.map((field) =>
      field.name === 'firm' ? { ...field, name: 'customer' } : field,
    )
    await publishAll(admin, [{ ...stored, fields: renamed }])
    expect((await optionsOf('offer'))('people')).to.eql(['customer', 'firm'])
  })

  it('cannot depend on what holds no record, on themselves, or where no way leads back', async () => {
    const bad = offer([
      { name: 'a', type: 'lookup', to: 'person', dependsOn: 'name' },
      { name: 'b', type: 'lookup', to: 'person', dependsOn: 'c' },
      { name: 'c', type: 'lookup', to: 'person', dependsOn: 'b' },
      { name: 'd', type: 'many_to_many', to: 'firm', dependsOn: 'g' },
      { name: 'e', type: 'lookup', to: 'person', dependsOn: 'nobody' },
      { name: 'f', type: 'lookup', to: 'person', dependsOn: 'd' },
      { name: 'g', type: 'lookup', to: 'person' },
    ])
    expect(await told({ ...bad, name: 'bad' })).to.eql([
      'META_REFERENCE_UNKNOWN /entity/bad/fields/5/dependsOn',
      ...[1, 2, 3, 4, 6].map((index) => `META_VALUE_INVALID /entity/bad/fields/${index}/dependsOn`),
    ])
  })
})
