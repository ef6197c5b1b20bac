import type { Problem } from '../errors.ts'

/**
 * Search as the record layer needs it: tokens are written with the record, a question becomes token sets.
 * A record matches a question when, for every word, all tokens of at least one alternative are present.
 */
export interface SearchPort {
  /** The distinct tokens of a record's searchable texts, at most a few hundred. */
  tokensOf(texts: readonly string[]): string[]
  /** Per word of the question its alternatives, each a set of tokens; [] when nothing can be looked for. */
  questionOf(text: string): readonly SearchWord[]
  /** How a Chinese character is read, without its tone; undefined for any other. */
  soundOf(character: string): string | undefined
}

export interface SearchWord {
  /** The word in the folded form in which texts are compared. */
  readonly text: string
  /** The word is present when all tokens of one of these are. */
  readonly alternatives: readonly SearchAlternative[]
}

export interface SearchAlternative {
  readonly tokens: readonly string[]
  /** Whether a stranger may have all the tokens: then the caller compares `SearchWord.text` with the texts. */
  readonly recheck: boolean
  /** Whether the tokens stand for how the text sounds, which the texts themselves do not show. */
  readonly bySound?: boolean
}

/** Who decides which owner records get, called by who writes them; the record layer says what of. */
export type AssigningPort = (work: never) => Promise<void>

/**
 * Who is told of writes that rules have refused while a draft runs silently. It returns at once, and whatever it does about it
 * never touches the write.
 */
export type RefusalPort = (refused: never) => void

/** Reports as scenarios ask for them. */
export interface ReportsPort {
  /**
   * What a report tells whoever the context is about.
   * @param context of the record layer
   */
  figuresOf(context: object, name: string, period: string | undefined): Promise<ReportFigures>
  /**
   * What the tiles of a dashboard tell: each row with the name of its tile as `tile`.
   * @param context of the record layer
   */
  tilesOf(context: object, name: string): Promise<ReportFigures>
}

export interface ReportFigures {
  /** Why it was refused; [] where it was not. */
  readonly refused: readonly Problem[]
  /** Keys by their path (a funnel's is `stage`) with the figures by name; without keys one row. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** The rule that finds the records behind each row, in the order of the rows; undefined for all of the entity. */
  readonly filters?: readonly unknown[]
  /** The entity of those records. */
  readonly entity?: string
  /** The ids of the records of a report that lists some. */
  readonly listed?: readonly string[]
  /** How many rows or records there are. */
  readonly count: number
}
