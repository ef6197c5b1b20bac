import { defineAction, type FlowStep, type StepContext } from '../registry/action.ts'
import type { JsonSchema } from '../registry/field-type.ts'
import { takes } from './parts.ts'

/** What is asked of what another system answers: the names that are no texts. */
export const givesSchema: JsonSchema = {
  type: 'object',
  minProperties: 1,
  maxProperties: 40,
  propertyNames: { $ref: 'common.schema.json#/$defs/name' },
  additionalProperties: { enum: ['text', 'number', 'id'] },
}

export const givesParameter = takes(
  'plain',
  { en: 'Gives', 'zh-CN': '返回值' },
  {
    en: 'What later steps read of the answer, by name, and as what: text, number, id. Names that are not listed are texts.',
    'zh-CN': '后续步骤按名称读取的返回值及其类型：text 文本、number 数字、id 标识。未列出的名称按文本读取。',
  },
  { schema: givesSchema },
)

/** The other side is asked for so long at the latest, should the word of its end be missed, milliseconds. */
const ASKED_EVERY_MS = 3_600_000

export const callAction = defineAction({
  name: 'call',
  label: { en: 'Call', 'zh-CN': '调用外部系统' },
  description: {
    en: 'Calls an operation of another system through a connection.',
    'zh-CN': '通过连接调用外部系统的操作。',
  },
  takes: {
    connection: takes(
      'connection',
      { en: 'Connection', 'zh-CN': '连接' },
      { en: 'The connection that is called.', 'zh-CN': '要调用的连接。' },
      { required: true },
    ),
    operation: takes(
      'plain',
      { en: 'Operation', 'zh-CN': '操作' },
      { en: 'One of the connection’s operations.', 'zh-CN': '连接的一项操作。' },
      { required: true, schema: { $ref: 'common.schema.json#/$defs/name' } },
    ),
    with: takes(
      'slot',
      { en: 'With', 'zh-CN': '参数' },
      {
        en: 'What goes in, by name; {"var": …} is worked out, also within lists and objects.',
        'zh-CN': '按名称给出的参数；{"var": …} 会被计算，列表与对象内同样适用。',
      },
      { schema: { type: 'object', maxProperties: 60 } },
    ),
    key: takes(
      'slot',
      { en: 'Key', 'zh-CN': '幂等键' },
      {
        en: 'By which the other system knows a repetition, the same for every try; the step of the run when absent.',
        'zh-CN': '对方系统用来识别重复调用的键，每次重试相同；不写则为本次运行的该步骤。',
      },
    ),
    gives: givesParameter,
  },
  answers: () => true,
  retriesItself: true,
  async run(context, step) {
    const output = await context.call(await requestOf(context, step))
    return output === undefined
      ? { kind: 'wait', until: new Date(context.now.getTime() + ASKED_EVERY_MS) }
      : { kind: 'done', output: answerAs(output, step.gives) }
  },
  async simulate(context, step) {
    await requestOf(context, step)
    return { kind: 'done', output: {} }
  },
  sentence({ connection, operation }, words) {
    const name = words.connection(connection)
    return words.language === 'en'
      ? `call “${String(operation)}” of ${name}`
      : `调用${name}的“${String(operation)}”`
  },
  examples: {
    valid: [
      {
        do: 'call',
        connection: 'erp',
        operation: 'request',
        with: { path: '/orders', body: { no: { var: 'title' } } },
      },
      {
        name: 'sent',
        do: 'call',
        connection: 'erp',
        operation: 'request',
        key: { var: 'id' },
        retry: { for: 'P1D' },
        with: { path: '/orders' },
        gives: { reference: 'text' },
        onError: { ORDER_KNOWN: [{ do: 'stop' }] },
      },
    ],
    invalid: [
      { do: 'call', connection: 'erp' },
      { do: 'call', connection: 'ero', operation: 'request' },
      { do: 'call', connection: 'erp', operation: 'reqest' },
      { do: 'call', connection: 'erp', operation: 'request', with: { path: { var: 'titel' } } },
      { do: 'call', connection: 'erp', operation: 'request', gives: { total: 'money' } },
    ],
  },
})

async function requestOf(
  context: StepContext,
  { connection, operation, with: input = {}, key, retry }: FlowStep,
) {
  const said = key === undefined ? undefined : await context.value(key)
  return {
    ...{ connection: String(connection), operation: String(operation), retry },
    input: (await context.slots(input)) as Readonly<Record<string, unknown>>,
    key: said === undefined || said === null ? undefined : String(said).slice(0, 200),
  }
}

/** What another system answered as the flow's rules read it: numbers where the step says so, texts else. */
export function answerAs(
  output: Readonly<Record<string, unknown>>,
  gives: unknown,
): Readonly<Record<string, unknown>> {
  const types = (gives ?? {}) as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(output)
      .filter(([key]) => /^[a-z][a-z0-9_]{0,39}$/.test(key))
      .map(([key, value]) => [key, types[key] === 'number' ? numberIn(value) : textIn(value)]),
  )
}

function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

function textIn(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
