/** Keys with what they say. */
export type Texts = Readonly<Record<string, string>>

/** The parts of the pages that have texts of their own, and with that the names of the files in a language's folder. */
export type TextPart = 'pages' | 'designer' | 'brand' | 'help' | 'requests' | 'tour'

const FILES: Readonly<Record<string, () => Promise<Texts>>> =
  import.meta.env === undefined
    ? {}
    : import.meta.glob<Texts>('../../languages/*/{pages,designer,brand,help,requests,tour}.json', {
        import: 'default',
      })

/** Brings the texts of a part in a language from its file; undefined where there is none. */
export const foundTexts = (tag: string, part: TextPart): (() => Promise<Texts>) | undefined =>
  FILES[`../../languages/${tag}/${part}.json`]
