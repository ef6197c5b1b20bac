import { OPERATORS } from '../../metadata/rules/catalogue.ts'
import type { OperatorFamily, RuleOperator } from '../../metadata/rules/operator.ts'
import { SAMPLE_BEFORE, SAMPLE_RECORD } from '../../metadata/rules/sample.ts'
import { signatureText, textName } from '../../metadata/rules/signature-text.ts'
import { printRule } from '../../metadata/rules/text/print-rule.ts'

const FAMILIES: { readonly [F in OperatorFamily]: string } = {
  logic: 'Logic · 逻辑',
  comparison: 'Comparison · 比较',
  arithmetic: 'Numbers · 数字',
  text: 'Text · 文本',
  date: 'Dates and durations · 日期与时长',
  list: 'Lists of a field · 列表字段',
  relation: 'Lists of records, and what is made of lists · 关联记录与列表',
  change: 'Changes · 变更',
}

/** The parts of docs/rules.md that come from the catalogue, by the name of their place. */
export function rulesParts(): ReadonlyMap<string, string> {
  return new Map([
    ['sample', sample()],
    ['overview', overview()],
    ['operators', (Object.keys(FAMILIES) as OperatorFamily[]).map(family).join('\n')],
  ])
}

function sample(): string {
  const changed = Object.entries(SAMPLE_BEFORE).filter(
    ([key, value]) => SAMPLE_RECORD[key as keyof typeof SAMPLE_RECORD] !== value,
  )
  const before = changed.map(([key, value]) => `\`${key}\` was \`${JSON.stringify(value)}\``).join(', ')
  return `\`\`\`json\n${JSON.stringify(SAMPLE_RECORD, null, 2)}\n\`\`\`\n\nStored before the write: ${before}.\n`
}

function overview(): string {
  const lines = (Object.entries(FAMILIES) as [OperatorFamily, string][]).map(([name, title]) => {
    const names = operatorsOf(name).map((operator) => `[\`${textName(operator)}\`](#${anchorOf(operator)})`)
    return `- ${title}: ${names.join(' ')}\n`
  })
  return lines.join('')
}

function operatorsOf(name: OperatorFamily): readonly RuleOperator[] {
  return [...OPERATORS.values()].filter((operator) => operator.family === name)
}

function headingOf(operator: RuleOperator): string {
  return `\`${textName(operator)}\` ${operator.label.en} · ${operator.label['zh-CN']}`
}

/** The anchor that Markdown gives a heading: lower case, blanks as hyphens, without punctuation. */
function anchorOf(operator: RuleOperator): string {
  const plain = headingOf(operator)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
  return plain.trim().replaceAll(' ', '-')
}

function family(name: OperatorFamily): string {
  return `### ${FAMILIES[name]}\n\n${operatorsOf(name).map(section).join('\n')}`
}

function section(operator: RuleOperator): string {
  const { description, nullBehaviour, aliases = [], engineOnly } = operator
  const others = aliases.filter((alias) => alias.toUpperCase() !== textName(operator).toUpperCase())
  const lines = [
    `#### ${headingOf(operator)}\n`,
    `\`${signatureText(operator, 'en')}\` · JSON Logic \`${operator.name}\`` +
      (others.length === 0
        ? '\n'
        : ` · also ${others.map((alias) => `\`${alias.toUpperCase()}\``).join(', ')}\n`),
    `${escapeText(description.en)} *Null:* ${escapeText(nullBehaviour.en)}\n`,
    `${escapeText(description['zh-CN'])}*空值：*${escapeText(nullBehaviour['zh-CN'])}\n`,
    ...(engineOnly === undefined
      ? []
      : [
          `Not in filters and rights: ${escapeText(engineOnly.en)} 不能用于筛选与权限：${escapeText(engineOnly['zh-CN'])}\n`,
        ]),
    `\`\`\`\n${operator.examples.map(example).join('\n')}\n\`\`\`\n`,
  ]
  return lines.join('\n')
}

function example({ rule, value }: RuleOperator['examples'][number]): string {
  return `${printRule(rule)} → ${JSON.stringify(value)}\n    ${JSON.stringify(rule)}`
}

function escapeText(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll('_', '\\_')
}
