/** The texts of previews, neighbours and print. */
export const peekEn = {
  'frame.offline': 'No connection. What you save stays in its form until it is back.',
  'peek.hint': 'Show at the side (Space)',
  'peek.log': 'Log a call',
  'peek.open': 'Show {{title}} at the side',
  'peek.title': 'Preview',
  'peek.whole': 'Open',
  'print.act': 'Print',
  'trail.after': 'Next record',
  'trail.before': 'Previous record',
  'trail.place': '{{at}} / {{total}}',
  'trail.title': 'Through the list',
} as const
