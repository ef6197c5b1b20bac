import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { TemplateManifest, TemplateParameter } from '../../metadata/types.ts'
import { AppError, type LocalText, type Problem, problem } from '../errors.ts'
import type { Definition } from '../model/compiled.ts'
import { pointer } from '../model/pointer.ts'
import type { Registry } from '../registry/registry.ts'
import { type Answers, answerFault, answersOf } from './answers.ts'
import { eachOf, type Filling, fillIn, fillingOf, fillText, listOf, RESERVED_NAMES } from './fill-in.ts'
import type { Template, TemplateDefinition } from './read-template.ts'

type DataFile = NonNullable<TemplateManifest['data']>[number]

/** A template with the answers in its definitions; its data takes them as it is loaded. */
export interface AnsweredTemplate extends Template {
  readonly answers: Answers
  readonly read: Filling['read']
}

export interface Answering {
  /** As sent, by the names of parameters. */
  readonly given?: Readonly<Record<string, unknown>> | undefined
  /** Those of the install before. */
  readonly kept?: Answers | undefined
}

/**
 * Puts the answers to what a template asks into its definitions.
 * @throws AppError with every problem of the answers, below `/answers`
 */
export function answerTemplate(
  template: Template,
  registry: Pick<Registry, 'search'>,
  { given, kept }: Answering = {},
): AnsweredTemplate {
  const { parameters = [] } = template.manifest
  const answers = answersOf(parameters, given, kept)
  const read = (run: string) => [...run].map((one) => registry.search().soundOf(one) ?? '')
  if (parameters.length === 0) return { ...template, answers, read }
  const filling = fillingOf(parameters, answers, { read, fault: impossible })
  const definitions = template.definitions.map((one) => ({ ...one, definition: filled(one, filling) }))
  return { ...template, definitions, answers, read }
}

const filled = ({ definition }: TemplateDefinition, filling: Filling): Definition =>
  fillIn(definition, filling, '') as Definition

/** Places were looked at when the template was read. */
const impossible = (fault: Problem): never => {
  throw new AppError(fault)
}

/** What is wrong with what a template asks, and with the places where answers go. */
export function parameterFaults(
  folder: string,
  { parameters = [], data = [] }: TemplateManifest,
  definitions: readonly TemplateDefinition[],
): readonly Problem[] {
  const problems = parameters.flatMap((one, index) => declarationFaults(one, index, parameters))
  if (parameters.length === 0) return [...problems, ...data.flatMap((one, at) => orphanEach(one, at))]
  for (const { definition, file } of definitions)
    fillIn(
      definition,
      sampled(parameters, (fault) => problems.push(inFile(fault, file))),
      '',
    )
  for (const [index, { file, each }] of data.entries()) {
    const filling = sampled(parameters, (fault) => problems.push(inFile(fault, `data/${file}`)))
    const at = `template.json#${pointer('data', index, 'each')}`
    const listing = { ...filling, fault: (fault: Problem) => problems.push(fault) }
    const [one] = each === undefined ? [filling] : eachOf(listOf(each, listing, at), filling)
    if (one !== undefined) fillText(textOf(folder, file), one, { at: '', isText: true })
  }
  return problems
}

function orphanEach({ each }: DataFile, index: number): readonly Problem[] {
  if (each === undefined) return []
  const at = `template.json#${pointer('data', index, 'each')}`
  return [problem('TEMPLATE_PARAMETER_UNKNOWN', at, { params: { name: each } })]
}

/** A file that is missing is told elsewhere. */
function textOf(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, 'data', file), 'utf8')
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw fault
  }
}

const inFile = (fault: Problem, file: string): Problem => ({ ...fault, path: `${file}#${fault.path}` })

const SAMPLES: { readonly [T in TemplateParameter['type']]: Answers[string] } = {
  ...{ text: 'x', integer: 1, select: 'x', boolean: true, list: ['x'], color: '#000000' },
}

function sampled(parameters: readonly TemplateParameter[], fault: Filling['fault']): Filling {
  const answers = Object.fromEntries(parameters.map(({ name, type }) => [name, SAMPLES[type]]))
  return fillingOf(parameters, answers, { fault, read: () => [] })
}

function declarationFaults(
  parameter: TemplateParameter,
  index: number,
  all: readonly TemplateParameter[],
): Problem[] {
  const { name, type, options } = parameter
  const problems: Problem[] = []
  const fault = (key: string, reason: LocalText) => {
    const path = `template.json#${pointer('parameters', index, key)}`
    problems.push(problem('TEMPLATE_PARAMETER_INVALID', path, { params: { name, reason } }))
  }
  if (RESERVED_NAMES.includes(name))
    fault('name', { en: 'this name stands for the entries of a list', 'zh-CN': '此名称代表列表中的各项' })
  if (all.findIndex((one) => one.name === name) !== index)
    fault('name', { en: 'another parameter has this name', 'zh-CN': '已有同名参数' })
  if ((type === 'select') !== (options !== undefined))
    fault('options', { en: 'a select has options, and no other type', 'zh-CN': '仅 select 须列出 options' })
  const unfit = parameter.default === undefined ? undefined : answerFault(parameter, parameter.default)
  if (unfit !== undefined) fault('default', unfit)
  return problems
}

/**
 * Gives the folder of a template's data to some work: itself, or one in which the answers stand in the files meanwhile.
 * The same answers make the same bytes, by which a second install knows what was loaded.
 */
export async function withAnsweredData<T>(
  template: AnsweredTemplate,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const { manifest, answers, read } = template
  const { parameters = [], data = [] } = manifest
  const source = join(template.folder, 'data')
  if (parameters.length === 0 || data.length === 0) return work(source)
  const folder = mkdtempSync(join(tmpdir(), 'tenon-data-'))
  const filling = fillingOf(parameters, answers, { read, fault: impossible })
  try {
    for (const one of data) await fillFile(join(source, one.file), join(folder, one.file), one, filling)
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Cell by cell, so that an answer with a comma or a quote stays in its own. */
async function fillFile(from: string, to: string, { each }: DataFile, filling: Filling): Promise<void> {
  const { parse } = await import('csv-parse')
  const { stringify } = await import('csv-stringify')
  const fillings = each === undefined ? [filling] : eachOf(listOf(each, filling, ''), filling)
  const spot = { at: '', isText: true }
  await pipeline(
    createReadStream(from),
    parse({ bom: true, relax_column_count: true }),
    async function* rows(source: AsyncIterable<string[]>) {
      let isHeader = true
      for await (const row of source) {
        if (isHeader) yield row
        else for (const one of fillings) yield row.map((cell) => fillText(cell, one, spot))
        isHeader = false
      }
    },
    stringify(),
    createWriteStream(to),
  )
}
