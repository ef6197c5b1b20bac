import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { checkDefinition } from '../../../engine/model/check-shape.ts'
import type { Kind } from '../../../engine/model/compiled.ts'
import { listDefinitions } from '../../../engine/model/definition-set.ts'
import { KINDS, referencesOf } from '../../../engine/model/kinds/kinds.ts'
import { answerTemplate } from '../../../engine/templates/answer-template.ts'
import { readTemplate } from '../../../engine/templates/read-template.ts'
import { PROBES } from './mention-probes.ts'
import { inForce, registry, SAMPLE } from './sample.ts'

const SEEDS = join(import.meta.dirname, '../../../seeds')

/** Every place of a kind where a name may stand, as `view/columns/#/field`; `#` for places in lists, `*` for keys. */
function namePlaces(kind: Kind): ReadonlySet<string> {
  const root = KINDS[kind].schema(registry) as Schema
  const found = new Set<string>()
  const visit = (schema: Schema, at: string, above: readonly string[]): void => {
    if (schema.$ref !== undefined) {
      const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
      if (name === 'name') found.add(at)
      // Rules have a walk of their own; what holds itself, such as steps in steps, is looked into once.
      const target = root.$defs?.[name]
      if (target !== undefined && name !== 'rule' && !above.includes(name))
        visit(target, at, [...above, name])
      return
    }
    if (schema.type === 'string' && schema.pattern?.includes('[a-z]') === true) found.add(at)
    if (schema.propertyNames !== undefined) found.add(`${at}/*`)
    for (const [key, inner] of Object.entries(schema.properties ?? {})) visit(inner, `${at}/${key}`, above)
    for (const inner of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
      visit(inner, at, above)
    if (schema.items !== undefined) visit(schema.items, `${at}/#`, above)
    if (typeof schema.additionalProperties === 'object') visit(schema.additionalProperties, `${at}/*`, above)
  }
  visit(root, kind, [])
  return found
}

interface Schema {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: unknown
  readonly pattern?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly propertyNames?: unknown
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

/** Names that mention nothing, by what they are. */
const OWN: readonly (readonly [string, RegExp])[] = [
  ['what something is called itself', /\/(name|was|inverse)$/],
  [
    'words in languages',
    /\/(label|plural|help|inverseLabel|title|text|message|closed|intro|guide|submit)\/\*$|^entity\/group\/\*$/,
  ],
  ['icons', /\/icon$/],
]

function isOwn(place: string): boolean {
  return OWN.some(([, shape]) => shape.test(place)) || NOTHING.has(place)
}

function fits(place: string, path: string): boolean {
  const steps = path.split('/')
  const shape = place.split('/')
  return (
    steps.length === shape.length &&
    shape.every(
      (step, at) => step === '*' || step === steps[at] || (step === '#' && /^\d+$/.test(steps[at]!)),
    )
  )
}

/** Paths of all mentions in definitions in which every kind mentions others, below their kind. */
function mentioned(): readonly string[] {
  const seeds = readdirSync(SEEDS).map((name) =>
    answerTemplate(readTemplate(join(SEEDS, name)), registry).definitions.map(({ definition }) => definition),
  )
  return [SAMPLE, PROBES, ...seeds].flatMap((written) => {
    const definitions = inForce(written as typeof SAMPLE)
    return listDefinitions(definitions).flatMap((definition) =>
      referencesOf(definition, { definitions, registry }).map(({ path }) => `${definition.kind}${path}`),
    )
  })
}

describe('mentions', () => {
  const paths = mentioned()

  it('are tried with definitions of the right shape', () => {
    const faults = PROBES.flatMap((one) => checkDefinition(one, one.kind, one.name, registry))
    expect(faults).to.deep.equal([])
  })

  for (const kind of Object.keys(KINDS) as Kind[]) {
    it(`of ${kind} are known at every place of its schema where a name may stand`, () => {
      const forgotten = [...namePlaces(kind)].filter(
        (place) => !isOwn(place) && !paths.some((path) => fits(place, path)),
      )
      expect(forgotten).to.deep.equal([])
    })
  }

  it('leave out only places that there are, and that mention nothing', () => {
    const places = new Set((Object.keys(KINDS) as Kind[]).flatMap((kind) => [...namePlaces(kind)]))
    const wrong = [...NOTHING].filter(
      (place) => !places.has(place) || paths.some((path) => fits(place, path)),
    )
    expect(wrong).to.deep.equal([])
  })
})

/** Places whose names lead to no definition and no item of one. */
const NOTHING: ReadonlySet<string> = new Set([
  // Tags and their groups are values of records; what is renamed among them is renamed by hand.
  'entity/fields/#/groups/#/default',
  'entity/fields/#/groups/#/options/#',
  'entity/fields/#/groups/#/options/#/under',
  'tag_rule/group',
  // Stages that are no longer there.
  'pipeline/stages/#/takes/#',
  // What calls and events answer, codes of problems, what a connection says of itself.
  'flow/trigger/gives/*',
  'flow/steps/#/gives/*',
  'flow/steps/#/onError/*',
  'flow/steps/#/operation',
  'connection/connector',
  // Refused by the check: the default rights name no fields and no stages.
  'role/default/transitions/*',
  'role/default/transitions/*/by/#/role',
  'role/default/fields/*',
  'role/personal/*',
  'role/definitions/#',
  'translation/language',
  // What a scenario calls its own records.
  'scenario/given/*',
  ...['as', 'update', 'update/#', 'delete', 'restore', 'convert', 'made/*', 'merge', 'with/#', 'press'].map(
    (key) => `scenario/steps/#/${key}`,
  ),
  ...['submit', 'approve', 'reject', 'return', 'withdraw', 'tick', 'read', 'data/*', 'files/*'].map(
    (key) => `scenario/steps/#/${key}`,
  ),
  ...['lane/#/record', 'lane/#/owner', 'visible/#', 'hidden/#', 'approval/waiting/#', 'noted/by'].map(
    (key) => `scenario/steps/#/then/${key}`,
  ),
])
