import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { SYSTEM_ACTOR } from '../../../engine/access/actor.ts'
import { importFile } from '../../../engine/imports/import-file.ts'
import { createModelStore } from '../../../engine/model/store.ts'
import { requestContext } from '../../../engine/records/context.ts'
import { auditPath } from '../../support/audit.ts'
import { publishAll, type Written } from '../../support/drafts.ts'
import type { Answer, Client } from '../../support/http.ts'
import { eventually } from '../../support/http-model.ts'
import { scratchFolder } from '../../support/scratch.ts'
import { listPath, make, outcome, type Person, recordsRegistry, startWorld, type World } from './world.ts'

const ROLES: readonly Written[] = [
  {
    kind: 'role',
    name: 'exporter',
    default: { read: 'none' },
    personal: {},
    entities: {
      account: {
        read: 'all',
        export: 'own',
        create: true,
        update: 'own',
        fields: { phone: { read: 'masked' }, email: { read: false }, amount: { read: 'masked' } },
      },
      campus: { read: 'none' },
    },
  },
  // Shows the phone of what may not leave.
  { kind: 'role', name: 'caller', entities: { account: { read: 'own' } } },
]

const rowsOf = (answer: Answer): Record<string, string>[] => parse(answer.text, { columns: true, bom: true })
const exportPath = (entity: string, question: Readonly<Record<string, unknown>> = {}) =>
  listPath(`${entity}/export`, question)

describe('an export', () => {
  let world: World
  let admin: Client
  let exporter: Person

  before(async () => {
    world = await startWorld()
    admin = world.admin
    await publishAll(admin, ROLES)
    exporter = await world.person('exporter', 'exporter')
  })
  after(() => world.stop())

  it('is what a list shows: filter, search, sort and columns', async () => {
    const campus = await make(admin, 'campus', { name: 'North', city: 'Harbin' })
    for (const [name, staff] of [
      ['Listed one', 1],
      ['Listed two', 2],
      ['Other', 3],
    ] as const)
      await make(admin, 'account', { name, staff, campus: campus.id })
    const question = { filter: { '>': [{ var: 'staff' }, 0] }, q: 'Listed', sort: '-staff' }
    const fields = 'name,staff,campus,campus.city'
    const answer = await admin.get(exportPath('account', { ...question, fields }))
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([
      200,
      'text/csv; charset=utf-8',
    ])
    expect(answer.headers.get('content-disposition')).to.match(
      /^attachment; filename="account-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(answer.text).to.equal(
      'name,staff,campus,campus.city\r\n' +
        `Listed two,2,${campus.id},Harbin\r\nListed one,1,${campus.id},Harbin\r\n`,
    )
    const body = { ...question, fields: ['staff', 'campus'], header: 'labels', bom: true, language: 'zh-CN' }
    const asked = await admin.post('/api/records/account/export', body)
    expect([...new TextEncoder().encode(asked.text)].length).to.equal(asked.text.length)
    expect(asked.text).to.equal('staff,campus\r\n2,North\r\n1,North\r\n')
  })

  it('speaks as people do where they ask for it', async () => {
    await make(admin, 'account', {
      ...{ name: 'Spoken', active: true, hobbies: ['go', 'tea'], seen_at: '2026-03-02T01:00:00Z' },
      ...{ manager: exporter.id },
    })
    const question = { filter: { '==': [{ var: 'name' }, 'Spoken'] }, header: 'labels', language: 'zh-CN' }
    const fields = 'active,hobbies,seen_at,manager'
    const { text } = await admin.get(exportPath('account', { ...question, fields }))
    expect(text.split('\r\n')[1]).to.equal('是,go; tea,2026-03-02 09:00:00,exporter')
  })

  it('begins with a byte order mark where a spreadsheet needs it', async () => {
    const address = `${world.url}${exportPath('campus', { bom: 1 })}`
    const response = await fetch(address, { headers: { authorization: `Bearer ${admin.token}` } })
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 5)]).to.deep.equal([0xef, 0xbb, 0xbf, 0x69, 0x64])
  })

  it('runs no formula', async () => {
    const names = ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '＝1', "'=kept", '-5', "it's"]
    for (const name of names) await make(admin, 'account', { name, note: 'formula', amount: -5 })
    const filter = { '==': [{ var: 'note' }, 'formula'] }
    const rows = rowsOf(await admin.get(exportPath('account', { filter, sort: 'id', fields: 'name,amount' })))
    expect(rows.map(({ name }) => name)).to.deep.equal([
      ...["'=1+1", "'+cmd|x", "'-2+3", "'@SUM(A1)", "'\t=1", "'＝1", "''=kept", '-5', "it's"],
    ])
    expect(rows[0]!.amount).to.equal('-5')
  })

  it('holds the rows and cells alone that a role lets out', async () => {
    await make(admin, 'account', { name: 'Not mine' })
    const campus = await make(admin, 'campus', { name: 'Unseen' })
    const mine = await make(admin, 'account', {
      ...{ name: 'Mine', phone: '+8613987654321', amount: 77, email: 'secret@example.com' },
      ...{ owner: exporter.id, campus: campus.id },
    })
    const rows = rowsOf(await exporter.get(exportPath('account')))
    expect(rows.map(({ id }) => id)).to.deep.equal([mine.id])
    expect(rows[0]).to.not.have.property('email')
    expect(rows[0]!.phone).to.match(/^'\+\*+4321$/)
    expect([rows[0]!.amount, rows[0]!.campus]).to.deep.equal(['***', ''])
    const both = await world.person('both', 'exporter', 'caller')
    await admin.patch(`/api/records/account/${mine.id}`, { owner: both.id })
    expect((await both.get(`/api/records/account/${mine.id}`)).record.phone).to.equal('+8613987654321')
    const [row] = rowsOf(await both.get(exportPath('account', { fields: 'phone,email' })))
    expect(row?.phone).to.include('*')
    expect(row?.email).to.equal('')
    const guessed = { '==': [{ var: 'email' }, 'secret@example.com'] }
    expect(rowsOf(await both.get(exportPath('account', { filter: guessed })))).to.deep.equal([])
  })

  it('is refused without the right, and every attempt stands in the audit', async () => {
    const reader = await world.person('reader', 'reader')
    expect(outcome(await reader.get(exportPath('account')))).to.deep.equal([403, 'AUTH_DENIED'])
    expect(outcome(await reader.get(exportPath('campus')))).to.deep.equal([404, 'ENTITY_UNKNOWN'])
    const denied = (await admin.get(auditPath(`user=${reader.id}&action=denied`))).records[0]!
    expect(denied.details).to.deep.equal({
      ...{ method: 'GET', path: '/api/records/account/export', code: 'AUTH_DENIED' },
    })
    const filter = { '==': [{ var: 'name' }, 'Mine'] }
    await admin.get(exportPath('account', { filter, fields: 'name', sort: 'name' }))
    const entry = (await admin.get(auditPath('action=exported&limit=1'))).records[0]!
    expect([entry.subject, entry.details, entry.address !== null]).to.deep.equal([
      'records/account',
      {
        ...{ entity: 'account', filter: JSON.stringify(filter), fields: 'name', sort: 'name' },
        ...{ columns: 1, rows: 1 },
      },
      true,
    ])
  })

  const bad: [Readonly<Record<string, unknown>>, (string | number)[]][] = [
    [{ limit: 5, format: 'xlsx' }, [400, 'HTTP_PARAMETER_INVALID /format', 'HTTP_PARAMETER_UNKNOWN /limit']],
    [{ header: 'both', bom: 'x' }, [400, 'HTTP_PARAMETER_INVALID /header', 'HTTP_PARAMETER_INVALID /bom']],
    [{ fields: 'nam', sort: 'x' }, [400, 'QUERY_FIELD_UNKNOWN /fields', 'QUERY_FIELD_UNKNOWN /sort']],
    [{ filter: { '==': [{ var: 'nam' }, 1] } }, [400, 'RULE_FIELD_UNKNOWN /filter/==/0/var']],
    [{ language: 'de' }, [400, 'HTTP_PARAMETER_INVALID /language']],
  ]
  for (const [question, expected] of bad) {
    it(`refuses ${JSON.stringify(question)}`, async () => {
      expect(outcome(await admin.get(exportPath('account', question)))).to.deep.equal(expected)
    })
  }

  it('answers HEAD without a file and without an audit', async () => {
    const before = (await admin.get(auditPath('action=exported&limit=1'))).records[0]!.id
    const answer = await admin.call('HEAD', exportPath('account'))
    expect([answer.status, answer.text]).to.deep.equal([200, ''])
    expect((await admin.get(auditPath('action=exported&limit=1'))).records[0]!.id).to.equal(before)
  })

  it('comes back by an import as it was', async () => {
    const parent = await make(admin, 'account', { name: 'Holding' })
    const body = {
      ...{ name: '=A "quoted", 名\nline', code: "'=code", email: 'a@b.example', phone: '+8613987654321' },
      ...{ level: 'a', amount: -12345.67, discount: 0.125, staff: 7, score: 1.2345, founded: '2020-02-29' },
      ...{ seen_at: '2026-03-02T01:02:03.000Z', opens: '09:30', active: false, tags: ['=x', 'b; c'] },
      ...{ hobbies: ['tea'], note: ' spaces \n', extra: { a: [1, null] }, parent: parent.id },
    }
    const made = await make(admin, 'account', body)
    const filter = { '==': [{ var: 'id' }, made.id] }
    const { text } = await admin.get(exportPath('account', { filter, bom: 1 }))
    await admin.delete(`/api/records/account/${made.id}`)
    const folder = scratchFolder('export')
    const file = join(folder, 'account.csv')
    writeFileSync(file, `\ufeff${text}`)
    const registry = recordsRegistry()
    const models = await createModelStore(world.database, registry)
    const source = async () =>
      requestContext({
        ...{ db: world.database, search: registry.search(), model: (await models.refresh('default'))! },
        ...{ actor: SYSTEM_ACTOR, via: 'import' as const },
      })
    const errorFile = join(folder, 'refused.csv')
    const outcomeOf = await importFile(source, { entity: 'account', file, errorFile, maps: [], values: [] })
    await models.close()
    expect([outcomeOf.stored, outcomeOf.rejected]).to.deep.equal([1, 0])
    const again = (await admin.get(listPath('account', { filter: { '==': [{ var: 'code' }, "'=code"] } })))
      .records[0]!
    const of = (record: object) => Object.entries(record).filter(([name]) => Object.hasOwn(body, name))
    expect(of(again)).to.deep.equal(of(made))
  })

  describe('of many records', () => {
    const ROWS = 30_000

    before(async () => {
      await world.database.query({
        text: `INSERT INTO "ws_default"."campus" ("id", "name", "city")
SELECT gen_random_uuid(), 'Campus ' || n, repeat('x', 400) FROM generate_series(1, ${ROWS}) n`,
      })
    })

    it('goes out whole and in order, piece by piece', async () => {
      const { text } = await admin.get(exportPath('campus', { sort: 'name', fields: 'name' }))
      const names = text.trimEnd().split('\r\n').slice(1)
      expect(names.length).to.be.at.least(ROWS)
      expect(names).to.deep.equal([...names].sort())
    })

    it('ends when its client hangs up, and frees what it held', async () => {
      const headers = { authorization: `Bearer ${admin.token}` }
      for (let time = 0; time < 3; time++) {
        const controller = new AbortController()
        const signal = controller.signal
        const response = await fetch(`${world.url}${exportPath('campus')}`, { headers, signal })
        await response.body!.getReader().read()
        controller.abort()
      }
      const held = async () => {
        const { rows } = await world.database.query<{ n: string }>({
          text: `SELECT count(*)::text AS n FROM pg_stat_activity
WHERE datname = current_database() AND state <> 'idle' AND query LIKE '%tenon_export%' AND pid <> pg_backend_pid()`,
        })
        return Number(rows[0]!.n)
      }
      await eventually(async () => (await held()) === 0)
      expect((await admin.get(exportPath('campus', { fields: 'name' }))).status).to.equal(200)
    })

    it('waits for a client that does not read, in little memory', async () => {
      const headers = { authorization: `Bearer ${admin.token}` }
      const open = () => fetch(`${world.url}${exportPath('campus')}`, { headers })
      const [first, second] = [await open(), await open()]
      const third = await open()
      expect([first.status, second.status, third.status, third.headers.get('retry-after')]).to.deep.equal([
        ...[200, 200, 429, '15'],
      ])
      expect((await first.text()).length).to.be.greaterThan(ROWS * 400)
      await second.body!.cancel()
    })
  })
})
