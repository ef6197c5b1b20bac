import type Handlebars from 'handlebars'
import type { LocalText } from '../../errors.ts'
import { lazyPackage } from '../../lazy-package.ts'

export const handlebars = lazyPackage<typeof Handlebars>('handlebars')

/** The only helpers that a message may call: two blocks, and one value with another in its place. */
export const BLOCK_HELPERS: ReadonlySet<string> = new Set(['if', 'unless'])
export const VALUE_HELPERS: ReadonlySet<string> = new Set(['or_else'])

/** A place of a template that is filled with a value. */
export interface TemplatePath {
  /** Such as `account.region`. */
  readonly path: string
  /** Where it stands in the text, in UTF-16 units. */
  readonly offset: number
}

/** A part that is filled once for each of some related records. */
export interface TemplateList extends Omit<TemplatePath, 'path'> {
  /** The relation, such as `lines`. */
  readonly name: string
  /** Paths of the related record that it mentions. */
  readonly paths: readonly TemplatePath[]
}

export interface TemplateOptions {
  /** Whether `{{#each lines}}` may stand there. */
  readonly takesLists?: boolean
}

export interface ParsedTemplate {
  readonly lists: readonly TemplateList[]
  readonly paths: readonly TemplatePath[]
  /** What is wrong with it, in words. */
  readonly faults: readonly LocalText[]
}

const PATH = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,3}$/
const LIST = /^[a-z][a-z0-9_]*$/
const MAX_DEPTH = 20
const EACH = 'each'

/**
 * Takes a handlebars text apart without running it: the paths that it mentions, and everything that a message may
 * not do (partials, decorators, helpers that are not on the list).
 */
export function parseTemplate(text: string, { takesLists = false }: TemplateOptions = {}): ParsedTemplate {
  const paths: TemplatePath[] = []
  const lists: TemplateList[] = []
  const faults: LocalText[] = []
  try {
    walk(handlebars().parse(text), { text, paths, faults, depth: 0, ...(takesLists ? { lists } : {}) })
  } catch (error) {
    faults.push(syntaxFault(error))
  }
  return { paths, lists, faults }
}

interface Walk {
  readonly text: string
  readonly paths: TemplatePath[]
  readonly faults: LocalText[]
  readonly depth: number
  /** Where lists go; absent where none may stand, as within one. */
  readonly lists?: TemplateList[]
}

function walk(program: hbs.AST.Program, walkState: Walk): void {
  if (walkState.depth > MAX_DEPTH) {
    walkState.faults.push({ en: 'blocks are nested too deep', 'zh-CN': '块嵌套过深' })
    return
  }
  for (const statement of program.body) walkStatement(statement, walkState)
}

function walkStatement(statement: hbs.AST.Statement, state: Walk): void {
  if (statement.type === 'ContentStatement' || statement.type === 'CommentStatement') return
  if (statement.type === 'MustacheStatement') walkMustache(statement as hbs.AST.MustacheStatement, state)
  else if (statement.type === 'BlockStatement') walkBlock(statement as hbs.AST.BlockStatement, state)
  else {
    state.faults.push({
      en: 'only {{places}} and {{#if}} or {{#unless}} blocks may be used',
      'zh-CN': '只能使用 {{占位符}} 以及 {{#if}}、{{#unless}} 块',
    })
  }
}

function walkMustache(statement: hbs.AST.MustacheStatement, state: Walk): void {
  if (statement.params.length === 0 && statement.hash === undefined) takePath(statement.path, state)
  else checkHelper(statement, VALUE_HELPERS, 2, state)
}

function walkBlock(block: hbs.AST.BlockStatement, state: Walk): void {
  if (state.lists !== undefined && nameOf(block) === EACH) {
    walkList(block, state, state.lists)
    return
  }
  checkHelper(block, BLOCK_HELPERS, 1, state)
  const inner = { ...state, depth: state.depth + 1 }
  if (block.program !== undefined) walk(block.program, inner)
  if (block.inverse !== undefined) walk(block.inverse, inner)
}

/** The records of a relation, each as if the template were about it. */
function walkList(block: hbs.AST.BlockStatement, state: Walk, lists: TemplateList[]): void {
  const [param] = block.params
  const { original = '', data, depth } = (param ?? {}) as Partial<hbs.AST.PathExpression>
  const isName = param?.type === 'PathExpression' && !data && depth === 0 && LIST.test(original)
  const isNamed = (block.program.blockParams ?? []).length > 0
  if (!isName || isNamed || block.params.length !== 1 || block.hash !== undefined)
    state.faults.push({
      en: '“each” takes the name of one relation',
      'zh-CN': '“each”需要一个关联的名称',
    })
  const { lists: _none, ...outer } = state
  const paths: TemplatePath[] = []
  if (isName) lists.push({ name: original, offset: offsetOf(state.text, param.loc.start), paths })
  walk(block.program, { ...outer, paths, depth: state.depth + 1 })
  if (block.inverse !== undefined) walk(block.inverse, { ...state, depth: state.depth + 1 })
}

function nameOf({ path }: hbs.AST.MustacheStatement | hbs.AST.BlockStatement): string {
  return String((path as hbs.AST.PathExpression).original ?? '').slice(0, 40)
}

function checkHelper(
  statement: hbs.AST.MustacheStatement | hbs.AST.BlockStatement,
  allowed: ReadonlySet<string>,
  count: number,
  state: Walk,
): void {
  const name = nameOf(statement)
  const { params, hash } = statement
  if (!allowed.has(name)) {
    const lists = state.lists === undefined ? [] : [EACH]
    const known = [...BLOCK_HELPERS, ...lists, ...VALUE_HELPERS].join(', ')
    state.faults.push({
      en: `there is no helper “${name}” (there are ${known})`,
      'zh-CN': `没有名为“${name}”的助手（可用：${known}）`,
    })
    return
  }
  if (params.length !== count || hash !== undefined) {
    state.faults.push({
      en: `“${name}” takes ${count} value${count === 1 ? '' : 's'}`,
      'zh-CN': `“${name}”需要 ${count} 个值`,
    })
  }
  for (const param of params) if (!isLiteral(param)) takePath(param, state)
}

function isLiteral({ type }: hbs.AST.Expression): boolean {
  return type === 'StringLiteral' || type === 'NumberLiteral'
}

function takePath(expression: hbs.AST.Expression, state: Walk): void {
  const { original, data, depth } = expression as hbs.AST.PathExpression
  if (expression.type === 'PathExpression' && !data && depth === 0 && PATH.test(original)) {
    state.paths.push({ path: original, offset: offsetOf(state.text, expression.loc.start) })
    return
  }
  const written = String(original ?? '').slice(0, 40)
  state.faults.push({
    en: `“${written}” is no name of a value`,
    'zh-CN': `“${written}”不是有效的值名称`,
  })
}

function offsetOf(text: string, { line, column }: hbs.AST.Position): number {
  let begin = 0
  for (let passed = 1; passed < line; passed++) begin = text.indexOf('\n', begin) + 1
  return begin + column
}

/** The first line of the parser's words tells where; the rest is a drawing. */
function syntaxFault(error: unknown): LocalText {
  const line = /line (\d+)/.exec(error instanceof Error ? error.message : '')?.[1] ?? '1'
  return {
    en: `line ${line} cannot be read: a {{place}} or block is not closed or not written rightly`,
    'zh-CN': `第 ${line} 行无法解析：占位符或块未闭合，或书写有误`,
  }
}

/** Why a path is refused that goes on behind a field which is no lookup to one entity. */
export function nowhere(path: string): LocalText {
  return { en: `“${path}” leads nowhere`, 'zh-CN': `“${path}”没有对应的字段` }
}
