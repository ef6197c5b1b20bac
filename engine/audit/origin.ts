/** Where a request came from, as its audit rows tell it. */
export interface Origin {
  /** The client's network address; undefined for what no client asked for. */
  readonly address: string | undefined
  /** A UUID that all audit rows of one request share. */
  readonly request: string | undefined
}
