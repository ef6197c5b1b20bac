import type { TemplateManifest } from '../../metadata/types.ts'
import { AppError, type Problem, problem } from '../errors.ts'
import type { Definition } from '../model/compiled.ts'
import { readArchive } from '../model/export.ts'
import { isRecord, own, pointer } from '../model/pointer.ts'
import type { Registry } from '../registry/registry.ts'
import { answerTemplate, parameterFaults } from './answer-template.ts'
import type { Answers } from './answers.ts'
import { manifestFaults } from './read-template.ts'

/** What an archive holds once its answers are put in. */
export interface AnsweredArchive {
  readonly definitions: readonly unknown[]
  /** Of one that asks: the template that it is, with the answers. */
  readonly template?: { readonly name: string; readonly version: string; readonly answers: Answers }
}

/**
 * The definitions of an archive as it was sent, with its `answers` to what its manifest asks; what it does not answer is
 * as it was answered before.
 * @param keptOf what was answered when a template was installed here
 * @throws AppError META_ARCHIVE_INVALID, and every problem of the parameters, their places and the answers
 */
export async function answeredArchive(
  raw: unknown,
  registry: Registry,
  keptOf: (name: string) => Promise<Answers>,
): Promise<AnsweredArchive> {
  const definitions = readArchive(raw)
  const answers = own(raw, 'answers')
  const manifest = own(raw, 'manifest')
  if (own(manifest, 'parameters') === undefined && answers === undefined) return { definitions }
  if (answers !== undefined && !isRecord(answers))
    throw new AppError(problem('FIELD_TYPE_WRONG', '/answers', { params: { expected: EXPECTED } }))
  const faults = manifestFaults(manifest)
  if (faults.length > 0) throw new AppError(faults.map(inArchive))
  const asking = { ...(manifest as TemplateManifest), data: [] }
  const files = definitions.map((definition, index) => ({
    ...{ kind: 'entity' as const, name: '', definition: definition as Definition },
    file: pointer('definitions', index),
  }))
  const misplaced = parameterFaults('', asking, files)
  if (misplaced.length > 0) throw new AppError(misplaced.map(inArchive))
  const template = { folder: '', manifest: asking, definitions: files }
  const { name, version } = asking
  const answered = answerTemplate(template, registry, { given: answers, kept: await keptOf(name) })
  return {
    definitions: answered.definitions.map(({ definition }) => definition),
    template: { name, version, answers: answered.answers },
  }
}

const EXPECTED = { en: 'an object', 'zh-CN': '对象' }

/** `template.json#/x` and `/definitions/3#/x` as pointers into the archive. */
const inArchive = (fault: Problem): Problem => ({
  ...fault,
  path: fault.path.replace(/^template\.json#/, '/manifest').replace('#', ''),
})
