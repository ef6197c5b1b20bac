import { isObject, type Json } from '../store/json-value.ts'

/** What a workspace that is saved as a template is called there. */
export interface TemplateWords {
  readonly name: string
  readonly version: string
  readonly label: string
  readonly summary: string
}

/** A workspace as one document, as `GET /api/meta/export` answers it. */
export interface WorkspaceArchive extends Json {
  readonly manifest: Json
  readonly definitions: readonly (Json & { readonly kind: string })[]
}

/**
 * The archive under its own name. What is left out goes from what the templates of the workspace brought, too: an
 * address that leads to nothing would be refused where the archive is brought in.
 * @param without kinds that stay at home
 */
export function savedTemplate(
  archive: WorkspaceArchive,
  { name, version, label, summary }: TemplateWords,
  without: ReadonlySet<string>,
): WorkspaceArchive {
  const stays = (kind: unknown): boolean => !without.has(String(kind))
  const { templates } = archive
  const carried = (Array.isArray(templates) ? templates : []).filter(isObject).map((one) => ({
    ...one,
    definitions: (Array.isArray(one.definitions) ? one.definitions : []).filter((brought: unknown) =>
      stays(isObject(brought) ? brought.kind : String(brought).split('/')[0]),
    ),
  }))
  return {
    ...archive,
    manifest: { ...archive.manifest, name, version, label, ...(summary === '' ? {} : { summary }) },
    definitions: archive.definitions.filter(({ kind }) => stays(kind)),
    ...(templates === undefined ? {} : { templates: carried }),
  }
}

/** How many definitions of each kind an archive has, the most first. */
export function kindCounts({ definitions }: WorkspaceArchive): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const { kind } of definitions) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}
