/** The texts of drafts and what they would do. */
export const draftsEn = {
  'drafts.examples': 'Records that would have gone elsewhere',
  'drafts.failed': 'The drafts could not be read',
  'drafts.how':
    'In the order in which they were made, with turns that begin anew; rules see records and people as they are today.',
  'drafts.moved_one': 'Of the last {{looked}} records {{count}} would have gone to somebody else.',
  'drafts.moved_other': 'Of the last {{looked}} records {{count}} would have gone to somebody else.',
  'drafts.nobody': 'Nobody',
  'drafts.none': 'There is no draft',
  'drafts.notTried': 'It can be tried once what it looks at is there.',
  'drafts.one': 'Draft',
  'drafts.steps_one': 'Publishing it takes one step.',
  'drafts.steps_other': 'Publishing it takes {{count}} steps.',
  'drafts.title': 'Drafts',
  'drafts.trial': 'What “{{name}}” would have done',
  'drafts.was': 'Got',
  'drafts.who': 'Who',
  'drafts.would': 'Would have got',
} as const
