import type { Stage } from '../api/types.ts'

/** How deep a stage stands in its pipeline: 1 to 5 for open ones; won and lost leave the hue. */
export function depthOf(stages: readonly Stage[], name: string): string {
  const stage = stages.find((item) => item.name === name)
  if (stage === undefined) return 'lost'
  if (stage.type !== 'open') return stage.type
  const open = stages.filter((item) => item.type === 'open')
  const at = open.indexOf(stage)
  return String(open.length <= 1 ? 3 : 1 + Math.round((at * 4) / (open.length - 1)))
}

/** A stage in a cell: the tenon in the depth of its place, and its name. */
export function StageMark({ stages, name }: { readonly stages: readonly Stage[]; readonly name: string }) {
  const label = stages.find((stage) => stage.name === name)?.label ?? name
  return (
    <span className="row stage-mark">
      <i className={`tenon-mark depth-${depthOf(stages, name)}`} />
      <span className="cut">{label}</span>
    </span>
  )
}
