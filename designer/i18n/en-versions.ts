/** Texts of versions and what changed between them. */
export const versionsEn = {
  'versions.announced': 'Told to users: {{text}}',
  'versions.changes': 'What it changed',
  'versions.compare': 'From version {{from}} to {{to}}',
  'versions.failed': 'The versions could not be compared',
  'versions.from': 'From version',
  'versions.json': 'JSON side by side',
  'versions.less': 'Less',
  'versions.more': 'Side by side',
  'versions.noJson': 'Hide JSON',
  'versions.place': 'Place',
  'versions.restore': 'Restore',
  'versions.restoreOf': 'Restore version {{version}}',
  'versions.same': 'These versions say the same',
  'versions.side': 'Version {{version}}',
  'versions.to': 'To version',
  'versions.whole': 'The definition as a whole',
} as const
