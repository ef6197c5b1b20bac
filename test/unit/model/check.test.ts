import { expect } from 'chai'
import { type Problem, problemHint, problemMessage } from '../../../engine/errors.ts'
import { checkCandidate, type RawDefinitions } from '../../../engine/model/check.ts'
import type { DefinitionByKind, DefinitionSet, Kind } from '../../../engine/model/compiled.ts'
import { copyOf, type Mutable, registry, sampleInForce, withDefinitions } from './sample.ts'

type Fault = readonly [code: string, path: string, hint?: string]

/** The candidate that differs from the sample by one changed definition, and what the check says of it. */
function faultsAfter<K extends Kind>(
  kind: K,
  name: string,
  change: (definition: Mutable<DefinitionByKind[K]> & Record<string, unknown>) => void,
): readonly Fault[] {
  const base = sampleInForce()
  const definition = copyOf(base[kind].get(name)) as Mutable<DefinitionByKind[K]> & Record<string, unknown>
  change(definition)
  return faults(checkCandidate(replaceRaw(base, kind, name, definition), registry))
}

function replaceRaw(base: DefinitionSet, kind: Kind, name: string, raw: unknown): RawDefinitions {
  return { ...base, [kind]: new Map<string, unknown>([...base[kind], [name, raw]]) }
}

function faults(problems: readonly Problem[]): readonly Fault[] {
  return problems.map((fault) => {
    const hint = problemHint(fault, 'en')
    return hint === undefined ? [fault.code, fault.path] : [fault.code, fault.path, hint]
  })
}

/** An object that has it as a plain key would look like a promise. */
const THEN = 'then'

const meant = (name: string) => `Did you mean “${name}”?`

describe('checkCandidate', () => {
  it('reports who cannot be told of a stalled record, and notices that come at no time', () => {
    const found = faultsAfter('pipeline', 'sales', (pipeline) => {
      pipeline.stalled = {
        after: 'P14D',
        [THEN]: [
          { after: 'P1D', to: { role: 'nobody' } },
          { to: { field: 'name' }, title: 'x', message: 'none' },
        ],
      } as never
    })
    expect(found.map(([code, path]) => [code, path.replace(/^.pipeline.[a-z_]+/, '')])).to.deep.equal([
      ['META_VALUE_INVALID', '/stalled/then/0/after'],
      ['META_REFERENCE_UNKNOWN', '/stalled/then/0/to/role'],
      ['META_VALUE_INVALID', '/stalled/then/1'],
      ['META_REFERENCE_UNKNOWN', '/stalled/then/1/message'],
      ['META_VALUE_INVALID', '/stalled/then/1/title'],
      ['META_VALUE_INVALID', '/stalled/then/1/to/field'],
    ])
  })

  it('finds nothing against the sample', () => {
    expect(checkCandidate(sampleInForce(), registry)).to.deep.equal([])
  })

  it('reports the faults of shape, references and meaning at once, each at its place', () => {
    const found = faultsAfter('entity', 'deal', (deal) => {
      deal.lable = 'Deal'
      deal.title = 'nme'
      deal.fields[1]!.to = 'acount'
      deal.fields[3]!.type = 'curency'
      deal.fields.push({ name: 'Close Date', type: 'date' }, { name: 'owner', type: 'user' })
      deal.fields.push({ name: 'city', type: 'text', unik: true, max: '9', unique: true })
      deal.fields.push({ name: 'tags', type: 'json', unique: true, searchable: true })
    })
    expect(found).to.deep.equal([
      ['META_REFERENCE_UNKNOWN', '/entity/deal/fields/1/to', meant('account')],
      ['META_FIELD_TYPE_UNKNOWN', '/entity/deal/fields/3/type', meant('currency')],
      ['META_NAME_INVALID', '/entity/deal/fields/6/name', meant('close_date')],
      ['META_NAME_RESERVED', '/entity/deal/fields/7/name'],
      ['META_VALUE_INVALID', '/entity/deal/fields/8/max'],
      ['META_KEY_UNKNOWN', '/entity/deal/fields/8/unik'],
      ['META_FIELD_NOT_SEARCHABLE', '/entity/deal/fields/9/searchable'],
      ['META_FIELD_NOT_UNIQUE_ABLE', '/entity/deal/fields/9/unique'],
      ['META_KEY_UNKNOWN', '/entity/deal/lable', meant('label')],
      ['META_REFERENCE_UNKNOWN', '/entity/deal/title', meant('name')],
    ])
  })

  it('passes names that SQL reserves, as entities and as fields', () => {
    const words = [
      'order',
      'user_group',
      'group',
      'case',
      'select',
      'table',
      'from',
      'primary',
      'constructor',
    ]
    const entities = words.map((name) => ({
      kind: 'entity',
      name,
      fields: ['order', 'group', 'case', 'select', 'user', 'end', 'constructor', 'to_string'].map(
        (field) => ({
          name: field,
          type: 'text',
        }),
      ),
    }))
    expect(checkCandidate(withDefinitions(sampleInForce(), ...entities), registry)).to.deep.equal([])
  })

  it('checks only the shape of what has changed, and the references of all', () => {
    const base = sampleInForce()
    const account = copyOf(base.entity.get('account')) as Mutable<DefinitionByKind['entity']>
    account.fields = account.fields.filter((field) => field.name !== 'phone')
    const broken = { ...base.role.get('sales'), nonsense: 1 }
    const candidate = replaceRaw(
      replaceRaw(base, 'entity', 'account', account) as DefinitionSet,
      'role',
      'sales',
      broken,
    )
    const found = faults(checkCandidate(candidate, registry, new Set(['entity/account'])))
    expect(found.map(([code, path]) => `${code} ${path}`)).to.deep.equal([
      'META_REFERENCE_UNKNOWN /layout/account_page/form/0/fields/1',
      'META_REFERENCE_UNKNOWN /layout/account_page/page/highlights/0',
      'META_REFERENCE_UNKNOWN /translation/french/texts/entity~1account~1phone',
      'META_REFERENCE_UNKNOWN /translation/french/texts/entity~1account~1phone#help',
      'META_REFERENCE_UNKNOWN /view/open_deals/columns/2',
    ])
  })

  it('does not blame others for what it cannot read', () => {
    const base = sampleInForce()
    expect(faults(checkCandidate(replaceRaw(base, 'entity', 'account', 42), registry))).to.deep.equal([
      ['META_VALUE_INVALID', '/entity/account'],
    ])
    expect(
      faultsAfter('pipeline', 'sales', (pipeline) => Object.assign(pipeline, { stages: 'new' })),
    ).to.deep.equal([['META_VALUE_INVALID', '/pipeline/sales/stages']])
  })

  it('tells a wrong filter although another definition is incomplete, unless that may explain it', () => {
    const base = sampleInForce()
    const view = (name: string, field: string) => ({
      kind: 'view',
      name,
      entity: 'account',
      label: name,
      type: 'table',
      columns: ['name'],
      filter: { '==': [{ var: field }, 'x'] },
    })
    const bad = { kind: 'entity', name: 'bad', label: 'Bad', fields: [{ name: 'soon', type: 'txt' }] }
    const found = faults(
      checkCandidate(withDefinitions(base, bad, view('lost', 'nowhere'), view('wait', 'soon')), registry),
    )
    expect(found.map(([code, path]) => `${code} ${path}`)).to.deep.equal([
      'META_FIELD_TYPE_UNKNOWN /entity/bad/fields/0/type',
      'RULE_FIELD_UNKNOWN /view/lost/filter/==/0/var',
    ])
  })

  it('refuses changes of the engine’s own definitions', () => {
    expect(
      faultsAfter('entity', 'user', (user) => {
        user.fields[0] = { ...user.fields[0]!, label: 'Nickname' }
      }),
    ).to.deep.equal([
      [
        'META_SYSTEM_PROTECTED',
        '/entity/user',
        'Leave what the engine brings as it is; fields of your own may be added to its entities.',
      ],
    ])
    expect(faultsAfter('entity', 'user', (user) => user.fields.pop())).to.deep.equal([
      [
        'META_SYSTEM_PROTECTED',
        '/entity/user',
        'Leave what the engine brings as it is; fields of your own may be added to its entities.',
      ],
    ])
    const base = sampleInForce()
    const roles = new Map([...base.role].filter(([name]) => name !== 'administrator'))
    expect(faults(checkCandidate({ ...base, role: roles }, registry))).to.deep.equal([
      [
        'META_SYSTEM_PROTECTED',
        '/role/administrator',
        'Leave what the engine brings as it is; fields of your own may be added to its entities.',
      ],
    ])
  })

  it('takes fields that a workspace adds to the engine’s entities, and checks them like any other', () => {
    const campus = { id: '019a0000-0000-7000-8000-0000000000c1', name: 'campus', type: 'text' }
    expect(faultsAfter('entity', 'user', (user) => user.fields.push(campus))).to.deep.equal([])
    expect(
      faultsAfter('entity', 'user', (user) => user.fields.splice(2, 0, { ...campus, type: 'txt' })),
    ).to.deep.equal([['META_FIELD_TYPE_UNKNOWN', '/entity/user/fields/2/type', 'Did you mean “text”?']])
    expect(
      faultsAfter('entity', 'user', (user) => user.fields.push({ ...campus, type: 'lookup', to: 'acount' })),
    ).to.deep.equal([['META_REFERENCE_UNKNOWN', '/entity/user/fields/18/to', 'Did you mean “account”?']])
  })

  it('finds an id that two items share, whatever they are', () => {
    const base = sampleInForce()
    const account = base.entity.get('account')
    const stageId = base.pipeline.get('sales')?.stages[0]?.id
    const deal = copyOf(base.entity.get('deal')) as Mutable<DefinitionByKind['entity']>
    deal.fields[0]!.id = stageId as string
    deal.fields[1]!.id = account?.id as string
    const found = checkCandidate(withDefinitions(base, deal), registry)
    expect(found.map((fault) => [fault.code, fault.path, fault.params])).to.deep.equal([
      ['META_ID_DUPLICATE', '/entity/deal/fields/1/id', { id: account?.id }],
      ['META_ID_DUPLICATE', '/pipeline/sales/stages/0/id', { id: stageId }],
    ])
  })

  const cases: readonly {
    readonly title: string
    readonly found: () => readonly Fault[]
    readonly faults: readonly Fault[]
  }[] = [
    {
      title: 'an entity whose name is the engine’s',
      found: () =>
        faults(checkCandidate(withDefinitions(sampleInForce(), entity('tenon_x'), entity('job')), registry)),
      faults: [
        ['META_NAME_RESERVED', '/entity/job/name'],
        ['META_NAME_RESERVED', '/entity/tenon_x/name'],
      ],
    },
    {
      title: 'a name that stands twice in its list',
      found: () =>
        faultsAfter('entity', 'deal', (deal) => {
          deal.fields.push({ name: 'amount', type: 'text' })
          deal.fields[4]!.options = [{ name: 'web' }, { name: 'web' }, { name: 'expo' }]
        }),
      faults: [
        ['META_NAME_DUPLICATE', '/entity/deal/fields/4/options/1/name'],
        ['META_NAME_DUPLICATE', '/entity/deal/fields/6/name'],
      ],
    },
    {
      title: 'defaults that are no values of their fields',
      found: () =>
        faultsAfter('entity', 'deal', (deal) => {
          deal.fields[4]!.default = 'wed'
          deal.fields[3]!.default = '12'
          deal.fields[0]!.default = null
          deal.fields[5]!.default = []
          deal.fields.push(
            { name: 'active', type: 'boolean', default: true },
            { name: 'no', type: 'auto_number', pattern: 'A-{#}', default: 'A-1' },
          )
        }),
      faults: [
        ['META_DEFAULT_INVALID', '/entity/deal/fields/0/default'],
        ['META_DEFAULT_INVALID', '/entity/deal/fields/3/default'],
        ['META_DEFAULT_INVALID', '/entity/deal/fields/4/default', 'One of: expo, web'],
        [
          'META_DEFAULT_INVALID',
          '/entity/deal/fields/5/default',
          'The engine fills in a field of this type; take the default away.',
        ],
        [
          'META_DEFAULT_INVALID',
          '/entity/deal/fields/7/default',
          'The engine fills in a field of this type; take the default away.',
        ],
      ],
    },
    {
      title: 'uniques and indexes over fields that cannot',
      found: () =>
        faultsAfter('entity', 'deal', (deal) => {
          deal.unique = [
            ['account', 'name'],
            ['name', 'account'],
            ['name', 'name'],
            ['name', 'lines'],
            ['stage'],
            ['code'],
          ]
          deal.fields.push({ name: 'code', type: 'text', unique: true })
          deal.indexes = [
            ['-lines'],
            ['amount', '-amount'],
            ['amuont'],
            ['stage', '+amount', 'name'],
            ['+amount'],
            ['stage', '+amount', '+name'],
            ['stage', '+lines', '+stage'],
          ]
        }),
      faults: [
        ['META_FIELD_NOT_INDEXABLE', '/entity/deal/indexes/0/0'],
        ['META_NAME_DUPLICATE', '/entity/deal/indexes/1/1'],
        ['META_REFERENCE_UNKNOWN', '/entity/deal/indexes/2/0', meant('amount')],
        ['META_VALUE_INVALID', '/entity/deal/indexes/3/1'],
        ['META_VALUE_INVALID', '/entity/deal/indexes/4/0'],
        ['META_FIELD_NOT_INDEXABLE', '/entity/deal/indexes/6/1'],
        ['META_NAME_DUPLICATE', '/entity/deal/indexes/6/2'],
        ['META_NAME_DUPLICATE', '/entity/deal/unique/1'],
        ['META_NAME_DUPLICATE', '/entity/deal/unique/2/1'],
        ['META_FIELD_NOT_INDEXABLE', '/entity/deal/unique/3/1'],
        ['META_FIELD_NOT_UNIQUE_ABLE', '/entity/deal/unique/4/0'],
        ['META_NAME_DUPLICATE', '/entity/deal/unique/5'],
      ],
    },
    {
      title: 'a title that names nothing, and required fields that nobody fills in',
      found: () =>
        faultsAfter('entity', 'deal', (deal) => {
          deal.title = 'lines'
          deal.fields[5]!.required = true
        }),
      faults: [
        ['META_VALUE_INVALID', '/entity/deal/fields/5/required'],
        ['META_TITLE_UNREADABLE', '/entity/deal/title'],
      ],
    },
    {
      title: 'faults that a field type finds itself',
      found: () =>
        faultsAfter('entity', 'deal', (deal) => Object.assign(deal.fields[3]!, { min: 5, max: 1 })),
      faults: [['META_VALUE_INVALID', '/entity/deal/fields/3/min']],
    },
    {
      title: 'a stage without a pipeline',
      found: () =>
        faultsAfter('entity', 'deal', (deal) => deal.fields.push({ name: 'phase', type: 'stage' })),
      faults: [
        [
          'META_PIPELINE_MISSING',
          '/entity/deal/fields/6',
          'Add a pipeline with "entity": "deal" and "field": "phase".',
        ],
      ],
    },
    {
      title: 'a child list whose children do not lead back',
      found: () =>
        faultsAfter('entity', 'deal', (deal) => Object.assign(deal.fields[5]!, { by: 'quantity' })),
      faults: [['META_VALUE_INVALID', '/entity/deal/fields/5/by']],
    },
    {
      title: 'a way back whose name is taken on the other side',
      found: () =>
        faultsAfter('entity', 'deal', (deal) => {
          deal.fields[1]!.inverse = 'phone'
          deal.fields.push({ name: 'former', type: 'lookup', to: 'account', inverse: 'tasks' })
        }),
      faults: [
        [
          'META_INVERSE_TAKEN',
          '/entity/deal/fields/1/inverse',
          'Give the way back another name with “inverse”.',
        ],
        [
          'META_INVERSE_TAKEN',
          '/entity/deal/fields/6/inverse',
          'Give the way back another name with “inverse”.',
        ],
        [
          'META_INVERSE_TAKEN',
          '/entity/task/fields/1/inverse',
          'Give the way back another name with “inverse”.',
        ],
        ['META_RELATION_UNKNOWN', '/layout/account_page/page/tabs/1/related'],
      ],
    },
    {
      title: 'pipelines: unknown next, unreachable stage, wrong field, two on one field',
      found: () => {
        const base = sampleInForce()
        const sales = copyOf(base.pipeline.get('sales')) as Mutable<DefinitionByKind['pipeline']>
        sales.stages[0]!.next = ['wonn', 'lost']
        const other = {
          kind: 'pipeline',
          name: 'second',
          entity: 'deal',
          field: 'stage',
          stages: [{ name: 'a', type: 'open' }],
        }
        const wrong = { ...other, name: 'wrong', field: 'name' }
        return faults(checkCandidate(withDefinitions(base, sales, other, wrong), registry))
      },
      faults: [
        ['META_REFERENCE_UNKNOWN', '/pipeline/sales/stages/0/next/0', meant('won')],
        ['META_STAGE_UNREACHABLE', '/pipeline/sales/stages/1', 'Add it to the “next” of another stage.'],
        ['META_PIPELINE_SECOND', '/pipeline/second/field', 'Say in “when” which records this one leads.'],
        ['META_VALUE_INVALID', '/pipeline/wrong/field'],
      ],
    },
    {
      title: 'layouts: fields twice, tabs that lead nowhere',
      found: () =>
        faultsAfter('layout', 'account_page', (layout) => {
          layout.form?.push({ name: 'more', fields: ['phone', 'regoin'] })
          layout.page?.tabs?.push({ name: 'detials' }, { name: 'files' }, { name: 'x', related: 'task' })
          layout.for = [{ role: 'slaes' }]
        }),
      faults: [
        ['META_REFERENCE_UNKNOWN', '/layout/account_page/for/0/role', meant('sales')],
        ['META_NAME_DUPLICATE', '/layout/account_page/form/1/fields/0'],
        ['META_REFERENCE_UNKNOWN', '/layout/account_page/form/1/fields/1', meant('region')],
        ['META_VALUE_INVALID', '/layout/account_page/page/tabs/4/name', meant('details')],
        ['META_VALUE_INVALID', '/layout/account_page/page/tabs/5/name'],
        ['META_RELATION_UNKNOWN', '/layout/account_page/page/tabs/6/related', meant('tasks')],
      ],
    },
    {
      title: 'views: columns, totals, sorts and rules that do not fit',
      found: () =>
        faultsAfter('view', 'open_deals', (view) => {
          view.columns = ['name', 'name', 'amount.x', 'account.phnoe', { field: 'name', total: 'sum' }]
          view.sort = ['-lines', 'acount.name']
          view.group = 'name'
          view.filter = { and: [{ '==': [{ var: 'stage' }, 'wonn'] }, { '==': [{ var: 'amuont' }, 3] }] }
        }),
      faults: [
        ['META_NAME_DUPLICATE', '/view/open_deals/columns/1'],
        ['META_VALUE_INVALID', '/view/open_deals/columns/2'],
        ['META_REFERENCE_UNKNOWN', '/view/open_deals/columns/3', meant('phone')],
        ['META_NAME_DUPLICATE', '/view/open_deals/columns/4/field'],
        ['META_VALUE_INVALID', '/view/open_deals/columns/4/total'],
        ['RULE_OPTION_UNKNOWN', '/view/open_deals/filter/and/0/==/1', meant('won')],
        ['RULE_FIELD_UNKNOWN', '/view/open_deals/filter/and/1/==/0/var', meant('amount')],
        ['META_VALUE_INVALID', '/view/open_deals/group'],
        ['META_VALUE_INVALID', '/view/open_deals/sort/0'],
        ['META_REFERENCE_UNKNOWN', '/view/open_deals/sort/1', meant('account')],
      ],
    },
    {
      title: 'calendars without days, boards with limits of no column',
      found: () => [
        ...faultsAfter('view', 'open_deals', (view) => {
          Object.assign(view, { type: 'board', group: 'stage', limits: { wonn: 5, won: 5 }, lanes: 'name' })
        }),
        ...faultsAfter('view', 'open_deals', (view) => {
          view.type = 'calendar'
          view.date = 'name'
        }),
        ...faultsAfter('view', 'open_deals', (view) => {
          view.until = 'name'
        }),
      ],
      faults: [
        ['META_VALUE_INVALID', '/view/open_deals/lanes'],
        ['META_VALUE_INVALID', '/view/open_deals/limits/wonn', meant('won')],
        ['META_VALUE_INVALID', '/view/open_deals/date'],
        ['META_VALUE_INVALID', '/view/open_deals/until'],
      ],
    },
    {
      title: 'an app that opens a view of another entity',
      found: () => faultsAfter('app', 'crm', (app) => app.nav.push({ entity: 'task', view: 'open_deals' })),
      faults: [['META_VALUE_INVALID', '/app/crm/nav/2/view']],
    },
    {
      title: 'rights on unknown entities, and beyond what can be read',
      found: () =>
        faultsAfter('role', 'sales', (role) =>
          Object.assign(role, { entities: { acount: { read: 'own', update: 'all' } } }),
        ),
      faults: [
        ['META_REFERENCE_UNKNOWN', '/role/sales/entities/acount', meant('account')],
        ['META_VALUE_INVALID', '/role/sales/entities/acount/update'],
      ],
    },
    {
      title: 'translations of what is not there',
      found: () =>
        faultsAfter('translation', 'french', (translation) =>
          Object.assign(translation, {
            texts: {
              'enity/x': 'a',
              'entity/acount': 'b',
              'entity/account/phnoe': 'c',
              'entity/deal/source/wed': 'd',
              'role/sales#plural': 'e',
            },
          }),
        ),
      faults: [
        ['META_REFERENCE_UNKNOWN', '/translation/french/texts/enity~1x', meant('entity')],
        ['META_REFERENCE_UNKNOWN', '/translation/french/texts/entity~1account~1phnoe', meant('phone')],
        ['META_REFERENCE_UNKNOWN', '/translation/french/texts/entity~1acount', meant('account')],
        ['META_REFERENCE_UNKNOWN', '/translation/french/texts/entity~1deal~1source~1wed', meant('web')],
        ['META_VALUE_INVALID', '/translation/french/texts/role~1sales#plural'],
      ],
    },
  ]
  for (const { title, found, faults: expected } of cases) {
    it(`refuses ${title}`, () => {
      expect(found()).to.deep.equal(expected)
    })
  }

  it('speaks in full sentences, in both languages', () => {
    const [fault] = checkCandidate(
      withDefinitions(sampleInForce(), { ...entity('visit'), title: 'nme' }),
      registry,
    )
    expect(problemMessage(fault!, 'en')).to.equal('There is no field “nme”.')
    expect(problemMessage(fault!, 'zh-CN')).to.equal('没有字段“nme”。')
    expect(problemHint(fault!, 'zh-CN')).to.equal('您是不是要用“name”？')
  })
})

function entity(name: string) {
  return { kind: 'entity', name, fields: [{ name: 'name', type: 'text' }] }
}
