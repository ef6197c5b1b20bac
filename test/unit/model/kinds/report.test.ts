import { expect } from 'chai'
import { checkCandidate } from '../../../../engine/model/check.ts'
import type { Definition, DefinitionByKind, Kind } from '../../../../engine/model/compiled.ts'
import { toDefinitionSet } from '../../../../engine/model/definition-set.ts'
import type { ModelContext } from '../../../../engine/model/kinds/kind-spec.ts'
import { referencesOf, specOf } from '../../../../engine/model/kinds/kinds.ts'
import { pointerSteps, valueAt } from '../../../../engine/model/pointer.ts'
import { usesOf } from '../../../../engine/model/uses.ts'
import { inForce, registry, SAMPLE } from '../sample.ts'

const REPORT = {
  kind: 'report',
  name: 'won_by_region',
  label: { en: 'Won by region', 'zh-CN': '各区域赢单' },
  entity: 'deal',
  filter: { '==': [{ var: 'stage' }, 'won'] },
  period: { field: 'closed_at' },
  parameters: ['source'],
  rows: ['account.region'],
  columns: ['source'],
  measures: [
    { fn: 'sum', field: 'amount' },
    { fn: 'count', name: 'large', filter: { '>': [{ var: 'amount' }, 5] } },
  ],
  having: { '>': [{ var: 'sum_amount' }, 10] },
  sort: ['-sum_amount', 'account.region'],
  chart: { type: 'bar', measure: 'sum_amount' },
  for: [{ role: 'sales' }],
} as const
const FUNNEL = {
  kind: 'report',
  name: 'funnel',
  entity: 'deal',
  funnel: { field: 'stage', stages: ['new', 'won'] },
} as const
const LIST = {
  kind: 'report',
  name: 'open',
  entity: 'deal',
  list: ['name', 'account'],
  sort: ['-amount'],
} as const
const NUMBER = { kind: 'report', name: 'all', entity: 'deal', trend: true } as const
const BOARD = {
  kind: 'dashboard',
  name: 'home',
  tiles: [
    { name: 'regions', report: 'won_by_region', width: 8 },
    { name: 'hint', text: 'Hello' },
    { name: 'course', report: 'all', trend: true },
  ],
} as const
const APP = {
  kind: 'app',
  name: 'desk',
  home: [{ dashboard: 'home' }, { report: 'all' }],
  nav: [{ dashboard: 'home' }, { report: 'funnel' }, { entity: 'deal' }],
} as const
const OWN = [REPORT, FUNNEL, LIST, NUMBER, BOARD, APP] as unknown as readonly Definition[]

const definitions = inForce([...SAMPLE, ...OWN])
const context: ModelContext = { definitions, registry }
const sentenceOf = <K extends Kind>(definition: DefinitionByKind[K]) =>
  specOf(definition).sentence(definition, context)

/** Faults of one definition among the others, as `CODE path`. */
function faultsOf(definition: object): readonly string[] {
  const changed = definition as Definition
  const all = [...SAMPLE, ...OWN].filter(({ kind, name }) => kind !== changed.kind || name !== changed.name)
  const at = `/${changed.kind}/${changed.name}`
  return checkCandidate(
    toDefinitionSet([...inForce(all as never).entity.values(), ...listAll(all), changed]),
    registry,
  )
    .filter(({ path }) => path.startsWith(at))
    .map(({ code, path }) => `${code} ${path.slice(at.length)}`)
}
function listAll(all: readonly Definition[]): readonly Definition[] {
  return Object.values(inForce(all)).flatMap((map) => [...(map as ReadonlyMap<string, Definition>).values()])
}

describe('the kinds report and dashboard', () => {
  it('hold as they are written', () => {
    expect(OWN.flatMap((definition) => faultsOf(definition))).to.deep.equal([])
  })

  for (const definition of OWN) {
    it(`find the mentions of ${definition.kind} ${definition.name} exactly where the names stand`, () => {
      for (const { path, to, inKey, span } of referencesOf(definition, context)) {
        const steps = pointerSteps(path)
        const text = inKey ? steps.at(-1) : valueAt(definition, steps)
        expect(text, path).to.be.a('string')
        const name = to.item === undefined ? to.name : to.item.slice(to.item.lastIndexOf('/') + 1)
        expect(span === undefined ? text : String(text).slice(...span), path).to.equal(name)
      }
    })
  }

  it('are found by what they mention, also within the names of figures', () => {
    const paths = usesOf(context, { kind: 'entity', name: 'deal', item: 'amount' })
      .filter(({ definition }) => definition.name === 'won_by_region')
      .map(({ path }) => path)
    expect(paths).to.have.members([
      '/measures/0/field',
      '/measures/1/filter/>/0/var',
      '/having/>/0/var',
      '/sort/0',
      '/chart/measure',
    ])
    const boards = usesOf(context, { kind: 'report', name: 'won_by_region' }).map(
      ({ definition, path }) => `${definition.kind} ${path}`,
    )
    expect(boards).to.deep.equal(['dashboard /tiles/0/report'])
  })

  it('tell themselves in one sentence', () => {
    expect(sentenceOf(definitions.report.get('won_by_region')!)).to.deep.equal({
      en: '“Won by region” tells 2 figures about “Deal”, filtered in rows by 1 field and columns by 1 field for sales.',
      'zh-CN': '“各区域赢单”按 1 个行字段和 1 个列字段统计符合条件的“商机”的 2 项数字（适用于sales）。',
    })
    expect(sentenceOf(definitions.report.get('funnel')!).en).to.equal(
      '“funnel” shows how far “Deal” came, stage by stage.',
    )
    expect(sentenceOf(definitions.dashboard.get('home')!)).to.deep.equal({
      en: '“home” shows 3 tiles side by side.',
      'zh-CN': '“home”并排显示 3 个磁贴。',
    })
  })

  const faults: readonly (readonly [string, object, readonly string[]])[] = [
    [
      'a field that is not there',
      { ...REPORT, rows: ['account.regoin'], sort: [] },
      ['META_REFERENCE_UNKNOWN /rows/0'],
    ],
    [
      'a sum of texts',
      { ...NUMBER, measures: [{ fn: 'sum', field: 'name' }] },
      ['META_VALUE_INVALID /measures/0/field'],
    ],
    ['a chart that does not fit', { ...FUNNEL, chart: { type: 'pie' } }, ['META_VALUE_INVALID /chart/type']],
    [
      'a span of time of what is no date',
      { ...NUMBER, rows: [{ field: 'name', bucket: 'month' }] },
      ['META_VALUE_INVALID /rows/0/bucket'],
    ],
    [
      'a funnel over what has no stages',
      { ...FUNNEL, funnel: { field: 'name' } },
      ['META_VALUE_INVALID /funnel/field'],
    ],
    [
      'an unknown stage',
      { ...FUNNEL, funnel: { field: 'stage', stages: ['new', 'wno'] } },
      ['META_REFERENCE_UNKNOWN /funnel/stages/1'],
    ],
    ['a comparison without a period', { ...NUMBER, compare: true }, ['META_VALUE_INVALID /compare']],
    ['columns without rows', { ...NUMBER, columns: ['source'] }, ['META_VALUE_INVALID /columns']],
    ['a share of nothing', { ...NUMBER, measures: [{ fn: 'share' }] }, ['META_VALUE_INVALID /measures/0']],
    ['an order by what is no figure', { ...REPORT, sort: ['-sum_amuont'] }, ['QUERY_FIELD_UNKNOWN /sort/0']],
    [
      'a rule over unknown figures',
      { ...REPORT, having: { '>': [{ var: 'sum' }, 1] } },
      ['RULE_FIELD_UNKNOWN /having/>/0/var'],
    ],
    [
      'two figures of one name',
      { ...NUMBER, measures: [{ fn: 'count' }, { fn: 'count' }] },
      ['META_NAME_DUPLICATE /measures/1'],
    ],
    [
      'a key of another shape',
      { ...LIST, compare: true, period: { field: 'created_at' } },
      ['META_VALUE_INVALID /compare'],
    ],
    [
      'a tile of an unknown report',
      { ...BOARD, tiles: [{ name: 'a', report: 'won_by_regoin' }] },
      ['META_REFERENCE_UNKNOWN /tiles/0/report'],
    ],
    ['a tile that shows nothing', { ...BOARD, tiles: [{ name: 'a' }] }, ['META_VALUE_INVALID /tiles/0']],
    [
      'a trend that is not kept',
      { ...BOARD, tiles: [{ name: 'a', report: 'funnel', trend: true }] },
      ['META_VALUE_INVALID /tiles/0/trend'],
    ],
    [
      'two tiles of one name',
      {
        ...BOARD,
        tiles: [
          { name: 'a', text: 'x' },
          { name: 'a', text: 'y' },
        ],
      },
      ['META_NAME_DUPLICATE /tiles/1/name'],
    ],
    [
      'an entry that leads to two places',
      { ...APP, nav: [{ entity: 'deal', report: 'all' }] },
      ['META_VALUE_INVALID /nav/0'],
    ],
    [
      'a home that is not there',
      { ...APP, home: { dashboard: 'hmoe' } },
      ['META_REFERENCE_UNKNOWN /home/dashboard'],
    ],
  ]
  for (const [what, definition, expected] of faults) {
    it(`refuse ${what}`, () => {
      expect(faultsOf(definition)).to.deep.equal(expected)
    })
  }
})
