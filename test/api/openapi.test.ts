import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'chai'
import { apiRouters } from '../../engine/http/api-routers.ts'
import type { HttpDeps } from '../../engine/http/deps.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { httpTemplate, loginAs } from '../support/http-model.ts'
import { driverOf, prepareSamples, type Samples } from './openapi-drivers.ts'

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly schema: { readonly enum?: string[] }
  }[]
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>
}
interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

describe('openapi.json', () => {
  let engine: TestEngine
  let admin: Client
  let document: Document
  let samples: Samples
  let ajv: Ajv2020

  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
    document = (await admin.get('/api/openapi.json')).body as Document
    samples = await prepareSamples(engine, admin)
    ajv = new Ajv2020({ strict: false, validateFormats: true })
    ;(addFormats as unknown as (instance: Ajv2020) => void)(ajv)
    ajv.addSchema(document, 'openapi')
  })
  after(() => engine.stop())

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    )

  /** What is wrong with an answer, as the document has it; undefined where it is as described. */
  const faultOf = (
    path: string,
    method: string,
    operation: Operation,
    answer: Answer,
  ): string | undefined => {
    const described = operation.responses[answer.status]
    if (described === undefined) return `status ${answer.status} is not described: ${answer.text}`
    const type = answer.headers.get('content-type')?.split(';')[0] ?? ''
    if (described.content === undefined) return answer.text === '' ? undefined : 'a body is not described'
    if (described.content[type] === undefined)
      return '*/*' in described.content ? undefined : `${type} is not described`
    if (type !== 'application/json') return undefined
    const steps = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(answer.status),
      'content',
      type,
      'schema',
    ]
    const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
    const validate = ajv.getSchema(`openapi#/${pointer.join('/')}`)
    if (validate === undefined) return `no schema at ${pointer.join('/')}`
    return validate(answer.body)
      ? undefined
      : `${ajv.errorsText(validate.errors)} in ${answer.text.slice(0, 500)}`
  }

  it('has every path driven against the engine, with the answers that it describes', async () => {
    const faults: string[] = []
    for (const { path, method, operation } of operations()) {
      const drive = driverOf(operation.operationId)
      if (drive === undefined) {
        faults.push(`${operation.operationId}: nothing drives it`)
        continue
      }
      const choices = Object.fromEntries(
        (operation.parameters ?? []).map((one) => [one.name, one.schema.enum?.[0]]),
      )
      const answer = await drive({
        admin,
        samples,
        path,
        method,
        choices,
        operationId: operation.operationId,
      })
      // The database of the tests is not the embedded one, whose backups alone are ours.
      if (operation.operationId === 'make_backup') {
        expect([answer.status, answer.problems[0]?.code]).to.deep.equal([409, 'BACKUP_OWN_DATABASE'])
        continue
      }
      const fault =
        answer.status >= 300 ? `${answer.status} ${answer.text}` : faultOf(path, method, operation, answer)
      if (fault !== undefined) faults.push(`${method} ${path} (${operation.operationId}): ${fault}`)
    }
    expect(faults).to.deep.equal([])
    expect(operations().length).to.be.greaterThan(90)
  })

  it('describes each refusal: nobody signed in, and an unknown parameter', async () => {
    const faults: string[] = []
    for (const { path, method, operation } of operations()) {
      const address = path.replaceAll(/\{\w+\}/g, 'x')
      for (const answer of [
        await engine.client.call(method, address),
        await admin.call(method, `${address}?no_such_parameter=1`),
      ]) {
        if (answer.status < 300) continue
        const described = operation.responses[answer.status]
        if (described === undefined) faults.push(`${method} ${path}: ${answer.status} ${answer.text}`)
        else expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/)
      }
    }
    expect(faults).to.deep.equal([])
  })

  it('describes exactly the methods that an address takes', async () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const address = path.replaceAll('{entity}', 'company').replaceAll(/\{\w+\}/g, 'x')
      const allow = (await admin.call('OPTIONS', address)).headers.get('allow') ?? ''
      const taken = allow.split(', ').filter((method) => method !== 'HEAD' && method !== 'OPTIONS')
      const described = Object.keys(item).map((method) => method.toUpperCase())
      expect([path, described.sort()]).to.deep.equal([path, taken.sort()])
    }
  })

  it('describes every route that the server has', () => {
    const routers = apiRouters({ settings: { dataDir: 'none' } } as HttpDeps)
    const layers = routers.flatMap((router) => router.stack as unknown as { route?: { path: string } }[])
    const routes = layers.flatMap(({ route }) =>
      route === undefined ? [] : [route.path.replaceAll(/:(\w+)/g, '{$1}')],
    )
    expect(routes.filter((path) => document.paths[path] === undefined)).to.deep.equal([])
  })

  it('is cut to what the asking actor may', async () => {
    const reader = await loginAs(admin, 'rita', ['reader'])
    const { paths, components } = (await reader.get('/api/openapi.json')).body as Document
    const records = Object.keys(paths).filter(
      (path) => path.startsWith('/api/records/') && !path.startsWith('/api/records/notification'), // everybody's own
    )
    expect(records).to.deep.equal([
      '/api/records/company',
      '/api/records/company/query',
      '/api/records/company/aggregate',
      '/api/records/company/{id}',
      '/api/records/company/{id}/history',
      '/api/records/company/{id}/timeline',
      '/api/records/company/{id}/stages',
      '/api/records/company/{id}/actions',
      '/api/records/company/{id}/comments',
      '/api/records/company/{id}/comments/{comment}',
      '/api/records/company/{id}/comments/{comment}/restore',
      '/api/records/company/{id}/mentionable',
      '/api/records/company/{id}/files',
      '/api/records/company/{id}/related/{relation}',
    ])
    expect(Object.keys(paths['/api/records/company']!)).to.deep.equal(['get'])
    expect(Object.keys(components.schemas)).not.to.include('user')
    expect(Object.keys(paths).filter((path) => /tokens|changesets|versions/.test(path))).to.deep.equal([])
    expect(JSON.stringify(components.schemas)).not.to.include('password')
  })

  it('is not sent again while it is the same', async () => {
    const first = await admin.get('/api/openapi.json')
    const headers = { 'if-none-match': first.headers.get('etag')! }
    const again = await admin.get('/api/openapi.json', { headers })
    expect([again.status, again.text]).to.deep.equal([304, ''])
    const english = await admin.get('/api/openapi.json', { headers: { ...headers, 'accept-language': 'en' } })
    expect(english.status).to.equal(200)
  })

  it('describes every property that it requires', () => {
    const nameless = (schema: unknown, at: string): string[] => {
      if (typeof schema !== 'object' || schema === null) return []
      const { type, required, properties } = schema as Record<string, unknown>
      const isObject =
        (type === 'object' || (Array.isArray(type) && type.includes('object'))) && Array.isArray(required)
      const missing = isObject
        ? required.filter((name: string) => !Object.hasOwn(properties ?? {}, name))
        : []
      return [
        ...missing.map((name: string) => `${at}: ${name}`),
        ...Object.entries(schema).flatMap(([key, inner]) => nameless(inner, `${at}/${key}`)),
      ]
    }
    expect(nameless(document, '')).to.deep.equal([])
  })

  it('knows no password that could be read', () => {
    const user = document.components.schemas.user as { properties: Record<string, unknown> }
    expect(Object.keys(user.properties)).not.to.include('password')
  })
})
