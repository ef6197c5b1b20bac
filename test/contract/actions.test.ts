import { expect } from 'chai'
import { BUILT_IN } from '../../engine/model/built-in.ts'
import { layOver } from '../../engine/model/candidate.ts'
import { checkCandidate } from '../../engine/model/check.ts'
import type { Definition } from '../../engine/model/compiled.ts'
import { toDefinitionSet } from '../../engine/model/definition-set.ts'
import { defineAction, type FlowStep, type StepWords } from '../../engine/registry/action.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { fullRegistry } from '../support/model-world.ts'

const registry = fullRegistry()

const task = {
  kind: 'entity',
  id: '019a0000-0000-7000-8000-000000000001',
  name: 'task',
  title: 'title',
  owned: true,
  features: ['files'],
  fields: [
    { name: 'title', type: 'text', required: true },
    { name: 'status', type: 'select', options: [{ name: 'open' }, { name: 'done' }] },
    { name: 'count', type: 'integer' },
    { name: 'tags', type: 'tags' },
    { name: 'due_at', type: 'date_time' },
    { name: 'parent', type: 'lookup', to: 'task', inverse: 'subtasks', onDelete: 'clear' },
  ],
} as unknown as Definition

const flow = (step: FlowStep) => ({
  kind: 'flow',
  name: 'example',
  trigger: { record: 'task', on: ['created'] },
  steps: [step],
})

const erp = {
  ...{ kind: 'connection', id: '019a0000-0000-7000-8000-000000000002', name: 'erp', connector: 'http' },
  settings: { url: 'https://erp.example.com' },
} as unknown as Definition

const sheet = {
  ...{ kind: 'document', id: '019a0000-0000-7000-8000-000000000003', name: 'sheet', entity: 'task' },
  ...{ title: '{{title}}', body: '# {{title}}' },
} as unknown as Definition

const assignment = {
  ...{
    kind: 'assignment',
    id: '019a0000-0000-7000-8000-000000000005',
    name: 'tasks',
    entity: 'task',
    on: ['created'],
  },
  rules: [{ name: 'all', id: '019a0000-0000-7000-8000-000000000004', to: { role: 'administrator' } }],
} as unknown as Definition

const base = toDefinitionSet([
  ...BUILT_IN,
  task,
  erp,
  sheet,
  assignment,
  flow({ do: 'stop' }) as unknown as Definition,
])

/** Codes and paths of everything that is wrong with a flow of this one step. */
function faultsOf(step: FlowStep): readonly string[] {
  const item = { kind: 'flow', name: 'example', definition: flow(step) } as const
  const { definitions, changed } = layOver(base, [item])
  return checkCandidate(definitions, registry, changed).map(({ code, path }) => `${code} ${path}`)
}

describe('every action', () => {
  for (const action of registry.actions()) {
    describe(action.name, () => {
      for (const step of action.examples.valid) {
        it(`takes ${JSON.stringify(step)}`, () => expect(faultsOf(step)).to.deep.equal([]))
      }
      for (const step of action.examples.invalid) {
        it(`refuses ${JSON.stringify(step)}, below the step`, () => {
          const faults = faultsOf(step)
          expect(faults).to.not.deep.equal([])
          for (const fault of faults) expect(fault).to.match(/ (\/flow\/example)?\/steps\/0/)
        })
      }
      it('has words in both languages', () => {
        const texts = [
          action.label,
          action.description,
          ...Object.values(action.takes).flatMap((one) => [one.label, one.description]),
        ]
        for (const { en, 'zh-CN': chinese } of texts) {
          expect(en).to.match(/^[\x20-\x7e“”’…–]+$/)
          expect(chinese).to.match(/\p{Script=Han}|^in_app/u)
        }
        for (const step of action.examples.valid) {
          expect(action.sentence(step, words('en'))).to.be.a('string').that.is.not.empty
          expect(action.sentence(step, words('zh-CN'))).to.match(/\p{Script=Han}/u)
        }
      })
    })
  }

  it('is refused when it is declared wrongly, or twice', () => {
    const stop = registry.action('stop')!
    expect(() => defineAction({ ...stop, name: 'Stop it' })).to.throw('snake_case')
    expect(() => defineAction({ ...stop, examples: { valid: [], invalid: [] } })).to.throw('example')
    const label = { is: 'plain', label: stop.label, description: stop.description } as const
    expect(() => defineAction({ ...stop, takes: { retry: label } })).to.throw('key of every step')
    expect(() => defineAction({ ...stop, takes: { set: { ...label, is: 'values' } } })).to.throw('target')
    const own = createRegistry()
    own.addAction(stop)
    expect(() => own.addAction(stop)).to.throw('twice')
  })
})

function words(language: 'en' | 'zh-CN'): StepWords {
  const said = () => (language === 'en' ? 'it' : '它')
  return {
    language,
    ...{
      entity: said,
      record: said,
      values: said,
      people: said,
      rule: said,
      limit: said,
      flow: said,
      message: said,
      document: said,
      connection: said,
    },
  }
}
