import { expect } from 'chai'
import { type ApiDocument, exampleOf, type Known, resolve, type Schema } from '../attack/routes.ts'
import { inParallel } from '../attack/world.ts'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { listen } from '../support/live.ts'
import { type Places, type Question, questionsOf } from '../support/questions.ts'
import { startSales } from '../support/sales.ts'

/**
 * The contract of every path on which records are told of: nobody notices a change of what they may not see. All routes
 * of the document are asked twice, and between it everything changes that is hidden from who asks: an answer that is
 * another one then comes from a path that forgot to ask for rights. A route that is added to the document is held to
 * it from then on without anything to be done here. (Noninterference: Goguen and Meseguer, Security Policies and
 * Security Models, 1982.)
 */
/** From service both records and fields of records that it sees are hidden. */
const ROLES = process.env.TENON_TEST_DEEP === '1' ? ['service', 'sales', 'marketing'] : ['service']

type Answers = ReadonlyMap<string, string>
type Person = Client & { readonly id: string }

describe('what is hidden from somebody', () => {
  let engine: TestEngine
  let admin: Client
  let document: ApiDocument
  let places: Places
  let questions: readonly Question[]
  /** The first question of each route. */
  let oneOfEach: readonly Question[]
  const people = new Map<string, Person>()
  /** By role: the ids of the records that are somebody else's, by entity. */
  const theirs: Record<string, string> = {}
  const texts: Record<string, readonly string[]> = {}
  let known: Known
  let count = 0

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
    document = (await admin.get('/api/openapi.json')).body as ApiDocument
    known = {
      email: () => `someone${++count}@hidden.example`,
      password: () => 'correct horse battery',
      code: () => `N${++count}`,
      name: () => `name ${++count}`,
      account: () => theirs.account,
      about: () => ({ entity: 'account', id: theirs.account }),
    }
    theirs.account = await made('account')
    for (const entity of entities()) theirs[entity] ??= await made(entity)
    const ids: Record<string, string[]> = Object.fromEntries(
      Object.entries(theirs).map(([entity, id]) => [entity, [id]]),
    )
    for (const role of ROLES) {
      const person = await loginAs(admin, `person_${role}`, [role])
      people.set(role, person)
      ids.user!.push(person.id)
      for (const entity of entities().filter((one) => 'owner' in propertiesOf(`${one}.create`)))
        ids[entity]!.push(await made(entity, { owner: person.id }))
    }
    places = { ids, names: await definitionNames(), fields: fieldNames() }
    for (const entity of entities()) texts[entity] = await textsOf(entity)
    questions = questionsOf(document, places)
    oneOfEach = questions.filter(
      ({ route }, index) => questions.findIndex((one) => one.route === route) === index,
    )
  })
  after(() => engine.stop())

  const propertiesOf = (name: string): Readonly<Record<string, Schema>> =>
    (document.components.schemas[name]?.properties ?? {}) as Record<string, Schema>
  const entities = (): string[] =>
    Object.keys(document.components.schemas).flatMap((name) => /^(\w+)\.create$/.exec(name)?.[1] ?? [])

  async function made(entity: string, more: object = {}): Promise<string> {
    const smallest = exampleOf(
      document,
      resolve(document, { $ref: `#/components/schemas/${entity}.create` }),
      known,
    )
    const answer = await admin.post(`/api/records/${entity}?duplicates=accept`, {
      ...(smallest as object),
      ...more,
    })
    if (answer.status !== 201) throw new Error(`${entity}: ${answer.text}`)
    return answer.record.id
  }

  async function definitionNames(): Promise<Record<string, string[]>> {
    const names: Record<string, string[]> = {}
    for (const { kind, name } of (await admin.get('/api/meta/definitions')).records as unknown as {
      kind: string
      name: string
    }[])
      names[kind] = [...(names[kind] ?? []), name]
    return names
  }

  /** The fields of an entity that take any text. */
  async function textsOf(entity: string): Promise<string[]> {
    const { fields } = (await admin.get(`/api/meta/definitions/entity/${entity}`)).record as unknown as {
      fields: { name: string; type: string; maxLength?: number }[]
    }
    return fields
      .filter(
        ({ type, maxLength = 100 }) => ['text', 'long_text', 'encrypted'].includes(type) && maxLength > 20,
      )
      .map(({ name }) => name)
      .filter((name) => name in propertiesOf(`${entity}.patch`))
  }

  const fieldNames = (): Record<string, string[]> =>
    Object.fromEntries(entities().map((entity) => [entity, Object.keys(propertiesOf(entity))]))

  /** What somebody is answered, without what tells of the moment. */
  async function answersTo(client: Client, questions: readonly Question[]): Promise<Answers> {
    const answers = new Map<string, string>()
    await inParallel([...questions], async ({ key, method, path, body }) => {
      const { status, text } = await client.call(method, path, body === undefined ? {} : { body })
      answers.set(key, `${status} ${withoutMoment(text)}`)
    })
    return answers
  }

  for (const role of ROLES)
    it(`is noticed on no path by ${role}, whatever becomes of it`, async () => {
      const person = people.get(role)!
      const heard = await listen(engine.url, person)
      const before = await answersTo(person, questions)
      const control = await answersTo(admin, oneOfEach)
      const changed = await changeHidden(person)
      const after = await answersTo(person, questions)
      const account = places.ids.account![0]!
      await person.post(`/api/records/account/${account}/comments`, { text: 'the last that is heard' })
      const all = () => JSON.stringify(heard.heard)
      await heard.until(() => all().includes('comment') && all().includes(account))
      heard.close()
      expect(changed.ids.filter((id) => all().includes(id))).to.deep.equal([])
      expect(differing(before, after)).to.deep.equal([])
      const answered = [...after.values()].filter((text) => text.startsWith('200'))
      expect(answered.length).to.be.greaterThan(questions.length / 4)
      // Whoever sees everything is told of the change on every path that leads there.
      const told = differing(control, await answersTo(admin, oneOfEach))
      expect(told.length).to.be.greaterThan(50)
      expect([changed.records > 5, changed.cells > 0]).to.deep.equal([true, true])
    })

  it('would be noticed on a path that forgets to ask for rights', async () => {
    const person = people.get('service')!
    const forgetful: Question = { key: 'forgetful', route: '/forgetful', method: 'GET', path: '/forgetful' }
    // As if a route counted the rows by itself.
    const client = { ...person, call: async () => admin.get('/api/records/account?count=exact&limit=1') }
    const before = await answersTo(client, [forgetful])
    await made('account')
    expect(differing(before, await answersTo(client, [forgetful]))).to.deep.equal(['forgetful'])
  })

  const differing = (before: Answers, after: Answers): string[] =>
    [...before].flatMap(([key, text]) => (after.get(key) === text ? [] : [key]))

  /** Changes everything that a person may not see: records that are not theirs, and fields that are hidden from them. */
  async function changeHidden(person: Person): Promise<{ records: number; cells: number; ids: string[] }> {
    const own = (await person.get('/api/openapi.json')).body as ApiDocument
    const changed = { records: 0, cells: 0, ids: [] as string[] }
    for (const entity of entities()) {
      const shown = Object.keys((own.components.schemas[entity]?.properties ?? {}) as object)
      for (const id of places.ids[entity]!) {
        // A comment is seen by whoever sees what it is about.
        const [about, aboutId] = entity === 'comment' ? ['account', theirs.account] : [entity, id]
        const isSeen = (await person.get(`/api/records/${about}/${aboutId}`)).status === 200
        const change = hiddenChange(entity, isSeen ? shown : [])
        if (Object.keys(change).length === 0) continue
        const { status, text } = await admin.patch(`/api/records/${entity}/${id}?duplicates=accept`, change)
        if (status !== 200) throw new Error(`${entity}: ${text}`)
        if (isSeen) changed.cells++
        else changed.ids.push(id)
      }
      if (!changed.ids.includes(theirs[entity]!)) continue
      const more = await made(entity)
      await made(entity)
      const gone = await admin.delete(`/api/records/${entity}/${more}`)
      if (gone.status !== 200 && gone.status !== 204) throw new Error(`${entity}: ${gone.text}`)
      await admin.post(`/api/records/${entity}/${theirs[entity]}/comments`, { text: 'canary' })
    }
    changed.records = changed.ids.length
    return changed
  }

  /** New texts for all fields that take any, but for those that are seen. */
  const hiddenChange = (entity: string, seen: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      texts[entity]!.filter((name) => !seen.includes(name)).map((name) => [name, `canary ${++count}`]),
    )
})

/**
 * An answer without the moment, and without that a record was changed, when and by whom: its version and the last change
 * are shown to whoever sees the record, and its history has an entry without a word for a change of what is hidden.
 */
function withoutMoment(text: string): string {
  return text
    .replaceAll(
      /"(version|updated_at|updated_by|asOf|until|now|today)":("[^"]*"|\d+|null|\{[^}]*\})/g,
      '"$1":0',
    )
    .replaceAll(
      /\{"id":"\d+","at":"[^"]*","actor":\{[^}]*\},"via":"api","action":"update","version":0,"changes":\[\]\},?/g,
      '',
    )
}
