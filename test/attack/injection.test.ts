import { expect } from 'chai'
import type { Answer } from '../support/http.ts'
import { JSON_TEXTS, naughtyStrings, SMUGGLED_TABLE, sampled, TEXTS } from './payloads.ts'
import { entityOf, type Place, placesOf, withValue } from './routes.ts'
import { prototypeKeys, watchConnections } from './watch.ts'
import { faultOf, inParallel, isSpecimen, startWorld, type World } from './world.ts'

/** Payloads a place gets in a short run; over all places all of them are used, several times. */
const TEXTS_A_PLACE = 4
const JSON_A_PLACE = 1
const NAUGHTY_A_PLACE = 1

/** Rules as they stand in questions: their operators, paths and values are hit too. */
const RULE = { and: [{ '==': [{ var: 'name' }, 'x'] }, { in: ['x', { var: 'name' }] }] }

describe('injection', function () {
  this.timeout(process.env.TENON_TEST_DEEP === '1' ? 900_000 : 120_000)
  const naughty = naughtyStrings()
  const texts = [...TEXTS]
  let world: World
  let prototypes: ReturnType<typeof prototypeKeys>
  let watch: ReturnType<typeof watchConnections>

  before(async () => {
    world = await startWorld({ TENON_TRUST_PROXY: 'loopback' })
    prototypes = prototypeKeys()
    watch = watchConnections()
  })
  after(async () => {
    watch.stop()
    await world.stop()
  })

  let hop = 0
  /** Sign-in is throttled by address: each attempt comes from another one. */
  const headers = () => {
    hop++
    return { 'x-forwarded-for': `10.${(hop >> 16) & 255}.${(hop >> 8) & 255}.${hop & 255}` }
  }

  const faults = async (
    hits: readonly { readonly what: string; readonly call: () => Promise<Answer> }[],
  ): Promise<string[]> => {
    const found = await inParallel(hits, async ({ what, call }) => {
      const fault = faultOf(await call())
      return fault === undefined ? [] : [`${what}: ${fault}`]
    })
    return found.flat()
  }
  const payloadsFor = (turn: number): readonly string[] => [
    ...sampled(texts, turn, TEXTS_A_PLACE),
    ...sampled(naughty, turn, NAUGHTY_A_PLACE),
  ]

  it('into each part of each address finds nothing that gives way', async () => {
    const found = await inParallel(world.routes, async (route, turn) => {
      const client = await world.callerFor(route)
      const parts = route.parameters.filter((parameter) => parameter.in === 'path')
      const hits = parts.flatMap((part, place) =>
        payloadsFor(turn + place).map((payload) => ({
          what: `${route.method} ${route.path} ${part.name}=${JSON.stringify(payload)}`,
          call: async () => {
            const address = await world.addressOf(route, { [part.name]: encode(payload) })
            return client.call(route.method, address, route.body === undefined ? {} : { body: {} })
          },
        })),
      )
      return faults(hits)
    })
    expect(found.flat()).to.deep.equal([])
  })

  it('into each parameter of each call finds nothing that gives way', async () => {
    const found = await inParallel(world.routes, async (route, turn) => {
      const client = await world.callerFor(route)
      const parameters = route.parameters.filter((parameter) => parameter.in === 'query')
      const address = await world.addressOf(route)
      const hits = parameters.flatMap(({ name }, place) =>
        [...payloadsFor(turn + place), ...sampled(JSON_TEXTS, turn + place, JSON_A_PLACE)].map((payload) => ({
          what: `${route.method} ${address}?${name}=${JSON.stringify(payload)}`,
          call: () =>
            client.call(
              route.method,
              `${address}?${name}=${encode(payload)}`,
              route.body === undefined ? {} : { body: {} },
            ),
        })),
      )
      return faults(hits)
    })
    expect(found.flat()).to.deep.equal([])
  })

  it('by odd spellings of parameters is refused', async () => {
    const found = await inParallel(world.routes, async (route) => {
      const client = await world.callerFor(route)
      const address = await world.addressOf(route)
      const names = [
        'filter[$gt]',
        '__proto__',
        '__proto__[admin]',
        'constructor.prototype.admin',
        '$where',
        '%00',
      ]
      return faults(
        names.map((name) => ({
          what: `${route.method} ${address}?${name}=1`,
          call: () =>
            client.call(
              route.method,
              `${address}?${name}=1`,
              route.body === undefined ? { headers: headers() } : { body: {}, headers: headers() },
            ),
        })),
      )
    })
    expect(found.flat()).to.deep.equal([])
  })

  it('into each header that a call reads finds nothing that gives way', async () => {
    const common = [
      'authorization',
      'cookie',
      'x-workspace',
      'accept-language',
      'accept',
      'origin',
      'if-none-match',
      'range',
      'x-forwarded-host',
      'x-forwarded-proto',
      'x-http-method-override',
      'content-encoding',
    ]
    const sendable = texts.filter((text) => /^[\x20-\x7e]*$/.test(text)).concat('Bearer ', 'tenon_session=')
    const found = await inParallel(world.routes, async (route, turn) => {
      const client = await world.callerFor(route)
      const address = await world.addressOf(route)
      const names = [
        ...sampled(common, turn, 3),
        ...route.parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name),
      ]
      const body = world.bodiesOf(route)[0]
      return faults(
        names.flatMap((name, place) =>
          sampled(sendable, turn + place, 1).map((payload) => ({
            what: `${route.method} ${address} ${name}: ${payload}`,
            call: () =>
              client.call(route.method, address, {
                headers: { ...headers(), [name]: payload },
                ...(body === undefined ? {} : { body }),
              }),
          })),
        ),
      )
    })
    expect(found.flat()).to.deep.equal([])
  })

  it('into each place of each body finds nothing that gives way', async () => {
    const found = await inParallel(world.routes, async (route, turn) => {
      const client = await world.callerFor(route)
      const bodies = world.bodiesOf(route)
      const places = bodies.flatMap((body) => placesIn(body).map((place) => ({ body, place })))
      const hits = places.flatMap(({ body, place }, index) =>
        jsonFor(turn + index, isSpecimen(entityOf(route)) ? JSON_A_PLACE : 1).map((json) => ({
          what: `${route.method} ${route.path} /${place.join('/')} ${json.slice(0, 100)}`,
          call: async () =>
            client.call(route.method, await world.addressOf(route), {
              body: withJson(body, place, json),
              headers: headers(),
            }),
        })),
      )
      return faults(hits)
    })
    expect(found.flat()).to.deep.equal([])
  })

  it('into the operators, paths and values of a rule finds nothing that gives way', async () => {
    const questions: readonly ((rule: string) => Promise<Answer>)[] = [
      (rule) => world.admin.get(`/api/records/company?filter=${encodeURIComponent(rule)}`),
      (rule) => world.admin.post('/api/records/company/query', `{"filter":${rule}}`),
      (rule) =>
        world.admin.post('/api/records/company/aggregate', `{"measures":[{"fn":"count"}],"filter":${rule}}`),
      (rule) => world.admin.post('/api/records/company/bulk', `{"filter":${rule},"set":{"score":1}}`),
    ]
    const rules = [
      ...placesOf(RULE).flatMap((place) => JSON_TEXTS.map((json) => withJson(RULE, place, json))),
      ...texts.flatMap((text) => [
        JSON.stringify({ [text]: [{ var: 'name' }, 'x'] }),
        JSON.stringify({ '==': [{ var: text }, 'x'] }),
        JSON.stringify({ '==': [{ var: 'name' }, text] }),
        JSON.stringify({ '==': [{ var: `owner.${text}` }, 'x'] }),
      ]),
    ]
    const hits = rules.map((rule, index) => ({
      what: rule,
      call: () => questions[index % questions.length]!(rule),
    }))
    expect(await faults(hits)).to.deep.equal([])
  })

  it('has changed nothing in the database that it was not asked to', async () => {
    const { rows } = await world.engine.database.query<{ smuggled: string | null; users: string }>({
      text: `SELECT to_regclass('public.${SMUGGLED_TABLE}') AS smuggled,
  (SELECT count(*) FROM pg_tables WHERE schemaname = 'public') AS users`,
    })
    expect(rows[0]?.smuggled).to.equal(null)
  })

  it('has left the prototypes of the language as they were', () => {
    expect(prototypeKeys()).to.deep.equal(prototypes)
  })

  it('has made the server call nobody', () => {
    expect(watch.foreign()).to.deep.equal([])
  })

  it('has left the server up, its administrator signed in and its log without a fault', async () => {
    expect((await world.engine.client.get('/readyz')).status).to.equal(200)
    expect((await world.admin.get('/api/auth/me')).status).to.equal(200)
    const { text } = await world.engine.client.get('/metrics')
    expect(text).not.to.match(/tenon_observations_total\{kind="fault"\} [1-9]/)
  })

  /** The whole body and every place in it. */
  const placesIn = (body: unknown): Place[] => [[], ...placesOf(body)]
  const jsonFor = (turn: number, payloads: number): readonly string[] => [
    ...sampled(JSON_TEXTS, turn, payloads),
    ...sampled(texts, turn, payloads).map((text) => JSON.stringify(text)),
  ]
})

/** A part of an address; what has no UTF-8 goes as the bytes that a careless client would send. */
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80'
}

/** The body with raw JSON at a place: `__proto__` survives only as text. */
function withJson(body: unknown, place: Place, json: string): string {
  const mark = '@@here@@'
  return JSON.stringify(withValue(body, place, mark)).replace(`"${mark}"`, () => json)
}
