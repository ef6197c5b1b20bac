/** The texts of calls that are noted down, and of times in words. */
export const logEn = {
  'log.change': 'Choose somebody else',
  'log.isNew': 'New {{entity, inline}}',
  'log.newOf': 'New {{entity, inline}} “{{title}}”',
  'log.title': 'Log a {{entity, inline}}',
  'log.who': 'With whom',
  'log.whoExample': 'Name or number; who is new is added',
  'next.becomes': '{{entity}} “{{title}}”, {{time}}',
  'next.example': 'in 3 days send the quote',
  'next.label': 'Next step',
  'next.touch': 'Call back {{title}}',
  'next.unclear': 'Say when as well: “tomorrow 3pm send the quote”.',
  'record.figuresFailed': 'Some figures could not be read.',
  'record.overview': 'Overview',
  'time.day': 'e.g. in 3 days',
  'time.moment': 'e.g. tomorrow 3pm',
  'time.unclear': 'No date is understood yet. Try “next Tuesday 10am”.',
} as const
