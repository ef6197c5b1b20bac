import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EntityDefinition, TemplateManifest, Text } from '../../metadata/types.ts'
import type { Executor } from '../db/database.ts'
import { refuse } from '../errors.ts'
import type { Answers } from './answers.ts'
import { type InstalledTemplate, listInstalled } from './installed.ts'
import { readTemplate, type Template } from './read-template.ts'

/** A template that is shipped, with what a workspace has of it. */
export interface GalleryTemplate {
  readonly name: string
  readonly version: string
  readonly label: Text
  readonly summary: Text | undefined
  readonly requires: readonly string[]
  /** The version that the workspace has; undefined: none. */
  readonly installed: string | undefined
  readonly hasData: boolean
  /** How many definitions it has, by kind; kinds of which it has none are left out. */
  readonly counts: Readonly<Record<string, number>>
  readonly entities: readonly {
    readonly name: string
    readonly label: Text
    readonly icon: string | undefined
  }[]
  /** What is asked at install. */
  readonly parameters: NonNullable<TemplateManifest['parameters']>
  /** What was answered; empty where it is not installed. */
  readonly answers: Answers
  readonly screenshots: NonNullable<TemplateManifest['screenshots']>
}

/** All templates of a folder, those that others build on first. */
export async function listTemplates(
  db: Executor,
  schema: string,
  folder: string,
): Promise<readonly GalleryTemplate[]> {
  const installed = new Map((await listInstalled(db, schema)).map((one) => [one.name, one]))
  return namesIn(folder)
    .map((name) => describeTemplate(readTemplate(join(folder, name)), installed.get(name)))
    .sort((one, other) => one.requires.length - other.requires.length || (one.name < other.name ? -1 : 1))
}

/** @throws AppError TEMPLATE_UNKNOWN */
export function findTemplate(folder: string, name: string): Template {
  // Only what the folder lists: a name is part of no path.
  if (!namesIn(folder).includes(name))
    throw refuse('TEMPLATE_UNKNOWN', '', { params: { name: name.slice(0, 40) } })
  return readTemplate(join(folder, name))
}

function namesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'template.json')))
    .map(({ name }) => name)
    .sort()
}

/** A template with what a workspace has of it. */
export function describeTemplate(
  { manifest, definitions }: Template,
  installed: InstalledTemplate | undefined,
): GalleryTemplate {
  const {
    name,
    version,
    label,
    summary,
    requires = [],
    data = [],
    parameters = [],
    screenshots = [],
  } = manifest
  const counts: Record<string, number> = {}
  for (const { kind } of definitions) counts[kind] = (counts[kind] ?? 0) + 1
  const entities = definitions.flatMap(({ definition }) =>
    definition.kind === 'entity' ? [entityOf(definition)] : [],
  )
  const told = { name, version, label, summary, requires, hasData: data.length > 0, counts, entities }
  return {
    ...told,
    installed: installed?.version,
    parameters,
    answers: installed?.answers ?? {},
    screenshots,
  }
}

const entityOf = ({ name, label, plural, icon }: EntityDefinition) => ({
  name,
  label: plural ?? label ?? name,
  icon,
})
