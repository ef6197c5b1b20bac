import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { spawnCommand } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'

const SALES = join(import.meta.dirname, '../../seeds/sales')
const DAY_MS = 86_400_000
/** The shell and the server have folders of their own here, and must have one key. */
const SECRET = { TENON_SECRET_KEY: 'a key of thirty-two characters or more' }

interface DemoCount {
  readonly entity: string
  readonly label: string
  readonly removed: number
  readonly kept: number
}

interface Removed {
  readonly removed: number
  readonly kept: number
  readonly left: number
  readonly undo: readonly string[]
}

describe('the sales template', () => {
  let engine: TestEngine
  let admin: Client
  let env: Record<string, string>

  before(async () => {
    engine = await startEngine({ env: { ...SECRET, TENON_TEMPLATE: 'sales', TENON_DEMO: '1' } })
    admin = await engine.loginAdmin()
    env = { ...SECRET, DATABASE_URL: engine.testDatabase.url, TENON_DATA_DIR: scratchFolder('templates') }
  })
  after(() => engine.stop())

  const countOf = async (entity: string) => {
    const answer = await admin.get(`/api/records/${entity}?count=exact&limit=1`)
    return (answer.body as { count: number }).count
  }
  const versions = async () => (await admin.get('/api/meta/versions')).records.length

  it('is there after the first start, with its demo data', async () => {
    const entities = [
      'team',
      'product',
      'account',
      'contact',
      'lead',
      'opportunity',
      'task',
      'call',
      'meeting',
      'note',
    ]
    const counts: Record<string, number> = {}
    for (const entity of entities) counts[entity] = await countOf(entity)
    expect(counts).to.eql({
      team: 7,
      product: 24,
      account: 300,
      contact: 600,
      lead: 220,
      opportunity: 800,
      task: 700,
      call: 1100,
      meeting: 340,
      note: 360,
    })
  })

  it('tells its story as of today', async () => {
    const first = await admin.get('/api/records/opportunity?sort=created_at&limit=1')
    const last = await admin.get('/api/records/call?sort=-started_at&limit=1')
    const ageOf = (instant: unknown) => (Date.now() - Date.parse(String(instant))) / DAY_MS
    expect(ageOf(first.records[0]?.created_at)).to.be.within(690, 735)
    expect(ageOf(last.records[0]?.started_at)).to.be.within(0, 4)
  })

  it('tags its accounts by what they buy and where they come from', async () => {
    const { record: account } = await admin.post('/api/records/account', { name: '华兴机械', source: 'expo' })
    expect(account.tags).to.eql(['expo'])
    const sign = (ago: number) =>
      admin.post('/api/records/contract', {
        name: 'Contract',
        account: account.id,
        signed_on: new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10),
      })
    const tags = async () => (await admin.get(`/api/records/account/${account.id}`)).record.tags
    expect((await sign(40)).status).to.equal(201)
    expect(await tags()).to.eql(['dormant', 'expo'])
    await sign(5)
    await sign(3)
    expect(await tags()).to.eql(['active', 'frequent_buyer', 'expo'])
  })

  it('has people who own its records, in the name of whom they were made', async () => {
    const answer = await admin.get(
      '/api/records/account?fields=owner,created_by&expand=owner,created_by&limit=200',
    )
    const owners = new Set(answer.records.map((record) => (record.owner as { label: string }).label))
    const strangers = answer.records.filter(
      ({ owner, created_by }) => (owner as { id: string }).id !== (created_by as { id: string }).id,
    )
    expect([owners.size > 5, strangers]).to.eql([true, []])
  })

  it('has a leader for each team and somebody of finance, whom its approval of contracts asks', async () => {
    const seller = (await admin.get('/api/records/user?q=chen.li')).records[0]!
    const account = (await admin.get('/api/records/account?limit=1')).records[0]!
    const contract = { name: 'Line', account: account.id, amount: 60_000, owner: seller.id }
    const { id } = (await admin.post('/api/records/contract', contract)).record
    const answer = await admin.post(`/api/records/contract/${id}/actions/submit?dry_run=1`)
    const { levels } = (answer.body as { data: { levels: { people: { label: string }[] }[] } }).data
    expect(levels.map(({ people }) => people.map(({ label }) => label))).to.eql([['林晓岚'], ['方文静']])
  })

  it('changes nothing when it is installed again', async () => {
    const before = [await versions(), await countOf('account'), await countOf('call')]
    const again = await spawnCommand(['template', 'install', SALES], env)
    expect(again.code, again.stderr).to.equal(0)
    expect(again.stdout).to.match(/; 0 records were made\.\n$/)
    expect([await versions(), await countOf('account'), await countOf('call')]).to.eql(before)
    const listed = await spawnCommand(['template', 'list'], env)
    expect(listed.stdout).to.match(/^sales\t0\.1\.0\t\d{4}-/)
  })

  it('becomes a new version when a definition of the folder changes, and tells what would be lost', async () => {
    const folder = join(scratchFolder('changed'), 'sales')
    cpSync(SALES, folder, { recursive: true })
    const path = join(folder, 'definitions/entity/note.json')
    const note = JSON.parse(readFileSync(path, 'utf8')) as {
      fields: { name: string; type: string }[]
      activity?: unknown
    }
    const { length } = note.fields
    note.fields.push({ name: 'mood', type: 'text' })
    writeFileSync(path, JSON.stringify(note))
    const before = await versions()
    expect((await spawnCommand(['template', 'install', folder, '--no-data'], env)).code).to.equal(0)
    expect(await versions()).to.equal(before + 1)
    note.fields = note.fields.slice(0, length).filter((field) => field.name !== 'text')
    delete note.activity // it names the text
    writeFileSync(path, JSON.stringify(note))
    const page = join(folder, 'definitions/layout/note_page.json')
    writeFileSync(page, readFileSync(page, 'utf8').replace('["text"]', '[]'))
    const refused = await spawnCommand(['template', 'install', folder, '--no-data'], env)
    expect([refused.code, refused.stderr.includes('--accept-losses'), await versions()]).to.eql([
      1,
      true,
      before + 1,
    ])
    const accepted = await spawnCommand(['template', 'install', folder, '--no-data', '--accept-losses'], env)
    expect([accepted.code, await versions()]).to.eql([0, before + 2])
  })

  it('names the file and the place of each problem', async () => {
    const folder = join(scratchFolder('broken'), 'sales')
    cpSync(SALES, folder, { recursive: true })
    const path = join(folder, 'definitions/entity/account.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"type": "email"', '"type": "e_mail"'))
    const { code, stderr } = await spawnCommand(['template', 'install', folder], env)
    expect([code, stderr]).to.satisfy(
      ([exit, text]: [number, string]) =>
        exit === 1 && text.includes('definitions/entity/account.json#/fields/8/type'),
    )
    const missing = await spawnCommand(['template', 'install', join(folder, 'nowhere')], env)
    expect([missing.code, missing.stderr.includes('it is no folder')]).to.eql([1, true])
  })

  it('lets its roles see what is theirs', async () => {
    const password = 'a long enough password'
    const lily = await admin.post('/api/records/user', {
      name: 'Lily',
      email: 'lily@example.com',
      roles: ['sales'],
      password,
    })
    expect(lily.status, lily.text).to.equal(201)
    const sales = await engine.client.login('lily@example.com', password)
    const made = await sales.post('/api/records/account', { name: '华兴机械' })
    expect(made.status, made.text).to.equal(201)
    const own = await sales.get('/api/records/account?count=exact')
    const products = await sales.get('/api/records/product?count=exact')
    expect([(own.body as { count: number }).count, (products.body as { count: number }).count]).to.eql([
      1, 24,
    ])
    expect((await sales.patch(`/api/records/account/${made.record.id}`, { level: 'b' })).status).to.equal(200)
    expect((await sales.post('/api/records/product', { code: 'X', name: 'X' })).status).to.equal(403)
  })

  it('stands in the gallery with what it holds; what is there is not installed twice', async () => {
    const templates = (await admin.get('/api/templates')).records
    const sales = templates.find(({ name }) => name === 'sales')
    expect(templates.map(({ name }) => name)).to.include.members(['sales', 'cn_regions'])
    expect([sales?.installed, sales?.has_data]).to.eql(['0.1.0', true])
    expect(sales?.counts).to.have.property('entity').that.is.greaterThan(10)
    expect(sales?.entities).to.deep.include({
      ...{ name: 'account', label: { en: 'Accounts', 'zh-CN': '客户' }, icon: 'building' },
    })
    const answers = [
      await admin.post('/api/templates/sales/install', {}),
      await admin.post('/api/templates/nothing/install', {}),
      await admin.post('/api/templates/..%2Fsales/install', {}),
      await admin.post('/api/templates/cn_regions/uninstall'),
    ]
    expect(answers.map(({ status, problems }) => [status, problems[0]?.code])).to.eql([
      [409, 'TEMPLATE_THERE'],
      [404, 'TEMPLATE_UNKNOWN'],
      [404, 'TEMPLATE_UNKNOWN'],
      [409, 'TEMPLATE_NOT_THERE'],
    ])
  })

  it('tells in words what it holds, what it asks and what was answered', async () => {
    const { record, status, text } = await admin.get('/api/templates/sales')
    expect(status, text).to.equal(200)
    const { contents, parameters, answers } = record as unknown as {
      contents: { kind: string; name: string; label: unknown; sentence: Record<string, string> }[]
      parameters: { name: string }[]
      answers: unknown
    }
    expect(parameters.map(({ name }) => name)).to.eql(['claims_a_day', 'leads_held'])
    expect(answers).to.eql({ claims_a_day: 10, leads_held: 200 })
    const pool = contents.find(({ kind, name }) => kind === 'pool' && name === 'public_leads')
    expect(pool?.sentence.en).to.include('10')
    const kinds = new Set(contents.map(({ kind }) => kind))
    expect([...kinds]).to.include.members(['entity', 'flow', 'role', 'scenario'])
    const shown = await spawnCommand(['template', 'show', SALES], env)
    expect(shown.stdout).to.match(
      /^sales 0\.1\.0\n--set claims_a_day=…\tLeads a person.*integer, default 10\n/,
    )
    expect(shown.stdout).to.include(`pool\t${pool?.sentence.en}\n`)
  })

  it('shows its pictures to who may publish, and nothing else of its folder', async () => {
    const { screenshots } = (await admin.get('/api/templates/sales')).record as unknown as {
      screenshots: { file: string }[]
    }
    const at = (file: string) => `/api/templates/sales/screenshots/${file}`
    const picture = await admin.get(at(screenshots[0]!.file))
    expect([picture.status, picture.headers.get('content-type')]).to.eql([200, 'image/webp'])
    expect(picture.headers.get('x-content-type-options')).to.equal('nosniff')
    expect(picture.headers.get('content-security-policy')).to.equal("default-src 'none'")
    const etag = { 'If-None-Match': picture.headers.get('etag') ?? '' }
    expect((await admin.get(at(screenshots[0]!.file), { headers: etag })).status).to.equal(304)
    const none = [await admin.get(at('none.png')), await admin.get(at('..%2Ftemplate.json'))]
    expect(none.map(({ status }) => status)).to.eql([404, 404])
    expect((await engine.client.get(at(screenshots[0]!.file))).status).to.equal(401)
  })

  it('is answered anew by a draft; a wrong answer changes nothing', async () => {
    const wrong = await admin.post('/api/templates/sales/upgrade', { answers: { claims_a_day: 0, leads: 1 } })
    expect([wrong.status, wrong.problems.map(({ code, path }) => [code, path])]).to.eql([
      422,
      [
        ['TEMPLATE_PARAMETER_UNKNOWN', '/answers/leads'],
        ['TEMPLATE_ANSWER_INVALID', '/answers/claims_a_day'],
      ],
    ])
    expect(wrong.problems.every(({ hint }) => typeof hint === 'string' && hint !== '')).to.equal(true)
    const shell = await spawnCommand(['template', 'install', SALES, '--set', 'claims_a_day=many'], env)
    expect([shell.code, shell.stderr.includes('/answers/claims_a_day')]).to.eql([1, true])
    const { id } = (await admin.post('/api/templates/sales/upgrade', { answers: { claims_a_day: 12 } }))
      .record
    const { hash } = (await admin.post(`/api/meta/changesets/${id}/plan`)).record
    expect((await admin.post(`/api/meta/changesets/${id}/publish`, { hash })).status).to.equal(200)
    const pool = (await admin.get('/api/meta/definitions/pool/public_leads')).record
    expect(pool.claim).to.include({ perDay: 12, holding: 200 })
    const again = await spawnCommand(['template', 'install', SALES, '--no-data'], env)
    expect([again.code, (await admin.get('/api/templates/sales')).record.answers]).to.eql([
      0,
      { claims_a_day: 12, leads_held: 200 },
    ])
  })

  it('asks for answers as an archive, too', async () => {
    const archive = {
      manifest: {
        ...{ name: 'school', version: '1.0.0', label: 'School' },
        parameters: [{ name: 'campuses', type: 'list', label: 'Campuses', required: true }],
      },
      definitions: [
        {
          ...{ kind: 'option_set', name: 'campus', label: 'Campus' },
          options: [{ $each: 'campuses', item: { name: { $parameter: 'item_name' } } }],
        },
      ],
    }
    const refused = await admin.post('/api/meta/import', archive)
    expect(refused.problems.map(({ code, path }) => [code, path])).to.eql([
      ['FIELD_REQUIRED', '/answers/campuses'],
    ])
    const { id } = (await admin.post('/api/meta/import', { ...archive, answers: { campuses: ['东校区'] } }))
      .record
    const { items } = (await admin.get(`/api/meta/changesets/${id}`)).record as unknown as {
      items: { definition: { options: { name: string }[] } }[]
    }
    expect(items.map(({ definition }) => definition.options.map(({ name }) => name))).to.eql([
      ['dong_xiao_qu'],
    ])
    const { hash } = (await admin.post(`/api/meta/changesets/${id}/plan`)).record
    expect((await admin.post(`/api/meta/changesets/${id}/publish`, { hash })).status).to.equal(200)
    expect((await admin.get('/api/templates')).text).to.contain('sales')
    const { rows } = await engine.database.query<{ answers: string }>({
      text: `SELECT answers::text AS answers FROM "ws_default".tenon_template WHERE name = 'school'`,
    })
    expect(rows.map(({ answers }) => JSON.parse(answers))).to.eql([{ campuses: ['东校区'] }])
    // Imported again without answers: with those that were kept.
    const again = await admin.post('/api/meta/import', archive)
    const kept = (await admin.get(`/api/meta/changesets/${again.record.id}`)).record.items
    expect([again.status, kept]).to.eql([201, []])
    await admin.delete(`/api/meta/changesets/${again.record.id}`)
  })

  it('goes along with the whole workspace, with its answers and what it brought', async () => {
    const folder = scratchFolder('whole')
    const pulled = await spawnCommand(['meta', 'pull', folder], env)
    expect([pulled.code, pulled.stdout]).to.satisfy(([code, out]: [number, string]) => {
      return code === 0 && out.includes('+ templates.json')
    })
    const { templates } = JSON.parse(readFileSync(join(folder, 'templates.json'), 'utf8')) as {
      templates: { name: string; answers: object; definitions: unknown[] }[]
    }
    const sales = templates.find(({ name }) => name === 'sales')!
    expect(sales.answers).to.eql({ claims_a_day: 12, leads_held: 200 })
    // What stands in the archive as the template brought it is only named.
    expect(sales.definitions).to.include('entity/account')
    const exported = await admin.get('/api/meta/export')
    const archive = exported.body as { templates: object[]; definitions: { name: string }[] }
    expect(archive.templates).to.eql(templates)
    for (const args of [
      ['workspace', 'create', 'second'],
      ['meta', 'publish', folder, '--workspace', 'second', '--override', 'a copy'],
    ]) {
      const ran = await spawnCommand(args, env)
      expect([ran.code, ran.stderr]).to.eql([0, ran.stderr])
    }
    const { rows } = await engine.database.query<{ name: string; answers: string }>({
      text: 'SELECT name, answers::text AS answers FROM ws_second.tenon_template ORDER BY name',
    })
    const there = new Map(rows.map(({ name, answers }) => [name, JSON.parse(answers) as unknown]))
    expect(there.get('sales')).to.eql({ claims_a_day: 12, leads_held: 200 })
    expect(there.get('school')).to.eql({ campuses: ['东校区'] })
    const version = async () => {
      const { rows: found } = await engine.database.query<{ version: number }>({
        text: 'SELECT version FROM ws_second.tenon_current',
      })
      return found[0]?.version
    }
    // Installed over it, it is merged with what it brought, by what was answered: nothing is otherwise.
    const before = await version()
    const again = await spawnCommand(
      ['template', 'install', SALES, '--no-data', '--workspace', 'second'],
      env,
    )
    expect([again.code, await version()]).to.eql([0, before])
    const broken = [
      { name: 'sales', version: '1', answers: {}, definitions: ['entity/nothing'] },
      { name: 1 },
    ]
    const refused = await admin.post('/api/meta/import', { ...archive, templates: broken })
    expect([refused.status, refused.problems.map(({ path }) => path)]).to.eql([
      422,
      [
        '/templates/0/definitions/0',
        ...['name', 'version', 'answers', 'definitions'].map((key) => `/templates/1/${key}`),
      ],
    ])
    const same = await admin.post('/api/meta/import', archive)
    expect([same.status, (await admin.get(`/api/meta/changesets/${same.record.id}`)).record.items]).to.eql([
      201,
      [],
    ])
    await admin.delete(`/api/meta/changesets/${same.record.id}`)
  })

  it('says what its demo data is, takes it along in one call but for what people have worked with, and brings it back', async () => {
    const [touched, ledTo] = (await admin.get('/api/records/account?sort=created_at&limit=2')).records
    await admin.patch(`/api/records/account/${touched?.id}`, { description: 'mine now' })
    const made = await admin.post('/api/records/contact', { name: 'Mine', account: ledTo?.id })
    expect(made.status, made.text).to.equal(201)
    const own = (await admin.get('/api/records/account?q=华兴机械&limit=5')).records.map(({ id }) => id)
    const counted = (await admin.get('/api/demo')).body as { data: readonly DemoCount[] }
    for (const limit of ['0', '1001', '2.5', 'all', '-1'])
      expect((await admin.delete(`/api/demo?limit=${limit}`)).problems[0]).to.include({
        code: 'HTTP_PARAMETER_INVALID',
        path: '/limit',
      })
    const gone: Removed[] = []
    for (const query of ['?limit=700', '?limit=700', '']) {
      const answer = await admin.delete(`/api/demo${query}`)
      expect(answer.status, answer.text).to.equal(200)
      gone.push(answer.record as unknown as Removed)
    }
    expect(gone.slice(0, 2).map(({ removed }) => removed)).to.eql([700, 700])
    expect(gone[2]!.removed).to.equal(gone[1]!.left)
    expect(gone.map(({ kept }) => kept)).to.eql(gone.map(() => gone[0]!.kept))
    expect(gone[2]!.left).to.equal(0)
    const removed = gone.reduce((sum, one) => sum + one.removed, 0)
    const [{ kept }] = gone as [Removed]
    const undo = gone.reverse().flatMap((one) => one.undo)
    const total = (of: 'removed' | 'kept') => counted.data.reduce((sum, one) => sum + one[of], 0)
    expect([total('removed'), total('kept')]).to.eql([removed, kept])
    const accounts = counted.data.find(({ entity }) => entity === 'account')
    expect(accounts).to.include({ label: '客户' })
    expect(accounts?.kept).to.be.within(2, 10)
    expect([removed, kept]).to.satisfy(([gone, stays]: number[]) => gone! > 4000 && stays! < 100)
    const left = (await admin.get('/api/records/account?limit=200')).records.map(({ id }) => id)
    expect(left).to.include.members([touched?.id, ledTo?.id, ...own])
    expect(await countOf('user')).to.be.greaterThan(5)
    expect((await admin.get(`/api/records/contact/${made.record.id}`)).status).to.equal(200)
    expect((await admin.delete('/api/demo')).record.removed).to.equal(0)

    // Who did it takes it back act by act, what others lead to first; then it may go again. One act shows it.
    const [first] = undo
    const undone = await admin.post(`/api/undo/${first}`)
    expect([undone.status, undone.record.kept], undone.text).to.eql([200, []])
    const acts = (await admin.get('/api/undo')).records
    const entity = acts.find(({ id }) => id === first)?.entity
    const again = (await admin.get('/api/demo')).body as { data: readonly DemoCount[] }
    const of = ({ data }: typeof again) => data.find((one) => one.entity === entity)
    expect(of(again)).to.eql(of(counted))
  })
})
