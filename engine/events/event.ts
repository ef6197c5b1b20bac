/** Something that happened in a workspace: a row of its audit, or what the engine worked out without anybody's write. */
export interface WorkspaceEvent {
  /** Orders the events of one source; an audit row's number. */
  readonly id: string
  readonly source: 'audit' | 'worked_out'
  /** When, ISO 8601. */
  readonly at: string
  /** `create`, `update`, `delete`, `restore` of a record; `published` and the others of the audit. */
  readonly action: string
  /** The entity's id and the record's; null: it is about no record. */
  readonly entity: string | null
  readonly record: string | null
  readonly version: number | null
  /** The acting user's id. */
  readonly actor: string | null
  /** What it came through: `api`, `import`, `flow` …; `system` of what the engine worked out. */
  readonly via: string
  /** One request, all its events; of what a flow did the run's id. */
  readonly request: string | null
  readonly subject: string | null
  /** By trail key: `{"column": value}` of a create, else `{"column": {"before", "after"}}`; {} where it was erased. */
  readonly changes: Readonly<Record<string, unknown>>
  /** The trail keys of what changed. */
  readonly fields: readonly string[]
}

/** Events of one workspace in the order in which they were written, as far as that can be told. */
export interface EventBatch {
  readonly workspace: string
  /** The workspace's schema, quoted. */
  readonly schema: string
  readonly events: readonly WorkspaceEvent[]
}
