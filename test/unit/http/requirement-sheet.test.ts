import { createHash } from 'node:crypto'
import { expect } from 'chai'
import { type Register, sheetHeaders, sheetOf } from '../../../engine/http/meta/requirement-sheet.ts'
import { toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { requirementsOf } from '../../../engine/model/requirements.ts'
import type { ScenarioResult } from '../../../engine/model/scenarios.ts'

const definitions = toDefinitionSet([
  {
    kind: 'entity',
    name: 'account',
    label: { en: 'Account', 'zh-CN': '客户' },
    requirement: 'R10',
    fields: [{ name: 'tags', type: 'tags', label: '<b>Tags</b>', requirement: 'R2' }],
  },
  { kind: 'role', name: 'sales', requirement: ['R9', 'R2'] },
  { kind: 'scenario', name: 'two', requirement: 'R2', priority: 'nice', steps: [{ wait: 'P1D' }] },
  { kind: 'scenario', name: 'one', requirement: 'R10', label: 'One <script>', steps: [{ wait: 'P1D' }] },
  { kind: 'scenario', name: 'three', requirement: 'R2', priority: 'should', steps: [{ wait: 'P1D' }] },
  { kind: 'scenario', name: 'free', steps: [{ wait: 'P1D' }] },
])
const result = (name: string, passed: boolean): ScenarioResult => ({
  name,
  label: { en: name, 'zh-CN': name },
  requirement: undefined,
  priority: 'must',
  passed,
  story: [
    {
      path: '/steps/0',
      text: { en: 'P1D pass', 'zh-CN': '经过 P1D' },
      outcome: passed ? 'passed' : 'failed',
      ...(passed ? {} : { expected: { en: 'a & b', 'zh-CN': '甲' }, found: { en: '"c"', 'zh-CN': '乙' } }),
    },
  ],
})
const results = [result('one', false), result('two', true)]

describe('the register of requirements', () => {
  it('goes by priority and number, with what satisfies and proves each', () => {
    const register = requirementsOf(definitions, results)
    expect(
      register.map(({ requirement, priority, satisfiedBy, provedBy }) => ({
        requirement,
        priority,
        satisfiedBy: satisfiedBy.map(({ kind, name, item }) => [kind, name, item].filter(Boolean).join('/')),
        provedBy: provedBy.map(({ name, passed }) => `${name} ${passed}`),
      })),
    ).to.deep.equal([
      { requirement: 'R10', priority: 'must', satisfiedBy: ['entity/account'], provedBy: ['one false'] },
      {
        requirement: 'R2',
        priority: 'should',
        satisfiedBy: ['entity/account/tags', 'role/sales'],
        provedBy: ['three null', 'two true'],
      },
      { requirement: 'R9', priority: null, satisfiedBy: ['role/sales'], provedBy: [] },
    ])
  })
})

describe('the sheets for print', () => {
  const register: Register = {
    workspace: 'default',
    version: 7,
    ranAt: '2026-03-02T01:00:00.000Z',
    timeZone: 'Asia/Shanghai',
    requirements: requirementsOf(definitions, results),
    results,
  }

  it('say nothing of results before the work, and leave room to sign', () => {
    const html = sheetOf('confirmation', register, 'zh-CN')
    expect(html).to.contain('<html lang="zh-CN">').and.contain('需求确认书').and.contain('R10 · 必须')
    expect(html).to.contain('经过 P1D').and.contain('姓名与签字')
    expect(html).to.not.contain('class="failed"')
  })

  it('tell what was expected and found after it', () => {
    const html = sheetOf('acceptance', register, 'en')
    expect(html).to.contain('1 of 2 scenarios pass.').and.contain('Expected: a &amp; b Found: &quot;c&quot;')
    expect(html).to.contain('March 2, 2026 at 9:00').and.contain('not run')
  })

  it('show what definitions say as text', () => {
    for (const type of ['confirmation', 'acceptance'] as const) {
      const html = sheetOf(type, register, 'en')
      expect(html).to.contain('One &lt;script&gt;').and.contain('&lt;b&gt;Tags&lt;/b&gt;')
      expect(html).to.not.match(/<script|<b>/)
    }
  })

  it('are styled by what their policy lets pass, and by nothing else', () => {
    const html = sheetOf('confirmation', register, 'en')
    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? ''
    const digest = createHash('sha256').update(style).digest('base64')
    expect(sheetHeaders['Content-Security-Policy']).to.contain(`style-src 'sha256-${digest}'`)
    expect(html).to.not.match(/ style=| on\w+=|src=/)
  })
})
