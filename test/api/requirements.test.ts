import { expect } from 'chai'
import { dataOf, openDraft, planOf, publish, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'

const definitions: readonly Written[] = [
  {
    kind: 'entity',
    name: 'project',
    requirement: 'REQ-1',
    fields: [{ name: 'name', type: 'text', required: true, requirement: 'REQ-2' }],
  },
  { kind: 'role', name: 'reader', requirement: ['REQ-1', 'REQ-2'], default: { read: 'all' } },
  {
    kind: 'scenario',
    name: 'name_is_due',
    requirement: 'REQ-2',
    given: { rita: { user: { roles: ['administrator'] } } },
    steps: [
      {
        as: 'rita',
        create: { project: {} },
        ['then' as string]: { problem: { code: 'FIELD_REQUIRED', path: '/name' } },
      },
    ],
  },
]

interface Register {
  readonly version: number
  readonly ran_at: string | null
  readonly requirements: readonly {
    readonly requirement: string
    readonly satisfied_by: readonly { readonly name: string }[]
    readonly proved_by: readonly { readonly name: string; readonly passed: boolean | null }[]
  }[]
}

describe('the register of requirements over HTTP', () => {
  let engine: TestEngine
  let admin: Client
  const register = async () => dataOf<Register>(await admin.get('/api/meta/requirements'), 200)

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    const id = await openDraft(admin, definitions)
    dataOf(await publish(admin, id, (await planOf(admin, id)).hash), 200)
  })
  after(async () => engine?.stop())

  it('knows what the scenarios said when the version was published', async () => {
    const { requirements, ran_at: ranAt, version } = await register()
    expect(
      requirements.map(({ requirement, proved_by: proofs }) => [
        requirement,
        ...proofs.map((one) => one.passed),
      ]),
    ).to.deep.equal([['REQ-2', true], ['REQ-1']])
    expect(requirements.map(({ satisfied_by: by }) => by.map(({ name }) => name))).to.deep.equal([
      ['project', 'reader'],
      ['project', 'reader'],
    ])
    expect(ranAt).to.match(/^\d{4}-\d\d-\d\dT/)
    expect(version).to.equal(2)
  })

  it('runs scenarios on demand, all or those that are named', async () => {
    for (const body of [undefined, {}, { names: ['name_is_due'] }]) {
      const results = dataOf<readonly { name: string; passed: boolean }[]>(
        await admin.post('/api/meta/scenarios/run', body),
        200,
      )
      expect(results.map(({ name, passed }) => ({ name, passed }))).to.deep.equal([
        { name: 'name_is_due', passed: true },
      ])
    }
  })

  it('runs those of a draft as they would be in force, and keeps nothing of it', async () => {
    const before = (await admin.get('/api/meta/requirements')).text
    const inForceNow = (await admin.get('/api/meta/definitions/scenario/name_is_due')).record
    const turned = {
      ...inForceNow,
      steps: [{ as: 'rita', list: 'project', ['then' as string]: { count: 7 } }],
    }
    const changeset = await openDraft(admin, [turned as never])
    const run = async (names: readonly string[]) =>
      await admin.post('/api/meta/scenarios/run', { names, changeset })
    const [result] = dataOf<readonly { passed: boolean; story: { outcome: string; found?: string }[] }[]>(
      await run(['name_is_due']),
      200,
    )
    expect(result!.passed).to.equal(false)
    expect(result!.story.at(-1)).to.deep.include({ outcome: 'failed' })
    expect((await admin.get('/api/meta/requirements')).text).to.equal(before)
    expect((await run(['another'])).problems[0]?.code).to.equal('META_SCENARIO_UNKNOWN')
    const broken = { ...turned, steps: [{ as: 'nobody', list: 'project' }] }
    await admin.put(`/api/meta/changesets/${changeset}/definitions/scenario/name_is_due`, broken)
    expect((await run(['name_is_due'])).status).to.equal(422)
    await admin.delete(`/api/meta/changesets/${changeset}`)
    expect((await run(['name_is_due'])).status).to.equal(404)
  })

  const wrong = [
    { body: { names: ['name_is_du'] }, status: 404, code: 'META_SCENARIO_UNKNOWN' },
    { body: { names: 'name_is_due' }, status: 422, code: 'FIELD_TYPE_WRONG' },
    { body: { name: [] }, status: 422, code: 'FIELD_UNKNOWN' },
    { body: [], status: 422, code: 'HTTP_BODY_NOT_OBJECT' },
  ]
  for (const { body, status, code } of wrong) {
    it(`refuses to run ${JSON.stringify(body)}`, async () => {
      const answer = await admin.post('/api/meta/scenarios/run', body)
      expect({ status: answer.status, code: answer.problems[0]?.code }).to.deep.equal({ status, code })
    })
  }

  it('refuses a number that is none, alone and in a list', async () => {
    const at = '/role/reader/requirement'
    for (const [requirement, path] of [
      ['req-1', at],
      [['REQ-1', 'req 2'], `${at}/1`],
      [[], at],
      [['REQ-1', 'REQ-1'], at],
      [7, at],
    ] as const) {
      const id = await openDraft(admin, [])
      const role = { kind: 'role', name: 'reader', requirement }
      expect((await admin.put(`/api/meta/changesets/${id}/definitions/role/reader`, role)).status).to.equal(
        200,
      )
      const { problems } = dataOf<{ problems: { code: string; path: string }[] }>(
        await admin.post(`/api/meta/changesets/${id}/check`, undefined, {
          headers: { 'accept-language': 'en' },
        }),
        200,
      )
      expect(problems.map((one) => ({ code: one.code, path: one.path }))).to.deep.equal([
        { code: 'META_VALUE_INVALID', path },
      ])
    }
  })

  it('prints both sheets as pages that run nothing', async () => {
    for (const type of ['confirmation', 'acceptance']) {
      const answer = await admin.get(`/api/meta/requirements/sheet?type=${type}&language=en`)
      expect(answer.status).to.equal(200)
      expect(answer.headers.get('content-type')).to.equal('text/html; charset=utf-8')
      expect(answer.headers.get('content-security-policy')).to.match(
        /^default-src 'none'; style-src 'sha256-/,
      )
      expect(answer.text).to.contain('REQ-2')
    }
    expect((await admin.get('/api/meta/requirements/sheet?type=other')).status).to.equal(400)
  })

  it('is closed to who edits no definitions', async () => {
    const reader = await loginAs(admin, 'rita', ['reader'])
    expect((await reader.get('/api/meta/requirements')).status).to.equal(403)
    expect((await reader.get('/api/meta/requirements/sheet')).status).to.equal(403)
    expect((await reader.post('/api/meta/scenarios/run', {})).status).to.equal(403)
  })
})
