import schema from '../../../metadata/schema/connection.schema.json' with { type: 'json' }
import type { ConnectionDefinition } from '../../../metadata/types.ts'
import { type Language, type Problem, problem } from '../../errors.ts'
import type { Connector } from '../../registry/connector.ts'
import type { JsonSchema } from '../../registry/field-type.ts'
import type { Registry } from '../../registry/registry.ts'
import { defineKind, type ModelContext } from './kind-spec.ts'
import { bundleSchema } from './schema.ts'
import { sentenceOf } from './sentences.ts'

export const connectionKind = defineKind({
  kind: 'connection',
  content: false,
  label: { en: 'connection', 'zh-CN': '连接' },
  schema: connectionSchema,
  lists: [],
  references: () => [],
  check: checkConnection,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const to = connectorCalled(definition, context, language)
      return language === 'en' ? `${name} is a connection: ${to}.` : `${name}是一个连接：${to}。`
    }),
})

/** The schema with the settings of every registered connector: which of them a connection has follows from `connector`. */
function connectionSchema(registry: Registry): JsonSchema {
  const connectors = registry.connectors()
  // A registry without any still has a schema, for those who only look.
  if (connectors.length === 0) return bundleSchema(schema)
  const { $ref: _name, ...texts } = schema.properties.connector
  return bundleSchema({
    ...schema,
    properties: {
      ...schema.properties,
      connector: { ...texts, enum: connectors.map(({ name }) => name) },
    },
    allOf: connectors.map((connector) => ({
      if: { required: ['connector'], properties: { connector: { const: connector.name } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: {
        ...(isNeeded(connector) ? { required: ['settings'] } : {}),
        properties: { settings: connector.settings },
      },
    })),
  })
}

function isNeeded({ settings }: Connector): boolean {
  return Array.isArray(settings.required) && settings.required.length > 0
}

function checkConnection(
  { connector: name, settings = {} }: ConnectionDefinition,
  { registry }: ModelContext,
): readonly Problem[] {
  const faults = registry.connector(name)?.check?.(settings) ?? []
  return faults.map(({ path, reason }) =>
    problem('META_VALUE_INVALID', `/settings${path}`, { params: { reason } }),
  )
}

function connectorCalled(
  { connector, settings }: ConnectionDefinition,
  { registry }: ModelContext,
  language: Language,
): string {
  const label = registry.connector(connector)?.label[language] ?? connector
  const url = (settings as { readonly url?: unknown } | undefined)?.url
  return typeof url === 'string' ? `${label}, ${url}` : label
}
