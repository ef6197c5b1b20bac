/** Texts of the page of all texts. */
export const labelsEn = {
  'labels.cell': '{{called}}, {{where}}, {{language}}',
  'labels.kind': 'All kinds',
  'labels.missing': 'Missing a language: {{count}}',
  'labels.more': 'Show more ({{count}})',
  'labels.search': 'Search texts',
  'labels.title': 'Labels and texts',
  'labels.where': 'Where',
} as const
