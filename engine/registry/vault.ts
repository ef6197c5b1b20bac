/** Where a sealed value stands: what is sealed for one place does not open at another. */
export interface SealedPlace {
  /** The field's id, which no rename changes. */
  readonly field: string
  /** The record's id. */
  readonly record: string
}

/** Seals and opens the values of one workspace; its keys never leave it. */
export interface Vault {
  /** The text sealed with the key in use, its id inside; no two boxes of one text are alike. */
  seal(text: string, place: SealedPlace): Buffer
  /**
   * The text of a box.
   * @throws AppError SECRET_KEY_MISSING, SECRET_VALUE_DAMAGED for a box that was made for another place or altered
   */
  open(box: Buffer, place: SealedPlace): string
  /** A keyed digest of 64 hexadecimal digits: the same for the same text and purpose, and telling nothing else. */
  blind(text: string, purpose: string): string
  /** The same value sealed with the key of that id; undefined where it already is. */
  reseal(box: Buffer, place: SealedPlace, keyId: string): Buffer | undefined
}

/** Gives each workspace its vault. */
export interface VaultPort {
  /** @param schema the workspace's schema, quoted */
  open(schema: string): Promise<Vault>
  /** A vault for values that nobody keeps: nothing of it is stored. */
  temporary(): Vault
}

/**
 * How a type keeps its values from whoever reads the database: they are sealed on their way in and revealed on their
 * way out, in the engine alone. Instead of `encode`; such a type has no `rule`, `sortable`, `groupable`, `searchText`.
 */
export interface Sealing {
  /** A valid value as SQL parameters, one per column; the main column holds what values are compared by. */
  seal(value: unknown, place: SealedPlace, vault: Vault): readonly unknown[]
  /** The API's value of a box, in hexadecimal digits, as `sealedJson` puts it into JSON. */
  reveal(box: string, place: SealedPlace, vault: Vault): unknown
  /** What the main column holds for this value. */
  indexOf(value: string, field: string, vault: Vault): string
  /** The first and last thing that the main column may hold for values that end so; undefined: cannot be asked. */
  endingOf(ending: string, field: string, vault: Vault): readonly [string, string] | undefined
}

/**
 * Writes the `json` of a sealed field: a JSON text that begins with an escape which PostgreSQL itself never writes for
 * a plain letter, so that no value of a record can look like it.
 * @param box the SQL of the box, a bytea
 * @param record the SQL of the record's id
 * @param mask the name of the mask under which alone the value is shown; '' shows it whole
 */
export function sealedJson(box: string, field: string, record: string, mask = ''): string {
  return `('"${SEALED_MARK}${field}:' || ${record}::text || ':' || encode(${box}, 'hex') || ':${mask}"')::json`
}

/** What a sealed value begins with in JSON, behind its quotation mark. */
export const SEALED_MARK = '\\u0062ox:'
