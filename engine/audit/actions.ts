/** What a write does to a record; its audit row is left by its own statement. */
export const RECORD_ACTIONS = ['create', 'update', 'delete', 'restore'] as const

/** What is audited besides. */
export const OTHER_ACTIONS = [
  'sign_in',
  'sign_in_failed',
  'sign_out',
  'sessions_ended',
  'invited',
  'token_made',
  'token_revoked',
  'definition_changed',
  'published',
  'downloaded',
  'exported',
  'denied',
  'shared',
  'share_changed',
  'unshared',
  'view_begun',
  'view_ended',
  'retention_changed',
  'backup_asked',
  'secrets_changed',
  'merged',
  'duplicates_accepted',
  'duplicates_asked',
  'approval',
  'change_request',
  'sandbox_made',
  'sandbox_removed',
  'sandbox_entered',
  'agreement',
  'pilot',
  'silent_run',
] as const

export const AUDIT_ACTIONS = [...RECORD_ACTIONS, ...OTHER_ACTIONS] as const

export type OtherAction = (typeof OTHER_ACTIONS)[number]
