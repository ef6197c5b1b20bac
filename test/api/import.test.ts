import { expect } from 'chai'
import type { Actor } from '../../engine/access/actor.ts'
import type { Definition } from '../../engine/model/compiled.ts'
import { type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

describe('an import', () => {
  let work: ImportWorkspace

  before(async () => {
    work = await openImportWorkspace()
  })
  after(() => work.close())

  const reasons = () =>
    work.errors().map((row) => [row.name ?? row.subject, row.tenon_problem, row.tenon_reason])
  const counts = ({ stored, rejected }: { stored: number; rejected: number }) => [stored, rejected]

  it('takes columns by the names of fields, and options by their names or labels', async () => {
    const csv =
      'name,level,region,tags,annual_revenue,nonsense\n苏州澄川,A 级,East China,"重点; 展会","¥1,200.50",x\n北辰,b,华北,,,\n'
    const outcome = await work.load('account', csv)
    expect([...counts(outcome), outcome.left]).to.eql([2, 0, ['nonsense']])
    const fields = 'name,level,region,tags,annual_revenue'
    expect(await work.list('account', fields, { in: [{ var: 'name' }, ['苏州澄川', '北辰']] })).to.eql([
      { name: '苏州澄川', level: 'a', region: 'east_china', tags: ['重点', '展会'], annual_revenue: 1200.5 },
      { name: '北辰', level: 'b', region: 'north_china', tags: null, annual_revenue: null },
    ])
  })

  it('reads what spreadsheets in China write', async () => {
    // 名称,区域 / 华兴机械,华东 in GB18030
    const bytes = Buffer.from('c3fbb3c62cc7f8d3f20abbaad0cbbbfad0b52cbbaab6ab0a', 'hex')
    expect(counts(await work.load('account', bytes, { maps: ['名称=name,区域=region'] }))).to.eql([1, 0])
    const found = await work.list('account', 'region', { '==': [{ var: 'name' }, '华兴机械'] })
    expect(found).to.eql([{ region: 'east_china' }])
  })

  it('refuses a row with all of its problems, each named by its column', async () => {
    const csv =
      'Company,Level,phone,website,employees,extra\n,E,call me,ftp://x,many,\nGood Ltd,A 级,,,12,\nLong,,,,,,too,long\n'
    const outcome = await work.load('account', csv, { maps: ['Company=name,Level=level,extra='] })
    expect(counts(outcome)).to.eql([1, 2])
    const [first, second] = work.errors()
    expect(first?.tenon_problem?.split(' ').sort()).to.eql([
      'FIELD_FORMAT_INVALID',
      'FIELD_FORMAT_INVALID',
      'FIELD_OPTION_UNKNOWN',
      'FIELD_REQUIRED',
      'FIELD_TYPE_WRONG',
    ])
    expect(first?.tenon_reason)
      .to.include('Company: This field is required.')
      .and.to.include('Level: “E” is not one')
    expect(second?.tenon_problem).to.equal('IMPORT_ROW_TOO_LONG')
  })

  it('finds records by their names, several in one cell, and by other fields', async () => {
    await work.create('product', { code: 'P1', name: 'Lathe' })
    await work.create('product', { code: 'P2', name: 'Mill' })
    await work.create('user', { name: 'Ann Field', email: 'ann@example.com' })
    await work.create('account', { name: 'Bolt Ltd' })
    const csv =
      'name,account,products,who\nDeal 1,Bolt Ltd,Lathe; Mill,ann@example.com\nDeal 2,Bolt Ltd,Mill,\n'
    expect(counts(await work.load('opportunity', csv, { maps: ['who=owner:email'] }))).to.eql([2, 0])
    const deals = await work.list('opportunity', 'name,account.name,owner.name,products', {
      '==': [{ var: 'account.name' }, 'Bolt Ltd'],
    })
    expect(deals.map((deal) => [deal.name, (deal.products as unknown[]).length])).to.eql([
      ['Deal 1', 2],
      ['Deal 2', 1],
    ])
  })

  it('changes what has the key and makes what has not, row by row, and goes on behind a refused one', async () => {
    await work.create('product', { code: 'K1', name: 'Old name', category: 'machine' })
    const csv = 'code,name,account\nK1,New name,\nK2,Second,\n,Keyless,\nK3,,\nK1,,\nK4,Fourth,\nK5,Fifth,\n'
    const outcome = await work.load('product', csv.replace('account', 'category'), { by: 'code' })
    expect(counts(outcome)).to.eql([5, 2])
    expect(work.errors().map((row) => [row.code, row.name, row.tenon_problem])).to.eql([
      ['', 'Keyless', 'FIELD_REQUIRED'],
      ['K3', '', 'FIELD_REQUIRED'],
    ])
    const found = await work.list('product', 'code,name,category', {
      in: [{ var: 'code' }, ['K1', 'K2', 'K4', 'K5']],
    })
    expect(found.map(({ code, name }) => [code, name]).sort()).to.eql([
      ['K1', 'New name'],
      ['K2', 'Second'],
      ['K4', 'Fourth'],
      ['K5', 'Fifth'],
    ])
    // An empty cell said nothing.
    expect(found.find(({ code }) => code === 'K1')?.category).to.equal('machine')
  })

  it('stores nothing by a key in a dry run, and refuses a key that is none or is not in the file', async () => {
    const outcome = await work.load('product', 'code,name\nK1,Dry\nK9,Wet\n', { by: 'code', isDryRun: true })
    expect(counts(outcome)).to.eql([2, 0])
    expect(await work.list('product', 'name', { in: [{ var: 'code' }, ['K1', 'K9']] })).to.eql([
      { name: 'New name' },
    ])
    for (const [by, csv, code] of [
      ['category', 'code,category\nK1,x\n', 'UPSERT_KEY_INVALID'],
      ['code', 'name\nx\n', 'IMPORT_KEY_UNMAPPED'],
    ] as const) {
      const fault = await work.load('product', csv, { by }).then(
        () => undefined,
        (error: { code?: string }) => error.code,
      )
      expect(fault).to.equal(code)
    }
  })

  it('says which record a name does not find, and which one may be meant', async () => {
    await work.create('account', { name: 'Twin' })
    await work.create('account', { name: 'Twin' })
    const csv = 'name,account\nUnknown,Bold Ltd\nAmbiguous,Twin\nFar,Zzzzzzzz\n'
    expect(counts(await work.load('opportunity', csv))).to.eql([0, 3])
    expect(reasons()).to.eql([
      [
        'Unknown',
        'IMPORT_LOOKUP_UNKNOWN',
        'account: No Account is called “Bold Ltd”. Did you mean “Bolt Ltd”?',
      ],
      ['Ambiguous', 'IMPORT_LOOKUP_AMBIGUOUS', 'account: Several Account are called “Twin”.'],
      ['Far', 'IMPORT_LOOKUP_UNKNOWN', 'account: No Account is called “Zzzzzzzz”.'],
    ])
  })

  it('takes what may point to several entities with the entity before the name', async () => {
    const id = await work.create('account', { name: 'Nut Ltd' })
    const csv = `subject,about\nA,account:Nut Ltd\nB,客户：Nut Ltd\nC,account:${id}\nD,Nut Ltd\nE,product:Lathe\n`
    expect(counts(await work.load('task', csv))).to.eql([3, 2])
    expect(reasons().map(([name, code]) => [name, code])).to.eql([
      ['D', 'IMPORT_LOOKUP_UNTYPED'],
      ['E', 'IMPORT_LOOKUP_UNTYPED'],
    ])
  })

  it('stores parents before children in whatever order, and refuses circles', async () => {
    const rows = [
      'leaf,twig',
      'twig,branch',
      'branch,trunk',
      'trunk,',
      'egg,hen',
      'hen,egg',
      'self,self',
      'chick,hen',
    ]
    const outcome = await work.load('account', `name,parent\n${rows.join('\n')}\n`, { batchSize: 2 })
    expect(counts(outcome)).to.eql([4, 4])
    expect(
      reasons()
        .map(([name, code]) => `${name} ${code}`)
        .sort(),
    ).to.eql([
      'chick IMPORT_LOOKUP_UNKNOWN',
      'egg IMPORT_LOOKUP_CIRCULAR',
      'hen IMPORT_LOOKUP_CIRCULAR',
      'self IMPORT_LOOKUP_CIRCULAR',
    ])
  })

  it('refuses only the rows that do not meet the rules of their entity', async () => {
    await work.publish([
      {
        kind: 'validation',
        name: 'priced',
        entity: 'product',
        when: { in: [{ var: 'code' }, ['R1', 'R2', 'R3']] },
        must: { '>': [{ var: 'price' }, 0] },
        problem: { field: 'price', message: 'A product has a price.' },
      },
    ])
    const csv = 'name,code,price\nFree,R1,0\nDear,R2,5\nUnknown,R3,\n'
    expect(counts(await work.load('product', csv))).to.eql([1, 2])
    expect(reasons().map(([name, code]) => [name, code])).to.eql([
      ['Free', 'RECORD_VALIDATION_FAILED'],
      ['Unknown', 'RECORD_VALIDATION_FAILED'],
    ])
  })

  it('meets the gates of stages, the defaults of rules and the options of a parent, row by row', async () => {
    const options = (...names: string[]) => names.map((name) => ({ name }))
    await work.publish([
      {
        ...{ kind: 'entity', name: 'ticket', title: 'name' },
        fields: [
          { name: 'name', type: 'text', required: true },
          { name: 'country', type: 'select', options: options('cn', 'de') },
          { name: 'city', type: 'select', optionSet: 'ticket_cities', dependsOn: 'country' },
          { name: 'hours', type: 'integer' },
          { name: 'price', type: 'integer', default: { '*': [{ var: 'hours' }, 10] } },
          { name: 'product', type: 'lookup', to: 'product' },
          { name: 'code', type: 'text', default: { var: 'product.code' } },
          { name: 'stage', type: 'stage' },
        ],
      },
      {
        ...{ kind: 'option_set', name: 'ticket_cities' },
        options: [
          { name: 'shanghai', label: { en: 'Shanghai', 'zh-CN': '上海' }, under: 'cn' },
          { name: 'berlin', label: { en: 'Berlin', 'zh-CN': '柏林' }, under: 'de' },
        ],
      },
      {
        ...{ kind: 'pipeline', name: 'tickets', entity: 'ticket', field: 'stage' },
        stages: [
          { name: 'new', type: 'open', requires: ['country'], next: ['work'] },
          { name: 'work', type: 'open', must: { '>': [{ var: 'hours' }, 0] }, next: ['done'] },
          { name: 'done', type: 'won' },
        ],
      },
    ] as never)
    await work.create('product', { name: 'Lamp', code: 'L9', price: 1 })
    const csv = [
      'name,stage,country,city,hours,price,product,code',
      'Begins,new,,,3,,Lamp,',
      'Skips,work,,,1,,,',
      'Won idle,done,cn,上海,0,,,',
      'Won,done,cn,上海,2,,,',
      'Elsewhere,new,de,上海,1,,,',
      'Says it,new,de,Berlin,1,7,Lamp,own',
    ].join('\n')
    expect(counts(await work.load('ticket', csv))).to.eql([3, 3])
    expect(reasons().map(([name, code]) => [name, code])).to.eql([
      ['Skips', 'STAGE_REQUIRES'],
      ['Won idle', 'STAGE_CONDITION_UNMET'],
      ['Elsewhere', 'FIELD_OPTION_UNFIT'],
    ])
    const stored = await work.list('ticket', 'name,stage,city,price,code')
    const told = stored.map(({ name, stage, city, price, code }) => [name, stage, city, price, code])
    expect(told).to.have.deep.members([
      ['Begins', 'new', null, 30, 'L9'],
      ['Won', 'done', 'shanghai', 20, null],
      ['Says it', 'new', 'berlin', 7, 'own'],
    ])
  })

  it('refuses only the rows that clash, in a batch of many', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => `N${index % 297},Name ${index}`)
    const outcome = await work.load('product', `code,name\nP1,Taken\n${rows.join('\n')}\n`)
    expect(counts(outcome)).to.eql([297, 4])
    expect(work.errors().map((row) => [row.code, row.tenon_problem])).to.eql([
      ['P1', 'RECORD_DUPLICATE'],
      ['N0', 'RECORD_DUPLICATE'],
      ['N1', 'RECORD_DUPLICATE'],
      ['N2', 'RECORD_DUPLICATE'],
    ])
  })

  it('stores nothing in a dry run, uses up no number, and sees clashes between batches', async () => {
    const before = await work.list('lead', 'number')
    const csv = `code,name\n${['D1,One', 'D2,Two', 'D1,Three'].join('\n')}\n`
    const clash = await work.load('product', csv, { isDryRun: true, batchSize: 1 })
    const kin = await work.load('account', 'name,parent\nchild,mother\nmother,\n', { isDryRun: true })
    const leads = await work.load('lead', 'name\nA\nB\n', { isDryRun: true })
    expect([counts(clash), counts(kin), counts(leads)]).to.eql([
      [2, 1],
      [2, 0],
      [2, 0],
    ])
    await work.load('lead', 'name\nReal\n')
    const found = await work.list('lead', 'number')
    expect([before, found, await work.list('account', 'name', { '==': [{ var: 'name' }, 'mother'] })]).to.eql(
      [[], [{ number: 'LEAD-00001' }], []],
    )
  })

  it('does nothing the second time, and all once more when told so', async () => {
    const csv = 'subject\nonce\n'
    const tasks = async () =>
      (await work.list('task', 'subject', { '==': [{ var: 'subject' }, 'once'] })).length
    await work.load('task', csv)
    const second = await work.load('task', csv)
    expect([second.wasFinished, await tasks()]).to.eql([true, 1])
    const again = await work.load('task', csv, { again: true })
    expect([again.wasFinished, again.stored, await tasks()]).to.eql([false, 1, 2])
  })

  it('goes on after a fault in the middle, but not with other columns', async () => {
    const csv = `subject,description\n${Array.from({ length: 30 }, (_, index) => `go on ${index},x`).join('\n')}\n`
    let batches = 0
    const onProgress = () => {
      batches += 1
      if (batches === 2) throw new Error('the lights go out')
    }
    const options = { batchSize: 10 }
    const fault: unknown = await work
      .load('note', csv, { ...options, maps: ['description='], onProgress })
      .catch((error: unknown) => error)
    expect((fault as Error).message).to.equal('the lights go out')
    expect(await work.refusal('note', csv, { ...options, maps: ['description=text'] })).to.eql([
      'IMPORT_MAPPING_MOVED /map',
    ])
    const rest = await work.load('note', csv, { ...options, maps: ['description='] })
    const subjects = (await work.list('note', 'subject')).map((note) => note.subject)
    expect([rest.before, rest.stored, new Set(subjects).size, subjects.length]).to.eql([20, 30, 30, 30])
  })

  it('lets one of two at once go on, and stores no row twice', async () => {
    const csv = `subject\n${Array.from({ length: 400 }, (_, index) => `race ${index}`).join('\n')}\n`
    const runs = await Promise.allSettled([1, 2].map(() => work.load('call', csv, { batchSize: 20 })))
    const refused = runs.flatMap((run) =>
      run.status === 'rejected' ? [(run.reason as { code?: string }).code] : [],
    )
    expect(refused.filter((code) => code !== 'IMPORT_UNDER_WAY')).to.eql([])
    await work.load('call', csv, { batchSize: 20 })
    expect(await countOf('call')).to.equal(400)
  })

  async function countOf(entity: string): Promise<number> {
    let count = 0
    for (let from = 0; from < 1000; from += 100) {
      const names = Array.from({ length: 100 }, (_, index) => `race ${from + index}`)
      count += (await work.list(entity, 'subject', { in: [{ var: 'subject' }, names] })).length
    }
    return count
  }

  it('goes on under the model that is published in its middle', async () => {
    const csv = `subject\n${Array.from({ length: 40 }, (_, index) => `moved ${index}`).join('\n')}\n`
    let hasPublished: Promise<unknown> | undefined
    const outcome = await work.load(
      'meeting',
      csv.replace('subject', 'subject,starts_at').replace(/(moved \d+)/g, '$1,2026-03-02T01:00:00Z'),
      {
        batchSize: 10,
        onProgress() {
          hasPublished ??= work.publish([
            { kind: 'option_set', name: 'fresh', options: [{ name: 'a' }] } as Definition,
          ])
        },
      },
    )
    await hasPublished
    expect(counts(outcome)).to.eql([40, 0])
  })

  const mappings: { title: string; csv: string; maps: string[]; values?: string[]; problems: string[] }[] = [
    {
      title: 'an unknown column',
      csv: 'compny\nx\n',
      maps: ['company=name'],
      problems: ['IMPORT_COLUMN_UNKNOWN /map Did you mean “compny”?'],
    },
    {
      title: 'an unknown field',
      csv: 'x\ny\n',
      maps: ['x=nmae'],
      problems: ['FIELD_UNKNOWN /map Did you mean “name”?'],
    },
    {
      title: 'a field twice',
      csv: 'a,b\nx,y\n',
      maps: ['a=name,b=name'],
      problems: ['IMPORT_FIELD_TWICE /map'],
    },
    {
      title: 'two columns of one name',
      csv: 'a,a\nx,y\n',
      maps: ['a=name'],
      problems: ['IMPORT_COLUMN_DUPLICATE /map'],
    },
    {
      title: 'a required field left out',
      csv: 'level\na\n',
      maps: [],
      problems: ['IMPORT_FIELD_UNMAPPED /map'],
    },
    {
      title: 'nothing that fits',
      csv: 'x\ny\n',
      maps: [],
      problems: ['IMPORT_NOTHING_MAPPED /map'],
    },
    {
      title: 'a way into a plain field',
      csv: 'x\ny\n',
      maps: ['x=name:email'],
      problems: ['IMPORT_BY_UNFIT /map'],
    },
    {
      title: 'a way through an unknown field',
      csv: 'name,x\na,y\n',
      maps: ['x=parent:nmae'],
      problems: ['FIELD_UNKNOWN /map Did you mean “name”?'],
    },
    {
      title: 'a replacement in an unknown column',
      csv: 'name\na\n',
      maps: [],
      values: ['nmae:a=b'],
      problems: ['IMPORT_COLUMN_UNKNOWN /value Did you mean “name”?'],
    },
  ]
  for (const { title, csv, maps, values = [], problems } of mappings) {
    it(`refuses ${title} before the first row`, async () => {
      expect(await work.refusal('account', csv, { maps, values })).to.eql(problems)
    })
  }

  it('acts within the rights of the person in whose name it runs', async () => {
    const id = await work.create('user', { name: 'Sal', email: 'sal@example.com', roles: ['sales'] })
    const sal: Actor = { kind: 'user', id, name: 'Sal', roles: ['sales'], roleKey: 'sales', language: 'en' }
    const outcome = await work.load('account', 'name,parent\nOwn account,\nGuess,Bolt Ltd\n', { as: sal })
    expect(counts(outcome)).to.eql([1, 1])
    expect(reasons()).to.eql([['Guess', 'IMPORT_LOOKUP_UNKNOWN', 'parent: No Account is called “Bolt Ltd”.']])
    const owners = await work.list('account', 'owner,created_by', { '==': [{ var: 'name' }, 'Own account'] })
    expect(owners).to.eql([{ owner: id, created_by: id }])
    expect(await work.refusal('product', 'code,name\nX,Y\n', { as: sal })).to.eql(['AUTH_DENIED'])
    expect(
      await work.refusal('account', 'name,created_at\nX,2020-01-01T00:00:00Z\n', {
        as: sal,
        maps: ['created_at=created_at'],
      }),
    ).to.eql(['FIELD_READ_ONLY /map'])
  })

  it('is refused to a role that may make records but not import them', async () => {
    const typist: Definition = {
      kind: 'role',
      name: 'typist',
      entities: { account: { create: true, read: 'own', import: false } },
    }
    await work.publish([typist])
    const id = await work.create('user', { name: 'Typ', email: 'typ@example.com', roles: ['typist'] })
    const as: Actor = { kind: 'user', id, name: 'Typ', roles: ['typist'], roleKey: 'typist', language: 'en' }
    expect(await work.refusal('account', 'name\nX\n', { as })).to.eql(['AUTH_DENIED'])
  })

  it('brings a history as it was, where the engine itself imports', async () => {
    const csv = 'name,created_at,created_by,owner\nOld,2019-05-06T07:08:09Z,Ann Field,Ann Field\n'
    expect(counts(await work.load('account', csv))).to.eql([1, 0])
    const found = await work.list('account', 'created_at,updated_at', { '==': [{ var: 'name' }, 'Old'] })
    expect(found).to.eql([{ created_at: '2019-05-06T07:08:09.000Z', updated_at: '2019-05-06T07:08:09.000Z' }])
  })

  it('gives leads their owners by the rule table, in turn (R22)', async () => {
    const team = await work.create('team', { name: 'North' })
    for (const name of ['una', 'vic'])
      await work.create('user', { name, email: `${name}@example.com`, roles: ['sales'], team })
    await work.create('territory', { name: 'North', region: 'northeast_china', team })
    const csv = `name,region\n${['a', 'b', 'c', 'd'].map((name) => `${name},northeast_china`).join('\n')}\n`
    expect(counts(await work.load('lead', csv))).to.eql([4, 0])
    const leads = await work.list('lead', 'owner.name', { '==': [{ var: 'region' }, 'northeast_china'] })
    expect(
      leads
        .map((lead) => JSON.stringify(lead))
        .sort()
        .map((one) => /una|vic/.exec(one)?.[0]),
    ).to.eql([...['una', 'una', 'vic', 'vic']])
  })
})
