/** The texts of conversions and lanes. */
export const laneEn = {
  'lane.convert': 'Convert',
  'lane.converted': 'Converted',
  'lane.convertTitle': 'Convert this record: {{entity}}',
  'lane.existing': 'One that is there',
  'lane.new': 'New',
  'lane.none': 'None',
  'lane.soFar_one': '{{count}} day so far',
  'lane.soFar_other': '{{count}} days so far',
  'lane.title': 'The way of this record',
  'lane.took_one': 'took {{count}} day',
  'lane.took_other': 'took {{count}} days',
  'lane.which': 'Which one: {{entity}}',
}
