import { textIn } from '../../../metadata/text.ts'
import type { DocumentDefinition } from '../../../metadata/types.ts'
import type { Language } from '../../errors.ts'
import { type Places, toInput } from '../places.ts'
import { fillTemplate } from '../render.ts'
import { type Block, escapeMarkup, parseMarkup } from './markup.ts'

/** A document filled in, not yet printed. */
export interface Composed {
  /** One line: the name of the file, without its ending. */
  readonly title: string
  readonly language: Language
  readonly paper: 'a4' | 'letter'
  /** On which pages the workspace's logo stands. */
  readonly logo: NonNullable<DocumentDefinition['logo']>
  readonly blocks: readonly Block[]
}

const MOST_TITLE = 200

/**
 * Fills a document in one language. What is filled in is text: nothing in a value is taken for markup.
 * @throws Error for a template that the check refuses
 */
export function composeDocument(
  {
    title,
    body,
    paper = 'a4',
    logo = 'every_page',
  }: Pick<DocumentDefinition, 'title' | 'body' | 'paper' | 'logo'>,
  language: Language,
  places: Places,
): Composed {
  const line = fillTemplate(textIn(title, language, ''), toInput(places)).replace(/[\s\p{Cc}]+/gu, ' ')
  const text = fillTemplate(textIn(body, language, ''), toInput(escaped(places)), { takesLists: true })
  return { title: line.trim().slice(0, MOST_TITLE), language, paper, logo, blocks: parseMarkup(text) }
}

function escaped(places: Places): Places {
  return Object.fromEntries(
    Object.entries(places).map(([name, { behind, items, ...place }]) => [
      name,
      {
        ...place,
        text: escapeMarkup(place.text),
        ...(behind === undefined ? {} : { behind: escaped(behind) }),
        ...(items === undefined ? {} : { items: items.map(escaped) }),
      },
    ]),
  )
}
