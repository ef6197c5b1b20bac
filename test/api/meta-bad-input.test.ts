import { expect } from 'chai'
import { dataOf, openDraft, planOf, publish, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { HOSTILE_VALUES } from '../support/hostile-values.ts'
import type { Answer, Client } from '../support/http.ts'

const shop = { kind: 'entity', name: 'shop', fields: [{ name: 'name', type: 'text' }] }
const NO_ID = '0192f0c0-0000-7000-8000-000000000000'

describe('definitions and bad input', () => {
  let engine: TestEngine
  let admin: Client
  let draft: string
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [shop])
    draft = await openDraft(admin, [])
  })
  after(() => engine.stop())

  const base = '/api/meta'
  const cases: readonly {
    readonly does: string
    readonly call: () => Promise<Answer>
    readonly status: number
    readonly code: string
    readonly path?: string
  }[] = [
    {
      does: 'a draft without a label',
      call: () => admin.post(`${base}/changesets`, {}),
      status: 422,
      code: 'FIELD_REQUIRED',
      path: '/label',
    },
    {
      does: 'an unknown draft',
      call: () => admin.get(`${base}/changesets/${NO_ID}`),
      status: 404,
      code: 'META_CHANGESET_UNKNOWN',
    },
    {
      does: 'an address that is no id',
      call: () => admin.post(`${base}/changesets/'; --/plan`),
      status: 404,
      code: 'META_CHANGESET_UNKNOWN',
    },
    {
      does: 'a NUL for the id of a draft, where forms are asked for',
      call: () => admin.get(`${base}/forms/shop?changeset=%00`),
      status: 404,
      code: 'META_CHANGESET_UNKNOWN',
    },
    {
      does: 'a NUL for the id of a draft, where texts are asked for',
      call: () => admin.get(`${base}/texts/sheet?changeset=%00`),
      status: 404,
      code: 'META_CHANGESET_UNKNOWN',
    },
    {
      does: 'an unknown kind',
      call: () => admin.put(`${base}/changesets/${draft}/definitions/entitty/shop`, shop),
      status: 404,
      code: 'META_KIND_UNKNOWN',
    },
    {
      does: 'a definition of another name than its address',
      call: () => admin.put(`${base}/changesets/${draft}/definitions/entity/shops`, shop),
      status: 422,
      code: 'META_NAME_MISMATCH',
      path: '/name',
    },
    {
      does: 'a definition that is a list',
      call: () => admin.put(`${base}/changesets/${draft}/definitions/entity/shop`, [shop]),
      status: 422,
      code: 'META_VALUE_INVALID',
    },
    {
      does: 'a text with NUL',
      call: () =>
        admin.put(`${base}/changesets/${draft}/definitions/entity/shop`, { ...shop, label: 'a\0b' }),
      status: 422,
      code: 'META_VALUE_INVALID',
      path: '/label',
    },
    {
      does: 'a number past 15 digits',
      call: () =>
        admin.put(
          `${base}/changesets/${draft}/definitions/entity/shop`,
          '{"kind":"entity","name":"shop","fields":[{"name":"n","type":"integer","max":12345678901234567890}]}',
        ),
      status: 422,
      code: 'META_VALUE_INVALID',
      path: '/fields/0/max',
    },
    {
      does: 'an id that belongs to something else',
      call: () =>
        admin.put(`${base}/changesets/${draft}/definitions/entity/other`, {
          ...shop,
          name: 'other',
          fields: [{ name: 'x', type: 'text', id: '00000000-0000-7000-8000-000000000101' }],
        }),
      status: 422,
      code: 'META_ID_ELSEWHERE',
      path: '/fields/0/id',
    },
    {
      does: 'the removal of what is not there',
      call: () => admin.delete(`${base}/changesets/${draft}/definitions/entity/nothing`),
      status: 404,
      code: 'META_DEFINITION_UNKNOWN',
    },
    {
      does: 'a publish without a hash',
      call: () => admin.post(`${base}/changesets/${draft}/publish`, {}),
      status: 422,
      code: 'FIELD_REQUIRED',
      path: '/hash',
    },
    {
      does: 'a publish of another plan',
      call: () => admin.post(`${base}/changesets/${draft}/publish`, { hash: 'x' }),
      status: 409,
      code: 'META_PLAN_MOVED',
    },
    {
      does: 'version 0',
      call: () => admin.post(`${base}/versions/0/restore`),
      status: 404,
      code: 'META_VERSION_UNKNOWN',
    },
    {
      does: 'a version that is no number',
      call: () => admin.get(`${base}/versions/1/diff/x`),
      status: 404,
      code: 'META_VERSION_UNKNOWN',
    },
    {
      does: 'an archive without definitions',
      call: () => admin.post(`${base}/import`, { manifest: {} }),
      status: 422,
      code: 'META_ARCHIVE_INVALID',
      path: '/definitions',
    },
    {
      does: 'an archive with an unknown kind',
      call: () => admin.post(`${base}/import`, { definitions: [shop, { kind: 'role_', name: 'x' }] }),
      status: 422,
      code: 'META_VALUE_INVALID',
      path: '/definitions/1/kind',
    },
    {
      does: 'a model kind as content',
      call: () => admin.put(`${base}/content/entity/shop`, shop),
      status: 422,
      code: 'META_KIND_NOT_CONTENT',
    },
    {
      does: 'content that speaks of an unknown field',
      call: () =>
        admin.put(`${base}/content/view/v`, {
          kind: 'view',
          name: 'v',
          entity: 'shop',
          type: 'table',
          columns: ['nmae'],
        }),
      status: 422,
      code: 'META_REFERENCE_UNKNOWN',
      path: '/columns/0',
    },
    {
      does: 'an unknown job',
      call: () => admin.get(`/api/jobs/${NO_ID}`),
      status: 404,
      code: 'META_JOB_UNKNOWN',
    },
    {
      does: 'an unknown parameter',
      call: () => admin.get(`${base}/definitions?knd=entity`),
      status: 400,
      code: 'HTTP_PARAMETER_UNKNOWN',
    },
  ]
  for (const { does, call, status, code, path = '' } of cases) {
    it(`${does}: ${status} ${code}`, async () => {
      const answer = await call()
      const [first] = answer.problems
      expect([answer.status, first?.code, code.startsWith('HTTP_') ? path : first?.path]).to.deep.equal([
        status,
        code,
        path,
      ])
    })
  }

  it('protects the engine’s own definitions', async () => {
    const id = await openDraft(admin, [], ['entity/user'])
    const plan = await admin.post(`${base}/changesets/${id}/plan`)
    expect([plan.status, plan.problems.map(({ code }) => code)]).to.deep.include(422)
    expect(plan.problems.map(({ code, path }) => `${code} ${path}`)).to.include(
      'META_SYSTEM_PROTECTED /entity/user',
    )
  })

  it('is closed once it is published', async () => {
    const id = await openDraft(admin, [{ ...shop, label: 'Closed' }])
    const { hash } = await planOf(admin, id)
    dataOf(await publish(admin, id, hash), 200)
    const answers = [
      await publish(admin, id, hash),
      await admin.put(`${base}/changesets/${id}/definitions/entity/shop`, shop),
      await admin.delete(`${base}/changesets/${id}`),
      await admin.post(`${base}/changesets/${id}/plan`),
    ]
    expect(answers.map(({ status, problems }) => [status, problems[0]?.code])).to.deep.equal(
      answers.map(() => [409, 'META_CHANGESET_CLOSED']),
    )
  })

  it('answers hostile values in any place with a problem or a success, never with a fault', async () => {
    const own = await openDraft(admin, [])
    const slots = [
      (value: unknown) => ({ ...shop, label: value }),
      (value: unknown) => ({ ...shop, fields: value }),
      (value: unknown) => ({ ...shop, fields: [value] }),
      (value: unknown) => ({ ...shop, fields: [{ name: 'name', type: 'text', max: value }] }),
      (value: unknown) => ({ ...shop, indexes: [value], unique: value }),
    ]
    // What is too large or too deep is refused before it is looked at, and tested there.
    const small = HOSTILE_VALUES.filter(({ name }) => !/megabyte|10 MB|long list|deep/.test(name))
    for (const { name, value } of small) {
      for (const slot of slots) {
        const put = await admin.put(`${base}/changesets/${own}/definitions/entity/shop`, slot(value))
        expect(put.status, `${name}: ${put.text}`).to.be.oneOf([200, 400, 413, 422])
        if (put.status !== 200) continue
        for (const call of ['check', 'plan']) {
          const answer = await admin.post(`${base}/changesets/${own}/${call}`)
          expect(answer.status, `${name} ${call}: ${answer.text}`).to.be.oneOf([200, 422])
        }
      }
    }
  })

  describe('rights', () => {
    let editor: Client
    let nobody: Client
    before(async () => {
      await publishAll(admin, [{ kind: 'role', name: 'editor', administration: ['definitions'] }])
      for (const [email, roles] of [
        ['editor@example.com', ['editor']],
        ['nobody@example.com', []],
      ] as const) {
        const made = await admin.post('/api/records/user', {
          name: email,
          email,
          roles,
          password: 'a long enough one',
        })
        expect(made.status, made.text).to.equal(201)
      }
      editor = await engine.client.login('editor@example.com', 'a long enough one')
      nobody = await engine.client.login('nobody@example.com', 'a long enough one')
    })

    it('lets an editor draft and plan but not publish', async () => {
      const id = await openDraft(editor, [{ ...shop, label: 'Edited' }])
      const { hash } = await planOf(editor, id)
      expect((await publish(editor, id, hash)).status).to.equal(403)
    })

    it('shows definitions to nobody else', async () => {
      for (const path of [
        'definitions',
        'kinds',
        'kinds/entity/schema',
        'versions',
        'export',
        'changesets',
      ]) {
        expect((await nobody.get(`${base}/${path}`)).status, path).to.equal(403)
        expect((await engine.client.get(`${base}/${path}`)).status, path).to.equal(401)
      }
      for (const path of ['changesets', 'import', 'versions/1/restore', `changesets/${draft}/plan`]) {
        expect((await nobody.post(`${base}/${path}`, { label: 'x' })).status, path).to.equal(403)
      }
    })
  })
})
