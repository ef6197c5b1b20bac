import { OPERATORS } from './catalogue.ts'
import { AMBIENT_WORDS, durationWords, periodWord, type SentenceLanguage, WORDS } from './sentence-words.ts'
import type { TypedCall, TypedList, TypedLiteral, TypedPath, TypedRule } from './types.ts'

/** What people call the things that a rule names, in the language of the sentence. */
export interface RuleNames {
  /** The label of the field at a path. */
  field(path: readonly string[]): string
  /** The label of an option of the field at a path. */
  option(path: readonly string[], option: string): string
  /** The title of a record, where it is known. */
  record?(id: string): string | undefined
  /** The names of the records of a list. */
  items?(path: readonly string[]): RuleNames | undefined
  /** The names of the actor's fields and of the settings. */
  of?(origin: 'actor' | 'settings'): RuleNames | undefined
}

interface Writing {
  readonly names: RuleNames
  /** Those of the rule's own record, wherever in a list the part stands. */
  readonly root: RuleNames
  readonly language: SentenceLanguage
}

/** Items of a list that are written out; of longer lists the first ones and the number of all. */
const LISTED = 6

/** A checked rule as a plain sentence without a full stop: “Stage is Won and Amount is above 100”. */
export function describeRule(typed: TypedRule, names: RuleNames, language: SentenceLanguage): string {
  return condition(typed, { names, root: names, language })
}

/** A part as a condition: a bare yes-or-no field says which of the two. */
function condition(part: TypedRule, writing: Writing): string {
  const isBare = nameIn(part) !== undefined || part.kind === 'ambient' || part.kind === 'fallback'
  if (!isBare || part.type !== 'boolean') return phrase(part, writing)
  return fill(sentence('==', writing), [phrase(part, writing), WORDS.yes[writing.language]])
}

/** The name that stands there, be it a field's or one that is short for more. */
const nameIn = (part: TypedRule): TypedPath | undefined =>
  part.kind === 'path' ? part : part.kind === 'call' ? part.written : undefined

/** Where a part gets its values from, if they are options. */
type Offering = Pick<TypedPath, 'path' | 'from'>

const ROLES: Offering = { path: ['actor', 'roles'], from: 'actor' }

function offeringOf(part: TypedRule): Offering | undefined {
  if (part.kind === 'ambient') return part.name === 'actor.roles' ? ROLES : undefined
  const name = nameIn(part)
  return name?.options === undefined ? undefined : name
}

/** A part as a noun or clause; `options` is the field whose options its literals are. */
function phrase(part: TypedRule, writing: Writing, options?: Offering): string {
  const { language } = writing
  switch (part.kind) {
    case 'literal':
      return literal(part, writing, options)
    case 'list':
      return list(part, writing, options)
    case 'path':
      return pathPhrase(part, writing)
    case 'ambient':
      return AMBIENT_WORDS[part.name][language]
    case 'fallback': {
      const parts = [phrase(part.value, writing), literal(part.instead, writing, undefined)]
      return fill(WORDS.fallback[language], parts)
    }
    case 'item':
      return WORDS.item[language]
    case 'call':
      return part.written === undefined ? call(part, writing) : pathPhrase(part.written, writing)
  }
}

function optionPhrase({ path, from }: Offering, option: string, { names, root }: Writing): string {
  if (from === undefined) return names.option(path, option)
  const inner = path.slice(1)
  if (from === 'record' || from === 'before') return root.option(inner, option)
  return root.of?.(from)?.option(inner, option) ?? option
}

function pathPhrase({ path, from }: TypedPath, { names, root, language }: Writing): string {
  if (from === undefined) return names.field(path)
  const inner = path.slice(1)
  if (from === 'record') return root.field(inner)
  if (from === 'before') return fill(WORDS.before[language], [root.field(inner)])
  const called = root.of?.(from)?.field(inner) ?? inner.join('.')
  return fill((from === 'actor' ? WORDS.actor : WORDS.setting)[language], [called])
}

/** A list and what is said of its items, which have names of their own. */
function eachPhrase(part: TypedCall, writing: Writing): string {
  const [list, body] = part.arguments
  const within = { ...writing, names: itemNames(list!, writing) ?? writing.names }
  const said = body!.type === 'boolean' ? condition(body!, within) : phrase(body!, within)
  return fill(sentence(part.operator, writing), [phrase(list!, writing), said])
}

function itemNames(list: TypedRule, writing: Writing): RuleNames | undefined {
  if (list.kind === 'call') return itemNames(list.arguments[0]!, writing)
  if (list.kind !== 'path') return undefined
  const { path, from } = list
  return from === 'record' ? writing.root.items?.(path.slice(1)) : writing.names.items?.(path)
}

function call(part: TypedCall, writing: Writing): string {
  const { operator, arguments: args } = part
  const special = SPECIAL[operator]?.(args, writing)
  if (special !== undefined) return special
  const { signature } = OPERATORS.get(operator)!
  if (signature.shape === 'each') return eachPhrase(part, writing)
  const { language } = writing
  const { joiner, sentence: written, dateSentence } = OPERATORS.get(operator)!
  const asked = args.map(offeringOf).find((offering) => offering !== undefined)
  const isLogic = operator === 'and' || operator === 'or'
  const parts = args.map((arg, index) => {
    const slot = signature.shape === 'fixed' ? signature.slots[index] : undefined
    if (slot?.kind === 'choice' && arg.kind === 'literal') return periodWord(String(arg.value), language)
    const text = isLogic ? condition(arg, writing) : phrase(arg, writing, asked)
    return needsBrackets(arg, part) ? `${BRACKETS[language][0]}${text}${BRACKETS[language][1]}` : text
  })
  if (joiner !== undefined) return parts.join(joiner[language])
  if (written.en.includes('{list}')) {
    return written[language].replace('{list}', () => parts.join(WORDS.listComma[language]))
  }
  const isDate = args.some((arg) => arg.type === 'date' || arg.type === 'datetime')
  if (parts.length === 3 && dateSentence !== undefined) return parts.join(` ${operator} `)
  return fill((isDate && dateSentence !== undefined ? dateSentence : written)[language], parts)
}

const BRACKETS: { readonly [L in SentenceLanguage]: readonly [string, string] } = {
  en: ['(', ')'],
  'zh-CN': ['（', '）'],
}

/** Clauses where a noun is due, sums in products, “or” in “and” stand in brackets. */
function needsBrackets(arg: TypedRule, parent: TypedCall): boolean {
  if (arg.kind !== 'call' || arg.written !== undefined) return false
  const outer = OPERATORS.get(parent.operator)!
  const isJoined = OPERATORS.get(arg.operator)!.joiner !== undefined && arg.arguments.length > 1
  if (outer.joiner !== undefined && outer.family === 'logic')
    return isJoined && arg.operator !== parent.operator
  if (arg.type === 'boolean' || arg.operator === 'if') return true
  return (
    outer.family === 'arithmetic' && isJoined && (arg.operator !== parent.operator || arg.operator === '-')
  )
}

/** Calls that read better in words of their own; undefined leaves it to the operator's sentence. */
const SPECIAL: Readonly<
  Record<string, (args: readonly TypedRule[], writing: Writing) => string | undefined>
> = {
  '==': (args, writing) => nullTest('empty', args, writing),
  '!=': (args, writing) => nullTest('not_empty', args, writing),
  '!': ([part], writing) => negation(part!, writing),
  '!!': ([part], writing) => (part!.type === 'boolean' ? condition(part!, writing) : undefined),
  '-': (args, writing) => (args.length === 1 ? `−${phrase(args[0]!, writing)}` : undefined),
  if: branches,
  in: ([needle, where], writing) => {
    if (where!.kind === 'list') return undefined
    const name = where!.type === 'text' ? 'contains' : 'has'
    return fill(sentence(name, writing), [
      phrase(where!, writing),
      phrase(needle!, writing, offeringOf(where!)),
    ])
  },
}

function nullTest(
  operator: 'empty' | 'not_empty',
  args: readonly TypedRule[],
  writing: Writing,
): string | undefined {
  const isNull = (part: TypedRule) => part.kind === 'literal' && part.value === null
  const other = args.find((part) => !isNull(part))
  if (other === undefined || !args.some(isNull)) return undefined
  return fill(sentence(operator, writing), [phrase(other, writing)])
}

function negation(part: TypedRule, writing: Writing): string {
  const { language } = writing
  const inner = phrase(part, writing)
  if (part.type !== 'boolean') return fill(sentence('empty', writing), [inner])
  if (part.kind !== 'call' || part.written !== undefined)
    return fill(sentence('==', writing), [inner, WORDS.no[language]])
  return fill(sentence('!', writing), [`${BRACKETS[language][0]}${inner}${BRACKETS[language][1]}`])
}

function branches(args: readonly TypedRule[], writing: Writing): string {
  const { language } = writing
  const parts: string[] = []
  for (let at = 0; at + 1 < args.length; at += 2) {
    parts.push(fill(sentence('if', writing), [condition(args[at]!, writing), phrase(args[at + 1]!, writing)]))
  }
  if (args.length % 2 === 1) parts.push(fill(WORDS.otherwise[language], [phrase(args.at(-1)!, writing)]))
  return parts.join(WORDS.comma[language])
}

function literal(part: TypedLiteral, writing: Writing, options: Offering | undefined): string {
  const { language, names } = writing
  const { type, value } = part
  if (value === null) return WORDS.nothing[language]
  if (typeof value === 'boolean') return (value ? WORDS.yes : WORDS.no)[language]
  if (type === 'text') return options === undefined ? `“${value}”` : optionPhrase(options, value, writing)
  if (type === 'id') return names.record?.(value) ?? value
  if (type === 'number') return inThousands(value)
  return type === 'duration' ? durationWords(value, language) : value
}

/** A long number as both languages write it: 200,000. Four digits stay together, they may be a year. */
function inThousands(value: string): string {
  const [whole = '', ...rest] = value.split('.')
  if (!/^-?\d{5,}$/.test(whole)) return value
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.')
}

function list(part: TypedList, writing: Writing, options: Offering | undefined): string {
  const { language } = writing
  const shown = part.values.slice(0, LISTED).map((value) => {
    return literal({ kind: 'literal', type: part.type, value }, writing, options)
  })
  if (part.holdsNull) shown.push(WORDS.nothing[language])
  if (part.values.length > LISTED) shown.push(WORDS.more[language].replace('{n}', String(part.values.length)))
  return shown.length === 0 ? WORDS.noValues[language] : shown.join(WORDS.listComma[language])
}

function sentence(operator: string, writing: Writing): string {
  return OPERATORS.get(operator)!.sentence[writing.language]
}

function fill(pattern: string, parts: readonly string[]): string {
  return pattern.replace(/\{(\d)\}/g, (_, index: string) => parts[Number(index)] ?? '')
}
