import type { TemplateManifest } from '../../metadata/types.ts'
import { AppError, problem, refuse } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { addedFields, builtIn, isRegrouped } from './built-in.ts'
import { canonical } from './canonical.ts'
import type { Definition, DefinitionSet } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'
import { isRecord, own } from './pointer.ts'

/** A template as one JSON document. */
export interface TemplateArchive {
  readonly manifest: TemplateManifest
  readonly definitions: readonly Definition[]
}

/**
 * The definitions of a workspace in the form in which they are exported; those of the engine stay out unless the
 * workspace has added fields to them or grouped them otherwise.
 */
export function exportDefinitions(definitions: DefinitionSet, registry: Registry): readonly Definition[] {
  return listDefinitions(definitions)
    .filter(isOfWorkspace)
    .map((definition) => canonical(definition, registry))
}

function isOfWorkspace(definition: Definition): boolean {
  const engineOwn = builtIn(definition.kind, definition.name)
  if (engineOwn === undefined) return true
  return addedFields(engineOwn, definition).length > 0 || isRegrouped(engineOwn, definition)
}

/** Everything that is in force in a workspace as a template of its own. */
export function exportArchive(
  workspace: string,
  source: { readonly version: number; readonly definitions: DefinitionSet },
  registry: Registry,
): TemplateArchive {
  return {
    manifest: exportManifest(workspace, source.version),
    definitions: exportDefinitions(source.definitions, registry),
  }
}

/** The manifest of an export: the workspace's name as a template may have it, the version as its patch number. */
export function exportManifest(workspace: string, version: number): TemplateManifest {
  return { name: workspace.replaceAll('-', '_'), version: `0.0.${version}`, label: workspace }
}

/** What an archive holds; `answers` are those to what its manifest asks, `templates` those that its workspace has. */
const ARCHIVE_KEYS = ['manifest', 'definitions', 'data', 'screenshots', 'answers', 'templates', '$schema']

/**
 * The definitions of an archive as it was sent.
 * @throws AppError META_ARCHIVE_INVALID
 */
export function readArchive(raw: unknown): readonly unknown[] {
  const definitions = own(raw, 'definitions')
  if (!isRecord(raw) || !Array.isArray(definitions)) {
    const reason = { en: 'it has no list of definitions', 'zh-CN': '缺少 definitions 列表' }
    throw refuse('META_ARCHIVE_INVALID', isRecord(raw) ? '/definitions' : '', { params: { reason } })
  }
  const unknown = Object.keys(raw).filter((key) => !ARCHIVE_KEYS.includes(key))
  if (unknown.length > 0) {
    throw new AppError(
      unknown.map((name) => problem('META_KEY_UNKNOWN', `/${name}`, { params: { name: name.slice(0, 80) } })),
    )
  }
  return definitions as readonly unknown[]
}
