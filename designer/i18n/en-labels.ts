/** Texts of the page of all texts. */
export const labelsEn = {
  'labels.cell': '{{called}}, {{where}}, {{language}}',
  'labels.lost_one': 'One row leads to no text that you may change: ',
  'labels.lost_other': '{{count}} rows lead to no text that you may change: ',
  'labels.kind': 'All kinds',
  'labels.missing': 'Missing a language: {{count}}',
  'labels.more': 'Show more ({{count}})',
  'labels.read': 'Read a sheet',
  'labels.readDone_one': '{{file}}: one text changed in the draft',
  'labels.readDone_other': '{{file}}: {{count}} texts changed in the draft',
  'labels.reading': 'Reading…',
  'labels.readNothing': '{{file}} says nothing new',
  'labels.row': '{{row}}: {{address}}',
  'labels.save': 'Save as .xlsx',
  'labels.search': 'Search texts',
  'labels.title': 'Labels and texts',
  'labels.where': 'Where',
} as const
