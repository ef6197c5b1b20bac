import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TemplateManifest } from '../../metadata/types.ts'
import type { Definition } from './compiled.ts'
import { KIND_NAMES } from './definition-set.ts'
import { formatDefinition } from './format-definition.ts'

/** What became of the files of a folder; paths relative to it, with forward slashes, sorted. */
export interface WrittenFolder {
  readonly written: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: number
}

/**
 * Writes definitions as a template folder: `definitions/<kind>/<name>.json`. Files that say the same already are not
 * touched, files of definitions that are no longer there are removed, everything else in the folder stays.
 * @param definitions in their canonical form
 * @param manifest written where the folder has none
 * @param templates those that the workspace has, written as `templates.json`; a file of which none is left is removed
 */
export function writeFolder(
  folder: string,
  definitions: readonly Definition[],
  manifest: TemplateManifest,
  templates: readonly object[] = [],
): WrittenFolder {
  const wanted = new Map(definitions.map((definition) => [fileOf(definition), formatDefinition(definition)]))
  if (templates.length > 0) wanted.set(TEMPLATES_FILE, formatDefinition({ templates }))
  const changed = [...wanted].filter(([file, text]) => writeIfChanged(join(folder, file), text))
  const removed = existingFiles(folder).filter((file) => !wanted.has(file))
  for (const file of removed) rmSync(join(folder, file))
  const hasManifest = existsSync(join(folder, 'template.json'))
  if (!hasManifest) writeIfChanged(join(folder, 'template.json'), formatDefinition(manifest))
  const written = [...changed.map(([file]) => file), ...(hasManifest ? [] : ['template.json'])]
  return { written: written.sort(), removed, unchanged: wanted.size - changed.length }
}

/** Where a folder keeps what its workspace knows of the templates that it has. */
export const TEMPLATES_FILE = 'templates.json'

/** Where a definition lies in a template folder. */
export function fileOf({ kind, name }: Pick<Definition, 'kind' | 'name'>): string {
  return `definitions/${kind}/${name}.json`
}

function writeIfChanged(path: string, text: string): boolean {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return true
}

function existingFiles(folder: string): string[] {
  const carried = existsSync(join(folder, TEMPLATES_FILE)) ? [TEMPLATES_FILE] : []
  const definitions = KIND_NAMES.flatMap((kind) => {
    const place = join(folder, 'definitions', kind)
    if (!existsSync(place)) return []
    return readdirSync(place)
      .filter((file) => file.endsWith('.json'))
      .map((file) => `definitions/${kind}/${file}`)
  })
  return [...definitions, ...carried].sort()
}
