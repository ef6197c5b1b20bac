import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { dropOldEffort } from '../../engine/records/field-effort.ts'
import { fillSql } from '../../engine/records/friction.ts'
import { lastWriteSql } from '../../engine/records/last-uses.ts'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { httpTemplate, loginAs } from '../support/http-model.ts'

interface Told {
  readonly records: number
  readonly forms: number
  readonly uses_since: string
  readonly fields: readonly {
    readonly name: string
    readonly filled: number | null
    readonly seconds: number | null
    readonly last: string | null
    readonly last_use: string | null
    readonly uses: readonly { readonly kind: string; readonly name: string; readonly last?: string | null }[]
    readonly layouts: readonly string[]
    readonly on_form: boolean
  }[]
  readonly spare: { readonly fields: readonly string[]; readonly seconds: number | null }
}

describe('what fields cost those who fill in forms', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine({ template: httpTemplate })
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  const told = async () => (await admin.get('/api/meta/friction/company')).record as unknown as Told
  const fieldIn = ({ fields }: Told, name: string) => fields.find((field) => field.name === name)
  const tell = (fields: unknown, who = admin) => who.post('/api/forms/company/effort', { fields } as object)

  it('is told of the newest records, with what reads each field', async () => {
    for (let at = 0; at < 40; at += 1) {
      const motto = at === 0 ? { score: 7 } : {}
      await admin.post('/api/records/company', { name: `Firm ${at}`, ...motto })
    }
    const before = await told()
    expect(before.records).to.be.at.least(40)
    expect(before.forms).to.equal(0)
    expect(fieldIn(before, 'name')).to.deep.include({ filled: 1, seconds: null, last: null })
    expect(fieldIn(before, 'score')?.filled).to.be.closeTo(1 / before.records, 0.001)
    expect(fieldIn(before, 'id')).to.equal(undefined)
    expect(fieldIn(before, 'name')?.uses.map(({ kind }) => kind)).to.include('entity')
    const kinds = new Set(before.fields.flatMap(({ uses }) => uses.map(({ kind }) => kind)))
    for (const showing of ['layout', 'role', 'translation']) expect(kinds).not.to.include(showing)
    expect(before.spare.fields).not.to.include('name')
    expect(before.spare.seconds).to.equal(null)
  })

  it('tells when what reads a field was last opened or at work', async () => {
    const useOf = async (name: string, field: string) =>
      fieldIn(await told(), field)?.uses.find((use) => use.name === name)
    expect(await useOf('large', 'amount')).to.deep.include({ kind: 'view', last: null })
    const today = (await told()).uses_since
    expect(today).to.match(/^\d{4}-\d\d-\d\d$/)
    // The entity's own formulas are at work whenever a record is written.
    expect(await useOf('company', 'name')).to.deep.include({ kind: 'entity', last: today })

    const opened = await Promise.all([1, 2, 3].map(() => admin.post('/api/views/large/opened', {})))
    expect(opened.map(({ status }) => status)).to.deep.equal([204, 204, 204])
    expect(await useOf('large', 'amount')).to.deep.include({ last: today })
    expect(fieldIn(await told(), 'amount')?.last_use).to.equal(today)

    const report = { kind: 'report', name: 'worth', entity: 'company' }
    const saved = await admin.put('/api/meta/content/report/worth', {
      ...report,
      label: { en: 'Worth' },
      measures: [{ fn: 'sum', field: 'amount' }],
    })
    expect(saved.status, saved.text).to.be.below(300)
    expect(await useOf('worth', 'amount')).to.deep.include({ last: null })
    await admin.post('/api/reports/worth/run', {})
    expect(await useOf('worth', 'amount')).to.deep.include({ last: today })
  })

  it('counts as idle what nobody has opened for as long as is looked at', async () => {
    const view = { kind: 'view', name: 'groups', label: { en: 'Groups' }, entity: 'company', type: 'table' }
    expect((await told()).spare.fields).to.include('parent')
    await publishAll(admin, [{ ...view, columns: ['name', 'parent'] }])
    const since = (day: string) =>
      engine.database.query({
        text: "UPDATE tenon.migration SET applied_at = $1::date WHERE schema_name = 'ws_default' AND name = '0044-last-uses'",
        values: [day],
      })
    expect((await told()).spare.fields).not.to.include('parent')
    await since('2020-01-01')
    expect((await told()).spare.fields).to.include('parent')
    await admin.post('/api/views/groups/opened', {})
    expect((await told()).spare.fields).not.to.include('parent')
    await engine.database.query({ text: "UPDATE ws_default.tenon_opened SET day = '2020-02-01'" })
    const after = await told()
    expect(after.spare.fields).to.include('parent')
    expect(fieldIn(after, 'parent')?.last_use).to.equal('2020-02-01')
    // Written anew by whoever opens it next, on this node as well once the day has changed.
    const { rows } = await engine.database.query({ text: 'SELECT * FROM ws_default.tenon_opened LIMIT 1' })
    expect(Object.keys(rows[0]!).sort()).to.deep.equal(['day', 'definition'])
  })

  it('knows when a flow was last at work, also once its runs are let go', async () => {
    const flow = {
      ...{
        kind: 'flow',
        name: 'grouped',
        label: { en: 'Grouped' },
        steps: [{ do: 'update', set: { amount: 1 } }],
      },
      trigger: { record: 'company', on: ['created'], when: { '!=': [{ var: 'parent' }, null] } },
    } as unknown as Written
    await publishAll(admin, [flow])
    const lastOf = async () =>
      fieldIn(await told(), 'parent')?.uses.find(({ name }) => name === 'grouped')?.last
    expect(await lastOf()).to.equal(null)
    await engine.database.query({
      text: "INSERT INTO ws_default.tenon_opened SELECT $1::uuid, '2020-02-02'::date",
      values: [(await inForce<Written & { id: string }>(admin, 'flow/grouped')).id],
    })
    expect(await lastOf()).to.equal('2020-02-02')
  })

  it('hears of views alone that somebody may know, and of nobody who looks through other eyes', async () => {
    const strange = await admin.post('/api/views/larg/opened', {})
    expect([strange.status, strange.problems[0]?.code]).to.deep.equal([404, 'META_DEFINITION_UNKNOWN'])
    expect(strange.problems[0]?.hint).to.contain('large')
    const outsider = await loginAs(admin, 'outsider', [])
    const refused = await outsider.post('/api/views/large/opened', {})
    expect([refused.status, refused.problems[0]?.hint ?? null]).to.deep.equal([404, null])
  })

  it('adds up what forms tell, a form at a time, and says what its going would save', async () => {
    const { spare } = await told()
    const [idle] = spare.fields
    expect(idle).to.be.a('string')
    const answers = await Promise.all([
      tell({ name: 4_000, [idle!]: 9_000 }),
      tell({ [idle!]: 3_000, name: 2_000 }),
      tell({ name: 3_000 }),
    ])
    expect(answers.map(({ status }) => status)).to.deep.equal([204, 204, 204])
    const after = await told()
    expect(after.forms).to.equal(3)
    expect([fieldIn(after, 'name')?.seconds, fieldIn(after, idle!)?.seconds]).to.deep.equal([3, 4])
    expect(fieldIn(after, idle!)?.last).to.match(/^\d{4}-\d\d-\d\d$/)
    expect(after.spare.seconds).to.equal(4)
  })

  it('keeps the sums of a field through a rename, and nothing of people or records', async () => {
    const { rows } = await engine.database.query<Record<string, unknown>>({
      text: 'SELECT * FROM ws_default.tenon_field_effort ORDER BY field LIMIT 1',
    })
    expect(Object.keys(rows[0]!).sort()).to.deep.equal(['day', 'entity', 'field', 'ms', 'times'])
    const company = await inForce<Written & { readonly id: string }>(admin, 'entity/company')
    expect(rows[0]).to.include({ entity: company.id, field: '', times: '3', ms: '21000' })
  })

  it('refuses with every problem what no form tells', async () => {
    const answer = await tell({ nmae: 1, name: -1, score: '3', amount: 1e9 })
    expect(answer.status).to.equal(422)
    const faults = Object.fromEntries(answer.problems.map(({ path, code }) => [path, code]))
    expect(faults).to.deep.equal({
      '/fields/nmae': 'FIELD_UNKNOWN',
      '/fields/name': 'META_VALUE_INVALID',
      '/fields/score': 'META_VALUE_INVALID',
      '/fields/amount': 'META_VALUE_INVALID',
    })
    expect((await tell([])).problems[0]?.path).to.equal('/fields')
    expect((await told()).forms).to.equal(3)
  })

  it('is read by who edits entities, told by who knows the entity', async () => {
    const clerk = await loginAs(admin, 'clerk', ['clerk'])
    expect((await clerk.get('/api/meta/friction/company')).status).to.equal(403)
    expect((await tell({ name: 1_000 }, clerk)).status).to.equal(204)
    const stranger = await loginAs(admin, 'stranger', [])
    expect((await tell({ name: 1_000 }, stranger)).status).to.equal(404)
    expect((await admin.get('/api/meta/friction/compny')).problems[0]?.hint).to.contain('company')
  })

  it('reads the newest rows by their key alone, however large a table is', async () => {
    const fields = [{ columns: ['"name"'], ruleType: 'text' }] as never
    const text = fillSql({ table: 'ws_default.company' } as never, fields)
    const { rows } = await engine.database.transaction(async (tx) => {
      // The tables of tests are small enough to be read whole, which is not what is asked here.
      await tx.query({ text: 'SET LOCAL enable_seqscan = off' })
      return tx.query<{ 'QUERY PLAN': string }>({ text: `EXPLAIN ${text}` })
    })
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).to.match(/Limit[\s\S]*Index Scan Backward using tenon_pk_/)
    expect(plan).not.to.contain('Sort')
  })

  it('finds the last write by keys alone as well', async () => {
    const text = lastWriteSql('ws_default', 'ws_default.company', '$1')
    const { rows } = await engine.database.transaction(async (tx) => {
      await tx.query({ text: 'SET LOCAL enable_seqscan = off' })
      return tx.query<{ 'QUERY PLAN': string }>({ text: `EXPLAIN ${text}`, values: [randomUUID()] })
    })
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan).to.match(/Index Scan Backward using tenon_pk_/)
    expect(plan).to.match(/Bitmap Index Scan on tenon_audit_\w+_id_idx/)
    expect(plan).not.to.match(/Sort|Seq Scan on (company|tenon_audit_\d)/)
  })

  it('lets go what is older than anybody looks at', async () => {
    await engine.database.query({
      text: "INSERT INTO ws_default.tenon_field_effort VALUES ('x', '2020-01-01', '', 1, 1), ('x', now()::date, '', 1, 1)",
    })
    await dropOldEffort(engine.database, 'ws_default', new Date())
    const { rows } = await engine.database.query({
      text: "SELECT 1 FROM ws_default.tenon_field_effort WHERE entity = 'x'",
    })
    expect(rows.length).to.equal(1)
  })
})
