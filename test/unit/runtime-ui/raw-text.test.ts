import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { parseSync } from 'vite'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Properties whose words people read or hear. */
const READ = new Set([
  ...['title', 'alt', 'placeholder', 'label', 'text', 'description', 'okText', 'cancelText', 'summary'],
  ...['aria-label', 'aria-description', 'aria-placeholder', 'aria-roledescription', 'aria-valuetext'],
])
/** What is the same in every language: names, keys, colours, code. */
const NAMES =
  /^(Tenon|English|中文|Esc|Space|tab|JSON|CSV|PDF|UTC|F1|https?:\/\/\S*|#[0-9a-f]{6}|HH:MM.*|YYYY.*|\{ ".*|<[a-z].*)$/s

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
const childrenOf = (node: Node): readonly Node[] => Object.values(node).flat().filter(isNode)

/** The words of an expression that are written out, whichever of them is shown. */
function wordsOf(node: unknown): readonly string[] {
  if (!isNode(node)) return []
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : []
  if (node.type === 'TemplateLiteral')
    return [(node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join(' ')]
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap(wordsOf)
  if (node.type === 'LogicalExpression') return [node.left, node.right].flatMap(wordsOf)
  if (node.type === 'JSXExpressionContainer') return wordsOf(node.expression)
  return []
}

/** What is shown at a place of a component. */
function shownAt(node: Node): readonly string[] {
  if (node.type === 'JSXText') return [String(node.value)]
  if (node.type === 'JSXElement' || node.type === 'JSXFragment')
    return (node.children as readonly Node[]).flatMap(wordsOf)
  const isRead = node.type === 'JSXAttribute' && READ.has(String((node.name as Node).name))
  return isRead ? wordsOf(node.value) : []
}

/** Words that stand in a component instead of among the texts. */
function rawTexts(path: string, source: string): readonly string[] {
  const { program, errors } = parseSync(path, source)
  expect(errors, path).to.deep.equal([])
  const look = (node: Node): readonly string[] => {
    const raw = shownAt(node)
      .map((text) => text.replace(/\s+/g, ' ').trim())
      .filter((text) => /\p{L}{2}/u.test(text) && !NAMES.test(text))
    const line = source.slice(0, node.start).split('\n').length
    return [...raw.map((text) => `${path}:${line} ${text}`), ...childrenOf(node).flatMap(look)]
  }
  return look(program as unknown as Node)
}

const components = ['runtime-ui', 'designer', 'plugins'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tsx') && !/kit-page|node_modules/.test(path))
    .map((path) => join(folder, path)),
)

describe('a component', () => {
  it('says nothing that is not among the texts', () => {
    expect(components.length).to.be.above(300)
    const raw = components.flatMap((path) => rawTexts(path, readFileSync(join(ROOT, path), 'utf8')))
    expect(raw).to.deep.equal([])
  })

  it('would be found to', () => {
    const source = [
      '<p>Hello there</p>',
      '<p>{"Hello there"}</p>',
      '<input placeholder="Your name" />',
      '<a title={on ? "On now" : t("off")}>{t("key.of.text")}</a>',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source
      '<p>{`${count} records`}</p>',
      '<p className="two words">{t("key.of.text")} · {name}</p>',
    ]
    const found = source.map((jsx) => rawTexts('x.tsx', `const x = ${jsx}`).length)
    expect(found).to.deep.equal([1, 1, 1, 1, 1, 0])
  })
})
