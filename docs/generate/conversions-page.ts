import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { conversionTable } from '../../engine/model/conversion/table.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { table } from './markdown.ts'

/** The table of docs/conversions.md. */
export function conversionParts(): ReadonlyMap<string, string> {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  const labels = new Map(
    registry.fieldTypes().map(({ name, label }) => [name, `${label.en} · ${label['zh-CN']}`]),
  )
  const rowsOf = [...conversionTable(registry)].filter(([, into]) => into.size > 0)
  const named = (into: ReadonlyMap<string, string>, how: string) =>
    [...into].flatMap(([name, found]) => (found === how ? [`\`${name}\``] : [])).join(' ') || '–'
  const rows = rowsOf.map(([from, into]) => [
    `\`${from}\` ${labels.get(from)}`,
    named(into, 'safe'),
    named(into, 'lossy'),
  ])
  return new Map([['table', table(['from', 'safe', 'lossy'], rows)]])
}
