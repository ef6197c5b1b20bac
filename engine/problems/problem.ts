/** A text in one or more languages; a missing language falls back to English, then to any. */
export interface LocalText {
  readonly en: string
  readonly 'zh-CN': string
}

/** A word of the engine itself, which the files of a further language say by its key. */
export interface OwnWord extends LocalText {
  readonly key: string
  /** What fills its `{name}`. */
  readonly values?: Readonly<Record<string, string>>
}

/** What fills a `{name}` of a message; a word that must be translated comes in both languages. */
export type ProblemParams = Readonly<Record<string, string | number | LocalText | OwnWord>>

/** One fault in what was sent or asked, as data. `path` is a JSON pointer into what was sent. */
export interface Problem {
  readonly code: string
  readonly path: string
  readonly params?: ProblemParams
  readonly hint?: LocalText | OwnWord
  /** Where in the text at `path` the fault is: [start, end) in UTF-16 units. */
  readonly span?: readonly [number, number]
  /** The record that is there already. */
  readonly similar?: SimilarRecord
}

/** A record that a duplicate rule found, as far as the actor may know of it. */
export interface SimilarRecord {
  /** The rule's name. */
  readonly rule: string
  /** Null where the actor does not know the entity. */
  readonly entity: string | null
  /** Null where the record is out of the actor's sight. */
  readonly id: string | null
  readonly label: string | null
  readonly hidden?: true
  /** Null where it is nobody's; absent where that is not told. */
  readonly owner?: { readonly id: string | null; readonly label: string } | null
  /** From 0 to 1; absent where the actor may not see what was compared. */
  readonly likeness?: number
}

/**
 * What a problem code means: its HTTP status when it is the first of an answer, and its message in both
 * languages, where `{name}` stands for a param of the problem.
 */
export interface ProblemKind {
  readonly status: number
  readonly message: LocalText
  readonly hint?: LocalText
}

export type ProblemCatalogue = Readonly<Record<string, ProblemKind>>
