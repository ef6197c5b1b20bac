import type Handlebars from 'handlebars'
import { textIn } from '../../metadata/text.ts'
import type { MessageDefinition } from '../../metadata/types.ts'
import {
  BLOCK_HELPERS,
  handlebars,
  parseTemplate,
  type TemplateOptions,
  VALUE_HELPERS,
} from '../model/kinds/message-template.ts'
import { htmlOf } from './html.ts'
import { isFilled, itemsOf, type Places, toInput } from './places.ts'

/** A message ready to be sent. */
export interface RenderedMessage {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const MAX_SUBJECT = 200
const MAX_KEPT = 500

/**
 * Fills a message in one language. What is filled in is text: in the HTML it is escaped, addresses become links.
 * @throws Error for a template that the check refuses
 */
export function renderMessage(
  { subject, body }: Pick<MessageDefinition, 'subject' | 'body'>,
  language: string,
  places: Places,
): RenderedMessage {
  const input = toInput(places)
  const text = fillTemplate(textIn(body, language, ''), input).trim()
  // A line break in a subject would begin another header.
  const line = fillTemplate(textIn(subject, language, ''), input).replace(/[\s\p{Cc}]+/gu, ' ')
  return { subject: line.trim().slice(0, MAX_SUBJECT), text, html: htmlOf(text, language) }
}

let engine: typeof Handlebars | undefined

/** A handlebars of our own: nothing but the helpers of the list. */
function createEngine(): typeof Handlebars {
  const own = handlebars().create()
  for (const name of Object.keys(own.helpers)) if (!name.endsWith('Missing')) own.unregisterHelper(name)
  own.registerHelper(
    'if',
    function (this: unknown, value: unknown, { fn, inverse }: Handlebars.HelperOptions) {
      return isFilled(value) ? fn(this) : inverse(this)
    },
  )
  own.registerHelper('unless', function (this: unknown, value: unknown, options: Handlebars.HelperOptions) {
    return isFilled(value) ? options.inverse(this) : options.fn(this)
  })
  own.registerHelper('each', function (this: unknown, value: unknown, options: Handlebars.HelperOptions) {
    const items = itemsOf(value)
    return items.length === 0 ? options.inverse(this) : items.map((item) => options.fn(item)).join('')
  })
  own.registerHelper('or_else', (value: unknown, other: unknown) => (isFilled(value) ? value : other))
  return own
}

const KNOWN = Object.fromEntries(
  ['with', 'log', 'lookup', 'helperMissing', 'blockHelperMissing']
    .map((name): [string, boolean] => [name, false])
    .concat([...BLOCK_HELPERS, 'each', ...VALUE_HELPERS].map((name) => [name, true])),
)

const kept = new Map<string, HandlebarsTemplateDelegate>()

/** A checked template filled with places. @throws Error for one that the check refuses */
export function fillTemplate(template: string, input: object, options: TemplateOptions = {}): string {
  const key = `${options.takesLists === true} ${template}`
  let filled = kept.get(key)
  if (filled === undefined) {
    const [fault] = parseTemplate(template, options).faults
    if (fault !== undefined) throw new Error(fault.en)
    engine ??= createEngine()
    filled = engine.compile(template, { noEscape: true, knownHelpersOnly: true, knownHelpers: KNOWN })
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(key, filled)
  }
  return filled(input, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false })
}
