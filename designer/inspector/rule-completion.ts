/** An option of a field that rules compare it with. */
interface Choice {
  readonly name: string
  readonly label: string
}

/** A field that a rule may name, as it is written there. */
export interface NamedField {
  readonly text: string
  readonly label: string
  readonly options?: readonly Choice[]
}

/** A function of the rule language. */
export interface NamedFunction {
  readonly text: string
  readonly label: string
  readonly signature: string
}

/** All that a rule about an entity may name. */
export interface RuleNames {
  readonly fields: readonly NamedField[]
  readonly functions: readonly NamedFunction[]
}

/** Something that may stand where the caret is. */
export interface RuleOffer {
  /** What is put there. */
  readonly insert: string
  /** So many characters the caret stands before the end of it: within the brackets of a function. */
  readonly back: number
  readonly label: string
  /** How it is written, where that is not how it is called. */
  readonly detail: string
}

export interface RuleCompletion {
  /** The part of the text that an offer takes the place of. */
  readonly start: number
  readonly end: number
  readonly offers: readonly RuleOffer[]
}

/** What is offered at once. */
const MOST = 8

/** A name may have letters of any script, digits, and steps to what it points to. */
const NAME = String.raw`[\p{L}_][\p{L}\p{N}_.]*`
const WORD_BEFORE = /[\p{L}\p{N}_.]*$/u
const WORD_AFTER = /^[\p{L}\p{N}_.]*/u
/** Behind `stage =` comes one of its options; within `stage in (` several do, as in `HAS(tags,`. */
const COMPARED = [
  new RegExp(String.raw`(${NAME})\s*(?:==?|!=|<>|＝|≠)\s*$`, 'u'),
  new RegExp(String.raw`(${NAME})\s+(?:not\s+)?(?:in|属于)\s*[(（](?:[^()（）]*[,，、])?\s*$`, 'iu'),
  new RegExp(String.raw`[A-Z_]+\s*[(（]\s*(${NAME})\s*[,，]\s*(?:\{(?:[^{}]*[,，])?)?\s*$`, 'iu'),
]
const CLOSING: Readonly<Record<string, string>> = { "'": "'", '"': '"', '“': '”', '‘': '’', '「': '」' }
/** Behind a value come words that go on from it. */
const BEHIND_VALUE = /[\p{L}\p{N}_)\]}）'"”’」]\s+$/u
const BEHIND_WORD = /(?:^|[\s(（,，])(?:and|or|not|in|is|且|并且|或|或者|非|属于)\s+$/iu
const JOINING = ['and', 'or', 'in', 'not in']
const BEGINNING = ['not', 'true', 'false', 'null']

/**
 * What may be put where the caret stands in the text of a rule: options of the field that is compared, else fields,
 * functions and words that begin with what is typed, or have it in them. Pure.
 * @param isAsked whether somebody asks for all, though nothing is typed yet
 * @returns undefined where there is nothing to offer
 */
export function completionAt(
  text: string,
  caret: number,
  names: RuleNames,
  isAsked = false,
): RuleCompletion | undefined {
  if (/^\s*[{[]/.test(text)) return undefined // as it is stored, not as people write it
  const open = openText(text.slice(0, caret))
  if (open !== undefined) return optionsWithin(text, caret, open, names)
  const before = text.slice(0, caret)
  const word = WORD_BEFORE.exec(before)![0]
  const start = caret - word.length
  const end = caret + WORD_AFTER.exec(text.slice(caret))![0].length
  const options = optionsBehind(before.slice(0, start), names)
  const found = [
    ...optionOffers(options, word),
    ...(word === ''
      ? isAsked && options.length === 0
        ? ownOffers(names)
        : []
      : namedOffers(word, before.slice(0, start), names)),
  ]
  const written = text.slice(start, end)
  const isThere = found.length === 1 && found[0]!.insert === written
  if (found.length === 0 || isThere || /^\d/.test(word)) return undefined
  return { start, end, offers: found.slice(0, MOST) }
}

/** Where the text begins within which the caret stands: the place of its sign; undefined outside of any. */
function openText(before: string): number | undefined {
  let open: number | undefined
  let closing = ''
  for (const [at, sign] of [...before].entries()) {
    if (open === undefined) {
      if (CLOSING[sign] !== undefined) [open, closing] = [at, CLOSING[sign]]
    } else if (sign === closing) open = undefined
  }
  // Signs beyond the first plane count twice in a text: none of those opens one.
  return open === undefined ? undefined : [...before].slice(0, open).join('').length
}

function optionsWithin(
  text: string,
  caret: number,
  open: number,
  names: RuleNames,
): RuleCompletion | undefined {
  const options = optionsBehind(text.slice(0, open), names)
  const offers = optionOffers(options, text.slice(open + 1, caret))
  if (offers.length === 0) return undefined
  const closing = CLOSING[text[open]!]!
  const rest = WORD_AFTER.exec(text.slice(caret))![0].length
  const end = caret + rest + (text[caret + rest] === closing ? 1 : 0)
  return { start: open, end, offers: offers.slice(0, MOST) }
}

/** The options of the field that stands last, if it is being compared. */
function optionsBehind(before: string, { fields }: RuleNames): readonly Choice[] {
  for (const compared of COMPARED) {
    const name = compared.exec(before)?.[1]
    const field = fields.find(({ text, label }) => text === name || label === name)
    if (field?.options !== undefined) return field.options
  }
  return []
}

function optionOffers(options: readonly Choice[], typed: string): readonly RuleOffer[] {
  return ranked(options, typed, ({ name, label }) => [name, label]).map(({ name, label }) => ({
    ...{ insert: `'${name.replaceAll("'", "''")}'`, back: 0, label, detail: name },
  }))
}

/** The record's own fields, without those of what it points to. */
const ownOffers = ({ fields }: RuleNames): readonly RuleOffer[] =>
  fields.filter(({ text }) => !text.includes('.')).map(fieldOffer)

const fieldOffer = ({ text, label }: NamedField): RuleOffer => ({
  ...{ insert: text, back: 0, label, detail: text === label ? '' : text },
})

function namedOffers(word: string, before: string, { fields, functions }: RuleNames): readonly RuleOffer[] {
  const isDeep = word.includes('.')
  if (!isDeep && BEHIND_VALUE.test(before) && !BEHIND_WORD.test(before)) return wordOffers(JOINING, word)
  const byField = ({ text, label }: NamedField): readonly string[] => [text, label]
  const offers = (deep: boolean): readonly Named[] =>
    fields
      .filter(({ text }) => text.includes('.') === deep)
      .map((field) => ({ offer: fieldOffer(field), words: byField(field) }))
  if (isDeep) return ranked(offers(true), word, ({ words }) => words).map(({ offer }) => offer)
  const called = functions.map(({ text, label, signature }) => ({
    offer: { insert: `${text}()`, back: 1, label: signature, detail: label },
    words: [text, label],
  }))
  const begun = wordOffers(BEGINNING, word).map((offer) => ({ offer, words: [offer.insert] }))
  const all = [...offers(false), ...begun, ...called, ...offers(true)]
  return ranked(all, word, ({ words }) => words).map(({ offer }) => offer)
}

interface Named {
  readonly offer: RuleOffer
  readonly words: readonly string[]
}

const wordOffers = (words: readonly string[], typed: string): readonly RuleOffer[] =>
  words
    .filter((word) => word.startsWith(typed.toLowerCase()))
    .map((word) => ({ insert: word, back: 0, label: word, detail: '' }))

/** What begins with what is typed stands first; then what has it in it, which a single letter does not ask for. */
function ranked<T>(all: readonly T[], typed: string, wordsOf: (one: T) => readonly string[]): readonly T[] {
  const wanted = typed.toLowerCase()
  const rank = (one: T): number => {
    const words = wordsOf(one).map((word) => word.toLowerCase())
    if (words.some((word) => word.startsWith(wanted))) return 0
    return words.some((word) => word.includes(wanted)) ? 1 : 2
  }
  const ranks = /^[a-z_]$/.test(wanted) ? [0] : [0, 1]
  return ranks.flatMap((wantedRank) => all.filter((one) => rank(one) === wantedRank))
}
