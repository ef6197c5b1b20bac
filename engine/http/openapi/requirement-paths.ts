import { dataOf, listOf, type OperationSpec, operation, type Paths } from './operation.ts'

const text = { type: 'string' } as const
const priority = { enum: ['must', 'should', 'nice', null] } as const

const line = {
  type: 'object',
  required: ['path', 'text', 'outcome'],
  properties: {
    path: { ...text, description: 'JSON pointer into the scenario.' },
    text: { ...text, description: 'What is given, or what somebody does and what is expected of it.' },
    outcome: { enum: ['passed', 'failed', 'skipped'] },
    expected: text,
    found: text,
    problems: {
      ...listOf({
        type: 'object',
        required: ['code', 'path'],
        properties: { code: text, path: text, name: text },
      }),
      description:
        'Why it was refused; the paths lead into what was to be written, and the name is what is named.',
    },
  },
} as const

/** What came of a scenario. */
export const SCENARIO_RESULT = {
  type: 'object',
  required: ['name', 'label', 'requirement', 'priority', 'passed', 'story'],
  properties: {
    name: text,
    label: text,
    requirement: { type: ['string', 'null'] },
    priority,
    passed: { type: 'boolean' },
    story: listOf(line),
  },
} as const

const requirement = {
  type: 'object',
  required: ['requirement', 'priority', 'satisfied_by', 'proved_by'],
  properties: {
    requirement: text,
    priority: { ...priority, description: 'The highest of its scenarios; null where it has none.' },
    satisfied_by: listOf({
      type: 'object',
      required: ['kind', 'name', 'label'],
      properties: { kind: text, name: text, item: text, label: text },
    }),
    proved_by: listOf({
      type: 'object',
      required: ['name', 'label', 'passed', 'story'],
      properties: {
        name: text,
        label: text,
        passed: { type: ['boolean', 'null'], description: 'Null: not run since this version is in force.' },
        story: listOf(line),
      },
    }),
  },
} as const

function call(spec: Omit<OperationSpec, 'tag'>) {
  return operation({ tag: 'definitions', ...spec, problems: [403, ...(spec.problems ?? [])] })
}

/** Requirements, what satisfies and what proves them. */
export const REQUIREMENT_PATHS: Paths = {
  '/api/meta/requirements': {
    get: call({
      id: 'list_requirements',
      summary: 'Requirements by priority and number, what satisfies them and what proves them',
      answers: {
        200: {
          description: 'The register of the version in force.',
          schema: dataOf({
            type: 'object',
            required: ['version', 'ran_at', 'requirements'],
            properties: {
              version: { type: 'integer' },
              ran_at: { type: ['string', 'null'], description: 'When its scenarios ran last.' },
              requirements: listOf(requirement),
            },
          }),
        },
      },
    }),
  },
  '/api/meta/requirements/sheet': {
    get: call({
      id: 'get_requirement_sheet',
      summary: 'The register as a page for print: to be signed, or to report what was found',
      parameters: [
        {
          name: 'type',
          in: 'query',
          description: 'What the page is for.',
          schema: { enum: ['confirmation', 'acceptance'], default: 'confirmation' },
        },
        { name: 'language', in: 'query', description: 'Of the page.', schema: { enum: ['en', 'zh-CN'] } },
      ],
      answers: { 200: { description: 'HTML.', content: { 'text/html': text } } },
    }),
  },
  '/api/meta/scenarios/run': {
    post: call({
      id: 'run_scenarios',
      summary: 'Run the scenarios of the version in force, or of a draft',
      body: {
        type: 'object',
        additionalProperties: false,
        properties: {
          names: { ...listOf(text), description: 'Only these; all where nothing is said.' },
          changeset: { ...text, description: 'Of the draft of this id; nothing of it is kept.' },
        },
      },
      answers: {
        200: { description: 'Each with its story, by name.', schema: dataOf(listOf(SCENARIO_RESULT)) },
      },
      problems: [404, 409, 422],
    }),
  },
}
