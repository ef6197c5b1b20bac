import { textIn } from '../../metadata/text.ts'
import type { ConnectionDefinition } from '../../metadata/types.ts'
import { countCalls } from '../notify/outgoing/log.ts'
import { listSecrets } from '../notify/outgoing/secrets.ts'
import type { RequestContext } from '../records/context.ts'
import { neededSecrets, operationsOf } from '../registry/connector.ts'
import type { HttpDeps } from './deps.ts'

/** The connections with what is set and what became of their calls; never what a secret is. */
export async function presentConnections(
  { db, registry, settings }: HttpDeps,
  { model, actor: { language } }: RequestContext,
  only?: string,
): Promise<readonly object[]> {
  const secrets = await listSecrets(db, model.schema)
  const counts = await countCalls(db, model.schema)
  const definitions = [...model.translated.connection.values()].filter(
    ({ name }) => only === undefined || name === only,
  )
  return definitions.map((definition: ConnectionDefinition) => {
    const { id = '', name, label, connector: sort, settings: own = {} } = definition
    const connector = registry.connector(sort)
    const known = Object.entries(connector?.secrets ?? {})
    const needed = connector === undefined ? [] : neededSecrets(connector, own)
    const setAt = (secret: string) =>
      secrets.find((one) => one.connection === id && one.name === secret)?.set_at ?? null
    return {
      ...{ name, label: textIn(label, language, name), connector: sort },
      connector_label: connector?.label[language] ?? sort,
      channel: connector?.channel?.name ?? null,
      operations: connector === undefined ? [] : Object.keys(operationsOf(connector, own)),
      secrets: known.map(([secret, texts]) => ({
        name: secret,
        label: texts.label[language],
        description: texts.description[language],
        required: needed.includes(secret),
        set_at: setAt(secret),
      })),
      ready: connector !== undefined && needed.every((key) => setAt(key) !== null),
      hook: connector?.hookSecret === undefined ? null : `${settings.publicUrl ?? ''}/api/hooks/${name}`,
      calls: counts.get(id) ?? { done: 0, failed: 0, waiting: 0 },
    }
  })
}
