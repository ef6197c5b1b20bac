import { defineAction } from '../registry/action.ts'
import { entityParameter, setParameter } from './parts.ts'

export const createAction = defineAction({
  name: 'create',
  label: { en: 'Create', 'zh-CN': '创建' },
  description: { en: 'Makes a record.', 'zh-CN': '创建一条记录。' },
  takes: {
    entity: entityParameter('Of what a record is made.', '创建哪个实体的记录。'),
    set: setParameter(true),
  },
  target: 'entity',
  gives: 'record',
  async run(context, { entity, set }) {
    const name = String(entity)
    const record = await context.create(
      name,
      await context.values(name, set as object as Record<string, unknown>),
    )
    return { kind: 'done', output: { ...record } }
  },
  sentence: (step, words) =>
    words.language === 'en'
      ? `create ${words.entity(step.entity)}: ${words.values(step, 'set')}`
      : `创建${words.entity(step.entity)}：${words.values(step, 'set')}`,
  examples: {
    valid: [
      { do: 'create', entity: 'task', set: { title: 'Call back', owner: { field: 'owner' } } },
      { do: 'create', entity: 'task', set: { title: { var: 'title' } } },
    ],
    invalid: [
      { do: 'create', entity: 'tusk', set: { title: 'x' } },
      { do: 'create', entity: 'task', set: { titel: 'x' } },
      { do: 'create', entity: 'task', set: { title: { '+': [1, 2] } } },
      { do: 'create', entity: 'task', set: { status: 'unheard_of' } },
    ],
  },
})
