import type { JsonSchema } from '../../registry/field-type.ts'
import { PERIOD_NAMES } from '../../reports/period.ts'
import { dataOf, listOf, type OperationSpec, operation, type ParameterSpec, type Paths } from './operation.ts'

const text = { type: 'string' } as const
const yesNo = { type: 'boolean' } as const
const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const NAME: ParameterSpec = {
  name: 'name',
  in: 'path',
  description: 'The name of a report or dashboard.',
  schema: text,
}
const PERIOD: JsonSchema = {
  description: 'A time by its name, or two days, the last included: `2026-01-01..2026-03-31` or an object.',
  anyOf: [
    { enum: [...PERIOD_NAMES] },
    { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}\\.\\.\\d{4}-\\d{2}-\\d{2}$' },
    {
      type: 'object',
      required: ['from', 'to'],
      properties: { from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' } },
    },
  ],
}
const WHERE: JsonSchema = {
  type: 'object',
  description: 'Values by the report’s parameters; null stands for nothing.',
  additionalProperties: { type: 'array', minItems: 1, maxItems: 200 },
}
const belongsTo = nullable({ type: 'object', properties: { user: text, team: text } })
const shape = { enum: ['list', 'number', 'summary', 'matrix', 'funnel'] }
const values: JsonSchema = {
  type: 'object',
  description: 'Figures by name; of more than 15 digits as a text.',
}
const filter: JsonSchema = {
  description: 'JSON Logic that finds exactly the records of the figures; absent: all.',
}
const cell: JsonSchema = {
  type: 'object',
  required: ['values'],
  properties: {
    values,
    filter,
    filters: { type: 'object', description: 'The filters of figures that count only a part.' },
  },
}
const key: JsonSchema = {
  type: 'object',
  required: ['value', 'label'],
  properties: { value: {}, label: text, color: text },
}
const row: JsonSchema = {
  ...cell,
  required: ['values', 'keys'],
  properties: {
    ...(cell.properties as object),
    keys: listOf(key),
    cells: { ...listOf(nullable(cell)), description: 'One for each column of a matrix.' },
  },
}
const described = {
  name: text,
  label: text,
  entity: text,
  shape,
  chart: { type: 'object' },
  rowGroups: listOf({ type: 'object' }),
  columnGroups: listOf({ type: 'object' }),
  figures: listOf({
    type: 'object',
    required: ['name', 'label', 'fn', 'format'],
    properties: { name: text, label: text, fn: text, format: text },
  }),
  parameters: listOf({
    type: 'object',
    required: ['path', 'label'],
    properties: { path: text, label: text },
  }),
  filter,
  period: nullable({
    type: 'object',
    properties: { field: text, label: text, name: nullable(text), from: nullable(text), to: nullable(text) },
  }),
  trend: yesNo,
  belongsTo,
}
const report: JsonSchema = {
  type: 'object',
  required: ['name', 'label', 'entity', 'shape'],
  properties: described,
}
const answer: JsonSchema = {
  type: 'object',
  required: ['name', 'label', 'entity', 'shape', 'asOf', 'rowCount', 'truncated'],
  properties: {
    ...described,
    asOf: { type: 'string', format: 'date-time' },
    rows: listOf(row),
    columns: listOf(row),
    subtotals: listOf(row),
    total: cell,
    before: { ...cell, description: 'The same figures of the period before.' },
    axis: {
      ...nullable(
        listOf({
          type: 'object',
          required: ['value', 'label'],
          properties: { value: text, label: text, filter },
        }),
      ),
      description: 'Every span of time that the rows go over, those without records too.',
    },
    fields: { ...listOf({ type: 'object' }), description: 'The columns of a report that lists records.' },
    records: listOf({ type: 'object' }),
    rowCount: { type: 'integer', description: 'How many rows there are, shown or not.' },
    truncated: { ...yesNo, description: 'Whether some are not shown.' },
  },
}
const summary: JsonSchema = {
  type: 'object',
  required: ['name', 'label', 'belongsTo'],
  properties: {
    name: text,
    label: text,
    entity: text,
    entityLabel: text,
    shape,
    tiles: { type: 'integer' },
    belongsTo,
  },
}
const dashboard: JsonSchema = {
  type: 'object',
  required: ['name', 'label', 'tiles'],
  properties: {
    name: text,
    label: text,
    period: nullable(text),
    belongsTo,
    tiles: listOf({
      type: 'object',
      required: ['name', 'label', 'report', 'text', 'width', 'height'],
      properties: {
        name: text,
        label: text,
        report: nullable(text),
        entity: nullable(text),
        parameters: { ...listOf(text), description: 'Fields by which the report can be narrowed.' },
        chart: nullable({ type: 'object' }),
        trend: yesNo,
        text: nullable(text),
        width: { type: 'integer' },
        height: { type: 'integer' },
      },
    }),
  },
}

const call = (spec: Omit<OperationSpec, 'tag'>) => operation({ ...spec, tag: 'reports' })
const asked = { period: PERIOD, where: WHERE }

/** Reports and dashboards, for whoever they are meant for. */
export const REPORT_PATHS: Paths = {
  '/api/reports': {
    get: call({
      id: 'list_reports',
      summary: 'The reports that one opens',
      answers: { 200: { description: 'By name.', schema: dataOf(listOf(summary)) } },
    }),
    post: call({
      id: 'preview_report',
      summary: 'Work out a report that is not saved',
      body: {
        type: 'object',
        required: ['definition'],
        additionalProperties: false,
        properties: { definition: { type: 'object' }, ...asked },
      },
      answers: { 200: { description: 'Its figures.', schema: dataOf(answer) } },
    }),
  },
  '/api/reports/{name}': {
    get: call({
      id: 'get_report',
      summary: 'What a report is made of',
      parameters: [NAME],
      answers: { 200: { description: 'The report.', schema: dataOf(report) } },
    }),
  },
  '/api/reports/{name}/run': {
    post: call({
      id: 'run_report',
      summary: 'Work out a report; each figure comes with the filter of its records',
      parameters: [NAME],
      body: { type: 'object', additionalProperties: false, properties: asked },
      answers: { 200: { description: 'Its figures.', schema: dataOf(answer) } },
    }),
  },
  '/api/reports/{name}/keep': {
    post: call({
      id: 'keep_report',
      summary: 'Keep a report, as it is narrowed, as one’s own',
      parameters: [NAME],
      body: {
        type: 'object',
        required: ['label'],
        additionalProperties: false,
        properties: {
          label: { type: 'string', minLength: 1, maxLength: 120 },
          period: { type: 'string', description: 'A time by its name.' },
          where: WHERE,
        },
      },
      answers: {
        201: {
          description: 'It is there, for its owner alone.',
          schema: dataOf({
            type: 'object',
            required: ['name', 'label'],
            properties: { name: text, label: text },
          }),
        },
      },
      problems: [403],
    }),
  },
  '/api/reports/{name}/trend': {
    get: call({
      id: 'report_trend',
      summary: 'The hourly course of a report’s total, for who sees all its records',
      parameters: [
        NAME,
        {
          name: 'days',
          in: 'query',
          description: 'How far back.',
          schema: { type: 'integer', minimum: 1, maximum: 400 },
        },
      ],
      answers: {
        200: {
          description: 'The oldest first.',
          schema: dataOf(
            listOf({
              type: 'object',
              required: ['at', 'values'],
              properties: { at: { type: 'string', format: 'date-time' }, values },
            }),
          ),
        },
      },
    }),
  },
  '/api/reports/{name}/export': {
    get: call({
      id: 'export_report',
      summary: 'A report as a sheet, for who may export its records',
      parameters: [
        NAME,
        {
          name: 'format',
          in: 'query',
          description: 'csv (default) or xlsx.',
          schema: { enum: ['csv', 'xlsx'] },
        },
        { name: 'period', in: 'query', description: 'A time by its name, or two days.', schema: text },
        { name: 'where', in: 'query', description: 'Values by parameter, as JSON.', schema: text },
        { name: 'bom', in: 'query', description: '`1`: a byte order mark before the csv.', schema: text },
      ],
      answers: {
        200: {
          description: 'The sheet.',
          content: {
            'text/csv': text,
            'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
              type: 'string',
              format: 'binary',
            },
          },
        },
      },
      problems: [403],
    }),
  },
  '/api/dashboards': {
    get: call({
      id: 'list_dashboards',
      summary: 'The dashboards that one opens',
      answers: { 200: { description: 'By name.', schema: dataOf(listOf(summary)) } },
    }),
  },
  '/api/dashboards/{name}': {
    get: call({
      id: 'get_dashboard',
      summary: 'The tiles of a dashboard that one may see',
      parameters: [NAME],
      answers: { 200: { description: 'The dashboard.', schema: dataOf(dashboard) } },
    }),
  },
  '/api/changes': {
    get: call({
      id: 'changes',
      summary: 'A token that is another one whenever a record may have changed',
      description: 'Ask it every few seconds, and work figures out again where it is another.',
      answers: {
        200: {
          description: 'The token.',
          schema: dataOf({ type: 'object', required: ['token'], properties: { token: text } }),
        },
      },
    }),
  },
}
