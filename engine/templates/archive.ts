import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { AppError, type LocalText, type Problem, problem, refuse } from '../errors.ts'
import type { TemplateArchive } from '../model/export.ts'
import { formatDefinition } from '../model/format-definition.ts'
import { isRecord, own, pointer } from '../model/pointer.ts'
import { fileOf } from '../model/write-folder.ts'
import { noJson } from './no-json.ts'
import { readFolderTemplates, readTemplate, type Template } from './read-template.ts'
import { SCREENSHOTS } from './screenshots.ts'

/** A template in one file: what an export is, and its data by file. */
export interface PackedTemplate extends TemplateArchive {
  /** Texts of the CSV files, by name. */
  readonly data: Readonly<Record<string, string>>
  /** Its pictures in base64, by name; absent where it has none. */
  readonly screenshots?: Readonly<Record<string, string>>
  /** Of a whole workspace: the templates that it has. */
  readonly templates?: unknown
}

/** Bytes of an archive at most: a template of today has some hundred kilobytes. */
const MOST_BYTES = 64 * 1024 * 1024
/** Entries of an archive at most. */
const MOST_ENTRIES = 10_000
/** What becomes part of a path; `..`, separators and hidden names are none. */
const NAME = /^[a-z][a-z0-9_]{0,39}$/
const DATA_FILE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.csv$/
const PICTURE_FILE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(png|jpe?g|webp)$/
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/
/** As many as a manifest may name. */
const MOST_PICTURES = 8

/** A template folder as one document, as it is written in files. */
export function packTemplate({ folder, manifest, definitions }: Template): PackedTemplate {
  const files = [...new Set((manifest.data ?? []).map(({ file }) => file))]
  const data = files.map((file) => [file, readFileSync(join(folder, 'data', file), 'utf8')])
  const pictures = (manifest.screenshots ?? []).map(({ file }): [string, string] => [
    file,
    readFileSync(join(folder, SCREENSHOTS, file)).toString('base64'),
  ])
  const templates = readFolderTemplates(folder)
  return {
    manifest,
    definitions: definitions.map(({ definition }) => definition),
    data: Object.fromEntries(data) as Record<string, string>,
    ...(templates === undefined ? {} : { templates }),
    ...(pictures.length === 0 ? {} : { screenshots: Object.fromEntries(pictures) }),
  }
}

export const packedText = (packed: PackedTemplate): string => formatDefinition(packed)

/**
 * Gives a template's folder to some work: itself, or where an archive is unpacked meanwhile.
 * @throws AppError META_ARCHIVE_INVALID with every problem of the archive; nothing is written then
 */
export async function withTemplateFolder<T>(path: string, work: (folder: string) => Promise<T>): Promise<T> {
  if (!existsSync(path) || !statSync(path).isFile()) return work(path)
  const archive = readPacked(path)
  const folder = mkdtempSync(join(tmpdir(), 'tenon-template-'))
  try {
    const write = (file: string, text: string | Buffer) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    write('template.json', JSON.stringify(archive.manifest))
    for (const one of archive.definitions) write(fileOf(one), JSON.stringify(one))
    for (const [file, text] of Object.entries(archive.data)) write(`data/${file}`, text)
    for (const [file, text] of Object.entries(archive.screenshots ?? {}))
      write(`${SCREENSHOTS}/${file}`, Buffer.from(text, 'base64'))
    readTemplate(folder)
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readPacked(path: string): PackedTemplate {
  if (statSync(path).size > MOST_BYTES) throw invalid('', TOO_LARGE)
  const raw = parse(readFileSync(path, 'utf8'))
  if (!isRecord(raw)) throw invalid('', { en: 'it holds no object', 'zh-CN': '内容不是对象' })
  const problems = faultsOf(raw)
  if (problems.length > 0) throw new AppError(problems)
  const { data = {} } = raw
  return { ...raw, data } as unknown as PackedTemplate
}

const TOO_LARGE: LocalText = { en: 'it is larger than 64 MB', 'zh-CN': '超过 64 MB' }

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault
    throw invalid('', noJson(fault))
  }
}

const invalid = (path: string, reason: LocalText): AppError =>
  refuse('META_ARCHIVE_INVALID', path, { params: { reason } })

/** What makes a path of an entry, or is missing; whether definitions make sense is the check's matter. */
function faultsOf(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
  const { manifest, definitions, data, screenshots } = raw
  const problems: Problem[] = []
  const fault = (path: string, reason: LocalText) =>
    problems.push(problem('META_ARCHIVE_INVALID', path, { params: { reason } }))
  if (!isRecord(manifest)) fault('/manifest', { en: 'it has no manifest', 'zh-CN': '缺少 manifest' })
  if (!Array.isArray(definitions))
    fault('/definitions', { en: 'it has no list of definitions', 'zh-CN': '缺少 definitions 列表' })
  const list: readonly unknown[] = Array.isArray(definitions) ? definitions : []
  if (list.length > MOST_ENTRIES)
    fault('/definitions', { en: 'it has more than 10,000 definitions', 'zh-CN': '定义超过 10000 个' })
  for (const [index, one] of list.slice(0, MOST_ENTRIES).entries())
    for (const key of ['kind', 'name'] as const) {
      const value = own(one, key)
      if (typeof value !== 'string' || !NAME.test(value))
        fault(pointer('definitions', index, key), { en: `the ${key} is none`, 'zh-CN': `${key} 无效` })
    }
  if (data !== undefined && !isRecord(data))
    fault('/data', { en: 'data is no object', 'zh-CN': 'data 不是对象' })
  for (const [file, text] of Object.entries(isRecord(data) ? data : {})) {
    if (!DATA_FILE.test(file))
      fault(pointer('data', file.slice(0, 80)), {
        en: 'this is no name of a CSV file in the folder data',
        'zh-CN': '不是 data 目录下的 CSV 文件名',
      })
    if (typeof text !== 'string')
      fault(pointer('data', file.slice(0, 80)), { en: 'it holds no text', 'zh-CN': '内容不是文本' })
  }
  if (screenshots !== undefined && !isRecord(screenshots))
    fault('/screenshots', { en: 'screenshots is no object', 'zh-CN': 'screenshots 不是对象' })
  const pictures = Object.entries(isRecord(screenshots) ? screenshots : {})
  if (pictures.length > MOST_PICTURES)
    fault('/screenshots', { en: 'it has more than 8 pictures', 'zh-CN': '图片超过 8 张' })
  for (const [file, text] of pictures.slice(0, MOST_PICTURES)) {
    const at = pointer('screenshots', file.slice(0, 80))
    if (!PICTURE_FILE.test(file))
      fault(at, { en: 'this is no name of a picture', 'zh-CN': '不是图片的文件名' })
    if (typeof text !== 'string' || !BASE64.test(text))
      fault(at, { en: 'it holds no base64', 'zh-CN': '内容不是 base64' })
  }
  return problems
}
