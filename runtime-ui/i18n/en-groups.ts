/** The texts of lists in groups. */
export const groupsEn = {
  'groups.by': 'Grouped by {{field, inline}}',
  'groups.byMonth': '{{field}}, by month',
  'groups.closeAll': 'Close all groups',
  'groups.hidden': 'Not for you to see',
  'groups.most': 'The first {{count}} groups are shown. A filter makes them fewer.',
  'groups.none': 'Without {{field, inline}}',
  'groups.not': 'No groups',
  'groups.openAll': 'Open all groups',
  'groups.title': 'Group',
} as const
