import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'chai'
import { parse } from 'csv-parse/sync'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { type CommandOutcome, spawnCommand } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'

const ROOT = join(import.meta.dirname, '../..')
const DATA = join(ROOT, '../shared/data/maven-crm-sales')

/** The mapping of the tutorial. */
const PIPELINE =
  'opportunity_id=code,sales_agent=agent,deal_stage=stage,engage_date=engaged_on,close_date=closed_on'

if (existsSync(DATA)) describe('a real sales team', realSalesTeam)
else console.log('a real sales team: ../shared/data/maven-crm-sales is not here')

function realSalesTeam(this: Mocha.Suite): void {
  const deals = rowsOf('sales_pipeline.csv')
  const folder = scratchFolder('maven')
  const pipeline = join(folder, 'sales_pipeline.csv')
  let engine: TestEngine
  let admin: Client
  let env: Record<string, string>

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    env = { DATABASE_URL: engine.testDatabase.url, TENON_DATA_DIR: folder, LANG: 'en_GB.UTF-8' }
    copyFileSync(join(DATA, 'sales_pipeline.csv'), pipeline)
  })
  after(() => engine.stop())

  const tenon = (...words: string[]): Promise<CommandOutcome> => spawnCommand(words, env)
  const said = ({ code, stdout }: CommandOutcome) => [code, ...stdout.trim().split('\n')]

  it('gets its tables from a template folder', async () => {
    const installed = await tenon('template', 'install', join(ROOT, 'test/fixtures/maven'))
    expect(installed.code, installed.stderr).to.equal(0)
    expect(installed.stdout).to.match(
      /^The template maven 1\.0\.0 is in force in version \d+; 0 records were made\.\n$/,
    )
  })

  it('tries first what would be refused', async () => {
    const tried = await tenon(
      'import',
      'account',
      join(DATA, 'accounts.csv'),
      '--map',
      'account=name',
      '--dry-run',
      '--errors',
      'try.csv',
    )
    const misspelt = rowsOf('accounts.csv').filter((row) => row.sector === 'technolgy').length
    expect(said(tried)).to.eql([
      1,
      `Of 85 rows ${85 - misspelt} would be stored and ${misspelt} refused. Nothing was stored.`,
      'The refused rows and their reasons: try.csv',
    ])
    const reasons = new Set(read(join(folder, 'try.csv')).map((row) => row.tenon_reason))
    expect([...reasons]).to.eql(['sector: “technolgy” is not one of the options. Did you mean “technology”?'])
  })

  it('brings its accounts, whose parents stand above or below them in the file', async () => {
    const words = ['--map', 'account=name', '--value', 'sector:technolgy=technology']
    const loaded = await tenon('import', 'account', join(DATA, 'accounts.csv'), ...words)
    expect(said(loaded)).to.eql([0, '85 of 85 rows stored, 0 refused.'])
    const subsidiaries = rowsOf('accounts.csv').filter((row) => row.subsidiary_of !== '')
    const list = await admin.get(
      '/api/records/account?fields=name,subsidiary_of&expand=subsidiary_of&limit=200',
    )
    const found = list.records.flatMap((record) => {
      const parent = record.subsidiary_of as { label: string } | null
      return parent === null ? [] : [`${String(record.name)} < ${parent.label}`]
    })
    expect(found.sort()).to.eql(subsidiaries.map((row) => `${row.account} < ${row.subsidiary_of}`).sort())
  })

  it('brings its products and its agents', async () => {
    const products = await tenon('import', 'product', join(DATA, 'products.csv'), '--map', 'product=name')
    const agents = await tenon(
      'import',
      'sales_agent',
      join(DATA, 'sales_teams.csv'),
      '--map',
      'sales_agent=name,regional_office=office',
    )
    expect([...said(products), ...said(agents)]).to.eql([
      0,
      '7 of 7 rows stored, 0 refused.',
      0,
      '35 of 35 rows stored, 0 refused.',
    ])
  })

  it('loses nothing and doubles nothing when its deals are killed on the way, again and again', async () => {
    let kills = 0
    for (; kills < 20; kills += 1) {
      const before = await countOf(admin)
      const outcome = await killedImport(admin, pipeline, env, before)
      if (outcome === 'finished') break
    }
    expect(kills, 'kills').to.be.greaterThan(1)
    const again = await tenon('import', 'opportunity', pipeline, '--map', PIPELINE)
    const misnamed = deals.filter((deal) => deal.product === 'GTXPro').length
    expect(misnamed).to.equal(1480)
    expect(said(again).slice(0, 2)).to.eql([
      1,
      `This file was imported before: ${(8800 - misnamed).toLocaleString('en')} stored, ${misnamed.toLocaleString('en')} refused. Nothing was done (--again imports it once more).`,
    ])
    expect(await countOf(admin)).to.equal(8800 - misnamed)
  })

  it('finds each refused deal once in the error file, with what was meant', () => {
    const refused = read(join(folder, 'sales_pipeline.errors.csv'))
    const expected = deals.filter((deal) => deal.product === 'GTXPro')
    expect(refused.map((row) => row.opportunity_id)).to.eql(expected.map((deal) => deal.opportunity_id))
    const reasons = new Set(refused.map((row) => `${row.tenon_problem} ${row.tenon_reason}`))
    expect([...reasons]).to.eql([
      'IMPORT_LOOKUP_UNKNOWN product: No Product is called “GTXPro”. Did you mean “GTX Pro”?',
    ])
  })

  it('takes the refused deals after one mapping', async () => {
    const errors = join(folder, 'sales_pipeline.errors.csv')
    const mended = await tenon(
      'import',
      'opportunity',
      errors,
      '--map',
      PIPELINE,
      '--value',
      'product:GTXPro="GTX Pro"',
    )
    expect(said(mended)).to.eql([0, '1,480 of 1,480 rows stored, 0 refused.'])
  })

  it('counts its deals by stage as the file does', async () => {
    const answer = await aggregate(admin, {
      group: ['stage'],
      measures: [{ fn: 'count' }, { fn: 'sum', field: 'close_value' }],
    })
    const found = Object.fromEntries(answer.map((row) => [row.stage, [row.count, row.sum_close_value ?? 0]]))
    const expected = Object.fromEntries(
      ['Prospecting', 'Engaging', 'Won', 'Lost'].map((stage) => {
        const some = deals.filter((deal) => deal.deal_stage === stage)
        return [stage.toLowerCase(), [some.length, sumOf(some)]]
      }),
    )
    expect(found).to.eql(expected)
    expect(found).to.eql({
      prospecting: [500, 0],
      engaging: [1589, 0],
      won: [4238, 10_005_534],
      lost: [2473, 0],
    })
  })

  it('knows its best agent, and the deals without an account', async () => {
    const won = deals.filter((deal) => deal.deal_stage === 'Won')
    const agents = [...new Set(won.map((deal) => deal.sales_agent))]
    const best = Math.max(...agents.map((agent) => sumOf(won.filter((deal) => deal.sales_agent === agent))))
    const [first] = await aggregate(admin, {
      filter: { '==': [{ var: 'stage' }, 'won'] },
      group: ['agent'],
      measures: [{ fn: 'sum', field: 'close_value' }],
      sort: ['-sum_close_value'],
      limit: 1,
    })
    const homeless = await admin.post('/api/records/opportunity/query', {
      filter: { '==': [{ var: 'account' }, null] },
      count: 'exact',
      limit: 1,
    })
    const counted = deals.filter((deal) => deal.account === '').length
    expect([first?.sum_close_value, (homeless.body as { count: number }).count]).to.eql([best, counted])
    expect([best, counted]).to.eql([1_153_214, 1425])
  })
}

function rowsOf(file: string): Record<string, string>[] {
  return read(join(DATA, file))
}

function read(path: string): Record<string, string>[] {
  return parse(readFileSync(path), { columns: true, bom: true })
}

function sumOf(deals: readonly Record<string, string>[]): number {
  return deals.reduce((sum, deal) => sum + Number(deal.close_value || 0), 0)
}

async function countOf(client: Client): Promise<number> {
  const answer = await client.get('/api/records/opportunity?count=exact&limit=1')
  return (answer.body as { count: number }).count
}

async function aggregate(client: Client, body: unknown): Promise<Record<string, unknown>[]> {
  const answer = await client.post('/api/records/opportunity/aggregate', body)
  expect(answer.status, answer.text).to.equal(200)
  return (answer.body as { data: Record<string, unknown>[] }).data
}

/** Starts the import and kills it with SIGKILL once it has stored some more rows. */
async function killedImport(
  client: Client,
  file: string,
  env: Readonly<Record<string, string>>,
  before: number,
): Promise<'killed' | 'finished'> {
  const words = ['import', 'opportunity', file, '--map', PIPELINE]
  const child = spawn(process.execPath, [join('bin', 'tenon.mjs'), ...words], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  let isOver = false
  const closed = once(child, 'close').then(() => {
    isOver = true
  })
  while (!isOver && (await countOf(client)) < before + 3000) await delay(5)
  child.kill('SIGKILL')
  await closed
  return child.exitCode === null ? 'killed' : 'finished'
}
