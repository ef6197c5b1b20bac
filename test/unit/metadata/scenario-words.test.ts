import { expect } from 'chai'
import { PROBLEMS } from '../../../engine/errors.ts'
import { REASONS, reasonText } from '../../../metadata/scenarios/reasons.ts'
import { tellStep } from '../../../metadata/scenarios/story.ts'
import type { Labels } from '../../../metadata/scenarios/values-text.ts'
import type { ScenarioStep } from '../../../metadata/types.ts'

const FIELDS: Readonly<Record<string, string>> = { amount: 'Amount', stage: 'Stage', contacts: 'Contacts' }

const labels: Labels = {
  entity: (name) => (name === 'deal' ? { en: 'Deal', 'zh-CN': '商机' } : undefined),
  field: (_entity, name) => FIELDS[name],
  option: (_entity, field, value) => (field === 'stage' && value === 'won' ? 'Won deal' : undefined),
  definition: (kind, name) => (kind === 'report' && name === 'by_stage' ? 'Deals by stage' : undefined),
  milestone: (entity, name) => (entity === 'deal' && name === 'quoted' ? 'Quote is out' : undefined),
  figure: (report, name) => (report === 'by_stage' && name === 'weighted' ? 'Expected' : undefined),
}
const makers = {
  webform: { get: () => undefined },
  entity: { get: () => undefined },
  report: { get: () => ({ entity: 'deal' }) },
}
const names = new Map([['d', 'deal']])
const told = (step: ScenarioStep) => {
  const { happens, expected } = tellStep(labels, makers, step, names, 'en')
  return [happens, expected]
}

describe('the reasons that scenarios expect', () => {
  it('are each a problem of the engine, once', () => {
    expect(REASONS.filter(({ code }) => !(code in PROBLEMS))).to.deep.equal([])
    expect(new Set(REASONS.map(({ code }) => code)).size).to.equal(REASONS.length)
  })

  for (const [fault, text] of [
    [{ code: 'FIELD_REQUIRED', path: '/amount' }, 'Amount: a required field is empty'],
    [{ code: 'FIELD_REQUIRED', path: '/contacts/1/name' }, 'Contacts, entry 2: a required field is empty'],
    [{ code: 'FIELD_REQUIRED', path: '/answers/amount' }, 'Amount: a required field is empty'],
    [{ code: 'RECORD_NOT_FOUND', path: '/click' }, 'they do not see the record'],
    [{ code: 'BRAND_NEW' }, 'BRAND_NEW'],
  ] as const) {
    it(`are told as “${text}”`, () => expect(reasonText(labels, 'deal', fault, 'en')).to.equal(text))
  }
})

describe('the story of a scenario', () => {
  it('calls reports, rows and milestones by their labels, not as they are written', () => {
    expect(
      told({
        as: 'lily',
        report: 'by_stage',
        click: { stage: 'won' },
        // biome-ignore lint/suspicious/noThenProperty: the key of the language.
        then: { rows: [{ stage: 'won', count: 2, sum_amount: 10, weighted: 8 }] },
      }),
    ).to.deep.equal([
      'lily looks at the report “Deals by stage” and clicks (Stage: “Won deal”)',
      'rows: (Stage: “Won deal”, Number: 2, Sum of Amount: 10, Expected: 8)',
    ])
    for (const [period, words] of [
      ['this_quarter', 'this quarter'],
      ['2026-01-01..2026-03-31', '2026-01-01 to 2026-03-31'],
    ] as const)
      expect(told({ as: 'lily', report: 'by_stage', period })[0]).to.equal(
        `lily looks at the report “Deals by stage” for ${words}`,
      )
    expect(told({ as: 'lily', tick: 'd', milestone: 'quoted' })[0]).to.equal('lily ticks “Quote is out” of d')
  })

  it('tells approvals and entries of the history in words', () => {
    expect(
      // biome-ignore lint/suspicious/noThenProperty: the key of the language.
      told({ as: 'lily', submit: 'd', then: { approval: { state: 'running', waiting: ['tom', 'li'] } } })[1],
    ).to.equal('approval: under way, waits for tom, li')
    // Values are of any kind, which the type made of the schema tells as objects.
    const changes = { stage: { from: 'open', to: 'won' } } as unknown as Record<string, { to: never }>
    const noted = { by: 'lily', action: 'update' as const, changes }
    // biome-ignore lint/suspicious/noThenProperty: the key of the language.
    expect(told({ as: 'lily', update: 'd', set: { amount: 1 }, then: { noted } })[1]).to.equal(
      'noted: lily changed it; Stage: “open” → “Won deal”',
    )
  })
})
