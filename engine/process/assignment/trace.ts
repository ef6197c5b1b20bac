/** Why somebody did not get the record; absent for those who could have. */
export type Skip = 'inactive' | 'absent' | 'unfit' | 'not_accepted' | 'day_full' | 'open_full' | 'no_weight'

export interface TracedPerson {
  readonly user: string
  readonly skip?: Skip
  /** Numbers that it was decided by, where they were asked for. */
  readonly open?: number
  readonly today?: number
  readonly weight?: number
  readonly isChosen?: true
}

/** What became of one rule: its condition did not hold, it found nobody, nobody was free, or it gave. */
export type RuleResult = 'passed_over' | 'nobody' | 'closed' | 'full' | 'waiting' | 'given'

export interface TracedRule {
  /** Null for what comes after all rules. */
  readonly rule: string | null
  readonly name: string
  readonly result: RuleResult
  readonly people: readonly TracedPerson[]
  /** The pool that got it. */
  readonly pool?: string
}
