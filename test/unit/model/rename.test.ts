import { expect } from 'chai'
import { checkCandidate } from '../../../engine/model/check.ts'
import type { DefinitionByKind, DefinitionSet } from '../../../engine/model/compiled.ts'
import { findDefinition } from '../../../engine/model/definition-set.ts'
import type { Target } from '../../../engine/model/kinds/kind-spec.ts'
import { valueAt } from '../../../engine/model/pointer.ts'
import { applyRename, followRenames, renameReferences } from '../../../engine/model/rename.ts'
import { usesOf } from '../../../engine/model/uses.ts'
import { copyOf, type Mutable, registry, sampleInForce, withDefinitions } from './sample.ts'

const base = sampleInForce()
const inBase = { definitions: base, registry }

/** Uses as `kind/name/path`. */
function uses(definitions: DefinitionSet, target: Target): readonly string[] {
  return usesOf({ definitions, registry }, target).map(
    (use) => `${use.definition.kind}/${use.definition.name}${use.path}`,
  )
}

/** The sample with a milestone that a scenario ticks. */
function withMilestone(): DefinitionSet {
  const sales = copyOf(base.pipeline.get('sales')) as Mutable<DefinitionByKind['pipeline']>
  sales.stages[0]!.milestones = [{ name: 'agreed' }]
  const scenario = {
    ...{ kind: 'scenario', name: 'ticks', clock: '2026-03-02T09:00:00+08:00' },
    given: {
      lily: { user: { roles: ['sales'] } },
      acme: { account: { name: 'Acme' } },
      one: { deal: { name: 'One', account: 'acme' } },
    },
    steps: [{ as: 'lily', tick: 'one', milestone: 'agreed' }],
  }
  return withDefinitions(base, sales, scenario)
}

describe('a milestone that a scenario ticks', () => {
  const stage = base.pipeline.get('sales')!.stages[0]!.name
  const target: Target = { kind: 'pipeline', name: 'sales', item: `${stage}/agreed` }

  it('is found by where-used, and renamed with the pipeline', () => {
    const definitions = withMilestone()
    expect(uses(definitions, target)).to.deep.equal(['scenario/ticks/steps/0/milestone'])
    const renamed = applyRename({ definitions, registry }, target, 'signed')
    expect(valueAt(renamed.scenario.get('ticks'), ['steps', '0', 'milestone'])).to.equal('signed')
    expect(checkCandidate(renamed, registry)).to.deep.equal([])
  })
})

describe('usesOf', () => {
  const cases: readonly { readonly target: Target; readonly expected: readonly string[] }[] = [
    {
      target: { kind: 'entity', name: 'account', item: 'phone' },
      expected: [
        'layout/account_page/form/0/fields/1',
        'layout/account_page/page/highlights/0',
        'view/open_deals/columns/2',
        'translation/french/texts/entity~1account~1phone',
        'translation/french/texts/entity~1account~1phone#help',
      ],
    },
    {
      target: { kind: 'entity', name: 'deal', item: 'account' },
      expected: [
        'entity/deal/unique/0/0',
        'layout/account_page/page/tabs/1/related',
        'view/open_deals/columns/1',
        'view/open_deals/columns/2',
        'view/open_deals/columns/4',
        'view/open_deals/sort/1',
        'view/open_deals/filter/and/1/==/0/var',
      ],
    },
    {
      target: { kind: 'entity', name: 'deal', item: 'source' },
      expected: [
        'entity/deal/fields/4/default',
        'view/open_deals/filter/and/2/!=/0/var',
        'view/open_deals/filter/and/2/!=/1',
        'translation/french/texts/entity~1deal~1source~1expo',
      ],
    },
    {
      target: { kind: 'entity', name: 'deal', item: 'source/expo' },
      expected: ['view/open_deals/filter/and/2/!=/1', 'translation/french/texts/entity~1deal~1source~1expo'],
    },
    {
      target: { kind: 'pipeline', name: 'sales', item: 'won' },
      expected: [
        'pipeline/sales/stages/0/next/0',
        'view/open_deals/filter/and/0/in/1/1',
        'translation/french/texts/pipeline~1sales~1won',
      ],
    },
    {
      target: { kind: 'option_set', name: 'region' },
      expected: [
        'entity/account/fields/2/optionSet',
        'view/open_deals/filter/and/1/==/1',
        'translation/french/texts/option_set~1region~1east',
      ],
    },
    {
      target: { kind: 'role', name: 'sales' },
      expected: ['layout/account_page/for/0/role', 'app/crm/for/0/role'],
    },
    {
      target: { kind: 'view', name: 'open_deals' },
      expected: ['app/crm/nav/1/view', 'translation/french/texts/app~1crm~1deal~1open_deals'],
    },
    {
      target: { kind: 'entity', name: 'deal_line' },
      expected: ['entity/deal/fields/5/of', 'entity/deal/fields/5/by'],
    },
  ]
  for (const { target, expected } of cases) {
    it(`finds ${[target.kind, target.name, target.item].filter(Boolean).join('/')} everywhere`, () => {
      const found = uses(base, target)
      expect([...found].sort()).to.deep.equal([...expected].sort())
      for (const use of usesOf(inBase, target)) {
        const definition = findDefinition(base, use.definition.kind, use.definition.name)
        const steps = use.path
          .split('/')
          .slice(1)
          .map((step) => step.replaceAll('~1', '/'))
        expect(valueAt(definition, steps), use.path).not.to.equal(undefined)
      }
    })
  }
})

describe('applyRename', () => {
  const cases: readonly { readonly from: Target; readonly name: string }[] = [
    { from: { kind: 'entity', name: 'account' }, name: 'customer' },
    { from: { kind: 'entity', name: 'deal' }, name: 'opportunity' },
    { from: { kind: 'entity', name: 'account', item: 'phone' }, name: 'mobile' },
    { from: { kind: 'entity', name: 'account', item: 'region' }, name: 'area' },
    { from: { kind: 'entity', name: 'deal', item: 'account' }, name: 'client' },
    { from: { kind: 'entity', name: 'deal', item: 'amount' }, name: 'value' },
    { from: { kind: 'entity', name: 'deal', item: 'stage' }, name: 'phase' },
    { from: { kind: 'entity', name: 'deal_line', item: 'deal' }, name: 'parent' },
    { from: { kind: 'entity', name: 'deal', item: 'source/web' }, name: 'site' },
    { from: { kind: 'option_set', name: 'region' }, name: 'area' },
    { from: { kind: 'option_set', name: 'region', item: 'east' }, name: 'orient' },
    { from: { kind: 'pipeline', name: 'sales', item: 'won' }, name: 'closed' },
    { from: { kind: 'pipeline', name: 'sales' }, name: 'selling' },
    { from: { kind: 'view', name: 'open_deals' }, name: 'pending' },
    { from: { kind: 'role', name: 'sales' }, name: 'seller' },
    { from: { kind: 'layout', name: 'account_page', item: 'section/basics' }, name: 'main' },
    { from: { kind: 'app', name: 'crm' }, name: 'desk' },
  ]
  for (const { from, name } of cases) {
    it(`leaves ${[from.kind, from.name, from.item].filter(Boolean).join('/')} → ${name} used as before and nothing astray`, () => {
      const renamed = applyRename(inBase, from, name)
      const segments = (from.item ?? '').split('/')
      const item = [...segments.slice(0, -1), name].join('/')
      const to: Target = from.item === undefined ? { ...from, name } : { ...from, item }
      expect(checkCandidate(renamed, registry)).to.deep.equal([])
      expect(uses(renamed, to)).to.have.length(uses(base, from).length)
      expect(usesOf({ definitions: renamed, registry }, from)).to.deep.equal([])
    })
  }

  it('rewrites lists, rules, paths, keys and addresses', () => {
    const definitions = applyRename(inBase, { kind: 'entity', name: 'account', item: 'region' }, 'area')
    const renamed = applyRename({ definitions, registry }, { kind: 'entity', name: 'account' }, 'customer')
    const view = renamed.view.get('open_deals')
    expect(valueAt(view?.filter, ['and', '1', '==', '0', 'var'])).to.equal('account.area')
    expect(Object.keys(renamed.role.get('sales')?.entities ?? {})).to.deep.equal(['customer', 'deal'])
    expect(Object.keys(renamed.translation.get('french')?.texts ?? {}).slice(0, 4)).to.deep.equal([
      'entity/customer',
      'entity/customer#plural',
      'entity/customer/phone',
      'entity/customer/phone#help',
    ])
  })
})

describe('renameReferences', () => {
  it('changes mentions and leaves the thing itself', () => {
    const changed = renameReferences(inBase, { kind: 'entity', name: 'deal', item: 'amount' }, 'value')
    expect(changed.entity.get('deal')?.fields[3]?.name).to.equal('amount')
    expect(changed.entity.get('deal')?.indexes).to.deep.equal([['stage', '-value']])
    expect(changed.view.get('open_deals')?.sort).to.deep.equal(['-value', 'account.name'])
    expect(changed.role).to.deep.equal(base.role)
  })
})

describe('a field that a scenario, a dashboard and a flow say values by', () => {
  const THEN = 'then'
  const definitions = withDefinitions(
    base,
    {
      kind: 'report',
      name: 'sums',
      entity: 'deal',
      rows: ['source'],
      measures: [{ fn: 'sum', field: 'amount' }],
    },
    {
      ...{ kind: 'dashboard', name: 'home' },
      tiles: [{ name: 'sums', report: 'sums', chart: { type: 'bar', measure: 'sum_amount' } }],
    },
    {
      ...{ kind: 'flow', name: 'largest', trigger: { record: 'account', on: ['created'] } },
      steps: [{ name: 'found', do: 'find', entity: 'deal', sort: ['-amount'] }],
    },
    {
      ...{ kind: 'scenario', name: 'story', given: { one: { deal: { amount: 3 } }, lily: { user: {} } } },
      steps: [
        { as: 'lily', import: { deal: [{ amount: 3, 'account:name': 'Acme' }] } },
        {
          ...{ as: 'lily', summarise: 'deal', group: ['source'], measures: [{ fn: 'sum', field: 'amount' }] },
          [THEN]: { rows: [{ source: 'expo', sum_amount: 3 }] },
        },
        { as: 'lily', report: 'sums', click: { source: 'expo' } },
      ],
    },
  )
  const renamedTo = (entity: string, item: string, name: string) =>
    applyRename({ definitions, registry }, { kind: 'entity', name: entity, item }, name)

  it('is called otherwise in all of them', () => {
    const renamed = renamedTo('deal', 'amount', 'worth')
    expect(valueAt(renamed.dashboard.get('home'), ['tiles', '0', 'chart', 'measure'])).to.equal('sum_worth')
    expect(valueAt(renamed.flow.get('largest'), ['steps', '0', 'sort'])).to.deep.equal(['-worth'])
    const story = renamed.scenario.get('story')
    expect(story?.given?.one).to.deep.equal({ deal: { worth: 3 } })
    expect(story?.steps[0]?.import).to.deep.equal({ deal: [{ worth: 3, 'account:name': 'Acme' }] })
    expect(story?.steps[1]?.then?.rows).to.deep.equal([{ source: 'expo', sum_worth: 3 }])
  })

  it('is called otherwise in headers of lookups, in groups and in what is clicked', () => {
    const named = renamedTo('account', 'name', 'called').scenario.get('story')
    expect(named?.steps[0]?.import).to.deep.equal({ deal: [{ amount: 3, 'account:called': 'Acme' }] })
    const grouped = renamedTo('deal', 'source', 'origin').scenario.get('story')
    expect(grouped?.steps[1]?.then?.rows).to.deep.equal([{ origin: 'expo', sum_amount: 3 }])
    expect(grouped?.steps[2]?.click).to.deep.equal({ origin: 'expo' })
    const option = renamedTo('deal', 'source/expo', 'fair').scenario.get('story')
    expect(option?.steps[2]?.click).to.deep.equal({ source: 'fair' })
  })
})

describe('followRenames', () => {
  const account = () => copyOf(base.entity.get('account')) as Mutable<DefinitionByKind['entity']>
  const deal = () => copyOf(base.entity.get('deal')) as Mutable<DefinitionByKind['entity']>

  it('lets definitions follow that a draft does not touch', () => {
    const renamed = { ...account(), name: 'customer' }
    renamed.fields[1]!.name = 'mobile'
    const followed = followRenames(inBase, withDefinitions(base, renamed))
    expect(checkCandidate(followed, registry)).to.deep.equal([])
    expect(followed.entity.get('deal')?.fields[1]?.to).to.equal('customer')
    expect(followed.view.get('open_deals')?.columns[2]).to.equal('account.mobile')
    expect(followed.option_set.get('region')).to.equal(base.option_set.get('region'))
  })

  it('follows old names inside of what a draft changes, and leaves new ones', () => {
    const renamed = { ...account(), name: 'customer' }
    renamed.fields[0]!.name = 'full_name' // the title still says "name"
    const changed = { ...deal(), label: 'Sale' } // still leads to "account"
    const followed = followRenames(inBase, withDefinitions(base, renamed, changed))
    expect(checkCandidate(followed, registry)).to.deep.equal([])
    expect(followed.entity.get('customer')?.title).to.equal('full_name')
    expect(followed.entity.get('deal')?.fields[1]?.to).to.equal('customer')
  })

  it('swaps two names where nothing else was touched', () => {
    const swapped = deal()
    swapped.fields[0]!.name = 'amount'
    swapped.fields[3]!.name = 'name'
    swapped.title = 'amount'
    const followed = followRenames(inBase, withDefinitions(base, swapped))
    expect(followed.view.get('open_deals')?.columns.slice(0, 1)).to.deep.equal(['amount'])
    expect(followed.view.get('open_deals')?.sort).to.deep.equal(['-name', 'account.name'])
    expect(followed.entity.get('deal')?.title).to.equal('amount')
  })
})
