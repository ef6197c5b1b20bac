import type { FieldDefinition, Text } from '../../metadata/types.ts'

/** What the engine keeps beside a field of stages. */
export type StagePart = 'since' | 'closed_at' | 'ever_reached'

export interface StageField {
  readonly part: StagePart
  /** The field of stages. */
  readonly of: FieldDefinition
  /** Its id is its name, as that of every field of the engine's own. */
  readonly definition: FieldDefinition & { readonly id: string }
}

const PARTS: { readonly [P in StagePart]: { readonly type: string; readonly label: Text } } = {
  since: { type: 'date_time', label: { en: 'In stage since', 'zh-CN': '进入阶段时间' } },
  closed_at: { type: 'date_time', label: { en: 'Closed at', 'zh-CN': '结束时间' } },
  ever_reached: { type: 'multi_select', label: { en: 'Stages reached', 'zh-CN': '曾达阶段' } },
}

/** The name of what is kept beside a field of stages: `stage_since`, `closed_at`; of another field `state_closed_at`. */
export function stagePartName(field: string, part: StagePart): string {
  return part === 'since' || field !== 'stage' ? `${field}_${part}` : part
}

/** The fields that come with an entity's fields of stages. A field of its own under such a name goes before. */
export function stageFieldsOf(fields: readonly FieldDefinition[]): readonly StageField[] {
  const own = new Set(fields.map(({ name }) => name))
  return fields
    .filter(({ type }) => type === 'stage')
    .flatMap((of) =>
      (Object.keys(PARTS) as StagePart[]).flatMap((part) => {
        const name = stagePartName(of.name, part)
        if (own.has(name)) return []
        const personal = of.personal === undefined ? {} : { personal: of.personal }
        return [{ part, of, definition: { id: name, name, ...PARTS[part], ...personal } }]
      }),
    )
}
