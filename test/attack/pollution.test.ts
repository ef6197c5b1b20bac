import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import type { Answer } from '../support/http.ts'
import { outcome } from '../support/http-model.ts'
import { inShares } from '../support/shares.ts'
import { sampled } from './payloads.ts'
import { entityOf, type Place, placesOf, withValue } from './routes.ts'
import { prototypeKeys } from './watch.ts'
import { faultOf, inParallel, isSpecimen, startWorld, type World } from './world.ts'

/** Members that a careless merge would hang on every object; raw, since a literal would set a prototype. */
const POLLUTERS = [
  '"__proto__":{"polluted":"yes","roles":["administrator"],"active":true}',
  '"constructor":{"prototype":{"polluted":"yes"}}',
  '"__proto__":{"__proto__":{"polluted":"yes"}}',
] as const

describe('prototype pollution', () => {
  let world: World
  let prototypes: ReturnType<typeof prototypeKeys>
  before(async () => {
    world = await startWorld()
    prototypes = prototypeKeys()
  })
  after(() => world.stop())
  afterEach(() => {
    expect(prototypeKeys()).to.deep.equal(prototypes)
    expect(({} as Record<string, unknown>).polluted).to.equal(undefined)
  })

  const create = (body: unknown): Promise<Answer> => world.admin.post('/api/records/company', body)

  it('through any object of any body leaves every prototype as it was', async () => {
    const found = await inParallel(world.routes, async (route, turn) => {
      const client = await world.callerFor(route)
      const bodies = route.body === undefined ? [] : [{}, ...world.bodiesOf(route)]
      const faults: string[] = []
      for (const [nth, body] of bodies.entries()) {
        for (const place of inShares(objectsIn(body), turn + nth)) {
          for (const member of isSpecimen(entityOf(route)) ? POLLUTERS : sampled(POLLUTERS, turn, 1)) {
            const sent = withMember(body, place, member)
            const answer = await client.call(route.method, await world.addressOf(route), { body: sent })
            const fault = faultOf(answer)
            if (fault !== undefined) faults.push(`${route.method} ${route.path} ${sent}: ${fault}`)
            // A draft may be incomplete and wrong: it gives back what was set, word for word, until it is checked.
            const isKept = sent.includes('"extra"') || route.operationId === 'set_in_draft'
            if (answer.text.includes('"polluted":"yes"') && !isKept)
              faults.push(`${route.method} ${route.path} ${sent}: it came back`)
          }
        }
      }
      return faults
    })
    expect(found.flat()).to.deep.equal([])
  })

  it('through the names of parameters, forms and workspaces finds nothing', async () => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']
    const form = (name: string): FormData => {
      const data = new FormData()
      data.set(name, 'x')
      data.set('file', new Blob(['x']), 'x.txt')
      return data
    }
    const { admin } = world
    for (const name of names) {
      const answers = await Promise.all([
        admin.get(`/api/records/${name}`),
        admin.get(`/api/records/company?${name}=1`),
        admin.get(`/api/records/company?fields=${name}`),
        admin.get(`/api/records/company?expand=${name}`),
        admin.get(`/api/records/company?sort=${name}`),
        admin.get(`/api/records/company?count=${name}`),
        admin.get(`/api/records/company/${name}`),
        admin.put(`/api/records/company/by/${name}/x`, { name: 'x' }),
        admin.post('/api/records/company/aggregate', { group: [name], measures: [{ fn: 'count' }] }),
        admin.post('/api/records/company/aggregate', { measures: [{ fn: name, field: 'score' }] }),
        admin.post('/api/records/company/query', { filter: { [name]: [1, 1] } }),
        admin.post('/api/records/company/query', { filter: { '==': [{ var: name }, 1] } }),
        admin.get(`/api/forms/${name}`),
        admin.get(`/api/forms/company?layout=${name}`),
        admin.get(`/api/meta/definitions/${name}/x`),
        admin.get(`/api/meta/definitions/entity/${name}`),
        admin.get(`/api/meta/kinds/${name}/schema`),
        admin.post('/api/files', form(name)),
        admin.post('/api/tokens', { label: 'x', roles: [name] }),
        admin.get('/api/auth/me', { headers: { 'x-workspace': name } }),
      ])
      const taken = answers.flatMap((answer, index) =>
        answer.status >= 400 && answer.status < 500
          ? []
          : [`${name} ${index}: ${answer.status} ${answer.text}`],
      )
      expect(taken).to.deep.equal([])
    }
  })

  it('gives a body nothing that it does not say itself', async () => {
    const cases: readonly (readonly [string, string])[] = [
      ['{"__proto__":{"name":"inherited"}}', '422 FIELD_UNKNOWN'],
      ['{"name":"x","__proto__":{"amount":7}}', '422 FIELD_UNKNOWN'],
      ['{"name":"x","constructor":{"name":"y"}}', '422 FIELD_UNKNOWN'],
      ['{"name":"x","extra":{"__proto__":{"polluted":"yes"}}}', '201'],
    ]
    for (const [body, expected] of cases) {
      expect([body, outcome(await create(body))]).to.deep.equal([body, expected])
    }
    const login = '{"__proto__":{"email":"admin@example.com","password":"a long enough password"}}'
    expect(outcome(await world.engine.client.post('/api/auth/login', login))).to.equal('422 FIELD_UNKNOWN')
  })

  it('keeps such a name in a JSON field as a plain name', async () => {
    const extra = '{"__proto__":{"polluted":"yes"},"constructor":1,"toString":2}'
    const made = await create(`{"name":"x","extra":${extra}}`)
    const read = await world.admin.get(made.headers.get('location')!)
    const stored = read.record.extra as object
    expect(Object.keys(stored).sort()).to.deep.equal(['__proto__', 'constructor', 'toString'])
    expect((stored as Record<string, unknown>).polluted).to.equal(undefined)
  })

  it('finds a model whose own names are `constructor` and `prototype` no different from others', async () => {
    const { admin } = world
    await publishAll(admin, [
      {
        kind: 'entity',
        name: 'constructor',
        owned: true,
        features: ['comments'],
        fields: [
          { name: 'prototype', type: 'text', required: true },
          { name: 'constructor', type: 'select', options: [{ name: 'constructor' }, { name: 'prototype' }] },
          { name: 'valueof', type: 'lookup', to: 'constructor', inverse: 'tostring' },
        ],
      },
    ])
    const made = await admin.post('/api/records/constructor', {
      prototype: 'x',
      constructor: 'prototype',
    })
    expect(made.record).to.deep.include({ prototype: 'x', constructor: 'prototype', version: 1 })
    const { id } = made.record
    const child = await admin.post('/api/records/constructor', { prototype: 'y', valueof: id })
    expect(child.record).to.deep.include({ valueof: id, constructor: null })
    const related = await admin.get(`/api/records/constructor/${id}/related/tostring`)
    expect(related.records.map((record) => record.prototype)).to.deep.equal(['y'])
    const grouped = await admin.post('/api/records/constructor/aggregate', {
      group: ['constructor'],
      measures: [{ fn: 'count' }],
      sort: 'constructor',
    })
    expect(grouped.records).to.deep.equal([
      { constructor: 'prototype', count: 1 },
      { constructor: null, count: 1 },
    ])
    const filter = encodeURIComponent('{"==":[{"var":"valueof.constructor"},"prototype"]}')
    const found = await admin.get(
      `/api/records/constructor?filter=${filter}&sort=constructor&fields=prototype`,
    )
    expect(found.records.map((record) => record.prototype)).to.deep.equal(['y'])
    const patched = await admin.patch(`/api/records/constructor/${id}`, { constructor: null })
    expect(patched.record.constructor).to.equal(null)
    expect((await admin.get('/api/forms/constructor')).status).to.equal(200)
    expect((await admin.get('/api/openapi.json')).status).to.equal(200)
  })
})

/** The whole body, and each object in it. */
function objectsIn(body: unknown): Place[] {
  const inner = placesOf(body).filter((place) => isObject(place.reduce(step, body)))
  return [[], ...inner]
}

function step(value: unknown, key: string | number): unknown {
  return (value as Record<string | number, unknown>)[key]
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The body as JSON with one more member in the object at a place. */
function withMember(body: unknown, place: Place, member: string): string {
  const target = place.reduce(step, body) as object
  const written = JSON.stringify(target)
  const grown = written === '{}' ? `{${member}}` : `${written.slice(0, -1)},${member}}`
  return JSON.stringify(withValue(body, place, '@@here@@')).replace('"@@here@@"', () => grown)
}
