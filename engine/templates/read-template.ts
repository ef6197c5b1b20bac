import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { nearest } from '../../metadata/nearest.ts'
import type { TemplateManifest } from '../../metadata/types.ts'
import { AppError, didYouMean, type LocalText, type Problem, problem, quoted, refuse } from '../errors.ts'
import { problemsOf } from '../model/check-shape.ts'
import type { Definition, Kind } from '../model/compiled.ts'
import { isKind, KIND_NAMES } from '../model/definition-set.ts'
import { own } from '../model/pointer.ts'
import { TEMPLATES_FILE } from '../model/write-folder.ts'
import { parameterFaults } from './answer-template.ts'
import { noJson } from './no-json.ts'
import { screenshotFaults } from './screenshots.ts'

/** A template folder as it is written: `template.json`, `definitions/<kind>/<name>.json`, `i18n/*.json`, `data/`. */
export interface Template {
  readonly folder: string
  readonly manifest: TemplateManifest
  /** Kind by kind in the order in which the engine knows them, by name. */
  readonly definitions: readonly TemplateDefinition[]
}

export interface TemplateDefinition {
  readonly kind: Kind
  readonly name: string
  /** As written; whether it makes sense is the check's matter. */
  readonly definition: Definition
  /** Relative to the folder, with forward slashes. */
  readonly file: string
}

/**
 * Reads a template folder.
 * @throws AppError with every problem of its files at once: TEMPLATE_*, META_KIND_UNKNOWN, META_KEY_*; the path is
 *   the file's, and behind # the place in it
 */
export function readTemplate(folder: string): Template {
  const problems: Problem[] = []
  const manifest = readManifest(folder, problems)
  const definitions = [...readDefinitions(folder, problems), ...readTranslations(folder, problems)]
  problems.push(...duplicates(definitions), ...missingData(folder, manifest))
  if (manifest !== undefined)
    problems.push(...parameterFaults(folder, manifest, definitions), ...screenshotFaults(folder, manifest))
  if (problems.length > 0 || manifest === undefined) throw new AppError(problems)
  const order = (one: TemplateDefinition) => KIND_NAMES.indexOf(one.kind)
  definitions.sort((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1))
  return { folder, manifest, definitions }
}

/**
 * What the folder of a whole workspace says of the templates that it has, as it is written; undefined where nothing.
 * @throws AppError TEMPLATE_FILE_INVALID
 */
export function readFolderTemplates(folder: string): unknown {
  const file = join(folder, TEMPLATES_FILE)
  if (!existsSync(file)) return undefined
  const problems: Problem[] = []
  const raw = readJson(folder, file, problems)
  if (problems.length > 0) throw new AppError(problems)
  return own(raw, 'templates')
}

function readManifest(folder: string, problems: Problem[]): TemplateManifest | undefined {
  const file = join(folder, 'template.json')
  if (!existsSync(file)) {
    const isFolder = existsSync(folder) && statSync(folder).isDirectory()
    const reason: LocalText = isFolder
      ? { en: 'it has no template.json', 'zh-CN': '缺少 template.json' }
      : { en: 'it is no folder', 'zh-CN': '它不是文件夹' }
    throw refuse('TEMPLATE_FOLDER_UNREADABLE', '', { params: { folder, reason } })
  }
  const manifest = readJson(folder, file, problems)
  if (manifest === undefined) return undefined
  const faults = manifestFaults(manifest)
  problems.push(...faults)
  return faults.length === 0 ? (manifest as TemplateManifest) : undefined
}

let checkManifest: ReturnType<Ajv2020['compile']> | undefined

/** What is wrong with a manifest; the path is that of its file, and behind # the place in it. */
export function manifestFaults(manifest: unknown): readonly Problem[] {
  checkManifest ??= compileManifestSchema()
  if (checkManifest(manifest)) return []
  return problemsOf(checkManifest.errors ?? [], manifest).map((one) => ({
    ...one,
    path: `template.json#${one.path}`,
  }))
}

function compileManifestSchema(): ReturnType<Ajv2020['compile']> {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    meta: false,
  })
  addFormats.default(ajv)
  const schema = (name: string) =>
    JSON.parse(
      readFileSync(join(import.meta.dirname, `../../metadata/schema/${name}.schema.json`), 'utf8'),
    ) as object
  ajv.addSchema(schema('common'))
  return ajv.compile(schema('template'))
}

function readDefinitions(folder: string, problems: Problem[]): TemplateDefinition[] {
  return jsonFiles(join(folder, 'definitions')).flatMap((path) => {
    const raw = readJson(folder, path, problems)
    if (raw === undefined) return []
    const file = shown(folder, path)
    const { kind, name } = raw as { kind?: unknown; name?: unknown }
    if (typeof kind !== 'string' || !isKind(kind)) {
      problems.push(unknownKind(file, kind))
      return []
    }
    const expected = `definitions/${kind}/${quoted(name)}.json`
    if (file !== expected) {
      const params = { file, kind, name: quoted(name), expected }
      problems.push(problem('TEMPLATE_FILE_MISPLACED', file, { params }))
    }
    return [{ kind, name: quoted(name), definition: raw as Definition, file }]
  })
}

function unknownKind(file: string, kind: unknown): Problem {
  if (kind === undefined) return problem('META_KEY_MISSING', `${file}#`, { params: { name: 'kind' } })
  const name = quoted(kind)
  return problem('META_KIND_UNKNOWN', `${file}#/kind`, {
    params: { name },
    hint: didYouMean(nearest(name, KIND_NAMES)),
  })
}

/** Further languages: definitions of the kind translation, one file each, under any name. */
function readTranslations(folder: string, problems: Problem[]): TemplateDefinition[] {
  return jsonFiles(join(folder, 'i18n')).flatMap((path) => {
    const raw = readJson(folder, path, problems)
    if (raw === undefined) return []
    const file = shown(folder, path)
    const { kind, name } = raw as { kind?: unknown; name?: unknown }
    if (kind === 'translation') return [{ kind, name: quoted(name), definition: raw as Definition, file }]
    const params = { file, kind: quoted(kind), name: quoted(name), expected: `definitions/${quoted(kind)}/` }
    problems.push(problem('TEMPLATE_FILE_MISPLACED', file, { params }))
    return []
  })
}

function duplicates(definitions: readonly TemplateDefinition[]): readonly Problem[] {
  const seen = new Set<string>()
  return definitions.flatMap(({ kind, name, file }) => {
    const isSecond = seen.has(`${kind}/${name}`)
    seen.add(`${kind}/${name}`)
    return isSecond ? [problem('META_NAME_DUPLICATE', `${file}#/name`, { params: { name } })] : []
  })
}

function missingData(folder: string, manifest: TemplateManifest | undefined): readonly Problem[] {
  return (manifest?.data ?? []).flatMap(({ file }, index) => {
    if (existsSync(join(folder, 'data', file))) return []
    return [
      problem('TEMPLATE_FILE_MISSING', `template.json#/data/${index}/file`, {
        params: { file: `data/${file}` },
      }),
    ]
  })
}

function jsonFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json') && !basename(file).startsWith('.') && !isHidden(file))
    .sort()
    .map((file) => join(folder, file))
}

function isHidden(file: string): boolean {
  return dirname(file)
    .split(sep)
    .some((part) => part.startsWith('.') && part !== '.')
}

function shown(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/')
}

/** The JSON object in a file, or undefined with a problem. */
function readJson(folder: string, path: string, problems: Problem[]): object | undefined {
  const file = shown(folder, path)
  const invalid = (reason: LocalText) => {
    problems.push(problem('TEMPLATE_FILE_INVALID', file, { params: { file, reason } }))
    return undefined
  }
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
    return invalid({ en: 'it holds no object', 'zh-CN': '内容不是对象' })
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault
    return invalid(noJson(fault))
  }
}
