import { expect } from 'chai'
import type { DefinitionByKind, DefinitionSet, Kind } from '../../../engine/model/compiled.ts'
import { listDefinitions, toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { diffDefinitions } from '../../../engine/model/diff.ts'
import { identify } from '../../../engine/model/identify.ts'
import { followRenames } from '../../../engine/model/rename.ts'
import { planHash, type Step, tagWithCounts } from '../../../engine/model/steps.ts'
import { copyOf, type Mutable, registry, sampleInForce, withDefinitions } from './sample.ts'

const base = sampleInForce()

type Draft<K extends Kind> = Mutable<DefinitionByKind[K]> & Record<string, unknown>

/** The sample with one definition changed, identified and followed by what it renames. */
function candidateAfter<K extends Kind>(
  kind: K,
  name: string,
  change: (draft: Draft<K>) => void,
): DefinitionSet {
  const draft = copyOf(base[kind].get(name)) as Draft<K>
  change(draft)
  const { definition } = identify(draft as unknown as DefinitionByKind[K], base)
  return followRenames({ definitions: base, registry }, withDefinitions(base, definition))
}

function stepsAfter<K extends Kind>(
  kind: K,
  name: string,
  change: (draft: Draft<K>) => void,
): readonly Step[] {
  return diffDefinitions(base, candidateAfter(kind, name, change), registry)
}

/** Steps as short texts: kind, tag, item, and what is counted. */
function brief(steps: readonly Step[]): readonly string[] {
  return steps.map((step) => {
    const counts = step.counts.map((count) => {
      const { entity, where, ...rest } = count
      const field = 'field' in count ? `.${count.field.name}` : ''
      const more = Object.entries(rest).filter(([key]) => key !== 'field')
      return ` ${entity.name}${field} ${where}${more.map(([key, value]) => ` ${key}=${JSON.stringify(value)}`).join('')}`
    })
    const what = `${step.kind} ${step.tag} ${step.definition.name}${step.item === undefined ? '' : `/${step.item}`}`
    return `${what}${counts.length === 0 ? '' : ` [${counts.join(';').trim()}]`}`
  })
}

function without(kind: Kind, name: string): DefinitionSet {
  return toDefinitionSet(listDefinitions(base).filter((one) => one.kind !== kind || one.name !== name))
}

function fieldId(entity: string, field: string): string {
  return base.entity.get(entity)?.fields.find((one) => one.name === field)?.id ?? ''
}

describe('diffDefinitions', () => {
  it('finds no step between a model and itself, also written otherwise', () => {
    const rewritten = listDefinitions(base).map((one) =>
      JSON.parse(JSON.stringify(one, (_key, value) => reversed(value))),
    )
    expect(diffDefinitions(base, base, registry)).to.deep.equal([])
    expect(diffDefinitions(base, toDefinitionSet(rewritten.toReversed()), registry)).to.deep.equal([])
  })

  const cases: readonly {
    readonly title: string
    readonly steps: () => readonly Step[]
    readonly expected: readonly string[]
  }[] = [
    {
      title: 'adds an entity with all that is in it as one step',
      steps: () => diffDefinitions(without('entity', 'deal_line'), base, registry),
      expected: ['addEntity safe deal_line'],
    },
    {
      title: 'retires an entity with its records',
      steps: () => diffDefinitions(base, without('entity', 'task'), registry),
      expected: ['retireEntity lossy task [task all]'],
    },
    {
      title: 'renames what keeps its id, and counts nothing that only follows',
      steps: () =>
        stepsAfter('entity', 'account', (draft) => {
          draft.name = 'customer'
          draft.fields[1]!.name = 'mobile'
        }),
      expected: ['renameEntity safe customer', 'renameField safe customer/mobile'],
    },
    {
      title: 'takes a field without its id under a new name for another field',
      steps: () =>
        stepsAfter('entity', 'deal', (draft) => {
          draft.fields[3] = { name: 'value', type: 'currency' }
          draft.indexes = []
        }),
      expected: ['retireField lossy deal/amount [deal.amount notNull]', 'addField safe deal/value'],
    },
    {
      title: 'retires a list of children without a loss',
      steps: () => stepsAfter('entity', 'deal', (draft) => draft.fields.pop()),
      expected: ['retireField safe deal/lines'],
    },
    {
      title: 'counts what would not pass tighter limits, and leaves looser ones alone',
      steps: () =>
        stepsAfter('entity', 'deal', (draft) => {
          Object.assign(draft.fields[0]!, { max: 40 })
          Object.assign(draft.fields[3]!, { min: 10, max: 99, required: true })
        }),
      expected: [
        'changeField safe deal/name [deal.name longer limit=40]',
        'changeField safe deal/amount [deal.amount null; deal.amount outOfRange min=10 max=99]',
      ],
    },
    {
      title: 'passes wider limits and other words',
      steps: () =>
        stepsAfter('entity', 'deal', (draft) => {
          draft.label = 'Sale'
          Object.assign(draft.fields[0]!, { max: 400, help: 'As in the contract', required: undefined })
          Object.assign(draft.fields[3]!, { min: -5 })
        }),
      expected: ['changeEntity safe deal', 'changeField safe deal/name', 'changeField safe deal/amount'],
    },
    {
      title: 'carries values over to a type that reads them, and blocks any other, and another target',
      steps: () =>
        stepsAfter('entity', 'deal', (draft) => {
          draft.fields[0]!.type = 'integer'
          draft.fields[3]!.type = 'location'
          delete draft.fields[3]!.min
          draft.fields[1]!.to = 'task'
        }),
      expected: [
        'changeFieldType lossy deal/name',
        'changeFieldTarget blocked deal/account',
        'changeFieldType blocked deal/amount',
      ],
    },
    {
      title: 'blocks fewer targets of a dynamic lookup only while records point there',
      steps: () =>
        stepsAfter('entity', 'task', (draft) => Object.assign(draft.fields[1]!, { to: ['account'] })),
      expected: [
        `changeFieldTarget blocked task/about [task.about pointsTo targets=${JSON.stringify([{ name: 'deal', id: base.entity.get('deal')?.id }])}]`,
      ],
    },
    {
      title: 'tells uniques and indexes from the fields that they are made of',
      steps: () =>
        stepsAfter('entity', 'deal', (draft) => {
          draft.fields[0]!.unique = true
          draft.fields.push({ name: 'code', type: 'text', unique: true })
          draft.unique = [['amount', 'name']]
          draft.indexes = [['stage', 'amount']]
        }),
      expected: [
        'addField safe deal/code',
        'dropUnique safe deal',
        'dropIndex safe deal',
        `addUnique blocked deal [deal duplicates fields=${JSON.stringify([{ name: 'name', id: fieldId('deal', 'name') }])}]`,
        'addUnique safe deal',
        `addUnique blocked deal [deal duplicates fields=${JSON.stringify([
          { name: 'amount', id: fieldId('deal', 'amount') },
          { name: 'name', id: fieldId('deal', 'name') },
        ])}]`,
        'addIndex safe deal',
      ],
    },
    {
      title: 'keeps uniques and indexes through renames, and says nothing of those that go with a field',
      steps: () =>
        stepsAfter('entity', 'deal', (draft) => {
          draft.fields[1]!.name = 'client'
          draft.unique = [['name', 'client']]
          draft.indexes = []
          draft.fields = draft.fields.filter((field) => field.name !== 'stage')
        }),
      expected: [
        'renameField safe deal/client',
        'retireField lossy deal/stage [deal.stage notNull]',
      ].toReversed(),
    },
    {
      title: 'tells what becomes of each option of a field',
      steps: () =>
        stepsAfter('entity', 'deal', (draft) => {
          draft.fields[4]!.options = [{ name: 'fair', was: 'expo' }, { name: 'phone' }]
          draft.fields[4]!.default = 'phone'
        }),
      expected: [
        'removeOption lossy deal/source/web [deal.source option values=["web"]]',
        'renameOption safe deal/source/fair [deal.source option values=["expo"]]',
        'addOption safe deal/source/phone',
        'changeField safe deal/source',
      ],
    },
    {
      title: 'counts the options of a set in every field that uses it',
      steps: () =>
        stepsAfter('option_set', 'region', (draft) => {
          draft.options = [
            { name: 'north', color: 'sky' },
            { ...draft.options[1]!, label: 'West' },
          ]
        }),
      expected: [
        'removeOption lossy region/east [account.region option values=["east"]]',
        'addOption safe region/north',
        'changeOption safe region/west',
      ],
    },
    {
      title: 'counts values that a field loses with its list',
      steps: () =>
        stepsAfter('entity', 'account', (draft) => {
          draft.fields[2] = { ...draft.fields[2]!, optionSet: undefined, options: [{ name: 'west' }] }
        }),
      expected: ['changeField lossy account/region [account.region option values=["east"]]'],
    },
    {
      title: 'tells what becomes of each stage',
      steps: () =>
        stepsAfter('pipeline', 'sales', (draft) => {
          draft.stages = [
            { ...draft.stages[0]!, next: ['closed', 'talks'] },
            { name: 'talks', type: 'open', next: ['closed'] },
            { ...draft.stages[1]!, name: 'closed' },
          ]
        }),
      expected: [
        'removeStage lossy sales/lost [deal.stage option values=["lost"]]',
        'changeStage safe sales/new',
        'addStage safe sales/talks',
        'renameStage safe sales/closed [deal.stage option values=["won"]]',
      ],
    },
    {
      title: 'adds and removes the owner',
      steps: () => [
        ...stepsAfter('entity', 'task', (draft) => Object.assign(draft, { owned: true })),
        ...stepsAfter('entity', 'deal', (draft) => Object.assign(draft, { owned: false })),
      ],
      expected: ['addOwner safe task', 'removeOwner lossy deal [deal.owner notNull]'],
    },
    {
      title: 'makes the search anew when it looks at other fields',
      steps: () =>
        stepsAfter('entity', 'account', (draft) => Object.assign(draft.fields[1]!, { searchable: true })),
      expected: ['rebuildSearch safe account'],
    },
    {
      title: 'counts who loses a role, and renames it in users',
      steps: () => [
        ...diffDefinitions(base, without('role', 'sales'), registry),
        ...stepsAfter('role', 'sales', (draft) => Object.assign(draft, { name: 'seller' })),
      ],
      expected: [
        'removeDefinition lossy sales [user.roles option values=["sales"]]',
        'renameDefinition safe seller [user.roles option values=["sales"]]',
      ],
    },
    {
      title: 'saves and removes content',
      steps: () => [
        ...stepsAfter('view', 'open_deals', (draft) => Object.assign(draft, { sort: [] })),
        ...diffDefinitions(base, without('view', 'open_deals'), registry),
      ],
      expected: ['saveContent safe open_deals', 'removeContent safe open_deals'],
    },
    {
      title: 'tells the keys of other kinds as one change',
      steps: () => stepsAfter('layout', 'account_page', (draft) => draft.form?.pop()),
      expected: ['changeDefinition safe account_page'],
    },
  ]
  for (const { title, steps, expected } of cases) {
    it(title, () => {
      expect(brief(steps())).to.deep.equal(expected)
    })
  }

  it('brings back by id what was retired', () => {
    const retired = new Set([fieldId('deal', 'amount'), base.entity.get('task')?.id ?? ''])
    const thin = candidateAfter('entity', 'deal', (draft) => {
      draft.fields = draft.fields.filter((field) => field.name !== 'amount')
      draft.indexes = []
    })
    const before = toDefinitionSet(listDefinitions(thin).filter((one) => one.name !== 'task'))
    expect(brief(diffDefinitions(before, base, registry, retired))).to.deep.equal([
      'reviveField safe deal/amount',
      'addIndex safe deal',
      'reviveEntity safe task',
    ])
  })

  it('calls what changed of a stage or an option as its form does', () => {
    const [stage] = stepsAfter('pipeline', 'sales', (draft) => {
      draft.stages[0] = { ...draft.stages[0]!, requires: ['name'], probability: 0.1 }
    })
    const [option] = stepsAfter('option_set', 'region', (draft) => {
      draft.options[1] = { ...draft.options[1]!, color: 'sky' }
    })
    expect([stage?.sentence.en, stage?.sentence['zh-CN']]).to.deep.equal([
      'Change stage “new” of “sales”: probability, required fields.',
      '修改“sales”的阶段“new”：赢单概率、必填字段。',
    ])
    expect(option?.sentence.en).to.equal('Change option “west” of “Region”: colour.')
  })

  it('says each step in both languages', () => {
    const [step] = stepsAfter('entity', 'account', (draft) => draft.fields.splice(0, 1))
    expect(step?.sentence).to.deep.equal({
      en: 'Retire field “Name” of “Account”; its values are kept for 30 days.',
      'zh-CN': '停用“客户”的字段“名称”，其数据保留 30 天。',
    })
  })
})

describe('tagWithCounts', () => {
  const [retire] = stepsAfter('entity', 'deal', (draft) => draft.fields.splice(3, 1))
  const [type] = stepsAfter('entity', 'deal', (draft) =>
    Object.assign(draft.fields[3]!, { type: 'location', min: undefined }),
  )
  const cases = [
    { step: retire, count: 0, tag: 'safe' },
    { step: retire, count: 1, tag: 'lossy' },
    { step: type, count: 0, tag: 'blocked' },
  ]
  for (const { step, count, tag } of cases) {
    it(`makes ${step?.kind} with ${count} records ${tag}`, () => {
      expect(tagWithCounts(step as Step, count)).to.equal(tag)
    })
  }
})

describe('planHash', () => {
  const steps: readonly Step[] = stepsAfter('entity', 'deal', (draft) => draft.fields.splice(3, 1))
  const hash = planHash(3, base, steps, registry)
  const cases: readonly { readonly title: string; readonly other: string; readonly equal: boolean }[] = [
    {
      title: 'counts',
      other: planHash(
        3,
        base,
        steps.map((step) => ({ ...step, counts: [] })),
        registry,
      ),
      equal: true,
    },
    {
      title: 'the order of definitions',
      other: planHash(3, toDefinitionSet(listDefinitions(base).toReversed()), steps, registry),
      equal: true,
    },
    { title: 'the base version', other: planHash(4, base, steps, registry), equal: false },
    { title: 'a definition', other: planHash(3, without('role', 'sales'), steps, registry), equal: false },
    {
      title: 'a tag',
      other: planHash(
        3,
        base,
        steps.map((step) => ({ ...step, tag: 'safe' })),
        registry,
      ),
      equal: false,
    },
  ]
  for (const { title, other, equal } of cases) {
    it(`${equal ? 'does not depend' : 'depends'} on ${title}`, () => {
      expect(hash).to.match(/^[0-9a-f]{64}$/)
      expect(hash === other).to.equal(equal)
    })
  }
})

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toReversed())
}
